"""Sidecars of other programs: everything they wrote is still there after a merge, and damaged ones are left alone."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import exiv2
import pytest

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.tag import SidecarName, WriteMode
from landmark_desktop.metadata import content, writer
from landmark_desktop.metadata.exiv2_io import LOCK, BrokenMetadataError, decode_packet, encode_packet, xmp_names
from landmark_desktop.metadata.reader import read_facts, read_location
from tests.unit.metadata.helpers import GEISEL, SIDECARS, MakePhoto, MakeRequest, ReadBack, read_exiv2

PROGRAMS = ["darktable", "digikam", "lightroom", "unknown"]
ADDED_TO = ("Subject", "TagsList", "HierarchicalSubject", "LocationShown")
"""Lists that we add to."""
NOT_CONTENT = ("System:", "File:", "SourceFile", "XMP-x:", "ExifTool:")


def tag(photo: Path, program: str, make_request: MakeRequest) -> tuple[Path, Path]:
    """Give the photo a sidecar of the program and tag it; returns the sidecar and an untouched copy of it."""
    sidecar = photo.with_name(photo.name + ".xmp")
    shutil.copy(SIDECARS / f"{program}.xmp", sidecar)
    writer.write_tag(writer.plan_tag(make_request(photo)))
    return sidecar, SIDECARS / f"{program}.xmp"


@pytest.mark.parametrize("program", PROGRAMS)
def test_exiftool_finds_every_foreign_value_unchanged(
    program: str, make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    sidecar, original = tag(make_photo(), program, make_request)
    before, after = exiftool(original), exiftool(sidecar)
    content = {key: value for key, value in before.items() if not key.startswith(NOT_CONTENT)}
    assert len(content) > 5
    for key, value in content.items():
        if key.endswith(ADDED_TO):
            items = value if isinstance(value, list) else [value]
            assert after[key][: len(items)] == items
            assert len(after[key]) > len(items)
        else:
            assert after[key] == value, key
    assert after["XMP-photoshop:City"] == "Paris"


@pytest.mark.parametrize("program", PROGRAMS)
def test_exiv2_finds_every_foreign_node_unchanged(
    program: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    sidecar, original = tag(make_photo(), program, make_request)
    before, after = read_exiv2(original), read_exiv2(sidecar)
    lists = ("Xmp.dc.subject", "Xmp.digiKam.TagsList", "Xmp.lr.hierarchicalSubject")
    assert {key: after.get(key) for key in before if key not in lists} == {
        key: value for key, value in before.items() if key not in lists
    }


def test_a_place_of_others_keeps_its_details_beside_ours(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar, _ = tag(photo, "lightroom", make_request)
    found = read_exiv2(sidecar)
    first = "Xmp.iptcExt.LocationShown[1]/Iptc4xmpExt:"
    assert found[first + "LocationName"] == 'lang="x-default" Palais de Chaillot, lang="de" Chaillot-Palast'
    assert found[first + "WorldRegion"] == "Europe"
    assert found["Xmp.iptcExt.LocationShown[2]/Iptc4xmpExt:City"] == "Paris"
    names = [place.name for place in read_location(photo).shown]
    assert names == ["Palais de Chaillot", "Eiffel Tower"]


@pytest.mark.parametrize("name", ["Eiffel Tower", "EIFFEL TOWER"])
def test_a_place_that_is_there_already_is_not_added_again(
    name: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    text = (SIDECARS / "lightroom.xmp").read_text("utf-8").replace("Palais de Chaillot", name)
    photo.with_name("IMG_1.jpg.xmp").write_text(text, "utf-8")
    change = writer.plan_tag(make_request(photo))
    assert "Xmp.iptcExt.LocationShown" not in {edit.field for edit in change.fields}
    writer.write_tag(change)
    assert [place.name for place in read_location(photo).shown] == [name]


def test_a_sidecar_of_lightroom_for_the_raw_file_keeps_saying_so(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    make_photo("IMG_1.CR2")
    sidecar = photo.with_name("IMG_1.xmp")
    shutil.copy(SIDECARS / "lightroom.xmp", sidecar)
    change = writer.plan_tag(make_request(photo, sidecar_name=SidecarName.FULL))
    assert change.target == sidecar
    writer.write_tag(change)
    found = read_exiv2(sidecar)
    assert found["Xmp.photoshop.SidecarForExtension"] == "CR2"
    assert found["Xmp.tiff.Orientation"] == "8"
    assert found["Xmp.photoshop.DateCreated"] == "2024-05-01T10:11:12.37"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not XMP at all",
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>",
        b"<html><body>a page</body></html>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + (SIDECARS / "unknown.xmp").read_bytes().split(b"?>")[1],
        (SIDECARS / "darktable.xmp").read_bytes()[:1500],
        (SIDECARS / "digikam.xmp").read_bytes().replace(b"</mwg-rs:Regions>", b""),
        (SIDECARS / "digikam.xmp").read_bytes().replace("Fluß".encode(), "Fluß".encode("latin-1")),
        (SIDECARS / "unknown.xmp").read_bytes().replace(b"https://example.org/one/", b""),
        (SIDECARS / "unknown.xmp").read_bytes().replace(b'xml:lang="fr"', b"two:odd='1'"),
    ],
    ids=["empty", "text", "cut", "html", "doctype", "cut-darktable", "unclosed", "latin-1", "no-namespace", "no-rdf"],
)
def test_a_damaged_sidecar_is_refused_and_untouched(
    damage: bytes, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    sidecar.write_bytes(damage)
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(photo))
    assert caught.value.code is ErrorCode.SIDECAR_DAMAGED
    assert sidecar.read_bytes() == damage
    assert read_facts(photo).taken_at is None  # the photo itself can be read


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_sidecars_in_every_encoding_of_xmp_are_merged(
    encoding: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    text = (SIDECARS / "digikam.xmp").read_text("utf-8").partition("?>")[2].lstrip()
    sidecar.write_bytes(text.encode(encoding))
    writer.write_tag(writer.plan_tag(make_request(photo)))
    assert "Am Fluß" in read_exiv2(sidecar)["Xmp.dc.description"]


def test_a_bare_rdf_sidecar_is_merged(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    text = (SIDECARS / "lightroom.xmp").read_text("utf-8")
    sidecar.write_text(text[text.index("<rdf:RDF") : text.index("</rdf:RDF>") + 10], "utf-8")
    writer.write_tag(writer.plan_tag(make_request(photo)))
    assert read_exiv2(sidecar)["Xmp.aux.Lens"] == "EF24-70mm f/2.8L II USM"


def packet(prefix: str, uri: str, value: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:{prefix}="{uri}" {prefix}:note="{value}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


def test_two_files_may_use_one_prefix_for_different_namespaces(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photos = []
    for number in (1, 2):
        photo = make_photo(f"IMG_{number}.jpg")
        photo.with_name(f"IMG_{number}.jpg.xmp").write_bytes(packet("same", f"https://example.org/{number}/", "kept"))
        photos.append(photo)
    changes = [writer.plan_tag(make_request(photo)) for photo in photos]
    for change in changes:
        writer.write_tag(change)
    for number, change in enumerate(changes, 1):
        text = change.target.read_text("utf-8")
        assert f'"https://example.org/{number}/"' in text
        assert "kept" in text


def test_a_file_that_takes_our_prefix_for_itself_is_refused_and_does_no_harm(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    thief = make_photo("IMG_1.jpg")
    thief.with_name("IMG_1.jpg.xmp").write_bytes(packet("lmd", "https://example.org/other/", "x"))
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(thief))
    assert caught.value.code is ErrorCode.SIDECAR_DAMAGED
    other = make_photo("IMG_2.jpg")
    change = writer.plan_tag(make_request(other))
    writer.write_tag(change)
    text = change.target.read_text("utf-8")
    assert "http://ns.landmark-desktop.org/lmd/1.0/" in text
    assert "example.org" not in text


def test_prefixes_are_those_of_the_standards(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    change = writer.plan_tag(make_request(make_photo()))
    writer.write_tag(change)
    text = change.target.read_text("utf-8")
    for prefix in ("Iptc4xmpExt", "Iptc4xmpCore", "photoshop", "digiKam", "lr", "dc", "exif", "lmd"):
        assert f"xmlns:{prefix}=" in text


def test_prefixes_are_those_of_the_standards_whatever_comes_first() -> None:
    script = (
        "import exiv2\n"
        "from landmark_desktop.metadata import exiv2_io, places\n"
        "document = exiv2_io.empty_document()\n"
        "places.put_place(document.xmp, 'Xmp.iptcExt.LocationShown', 1, places.Place(name='x'))\n"
        "print(exiv2_io.encode_packet(document.xmp).decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert b"<Iptc4xmpExt:LocationShown>" in done.stdout


def test_a_namespace_that_is_lost_on_the_way_is_noticed(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    shutil.copy(SIDECARS / "unknown.xmp", sidecar)
    before = sidecar.read_bytes()
    change = writer.plan_tag(make_request(photo))
    wrong = (b"https://example.org/two#", b"https://example.org/three#")
    monkeypatch.setattr(content, "encode_packet", lambda xmp: encode_packet(xmp).replace(*wrong))
    with pytest.raises(MetadataError, match="namespace") as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.READBACK_MISMATCH
    assert sidecar.read_bytes() == before


def test_a_document_type_is_refused_before_anything_expands_it() -> None:
    body = (SIDECARS / "unknown.xmp").read_text("utf-8").partition("?>")[2]
    assert xmp_names(body)
    with pytest.raises(BrokenMetadataError, match="document type"):
        xmp_names('<!DOCTYPE x [<!ENTITY a "b">]>' + body)


def test_a_property_that_cannot_be_serialised_is_an_error_and_no_empty_file() -> None:
    with LOCK:
        document = decode_packet((SIDECARS / "unknown.xmp").read_bytes())
        document.xmp.add(exiv2.XmpKey("Xmp.dc.title[1]/nowhere:x"), exiv2.XmpTextValue("y"))
        with pytest.raises(BrokenMetadataError):
            encode_packet(document.xmp)


def seeded(photo: Path, make_request: MakeRequest) -> dict[str, Any]:
    change = writer.plan_tag(make_request(photo, taken_here=False))
    writer.write_tag(change)
    return read_exiv2(change.target)


def test_a_new_sidecar_starts_with_the_photos_descriptions(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    found = seeded(
        make_photo(
            Exif__Image__ImageDescription="from EXIF",
            Exif__Image__Artist="A. Photographer",
            Exif__Image__Copyright="© me",
            Iptc__Application2__Headline="from IIM",
            Xmp__dc__title="from XMP",
            Xmp__xmp__Rating="4",
            Xmp__xmp__Label="Red",
        ),
        make_request,
    )
    assert found["Xmp.dc.description"] == 'lang="x-default" from EXIF'
    assert found["Xmp.dc.creator"] == "A. Photographer"
    assert found["Xmp.dc.rights"] == 'lang="x-default" © me'
    assert found["Xmp.photoshop.Headline"] == "from IIM"
    assert found["Xmp.dc.title"] == 'lang="x-default" from XMP'
    assert (found["Xmp.xmp.Rating"], found["Xmp.xmp.Label"]) == ("4", "Red")


def test_a_new_sidecar_holds_nothing_that_alters_how_the_photo_is_shown_or_dated(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    exiv2.XmpProperties.registerNs("http://darktable.sf.net/", "darktable")
    found = seeded(
        make_photo(
            Exif__Image__Orientation="6",
            Exif__Photo__DateTimeOriginal="2024:05:01 10:11:12",
            Xmp__tiff__Orientation="8",
            Xmp__crs__Exposure2012="+1.00",
            Xmp__crs__HasSettings="True",
            Xmp__xmp__CreateDate="2020-01-01T00:00:00",
            Xmp__photoshop__DateCreated="2020-01-01",
            Xmp__exif__DateTimeOriginal="2020-01-01T00:00:00",
            Xmp__xmpMM__DocumentID="xmp.did:1",
            Xmp__darktable__history_end="3",
        ),
        make_request,
    )
    groups = {key.split(".")[1] for key in found}
    assert not groups & {"tiff", "crs", "xmpMM", "darktable", "xmp"}
    assert not any("Date" in key for key in found)


def test_a_position_known_to_xmp_only_comes_along(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    position = {"Xmp__exif__GPSLatitude": "10,30.5N", "Xmp__exif__GPSLongitude": "20,15.0E"}
    assert seeded(make_photo("a.jpg", **position), make_request)["Xmp.exif.GPSLatitude"] == "10,30.5N"
    measured = {"LatitudeRef": "N", "Latitude": "48/1 51/1 0/1", "LongitudeRef": "E", "Longitude": "2/1 17/1 0/1"}
    both = position | {f"Exif__GPSInfo__GPS{name}": value for name, value in measured.items()}
    assert "Xmp.exif.GPSLatitude" not in seeded(make_photo("b.jpg", **both), make_request)


def test_the_new_sidecar_of_a_tagged_photo_knows_what_was_ours(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    writer.write_tag(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    change = writer.plan_tag(make_request(photo, landmark=GEISEL, run_id="run-2"))
    writer.write_tag(change)
    found = read_exiv2(change.target)
    assert found["Xmp.photoshop.City"] == "San Diego"
    assert found["Xmp.dc.subject"] == "United States, San Diego, Geisel Library"
