"""The bundles: listed, looked into, installed by dropping, used, removed; what is refused is told."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import CARD_NAME, MANIFEST_NAME, Bundle
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.bundle_view import measured_shares
from landmark_desktop.ui.bundles_dialog import BundlesDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.texts import number
from tests.bundles import EIFFEL, PETRA, model_bytes, write_bundle, zip_bundle
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import RED, Script, click, paint_photo, wait_idle


@pytest.fixture(autouse=True)
def _shipped(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundle of the script is the one that came with the program."""
    for module in ("services.bundle_shelf", "ui.model_switch"):
        monkeypatch.setattr(f"landmark_desktop.{module}.default_bundle_path", lambda: bundle.source)


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> BundlesDialog:
    return open_dialog(window, qtbot)


def open_dialog(window: MainWindow, qtbot: QtBot) -> BundlesDialog:
    window.actions_by_id["bundles"].trigger()
    found = window.findChild(BundlesDialog)
    assert isinstance(found, BundlesDialog)
    qtbot.waitUntil(lambda: found.list.count() > 0)
    return found


def lines(dialog: BundlesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def drop(dialog: BundlesDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(dialog.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(dialog, enter)
    assert enter.isAccepted()
    where = QPointF(dialog.rect().center())
    QApplication.sendEvent(dialog, QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))


def install(dialog: BundlesDialog, source: Path, qtbot: QtBot) -> None:
    count = dialog.list.count()
    drop(dialog, source)
    qtbot.waitUntil(lambda: dialog.list.count() == count + 1)
    qtbot.waitUntil(dialog.install_zip.isEnabled)


def test_the_shipped_bundle_is_listed_as_the_one_in_use_and_cannot_be_removed(dialog: BundlesDialog) -> None:
    assert lines(dialog) == ["colours 1.0\nin use · came with the program"]
    assert not dialog.remove.isEnabled()
    assert not dialog.use.isEnabled()


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_dropped_bundle_is_installed_used_and_removed_again(
    open_window: OpenWindow, tmp_path: Path, settings: Settings, script: Script, qtbot: QtBot, packed: bool
) -> None:
    window = open_window([paint_photo(tmp_path / "trip" / "a.png", RED).parent])
    done = script.classified
    mine = write_bundle(tmp_path / "mine", model=model_bytes(classes=2), id="mine", landmarks=(EIFFEL, PETRA))
    dialog = open_dialog(window, qtbot)
    install(dialog, zip_bundle(mine, tmp_path / "mine.zip") if packed else mine.source, qtbot)
    assert lines(dialog)[1] == "mine 1.0\ninstalled"
    assert dialog.chosen is not None
    assert dialog.chosen.path.parent == window.workspace.bundles.folder
    with qtbot.waitSignal(window.workspace.bundle_changed):
        click(qtbot, dialog.use)
    qtbot.waitUntil(lambda: lines(dialog)[1:] == ["mine 1.0\nin use"])
    wait_idle(qtbot, window)
    assert script.classified > done  # in the background, with the new one
    installed = Path(settings.text(table.BUNDLE))
    assert installed.parent == window.workspace.bundles.folder
    with qtbot.waitSignal(window.workspace.bundle_changed):
        click(qtbot, dialog.remove)
    qtbot.waitUntil(lambda: lines(dialog) == ["colours 1.0\nin use · came with the program"])
    assert not installed.exists()
    assert settings.text(table.BUNDLE) == ""
    assert (mine.source / MANIFEST_NAME).is_file()


def test_a_bundle_that_is_refused_says_why_and_is_not_listed(
    dialog: BundlesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "holiday.zip").write_bytes(b"no zip at all")
    drop(dialog, tmp_path / "holiday.zip")
    qtbot.waitUntil(lambda: "holiday.zip cannot be read" in dialog.message.text())
    assert "Copy or download the bundle again" in dialog.message.text()
    assert dialog.list.count() == 1
    assert dialog.install_folder.isEnabled()


def test_a_bundle_can_be_chosen_by_folder_and_by_zip(dialog: BundlesDialog, tmp_path: Path, qtbot: QtBot) -> None:
    mine = write_bundle(tmp_path / "mine", id="mine")
    for button in (dialog.install_folder, dialog.install_zip):
        click(qtbot, button)
    folder, packed = dialog.findChildren(QFileDialog)
    assert folder.fileMode() is QFileDialog.FileMode.Directory
    assert packed.nameFilters() == ["Bundles (*.zip)"]
    folder.fileSelected.emit(str(mine.source))
    qtbot.waitUntil(lambda: len(lines(dialog)) == 2)
    for chooser in (folder, packed):
        chooser.close()


def test_landmarks_facts_and_model_card_can_be_looked_at(dialog: BundlesDialog, tmp_path: Path, qtbot: QtBot) -> None:
    metrics = {"top1": 0.9662, "landmark_verdict_precision": "high", "photos": 2009}
    mine = write_bundle(tmp_path / "mine", id="mine", metrics=metrics)
    (mine.source / CARD_NAME).write_text("# Mine\n\nMade on a Sunday. ![](file:///etc/passwd)", "utf-8")
    install(dialog, mine.source, qtbot)
    texts = [label.text() for label in dialog.view.facts.findChildren(QLabel)]
    assert "96.62 %" in texts
    assert f"{number(2009)} photos it was not trained with" in texts
    assert "3, all of them with a place that can be written" in texts
    assert not any("high" in text for text in texts)  # what is no share is not shown as one
    assert any(text.startswith("fp32 ") and text.endswith("kB") for text in texts)
    assert "Made on a Sunday" in dialog.view.card.toPlainText()
    landmarks = dialog.view.landmarks
    assert landmarks.count.text() == "3 landmarks"
    landmarks.search.setText("tour paris")
    assert landmarks.count.text() == "1 landmark"
    model = landmarks.table.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == ["Eiffel Tower", "Tour Eiffel", "Paris", "France", "48.858, 2.294"]


def test_a_broken_installed_bundle_is_listed_with_its_reason(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    broken = window.workspace.bundles.folder / "broken-1.0-00000000"
    broken.mkdir(parents=True)
    (broken / MANIFEST_NAME).write_text("{", "utf-8")
    dialog = open_dialog(window, qtbot)
    assert lines(dialog)[1] == "broken-1.0-00000000\ncannot be used"
    dialog.list.setCurrentRow(1)
    assert not dialog.use.isEnabled()
    assert "not valid JSON" in "".join(label.text() for label in dialog.view.facts.findChildren(QLabel))
    click(qtbot, dialog.remove)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert not broken.exists()


def test_metrics_that_are_no_shares_are_left_out() -> None:
    assert measured_shares({"top1": 1.7, "landmark_verdict_recall": 0.5, "none_with_landmark_verdict": None}) == {
        "landmark_verdict_recall": "50.00 %"
    }
