"""Landmarks, kinds of photos, and readers that the metadata tests share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import exiv2

from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.tag import TagRequest

SIDECARS = Path(__file__).parents[2] / "data" / "sidecars"
FORMATS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP"}

EIFFEL = Landmark(
    "eiffel_tower",
    "Eiffel Tower",
    location=Location(
        "Eiffel Tower", 48.85837, 2.29448, 2500.0, "Champ de Mars", "Paris", "Île-de-France", "France", "FR"
    ),
)
GEISEL = Landmark(
    "geisel_library",
    "Geisel Library",
    location=Location(
        "Geisel Library", 32.88115, -117.23758, 400.0, "", "San Diego", "California", "United States", "US"
    ),
)

MakePhoto = Callable[..., Path]
MakeRequest = Callable[..., TagRequest]
ReadBack = Callable[[Path], dict[str, Any]]


def set_metadata(path: Path, values: dict[str, str]) -> None:
    """Set Exiv2 keys in a photo."""
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    for key, value in values.items():
        data = {"Exif": image.exifData, "Iptc": image.iptcData, "Xmp": image.xmpData}[key.partition(".")[0]]()
        data[key] = value
    image.writeMetadata()


def read_exiv2(path: Path) -> dict[str, str]:
    """All metadata of a file as Exiv2 sees it; of a sidecar only its XMP (the rest is derived from it)."""
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    parts = [image.xmpData()] if path.suffix == ".xmp" else [image.exifData(), image.iptcData(), image.xmpData()]
    return {datum.key(): datum.toString() for part in parts for datum in part}


def no_temp_files(folder: Path) -> bool:
    """True if the folder holds no temporary file of ours."""
    return not [path for path in folder.iterdir() if path.name.endswith(".tmp")]
