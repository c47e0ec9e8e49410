"""Copies of all the real files from cameras and phones are tagged: nothing they said before is lost or changed."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageSequence

from landmark_desktop.core.photo import is_photo_name
from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.fields import FIELDS, SIDE_EFFECTS
from tests.unit.metadata.helpers import MakeRequest

Tags = dict[Path, dict[str, Any]]
NOT_CONTENT = ("SourceFile", "System:", "ExifTool:", "File:FileSize", "File:CurrentIPTCDigest")
"""What ExifTool says of the file on the disk, of itself, and what it computes."""
GROWING = ("XMP-dc:Subject", "XMP-digiKam:TagsList", "XMP-lr:HierarchicalSubject", "XMP-iptcExt:LocationShown")


def read_all(photos: list[Path]) -> Tags:
    """All tags of all files, unknown ones of maker notes too, in one run of ExifTool."""
    program = shutil.which("exiftool")
    if not photos:
        return {}
    if program is None:
        pytest.skip("ExifTool is not installed")
    command = [program, "-j", "-G1:4", "-struct", "-n", "-a", "-U", "-q", *map(str, photos)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {Path(tags["SourceFile"]): tags for tags in found}


def pixels(photo: Path) -> str:
    """A hash of all decoded pixels, of every page."""
    digest = hashlib.sha256()
    with (
        pillow_heif.open_heif(photo).to_pillow()
        if photo.suffix.lower() in (".heic", ".heif")
        else Image.open(photo) as image
    ):
        for page in ImageSequence.Iterator(image):
            digest.update(f"{page.mode} {page.size}".encode() + page.tobytes())
    return digest.hexdigest()


def lost(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Tags that are gone or different, but for what the documentation declares."""
    declared = {name for effect in SIDE_EFFECTS for name in effect.tags}
    return [
        f"{key}: {value!r} became {after.get(key)!r}"
        for key, value in before.items()
        if not key.startswith(NOT_CONTENT)
        and key.rpartition(":")[2] not in declared
        and after.get(key) != value
        and not (key in GROWING and after.get(key, [])[: len(value)] == value)
    ]


def test_nothing_that_is_declared_is_a_date_or_written_on_purpose() -> None:
    declared = {name for effect in SIDE_EFFECTS for name in effect.tags}
    assert not any("Date" in name or "Time" in name for name in declared | {field.key for field in FIELDS[:-9]})
    assert not declared & {field.key.rpartition(".")[2] for field in FIELDS}


@pytest.mark.parametrize("mode", WriteMode)
def test_all_real_files_keep_tags_and_pixels_a_second_run_changes_nothing_and_undo_gives_them_back(
    mode: WriteMode, *, shared_data: Path, tmp_path: Path, make_request: MakeRequest
) -> None:
    photos: list[Path] = []
    for index, source in enumerate(sorted((shared_data / "camera-files").rglob("*"))):
        if source.is_file() and is_photo_name(source.name):
            (tmp_path / str(index)).mkdir()
            photos.append(Path(shutil.copyfile(source, tmp_path / str(index) / source.name)))
    assert len(photos) >= 43
    contents = {photo: photo.read_bytes() for photo in photos}
    changes = {photo: writer.plan_tag(make_request(photo, mode=mode)) for photo in photos}
    embedded = [photo for photo in photos if changes[photo].target == photo]
    assert len(embedded) == (40 if mode is WriteMode.EMBEDDED else 0)
    before, hashes = read_all(embedded), {photo: pixels(photo) for photo in embedded}
    undo = {}
    for photo, change in changes.items():
        undo[photo] = (writer.take_snapshot(change), writer.write_tag(change))
        assert photo in embedded or photo.read_bytes() == contents[photo]
        assert writer.plan_tag(make_request(photo, mode=mode, run_id="run-2")).is_empty, photo.name
    after = read_all(embedded)
    assert {photo.name: lost(before[photo], after[photo]) for photo in embedded} == {p.name: [] for p in embedded}
    assert {photo: pixels(photo) for photo in embedded} == hashes
    for photo in photos:
        writer.undo_tag(changes[photo].target, *undo[photo])
        assert photo.read_bytes() == contents[photo]
        assert [path.name for path in photo.parent.iterdir()] == [photo.name]
