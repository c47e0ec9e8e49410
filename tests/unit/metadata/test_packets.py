"""XMP that is made once for a place: what is skipped later was proven before, and nothing else is skipped."""

from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import atomic, content, packets, writer
from landmark_desktop.metadata.container import without_packet
from landmark_desktop.metadata.exiv2_io import decode_packet
from landmark_desktop.metadata.reader import read_location
from tests.unit.metadata.helpers import GEISEL, MakePhoto, MakeRequest, read_exiv2, set_metadata

BOTH = pytest.mark.parametrize("mode", WriteMode)


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packets, "_proven", type(packets._proven)())


@BOTH
def test_photos_of_one_place_differ_in_their_confidence_and_are_parsed_once(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def counted(data: bytes) -> object:
        parsed.append(data)
        return decode_packet(data)

    monkeypatch.setattr(packets, "decode_packet", counted)
    found = {}
    for number, confidence in enumerate((0.97, 0.5, None, 1.0)):
        photo = make_photo(f"{number}.jpg")
        change = writer.plan_tag(make_request(photo, mode=mode, confidence=confidence))
        writer.write_tag(change)
        found[confidence] = read_exiv2(change.target)
    values = {confidence: said.pop("Xmp.lmd.Confidence", None) for confidence, said in found.items()}
    assert values == {0.97: "0.9700", 0.5: "0.5000", None: None, 1.0: "1.0000"}
    assert all(said == found[0.97] for said in found.values())
    assert len(parsed) == 4  # as a sidecar and as it is embedded, with and without a confidence


@BOTH
def test_another_place_gets_its_own(mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest) -> None:
    for name, changes in (("a.jpg", {}), ("b.jpg", {"landmark": GEISEL}), ("c.jpg", {"run_id": "run-9"})):
        writer.write_tag(writer.plan_tag(make_request(make_photo(name), mode=mode, **changes)))
    folder = make_photo("d.jpg").parent
    shown = [read_location(folder / name).shown[0].name for name in ("a.jpg", "b.jpg", "c.jpg")]
    assert shown == ["Eiffel Tower", "Geisel Library", "Eiffel Tower"]
    target = folder / ("c.jpg" if mode is WriteMode.EMBEDDED else "c.jpg.xmp")
    assert read_exiv2(target)["Xmp.lmd.RunId"] == "run-9"


@BOTH
def test_what_reads_back_otherwise_is_refused(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_tag(writer.plan_tag(make_request(make_photo("first.jpg"), mode=mode)))  # the packet is proven by now
    photo = make_photo()
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=mode))
    real = atomic.write_all
    monkeypatch.setattr(atomic, "write_all", lambda to, data: real(to, data.replace(b"Paris", b"Bonn.")))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.READBACK_MISMATCH
    assert photo.read_bytes() == before
    assert not Path(f"{photo}.xmp").exists()


def test_exif_that_a_write_would_lose_is_noticed_beside_a_proven_packet(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo(Exif__Image__Artist="somebody")
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    real = content.write_photo
    monkeypatch.setattr(content, "write_photo", lambda document: real(document).replace(b"somebody", b"nobody.."))
    with pytest.raises(MetadataError, match="Artist"):
        writer.write_tag(change)
    assert photo.read_bytes() == before


def test_a_packet_that_does_not_say_what_was_planned_is_not_used(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = packets.encode_packet
    monkeypatch.setattr(packets, "encode_packet", lambda xmp: encode(xmp).replace(b"Paris", b"Bonn."))
    change = writer.plan_tag(make_request(make_photo()))
    writer.write_tag(change)
    assert read_exiv2(change.target)["Xmp.photoshop.City"] == "Paris"
    assert not packets._proven


def test_only_the_very_packet_may_be_left_out_of_a_jpeg(make_photo: MakePhoto) -> None:
    photo = make_photo(Xmp__dc__format="a", Exif__Image__Artist="somebody")
    data = photo.read_bytes()
    head = b"http://ns.adobe.com/xap/1.0/\0"
    start = data.index(head)
    end = start - 2 + int.from_bytes(data[start - 2 : start], "big")
    packet = data[start + len(head) : end]
    rest = without_packet(data, "jpeg", packet)
    assert rest is not None
    assert b"somebody" in rest
    assert head not in rest
    assert without_packet(data, "jpeg", packet + b" ") is None
    assert without_packet(make_photo("bare.jpg").read_bytes(), "jpeg", packet) is None
    twice = data[: start - 4] + data[start - 4 : end] + data[start - 4 :]
    assert without_packet(twice, "jpeg", packet) is None
    assert without_packet(data, "png", packet) is None


def test_a_file_with_xmp_of_its_own_is_merged(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    set_metadata(photo, {"Xmp.dc.subject": "Anna"})
    writer.write_tag(writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED)))
    assert "Anna" in read_exiv2(photo)["Xmp.dc.subject"]
    assert not packets._proven
