"""The licences of everything in a build: a table, and the texts, in ``licences/`` beside the program."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tools.dist_inventory import OURSELVES, Component

FOLDER: Final = "licences"


class MissingLicenceError(Exception):
    """A component whose licence text is nowhere to be found."""


def table(components: Iterable[Component]) -> str:
    """All components with their licences, as Markdown."""
    lines = [
        "# What is inside",
        "",
        "Landmark Desktop is free software under the GNU General Public License, version 3 or later. This program",
        "contains the software below; the folder of each holds its licence. The sources of Landmark Desktop are where",
        "you got this program; those of the others are where `sbom.cdx.json` and their own documents say. Libraries",
        "under the LGPL are files of their own, which may be replaced by other builds of them.",
        "",
        "| software | version | licence |",
        "|---|---|---|",
    ]
    for component in components:
        lines.append(f"| {component.name} | {component.version} | {component.licence} |")
        for part in component.parts:
            lines.append(
                f"| – {part.name} (in {component.name}) | {part.version} | {part.licence or 'see the texts'} |"
            )
    return "\n".join([*lines, ""])


def write_licences(components: Iterable[Component], build: Path) -> Path:
    """Write table and texts into a build, in place of what was there; returns the folder.

    Raises:
        MissingLicenceError: a component has no text.
    """
    target = build / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    components = list(components)
    for component in components:
        texts = [text for text in component.texts if text.is_file()]
        if not texts:
            raise MissingLicenceError(f"no licence text of {component.name} {component.version} was found")
        folder = target / ("Landmark Desktop" if component.name == OURSELVES else _plain(component.name))
        folder.mkdir(exist_ok=True)
        for text in texts:
            shutil.copyfile(text, _free(folder, text))
    (target / "README.md").write_text(table(components), "utf-8")
    return target


def _plain(name: str) -> str:
    return re.sub(r"[^\w.+-]", "_", name)


def _free(folder: Path, text: Path) -> Path:
    """A name for a text: its own, with its folder's where there are two of one name (NumPy's vendored code)."""
    own = folder / text.name
    return folder / f"{text.parent.name}-{text.name}" if own.exists() else own
