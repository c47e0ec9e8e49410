"""Exporting: every format is valid, holds what was accepted and nothing else, and no name can break out of it."""

import csv
import io
import json
import os
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.errors import ErrorCode, KnownError
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services.export_formats import COLUMNS, ExportedPlace, ExportFormat, make_place_writer
from landmark_desktop.services.exporting import ExportService, readable
from landmark_desktop.services.lanes import CancelToken
from tests.bundles import EIFFEL, LANDMARKS, write_bundle
from tests.unit.services.organise_desk import Desk

KML = "{http://www.opengis.net/kml/2.2}"
GPX = "{http://www.topografix.com/GPX/1/1}"
HOSTILE = '<b>&"quoted", {json}\n=1+1;</b>]]>'

PLACE = ExportedPlace(
    path=Path("/photos/My & Photos/IMG_1.jpg"),
    file="/photos/My & Photos/IMG_1.jpg",
    landmark_id="eiffel_tower",
    landmark="Eiffel Tower",
    local_name="Tour Eiffel",
    sublocation="",
    city="Paris",
    region="Île-de-France",
    country="France",
    country_code="FR",
    latitude=48.85837,
    longitude=2.29448,
    radius_m=2500.0,
    camera_latitude=None,
    camera_longitude=None,
    taken_at=datetime(2024, 5, 1, 10, 11, 12),
    confidence=0.97,
    reviewed_by="user",
)


def written(kind: ExportFormat, *places: ExportedPlace) -> str:
    stream = io.StringIO(newline="")
    writer = make_place_writer(kind, stream)
    writer.begin()
    for place in places:
        writer.write(place)
    writer.end()
    return stream.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def service(desk: Desk) -> ExportService:
    return ExportService(desk.db, desk.library, desk.bundle)


def test_csv_follows_rfc_4180() -> None:
    text = written(ExportFormat.CSV, PLACE, replace(PLACE, city='Pa"ris,\nParis'))
    assert text.split("\r\n")[0] == ",".join(COLUMNS)
    assert text.endswith("\r\n")
    assert '"Pa""ris,\nParis"' in text
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["latitude"], first["longitude"], first["radius_m"]) == ("48.85837", "2.29448", "2500.0")
    assert (first["taken_at"], first["confidence"], first["camera_latitude"]) == ("2024-05-01T10:11:12", "0.97", "")
    assert second["city"] == 'Pa"ris,\nParis'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_of_a_csv_file_is_run_by_a_spreadsheet(start: str) -> None:
    text = written(ExportFormat.CSV, replace(PLACE, landmark=f"{start}HYPERLINK(1)", longitude=-73.9, city="a=b"))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["landmark"] == f"'{start}HYPERLINK(1)"
    assert (row["longitude"], row["city"]) == ("-73.9", "a=b")  # numbers stay numbers


def test_geojson_follows_rfc_7946() -> None:
    document = json.loads(written(ExportFormat.GEOJSON, PLACE, replace(PLACE, landmark=HOSTILE)))
    assert document["type"] == "FeatureCollection"
    first, second = document["features"]
    assert first["type"] == "Feature"
    assert first["geometry"] == {"type": "Point", "coordinates": [2.29448, 48.85837]}  # longitude first
    assert first["properties"]["landmark"] == "Eiffel Tower"
    assert first["properties"]["taken_at"] == "2024-05-01T10:11:12"
    assert first["properties"]["camera_latitude"] is None
    assert second["properties"]["landmark"] == HOSTILE


def test_kml_has_a_placemark_for_each_photo_in_the_order_of_the_schema() -> None:
    root = ET.fromstring(written(ExportFormat.KML, PLACE, replace(PLACE, landmark=HOSTILE, taken_at=None)))
    assert root.tag == f"{KML}kml"
    first, second = root.iter(f"{KML}Placemark")
    tags = [child.tag.removeprefix(KML) for child in first]
    assert tags == ["name", "description", "TimeStamp", "ExtendedData", "Point"]
    assert first.findtext(f"{KML}Point/{KML}coordinates") == "2.2944800,48.8583700"
    assert first.findtext(f"{KML}TimeStamp/{KML}when") == "2024-05-01T10:11:12"
    data = {item.get("name"): item.findtext(f"{KML}value") for item in first.iter(f"{KML}Data")}
    assert data["country_code"] == "FR"
    assert "sublocation" not in data  # nothing is known of it
    assert second.findtext(f"{KML}name") == HOSTILE
    assert second.find(f"{KML}TimeStamp") is None


def test_gpx_has_a_waypoint_for_each_photo_in_the_order_of_the_schema() -> None:
    root = ET.fromstring(written(ExportFormat.GPX, PLACE, replace(PLACE, landmark=HOSTILE, longitude=180.0)))
    assert (root.tag, root.get("version")) == (f"{GPX}gpx", "1.1")
    assert (root.get("creator") or "").startswith("Landmark Desktop ")
    first, second = root.iter(f"{GPX}wpt")
    assert [child.tag.removeprefix(GPX) for child in first] == ["name", "cmt", "desc", "src", "link", "type"]
    assert (first.get("lat"), first.get("lon")) == ("48.8583700", "2.2944800")
    link = first.find(f"{GPX}link")
    assert link is not None
    assert (link.get("href") or "").endswith("/photos/My%20%26%20Photos/IMG_1.jpg")
    assert root.find(f".//{GPX}time") is None  # it would have to be UTC
    assert second.findtext(f"{GPX}name") == HOSTILE
    assert second.get("lon") == "-180.0000000"


@pytest.mark.parametrize("kind", ExportFormat)
def test_an_export_of_nothing_is_valid_too(kind: ExportFormat) -> None:
    text = written(kind)
    if kind is ExportFormat.GEOJSON:
        assert json.loads(text) == {"type": "FeatureCollection", "features": []}
    elif kind is ExportFormat.CSV:
        assert list(csv.DictReader(io.StringIO(text, newline=""))) == []
    else:
        ET.fromstring(text)


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_no_text_breaks_a_format(text: str) -> None:
    place = replace(PLACE, landmark=text, city=text, file=text, local_name=text)
    files = {kind: written(kind, place).encode("utf-8", "backslashreplace").decode("utf-8") for kind in ExportFormat}
    assert len(json.loads(files[ExportFormat.GEOJSON])["features"]) == 1
    assert len(list(ET.fromstring(files[ExportFormat.KML]).iter(f"{KML}Placemark"))) == 1
    assert len(list(ET.fromstring(files[ExportFormat.GPX]).iter(f"{GPX}wpt"))) == 1
    if "\0" not in text:  # Python's reader refuses it
        header, row = csv.reader(io.StringIO(files[ExportFormat.CSV], newline=""))
        assert len(header) == len(row) == len(COLUMNS)


def test_accepted_photos_are_exported_and_no_others(desk: Desk) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        desk.write(name)
    first, second, third = desk.accepted()
    desk.db.call(desk.library.save_reviews, [(second.id, Review(ReviewState.REJECTED, None)), (third.id, None)])
    output = desk.root / "places.geojson"
    result = service(desk).save(service(desk).records([first.id, second.id, third.id]), ExportFormat.GEOJSON, output)
    assert (result.photos, result.without_place) == (1, 0)
    (feature,) = json.loads(output.read_text("utf-8"))["features"]
    assert feature["properties"]["file"] == str(first.photo.path)
    assert (feature["properties"]["confidence"], feature["properties"]["reviewed_by"]) == (0.97, "user")
    assert os.listdir(desk.root) == ["places.geojson"]  # noqa: PTH208


def test_landmarks_without_a_place_are_left_out_and_counted(desk: Desk, tmp_path: Path) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted("of_another_bundle")
    stream = io.StringIO()
    result = service(desk).write([record], ExportFormat.CSV, stream)
    assert (result.photos, result.without_place) == (0, 1)
    bundle = write_bundle(
        tmp_path / "b", b"no model", landmarks=(*LANDMARKS, replace(EIFFEL, id="lost", location=None))
    )
    lost = record.with_review(Review(ReviewState.ACCEPTED, "lost"))
    assert ExportService(desk.db, desk.library, bundle).place_of(lost) is None


def test_an_older_file_stays_until_the_new_one_is_complete(desk: Desk) -> None:
    desk.write("a.jpg")
    records = desk.accepted()
    output = desk.write("places.csv", "older", desk.root)
    token = CancelToken()
    token.cancel()
    with pytest.raises(KnownError) as caught:
        service(desk).save(records, ExportFormat.CSV, output, token)
    assert caught.value.code is ErrorCode.CANCELLED
    assert output.read_text("utf-8") == "older"
    assert os.listdir(desk.root) == ["places.csv"]  # noqa: PTH208
    service(desk).save(records, ExportFormat.CSV, output)
    assert output.read_text("utf-8").startswith("file,")


@pytest.mark.parametrize(
    ("name", "reason"), [("missing/places.csv", "No such file"), ("", "folder"), ("photo.jpg", "a photo's name")]
)
def test_what_cannot_be_written_is_told(desk: Desk, name: str, reason: str) -> None:
    with pytest.raises(KnownError) as caught:
        service(desk).save([], ExportFormat.CSV, desk.root / name)
    assert caught.value.code is ErrorCode.EXPORT_FAILED
    if sys.platform == "linux" or reason == "a photo's name":
        assert reason.casefold() in caught.value.message.replace("Is a directory", "folder").casefold()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_an_exported_file_has_ordinary_permissions(desk: Desk) -> None:
    output = desk.root / "places.csv"
    service(desk).save([], ExportFormat.CSV, output)
    plain = desk.write("plain", folder=desk.root)
    assert output.stat().st_mode == plain.stat().st_mode
    output.chmod(0o600)
    service(desk).save([], ExportFormat.CSV, output)
    assert output.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 exist on Linux only")
@pytest.mark.parametrize("kind", ExportFormat)
def test_names_that_are_no_utf_8_are_spelt_out(desk: Desk, kind: ExportFormat) -> None:
    desk.write(os.fsdecode(b"caf\xe9.jpg"))
    output = desk.root / f"places.{kind}"
    service(desk).save(desk.accepted(), kind, output)
    text = output.read_bytes().decode("utf-8")
    assert ("caf\\\\xe9.jpg" if kind is ExportFormat.GEOJSON else "caf\\xe9.jpg") in text


def test_photos_pass_one_by_one_whatever_their_number(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted()
    alive = 0
    most = 0

    class Stream(io.StringIO):
        def write(self, text: str) -> int:
            nonlocal most
            most = max(most, alive)
            return len(text)

    def records() -> Iterator[PhotoRecord]:
        nonlocal alive
        for _ in range(5000):
            alive += 1
            yield record
            alive -= 1

    result = service(desk).write(records(), ExportFormat.KML, Stream())
    assert (result.photos, most) == (5000, 1)


def test_the_position_of_the_camera_is_told_beside_that_of_the_landmark(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted()
    facts = PhotoFacts(600, 400, None, 48.1, 2.25)
    place = service(desk).place_of(replace(record, photo=replace(record.photo, facts=facts)))
    assert place is not None
    assert (place.camera_latitude, place.camera_longitude) == (48.1, 2.25)
    assert EIFFEL.location is not None
    assert (place.latitude, place.longitude) == (EIFFEL.location.latitude, EIFFEL.location.longitude)


def test_a_path_is_readable_text() -> None:
    assert readable(Path("/a/ü.jpg")) == str(Path("/a/ü.jpg"))
