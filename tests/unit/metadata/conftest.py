"""Photos that the tests make themselves, requests for them, and ExifTool as a second pair of eyes."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from landmark_desktop.core.tag import ReviewedBy, TagRequest
from tests.unit.metadata.helpers import EIFFEL, FORMATS, MakePhoto, MakeRequest, ReadBack, set_metadata


@pytest.fixture
def make_photo(tmp_path: Path) -> MakePhoto:
    """Make a photo: its name decides the format, keywords give Exiv2 keys (dots as `__`) and their values."""

    def make(name: str = "IMG_1.jpg", folder: Path = tmp_path, **metadata: str) -> Path:
        path = folder / name
        picture = Image.effect_noise((48, 32), 60).convert("RGB")
        suffix = path.suffix.lower().lstrip(".")
        if suffix in ("heic", "heif"):
            import pillow_heif

            pillow_heif.from_pillow(picture).save(path)
        else:
            picture.save(path, FORMATS.get(suffix, "JPEG"))
        if metadata:
            set_metadata(path, {key.replace("__", "."): value for key, value in metadata.items()})
        return path

    return make


@pytest.fixture
def make_request() -> MakeRequest:
    """Make a request to tag a photo with the Eiffel Tower; keywords replace single values."""

    def make(path: Path, **changes: Any) -> TagRequest:
        values: dict[str, Any] = {
            "photo_path": path,
            "landmark": EIFFEL,
            "bundle_id": "test-bundle",
            "bundle_version": "1.2",
            "confidence": 0.97,
            "reviewed_by": ReviewedBy.USER,
            "taken_here": True,
            "run_id": "run-1",
            "time": datetime(2024, 5, 1, 8, 11, 12, tzinfo=UTC),
        }
        return TagRequest(**{**values, **changes})

    return make


@pytest.fixture
def exiftool() -> ReadBack:
    """Read all tags of a file with ExifTool, numbers as numbers; skips the test where ExifTool is not installed."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool is not installed")

    def read(path: Path) -> dict[str, Any]:
        command = [program, "-j", "-G1", "-struct", "-n", "-a", str(path)]
        done = subprocess.run(command, capture_output=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout)[0]
        return found

    return read
