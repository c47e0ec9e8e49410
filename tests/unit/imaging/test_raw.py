"""Raw files: the right preview, upright and whole, or the sensor's own picture."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging.decode import Decoded, decode
from tests import camera_files, pictures

SIZE = (900, 600)
SCENE = camera_files.scene(*SIZE)
MEDIUM, LARGE = camera_files.scene(480, 320, seed=1), camera_files.scene(900, 600, seed=2)
"""Other pictures than the sensor's, so that a test sees which one was taken."""


def like(decoded: Decoded, upright: Image.Image) -> bool:
    """True if both show the same picture, whatever their sizes and brightness."""
    a, b = (
        np.asarray(image.resize((12, 12), Image.Resampling.BOX).convert("RGB"), dtype=float).ravel()
        for image in (decoded.image, upright)
    )
    return bool(np.corrcoef(a, b)[0, 1] > 0.95)


def upright(stored: Image.Image, orientation: int) -> Image.Image:
    turns = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    turn = turns[orientation]
    return stored if turn is None else stored.transpose(turn)


def refused(path: Path, **options: int) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        decode(path, **options)
    assert caught.value.params["name"] == path.name
    return caught.value


def decoded_or_refused(path: Path, short_side: int) -> Decoded | PhotoError:
    try:
        return decode(path, short_side=short_side)
    except PhotoError as error:
        return error


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("make", [camera_files.dng, camera_files.nef], ids=["dng", "nef"])
def test_without_a_preview_the_sensors_picture_is_shown_upright(tmp_path: Path, make, orientation: int) -> None:
    decoded = decode(make(tmp_path / "a.raw", SCENE, orientation=orientation), short_side=200)
    size = SIZE if orientation in (1, 3) else SIZE[::-1]
    assert (decoded.width, decoded.height, decoded.image.mode) == (*size, "RGB")
    assert 200 <= min(decoded.image.size) < 400
    assert like(decoded, upright(SCENE, orientation))


def test_more_than_half_the_sensors_size_is_demosaiced_in_full(tmp_path: Path) -> None:
    path = camera_files.dng(tmp_path / "a.dng", SCENE)
    assert decode(path, short_side=300).image.size == (450, 300)
    assert decode(path, short_side=301).image.size == SIZE


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("make", [camera_files.dng, camera_files.nef], ids=["dng", "nef"])
def test_the_preview_is_shown_upright(tmp_path: Path, make, orientation: int) -> None:
    path = make(tmp_path / "a.raw", SCENE, orientation=orientation, previews=[camera_files.jpeg(MEDIUM)])
    decoded = decode(path, short_side=300)
    assert (decoded.width, decoded.height) == (SIZE if orientation in (1, 3) else SIZE[::-1])
    assert like(decoded, upright(MEDIUM, orientation))


@pytest.mark.parametrize(("short_side", "seen"), [(320, MEDIUM), (321, LARGE), (600, LARGE), (100, MEDIUM)])
@pytest.mark.parametrize("make", [camera_files.dng, camera_files.nef], ids=["dng", "nef"])
def test_the_smallest_sufficient_preview_is_taken(tmp_path: Path, make, short_side: int, seen: Image.Image) -> None:
    previews = [camera_files.jpeg(LARGE), camera_files.jpeg(MEDIUM)]
    assert like(decode(make(tmp_path / "a.raw", SCENE, previews=previews), short_side=short_side), seen)


def test_a_preview_that_was_stored_upright_is_not_turned_again(tmp_path: Path) -> None:
    standing = upright(MEDIUM, 6)
    path = camera_files.dng(tmp_path / "a.dng", SCENE, orientation=6, previews=[camera_files.jpeg(standing)])
    decoded = decode(path, short_side=300)
    assert (decoded.width, decoded.height) == SIZE[::-1]
    assert like(decoded, standing)


def test_a_preview_of_another_shape_is_not_taken(tmp_path: Path) -> None:
    boxed = Image.new("RGB", (480, 360))
    boxed.paste(MEDIUM, (0, 20))
    path = camera_files.dng(tmp_path / "a.dng", SCENE, previews=[camera_files.jpeg(boxed)])
    assert like(decode(path, short_side=300), SCENE)


def test_a_preview_of_the_shape_that_the_camera_was_set_to(tmp_path: Path) -> None:
    wide = camera_files.scene(480, 270, seed=1)
    path = camera_files.dng(tmp_path / "a.dng", SCENE, crop=(0, 48, 896, 504), previews=[camera_files.jpeg(wide)])
    decoded = decode(path, short_side=250)
    assert (decoded.width, decoded.height) == (896, 504)
    assert like(decoded, wide)


def test_a_preview_that_states_another_turn_is_not_taken(tmp_path: Path) -> None:
    turned = camera_files.jpeg(MEDIUM, exif=pictures.exif(orientation=3).tobytes())
    path = camera_files.dng(tmp_path / "a.dng", SCENE, orientation=1, previews=[turned])
    assert like(decode(path, short_side=300), SCENE)


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8\xff\xe0", None], ids=["nothing", "head only", "cut off"])
def test_a_damaged_preview_makes_way_for_the_sensors_picture(tmp_path: Path, damage: bytes | None) -> None:
    preview = camera_files.jpeg(MEDIUM)
    path = camera_files.dng(tmp_path / "a.dng", SCENE, previews=[preview])
    kept = preview[: len(preview) // 3] if damage is None else damage
    path.write_bytes(path.read_bytes().replace(preview, kept.ljust(len(preview), b"\0")))
    assert like(decode(path, short_side=300), SCENE)


def test_a_raw_file_of_an_unknown_camera_is_shown_by_its_preview(tmp_path: Path) -> None:
    decoded = decode(camera_files.raf(tmp_path / "a.raf", camera_files.jpeg(LARGE)), short_side=300)
    assert (decoded.width, decoded.height) == SIZE
    assert like(decoded, LARGE)


def test_a_raw_file_that_nobody_knows_says_what_to_do(tmp_path: Path) -> None:
    error = refused(camera_files.raf(tmp_path / "a.raf", b"no preview"))
    assert error.code is ErrorCode.PHOTO_UNSUPPORTED
    assert "DNG" in error.remedy


# -- names lie --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "a.NEF", "a.dng"])
def test_a_raw_file_is_one_whatever_its_name_says(tmp_path: Path, name: str) -> None:
    assert like(decode(camera_files.dng(tmp_path / name, SCENE), short_side=200), SCENE)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".heic", ".webp"])
def test_pictures_named_like_raw_files_are_shown(tmp_path: Path, suffix: str) -> None:
    path = pictures.save(tmp_path / f"a{suffix}", pictures.scene(160, 120)).rename(tmp_path / "a.cr2")
    assert (decode(path).width, decode(path).height) == (160, 120)


@pytest.mark.parametrize("suffix", [".cr2", ".nef", ".dng", ".raw"])
@pytest.mark.parametrize("content", [b"Dear diary,\n" * 60, b"\0" * 4096, b"PK\3\4" + bytes(300)])
def test_other_files_named_like_raw_files_are_no_photos(tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(content)
    assert refused(tmp_path / f"a{suffix}").code is ErrorCode.NOT_A_PHOTO


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("file systems of this platform refuse such names")
    for previews, seen in (((), SCENE), ([camera_files.jpeg(MEDIUM)], MEDIUM)):
        path = tmp_path / os.fsdecode(b"caf\xe9.dng")
        camera_files.dng(path, SCENE, previews=previews)
        assert like(decode(path, short_side=300), seen)


# -- bad input --------------------------------------------------------------------------------------------------------


def test_the_limit_of_pixels_holds_for_raw_files(tmp_path: Path) -> None:
    path = camera_files.dng(tmp_path / "a.dng", SCENE, previews=[camera_files.jpeg(MEDIUM)])
    assert decode(path, short_side=300, max_pixels=900 * 600).width == 900
    assert refused(path, max_pixels=900 * 600 - 1).code is ErrorCode.PHOTO_TOO_LARGE


def test_a_preview_that_claims_to_be_gigantic_is_not_decoded(tmp_path: Path) -> None:
    preview = camera_files.jpeg(MEDIUM)
    frame = preview.index(b"\xff\xc0")
    giant = preview[: frame + 5] + b"\xa6\xa0\xfa\x00" + preview[frame + 9 :]  # 64,000 × 42,656 pixels
    with Image.open(io.BytesIO(giant)) as image:
        assert image.size == (64_000, 42_656)
    path = camera_files.dng(tmp_path / "a.dng", SCENE, previews=[preview])
    path.write_bytes(path.read_bytes().replace(preview, giant))
    assert like(decode(path, short_side=300), SCENE)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_raw_file_is_refused_or_shown_by_its_preview(tmp_path: Path, share: float) -> None:
    path = camera_files.nef(tmp_path / "a.nef", SCENE, previews=[camera_files.jpeg(MEDIUM)])
    pictures.cut_off(path, share)
    outcome = decoded_or_refused(path, 300)
    if isinstance(outcome, Decoded):
        assert like(outcome, MEDIUM)
    else:
        assert outcome.code in {ErrorCode.PHOTO_TRUNCATED, ErrorCode.PHOTO_DAMAGED, ErrorCode.PHOTO_UNSUPPORTED}


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_raw_file_is_shown_or_refused(tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture) -> None:
    rng = np.random.default_rng(seed)
    path = camera_files.nef(tmp_path / "a.nef", SCENE.resize((240, 160)), previews=[camera_files.jpeg(MEDIUM)])
    sound = path.read_bytes()
    structure = len(sound) - 700  # the directories are at the end
    for _ in range(10):
        data = bytearray(sound)
        for _ in range(4):
            data[structure + int(rng.integers(0, 700))] = int(rng.integers(0, 256))
        path.write_bytes(data)
        outcome = decoded_or_refused(path, 100)
        assert outcome.image.mode == "RGB" if isinstance(outcome, Decoded) else outcome.remedy
