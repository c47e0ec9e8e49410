"""What is said where there are no photos to show, or none with a landmark: what it is, and what to do."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from landmark_desktop.core.errors import KnownError
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.filter_bar import FilterBar
from landmark_desktop.ui.notifications import Notice, NotificationBar
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.texts import error_text
from landmark_desktop.ui.welcome import MessagePage

MAX_NOTICES = 20
"""Problems of one scan that are told one by one."""


class Emptiness(QObject):
    """Explains an empty grid on ``page``, and the problems of a scan in ``notices``."""

    def __init__(
        self,
        workspace: Workspace,
        photos: PhotoModel,
        filters: FilterBar,
        page: MessagePage,
        notices: NotificationBar,
        *,
        choose_folder: Callable[[], None],
        show_bundles: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._photos = photos
        self._filters = filters
        self._page = page
        self._notices = notices
        self._choose_folder = choose_folder
        self._show_bundles = show_bundles
        self._errors: tuple[KnownError, ...] = ()
        self._told_none = False
        workspace.opened.connect(self._opened)
        workspace.state_changed.connect(self._state_changed)

    def _opened(self, _: Sequence[Path]) -> None:
        self._errors = ()
        self._told_none = False

    def scanned(self, errors: Sequence[KnownError]) -> None:
        """The scan ended with these errors. The only one of a folder without photos is told by the page."""
        self._errors = tuple(errors)
        if len(errors) == 1 and not self._photos.counts[Bucket.ALL]:
            return
        for error in errors[:MAX_NOTICES]:
            self._notices.show_error(error)
        more = len(errors) - MAX_NOTICES
        if more > 0:
            text = self.tr("%Ln more folder(s) and file(s) could not be read.", "", more)
            self._notices.show_notice(Notice(text, self.tr("The program's log lists all of them.")))

    def explain(self) -> None:
        """Say on the page why there is no photo in the grid."""
        counts, page = self._photos.counts, self._page
        if counts[Bucket.ALL]:
            if self._found_none() and self._photos.query.bucket in (Bucket.LANDMARK, Bucket.UNSURE):
                page.show_message(*self._none_words(), self.tr("Show all photos"), self._filters.clear)
            else:
                page.show_message(
                    self.tr("No photo matches"),
                    self.tr("Choose another filter, or search for something else."),
                    self.tr("Show all photos"),
                    self._filters.clear,
                )
        elif self._workspace.state in (WorkState.SCANNING, WorkState.CLASSIFYING):
            page.show_message(self.tr("Looking for photos…"), "")
        elif self._errors:
            message, remedy = error_text(self._errors[0])
            page.show_message(message, remedy, self.tr("Try again"), self._try_again)
        else:
            page.show_message(
                self.tr("No photos here"),
                self.tr("JPEG, HEIC, AVIF, PNG, TIFF, WebP and raw files are found, also in subfolders."),
                self.tr("Open another folder"),
                self._choose_folder,
            )

    def _try_again(self) -> None:
        self._workspace.open(self._workspace.roots)

    # no landmark anywhere

    def _found_none(self) -> bool:
        """True if all photos are classified and none may show a landmark."""
        counts = self._photos.counts
        believed = counts[Bucket.LANDMARK] + counts[Bucket.UNSURE]
        return not believed and not self._photos.unclassified and counts[Bucket.NONE] > 0

    def _none_words(self) -> tuple[str, str]:
        known = len(self._workspace.bundle.manifest.landmarks)
        return (
            self.tr(
                "None of the %Ln photo(s) shows a landmark that the model knows", "", self._photos.counts[Bucket.NONE]
            ),
            self.tr("It knows %Ln landmark(s). Most photos show none of them; that is fine.", "", known),
        )

    def _state_changed(self, state: WorkState) -> None:
        if state is WorkState.IDLE and self._workspace.roots and not self._told_none and self._found_none():
            self._told_none = True
            message, text = self._none_words()
            which = self.tr("Which ones?")
            self._notices.show_notice(Notice(message + ".", text, is_error=False, action=which, act=self._show_bundles))
