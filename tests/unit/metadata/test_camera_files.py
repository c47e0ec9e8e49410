"""Copies of real files from cameras and phones: all tags that ExifTool listed before are there afterwards."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer
from tests.unit.metadata.helpers import MakeRequest, ReadBack, no_temp_files

NAMES = [
    "gps/DSCN0010.jpg",
    "vendors/Canon_40D.jpg",
    "vendors/Nikon_D70.jpg",
    "vendors/Panasonic_DMC-FZ30.jpg",
    "vendors/Pentax_K10D.jpg",
    "vendors/iphone_hdr_YES.jpg",
    "vendors/sony-cybershot.jpg",
    "orientation/portrait_6.jpg",
    "xmp/BlueSquare.jpg",
    "xmp/no_exif.jpg",
    "tiff/BSG1.tiff",
    "heic/IMG_5195.HEIC",
]
MAY_CHANGE = (
    "SourceFile",
    "System:",
    "ExifTool:",
    "File:CurrentIPTCDigest",
    "XMP-x:XMPToolkit",
    "IFD0:StripOffsets",
    "IFD1:ThumbnailOffset",
    # The picture's own description in TIFF terms, which EXIF forbids in a JPEG.
    "IFD0:PhotometricInterpretation",
)
"""Where things lie in the file, who wrote it, and what docs/metadata.md declares."""


@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("name", NAMES)
def test_real_files_keep_all_their_tags_and_come_back_byte_for_byte(
    name: str, mode: WriteMode, *, shared_data: Path, tmp_path: Path, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    photo = tmp_path / Path(name).name
    shutil.copy(shared_data / "camera-files" / name, photo)
    photo.chmod(0o644)
    original, before = photo.read_bytes(), exiftool(photo)
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob, written = writer.take_snapshot(change), writer.write_tag(change)
    after = exiftool(photo)
    for key, value in before.items():
        if not key.startswith(MAY_CHANGE):
            assert _kept(value, after.get(key)), key
    again = writer.plan_tag(make_request(photo, mode=mode, run_id="run-2"))
    assert again.is_empty
    writer.undo_tag(change.target, blob, written)
    assert photo.read_bytes() == original
    assert no_temp_files(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [photo.name]


def _kept(before: Any, after: Any) -> bool:
    """Equal, or a list that only grew (keywords)."""
    grew = isinstance(before, list) and isinstance(after, list) and after[: len(before)] == before
    return bool(before == after or grew)
