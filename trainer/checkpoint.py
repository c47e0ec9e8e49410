"""Checkpoints: what is saved while training, and the finished model that is evaluated and exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from landmark_desktop.core.guess import Thresholds
from trainer import novelty
from trainer.config import Config, from_table, to_table
from trainer.errors import TrainerError
from trainer.graph import BundleGraph
from trainer.memory import Memory
from trainer.models import LandmarkNet, build_model

FORMAT = 1


def save_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a checkpoint so that it is whole or not there."""
    temporary = path.with_name(path.name + ".tmp")
    torch.save({"format": FORMAT, **state}, temporary)
    temporary.replace(path)


def load_state(path: Path) -> dict[str, Any]:
    """Read a checkpoint; only data is loaded, never code.

    Raises:
        TrainerError: the file is missing, no checkpoint, or of another format.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise TrainerError(
            f"There is no checkpoint {path}", "Finish the training with: landmark-trainer train --run DIR --resume"
        ) from error
    except Exception as error:  # torch raises whatever pickle and zip raise
        raise TrainerError(f"{path} is no checkpoint that can be read", "Choose a .pt file of a run.") from error
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise TrainerError(f"{path} is a checkpoint of another format", "Train again with this version.")
    return state


@dataclass(frozen=True)
class TrainedModel:
    """A finished model: trained, calibrated, with thresholds. ``folders`` are the landmarks' folders and
    ``landmark_ids`` their ids in the order of the outputs; ``notes`` is what calibration measured, for the manifest."""

    config: Config
    folders: tuple[str, ...]
    landmark_ids: tuple[str, ...]
    net: LandmarkNet
    temperature: float
    thresholds: Thresholds
    novelty_name: str
    novelty_score: nn.Module
    notes: Mapping[str, Any] = field(default_factory=dict)

    def graph(self) -> BundleGraph:
        """Return the module that computes what the exported model computes, in evaluation mode."""
        graph = BundleGraph(self.net, len(self.landmark_ids), self.temperature, self.novelty_score)
        graph.eval()
        return graph

    def save(self, path: Path) -> None:
        """Write the model to a file."""
        save_state(
            path,
            {
                "config": to_table(self.config),
                "folders": list(self.folders),
                "landmark_ids": list(self.landmark_ids),
                "classes": self.net.head.out_features,
                "model": self.net.state_dict(),
                "temperature": self.temperature,
                "thresholds": to_table(self.thresholds),
                "novelty": {"name": self.novelty_name, "state": dict(self.novelty_score.state_dict())},
                "notes": dict(self.notes),
            },
        )

    @classmethod
    def load(cls, path: Path) -> "TrainedModel":
        """Read a finished model.

        Raises:
            TrainerError: the file is missing or no finished model.
        """
        state = load_state(path)
        if "thresholds" not in state:
            raise TrainerError(
                f"{path} is not a finished model",
                "Finish the training with: landmark-trainer train --run DIR --resume, then use its model.pt.",
            )
        config = from_table(Config, state["config"])
        net = restore_net(config, int(state["classes"]), state["model"])
        ids = tuple(state["landmark_ids"])
        name = str(state["novelty"]["name"])
        return cls(
            config,
            tuple(state["folders"]),
            ids,
            net,
            float(state["temperature"]),
            Thresholds(**state["thresholds"]),
            name,
            novelty.restore(name, len(ids), state["novelty"]["state"]),
            state["notes"],
        )


def restore_net(config: Config, classes: int, state: Mapping[str, Tensor]) -> LandmarkNet:
    """Build the configured model and load its weights; no pretrained weights are needed for it."""
    net = build_model(config.model.name, config.model.options, classes, config.input.spec(), load_weights=False)
    if state["head.weight"].shape[1] == 2 * net.channels:
        net.part_views(torch.zeros(classes))
    remembered = {key.removeprefix("memory."): value for key, value in state.items() if key.startswith("memory.")}
    if remembered:
        net.memory = Memory.like(remembered, classes)
    net.load_state_dict(state, strict=True)
    net.eval()
    return net
