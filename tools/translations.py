"""Bring the translations up to date and compile them: ``python -m tools.translations [--check] [--add CODE]``.

Texts are found by ``lupdate`` in the window's sources and kept in ``resources/i18n/*.ts``; ``lrelease`` makes the
``.qm`` files that the program loads. Both come with PySide6. English is the language of the sources and needs a
translation only of texts with a number in them ("1 photo", "2 photos"); the other languages need all. The texts of
known errors and of settings stand in tables, the reasons of errors in many places; they are handed to ``lupdate`` as if
they were sources.

``--check`` changes nothing and complains of texts that are missing, stale or not compiled; ``--add`` begins a language.
"""

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET  # our own files
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ERROR_TEXTS
from landmark_desktop.core.languages import ENGLISH, PREFIX
from landmark_desktop.services.settings import LANGUAGE, TABLE

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "resources" / "i18n"
SOURCES: Final = ROOT / "landmark_desktop" / "ui"


def table_texts() -> Iterator[tuple[str, str]]:
    """The texts that stand in tables, with their contexts."""
    for text in ERROR_TEXTS.values():
        yield "Errors", text.message
        yield "Errors", text.remedy
    for reason in reason_texts():
        yield "Reasons", reason
    for setting in (*TABLE, LANGUAGE):
        names = [] if setting is LANGUAGE else [label for _, label in setting.choices]  # languages name themselves
        for words in (setting.group, setting.label, setting.description, *names):
            if words:
                yield "Settings", words


_WITH_REASONS: Final = frozenset({"DamagedContainerError", "BrokenMetadataError", "UnsafeModelError"})
"""Exceptions whose text becomes the reason of a known error."""
_PROVIDERS: Final = ROOT / "landmark_desktop" / "inference" / "session.py"


def reason_texts() -> Iterator[str]:
    """What stands in the sources as the reason of a known error, and why a model runs where it runs. Reasons with
    something variable in them stay as they are."""
    for path in sorted((ROOT / "landmark_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                found = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
                found += node.args[:1] if name in _WITH_REASONS else []
            elif path == _PROVIDERS and isinstance(node, ast.Return) and node.value is not None:
                found = [node.value.orelse if isinstance(node.value, ast.IfExp) else node.value]
            elif path == _PROVIDERS and isinstance(node, (ast.Tuple, ast.Dict)):
                found = list(node.elts if isinstance(node, ast.Tuple) else node.values)
            elif path == _PROVIDERS and isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
                found = [node.value]
            for part in found:
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and " " in part.value.replace(" | ", "")
                ):
                    yield part.value


def tables_as_source() -> str:
    """The tables as a source that ``lupdate`` understands."""
    lines = [f"QT_TRANSLATE_NOOP({context!r}, {text!r})" for context, text in dict.fromkeys(table_texts())]
    return "\n".join([*lines, ""])


def language_of(path: Path) -> str:
    """The language of a ``.ts`` file."""
    return path.stem.removeprefix(PREFIX)


def _tool(name: str) -> str:
    """The path of a tool that was installed beside this interpreter."""
    folder = Path(sys.executable).parent
    found = next((folder / f"{name}{ending}" for ending in ("", ".exe") if (folder / f"{name}{ending}").exists()), None)
    if found is None:
        sys.exit(f"{name} is not installed; run make install-dev")
    return str(found)


def update(target: Path) -> None:
    """Bring a ``.ts`` file up to date with the sources; a file that does not exist is begun."""
    language = language_of(target)
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        tables.write_text(tables_as_source(), "utf-8")
        sources = [str(path.relative_to(ROOT)) for path in sorted(SOURCES.rglob("*.py"))]
        options = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en"]
        if language == ENGLISH:
            options.append("-pluralonly")
        command = [_tool("pyside6-lupdate"), *sources, str(tables), *options, "-target-language", language]
        subprocess.run([*command, "-ts", str(target)], cwd=ROOT, check=True)


def compile_to(source: Path, target: Path) -> None:
    """Compile a ``.ts`` file."""
    subprocess.run([_tool("pyside6-lrelease"), "-silent", str(source), "-qm", str(target)], cwd=ROOT, check=True)


def untranslated(source: Path) -> list[str]:
    """The texts of a ``.ts`` file that have no translation, or one whose parameters differ from the text's."""
    found = []
    for message in ET.parse(source).getroot().iter("message"):
        text = message.findtext("source") or ""
        translation = message.find("translation")
        forms = [] if translation is None else [form.text or "" for form in translation.iter("numerusform")]
        if translation is not None and not forms:
            forms = [translation.text or ""]
        unfinished = translation is None or translation.get("type") == "unfinished"
        if unfinished or not all(forms) or not all(_same_parameters(text, form) for form in forms):
            found.append(text)
    return found


def _same_parameters(text: str, translation: str) -> bool:
    """True if a translation names what its text names; a form for one of something may leave the number out."""
    wanted = {part.partition("}")[0] for part in text.split("{")[1:]}
    given = {part.partition("}")[0] for part in translation.split("{")[1:]}
    return wanted == given and ("%Ln" in text or "%Ln" not in translation)


def complaints(folder: Path = FOLDER) -> list[str]:
    """What is missing, stale or not compiled in a folder of translations."""
    found = []
    with tempfile.TemporaryDirectory() as work:
        for source in sorted(folder.glob(f"{PREFIX}*.ts")):
            fresh = Path(work) / source.name
            shutil.copyfile(source, fresh)
            update(fresh)
            if fresh.read_bytes() != source.read_bytes():
                found.append(f"{source.name} is stale")
            compiled = fresh.with_suffix(".qm")
            compile_to(source, compiled)
            shipped = source.with_suffix(".qm")
            if not shipped.is_file() or shipped.read_bytes() != compiled.read_bytes():
                found.append(f"{shipped.name} is not what {source.name} says")
            found += [f"{source.name} has no (good) translation of {text!r}" for text in untranslated(source)]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Update and compile, or check; returns the exit code."""
    parser = argparse.ArgumentParser(description="Bring the translations up to date and compile them.")
    parser.add_argument("--check", action="store_true", help="change nothing; complain of what is missing or stale")
    parser.add_argument("--add", metavar="CODE", help="begin a language, for example de")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        found = complaints()
        print("\n".join(found) or "All translations are complete.")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    sources = {*FOLDER.glob(f"{PREFIX}*.ts"), FOLDER / f"{PREFIX}{ENGLISH}.ts"}
    if chosen.add:
        sources.add(FOLDER / f"{PREFIX}{chosen.add}.ts")
    for source in sorted(sources):
        update(source)
        compile_to(source, source.with_suffix(".qm"))
        missing = untranslated(source)
        if missing:
            print(f"{source.name}: {len(missing)} texts to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
