"""A photo's own position: kept, compared with the landmark, and replaced only where the user confirmed it."""

import pytest

from landmark_desktop.core.tag import TagChange, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_facts, read_location
from tests.unit.metadata.helpers import GEISEL, MakePhoto, MakeRequest, read_exiv2, set_metadata

SYDNEY = {
    "Exif.GPSInfo.GPSLatitudeRef": "S",
    "Exif.GPSInfo.GPSLatitude": "33/1 51/1 3000/100",
    "Exif.GPSInfo.GPSLongitudeRef": "E",
    "Exif.GPSInfo.GPSLongitude": "151/1 12/1 3600/100",
    "Exif.GPSInfo.GPSAltitude": "58/1",
    "Exif.GPSInfo.GPSDateStamp": "2024:05:01",
}
PARIS = {
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLatitude": "48/1 51/1 0/100",
    "Exif.GPSInfo.GPSLongitudeRef": "E",
    "Exif.GPSInfo.GPSLongitude": "2/1 17/1 0/100",
}
FAR = "That position is 16,964 km from Eiffel Tower: one of the two is wrong."


def write(change: TagChange) -> tuple[bytes, object]:
    blob = writer.take_snapshot(change)
    return blob, writer.write_tag(change)


@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("taken_here", [True, False])
@pytest.mark.parametrize(("position", "conflicts"), [(SYDNEY, True), (PARIS, False)])
def test_a_conflict_is_told_and_the_position_stays(
    mode: WriteMode,
    taken_here: bool,
    position: dict[str, str],
    conflicts: bool,
    make_photo: MakePhoto,
    make_request: MakeRequest,
) -> None:
    photo = make_photo()
    set_metadata(photo, position)
    change = writer.plan_tag(make_request(photo, mode=mode, taken_here=taken_here))
    assert (FAR in change.notes) is conflicts
    assert ("The photo keeps its own GPS position." in change.notes) is taken_here
    write(change)
    found = read_exiv2(photo)
    assert {key: found[key] for key in position} == position
    assert "Xmp.exif.GPSLatitude" not in read_exiv2(change.target)


@pytest.mark.parametrize("mode", WriteMode)
def test_a_confirmed_position_is_replaced_and_comes_back_with_undo(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    set_metadata(photo, SYDNEY)
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=mode, replace_position=True))
    assert "The photo's own GPS position gives way to the estimate, as you confirmed." in change.notes
    blob, written = write(change)
    found = read_location(photo)
    assert found.position == pytest.approx((48.85837, 2.29448), abs=1e-6)
    target, photo_now = read_exiv2(change.target), read_exiv2(photo)
    assert target["Xmp.lmd.Replaced"] == "-33.858333, 151.210000"
    assert target["Xmp.iptcExt.LocationCreated[1]/Iptc4xmpExt:City"] == "Paris"
    assert photo_now["Exif.GPSInfo.GPSAltitude"] == "58/1"
    assert photo_now["Exif.GPSInfo.GPSDateStamp"] == "2024:05:01"
    writer.undo_tag(change.target, blob, written)  # type: ignore[arg-type]
    assert photo.read_bytes() == before
    assert read_facts(photo).has_gps


@pytest.mark.parametrize("mode", WriteMode)
@pytest.mark.parametrize("also_in_exif", [False, True], ids=["XMP alone", "XMP and EXIF"])
def test_a_position_in_xmp_gives_way_too_when_the_user_confirms(
    mode: WriteMode, also_in_exif: bool, *, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(
        Xmp__exif__GPSLatitude="33,51.5S", Xmp__exif__GPSLongitude="151,12.6E", Xmp__exif__GPSAltitude="58/1"
    )
    if also_in_exif:
        set_metadata(photo, SYDNEY)
    before = photo.read_bytes()
    assert "The photo keeps its own GPS position." in writer.plan_tag(make_request(photo, mode=mode)).notes
    change = writer.plan_tag(make_request(photo, mode=mode, replace_position=True))
    blob, written = write(change)
    target = read_exiv2(change.target)
    # Lightroom and digiKam prefer XMP: there the old position would have won.
    assert (target["Xmp.exif.GPSLatitude"], target["Xmp.exif.GPSLongitude"]) == ("48,51.502200N", "2,17.668800E")
    if mode is WriteMode.EMBEDDED or not also_in_exif:  # a new sidecar copies a position that stands in XMP alone
        assert target["Xmp.exif.GPSAltitude"] == "58/1"
    assert target["Xmp.lmd.Replaced"] == "-33.858333, 151.210000"
    assert read_location(photo).position == pytest.approx((48.85837, 2.29448), abs=1e-6)
    if mode is WriteMode.EMBEDDED:
        assert target["Exif.GPSInfo.GPSLatitude"].startswith("48/1 51/1")
        assert not read_facts(photo).has_gps
    taken_here = not read_facts(photo).has_gps
    assert writer.plan_tag(make_request(photo, mode=mode, taken_here=taken_here, run_id="run-2")).is_empty
    writer.undo_tag(change.target, blob, written)  # type: ignore[arg-type]
    assert photo.read_bytes() == before


@pytest.mark.parametrize("mode", WriteMode)
def test_what_was_confirmed_once_holds_for_that_position_only(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    set_metadata(photo, SYDNEY)
    write(writer.plan_tag(make_request(photo, mode=mode, replace_position=True)))
    # As the library asks the next time: the photo's own position still counts where the estimate is in the sidecar.
    taken_here = not read_facts(photo).has_gps
    assert taken_here is (mode is WriteMode.EMBEDDED)
    again = make_request(photo, mode=mode, taken_here=taken_here, run_id="run-2")
    assert writer.plan_tag(again).is_empty
    set_metadata(photo, PARIS)
    later = writer.plan_tag(again)
    assert ("The photo keeps its own GPS position." in later.notes) is taken_here
    write(later)
    assert read_location(photo).position == pytest.approx((48.85, 2.283333), abs=1e-6)
    assert "Xmp.lmd.Replaced" not in read_exiv2(later.target)


@pytest.mark.parametrize("mode", WriteMode)
def test_old_iptc_in_another_encoding_gets_ascii_and_no_marker_of_utf_8(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Iptc__Application2__Caption="XXXX")
    caption = "Süd!".encode("latin-1")
    photo.write_bytes(photo.read_bytes().replace(b"XXXX", caption))
    change = writer.plan_tag(make_request(photo, mode=mode, landmark=GEISEL))
    write(change)
    found = read_exiv2(photo)
    assert caption in photo.read_bytes()
    assert "Iptc.Envelope.CharacterSet" not in found
    assert found.get("Iptc.Application2.City") == ("San Diego" if mode is WriteMode.EMBEDDED else None)


@pytest.mark.parametrize("mode", WriteMode)
def test_the_files_of_one_photo_get_the_same(mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest) -> None:
    jpeg, raw = make_photo("IMG_1.jpg", Xmp__photoshop__City="Lyon"), make_photo("IMG_1.CR2")
    set_metadata(jpeg, PARIS)
    changes = [
        writer.plan_tag(make_request(jpeg, mode=mode, siblings=(raw,))),
        writer.plan_tag(make_request(raw, mode=mode, siblings=(jpeg,))),
    ]
    for change in changes:
        write(change)
        found = read_exiv2(change.target)
        assert "Xmp.photoshop.Country" not in found  # the JPEG says another city
        assert "Xmp.iptcExt.LocationCreated" not in found
        assert "Eiffel Tower" in found["Xmp.dc.subject"]
    again = make_request(raw, mode=mode, siblings=(jpeg,), run_id="run-2")
    assert writer.plan_tag(again).is_empty


def test_a_file_of_the_photo_that_cannot_be_read_says_nothing(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    jpeg = make_photo()
    raw = make_photo("IMG_1.CR2")
    raw.write_bytes(b"")
    raw.with_name("IMG_1.CR2.xmp").write_bytes(b"broken")
    assert not writer.plan_tag(make_request(jpeg, siblings=(raw, jpeg.with_name("gone.CR2")))).is_empty
