"""What every model of the trainer is: a backbone, an average over places, a linear head.

That shape is what makes class activation maps exact (Zhou et al. 2016, arXiv:1512.04150): because pooling and head are
linear, the head applied to every cell of the feature map gives a map per class whose mean is the class's logit.
"""

from typing import Protocol, cast

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec


class Backbone(Protocol):
    """What :class:`LandmarkNet` needs of a backbone: normalised pictures to a feature map."""

    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    channels: int
    stride: int

    def __call__(self, x: Tensor) -> Tensor:
        """Map ``[N, 3, H, W]`` to ``[N, channels, H / stride, W / stride]``."""
        ...

    def stages(self) -> list[nn.Module]:
        """The parts in the order in which a picture passes them: what fine-tuning freezes and thaws one by one."""
        ...


def softening(size: int, small: int) -> Tensor:
    """Return the matrix ``[size, size]`` that reduces a column of ``size`` pixels to ``small`` and enlarges it again.

    Resizing is linear and works on rows and columns apart, so two such matrices resize a picture, at the cost of a
    small convolution (ONNX Runtime's own bicubic resize takes longer than the whole backbone). The matrix is what
    Pillow does to the unit vectors, so that the second view sees small photos as the preprocessing enlarges them.

    Raises:
        ValueError: ``small`` is not below ``size``.
    """
    if not 0 < small < size:
        raise ValueError(f"second_view must be between 0 and the input's {size} pixels, not {small}")
    unit_vectors = Image.fromarray(np.eye(size, dtype=np.float32))
    reduced = unit_vectors.resize((size, small), Image.Resampling.BICUBIC)
    enlarged = reduced.resize((size, size), Image.Resampling.BICUBIC)
    return torch.from_numpy(np.array(enlarged, dtype=np.float32))


class LandmarkNet(nn.Module):
    """A classifier of uint8 pictures; normalisation is part of it, softmax is not.

    Args:
        architecture: what it is, in a few words, for people.
        weights: where pretrained weights come from and their licence; "" where there are none.
        backbone: a module that is a :class:`Backbone`.
        classes: number of outputs, the background class included.
        dropout: share of the embedding dropped while training.
        frozen: True where the backbone is never trained; it then stays in evaluation mode, so that its
            batch-norm statistics stay as they are.
        spec: the input, whose size the second view needs.
        second_view: 0 for one view. A size in pixels makes the model look at every photo twice when it is used: as it
            is, and reduced to this size and enlarged again; the feature maps are averaged, or kept apart after
            :meth:`part_views`. Sharp photos of landmarks that were only known from small photos are recognised by
            the second view.

    Raises:
        ValueError: a second view that is larger than the input.
    """

    mean: Tensor
    std: Tensor
    soften_rows: Tensor
    soften_columns: Tensor

    def __init__(
        self,
        architecture: str,
        weights: str,
        backbone: nn.Module,
        classes: int,
        spec: InputSpec,
        *,
        dropout: float = 0.0,
        frozen: bool = False,
        second_view: int = 0,
    ) -> None:
        super().__init__()
        traits = cast("Backbone", backbone)
        self.architecture = architecture
        self.weights = weights
        self.backbone = backbone
        self.channels = traits.channels
        self.stride = traits.stride
        self.frozen = frozen
        self.second_view = second_view
        self.parted = False
        self.memory: nn.Module | None = None
        """Adds to the logits after training, see :class:`trainer.memory.Memory`."""
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(traits.channels, classes)
        self.register_buffer("mean", torch.tensor(traits.mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(traits.std).view(1, 3, 1, 1), persistent=False)
        if second_view:
            self.register_buffer("soften_rows", softening(spec.height, second_view), persistent=False)
            self.register_buffer("soften_columns", softening(spec.width, second_view).T.contiguous(), persistent=False)
        if frozen:
            backbone.requires_grad_(False)
            backbone.eval()

    def train(self, mode: bool = True) -> "LandmarkNet":
        """Switch to training mode, except for a frozen backbone."""
        super().train(mode)
        if self.frozen:
            self.backbone.eval()
        return self

    def stages(self) -> list[nn.Module]:
        """The backbone's parts, the first one nearest to the photo."""
        return cast("Backbone", self.backbone).stages()

    def normalise(self, images: Tensor) -> Tensor:
        """Map uint8 pictures ``[N, H, W, 3]`` to the backbone's input ``[N, 3, H, W]``."""
        return (images.permute(0, 3, 1, 2).to(torch.float32) - self.mean) / self.std

    def single_view_map(self, images: Tensor) -> Tensor:
        """Map uint8 pictures ``[N, H, W, 3]`` to the features ``[N, D, h, w]`` of one view: what training looks at."""
        features: Tensor = self.backbone(self.normalise(images))
        return features

    @property
    def embedding_size(self) -> int:
        """Length of the embeddings: the backbone's channels, twice as many where two views are kept apart."""
        return self.head.in_features

    def part_views(self, shares: Tensor) -> None:
        """Give every class its own share ``[classes]`` of the second view in its logit; the rest is the first view's.

        The features of the two views are then kept apart, one behind the other, and the head is spread over both, so
        that the logit is still a linear function of one feature map. Shares of one half change no logit. Training is
        over after this.

        Raises:
            ValueError: the model has one view, or its views are kept apart already.
        """
        if not self.second_view or self.parted:
            raise ValueError("there are no two averaged views to part")
        spread = nn.Linear(2 * self.channels, self.head.out_features)
        with torch.no_grad():
            soft = shares[:, None] * self.head.weight
            spread.weight.copy_(torch.cat((self.head.weight - soft, soft), dim=1))
            spread.bias.copy_(self.head.bias)
        self.head = spread
        self.parted = True

    def feature_map(self, images: Tensor) -> Tensor:
        """Map uint8 pictures ``[N, H, W, 3]`` to the features ``[N, D, h, w]``: averaged over the model's views, or
        those of both views, one behind the other."""
        if not self.second_view:
            return self.single_view_map(images)
        sharp = self.normalise(images)
        soft = self.soften_rows @ sharp @ self.soften_columns
        both: Tensor = self.backbone(torch.cat((sharp, soft)))
        views = both.unflatten(0, (2, -1))
        return torch.cat((views[0], views[1]), dim=1) if self.parted else views.mean(dim=0)

    def embed(self, images: Tensor) -> Tensor:
        """Map uint8 pictures ``[N, H, W, 3]`` to embeddings ``[N, D]`` (not normalised)."""
        return self.feature_map(images).mean(dim=(2, 3))

    def classify(self, embeddings: Tensor) -> Tensor:
        """Map embeddings ``[N, D]`` to logits ``[N, classes]``."""
        logits: Tensor = self.head(self.dropout(embeddings))
        if self.memory is not None:
            logits = logits + self.memory(embeddings)
        return logits

    def forward(self, images: Tensor) -> Tensor:
        """Map uint8 pictures ``[N, H, W, 3]`` to logits ``[N, classes]``: in training mode from one view (training
        photos are softened at random), else from all views."""
        if self.training:
            return self.classify(self.single_view_map(images).mean(dim=(2, 3)))
        return self.classify(self.embed(images))
