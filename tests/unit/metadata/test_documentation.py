"""The documentation says what the code does, because one table makes both."""

from pathlib import Path

from landmark_desktop.metadata.countries import ALPHA_3
from landmark_desktop.metadata.fields import FIELDS, GROUP_RULES, Group
from landmark_desktop.metadata.sidecar import SEED_GROUPS
from tools.metadata_page import renewed

PAGE = Path(__file__).parents[3] / "docs" / "metadata.md"


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    assert text == renewed(text), "run python -m tools.metadata_page"


def test_the_page_names_what_a_new_sidecar_starts_with() -> None:
    text = PAGE.read_text("utf-8")
    assert all(f"`{group}`" in text for group in SEED_GROUPS if group != "lmd")


def test_every_field_is_there_once_and_every_group_has_a_rule() -> None:
    keys = [field.key for field in FIELDS]
    assert len(set(keys)) == len(keys)
    assert set(GROUP_RULES) == set(Group) == {field.group for field in FIELDS}


def test_country_codes_have_two_and_three_letters() -> None:
    assert len(ALPHA_3) == 250
    assert len(set(ALPHA_3.values())) == 250
    assert all(len(two) == 2 and len(three) == 3 and (two + three).isupper() for two, three in ALPHA_3.items())
    assert {"FR": "FRA", "DE": "DEU", "US": "USA", "GB": "GBR", "CH": "CHE", "JP": "JPN"}.items() <= ALPHA_3.items()
