"""The packed program's window, on a screen with a window manager: a photo opened, a key pressed, a picture taken."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from tests.packaging.conftest import Desktop, outside

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the packed program of Linux")]
WAIT_S = 60.0
# By its class: the title has signs that the plain locale of a test cannot spell.
FIND = ("xdotool", "search", "--sync", "--onlyvisible", "--class", "landmark-desktop")


def wait_until(what: Callable[[], object], for_what: str) -> None:
    """Ask again and again, and fail after a minute."""
    deadline = time.monotonic() + WAIT_S
    while not what():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain for {for_what}")
        threading.Event().wait(0.1)


def rows(library: Path, query: str) -> list[tuple[object, ...]]:
    """What another process has committed to a library so far."""
    if not library.is_file():
        return []
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:  # it is being made
        return []
    finally:
        connection.close()


def share_of_red(picture: Path) -> float:
    """How much of a picture is as red as the photo."""
    red, green, blue = np.asarray(Image.open(picture).convert("RGB")).transpose(2, 0, 1)
    return float(((red > 150) & (green < 110) & (blue < 110)).mean())


def test_a_photo_is_opened_reviewed_by_a_key_and_seen(
    build: Path, bundle: Path, photos: Path, desktop: Desktop, home: Path, tmp_path: Path
) -> None:
    settings = Settings(home / ".config" / "landmark-desktop" / "settings.json")
    settings.set(table.BUNDLE, str(bundle))
    settings.set_explained("tour")
    library = tmp_path / "library.sqlite"
    said = (tmp_path / "said.txt").open("w+")
    window = subprocess.Popen(
        [build / "landmark-desktop", "--library", library, photos / "eiffel_tower.jpg"],
        env={**outside(os.environ), "DISPLAY": desktop.display},
        stdout=said,
        stderr=said,
    )
    try:
        desktop.tool(*FIND)
        wait_until(lambda: rows(library, "SELECT 1 FROM guesses"), "the photo's guess")
        desktop.tool(*FIND, "windowfocus", "--sync")

        screenshot = tmp_path / "window.png"

        def photo_is_seen() -> bool:
            desktop.tool("import", "-window", "root", screenshot)
            return share_of_red(screenshot) > 0.02

        wait_until(photo_is_seen, "the photo in the window")
        keep = os.environ.get("LANDMARK_SCREENSHOTS")
        if keep:
            shutil.copy(screenshot, Path(keep) / "packed-window.png")
        assert len(Image.open(screenshot).convert("RGB").getcolors(1 << 24) or ()) > 50

        desktop.tool("xdotool", "key", "Return")
        wait_until(lambda: rows(library, "SELECT landmark_id FROM review") == [("eiffel_tower",)], "the review")

        desktop.tool("xdotool", "key", "ctrl+q")
        assert window.wait(WAIT_S) == 0
    finally:
        window.kill()
        window.wait()
        said.seek(0)
        words = said.read()
        said.close()
    assert "Traceback" not in words
    logged = "".join(path.read_text("utf-8") for path in (home / ".local" / "state").rglob("*.log"))
    assert " ERROR " not in logged
    assert " CRITICAL " not in logged
