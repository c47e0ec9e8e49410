"""The memory of training photos: which is most similar, whatever the scale of the embedding's directions."""

import pytest
import torch

from trainer.memory import Memory

CLASSES = 3


def drawn(photos: int = 60, numbers: int = 6, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Embeddings in two heaps a class, and their targets."""
    generator = torch.Generator().manual_seed(seed)
    targets = torch.arange(photos) % CLASSES
    heaps = torch.randn(CLASSES, 2, numbers, generator=generator) * 3.0
    sides = (torch.arange(photos) // CLASSES) % 2
    return heaps[targets, sides] + 0.2 * torch.randn(photos, numbers, generator=generator), targets


def fitted(embeddings: torch.Tensor, targets: torch.Tensor, dimensions: int = 6, photos: int = 99) -> Memory:
    return Memory.fit(embeddings, targets, CLASSES, dimensions=dimensions, photos=photos)


def test_a_remembered_photo_resembles_itself_most() -> None:
    embeddings, targets = drawn()
    similarity = fitted(embeddings, targets).similarity(embeddings)
    assert similarity.shape == (60, CLASSES)
    assert torch.equal(similarity.argmax(dim=1), targets)
    own = similarity.gather(1, targets[:, None])
    assert torch.allclose(own, torch.ones(60, 1), atol=2e-3)
    assert float(similarity.max()) <= 1.002


def test_the_similarity_is_that_of_the_nearest_photo_of_each_class() -> None:
    embeddings, targets = drawn(30)
    others, _ = drawn(7, seed=1)
    memory = fitted(embeddings, targets)
    whitened = [(x - memory.mean) @ memory.projection for x in (embeddings, others)]
    cosines = torch.nn.functional.cosine_similarity(whitened[1][:, None], whitened[0][None], dim=2)
    expected = torch.stack([cosines[:, targets == index].amax(dim=1) for index in range(CLASSES)], dim=1)
    assert torch.allclose(memory.similarity(others), expected, atol=2e-3)


def test_all_directions_of_the_embedding_count_alike() -> None:
    embeddings, targets = drawn()
    others, _ = drawn(9, seed=1)
    plain = fitted(embeddings, targets).similarity(others)
    scale = torch.tensor([6.0, 1.0, 0.5, 3.0, 1.0, 2.0])
    stretched = fitted(embeddings * scale + 4.0, targets).similarity(others * scale + 4.0)
    assert torch.allclose(plain, stretched, atol=5e-3)


def test_directions_without_variance_are_left_out() -> None:
    embeddings, targets = drawn()
    noisy = torch.cat((embeddings, 1e-5 * torch.randn(60, 4, generator=torch.Generator().manual_seed(3))), dim=1)
    assert fitted(noisy, targets, dimensions=10).size.dimensions == 6
    assert fitted(embeddings, targets, dimensions=2).size.dimensions == 2


def test_only_so_many_photos_of_a_class_are_remembered() -> None:
    embeddings, targets = drawn()
    memory = fitted(embeddings, targets, photos=4)
    assert memory.size.photos == 4
    similarity = memory.similarity(embeddings).gather(1, targets[:, None])
    assert int((similarity > 0.9985).sum()) >= 4 * CLASSES
    assert int((similarity > 0.99999).sum()) <= 4 * CLASSES


def test_a_class_with_few_photos_or_none_spoils_nothing() -> None:
    embeddings, targets = drawn()
    few = torch.where(targets == 2, torch.full_like(targets, -1), targets)
    few[2] = 2
    memory = fitted(embeddings, few)
    assert torch.equal(memory.similarity(embeddings[2:3]).argmax(dim=1), torch.tensor([2]))
    none = fitted(embeddings, torch.where(targets == 2, torch.full_like(targets, -1), targets))
    assert torch.equal(none.similarity(embeddings)[:, 2], torch.zeros(60))


def test_the_strength_scales_what_is_added_to_the_logits() -> None:
    embeddings, targets = drawn()
    memory = fitted(embeddings, targets)
    assert torch.equal(memory(embeddings), torch.zeros(60, CLASSES))
    memory.strength.fill_(2.5)
    assert torch.allclose(memory(embeddings), 2.5 * memory.similarity(embeddings))


@pytest.mark.parametrize("photos", [5, 99])
def test_a_saved_memory_reads_back_equal(photos: int) -> None:
    embeddings, targets = drawn()
    memory = fitted(embeddings, targets, photos=photos)
    memory.strength.fill_(3.0)
    again = Memory.like(memory.state_dict(), CLASSES)
    again.load_state_dict(memory.state_dict())
    assert again.size == memory.size
    assert torch.equal(again(embeddings), memory(embeddings))
