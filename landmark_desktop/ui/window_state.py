"""What the window looked like when it was closed: geometry, splitter, tile size, order and groups."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.filter_bar import FilterBar
from landmark_desktop.ui.photo_grid.filter import SortOrder
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.view import PhotoView

DEFAULT_SIZE = (1280, 820)


def save(settings: Settings, window: QMainWindow, splitter: QSplitter, view: PhotoView, bar: FilterBar) -> None:
    """Keep the window's looks."""
    settings.set_state("geometry", _text(window.saveGeometry()))
    settings.set_state("columns", _text(splitter.saveState()))
    settings.set_state("tile_width", str(view.tile_width))
    settings.set_state("order", bar.query.order.value)
    settings.set_state("group", bar.query.group.value)


def restore(settings: Settings, window: QMainWindow, splitter: QSplitter, view: PhotoView, bar: FilterBar) -> None:
    """Give the window its looks back; what is missing or makes no sense keeps its default."""
    window.resize(*DEFAULT_SIZE)
    window.restoreGeometry(_bytes(settings.state("geometry")))
    if not splitter.restoreState(_bytes(settings.state("columns"))):
        splitter.setSizes([240, DEFAULT_SIZE[0] - 620, 380])
    width = settings.state("tile_width")
    if width.isdecimal():
        view.set_tile_width(int(width))
    order = settings.state("order")
    if order in set(SortOrder):
        bar.set_order(SortOrder(order))
    group = settings.state("group")
    if group in set(GroupBy):
        bar.set_group(GroupBy(group))


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "replace")))
