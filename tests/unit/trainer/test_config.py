"""Configuration: defaults, TOML over them, flags over that; strict about everything."""

from pathlib import Path

import pytest

from trainer.config import Config, load_config, to_toml
from trainer.errors import TrainerError

SHIPPED = sorted((Path(__file__).parents[3] / "trainer" / "configs").glob("*.toml"))


def test_flags_win_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("[optim]\nepochs = 7\nbatch_size = 5\n", encoding="utf-8")
    config = load_config(file, ["optim.epochs=9"])
    assert (config.optim.epochs, config.optim.batch_size) == (9, 5)
    assert config.optim.learning_rate == Config().optim.learning_rate


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_shipped_configurations_are_valid(file: Path) -> None:
    assert load_config(file).model.name


def test_there_are_shipped_configurations() -> None:
    assert SHIPPED


def test_toml_reads_back_equal(tmp_path: Path) -> None:
    config = load_config(
        None,
        [
            'data.root="C:\\\\my \\"photos\\"\\u0007"',
            "model.options.dropout=0.25",
            "model.options.pretrained=false",
            "optim.learning_rate=1e-4",
        ],
    )
    file = tmp_path / "c.toml"
    file.write_text(to_toml(config), encoding="utf-8")
    assert load_config(file) == config
    assert config.data.root == 'C:\\my "photos"\x07'


def test_texts_need_no_quotes_on_the_command_line() -> None:
    assert load_config(None, ["input.interpolation=bilinear"]).input.interpolation == "bilinear"


@pytest.mark.parametrize(
    ("override", "named"),
    [
        ("optim.epoch=3", "optim.epoch"),
        ("optims.epochs=3", "optims"),
        ("optim.epochs=3.5", "optim.epochs"),
        ("optim.epochs=true", "optim.epochs"),
        ("optim.epochs=0", "epochs"),
        ("optim.learning_rate=-1", "learning_rate"),
        ("input.interpolation=nearest", "input.interpolation"),
        ("input.resize_shorter_side=10", "10"),
        ("augment.flip_probability=1.5", "flip_probability"),
        ("features.engine=abacus", "features.engine"),
        ("optim=3", "section.key"),
        ("optim.epochs.more=3", "optim.epochs"),
        ("calibration.target_precision=1", "target_precision"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(override: str, named: str) -> None:
    with pytest.raises(TrainerError) as caught:
        load_config(None, [override])
    assert named in caught.value.message
    assert caught.value.remedy


def test_a_missing_or_broken_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "broken.toml").write_text("[optim\n", encoding="utf-8")
    with pytest.raises(TrainerError, match="no valid TOML"):
        load_config(tmp_path / "broken.toml")
