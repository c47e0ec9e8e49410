"""Decoding alone, on one core: what embedded previews and scaled decoding save, and what the worker process costs."""

import io
import struct
from pathlib import Path

from PIL import Image

from benchmarks.pictures import MEGAPIXEL, textured
from benchmarks.results import Result, best_of
from landmark_desktop.imaging.decode import MAX_PIXELS, WORKING_SHORT_SIDE, decode
from landmark_desktop.imaging.kinds import HEIF
from landmark_desktop.imaging.stills import decode_still

WIDTH, HEIGHT = 6000, 4000
PREVIEW = (1620, 1080)
ROUNDS = 7


def run(folder: Path, quick: bool) -> list[Result]:
    """Print milliseconds a photo, the best of interleaved rounds, and their ratios."""
    rounds = 1 if quick else ROUNDS
    picture = textured(WIDTH, HEIGHT, 1)
    plain = folder / "plain.jpg"
    picture.save(plain, quality=90)
    with_preview = _with_preview(folder / "preview.jpg", picture)
    small_heic = folder / "small.heic"
    _save_heic(small_heic, picture.resize((480, 320)))

    whole, scaled, preview = best_of(
        rounds,
        lambda: Image.open(plain).convert("RGB").close(),
        lambda: decode(plain),
        lambda: decode(with_preview),
    )
    print(f"\none JPEG of {WIDTH * HEIGHT / MEGAPIXEL:.0f} megapixels, one core")
    print(f"  Pillow, all pixels               {1000 * whole:8.1f} ms")
    print(f"  ours, no preview                 {1000 * scaled:8.1f} ms   {whole / scaled:5.1f} × as fast")
    print(f"  ours, preview of {PREVIEW[0]} × {PREVIEW[1]}     {1000 * preview:8.1f} ms   {whole / preview:5.1f} ×")
    print(f"  without ÷ with preview           {scaled / preview:8.2f} ×")

    import pillow_heif

    pillow_heif.register_heif_opener()
    here, there = best_of(rounds, lambda: _here(small_heic), lambda: decode(small_heic))
    print("one HEIC of 480 × 320")
    print(f"  in this process                  {1000 * here:8.1f} ms")
    print(f"  in a worker process              {1000 * there:8.1f} ms   {1000 * (there - here):5.1f} ms more")

    return [
        Result(
            "decoding 24 MP with a large preview, against without",
            scaled / preview,
            "×",
            3.0,
            f"with preview {1000 * preview:.1f} ms",
            "finding the preview and proving that it is the photo's own",
        )
    ]


def _here(path: Path) -> None:
    with path.open("rb") as file:
        decode_still(file, path.name, HEIF, WORKING_SHORT_SIDE, MAX_PIXELS)


def _save_heic(path: Path, picture: Image.Image) -> None:
    import pillow_heif

    pillow_heif.from_pillow(picture).save(path)


def _with_preview(path: Path, picture: Image.Image) -> Path:
    """Save as cameras do, with a large preview behind the picture; Pillow writes the index but not its types."""
    buffer = io.BytesIO()
    picture.save(
        buffer, "MPO", save_all=True, quality=90, append_images=[picture.resize(PREVIEW, Image.Resampling.LANCZOS)]
    )
    data = bytearray(buffer.getvalue())
    # Mark, TIFF header, directory of three tags; the first entry is the photo's own.
    first_entry = data.index(b"MPF\0") + 4 + 8 + (2 + 3 * 12 + 4)
    struct.pack_into("<L", data, first_entry + 16, 0x010002)
    path.write_bytes(data)
    return path
