"""Reviewed photos go into folders by place, and come back: ``organise``, ``runs`` and ``undo`` through ``main``."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.library import Library
from tests.e2e.conftest import RunMain

Content = Callable[[Path], dict[str, bytes]]
EIFFEL = "France/Paris/Eiffel Tower/Unknown date/eiffel_tower.jpg"


@pytest.fixture
def reviewed(run: RunMain, photos: Path, library: Path) -> Path:
    """A folder of classified photos, of which the Eiffel Tower is accepted."""
    run("classify", photos)
    opened = Library.open(library)
    names = {row["name"].decode(): row["id"] for row in opened.rows_in(photos, "")}
    opened.save_reviews([(names["eiffel_tower.jpg"], Review(ReviewState.ACCEPTED, "eiffel_tower"))])
    opened.close()
    return photos


def test_a_dry_run_tells_what_would_go_where(run: RunMain, reviewed: Path, tmp_path: Path) -> None:
    code, out, _ = run("organise", reviewed, "--into", tmp_path / "sorted", "--dry-run")
    assert code == 0
    assert f"eiffel_tower.jpg → {tmp_path / 'sorted' / EIFFEL}" in out
    assert "1 photo would be copied." in out
    assert not (tmp_path / "sorted").exists()


def test_accepted_photos_are_moved_listed_and_brought_back(
    run: RunMain, reviewed: Path, tmp_path: Path, content: Content
) -> None:
    before = content(reviewed)
    code, out, _ = run("organise", reviewed, "--into", tmp_path / "sorted", "--move")
    assert code == 0
    assert "1 photo moved, 0 there already, 0 failed." in out
    assert list(content(tmp_path / "sorted")) == [EIFFEL]
    assert "eiffel_tower.jpg" not in content(reviewed)
    run_id = re.search(r"undo (\S+)", out)
    assert run_id is not None
    listed = run("runs", with_bundle=False)[1]
    assert run_id[1] in listed
    assert "1 moved, 0 undone, 0 failed" in listed
    code, out, _ = run("undo", run_id[1], with_bundle=False)
    assert (code, out) == (0, "1 photo as before the run, 0 left alone.\n")
    assert content(reviewed) == before
    assert not (tmp_path / "sorted").exists()


def test_undo_without_a_run_takes_back_the_newest_of_both_kinds(
    run: RunMain, reviewed: Path, tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(reviewed)
    ids = iter(["20240101-000000-a", "20240101-000001-b", "20240101-000002-c"])
    monkeypatch.setattr("landmark_desktop.services.organising.new_run_id", lambda _: next(ids))
    monkeypatch.setattr("landmark_desktop.services.tagging.new_run_id", lambda _: next(ids))
    run("organise", reviewed, "--into", tmp_path / "sorted")
    run("tag", reviewed)
    run("undo", with_bundle=False)
    assert content(reviewed) == before  # the tags are gone, the copy is there
    assert list(content(tmp_path / "sorted")) == [EIFFEL]
    run("undo", with_bundle=False)
    assert not (tmp_path / "sorted").exists()
    assert run("undo", with_bundle=False)[0] == 2


def test_all_photos_can_be_organised_and_a_second_run_copies_nothing(
    run: RunMain, reviewed: Path, tmp_path: Path, content: Content
) -> None:
    arguments = ("organise", reviewed, "--into", tmp_path / "sorted", "--all", "--template", "{country}")
    assert "4 photos copied, 0 there already, 0 failed." in run(*arguments)[1]
    assert sorted(content(tmp_path / "sorted")) == [
        "France/eiffel_tower.jpg",
        *(f"Unknown place/{name}.jpg" for name in ("grey", "petra", "taj_mahal")),
    ]
    assert "0 photos copied, 4 there already, 0 failed." in run(*arguments)[1]


def test_a_template_that_cannot_work_is_bad_usage(run: RunMain, reviewed: Path, tmp_path: Path) -> None:
    code, _, err = run("organise", reviewed, "--into", tmp_path / "sorted", "--template", "{contry}")
    assert code == 2
    assert "there is no field “contry”" in err
