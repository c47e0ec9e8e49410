"""Pictures for tests, drawn on the spot: scenes, marked corners, and every kind of broken file."""

import random
import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageDraw

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 50), (30, 50, 210), (240, 220, 40)
FORMATS = {
    ".jpg": "JPEG",
    ".png": "PNG",
    ".tif": "TIFF",
    ".webp": "WEBP",
    ".heic": "HEIF",
    ".gif": "GIF",
    ".bmp": "BMP",
    ".avif": "AVIF",
    ".jp2": "JPEG2000",
}
ORIENTATIONS = range(1, 9)
# What has to be done to the upright picture so that a viewer which honours the EXIF value shows it upright again.
_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width: int = 640, height: int = 480, seed: int = 0) -> Image.Image:
    """Draw a landscape with sky, sun, hills and a tower; another ``seed`` is another place."""
    rng = random.Random(seed)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    top, low = [tuple(rng.randint(60, 160) for _ in range(3)) for _ in range(2)]
    for y in range(height):
        share = y / height
        draw.line([(0, y), (width, y)], tuple(int(a + (b + 70 - a) * share) for a, b in zip(top, low, strict=True)))
    x, y, r = rng.uniform(0.1, 0.9) * width, rng.uniform(0.1, 0.3) * height, 0.06 * min(width, height)
    draw.ellipse([x - r, y - r, x + r, y + r], (250, 240, 190))
    for layer in range(3):
        base = height * (0.55 + 0.13 * layer)
        hills = [(width * i / 8, base + rng.uniform(-0.07, 0.07) * height) for i in range(9)]
        colour = tuple(rng.randint(30, 110) for _ in range(3))
        draw.polygon([*hills, (width, height), (0, height)], colour)
    x, half = rng.uniform(0.25, 0.75) * width, rng.uniform(0.02, 0.06) * width
    tower = [
        (x - half, height * 0.8),
        (x - half * 0.4, height * 0.2),
        (x + half * 0.4, height * 0.2),
        (x + half, height * 0.8),
    ]
    draw.polygon(tower, tuple(rng.randint(120, 220) for _ in range(3)))
    return image


def corners(width: int = 160, height: int = 80) -> Image.Image:
    """Four coloured quarters, red, green, blue and yellow in reading order: no turn or flip looks like another."""
    image = Image.new("RGB", (width, height), YELLOW)
    half_w, half_h = width // 2, height // 2
    image.paste(RED, (0, 0, half_w, half_h))
    image.paste(GREEN, (half_w, 0, width, half_h))
    image.paste(BLUE, (0, half_h, half_w, height))
    return image


def stored_for(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels a camera stores for ``upright`` together with this EXIF orientation (1 to 8)."""
    return upright.transpose(_STORED[orientation]) if orientation in _STORED else upright.copy()


def exif(
    *,
    orientation: int | None = None,
    gps: tuple[float, float] | None = None,
    taken_at: datetime | None = None,
    camera: str | None = None,
) -> Image.Exif:
    """EXIF with what is given. ``gps`` is (latitude, longitude) in degrees, to a hundredth of a second."""
    block = Image.Exif()
    if camera is not None:
        block[ExifTags.Base.Model] = camera
    if orientation is not None:
        block[ExifTags.Base.Orientation] = orientation
    if taken_at is not None:
        text = taken_at.strftime("%Y:%m:%d %H:%M:%S")
        block[ExifTags.Base.DateTime] = text
        block.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = text
    if gps is not None:
        latitude, longitude = gps
        block.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSVersionID: b"\x02\x03\x00\x00",
                ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
                ExifTags.GPS.GPSLatitude: _degrees_minutes_seconds(latitude),
                ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
                ExifTags.GPS.GPSLongitude: _degrees_minutes_seconds(longitude),
            }
        )
    # As it reads back: the length of a new block does not count a directory alone, and Pillow writes none of length 0.
    read = Image.Exif()
    read.load(block.tobytes())
    return read


def _degrees_minutes_seconds(angle: float) -> tuple[float, float, float]:
    hundredths = round(abs(angle) * 360_000)
    minutes, rest = divmod(hundredths, 6_000)
    degrees, minutes = divmod(minutes, 60)
    return float(degrees), float(minutes), rest / 100


def save(path: Path, image: Image.Image | None = None, *, exif_block: Image.Exif | None = None, **options: Any) -> Path:
    """Save a picture (by default a scene) in the format of ``path``'s ending. Returns ``path``."""
    picture = scene() if image is None else image
    if exif_block is not None:
        # pillow-heif takes bytes only, and silently ignores the orientation of a block object.
        options["exif"] = exif_block.tobytes() if path.suffix.lower() == ".heic" else exif_block
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, format=FORMATS[path.suffix.lower()], **options)
    return path


def photo(
    path: Path,
    *,
    size: tuple[int, int] = (640, 480),
    seed: int = 0,
    orientation: int | None = None,
    gps: tuple[float, float] | None = None,
    taken_at: datetime | None = None,
    camera: str | None = None,
) -> Path:
    """Save a scene as a camera would; ``size`` is (width, height) as displayed. Returns ``path``."""
    picture = stored_for(scene(*size, seed=seed), orientation or 1)
    block = exif(orientation=orientation, gps=gps, taken_at=taken_at, camera=camera)
    return save(path, picture, exif_block=block if len(block) else None)


def photos(
    folder: Path, count: int, *, size: tuple[int, int] = (320, 240), suffixes: Sequence[str] = (".jpg",)
) -> list[Path]:
    """Save ``count`` different scenes as ``IMG_0001`` … into ``folder``."""
    return [
        photo(folder / f"IMG_{index + 1:04}{suffixes[index % len(suffixes)]}", size=size, seed=index)
        for index in range(count)
    ]


def cut_off(path: Path, share: float = 0.5) -> Path:
    """Cut a file to this share of its bytes. Returns ``path``."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def text_file(path: Path) -> Path:
    """A text file, whatever its name says. Returns ``path``."""
    path.write_text("This is no picture.\n" * 20, "utf-8")
    return path


def giant_png(path: Path, width: int = 30_000, height: int = 30_000) -> Path:
    """A valid grey PNG of this many pixels, written row by row: it takes about a thousandth of them in bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = b"\0" + bytes([128]) * width
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
        for _ in range(height):
            if packed := packer.compress(row):
                file.write(chunk(b"IDAT", packed))
        file.write(chunk(b"IDAT", packer.flush()) + chunk(b"IEND", b""))
    return path
