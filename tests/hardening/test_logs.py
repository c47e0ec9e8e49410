"""After a session full of errors the log tells what went wrong, and nothing of where photos lie or what is in them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import exiv2
import pytest

from tests.bundles import COLOURS, GREY, colour_picture, write_bundle
from tests.pictures import save

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("Zebra Trip", "Lagoon Party", "a caption nobody should read", "Quokka")
"""Parts of folders, a caption and a keyword."""
BUG = """
import faulthandler
import sys
from pathlib import Path
from tests.hardening import session

def use(window):
    session.use_window(window)
    sys.excepthook(*error())
    window.workspace.bug_found.emit(error()[1])

def error():
    path = Path(sys.argv[1]) / "photos"
    try:
        path.joinpath("no such folder", "IMG_404.jpg").read_bytes()
    except OSError:
        return sys.exc_info()

faulthandler.dump_traceback_later(150, exit=True)  # says where it hangs
session.run_commands(Path(sys.argv[1]))
session.run_window(Path(sys.argv[1]), use)
"""


def secret_metadata(path: Path) -> None:
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    image.exifData()["Exif.Image.ImageDescription"] = SECRETS[2]
    image.xmpData()["Xmp.dc.description"] = SECRETS[2]
    image.xmpData()["Xmp.dc.subject"] = SECRETS[3]
    image.iptcData()["Iptc.Application2.Caption"] = SECRETS[2]
    image.writeMetadata()


@pytest.fixture
def work(tmp_path: Path, home: Path) -> Path:
    """Sound and broken photos and sidecars in folders that nobody should know of."""
    work = tmp_path / SECRETS[0]
    photos = work / "photos" / SECRETS[1]
    for name, colour in {**COLOURS, "grey": GREY}.items():
        secret_metadata(save(photos / f"{name}.jpg", colour_picture(colour)))
    sound = (photos / "grey.jpg").read_bytes()
    broken = {
        "cut.jpg": sound[: len(sound) // 2],
        "exif.jpg": sound.replace(b"II*\0", b"II*\1", 1),
        "noise.heic": b"\0\0\0\x18ftypheic" + bytes(range(256)) * 8,
        "noise.dng": b"II*\0" + bytes(range(256)) * 8,
        "empty.png": b"",
        "eiffel_tower.jpg.xmp": f"<x:xmpmeta>{SECRETS[2]}".encode(),
    }
    for name, data in broken.items():
        (photos / name).write_bytes(data)
    (work / "photos" / "away").symlink_to(photos.parent, target_is_directory=True)  # a loop
    bundle = write_bundle(work / "bundle")
    config = home / ".config" / "landmark-desktop"
    config.mkdir(parents=True, exist_ok=True)
    settings = {"bundle": str(bundle.source), "recent_folders": [str(photos)]}
    (config / "settings.json").write_text(json.dumps(settings), "utf-8")
    (work / "window.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))  # a damaged library
    return work


def test_a_session_full_of_errors_leaves_no_folders_and_no_contents_in_the_log(work: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUG, str(work)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    logs = [path for path in home.rglob("landmark-desktop*.log*") if path.is_file()]
    text = "\n".join(path.read_text("utf-8") for path in logs)
    # It was a session full of errors, and the log says so.
    for told in ("FileNotFoundError", "IMG_404.jpg", "library is damaged", "Traceback"):
        assert told in text, text
    for secret in (*SECRETS, str(home), str(work.parent)):
        assert secret not in text, [line for line in text.splitlines() if secret in line]
