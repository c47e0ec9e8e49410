"""Organising and its undo, killed before and after every single step: no photo is ever lost, halved or torn apart."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.transfer import TransferState
from landmark_desktop.services import transfer_files
from landmark_desktop.store.transfers import TransferJournal
from tests.unit.services.organise_desk import Desk, Killed, no_links, other_disk

NAMES = ("a.jpg", "a.CR2", "a.jpg.xmp", "b.jpg", "c.jpg", "c.tif", "c.xmp")
STEPS = ("link", "rename_free", "drop", "_pump", "_take_looks", "sync", "make_folder")
WAYS: dict[str, Callable[[Path, Path], None] | None] = {
    "one disk": None,
    "two disks": other_disk,
    "no hard links": no_links,
}
# Copies are made alike on one disk and on two.
CASES = [
    ("one disk", True),
    ("two disks", True),
    ("no hard links", True),
    ("one disk", False),
    ("no hard links", False),
]
FAMILIES = {"a.jpg": ("a.jpg", "a.CR2", "a.jpg.xmp"), "b.jpg": ("b.jpg",), "c.jpg": ("c.jpg", "c.xmp"), "c.tif": ()}


class Reaper:
    """Ends the process at the n-th moment: before or after a step on the disk or in the journal."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._left = -1
        for name in STEPS:
            patch.setattr(transfer_files, name, self._wrap(getattr(transfer_files, name)))
        # A process that is killed cleans nothing up.
        patch.setattr(transfer_files, "exclusive", _left_behind)
        for name in ("add", "settle", "forget"):
            patch.setattr(TransferJournal, name, self._wrap(getattr(TransferJournal, name)))

    def at(self, moment: int) -> None:
        self._left = moment

    def _wrap(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self._tick()
            result = step(*args, **kwargs)
            self._tick()
            return result

        return wrapped

    def _tick(self) -> None:
        if self._left == 0:
            raise Killed
        self._left -= 1


@contextmanager
def _left_behind(temp: Path) -> Iterator[io.FileIO]:
    with io.FileIO(temp, "x+") as file:
        yield file


@pytest.fixture
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as made:
        yield made


def prepare(folder: Path) -> Desk:
    desk = Desk(folder)
    for name in NAMES:
        desk.write(name)
    return desk


def places(desk: Desk, name: str) -> list[Path]:
    return [path.parent for base in (desk.folder, desk.root) for path in base.rglob(name)]


def check_whole(desk: Desk, *, moves: bool) -> None:
    """Every file is there with its content, whole families are together, nothing else lies about."""
    files = desk.files()
    assert {Path(name).name for name in files} == set(NAMES), sorted(files)
    for name, content in files.items():
        assert content == f"the content of {Path(name).name}".encode()
    for family in FAMILIES.values():
        found = [sorted(places(desk, name)) for name in family if name != "c.xmp"]
        assert all(each == found[0] for each in found), sorted(files)
        if moves and found:
            assert len(found[0]) == 1, sorted(files)
    for record in desk.records():
        assert record.photo.path.exists()


@pytest.mark.parametrize(("way", "moves"), CASES)
def test_a_run_that_is_killed_at_any_moment_is_settled_at_the_next_start(
    tmp_path: Path, patch: pytest.MonkeyPatch, way: str, moves: bool
) -> None:
    if WAYS[way] is not None:
        patch.setattr(transfer_files, "link", WAYS[way])
    reaper = Reaper(patch)
    moment, finished = 0, False
    while not finished:
        desk = prepare(tmp_path / str(moment))
        try:
            before = desk.files()
            records = [record for record in desk.accepted() if record.photo.name != "c.tif"]
            plan = desk.plan(records, moves=moves)
            reaper.at(moment)
            try:
                desk.service.apply(plan, lambda _: None)
                finished = True
            except Killed:
                pass
            reaper.at(-1)
            assert all(result.error is None for result in desk.reopen()), moment
            check_whole(desk, moves=moves)
            for record in records:
                row = desk.row(record.id)
                assert row.review == record.review
                assert row.photo.path.exists()
            if desk.service.runs() and desk.service.runs()[0].can_undo:
                assert all(result.state is TransferState.UNDONE for result in desk.undo()), moment
            assert desk.files() == before, moment
            assert [desk.row(record.id) for record in records] == records, moment
        finally:
            desk.close()
        moment += 1
    assert moment > 30


@pytest.mark.parametrize(("way", "moves"), CASES)
def test_an_undo_that_is_killed_at_any_moment_can_be_done_again(
    tmp_path: Path, patch: pytest.MonkeyPatch, way: str, moves: bool
) -> None:
    if WAYS[way] is not None:
        patch.setattr(transfer_files, "link", WAYS[way])
    reaper = Reaper(patch)
    moment, finished = 0, False
    while not finished:
        desk = prepare(tmp_path / str(moment))
        try:
            before = desk.files()
            records = [record for record in desk.accepted() if record.photo.name != "c.tif"]
            desk.organise(records, moves=moves)
            reaper.at(moment)
            try:
                desk.undo()
                finished = True
            except Killed:
                pass
            reaper.at(-1)
            assert all(result.error is None for result in desk.reopen()), moment
            check_whole(desk, moves=moves)
            if desk.service.runs()[0].can_undo:
                assert all(result.state is TransferState.UNDONE for result in desk.undo()), moment
            assert desk.files() == before, moment
            assert [desk.row(record.id) for record in records] == records, moment
        finally:
            desk.close()
        moment += 1
    assert moment > 15
