"""All actions of the window in one table: every one is in a menu, with its keys beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


class Scope(StrEnum):
    """Where the keys of an action work."""

    WINDOW = "window"
    PHOTOS = "photos"  # only in the grid and the large preview: keys that buttons and fields need themselves
    LARGE = "large"  # only in the large preview


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``text``, ``tip`` and ``menu`` are English source texts; ``submenu`` lies in ``menu``.

    ``group`` names actions of which exactly one is checked; one that ``toggles`` is checked or not. ``role`` is for the
    application menu of macOS.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    scope: Scope = Scope.WINDOW
    submenu: str = ""
    group: str = ""
    separator: bool = False
    toggles: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


def QT_TRANSLATE_NOOP(_: str, text: str) -> str:
    """Mark a text of the table for translation; Qt's tools find it by this name."""
    return text


FILE = QT_TRANSLATE_NOOP("Actions", "&File")
EDIT = QT_TRANSLATE_NOOP("Actions", "&Edit")
PHOTO = QT_TRANSLATE_NOOP("Actions", "&Photo")
VIEW = QT_TRANSLATE_NOOP("Actions", "&View")
HELP = QT_TRANSLATE_NOOP("Actions", "&Help")
RECENT = QT_TRANSLATE_NOOP("Actions", "Recent folders")
SHOW = QT_TRANSLATE_NOOP("Actions", "Show")
ORDER = QT_TRANSLATE_NOOP("Actions", "Order")
GROUP = QT_TRANSLATE_NOOP("Actions", "Groups")
ZOOM = QT_TRANSLATE_NOOP("Actions", "Zoom")
_P = Scope.PHOTOS

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_folder", FILE, QT_TRANSLATE_NOOP("Actions", "Open folder…"), ("Ctrl+O",)),
    ActionSpec("open_files", FILE, QT_TRANSLATE_NOOP("Actions", "Open files…"), ("Ctrl+Shift+O",)),
    ActionSpec(
        "export",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Export…"),
        ("Ctrl+E",),
        QT_TRANSLATE_NOOP("Actions", "Write reviewed photos with their places to a file for maps and spreadsheets"),
        separator=True,
    ),
    ActionSpec(
        "organise",
        FILE,
        QT_TRANSLATE_NOOP("Actions", "Organise photos…"),
        ("Ctrl+Shift+S",),
        QT_TRANSLATE_NOOP("Actions", "Copy or move photos into folders by place and date"),
    ),
    ActionSpec("pause", FILE, QT_TRANSLATE_NOOP("Actions", "Pause classifying"), ("Ctrl+P",), separator=True),
    ActionSpec("resume", FILE, QT_TRANSLATE_NOOP("Actions", "Continue classifying"), ("Ctrl+Shift+P",)),
    ActionSpec("cancel", FILE, QT_TRANSLATE_NOOP("Actions", "Cancel classifying"), ("Ctrl+.",)),
    ActionSpec(
        "quit", FILE, QT_TRANSLATE_NOOP("Actions", "Quit"), ("Ctrl+Q",), separator=True, role=QAction.MenuRole.QuitRole
    ),
    ActionSpec("undo_review", EDIT, QT_TRANSLATE_NOOP("Actions", "Undo review"), ("Ctrl+Z", "U")),
    ActionSpec("redo_review", EDIT, QT_TRANSLATE_NOOP("Actions", "Redo review"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(
        "copy",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Copy"),
        ("Ctrl+C",),
        QT_TRANSLATE_NOOP("Actions", "Copy the selected photos: as files, or their paths as text"),
        _P,
        separator=True,
    ),
    ActionSpec("select_all", EDIT, QT_TRANSLATE_NOOP("Actions", "Select all"), ("Ctrl+Shift+A",)),
    ActionSpec(
        "runs",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Runs…"),
        ("Ctrl+R",),
        QT_TRANSLATE_NOOP("Actions", "What was written into files, and how to take it back"),
        separator=True,
    ),
    ActionSpec(
        "bundles",
        EDIT,
        QT_TRANSLATE_NOOP("Actions", "Model bundles…"),
        ("Ctrl+Shift+B",),
        QT_TRANSLATE_NOOP("Actions", "Which landmarks the model knows, and how to install another one"),
    ),
    ActionSpec(
        "settings", EDIT, QT_TRANSLATE_NOOP("Actions", "Settings…"), ("Ctrl+,",), role=QAction.MenuRole.PreferencesRole
    ),
    ActionSpec(
        "accept",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Accept and go on"),
        ("Return", "Enter"),
        QT_TRANSLATE_NOOP("Actions", "Accept the first guess of the selected photos"),
        _P,
    ),
    ActionSpec("reject", PHOTO, QT_TRANSLATE_NOOP("Actions", "No landmark"), ("Backspace",), scope=_P),
    *(
        ActionSpec(
            f"pick_{number}",
            PHOTO,
            text,
            (str(number),),
            submenu=QT_TRANSLATE_NOOP("Actions", "Accept another guess"),
        )
        for number, text in (
            (1, QT_TRANSLATE_NOOP("Actions", "First guess")),
            (2, QT_TRANSLATE_NOOP("Actions", "Second guess")),
            (3, QT_TRANSLATE_NOOP("Actions", "Third guess")),
            (4, QT_TRANSLATE_NOOP("Actions", "Fourth guess")),
            (5, QT_TRANSLATE_NOOP("Actions", "Fifth guess")),
        )
    ),
    ActionSpec(
        "find",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Find landmark…"),
        ("F",),
        QT_TRANSLATE_NOOP("Actions", "Accept any landmark by its name"),
    ),
    ActionSpec(
        "taken_here",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Taken here"),
        ("T",),
        QT_TRANSLATE_NOOP("Actions", "Also write the landmark's position as the estimated position of the camera"),
    ),
    ActionSpec("clear_answer", PHOTO, QT_TRANSLATE_NOOP("Actions", "Clear answer"), ("Delete",), scope=_P),
    ActionSpec(
        "accept_all",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Accept all shown that are Landmark"),
        ("Ctrl+A",),
        QT_TRANSLATE_NOOP("Actions", "Accept the first guess of every photo in the grid whose verdict is Landmark"),
        separator=True,
    ),
    ActionSpec(
        "accept_group",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Accept group and go on"),
        ("G",),
        QT_TRANSLATE_NOOP("Actions", "Accept the first guesses of the current photo's group that wait for an answer"),
        _P,
    ),
    ActionSpec(
        "write",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Write places…"),
        ("Ctrl+S",),
        QT_TRANSLATE_NOOP("Actions", "Preview what will be written into the photos' metadata"),
        separator=True,
    ),
    ActionSpec(
        "read_places",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Read places from files"),
        (),
        QT_TRANSLATE_NOOP("Actions", "Take over what the photos and their sidecars say, ours or other programs'"),
    ),
    ActionSpec(
        "reveal",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Show in file manager"),
        ("Ctrl+Shift+F",),
        QT_TRANSLATE_NOOP("Actions", "Show the selected photos in their folder"),
        separator=True,
    ),
    ActionSpec(
        "open_with",
        PHOTO,
        QT_TRANSLATE_NOOP("Actions", "Open in other program"),
        ("F4",),
        QT_TRANSLATE_NOOP("Actions", "Open the current photo in the program that your system uses for such files"),
    ),
    ActionSpec("show_all", VIEW, QT_TRANSLATE_NOOP("Actions", "All photos"), ("Ctrl+1",), submenu=SHOW, group="show"),
    ActionSpec(
        "show_landmark", VIEW, QT_TRANSLATE_NOOP("Actions", "Landmark"), ("Ctrl+2",), submenu=SHOW, group="show"
    ),
    ActionSpec("show_unsure", VIEW, QT_TRANSLATE_NOOP("Actions", "Unsure"), ("Ctrl+3",), submenu=SHOW, group="show"),
    ActionSpec("show_none", VIEW, QT_TRANSLATE_NOOP("Actions", "None"), ("Ctrl+4",), submenu=SHOW, group="show"),
    ActionSpec("show_errors", VIEW, QT_TRANSLATE_NOOP("Actions", "Errors"), ("Ctrl+5",), submenu=SHOW, group="show"),
    ActionSpec("order_name", VIEW, QT_TRANSLATE_NOOP("Actions", "Folder and name"), submenu=ORDER, group="order"),
    ActionSpec("order_date", VIEW, QT_TRANSLATE_NOOP("Actions", "Date taken"), submenu=ORDER, group="order"),
    ActionSpec(
        "order_confidence", VIEW, QT_TRANSLATE_NOOP("Actions", "Most confident first"), submenu=ORDER, group="order"
    ),
    ActionSpec(
        "order_least_certain", VIEW, QT_TRANSLATE_NOOP("Actions", "Least certain first"), submenu=ORDER, group="order"
    ),
    ActionSpec("order_landmark", VIEW, QT_TRANSLATE_NOOP("Actions", "By landmark"), submenu=ORDER, group="order"),
    ActionSpec("group_nothing", VIEW, QT_TRANSLATE_NOOP("Actions", "No groups"), submenu=GROUP, group="groups"),
    ActionSpec("group_landmark", VIEW, QT_TRANSLATE_NOOP("Actions", "By landmark"), submenu=GROUP, group="groups"),
    ActionSpec("group_place", VIEW, QT_TRANSLATE_NOOP("Actions", "By place"), submenu=GROUP, group="groups"),
    ActionSpec("group_day", VIEW, QT_TRANSLATE_NOOP("Actions", "By day"), submenu=GROUP, group="groups"),
    ActionSpec(
        "toggle_group",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Collapse or open group"),
        ("C",),
        QT_TRANSLATE_NOOP("Actions", "Show only the name of the current photo's group, or its photos again"),
        _P,
    ),
    ActionSpec(
        "toggle_all_groups",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Collapse or open all groups"),
        ("Shift+C",),
        QT_TRANSLATE_NOOP("Actions", "Show only the names of all groups, or their photos again"),
        _P,
    ),
    ActionSpec("sidebar", VIEW, QT_TRANSLATE_NOOP("Actions", "Sidebar"), ("F9",), separator=True, toggles=True),
    ActionSpec(
        "map",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Map"),
        ("Ctrl+Shift+M",),
        QT_TRANSLATE_NOOP("Actions", "Where in the world the photos were taken"),
        toggles=True,
    ),
    ActionSpec("search", VIEW, QT_TRANSLATE_NOOP("Actions", "Search"), ("Ctrl+F",), separator=True),
    ActionSpec("preview", VIEW, QT_TRANSLATE_NOOP("Actions", "Large preview"), ("Space",), scope=_P),
    ActionSpec(
        "why",
        VIEW,
        QT_TRANSLATE_NOOP("Actions", "Why?"),
        ("H",),
        QT_TRANSLATE_NOOP("Actions", "Show in colours what in the photo speaks for its landmark"),
        _P,
        toggles=True,
    ),
    *(
        ActionSpec(name, VIEW, text, keys, scope=Scope.LARGE, submenu=ZOOM)
        for name, text, keys in (
            ("zoom_in", QT_TRANSLATE_NOOP("Actions", "Zoom in"), ("+", "=")),
            ("zoom_out", QT_TRANSLATE_NOOP("Actions", "Zoom out"), ("-",)),
            ("zoom_whole", QT_TRANSLATE_NOOP("Actions", "Whole photo"), ("0",)),
            ("zoom_pixels", QT_TRANSLATE_NOOP("Actions", "Photo's own pixels, or whole photo"), ("Z",)),
        )
    ),
    ActionSpec("back", VIEW, QT_TRANSLATE_NOOP("Actions", "Back to all photos"), ("Esc",), scope=_P),
    ActionSpec("larger", VIEW, QT_TRANSLATE_NOOP("Actions", "Larger tiles"), ("Ctrl++", "Ctrl+="), separator=True),
    ActionSpec("smaller", VIEW, QT_TRANSLATE_NOOP("Actions", "Smaller tiles"), ("Ctrl+-",)),
    ActionSpec("keys", HELP, QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), ("?", "F1")),
    ActionSpec(
        "tour",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "Guided tour"),
        (),
        QT_TRANSLATE_NOOP("Actions", "The window in three steps"),
    ),
    ActionSpec(
        "diagnostics",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "Copy diagnostics"),
        (),
        QT_TRANSLATE_NOOP("Actions", "Versions and settings for a report of a problem; they name no photo, no folder"),
        separator=True,
    ),
    ActionSpec(
        "about",
        HELP,
        QT_TRANSLATE_NOOP("Actions", "About Landmark Desktop"),
        role=QAction.MenuRole.AboutRole,
    ),
)


def translated(source: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("Actions", source) if source else ""


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Make all actions of the table."""
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        action = QAction(translated(spec.text), parent)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.tip:
            action.setToolTip(translated(spec.tip))
            action.setStatusTip(translated(spec.tip))
        if spec.scope is not Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setMenuRole(spec.role)
        action.setCheckable(spec.toggles or bool(spec.group))
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        actions[spec.id] = action
    return actions


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> QMenu:
    """Put all actions into the menu bar; returns the menu of recent folders, which the window fills."""
    menus: dict[str, QMenu] = {}
    recent = QMenu(translated(RECENT), bar)
    for spec in ACTIONS:
        menu = menus.get(spec.menu)
        if menu is None:
            menu = menus[spec.menu] = bar.addMenu(translated(spec.menu))
            menu.setToolTipsVisible(True)
        if spec.separator:
            menu.addSeparator()
        if spec.submenu:
            key = f"{spec.menu}/{spec.submenu}"
            if key not in menus:
                menus[key] = menu.addMenu(translated(spec.submenu))
            menu = menus[key]
        menu.addAction(actions[spec.id])
        if spec.id == "open_files":
            menu.addMenu(recent)
    return recent


def add_scoped_actions(widgets: Mapping[Scope, tuple[QWidget, ...]], actions: Mapping[str, QAction]) -> None:
    """Let the keys of actions that belong to a part of the window work in its widgets."""
    for spec in ACTIONS:
        for widget in widgets.get(spec.scope, ()):
            widget.addAction(actions[spec.id])
