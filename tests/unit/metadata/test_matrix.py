"""Every format, both modes, all that a file may say before: read back by Exiv2 and ExifTool, and as others see it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_location
from tests.unit.metadata.helpers import FORMATS, SIDECARS, MakePhoto, MakeRequest, read_exiv2, set_metadata
from tests.unit.metadata.programs import PROGRAMS, Tags

PLACE = (48.85837, 2.29448)
GPS = {
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLatitude": "48/1 51/1 0/1",
    "Exif.GPSInfo.GPSLongitudeRef": "E",
    "Exif.GPSInfo.GPSLongitude": "2/1 17/1 0/1",
}
GPS_PLACE = (48.85, 2.283333)


@dataclass(frozen=True)
class Before:
    """What a file says before it is tagged, and what follows from it. ``formats``: those that can say it."""

    values: dict[str, str] = field(default_factory=dict)
    sidecar: str = ""
    position: tuple[float, float] = PLACE
    city: str = "Paris"
    country: str = "France"
    keywords: tuple[str, ...] = ()
    iim_city: str = ""
    formats: tuple[str, ...] = (*FORMATS, "heic", "CR2")


# WebP has no room for IPTC-IIM; HEIC is written by nobody here.
WITH_IIM = ("jpg", "png", "tif")
CASES = {
    "nothing": Before(),
    "GPS": Before(GPS, position=GPS_PLACE, formats=(*FORMATS, "CR2")),
    "IIM in ASCII": Before({"Iptc.Application2.Caption": "old"}, iim_city="Paris", formats=WITH_IIM),
    "IIM keywords": Before(
        {"Iptc.Application2.Keywords": "Familie"}, keywords=("Familie",), iim_city="Paris", formats=WITH_IIM
    ),
    "IIM with a city": Before(
        {"Iptc.Application2.City": "Lyon"}, city="Lyon", country="", iim_city="Lyon", formats=WITH_IIM
    ),
    "XMP keywords": Before({"Xmp.dc.subject": "Anna"}, keywords=("Anna",), formats=tuple(FORMATS)),
    "half a legacy set": Before({"Xmp.photoshop.State": "Bavaria"}, city="", country="", formats=tuple(FORMATS)),
    "a legacy set that agrees": Before({"Xmp.photoshop.Country": "france"}, country="france", formats=tuple(FORMATS)),
    "a sidecar of darktable": Before(sidecar="darktable", keywords=("darktable", "Familie")),
    "a sidecar of Lightroom": Before(sidecar="lightroom"),
    "a sidecar of digiKam": Before(sidecar="digikam"),
    "a sidecar of Immich": Before(sidecar="immich"),
}
GRID = [(name, suffix) for name, case in CASES.items() for suffix in case.formats]


def exiftool_all(paths: list[Path]) -> Tags:
    """Tags of all files by one run of ExifTool; none where it is not installed."""
    program = shutil.which("exiftool")
    if program is None:
        return {}
    command = [program, "-j", "-G1", "-struct", "-n", "-a", "-q", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True)
    return {tags["SourceFile"]: tags for tags in json.loads(done.stdout)}


@pytest.mark.parametrize("mode", WriteMode)
def test_every_format_with_everything_it_may_say_before(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, tmp_path: Path
) -> None:
    written: list[tuple[str, Before, Path, Path]] = []
    for number, (name, suffix) in enumerate(GRID):
        case = CASES[name]
        folder = tmp_path / str(number)
        folder.mkdir()
        photo = make_photo(f"IMG_1.{suffix}", folder)
        if case.values:
            set_metadata(photo, case.values)
        if case.sidecar:
            shutil.copy(SIDECARS / f"{case.sidecar}.xmp", folder / f"IMG_1.{suffix}.xmp")
        change = writer.plan_tag(make_request(photo, mode=mode))
        embedded = mode is WriteMode.EMBEDDED and suffix in FORMATS
        assert change.target == (photo if embedded else photo.with_name(photo.name + ".xmp")), (name, suffix)
        writer.write_tag(change)
        assert writer.plan_tag(make_request(photo, mode=mode, run_id="run-2")).is_empty, (name, suffix)
        check_exiv2(case, photo, change.target, f"{name}, {suffix}")
        written.append((f"{name}, {suffix}", case, photo, change.target))
    tags = exiftool_all([path for _, _, photo, target in written for path in {photo, target}])
    if not tags:
        pytest.skip("ExifTool is not installed; Exiv2 read everything back")
    for label, case, photo, target in written:
        check_exiftool(case, tags[str(photo)], tags[str(target)], label, embedded=photo == target)


def check_exiv2(case: Before, photo: Path, target: Path, label: str) -> None:
    """What Exiv2 reads from the written file, and what our own reader makes of both."""
    found, location = read_exiv2(target), read_location(photo)
    assert "Eiffel Tower" in [place.name for place in location.shown], label
    assert location.destination == pytest.approx(PLACE, abs=1e-6), label
    assert location.position == pytest.approx(case.position, abs=1e-6), label
    assert location.mark is not None, label
    assert found.get("Xmp.photoshop.City", "") == ("" if case.iim_city == "Lyon" and photo == target else case.city), (
        label
    )
    assert found.get("Xmp.photoshop.Country", "") == case.country, label
    subjects = found["Xmp.dc.subject"].split(", ")
    if case.sidecar and photo == target:
        assert subjects == ["France", "Paris", "Eiffel Tower"], label  # the sidecar keeps its own
        return
    assert tuple(subjects[: len(case.keywords)]) == case.keywords, label
    assert subjects[-3:] == ["France", "Paris", "Eiffel Tower"], label
    if photo == target:
        assert found.get("Iptc.Application2.City", "") == case.iim_city, label


def check_exiftool(case: Before, photo: dict[str, Any], target: dict[str, Any], label: str, *, embedded: bool) -> None:
    """What ExifTool reads, and what the other programs choose from it."""
    assert any(place.get("LocationName") == "Eiffel Tower" for place in target["XMP-iptcExt:LocationShown"]), label
    prefix = "GPS:" if embedded else "XMP-exif:"
    assert target[f"{prefix}GPSDestLatitude"] == pytest.approx(PLACE[0], abs=1e-6), label
    if case.position == PLACE:
        assert target[f"{prefix}GPSHPositioningError"] == 2500, label
        assert target[f"{prefix}GPSProcessingMethod"] == "MANUAL", label
        assert target[f"{prefix}GPSMapDatum"] == "WGS-84", label
        assert [place["City"] for place in target["XMP-iptcExt:LocationCreated"]] == ["Paris"], label
    else:
        assert f"{prefix}GPSHPositioningError" not in target, label
        assert "XMP-iptcExt:LocationCreated" not in target, label
    if embedded and case.sidecar:
        return  # programs that prefer the sidecar do not see the place, as the preview tells
    sidecar = {} if embedded else target
    for program, choose in PROGRAMS.items():
        if program == "Lightroom" and not embedded and not photo["SourceFile"].endswith("CR2"):
            continue  # reads no sidecars of such files, which the documentation tells
        seen = choose(photo, sidecar)
        assert seen.position == pytest.approx(case.position, abs=1e-6), (program, label)
        assert any("Eiffel Tower" in keyword for keyword in seen.keywords), (program, label, seen)
        flat = {part for keyword in seen.keywords for part in keyword.replace("|", "/").split("/")}
        assert {"France", "Paris", "Eiffel Tower"} <= flat, (program, label)
        assert seen.city in ("", case.city), (program, label)


@pytest.mark.parametrize("choose", PROGRAMS.values(), ids=PROGRAMS)
def test_the_simulated_programs_tell_an_order_apart(choose: Callable[[Tags, Tags], Any]) -> None:
    photo: Tags = {
        "SourceFile": "a.CR2",
        "GPS:GPSLatitude": 1.0,
        "GPS:GPSLatitudeRef": "S",
        "GPS:GPSLongitude": 2.0,
        "GPS:GPSLongitudeRef": "E",
        "XMP-dc:Subject": ["photo"],
    }
    assert choose(photo, {}).position == (-1.0, 2.0)
    assert choose(photo, {}).keywords[-1] == "photo"
    sidecar: Tags = {"XMP-exif:GPSLatitude": 3.0, "XMP-exif:GPSLongitude": 4.0, "XMP-dc:Subject": ["sidecar"]}
    assert choose(photo, sidecar).position == (3.0, 4.0)
    assert choose(photo, sidecar).keywords[-1] == "sidecar"
