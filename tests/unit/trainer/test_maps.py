"""Feature maps of photos by batch: in order, as the app would see them, and only when asked for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from landmark_desktop.core.preprocess import preprocess
from trainer.config import Config
from trainer.data import Sample, scan_tree
from trainer.errors import TrainerError
from trainer.metrics import NONE
from trainer.models import LandmarkNet, build_model
from trainer.novelty import maps as module
from trainer.novelty.maps import photo_maps

TinyConfig = Callable[..., Config]


def made(config: Config) -> tuple[LandmarkNet, tuple[Sample, ...], tuple[Sample, ...]]:
    tree = scan_tree(Path(config.data.root))
    net = build_model("tiny", config.model.options, 4, config.input.spec()).eval()
    return net, tree.splits["train"], tree.splits["val"]


def test_maps_come_in_the_photos_order_as_the_app_sees_them(tiny_config: TinyConfig) -> None:
    config = tiny_config("model.options.second_view=16", "features.batch_size=3")
    net, train, val = made(config)
    batches = list(photo_maps(net, config, train, val, ()).val())
    assert [len(batch) for batch in batches] == [3] * 5 + [1]
    pictures = [preprocess(Image.open(sample.path).convert("RGB"), config.input.spec()) for sample in val]
    with torch.no_grad():
        expected = net.feature_map(torch.from_numpy(np.stack(pictures)))
    assert torch.allclose(torch.cat(batches), expected, atol=1e-5)


def test_only_photos_of_landmarks_are_learned_from_and_only_as_many_as_wanted(tiny_config: TinyConfig) -> None:
    config = tiny_config("novelty.autoencoder_photos=7")
    net, train, val = made(config)
    assert sum(len(batch) for batch in photo_maps(net, config, train, val, ()).train()) == 7
    of_none = [sample for sample in train if sample.landmark == NONE]
    assert list(photo_maps(net, config, of_none, val, ()).train()) == []


def test_nothing_is_computed_before_it_is_asked_for(tiny_config: TinyConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    made_for: list[LandmarkNet] = []
    make = module.in_engine
    monkeypatch.setattr(module, "in_engine", lambda part, config: (made_for.append(part.net), make(part, config))[1])
    config = tiny_config()
    net, train, val = made(config)
    maps = photo_maps(net, config, train, val, val[:2])
    assert made_for == []
    assert sum(len(batch) for batch in maps.left_out()) == 2
    assert sum(len(batch) for batch in maps.left_out()) == 2  # may be asked for again
    assert len(made_for) == 1


def test_both_engines_give_the_same_maps(tiny_config: TinyConfig) -> None:
    config = tiny_config()
    net, train, val = made(config)
    in_runtime = replace(config, features=replace(config.features, engine="onnxruntime"))
    pairs = [torch.cat(list(photo_maps(net, each, train, val, ()).val())) for each in (config, in_runtime)]
    assert torch.allclose(pairs[0], pairs[1], atol=1e-4)


def test_a_photo_that_has_gone_meanwhile_is_an_error(tiny_config: TinyConfig) -> None:
    config = tiny_config()
    net, train, val = made(config)
    val[0].path.unlink()
    with pytest.raises(TrainerError, match="1 photos that could be read before"):
        list(photo_maps(net, config, train, val, ()).val())
