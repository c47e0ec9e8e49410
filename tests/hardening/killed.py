"""A whole session, killed at random moments: ``python -m tests.hardening.killed FOLDER COUNT``.

The session classifies a folder, reviews photos, tags them into sidecars, undoes that, tags into the photos themselves,
undoes that, and opens an old library that has to be migrated. Each kill has its phase: it starts from the state that
the phases before left behind, and comes (SIGKILL) at a random moment of the time that the phase takes; a program that
is through with it by then is in the next one. Then comes the next start: see :meth:`Check.run`.

All processes are forked from one that has imported everything, so a kill takes a third of a second. Linux and macOS.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy, RunState, WriteMode
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.sizing import EngineOptions
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.store.library import Library
from landmark_desktop.store.rules import problems
from tests import pictures
from tests.bundles import COLOURS, colour_picture, write_bundle

OLD_LIBRARY = Path(__file__).resolve().parents[1] / "data" / "libraries" / "version-1.sql"
OLD_PHOTOS, OLD_REVIEWS = 3000, 700
ENDINGS = (".jpg", ".png", ".jpg", ".webp", ".jpg", ".png", ".jpg", ".jpg")
Say = Callable[..., None]
"""Tells the parent a JSON list; what was told counts as seen by the user."""


class Place:
    """Where a session works."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.photos = root / "photos"
        self.library = root / "library.sqlite"
        self.old = root / "old.sqlite"

    def make(self) -> None:
        """Photos, a bundle beside them, and a library of the first version."""
        colours = list(COLOURS.values())
        for number, ending in enumerate(ENDINGS):
            picture = colour_picture(colours[number % 3], size=(96, 64), seed=number)
            pictures.save(self.photos / f"{number}{ending}", picture)
        connection = sqlite3.connect(self.old)
        connection.executescript(OLD_LIBRARY.read_text("utf-8"))
        numbers = range(1000, 1000 + OLD_PHOTOS)
        connection.executemany(
            "INSERT INTO photo (id, directory_id, name, size, mtime_ns, content_key) VALUES (?, 1, ?, 5, 6, ?)",
            [(number, b"%d.jpg" % number, f"{number:032x}") for number in numbers],
        )
        connection.executemany(
            "INSERT INTO guesses VALUES (?, 'bundle-1', 0.5, '[[\"petra\", 0.75], [\"eiffel_tower\", 0.125]]')",
            [(f"{number:032x}",) for number in numbers],
        )
        connection.executemany(
            "INSERT INTO review VALUES (?, 'accepted', 'petra', 'user', NULL, '2024-05-01T10:00:00+00:00')",
            [(number,) for number in numbers[:OLD_REVIEWS]],
        )
        connection.commit()
        connection.close()

    @property
    def bundle(self) -> Bundle:
        """The bundle, which no session changes."""
        return load_bundle(self.root.parent / "bundle")


@contextlib.contextmanager
def opened(place: Place) -> Iterator[tuple[Lane, Library]]:
    """The library, as the program opens it."""
    db = Lane("db")
    library = db.call(Library.open, place.library)
    yield db, library
    db.call(library.close)
    db.close()


def classify(place: Place, say: Say) -> list[PhotoRecord]:
    """Scan the folder and classify what is new."""
    bundle = place.bundle

    class Model(OnnxClassifier):
        """Tells how many photos it is asked about."""

        def classify(self, images: UInt8Array) -> list[Guesses]:
            say("asked", len(images))
            return super().classify(images)

    def model() -> OnnxClassifier:
        return Model(bundle, ProviderChoice.CPU, 1, trusted=True)

    records = []
    with BatchClassifier(place.library, bundle, model, EngineOptions(decode_workers=2, batch_size=2)) as batch:
        for record in batch.run([place.photos], recursive=True, on_found=lambda _: None, on_error=_fail):
            say("guessed", record.photo.path.name)
            records.append(record)
    return records


def review(place: Place, say: Say) -> None:
    """Answer for every photo, and change one's mind."""
    with opened(place) as (db, library):
        records = _records(db, library, place)
        for turn in range(2):
            for number, record in enumerate(records):
                landmark = list(COLOURS)[(number + turn) % 3] if number % 4 or turn else None
                state = ReviewState.REJECTED if landmark is None else ReviewState.ACCEPTED
                say("tries", record.photo.path.name, landmark)
                db.call(library.save_reviews, [(record.id, Review(state, landmark, ReviewedBy.USER))])
                say("reviewed", record.photo.path.name, landmark)


def tag_sidecars(place: Place, say: Say) -> None:
    """Tag all accepted photos into sidecars."""
    _tag(place, WriteMode.SIDECAR)


def tag_embedded(place: Place, say: Say) -> None:
    """Tag all accepted photos into the photos."""
    _tag(place, WriteMode.EMBEDDED)


def undo(place: Place, say: Say) -> None:
    """Take the last run back."""
    with opened(place) as (db, library):
        results = TaggingService(db, library, place.bundle).undo(None, lambda _: None)
        assert all(result.error is None for result in results), results


def migrate(place: Place, say: Say) -> None:
    """Open the old library."""
    Library.open(place.old).close()


PHASES: Sequence[Callable[[Place, Say], object]] = (
    classify, review, tag_sidecars, undo, tag_embedded, undo, migrate
)  # fmt: skip


def _tag(place: Place, mode: WriteMode) -> None:
    with opened(place) as (db, library):
        service = TaggingService(db, library, place.bundle)
        records = [record for record in _records(db, library, place) if record.review is not None]
        plan = service.plan(records, TagOptions(mode=mode))
        results = service.apply(plan, lambda _: None)
        assert all(result.error is None for result in results), results


def _records(db: Lane, library: Library, place: Place) -> list[PhotoRecord]:
    rows = db.call(library.rows_in, place.photos, place.bundle.key)
    return sorted(rows.records(), key=lambda record: record.photo.path.name)


def _fail(error: Exception) -> None:
    raise error


class Check:
    """The start after a kill. ``said`` is what the session had told; ``originals`` the photos as they were made."""

    def __init__(self, place: Place, said: Sequence[Sequence[Any]], originals: dict[str, bytes]) -> None:
        self._place = place
        self._said = said
        self._originals = originals

    def run(self, say: Say) -> None:
        """The library is sound and complete; what was cut off is settled; all is as it was after undo; nothing is
        left lying about; and the work goes on where it stopped."""
        cut_off = self._check_library()
        self._check_old()
        self._go_on()
        self._check_files()
        say("cut off", cut_off)

    def _check_library(self) -> int:
        place = self._place
        with opened(place) as (db, library):
            assert library.notice is None, library.notice
            service = TaggingService(db, library, place.bundle)
            results = service.reconcile()
            assert all(result.error is None for result in results), results
            assert db.call(library.journal.unfinished) == []
            self._check_reviews(_records(db, library, place))
            undone = service.undo_folder(place.photos, lambda _: None)
            assert all(result.state is RunState.UNDONE for result in undone), undone
        files = {path.name: path.read_bytes() for path in place.photos.iterdir()}
        assert sorted(files) == sorted(self._originals), sorted(files)
        assert [name for name in files if files[name] != self._originals[name]] == []
        return len(results)

    def _check_reviews(self, records: Sequence[PhotoRecord]) -> None:
        kept: dict[str, str | None] = {}
        tried: dict[str, str | None] = {}
        for what, *rest in self._said:
            if what in ("reviewed", "tries"):
                (kept if what == "reviewed" else tried)[rest[0]] = rest[1]
        there = {record.photo.path.name: record.review for record in records}
        for name, landmark in kept.items():
            found = there.get(name)
            assert found is not None, f"the review of {name} is lost"
            assert found.landmark_id in (landmark, tried[name]), f"the review of {name} is an older one"

    def _check_old(self) -> None:
        library = Library.open(self._place.old)
        assert library.notice is None, library.notice
        connection = sqlite3.connect(self._place.old)
        assert connection.execute("SELECT count(*) FROM review").fetchone()[0] == OLD_REVIEWS + 2
        assert connection.execute("SELECT count(*) FROM guesses").fetchone()[0] >= OLD_PHOTOS
        connection.close()
        (record,) = library.records([1000 + OLD_PHOTOS - 1], "bundle-1")
        assert record.guesses is not None
        assert record.guesses.top[0].landmark_id == "petra"
        library.close()

    def _go_on(self) -> None:
        """What had guesses is not classified again; all the rest is."""
        said: list[tuple[Any, ...]] = []
        with opened(self._place) as (db, library):
            before = {record.photo.path.name for record in _records(db, library, self._place) if record.guesses}
        seen = {rest[0] for what, *rest in self._said if what == "guessed"}
        assert seen <= before, f"guesses of {seen - before} are lost"
        records = classify(self._place, lambda *what: said.append(what))
        assert len(records) == len(ENDINGS)
        assert all(record.guesses is not None and record.error is None for record in records)
        asked = sum(rest[0] for what, *rest in said if what == "asked")
        assert asked == len(ENDINGS) - len(before), "classified again"

    def _check_files(self) -> None:
        place = self._place
        names = (place.library.name, place.old.name)
        # A migration that was cut off was backed up as far as it had come, that of a new library, too.
        ends = ("", ".safety", ".safety.old", *(f".v{version}.bak" for version in range(1, 99)))
        allowed = {"photos", *(name + end for name in names for end in ends)}
        assert {path.name for path in place.root.iterdir()} <= allowed, sorted(
            path.name for path in place.root.iterdir()
        )
        for path in (place.library, place.old):
            connection = sqlite3.connect(path)
            connection.row_factory = sqlite3.Row
            assert list(problems(connection)) == []
            connection.close()


class Killer:
    """Prepares the state before each phase, and kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.place = Place(folder / "state")
        self._chance = random.Random(seed)
        write_bundle(folder / "bundle")
        self.place.make()
        self._originals = {path.name: path.read_bytes() for path in self.place.photos.iterdir()}
        self._said: list[list[list[Any]]] = [[]]
        self._took: list[float] = []
        for number in range(len(PHASES)):
            shutil.copytree(self.place.root, self._snapshot(number))
            started = time.perf_counter()
            said, code = self._fork(lambda say, number=number: PHASES[number](self.place, say), None)
            if code != 0:
                raise RuntimeError(f"phase {number} fails by itself: {said}")
            self._took.append(time.perf_counter() - started)
            self._said.append(self._said[-1] + said)

    def _snapshot(self, number: int) -> Path:
        return self.place.root.with_name(f"before-{number}")

    def kill(self, number: int) -> int:
        """Kill a session in this phase, and check the next start; returns how many writes had been cut off.

        Raises:
            AssertionError: something was lost, damaged or left behind.
        """
        shutil.rmtree(self.place.root)
        shutil.copytree(self._snapshot(number), self.place.root)

        def work(say: Say) -> None:
            for phase in PHASES[number:]:
                phase(self.place, say)
            signal.pause()

        moment = self._chance.uniform(0, self._took[number])
        said, _ = self._fork(work, moment)
        known = self._said[number] + said
        found, code = self._fork(Check(self.place, known, self._originals).run, None)
        if code != 0:
            raise AssertionError(
                f"killed {1000 * moment:.1f} ms into phase {number} ({PHASES[number].__name__}): {found}"
            )
        return int(found[-1][1])

    @staticmethod
    def _fork(work: Callable[[Say], object], kill_after: float | None) -> tuple[list[list[Any]], int]:
        """Do something in a process of its own; returns what it said, and its exit status."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(read)
                work(lambda *what: os.write(write, json.dumps(what).encode() + b"\n"))
                code = 0
            except BaseException:
                os.write(write, json.dumps(["failed", traceback.format_exc()]).encode() + b"\n")
            os._exit(code)
        os.close(write)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        with os.fdopen(read, "rb") as pipe:
            lines = pipe.read().split(b"\n")[:-1]
        return [json.loads(line) for line in lines], os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path, count: int, workers: int = 2) -> int:
    """Kill ``count`` sessions, half of them beside the others; returns 0 if all starts after that were clean."""
    children = []
    for worker in range(workers):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                (folder / str(worker)).mkdir(parents=True)
                killer = Killer(folder / str(worker), 1000 * count + worker)
                cut_off = [killer.kill(number % len(PHASES)) for number in range(worker, count, workers)]
                sys.stdout.write(f"{len(cut_off)} kills, {sum(cut_off)} writes and undos cut off\n")
                sys.stdout.flush()
                code = 0
            except BaseException:
                traceback.print_exc()
            os._exit(code)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return max(map(abs, codes))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
