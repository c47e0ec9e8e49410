"""Photos and file identities: what is taken for a photo, and when two files are the same."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.photo import (
    HEAD_BYTES,
    PHOTO_SUFFIXES,
    SAMPLE_BYTES,
    SAMPLES,
    FileIdentity,
    Photo,
    PhotoFacts,
    content_key,
    content_key_of,
    display_name,
    is_photo_name,
)

WHOLE = HEAD_BYTES + SAMPLES * SAMPLE_BYTES
LARGE = 2_000_000


def pattern(size: int) -> bytes:
    """Bytes that do not repeat with a period a sample could fall into."""
    return b"".join(index.to_bytes(4, "big") for index in range(size // 4 + 1))[:size]


def changed(data: bytes, index: int) -> bytes:
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :]


@pytest.mark.parametrize("size", [0, 1, HEAD_BYTES, WHOLE, WHOLE + 1, LARGE])
def test_content_key_of_a_file_is_that_of_its_bytes(tmp_path: Path, size: int) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(pattern(size))
    assert content_key(file) == content_key_of(pattern(size))
    assert len(bytes.fromhex(content_key(file))) == 16


def test_content_key_is_pinned() -> None:
    # Keys are stored in libraries: another key for the same bytes would lose every review.
    assert content_key_of(b"landmark") == "e6b07709b0282cb36ed8c84ce4bc8759"
    assert content_key_of(pattern(LARGE)) == "c0440cd74673b9984d78de14f07a2c6e"


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_small_contents_have_equal_keys_only_if_they_are_equal(a: bytes, b: bytes) -> None:
    assert (content_key_of(a) == content_key_of(b)) == (a == b)


@pytest.mark.parametrize("size", [1000, WHOLE])
def test_every_byte_of_a_small_file_counts(size: int) -> None:
    data = pattern(size)
    for index in (0, size // 3, size // 2, size - 1):
        assert content_key_of(changed(data, index)) != content_key_of(data)


@pytest.mark.parametrize(
    "index",
    [
        0,
        HEAD_BYTES - 1,  # the last byte of the head
        HEAD_BYTES,  # the first sample
        # the first byte of the sample in the middle
        HEAD_BYTES + (LARGE - HEAD_BYTES - SAMPLE_BYTES) * 8 // (SAMPLES - 1),
        LARGE - SAMPLE_BYTES,  # the last sample
        LARGE - 1,
    ],
)
def test_a_change_in_head_samples_or_tail_of_a_large_file_changes_its_key(index: int) -> None:
    data = pattern(LARGE)
    assert content_key_of(changed(data, index)) != content_key_of(data)


def test_a_large_file_that_grew_by_one_byte_has_another_key() -> None:
    # Equal samples, another size: zeros everywhere.
    assert content_key_of(bytes(LARGE)) != content_key_of(bytes(LARGE + 1))


def test_a_large_file_is_not_read_whole() -> None:
    # Between two samples nothing is read: that is what keeps a folder on a slow disk quick.
    data = pattern(LARGE)
    between = HEAD_BYTES + SAMPLE_BYTES + 10
    assert content_key_of(changed(data, between)) == content_key_of(data)


def test_content_key_of_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        content_key(tmp_path / "gone.jpg")


def test_identity_tells_size_time_and_content(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"12345")
    os.utime(file, ns=(0, 1_700_000_000_123_456_700))
    identity = FileIdentity.of(file)
    assert (identity.size, identity.content_key) == (5, None)
    assert identity.mtime_ns == file.stat().st_mtime_ns
    assert identity.mtime_ns // 1_000_000_000 == 1_700_000_000
    assert FileIdentity.of(file, with_content=True).content_key == content_key_of(b"12345")
    with pytest.raises(FileNotFoundError):
        FileIdentity.of(tmp_path / "gone.jpg")


def test_same_stat_looks_at_size_and_time_but_not_at_content() -> None:
    identity = FileIdentity(5, 7, "aa")
    assert identity.same_stat(FileIdentity(5, 7, None))
    assert not identity.same_stat(FileIdentity(6, 7, "aa"))
    assert not identity.same_stat(FileIdentity(5, 8, "aa"))


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_endings_of_photos_count_in_any_case(suffix: str) -> None:
    for name in (f"a{suffix}", f"A{suffix.upper()}", f"ünïcode 🗼.xmp{suffix}"):
        assert is_photo_name(name)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif"])
def test_the_formats_that_cameras_and_phones_write_are_photos(suffix: str) -> None:
    assert is_photo_name(f"IMG_1{suffix}")


@pytest.mark.parametrize(
    "name",
    ["a.jpg.xmp", "a.txt", "jpg", "a.", "", ".jpg", "._a.jpg", ".hidden.jpg", "a.jpg~", "a.jpg.part", "a.mp4", "a.eps"],
)
def test_other_names(name: str) -> None:
    assert not is_photo_name(name)


def test_display_name_is_the_last_part_and_safe_to_encode() -> None:
    assert display_name(Path("folder") / "Zoë 🗼.jpg") == "Zoë 🗼.jpg"
    undecodable = Path("folder") / os.fsdecode(b"\xff\xfeZo\xc3\xab.jpg")
    assert display_name(undecodable) == "\N{REPLACEMENT CHARACTER}" * 2 + "Zoë.jpg"


def test_display_name_of_a_root_is_not_empty() -> None:
    root = Path(Path.cwd().anchor)
    assert display_name(root) == str(root)


def test_a_photo_is_named_like_its_file() -> None:
    assert Photo(1, Path("x") / os.fsdecode(b"\xe9.jpg"), FileIdentity(1, 1)).name == "\N{REPLACEMENT CHARACTER}.jpg"


@pytest.mark.parametrize(
    ("latitude", "longitude", "has_gps"),
    [(None, None, False), (1.0, None, False), (None, 1.0, False), (0.0, 0.0, True), (48.8, 2.3, True)],
)
def test_gps_needs_both_coordinates_and_zero_is_one(
    latitude: float | None, longitude: float | None, has_gps: bool
) -> None:
    assert PhotoFacts(latitude=latitude, longitude=longitude).has_gps is has_gps


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_the_content_of_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(OSError, match="no ordinary file"):
        content_key(tmp_path / "pipe.jpg")
    with pytest.raises(OSError, match="no ordinary file"):
        FileIdentity.of(tmp_path / "pipe.jpg", with_content=True)
