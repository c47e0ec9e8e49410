"""Finding a landmark by a few letters."""

import random
from time import perf_counter

import pytest

from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.ui.landmark_picker import RECENT_LANDMARKS, with_newest
from landmark_desktop.ui.landmark_search import LandmarkSearch
from tests.bundles import EIFFEL, PETRA, TAJ_MAHAL

FAMILIA = Landmark(
    "sagrada_familia",
    "Basilica of the Sagrada Família",
    "Sagrada Família",
    "church",
    Location("Sagrada Família", 41.4, 2.17, 500, city="Barcelona", country="Spain"),
)
PETRONAS = Landmark("petronas_towers", "Petronas Towers", "Menara Petronas")
LODZ = Landmark(
    "ksiezy_mlyn",
    "Księży Młyn",
    location=Location("Księży Młyn", 51.75, 19.48, 300, city="Łódź", region="Łódzkie", country="Poland"),
)
BASILICA = Landmark(
    "st_peters_basilica",
    "St. Peter's Basilica",
    "Basilica di San Pietro",
    location=Location("St. Peter's", 41.9, 12.45, 300, city="Vatican City", country="Holy See"),
)
ALL = (PETRONAS, EIFFEL, TAJ_MAHAL, PETRA, FAMILIA, LODZ, BASILICA)


def ids(text: str, *, recent: tuple[str, ...] = ()) -> list[str]:
    search = LandmarkSearch(ALL)
    search.prefer(recent)
    return [landmark.id for landmark in search.find(text)]


def test_without_text_all_are_listed_by_name() -> None:
    assert ids(" ") == [
        "sagrada_familia",
        "eiffel_tower",
        "ksiezy_mlyn",
        "petra",
        "petronas_towers",
        "st_peters_basilica",
        "taj_mahal",
    ]


def test_without_text_those_used_lately_come_first_and_unknown_ones_do_no_harm() -> None:
    found = ids("", recent=("taj_mahal", "of_another_bundle", "eiffel_tower"))
    assert found[:4] == ["taj_mahal", "eiffel_tower", "sagrada_familia", "ksiezy_mlyn"]
    assert len(found) == len(ALL)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("eif", "eiffel_tower"),
        ("tour", "eiffel_tower"),  # the local name
        ("familia", "sagrada_familia"),  # without the accent, in the middle
        ("FAMÍLIA", "sagrada_familia"),
        ("ताज", "taj_mahal"),
        ("barcelona", "sagrada_familia"),
        ("spain", "sagrada_familia"),
        ("lodz", "ksiezy_mlyn"),  # letters that Unicode does not take apart
        ("mlyn", "ksiezy_mlyn"),
        ("eftw", "eiffel_tower"),  # letters in order
        ("PETRA", "petra"),
        ("towers", "petronas_towers"),
        ("tower eiffel", "eiffel_tower"),  # words in any order
        ("eiffel par", "eiffel_tower"),  # name and city
        ("the taj mahal", "taj_mahal"),  # a short word that fits nothing
        ("tajmahal", "taj_mahal"),  # without its gap
        ("taj-mahal!", "taj_mahal"),
        ("st peters", "st_peters_basilica"),
        ("st. peter’s", "st_peters_basilica"),
    ],
)
def test_the_best_fit_comes_first(text: str, first: str) -> None:
    assert ids(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("eifel", "eiffel_tower"),  # a letter missing
        ("eifffel", "eiffel_tower"),  # one too many
        ("eoffel", "eiffel_tower"),  # another one
        ("ieffe", "eiffel_tower"),  # two in the wrong order, before the word is whole
        ("sagarda fmailia", "sagrada_familia"),
        ("barcalona", "sagrada_familia"),  # in the city
        ("petrnoas towres", "petronas_towers"),
        ("tajmahl", "taj_mahal"),
    ],
)
def test_slips_of_the_fingers_are_forgiven(text: str, first: str) -> None:
    assert ids(text)[0] == first


def test_short_words_and_numbers_forgive_nothing() -> None:
    assert ids("tak") == []
    pier = Landmark("pier_1945", "Pier 1945")
    assert LandmarkSearch([pier]).find("1946") == []


def test_what_is_typed_right_comes_before_what_may_be_an_error() -> None:
    tover = Landmark("tover", "Tover Hall")
    assert [landmark.id for landmark in LandmarkSearch([tover, EIFFEL]).find("tower")] == ["eiffel_tower", "tover"]


def test_a_beginning_beats_a_middle() -> None:
    assert ids("petr")[:2] == ["petra", "petronas_towers"]
    inner = Landmark("alpetra", "Alpetra")
    assert [landmark.id for landmark in LandmarkSearch([inner, PETRA]).find("petr")] == ["petra", "alpetra"]


def test_the_beginning_of_any_word_beats_the_middle_of_one() -> None:
    inner, second = Landmark("alpetra", "Alpetra"), Landmark("old_petra", "Old Petra")
    assert [landmark.id for landmark in LandmarkSearch([inner, second]).find("petr")] == ["old_petra", "alpetra"]


def test_a_name_beats_a_place_and_the_whole_name_beats_its_beginning() -> None:
    place = Location("x", 0, 0, 100, city="Petra")
    cathedral = Landmark("a_cathedral", "A Cathedral", location=place)
    great = Landmark("great", "Petra Bridge")
    found = LandmarkSearch([cathedral, great, PETRA]).find("petra")
    assert [landmark.id for landmark in found] == ["petra", "great", "a_cathedral"]


def test_of_those_that_fit_equally_well_the_one_used_lately_comes_first() -> None:
    north, south = Landmark("north", "Gate North"), Landmark("south", "Gate South")
    search = LandmarkSearch([north, south, PETRA])
    assert [landmark.id for landmark in search.find("gat")] == ["north", "south"]
    search.prefer(["petra", "south"])
    assert [landmark.id for landmark in search.find("gat")] == ["south", "north"]


def test_every_long_word_has_to_fit() -> None:
    assert ids("eiffel barcelona") == []


@pytest.mark.parametrize("text", ["xyzzy", "?!", "☃", "x" * 5000])
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    assert ids(text) == []


def test_a_bundle_without_landmarks_and_a_name_without_letters_are_searched() -> None:
    assert LandmarkSearch([]).find("a") == LandmarkSearch([]).find("") == []
    sign = Landmark("sign", "!!")
    assert LandmarkSearch([sign]).find("") == [sign]
    assert LandmarkSearch([sign]).find("petra") == []


def test_no_key_takes_longer_than_a_frame_with_5000_landmarks() -> None:
    rng = random.Random(3)
    parts = ("ba", "ka", "to", "mi", "ren", "sal", "vor", "pé", "sö", "cha", "dun", "ell", "burg", "stan")
    known = ["".join(rng.choices(parts, k=rng.randint(1, 4))) for _ in range(6000)]
    names = [" ".join(rng.choices(known, k=rng.randint(1, 4))).title() for _ in range(10_000)]
    landmarks = [
        Landmark(f"l{i}", names[i], names[-i], location=Location("x", 0, 0, 10, city=known[i], country=known[i % 200]))
        for i in range(5000)
    ]
    search = LandmarkSearch(landmarks)

    def seconds(text: str) -> float:
        began = perf_counter()
        search.find(text)
        return perf_counter() - began

    # Each text is new to the search, and the shortest of several times is that without other programs.
    for texts in (("b", "k", "t", "m"), ("sal", "vor", "mir", "dun"), ("salverda", "tomirena", "kabamito", "voresten")):
        assert min(seconds(text) for text in texts) < 0.016


def test_the_landmarks_used_lately_are_kept_without_doubles_and_end_somewhere() -> None:
    recent: list[str] = []
    for landmark_id in ("a", "b", "a", "c"):
        recent = with_newest(recent, landmark_id)
    assert recent == ["c", "a", "b"]
    for number in range(RECENT_LANDMARKS + 3):
        recent = with_newest(recent, str(number))
    assert len(recent) == RECENT_LANDMARKS
    assert recent[0] == str(RECENT_LANDMARKS + 2)
