"""Translations are complete, fit their texts, and are compiled; the check finds what is not."""

import ast
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ERROR_TEXTS
from landmark_desktop.services.settings import TABLE
from tools import translations
from tools.translations import FOLDER, SOURCES, complaints, reason_texts, tables_as_source, untranslated

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>X</name>
<message><source>{0} of {1}</source><translation>%s</translation></message>
<message numerus="yes"><source>%%Ln photo(s)</source><translation%s>%s</translation></message>
</context></TS>
"""
FORMS = "<numerusform>ein Foto</numerusform><numerusform>%Ln Fotos</numerusform>"


def test_all_translations_that_are_shipped_are_complete_current_and_compiled() -> None:
    assert complaints() == [], "run python -m tools.translations"


def test_the_texts_of_the_tables_are_found() -> None:
    source = tables_as_source()
    for text in ERROR_TEXTS.values():
        assert repr(text.message) in source
        assert repr(text.remedy) in source
    for setting in TABLE:
        assert repr(setting.label) in source


def test_reasons_are_found_wherever_they_stand() -> None:
    reasons = set(reason_texts())
    assert {
        "no NVIDIA driver was found",  # returned
        "this program was packed without CUDA",  # or returned
        "the CPU was chosen in the settings",  # assigned
        "its XMP is damaged",  # of an exception
        "it has no pixels",  # of a known error
        "the bundle's int8 model is the faster one on the CPU",  # in a table
    } <= reasons
    source = tables_as_source()
    assert all(repr(reason) in source for reason in reasons)


@pytest.mark.parametrize(
    ("first", "state", "forms", "missing"),
    [
        ("{0} von {1}", "", FORMS, []),
        ("von {0} die {1}", "", FORMS, []),
        ("", "", FORMS, ["{0} of {1}"]),
        ("{0} von {2}", "", FORMS, ["{0} of {1}"]),
        ("{0} von {1}", ' type="unfinished"', FORMS, ["%Ln photo(s)"]),
        ("{0} von {1}", "", "<numerusform>ein Foto</numerusform><numerusform></numerusform>", ["%Ln photo(s)"]),
        ("{0} von {1} %Ln", "", FORMS, ["{0} of {1}"]),
    ],
)
def test_a_translation_has_all_forms_and_the_parameters_of_its_text(
    tmp_path: Path, first: str, state: str, forms: str, missing: list[str]
) -> None:
    source = tmp_path / "landmark_desktop_de.ts"
    source.write_text(TS % (first, state, forms), "utf-8")
    assert untranslated(source) == missing


def test_another_language_has_all_texts_to_translate_and_the_check_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(FOLDER, tmp_path / "i18n")
    monkeypatch.setattr(translations, "FOLDER", tmp_path / "i18n")
    assert translations.main(["--add", "xx"]) == 0
    added = tmp_path / "i18n" / "landmark_desktop_xx.ts"
    texts = untranslated(added)
    assert len(texts) > 400
    assert ERROR_TEXTS[next(iter(ERROR_TEXTS))].remedy in texts
    assert TABLE[0].label in texts
    assert "Open a folder" in texts
    assert added.with_suffix(".qm").is_file()
    assert any("has no (good) translation" in line for line in complaints(tmp_path / "i18n"))


def texts_in_sources() -> set[str]:
    """What the window hands to ``tr`` and its like, as literals."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name, len(node.args))
                text = node.args[place] if place < len(node.args) else None
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.add(text.value)
    return found


def test_every_text_of_the_window_is_found(tmp_path: Path) -> None:
    """``lupdate`` is silent about calls that it does not understand."""
    added = tmp_path / "landmark_desktop_xx.ts"
    translations.update(added)
    known = {message.findtext("source") for message in ET.parse(added).getroot().iter("message")}
    assert len(texts_in_sources()) > 400
    assert texts_in_sources() <= known


def test_a_text_that_was_changed_makes_its_translation_stale(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "i18n")
    english = tmp_path / "i18n" / "landmark_desktop_en.ts"
    english.write_text(english.read_text("utf-8").replace("Would tag %Ln photo(s)", "Tags %Ln photo(s)"), "utf-8")
    found = complaints(tmp_path / "i18n")
    assert "landmark_desktop_en.ts is stale" in found
    assert "landmark_desktop_en.qm is not what landmark_desktop_en.ts says" in found
