"""The screenshots one after the other: each function drives the window on, and saves what there is to see.

They are called in the order of ``SHOTS``, and each one leaves the window as the next one expects it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from landmark_desktop.core.errors import BundleError, ErrorCode, LibraryError, PhotoError
from landmark_desktop.services import settings as table
from landmark_desktop.services.work import WorkState
from landmark_desktop.ui.bundles_dialog import BundlesDialog
from landmark_desktop.ui.crash_dialog import CrashDialog
from landmark_desktop.ui.help_dialogs import AboutDialog, KeysDialog, StartProblemDialog
from landmark_desktop.ui.landmark_picker import LandmarkPicker
from landmark_desktop.ui.organise_dialog import OrganiseDialog
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.provider_dialog import ProviderDialog
from landmark_desktop.ui.reviewing import ConfirmMany
from landmark_desktop.ui.runs_dialog import RunsDialog
from landmark_desktop.ui.settings_dialog import SettingsDialog
from landmark_desktop.ui.write_dialog import WriteDialog
from tools import demo
from tools.screenshots import SIZE, TILE_WIDTH, Stage, rest, wait_for

SMALL: Final = (820, 600)
"""A window on a small screen."""


def first_start(stage: Stage) -> None:
    """What somebody sees who never used the program."""
    rest()
    stage.save("first-start")


def working(stage: Stage) -> None:
    """Photos are classified while the first ones are reviewed."""
    window = stage.window
    window.open_paths([stage.work / "Spring 2024"])
    window.view.set_tile_width(TILE_WIDTH)
    wait_for(lambda: window.photos.rowCount() > len(demo.SHOTS), "all tiles")
    wait_for(lambda: window.photos.unclassified <= len(demo.SHOTS) - demo.REVIEWED, "the first photos")
    rest()
    for name in ("IMG_4711.jpg", "IMG_4712.jpg", "IMG_4713.jpg", "IMG_4715.jpg"):
        stage.choose(name)
        window.reviewer.accept()
    stage.choose("IMG_4714.jpg")
    window.reviewer.reject()
    stage.choose("IMG_4717.jpg")
    rest()
    stage.save("busy")


def tour(stage: Stage) -> None:
    """The three steps."""
    stage.window.tour.begin()
    for number in (1, 2, 3):
        rest(100)
        stage.save(f"tour-{number}")
        guide = stage.window.tour.tour
        if guide is not None:
            guide.go(guide.step + 1)


def review(stage: Stage) -> None:
    """All photos are classified."""
    window = stage.window
    stage.gate.set()
    wait_for(lambda: window.workspace.state is WorkState.IDLE and window.photos.unclassified == 0, "all photos")
    stage.choose("IMG_4716.jpg")
    wait_for(lambda: bool(window.panel.facts.camera.text()), "the camera")
    rest()
    stage.save("review")
    window.actions_by_id["preview"].trigger()
    rest()
    stage.save("large-preview")
    window.actions_by_id["back"].trigger()
    stage.choose(demo.BROKEN)
    rest()
    stage.save("broken-photo")
    window.resize(*SMALL)
    stage.choose("IMG_4721.jpg")
    rest()
    stage.save("small-window")
    window.resize(*SIZE)


def groups(stage: Stage) -> None:
    """Photos in groups by landmark; the last one is collapsed."""
    window = stage.window
    stage.choose("IMG_4721.jpg")
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.toggle_group(len(window.photos.groups) - 1)
    window.view.verticalScrollBar().setValue(0)
    rest()
    stage.save("groups")
    window.filters.set_group(GroupBy.NOTHING)


def why(stage: Stage) -> None:
    """What in a photo speaks for its landmark, in the panel and large."""
    window = stage.window
    stage.choose("IMG_4713.jpg")
    window.actions_by_id["why"].trigger()
    wait_for(lambda: window.panel.picture.overlay is not None, "the heat map")
    wait_for(lambda: bool(window.panel.facts.camera.text()), "the camera")
    stage.save("why")
    window.actions_by_id["preview"].trigger()
    rest()
    stage.save("why-large")
    window.actions_by_id["back"].trigger()
    window.actions_by_id["why"].trigger()


def world_map(stage: Stage) -> None:
    """The map below the grid."""
    stage.window.actions_by_id["map"].trigger()
    stage.choose("IMG_4721.jpg")
    rest()
    stage.save("map")
    stage.window.actions_by_id["map"].trigger()


def questions(stage: Stage) -> None:
    """Dialogs about the current photos."""
    dialog = stage.open("find", LandmarkPicker)
    stage.save("find-landmark", dialog)
    assert isinstance(dialog, LandmarkPicker)
    for shot, typed in (("find-landmark-misspelt", "tokio towr"), ("find-landmark-nothing", "xyzzy")):
        dialog.field.setText(typed)
        stage.save(shot, dialog)
    dialog.close()
    confirm = ConfirmMany(14, stage.window)
    confirm.setModal(False)
    confirm.show()
    rest(200)
    stage.save("accept-all", confirm)
    confirm.close()


def settings(stage: Stage) -> None:
    """The settings, from the top and from the end."""
    dialog = stage.open("settings", SettingsDialog)
    rest()
    stage.save("settings", dialog)
    for scroll in dialog.findChildren(QScrollArea):
        scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    rest(100)
    stage.save("settings-end", dialog)
    dialog.close()


def bundles(stage: Stage) -> None:
    """The bundles: overview, landmarks, model card, and one that is refused."""
    dialog = stage.open("bundles", BundlesDialog)
    assert isinstance(dialog, BundlesDialog)
    wait_for(lambda: dialog.list.count() > 0, "the list of bundles")
    dialog.list.setCurrentRow(0)
    for number, name in enumerate(("overview", "landmarks", "card")):
        dialog.view.setCurrentIndex(number)
        rest(150)
        stage.save(f"bundles-{name}", dialog)
    dialog.view.setCurrentIndex(1)
    dialog.view.landmarks.search.setText("paris")
    rest(150)
    stage.save("bundles-search", dialog)
    broken = stage.work / "broken.zip"
    broken.write_bytes(b"not a zip")
    dialog.install(broken)
    wait_for(dialog.install_zip.isEnabled, "the refusal")
    dialog.view.setCurrentIndex(0)
    rest(150)
    stage.save("bundles-refused", dialog)
    dialog.close()


def help_dialogs(stage: Stage) -> None:
    """Keys, about with licences, where the model runs."""
    keys = stage.open("keys", KeysDialog)
    stage.save("keys", keys)
    keys.close()
    about = stage.open("about", AboutDialog)
    stage.save("about", about)
    assert isinstance(about, AboutDialog)
    about.tabs.setCurrentWidget(about.licences)
    rest(100)
    stage.save("licences", about)
    about.close()
    stage.window.strip.provider.click()
    rest(200)
    provider = stage.dialog(ProviderDialog)
    stage.save("provider", provider)
    provider.close()


def writing(stage: Stage) -> None:
    """The preview of a run, its result, and the list of runs."""
    dialog = stage.open("write", WriteDialog)
    assert isinstance(dialog, WriteDialog)
    wait_for(dialog.write.isEnabled, "the preview of the run")
    rest()
    stage.save("write-preview", dialog)
    done: list[object] = []
    stage.workspace.writing.run_finished.connect(done.append)
    dialog.write.click()
    wait_for(lambda: bool(done), "the run")
    rest()
    stage.save("write-result", dialog)
    dialog.close()
    runs = stage.open("runs", RunsDialog)
    rest()
    stage.save("runs", runs)
    runs.close()


def organising(stage: Stage) -> None:
    """The preview of copying photos into folders."""
    stage.settings.set(table.ORGANISE, True)
    dialog = stage.open("organise", OrganiseDialog)
    rest()
    stage.save("organise", dialog)
    dialog.close()
    stage.settings.reset(table.ORGANISE)


def _open_and_wait(stage: Stage, folder: Path) -> None:
    finished: list[object] = []
    stage.workspace.scan_finished.connect(finished.append)
    stage.window.open_paths([folder])
    wait_for(lambda: bool(finished), "the scan")
    wait_for(lambda: stage.workspace.state is WorkState.IDLE, "rest")
    stage.workspace.scan_finished.disconnect(finished.append)
    rest()


def states(stage: Stage) -> None:
    """What is said where something is missing."""
    window, workspace = stage.window, stage.workspace
    window.notices.clear()
    (stage.work / "Empty").mkdir()
    _open_and_wait(stage, stage.work / "Empty")
    stage.save("state-empty")
    _open_and_wait(stage, stage.work / "Autumn 2019")
    stage.save("state-missing")
    _open_and_wait(stage, stage.work / "Empty")
    error = PhotoError(ErrorCode.FOLDER_UNREADABLE, name="Private", reason="Permission denied")
    window.emptiness.scanned([error])
    window.emptiness.explain()
    stage.save("state-no-permission")
    demo.draw_nothing(stage.work / "Garden", 10)
    _open_and_wait(stage, stage.work / "Garden")
    wait_for(lambda: window.photos.counts[Bucket.NONE] == 10, "ten photos of nothing")
    rest()
    stage.save("state-none")
    window.actions_by_id["show_landmark"].trigger()
    rest(200)
    stage.save("state-none-filter")
    window.actions_by_id["show_all"].trigger()
    window.notices.clear()
    _open_and_wait(stage, stage.work / "Spring 2024")
    photos = workspace.photos
    away = photos.set_offline(photos.slots(photos.all_ids()), True)
    workspace.photos_changed.emit(away)
    workspace.problem.emit(PhotoError(ErrorCode.DRIVE_AWAY, name="Spring 2024"))
    rest()
    stage.save("state-drive-away")
    photos.set_offline(photos.slots(away), False)
    workspace.photos_changed.emit(away)
    window.notices.clear()
    workspace.problem.emit(BundleError(ErrorCode.BUNDLE_MISSING, name="my-landmarks.zip"))
    rest(200)
    stage.save("state-bundle-missing")
    window.notices.clear()


def endings(stage: Stage) -> None:
    """The dialogs of those who cannot start, and of a bug."""
    error = LibraryError(ErrorCode.LIBRARY_NEWER, name="library.sqlite", found=9, known=6)
    problem = StartProblemDialog(error, stage.work, stage.window)
    problem.show()
    rest(200)
    stage.save("state-library-newer", problem)
    problem.close()
    crash = CrashDialog(Path("landmark-desktop.log"), stage.window)
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError as bug:
        crash.add(bug)
    crash.show()
    rest(200)
    stage.save("bug", crash)
    crash.close()
    stage.window.setFocus(Qt.FocusReason.OtherFocusReason)


SHOTS: Final[tuple[Callable[[Stage], None], ...]] = (
    first_start,
    working,
    tour,
    review,
    groups,
    why,
    world_map,
    questions,
    settings,
    bundles,
    help_dialogs,
    writing,
    organising,
    states,
    endings,
)
