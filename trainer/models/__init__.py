"""The models and their registry. Importing this package registers all of them (and needs torch)."""

from trainer.models import cnn as _cnn  # noqa: F401  # registers itself
from trainer.models import mlp as _mlp  # noqa: F401
from trainer.models import transfer as _transfer  # noqa: F401
from trainer.models.base import LandmarkNet
from trainer.models.registry import ModelEntry, build_model, model_entry, model_names

__all__ = ["LandmarkNet", "ModelEntry", "build_model", "model_entry", "model_names"]
