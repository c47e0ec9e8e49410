"""Transfer learning: a pretrained backbone, which stays as it is, and a linear head that is trained."""

from dataclasses import dataclass
from typing import Literal

from torch import nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.models.base import LandmarkNet
from trainer.models.lite import STRIDE, VARIANTS, EfficientNetLite, load_imagenet
from trainer.models.registry import register


@dataclass(frozen=True, slots=True)
class TransferOptions:
    """``backbone`` by name; ``pretrained`` loads ImageNet weights (without them the frozen backbone is random, which
    only makes sense in tests); ``dropout`` in [0, 1) on the embedding; ``second_view`` as in :class:`LandmarkNet`."""

    backbone: Literal["efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2"] = "efficientnet_lite0"
    pretrained: bool = True
    dropout: float = 0.0
    second_view: int = 0

    def __post_init__(self) -> None:
        if self.second_view < 0:
            raise ValueError("second_view must not be negative")
        if not 0.0 <= self.dropout < 1.0:
            raise ValueError("dropout must be in [0, 1)")


@register("transfer", TransferOptions, "pretrained backbone, kept as it is, and a linear head")
def build_transfer(options: TransferOptions, classes: int, spec: InputSpec, load_weights: bool) -> LandmarkNet:
    """Build the model. The head starts at zero: every landmark is equally probable before the first step.

    Raises:
        ValueError: the input's sides are no multiples of the backbone's stride.
        TrainerError: the weights are not installed.
    """
    if spec.height % STRIDE or spec.width % STRIDE:
        raise ValueError(f"the input's sides must be multiples of {STRIDE}, not {spec.height}×{spec.width}")
    variant = VARIANTS[options.backbone]
    backbone = EfficientNetLite(variant)
    if options.pretrained and load_weights:
        load_imagenet(backbone)
    net = LandmarkNet(
        f"{variant.name}, frozen, with a linear head"
        + (f", on two views: the photo, and the photo in {options.second_view} pixels" if options.second_view else ""),
        variant.origin if options.pretrained else "",
        backbone,
        classes,
        spec,
        dropout=options.dropout,
        frozen=True,
        second_view=options.second_view,
    )
    nn.init.zeros_(net.head.weight)
    nn.init.zeros_(net.head.bias)
    return net
