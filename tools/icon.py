"""Draw the app's icon in every size and kind a platform asks for, from the one SVG: ``python -m tools.icon``.

Needs the development environment. The pictures are committed, so that neither a wheel nor a build has to draw them.
"""

import io
import os
import sys
from pathlib import Path
from typing import Any

from PIL import Image

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
NAME = "landmark-desktop"
PNG_SIZES = (16, 32, 48, 64, 128, 256, 512)
"""Pixels; the sizes of the freedesktop.org icon theme, without the rare ones."""
ICO_SIZES = (16, 32, 48, 64, 128, 256)
ICNS_SIZES = (32, 64, 128, 256, 512)


def render(svg: Path, size: int) -> Image.Image:
    """Render an SVG into a square of ``size`` pixels on a transparent ground.

    Raises:
        ValueError: the SVG cannot be read.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is no SVG that Qt can read")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only the variant with a file name
    with Image.open(io.BytesIO(buffer.data().data())) as picture:
        return picture.convert("RGBA")


def draw_all(folder: Path = ICONS) -> list[Path]:
    """Write ``landmark-desktop-<size>.png``, ``.ico`` and ``.icns`` next to the SVG; returns what was written."""
    pictures = {size: render(folder / f"{NAME}.svg", size) for size in PNG_SIZES}
    written = []
    for size, picture in pictures.items():
        written.append(folder / f"{NAME}-{size}.png")
        picture.save(written[-1], optimize=True)
    for suffix, sizes in ((".ico", ICO_SIZES), (".icns", ICNS_SIZES)):
        written.append(folder / f"{NAME}{suffix}")
        largest, *others = sorted(sizes, reverse=True)
        options: dict[str, Any] = {"sizes": [(size, size) for size in sizes]} if suffix == ".ico" else {}
        pictures[largest].save(written[-1], append_images=[pictures[size] for size in others], **options)
    return written


if __name__ == "__main__":
    for path in draw_all():
        print(path)
    sys.exit(0)
