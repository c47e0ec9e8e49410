"""The main window: layout, and who talks to whom. What things do is in the modules it puts together."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.errors import BundleError, KnownError
from landmark_desktop.services import paths as own_paths
from landmark_desktop.services.finder import ScanResult
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui import window_state
from landmark_desktop.ui.actions import Scope, add_scoped_actions, fill_menus, make_actions
from landmark_desktop.ui.availability import enabled_actions
from landmark_desktop.ui.current_photo import CurrentPhoto
from landmark_desktop.ui.desktop import DockProgress, Herald, come_forward
from landmark_desktop.ui.dialogs import Dialogs
from landmark_desktop.ui.emptiness import Emptiness
from landmark_desktop.ui.file_actions import FileActions
from landmark_desktop.ui.filter_bar import FilterBar
from landmark_desktop.ui.first_tour import FirstTour
from landmark_desktop.ui.focus_ring import FocusRing
from landmark_desktop.ui.icons import emblem_icon
from landmark_desktop.ui.languages import install_texts
from landmark_desktop.ui.large_preview import LargePreview
from landmark_desktop.ui.model_switch import ModelSwitch
from landmark_desktop.ui.notifications import Notice, NotificationBar, show_crash
from landmark_desktop.ui.opening import Opener, local_paths
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.photo_grid.view import TILE_STEP, PhotoView
from landmark_desktop.ui.photo_menu import PhotoMenu
from landmark_desktop.ui.review_panel import SHOWN_GUESSES, ReviewPanel
from landmark_desktop.ui.reviewing import ConfirmMany, ConfirmReplacing, Reviewer
from landmark_desktop.ui.session import SessionKeeper
from landmark_desktop.ui.status_strip import StatusStrip
from landmark_desktop.ui.surroundings import Surroundings
from landmark_desktop.ui.texts import error_text
from landmark_desktop.ui.theme import ThemeSwitch
from landmark_desktop.ui.welcome import DropHint, MessagePage, WelcomePage


class MainWindow(QMainWindow):
    """The window on a workspace. Closing it closes the workspace."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setWindowTitle("Landmark Desktop")
        self.setWindowIcon(emblem_icon())
        self.setAcceptDrops(True)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        install_texts(application)
        self._theme = ThemeSwitch(application, workspace.settings, self)
        self._focus_ring = FocusRing(application, self)
        self.photos = PhotoModel(workspace.photos, workspace.thumbnails.get, self)
        self._judge()
        self._lay_out()
        self.reviewer = Reviewer(
            workspace,
            self.photos,
            self.view,
            confirm=lambda photos: ConfirmMany(photos, self).agreed(),
            confirm_replacing=lambda tile: ConfirmReplacing(tile, self).agreed(),
            parent=self,
        )
        self._current = CurrentPhoto(
            workspace,
            model=self.photos,
            view=self.view,
            panel=self.panel,
            large=self.large,
            reviewer=self.reviewer,
            maker=lambda: self.photos.maker,
            parent=self,
        )
        self.models = ModelSwitch(workspace, self)
        self.dialogs = Dialogs(
            workspace,
            self.models,
            self.photos,
            selected=self.view.selected_ids,
            pick=self.reviewer.pick_landmark,
            window=self,
        )
        self.actions_by_id = make_actions(self)
        recent_menu = fill_menus(self.menuBar(), self.actions_by_id)
        self.opener = Opener(workspace, recent_menu, self.welcome, self)
        self.session = SessionKeeper(workspace, self.photos, self.view, self.filters, self)
        self.tour = FirstTour(workspace, self)
        self.herald = Herald(workspace, self)
        self._dock = DockProgress(workspace, self)
        self.emptiness = Emptiness(
            workspace,
            self.photos,
            self.filters,
            self.message,
            self.notices,
            choose_folder=self.opener.choose_folder,
            show_bundles=self.dialogs.show_bundles,
            parent=self,
        )
        self.files = FileActions(workspace, self.view, self.notices, self.actions_by_id["organise"], self)
        scopes = {Scope.PHOTOS: (self.grid_area, self.large), Scope.LARGE: (self.large,)}
        add_scoped_actions(scopes, self.actions_by_id)
        self._connect_actions()
        PhotoMenu(self.view, self.photos, self.actions_by_id, self.view.toggle_group, self)
        self._connect_widgets()
        self._connect_workspace()
        window_state.restore(workspace.settings, self, self.splitter, self.view, self.filters)
        self.surroundings.restore()
        self.actions_by_id["sidebar"].setChecked(not self.surroundings.sidebar.isHidden())
        self.actions_by_id["map"].setChecked(not self.surroundings.map_panel.isHidden())
        self._show_work()
        self._enable_actions()
        if workspace.provider is not None:
            self.strip.show_provider(workspace.provider)

    # layout

    def _lay_out(self) -> None:
        self.notices = NotificationBar(self)
        self.welcome = WelcomePage(self)
        self.filters = FilterBar(self)
        self.view = PhotoView(self.photos, self)
        self.message = MessagePage(self)
        self.panel = ReviewPanel(self)
        self.large = LargePreview(self)
        self.grid_area = QStackedWidget(self)
        self.grid_area.addWidget(self.view)
        self.grid_area.addWidget(self.message)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.surroundings = Surroundings(self.workspace, self.photos, self.view, self.filters, self)
        self.splitter.addWidget(self.panel)
        self.surroundings.place(self.splitter, self.grid_area)
        self.splitter.setStretchFactor(1, 1)
        self._work = _column(self.filters, self.splitter)
        self.pages = QStackedWidget(self)
        for page in (self.welcome, self._work, self.large):
            self.pages.addWidget(page)
        self.setCentralWidget(_column(self.notices, self.pages))
        self.strip = StatusStrip(self)
        self.statusBar().addPermanentWidget(self.strip, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.drop_hint = DropHint(self)

    # wiring

    def _connect_actions(self) -> None:
        reviewer, workspace, dialogs = self.reviewer, self.workspace, self.dialogs
        handlers: dict[str, Callable[[], object]] = {
            "open_folder": self.opener.choose_folder,
            "open_files": self.opener.choose_files,
            "export": self.files.export,
            "organise": self.files.organise,
            "read_places": self.files.read_places,
            "pause": workspace.pause,
            "resume": workspace.resume,
            "cancel": workspace.cancel,
            "quit": self.close,
            "undo_review": reviewer.undo,
            "redo_review": reviewer.redo,
            "copy": self.view.copy,
            "select_all": self.view.selectAll,
            "runs": dialogs.show_runs,
            "bundles": dialogs.show_bundles,
            "settings": dialogs.show_settings,
            "accept": reviewer.accept,
            "reject": reviewer.reject,
            "find": dialogs.find_landmark,
            "taken_here": reviewer.toggle_taken_here,
            "clear_answer": reviewer.clear,
            "accept_all": reviewer.accept_all_shown,
            "accept_group": lambda: reviewer.accept_group(self.view.current_group),
            "toggle_group": lambda: self.view.toggle_group(self.view.current_group),
            "toggle_all_groups": self.view.toggle_all_groups,
            "write": dialogs.write_places,
            "reveal": self.files.reveal,
            "open_with": self.files.open_outside,
            "search": self._search,
            "preview": self._toggle_large,
            "why": lambda: self._current.why.set_shown(self.actions_by_id["why"].isChecked()),
            "zoom_in": lambda: self.large.picture.zoom_by(1),
            "zoom_out": lambda: self.large.picture.zoom_by(-1),
            "zoom_whole": self.large.picture.fit,
            "zoom_pixels": self.large.picture.toggle,
            "back": self._back,
            "larger": lambda: self.filters.tile_size.setValue(self.view.tile_width + TILE_STEP),
            "smaller": lambda: self.filters.tile_size.setValue(self.view.tile_width - TILE_STEP),
            "sidebar": lambda: self.surroundings.toggle_sidebar(self.actions_by_id["sidebar"].isChecked()),
            "map": lambda: self.surroundings.toggle_map(self.actions_by_id["map"].isChecked()),
            "keys": dialogs.show_keys,
            "tour": self.tour.begin,
            "diagnostics": dialogs.copy_diagnostics,
            "about": dialogs.show_about,
        }
        for index in range(SHOWN_GUESSES):
            handlers[f"pick_{index + 1}"] = lambda index=index: reviewer.pick(index)  # type: ignore[misc]  # bound early
        for bucket in Bucket:
            handlers[f"show_{bucket.value}"] = lambda bucket=bucket: self.filters.set_bucket(bucket)  # type: ignore[misc]
        for order in SortOrder:
            handlers[f"order_{order.value.replace('-', '_')}"] = (
                lambda order=order: self.filters.set_order(order)  # type: ignore[misc]
            )
        for group in GroupBy:
            handlers[f"group_{group.value}"] = lambda group=group: self.filters.set_group(group)  # type: ignore[misc]
        if handlers.keys() != self.actions_by_id.keys():
            raise ValueError(f"actions without handler or the other way round: {handlers.keys() ^ self.actions_by_id}")
        for name, handler in handlers.items():
            self.actions_by_id[name].triggered.connect(lambda _=False, handler=handler: handler())

    def _connect_widgets(self) -> None:
        panel, reviewer = self.panel, self.reviewer
        panel.picked.connect(lambda index: reviewer.pick(index, go_on=False))
        panel.accept_clicked.connect(reviewer.accept)
        panel.reject_clicked.connect(reviewer.reject)
        panel.find_clicked.connect(self.dialogs.find_landmark)
        panel.taken_here_clicked.connect(lambda _: reviewer.toggle_taken_here())
        reviewer.hint.connect(self.strip.show_hint)
        self.files.hint.connect(self.strip.show_hint)
        self.dialogs.hint.connect(self.strip.show_hint)
        self.filters.query_changed.connect(self._query_changed)
        self.filters.search_left.connect(self.view.setFocus)
        self.filters.order.activated.connect(lambda _: self.view.setFocus())
        self.filters.group.activated.connect(lambda _: self.view.setFocus())
        self.filters.tile_width_changed.connect(self.view.set_tile_width)
        self.view.accept_group_clicked.connect(reviewer.accept_group)
        self.view.tile_width_changed.connect(self.filters.tile_size.setValue)
        self.view.in_sight.connect(self.workspace.prioritise)
        self.view.current_changed.connect(lambda _: self._enable_actions())
        self.pages.currentChanged.connect(lambda _: self._enable_actions())
        self.view.doubleClicked.connect(lambda _: self._toggle_large())
        self.large.stepped.connect(lambda step: self.view.choose_row(self.view.currentIndex().row() + step))
        self.large.closed.connect(self._toggle_large)
        self.photos.counts_changed.connect(self._counts_changed)
        self.strip.pause_clicked.connect(self.workspace.pause)
        self.strip.resume_clicked.connect(self.workspace.resume)
        self.strip.cancel_clicked.connect(self.workspace.cancel)
        self.strip.provider_clicked.connect(self.dialogs.explain_provider)
        self.surroundings.sidebar.run_chosen.connect(self.dialogs.show_runs)
        self.models.refused.connect(self.show_error)

    def _connect_workspace(self) -> None:
        # Only methods of Qt objects: these connections end with the window, which the workspace may outlive.
        workspace = self.workspace
        workspace.opened.connect(self._opened)
        workspace.photos_added.connect(self._put)
        workspace.photos_changed.connect(self._put)
        workspace.photos_removed.connect(self._put)
        workspace.verdicts_changed.connect(self._judge)
        workspace.thumbnails_ready.connect(self.photos.thumbnails_changed)
        workspace.scan_finished.connect(self._scan_finished)
        workspace.state_changed.connect(self._state_changed)
        workspace.progress_changed.connect(self._progress_changed)
        workspace.provider_ready.connect(self.strip.show_provider)
        workspace.reviews.history_changed.connect(self._enable_actions)
        workspace.problem.connect(self.show_error)
        workspace.bug_found.connect(self._bug_found)

    # opening

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open folders and files instead of those open now."""
        self.opener.open_paths(paths)

    def _opened(self, roots: Sequence[Path]) -> None:
        self.reviewer.forget()
        self.photos.clear()
        name = roots[0].name or str(roots[0]) if roots else "Landmark Desktop"
        self.setWindowTitle(name if len(roots) < 2 else self.tr("%Ln folder(s) and file(s)", "", len(roots)))
        self.pages.setCurrentWidget(self._work if roots else self.welcome)
        self._show_grid_or_message()
        self.view.setFocus()

    def begin(self, paths: Sequence[Path]) -> None:
        """Open these paths, else what was open last time; who sees photos for the first time is offered the tour."""
        if paths:
            self.open_paths(paths)
        else:
            self.session.restore()
        self.tour.offer()

    def called(self, paths: Sequence[Path]) -> None:
        """The program was started once more, with these paths (maybe none). A dialog about the photos that are open is
        not pulled away under the user's hands: what is to be opened waits for its end."""
        dialog = QApplication.activeModalWidget()
        if paths and isinstance(dialog, QDialog):
            dialog.finished.connect(lambda _: QTimer.singleShot(0, self, lambda: self.called(paths)))
        elif paths:
            self.open_paths(paths)
        come_forward(self)

    def _scan_finished(self, result: ScanResult) -> None:
        self.emptiness.scanned(result.errors)
        self._show_grid_or_message()

    # photos

    def _judge(self) -> None:
        """Other thresholds, or another bundle."""
        self.photos.use(self.workspace.bundle.landmark_by_id, self.workspace.thresholds)

    def _put(self, photo_ids: Sequence[int]) -> None:
        self.photos.put(photo_ids)
        self._show_grid_or_message()
        self.view.look()

    def _counts_changed(self) -> None:
        self.filters.show_counts(self.photos.counts)
        self._enable_actions()
        self._show_work()

    def _query_changed(self, query: PhotoQuery) -> None:
        self.photos.set_query(query)
        self.actions_by_id[f"show_{query.bucket.value}"].setChecked(True)
        self.actions_by_id[f"order_{query.order.value.replace('-', '_')}"].setChecked(True)
        self.actions_by_id[f"group_{query.group.value}"].setChecked(True)
        self._enable_actions()
        self._show_grid_or_message()
        self._current.refresh()

    def _show_grid_or_message(self) -> None:
        if self.photos.rowCount():
            page: QWidget = self.view
        else:
            page = self.message
            self.emptiness.explain()
        if self.grid_area.currentWidget() is not page:
            self.grid_area.setCurrentWidget(page)
            if page is self.view and self.pages.currentWidget() is self._work:
                self.view.setFocus()

    # what goes on

    def _state_changed(self, _: WorkState) -> None:
        self._show_work()
        self._enable_actions()
        self._show_grid_or_message()
        self.view.look()  # what the workspace does for photos in sight depends on the state

    def _progress_changed(self, _: Progress) -> None:
        self._show_work()

    def _bug_found(self, error: BaseException) -> None:
        show_crash(error, own_paths.log_path())

    def _show_work(self) -> None:
        self.strip.show_work(
            self.workspace.state,
            self.workspace.progress,
            photos=self.photos.counts[Bucket.ALL],
            unclassified=self.photos.unclassified,
            pending=self.photos.pending,
        )

    def _enable_actions(self) -> None:
        current = self.photos.tile(self.view.current_id)
        why, large = self._current.why.is_shown, self.pages.currentWidget() is self.large
        for name, flag in enabled_actions(
            self.workspace, self.photos, current, why_shown=why, large_shown=large
        ).items():
            self.actions_by_id[name].setEnabled(flag)

    def show_error(self, error: KnownError) -> None:
        """Tell a known error; where another bundle helps, the way to it is a click."""
        if isinstance(error, BundleError):
            self.notices.show_notice(
                Notice(*error_text(error), action=self.tr("Model bundles…"), act=self.dialogs.show_bundles)
            )
        else:
            self.notices.show_error(error)

    # pages

    def _search(self) -> None:
        self.pages.setCurrentWidget(self._work)
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _toggle_large(self) -> None:
        large = self.pages.currentWidget() is not self.large and self.photos.rowCount() > 0
        self.pages.setCurrentWidget(self.large if large else self._work)
        (self.large if large else self.view).setFocus()

    def _back(self) -> None:
        """From the large preview to the grid, from a narrowed grid to all photos."""
        if self.pages.currentWidget() is self.large:
            self._toggle_large()
        elif self.photos.query.narrows:
            self.filters.clear()

    # window events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders and files of this computer, but not those that are dragged out of this window."""
        if event.source() is None and local_paths(event.mimeData()):
            event.acceptProposedAction()
            self.drop_hint.cover(self.rect())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the hint away."""
        self.drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.drop_hint.hide()
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_paths(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Show the current photo in the colours of a new theme, as soon as all widgets have them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_current"):
            QTimer.singleShot(0, self, self._current.refresh)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's looks and close the workspace."""
        window_state.save(self.workspace.settings, self, self.splitter, self.view, self.filters)
        self.session.save()
        self._dock.clear()
        self.surroundings.save()
        self.workspace.close()
        super().closeEvent(event)


def _column(*widgets: QWidget) -> QWidget:
    """Widgets below each other; the last one takes the room."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretchFactor(widgets[-1], 1)
    return column
