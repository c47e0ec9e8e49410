"""The bookkeeping of a training: what is saved after every epoch, where it goes on, and when it ends."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from trainer.checkpoint import load_state, save_state
from trainer.config import Config
from trainer.optim import Plateau
from trainer.run import RunFolder, finite

EpochHook = Callable[[Mapping[str, Any]], None]
"""Called with the metrics of every finished epoch."""


class Progress:
    """The state of a run between its epochs: ``start`` is the next epoch, ``plateau`` watches the validation loss.

    With ``writes`` False (a process that does not lead) it keeps the same account and leaves the files alone.
    """

    def __init__(self, run: RunFolder, config: Config, on_epoch: EpochHook | None, *, writes: bool = True) -> None:
        self.start = 0
        self.plateau = Plateau()
        self._run = run
        self._config = config
        self._on_epoch = on_epoch
        self._writes = writes
        self._best = -1.0

    def restore(self) -> dict[str, Any] | None:
        """Return the state after the last finished epoch, None at the beginning."""
        state = load_state(self._run.last_file) if self._run.last_file.exists() else None
        if state is not None:
            self.start, self._best = int(state["epoch"]) + 1, float(state["best_score"])
            self.plateau = Plateau(**state["plateau"])
        if self._writes:
            self._run.keep_metrics_up_to(self.start - 1)
        return state

    def validates(self, epoch: int) -> bool:
        """True where the validation photos are to be looked at after ``epoch``: every so many epochs, and at the
        end."""
        every = self._config.optim.validate_every
        return (epoch + 1) % every == 0 or epoch + 1 == self._config.optim.epochs

    def finish_epoch(
        self, epoch: int, row: Mapping[str, Any], scores: Mapping[str, float], state: Mapping[str, Any]
    ) -> None:
        """Write the epoch's metrics and state; keep it as the best where ``val_mu_ap`` is the highest so far."""
        better = bool(scores) and scores["val_mu_ap"] > self._best
        if scores:
            self._best = max(self._best, scores["val_mu_ap"])
            self.plateau.update(scores["val_loss"], self._config.optim)
        line = {"epoch": epoch, **row, **scores}
        if self._writes:
            saved = {
                "epoch": epoch,
                "best_score": self._best,
                "plateau": asdict(self.plateau),
                "scores": dict(scores),
                **state,
            }
            if better:
                save_state(self._run.best_file, saved)
            self._run.add_metrics(finite(line))
            # Last of all: an epoch counts as done only when everything else about it is on disk.
            save_state(self._run.last_file, saved)
        if self._on_epoch is not None:
            self._on_epoch(line)
