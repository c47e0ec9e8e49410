"""Exporting, organising and reading places from the window's menus."""

import csv
import json
from pathlib import Path

import exiv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services import settings as table
from landmark_desktop.services.export_formats import ExportFormat
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.organise_dialog import OrganiseDialog
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, RED, choose, paint_photo, tile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    paint_photo(folder / "1_red.jpg", RED)
    paint_photo(folder / "2_green.jpg", GREEN)
    paint_photo(folder / "3_blue.jpg", BLUE)
    return folder


def accept(window: MainWindow, *names: str) -> None:
    for name in names:
        choose(window, name)
        window.reviewer.accept()


def notice(window: MainWindow) -> str:
    return " ".join(item.message for item in window.notices.notices)


# exporting


def test_accepted_photos_are_exported_to_the_chosen_file(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    output = tmp_path / "places.csv"
    window.files.export_to(output, ExportFormat.CSV)
    qtbot.waitUntil(lambda: "2 photos exported to places.csv." in notice(window))
    with output.open(encoding="utf-8", newline="") as file:
        assert [row["landmark"] for row in csv.DictReader(file)] == ["Eiffel Tower", "Petra"]


def test_the_ending_of_the_file_decides_the_format(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    output = tmp_path / "places.geojson"
    window.files.export_to(output, ExportFormat.CSV)
    qtbot.waitUntil(lambda: "1 photo exported" in notice(window))
    assert len(json.loads(output.read_text("utf-8"))["features"]) == 1


def test_the_menu_asks_for_a_file_of_each_format(open_window: OpenWindow, folder: Path) -> None:
    window = open_window([folder])
    window.actions_by_id["export"].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    assert [name.rpartition("*.")[2].rstrip(")") for name in dialog.nameFilters()] == [
        kind.value for kind in ExportFormat
    ]
    dialog.reject()


def test_an_export_that_fails_is_told(open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    window.files.export_to(tmp_path / "missing" / "places.csv", ExportFormat.CSV)
    qtbot.waitUntil(lambda: "could not be written" in notice(window))


# reading places


def test_reviews_that_were_written_come_back_into_a_library_that_cleared_them(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    workspace = window.workspace
    with qtbot.waitSignal(workspace.writing.plan_ready) as planned:
        workspace.plan_tags(workspace.pending_tags())
    with qtbot.waitSignal(workspace.writing.run_finished):
        workspace.writing.apply(planned.args[0])
    workspace.reviews.clear([tile(window, "1_red.jpg").id])
    assert not tile(window, "1_red.jpg").accepted
    window.actions_by_id["read_places"].trigger()
    qtbot.waitUntil(lambda: "1 photo got an answer" in notice(window))
    assert tile(window, "1_red.jpg").record.review == Review(ReviewState.ACCEPTED, "eiffel_tower")


def test_a_place_in_the_files_that_is_no_landmark_is_told(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    data = exiv2.XmpData()
    data["Xmp.photoshop.City"] = "Avignon"
    (folder / "1_red.jpg.xmp").write_text(exiv2.XmpParser.encode(data)[1], "utf-8")
    window = open_window([folder])
    choose(window, "3_blue.jpg")
    choose(window, "1_red.jpg")
    qtbot.waitUntil(lambda: window.strip.hint.text() == "The files of this photo say: Avignon")


# organising


def test_the_menu_offers_to_organise_only_where_the_setting_says_so(
    open_window: OpenWindow, folder: Path, settings: Settings
) -> None:
    window = open_window([folder])
    assert not window.actions_by_id["organise"].isVisible()
    settings.set(table.ORGANISE, True)
    assert window.actions_by_id["organise"].isVisible()


def open_dialog(window: MainWindow, root: Path) -> OrganiseDialog:
    window.workspace.settings.set(table.ORGANISE, True)
    window.actions_by_id["organise"].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, OrganiseDialog) and w.isVisible())
    dialog.folder.setText(str(root))
    return dialog


def lines(dialog: OrganiseDialog) -> list[tuple[str, str, str]]:
    model = dialog.lines
    return [
        (
            Path(model.index(row, 0).data()).name,
            model.index(row, 1).data(),
            model.index(row, 2).data(),
        )
        for row in range(model.rowCount())
    ]


def preview(dialog: OrganiseDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.preview, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.preview.isEnabled)


def test_photos_are_previewed_moved_and_brought_back(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    root = tmp_path / "sorted"
    dialog = open_dialog(window, root)
    assert not dialog.start.isEnabled()
    dialog.moves.setChecked(True)
    dialog.template.setText("{country}/{landmark}")
    preview(dialog, qtbot)
    target = root / "France" / "Eiffel Tower" / "1_red.jpg"
    assert lines(dialog) == [("1_red.jpg", str(target), "")]
    assert dialog.summary.text() == "1 photo will be moved"
    assert not root.exists()
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.summary.text() == "1 photo organised")
    assert target.exists()
    assert not (folder / "1_red.jpg").exists()
    qtbot.waitUntil(dialog.take_back.isEnabled)
    (action,) = dialog.runs_menu.actions()
    assert "1 photo moved" in action.text()
    action.trigger()
    qtbot.waitUntil(lambda: dialog.summary.text() == "1 photo as before")
    assert (folder / "1_red.jpg").exists()
    assert not root.exists()
    dialog.reject()


def test_other_wishes_make_the_preview_void(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    dialog = open_dialog(window, tmp_path / "sorted")
    preview(dialog, qtbot)
    assert dialog.start.isEnabled()
    dialog.everything.setChecked(True)
    assert not dialog.start.isEnabled()
    preview(dialog, qtbot)
    assert len(lines(dialog)) == 3
    dialog.reject()


def test_a_template_or_a_folder_that_cannot_be_used_is_told_in_the_dialog(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    dialog = open_dialog(window, tmp_path / "missing" / "sorted")
    dialog.template.setText("{contry}")
    qtbot.mouseClick(dialog.preview, Qt.MouseButton.LeftButton)
    assert "there is no field “contry”" in dialog.summary.text()
    dialog.template.setText("{country}")
    preview(dialog, qtbot)
    assert "is not there" in dialog.summary.text()
    assert not dialog.start.isEnabled()
    dialog.reject()
