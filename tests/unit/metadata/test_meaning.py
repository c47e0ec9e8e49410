"""Sidecars of other programs mean the same after a merge, by a reader of RDF that knows nothing of ours."""

import shutil
from pathlib import Path

import pytest

from landmark_desktop.metadata import writer
from landmark_desktop.metadata.exiv2_io import LMD_NAMESPACE, NAMESPACES
from landmark_desktop.metadata.fields import FIELDS, Kind
from tests.unit.metadata.helpers import GEISEL, SIDECARS, MakePhoto, MakeRequest
from tests.unit.metadata.rdf import properties

PROGRAMS = sorted(path.stem for path in SIDECARS.glob("*.xmp"))
PACKETS = {
    "as it is": lambda text: text.encode(),
    "with a wrapper": lambda text: (
        f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{text}<?xpacket end="r"?>'.encode()
    ),
    "padded": lambda text: (text + " " * 2000 + "\n").encode(),
    "with a byte-order mark": lambda text: text.encode("utf-8-sig"),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "with comments": lambda text: text.replace("<rdf:RDF", "<!-- by hand --><?app keep?><rdf:RDF", 1).encode(),
}


def bare(program: str) -> str:
    """The sidecar of a program without declaration and wrapper."""
    text = (SIDECARS / f"{program}.xmp").read_text("utf-8")
    return text[text.index("<x:xmpmeta") : text.index("</x:xmpmeta>") + len("</x:xmpmeta>")]


def xml_name(key: str) -> str:
    """``Xmp.dc.subject`` as ``{namespace}subject``."""
    _, group, name = key.split(".", 2)
    return f"{{{NAMESPACES[group][1]}}}{name}"


LISTS = {xml_name(f.key) for f in FIELDS if f.kind in (Kind.BAG, Kind.SEQ, Kind.PLACES)}
FILLED = {xml_name(f.key) for f in FIELDS if f.key.startswith("Xmp.")}


def check(sidecar: Path, before: dict[str, object]) -> None:
    """Everything is there with its old meaning; lists may have grown, and only our fields were added."""
    after = properties(sidecar.read_bytes())
    for name, value in before.items():
        if name in LISTS:
            assert isinstance(value, tuple)
            kind, items = after[name]
            assert (kind, items[: len(value[1])]) == value, name
        else:
            assert after[name] == value, name
    assert {name for name in after if name not in before} <= FILLED
    assert any(name.startswith(f"{{{LMD_NAMESPACE}}}") for name in after)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_foreign_node_keeps_its_meaning_through_two_merges(
    program: str, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    shutil.copy(SIDECARS / f"{program}.xmp", sidecar)
    before = properties(sidecar.read_bytes())
    assert len(before) > 4
    for landmark in ({}, {"landmark": GEISEL, "run_id": "run-2"}):
        writer.write_tag(writer.plan_tag(make_request(photo, **landmark)))
        check(sidecar, before)


@pytest.mark.parametrize("packet", PACKETS)
def test_every_shape_of_a_packet_is_merged(packet: str, make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    sidecar.write_bytes(PACKETS[packet](bare("digikam")))
    writer.write_tag(writer.plan_tag(make_request(photo)))
    check(sidecar, properties(bare("digikam").encode()))


def test_the_reader_tells_meanings_apart() -> None:
    def read(body: str) -> dict[str, object]:
        head = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a">'
        return properties(f"{head}{body}</rdf:RDF>".encode())

    assert read('<rdf:Description a:x="1"/>') == read("<rdf:Description><a:x>1</a:x></rdf:Description>")
    nested = "<rdf:Description><a:x><rdf:Description><a:y>1</a:y></rdf:Description></a:x></rdf:Description>"
    assert read('<rdf:Description><a:x a:y="1"/></rdf:Description>') == read(nested)
    bag, seq = (
        f"<rdf:Description><a:x><rdf:{k}><rdf:li>1</rdf:li></rdf:{k}></a:x></rdf:Description>" for k in ("Bag", "Seq")
    )
    assert read(bag) != read(seq)
    assert read('<rdf:Description><a:x xml:lang="de">1</a:x></rdf:Description>') != read('<rdf:Description a:x="1"/>')
