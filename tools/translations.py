"""Bring the translation sources up to date and compile them: ``python -m tools.translations``.

English needs a translation too: its plural forms ("1 photo", "2 photos"). Texts are found by ``lupdate`` in the
window's sources and kept in ``resources/i18n/*.ts``; ``lrelease`` makes the ``.qm`` files that the program loads.
Both come with PySide6. Needs the development environment.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
ENGLISH = FOLDER / "landmark_desktop_en.ts"


def _tool(name: str) -> str:
    """The path of a tool that was installed beside this interpreter."""
    folder = Path(sys.executable).parent
    found = next((folder / f"{name}{ending}" for ending in ("", ".exe") if (folder / f"{name}{ending}").exists()), None)
    if found is None:
        sys.exit(f"{name} is not installed; run make install-dev")
    return str(found)


def main() -> int:
    """Update and compile; returns the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sources = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "landmark_desktop" / "ui").rglob("*.py"))]
    options = ["-pluralonly", "-locations", "none", "-no-obsolete"]
    languages = ["-source-language", "en", "-target-language", "en"]
    target = str(ENGLISH.relative_to(ROOT))
    subprocess.run([_tool("pyside6-lupdate"), *sources, *options, *languages, "-ts", target], cwd=ROOT, check=True)
    compiled = str(ENGLISH.with_suffix(".qm").relative_to(ROOT))
    subprocess.run([_tool("pyside6-lrelease"), target, "-qm", compiled], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
