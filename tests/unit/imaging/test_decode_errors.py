"""Files that are no sound photos: each is refused with its own reason, quickly, and nothing else ever happens."""

import errno
import io
import os
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging import stills
from landmark_desktop.imaging.decode import decode
from landmark_desktop.imaging.kinds import FORMATS
from tests import pictures

SUFFIXES = [".jpg", ".png", ".tif", ".webp", ".heic", ".gif", ".bmp", ".avif", ".jp2"]
MAGIC = {
    ".jpg": b"\xff\xd8\xff\xe0",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".tif": b"II*\0",
    ".webp": b"RIFF\x40\0\0\0WEBPVP8 ",
    ".heic": b"\0\0\0\x18ftypheic",
    ".gif": b"GIF89a",
    ".bmp": b"BM",
    ".avif": b"\0\0\0\x1cftypavif",
    ".jp2": b"\0\0\0\x0cjP  \r\n\x87\n",
}
DAMAGED = {ErrorCode.PHOTO_DAMAGED, ErrorCode.PHOTO_TRUNCATED}


def refused(path: Path, **options: Any) -> PhotoError:
    """Decode, expect a refusal that names the file, and return it."""
    with pytest.raises(PhotoError) as caught:
        decode(path, **options)
    assert caught.value.params["name"]
    return caught.value


def test_a_missing_file(tmp_path: Path) -> None:
    error = refused(tmp_path / "gone.jpg")
    assert (error.code, error.params["name"]) == (ErrorCode.FILE_MISSING, "gone.jpg")


def test_a_name_that_is_no_utf_8_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    assert refused(path).params["name"] == "caf\N{REPLACEMENT CHARACTER}.jpg"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").touch()
    assert refused(tmp_path / f"a{suffix}").code is ErrorCode.FILE_EMPTY


def test_a_folder_named_like_a_photo(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    # Windows says "no permission" instead.
    assert refused(tmp_path / "a.jpg").code in {ErrorCode.FILE_READ_FAILED, ErrorCode.FILE_NO_PERMISSION}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_text_named_like_a_photo(tmp_path: Path, suffix: str) -> None:
    error = refused(pictures.text_file(tmp_path / f"a{suffix}"))
    assert (error.code, error.params["name"]) == (ErrorCode.NOT_A_PHOTO, f"a{suffix}")


@pytest.mark.parametrize("content", [b"\0", b"\xff", b"\0" * 1000, b"x", b"RIFF\0\0\0\0WAVEfmt ", b"<svg/>", b"%!PS"])
def test_content_of_another_kind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    assert refused(tmp_path / "a.jpg").code is ErrorCode.NOT_A_PHOTO


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> io.BufferedReader:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = pictures.photo(tmp_path / "a.jpg")
    monkeypatch.setattr(Path, "open", refuse)
    assert refused(path).code is ErrorCode.FILE_NO_PERMISSION


class FailingDisk(io.RawIOBase):
    """A file on a disk that fails beyond ``sound`` bytes."""

    def __init__(self, path: Path, sound: int) -> None:
        self._data, self._sound, self._position = path.read_bytes(), sound, 0
        self._descriptor = os.open(path, os.O_RDONLY)

    def fileno(self) -> int:
        return self._descriptor

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: len(self._data)}[whence]
        return self._position

    def readinto(self, buffer: Any) -> int:
        if self._position >= self._sound:
            raise OSError(errno.EIO, "Input/output error")
        part = self._data[self._position : min(self._sound, self._position + len(buffer))]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".bmp"])
def test_a_disk_that_fails_is_not_the_photos_damage(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # "Copy the file again from a backup" would be the wrong remedy: the file is sound.
    path = pictures.photo(tmp_path / f"a{suffix}")
    for sound in (0, 600, path.stat().st_size - 100):
        disk = FailingDisk(path, sound)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", lambda *_, disk=disk: io.BufferedReader(disk, 64))
            error = refused(path)
        assert (error.code, error.params["reason"]) == (ErrorCode.FILE_READ_FAILED, "Input/output error"), sound


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_was_cut_off(tmp_path: Path, suffix: str) -> None:
    path = pictures.save(tmp_path / f"a{suffix}", pictures.scene(160, 120))
    data = path.read_bytes()
    for share in (0.1, 0.3, 0.5, 0.9):
        path.write_bytes(data[: int(len(data) * share)])
        assert refused(path).code in DAMAGED, share


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".bmp", ".gif", ".heic"])
def test_a_missing_end_is_called_so(tmp_path: Path, suffix: str) -> None:
    path = pictures.cut_off(pictures.save(tmp_path / f"a{suffix}", pictures.scene(160, 120)), 0.7)
    assert refused(path).code is ErrorCode.PHOTO_TRUNCATED


def test_a_progressive_jpeg_that_was_cut_off(tmp_path: Path) -> None:
    path = pictures.save(tmp_path / "a.jpg", pictures.scene(160, 120), progressive=True)
    assert refused(pictures.cut_off(path, 0.7)).code is ErrorCode.PHOTO_TRUNCATED


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("rest", [b"", b"garbage " * 100, b"\xff" * 800, b"\0" * 800])
def test_garbage_behind_the_right_first_bytes_is_a_damaged_photo(tmp_path: Path, suffix: str, rest: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(MAGIC[suffix] + rest)
    assert refused(tmp_path / f"a{suffix}").code in DAMAGED


def huge_png(path: Path, width: int, height: int) -> Path:
    """A PNG whose header promises this many pixels; only a few follow."""
    data = bytearray(pictures.giant_png(path, 8, 2).read_bytes())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    path.write_bytes(data)
    return path


def test_a_giant_is_refused_before_a_pixel_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = huge_png(tmp_path / "a.png", 30_000, 30_000)

    def fail(_image: ImageFile.ImageFile) -> None:
        raise AssertionError("900 million pixels are being decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    tracemalloc.start()
    try:
        error = refused(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.code is ErrorCode.PHOTO_TOO_LARGE
    assert error.params == {"name": "a.png", "width": "30000", "height": "30000", "megapixels": "900", "limit": "250"}
    assert peak < 4_000_000


def test_sizes_that_no_file_can_have_are_refused(tmp_path: Path) -> None:
    assert refused(huge_png(tmp_path / "a.png", 2**31 - 1, 2**31 - 1)).code is ErrorCode.PHOTO_TOO_LARGE


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_limit_of_pixels_holds_for_every_format_and_is_inclusive(tmp_path: Path, suffix: str) -> None:
    path = pictures.save(tmp_path / f"a{suffix}", pictures.corners(64, 48))
    assert decode(path, max_pixels=64 * 48).width == 64
    assert refused(path, max_pixels=64 * 48 - 1).code is ErrorCode.PHOTO_TOO_LARGE


def test_a_photo_that_needs_more_memory_than_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(_image: ImageFile.ImageFile) -> None:
        raise MemoryError

    path = pictures.photo(tmp_path / "a.jpg")
    monkeypatch.setattr(ImageFile.ImageFile, "load", exhaust)
    error = refused(path)
    assert (error.code, error.params["limit"]) == (ErrorCode.PHOTO_NEEDS_MEMORY, "2000")


def test_a_decoder_that_fails_in_an_unknown_way_is_logged_and_the_photos_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object) -> None:
        raise KeyError("tag 7\nand more")

    path = pictures.photo(tmp_path / "a.jpg")
    monkeypatch.setattr(stills, "finish", fail)
    error = refused(path)
    assert error.code is ErrorCode.PHOTO_DAMAGED
    assert "\n" not in error.message
    assert [record.levelname for record in caplog.records] == ["WARNING"]


# -- formats that are never opened ------------------------------------------------------------------------------------


def foreign_files() -> dict[str, bytes]:
    """Content of formats that Pillow knows, but that no camera writes or that start interpreters."""
    files = {}
    for name in ("EPS", "PDF", "PCX", "TGA", "ICO", "PPM", "SGI", "DDS", "IM", "MSP", "XBM"):
        buffer = io.BytesIO()
        pictures.corners().convert("1" if name in ("MSP", "XBM") else "RGB").save(buffer, name)
        files[name] = buffer.getvalue()
    files["PSD"] = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 8, 8, 8, 3) + bytes(300)
    files["WMF"] = b"\xd7\xcd\xc6\x9a" + bytes(100)
    files["FLI"] = struct.pack("<IHHHH", 200, 0xAF11, 1, 8, 8) + bytes(200)
    return files


def test_formats_off_the_list_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.init()  # all plugins, as another library in the process might do
    opened: list[str] = []

    def spy(name: str) -> Callable[..., Image.Image]:
        def factory(*_args: object) -> Image.Image:
            opened.append(name)
            raise SyntaxError(name)

        return factory

    foreign = {name: (spy(name), None) for name in Image.OPEN if name not in FORMATS}
    assert {"EPS", "PSD", "WMF", "GRIB", "HDF5"} <= set(foreign)
    monkeypatch.setattr(Image, "OPEN", Image.OPEN | foreign)
    for name, content in foreign_files().items():
        (tmp_path / "a.jpg").write_bytes(content)
        assert refused(tmp_path / "a.jpg").code is ErrorCode.NOT_A_PHOTO, name
    assert opened == []


def test_every_format_on_the_list_can_be_opened() -> None:
    assert set(FORMATS) <= set(Image.OPEN)


# -- anything at all --------------------------------------------------------------------------------------------------


# A decoder may meet damage that nobody foresaw. It is logged for whoever looks into it, and that is not what these
# tests are about; one log for all examples is fine.
may_log = pytest.mark.usefixtures("caplog")
one_log_for_all = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that one example after the other is written to."""
    return tmp_path_factory.mktemp("fuzz") / "a.jpg"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small photo of each format, with metadata and a profile where the format has room."""
    folder = tmp_path_factory.mktemp("sound")
    block = pictures.exif(orientation=6, gps=(48.85, 2.29), camera="Box").tobytes()
    files = {}
    for suffix in SUFFIXES:
        options = {} if suffix in (".gif", ".bmp", ".jp2") else {"exif": block}
        files[suffix] = pictures.save(folder / f"a{suffix}", pictures.scene(48, 32), **options).read_bytes()
    return files


def decoded_or_refused(path: Path) -> None:
    try:
        decoded = decode(path, short_side=16, max_pixels=1_000_000)
    except PhotoError:
        return
    assert decoded.image.mode == "RGB"


@may_log
@one_log_for_all
@given(st.binary(min_size=1, max_size=200), st.sampled_from([b"", *MAGIC.values()]))
def test_random_bytes_are_refused(scratch: Path, data: bytes, magic: bytes) -> None:
    scratch.write_bytes(magic + data)
    refused(scratch, max_pixels=1_000_000)


@pytest.mark.parametrize("suffix", SUFFIXES)
@may_log
@one_log_for_all
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_photo_is_shown_or_refused(
    scratch: Path, sound: dict[str, bytes], suffix: str, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(sound[suffix])
    for share, value in changes:
        # Squared, because headers are where the damage is interesting.
        data[int(share * share * len(data))] = value
    scratch.write_bytes(data)
    decoded_or_refused(scratch)


@pytest.mark.parametrize("suffix", SUFFIXES)
@may_log
@one_log_for_all
@given(at=st.floats(0, 1), inserted=st.binary(max_size=40), removed=st.integers(0, 60))
def test_a_photo_with_bytes_inserted_or_lost_is_shown_or_refused(
    scratch: Path, sound: dict[str, bytes], suffix: str, at: float, inserted: bytes, removed: int
) -> None:
    data = sound[suffix]
    position = int(at * at * len(data))
    scratch.write_bytes(data[:position] + inserted + data[position + removed :] + b"\0")
    decoded_or_refused(scratch)
