"""Colour profiles: pictures come out in sRGB, and a broken profile hides no picture."""

import io
import struct
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


def linear_grey() -> bytes:
    """A profile for grey pictures whose values are proportional to light (ICC.1:2004, monochrome display)."""
    white = b"XYZ \0\0\0\0" + struct.pack(">lll", 63190, 65536, 54061)  # D50 in 1/65536
    curve = b"curv\0\0\0\0" + struct.pack(">L", 0)  # no points: identity
    tags, data, offset = b"", b"", 128 + 4 + 2 * 12
    for name, content in ((b"wtpt", white), (b"kTRC", curve)):
        tags += name + struct.pack(">LL", offset + len(data), len(content))
        data += content
    body = struct.pack(">L", 2) + tags + data
    head = struct.pack(">L4sL4s4s4s", 128 + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"GRAY", b"XYZ ")
    head = head.ljust(36, b"\0") + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">lll", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + body


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


@pytest.mark.parametrize("short_side", [10, 360])
@pytest.mark.parametrize("swapped", [False, True])
def test_lab_pictures_have_absolute_colours(tmp_path: Path, short_side: int, swapped: bool) -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(Image.new("RGB", (64, 48), ORANGE), to_lab)
    assert lab is not None
    path = tmp_path / "a.tif"
    lab.save(path, **({"icc_profile": swapped_primaries()} if swapped else {}))
    with Image.open(path) as stored:
        assert stored.mode == "LAB"
    assert decode(path, short_side=short_side).image.getpixel((3, 3)) == pytest.approx(ORANGE, abs=4)


def test_a_grey_profile_on_a_grey_photo_is_applied(tmp_path: Path) -> None:
    found = colour_of(tmp_path / "a.png", Image.new("L", (64, 48), 90), linear_grey())
    # Linear 90/255 in sRGB's curve: 1.055 × 0.353^(1/2.4) − 0.055 = 0.629.
    assert found == pytest.approx((160, 160, 160), abs=3)


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
