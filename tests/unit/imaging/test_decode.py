"""Decoding: every photo comes out upright, in RGB, at the smallest sufficient scale."""

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from landmark_desktop.imaging import stills
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, Decoded, decode
from tests import pictures

Colour = tuple[int, int, int]
WHITE = (255, 255, 255)
LOSSY = {".jpg", ".webp", ".heic", ".avif", ".jp2"}
CAMERA_SUFFIXES = [".jpg", ".png", ".tif", ".webp", ".heic", ".avif"]


def pixel(decoded: Decoded, x: float, y: float) -> Colour:
    """The colour at a share of width and height."""
    image = decoded.image
    value = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(value, tuple)
    return (int(value[0]), int(value[1]), int(value[2]))


def close(a: Colour, b: Colour, tolerance: int = 6) -> bool:
    return all(abs(x - y) <= tolerance for x, y in zip(a, b, strict=True))


def assert_upright(decoded: Decoded) -> None:
    quarters = {
        (0.25, 0.25): pictures.RED,
        (0.75, 0.25): pictures.GREEN,
        (0.25, 0.75): pictures.BLUE,
        (0.75, 0.75): pictures.YELLOW,
    }
    seen = {place: pixel(decoded, *place) for place in quarters}
    assert all(close(seen[place], colour) for place, colour in quarters.items()), seen


def save_turned(path: Path, upright: Image.Image, orientation: int) -> Path:
    """Save as a camera that was held this way. The HEIC encoder wants the EXIF block as bytes."""
    options = {"quality": 95} if path.suffix in LOSSY else {}
    block = pictures.exif(orientation=orientation).tobytes()
    return pictures.save(path, pictures.stored_for(upright, orientation), exif=block, **options)


def save_grey(path: Path, values: np.ndarray) -> Path:
    Image.fromarray(values).save(path)
    return path


@pytest.mark.parametrize("suffix", CAMERA_SUFFIXES)
def test_every_orientation_is_shown_upright(tmp_path: Path, suffix: str) -> None:
    for orientation in pictures.ORIENTATIONS:
        decoded = decode(save_turned(tmp_path / f"{orientation}{suffix}", pictures.corners(160, 80), orientation))
        assert (decoded.width, decoded.height, decoded.image.size) == (160, 80, (160, 80)), orientation
        assert_upright(decoded)


@pytest.mark.parametrize("suffix", CAMERA_SUFFIXES)
def test_the_displayed_size_is_that_of_the_whole_turned_photo(tmp_path: Path, suffix: str) -> None:
    decoded = decode(save_turned(tmp_path / f"a{suffix}", pictures.corners(300, 500), 6), short_side=100)
    assert (decoded.width, decoded.height) == (300, 500)
    assert min(decoded.image.size) >= 100
    assert decoded.image.width < decoded.image.height
    assert_upright(decoded)


def test_a_turned_photo_that_becomes_square_when_scaled_keeps_its_size(tmp_path: Path) -> None:
    # 161 × 167 at 1/8 is 21 × 21: the size of what was decoded does not tell that it was turned.
    path = save_turned(tmp_path / "a.jpg", Image.new("RGB", (161, 167), pictures.RED), 6)
    decoded = decode(path, short_side=20)
    assert (decoded.image.size, decoded.width, decoded.height) == ((21, 21), 161, 167)


def test_orientation_in_xmp_counts_where_exif_has_none(tmp_path: Path) -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    )
    upright = pictures.corners(160, 80)
    path = pictures.save(tmp_path / "a.jpg", pictures.stored_for(upright, 6), xmp=packet.encode(), quality=95)
    assert_upright(decode(path))


EXIF_HEAD = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12"
DAMAGED_EXIF = {
    "words": b"Exif\0\0this is no TIFF header at all",
    "pointer-outside": b"Exif\0\0II*\0" + b"\xff" * 40,
    "cut-off": EXIF_HEAD[:-3],
    "text-as-orientation": EXIF_HEAD + b"\0\x02\0\0\0\4abc\0\0\0\0\0",
    "orientation-9": EXIF_HEAD + b"\0\3\0\0\0\1\0\x09\0\0\0\0\0\0",
    "orientation-0": EXIF_HEAD + b"\0\3\0\0\0\1\0\0\0\0\0\0\0\0",
    "empty": b"Exif\0\0",
}


@pytest.mark.parametrize("name", DAMAGED_EXIF)
def test_a_damaged_exif_block_does_not_hide_the_picture(tmp_path: Path, name: str) -> None:
    for suffix in (".jpg", ".png", ".webp"):
        path = tmp_path / f"a{suffix}"
        options = {"quality": 95} if suffix in LOSSY else {}
        pictures.save(path, pictures.corners(160, 80), exif=DAMAGED_EXIF[name], **options)
        assert_upright(decode(path))


def test_decoding_leaves_the_process_wide_warning_filters_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Photos are decoded in several threads: filters that one of them swaps for a moment would stay swapped for all.
    seen = []
    finish = stills.finish

    def spy(*arguments: Any) -> Image.Image:
        seen.append(warnings.filters)
        return finish(*arguments)

    monkeypatch.setattr(stills, "finish", spy)
    before = warnings.filters
    decode(pictures.photo(tmp_path / "a.jpg", size=(64, 48)))
    assert seen[0] is before


# -- scale ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "decoded_size"),
    [
        # A scale of libjpeg's own: shrinking after a whole decode would give 600 × 400 (by 5).
        ((3000, 2000), (750, 500)),
        ((2880, 2880), (360, 360)),
        ((6000, 400), (6000, 400)),
    ],
)
def test_large_jpegs_are_decoded_at_libjpegs_scale(
    tmp_path: Path, size: tuple[int, int], decoded_size: tuple[int, int]
) -> None:
    decoded = decode(pictures.save(tmp_path / "a.jpg", Image.new("RGB", size, pictures.GREEN)))
    assert (decoded.width, decoded.height) == size
    assert decoded.image.size == decoded_size
    assert close(pixel(decoded, 0.5, 0.5), pictures.GREEN)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp", ".heic", ".bmp"])
def test_other_large_photos_are_shrunk_after_decoding(tmp_path: Path, suffix: str) -> None:
    decoded = decode(pictures.save(tmp_path / f"a{suffix}", pictures.corners(450, 300)), short_side=100)
    assert (decoded.width, decoded.height) == (450, 300)
    assert decoded.image.size == (150, 100)
    assert_upright(decoded)


def test_jpeg_2000_is_decoded_without_its_finest_wavelets(tmp_path: Path) -> None:
    decoded = decode(pictures.save(tmp_path / "a.jp2", pictures.corners(450, 300)), short_side=100)
    # Halved by OpenJPEG: shrinking after a whole decode would give 150 × 100 (by 3).
    assert (decoded.width, decoded.height, decoded.image.size) == (450, 300, (225, 150))
    assert_upright(decoded)


@pytest.mark.parametrize("levels", [1, 2])
def test_jpeg_2000_with_few_wavelet_levels(tmp_path: Path, levels: int) -> None:
    path = pictures.save(tmp_path / "a.jp2", pictures.corners(850, 450), num_resolutions=levels)
    decoded = decode(path, short_side=50)
    assert (decoded.width, decoded.height) == (850, 450)
    assert 50 <= decoded.image.height < 100
    assert_upright(decoded)


def test_small_photos_are_not_enlarged(tmp_path: Path) -> None:
    decoded = decode(pictures.save(tmp_path / "a.png", pictures.corners(40, 20)))
    assert decoded.image.size == (40, 20)


@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 60), st.sampled_from([".jpg", ".bmp"]))
def test_the_picture_is_as_small_as_its_shorter_side_allows(
    tmp_path_factory: pytest.TempPathFactory, width: int, height: int, short_side: int, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"sized{suffix}"
    decoded = decode(pictures.save(path, Image.new("RGB", (width, height))), short_side=short_side)
    assert (decoded.width, decoded.height) == (width, height)
    assert min(decoded.image.size) >= min(width, height, short_side)
    assert min(decoded.image.size) < 2 * short_side


def test_the_working_scale_is_enough_for_the_model_that_ships(tmp_path: Path) -> None:
    decoded = decode(pictures.photo(tmp_path / "a.jpg", size=(1600, 1200)))
    assert WORKING_SHORT_SIDE <= min(decoded.image.size) < 1200


# -- kinds of pictures ------------------------------------------------------------------------------------------------


def as_cmyk(path: Path) -> Path:
    return pictures.save(path, pictures.corners().convert("CMYK"), quality=95)


def as_palette(path: Path) -> Path:
    return pictures.save(path, pictures.corners().quantize(4))


def as_ycbcr(path: Path) -> Path:
    return pictures.save(path, pictures.corners().convert("YCbCr"))


def as_animation(path: Path) -> Path:
    others = [Image.new("RGB", (160, 80), WHITE)] * 2
    options = {"lossless": True} if path.suffix == ".webp" else {}
    return pictures.save(path, pictures.corners(), save_all=True, append_images=others, **options)


def as_multi_picture(path: Path) -> Path:
    pictures.corners().save(path, "MPO", save_all=True, append_images=[Image.new("RGB", (160, 80))], quality=95)
    return path


def as_plain(path: Path) -> Path:
    return pictures.save(path, pictures.corners())


@pytest.mark.parametrize(
    ("make", "suffix"),
    [
        (as_cmyk, ".jpg"),
        (as_cmyk, ".tif"),
        (as_palette, ".png"),
        (as_palette, ".gif"),
        (as_ycbcr, ".tif"),
        (as_animation, ".gif"),
        (as_animation, ".webp"),
        (as_animation, ".png"),
        (as_animation, ".tif"),
        (as_multi_picture, ".jpg"),
        (as_plain, ".bmp"),
        (as_plain, ".jp2"),
    ],
)
def test_every_kind_of_colour_picture_comes_out_as_rgb(
    tmp_path: Path, make: Callable[[Path], Path], suffix: str
) -> None:
    decoded = decode(make(tmp_path / f"a{suffix}"))
    assert (decoded.image.mode, decoded.width, decoded.height) == ("RGB", 160, 80)
    assert_upright(decoded)


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = pictures.save(tmp_path / "a.png", pictures.corners())
    assert_upright(decode(path.rename(tmp_path / "a.jpg")))


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P"])
@pytest.mark.parametrize("short_side", [10, 400])
def test_transparent_pictures_stand_on_white(tmp_path: Path, mode: str, short_side: int) -> None:
    # Left half opaque grey, right half fully transparent black.
    image = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    image.paste((100, 100, 100, 255), (0, 0, 40, 40))
    decoded = decode(pictures.save(tmp_path / "a.png", image.convert(mode)), short_side=short_side)
    assert decoded.image.mode == "RGB"
    assert (pixel(decoded, 0.2, 0.5), pixel(decoded, 0.8, 0.5)) == ((100, 100, 100), WHITE)


def test_half_transparent_pixels_are_mixed_with_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (80, 40), (200, 0, 100, 51))
    assert close(pixel(decode(pictures.save(tmp_path / "a.png", image)), 0.5, 0.5), (244, 204, 224), 1)


@pytest.mark.parametrize(("mode", "key"), [("RGB", (255, 0, 0)), ("L", 7)])
def test_a_transparent_colour_is_white(tmp_path: Path, mode: str, key: Colour | int) -> None:
    image = Image.new(mode, (80, 40), key)
    image.paste(60 if mode == "L" else (60, 60, 60), (0, 0, 40, 40))
    decoded = decode(pictures.save(tmp_path / "a.png", image, transparency=key))
    assert (pixel(decoded, 0.2, 0.5), pixel(decoded, 0.8, 0.5)) == ((60, 60, 60), WHITE)


def test_black_and_white_pictures(tmp_path: Path) -> None:
    image = Image.new("1", (80, 40))
    image.paste(1, (40, 0, 80, 40))
    for suffix in (".png", ".tif"):
        decoded = decode(pictures.save(tmp_path / f"a{suffix}", image), short_side=10)
        assert (pixel(decoded, 0.2, 0.5), pixel(decoded, 0.8, 0.5)) == ((0, 0, 0), WHITE)


RAMP = np.repeat(np.linspace(0, 65535, 256)[None, :], 8, axis=0)


@pytest.mark.parametrize(
    ("suffix", "values"),
    [
        (".png", RAMP.astype(np.uint16)),
        (".tif", RAMP.astype(np.uint16)),
        (".tif", RAMP.astype(">u2")),
        (".tif", RAMP.astype(np.int32)),
        (".tif", (RAMP - 30_000).astype(np.int32)),
        (".tif", (RAMP * 1000).astype(np.int32)),
        (".tif", (RAMP / 65535).astype(np.float32)),
        (".tif", (RAMP - 65535).astype(np.float32)),
    ],
    ids=["png16", "tiff16", "tiff16-big-endian", "tiff32", "tiff32-signed", "tiff32-large", "float", "float-negative"],
)
def test_deep_grey_is_scaled_and_not_clipped(tmp_path: Path, suffix: str, values: np.ndarray) -> None:
    decoded = decode(save_grey(tmp_path / f"a{suffix}", values))
    row = np.asarray(decoded.image)[4]
    assert np.abs(row.astype(int) - np.arange(256)[:, None]).max() <= 1


def test_dark_16_bit_pictures_stay_dark(tmp_path: Path) -> None:
    decoded = decode(save_grey(tmp_path / "a.png", np.full((8, 8), 0x2000, np.uint16)))
    assert pixel(decoded, 0.5, 0.5) == (32, 32, 32)


@pytest.mark.parametrize("value", [0.0, 0.5, np.nan, np.inf])
def test_float_pictures_without_a_range_are_still_pictures(tmp_path: Path, value: float) -> None:
    decoded = decode(save_grey(tmp_path / "a.tif", np.full((8, 9), value, np.float32)))
    assert (decoded.image.mode, decoded.image.size) == ("RGB", (9, 8))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".tif", ".heic", ".avif"])
def test_the_picture_lives_without_its_file(tmp_path: Path, suffix: str) -> None:
    path = pictures.save(tmp_path / f"a{suffix}", pictures.corners(), **({"quality": 95} if suffix in LOSSY else {}))
    decoded = decode(path)
    path.unlink()
    # An opened picture would hold its decoder and the file's bytes; a plain one is pixels.
    assert type(decoded.image) is Image.Image
    assert_upright(decoded)
    decoded.image.save(io.BytesIO(), "PNG")
