"""Finding photos that show the same picture: perceptual hashes, embeddings, and the groups that follow from them.

The perceptual hash is that of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010):
the signs, about their median, of the 64 lowest frequencies of a 32×32 grey picture's discrete cosine transform. It
survives scaling, compression and small changes of colour, not cropping; the embedding of a network survives that too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

Hashes = npt.NDArray[np.uint64]
Features = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

HASH_SIDE: Final = 8
_GREY_SIDE: Final = 32
HASH_BITS: Final = HASH_SIDE * HASH_SIDE
MAX_HASH_DISTANCE: Final = 15
"""Above a quarter of the bits, different pictures come as close as equal ones."""
_BLOCK: Final = 2048
"""Rows and columns of one block of comparisons; its similarities take 16 MB."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photos, by their positions (``first < second``), that look alike: the Hamming distance of their hashes, or
    None; whether one is mirrored; the cosine similarity of their embeddings, or None."""

    first: int
    second: int
    distance: int | None = None
    mirrored: bool = False
    similarity: float | None = None


@cache
def _cosines() -> npt.NDArray[np.float64]:
    """The first rows of the matrix of the DCT-II, ``[8, 32]``; its scale does not matter to the hash."""
    frequency, sample = np.arange(HASH_SIDE)[:, None], np.arange(_GREY_SIDE)[None, :]
    return np.cos(np.pi * frequency * (2 * sample + 1) / (2 * _GREY_SIDE))


def perceptual_hashes(picture: Image.Image) -> tuple[int, int] | None:
    """Return the 64-bit hashes of a picture and of its mirror image, None where it has one colour only: all such
    pictures would have one hash.

    Mirroring changes only the signs of the odd horizontal frequencies (DCT-II), so the second hash costs nothing.
    """
    grey = picture.convert("L").resize((_GREY_SIDE, _GREY_SIDE), Image.Resampling.BOX)
    values = np.asarray(grey, dtype=np.float64)
    if values.std() < 1.0:
        return None
    cosines = _cosines()
    # Rounded, so that what is zero but for the last bits of floating point hashes the same everywhere.
    frequencies = np.round(cosines @ values @ cosines.T, 3)
    mirrored = frequencies * np.where(np.arange(HASH_SIDE) % 2 == 1, -1.0, 1.0)
    return _bits(frequencies), _bits(mirrored)


def _bits(frequencies: npt.NDArray[np.float64]) -> int:
    return int.from_bytes(np.packbits((frequencies > np.median(frequencies)).ravel()).tobytes(), "big")


def hash_pairs(hashes: Sequence[tuple[int, int]], max_distance: int) -> list[Pair]:
    """Return all pairs of photos whose hashes differ in at most ``max_distance`` bits, one of them mirrored or not.

    ``hashes`` are those of :func:`perceptual_hashes`. Two hashes that differ in at most d bits agree in at least one of
    d + 1 parts (the pigeonhole principle), so only photos that share a part are compared, which is far less than all
    with all.

    Raises:
        ValueError: a distance above ``MAX_HASH_DISTANCE`` or below zero.
    """
    if not 0 <= max_distance <= MAX_HASH_DISTANCE:
        raise ValueError(f"the distance must be in [0, {MAX_HASH_DISTANCE}], not {max_distance}")
    if len(hashes) < 2:
        return []
    plain = np.array([pair[0] for pair in hashes], dtype=np.uint64)
    mirrored = np.array([pair[1] for pair in hashes], dtype=np.uint64)
    found: dict[tuple[int, int], Pair] = {}
    for left, right in ((plain, plain), (plain, mirrored), (mirrored, plain)):
        for first, second, distance in _close(left, right, max_distance):
            known = found.get((first, second))
            if known is None or known.distance is None or distance < known.distance:
                found[first, second] = Pair(first, second, distance, left is not right)
    return [found[key] for key in sorted(found)]


def _close(left: Hashes, right: Hashes, max_distance: int) -> Iterator[tuple[int, int, int]]:
    """Yield positions in ``left`` and ``right``, the first below the second, and the distance of all close hashes; some
    more than once."""
    edges = np.linspace(0, HASH_BITS, max_distance + 2).astype(int)
    for low, high in pairwise(edges.tolist()):
        mask = np.uint64((1 << (high - low)) - 1)
        left_part, right_part = (left >> np.uint64(low)) & mask, (right >> np.uint64(low)) & mask
        left_order, right_order = np.argsort(left_part, kind="stable"), np.argsort(right_part, kind="stable")
        values, starts = np.unique(left_part[left_order], return_index=True)
        ends = np.append(starts[1:], len(left))
        right_sorted = right_part[right_order]
        right_starts, right_ends = np.searchsorted(right_sorted, values), np.searchsorted(right_sorted, values, "right")
        limits: list[list[int]] = np.stack([starts, ends, right_starts, right_ends], axis=1).tolist()
        for start, end, right_start, right_end in limits:
            rows, columns = left_order[start:end], right_order[right_start:right_end]
            yield from _compare(left, right, rows, columns, max_distance)


def _compare(
    left: Hashes, right: Hashes, rows: Indices, columns: Indices, max_distance: int
) -> Iterator[tuple[int, int, int]]:
    """Compare the hashes at ``rows`` of ``left`` with those at ``columns`` of ``right``, block by block, so that
    thousands of equal hashes (blank pictures) do not fill the memory."""
    for row in range(0, len(rows), _BLOCK):
        for column in range(0, len(columns), _BLOCK):
            here, there = rows[row : row + _BLOCK], columns[column : column + _BLOCK]
            distance = bit_count(left[here][:, None] ^ right[there][None, :])
            hits = np.nonzero((distance <= max_distance) & (here[:, None] < there[None, :]))
            yield from zip(
                here[hits[0]].tolist(), there[hits[1]].tolist(), distance[hits].astype(int).tolist(), strict=True
            )


def bit_count(values: Hashes) -> Hashes:
    """Return how many bits of each value are set (H. S. Warren, Hacker's Delight, figure 5-2)."""
    values = values - ((values >> np.uint64(1)) & np.uint64(0x5555555555555555))
    values = (values & np.uint64(0x3333333333333333)) + ((values >> np.uint64(2)) & np.uint64(0x3333333333333333))
    values = (values + (values >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (values * np.uint64(0x0101010101010101)) >> np.uint64(56)


def embedding_pairs(embeddings: Features, min_similarity: float) -> list[Pair]:
    """Return all pairs of embeddings ``[N, D]`` whose cosine similarity is at least ``min_similarity``.

    Block by block, so that not the whole ``[N, N]`` matrix but 16 MB of it are in memory at a time.
    """
    norms = np.linalg.norm(embeddings, axis=1, keepdims=True)
    unit = embeddings / np.maximum(norms, np.finfo(np.float32).tiny)
    found = []
    for row in range(0, len(unit), _BLOCK):
        for column in range(row, len(unit), _BLOCK):
            similarity = unit[row : row + _BLOCK] @ unit[column : column + _BLOCK].T
            rows, columns = np.nonzero(similarity >= min_similarity)
            for i, j, value in zip(rows + row, columns + column, similarity[rows, columns], strict=True):
                if i < j:
                    found.append(Pair(int(i), int(j), similarity=min(1.0, float(value))))
    return found


def merge_pairs(*kinds: Iterable[Pair]) -> list[Pair]:
    """Put what the hashes and what the embeddings found together, one entry a pair, in the order of the photos."""
    merged: dict[tuple[int, int], Pair] = {}
    for pair in (pair for pairs in kinds for pair in pairs):
        known = merged.get((pair.first, pair.second), pair)
        by_hash = known if known.distance is not None else pair
        similarity = known.similarity if known.similarity is not None else pair.similarity
        merged[pair.first, pair.second] = Pair(pair.first, pair.second, by_hash.distance, by_hash.mirrored, similarity)
    return [merged[key] for key in sorted(merged)]


def group_photos(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of ``count`` photos the first photo of its group, which all are linked to, directly or not.

    Union–find with path halving; the smaller position stays the root, so the result does not depend on the order.
    """
    parent = list(range(count))

    def root(position: int) -> int:
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    for one, other in links:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return [root(position) for position in range(count)]


def chains(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield links between positions that have the same key, for :func:`group_photos`; empty keys link nothing."""
    members: dict[str, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        if key:
            members[key].append(position)
    for positions in members.values():
        yield from pairwise(positions)
