"""Near-duplicates: hashes that survive scaling, compression and mirroring, the search, embeddings, groups."""

import io
import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from trainer.alike import Examined, describe, find_by_hash, group_names
from trainer.data import DataTree, Sample
from trainer.duplicates import (
    Pair,
    bit_count,
    chains,
    embedding_pairs,
    group_photos,
    hash_pairs,
    merge_pairs,
    perceptual_hashes,
)


def scene(seed: int, size: tuple[int, int] = (300, 200)) -> Image.Image:
    """A picture with structure in all sizes: a few random pixels, enlarged smoothly."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def hashes(picture: Image.Image) -> tuple[int, int]:
    found = perceptual_hashes(picture)
    assert found is not None
    return found


def apart(one: Image.Image, other: Image.Image) -> int:
    return (hashes(one)[0] ^ hashes(other)[0]).bit_count()


def test_the_hash_survives_scaling_compression_and_brightness() -> None:
    for seed in range(5):
        picture = scene(seed)
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=30)
        assert apart(picture, picture.resize((150, 100))) <= 4
        assert apart(picture, picture.resize((64, 64))) <= 4
        assert apart(picture, Image.open(stream)) <= 4
        assert apart(picture, picture.point(lambda value: value * 0.8 + 10)) <= 4


def test_hashes_of_different_pictures_are_far_apart() -> None:
    distances = [apart(scene(one), scene(other)) for one in range(8) for other in range(one)]
    assert min(distances) > 15


def test_the_second_hash_is_that_of_the_mirror_image() -> None:
    for seed in range(5):
        picture = scene(seed)
        mirrored = hashes(ImageOps.mirror(picture))
        assert (hashes(picture)[1] ^ mirrored[0]).bit_count() <= 2
        assert (hashes(picture)[0] ^ mirrored[1]).bit_count() <= 2


def test_the_hash_is_pinned() -> None:
    ramp = Image.fromarray(np.add.outer(np.arange(64), 2 * np.arange(64)).astype(np.uint8))
    assert [f"{value:016x}" for value in hashes(ramp)] == ["8000000000000000", "d500000000000000"]


def test_pictures_of_one_colour_have_no_hash() -> None:
    assert perceptual_hashes(Image.new("RGB", (50, 50), (3, 90, 200))) is None


@pytest.mark.parametrize("distance", [0, 3, 6, 11])
def test_the_search_finds_what_comparing_all_with_all_finds(distance: int) -> None:
    rng = np.random.default_rng(distance)
    values = [int(value) for value in rng.integers(0, 2**64, 60, dtype=np.uint64)]
    for position in range(40):  # neighbours at every distance around the limit
        flips = rng.choice(64, size=int(rng.integers(0, distance + 4)), replace=False)
        values.append(values[position] ^ sum(1 << int(bit) for bit in flips))
    others = [int(value) for value in rng.integers(0, 2**64, 100, dtype=np.uint64)]
    others[70] = values[3]
    pairs = list(zip(values, others, strict=True))
    expected = {}
    for first in range(100):
        for second in range(first + 1, 100):
            plain = (values[first] ^ values[second]).bit_count()
            mirror = min((values[first] ^ others[second]).bit_count(), (others[first] ^ values[second]).bit_count())
            if min(plain, mirror) <= distance:
                expected[first, second] = (min(plain, mirror), mirror < plain)
    found = {(p.first, p.second): (p.distance, p.mirrored) for p in hash_pairs(pairs, distance)}
    assert found == expected
    assert expected


def test_many_equal_hashes_are_compared_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.duplicates._BLOCK", 64)
    found = hash_pairs([(7, 1 << 60)] * 150, 0)
    assert {(pair.first, pair.second) for pair in found} == set(itertools.combinations(range(150), 2))
    assert len(found) == 150 * 149 // 2


def test_a_search_that_would_find_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="distance"):
        hash_pairs([(1, 2), (3, 4)], 16)
    assert hash_pairs([], 3) == hash_pairs([(1, 2)], 3) == []


def test_bits_are_counted() -> None:
    values = np.array([0, 1, 2**63, 2**64 - 1, 0x0123456789ABCDEF], dtype=np.uint64)
    assert bit_count(values).tolist() == [0, 1, 1, 64, 32]


def test_embeddings_are_compared_by_their_angle_across_blocks() -> None:
    rng = np.random.default_rng(0)
    embeddings = rng.standard_normal((2100, 16)).astype(np.float32)
    embeddings[2090] = 3.0 * embeddings[5]
    embeddings[7] = 0.0
    unit = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-30)
    rows, columns = np.nonzero(np.triu(unit @ unit.T, 1) >= 0.85)
    found = embedding_pairs(embeddings, 0.85)
    assert {(pair.first, pair.second) for pair in found} == set(zip(rows.tolist(), columns.tolist(), strict=True))
    best = next(pair for pair in found if (pair.first, pair.second) == (5, 2090))
    assert best.similarity == pytest.approx(1.0)
    assert all(pair.distance is None for pair in found)


def test_what_hash_and_embedding_found_is_put_together() -> None:
    merged = merge_pairs(
        [Pair(0, 1, 3), Pair(2, 3, 0, mirrored=True)], [Pair(0, 1, similarity=0.9), Pair(0, 2, similarity=0.8)]
    )
    assert merged == [Pair(0, 1, 3, False, 0.9), Pair(0, 2, None, False, 0.8), Pair(2, 3, 0, True)]


def test_groups_are_what_is_linked_directly_or_not() -> None:
    assert group_photos(6, [(4, 5), (3, 1), (5, 3)]) == [0, 1, 2, 1, 1, 1]
    assert group_photos(3, []) == [0, 1, 2]
    assert list(chains(["a", "", "b", "a", "", "a"])) == [(0, 3), (3, 5)]


def examined(number: int, split: str, landmark: int, picture: Image.Image, group: str = "") -> Examined:
    sample = Sample(Path(f"root/{number}.jpg"), landmark, group)
    return Examined(split, sample, f"{number}.jpg", f"digest{min(number, 4)}", perceptual_hashes(picture))


def test_groups_join_near_duplicates_copies_and_groups_of_the_source() -> None:
    blank = Image.new("RGB", (9, 9))
    photos = [
        examined(0, "train", 0, scene(0), "day"),
        examined(1, "train", 0, scene(1), "day"),
        examined(2, "val", 1, scene(1).resize((90, 60))),
        examined(3, "val", 1, blank),
        examined(4, "test", 1, blank),
        examined(5, "test", 1, scene(5)),  # a copy of 4 by its digest
    ]
    pairs = find_by_hash(photos, 4)
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 2)]
    assert group_names(photos, pairs) == ["0.jpg", "0.jpg", "0.jpg", "3.jpg", "4.jpg", "4.jpg"]
    tree = DataTree(Path("root"), "_none", ("a", "b"), {})
    report = describe(tree, photos, pairs, 4, None)
    assert (report["across_splits"], report["across_landmarks"], report["groups"]) == (1, 1, 1)
    assert report["pairs"][0]["photos"] == ["1.jpg", "2.jpg"]
    assert report["pairs"][0]["landmarks"] == ["a", "b"]
