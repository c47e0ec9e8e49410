"""``landmark-trainer evaluate``."""

from pathlib import Path

from trainer import evaluate as evaluation
from trainer.commands.source import Source, write_report
from trainer.data import scan_tree
from trainer.errors import TrainerError
from trainer.run import finite


def evaluate(
    source: Source,
    data: Path,
    *,
    split: str,
    background: str,
    low_resolution: int | None,
    batch_size: int,
    threads: int,
    out: Path | None,
) -> int:
    """Judge a model on a split, print the table, and write the metrics as JSON to ``out``."""
    if batch_size < 1 or (low_resolution is not None and low_resolution < 8):
        raise TrainerError(
            "The batch size must be at least 1 and the low resolution at least 8", "Give larger numbers."
        )
    predictor = source.predictor(threads)
    judged = evaluation.judge(
        predictor,
        scan_tree(data, background),
        split,
        batch_size=batch_size,
        threads=threads,
        low_resolution=low_resolution,
    )
    result = {
        "split": split,
        "low_resolution": low_resolution,
        "runtime": "onnxruntime" if source.bundle is not None else "torch",
        **evaluation.measure(judged, predictor),
    }
    if out is not None:
        write_report(out, finite(result))
    print(evaluation.table(result))
    return 0
