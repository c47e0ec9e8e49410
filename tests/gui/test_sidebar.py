"""The sidebar: folders with their progress, places with their counts, runs; and what a click does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from landmark_desktop.core.tag import Run
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.runs_dialog import RunsDialog
from landmark_desktop.ui.sidebar.run_model import MAX_RUNS, LatestRuns
from landmark_desktop.ui.sidebar.section import SideTree
from landmark_desktop.ui.sidebar.sidebar import Sidebar
from landmark_desktop.ui.sidebar.tree_model import Roles
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, Script, choose, paint_photo, shown_names, wait_idle

Key = Qt.Key
PATIENCE_MS = 20_000
"""The machine may be busy."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    paint_photo(folder / "a_red.jpg", RED)
    paint_photo(folder / "day 2" / "b_orange.jpg", ORANGE)
    paint_photo(folder / "day 2" / "evening" / "c_green.jpg", GREEN)
    paint_photo(folder / "day 10" / "d_blue.jpg", BLUE)
    paint_photo(folder / "day 10" / "e_grey.jpg", GREY)
    return folder


@pytest.fixture
def window(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    window = open_window([folder])
    qtbot.waitUntil(lambda: list(rows(side(window).folder_tree)) == ["trip 5"])  # counts follow a little later
    return window


def side(window: MainWindow) -> Sidebar:
    return window.surroundings.sidebar


def rows(tree: SideTree, parent: QModelIndex | None = None) -> dict[str, object]:
    """What a tree shows: texts with their counts, and what is below them."""
    model = tree.model()
    above = parent or QModelIndex()
    found: dict[str, object] = {}
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        badges = " ".join(badge.text for badge in index.data(Roles.BADGES) or ())
        found[f"{index.data()} {badges}".strip()] = rows(tree, index)
    return found


def index_of(tree: SideTree, *texts: str) -> QModelIndex:
    index = QModelIndex()
    for text in texts:
        children = [tree.model().index(row, 0, index) for row in range(tree.model().rowCount(index))]
        index = next(child for child in children if child.data() == text)
    return index


def click(qtbot: QtBot, tree: SideTree, *texts: str) -> None:
    index = index_of(tree, *texts)
    above = index.parent()
    while above.isValid():
        tree.expand(above)
        above = above.parent()
    places: list[QPoint] = []

    def rests() -> bool:
        """The row is in sight and lies where it lay before: trees are fitted to what they hold a little later."""
        tree.scrollTo(index)
        places.append(tree.viewport().mapToGlobal(tree.visualRect(index).center()))
        return tree.viewport().rect().contains(tree.visualRect(index).center()) and places[-2:-1] == places[-1:]

    qtbot.waitUntil(rests, timeout=PATIENCE_MS)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(index).center())


def trigger(menu: QMenu | None, text: str) -> None:
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_folders_are_a_tree_with_counts_in_the_order_of_people(window: MainWindow) -> None:
    assert rows(side(window).folder_tree) == {"trip 5": {"day 2 2": {"evening 1": {}}, "day 10 2": {}}}


def test_a_click_on_a_folder_shows_it_and_what_is_below_it(window: MainWindow, qtbot: QtBot) -> None:
    tree = side(window).folder_tree
    click(qtbot, tree, "trip", "day 2")
    assert shown_names(window) == ["b_orange.jpg", "c_green.jpg"]
    assert window.filters.narrowed.folder_chip.text() == "in: day 2"
    assert index_of(tree, "trip", "day 2").data(Roles.CHOSEN)
    click(qtbot, tree, "trip", "day 2", "evening")
    assert shown_names(window) == ["c_green.jpg"]
    click(qtbot, tree, "trip", "day 2", "evening")
    assert len(shown_names(window)) == 5
    assert not index_of(tree, "trip", "day 2", "evening").data(Roles.CHOSEN)


def test_folder_and_place_narrow_together(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, side(window).place_tree, "France")
    assert shown_names(window) == ["a_red.jpg", "b_orange.jpg"]
    click(qtbot, side(window).folder_tree, "trip", "day 2")
    assert shown_names(window) == ["b_orange.jpg"]
    qtbot.mouseClick(window.filters.narrowed.place_chip, Qt.MouseButton.LeftButton)
    assert shown_names(window) == ["b_orange.jpg", "c_green.jpg"]


def test_a_folder_shows_how_much_is_classified(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    script.hold()
    window = open_window([folder], wait=False)
    tree = side(window).folder_tree
    qtbot.waitUntil(lambda: rows(tree).keys() == {"trip 5"}, timeout=PATIENCE_MS)
    assert index_of(tree, "trip").data(Roles.PROGRESS) == 0
    assert "5 still to be classified" in index_of(tree, "trip").data(Qt.ItemDataRole.ToolTipRole)
    script.release()
    wait_idle(qtbot, window)
    qtbot.waitUntil(lambda: index_of(tree, "trip").data(Roles.PROGRESS) is None)


def test_new_and_removed_photos_change_the_counts(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    tree = side(window).folder_tree
    paint_photo(folder / "day 3" / "f_red.jpg", RED, seed=8)
    (folder / "day 2" / "evening" / "c_green.jpg").unlink()
    side(window).rescan_wanted.emit(folder)
    expected = {"trip 5": {"day 2 1": {}, "day 3 1": {}, "day 10 2": {}}}
    qtbot.waitUntil(lambda: rows(tree) == expected, timeout=10_000)


def test_places_are_countries_towns_and_landmarks_with_accepted_and_suggested(window: MainWindow) -> None:
    tree = side(window).place_tree
    assert rows(tree) == {
        "France 2": {"Paris 2": {"Eiffel Tower 2": {}}},
        "India 1": {"Agra 1": {"Taj Mahal 1": {}}},
        "Jordan 1": {"Wadi Musa 1": {"Petra 1": {}}},
    }
    choose(window, "a_red.jpg")
    window.reviewer.accept()
    assert list(rows(tree)) == ["France 1 1", "India 1", "Jordan 1"]
    assert index_of(tree, "France").data(Qt.ItemDataRole.AccessibleTextRole) == "France, 1 accepted · 1 suggested"
    choose(window, "d_blue.jpg")
    window.reviewer.reject()
    assert list(rows(tree)) == ["France 1 1", "India 1"]
    window.reviewer.undo()
    assert list(rows(tree)) == ["France 1 1", "India 1", "Jordan 1"]


def test_the_place_of_a_pin_is_marked_in_the_tree(window: MainWindow, qtbot: QtBot) -> None:
    tree = side(window).place_tree
    click(qtbot, tree, "India", "Agra", "Taj Mahal")
    assert shown_names(window) == ["c_green.jpg"]
    assert index_of(tree, "India", "Agra", "Taj Mahal").data(Roles.CHOSEN)
    assert not index_of(tree, "India").data(Roles.CHOSEN)
    qtbot.mouseClick(window.filters.narrowed.place_chip, Qt.MouseButton.LeftButton)
    assert not index_of(tree, "India", "Agra", "Taj Mahal").data(Roles.CHOSEN)


def test_keys_move_through_a_tree_and_enter_chooses(window: MainWindow, qtbot: QtBot) -> None:
    tree = side(window).place_tree
    tree.setFocus()
    tree.setCurrentIndex(index_of(tree, "France"))
    qtbot.keyClick(tree, Key.Key_Right)
    qtbot.keyClick(tree, Key.Key_Down)
    assert len(shown_names(window)) == 5
    qtbot.keyClick(tree, Key.Key_Return)
    assert window.filters.narrowed.place is not None
    assert window.filters.narrowed.place.name == "Paris"


def test_recent_folders_are_below_and_open_with_a_click(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    other = tmp_path / "other"
    paint_photo(other / "x_blue.jpg", BLUE, seed=5)
    window.open_paths([other])
    tree = side(window).folder_tree
    qtbot.waitUntil(lambda: rows(tree) == {"other 1": {}, "Recent folders": {"trip": {}}}, timeout=PATIENCE_MS)
    click(qtbot, tree, "Recent folders", "trip")
    qtbot.waitUntil(lambda: list(rows(tree)) == ["trip 5", "Recent folders"], timeout=10_000)


def test_one_of_several_folders_is_closed(window: MainWindow, qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    paint_photo(other / "x_blue.jpg", BLUE, seed=5)
    window.open_paths([folder, other])
    tree = side(window).folder_tree
    qtbot.waitUntil(lambda: list(rows(tree)) == ["trip 5", "other 1"], timeout=10_000)
    trigger(side(window).folder_menu(index_of(tree, "trip")), "Close folder")
    qtbot.waitUntil(lambda: next(iter(rows(tree)), "") == "other 1", timeout=10_000)
    assert window.workspace.roots == (other,)


def test_closing_the_last_folder_leads_to_the_welcome_page(window: MainWindow, qtbot: QtBot) -> None:
    trigger(side(window).folder_menu(index_of(side(window).folder_tree, "trip")), "Close folder")
    assert window.pages.currentWidget() is window.welcome
    assert window.windowTitle() == "Landmark Desktop"


def test_only_folders_that_were_opened_can_be_closed(window: MainWindow) -> None:
    menu = side(window).folder_menu(index_of(side(window).folder_tree, "trip", "day 2"))
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Show only this folder",
        "Look for changes",
        "Show in the file manager",
    ]


def test_a_run_appears_and_opens_the_runs_at_that_run(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("a_red.jpg", "c_green.jpg"):
        choose(window, name)
        window.reviewer.accept()
        with qtbot.waitSignal(window.workspace.writing.plan_ready, timeout=PATIENCE_MS) as planned:
            window.workspace.plan_tags(window.workspace.pending_tags())
        with qtbot.waitSignal(window.workspace.writing.run_finished, timeout=PATIENCE_MS):
            window.workspace.writing.apply(planned.args[0])
    runs = side(window).run_list
    qtbot.waitUntil(lambda: runs.model().rowCount() == 2, timeout=PATIENCE_MS)
    assert [badge.text for badge in runs.model().index(1, 0).data(Roles.BADGES)] == ["1"]
    qtbot.mouseClick(runs.viewport(), Qt.MouseButton.LeftButton, pos=runs.visualRect(runs.model().index(1, 0)).center())
    dialog = window.findChild(RunsDialog)
    assert isinstance(dialog, RunsDialog)
    qtbot.waitUntil(lambda: dialog.runs.rowCount() == 2, timeout=PATIENCE_MS)
    chosen = dialog.runs.run(dialog.table.currentIndex().row())
    assert chosen is not None
    assert chosen.id == side(window).runs.run(1).id
    dialog.close()


@pytest.mark.parametrize("name", ["folders", "places"])
def test_the_models_keep_the_rules_of_qt_while_photos_come_and_go(
    open_window: OpenWindow, folder: Path, qtmodeltester: ModelTester, script: Script, qtbot: QtBot, name: str
) -> None:
    script.hold()
    window = open_window([folder], wait=False)
    qtmodeltester.check(getattr(side(window), name), force_py=True)
    script.release()
    wait_idle(qtbot, window)
    window.workspace.reviews.reject(window.photos.shown_ids)
    assert rows(side(window).place_tree) == {}
    window.reviewer.undo()
    assert len(rows(side(window).place_tree)) == 3
    (folder / "day 2" / "evening" / "c_green.jpg").unlink()
    window.workspace.rescan(folder)
    qtbot.waitUntil(lambda: len(rows(side(window).place_tree)) == 2, timeout=10_000)


def test_the_list_of_runs_keeps_its_rows(qtbot: QtBot) -> None:
    model = LatestRuns()

    def run(name: str, undone: int = 0) -> Run:
        return Run(name, datetime(2024, 5, 1, tzinfo=UTC), photos=3, done=3 - undone, failed=0, undone=undone)

    model.show_runs([run("b"), run("a")])
    kept = QPersistentModelIndex(model.index(1, 0))
    model.show_runs([run("c"), run("b"), run("a", undone=3)])
    assert [model.run(row).id for row in range(model.rowCount())] == ["c", "b", "a"]
    assert kept.row() == 2
    assert model.index(2, 0).data(Roles.MUTED)
    model.show_runs([run("c")])
    assert model.rowCount() == 1
    assert not kept.isValid()
    model.show_runs([run(str(number)) for number in range(20)])
    assert model.rowCount() == MAX_RUNS


def test_f9_hides_and_shows_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    assert side(window).isVisible()
    qtbot.keyClick(window, Key.Key_F9)
    assert not side(window).isVisible()
    qtbot.keyClick(window, Key.Key_F9)
    assert side(window).isVisible()


def test_sections_fold_up_and_stay_so(window: MainWindow, qtbot: QtBot, settings: Settings) -> None:
    section = side(window).sections["places"]
    qtbot.mouseClick(section.header, Qt.MouseButton.LeftButton)
    assert not section.tree.isVisible()
    again = Sidebar(window.surroundings.tallies, settings)
    qtbot.addWidget(again)
    assert not again.sections["places"].is_open
    assert again.sections["folders"].is_open
