"""Reading and writing photo metadata through Exiv2: fields, sidecars, safe writes. No Qt."""

from typing import Final

READER_ARGUMENT: Final = "--read-metadata"
"""The hidden argument that makes the frozen program a process that reads metadata (see :mod:`.reading_worker`)."""
