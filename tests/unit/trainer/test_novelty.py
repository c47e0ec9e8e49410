"""Novelty scores: each ranks strangers above landmarks where its assumption holds, and the best one is chosen."""

import numpy as np
import pytest
import torch

from trainer import novelty
from trainer.metrics import NONE


def clusters(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Logits of three landmarks and a background class, embeddings, truth: landmarks lie in three directions."""
    generator = torch.Generator().manual_seed(seed)
    truth = torch.tensor([0, 1, 2, NONE] * 50)
    directions = torch.eye(4, 8)
    embeddings = 5.0 + 2.0 * directions[truth] + 0.3 * torch.randn(200, 8, generator=generator)
    logits = 4.0 * (embeddings - 5.0) @ directions.T
    return logits, embeddings, truth


def test_every_score_ranks_strangers_above_landmarks() -> None:
    logits, embeddings, truth = clusters()
    scores = novelty.candidates(embeddings, truth, 3, background=True)
    choice = novelty.choose(scores, logits, embeddings, truth.numpy())
    assert set(choice.auroc) == {"background", "energy", "max_logit", "prototype"}
    assert min(choice.auroc.values()) > 0.9


def test_the_score_with_the_largest_auroc_is_chosen() -> None:
    logits, embeddings, truth = clusters()
    useless = torch.zeros_like(logits)
    scores = novelty.candidates(embeddings, truth, 3, background=True)
    choice = novelty.choose(scores, useless, embeddings, truth.numpy())
    assert choice.name == "prototype"
    assert choice.auroc["energy"] == 0.5


def test_without_a_background_class_there_is_no_background_score() -> None:
    _, embeddings, truth = clusters()
    assert "background" not in novelty.candidates(embeddings, truth, 3, background=False)


def test_without_strangers_the_first_candidate_is_taken_unjudged() -> None:
    logits, embeddings, truth = clusters()
    known = truth != NONE
    scores = novelty.candidates(embeddings, truth, 3, background=False)
    choice = novelty.choose(scores, logits[known], embeddings[known], truth[known].numpy())
    assert (choice.name, choice.auroc) == ("energy", {})


@pytest.mark.parametrize("name", ["background", "energy", "max_logit", "prototype"])
def test_a_restored_score_gives_the_same_values(name: str) -> None:
    logits, embeddings, truth = clusters()
    score = novelty.candidates(embeddings, truth, 3, background=True)[name]
    again = novelty.restore(name, 3, dict(score.state_dict()))
    assert torch.equal(score(logits, embeddings), again(logits, embeddings))


def test_the_background_score_is_the_log_odds_of_the_background() -> None:
    logits = torch.tensor([[1.0, 2.0, 3.0]])
    background = logits.softmax(1)[0, 2]
    expected = torch.log(background / (1 - background))
    assert novelty.BackgroundScore()(logits, logits) == pytest.approx(float(expected), abs=1e-6)


def test_the_prototype_score_is_zero_at_a_prototype_and_two_opposite_to_all() -> None:
    score = novelty.PrototypeScore(torch.zeros(2), torch.tensor([[1.0, 0.0]]))
    values = score(torch.zeros(2, 1), torch.tensor([[3.0, 0.0], [-2.0, 0.0]]))
    assert np.allclose(values, [0.0, 2.0])
