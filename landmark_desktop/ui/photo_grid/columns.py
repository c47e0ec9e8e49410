"""What the grid shows of all photos, as columns: verdicts, shown landmarks, the search, and the orders.

The same rules as for a single tile (``core.agreement.verdict_of``, ``TileMaker``), for 100,000 photos within
milliseconds.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.agreement import distances_km, limits_km
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.positions import NO_POSITION, position_keys
from landmark_desktop.services.photo_rows import NO_GUESSES, NO_ID
from landmark_desktop.services.photo_table import PhotoTable, Slots
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, PlaceFilter, SortOrder
from landmark_desktop.ui.photo_grid.grouping import GroupBy, GroupKey, group_key, group_ranks
from landmark_desktop.ui.photo_grid.tile import Bucket, fold, named, search_words

BUCKETS: Final = (Bucket.LANDMARK, Bucket.UNSURE, Bucket.NONE, Bucket.ERRORS)
"""Buckets by their number in the column."""
_LANDMARK, _UNSURE, _NONE, _ERRORS, WAITING = range(5)
_NEEDED: Final = (
    *("guessed", "novelty", "landmarks", "confidences", "reviewed", "review_landmark", "failed"),
    *("latitude", "longitude"),
)
"""The columns of the table that buckets, landmarks and confidences are derived from."""
_CERTAINTY_RANK: Final = np.array([1, 0, 2, 4, 3], np.int8)
"""Least certain first, by bucket: unsure, landmark, none, waiting, errors."""


class TileColumns:
    """The derived columns over a table, for one bundle and one position of the "cautious … bold" slider."""

    def __init__(self, table: PhotoTable) -> None:
        self._table = table
        self._landmarks: Mapping[str, Landmark] = {}
        self._thresholds = Thresholds(1.0, 0.0, 0.0, 0.0)
        self._folded: list[str] = []
        self.clear()

    def clear(self) -> None:
        """The table was emptied."""
        self.bucket: NDArray[np.int8] = np.zeros(0, np.int8)
        self.landmark: NDArray[np.int32] = np.zeros(0, np.int32)
        self.confidence: NDArray[np.float64] = np.zeros(0)
        self._folded.clear()

    def use(self, landmarks: Mapping[str, Landmark], thresholds: Thresholds) -> None:
        """Judge by these from now on; everything is derived anew."""
        self._landmarks, self._thresholds = landmarks, thresholds
        self._derive(slice(self._table.size))

    def derive(self, slots: Slots) -> NDArray[np.bool_]:
        """Bring the columns of these slots up to date; tells for which of them something changed that orders photos."""
        for slot in slots[slots < len(self._folded)].tolist():
            self._folded[slot] = fold(self._table.names[slot])
        return self._derive(slots)

    def _derive(self, slots: Slots | slice) -> NDArray[np.bool_]:
        self._grow()
        table = self._table
        rows = {name: table.column(name)[slots] for name in _NEEDED}
        bucket = _buckets(rows, self._thresholds)
        self._weigh(bucket, rows)
        landmark, confidence = _shown(rows)
        changed: NDArray[np.bool_] = (
            (self.bucket[slots] != bucket)
            | (self.landmark[slots] != landmark)
            | (np.nan_to_num(self.confidence[slots]) != np.nan_to_num(confidence))
        )
        self.bucket[slots], self.landmark[slots], self.confidence[slots] = bucket, landmark, confidence
        return changed

    def judged(self, slots: Slots, thresholds: Thresholds) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """The buckets of these slots by other thresholds: by the model alone, and weighed with their positions. Changes
        nothing."""
        rows = {name: self._table.column(name) for name in _NEEDED}
        rows = {name: column[slots] if column.ndim == 1 else column[slots, :2] for name, column in rows.items()}
        alone = _buckets(rows, thresholds)
        weighed = alone.copy()
        self._weigh(weighed, rows)
        return alone, weighed

    def _weigh(self, bucket: NDArray[np.int8], rows: Mapping[str, NDArray[Any]]) -> None:
        """What the photos' own positions say of their first guesses (``core.agreement.weigh``)."""
        believed = (bucket == _LANDMARK) | (bucket == _UNSURE)
        which = np.flatnonzero(believed & ~np.isnan(rows["latitude"]) & ~np.isnan(rows["longitude"]))
        if not len(which):
            return
        numbers, place_of = np.unique(rows["landmarks"][which, 0], return_inverse=True)
        places = np.array([self._place(self._table.ids.texts[number]) for number in numbers.tolist()])[place_of]
        latitude, longitude, near, far = places.T
        away = distances_km(rows["latitude"][which], rows["longitude"][which], latitude, longitude)
        found = bucket[which]
        bucket[which[(found == _UNSURE) & (away <= near)]] = _LANDMARK
        bucket[which[(found == _LANDMARK) & (away > far)]] = _UNSURE

    def _place(self, landmark_id: str) -> tuple[float, float, float, float]:
        """Latitude, longitude, and the limits of agreement and conflict in km; NaN where a landmark has no place."""
        landmark = self._landmarks.get(landmark_id)
        if landmark is None or landmark.location is None:
            return (np.nan,) * 4
        return (landmark.location.latitude, landmark.location.longitude, *limits_km(landmark.location))

    def _grow(self) -> None:
        more = self._table.size - len(self.bucket)
        if more > 0:
            room = max(more, len(self.bucket) // 2)  # not each time some photos are added
            self.bucket = np.concatenate([self.bucket, np.full(room, WAITING, np.int8)])
            self.landmark = np.concatenate([self.landmark, np.full(room, NO_ID, np.int32)])
            self.confidence = np.concatenate([self.confidence, np.full(room, np.nan)])

    def counts(self) -> dict[Bucket, int]:
        """How many photos there are for each filter."""
        found = np.bincount(self.bucket[: self._table.size][self._table.present()], minlength=WAITING + 1)
        return {Bucket.ALL: int(found.sum()), **{name: int(found[number]) for number, name in enumerate(BUCKETS)}}

    def accepts(self, query: PhotoQuery, slots: Slots) -> NDArray[np.bool_]:
        """For each of these slots, whether its photo is there and is to be shown."""
        wanted: NDArray[np.bool_] = ~self._table.column("gone")[slots]
        if query.bucket is not Bucket.ALL:
            wanted &= self.bucket[slots] == BUCKETS.index(query.bucket)
        if query.folder is not None:
            inside = [path == query.folder or query.folder in path.parents for path in self._table.folder_paths()]
            wanted &= np.array(inside, np.bool_)[self._table.column("folder")[slots]]
        if query.place is not None:
            wanted &= self._at(query.place, slots)
        for word in query.words:
            which = np.flatnonzero(wanted)
            wanted[which] = self._has_word(word, slots[which])
        return wanted

    def placed(self, slots: Slots) -> NDArray[np.int32]:
        """The landmarks (numbers of texts) that photos are counted at: the accepted one, or the first guess where it is
        believed and nobody has answered; ``NO_ID`` elsewhere."""
        column = self._table.column
        believed = (self.bucket[slots] == _LANDMARK) | (self.bucket[slots] == _UNSURE)
        counted = (column("review_landmark")[slots] != NO_ID) | (believed & ~column("reviewed")[slots])
        return np.where(counted, self.landmark[slots], NO_ID).astype(np.int32)

    def own_positions(self, slots: Slots) -> NDArray[np.int64]:
        """The positions (see ``core.positions``) of photos with a position of their own that are at no landmark."""
        keys = position_keys(self._table.column("latitude")[slots], self._table.column("longitude")[slots])
        return np.where(self.placed(slots) == NO_ID, keys, NO_POSITION)

    def _at(self, place: PlaceFilter, slots: Slots) -> NDArray[np.bool_]:
        # One more, for NO_ID, which is the last of the list.
        among = np.array([*(text in place.landmarks for text in self._table.ids.texts), False], np.bool_)
        found: NDArray[np.bool_] = among[self.placed(slots)]
        if place.positions:
            found |= np.isin(self.own_positions(slots), np.fromiter(place.positions, np.int64))
        return found

    def _has_word(self, word: str, slots: Slots) -> NDArray[np.bool_]:
        names, folded = self._table.names, self._folded
        if len(folded) < len(names):
            folded += [fold(name) for name in names[len(folded) :]]
        if len(slots) == len(folded):
            in_name = np.array([word in name for name in folded], np.bool_)[slots]
        else:
            in_name = np.array([word in folded[slot] for slot in slots.tolist()], np.bool_)
        ids = self._table.ids.texts
        matching = np.array([word in search_words(named(self._landmarks, text)) for text in ids], np.bool_)
        if not len(matching):
            return in_name
        shown = self.landmark[slots]
        # Nobody searches for a guess that nobody believes.
        believed = (self.bucket[slots] != _NONE) | self._table.column("reviewed")[slots]
        found: NDArray[np.bool_] = in_name | ((shown != NO_ID) & believed & matching[shown])
        return found

    def select(self, query: PhotoQuery) -> Slots:
        """The slots of the photos to show, in order."""
        slots = np.arange(self._table.size, dtype=np.int32)
        return self.arranged(query, slots[self.accepts(query, slots)])

    def arranged(self, query: PhotoQuery, slots: Slots) -> Slots:
        """These slots in the order of a query, group after group."""
        slots = self.ordered(query.order, slots)
        if query.group is GroupBy.NOTHING:
            return slots
        return slots[np.argsort(self.group_ranks(query.group, slots), kind="stable")]

    def group_ranks(self, by: GroupBy, slots: Slots) -> NDArray[Any]:
        """For each slot the place of its group among the groups."""
        return group_ranks(by, self._table, self._landmarks, self.placed, slots)

    def group_key(self, by: GroupBy, slot: int) -> GroupKey:
        """The group of one photo."""
        return group_key(by, self._table, self._landmarks, self.placed, slot)

    def ordered(self, order: SortOrder, slots: Slots) -> Slots:
        """These slots in order; folder and name decide between equals."""
        slots = self._table.in_order(slots)
        if order is SortOrder.DATE:
            return slots[np.argsort(self._table.column("taken")[slots], kind="stable")]  # NaT sorts last
        confidence = np.nan_to_num(self.confidence)
        if order is SortOrder.CONFIDENCE:
            return slots[np.argsort(-confidence[slots], kind="stable")]
        if order is SortOrder.LEAST_CERTAIN:
            slots = slots[np.argsort(confidence[slots], kind="stable")]
            return slots[np.argsort(_CERTAINTY_RANK[self.bucket[slots]], kind="stable")]
        if order is SortOrder.LANDMARK:
            slots = slots[np.argsort(-confidence[slots], kind="stable")]
            return slots[np.argsort(self._landmark_ranks(slots), kind="stable")]
        return slots

    def _landmark_ranks(self, slots: Slots) -> NDArray[Any]:
        """For each slot the place of its landmark's name in the alphabet; photos without one come last."""
        names = [named(self._landmarks, text).name for text in self._table.ids.texts]
        places = {name: place for place, name in enumerate(sorted(set(names)))}
        # The last one is for NO_ID. Small numbers are sorted by radix, in a tenth of the time.
        rank_of = np.array(
            [*(places[name] for name in names), len(names)], np.int16 if len(names) < 1 << 15 else np.int32
        )
        ranks: NDArray[Any] = rank_of[self.placed(slots)]
        return ranks


def _buckets(rows: Mapping[str, NDArray[Any]], thresholds: Thresholds) -> NDArray[np.int8]:
    """The buckets of many photos: ``core.guess.decide``, and errors before all."""
    guessed = rows["guessed"]
    first = np.where(guessed > 0, rows["confidences"][:, 0], 0.0)
    second = np.where(guessed > 1, rows["confidences"][:, 1], 0.0)
    sure = (first >= thresholds.accept) & (first - second >= thresholds.margin)
    nothing = (guessed == 0) | (rows["novelty"] > thresholds.novelty_limit) | (first < thresholds.reject)
    bucket = np.where(nothing, _NONE, np.where(sure, _LANDMARK, _UNSURE))
    bucket[guessed == NO_GUESSES] = WAITING
    bucket[rows["failed"]] = _ERRORS
    return bucket.astype(np.int8)


def _shown(rows: Mapping[str, NDArray[Any]]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Landmark and confidence that tiles show: of the review, else of the first guess (see ``TileMaker``)."""
    guessed, landmarks, confidences = rows["guessed"], rows["landmarks"], rows["confidences"]
    has_guess = guessed > 0
    landmark = np.where(has_guess, landmarks[:, 0], NO_ID)
    confidence = np.where(has_guess, confidences[:, 0], np.nan)
    reviewed = rows["reviewed"]
    landmark[reviewed] = rows["review_landmark"][reviewed]
    confidence[reviewed] = np.nan
    accepted = np.flatnonzero(rows["review_landmark"] != NO_ID)
    within = np.arange(landmarks.shape[1]) < guessed[accepted, None]
    match = (landmarks[accepted] == rows["review_landmark"][accepted, None]) & within
    has_match = match.any(axis=1)
    confidence[accepted[has_match]] = confidences[accepted[has_match], match[has_match].argmax(axis=1)]
    return landmark.astype(np.int32), confidence
