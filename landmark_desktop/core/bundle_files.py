"""Reading the files of a bundle, which is a folder or a zip, without trusting either.

Nothing is ever extracted. A zip that was made to be unpacked over other files (names that lead out of it, links), or
that unfolds to far more than it holds, is refused whole, although only files with plain names are read.
"""

import io
import lzma
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import BundleError, ErrorCode

PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
BOMB_BYTES: Final = 64 * 1024 * 1024
BOMB_RATIO: Final = 100
"""A file in a zip that has more bytes than the one, and is packed more tightly than the other, is no model: weights
hardly shrink."""
_CHUNK_BYTES: Final = 1024 * 1024
_ZIP_ERRORS = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What reading a missing, damaged, encrypted or exotic zip raises (RuntimeError: encrypted or unknown method)."""


def read_member(source: Path, name: str, limit: int) -> bytes:
    """Read one file of the bundle at ``source``, refusing names with a path in them and files above ``limit`` bytes.

    Raises:
        BundleError: the file or the bundle is missing, unreadable, too large, or the zip is a hostile one.
    """
    if not PLAIN_NAME.fullmatch(name):
        raise _schema_error(source, f"{name!r} is not a plain file name")
    try:
        if source.is_dir():
            path = source / name
            if not path.is_file():
                raise BundleError(ErrorCode.BUNDLE_MISSING, name=path)
            if path.stat().st_size > limit:
                raise _schema_error(source, f"{name} is too large")
            return path.read_bytes()
        with _ZipSource(source) as packed, zipfile.ZipFile(packed) as archive:
            _check_zip(archive, source)
            info = _find_in_zip(archive, name)
            if info is None:
                raise BundleError(ErrorCode.BUNDLE_MISSING, name=source / name)
            if info.file_size > limit:
                raise _schema_error(source, f"{name} is too large")
            if info.file_size > BOMB_BYTES and info.file_size > BOMB_RATIO * info.compress_size:
                raise BundleError(
                    ErrorCode.BUNDLE_UNSAFE, name=source.name, reason=f"{name} would unfold to {info.file_size:,} bytes"
                )
            with archive.open(info) as file:
                return b"".join(iter(lambda: file.read(_CHUNK_BYTES), b""))
    except _ZIP_ERRORS as error:
        raise BundleError(ErrorCode.BUNDLE_UNREADABLE, name=source.name, reason=error) from error


class _ZipSource(io.BufferedReader):
    """A zip file of which nothing is read in larger pieces than our own: a zip's list of files is read at once, and how
    large it is, it says itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))

    def read(self, size: int | None = -1, /) -> bytes:
        """Read ``size`` bytes, or all that are left. Raises :class:`zipfile.BadZipFile` for more than a piece."""
        data = super().read(_CHUNK_BYTES + 1 if size is None or size < 0 else min(size, _CHUNK_BYTES + 1))
        if len(data) > _CHUNK_BYTES:
            raise zipfile.BadZipFile("its list of files is too long")
        return data


def _schema_error(source: Path, reason: str) -> BundleError:
    return BundleError(ErrorCode.BUNDLE_SCHEMA, name=source.name, reason=reason)


def _check_zip(archive: zipfile.ZipFile, source: Path) -> None:
    """Refuse an archive that was made to be unpacked over other files. We unpack nothing, but whoever made it wanted
    that, and file managers do it."""
    for info in archive.infolist():
        # The name as it stands in the archive: zipfile makes slashes of backslashes on some systems.
        parts = info.orig_filename.replace("\\", "/").split("/")
        if not parts[0] or ".." in parts or ":" in parts[0]:
            reason = f"its file {info.filename!r} leads out of it"
        elif stat.S_ISLNK(info.external_attr >> 16):
            reason = f"{info.filename!r} in it is a link"
        else:
            continue
        raise BundleError(ErrorCode.BUNDLE_UNSAFE, name=source.name, reason=reason)


def _find_in_zip(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """Find a file at the top of the archive or in its only folder, as file managers pack it."""
    candidates = [i for i in archive.infolist() if i.filename == name or i.filename.split("/", 1)[1:] == [name]]
    return candidates[0] if len(candidates) == 1 else None
