"""Write the pages of the guide that the program itself knows best: ``python -m tools.guide_pages``.

What it says when something goes wrong, its keys and its settings are made from the tables that the program uses; a
test fails while a page is stale.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from landmark_desktop.core.errors import ERROR_TEXTS
from landmark_desktop.services.settings import TABLE, Setting
from landmark_desktop.ui.actions import ACTIONS, ActionSpec, Scope

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "guide"
_PARAMETER = re.compile(r"\{(\w+)\}")


def messages() -> Iterator[str]:
    """The lines of the page of messages."""
    yield from (
        "# What it says, and what helps",
        "",
        "Everything that can go wrong with a photo, a drive, a model or the library has a sentence that says what",
        "happened, and one that says what to do. A photo with a problem keeps its tile, marked ⚠, and says both when",
        "you select it; the other photos go on. Names, numbers and reasons stand in for *what is set like this*.",
        "",
        "| it says | what helps |",
        "|---|---|",
    )
    for text in ERROR_TEXTS.values():
        yield f"| {_filled(text.message)} | {_filled(text.remedy)} |"
    yield from (
        "",
        "Anything else is a mistake of the program: a window then offers a report to copy, which names no photo and no",
        "folder.",
    )


def keys() -> Iterator[str]:
    """The lines of the page of keys."""
    yield from (
        "# Every key",
        "",
        "`?` shows them in the program. Every action is in a menu, too, with its keys beside it. *Photos* means: while",
        "the photos have the focus, not while you type into a field. *Large preview*: while a photo is shown large.",
    )
    for menu, actions in groupby(ACTIONS, lambda action: action.menu):
        rows = [_action(action) for action in actions if action.keys]
        if rows:
            yield from ("", f"## {menu.replace('&', '')}", "", "| keys | does | where |", "|---|---|---|", *rows)


def settings() -> Iterator[str]:
    """The lines of the page of settings."""
    yield from (
        "# Settings",
        "",
        "*Edit ▸ Settings…* (`Ctrl+,`). What you change is in force at once; each setting can be put back, or all.",
        "",
        "![The settings](../images/settings.png)",
    )
    for group, members in groupby(TABLE, lambda setting: setting.group):
        yield from ("", f"## {group}", "")
        for setting in members:
            yield from (f"**{setting.label}** – {_value(setting, setting.default)}", "")
            if setting.choices:
                yield from (f"- {label}" for _, label in setting.choices)
                yield ""
            if setting.description:
                yield from (setting.description, "")


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {"messages.md": messages, "keys.md": keys, "settings.md": settings}


def page(name: str) -> str:
    """The whole text of a page."""
    return "\n".join(PAGES[name]()).rstrip("\n") + "\n"


def _action(action: ActionSpec) -> str:
    """The row of an action."""
    pressed = ", ".join(f"`{key}`" for key in action.keys)
    does = action.text.replace("&", "") + (f": {action.tip}" if action.tip else "")
    where = {Scope.PHOTOS: "photos", Scope.LARGE: "large preview"}.get(action.scope, "anywhere")
    return f"| {pressed} | {does} | {where} |"


def _value(setting: Setting, value: object) -> str:
    """What a setting is by default, in words."""
    if isinstance(value, bool):
        return "on by default" if value else "off by default"
    if setting.minimum is not None and setting.maximum is not None and isinstance(value, float):
        return "by default in the middle" if value == (setting.minimum + setting.maximum) / 2 else f"by default {value}"
    labels = {str(choice): label for choice, label in setting.choices}
    said = labels.get(str(value), str(value))
    return f"by default {said}" if said else "empty by default"


def _filled(template: str) -> str:
    """A template with its parameters as words in italics, safe in a table of Markdown."""
    return _PARAMETER.sub(lambda found: f"*{found[1].replace('_', ' ')}*", template).replace("|", r"\|")


def main() -> int:
    """Write the pages; returns the exit code."""
    for name in PAGES:
        (GUIDE / name).write_text(page(name), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
