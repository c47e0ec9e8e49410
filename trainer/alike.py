"""Photos that look alike in a tree: which pairs there are, what the report says of them, and the groups they form."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from landmark_desktop.core.preprocess import InputSpec
from trainer.data import DataTree, Sample, batches, read_in_parallel
from trainer.duplicates import Features, Pair, chains, embedding_pairs, group_photos, hash_pairs, merge_pairs

HASH_DISTANCE: Final = 6
"""Bits in which the hashes of near-duplicates may differ. Among 11,452 photos, pairs up to 6 bits were of different
landmarks, and so certainly different pictures, in 3 of 25 cases, up to 8 bits in 14 of 61."""
_EMBEDDING_SIDE: Final = 224
_EMBEDDING_BATCH: Final = 8


@dataclass(frozen=True, slots=True)
class Examined:
    """A photo that could be read: its split, its name below the tree's root, the SHA-256 of its file, and the
    perceptual hashes of the picture and its mirror image (None where it is of one colour)."""

    split: str
    sample: Sample
    name: str
    digest: str
    hashes: tuple[int, int] | None


def find_by_hash(photos: Sequence[Examined], max_distance: int) -> list[Pair]:
    """Return the pairs whose perceptual hashes differ in at most ``max_distance`` bits."""
    positions = [position for position, photo in enumerate(photos) if photo.hashes is not None]
    pairs = hash_pairs([photo.hashes for photo in photos if photo.hashes is not None], max_distance)
    return [Pair(positions[p.first], positions[p.second], p.distance, p.mirrored) for p in pairs]


def find_by_embedding(photos: Sequence[Examined], min_similarity: float, threads: int) -> list[Pair]:
    """Return the pairs whose embeddings have at least that cosine similarity. Takes minutes for ten thousand photos,
    and 5 kB of memory a photo.

    Raises:
        TrainerError: a package that is needed is not installed.
    """
    positions, embeddings = embed([photo.sample for photo in photos], threads)
    pairs = embedding_pairs(embeddings, min_similarity)
    return [Pair(positions[p.first], positions[p.second], similarity=p.similarity) for p in pairs]


def embed(samples: Sequence[Sample], threads: int) -> tuple[list[int], Features]:
    """Return the positions of the readable photos and their embeddings ``[N, 1280]`` by the pretrained
    EfficientNet-Lite0 in ONNX Runtime, less the mean embedding: what all photos have in common says nothing about two
    of them."""
    from trainer.features import Embedding, in_onnx_runtime
    from trainer.models import build_model
    from trainer.transforms import EvalTransform

    spec = InputSpec(_EMBEDDING_SIDE, _EMBEDDING_SIDE, _EMBEDDING_SIDE)
    net = build_model("transfer", {"backbone": "efficientnet_lite0"}, 2, spec)
    compute = in_onnx_runtime(Embedding(net, single_view=True), spec, threads)
    transform = EvalTransform(spec)
    pictures = read_in_parallel([sample.path for sample in samples], lambda _index, image: transform(image), threads)
    bar = tqdm(pictures, total=len(samples), desc="embedding", unit="photo", disable=None)
    positions: list[int] = []
    rows: list[Features] = []
    for readable, images in batches(bar, _EMBEDDING_BATCH):  # the others have gone since they were examined
        positions.extend(readable)
        rows.append(compute(images))
    if not rows:
        return [], np.zeros((0, 1), dtype=np.float32)
    embeddings = np.concatenate(rows)
    return positions, embeddings - embeddings.mean(axis=0)


def group_names(photos: Sequence[Examined], pairs: Sequence[Pair]) -> list[str]:
    """Return the group of every photo: near-duplicates, copies, and photos of one group of the source belong together.
    A group is named after its first photo, so a photo that stands alone is a group of its own name."""
    links = [(pair.first, pair.second) for pair in pairs]
    links += chains([photo.digest for photo in photos])
    links += chains([photo.sample.group for photo in photos])
    return [photos[first].name for first in group_photos(len(photos), links)]


def describe(
    tree: DataTree, photos: Sequence[Examined], pairs: Sequence[Pair], max_distance: int, min_similarity: float | None
) -> dict[str, Any]:
    """Return what the report says of near-duplicates: counts, and every pair, those across splits first."""
    rows: list[dict[str, Any]] = []
    for pair in pairs:
        one, other = photos[pair.first], photos[pair.second]
        rows.append(
            {
                "photos": [one.name, other.name],
                "splits": [one.split, other.split],
                "landmarks": [tree.folder_of(one.sample), tree.folder_of(other.sample)],
                "distance": pair.distance,
                "mirrored": pair.mirrored,
                "similarity": None if pair.similarity is None else round(pair.similarity, 4),
            }
        )
    rows.sort(key=lambda row: (row["splits"][0] == row["splits"][1], _difference(row), row["photos"]))
    sizes = Counter(group_photos(len(photos), [(pair.first, pair.second) for pair in pairs]))
    return {
        "max_hash_distance": max_distance,
        "min_similarity": min_similarity,
        "across_splits": sum(row["splits"][0] != row["splits"][1] for row in rows),
        "across_landmarks": sum(row["landmarks"][0] != row["landmarks"][1] for row in rows),
        "groups": sum(size > 1 for size in sizes.values()),
        "pairs": rows,
    }


def _difference(row: dict[str, Any]) -> tuple[float, float]:
    """Smaller for pairs that are more alike; those found by the embedding only come last."""
    distance, similarity = row["distance"], row["similarity"]
    return (99.0 if distance is None else float(distance), 1.0 - (0.0 if similarity is None else float(similarity)))


def find_pairs(photos: Sequence[Examined], max_distance: int, min_similarity: float | None, threads: int) -> list[Pair]:
    """Return the near-duplicates by hash and, where a similarity is given, by embedding."""
    by_hash = find_by_hash(photos, max_distance)
    if min_similarity is None:
        return by_hash
    return merge_pairs(by_hash, find_by_embedding(photos, min_similarity, threads))
