"""A picture of pairs of photos that look alike, for people to judge what the numbers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from landmark_desktop.core.errors import PhotoError
from trainer.data import read_in_parallel
from trainer.errors import TrainerError

MAX_PAIRS: Final = 60
"""More on one picture is more than anyone looks at."""
_SIDE: Final = 160
_TEXT: Final = 46
_COLUMNS: Final = 3
_PAPER, _INK = (250, 250, 248), (40, 40, 40)


@dataclass(frozen=True, slots=True)
class Shown:
    """One pair on the sheet: the two files, and up to three lines of text below them."""

    first: Path
    second: Path
    lines: tuple[str, ...]


def draw_sheet(pairs: Sequence[Shown], threads: int) -> Image.Image:
    """Draw the first ``MAX_PAIRS`` pairs side by side, three in a row. A photo that cannot be read stays blank."""
    shown = pairs[:MAX_PAIRS]
    width = 2 * _SIDE + 16
    rows = -(-len(shown) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * width + 16, max(1, rows) * (_SIDE + _TEXT + 12) + 16), _PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(11)
    paths = [path for pair in shown for path in (pair.first, pair.second)]
    thumbnails = read_in_parallel(paths, lambda _position, picture: _thumbnail(picture), threads, short_side=_SIDE)
    for position, thumbnail in enumerate(thumbnails):
        row, column = divmod(position // 2, _COLUMNS)
        x, y = 16 + column * width + (position % 2) * (_SIDE + 2), 16 + row * (_SIDE + _TEXT + 12)
        if not isinstance(thumbnail, PhotoError):
            sheet.paste(thumbnail, (x + (_SIDE - thumbnail.width) // 2, y + (_SIDE - thumbnail.height) // 2))
        if position % 2 == 0:
            for number, line in enumerate(shown[position // 2].lines):
                pen.text((x, y + _SIDE + 2 + 14 * number), line[-58:], _INK, font)
    return sheet


def save_sheet(file: Path, pairs: Sequence[Shown], threads: int) -> None:
    """Draw the sheet and write it; the name's ending says as what.

    Raises:
        TrainerError: the file cannot be written, or its ending is that of no picture.
    """
    remedy = "Choose another --out-pairs, such as pairs.jpg."
    if file.suffix.lower() not in {".jpg", ".jpeg", ".png", ".webp"}:
        raise TrainerError(f"{file.name} is no name for a picture", remedy)
    sheet = draw_sheet(pairs, threads)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(file, quality=90)
    except OSError as error:
        raise TrainerError(f"{file} cannot be written: {error.strerror}", remedy) from error


def _thumbnail(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BICUBIC)
    return small
