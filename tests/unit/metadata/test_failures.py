"""When something goes wrong, the original is untouched, no temporary file is left, and the error says what it was."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import atomic, container, exiv2_io, writer, xmp_text
from landmark_desktop.metadata.exiv2_io import LOCK, read_photo, write_photo
from landmark_desktop.metadata.reader import read_facts
from landmark_desktop.metadata.writer import PendingState
from tests.unit.metadata.helpers import (
    GEISEL,
    SIDECARS,
    MakePhoto,
    MakeRequest,
    no_temp_files,
    read_exiv2,
    set_metadata,
)

MODES = pytest.mark.parametrize("mode", WriteMode)
OS_ERRORS = {
    errno.ENOSPC: ErrorCode.WRITE_NO_SPACE,
    errno.EACCES: ErrorCode.WRITE_NO_PERMISSION,
    errno.EROFS: ErrorCode.WRITE_NO_PERMISSION,
    errno.EIO: ErrorCode.WRITE_FAILED,
}
STEPS = ["reserve", "write_all", "sync", "rename"]


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def failing_halfway(descriptor: int, data: bytes) -> None:
    os.write(descriptor, data[: len(data) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@MODES
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", OS_ERRORS)
def test_a_failing_disk_leaves_everything_as_it_was(
    step: str,
    number: int,
    mode: WriteMode,
    *,
    make_photo: MakePhoto,
    make_request: MakeRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = make_photo()
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob = writer.take_snapshot(change)
    monkeypatch.setattr(atomic, step, failing(number))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is OS_ERRORS[number]
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]
    assert photo.read_bytes() == before
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.NOT_WRITTEN


@pytest.mark.parametrize("step", STEPS)
@MODES
def test_a_failing_undo_leaves_what_was_written(
    step: str, mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    photo.with_name("IMG_1.jpg.xmp").write_bytes((SIDECARS / "digikam.xmp").read_bytes())
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob, written = writer.take_snapshot(change), writer.write_tag(change)
    after = change.target.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(atomic, step, failing(errno.ENOSPC))
        with pytest.raises(MetadataError) as caught:
            writer.undo_tag(change.target, blob, written)
    assert caught.value.code is ErrorCode.WRITE_NO_SPACE
    assert change.target.read_bytes() == after
    assert no_temp_files(photo.parent)
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.WRITTEN
    writer.undo_tag(change.target, blob, written)


def test_a_disk_that_fills_up_halfway_leaves_no_half_file(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo))
    monkeypatch.setattr(atomic, "write_all", failing_halfway)
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.WRITE_NO_SPACE
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


@MODES
def test_what_does_not_read_back_the_same_is_not_put_in_place(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=mode))
    good = atomic.write_all
    monkeypatch.setattr(atomic, "write_all", lambda fd, data: good(fd, data.replace(b"Champ", b"Chump", 1)))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.READBACK_MISMATCH
    assert photo.read_bytes() == before
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data.replace(b"Champ de Mars", b"Chump de Mars"), "is different"),
        (lambda data: data.replace(b"A. Photographer", b"B. Photographer"), "was lost or changed"),
        (lambda data: data[:-300] + bytes(100) + data[-200:], "the picture data changed"),
        (lambda data: data[:40], "read"),
    ],
    ids=["our field", "a foreign field", "the picture", "cut off"],
)
def test_a_library_that_writes_something_else_is_caught(
    spoil: Callable[[bytes], bytes],
    reason: str,
    make_photo: MakePhoto,
    make_request: MakeRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from landmark_desktop.metadata import content

    photo = make_photo(Exif__Image__Artist="A. Photographer", Xmp__dc__source="here")
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    monkeypatch.setattr(content, "write_photo", lambda document: spoil(exiv2_io.write_photo(document)))
    with pytest.raises(MetadataError, match=reason) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.READBACK_MISMATCH
    assert photo.read_bytes() == before
    assert no_temp_files(photo.parent)


def test_an_interrupt_leaves_no_temporary_file(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    photo = make_photo()
    change = writer.plan_tag(make_request(photo))
    monkeypatch.setattr(atomic, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        writer.write_tag(change)
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


@MODES
def test_a_photo_that_changed_since_the_plan_is_refused(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo, mode=mode))
    set_metadata(photo, {"Exif.Image.Artist": "somebody"})
    changed = photo.read_bytes()
    for action in (writer.take_snapshot, writer.write_tag):
        with pytest.raises(MetadataError) as caught:
            action(change)
        assert caught.value.code is ErrorCode.FILE_CHANGED
    assert photo.read_bytes() == changed
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


@MODES
def test_a_photo_whose_content_changed_behind_an_equal_time_and_size_is_refused(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo(Exif__Image__Artist="AAAA")
    change = writer.plan_tag(make_request(photo, mode=mode))
    photo.write_bytes(photo.read_bytes().replace(b"AAAA", b"BBBB"))
    os.utime(photo, ns=(change.photo_identity.mtime_ns, change.photo_identity.mtime_ns))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.FILE_CHANGED


def test_a_sidecar_that_appeared_or_changed_since_the_plan_is_refused(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo))
    theirs = (SIDECARS / "darktable.xmp").read_bytes()
    change.target.write_bytes(theirs)
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.FILE_CHANGED
    change = writer.plan_tag(make_request(photo))
    change.target.write_bytes(theirs.replace(b"Familie", b"Freunde"))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.FILE_CHANGED
    assert b"Freunde" in change.target.read_bytes()


@MODES
def test_a_file_replaced_in_the_last_moment_is_not_overwritten(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo, mode=mode))
    theirs = b"written by another program meanwhile"

    def sync_late(_: int) -> None:
        change.target.write_bytes(theirs)

    monkeypatch.setattr(atomic, "sync", sync_late)
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.FILE_CHANGED
    assert change.target.read_bytes() == theirs
    assert no_temp_files(photo.parent)


def test_a_vanished_photo_is_a_known_error(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    request = make_request(photo)
    change = writer.plan_tag(request)
    photo.unlink()
    for action in (lambda: writer.plan_tag(request), lambda: writer.write_tag(change)):
        with pytest.raises(KnownError) as caught:
            action()
        assert caught.value.code is ErrorCode.FILE_MISSING


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_is_a_known_error(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo))
    photo.parent.chmod(0o500)
    try:
        with pytest.raises(MetadataError) as caught:
            writer.write_tag(change)
    finally:
        photo.parent.chmod(0o700)
    assert caught.value.code is ErrorCode.WRITE_NO_PERMISSION


@MODES
def test_undo_refuses_a_file_that_changed_since(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob, written = writer.take_snapshot(change), writer.write_tag(change)
    data = change.target.read_bytes()
    changed = data.replace(b"Champ", b"Chump")
    change.target.write_bytes(changed)
    with pytest.raises(MetadataError) as caught:
        writer.undo_tag(change.target, blob, written)
    assert caught.value.code is ErrorCode.UNDO_CHANGED
    assert change.target.read_bytes() == changed
    # A pure touch does not matter.
    change.target.write_bytes(data)
    os.utime(change.target, ns=(1, 1))
    writer.undo_tag(change.target, blob, written)
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.NOT_WRITTEN


def test_undo_of_a_removed_file_is_a_known_error(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    change = writer.plan_tag(make_request(make_photo()))
    blob, written = writer.take_snapshot(change), writer.write_tag(change)
    change.target.unlink()
    with pytest.raises(KnownError) as caught:
        writer.undo_tag(change.target, blob, written)
    assert caught.value.code is ErrorCode.FILE_MISSING


@pytest.mark.parametrize("blob", [b"", b"LMDSNAP2whatever", b"LMDSNAP1\0\0\0\2{}"])
def test_an_unreadable_snapshot_is_a_known_error(blob: bytes, make_photo: MakePhoto) -> None:
    photo = make_photo()
    with pytest.raises(MetadataError) as caught:
        writer.undo_tag(photo, blob, writer.identity_of(photo))
    assert caught.value.code is ErrorCode.WRITE_FAILED
    with pytest.raises(ValueError, match="snapshot"):
        writer.planned_identity(blob)


@MODES
def test_what_became_of_a_pending_write_is_told(
    mode: WriteMode, make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    change = writer.plan_tag(make_request(photo, mode=mode))
    blob = writer.take_snapshot(change)
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.NOT_WRITTEN
    written = writer.write_tag(change)
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.WRITTEN
    assert writer.inspect_pending(change.target, blob, "run-2") is PendingState.SOMETHING_ELSE
    planned = writer.planned_identity(blob)
    assert (planned.size, planned.content_key) == (written.size, written.content_key)
    # Journaled with the planned identity, an undo still refuses what another program changed.
    change.target.write_bytes(change.target.read_bytes().replace(b"Champ", b"Chump"))
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.WRITTEN
    with pytest.raises(MetadataError) as caught:
        writer.undo_tag(change.target, blob, planned)
    assert caught.value.code is ErrorCode.UNDO_CHANGED
    change.target.write_bytes(b"something else")
    assert writer.inspect_pending(change.target, blob, "run-1") is PendingState.SOMETHING_ELSE


def test_a_pending_write_on_a_drive_that_is_away_is_looked_at_later(
    make_photo: MakePhoto, make_request: MakeRequest, tmp_path: Path
) -> None:
    (tmp_path / "drive").mkdir()
    change = writer.plan_tag(make_request(make_photo("a.jpg", tmp_path / "drive")))
    blob = writer.take_snapshot(change)
    (tmp_path / "drive").rename(tmp_path / "elsewhere")
    with pytest.raises(KnownError) as caught:
        writer.inspect_pending(change.target, blob, "run-1")
    assert caught.value.code is ErrorCode.FILE_MISSING


def test_orphaned_temporary_files_are_removed_and_no_others(
    make_photo: MakePhoto, make_request: MakeRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_photo()
    orphans = [tmp_path / f".{name}.lmd-0123456789abcdef.tmp" for name in ("a.jpg.xmp", "")]
    kept = [tmp_path / name for name in (".a.tmp", "a.lmd-0123456789abcdef.tmp", ".a.lmd-xyz.tmp", "b.jpg.xmp")]
    for path in orphans + kept:
        path.write_bytes(b"x")
    seen: list[tuple[int, bool]] = []

    def sync(_: int) -> None:
        running = [path for path in tmp_path.iterdir() if path.name.endswith(".tmp") and "IMG_1" in path.name]
        seen.append((writer.clean_temp_files(tmp_path), running[0].exists()))

    monkeypatch.setattr(atomic, "sync", sync)
    writer.write_tag(writer.plan_tag(make_request(photo)))
    assert seen == [(2, True)]  # the orphans go, the file of the running write stays
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in orphans)
    assert writer.clean_temp_files(tmp_path / "missing") == 0


def test_metadata_too_large_for_the_format_is_a_known_error(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo(Xmp__dc__description="x" * 60_500)
    before = photo.read_bytes()
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    with pytest.raises(MetadataError) as caught:
        writer.write_tag(change)
    assert caught.value.code is ErrorCode.EMBED_UNSUPPORTED
    assert photo.read_bytes() == before


def test_broken_embedded_metadata_is_a_known_error_and_stays(make_photo: MakePhoto, make_request: MakeRequest) -> None:
    photo = make_photo(Xmp__dc__source="here")
    photo.write_bytes(photo.read_bytes().replace(b"</rdf:RDF>", b"<!rdf:RDF>"))
    before = photo.read_bytes()
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    assert caught.value.code is ErrorCode.METADATA_UNREADABLE
    change = writer.plan_tag(make_request(photo))
    assert "The photo's own XMP is damaged and was left out of the new sidecar." in change.notes
    writer.write_tag(change)
    assert read_exiv2(change.target)["Xmp.photoshop.City"] == "Paris"
    assert photo.read_bytes() == before


def test_a_tiff_with_pictures_we_cannot_watch_gets_a_sidecar(
    make_photo: MakePhoto, make_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> container.Container:
        raise container.DamagedContainerError("it holds further pictures in sub-directories")

    photo = make_photo("IMG_1.tif")
    monkeypatch.setattr(container, "parse", refuse)
    change = writer.plan_tag(make_request(photo, mode=WriteMode.EMBEDDED))
    assert change.target.name == "IMG_1.tif.xmp"
    assert "sub-directories; the place goes into a sidecar." in change.notes[0]


def test_the_content_made_for_a_snapshot_serves_its_own_change_only(
    make_photo: MakePhoto, make_request: MakeRequest
) -> None:
    photo = make_photo()
    first = writer.plan_tag(make_request(photo))
    second = writer.plan_tag(make_request(photo, landmark=GEISEL))
    writer.take_snapshot(first)
    writer.write_tag(second)
    assert read_exiv2(second.target)["Xmp.photoshop.City"] == "San Diego"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_writing_leaves_the_bytes_alone_that_were_read(make_photo: MakePhoto, suffix: str) -> None:
    """Exiv2 writes a TIFF's new values over the old ones in memory where they fit; what undo needs was lost by that."""
    data = make_photo(f"IMG_1{suffix}", Exif__GPSInfo__GPSLatitudeRef="N").read_bytes()
    same = bytes(bytearray(data))
    with LOCK:
        document = read_photo(data)
        document.exif["Exif.GPSInfo.GPSLatitudeRef"] = "S"
        assert write_photo(document) != same
    assert data == same


@pytest.mark.parametrize("error", [OverflowError("Overflow in addition"), MemoryError(), IndexError("out of range")])
def test_errors_of_cpp_in_exiv2_are_damage(
    make_photo: MakePhoto, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    class Image:
        def readMetadata(self) -> None:
            raise error

    monkeypatch.setattr("landmark_desktop.metadata.exiv2_io._open", lambda _source: (Image(), None))
    with pytest.raises(MetadataError) as caught:
        read_facts(make_photo("IMG_1.jpg"))
    assert caught.value.code is ErrorCode.METADATA_UNREADABLE


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{0}</rdf:Description></rdf:RDF></x:xmpmeta>'
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("".join(f"<dc:a{n}/>" for n in range(xmp_text.MAX_NAMES + 1)), "more parts"),
        ("<dc:a/>" * (xmp_text.MAX_ELEMENTS + 1), "more parts"),
        ("<dc:a>" + "a" * xmp_text.MAX_PACKET_BYTES + "</dc:a>", "larger than 32 MB"),
    ],
    ids=["names", "elements", "bytes"],
)
def test_a_sidecar_that_would_take_forever_is_refused(
    make_photo: MakePhoto, make_request: MakeRequest, body: str, reason: str
) -> None:
    photo = make_photo("IMG_1.jpg")
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    sidecar.write_text(XMP.format(body), "utf-8")
    with pytest.raises(MetadataError) as caught:
        writer.plan_tag(make_request(photo))
    assert caught.value.code is ErrorCode.SIDECAR_DAMAGED
    assert reason in str(caught.value.__cause__)
    assert read_facts(photo).taken_at is None  # the photo itself is fine
