"""Where photos come from: the configured source as a :class:`trainer.data.DataTree`."""

from pathlib import Path

from trainer.config import DataConfig
from trainer.data import DataTree, scan_tree


def tree_of(data: DataConfig, root: Path | None = None) -> DataTree:
    """List the photos that the configuration names, below ``root`` instead of the configured folder where given.

    Raises:
        TrainerError: see :func:`trainer.data.scan_tree`.
    """
    return scan_tree(root or Path(data.root), data.background, data.leave_out)
