"""What is written, as ExifTool and Exiv2 read it back, in every format and both modes; and that it can be undone."""

import hashlib
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.tag import ReviewedBy, SidecarName, TagChange, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.fields import FIELDS, Group, Store
from landmark_desktop.metadata.reader import read_facts, read_location
from tests.unit.metadata.helpers import (
    EIFFEL,
    FORMATS,
    GEISEL,
    SIDECARS,
    MakePhoto,
    MakeRequest,
    ReadBack,
    no_temp_files,
    read_exiv2,
    set_metadata,
)

PLACE = EIFFEL.location
assert PLACE is not None
STRUCT = {
    "LocationName": "Eiffel Tower",
    "Sublocation": "Champ de Mars",
    "City": "Paris",
    "ProvinceState": "Île-de-France",
    "CountryName": "France",
    "CountryCode": "FR",
    "GPSLatitude": pytest.approx(PLACE.latitude, abs=1e-7),
    "GPSLongitude": pytest.approx(PLACE.longitude, abs=1e-7),
}
CREATED = {name: value for name, value in STRUCT.items() if name not in ("LocationName", "Sublocation")}
EVERYWHERE: dict[str, Any] = {
    "XMP-iptcExt:LocationShown": [STRUCT],
    "XMP-iptcExt:LocationCreated": [CREATED],
    "XMP-iptcCore:Location": "Champ de Mars",
    "XMP-photoshop:City": "Paris",
    "XMP-photoshop:State": "Île-de-France",
    "XMP-photoshop:Country": "France",
    "XMP-iptcCore:CountryCode": "FR",
    "XMP-dc:Subject": ["France", "Paris", "Eiffel Tower"],
    "XMP-digiKam:TagsList": ["Places/France/Paris/Eiffel Tower"],
    "XMP-lr:HierarchicalSubject": ["Places|France|Paris|Eiffel Tower"],
    "XMP-lmd:BundleId": "test-bundle",
    "XMP-lmd:BundleVersion": 1.2,
    "XMP-lmd:LandmarkId": "eiffel_tower",
    "XMP-lmd:Confidence": 0.97,
    "XMP-lmd:ReviewedBy": "user",
    "XMP-lmd:RunId": "run-1",
    "XMP-lmd:Time": "2024:05:01 08:11:12Z",
}
IN_SIDECAR: dict[str, Any] = {
    "XMP-exif:GPSDestLatitude": pytest.approx(PLACE.latitude, abs=1e-7),
    "XMP-exif:GPSDestLongitude": pytest.approx(PLACE.longitude, abs=1e-7),
    "XMP-exif:GPSLatitude": pytest.approx(PLACE.latitude, abs=1e-7),
    "XMP-exif:GPSLongitude": pytest.approx(PLACE.longitude, abs=1e-7),
    "XMP-exif:GPSMapDatum": "WGS-84",
    "XMP-exif:GPSProcessingMethod": "MANUAL",
    "XMP-exif:GPSHPositioningError": 2500,
}
EMBEDDED: dict[str, Any] = {
    "GPS:GPSVersionID": "2 3 0 0",
    "GPS:GPSDestLatitudeRef": "N",
    "GPS:GPSDestLatitude": pytest.approx(PLACE.latitude, abs=1e-7),
    "GPS:GPSDestLongitudeRef": "E",
    "GPS:GPSDestLongitude": pytest.approx(PLACE.longitude, abs=1e-7),
    "GPS:GPSLatitudeRef": "N",
    "GPS:GPSLatitude": pytest.approx(PLACE.latitude, abs=1e-7),
    "GPS:GPSLongitudeRef": "E",
    "GPS:GPSLongitude": pytest.approx(PLACE.longitude, abs=1e-7),
    "GPS:GPSMapDatum": "WGS-84",
    "GPS:GPSProcessingMethod": "MANUAL",
    "GPS:GPSHPositioningError": 2500,
}


def write(change: TagChange) -> tuple[bytes, Any]:
    blob = writer.take_snapshot(change)
    return blob, writer.write_tag(change)


def pixels(path: Path) -> str:
    with Image.open(path) as image:
        return hashlib.sha256(image.tobytes()).hexdigest()


@pytest.mark.parametrize("suffix", [*FORMATS, "heic"])
def test_exiftool_reads_every_field_of_a_sidecar(
    suffix: str, make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    photo = make_photo(f"IMG_1.{suffix}")
    change = writer.plan_tag(make_request(photo))
    write(change)
    assert change.target == photo.with_name(f"IMG_1.{suffix}.xmp")
    found = exiftool(change.target)
    assert {key: found.get(key) for key in EVERYWHERE | IN_SIDECAR} == EVERYWHERE | IN_SIDECAR


@pytest.mark.parametrize("suffix", FORMATS)
def test_exiftool_reads_every_embedded_field(
    suffix: str, make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    photo = make_photo(f"IMG_1.{suffix}")
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    write(change)
    assert change.target == photo
    found = exiftool(photo)
    assert {key: found.get(key) for key in EVERYWHERE | EMBEDDED} == EVERYWHERE | EMBEDDED
    assert not any(key.startswith("XMP-exif") for key in found)


@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("suffix", FORMATS)
def test_exiv2_reads_what_the_preview_announced(
    suffix: str, mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(f"IMG_1.{suffix}")
    change = writer.plan_tag(make_request(photo, mode=mode))
    write(change)
    found = read_exiv2(change.target)
    stores = {Store.XMP, Store.XMP_SIDECAR if mode is WriteMode.SIDECAR else Store.EXIF}
    expected = {field.key for field in FIELDS if field.store in stores and field.group is not Group.SIDECAR}
    expected.remove("Xmp.lmd.Replaced")  # only where a position was
    assert {edit.field for edit in change.fields} == expected
    for edit in change.fields:
        if not edit.field.endswith(("LocationShown", "LocationCreated", "Wrote")):
            assert found[edit.field] == edit.after.replace("; ", ", ")
    assert found["Xmp.iptcExt.LocationShown[1]/Iptc4xmpExt:City"] == "Paris"


@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("suffix", FORMATS)
def test_undo_gives_back_the_very_same_files(
    suffix: str, mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(f"IMG_1.{suffix}", Exif__Image__Artist="A. Photographer", Xmp__dc__source="a scan")
    os.utime(photo, ns=(10**18, 10**18))
    photo.chmod(0o640)
    before, picture = photo.read_bytes(), pixels(photo)
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob, written = write(change)
    assert pixels(photo) == picture
    if mode is WriteMode.EMBEDDED:
        assert photo.read_bytes() != before
        assert photo.stat().st_mode & 0o777 == 0o640
    else:
        assert photo.read_bytes() == before
    writer.undo_tag(change.target, blob, written)
    assert photo.read_bytes() == before
    assert photo.stat().st_mtime_ns == 10**18
    assert photo.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


def test_undo_gives_an_existing_sidecar_its_bytes_permissions_and_time_back(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    shutil.copy(SIDECARS / "darktable.xmp", sidecar)
    sidecar.chmod(0o600)
    os.utime(sidecar, ns=(10**18, 10**18 + 7))
    before = sidecar.read_bytes()
    change = writer.plan_tag(make_request(photo))
    blob, written = write(change)
    assert sidecar.read_bytes() != before
    assert sidecar.stat().st_mode & 0o777 == 0o600
    writer.undo_tag(sidecar, blob, written)
    assert sidecar.read_bytes() == before
    assert sidecar.stat().st_mode & 0o777 == 0o600
    assert sidecar.stat().st_mtime_ns == 10**18 + 7


def test_two_writes_into_one_sidecar_are_undone_backwards(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    first = writer.plan_tag(make_request(photo))
    undo_first = write(first)
    middle = first.target.read_bytes()
    second = writer.plan_tag(make_request(photo, landmark=GEISEL, run_id="run-2"))
    undo_second = write(second)
    writer.undo_tag(second.target, *undo_second)
    assert first.target.read_bytes() == middle
    writer.undo_tag(first.target, *undo_first)
    assert not first.target.exists()


@pytest.mark.parametrize("taken_here", [True, False])
@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_second_run_changes_nothing(
    suffix: str, mode: WriteMode, taken_here: bool, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(f"IMG_1.{suffix}", Iptc__Application2__Keywords="old", Exif__Image__Copyright="me")
    write(writer.plan_tag(make_request(photo, mode=mode, taken_here=taken_here)))
    later = datetime(2025, 1, 1, tzinfo=UTC)
    again = writer.plan_tag(make_request(photo, mode=mode, taken_here=taken_here, run_id="run-2", time=later))
    assert again.is_empty
    with pytest.raises(ValueError, match="empty"):
        writer.write_tag(again)


def test_another_reviewer_is_a_reason_to_write(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    write(writer.plan_tag(make_request(photo, reviewed_by=ReviewedBy.AUTO)))
    again = writer.plan_tag(make_request(photo, reviewed_by=ReviewedBy.USER, run_id="run-2"))
    assert {edit.field for edit in again.fields} == {"Xmp.lmd.ReviewedBy", "Xmp.lmd.RunId"}


@pytest.mark.parametrize("mode", WriteMode)
def test_a_photo_keeps_its_own_position(mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest) -> None:
    own = {
        "Exif.GPSInfo.GPSLatitudeRef": "S",
        "Exif.GPSInfo.GPSLatitude": "33/1 51/1 3000/100",
        "Exif.GPSInfo.GPSLongitudeRef": "E",
        "Exif.GPSInfo.GPSLongitude": "151/1 12/1 3600/100",
        "Exif.GPSInfo.GPSDateStamp": "2024:05:01",
    }
    photo = make_photo()
    set_metadata(photo, own)
    change = writer.plan_tag(make_request(photo, mode=mode))
    write(change)
    assert "The photo keeps its own GPS position." in change.notes
    found = read_exiv2(photo)
    assert {key: found[key] for key in own} == own
    target = read_exiv2(change.target)
    assert "Xmp.exif.GPSLatitude" not in target
    assert "Xmp.iptcExt.LocationCreated" not in target
    assert "Xmp.exif.GPSDestLatitude" in target or "Exif.GPSInfo.GPSDestLatitude" in target
    assert read_facts(photo).latitude == pytest.approx(-33.858333, abs=1e-6)


def test_a_position_in_the_sidecar_is_the_photos_own_too(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    source = (SIDECARS / "darktable.xmp").read_text("utf-8")
    sidecar.write_text(
        source.replace('xmp:Rating="3"', 'exif:GPSLatitude="10,30.5N" exif:GPSLongitude="20,15W"'), "utf-8"
    )
    for mode in WriteMode:
        change = writer.plan_tag(make_request(photo, mode=mode))
        assert "The photo keeps its own GPS position." in change.notes
        assert not any("GPSLat" in edit.field for edit in change.fields)


def test_without_taken_here_no_position_is_written(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    change = writer.plan_tag(make_request(make_photo(), taken_here=False))
    taken = {field.key for field in FIELDS if field.group is Group.TAKEN}
    assert not taken & {edit.field for edit in change.fields}
    assert change.notes == ()


def test_a_stated_place_of_the_camera_is_not_contradicted(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    source = (SIDECARS / "lightroom.xmp").read_text("utf-8")
    sidecar.write_text(source.replace("LocationShown", "LocationCreated"), "utf-8")
    change = writer.plan_tag(make_request(photo))
    assert "The file says already where the photo was taken; that stays." in change.notes
    assert not any(edit.field == "Xmp.exif.GPSLatitude" for edit in change.fields)


@pytest.mark.parametrize("mode", WriteMode)
def test_legacy_fields_of_another_place_are_not_mixed_with_ours(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Xmp__photoshop__City="Lyon")
    change = writer.plan_tag(make_request(photo, mode=mode))
    write(change)
    found = read_exiv2(change.target)
    assert found["Xmp.photoshop.City"] == "Lyon"
    assert not {"Xmp.photoshop.Country", "Xmp.photoshop.State", "Xmp.iptc.Location"} & set(found)
    assert "City and country are filled in already and stay as they are." in change.notes


def test_legacy_fields_that_agree_are_completed(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo(Xmp__photoshop__City="PARIS")
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    write(change)
    found = read_exiv2(photo)
    assert (found["Xmp.photoshop.City"], found["Xmp.photoshop.Country"]) == ("PARIS", "France")


def test_a_city_in_the_photo_blocks_the_legacy_fields_of_its_old_sidecar(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Xmp__photoshop__City="Lyon")
    shutil.copy(SIDECARS / "darktable.xmp", photo.with_name("IMG_1.jpg.xmp"))
    change = writer.plan_tag(make_request(photo))
    assert not any(edit.field.startswith("Xmp.photoshop") for edit in change.fields)


def test_our_city_stays_where_the_user_edited_another_of_the_fields(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    write(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    set_metadata(photo, {"Xmp.photoshop.Country": "Frankreich"})
    again = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED, run_id="run-2"))
    assert again.is_empty
    corrected = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED, landmark=GEISEL, run_id="run-2"))
    write(corrected)
    found = read_exiv2(photo)
    assert found["Xmp.photoshop.Country"] == "Frankreich"
    assert "Xmp.photoshop.City" not in found  # Paris was ours, and wrong


def test_keywords_that_others_added_behind_ours_are_no_reason_to_write(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo))
    write(change)
    text, ours = change.target.read_text("utf-8"), "<rdf:li>Eiffel Tower</rdf:li>"
    assert ours in text
    change.target.write_text(text.replace(ours, ours + "<rdf:li>x</rdf:li>"), "utf-8")
    assert writer.plan_tag(make_request(photo, run_id="run-2")).is_empty


def test_a_position_that_makes_no_sense_is_replaced(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    set_metadata(photo, {"Exif.GPSInfo.GPSLatitude": "0/0 0/0 0/0", "Exif.GPSInfo.GPSMapDatum": "TOKYO"})
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    write(change)
    found = read_exiv2(photo)
    assert found["Exif.GPSInfo.GPSLatitude"].startswith("48/1 51/1")
    assert found["Exif.GPSInfo.GPSMapDatum"] == "WGS-84"


def test_a_city_in_old_iptc_blocks_the_legacy_fields_of_a_sidecar(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Iptc__Application2__City="Lyon")
    change = writer.plan_tag(make_request(photo))
    write(change)
    found = read_exiv2(change.target)
    assert found["Xmp.photoshop.City"] == "Lyon"  # copied with the photo's descriptions
    assert "Xmp.photoshop.Country" not in found


def test_old_iptc_gets_its_twins_in_utf_8_and_cut_to_length(
    make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    assert PLACE is not None
    long_city = "Ä" * 20
    landmark = Landmark("x", "Eiffel Tower", location=replace(PLACE, city=long_city))
    photo = make_photo(Iptc__Application2__Caption="old caption")
    change = writer.plan_tag(make_request(photo, landmark=landmark, mode=WriteMode.EMBEDDED))
    write(change)
    found = exiftool(photo)
    expected = {
        "IPTC:CodedCharacterSet": "\x1b%G",
        "IPTC:Caption-Abstract": "old caption",
        "IPTC:Sub-location": "Champ de Mars",
        "IPTC:City": "Ä" * 16,
        "IPTC:Province-State": "Île-de-France",
        "IPTC:Country-PrimaryLocationName": "France",
        "IPTC:Country-PrimaryLocationCode": "FRA",
    }
    assert {key: found.get(key) for key in expected} == expected
    assert found["XMP-photoshop:City"] == long_city
    again = writer.plan_tag(make_request(photo, landmark=landmark, mode=WriteMode.EMBEDDED, run_id="run-2"))
    assert again.is_empty


def test_a_photo_without_old_iptc_gets_none(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    write(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    assert not any(key.startswith("Iptc.") for key in read_exiv2(photo))


def test_old_iptc_in_another_encoding_is_left_alone(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo(Iptc__Application2__Caption="XXXX")
    photo.write_bytes(photo.read_bytes().replace(b"XXXX", "Süd!".encode("latin-1")))
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    write(change)
    assert "The old IPTC fields of the photo are not in UTF-8; they are left as they are." in change.notes
    assert "Süd!".encode("latin-1") in photo.read_bytes()
    found = read_exiv2(photo)
    assert "Iptc.Application2.City" not in found
    assert found["Xmp.photoshop.City"] == "Paris"


@pytest.mark.parametrize("mode", WriteMode)
def test_keywords_are_added_and_none_is_removed(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(
        Xmp__dc__subject="Paris", Xmp__digiKam__TagsList="Leute/Anna", Xmp__lr__hierarchicalSubject="a|b"
    )
    change = writer.plan_tag(make_request(photo, mode=mode))
    write(change)
    found = read_exiv2(change.target)
    assert found["Xmp.dc.subject"] == "Paris, France, Eiffel Tower"
    assert found["Xmp.digiKam.TagsList"] == "Leute/Anna, Places/France/Paris/Eiffel Tower"
    assert found["Xmp.lr.hierarchicalSubject"] == "a|b, Places|France|Paris|Eiffel Tower"


@pytest.mark.parametrize("mode", WriteMode)
def test_keywords_of_old_iptc_are_not_hidden_by_new_ones(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Iptc__Application2__Keywords="Familie")
    change = writer.plan_tag(make_request(photo, mode=mode))
    write(change)
    assert read_exiv2(change.target)["Xmp.dc.subject"] == "Familie, France, Paris, Eiffel Tower"


@pytest.mark.parametrize("mode", WriteMode)
def test_a_corrected_landmark_replaces_what_we_wrote_and_nothing_else(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Xmp__dc__subject="France")
    write(writer.plan_tag(make_request(photo, mode=mode)))
    change = writer.plan_tag(make_request(photo, mode=mode, landmark=GEISEL, run_id="run-2"))
    write(change)
    found = read_exiv2(change.target)
    assert found["Xmp.dc.subject"] == "France, United States, San Diego, Geisel Library"  # France was there before us
    assert found["Xmp.photoshop.City"] == "San Diego"
    assert found["Xmp.iptcExt.LocationShown[1]/Iptc4xmpExt:City"] == "San Diego"
    assert "Xmp.iptcExt.LocationShown[2]" not in found
    assert "Xmp.iptcExt.LocationShown[1]/Iptc4xmpExt:Sublocation" not in found
    location = read_location(photo)
    assert location.position == pytest.approx((32.88115, -117.23758), abs=1e-6)
    assert location.mark is not None
    assert location.mark.landmark_id == "geisel_library"


def test_what_the_user_edited_since_is_no_longer_ours(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    write(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    set_metadata(photo, {"Xmp.photoshop.City": "Boulogne-Billancourt"})
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED, landmark=GEISEL, run_id="run-2"))
    write(change)
    found = read_exiv2(photo)
    assert found["Xmp.photoshop.City"] == "Boulogne-Billancourt"
    assert found.get("Xmp.photoshop.State") != "California"


def test_a_position_set_by_the_user_later_ousts_our_estimate(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    first = writer.plan_tag(make_request(photo))
    write(first)
    position = {"LatitudeRef": "N", "Latitude": "48/1 51/1 0/1", "LongitudeRef": "E", "Longitude": "2/1 17/1 0/1"}
    set_metadata(photo, {f"Exif.GPSInfo.GPS{name}": value for name, value in position.items()})
    change = writer.plan_tag(make_request(photo, run_id="run-2"))
    write(change)
    found = read_exiv2(change.target)
    assert "Xmp.exif.GPSLatitude" not in found
    assert "Xmp.iptcExt.LocationCreated" not in found
    assert "Xmp.exif.GPSDestLatitude" in found


def test_our_estimate_is_no_evidence(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    for mode in WriteMode:
        photo = make_photo(f"{mode}.jpg")
        write(writer.plan_tag(make_request(photo, mode=mode)))
        assert read_facts(photo).has_gps is False
        assert read_location(photo).position == pytest.approx((48.85837, 2.29448), abs=1e-6)


def test_separators_inside_names_open_no_further_keyword_level(
    make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    assert PLACE is not None
    landmark = Landmark("x", "A/B|C", location=replace(PLACE, name="A/B|C", city="Paris\x0b "))
    change = writer.plan_tag(make_request(make_photo(), landmark=landmark))
    write(change)
    found = exiftool(change.target)
    assert found["XMP-digiKam:TagsList"] == ["Places/France/Paris/A-B|C"]
    assert found["XMP-lr:HierarchicalSubject"] == ["Places|France|Paris|A/B-C"]
    assert found["XMP-dc:Subject"] == ["France", "Paris", "A/B|C"]


def test_a_picked_landmark_has_no_confidence(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    change = writer.plan_tag(make_request(make_photo(), confidence=None))
    assert "Xmp.lmd.Confidence" not in {edit.field for edit in change.fields}


def test_a_landmark_without_location_is_refused(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(make_photo(), landmark=Landmark("x", "Nowhere")))
    assert caught.value.code is ErrorCode.LANDMARK_WITHOUT_LOCATION


@pytest.mark.parametrize("name", ["IMG_1.heic", "IMG_1.dng", "IMG_1.CR2"])
def test_what_cannot_be_embedded_goes_into_a_sidecar(
    name: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(name)
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    write(change)
    assert change.target == photo.with_name(name + ".xmp")
    assert any("goes into a sidecar" in note for note in change.notes)
    assert photo.read_bytes() == before


def test_the_modification_time_of_an_embedded_photo_is_kept_on_request(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    for keep in (True, False):
        photo = make_photo(f"{keep}.jpg")
        os.utime(photo, ns=(10**18, 10**18))
        identity = writer.write_tag(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)), keep_mtime=keep)
        assert (photo.stat().st_mtime_ns == 10**18) is keep
        assert identity == writer.identity_of(photo)


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(
    make_photo: MakePhoto, make_request: MakeRequest, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    real = make_photo("IMG_1.jpg", tmp_path / "real")
    link = tmp_path / "link.jpg"
    link.symlink_to(real)
    write(writer.plan_tag(make_request(link, mode=WriteMode.EMBEDDED)))
    assert link.is_symlink()
    assert read_exiv2(real)["Xmp.photoshop.City"] == "Paris"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this system")
def test_extended_attributes_survive(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    try:
        os.setxattr(photo, "user.colour", b"red")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    write(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    assert os.getxattr(photo, "user.colour") == b"red"


def test_a_name_that_is_not_utf_8_works(make_request: MakeRequest, make_photo: MakePhoto, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg"))
    try:
        make_photo("plain.jpg").rename(odd)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for mode in WriteMode:
        change = writer.plan_tag(make_request(odd, mode=mode))
        write(change)
        assert read_location(odd).legacy is not None
    assert no_temp_files(tmp_path)


def test_a_name_of_251_bytes_works_and_a_longer_one_is_a_known_error(
    make_photo: MakePhoto, make_request: MakeRequest, tmp_path: Path
) -> None:
    fits = make_photo("é" * 123 + "a.jpg")
    assert len(os.fsencode(fits.name)) == 251
    write(writer.plan_tag(make_request(fits)))
    assert read_location(fits).mark is not None
    too_long = make_photo("a" * 251 + ".jpg")
    assert read_facts(too_long).taken_at is None
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(too_long))
    assert caught.value.code is ErrorCode.WRITE_FAILED
    write(writer.plan_tag(make_request(too_long, mode=WriteMode.EMBEDDED)))
    assert no_temp_files(tmp_path)


def test_the_time_is_written_in_utc(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    zone = datetime(2024, 5, 1, 10, 11, 12, tzinfo=UTC).astimezone(tz=None)
    shifted = zone.replace(tzinfo=UTC) + timedelta(0)
    change = writer.plan_tag(make_request(make_photo(), time=shifted))
    after = {edit.field: edit.after for edit in change.fields}
    assert after["Xmp.lmd.Time"] == shifted.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_shared_sidecar_says_so(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    make_photo("IMG_1.CR2")
    change = writer.plan_tag(make_request(photo, sidecar_name=SidecarName.STEM))
    write(change)
    assert "The sidecar IMG_1.xmp also serves IMG_1.CR2." in change.notes
    assert read_exiv2(change.target)["Xmp.photoshop.SidecarForExtension"] == "CR2"
    alone = writer.plan_tag(make_request(make_photo("IMG_2.jpg"), sidecar_name=SidecarName.STEM))
    assert "Xmp.photoshop.SidecarForExtension" not in {edit.field for edit in alone.fields}
