"""Photoshop's digest of IPTC-IIM stays true, so that programs that go by it see our keywords."""

import hashlib
import shutil
import subprocess

import pytest

from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.iptc_digest import renewed
from tests.unit.metadata.helpers import MakePhoto, MakeRequest, ReadBack


def resources(iim: bytes, digest: bytes) -> bytes:
    """A Photoshop block with IIM and a digest, and something else between them."""
    padded = iim + b"\0" * (len(iim) % 2)
    block = b"8BIM\x04\x04\0\0" + len(iim).to_bytes(4, "big") + padded
    return block + b"8BIM\x03\xed\0\0\0\0\0\x02ab" + b"8BIM\x04\x25\0\0\0\0\0\x10" + digest


def md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def test_a_true_digest_is_renewed_and_nothing_else() -> None:
    old, new = b"head" + resources(b"old", md5(b"old")), b"head" + resources(b"longer", md5(b"old")) + b"picture"
    assert renewed(old, new) == b"head" + resources(b"longer", md5(b"longer")) + b"picture"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (resources(b"old", bytes(16)), resources(b"longer", bytes(16))),
        (b"no resources", b"none"),
        (resources(b"old", md5(b"old")), b"none left"),
        (b"8BIM\x04\x25\0\0\0\0\0\x10cut", b"8BIM\x04\x25\0\0\0\0\0\x10cut"),
        (b"8BIM\x04\x04\0\0\xff\xff\xff\xff" + resources(b"old", md5(b"x")), b"x"),
        (b"", b"anything"),
    ],
)
def test_a_digest_that_did_not_fit_stays(old: bytes, new: bytes) -> None:
    assert renewed(old, new) == new


def test_readers_that_go_by_the_digest_see_our_keywords(
    make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    photo = make_photo("IMG_1.jpg", Iptc__Application2__Keywords="Familie", Xmp__dc__subject="Familie")
    program = shutil.which("exiftool")
    assert program is not None
    subprocess.run([program, "-q", "-overwrite_original", "-IPTCDigest=new", str(photo)], check=True)
    before = exiftool(photo)
    assert before["Photoshop:IPTCDigest"] == before["File:CurrentIPTCDigest"]
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    writer.take_snapshot(change)
    writer.write_tag(change)
    after = exiftool(photo)
    assert after["IPTC:City"] == "Paris"
    assert after["Photoshop:IPTCDigest"] == after["File:CurrentIPTCDigest"]
    listed = subprocess.run(
        [program, "-use", "MWG", "-s3", "-MWG:Keywords", str(photo)], capture_output=True, check=True
    )
    assert listed.stdout.decode().strip() == "Familie, France, Paris, Eiffel Tower"


def test_a_tiff_with_photoshops_block_gets_a_sidecar(
    make_photo: MakePhoto, make_request: MakeRequest, exiftool: ReadBack
) -> None:
    photo = make_photo("IMG_1.tif", Iptc__Application2__Keywords="Familie")
    program = shutil.which("exiftool")
    assert program is not None
    subprocess.run([program, "-q", "-overwrite_original", "-IPTCDigest=new", str(photo)], check=True)
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    writer.write_tag(change)
    assert change.target == photo.with_name("IMG_1.tif.xmp")
    assert any("Photoshop" in note and "sidecar" in note for note in change.notes)
    assert photo.read_bytes() == before
    assert exiftool(change.target)["XMP-dc:Subject"] == ["Familie", "France", "Paris", "Eiffel Tower"]
