"""Writing places: preview, progress, results, and the way back; nothing is left behind that was not asked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.runs_dialog import RunsDialog
from landmark_desktop.ui.write_dialog import EXPLAINED, WriteDialog
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, RED, choose, click, paint_photo, tile

BROKEN = "2_green.jpg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    paint_photo(folder / "1_red.jpg", RED)
    paint_photo(folder / BROKEN, GREEN)
    paint_photo(folder / "3_blue.jpg", BLUE)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def accept(window: MainWindow, *names: str) -> None:
    for name in names:
        choose(window, name)
        window.reviewer.accept()


def open_dialog(window: MainWindow, qtbot: QtBot) -> WriteDialog:
    """Open the dialog by its action, and wait for the preview."""
    window.actions_by_id["write"].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WriteDialog) and w.isVisible())
    qtbot.waitUntil(dialog.tree.isVisible)
    return dialog


def cells(dialog: WriteDialog, row: int = 0) -> dict[str, tuple[str, str]]:
    """Before and after of each field of the photo in a row of the preview."""
    model = dialog.tree.model()
    photo = model.index(row, 0)
    rows = range(model.rowCount(photo))
    texts = [[str(model.index(r, column, photo).data()) for column in range(3)] for r in rows]
    return {name: (before, after) for name, before, after in texts}


def results(dialog: WriteDialog | RunsDialog) -> list[tuple[str, str]]:
    """Photo and result of each row of the result list."""
    model = dialog.results.results
    return [(model.index(row, 0).data(), model.index(row, 2).data()) for row in range(model.rowCount())]


def test_writing_needs_an_accepted_photo(open_window: OpenWindow, folder: Path) -> None:
    window = open_window([folder])
    assert not window.actions_by_id["write"].isEnabled()
    accept(window, "1_red.jpg")
    assert window.actions_by_id["write"].isEnabled()
    assert "1 accepted place not written yet" in window.strip.text.text()


def test_the_preview_shows_every_field_and_writes_nothing(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    before = contents(folder)
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    assert dialog.summary.text().startswith("2 photos will be tagged · ")
    assert dialog.write.text() == "Write 2 files"
    fields = cells(dialog)
    shown = next(value for name, value in fields.items() if name.endswith("LocationShown"))
    assert shown[0] == "–"
    assert "Eiffel Tower" in shown[1]
    assert any(name.endswith("· GPSLatitude") for name in fields)  # taken here
    click(qtbot, dialog.close_button)
    assert contents(folder) == before


def test_without_taken_here_no_camera_position_is_written(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    choose(window, "1_red.jpg")
    window.reviewer.toggle_taken_here()
    window.reviewer.accept()
    fields = cells(open_dialog(window, qtbot))
    assert any(name.endswith("· GPSDestLatitude") for name in fields)
    assert not any(name.endswith("· GPSLatitude") for name in fields)


def test_accepted_places_are_written_and_the_run_taken_back_byte_for_byte(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    before = contents(folder)
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    assert dialog.summary.text() == "2 photos tagged"
    assert results(dialog) == [("1_red.jpg", "Written and read back"), ("3_blue.jpg", "Written and read back")]
    assert set(contents(folder)) - set(before) == {"1_red.jpg.xmp", "3_blue.jpg.xmp"}
    assert tile(window, "1_red.jpg").tagged
    assert not window.actions_by_id["write"].isEnabled()
    click(qtbot, dialog.undo)
    qtbot.waitUntil(lambda: dialog.summary.text() == "2 photos as before")
    assert contents(folder) == before
    assert not tile(window, "1_red.jpg").tagged
    assert tile(window, "1_red.jpg").record.pending_tag  # the review itself stands


def test_a_photo_that_fails_is_told_first_and_the_others_are_written(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    damaged = folder / f"{BROKEN}.xmp"
    damaged.write_text("<x:xmpmeta this is no XMP", "utf-8")
    window = open_window([folder])
    accept(window, "1_red.jpg", BROKEN)
    dialog = open_dialog(window, qtbot)
    assert "1 cannot be written" in dialog.summary.text()
    first = dialog.tree.model().index(0, 0)
    assert (first.data(), first.siblingAtColumn(1).data()) == (BROKEN, "Cannot be written")
    assert "is not valid XMP" in first.siblingAtColumn(2).data()
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    assert dialog.summary.text() == "1 photo tagged · 1 failed; the originals are untouched"
    (name, reason), (other, done) = results(dialog)
    assert (name, other, done) == (BROKEN, "1_red.jpg", "Written and read back")
    assert "Repair or move the sidecar" in reason
    assert damaged.read_text("utf-8") == "<x:xmpmeta this is no XMP"


def test_photos_that_failed_are_planned_and_written_again(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    damaged = folder / f"{BROKEN}.xmp"
    damaged.write_text("<x:xmpmeta this is no XMP", "utf-8")
    window = open_window([folder])
    accept(window, "1_red.jpg", BROKEN)
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    assert dialog.retry.text() == "Try 1 photo again"
    click(qtbot, dialog.retry)  # it fails again, and may be tried again
    qtbot.waitUntil(dialog.tree.isVisible)
    assert not dialog.write.isEnabled()
    assert dialog.retry.isVisible()
    damaged.unlink()
    click(qtbot, dialog.retry)
    qtbot.waitUntil(lambda: dialog.tree.isVisible() and dialog.write.isEnabled())
    assert dialog.summary.text().startswith("1 photo will be tagged")
    assert not dialog.retry.isVisible()
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    assert results(dialog) == [(BROKEN, "Written and read back")]
    assert not dialog.retry.isVisible()
    assert dialog.undo.isVisible()
    assert tile(window, BROKEN).tagged


def test_what_taken_here_means_is_explained_once(
    open_window: OpenWindow, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    assert dialog.explanation.isVisible()
    click(qtbot, dialog.close_button)
    assert not settings.explained(EXPLAINED)  # nothing was written yet
    dialog = open_dialog(window, qtbot)
    assert dialog.explanation.isVisible()
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    click(qtbot, dialog.close_button)
    accept(window, BROKEN)
    assert not open_dialog(window, qtbot).explanation.isVisible()


def test_a_written_photo_that_gets_another_answer_can_be_written_again(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg")
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    click(qtbot, dialog.close_button)
    choose(window, "1_red.jpg")
    window.reviewer.pick(1)
    fields = cells(open_dialog(window, qtbot))
    shown = next(value for name, value in fields.items() if name.endswith("LocationShown"))
    assert "Eiffel Tower" in shown[0]
    assert "Petra" in shown[1]


def test_a_run_can_be_undone_after_a_restart(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    before = contents(folder)
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    window.close()
    again = open_window([folder])
    again.actions_by_id["runs"].trigger()
    runs = again.findChild(RunsDialog)
    assert isinstance(runs, RunsDialog)
    qtbot.waitUntil(runs.undo.isEnabled)
    shown = [runs.runs.index(0, column).data() for column in range(1, 6)]
    assert shown == ["2", "2", "0", "0", str(folder)]
    click(qtbot, runs.undo)
    qtbot.waitUntil(lambda: runs.runs.index(0, 4).data() == "2")
    assert runs.text.text() == "2 photos as before"
    assert contents(folder) == before
    assert not runs.undo.isEnabled()


def test_undo_leaves_a_file_alone_that_was_changed_since(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    click(qtbot, dialog.close_button)
    sidecar = folder / "1_red.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8") + "<!-- changed -->", "utf-8")
    window.actions_by_id["runs"].trigger()
    runs = window.findChild(RunsDialog)
    assert isinstance(runs, RunsDialog)
    qtbot.waitUntil(runs.undo.isEnabled)
    click(qtbot, runs.undo)
    qtbot.waitUntil(runs.results.isVisible)
    assert runs.text.text() == "1 photo as before · 1 left alone"
    assert "was changed since it was tagged" in results(runs)[0][1]
    assert sidecar.exists()
    assert not (folder / "3_blue.jpg.xmp").exists()


def tagged_runs(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> tuple[MainWindow, RunsDialog]:
    """Two photos are tagged, and the runs are shown with the files of that run."""
    window = open_window([folder])
    accept(window, "1_red.jpg", "3_blue.jpg")
    dialog = open_dialog(window, qtbot)
    click(qtbot, dialog.write)
    qtbot.waitUntil(dialog.results.isVisible)
    click(qtbot, dialog.close_button)
    window.actions_by_id["runs"].trigger()
    runs = window.findChild(RunsDialog)
    assert isinstance(runs, RunsDialog)
    qtbot.waitUntil(lambda: runs.files.results.rowCount() == 2)
    return window, runs


def test_a_photo_of_a_run_is_undone_and_written_again(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    _, runs = tagged_runs(open_window, folder, qtbot)
    written = contents(folder)
    assert not runs.undo_photos.isEnabled()
    assert not runs.redo.isEnabled()
    runs.files.selectRow(1)
    assert runs.undo_photos.isEnabled()
    click(qtbot, runs.undo_photos)
    qtbot.waitUntil(lambda: runs.runs.index(0, 4).data() == "1")
    assert set(written) - set(contents(folder)) == {"3_blue.jpg.xmp"}
    qtbot.waitUntil(lambda: runs.files.results.index(1, 2).data() == "As it was before")
    click(qtbot, runs.redo)
    qtbot.waitUntil(lambda: runs.text.text() == "1 photo written again")
    assert contents(folder) == written


def test_only_our_fields_are_removed_from_a_file_that_was_changed_since(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    before = contents(folder)
    _, runs = tagged_runs(open_window, folder, qtbot)
    sidecar = folder / "1_red.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8") + "<!-- changed -->", "utf-8")
    assert not runs.only_ours.isVisible()
    click(qtbot, runs.undo)
    qtbot.waitUntil(runs.only_ours.isVisible)
    qtbot.waitUntil(lambda: runs.runs.index(0, 4).data() == "1")
    assert sidecar.exists()
    click(qtbot, runs.only_ours)
    qtbot.waitUntil(lambda: runs.text.text() == "1 photo as before")
    assert contents(folder) == before
    qtbot.waitUntil(lambda: runs.runs.index(0, 4).data() == "2")
    assert not runs.only_ours.isVisible()


def test_all_that_was_written_to_a_folder_is_taken_back(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    before = contents(folder)
    _, runs = tagged_runs(open_window, folder, qtbot)
    runs.undo_folder(folder)
    qtbot.waitUntil(lambda: runs.text.text() == "2 photos as before")
    assert contents(folder) == before


def test_only_our_fields_are_removed_from_the_changed_files_of_a_folder(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    before = contents(folder)
    _, runs = tagged_runs(open_window, folder, qtbot)
    sidecar = folder / "1_red.jpg.xmp"
    sidecar.write_text(sidecar.read_text("utf-8") + "<!-- changed -->", "utf-8")
    runs.undo_folder(folder)
    qtbot.waitUntil(runs.only_ours.isVisible)
    assert runs.text.text() == "1 photo as before · 1 left alone"
    click(qtbot, runs.only_ours)
    qtbot.waitUntil(lambda: runs.text.text() == "1 photo as before")
    assert contents(folder) == before
    assert not runs.only_ours.isVisible()


def test_no_runs_yet_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_id["runs"].trigger()
    runs = window.findChild(RunsDialog)
    assert isinstance(runs, RunsDialog)
    qtbot.waitUntil(lambda: runs.text.text() == "Nothing was written yet.")
    assert not runs.undo.isEnabled()
    assert runs.runs.rowCount(QModelIndex()) == 0


def test_what_ends_after_the_window_was_closed_starts_nothing_more(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    window.workspace.writing.undo()  # its end would list the runs anew
    with qtbot.captureExceptions() as exceptions:
        window.close()
        QApplication.processEvents()
    assert exceptions == []
