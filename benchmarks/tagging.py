"""Tagging: safe writes (journal, temp file, fsync, read-back) against a bare Exiv2 loop over the same files."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import exiv2

from benchmarks.pictures import write_jpegs
from benchmarks.results import Result
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.record import FileEntry, Outcome
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import RunState, WriteMode
from landmark_desktop.metadata import atomic
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.store.library import Library

COUNT, QUICK_COUNT = 200, 10


def run(folder: Path, quick: bool) -> list[Result]:
    """Measure sidecars and embedded writes."""
    count = QUICK_COUNT if quick else COUNT
    bundle = load_bundle(default_bundle_path())
    landmark = bundle.manifest.landmarks[0].id
    print(f"\n{count} photos tagged")
    for mode in WriteMode:
        photos = write_jpegs(folder / mode.value, count, 640, 480)
        bare = _bare_loop(photos, mode)
        db = Lane("db")
        library = db.call(Library.open, folder / f"{mode.value}.sqlite")
        entries = [FileEntry(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in photos]
        records = db.call(library.sync_folder, photos[0].parent, entries, bundle.key)
        guesses = Guesses((Guess(landmark, 0.99),), 0.0)
        outcomes = [
            Outcome(r.photo, FileIdentity.of(r.photo.path, with_content=True), r.photo.facts, guesses, None)
            for r in records
        ]
        records = db.call(library.save_outcomes, outcomes, bundle.key)
        accepted = [replace(record, review=Review(ReviewState.ACCEPTED, landmark)) for record in records]
        service = TaggingService(db, library, bundle)
        started = time.perf_counter()
        plan = service.plan(accepted, TagOptions(mode=mode))
        planned = time.perf_counter()
        with _timed_sync() as waited:
            results = service.apply(plan, lambda _: None)
        ended = time.perf_counter()
        assert all(result.state is RunState.DONE for result in results)
        assert len(results) == count
        db.call(library.close)
        db.close()
        rate = count / (ended - started)
        without = count / (ended - started - sum(waited))
        print(
            f"  {mode.value:<9} {rate:7.0f} a second (plan {count / (planned - started):.0f}, "
            f"write {count / (ended - planned):.0f});  bare Exiv2 loop {bare:.0f};  ratio {rate / bare:.2f}, "
            f"{without / bare:.2f} without the {1000 * sum(waited) / count:.2f} ms a photo that fsync took"
        )
    return []


@contextmanager
def _timed_sync() -> Iterator[list[float]]:
    """Collect the seconds of each fsync of the files and their folders; those of the journal are SQLite's own."""
    seconds: list[float] = []
    sync, sync_folder = atomic.sync, atomic.sync_folder

    def timed_sync(descriptor: int) -> None:
        started = time.perf_counter()
        sync(descriptor)
        seconds.append(time.perf_counter() - started)

    def timed_sync_folder(folder: Path) -> None:
        started = time.perf_counter()
        sync_folder(folder)
        seconds.append(time.perf_counter() - started)

    atomic.sync, atomic.sync_folder = timed_sync, timed_sync_folder
    try:
        yield seconds
    finally:
        atomic.sync, atomic.sync_folder = sync, sync_folder


def _bare_loop(photos: list[Path], mode: WriteMode) -> float:
    """Files a second of a loop that writes a few fields with Exiv2 and nothing else; cleans up after itself."""
    before = [path.read_bytes() for path in photos]
    started = time.perf_counter()
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
    rate = len(photos) / (time.perf_counter() - started)
    for path, data in zip(photos, before, strict=True):
        path.write_bytes(data)
        Path(f"{path}.xmp").unlink(missing_ok=True)
    return rate
