"""The workspace: everything behind the window, as methods that return at once and signals that tell the rest.

All methods and signals belong to the GUI thread. Behind them: the finder scans and follows folders, the db lane owns
the library, the classification engine decodes and classifies; thumbnails and previews are the part in ``pictures``,
writing into users' files the one in ``writing``, answering the one in ``reviews``. What comes back carries its job id;
what belongs to an older job is dropped.
"""

import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from landmark_desktop.core.agreement import verdict_of
from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.guess import Thresholds, Verdict
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review
from landmark_desktop.core.tag import SidecarName, WriteMode
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services import paths
from landmark_desktop.services import settings as table
from landmark_desktop.services.bundle_shelf import BundleShelf
from landmark_desktop.services.camera_desk import CameraDesk
from landmark_desktop.services.engine_keeper import EngineKeeper, MakeClassifier
from landmark_desktop.services.engine_news import EngineNews
from landmark_desktop.services.file_work import FileWork
from landmark_desktop.services.finder import Find, Finder, FoundPhotos, ScanResult
from landmark_desktop.services.folder_events import system_events
from landmark_desktop.services.heat_maps import HeatMaps
from landmark_desktop.services.intake import Intake, News
from landmark_desktop.services.known import KnownGuesses
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.metadata_pass import MetadataPass, PartReader
from landmark_desktop.services.photo_rows import FactRows, photo_rows
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.pictures import Pictures
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.relay import Relay
from landmark_desktop.services.result_intake import ResultIntake, Results
from landmark_desktop.services.review_desk import ReviewDesk
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.work_desk import WorkDesk
from landmark_desktop.services.writing import Writing
from landmark_desktop.store.library import Library

if TYPE_CHECKING:
    from landmark_desktop.services.tagging import TaggingService, TagOptions

log = logging.getLogger(__name__)

EXAMINE_AFTER_MS = 5000
"""When the library's file is read through, for damage that nobody has met yet: the start has other things to read."""
SWITCH_S = 0.001
"""How long Python lets a lane compute before another thread has its turn, a fifth of the usual: the window gives the
interpreter away with each call of Qt and would wait that long to get it back."""


class Workspace(QObject):
    """The open folders, their photos, and what is done with them.

    ``make_classifier`` runs on the inference thread; tests pass a scripted classifier. ``thumbnail_path`` is another
    place for thumbnails than the user's cache folder.

    Raises:
        LibraryError: the library cannot be opened (see :meth:`Library.open`).
    """

    opened = Signal(object)  # tuple[Path, ...]: other folders are open, all earlier photos are gone right after
    folders_found = Signal(object)  # list[Path], those of the opened paths that are folders
    photos_added = Signal(object)  # list[int], photos that are in the table now
    photos_changed = Signal(object)  # list[int]
    photos_removed = Signal(object)  # list[int], photos that are no longer there
    verdicts_changed = Signal()  # the thresholds moved, or there is another bundle
    thumbnails_ready = Signal(object)  # list[int], photo ids
    preview_ready = Signal(int, QImage, QSize)  # photo id, picture, size of the photo itself in pixels
    scan_finished = Signal(object)  # ScanResult
    state_changed = Signal(object)  # WorkState
    progress_changed = Signal(object)  # Progress
    provider_ready = Signal(object)  # ProviderReport
    bundle_changed = Signal(object)  # Bundle that classifies from now on
    bundle_refused = Signal(object)  # KnownError: why a bundle was not taken; the old one stays
    problem = Signal(object)  # KnownError that concerns more than one photo
    bug_found = Signal(object)  # BaseException

    def __init__(
        self,
        library_path: Path,
        bundle: Bundle,
        settings: Settings,
        make_classifier: MakeClassifier,
        parent: QObject | None = None,
        *,
        thumbnail_path: Path | None = None,
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(min(SWITCH_S, sys.getswitchinterval()))
        self.settings = settings
        self._relay = Relay(self)
        self._db = Lane("db", on_bug=self._report_bug)
        try:
            self._library = self._db.call(Library.open, library_path)
        except BaseException:
            self._db.close()
            raise
        self._bundle_lane = Lane("bundle", on_bug=self._report_bug)
        self.bundles = BundleShelf(paths.bundles_path(), self._bundle_lane, self._relay, parent=self)
        self.photos = PhotoTable()
        self.reviews = ReviewDesk(self.photos, settings, self._save_reviews, self)
        self.reviews.reviewed.connect(self.photos_changed)
        self.writing = Writing(
            self._tagging,
            on_written=self._written,
            on_problem=self._report_problem,
            on_bug=self._report_bug,
            parent=self,
        )
        self.files = FileWork(
            self._db,
            self._library,
            lambda: self.bundle,
            self.writing.lane,
            on_imported=self._imported,
            on_problem=self._report_problem,
            parent=self,
        )
        self._intake = Intake(self.photos, self._found, self)
        self._results = ResultIntake(
            self.photos,
            before=self._intake.flush,
            tell=self._take_results,
            tell_facts=self.photos_changed.emit,
            parent=self,
        )
        self.metadata = MetadataPass(self._new_metadata_reader, self._report_bug)
        self.pictures = Pictures(
            thumbnail_path or paths.thumbnail_path(), settings, self._relay, self._report_bug, parent=self
        )
        self.pictures.thumbnails_ready.connect(self.thumbnails_ready)
        self.pictures.preview_ready.connect(self.preview_ready)
        self.thumbnails = self.pictures.cache
        self._job = 0
        self._roots: tuple[Path, ...] = ()
        self._closed = False
        self._finder = Finder(
            self._db,
            self._library,
            self.photos.ids,
            tell=self._tell_found,
            problem=self._report_problem,
            make_events=lambda on_change: system_events(on_change, self),
            on_bug=self._report_bug,
        )
        self._keeper = EngineKeeper(
            bundle,
            settings,
            make_classifier,
            self._engine_news,
            relay=self._relay,
            lane=self._bundle_lane,
            parent=self,
        )
        self.cameras = CameraDesk(self._relay, self._report_bug, self)
        self.heat_maps = HeatMaps(lambda: self.bundle, lambda: self._keeper.engine, self._relay, self._report_bug, self)
        self._keeper.provider_ready.connect(self.provider_ready)
        self._keeper.failed.connect(self._engine_failed)
        self._keeper.refused.connect(self.bundle_refused)
        self._keeper.accepted.connect(self._bundle_accepted)
        self._desk = WorkDesk(self.photos, lambda: self._keeper.engine, self.metadata, self)
        self._desk.state_changed.connect(self.state_changed)
        # Photos that wait longer now must not be without a picture for as long.
        self._desk.state_changed.connect(lambda _: self._request_thumbnails(self.thumbnails.in_sight))
        self._desk.progress_changed.connect(self.progress_changed)
        QTimer.singleShot(0, self, self._begin)
        settings.watch(self._setting_changed)

    # what is

    @property
    def bundle(self) -> Bundle:
        """The bundle that classifies."""
        return self._keeper.bundle

    @property
    def provider(self) -> ProviderReport | None:
        """Where the model runs, once it is loaded."""
        return self._keeper.provider

    @property
    def state(self) -> WorkState:
        """What is being done."""
        return self._desk.state

    @property
    def progress(self) -> Progress:
        """How far the classification is."""
        return self._desk.progress

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders and files that are open."""
        return self._roots

    @property
    def library_path(self) -> Path:
        """Where the library lies."""
        return self._library.path

    @property
    def library_notice(self) -> KnownError | None:
        """What to tell about the library after start (it was damaged and recovered), or None."""
        return self._library.notice

    @property
    def thresholds(self) -> Thresholds:
        """The bundle's operating point, moved by the slider."""
        return self.bundle.manifest.thresholds.adjusted(self.settings.number(table.BOLDNESS))

    @property
    def unclassified(self) -> int:
        """How many open photos can be read and have neither guesses nor an error."""
        return self.photos.waiting_count()

    def record(self, photo_id: int) -> PhotoRecord:
        """The record of a photo that was announced. Raises KeyError."""
        return self.photos.record(photo_id)

    def records(self) -> list[PhotoRecord]:
        """All records, by folder and name."""
        return [self.photos.record(photo_id) for photo_id in self.photos.all_ids()]

    def verdict(self, record: PhotoRecord) -> Verdict | None:
        """The verdict for a photo, or None while it has no guesses."""
        return verdict_of(record, self.thresholds, self.bundle.landmark_by_id)[0]

    # opening

    def _begin(self) -> None:
        """The window is there: what it did not have to wait for begins."""
        self._keeper.begin()
        if not self._closed:
            self.writing.reconcile()
            self.files.reconcile()
            QTimer.singleShot(EXAMINE_AFTER_MS, self, self._examine)

    def _examine(self) -> None:
        """Look whether the library is sound, where nobody waits for it."""
        if not self._closed:
            examined = self._bundle_lane.submit(self._library.examine)
            examined.add_done_callback(lambda future: self._report_problem(future.exception() or future.result()))

    def open(self, paths: Sequence[Path]) -> None:
        """Open folders and files instead of those open now; photos are announced while the scan goes on."""
        self._job = self._keeper.engine.start_job()
        self._roots = tuple(paths)
        self._intake.open(self._job)
        self._results.open(self._job)
        self._desk.open()
        self.pictures.open(self._job)
        self.opened.emit(self._roots)
        self.photos.clear()
        self.reviews.forget()
        self._desk.opened()
        job = self._job
        self.metadata.open(job)
        self._bundle_lane.submit(self._find_folders, job, self._roots)
        self._finder.open(job, self._roots, self.bundle.key)

    def rescan(self, folder: Path) -> None:
        """Look for new, changed and vanished photos in a folder that is open, and in those below it."""
        self._finder.rescan(folder)

    def _find_folders(self, job: int, paths: Sequence[Path]) -> None:
        """On a lane: a drive may be slow to tell."""
        folders = [path for path in paths if path.is_dir()]
        self._relay.post(lambda: self.folders_found.emit(folders) if job == self._job else None)

    def _tell_found(self, job: int, find: Find) -> None:
        """On the scan lane or the watcher's thread."""
        self._intake.put(job, find)
        if isinstance(find, FoundPhotos):
            self.metadata.add(job, find.folder, find.rows)
        elif isinstance(find, ScanResult):
            self.metadata.begin(job)

    def _found(self, news: News) -> None:
        """The table has changed by what was found."""
        self._desk.count(news.more_waiting)
        for signal, ids in (
            (self.photos_added, news.added),
            (self.photos_changed, news.changed),
            (self.photos_removed, news.removed),
        ):
            if ids:
                signal.emit(ids)
        self._desk.go_on(scanned=news.finished is not None)
        if news.finished is not None:
            self.scan_finished.emit(news.finished)

    # classifying

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        """These photos are visible: classify them first, and see that they have thumbnails."""
        if self._closed:  # a timer of the window may still run out
            return
        self._desk.look_at(photo_ids)
        unread = [i for i in photo_ids if i in self.photos and not self.photos.facts_read(i)]
        self.metadata.look_at(map(self.photos.photo, unread))
        self.thumbnails.look_at(photo_ids)
        self._request_thumbnails(photo_ids)

    def _request_thumbnails(self, photo_ids: Iterable[int]) -> None:
        missing = [i for i in photo_ids if i in self.photos and self.thumbnails.get(i) is None]
        classifying = self.state in (WorkState.CLASSIFYING, WorkState.SCANNING)
        self.pictures.request(map(self.photos.record, missing), classifying=classifying)

    def pause(self) -> None:
        """Start no further photo."""
        self._desk.pause()

    def resume(self) -> None:
        """Go on after a pause, or classify what a cancel left over."""
        self._desk.resume()

    def cancel(self) -> None:
        """Stop scanning and classifying; what is done is kept, the rest can be resumed."""
        self._finder.cancel()
        self._desk.cancel()

    def _take_results(self, results: Results) -> None:
        """The table has changed by what was found out."""
        self._desk.count(results.more_waiting, results.done)
        self.metadata.drop(results.done)
        if results.changed:
            self.photos_changed.emit(results.changed)
            self.pictures.flush()
            # What the library knew already was not decoded, so no picture came with it.
            self._request_thumbnails(self.thumbnails.in_sight.intersection(results.changed))
        self._desk.go_on()

    # metadata that is read ahead

    def _new_metadata_reader(self) -> PartReader:
        """On a thread of the pass: Exiv2 is imported only here."""
        from landmark_desktop.services.metadata_reading import LibraryReader

        return LibraryReader(
            self._db, self._library, lambda: self.bundle, tell=self._tell_facts, problem=self._report_problem
        )

    def _tell_facts(self, job: int, found: FactRows, changed: Sequence[int]) -> None:
        """On the db lane: metadata was read. ``changed`` are photos that got a review from it, or an error."""
        self._results.put_facts(job, found)
        if changed:
            rows = photo_rows(self._library.rows(changed, self.bundle.key), self.photos.ids)
            self._results.put(job, replace(rows, imported=frozenset(changed)))

    def request_preview(self, photo_id: int) -> None:
        """Decode the large picture of a photo; only the photo asked for last is delivered."""
        if not self._closed:
            record = self.photos.record(photo_id)
            self.pictures.request_preview(record.photo, readable=record.error is None)

    # the engine

    def _engine_news(
        self, bundle: Bundle, on_ready: Callable[[ProviderReport], None], on_failed: Callable[[KnownError], None]
    ) -> EngineNews:
        return EngineNews(
            bundle.key,
            self._db,
            self._library,
            self.photos.ids,
            on_ready=on_ready,
            on_failed=on_failed,
            on_thumbnail=self.pictures.put,
            on_saved=self._results.put,
            on_problem=self._report_problem,
            on_bug=self._report_bug,
            is_wanted=lambda job: job == self._job,
            thumbnails=self.pictures.kept,
            known=KnownGuesses(self._db, self._library, bundle.key),
            in_sight=self.pictures.is_in_sight,
        )

    def use_bundle(self, bundle: Bundle) -> None:
        """Classify with another bundle (or the same with other settings) from now on; open folders are opened anew."""
        self._keeper.use(bundle)
        self._desk.replace()
        self.bundle_changed.emit(bundle)
        self.verdicts_changed.emit()
        if self._roots:
            self.open(self._roots)

    def try_bundle(self, source: Path) -> None:
        """Load the bundle at ``source`` and use it, if its model really runs; ``bundle_changed`` or ``bundle_refused``
        tells. A bundle that is refused changes nothing."""
        self._keeper.try_bundle(source)

    def _bundle_accepted(self, bundle: Bundle) -> None:
        if not self._closed:
            self.use_bundle(bundle)

    def _engine_failed(self, error: KnownError) -> None:
        self._desk.fail()
        self.problem.emit(error)

    def _setting_changed(self, key: str) -> None:
        if key == table.BOLDNESS.key:
            self.verdicts_changed.emit()

    # problems, from any thread

    def _report_bug(self, error: BaseException) -> None:
        self._relay.post(lambda: self.bug_found.emit(error))

    def _report_problem(self, error: BaseException | None) -> None:
        """Tell the window of a known error that no photo carries."""
        if isinstance(error, KnownError):
            self._relay.post(lambda: self.problem.emit(error))

    # reviews and tagging

    def _save_reviews(self, changes: Sequence[tuple[int, Review | None]]) -> None:
        self._db.submit(self._library.save_reviews, changes).add_done_callback(
            lambda future: self._report_problem(future.exception())
        )

    def pending_tags(self) -> list[int]:
        """Photos with an accepted landmark that is not written yet."""
        return self.photos.pending_tags()

    def _tagging(self) -> "TaggingService":
        """On the write lane."""
        from landmark_desktop.services.tagging import TaggingService

        return TaggingService(self._db, self._library, self.bundle)

    def tag_options(self) -> "TagOptions":
        """How places are written, from the settings."""
        from landmark_desktop.services.tagging import TagOptions

        return TagOptions(
            WriteMode(self.settings.text(table.WRITE_MODE)),
            SidecarName(self.settings.text(table.SIDECAR_NAME)),
            self.settings.flag(table.TAKEN_HERE),
            self.settings.flag(table.KEEP_MTIME),
            self.reviews.replacing,
        )

    def plan_tags(self, photo_ids: Iterable[int]) -> None:
        """Find out what tagging these photos would write; ``writing.plan_ready`` tells."""
        records = [r for r in map(self.photos.record, photo_ids) if r.review is not None and r.review.landmark_id]
        self.writing.plan(records, self.tag_options())

    def _written(self, photo_ids: list[int]) -> None:
        """On the write lane: bring the rows of photos that were tagged or undone up to date."""
        job = self._job
        rows = photo_rows(self._db.call(self._library.rows, photo_ids, self.bundle.key), self.photos.ids)
        self._relay.post(lambda: self._results.take(job, rows))  # before the window hears that the run ended

    def _imported(self, photo_ids: list[int]) -> None:
        """On the write lane: show the reviews that photos got from their files."""
        job = self._job
        rows = photo_rows(self._db.call(self._library.rows, photo_ids, self.bundle.key), self.photos.ids)
        rows = replace(rows, imported=frozenset(photo_ids))
        self._relay.post(lambda: self._results.take(job, rows))

    # the end

    def close(self) -> None:
        """Cancel what can wait, finish what must not be cut off, join all threads, close the library."""
        if self._closed:
            return
        self._closed = True
        self.pictures.cancel()
        self._keeper.engine.cancel()
        self._finder.close()
        self.metadata.close()
        self._keeper.close()
        self.heat_maps.close()
        self.cameras.close()
        self._bundle_lane.close()
        self.pictures.close()
        self.files.close()
        self.writing.close()
        self._db.submit(self._library.close)
        self._db.close()
