"""Templates for folders: what they are filled with, and that every name they make is one that every system takes."""

import os
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.errors import ErrorCode, TransferError
from landmark_desktop.core.template import (
    DEFAULT_TEMPLATE,
    FIELDS,
    MAX_BYTES,
    Destination,
    Template,
    Values,
    clean_name,
    cut_bytes,
)
from tests.bundles import EIFFEL

PARIS = Values.of("IMG_1", EIFFEL.location, EIFFEL.name, datetime(2024, 5, 1, 10, 11, 12))
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
NOTHING = Values.of("IMG_1", None, "", None)


def folders(template: str, values: Values = PARIS) -> str:
    return "/".join(Template.parse(template).fill(values).folders)


def test_the_suggested_template_sorts_by_place_and_year() -> None:
    assert Template.parse(DEFAULT_TEMPLATE).fill(PARIS) == Destination(
        ("France", "Paris", "Eiffel Tower", "2024"), None
    )


def test_text_may_stand_between_fields_and_backslashes_part_folders_too() -> None:
    assert folders("Trips/{year}-{month}-{day} {city} ({country_code})") == "Trips/2024-05-01 Paris (FR)"
    assert folders("/{country}\\{region}/") == "France/Île-de-France"


def test_the_last_part_names_the_files_where_it_holds_their_name() -> None:
    assert Template.parse("{year}/{file} {landmark}").fill(PARIS) == Destination(("2024",), "IMG_1 Eiffel Tower")


def test_the_region_stands_for_a_city_that_is_not_known() -> None:
    assert EIFFEL.location is not None
    assert folders("{city}", Values("a", region="Wiltshire", city="Wiltshire")) == "Wiltshire"


def test_what_is_not_known_is_called_so_once() -> None:
    assert folders(DEFAULT_TEMPLATE, NOTHING) == "Unknown place/Unknown date"
    assert folders("{year}-{month}-{day}", NOTHING) == "Unknown date"
    assert folders("{landmark} {year}", NOTHING) == "Unknown place Unknown date"
    assert folders("{country}/{year}/{month}", Values("a", country="France")) == "France/Unknown date"
    assert folders("{country}/{city}/{landmark}", Values("a", country="France")) == "France/Unknown place"
    assert folders("{country}/{landmark} {year}", Values("a", country="Peru", landmark="Nazca")) == (
        "Peru/Nazca Unknown date"
    )


def test_folders_of_one_name_below_each_other_stay() -> None:
    assert folders("{country}/{city}", Values("a", country="Singapore", city="Singapore")) == "Singapore/Singapore"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{contry}", "there is no field “contry”"),
        ("{}", "there is no field “”"),
        ("{country", "a brace has no partner"),
        ("a}b", "a brace has no partner"),
        ("{country}//{year}", "a level of folders has no name"),
        ("", "a level of folders has no name"),
        ("../{country}", "“..” is no name for a folder"),
        ("{country}/. /x", "“. ” is no name for a folder"),
        ("{file}/{country}", "only be in the last part"),
    ],
)
def test_templates_that_cannot_work_are_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(TransferError) as caught:
        Template.parse(text)
    assert caught.value.code is ErrorCode.TEMPLATE_WRONG
    assert reason in caught.value.message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("St. John's", "St. John's"),
        ("A/B\\C", "A-B-C"),
        ("..", ""),
        ("../../etc", "-..-etc"),
        ("Washington D.C.", "Washington D.C"),
        ("  two \t\n spaces ", "two spaces"),
        (".hidden", "hidden"),
        ('a<b>c:d"e|f?g*h', "a-b-c-d-e-f-g-h"),
        ("con", "con_"),
        ("COM1.jpg", "COM1_.jpg"),
        ("lpt¹", "lpt¹_"),
        ("Conakry", "Conakry"),
        ("i\u0302le", "île"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\u200fתל אביב\u200e", "תל אביב"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (f"👩\u200d🚀 {SCOTLAND}", f"👩\u200d🚀 {SCOTLAND}"),
        ("a\x00b\x07c\x85", "abc"),
        ("caf\udce9", "caf"),
        ("\ufeffx\ufffe", "x"),
    ],
)
def test_names_come_as_close_to_the_text_as_every_file_system_allows(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_long_names_are_cut_at_a_character() -> None:
    name = clean_name("é" * 500)
    assert len(name.encode()) == MAX_BYTES
    assert set(name) == {"é"}
    assert cut_bytes("\udcff" * 5, 3) == "\udcff" * 3


def test_a_value_with_separators_opens_no_further_level() -> None:
    hostile = Values("../../x", country="../../etc", city="C:\\Windows", landmark="/root")
    filled = Template.parse("{country}/{city}/{landmark}/{file}").fill(hostile)
    assert filled == Destination(("-..-etc", "C--Windows", "-root"), "-..-x")


@given(st.text(max_size=300), st.text(max_size=40), st.sampled_from(sorted(FIELDS)))
def test_whatever_the_values_are_every_part_is_a_safe_name(value: str, other: str, field: str) -> None:
    values = Values(value, other, value, other, value, other, value)
    template = Template.parse(f"{{country}}/x {{{field}}}" if field == "file" else f"{{{field}}}/{{city}} {{file}}")
    filled = template.fill(values)
    for name in (*filled.folders, *([filled.stem] if filled.stem is not None else [])):
        assert name
        assert len(os.fsencode(name)) <= MAX_BYTES + 1  # the mark behind a device's name
        assert name == unicodedata.normalize("NFC", name).strip(" .")
        assert PurePosixPath(name).name == PureWindowsPath(name).name == name
        assert not PureWindowsPath(name).is_reserved()
        assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in name)


def test_the_documentation_lists_every_field() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "organising.md").read_text("utf-8")
    assert all(f"`{{{name}}}`" in page for name in FIELDS)
