"""Write resources/licences/THIRD-PARTY.md from the installed packages' own metadata: ``python -m tools.licences``.

Lists what the app is made of and ships with, not what develops or trains it.
"""

import re
import sys
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "licences" / "THIRD-PARTY.md"
SHIPPED = {
    "PySide6-Essentials": "Qt for Python (QtCore, QtGui, QtWidgets, QtSvg, QtNetwork), with Qt and ICU",
    "shiboken6": "binding runtime of Qt for Python",
    "pillow": "decoding; its wheel contains libjpeg-turbo, libtiff, libwebp, libpng, OpenJPEG, Little CMS, libavif",
    "pillow-heif": "decoding of HEIC; its wheel contains libheif and libde265 (LGPL), and x265 (GPL-2.0-or-later)",
    "rawpy": "decoding of raw files; its wheel contains LibRaw (LGPL-2.1-only OR CDDL-1.0)",
    "exiv2": "metadata; its wheel contains the Exiv2 library (GPL-2.0-or-later)",
    "numpy": "arrays",
    "platformdirs": "places of settings and library",
    "psutil": "free memory and cores",
    "rapidfuzz": "typing errors in the search for landmarks",
    "tqdm": "progress bar of the command line",
}
RUNTIME = ("onnxruntime-gpu", "onnxruntime")
# Packages that name their licence only in classifiers or texts.
KNOWN = {
    "PySide6-Essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
}


def licence_of(name: str) -> str:
    """The licence of an installed package as it states it, in one line.

    Raises:
        LookupError: it states none that can be understood.
    """
    if name in KNOWN:
        return KNOWN[name]
    info = metadata.metadata(name)
    expression = next((info[key] for key in ("License-Expression", "License") if key in info), "")
    if expression and "\n" not in expression.strip():
        return expression.strip()
    classifiers = [c.split(" :: ")[-1] for c in info.get_all("Classifier") or [] if c.startswith("License ::")]
    if not classifiers:
        raise LookupError(f"{name} states no licence")
    return ", ".join(classifiers)


def notice() -> str:
    """The whole notice as Markdown."""
    rows = [f"| {name} | {licence_of(name)} | {what} |" for name, what in SHIPPED.items()]
    for name in RUNTIME:
        try:
            rows.append(f"| onnxruntime | {licence_of(name)} | inference |")
            break
        except metadata.PackageNotFoundError:
            continue
    return "\n".join(
        [
            "# Third-party software",
            "",
            "Landmark Desktop is free software under the GNU General Public License, version 3 or later (see LICENSE).",
            "It is made with, and its packed builds contain, the following. Licence texts are in the packages; packed",
            "builds have them all in `licences/`, and list every library in `sbom.cdx.json`.",
            "",
            "| package | licence | what for |",
            "|---|---|---|",
            *rows,
            "",
            "The map of the world is made with Natural Earth (public domain); see `resources/map/README.md`.",
            "",
            "The shipped model starts from EfficientNet-Lite weights (Apache-2.0); see its model card.",
            "",
        ]
    )


def main() -> int:
    """Write the notice."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(notice(), "utf-8")
    names = re.findall(r"^\| ([\w-]+) \|", notice(), re.MULTILINE)
    print(f"{TARGET.name}: {', '.join(names[1:])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
