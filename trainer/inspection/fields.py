"""The effective receptive field: which pixels really move a cell of the feature map, and how much.

The theoretical field says which pixels *could*; by far the most of the influence comes from a small part in its middle
(Luo et al. 2016, arXiv:1701.04128).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageDraw

from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.inspection.layers import EVERYTHING, Axis, layers
from trainer.models import LandmarkNet

SHARE = 0.5
"""The effective side is that of the square with this share of the influence. Half, because the faint rest of deep
networks reaches beyond the picture, where nothing can be measured."""
COLOURS = "inferno"
FRAME = (90, 200, 250)
SQUARE = (255, 255, 255)


@dataclass(frozen=True)
class ReceptiveField:
    """Influence of every pixel on the middle cell of the feature map, ``[H, W]``, at most 1, and the theoretical field.

    ``effective_side`` is the side, in pixels, of the smallest square around the middle of the theoretical field that
    has ``SHARE`` of all influence; ``height`` and ``width`` are the theoretical field of the middle cell, ``cell`` its
    row and column.
    """

    influence: npt.NDArray[np.float32]
    cell: tuple[int, int]
    height: Axis
    width: Axis
    effective_side: int

    @property
    def middle(self) -> tuple[float, float]:
        """Row and column of the middle of the theoretical field, in pixels from the middle of the first one; of the
        picture where the field is everything."""
        if math.isinf(max(self.height.size, self.width.size)):
            rows, columns = self.influence.shape
            return (rows - 1) / 2, (columns - 1) / 2
        return (
            self.height.centre + self.cell[0] * self.height.jump,
            self.width.centre + self.cell[1] * self.width.jump,
        )


def effective_field(net: LandmarkNet, spec: InputSpec, images: UInt8Array) -> ReceptiveField:
    """Measure the field of the backbone on pictures ``[N, H, W, 3]``, photos or noise.

    A gradient of 1 is put on all channels of the middle cell; what arrives at the input, without sign, is summed over
    the colours and averaged over the pictures. Of a model with two views this is what it does with one.
    """
    rows = layers(net.backbone, spec.height, spec.width)
    field = rows[-1].field if rows else EVERYTHING
    mode = net.training
    net.eval()
    total = torch.zeros(spec.height, spec.width, dtype=torch.float64)
    cell = (0, 0)
    for image in images:
        pixels = net.normalise(torch.from_numpy(image[None])).requires_grad_(True)
        features = net.backbone(pixels)
        cell = features.shape[2] // 2, features.shape[3] // 2
        (gradient,) = torch.autograd.grad(features[0, :, cell[0], cell[1]].sum(), pixels)
        total += gradient[0].abs().sum(dim=0)
    net.train(mode)
    influence = (total / max(float(total.max()), 1e-30)).to(torch.float32).numpy()
    found = ReceptiveField(influence, cell, field.height, field.width, 0)
    return ReceptiveField(influence, cell, field.height, field.width, _side(influence, found.middle))


def _side(influence: npt.NDArray[np.float32], middle: tuple[float, float]) -> int:
    """The side of the smallest square around ``middle`` (row, column) with ``SHARE`` of all influence."""
    rows, columns = np.indices(influence.shape)
    radius = np.maximum(np.abs(rows - middle[0]), np.abs(columns - middle[1])).ravel()
    order = np.argsort(radius, kind="stable")
    within = np.cumsum(influence.ravel()[order], dtype=np.float64)
    if not within[-1] > 0.0:
        return 0
    return math.ceil(2 * radius[order][np.searchsorted(within, SHARE * within[-1])] + 1)


def draw_field(field: ReceptiveField) -> Image.Image:
    """Draw the influence (its square root, so that the faint parts show), the theoretical field as a blue frame and the
    effective square as a white one."""
    import matplotlib as mpl

    colours = mpl.colormaps[COLOURS](np.sqrt(field.influence))[..., :3]
    picture = Image.fromarray((colours * 255).round().astype(np.uint8))
    scale = max(1, 512 // max(picture.size))
    picture = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(picture)
    sides = [(field.effective_side, field.effective_side, SQUARE)]
    if not math.isinf(max(field.height.size, field.width.size)):
        sides.append((round(field.height.size), round(field.width.size), FRAME))
    row, column = field.middle
    for high, wide, colour in sides:
        edges = (column - (wide - 1) / 2, row - (high - 1) / 2, column + (wide + 1) / 2, row + (high + 1) / 2)
        left, top, right, bottom = (round(edge * scale) for edge in edges)
        # What reaches beyond the picture is drawn along its edge.
        box = (max(0, left), max(0, top), min(picture.width - 1, right), min(picture.height - 1, bottom))
        draw.rectangle(box, outline=colour, width=2)
    return picture
