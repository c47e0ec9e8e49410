"""Tagging photos of several files: raw beside JPEG, and live photos."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts, PhotoFile
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.tag import RunState, SidecarName, TagChange, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_location, read_photo_facts
from landmark_desktop.services import groups
from landmark_desktop.services.tagging import TagOptions, count_photos
from tests.bundles import colour_picture
from tests.pictures import exif, save
from tests.unit.services.test_tagging import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def pair(desk: Desk, *others: Path) -> PhotoRecord:
    """An accepted JPEG with further files."""
    (record,) = desk.accepted("a.jpg")
    files = tuple(PhotoFile(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in others)
    entry = FileEntry("a.jpg", record.photo.identity.size, record.photo.identity.mtime_ns, files)
    (found,) = desk.db.call(desk.library.sync_folder, desk.folder, [entry], desk.bundle.key)
    return found.with_review(record.review)


def raw(folder: Path, name: str = "a.cr2", **facts: object) -> Path:
    """A raw file, as far as its metadata goes: Exiv2 goes by the content, and a JPEG has some."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    save(path.with_name("picture.jpg"), colour_picture((9, 9, 9)), exif=exif(**facts))  # type: ignore[arg-type]
    return path.with_name("picture.jpg").rename(path)


def test_both_files_of_a_pair_get_the_place_and_lose_it_again(desk: Desk) -> None:
    file = raw(desk.folder)
    record = pair(desk, file)
    before = desk.files()
    plan = desk.service.plan([record], TagOptions())
    assert [item.path.name for item in plan.items] == ["a.jpg", "a.cr2"]
    assert (len(plan.writes), plan.photos) == (2, 1)
    results = desk.apply(plan)
    assert count_photos(results) == (1, 0)
    assert [result.target.name for result in results] == ["a.jpg.xmp", "a.cr2.xmp"]
    for path in record.photo.files:
        assert read_location(path).shown[0].city == "Paris"
    assert desk.tagged(record) == "eiffel_tower"
    desk.service.undo(plan.run_id, lambda _: None)
    assert desk.files() == before
    assert desk.tagged(record) is None


def test_one_sidecar_that_serves_both_is_written_once(desk: Desk) -> None:
    record = pair(desk, raw(desk.folder))
    plan = desk.service.plan([record], TagOptions(sidecar_name=SidecarName.STEM))
    (item,) = plan.items
    assert item.change is not None
    assert item.change.target.name == "a.xmp"
    desk.apply(plan)
    assert read_location(desk.folder / "a.cr2").shown[0].city == "Paris"


def test_embedding_goes_into_the_jpeg_and_never_into_the_raw_file(desk: Desk) -> None:
    file = raw(desk.folder)
    before = file.read_bytes()
    record = pair(desk, file)
    plan = desk.service.plan([record], TagOptions(mode=WriteMode.EMBEDDED))
    desk.apply(plan)
    assert file.read_bytes() == before
    assert sorted(desk.files()) == ["a.cr2", "a.cr2.xmp", "a.jpg"]
    assert read_location(desk.folder / "a.jpg").shown[0].city == "Paris"
    (found,) = desk.db.call(desk.library.records, [record.id], desk.bundle.key)
    assert found.guesses is not None


@pytest.mark.parametrize("mode", WriteMode)
def test_files_of_a_pair_may_fall_into_two_groups(desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: WriteMode) -> None:
    """The second group is begun before the first is written only where they have nothing to do with each other."""
    monkeypatch.setattr(groups, "MAX_FILES", 1)
    begun: list[str] = []
    begin = writer.begin_snapshot
    write = writer.write_tag
    monkeypatch.setattr(
        writer, "begin_snapshot", lambda change: begun.append(f"begin {change.target.name}") or begin(change)
    )
    monkeypatch.setattr(
        writer,
        "write_tag",
        lambda change, **options: begun.append(f"write {change.target.name}") or write(change, **options),
    )
    raw(desk.folder)
    record = pair(desk, desk.folder / "a.cr2")
    (other,) = desk.accepted("b.jpg")
    results = desk.apply(desk.service.plan([record, other], TagOptions(mode=mode)))
    assert [result.state for result in results] == [RunState.DONE] * 3
    first, second, third = [result.target.name for result in results]
    assert begun == [
        f"begin {first}",
        f"write {first}",
        f"begin {second}",
        f"begin {third}",
        f"write {second}",
        f"write {third}",
    ]


def test_the_film_of_a_live_photo_is_left_alone(desk: Desk) -> None:
    film = desk.folder / "a.mov"
    film.parent.mkdir()
    film.write_bytes(b"film")
    plan = desk.service.plan([pair(desk, film)], TagOptions())
    assert [item.path.name for item in plan.items] == ["a.jpg"]


def test_a_raw_file_that_cannot_be_written_does_not_keep_the_jpeg_from_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.write_tag

    def write(change: TagChange, *, keep_mtime: bool = False) -> FileIdentity:
        if change.target.name == "a.cr2.xmp":
            raise MetadataError(ErrorCode.WRITE_NO_SPACE, name="a.cr2.xmp")
        return real(change, keep_mtime=keep_mtime)

    monkeypatch.setattr(writer, "write_tag", write)
    results = desk.apply(desk.service.plan([pair(desk, raw(desk.folder))], TagOptions()))
    assert [result.state for result in results] == [RunState.DONE, RunState.FAILED]
    assert count_photos(results) == (0, 1)
    assert results[1].photo.name == "a.cr2"


def test_what_the_jpeg_does_not_know_the_raw_file_may(desk: Desk) -> None:
    file = raw(desk.folder, gps=(48.5, 2.5), taken_at=datetime(2024, 5, 1, 10, 11, 12))
    record = pair(desk, file)
    facts = read_photo_facts(record.photo)
    assert facts.has_gps
    assert facts.taken_at is not None
    assert not read_photo_facts(replace(record.photo, companions=())).has_gps
    assert read_photo_facts(replace(record.photo, companions=(PhotoFile("gone.cr2", 1, 1),))) == PhotoFacts()


def test_a_position_in_the_raw_file_keeps_an_estimate_out_of_the_jpeg(desk: Desk) -> None:
    record = pair(desk, raw(desk.folder, gps=(48.5, 2.5)))
    facts = read_photo_facts(record.photo)
    identity = FileIdentity.of(record.photo.path, with_content=True)
    outcome = Outcome(record.photo, identity, facts, Guesses((Guess("eiffel_tower", 0.97),), 0.1), None)
    (found,) = desk.db.call(desk.library.save_outcomes, [outcome], desk.bundle.key)
    desk.apply(desk.service.plan([found.with_review(record.review)], TagOptions(taken_here=True)))
    assert read_location(desk.folder / "a.jpg").position is None
    assert read_location(desk.folder / "a.jpg").shown[0].city == "Paris"
