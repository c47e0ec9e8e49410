"""Colour profiles: pictures come out in sRGB, and a broken profile hides no picture."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from landmark_desktop.imaging.decode import decode
from tests import pictures

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
ORANGE = (230, 120, 20)


def swapped_primaries() -> bytes:
    """An sRGB profile whose first channel is green and whose second is red, by two exchanged names in its tag table."""
    assert SRGB.count(b"rXYZ") == SRGB.count(b"gXYZ") == 1
    return SRGB.replace(b"rXYZ", b"none").replace(b"gXYZ", b"rXYZ").replace(b"none", b"gXYZ")


def colour_of(path: Path, image: Image.Image, profile: bytes, short_side: int = 360) -> tuple[int, ...]:
    options = {"quality": 95, "subsampling": 0} if path.suffix == ".jpg" else {}
    options |= {"lossless": True} if path.suffix == ".webp" else {}
    pictures.save(path, image, icc_profile=profile, **options)
    with Image.open(path) as stored:
        assert stored.info["icc_profile"] == profile  # else there is nothing to test
    decoded = decode(path, short_side=short_side).image
    value = decoded.getpixel((decoded.width // 2, decoded.height // 2))
    assert decoded.mode == "RGB"
    assert isinstance(value, tuple)
    return tuple(int(part) for part in value)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".heic", ".avif"])
@pytest.mark.parametrize("short_side", [8, 360])
def test_colours_are_converted_from_the_photos_profile(tmp_path: Path, suffix: str, short_side: int) -> None:
    image = Image.new("RGB", (64, 48), ORANGE)
    found = colour_of(tmp_path / f"a{suffix}", image, swapped_primaries(), short_side)
    assert found == pytest.approx((ORANGE[1], ORANGE[0], ORANGE[2]), abs=6)


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_colours_of_transparent_and_palette_pictures_are_converted_too(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (64, 48), (*ORANGE, 255))
    if mode == "P":
        image = image.convert("RGB").quantize(2)
    found = colour_of(tmp_path / "a.png", image, swapped_primaries())
    assert found == pytest.approx((ORANGE[1], ORANGE[0], ORANGE[2]), abs=3)


def test_srgb_photos_keep_their_colours(tmp_path: Path) -> None:
    assert colour_of(tmp_path / "a.png", Image.new("RGB", (64, 48), ORANGE), SRGB) == pytest.approx(ORANGE, abs=1)


@pytest.mark.parametrize(
    "profile",
    [b"no profile", SRGB[:200], SRGB[:128] + b"\xff" * 200, LAB],
    ids=["words", "cut-off", "garbage", "of-other-channels"],
)
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_profile_that_does_not_work_is_ignored(tmp_path: Path, profile: bytes, suffix: str) -> None:
    found = colour_of(tmp_path / f"a{suffix}", Image.new("RGB", (64, 48), ORANGE), profile)
    assert found == pytest.approx(ORANGE, abs=4)


def test_a_colour_profile_on_a_grey_photo_is_ignored(tmp_path: Path) -> None:
    assert colour_of(tmp_path / "a.png", Image.new("L", (64, 48), 90), swapped_primaries()) == (90, 90, 90)


def test_an_empty_profile_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    Image.new("RGB", (64, 48), ORANGE).save(path, icc_profile=b"")
    assert decode(path).image.getpixel((5, 5)) == ORANGE


def test_profiles_do_not_leave_the_decoder(tmp_path: Path) -> None:
    # The pixels are sRGB now: a profile that stayed with them would be applied once more by whoever saves them.
    path = pictures.save(tmp_path / "a.png", Image.new("RGB", (64, 48), ORANGE), icc_profile=swapped_primaries())
    buffer = io.BytesIO()
    decode(path).image.save(buffer, "PNG")
    with Image.open(buffer) as saved:
        assert saved.info.get("icc_profile") != swapped_primaries()
