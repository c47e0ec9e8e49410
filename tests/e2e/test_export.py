"""From reviewed photos to a file for maps and spreadsheets: ``export`` through ``main``."""

import csv
import io
import json
from pathlib import Path

import pytest

from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.library import Library
from tests.e2e.conftest import RunMain


@pytest.fixture
def reviewed(run: RunMain, photos: Path, library: Path) -> Path:
    """A folder of classified photos, of which the Eiffel Tower and Petra are accepted."""
    run("classify", photos)
    opened = Library.open(library)
    rows = opened.rows_in(photos, "")
    names = {row["name"].decode(): row["id"] for row in rows}
    accepted = [(names[f"{name}.jpg"], Review(ReviewState.ACCEPTED, name)) for name in ("eiffel_tower", "petra")]
    opened.save_reviews(accepted)
    opened.close()
    return photos


def test_the_ending_of_the_file_tells_the_format(run: RunMain, reviewed: Path, tmp_path: Path) -> None:
    output = tmp_path / "places.geojson"
    code, out, err = run("export", reviewed, "--output", output)
    assert (code, out) == (0, "")
    assert "2 photos exported." in err
    features = json.loads(output.read_text("utf-8"))["features"]
    assert [feature["properties"]["landmark"] for feature in features] == ["Eiffel Tower", "Petra"]


def test_without_a_file_the_export_goes_to_the_terminal(run: RunMain, reviewed: Path) -> None:
    code, out, _ = run("export", reviewed / "petra.jpg", "--format", "csv")
    assert code == 0
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["landmark"], row["file"]) == ("Petra", str(reviewed / "petra.jpg"))


def test_a_format_has_to_be_told(run: RunMain, reviewed: Path, tmp_path: Path) -> None:
    code, _, err = run("export", reviewed, "--output", tmp_path / "places.txt")
    assert code == 2
    assert "csv, geojson, kml, gpx" in err
    assert not (tmp_path / "places.txt").exists()


def test_landmarks_of_another_bundle_are_counted(run: RunMain, reviewed: Path, library: Path) -> None:
    opened = Library.open(library)
    (photo, *_) = opened.rows_in(reviewed, "")
    opened.save_reviews([(photo["id"], Review(ReviewState.ACCEPTED, "of_another_bundle"))])
    opened.close()
    _, _, err = run("export", reviewed, "--format", "gpx")
    assert "1 photo left out" in err
