"""Finding landmarks by what a person types: parts of names and places, in any order, with slips of the fingers.

Each word that is typed is compared with all different words of the names and places once; what a landmark costs is
the sum over the typed words of its cheapest word. Typing errors are counted as optimal string alignment (insert,
delete, change, swap of neighbours) by RapidFuzz, against the beginnings of words, for people search while they type.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from landmark_desktop.core.location import Landmark
from landmark_desktop.ui.photo_grid.tile import fold

NO_FIT: Final = 10_000
"""Cost of a word that fits nothing; more than all words of a search may cost together."""
LEFT_OUT: Final = 30
"""Cost of a short word ("the", "in") that fits nothing, where a longer one fits."""
MOST_WORDS: Final = 12
_COMMON_LENGTHS: Final = range(3, 11)
"""Lengths of beginnings that are prepared; those of longer words are made when one is typed."""
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼ`´")


class _Source(IntEnum):
    """Where a word of a landmark comes from."""

    NAME = 0
    PLACE = 1
    GLUED = 2  # a name written as one word: "tajmahal" finds it, but not letters across its gaps


_EXACT: Final = np.array([0, 5, 2])
_BEGINS: Final = np.array([1, 6, 3])
_INSIDE: Final = np.array([3, 7, NO_FIT])
_TYPO: Final = np.array([10, 14, 12])
_PER_TYPO: Final = 4


class _Breaks(dict[int, str]):
    """For `str.translate`: punctuation, symbols and gaps become spaces. Marks of Indic vowels stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = " " if unicodedata.category(character)[0] in "PSZC" else character
        return self[code]


_BREAKS: Final = _Breaks()


def words(text: str) -> list[str]:
    """The folded words of a text: lower case, without accents and punctuation."""
    return fold(text).translate(_BREAKS).split()


def typos_allowed(word: str) -> int:
    """How many typing errors a typed word may have: short ones none, for they would fit everything."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


class LandmarkSearch:
    """The landmarks of a bundle, ready to be searched at each key."""

    def __init__(self, landmarks: Iterable[Landmark]) -> None:
        named = sorted(((fold(landmark.name), landmark) for landmark in landmarks), key=lambda item: item[0])
        self._landmarks = [landmark for _, landmark in named]
        self._recency = np.zeros(len(self._landmarks), np.int64)
        self._names: list[str] = []  # of a landmark, each between line breaks
        ids: dict[str, int] = {}
        flat: list[int] = []
        sources: list[int] = []
        starts: list[int] = []
        for landmark in self._landmarks:
            starts.append(len(flat))
            phrases = []
            for name in dict.fromkeys((landmark.name, landmark.local_name)):
                parts = words(name)
                phrases.append(" ".join(parts))
                bare = name.translate(_APOSTROPHES)
                joined = ["".join(parts), *(words(bare) if bare != name else ())]
                glued = [word for word in joined if word not in parts]
                for source, group in ((_Source.NAME, parts or [""]), (_Source.GLUED, glued)):
                    flat += [ids.setdefault(word, len(ids)) for word in group]
                    sources += [source] * len(group)
            self._names.append("\n".join(("", *phrases, "")))
            place = _place_words(landmark)
            flat += [ids.setdefault(word, len(ids)) for word in place]
            sources += [_Source.PLACE] * len(place)
        self._vocabulary = list(ids)
        self._flat = np.array(flat, np.int64)
        self._sources = np.array(sources, np.int64)
        self._starts = np.array(starts, np.int64)
        self._cuts: dict[int, tuple[list[str], NDArray[np.intp]]] = {}
        self._known_costs: dict[str, NDArray[np.int64]] = {}
        for length in _COMMON_LENGTHS:
            self._cut(length)

    def __len__(self) -> int:
        return len(self._landmarks)

    def prefer(self, recent: Sequence[str]) -> None:
        """Put the landmarks of these ids first, in this order, where nothing is typed, and among those that fit
        equally well. Ids that the bundle does not know are ignored."""
        order = {landmark_id: i for i, landmark_id in enumerate(recent)}
        self._recency = np.array([order.get(landmark.id, len(recent)) for landmark in self._landmarks], np.int64)

    def find(self, text: str) -> list[Landmark]:
        """The landmarks that fit ``text``, best first; where it is empty all of them, those that are preferred first.

        Every word has to fit a word of the names, the city, the region or the country; short ones may be left out.
        The whole name beats the beginning of a name, then come words, beginnings of words, parts of words, places, and
        last words with typing errors. Where nothing fits so, the letters may be anywhere in a name, in their order
        ("eftw" finds the Eiffel Tower).
        """
        typed = words(text)[:MOST_WORDS]
        if not self._landmarks:
            return []
        if not typed:
            return self._sorted(np.zeros(len(self._landmarks), np.int64)) if not text.strip() else []
        costs = np.stack([self._word_costs(word) for word in typed])
        long = np.array([len(word) > 3 for word in typed])
        if long.any():
            costs[~long] = np.minimum(costs[~long], LEFT_OUT)
        total = costs.sum(axis=0)
        if (total >= NO_FIT).all():
            return self._sorted(self._letters_in_order("".join(typed)))
        phrase = " ".join(typed)
        for i in np.flatnonzero(total <= len(typed) * int(_BEGINS[_Source.NAME])).tolist():
            if f"\n{phrase}" in self._names[i]:
                total[i] = -2 if f"\n{phrase}\n" in self._names[i] else -1
        return self._sorted(total)

    def _sorted(self, costs: NDArray[np.int64]) -> list[Landmark]:
        """The landmarks that fit, by cost, then as preferred, then by name."""
        order = np.lexsort((self._recency, costs))  # stable: what is equal stays in the order of names
        return [self._landmarks[i] for i in order[: np.count_nonzero(costs < NO_FIT)].tolist()]

    def _word_costs(self, word: str) -> NDArray[np.int64]:
        """What a typed word costs each landmark, ``int64[landmarks]``; kept: a key changes only the last word."""
        if word not in self._known_costs:
            if len(self._known_costs) > MOST_WORDS:
                del self._known_costs[next(iter(self._known_costs))]  # the oldest
            self._known_costs[word] = self._new_costs(word)
        return self._known_costs[word]

    def _new_costs(self, word: str) -> NDArray[np.int64]:
        table = np.full((len(_Source), len(self._vocabulary)), NO_FIT, np.int64)
        typos = self._typos(word)
        slipped = typos >= 0
        table[:, slipped] = _TYPO[:, None] + _PER_TYPO * typos[slipped]
        hits = [i for i, known in enumerate(self._vocabulary) if word in known]
        begins = [i for i in hits if self._vocabulary[i].startswith(word)]
        if len(word) > 1:  # one letter is inside of nearly everything
            table[:, hits] = np.minimum(table[:, hits], _INSIDE[:, None])
        table[:, begins] = _BEGINS[:, None]
        table[:, [i for i in begins if len(self._vocabulary[i]) == len(word)]] = _EXACT[:, None]
        return np.asarray(np.minimum.reduceat(table[self._sources, self._flat], self._starts), np.int64)

    def _typos(self, word: str) -> NDArray[np.int64]:
        """Typing errors between the word and the beginning of each known word; −1 where there are too many."""
        allowed = typos_allowed(word)
        if not allowed:
            return np.full(len(self._vocabulary), -1, np.int64)
        fewest = np.full(len(self._vocabulary), allowed + 1, np.int64)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            beginnings, which = self._cut(length)
            distances = cdist([word], beginnings, scorer=OSA.distance, score_cutoff=allowed, dtype=np.int32)[0]
            np.minimum(fewest, distances[which], out=fewest)
        return np.where(fewest > allowed, -1, fewest)

    def _cut(self, length: int) -> tuple[list[str], NDArray[np.intp]]:
        """The different beginnings of this length of the known words, and which of them each word has."""
        if length not in self._cuts:
            ids: dict[str, int] = {}
            which = [ids.setdefault(word[:length], len(ids)) for word in self._vocabulary]
            self._cuts[length] = list(ids), np.array(which, np.intp)
        return self._cuts[length]

    def _letters_in_order(self, letters: str) -> NDArray[np.int64]:
        """How many letters apart the typed letters are in each landmark's names, from the beginning of a word."""
        costs = np.full(len(self._landmarks), NO_FIT, np.int64)
        if len(letters) < 2:
            return costs
        # Each gap ends at the first letter that fits: the search is linear, however long the text.
        gaps = (rf"[^\n{re.escape(letter)}]*{re.escape(letter)}" for letter in letters[1:])
        pattern = re.compile(rf"(?<!\S){re.escape(letters[0])}{''.join(gaps)}")
        for i, names in enumerate(self._names):
            for found in pattern.finditer(names):
                costs[i] = min(costs[i], found.end() - found.start())
        return costs


def _place_words(landmark: Landmark) -> list[str]:
    place = landmark.location
    if place is None:
        return []
    return [word for part in (place.city, place.region, place.country) for word in words(part)]
