"""Large previews in JPEGs: taken where they show the same picture, and never where they might not."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageEnhance, ImageFilter

from landmark_desktop.imaging import embedded
from landmark_desktop.imaging.decode import Decoded, decode
from tests import camera_files, pictures
from tests.camera_files import FULL_HD, PANORAMA, UNDEFINED, VGA

SIZE = (2560, 1700)
SMALL = (1280, 850)
MARK = (255, 0, 255)
"""The colour of a spot in the lower right of the preview, where nothing is compared: who sees it sees the preview."""


def marked(image: Image.Image) -> Image.Image:
    copy = image.copy()
    width, height = copy.size
    copy.paste(MARK, (width * 3 // 4, height * 3 // 4, width * 7 // 8, height * 7 // 8))
    return copy


def shows_preview(decoded: Decoded, x: float = 0.8, y: float = 0.8) -> bool:
    pixel = decoded.image.getpixel((int(x * decoded.image.width), int(y * decoded.image.height)))
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 12 for a, b in zip(pixel, MARK, strict=True))


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return camera_files.scene(*SIZE)


@pytest.fixture(scope="module")
def photo(picture: Image.Image) -> bytes:
    return camera_files.jpeg(picture)


@pytest.fixture(scope="module")
def preview(picture: Image.Image) -> bytes:
    return camera_files.jpeg(marked(picture.resize(SMALL)))


def of(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    return lambda _: image


def test_the_preview_of_the_same_picture_is_taken(tmp_path: Path, photo: bytes, preview: bytes) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    decoded = decode(path)
    assert shows_preview(decoded)
    assert (decoded.width, decoded.height) == SIZE
    assert 360 <= min(decoded.image.size) < 720


def test_a_preview_may_be_sharpened_and_of_low_quality(tmp_path: Path, picture: Image.Image, photo: bytes) -> None:
    small = marked(picture.resize(SMALL, Image.Resampling.BILINEAR).filter(ImageFilter.SHARPEN))
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, camera_files.jpeg(small, quality=70))])
    assert shows_preview(decode(path))


@pytest.mark.parametrize("padding", [1, 500])
def test_padding_in_front_of_the_preview(tmp_path: Path, photo: bytes, preview: bytes, padding: int) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)], padding=padding)
    assert shows_preview(decode(path))


def test_the_smallest_sufficient_preview_is_taken(
    tmp_path: Path, picture: Image.Image, photo: bytes, preview: bytes
) -> None:
    tiny = camera_files.jpeg(picture.resize((320, 212)))
    medium = camera_files.jpeg(marked(picture.resize((640, 425))))
    large = camera_files.jpeg(picture.resize(SMALL))
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(VGA, tiny), (FULL_HD, large), (VGA, medium)])
    decoded = decode(path)
    assert shows_preview(decoded)
    assert decoded.image.size == (640, 425)


def test_a_preview_that_is_smaller_than_needed_is_not_taken(tmp_path: Path, photo: bytes, preview: bytes) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    assert not shows_preview(decode(path, short_side=851))
    assert shows_preview(decode(path, short_side=850))


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_preview_is_turned_like_the_photo(tmp_path: Path, picture: Image.Image, orientation: int) -> None:
    upright = marked(picture)
    stored = pictures.stored_for(upright, orientation)
    block = pictures.exif(orientation=orientation)
    photo = camera_files.jpeg(pictures.stored_for(picture, orientation), exif=block.tobytes())
    for options in ({}, {"exif": block.tobytes()}):  # with and without EXIF of its own
        small = camera_files.jpeg(stored.resize((stored.width // 2, stored.height // 2)), **options)
        decoded = decode(camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, small)]))
        assert shows_preview(decoded)
        assert (decoded.width, decoded.height) == SIZE


def other_picture(_: Image.Image) -> Image.Image:
    return camera_files.scene(*SMALL, seed=1)


def letterboxed(picture: Image.Image) -> Image.Image:
    boxed = Image.new("RGB", (1280, 960))
    boxed.paste(picture.resize(SMALL), (0, 55))
    return boxed


def with_a_bar_below(picture: Image.Image) -> Image.Image:
    boxed = Image.new("RGB", (1280, 875))
    boxed.paste(picture.resize(SMALL), (0, 0))
    return boxed


STALE: dict[str, Callable[[Image.Image], Image.Image]] = {
    "another picture": other_picture,
    "black bars": letterboxed,
    "a bar below": with_a_bar_below,
    "a quarter turn": lambda picture: picture.resize(SMALL).transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda picture: picture.resize(SMALL).transpose(Image.Transpose.ROTATE_180),
    "mirrored": lambda picture: picture.resize(SMALL).transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "before a crop": lambda picture: picture.resize((1600, 1062)).crop((160, 106, 1440, 956)),
    "in colour": lambda picture: picture.resize(SMALL).convert("L").convert("RGB"),
    "brighter": lambda picture: ImageEnhance.Brightness(picture.resize(SMALL)).enhance(1.05),
    "more colourful": lambda picture: ImageEnhance.Color(picture.resize(SMALL)).enhance(1.15),
    "cooler": lambda picture: Image.fromarray(
        np.clip(np.asarray(picture.resize(SMALL)) * np.array([0.9, 1.0, 1.1]), 0, 255).astype(np.uint8)
    ),
}


@pytest.mark.parametrize("name", STALE)
def test_the_preview_of_another_rendering_is_not_taken(
    tmp_path: Path, picture: Image.Image, photo: bytes, name: str
) -> None:
    # What a photo is left with when a program changes the picture and keeps the preview.
    stale = camera_files.jpeg(marked(STALE[name](picture)))
    decoded = decode(camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, stale)]))
    assert not shows_preview(decoded)
    assert not shows_preview(decoded, 0.2, 0.2)


def test_a_photo_that_was_written_anew_with_the_old_index(
    tmp_path: Path, picture: Image.Image, photo: bytes, preview: bytes
) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    data = path.read_bytes()
    at = data.index(preview)
    head = data.index(photo[2:])
    for changed in (
        data[:head] + camera_files.jpeg(picture, quality=80)[2:] + preview,
        data[:at] + b"\x11" * 4096 + preview,
        data[:at],
    ):
        path.write_bytes(changed)
        assert not shows_preview(decode(path))


def test_something_else_in_front_of_the_preview(tmp_path: Path, photo: bytes, preview: bytes) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)], padding=50)
    data = bytearray(path.read_bytes())
    at = data.index(preview)
    data[at - 50 : at] = b"\x11" * 50
    path.write_bytes(data)
    assert not shows_preview(decode(path))


def test_a_preview_that_states_another_turn_is_not_taken(tmp_path: Path, picture: Image.Image, photo: bytes) -> None:
    block = pictures.exif(orientation=3).tobytes()
    small = camera_files.jpeg(marked(picture.resize(SMALL)), exif=block)
    assert not shows_preview(decode(camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, small)])))


@pytest.mark.parametrize("kind", [UNDEFINED, PANORAMA])
def test_other_pictures_of_the_index_are_no_previews(tmp_path: Path, photo: bytes, preview: bytes, kind: int) -> None:
    # Gain maps of HDR photos are of undefined type, the parts of a panorama of their own.
    assert not shows_preview(decode(camera_files.with_previews(tmp_path / "a.jpg", photo, [(kind, preview)])))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_cut_off_preview_leaves_the_photo_as_it_is(
    tmp_path: Path, photo: bytes, preview: bytes, share: float
) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    path.write_bytes(path.read_bytes()[: -int(len(preview) * (1 - share))])
    decoded = decode(path)
    assert not shows_preview(decoded)
    assert (decoded.width, decoded.height) == SIZE


def test_a_damaged_index_leaves_the_photo_as_it_is(tmp_path: Path, photo: bytes, preview: bytes) -> None:
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    data = path.read_bytes()
    at = data.index(b"MPF\0")
    rng = np.random.default_rng(0)
    for _ in range(12):
        changed = bytearray(data)
        changed[at + 4 + int(rng.integers(0, 86))] = int(rng.integers(0, 256))
        path.write_bytes(changed)
        decoded = decode(path)
        assert (decoded.width, decoded.height) == SIZE


def test_a_progressive_photo_is_decoded_itself(tmp_path: Path, picture: Image.Image, preview: bytes) -> None:
    progressive = camera_files.jpeg(picture, progressive=True)
    assert not shows_preview(decode(camera_files.with_previews(tmp_path / "a.jpg", progressive, [(FULL_HD, preview)])))


def flat_above(picture: Image.Image, share: float) -> Image.Image:
    copy = picture.copy()
    copy.paste((180, 200, 230), (0, 0, copy.width, int(share * copy.height)))
    return copy


@pytest.mark.parametrize(("share", "taken"), [(0.15, True), (0.6, False)])
def test_where_the_sky_is_all_that_can_be_compared_the_photo_is_decoded(
    tmp_path: Path, picture: Image.Image, share: float, taken: bool
) -> None:
    sky = flat_above(picture, share)
    path = camera_files.with_previews(
        tmp_path / "a.jpg", camera_files.jpeg(sky), [(FULL_HD, camera_files.jpeg(marked(sky.resize(SMALL))))]
    )
    assert shows_preview(decode(path)) is taken


def test_small_photos_are_decoded_themselves(tmp_path: Path) -> None:
    small = camera_files.scene(1600, 1062)
    preview = camera_files.jpeg(marked(small.resize((800, 531))))
    assert embedded.MIN_PIXELS > 1600 * 1062
    path = camera_files.with_previews(tmp_path / "a.jpg", camera_files.jpeg(small), [(FULL_HD, preview)])
    assert not shows_preview(decode(path))


def test_thumbnails_inside_exif_are_never_taken(tmp_path: Path, photo: bytes) -> None:
    # They survive every editor; a stale one shows what the photo once was.
    thumbnail = camera_files.jpeg(Image.new("RGB", (160, 106), MARK))
    directories = camera_files.tiff(
        [
            camera_files.Directory({274: (camera_files.SHORT, [1])}),
            camera_files.Directory(
                {
                    259: (camera_files.SHORT, [6]),
                    514: (camera_files.LONG, [len(thumbnail)]),
                }
            ),
        ]
    )
    block = bytearray(b"Exif\0\0" + directories)
    with Image.open(io.BytesIO(photo)) as image:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality="keep", exif=bytes(block) + thumbnail)
    (tmp_path / "a.jpg").write_bytes(buffer.getvalue())
    assert not shows_preview(decode(tmp_path / "a.jpg", short_side=90))


def test_the_photos_colour_profile_holds_for_its_preview(tmp_path: Path, picture: Image.Image, preview: bytes) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"none").replace(b"gXYZ", b"rXYZ").replace(b"none", b"gXYZ")
    path = camera_files.with_previews(
        tmp_path / "a.jpg", camera_files.jpeg(picture, icc_profile=swapped), [(FULL_HD, preview)]
    )
    decoded = decode(path)
    pixel = decoded.image.getpixel((int(0.8 * decoded.image.width), int(0.8 * decoded.image.height)))
    assert pixel == pytest.approx((MARK[1], MARK[0], MARK[2]), abs=12)


def test_the_preview_costs_a_fraction_of_the_photo(tmp_path: Path, photo: bytes, preview: bytes) -> None:
    # Counted in pixels that libjpeg is asked for, because time depends on the machine.
    path = camera_files.with_previews(tmp_path / "a.jpg", photo, [(FULL_HD, preview)])
    with path.open("rb") as file, Image.open(file) as image:
        assert embedded.embedded_preview(file, image, 360) is not None
        assert image.tile  # the photo itself was not touched
    index_at = path.read_bytes().index(b"MPF\0")
    assert struct.unpack_from("<H", path.read_bytes(), index_at + 12) == (3,)
