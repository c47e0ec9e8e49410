"""Does the model look at the landmark? Its class activation maps against boxes that people drew.

The box of a map is made as in Zhou et al. 2016 (arXiv:1512.04150): what speaks against the landmark is set to 0, the
map is enlarged bilinearly, the cells with at least ``BOX_SHARE`` of the maximum are kept, and the largest connected
piece of them is framed. The map is always that of the landmark that is there, whatever was guessed first.

All boxes and points are relative to the whole photo. The model sees only its centre, so a landmark at the far end of a
panorama counts as missed.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.preprocess import InputSpec, UInt8Array, seen_part
from trainer.data import landmark_id, read_in_parallel
from trainer.errors import TrainerError
from trainer.metrics import Floats
from trainer.predictor import Predictor
from trainer.transforms import EvalTransform

BOX_SHARE = 0.2
"""Share of the map's maximum from which on a cell belongs to the landmark: the value of Zhou et al."""
MAP_SIDE = 64
"""Side in cells to which maps are enlarged before a box is drawn: fine enough for 2 % of the photo."""
COLUMNS = ("photo", "left", "top", "right", "bottom")
REMEDY = (
    f"The table is CSV with the columns {', '.join(COLUMNS)}; sides are between 0 and 1, from the left and the top."
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a photo, in shares of its width and height, from the left and the top.

    Raises:
        ValueError: sides outside [0, 1], or no area.
    """

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.left < self.right <= 1.0 and 0.0 <= self.top < self.bottom <= 1.0):
            raise ValueError(f"no box: {self.left}, {self.top}, {self.right}, {self.bottom}")

    @property
    def area(self) -> float:
        """Share of the photo's area."""
        return (self.right - self.left) * (self.bottom - self.top)

    def contains(self, x: float, y: float) -> bool:
        """True if the point is inside or on the edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def iou(self, other: "Box") -> float:
        """Intersection over union: 1 for equal boxes, 0 for boxes apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        common = max(0.0, width) * max(0.0, height)
        return common / (self.area + other.area - common)


WHOLE = Box(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class View:
    """The part of a photo that the model sees, in shares of its width and height."""

    box: Box

    @classmethod
    def of(cls, width: int, height: int, spec: InputSpec) -> "View":
        """The centre crop of a photo of ``width`` × ``height`` pixels."""
        return cls(Box(*seen_part(width, height, spec)))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the view (shares of the view) as one of the photo."""
        box = self.box
        return box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top)

    def to_photo(self, inside: Box) -> Box:
        """Return a box of the view as one of the photo."""
        (left, top), (right, bottom) = self.point(inside.left, inside.top), self.point(inside.right, inside.bottom)
        return Box(left, top, right, bottom)


def peak(activation: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Return x and y of the centre of the strongest cell of a map ``[h, w]``, in shares of the view."""
    row, column = np.unravel_index(int(activation.argmax()), activation.shape)
    return (float(column) + 0.5) / activation.shape[1], (float(row) + 0.5) / activation.shape[0]


def box_of(activation: npt.NDArray[np.float32], share: float = BOX_SHARE) -> Box:
    """Return the box of a map ``[h, w]`` in shares of the view; all of it where nothing speaks for the landmark."""
    positive = np.maximum(activation, 0.0)
    if not positive.max() > 0.0:
        return WHOLE
    large = np.asarray(Image.fromarray(positive).resize((MAP_SIDE, MAP_SIDE), Image.Resampling.BILINEAR))
    rows, columns = np.nonzero(largest_piece(large >= share * large.max()))
    return Box(
        columns.min() / MAP_SIDE, rows.min() / MAP_SIDE, (columns.max() + 1) / MAP_SIDE, (rows.max() + 1) / MAP_SIDE
    )


def largest_piece(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the largest connected piece of a mask ``[h, w]`` (neighbours share a side); the first one where equal."""
    left = mask.copy()
    best: list[tuple[int, int]] = []
    for start in zip(*np.nonzero(mask), strict=True):
        if not left[start]:
            continue
        left[start] = False
        piece = [(int(start[0]), int(start[1]))]
        for y, x in piece:  # the list grows while it is walked along
            for row, column in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= row < mask.shape[0] and 0 <= column < mask.shape[1] and left[row, column]:
                    left[row, column] = False
                    piece.append((row, column))
        best = max(best, piece, key=len)
    result = np.zeros_like(mask)
    if best:
        result[tuple(np.transpose(best))] = True
    return result


def read_boxes(file: Path) -> dict[str, Box]:
    """Read hand-drawn boxes by photo (its path below the folder of photos: ``test/eiffel_tower/1.jpg``).

    Raises:
        TrainerError: the file cannot be read, or a row is wrong (the text names it).
    """
    boxes: dict[str, Box] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if set(COLUMNS) - set(reader.fieldnames or ()):
                raise TrainerError(f"The boxes {file} lack columns", REMEDY)
            for number, row in enumerate(reader, start=2):
                try:
                    if not row["photo"] or row["photo"] in boxes or len(Path(row["photo"]).parts) < 2:
                        raise ValueError(f"{row['photo']!r} is no photo in a landmark's folder, or appears twice")
                    boxes[row["photo"]] = Box(*(float(row[column] or "nan") for column in COLUMNS[1:]))
                except ValueError as error:
                    raise TrainerError(f"{file.name}, line {number}: {error}", REMEDY) from error
    except OSError as error:
        raise TrainerError(f"The boxes {file} cannot be read: {error.strerror}", REMEDY) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TrainerError(f"The boxes {file} are no CSV in UTF-8: {error}", REMEDY) from error
    return boxes


@dataclass(frozen=True, slots=True)
class Located:
    """One photo: its landmark, the box that people drew, and the map's peak and box, in shares of the photo."""

    photo: str
    landmark: str
    drawn: Box
    peak: tuple[float, float]
    box: Box


def locate(predictor: Predictor, root: Path, boxes: Mapping[str, Box], *, threads: int = 0) -> list[Located]:
    """Ask the model where it sees the landmarks of the photos that have boxes, below ``root``.

    Raises:
        TrainerError: a photo cannot be read, or the model does not know its landmark.
    """
    index = {landmark.id: position for position, landmark in enumerate(predictor.landmarks)}
    landmarks = [landmark_id(Path(name).parts[-2]) for name in boxes]
    unknown = sorted(set(landmarks) - set(index))
    if unknown:
        raise TrainerError(f"The model does not know the landmarks {', '.join(unknown)}", "Remove their boxes.")
    transform = EvalTransform(predictor.spec)

    def prepare(_position: int, picture: Image.Image) -> tuple[UInt8Array, View]:
        return transform(picture), View.of(picture.width, picture.height, predictor.spec)

    found = []
    pictures = read_in_parallel([root / name for name in boxes], prepare, threads)
    for (name, drawn), landmark, picture in zip(boxes.items(), landmarks, pictures, strict=True):
        if isinstance(picture, PhotoError):
            raise TrainerError(picture.message, "Choose --data so that the photos of the boxes are below it.")
        pixels, view = picture
        activation = predictor(pixels[None]).activation[0, index[landmark]]
        found.append(Located(name, landmark, drawn, view.point(*peak(activation)), view.to_photo(box_of(activation))))
    return found


def measure_boxes(found: Sequence[Located]) -> dict[str, Any]:
    """Return how often peaks lie in the boxes, and the mean IoU, overall and by landmark, as a JSON object; beside
    them what knows nothing of the photo reaches: its centre, and a box around all of it."""
    groups: dict[str, list[Located]] = defaultdict(list)
    for item in found:
        groups[item.landmark].append(item)
    return {
        **_summary(found),
        "share_of_maximum": BOX_SHARE,
        "per_landmark": [{"id": landmark, **_summary(groups[landmark])} for landmark in sorted(groups)],
    }


def _summary(found: Sequence[Located]) -> dict[str, Any]:
    def mean(values: Sequence[float]) -> float:
        array: Floats = np.array(values, dtype=np.float64)
        return float(array.mean()) if len(array) else float("nan")

    ious = [item.drawn.iou(item.box) for item in found]
    return {
        "photos": len(found),
        "peak_in_box": mean([item.drawn.contains(*item.peak) for item in found]),
        "centre_in_box": mean([item.drawn.contains(0.5, 0.5) for item in found]),
        "iou": mean(ious),
        "iou_at_least_half": mean([iou >= 0.5 for iou in ious]),
        "iou_of_whole_photo": mean([item.drawn.iou(WHOLE) for item in found]),
    }
