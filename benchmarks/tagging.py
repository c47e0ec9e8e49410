"""Tagging: safe writes (journal, temp file, fsync, read-back) against a bare Exiv2 loop over the same files.

The bare loop writes two fields of XMP, unsafely; the safe write some forty fields of XMP and EXIF, with all that is
promised. How much of the one is the other depends on the size of a photo that is written into: the larger it is, the
more both of them copy.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import exiv2

from benchmarks.pictures import write_jpegs
from benchmarks.results import Result
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import RunState, WriteMode
from landmark_desktop.metadata import atomic, writer
from landmark_desktop.services import tagging
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.store.library import Library

COUNT, QUICK_COUNT = 200, 10
SIZE: Final = (1440, 1080)
"""Of the photos that the bounds are for: a bare loop writes about a thousand a second of them."""
SMALL_SIZE: Final = (640, 480)
ROUNDS, QUICK_ROUNDS = 3, 1
BOUNDS: Final = {WriteMode.EMBEDDED: 0.20, WriteMode.SIDECAR: 0.10}
"""Speed as a share of the bare loop's: planning, journal, temporary files, reading back and comparing included, waiting
for the disk (which the bare loop does not do) apart."""


def run(folder: Path, quick: bool) -> list[Result]:
    """Measure sidecars and embedded writes."""
    count, rounds = (QUICK_COUNT, QUICK_ROUNDS) if quick else (COUNT, ROUNDS)
    print(f"\n{count} photos tagged, best of {rounds} rounds in turns")
    results = [_measure(folder, mode, SIZE, count, rounds) for mode in WriteMode]
    print("  for comparison, photos of 0.3 megapixels, which no bound is for:")
    _measure(folder, WriteMode.EMBEDDED, SMALL_SIZE, count, rounds)
    return results


def _measure(folder: Path, mode: WriteMode, size: tuple[int, int], count: int, rounds: int) -> Result:
    name = f"{mode.value}-{size[0]}"
    photos = write_jpegs(folder / name, count, *size)
    db = Lane("db")
    library = db.call(Library.open, folder / f"{name}.sqlite")
    try:
        service, accepted = _desk(db, library, photos)
        bare, safe, lasting = ([Seconds(inf, inf)] for _ in range(3))
        for _ in range(rounds):
            bare.append(_bare_loop(photos, mode))
            with _no_waiting(db, library):
                safe.append(_safe_run(service, accepted, mode))
            lasting.append(_safe_run(service, accepted, mode))
        with _no_waiting(db, library), _timed() as steps:
            _safe_run(service, accepted, mode)
    finally:
        db.call(library.close)
        db.close()
    passed = [count / min(times.passed for times in runs) for runs in (bare, safe, lasting)]
    computed = [count / min(times.computed for times in runs) for runs in (bare, safe)]
    ratio = passed[1] / passed[0]
    print(
        f"  {mode.value:<9} {passed[1]:7.0f} a second, bare Exiv2 loop {passed[0]:.0f}, ratio {ratio:.2f};"
        f" of computing {computed[1]:.0f} and {computed[0]:.0f}, ratio {computed[1] / computed[0]:.2f};"
        f" with fsync {passed[2]:.0f} a second"
    )
    shares = ", ".join(f"{step} {seconds / count * 1000:.2f}" for step, seconds in steps.items())
    print(f"            photos of {photos[0].stat().st_size / 1000:.0f} kB; milliseconds a photo: {shares}")
    floor = f"{passed[0]:,.0f} a second bare, {passed[1]:,.0f} safe, {passed[2]:,.0f} with fsync"
    between = f"plan, snapshot, read-back, journal; {computed[1] / computed[0]:.2f} in seconds of computing"
    return Result(f"{mode.value} tags: share of a bare Exiv2 loop", ratio, "", BOUNDS[mode], floor, between)


@dataclass(frozen=True, slots=True)
class Seconds:
    """What something took by the clock, and of computing (user and system), which a busy machine does not spoil."""

    passed: float
    computed: float

    @classmethod
    def now(cls) -> "Seconds":
        """Both clocks."""
        return cls(time.perf_counter(), time.process_time())

    def since(self, start: "Seconds") -> "Seconds":
        """From then to now."""
        return Seconds(self.passed - start.passed, self.computed - start.computed)


def _desk(db: Lane, library: Library, photos: list[Path]) -> tuple[TaggingService, list[PhotoRecord]]:
    """A service, and photos that were accepted as a landmark."""
    bundle = load_bundle(default_bundle_path())
    landmark = bundle.manifest.landmarks[0].id
    entries = [FileEntry(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in photos]
    records = db.call(library.sync_folder, photos[0].parent, entries, bundle.key)
    guesses = Guesses((Guess(landmark, 0.99),), 0.0)
    outcomes = [
        Outcome(r.photo, FileIdentity.of(r.photo.path, with_content=True), r.photo.facts, guesses, None)
        for r in records
    ]
    records = db.call(library.save_outcomes, outcomes, bundle.key)
    accepted = [replace(record, review=Review(ReviewState.ACCEPTED, landmark)) for record in records]
    return TaggingService(db, library, bundle), accepted


def _safe_run(service: TaggingService, accepted: list[PhotoRecord], mode: WriteMode) -> Seconds:
    """Plan and write a run; takes the run back, which is not counted."""
    started = Seconds.now()
    plan = service.plan(accepted, TagOptions(mode=mode))
    results = service.apply(plan, lambda _: None)
    took = Seconds.now().since(started)
    assert all(result.state is RunState.DONE for result in results)
    assert len(results) == len(accepted)
    undone = service.undo(plan.run_id, lambda _: None)
    assert all(result.state is RunState.UNDONE for result in undone)
    return took


_STEPS: Final = (
    (tagging, "plan_run", "planning"),
    (writer, "begin_snapshot", "new content"),
    (atomic, "replace_file", "temporary file"),
    (writer, "verify", "reading back and comparing"),
    (atomic, "rename", "replacement"),
    (writer, "_finish_snapshot", "snapshot, waiting for hashes"),
    (Lane, "call", "journal"),
)
"""Where a write spends its time: a function, and what it is called."""


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Seconds that each step takes, without the steps inside it, until the first undo."""
    found = {name: 0.0 for _, _, name in _STEPS}
    inside = [0.0]

    def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            started = time.perf_counter()
            inside.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                took = time.perf_counter() - started
                found[name] += took - inside.pop()
                inside[-1] += took

        return call

    with ExitStack() as stack:
        for owner, attribute, name in _STEPS:
            stack.enter_context(patch.object(owner, attribute, timed(getattr(owner, attribute), name)))
        undo = tagging.TaggingService.undo

        def undone(*arguments: Any, **options: Any) -> Any:
            stack.close()
            return undo(*arguments, **options)

        stack.enter_context(patch.object(tagging.TaggingService, "undo", undone))
        yield found


@contextmanager
def _no_waiting(db: Lane, library: Library) -> Iterator[None]:
    """Write everything, but wait for the disk nowhere: neither for the files nor for the journal."""

    def synchronous(mode: str) -> None:
        library._database.connection.execute(f"PRAGMA synchronous = {mode}")

    def no_sync(descriptor: int) -> None:
        del descriptor

    def no_sync_folder(folder: Path) -> None:
        del folder

    sync, sync_folder = atomic.sync, atomic.sync_folder
    atomic.sync, atomic.sync_folder = no_sync, no_sync_folder
    db.call(synchronous, "OFF")
    try:
        yield
    finally:
        db.call(synchronous, "FULL")
        atomic.sync, atomic.sync_folder = sync, sync_folder


def _bare_loop(photos: list[Path], mode: WriteMode) -> Seconds:
    """What a loop takes that writes a few fields with Exiv2 and nothing else; cleans up after itself."""
    before = [path.read_bytes() for path in photos]
    started = Seconds.now()
    for path in photos:
        if mode is WriteMode.EMBEDDED:
            image = exiv2.ImageFactory.open(str(path))
            image.readMetadata()
        else:
            image = exiv2.ImageFactory.create(exiv2.ImageType.xmp, f"{path}.xmp")
        xmp = image.xmpData()
        xmp["Xmp.photoshop.City"] = "Paris"
        xmp["Xmp.photoshop.Country"] = "France"
        image.setXmpData(xmp)
        image.writeMetadata()
    took = Seconds.now().since(started)
    for path, data in zip(photos, before, strict=True):
        path.write_bytes(data)
        Path(f"{path}.xmp").unlink(missing_ok=True)
    return took
