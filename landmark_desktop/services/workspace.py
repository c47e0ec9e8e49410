"""The workspace: everything behind the window, as methods that return at once and signals that tell the rest.

All methods and signals belong to the GUI thread. Behind them: the scan lane lists folders, the db lane owns the
library, the classification engine decodes and classifies, the preview lane decodes the large picture; writing into
users' files is the part in ``writing``. What comes back carries its job id; what belongs to an older job is dropped.
"""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.guess import Guesses, Thresholds, Verdict, decide
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.record import Outcome, PhotoRecord
from landmark_desktop.core.review import Review
from landmark_desktop.core.tag import SidecarName, WriteMode
from landmark_desktop.imaging.decode import decode
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services import settings as table
from landmark_desktop.services.classification import ClassificationEngine, EngineOptions
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.relay import Gatherer, Relay
from landmark_desktop.services.reviewing import ReviewHistory, accepted, rejected
from landmark_desktop.services.scanner import scan
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.services.thumbnails import ThumbnailCache, ThumbnailLoader, to_qimage, to_thumbnail
from landmark_desktop.services.work import Work, WorkState
from landmark_desktop.services.writing import Writing
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)

PREVIEW_SHORT_SIDE = 1000
"""Shorter side in pixels of the large preview: sharp in a panel on a high-DPI screen."""

MakeClassifier = Callable[[Bundle, Settings], Classifier]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The end of a scan: how many photos were found, and which folders could not be read."""

    photos: int
    errors: tuple[KnownError, ...]


class Workspace(QObject):
    """The open folders, their photos, and what is done with them.

    ``make_classifier`` runs on the inference thread; tests pass a scripted classifier.

    Raises:
        LibraryError: the library cannot be opened (see :meth:`Library.open`).
    """

    opened = Signal(object)  # tuple[Path, ...]: other folders are open, all earlier photos are gone
    folders_found = Signal(object)  # list[Path], those of the opened paths that are folders
    photos_added = Signal(object)  # list[PhotoRecord], in scan order
    photos_changed = Signal(object)  # list[PhotoRecord]
    thumbnails_ready = Signal(object)  # list[int], photo ids
    preview_ready = Signal(int, QImage)  # photo id, picture
    scan_finished = Signal(object)  # ScanResult
    state_changed = Signal(object)  # WorkState
    progress_changed = Signal(object)  # Progress
    provider_ready = Signal(object)  # ProviderReport
    bundle_changed = Signal(object)  # Bundle that classifies from now on
    bundle_refused = Signal(object)  # KnownError: why a bundle was not taken; the old one stays
    problem = Signal(object)  # KnownError that concerns more than one photo
    bug_found = Signal(object)  # BaseException
    history_changed = Signal()  # reviews can be undone or redone, or no longer

    def __init__(
        self,
        library_path: Path,
        bundle: Bundle,
        settings: Settings,
        make_classifier: MakeClassifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._bundle = bundle
        self._make_classifier = make_classifier
        self._relay = Relay(self)
        self._db = Lane("db", on_bug=self._report_bug)
        try:
            self._library = self._db.call(Library.open, library_path)
        except BaseException:
            self._db.close()
            raise
        self._scan_lane = Lane("scan", on_bug=self._report_bug)
        self._preview_lane = Lane("preview", on_bug=self._report_bug)
        # Loading a bundle reads and hashes its model, closing an engine waits for the photos under way: a lane does
        # both so that the window need not.
        self._bundle_lane = Lane("bundle", on_bug=self._report_bug)
        self.writing = Writing(
            TaggingService(self._db, self._library, bundle),
            on_written=self._written,
            on_problem=self._report_problem,
            on_bug=self._report_bug,
            parent=self,
        )
        self._added: Gatherer[tuple[int, PhotoRecord]] = Gatherer(self._deliver_added, self)
        self._saved: Gatherer[tuple[int, PhotoRecord]] = Gatherer(self._deliver_saved, self)
        self._pictures: Gatherer[tuple[int, QImage]] = Gatherer(self._deliver_thumbnails, self)
        self.thumbnails = ThumbnailCache()
        self._loader = ThumbnailLoader(lambda photo_id, image: self._pictures.put((photo_id, image)))
        self._records: dict[int, PhotoRecord] = {}
        self._history = ReviewHistory()
        self._work = Work()
        self._told = self._work.state
        self._scan_token = CancelToken()
        self._job = 0
        self._preview_wanted = -1
        self._roots: tuple[Path, ...] = ()
        self._provider: ProviderReport | None = None
        self._closed = False
        self._engine = self._new_engine()
        settings.watch(self._setting_changed)

    # what is

    @property
    def bundle(self) -> Bundle:
        """The bundle that classifies."""
        return self._bundle

    @property
    def provider(self) -> ProviderReport | None:
        """Where the model runs, once it is loaded."""
        return self._provider

    @property
    def state(self) -> WorkState:
        """What is being done."""
        return self._work.state

    @property
    def progress(self) -> Progress:
        """How far the classification is."""
        return self._work.progress

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
        """What to tell about the library after start (it was damaged and set aside), or None."""
        return self._library.notice

    @property
    def thresholds(self) -> Thresholds:
        """The bundle's operating point, moved by the slider."""
        return self._bundle.manifest.thresholds.adjusted(self.settings.number(table.BOLDNESS))

    def record(self, photo_id: int) -> PhotoRecord:
        """The record of a photo that was announced. Raises KeyError."""
        return self._records[photo_id]

    def records(self) -> list[PhotoRecord]:
        """All records, in the order in which they were found."""
        return list(self._records.values())

    def verdict(self, record: PhotoRecord) -> Verdict | None:
        """The verdict for a photo, or None while it has no guesses."""
        return None if record.guesses is None else decide(record.guesses, self.thresholds)

    # opening and classifying

    def open(self, paths: Sequence[Path]) -> None:
        """Open folders and files instead of those open now; photos are announced while the scan goes on."""
        self._scan_token.cancel()
        self._scan_token = CancelToken()
        self._job = self._engine.start_job()
        self._roots = tuple(paths)
        self._records.clear()
        self._history.clear()
        self._work.open()
        self._loader.clear()
        self.thumbnails.clear()
        self.opened.emit(self._roots)
        self._tell_work()
        self.history_changed.emit()
        self._scan_lane.submit(self._scan, self._job, tuple(paths), self._scan_token, self._engine)

    def _scan(self, job: int, paths: tuple[Path, ...], token: CancelToken, engine: ClassificationEngine) -> None:
        """On the scan lane."""
        found = 0
        errors: list[KnownError] = []
        folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112  # never raises
        self._relay.post(lambda: self.folders_found.emit(folders))
        try:
            for listing in scan(paths, token=token):
                if listing.error is not None:
                    errors.append(listing.error)
                    continue
                records = self._db.call(self._library.sync_folder, listing.folder, listing.entries, self._bundle.key)
                found += len(records)
                for record in records:
                    self._added.put((job, record))
                if engine.job == job and not token.is_cancelled():
                    engine.add(record.photo for record in records if record.needs_classification)
        except KnownError as error:
            errors.append(error)
        finally:
            result = ScanResult(found, tuple(errors))
            self._relay.post(lambda: self._scan_done(job, result))

    def _scan_done(self, job: int, result: ScanResult) -> None:
        if job != self._job:
            return
        self._added.flush()
        self._work.scanned()
        self._tell_work()
        self.scan_finished.emit(result)

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        """These photos are visible: classify them first, and see that they have thumbnails."""
        if self._closed:  # a timer of the window may still run out
            return
        self._engine.prioritise(photo_ids)
        running = self.state in (WorkState.CLASSIFYING, WorkState.SCANNING)
        missing = [self._records[i] for i in photo_ids if i in self._records and self.thumbnails.get(i) is None]
        # A photo that is about to be classified gets its thumbnail from the same decoding.
        self._loader.request([r.photo for r in missing if r.error is None and not (running and r.needs_classification)])

    def pause(self) -> None:
        """Start no further photo."""
        if self._work.pause():
            self._engine.pause()
            self._tell_work()

    def resume(self) -> None:
        """Go on after a pause, or classify what a cancel left over."""
        if self._work.resume():
            self._engine.resume()
        elif self.state is WorkState.IDLE:
            rest = [record.photo for record in self._records.values() if record.needs_classification]
            self._work.restart(len(rest))
            self._engine.add(rest)
        self._tell_work()

    def cancel(self) -> None:
        """Stop scanning and classifying; what is done is kept, the rest can be resumed."""
        self._scan_token.cancel()
        self._engine.cancel()
        self._work.cancel()
        self._tell_work()

    @property
    def unclassified(self) -> int:
        """How many open photos have neither guesses nor an error."""
        return sum(record.needs_classification for record in self._records.values())

    def _deliver_added(self, items: list[tuple[int, PhotoRecord]]) -> None:
        fresh = [record for job, record in items if job == self._job and record.id not in self._records]
        if not fresh:
            return
        self._records.update((record.id, record) for record in fresh)
        self._work.add(sum(record.needs_classification for record in fresh))
        self.photos_added.emit(fresh)
        self._tell_work()

    def _deliver_saved(self, items: list[tuple[int, PhotoRecord]]) -> None:
        self._added.flush()  # a photo is announced before it changes
        records = {record.id: record for job, record in items if job == self._job and record.id in self._records}
        finished = sum(self._records[photo_id].needs_classification for photo_id in records)
        self._merge(records.values())
        self._work.finish(finished)
        self._tell_work()

    def _merge(self, records: Iterable[PhotoRecord]) -> None:
        """Take in records from the library. Reviews are made here, so those of the library may be older."""
        merged = [
            replace(record, review=self._records[record.id].review) for record in records if record.id in self._records
        ]
        self._records.update((record.id, record) for record in merged)
        if merged:
            self.photos_changed.emit(merged)

    def _tell_work(self) -> None:
        """Tell the progress, and the state where it changed."""
        state = self._work.state
        if state is not self._told:
            self._told = state
            self.state_changed.emit(state)
        self.progress_changed.emit(self._work.progress)

    def _deliver_thumbnails(self, items: list[tuple[int, QImage]]) -> None:
        for photo_id, image in items:
            self.thumbnails.put(photo_id, image)
        self.thumbnails_ready.emit([photo_id for photo_id, _ in items])

    def request_preview(self, photo_id: int) -> None:
        """Decode the large picture of a photo; only the photo asked for last is delivered."""
        if self._closed:
            return
        self._preview_wanted = photo_id
        record = self._records[photo_id]
        if record.error is None:
            self._preview_lane.submit(self._preview, record.photo)

    def _preview(self, photo: Photo) -> None:
        """On the preview lane."""
        if photo.id != self._preview_wanted:
            return
        try:
            image = to_qimage(decode(photo.path, short_side=PREVIEW_SHORT_SIDE).image)
        except KnownError:
            return  # the tile and the panel show the error that classification met
        self._relay.post(lambda: self._deliver_preview(photo.id, image))

    def _deliver_preview(self, photo_id: int, image: QImage) -> None:
        if photo_id == self._preview_wanted:
            self.preview_ready.emit(photo_id, image)

    # the engine and its listener (engine threads)

    def _new_engine(self) -> ClassificationEngine:
        options = EngineOptions(decode_workers=int(self.settings.number(table.DECODE_WORKERS)))
        bundle = self._bundle
        return ClassificationEngine(
            lambda: self._make_classifier(bundle, self.settings), _Listener(self, bundle), self._known, options
        )

    def _known(self, content_key: str) -> Guesses | None:
        return self._db.call(self._library.guesses, content_key, self._bundle.key)

    def use_bundle(self, bundle: Bundle) -> None:
        """Classify with another bundle (or the same with other settings) from now on; open folders are opened anew."""
        self._bundle = bundle
        self.writing.service = TaggingService(self._db, self._library, bundle)
        old, self._engine = self._engine, self._new_engine()
        self._bundle_lane.submit(old.close)
        self._provider = None
        self._work.retry()
        self._tell_work()
        self.bundle_changed.emit(bundle)
        if self._roots:
            self.open(self._roots)

    def try_bundle(self, source: Path) -> None:
        """Load the bundle at ``source`` and use it, if its model really runs; ``bundle_changed`` or ``bundle_refused``
        tells. A bundle that is refused changes nothing."""
        self._bundle_lane.submit(self._try_bundle, source)

    def _try_bundle(self, source: Path) -> None:
        """On the bundle lane."""
        try:
            bundle = load_bundle(source)
            self._make_classifier(bundle, self.settings)  # the only proof that graph and description fit together
        except KnownError as error:
            refusal = error
            self._relay.post(lambda: self.bundle_refused.emit(refusal))
        else:
            self._relay.post(lambda: None if self._closed else self.use_bundle(bundle))

    def _engine_ready(self, provider: ProviderReport) -> None:
        self._provider = provider
        self.provider_ready.emit(provider)

    def _engine_failed(self, error: KnownError) -> None:
        self._engine.cancel()
        self._work.fail()
        self._tell_work()
        self.problem.emit(error)

    def _report_bug(self, error: BaseException) -> None:
        """From any thread."""
        self._relay.post(lambda: self.bug_found.emit(error))

    def _setting_changed(self, key: str) -> None:
        if key == table.BOLDNESS.key:
            self.photos_changed.emit(list(self._records.values()))  # other verdicts

    # reviews

    def accept(
        self, photo_ids: Sequence[int], landmark_id: str | None = None, *, taken_here: Mapping[int, bool] | None = None
    ) -> None:
        """Accept a landmark for these photos: the given one, or each photo's first guess.

        ``taken_here`` has the choices that were made for single photos before they were accepted.
        """
        choices = taken_here or {}
        records = [self._records[photo_id] for photo_id in photo_ids]
        reviews: dict[int, Review | None] = {}
        for record in records:
            review = accepted(record, landmark_id)
            if review is not None and record.id in choices:
                review = replace(review, taken_here=choices[record.id])
            reviews[record.id] = review if review is not None else record.review
        self._review(records, reviews)

    def reject(self, photo_ids: Sequence[int]) -> None:
        """These photos show no landmark."""
        records = [self._records[photo_id] for photo_id in photo_ids]
        self._review(records, {record.id: rejected(record) for record in records})

    def clear_reviews(self, photo_ids: Sequence[int]) -> None:
        """Take the answers for these photos back."""
        self._review([self._records[photo_id] for photo_id in photo_ids], dict.fromkeys(photo_ids))

    def set_taken_here(self, photo_ids: Sequence[int], taken_here: bool) -> None:
        """Whether the landmark is also written as estimated camera position, for accepted photos."""
        records = [r for r in (self._records[photo_id] for photo_id in photo_ids) if r.review is not None]
        self._review(records, {r.id: replace(r.review, taken_here=taken_here) for r in records if r.review})

    def taken_here(self, record: PhotoRecord) -> bool:
        """Whether an estimated camera position would be written for this photo: never where it has GPS."""
        if record.photo.facts.has_gps:
            return False
        if record.review is not None and record.review.taken_here is not None:
            return record.review.taken_here
        return self.settings.flag(table.TAKEN_HERE)

    @property
    def can_undo_review(self) -> bool:
        """True if a review step can be taken back."""
        return self._history.can_undo

    @property
    def can_redo_review(self) -> bool:
        """True if a review step can be done again."""
        return self._history.can_redo

    def undo_review(self) -> list[int]:
        """Take the last review step back; returns the photos it concerned."""
        return self._store_reviews(self._history.undo())

    def redo_review(self) -> list[int]:
        """Do the last undone review step again; returns the photos it concerns."""
        return self._store_reviews(self._history.redo())

    def _review(self, records: Sequence[PhotoRecord], reviews: Mapping[int, Review | None]) -> None:
        self._store_reviews(self._history.change(records, reviews))

    def _store_reviews(self, changes: list[tuple[int, Review | None]]) -> list[int]:
        if not changes:
            return []
        changed = [self._records[photo_id].with_review(review) for photo_id, review in changes]
        self._records.update((record.id, record) for record in changed)
        self._db.submit(self._library.save_reviews, changes).add_done_callback(
            lambda future: self._report_problem(future.exception())
        )
        self.photos_changed.emit(changed)
        self.history_changed.emit()
        return [record.id for record in changed]

    def _report_problem(self, error: BaseException | None) -> None:
        """From any thread: tell the window of a known error that no photo carries."""
        if isinstance(error, KnownError):
            self._relay.post(lambda: self.problem.emit(error))

    # tagging

    def pending_tags(self) -> list[int]:
        """Photos with an accepted landmark that is not written yet."""
        return [record.id for record in self._records.values() if record.pending_tag]

    def tag_options(self) -> TagOptions:
        """How places are written, from the settings."""
        return TagOptions(
            WriteMode(self.settings.text(table.WRITE_MODE)),
            SidecarName(self.settings.text(table.SIDECAR_NAME)),
            self.settings.flag(table.TAKEN_HERE),
            self.settings.flag(table.KEEP_MTIME),
        )

    def plan_tags(self, photo_ids: Sequence[int]) -> None:
        """Find out what tagging these photos would write; ``writing.plan_ready`` tells."""
        records = [r for r in (self._records[i] for i in photo_ids) if r.review is not None and r.review.landmark_id]
        self.writing.plan(records, self.tag_options())

    def _written(self, photo_ids: list[int]) -> None:
        """Bring the records of photos that were tagged or undone up to date (on the write lane)."""
        job, records = self._job, self._db.call(self._library.records, photo_ids, self._bundle.key)
        self._relay.post(lambda: self._merge(records if job == self._job else []))

    # the end

    def close(self) -> None:
        """Cancel what can wait, finish what must not be cut off, join all threads, close the library."""
        if self._closed:
            return
        self._closed = True
        self._scan_token.cancel()
        self._preview_wanted = -1
        self._engine.cancel()
        self._scan_lane.close()
        self._engine.close()
        self._bundle_lane.close()
        self._preview_lane.close()
        self._loader.close()
        self.writing.close()
        self._db.submit(self._library.close)
        self._db.close()


class _Listener:
    """Passes the engine's news on. Outlives the engine, and knows which bundle the engine works with."""

    def __init__(self, workspace: Workspace, bundle: Bundle) -> None:
        self._workspace = workspace
        self._bundle = bundle

    def ready(self, provider: ProviderReport) -> None:
        """On the inference thread."""
        self._post(lambda workspace: workspace._engine_ready(provider))

    def failed(self, error: KnownError) -> None:
        """On the inference thread."""
        self._post(lambda workspace: workspace._engine_failed(error))

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None:
        """On a decode worker."""
        if job == self._workspace._job:
            self._workspace._pictures.put((photo.id, to_thumbnail(image)))

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        """On a decode worker or the inference thread."""
        self._workspace._db.submit_when_room(self._save, job, outcomes)

    def bug(self, error: BaseException) -> None:
        """On any thread of the engine."""
        log.error("the classification met a bug", exc_info=error)
        self._workspace._report_bug(error)

    def _save(self, job: int, outcomes: list[Outcome]) -> None:
        """On the db lane: commit, then tell."""
        try:
            records = self._workspace._library.save_outcomes(outcomes, self._bundle.key)
        except KnownError as error:
            self._workspace._report_problem(error)
            return
        for record in records:
            self._workspace._saved.put((job, record))

    def _post(self, function: Callable[[Workspace], None]) -> None:
        """Tell the workspace, unless it works with another engine by now."""
        workspace = self._workspace

        def tell() -> None:
            if workspace.bundle is self._bundle:
                function(workspace)

        workspace._relay.post(tell)
