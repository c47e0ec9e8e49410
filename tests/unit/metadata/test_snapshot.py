"""Snapshots give back the old file byte for byte, or refuse."""

import io

import pytest
from PIL import Image

from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.metadata.snapshot import Snapshot, SnapshotError, of_file, of_nothing

PLANNED = FileIdentity(12, 0, "abc")
KINDS = pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])


def picture(kind: str, size: tuple[int, int] = (64, 48)) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(stream, kind.upper())
    return stream.getvalue()


@KINDS
def test_a_photo_comes_back_from_its_picture_and_the_snapshot(kind: str) -> None:
    data = picture(kind)
    blob = of_file(data, kind, 0o640, 10**18, PLANNED).to_bytes()
    shot = Snapshot.from_bytes(blob)
    assert shot.restore(data) == data
    assert (shot.mode, shot.mtime_ns, shot.planned, shot.existed) == (0o640, 10**18, PLANNED, True)
    assert len(blob) < len(data) // 2  # the picture itself is not in it


@KINDS
def test_another_picture_is_refused(kind: str) -> None:
    shot = of_file(picture(kind), kind, 0o640, 0, PLANNED)
    with pytest.raises(SnapshotError):
        shot.restore(picture(kind))


def test_a_picture_with_fewer_pieces_is_refused() -> None:
    shot = of_file(picture("jpeg"), "jpeg", 0o640, 0, PLANNED)
    with pytest.raises(SnapshotError, match="fewer pieces"):
        shot.restore(b"\xff\xd8\xff\xda\0\x02scan")


def test_a_sidecar_is_kept_whole() -> None:
    shot = Snapshot.from_bytes(of_file(b"anything", "xmp", 0o600, 1, PLANNED).to_bytes())
    assert shot.restore(b"whatever") == b"anything"


def test_a_file_that_was_not_there() -> None:
    shot = Snapshot.from_bytes(of_nothing(PLANNED).to_bytes())
    assert not shot.existed
    assert not shot.is_of(b"")
    assert shot.planned == PLANNED


def test_a_damaged_blob_is_refused() -> None:
    blob = of_file(b"anything", "xmp", 0o600, 1, PLANNED).to_bytes()
    for damaged in (blob[:-3], b"X" + blob, blob[:20], blob.replace(b'"mode"', b'"mood"')):
        with pytest.raises(SnapshotError):
            Snapshot.from_bytes(damaged)
