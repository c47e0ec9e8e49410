"""Exporting, organising and reading places: what the menu's entries do, and what is told afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from landmark_desktop.core.imported import FoundPlace
from landmark_desktop.core.photo import display_name
from landmark_desktop.services import settings as table
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.file_manager import MAX_SHOWN, open_outside, reveal
from landmark_desktop.ui.notifications import Notice, NotificationBar
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.texts import error_text

if TYPE_CHECKING:  # Exiv2 comes with them, for which the window does not wait
    from landmark_desktop.services.export_formats import ExportFormat
    from landmark_desktop.services.exporting import ExportResult
    from landmark_desktop.services.importing import ImportResult

ASK_MS: Final = 150
"""How long a photo must be current before its place is looked up: holding an arrow key passes many."""
MAX_ERRORS: Final = 10
"""Photos that could not be read and are told one by one."""


class FileActions(QObject):
    """Does what the entries ask for: with the selected photos where several are selected, else with all open ones.

    ``organise`` is the menu's entry, which is there while the setting says so.
    """

    hint = Signal(str)  # something to know of the current photo

    def __init__(
        self, workspace: Workspace, view: PhotoView, notices: NotificationBar, organise: QAction, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._view = view
        self._notices = notices
        self._organise = organise
        self._window = window
        workspace.files.exported.connect(self._exported)
        workspace.files.imported.connect(self._imported)
        workspace.files.place_told.connect(self._place_told)
        self._timer = QTimer(self, singleShot=True, interval=ASK_MS)
        self._timer.timeout.connect(self._ask_place)
        view.current_changed.connect(lambda _: self._timer.start())
        workspace.settings.watch(self._setting_changed)
        self._show_organise()

    def _chosen(self) -> list[int]:
        selected = self._view.selected_ids()
        return list(selected) if len(selected) > 1 else self._workspace.photos.all_ids()

    # exporting

    def export(self) -> None:
        """Let the user choose a file, and write the accepted places to it."""
        from landmark_desktop.services.export_formats import ExportFormat

        names = {
            self.tr("Spreadsheet (*.csv)"): ExportFormat.CSV,
            self.tr("GeoJSON (*.geojson)"): ExportFormat.GEOJSON,
            self.tr("KML, for Google Earth (*.kml)"): ExportFormat.KML,
            self.tr("GPX waypoints (*.gpx)"): ExportFormat.GPX,
        }
        dialog = QFileDialog(self._window, self.tr("Export reviewed photos"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(names))
        dialog.setDefaultSuffix(ExportFormat.CSV.value)
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(names[name].value))
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name), names[dialog.selectedNameFilter()]))
        dialog.open()

    def export_to(self, output: Path, kind: "ExportFormat") -> None:
        """Write the accepted places to a file; its ending, where it is that of a format, tells more than ``kind``."""
        from landmark_desktop.services.export_formats import ExportFormat

        ending = output.suffix[1:].lower()
        if ending in set(ExportFormat):
            kind = ExportFormat(ending)
        self._workspace.files.export(self._chosen(), kind, output)

    def _exported(self, output: Path, result: "ExportResult") -> None:
        text = self.tr("%Ln photo(s) exported to {0}.", "", result.photos).format(display_name(output))
        remedy = ""
        if result.without_place:
            remedy = self.tr("%Ln left out: this bundle knows no place for their landmarks.", "", result.without_place)
        self._notices.show_notice(Notice(text, remedy, is_error=False))

    # other programs

    def reveal(self) -> None:
        """Show the selected photos in the system's file manager."""
        photos = self._workspace.photos
        chosen = self._view.selected_ids()[:MAX_SHOWN]
        reveal([photos.photo(photo_id).path for photo_id in chosen], self)

    def open_outside(self) -> None:
        """Open the current photo in the program that the system uses for it."""
        current = self._view.current_id
        if current in self._workspace.photos:
            path = self._workspace.photos.photo(current).path
            if not open_outside(path):
                text = self.tr("Your system knows no program for {0}.").format(display_name(path))
                remedy = self.tr("Choose one for such files in the settings of your desktop or its file manager.")
                self._notices.show_notice(Notice(text, remedy))

    # reading places

    def read_places(self) -> None:
        """Read the places that stand in the photos' files."""
        self._workspace.files.read_places([self._workspace.record(photo_id) for photo_id in self._chosen()])

    def _imported(self, result: "ImportResult") -> None:
        for error in result.errors[:MAX_ERRORS]:
            self._notices.show_notice(Notice(*error_text(error)))
        text = self.tr("%Ln photo(s) got an answer from their files.", "", len(result.reviewed))
        remedy = ""
        if result.places:
            remedy = self.tr("%Ln speak of a place that is no landmark of this bundle.", "", result.places)
        self._notices.show_notice(Notice(text, remedy, is_error=False))

    def _ask_place(self) -> None:
        if self._view.current_id in self._workspace.photos:
            self._workspace.files.ask_place(self._view.current_id)

    def _place_told(self, photo_id: int, place: FoundPlace) -> None:
        if photo_id == self._view.current_id:
            self.hint.emit(self.tr("The files of this photo say: {0}").format(place.text))

    # organising

    def organise(self) -> None:
        """Preview where the photos go, and copy or move them."""
        from landmark_desktop.ui.organise_dialog import OrganiseDialog

        records = [self._workspace.record(photo_id) for photo_id in self._chosen()]
        OrganiseDialog(self._workspace, records, self._window).open()

    def _setting_changed(self, key: str) -> None:
        if key == table.ORGANISE.key:
            self._show_organise()

    def _show_organise(self) -> None:
        self._organise.setVisible(self._workspace.settings.flag(table.ORGANISE))
