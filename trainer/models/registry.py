"""The registry of models: a name, a dataclass of options, a function that builds. A new model is one small file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from landmark_desktop.core.preprocess import InputSpec
from trainer.config import REMEDY, from_table
from trainer.errors import TrainerError
from trainer.models.base import LandmarkNet

Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model: the type of its options, how to build it, and one line for people.

    ``build`` takes the options, the number of classes, the input and whether to load pretrained weights (not where a
    checkpoint is loaded over them anyway).
    """

    options: type[Any]
    build: Callable[[Any, int, InputSpec, bool], LandmarkNet]
    summary: str


_MODELS: dict[str, ModelEntry] = {}


def register(
    name: str, options: type[Options], summary: str
) -> Callable[
    [Callable[[Options, int, InputSpec, bool], LandmarkNet]], Callable[[Options, int, InputSpec, bool], LandmarkNet]
]:
    """Register the decorated function as the builder of the model ``name``.

    Raises:
        ValueError: the name is taken.
    """

    def decorate(
        build: Callable[[Options, int, InputSpec, bool], LandmarkNet],
    ) -> Callable[[Options, int, InputSpec, bool], LandmarkNet]:
        if name in _MODELS:
            raise ValueError(f"a model named {name!r} is registered already")
        _MODELS[name] = ModelEntry(options, build, summary)
        return build

    return decorate


def model_names() -> tuple[str, ...]:
    """The registered names, sorted."""
    return tuple(sorted(_MODELS))


def model_entry(name: str) -> ModelEntry:
    """Return the entry of a model.

    Raises:
        TrainerError: there is no model of this name.
    """
    if name not in _MODELS:
        raise TrainerError(f"There is no model {name!r}", f"Choose one of: {', '.join(model_names())}.")
    return _MODELS[name]


def build_model(
    name: str, options: Mapping[str, Any], classes: int, spec: InputSpec, *, load_weights: bool = True
) -> LandmarkNet:
    """Build a model for ``classes`` outputs and pictures of ``spec``.

    Raises:
        TrainerError: an unknown model or option, or weights that are not installed.
    """
    entry = model_entry(name)
    parsed = from_table(entry.options, options, "model.options")
    try:
        return entry.build(parsed, classes, spec, load_weights)
    except ValueError as error:
        raise TrainerError(f"Configuration [model.options]: {error}", REMEDY) from error
