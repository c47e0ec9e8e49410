"""Hostile files made on the spot: sound ones of every kind, and ways to spoil them.

A :class:`Case` is small, printable and makes the same bytes each time, so that a finding can be played again.
"""

import functools
import io
import random
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

from tests import camera_files, pictures

SIDECARS = Path(__file__).parents[1] / "data" / "sidecars"
XMP = (SIDECARS / "digikam.xmp").read_bytes()
SIZE = (96, 64)
INTERESTING = (0, 1, 2, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Numbers at which sizes, offsets and counts go wrong."""


def _exif() -> bytes:
    block = pictures.exif(orientation=6, gps=(48.85, 2.29), camera="Box")
    block[0x9C9B] = "Titel".encode("utf-16-le")
    return block.tobytes()


def _saved(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    camera_files.scene(*SIZE).save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def _png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add_text("Comment", "a comment", zip=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return _saved("PNG", exif=_exif(), pnginfo=info, icc_profile=profile)


def _in_file(make: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        make(path)
        return path.read_bytes()


def _heif() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(camera_files.scene(*SIZE)).save(buffer, exif=_exif(), quality=50)
    return buffer.getvalue()


def _preview() -> bytes:
    return camera_files.jpeg(camera_files.scene(*SIZE))


SEEDS: dict[str, Callable[[], bytes]] = {
    ".jpg": lambda: _saved("JPEG", exif=_exif(), xmp=XMP, quality=80),
    ".progressive.jpg": lambda: _saved("JPEG", progressive=True, quality=80),
    ".mpo.jpg": lambda: _in_file(lambda path: camera_files.with_previews(path, _preview(), [(0x010002, _preview())])),
    ".png": _png,
    ".palette.png": lambda: _palette("PNG"),
    ".tif": lambda: _saved("TIFF", exif=_exif()),
    ".lzw.tif": lambda: _saved("TIFF", compression="tiff_lzw"),
    ".jpeg.tif": lambda: _saved("TIFF", compression="jpeg"),
    ".deflate.tif": lambda: _saved("TIFF", compression="tiff_adobe_deflate", big_tiff=True),
    ".webp": lambda: _saved("WEBP", exif=_exif(), xmp=XMP),
    ".lossless.webp": lambda: _saved("WEBP", lossless=True),
    ".gif": lambda: _palette("GIF"),
    ".bmp": lambda: _saved("BMP"),
    ".heic": _heif,
    ".avif": lambda: _saved("AVIF", exif=_exif()),
    ".jp2": lambda: _saved("JPEG2000"),
    ".dng": lambda: _in_file(lambda path: camera_files.dng(path, camera_files.scene(*SIZE), previews=[_preview()])),
    ".nef": lambda: _in_file(lambda path: camera_files.nef(path, camera_files.scene(*SIZE), previews=[_preview()])),
    ".raf": lambda: _in_file(lambda path: camera_files.raf(path, _preview())),
    ".xmp": lambda: XMP,
    ".lightroom.xmp": (SIDECARS / "lightroom.xmp").read_bytes,
    ".darktable.xmp": (SIDECARS / "darktable.xmp").read_bytes,
}
"""Sound files by the end of their names; sidecars go beside a sound photo."""


def _palette(kind: str) -> bytes:
    buffer = io.BytesIO()
    camera_files.scene(*SIZE).quantize(16).save(buffer, kind)
    return buffer.getvalue()


@functools.cache
def seed_bytes(name: str) -> bytes:
    """The sound file of this name."""
    return SEEDS[name]()


@dataclass(frozen=True)
class Change:
    """One way to spoil a file: what is done, where (as a share of the file), and with which number."""

    how: str
    where: float
    number: int


@dataclass(frozen=True)
class Case:
    """A sound file and how it is spoiled."""

    seed: str
    changes: tuple[Change, ...]

    def data(self) -> bytes:
        """The spoiled file."""
        data = bytearray(seed_bytes(self.seed))
        for change in self.changes:
            CHANGES[change.how](data, int(change.where * max(1, len(data))), change.number)
        return bytes(data)

    def write(self, folder: Path) -> Path:
        """Put the case into an empty folder; a sidecar gets a sound photo. Returns the spoiled file."""
        if self.seed.endswith(".xmp"):
            (folder / "IMG_1.jpg").write_bytes(seed_bytes(".jpg"))
            path = folder / "IMG_1.jpg.xmp"
        else:
            path = folder / f"IMG_1{self.seed}"
        path.write_bytes(self.data())
        return path


def _flip(data: bytearray, at: int, number: int) -> None:
    data[at : at + 1] = bytes([number & 0xFF])


def _big(data: bytearray, at: int, number: int) -> None:
    data[at : at + 4] = struct.pack(">L", INTERESTING[number % len(INTERESTING)])


def _little(data: bytearray, at: int, number: int) -> None:
    data[at : at + 4] = struct.pack("<L", INTERESTING[number % len(INTERESTING)])


def _short(data: bytearray, at: int, number: int) -> None:
    data[at : at + 2] = struct.pack("<H", INTERESTING[number % len(INTERESTING)] & 0xFFFF)


def _cut(data: bytearray, at: int, number: int) -> None:
    del data[at:]


def _delete(data: bytearray, at: int, number: int) -> None:
    del data[at : at + 1 + number]


def _repeat(data: bytearray, at: int, number: int) -> None:
    piece = data[at : at + 1 + number % 512]
    data[at:at] = piece * (1 + number % 64)


def _zeros(data: bytearray, at: int, number: int) -> None:
    data[at : at + number] = bytes(len(data[at : at + number]))


def _noise(data: bytearray, at: int, number: int) -> None:
    data[at : at + 64] = random.Random(number).randbytes(len(data[at : at + 64]))


def _graft(data: bytearray, at: int, number: int) -> None:
    names = list(SEEDS)
    other = seed_bytes(names[number % len(names)])
    data[at:at] = other[: 1 + number]


def _swap(data: bytearray, at: int, number: int) -> None:
    other = number % max(1, len(data))
    data[at : at + 12], data[other : other + 12] = data[other : other + 12], data[at : at + 12]


CHANGES: dict[str, Callable[[bytearray, int, int], None]] = {
    "flip": _flip,
    "big": _big,
    "little": _little,
    "short": _short,
    "cut": _cut,
    "delete": _delete,
    "repeat": _repeat,
    "zeros": _zeros,
    "noise": _noise,
    "graft": _graft,
    "swap": _swap,
}


def sound_photo(path: Path) -> Path:
    """A sound JPEG of the corpus. Returns ``path``."""
    path.write_bytes(seed_bytes(".jpg"))
    return path


def picture() -> Image.Image:
    """The small picture of the corpus."""
    return camera_files.scene(*SIZE)
