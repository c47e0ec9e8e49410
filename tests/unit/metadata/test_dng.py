"""DNG, and TIFFs of many directories: written into where nothing else changes, left alone where that is not sure."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rawpy

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.tag import TagChange, WriteMode
from landmark_desktop.metadata import content, exiv2_io, trial, writer
from landmark_desktop.metadata.container import parse
from landmark_desktop.metadata.fields import SIDE_EFFECTS
from landmark_desktop.metadata.reader import read_location
from tests import camera_files as camera
from tests.camera_files import ASCII, BYTE, LONG, RATIONAL, SHORT, SRATIONAL, UNDEFINED_BYTES, Directory
from tests.unit.metadata.helpers import GEISEL, MakeRequest

SCENE = camera.scene(320, 240)
OPCODES = b"\0\0\0\1\0\0\0\x0e" + bytes(range(88))
PRIVATE = b"Adobe\0MakN" + bytes(range(256)) * 3
VERSION = {50706: (BYTE, bytes([1, 4, 0, 0])), 50707: (BYTE, bytes([1, 1, 0, 0]))}


def dng(path: Path, *, note: bytes = b"", more: dict[int, Any] | None = None, tail: bytes = b"") -> Path:
    """A DNG as converters write it: thumbnail first, sensor data and preview below, opcodes and a private block."""
    sensor = camera.sensor(SCENE)
    sensor.tags |= {50714: (SHORT, [0]), 50717: (LONG, [65535]), 51022: (UNDEFINED_BYTES, OPCODES)}
    first = Directory(
        {
            254: (LONG, [1]),
            256: (LONG, [80]),
            257: (LONG, [60]),
            258: (SHORT, [8, 8, 8]),
            259: (SHORT, [1]),
            262: (SHORT, [2]),
            271: (ASCII, b"Maker\0"),
            272: (ASCII, b"Box\0"),
            274: (SHORT, [1]),
            277: (SHORT, [3]),
            278: (LONG, [60]),
            284: (SHORT, [1]),
            306: (ASCII, b"2024:05:01 10:11:12\0"),
            50708: (ASCII, b"Box\0"),
            50721: (SRATIONAL, [3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570]),
            50728: (RATIONAL, [1.0, 1.0, 1.0]),
            50740: (BYTE, PRIVATE),
            50778: (SHORT, [21]),
            **VERSION,
            **(more or {}),
        },
        SCENE.resize((80, 60)).tobytes(),
        [sensor, camera.preview_directory(camera.jpeg(SCENE))],
    )
    data = camera.tiff([first])
    if note:
        data = with_note(data, note)
    path.write_bytes(data + tail)
    return path


def in_a_tile(path: Path) -> Path:
    """The same DNG with its sensor data in one tile instead of one strip."""
    data = dng(path, more={}).read_bytes()
    place = data.index(camera.mosaic(SCENE).tobytes()).to_bytes(4, "little")
    for old, new, value in ((273, 324, place), (279, 325, (320 * 240 * 2).to_bytes(4, "little"))):
        tail = b"\x04\0\x01\0\0\0" + value
        assert data.count(old.to_bytes(2, "little") + tail) == 1
        data = data.replace(old.to_bytes(2, "little") + tail, new.to_bytes(2, "little") + tail)
    # Rows per strip and planar configuration give their places to the tile's width and length.
    at = data.rindex((278).to_bytes(2, "little") + b"\x04\0\x01\0\0\0" + (240).to_bytes(4, "little"), 0, -1)
    data = data[:at] + (323).to_bytes(2, "little") + data[at + 2 :]
    at = data.rindex((284).to_bytes(2, "little") + b"\x03\0\x01\0\0\0\x01\0\0\0", 0, at + 40)
    data = data[:at] + (322).to_bytes(2, "little") + b"\x04\0\x01\0\0\0" + (320).to_bytes(4, "little") + data[at + 12 :]
    path.write_bytes(data)
    return path


def with_note(data: bytes, note: bytes) -> bytes:
    """Give the first directory an EXIF directory with a maker note; a placeholder of tag 34665 is there already."""
    at = data.index((34665).to_bytes(2, "little") + b"\x04\0\1\0\0\0") + 8
    where = len(data)
    exif = (1).to_bytes(2, "little") + (37500).to_bytes(2, "little") + b"\x07\0" + len(note).to_bytes(4, "little")
    exif += (where + 18).to_bytes(4, "little") + bytes(4)
    return data[:at] + where.to_bytes(4, "little") + data[at + 4 :] + exif + note


def pyramid(path: Path) -> Path:
    """A TIFF whose smaller copies lie in directories below."""

    def level(width: int, height: int, below: list[Directory]) -> Directory:
        tags = {254: (LONG, [1 if not below else 0]), 256: (LONG, [width]), 257: (LONG, [height])}
        tags |= {
            258: (SHORT, [8, 8, 8]),
            259: (SHORT, [1]),
            262: (SHORT, [2]),
            277: (SHORT, [3]),
            278: (LONG, [height]),
        }
        return Directory(tags, SCENE.resize((width, height)).tobytes(), below)

    path.write_bytes(camera.tiff([level(320, 240, [level(160, 120, []), level(80, 60, [])])]))
    return path


def exiftool(path: Path) -> dict[str, Any]:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool is not installed")
    command = [program, "-j", "-G1:4", "-n", "-a", "-U", "-b", str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]
    own = ("SourceFile", "System:", "ExifTool:")
    return {key: value for key, value in found.items() if not key.startswith(own)}


def sensor_data(path: Path) -> bytes:
    with rawpy.imread(str(path)) as raw:
        return raw.raw_image.tobytes()


def planned(path: Path, make_request: MakeRequest, **changes: Any) -> TagChange:
    return writer.plan_tag(make_request(path, mode=WriteMode.EMBEDDED, **changes))


@pytest.mark.parametrize(
    "make",
    [dng, in_a_tile, lambda path: camera.dng(path, SCENE, previews=[camera.jpeg(SCENE)])],
    ids=["strips", "a tile", "sensor first"],
)
def test_a_dng_is_written_into_and_keeps_every_other_tag_and_its_sensor_data(
    make: Callable[[Path], Path], tmp_path: Path, make_request: MakeRequest
) -> None:
    path = make(tmp_path / "a.dng")
    before, data, sensor = exiftool(path), path.read_bytes(), sensor_data(path)
    change = planned(path, make_request)
    assert change.target == path
    snapshot, written = writer.take_snapshot(change), writer.write_tag(change)
    after = exiftool(path)
    declared = {name for effect in SIDE_EFFECTS for name in effect.tags}
    assert {
        key for key, value in before.items() if after.get(key) != value and key.rpartition(":")[2] not in declared
    } == set()
    assert after["XMP-iptcExt:LocationShownLocationName"] == "Eiffel Tower"
    assert sensor_data(path) == sensor
    assert read_location(path).shown[0].name == "Eiffel Tower"
    assert planned(path, make_request, run_id="run-2").is_empty
    writer.undo_tag(path, snapshot, written)
    assert path.read_bytes() == data


def test_a_dng_is_written_into_again_when_the_landmark_is_corrected(tmp_path: Path, make_request: MakeRequest) -> None:
    path = dng(tmp_path / "a.dng")
    sensor = sensor_data(path)
    for landmark, run in ((GEISEL, "run-1"), (None, "run-2"), (GEISEL, "run-3")):
        changes = {} if landmark is None else {"landmark": landmark}
        change = planned(path, make_request, run_id=run, **changes)
        assert change.target == path
        writer.write_tag(change)
    assert [place.name for place in read_location(path).shown] == ["Geisel Library"]
    assert sensor_data(path) == sensor


def test_the_bytes_that_exiv2_reads_live_as_long_as_it_needs_them(tmp_path: Path) -> None:
    """python-exiv2 points into them; freed, they became whatever was allocated next."""
    data = dng(tmp_path / "a.dng").read_bytes()
    for _ in range(20):
        document = exiv2_io.read_photo(bytes(bytearray(data)))
        others = [bytes([255]) * len(data) for _ in range(4)]
        document.exif["Exif.Image.Artist"] = "somebody"
        new = exiv2_io.write_photo(document)
        before, after = parse(data, "tiff").picture, parse(new, "tiff").picture
        assert [data[a:b] for a, b in before] == [new[a:b] for a, b in after]
        del others


def test_a_tiff_with_smaller_copies_below_is_written_into(tmp_path: Path, make_request: MakeRequest) -> None:
    path = pyramid(tmp_path / "a.tif")
    data = path.read_bytes()
    change = planned(path, make_request)
    assert change.target == path
    snapshot, written = writer.take_snapshot(change), writer.write_tag(change)
    after = path.read_bytes()
    pieces = [[content_of(raw, start, end) for start, end in parse(raw, "tiff").picture] for raw in (data, after)]
    assert pieces[0] == pieces[1]
    assert len(pieces[0]) == 3
    writer.undo_tag(path, snapshot, written)
    assert path.read_bytes() == data


def content_of(data: bytes, start: int, end: int) -> bytes:
    return data[start:end]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: dng(path, tail=b"a block that only the camera knows"), "none of its directories knows"),
        (lambda path: dng(path, more={50933: (LONG, [8])}), "further camera profiles"),
        (lambda path: dng(path, more={34665: (LONG, [0])}, note=b"UNKNOWN" + bytes(range(200))), "maker notes"),
        (lambda path: camera.nef(path, SCENE), "a raw file"),
    ],
    ids=["unknown data", "profiles elsewhere", "maker notes", "a NEF by another name"],
)
def test_what_cannot_be_proven_gets_a_sidecar_that_says_why(
    make: Callable[[Path], Path], reason: str, tmp_path: Path, make_request: MakeRequest
) -> None:
    path = make(tmp_path / "a.tif")
    data = path.read_bytes()
    change = planned(path, make_request)
    assert change.target == tmp_path / "a.tif.xmp"
    assert any(reason in note and "sidecar" in note for note in change.notes), change.notes
    writer.write_tag(change)
    assert path.read_bytes() == data


@pytest.mark.parametrize("mode", WriteMode)
def test_the_default_leaves_a_dng_alone(mode: WriteMode, tmp_path: Path, make_request: MakeRequest) -> None:
    path = dng(tmp_path / "a.dng")
    change = writer.plan_tag(make_request(path, mode=mode))
    assert (change.target == path) is (mode is WriteMode.EMBEDDED)


@pytest.mark.parametrize(
    "what", [OPCODES, PRIVATE, SCENE.resize((80, 60)).tobytes()[:64], camera.mosaic(SCENE).tobytes()[:64]]
)
def test_every_block_of_a_dng_is_watched(what: bytes, tmp_path: Path) -> None:
    data = dng(tmp_path / "a.dng").read_bytes()
    at = data.index(what) + 20
    changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    before, after = parse(data, "tiff"), parse(changed, "tiff")
    assert before.same_content(data, before, data)
    assert not before.same_content(data, after, changed)


def spoiled(data: bytes) -> bytes:
    at = data.index(OPCODES) + 20
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_dng_that_exiv2_would_change_elsewhere_gets_a_sidecar(
    tmp_path: Path, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dng(tmp_path / "a.dng")
    write = trial.write_photo
    monkeypatch.setattr(trial, "write_photo", lambda document: spoiled(write(document)))
    change = planned(path, make_request)
    assert change.target == tmp_path / "a.dng.xmp"
    assert any("would change" in note for note in change.notes)


def test_a_write_that_changes_a_dng_elsewhere_is_refused(
    tmp_path: Path, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dng(tmp_path / "a.dng")
    data = path.read_bytes()
    change = planned(path, make_request)
    write = content.write_photo
    monkeypatch.setattr(content, "write_photo", lambda document: spoiled(write(document)))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.READBACK_MISMATCH
    assert path.read_bytes() == data
    assert [found.name for found in tmp_path.iterdir()] == ["a.dng"]
