"""The landmark table: a CSV file that gives every landmark its name and its place."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from landmark_desktop.core.location import Landmark, Location
from trainer.errors import TrainerError

COLUMNS = (
    "id",
    "name",
    "local_name",
    "locality",
    "region",
    "country",
    "country_code",
    "latitude",
    "longitude",
    "radius_m",
    "kind",
)
REMEDY = f"The table is CSV in UTF-8 with the columns {', '.join(COLUMNS)} (see docs/training.md)."


def read_landmarks(file: Path) -> dict[str, Landmark]:
    """Read the landmark table and return its landmarks by id. Empty latitude and longitude mean: no place known.

    Raises:
        TrainerError: the file cannot be read, a column is missing, or a row is wrong (the text names it).
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = sorted(set(COLUMNS) - set(reader.fieldnames or ()))
            if missing:
                raise TrainerError(f"The landmark table {file} lacks the columns {', '.join(missing)}", REMEDY)
            landmarks: dict[str, Landmark] = {}
            for number, row in enumerate(reader, start=2):
                landmark = _landmark(row, f"{file.name}, line {number}")
                if landmark.id in landmarks:
                    raise TrainerError(f"{file.name}, line {number}: {landmark.id!r} appears twice", REMEDY)
                landmarks[landmark.id] = landmark
            return landmarks
    except OSError as error:
        raise TrainerError(f"The landmark table {file} cannot be read: {error.strerror}", REMEDY) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TrainerError(f"The landmark table {file} is no CSV in UTF-8: {error}", REMEDY) from error


def _landmark(row: Mapping[str, str | None], where: str) -> Landmark:
    text = {column: (row[column] or "").strip() for column in COLUMNS}
    location = None
    try:
        if text["latitude"] or text["longitude"]:
            location = Location(
                name=text["name"],
                latitude=float(text["latitude"]),
                longitude=float(text["longitude"]),
                radius_m=float(text["radius_m"]),
                city=text["locality"],
                region=text["region"],
                country=text["country"],
                country_code=text["country_code"].upper(),
            )
    except ValueError as error:
        raise TrainerError(f"{where}: {error}", REMEDY) from error
    if not text["id"] or not text["name"]:
        raise TrainerError(f"{where}: id and name must not be empty", REMEDY)
    return Landmark(text["id"], text["name"], text["local_name"], text["kind"], location)


def landmarks_for(ids: Sequence[str], folders: Sequence[str], table: Mapping[str, Landmark]) -> tuple[Landmark, ...]:
    """Return the landmarks in the order of ``ids``. One that the table does not have is named after its folder and has
    no place: it can be guessed and reviewed, but not written."""
    return tuple(
        table.get(identifier) or Landmark(identifier, folder.replace("_", " ").strip())
        for identifier, folder in zip(ids, folders, strict=True)
    )
