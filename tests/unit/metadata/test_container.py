"""Finding the picture in a file, so that a changed one is noticed."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, TiffImagePlugin

from landmark_desktop.metadata.container import DamagedContainerError, parse


def encoded(kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(stream, kind.upper(), **options)
    return stream.getvalue()


KINDS = pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])


@KINDS
def test_every_byte_of_the_picture_is_watched(kind: str) -> None:
    data = encoded(kind)
    container = parse(data, kind)
    start, end = max(container.picture, key=lambda piece: piece[1] - piece[0])
    assert end - start > len(data) // 2
    middle = (start + end) // 2
    changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    assert container.same_content(data, container, data)
    assert not container.same_content(data, container, changed)


@KINDS
@pytest.mark.parametrize("keep", [0.1, 0.5])
def test_a_file_that_is_cut_off_is_damaged_or_different(kind: str, keep: float) -> None:
    data = encoded(kind)
    cut = data[: int(len(data) * keep)]
    try:
        container = parse(cut, kind)
    except DamagedContainerError:
        return
    assert kind == "jpeg"  # a scan has no length; its rest is compared as it is
    assert not parse(data, kind).same_content(data, container, cut)


def test_colour_tables_and_trailers_of_a_jpeg_belong_to_the_picture() -> None:
    data = encoded("jpeg")
    container = parse(data, "jpeg")
    watched = b"".join(data[start:end] for start, end in container.picture)
    assert watched == data[2:]
    longer = data + b"a second picture behind the first"
    assert not container.same_content(data, parse(longer, "jpeg"), longer)


def test_comments_must_survive_but_may_move() -> None:
    data = encoded("jpeg", comment=b"by hand")
    assert len(parse(data, "jpeg").extras) == 1
    without = encoded("jpeg")
    assert not parse(data, "jpeg").same_content(data, parse(without, "jpeg"), without)
    terminated = data.replace(b"\xff\xfe\0\x09by hand", b"\xff\xfe\0\x0aby hand\0")
    assert parse(data, "jpeg").same_content(data, parse(terminated, "jpeg"), terminated)


def test_foreign_text_chunks_of_a_png_must_survive() -> None:
    from PIL import PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Software", "something")
    data, without = encoded("png", pnginfo=info), encoded("png")
    assert not parse(data, "png").same_content(data, parse(without, "png"), without)


def test_all_pages_and_tiles_of_a_tiff_are_watched() -> None:
    stream = io.BytesIO()
    pages = [Image.new("L", (20, 20), shade) for shade in (10, 20, 30)]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    data = stream.getvalue()
    assert b"".join(data[a:b] for a, b in parse(data, "tiff").picture) == b"\x0a" * 400 + b"\x14" * 400 + b"\x1e" * 400


def test_a_directory_that_leads_back_to_an_earlier_one_is_damaged() -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[330] = 8
    tags.tagtype[330] = 4
    data = encoded("tiff", tiffinfo=tags)
    with pytest.raises(DamagedContainerError, match="cannot be followed"):
        parse(data, "tiff")


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("jpeg", lambda data: data[:2] + b"\xff\xd9"),
        ("jpeg", lambda data: data[:2] + b"junk" + data[2:]),
        ("png", lambda data: data.replace(b"IEND", b"IENX")),
        ("png", lambda data: data[:8] + b"\xff\xff\xff\xff" + data[12:]),
        ("webp", lambda data: data[:12]),
        ("webp", lambda data: data[:16] + b"\xff\xff\xff\x7f" + data[20:]),
        ("tiff", lambda data: data[:4] + b"\xff\xff\0\0" + data[8:]),
    ],
)
def test_broken_structures_are_errors(kind: str, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DamagedContainerError):
        parse(spoil(encoded(kind)), kind)
