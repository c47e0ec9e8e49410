"""Reviewing: by keys and by clicks, with undo, as a person does it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.landmark_picker import LandmarkPicker
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.reviewing import ASK_ABOVE
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, choose, current_name, paint_photo, tile

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    paint_photo(folder / "1_red.jpg", RED)
    paint_photo(folder / "2_green.jpg", GREEN)
    paint_photo(folder / "3_orange.jpg", ORANGE)
    paint_photo(folder / "4_grey.jpg", GREY)
    paint_photo(folder / "5_blue.jpg", BLUE, gps=(30.33, 35.6))
    (folder / "6_text.jpg").write_text("no photo", "utf-8")
    return folder


@pytest.fixture
def window(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    window = open_window([folder])
    qtbot.waitUntil(window.view.hasFocus)
    return window


def press(qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    qtbot.keyClick(widget, key, keys)


def answer(window: MainWindow, name: str) -> str:
    """The landmark that was accepted for a photo, "none" where it was rejected, else an empty text."""
    review = tile(window, name).record.review
    return "" if review is None else review.landmark_id or "none"


def test_the_first_photo_is_current_and_shown_with_its_guesses(window: MainWindow) -> None:
    assert current_name(window) == "1_red.jpg"
    panel = window.panel
    assert [bar.text() for bar in panel.bars if bar.isVisible()] == ["Eiffel Tower", "Petra", "Taj Mahal"]
    assert panel.bars[0].share == pytest.approx(0.97)
    shown = " ".join(label.text() for label in panel.findChildren(type(panel._place)) if label.isVisible())
    for text in ("1_red.jpg", "1 of 6", "Landmark", "Paris, France", "48.858, 2.294"):
        assert text in shown


def test_a_folder_is_reviewed_without_touching_the_mouse(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Return)  # accept the Eiffel Tower
    press(qtbot, Key.Key_Enter)  # accept the Taj Mahal, with the other Enter
    press(qtbot, Key.Key_2)  # pick the second guess
    press(qtbot, Key.Key_Backspace)  # no landmark
    press(qtbot, Key.Key_1)
    assert {name: answer(window, name) for name in ("1_red.jpg", "2_green.jpg", "3_orange.jpg")} == {
        "1_red.jpg": "eiffel_tower",
        "2_green.jpg": "taj_mahal",
        "3_orange.jpg": "petra",
    }
    assert (answer(window, "4_grey.jpg"), answer(window, "5_blue.jpg")) == ("none", "petra")
    assert current_name(window) == "6_text.jpg"
    assert window.photos.pending == 4


def test_enter_never_accepts_what_the_model_calls_no_landmark(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "4_grey.jpg")
    assert not window.panel.accept.isEnabled()
    press(qtbot, Key.Key_Return)
    assert answer(window, "4_grey.jpg") == ""
    assert current_name(window) == "5_blue.jpg"
    assert "Press 1 to 5" in window.strip.hint.text()


def test_none_explains_itself(window: MainWindow) -> None:
    choose(window, "4_grey.jpg")
    assert "unlike every landmark" in window.panel._reason.text()
    choose(window, "3_orange.jpg")
    assert "80 %" in window.panel._reason.text()


def test_enter_keeps_another_guess_that_was_picked_before(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_2)
    press(qtbot, Key.Key_Left)
    assert current_name(window) == "1_red.jpg"
    press(qtbot, Key.Key_Return)
    assert answer(window, "1_red.jpg") == "petra"
    assert current_name(window) == "2_green.jpg"


def test_a_click_on_a_guess_accepts_it_and_leaves_the_keyboard_in_the_grid(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.panel.bars[2], Qt.MouseButton.LeftButton)
    assert answer(window, "1_red.jpg") == "taj_mahal"
    assert window.panel.bars[2].isChecked()
    assert not window.panel.bars[0].isChecked()
    assert current_name(window) == "1_red.jpg"
    assert window.view.hasFocus()


def test_the_buttons_of_the_panel_accept_and_reject(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.panel.accept, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.panel.reject, Qt.MouseButton.LeftButton)
    assert (answer(window, "1_red.jpg"), answer(window, "2_green.jpg")) == ("eiffel_tower", "none")


def test_reviews_are_undone_and_redone_step_by_step(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.actions_by_id["undo_review"].isEnabled()
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_U)
    assert (answer(window, "1_red.jpg"), answer(window, "2_green.jpg")) == ("eiffel_tower", "")
    assert current_name(window) == "2_green.jpg"
    press(qtbot, Key.Key_Z, CTRL)
    assert answer(window, "1_red.jpg") == ""
    press(qtbot, Key.Key_Z, CTRL | SHIFT)
    press(qtbot, Key.Key_Y, CTRL)
    assert (answer(window, "1_red.jpg"), answer(window, "2_green.jpg")) == ("eiffel_tower", "none")


def test_an_answer_can_be_cleared(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Delete)
    assert answer(window, "1_red.jpg") == ""


def test_several_selected_photos_are_answered_at_once(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Right, SHIFT)
    assert "2 selected" in window.panel._position.text()
    press(qtbot, Key.Key_Return)
    assert (answer(window, "1_red.jpg"), answer(window, "2_green.jpg")) == ("eiffel_tower", "taj_mahal")
    assert current_name(window) == "3_orange.jpg"
    press(qtbot, Key.Key_U)
    assert (answer(window, "1_red.jpg"), answer(window, "2_green.jpg")) == ("", "")


def test_all_shown_that_are_landmark_are_accepted_without_asking_when_they_are_few(
    window: MainWindow, qtbot: QtBot
) -> None:
    choose(window, "2_green.jpg")
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_A, CTRL)
    answers = [answer(window, name) for name in ("1_red.jpg", "2_green.jpg", "3_orange.jpg", "5_blue.jpg")]
    assert answers == ["eiffel_tower", "none", "", "petra"]  # what was answered is kept, what is unsure is left
    assert "2 photos accepted" in window.strip.hint.text()


@pytest.mark.parametrize("agree", [True, False])
def test_accepting_many_is_asked_for_with_their_number(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, agree: bool
) -> None:
    count = ASK_ABOVE + 1
    for number in range(count):
        paint_photo(tmp_path / "many" / f"{number}.jpg", RED, seed=number)
    window = open_window([tmp_path / "many"])
    asked: list[str] = []

    def reply() -> None:
        box = window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        wanted = QMessageBox.ButtonRole.AcceptRole if agree else QMessageBox.ButtonRole.RejectRole
        button = next(button for button in box.buttons() if box.buttonRole(button) is wanted)
        assert isinstance(button, QPushButton)
        button.click()

    QTimer.singleShot(0, window, reply)
    press(qtbot, Key.Key_A, CTRL)
    assert asked == [f"Accept the first guess of {count} photos?"]
    assert window.photos.pending == (count if agree else 0)


def test_taken_here_follows_the_setting_until_it_is_chosen_for_the_photo(
    window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    assert window.panel.taken_here.isChecked()
    press(qtbot, Key.Key_T)
    assert not window.panel.taken_here.isChecked()
    assert not window.workspace.reviews.can_undo  # nothing is accepted yet
    press(qtbot, Key.Key_Return)
    review = tile(window, "1_red.jpg").record.review
    assert review is not None
    assert review.taken_here is False
    settings.set(table.TAKEN_HERE, False)
    press(qtbot, Key.Key_Right)
    assert not window.panel.taken_here.isChecked()
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_T)
    review = tile(window, "1_red.jpg").record.review
    assert review is not None
    assert review.taken_here is True


def test_a_photo_with_gps_keeps_it_and_shows_how_far_the_landmark_is(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "5_blue.jpg")
    assert "30.330, 35.600" in window.panel._gps.text()
    assert "15 km from Petra" in window.panel._gps.text()
    assert not window.panel.taken_here.isChecked()


@pytest.mark.parametrize("agree", [True, False])
def test_gps_is_given_up_only_where_the_user_confirms_it_for_this_photo(
    window: MainWindow, agree: bool, qtbot: QtBot
) -> None:
    choose(window, "5_blue.jpg")
    asked: list[str] = []

    def reply() -> None:
        box = window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        asked.append(box.text() + box.informativeText())
        wanted = QMessageBox.ButtonRole.DestructiveRole if agree else QMessageBox.ButtonRole.RejectRole
        next(button for button in box.buttons() if box.buttonRole(button) is wanted).click()

    QTimer.singleShot(0, window, reply)
    press(qtbot, Key.Key_T)
    assert len(asked) == 1
    assert "5_blue.jpg" in asked[0]
    assert "15 km from Petra" in asked[0]
    photo_id = tile(window, "5_blue.jpg").id
    assert window.panel.taken_here.isChecked() is agree
    assert window.workspace.tag_options().replace_position == ({photo_id} if agree else set())
    if agree:
        window.reviewer.toggle_taken_here()  # taken back without a question
        assert not window.panel.taken_here.isChecked()
        assert not window.workspace.tag_options().replace_position


def test_the_large_preview_takes_the_same_keys(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Space)
    assert window.large.isVisible()
    qtbot.waitUntil(lambda: window.large.picture.image is not None)
    press(qtbot, Key.Key_Return)
    assert answer(window, "1_red.jpg") == "eiffel_tower"
    assert "2_green.jpg" in window.large.caption.text()
    press(qtbot, Key.Key_Left)
    assert "1_red.jpg, Eiffel Tower, 97 %, accepted" in window.large.caption.text()
    press(qtbot, Key.Key_Escape)
    assert window.view.isVisible()
    assert window.view.hasFocus()


def test_a_double_click_opens_the_large_preview_and_a_button_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    where = window.view.visualRect(window.photos.index(1)).center()
    qtbot.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.large.isVisible()
    assert "2_green.jpg" in window.large.caption.text()
    qtbot.mouseClick(window.large.back_button, Qt.MouseButton.LeftButton)
    assert window.view.isVisible()
    assert window.view.hasFocus()


def test_the_large_picture_follows_the_current_photo(window: MainWindow, qtbot: QtBot) -> None:
    wanted = tile(window, "2_green.jpg").id
    with qtbot.waitSignal(window.workspace.preview_ready, check_params_cb=lambda photo_id, *_: photo_id == wanted):
        choose(window, "2_green.jpg")
    image = window.panel.picture.image
    assert image is not None
    assert image.pixelColor(60, 60).green() > 150


def test_typing_in_the_search_field_reviews_nothing(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F, CTRL)
    assert window.filters.search.hasFocus()
    qtbot.keyClicks(window.filters.search, "1tuf ")
    qtbot.keyClick(window.filters.search, Key.Key_Backspace)
    qtbot.keyClick(window.filters.search, Key.Key_Return)
    assert window.view.hasFocus()
    assert not window.workspace.reviews.can_undo
    assert window.findChild(LandmarkPicker) is None


def test_reviews_are_there_again_after_a_restart(
    window: MainWindow, open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Backspace)
    window.close()
    again = open_window([folder])
    assert (answer(again, "1_red.jpg"), answer(again, "2_green.jpg")) == ("eiffel_tower", "none")
