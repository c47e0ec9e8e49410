"""Sources of photos: what the configuration names becomes a tree."""

from pathlib import Path

import pytest

from tests.unit.trainer.conftest import TinyConfig
from trainer.config import load_config, to_toml
from trainer.errors import TrainerError
from trainer.sources import tree_of


def test_the_configuration_decides_about_the_tree(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config('data.leave_out=["red_rock"]')
    assert config.data.leave_out == ("red_rock",)
    tree = tree_of(config.data)
    assert tree.landmark_ids == ("blue_lagoon", "green_hill")
    assert len(tree.left_out["train"]) == 8
    file = tmp_path / "config.toml"
    file.write_text(to_toml(config), encoding="utf-8")
    assert load_config(file) == config


@pytest.mark.parametrize("value", ["red_rock", "3", "[3]", "[[]]"])
def test_a_list_of_other_things_than_names_is_refused(tiny_config: TinyConfig, value: str) -> None:
    with pytest.raises(TrainerError, match="leave_out"):
        tiny_config(f"data.leave_out={value}")
