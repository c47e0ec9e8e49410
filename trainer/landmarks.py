"""The landmark table: a CSV file that gives every landmark its name and its place."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from landmark_desktop.core.location import Landmark, Location
from trainer.data import folder_name, landmark_id
from trainer.errors import TrainerError

NEEDED = ("id", "name", "latitude", "longitude", "radius_m")
OPTIONAL = ("local_name", "sublocation", "locality", "region", "country", "country_code", "kind")
COLUMNS = (*NEEDED, *OPTIONAL)
REMEDY = (
    f"The table is CSV in UTF-8 with the columns {', '.join(NEEDED)}, and if you like {', '.join(OPTIONAL)} "
    "(see docs/training.md)."
)


def read_landmarks(file: Path) -> dict[str, Landmark]:
    """Read the landmark table and return its landmarks by id. Empty latitude and longitude mean: no place known;
    other columns than ``COLUMNS`` are passed over.

    Raises:
        TrainerError: the file cannot be read, a column is missing, or a row is wrong (the text names it).
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = sorted(set(NEEDED) - set(reader.fieldnames or ()))
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
    text = {column: (row.get(column) or "").strip() for column in COLUMNS}
    location = None
    try:
        if text["latitude"] or text["longitude"]:
            location = Location(
                name=text["name"],
                latitude=float(text["latitude"]),
                longitude=float(text["longitude"]),
                radius_m=float(text["radius_m"]),
                sublocation=text["sublocation"],
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
    """Return the landmarks in the order of ``ids``. A landmark's row is the one with its id, else the only one whose
    name gives that id (a folder ``Gullfoss`` finds the row ``gullfoss_falls,Gullfoss``). One that the table does not
    have is named after its folder and has no place: it can be guessed and reviewed, but not written."""
    by_name: dict[str, list[Landmark]] = defaultdict(list)
    for row in table.values():
        with suppress(TrainerError):  # a name without Latin letters is no way to find a row
            by_name[landmark_id(row.name)].append(row)
    found = []
    for identifier, folder in zip(ids, folders, strict=True):
        same_name = by_name.get(identifier, [])
        if identifier in table:
            found.append(table[identifier])
        elif len(same_name) == 1 and same_name[0].id not in ids:
            found.append(replace(same_name[0], id=identifier))
        else:
            found.append(Landmark(identifier, folder_name(folder)))
    return tuple(found)


def without_place(landmarks: Sequence[Landmark]) -> tuple[str, ...]:
    """Return the ids of the landmarks of which no place is known, so that nothing can be written for them."""
    return tuple(landmark.id for landmark in landmarks if landmark.location is None)
