"""Kinds of pictures beyond the ordinary: deep, high in dynamic range, moving, turned by their container, or odd."""

import io
import os
import struct
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging import stills
from landmark_desktop.imaging.decode import decode
from tests import camera_files, pictures


def pixel(path: Path, x: float, y: float, **options: int) -> tuple[int, ...]:
    image = decode(path, **options).image
    value = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(value, tuple)
    return tuple(int(part) for part in value)


# -- deep pictures ----------------------------------------------------------------------------------------------------


def deep_rgb_tiff(path: Path, values: np.ndarray, sample_format: int = 1) -> Path:
    """An uncompressed TIFF of three samples a pixel, as deep as ``values``, which Pillow cannot write."""
    height, width, _ = values.shape
    bits = 8 * values.dtype.itemsize
    short = camera_files.SHORT
    directory = camera_files.Directory(
        {
            256: (camera_files.LONG, [width]),
            257: (camera_files.LONG, [height]),
            258: (short, [bits] * 3),
            259: (short, [1]),
            262: (short, [2]),
            277: (short, [3]),
            278: (camera_files.LONG, [height]),
            284: (short, [1]),
            339: (short, [sample_format] * 3),
        },
        values.tobytes(),
    )
    path.write_bytes(camera_files.tiff([directory]))
    return path


def test_16_bit_colour(tmp_path: Path) -> None:
    values = np.full((8, 9, 3), (0xC000, 0x8000, 0x2000), "<u2")
    assert pixel(deep_rgb_tiff(tmp_path / "a.tif", values), 0.5, 0.5) == pytest.approx((192, 128, 32), abs=1)


def test_colour_in_floats_is_refused_with_a_remedy(tmp_path: Path) -> None:
    values = np.full((8, 9, 3), 0.5, "<f4")
    with pytest.raises(PhotoError) as caught:
        decode(deep_rgb_tiff(tmp_path / "a.tif", values, sample_format=3))
    assert caught.value.code is ErrorCode.PHOTO_UNSUPPORTED
    assert "Convert" in caught.value.remedy


def test_holes_in_a_float_picture_are_black_and_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    values = np.repeat(np.linspace(0, 8, 256, dtype=np.float32)[None], 9, axis=0)
    values[0], values[1], values[2] = np.nan, np.inf, -np.inf
    path = tmp_path / "a.tif"
    Image.fromarray(values).save(path)
    rows = np.asarray(decode(path).image).astype(int)
    assert (rows[0] == 0).all()
    assert (rows[1] == 255).all()
    assert (rows[2] == 0).all()
    assert np.abs(rows[5] - np.arange(256)[:, None]).max() <= 1


@pytest.mark.parametrize(("value", "grey"), [(0.0, 0), (0.5, 127), (1.0, 255), (7.0, 255), (-1.0, 0)])
def test_a_float_picture_of_one_value_is_that_share_of_white(tmp_path: Path, value: float, grey: int) -> None:
    Image.fromarray(np.full((8, 9), value, np.float32)).save(tmp_path / "a.tif")
    assert pixel(tmp_path / "a.tif", 0.5, 0.5) == (grey,) * 3


def test_big_tiff(tmp_path: Path) -> None:
    pictures.corners().save(tmp_path / "a.tif", big_tiff=True)
    assert pixel(tmp_path / "a.tif", 0.25, 0.25) == pictures.RED


# -- several pictures in a file ---------------------------------------------------------------------------------------


def test_the_base_picture_of_an_hdr_photo_is_shown(tmp_path: Path) -> None:
    # A gain map, half the size and grey, lies behind the picture; readers that do not know it show the base.
    gain_map = camera_files.jpeg(Image.new("L", (80, 40), 200))
    photo = camera_files.jpeg(pictures.corners(), xmp=b'<x hdrgm:Version="1.0"/>', quality=95)
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(camera_files.UNDEFINED, gain_map)])
    decoded = decode(path)
    assert (decoded.width, decoded.height, decoded.image.size) == (160, 80, (160, 80))
    assert pixel(path, 0.25, 0.25) == pytest.approx(pictures.RED, abs=6)


@pytest.mark.parametrize("suffix", [".heic", ".avif"])
def test_the_primary_picture_of_several(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    options: dict[str, Any] = {"format": "AVIF"} if suffix == ".avif" else {}
    if suffix == ".avif":
        pictures.corners().save(path, save_all=True, append_images=[Image.new("RGB", (160, 80))], quality=95, **options)
    else:
        file = pillow_heif.from_pillow(Image.new("RGB", (64, 64)))
        file.add_from_pillow(pictures.corners())
        file.save(path, primary_index=1, quality=95)
    decoded = decode(path)
    assert (decoded.width, decoded.height) == (160, 80)
    assert pixel(path, 0.25, 0.25) == pytest.approx(pictures.RED, abs=8)


def test_a_transparent_heic_stands_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    image.paste((100, 100, 100, 255), (0, 0, 40, 40))
    pillow_heif.from_pillow(image).save(tmp_path / "a.heic", quality=-1)
    assert pixel(tmp_path / "a.heic", 0.8, 0.5) == pytest.approx((255, 255, 255), abs=2)
    assert pixel(tmp_path / "a.heic", 0.2, 0.5) == pytest.approx((100, 100, 100), abs=3)


def test_a_heics_thumbnail_is_used_where_it_is_large_enough(tmp_path: Path) -> None:
    file = pillow_heif.from_pillow(pictures.corners(800, 400))
    file.save(tmp_path / "a.heic", quality=90, thumbnails=[400])
    small, large = decode(tmp_path / "a.heic", short_side=150), decode(tmp_path / "a.heic", short_side=250)
    assert (small.width, small.height, small.image.size) == (800, 400, (400, 200))
    assert (large.width, large.height, large.image.size) == (800, 400, (800, 400))
    assert pixel(tmp_path / "a.heic", 0.25, 0.75, short_side=150) == pytest.approx(pictures.BLUE, abs=8)


def test_a_bare_jpeg_2000_codestream(tmp_path: Path) -> None:
    pictures.corners().save(tmp_path / "a.j2k", "JPEG2000", no_jp2=True)
    assert (tmp_path / "a.j2k").read_bytes().startswith(b"\xff\x4f\xff\x51")
    assert pixel(tmp_path / "a.j2k", 0.75, 0.75) == pytest.approx(pictures.YELLOW, abs=4)


# -- turned by the container ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", pictures.ORIENTATIONS)
def test_a_heic_that_turns_itself_and_says_so_in_exif_too_is_turned_once(tmp_path: Path, orientation: int) -> None:
    # As phones write it: the container's irot and imir, and the same in EXIF, which only readers without HEIC use.
    stored = pictures.stored_for(pictures.corners(), orientation)
    file = pillow_heif.from_pillow(stored)
    file.info["exif"] = pictures.exif(orientation=orientation).tobytes()
    buffer = io.BytesIO()
    file.save(buffer, quality=95)
    data = buffer.getvalue()
    if orientation > 2:
        assert (b"irot" in data) or (b"imir" in data)
    (tmp_path / "a.heic").write_bytes(data)
    decoded = decode(tmp_path / "a.heic")
    assert (decoded.width, decoded.height) == (160, 80)
    assert pixel(tmp_path / "a.heic", 0.25, 0.25) == pytest.approx(pictures.RED, abs=8)
    assert pixel(tmp_path / "a.heic", 0.25, 0.75) == pytest.approx(pictures.BLUE, abs=8)


@pytest.mark.parametrize(
    ("name", "size"),
    [("iphone_13_pro_max.HEIC", (3024, 4032)), ("IMG_5195.HEIC", (2566, 3313)), ("samplefilehub.heif", (640, 426))],
)
def test_heic_files_of_real_phones(shared_data: Path, name: str, size: tuple[int, int]) -> None:
    decoded = decode(shared_data / "camera-files" / "heic" / name)
    assert (decoded.width, decoded.height) == size
    assert min(decoded.image.size) >= 360


def test_real_photos_of_all_orientations_show_the_same(shared_data: Path) -> None:
    folder = shared_data / "camera-files" / "orientation"
    for shape in ("landscape", "portrait"):
        seen = [
            np.asarray(decode(folder / f"{shape}_{number}.jpg").image.resize((16, 16)), dtype=float)
            for number in pictures.ORIENTATIONS
        ]
        assert all(np.abs(picture - seen[0]).mean() < 4 for picture in seen), shape


def test_every_real_camera_file_is_decoded(shared_data: Path) -> None:
    files = [path for path in (shared_data / "camera-files").rglob("*") if path.suffix.lower() in (".jpg", ".tiff")]
    assert len(files) > 30
    for path in files:
        decoded = decode(path)
        assert min(decoded.image.size) >= min(360, decoded.width, decoded.height), path.name


# -- files that are not what they were --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize("damaged", [False, True])
def test_a_file_that_grows_while_it_is_read_says_so(
    tmp_path: Path, suffix: str, damaged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pictures.photo(tmp_path / f"a{suffix}")
    finish = stills.finish

    def grow(*arguments: Any) -> Image.Image:
        with path.open("ab") as file:
            file.write(b"more")
        if damaged:
            raise OSError("image file is truncated")
        return finish(*arguments)

    monkeypatch.setattr(stills, "finish", grow)
    with pytest.raises(PhotoError) as caught:
        decode(path)
    assert caught.value.code is ErrorCode.FILE_UNSETTLED


def test_a_file_that_is_replaced_while_it_is_read_is_the_one_that_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows does not replace files that are open")
    path = pictures.save(tmp_path / "a.png", Image.new("RGB", (64, 48), pictures.RED))
    other = pictures.save(tmp_path / "b.png", Image.new("RGB", (64, 48), pictures.BLUE))
    finish = stills.finish

    def replace(*arguments: Any) -> Image.Image:
        other.replace(path)
        return finish(*arguments)

    monkeypatch.setattr(stills, "finish", replace)
    assert decode(path).image.getpixel((5, 5)) == pictures.RED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_a_pipe_named_like_a_photo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    outcome: list[PhotoError] = []

    def attempt() -> None:
        with pytest.raises(PhotoError) as caught:
            decode(tmp_path / "a.jpg")
        outcome.append(caught.value)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(5)
    if thread.is_alive():  # let it go, so that the failure is this test's only
        os.close(os.open(tmp_path / "a.jpg", os.O_WRONLY | os.O_NONBLOCK))
        thread.join()
    assert [error.code for error in outcome] == [ErrorCode.FILE_READ_FAILED]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("suffix", [".jpg", ".heic"])
def test_a_file_without_permission(tmp_path: Path, suffix: str) -> None:
    path = pictures.photo(tmp_path / f"a{suffix}")
    path.chmod(0)
    with pytest.raises(PhotoError) as caught:
        decode(path)
    assert caught.value.code is ErrorCode.FILE_NO_PERMISSION


def test_a_tiff_whose_directories_form_a_ring(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pictures.corners().save(path, "TIFF")
    data = bytearray(path.read_bytes())
    (first,) = struct.unpack_from("<L", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<L", data, first + 2 + 12 * count, first)
    path.write_bytes(data)
    assert pixel(path, 0.25, 0.25) == pictures.RED
