"""Novelty scores: each ranks strangers above landmarks where its assumption holds, and the best one is chosen."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch import nn

from trainer import novelty
from trainer.config import NoveltyConfig
from trainer.errors import TrainerError
from trainer.metrics import NONE, auroc
from trainer.novelty.autoencoders import ConvAutoencoder, LinearAutoencoder
from trainer.novelty.combination import cross_validated, fit_weights

CONFIG = NoveltyConfig(components=4, autoencoder_epochs=40)
NOTHING = novelty.Seen(torch.zeros(0, 4), torch.zeros(0, 8), lambda: iter(()))


def clusters(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Logits of three landmarks and a background class, embeddings, truth: landmarks lie in three directions."""
    generator = torch.Generator().manual_seed(seed)
    truth = torch.tensor([0, 1, 2, NONE] * 50)
    directions = torch.eye(4, 8)
    embeddings = 5.0 + 2.0 * directions[truth] + 0.3 * torch.randn(200, 8, generator=generator)
    logits = 4.0 * (embeddings - 5.0) @ directions.T
    return logits, embeddings, truth


def maps_of(embeddings: torch.Tensor, seed: int = 0) -> torch.Tensor:
    """Feature maps whose mean is the embedding, nearly."""
    noise = 0.1 * torch.randn(len(embeddings), embeddings.shape[1], 4, 5, generator=torch.Generator().manual_seed(seed))
    return embeddings[:, :, None, None] + noise


def source(maps: torch.Tensor) -> Callable[[], Iterator[torch.Tensor]]:
    return lambda: iter(maps.split(32))


def made(*, background: bool = True, config: NoveltyConfig = CONFIG) -> dict[str, nn.Module]:
    _, embeddings, truth = clusters(1)
    maps = maps_of(embeddings[truth != NONE])
    training = novelty.Training(embeddings, truth.numpy(), source(maps))
    return novelty.candidates(training, 3, config, background=background, seed=1)


def seen(logits: torch.Tensor, embeddings: torch.Tensor) -> novelty.Seen:
    return novelty.Seen(logits, embeddings, source(maps_of(embeddings)))


ALL = {
    "background",
    "confidence",
    "energy",
    "max_logit",
    "prototype",
    "linear_autoencoder",
    "conv_autoencoder",
}


def test_every_score_ranks_strangers_above_landmarks() -> None:
    logits, embeddings, truth = clusters()
    choice = novelty.choose(made(), seen(logits, embeddings), truth.numpy(), NOTHING, CONFIG, seed=1)
    assert set(choice.auroc) == {*ALL, " + ".join(made())}
    # These maps are noise without a shape in space, of which the convolutional autoencoder can say nothing.
    assert min(area for name, area in choice.auroc.items() if name != "conv_autoencoder") > 0.9
    assert choice.auroc_left_out == {}


def shaped(count: int, seed: int) -> torch.Tensor:
    """Feature maps ``[count, 6, 8, 8]`` in which three shapes appear, weak or strong."""
    generator = torch.Generator().manual_seed(seed)
    shapes = torch.nn.functional.interpolate(
        torch.randn(3, 6, 2, 2, generator=torch.Generator().manual_seed(0)), size=(8, 8), mode="bilinear"
    )
    chosen = shapes[torch.randint(3, (count,), generator=generator)]
    strength = 0.5 + 2.0 * torch.rand(count, 1, 1, 1, generator=generator)
    return strength * (chosen + 0.1 * torch.randn(count, 6, 8, 8, generator=generator))


def test_the_convolutional_autoencoder_finds_shapes_it_has_not_seen_however_weak_or_strong() -> None:
    model = ConvAutoencoder.fit(iter(shaped(200, 1).split(32)), epochs=30, seed=1)
    known = shaped(60, 2)
    places = torch.randperm(64, generator=torch.Generator().manual_seed(3))
    strangers = shaped(60, 4).flatten(2)[:, :, places].unflatten(2, (8, 8))  # the same cells, elsewhere
    values = [model(maps, maps, maps).numpy() for maps in (known, strangers)]
    assert auroc(*values) > 0.95


def test_the_score_with_the_largest_auroc_is_chosen() -> None:
    logits, embeddings, truth = clusters()
    scores = {name: made()[name] for name in ("energy", "prototype")}
    choice = novelty.choose(scores, seen(torch.zeros_like(logits), embeddings), truth.numpy(), NOTHING, CONFIG, seed=1)
    assert choice.auroc["energy"] == 0.5
    assert choice.auroc["prototype"] > 0.9
    assert choice.name != "energy"
    assert choice.auroc[choice.name] == max(choice.auroc.values())


class Fixed(nn.Module):
    """A score that stands in the first column of the logits."""

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column

    def forward(self, logits: torch.Tensor, *_other: torch.Tensor) -> torch.Tensor:
        return logits[:, self.column]


@pytest.mark.parametrize(("judged_by", "expected"), [("none", "a"), ("left_out", "b"), ("mean", "b")])
def test_the_configuration_says_which_strangers_decide(judged_by: str, expected: str) -> None:
    # The first score finds photos of none, the second finds left-out landmarks and most photos of none.
    truth = np.array([0] * 10 + [NONE] * 4)
    val = torch.zeros(14, 2)
    val[10:, 0] = 1.0
    val[10:13, 1] = 1.0
    left_out = torch.tensor([[0.0, 1.0]] * 4)
    config = NoveltyConfig(judged_by=judged_by)  # type: ignore[arg-type]  # parametrised
    choice = novelty.choose(
        {"a": Fixed(0), "b": Fixed(1)}, novelty.Seen(val, val), truth, novelty.Seen(left_out, left_out), config, seed=1
    )
    assert choice.name == expected
    assert choice.auroc == {"a": 1.0, "b": 0.875}
    assert choice.auroc_left_out == {"a": 0.5, "b": 1.0}
    assert len(choice.val) == 14
    assert len(choice.left_out) == 4


def test_a_configured_score_overrules_the_comparison() -> None:
    logits, embeddings, truth = clusters()
    photos = seen(logits, embeddings)
    for name in ("energy", "combination"):
        config = NoveltyConfig(score=name)  # type: ignore[arg-type]  # a Literal
        choice = novelty.choose(made(), photos, truth.numpy(), NOTHING, config, seed=1)
        assert choice.name == (name if name == "energy" else " + ".join(made()))
    with pytest.raises(TrainerError, match="'background' cannot be used"):
        novelty.choose(
            made(background=False), photos, truth.numpy(), NOTHING, NoveltyConfig(score="background"), seed=1
        )


def test_without_a_background_class_there_is_no_background_score() -> None:
    assert "background" not in made(background=False)


def test_without_photos_for_it_there_is_no_convolutional_autoencoder() -> None:
    assert "conv_autoencoder" not in made(config=NoveltyConfig(autoencoder_photos=0))


def test_without_strangers_the_first_candidate_is_taken_unjudged() -> None:
    logits, embeddings, truth = clusters()
    known = truth != NONE
    choice = novelty.choose(
        made(background=False), seen(logits[known], embeddings[known]), truth[known].numpy(), NOTHING, CONFIG, seed=1
    )
    assert (choice.name, choice.auroc) == ("confidence", {})
    assert "no photos to compare" in novelty.table(choice.name, choice.auroc, choice.auroc_left_out)


def test_the_table_names_every_score_once_and_marks_the_chosen_one() -> None:
    text = novelty.table("b", {"a": 0.5, "b": 0.875}, {"a": 0.25, "b": 1.0})
    assert text.splitlines()[1].split() == ["*", "b", "0.8750", "1.0000"]
    assert text.splitlines()[2].split() == ["a", "0.5000", "0.2500"]


@pytest.mark.parametrize("name", [*sorted(ALL), "combination"])
def test_a_restored_score_gives_the_same_values(name: str) -> None:
    logits, embeddings, truth = clusters()
    config = NoveltyConfig(score=name)  # type: ignore[arg-type]  # parametrised
    choice = novelty.choose(made(), seen(logits, embeddings), truth.numpy(), NOTHING, config, seed=1)
    again = novelty.restore(choice.name, 3, dict(choice.score.state_dict()))
    maps = maps_of(embeddings)
    with torch.no_grad():
        values = choice.score(logits, embeddings, maps)
        assert torch.equal(values, again(logits, embeddings, maps))
    # What was judged is what ships.
    assert np.allclose(values.numpy(), choice.val, atol=1e-3)


def test_the_background_score_is_the_log_odds_of_the_background() -> None:
    logits = torch.tensor([[1.0, 2.0, 3.0]])
    background = logits.softmax(1)[0, 2]
    expected = torch.log(background / (1 - background))
    assert novelty.BackgroundScore()(logits, logits) == pytest.approx(float(expected), abs=1e-6)


def test_the_confidence_score_is_minus_the_log_odds_of_the_first_guess() -> None:
    logits = torch.tensor([[1.0, 2.0, 3.0]])
    first = logits.softmax(1)[0, 1]  # the third is the background
    expected = -torch.log(first / (1 - first))
    assert novelty.ConfidenceScore(2)(logits, logits) == pytest.approx(float(expected), abs=1e-6)
    certain = novelty.ConfidenceScore(2)(torch.tensor([[200.0, 0.0, 0.0]]), logits)
    assert torch.isfinite(certain).all()


def test_the_prototype_score_is_zero_at_a_prototype_and_two_opposite_to_all() -> None:
    score = novelty.PrototypeScore(torch.zeros(2), torch.tensor([[1.0, 0.0]]))
    values = score(torch.zeros(2, 1), torch.tensor([[3.0, 0.0], [-2.0, 0.0]]))
    assert np.allclose(values, [0.0, 2.0])


def test_the_linear_autoencoder_is_the_best_of_its_size() -> None:
    embeddings = clusters()[1]
    rows = novelty.unit(embeddings)
    model = LinearAutoencoder.fit(embeddings, 3)
    error = float(torch.exp(model(embeddings, embeddings)).sum())
    # Eckart and Young: the squared singular values that are left over.
    singular = torch.linalg.svdvals(rows - rows.mean(0))
    assert error == pytest.approx(float((singular[3:] ** 2).sum()), rel=1e-3)
    assert torch.allclose(model.basis.T @ model.basis, torch.eye(3), atol=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (4, 5), (7, 8)])
def test_the_convolutional_autoencoder_rebuilds_maps_of_every_size(size: tuple[int, int]) -> None:
    maps = torch.randn(40, 6, *size, generator=torch.Generator().manual_seed(0))
    model = ConvAutoencoder.fit(iter(maps.split(8)), epochs=1, seed=1)
    assert model.layers(model.reduce(maps)).shape == (40, 6, *size)
    assert model(maps[:, :, 0, 0], maps[:, :, 0, 0], maps).shape == (40,)


def test_the_convolutional_autoencoder_depends_on_its_seed_and_on_nothing_else() -> None:
    maps = maps_of(clusters()[1])
    state = torch.random.get_rng_state()
    fits = []
    for seed in (1, 1, 2):
        torch.manual_seed(len(fits))  # whatever happened before
        fits.append(ConvAutoencoder.fit(iter(maps.split(16)), epochs=2, seed=seed)(maps, maps, maps))
    torch.random.set_rng_state(state)
    assert torch.equal(fits[0], fits[1])
    assert not torch.equal(fits[0], fits[2])


def test_training_the_convolutional_autoencoder_lowers_its_error() -> None:
    maps = maps_of(clusters()[1])
    errors = [
        float(torch.exp(ConvAutoencoder.fit(iter([maps]), epochs=epochs, seed=1)(maps, maps, maps)).mean())
        for epochs in (1, 40)
    ]
    assert errors[1] < 0.9 * errors[0]


def test_without_maps_nothing_can_be_rebuilt() -> None:
    with pytest.raises(ValueError, match="no feature maps"):
        ConvAutoencoder.fit(iter(()), epochs=1, seed=1)
    with pytest.raises(ValueError, match="needs feature maps"):
        made()["conv_autoencoder"](torch.zeros(1, 4), torch.zeros(1, 8))


def test_maps_that_do_not_belong_to_the_photos_are_noticed() -> None:
    logits, embeddings, _ = clusters()
    wrong = novelty.Seen(logits, embeddings, source(maps_of(embeddings[:64])))
    with pytest.raises(ValueError, match="64 feature maps for 200"):
        novelty.score_photos(made()["conv_autoencoder"], wrong)


def scored(seed: int, count: int = 300) -> tuple[np.ndarray, np.ndarray]:
    """Two scores that each see half of what tells strangers, and a useless one."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(3, size=count)
    signal = (groups != 0) * 1.5
    noise = rng.normal(size=(count, 3)) * [1.0, 10.0, 1.0]
    return noise + np.column_stack([signal, 10 * signal, np.zeros(count)]), groups


def test_a_combination_is_better_than_its_parts_on_other_photos() -> None:
    weights = fit_weights(*scored(0))
    scores, groups = scored(1)
    strangers = groups != 0
    areas = [auroc(values[~strangers], values[strangers]) for values in (*scores.T, scores @ weights)]
    assert areas[3] > max(areas[:3]) + 0.02
    assert abs(weights[2]) < 0.2 * weights[0]  # the useless one


def test_cross_validation_is_not_flattered_by_useless_scores() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat([0, 1], 30)
    useless = rng.normal(size=(60, 20))
    flattered = useless @ fit_weights(useless, groups)
    honest = cross_validated(useless, groups, seed=1)
    assert auroc(flattered[groups == 0], flattered[groups == 1]) > 0.75
    assert auroc(honest[groups == 0], honest[groups == 1]) < 0.65


def test_too_few_photos_cannot_be_cross_validated() -> None:
    with pytest.raises(ValueError, match="too few"):
        cross_validated(np.zeros((6, 1)), np.array([0, 0, 0, 0, 0, 1]), seed=1)
    with pytest.raises(ValueError, match="strangers"):
        fit_weights(np.zeros((6, 1)), np.zeros(6, dtype=int))
