"""What we wrote is taken out of files that others changed, and nothing else."""

from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_location
from tests.unit.metadata.helpers import EIFFEL, MakePhoto, MakeRequest, read_exiv2, set_metadata

THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:own="http://example.org/own/" own:note="kept">
<dc:subject><rdf:Bag><rdf:li>holiday</rdf:li></rdf:Bag></dc:subject>
{shown}
</rdf:Description></rdf:RDF></x:xmpmeta>"""
SHOWN = "<Iptc4xmpExt:LocationShown><rdf:Bag>{entries}</rdf:Bag></Iptc4xmpExt:LocationShown>"


def entry(name: str, city: str) -> str:
    alternatives = f'<rdf:Alt><rdf:li xml:lang="x-default">{name}</rdf:li></rdf:Alt>'
    return (
        f'<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:LocationName>{alternatives}</Iptc4xmpExt:LocationName>'
        f"<Iptc4xmpExt:City>{city}</Iptc4xmpExt:City><Iptc4xmpExt:WorldRegion>Europe</Iptc4xmpExt:WorldRegion></rdf:li>"
    )


def fields(path: Path) -> dict[str, str]:
    return {key: value for key, value in read_exiv2(path).items() if value}


def tag(request_maker: MakeRequest, photo: Path, **changes: object) -> tuple[Path, bytes]:
    change = writer.plan_tag(request_maker(photo, **changes))
    blob = writer.take_snapshot(change)
    writer.write_tag(change)
    return change.target, blob


def test_places_of_others_stay_and_are_counted_anew(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    theirs = SHOWN.format(entries=entry("Louvre", "Paris") + entry("Pantheon", "Rome"))
    sidecar.write_text(THEIRS.format(shown=theirs), "utf-8")
    before = fields(sidecar)
    target, blob = tag(make_request, photo)
    assert [place.name for place in read_location(photo).shown] == ["Louvre", "Pantheon", EIFFEL.name]
    writer.remove_ours(target, blob, "run-1")
    assert fields(sidecar) == before


def test_ours_goes_from_the_middle_of_a_list(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    target, blob = tag(make_request, photo)
    text = target.read_text("utf-8")
    opening = text.index("<rdf:Bag>", text.index("LocationShown")) + len("<rdf:Bag>")
    closing = text.index("</rdf:Bag>", opening)
    first, last = entry("One", "x"), entry("Two", "x")
    target.write_text(text[:opening] + first + text[opening:closing] + last + text[closing:], "utf-8")
    assert [place.name for place in read_location(photo).shown] == ["One", EIFFEL.name, "Two"]
    writer.remove_ours(target, blob, "run-1")
    found = fields(target)
    assert [place.name for place in read_location(photo).shown] == ["One", "Two"]
    assert found["Xmp.iptcExt.LocationShown[2]/Iptc4xmpExt:WorldRegion"] == "Europe"
    assert not [key for key in found if key.startswith(("Xmp.lmd", "Xmp.photoshop", "Xmp.exif", "Xmp.iptc."))]


def test_what_somebody_edited_is_no_longer_ours(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    target, blob = tag(make_request, photo, mode=WriteMode.EMBEDDED)
    set_metadata(photo, {"Xmp.photoshop.City": "Lutetia"})
    writer.remove_ours(target, blob, "run-1")
    found = fields(photo)
    assert found["Xmp.photoshop.City"] == "Lutetia"
    assert "Xmp.photoshop.Country" not in found
    assert "Exif.GPSInfo.GPSLatitude" not in found


def test_the_version_of_gps_stays_where_others_wrote_gps(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    target, blob = tag(make_request, photo, mode=WriteMode.EMBEDDED)
    set_metadata(photo, {"Exif.GPSInfo.GPSImgDirection": "90/1"})
    writer.remove_ours(target, blob, "run-1")
    gps = {key for key in fields(photo) if key.startswith("Exif.GPSInfo.")}
    assert gps == {"Exif.GPSInfo.GPSVersionID", "Exif.GPSInfo.GPSImgDirection"}


def test_a_file_without_the_mark_of_the_run_is_refused(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    target, blob = tag(make_request, photo)
    content = target.read_bytes()
    with pytest.raises(MetadataError) as caught:
        writer.remove_ours(target, blob, "run-2")
    assert caught.value.code is ErrorCode.UNDO_CHANGED
    assert target.read_bytes() == content
