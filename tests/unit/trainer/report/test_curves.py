"""Learning curves as they are read from a run."""

from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.report.curves import LOSSES, SHARES, Curve, curves, read_curves


def test_epochs_count_from_one_and_missing_values_make_gaps(tmp_path: Path) -> None:
    file = tmp_path / "metrics.jsonl"
    file.write_text(
        '{"epoch": 0, "train_loss": 2, "val_loss": 1.5}\n\n{"epoch": 1, "train_loss": 1.0, "val_loss": null}\n',
        encoding="utf-8",
    )
    rows = read_curves(file)
    assert curves(rows, LOSSES) == [Curve("training loss", (1, 2), (2.0, 1.0)), Curve("validation loss", (1,), (1.5,))]
    assert curves(rows, SHARES) == []


@pytest.mark.parametrize("text", ["", "no json\n", "[1]\n", '{"train_loss": 1}\n'])
def test_files_without_epochs_are_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "metrics.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TrainerError) as caught:
        read_curves(file)
    assert "--curves" in caught.value.remedy


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read"):
        read_curves(tmp_path / "absent.jsonl")
