"""The one door to Exiv2: opening files, decoding and encoding XMP, and the rules its library asks for.

Exiv2's XMP toolkit keeps one process-wide table of namespaces and is not thread-safe, so every call
goes through :data:`LOCK`. What is decoded must also be encoded before the lock is released: another file may bind
the same namespace prefix to another namespace, and Exiv2 knows properties only by their prefix.

Messages of Exiv2 go to the logger ``exiv2`` (python-exiv2's default handler), never to stderr.
"""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import exiv2

from landmark_desktop.metadata import iptc_digest
from landmark_desktop.metadata.embedded_xmp import packets_in
from landmark_desktop.metadata.xmp_text import (
    MAX_PACKET_BYTES,
    BrokenMetadataError,
    check_embedded,
    packet_text,
    without_declaration,
    xmp_names,
)

__all__ = [
    "LMD_NAMESPACE",
    "LOCK",
    "NAMESPACES",
    "BrokenMetadataError",
    "Document",
    "UnknownFormatError",
    "check_namespaces",
    "convert_to_xmp",
    "copy_property",
    "decode_packet",
    "empty_document",
    "encode_packet",
    "erase_property",
    "read_many",
    "read_photo",
    "read_sidecar_bytes",
    "subtree",
    "write_photo",
    "xmp_is_broken",
    "xmp_names",
]

LOCK: Final = threading.RLock()
LMD_NAMESPACE: Final = "http://ns.landmark-desktop.org/lmd/1.0/"
"""Namespace of our own properties, the mark of an estimate."""
NAMESPACES: Final = {
    # Exiv2's name of the group: (prefix in the file, namespace)
    "dc": ("dc", "http://purl.org/dc/elements/1.1/"),
    "digiKam": ("digiKam", "http://www.digikam.org/ns/1.0/"),
    "lr": ("lr", "http://ns.adobe.com/lightroom/1.0/"),
    "photoshop": ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    "exif": ("exif", "http://ns.adobe.com/exif/1.0/"),
    "iptc": ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    "iptcExt": ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    "lmd": ("lmd", LMD_NAMESPACE),
}
"""Every namespace we write into."""
_XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_FORMAT: Final = (
    exiv2.ErrorCode.kerFileContainsUnknownImageType,
    exiv2.ErrorCode.kerMemoryContainsUnknownImageType,
    exiv2.ErrorCode.kerInputDataReadFailed,
    exiv2.ErrorCode.kerCorruptedMetadata,  # a file shorter than the heads it is compared with
)
"""What Exiv2 says on *opening* a file of no kind it knows; damage shows only when the metadata is read."""
_DAMAGE: Final = (exiv2.Exiv2Error, ArithmeticError, LookupError, MemoryError, RuntimeError, ValueError)
"""What Exiv2 raises on damaged files: mostly errors of its own; where its checks of sizes and offsets fail, those of
C++, which arrive as Python's (OverflowError for "Overflow in addition")."""
_log = logging.getLogger(__name__)


class UnknownFormatError(Exception):
    """Exiv2 knows no metadata in a file of this kind."""


@dataclass(slots=True)
class Document:
    """The metadata of one file, in memory. ``packet`` is its XMP as it stands in the file, empty where it has none.

    ``image`` keeps Exiv2's image alive, because the data objects point into it; None for a sidecar yet to be made.
    ``source`` are the bytes that the image reads, if it reads no file: it points into them, and nobody else keeps them.
    """

    exif: Any
    iptc: Any
    xmp: Any
    packet: str
    image: Any = None
    source: bytes | None = None
    _names: frozenset[str] | None = None

    @property
    def names(self) -> frozenset[str]:
        """:func:`xmp_names` of the packet, found once; empty where the file has none.

        Raises:
            BrokenMetadataError: the packet is no XMP.
        """
        if self._names is None:
            self._names = xmp_names(self.packet) if self.packet.strip("\0 \r\n\t") else frozenset()
        return self._names

    @property
    def format(self) -> str:
        """``jpeg``, ``png``, ``tiff``, ``webp``, … in Exiv2's words; ``xmp`` for a sidecar."""
        return "xmp" if self.image is None else str(self.image.imageType().name)


def empty_document() -> Document:
    """A document without any metadata."""
    return Document(exiv2.ExifData(), exiv2.IptcData(), exiv2.XmpData(), "")


def read_photo(source: Path | bytes, *, packet: bool = True) -> Document:
    """Read the metadata of a photo, by path or from its bytes. The caller holds :data:`LOCK`.

    XMP that the toolkit refuses raises no error here: :func:`xmp_is_broken` tells. Where nothing is going to be written
    the ``packet`` need not be copied; the document's is empty then.

    Raises:
        UnknownFormatError: not a format with metadata.
        BrokenMetadataError: damaged, or with more XMP than Exiv2 reads in time.
        OSError: the file cannot be read.
    """
    image, kept = _open(source)
    _check_packets(source)
    try:
        image.readMetadata()
        text = image.xmpPacket() if packet else ""
    except _DAMAGE as error:
        raise BrokenMetadataError(_reason(error)) from error
    check_namespaces()
    return Document(image.exifData(), image.iptcData(), image.xmpData(), text, image, kept)


def read_many(source: str | bytes) -> Document | None:
    """The quick way for one of many files, by its absolute name or its bytes: :func:`read_photo` without the packet.
    The caller holds :data:`LOCK`. None where it does not lead to the end; :func:`read_photo` then says why.
    """
    if isinstance(source, str) and not _is_plain(source):
        return None
    try:
        image = exiv2.ImageFactory.open(source)
        _check_packets(Path(source) if isinstance(source, str) else source)
        image.readMetadata()
        check_namespaces()
    except (*_DAMAGE, BrokenMetadataError, OSError):
        return None
    kept = source if isinstance(source, bytes) else None
    return Document(image.exifData(), image.iptcData(), image.xmpData(), "", image, kept)


def _check_packets(source: Path | bytes) -> None:
    """Look at a photo's XMP before Exiv2 parses it, which nothing could stop then."""
    check_embedded(packets_in(source, MAX_PACKET_BYTES))


def _open(source: Path | bytes) -> tuple[Any, bytes | None]:
    """Exiv2's image, and the bytes that have to live as long as it does."""
    try:
        if isinstance(source, bytes):
            # A copy: where a TIFF's new values fit into the place of the old ones, Exiv2 writes into these very bytes,
            # although Python's bytes never change, and the caller compares with them afterwards.
            data = bytes(memoryview(source))
            return exiv2.ImageFactory.open(data), data
        # An absolute path, because Exiv2 takes "-" and "http://…" for something else than files.
        text = str(source.absolute())
        if _is_plain(text):
            return exiv2.ImageFactory.open(text), None
        data = source.read_bytes()
        return exiv2.ImageFactory.open(data), data
    except _DAMAGE as error:
        if isinstance(source, Path):
            with source.open("rb"):
                pass  # raises the right OSError; Exiv2 only says that it failed
        if isinstance(error, exiv2.Exiv2Error) and error.code in _NO_FORMAT:
            raise UnknownFormatError(_reason(error)) from error
        raise BrokenMetadataError(_reason(error)) from error


def _is_plain(text: str) -> bool:
    """True if Exiv2 can open a file of this name itself (no undecodable bytes; on Windows its code page only)."""
    if sys.platform == "win32":
        return text.isascii()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return os.fsencode(text) == text.encode("utf-8")


def _reason(error: Exception) -> str:
    text = error.args[-1] if error.args else str(error)
    return str(text).splitlines()[0].rstrip(".") if text else type(error).__name__


def check_namespaces() -> None:
    """Put our namespaces right after a file was decoded.

    A file may bind one of our prefixes to another namespace, and Exiv2 then changes it for the whole process.

    Raises:
        BrokenMetadataError: it did; such a file cannot be merged with ours without mixing the two.
    """
    clash = ""
    for group, (_, uri) in NAMESPACES.items():
        if exiv2.XmpProperties.ns(group) != uri:
            exiv2.XmpProperties.registerNs(uri, group)
            clash = group
    if clash:
        raise BrokenMetadataError(f"it uses the prefix {clash} for a namespace of its own")


def read_sidecar_bytes(path: Path) -> bytes:
    """The content of a sidecar; of one that is larger than sidecars are only as much as :func:`decode_packet` needs to
    refuse it. Raises :class:`OSError`."""
    with path.open("rb") as file:
        return file.read(MAX_PACKET_BYTES + 1)


def decode_packet(data: bytes) -> Document:
    """Decode a sidecar. The caller holds :data:`LOCK`.

    Raises:
        BrokenMetadataError: not well-formed, not XMP, too large, or the toolkit refuses it.
    """
    if len(data) > MAX_PACKET_BYTES:
        raise BrokenMetadataError(f"it is larger than {MAX_PACKET_BYTES >> 20} MB")
    text = packet_text(data)
    names = xmp_names(text)
    # A carrier, because reading a sidecar as an image would also derive EXIF and IPTC data from it.
    image = exiv2.ImageFactory.create(exiv2.ImageType.xmp)
    try:
        image.setXmpPacket(without_declaration(text))
    except _DAMAGE as error:
        raise BrokenMetadataError(_reason(error)) from error
    xmp = image.xmpData()
    check_namespaces()
    if names and xmp.empty():
        raise BrokenMetadataError("it is no valid XMP")
    return Document(exiv2.ExifData(), exiv2.IptcData(), xmp, text, image, _names=names)


def encode_packet(xmp: Any) -> bytes:
    """Serialise XMP data as the content of a sidecar. The caller holds :data:`LOCK`.

    Raises:
        BrokenMetadataError: the toolkit cannot write one of the properties.
    """
    flags = exiv2.XmpParser.XmpFormatFlags
    code, packet = exiv2.XmpParser.encode(xmp, flags.omitPacketWrapper | flags.useCompactFormat)
    if code != 0:
        raise BrokenMetadataError("its XMP cannot be written back")
    text: str = packet
    return (_XML_HEAD + text).encode("utf-8")


def xmp_is_broken(document: Document) -> bool:
    """True if the file holds an XMP packet that could not be decoded (writing would lose it)."""
    if not document.xmp.empty():
        return False
    try:
        return bool(document.names)
    except BrokenMetadataError:
        return True


def write_photo(document: Document) -> bytes:
    """Return the photo's bytes with the document's metadata. The caller holds :data:`LOCK`.

    Raises:
        BrokenMetadataError: Exiv2 cannot write it (metadata too large for the format, a damaged file).
    """
    image = document.image
    # The image would write back its original packet if the XMP data were not set anew.
    image.setXmpData(document.xmp)
    try:
        old = _content(image) if not document.iptc.empty() else b""
        image.writeMetadata()
        return iptc_digest.renewed(old, _content(image))
    except _DAMAGE as error:
        raise BrokenMetadataError(_reason(error)) from error


def _content(image: Any) -> bytes:
    with _mapped(image) as view:
        return bytes(view)


def _mapped(image: Any) -> memoryview:
    view = image.io().data()
    assert isinstance(view, memoryview)
    return view


def convert_to_xmp(document: Document) -> Document:
    """XMP data that Exiv2 derives from the document's EXIF and IPTC-IIM (its mapping follows the MWG guidelines)."""
    carrier = exiv2.ImageFactory.create(exiv2.ImageType.xmp)
    carrier.setExifData(document.exif)
    carrier.setIptcData(document.iptc)
    carrier.writeMetadata()
    with _mapped(carrier) as view:
        packet = bytes(view)
    return decode_packet(packet) if packet else empty_document()


def copy_property(source: Any, target: Any, key: str) -> None:
    """Copy one top-level XMP property with everything nested in it."""
    for datum in subtree(source, key):
        target.add(datum)


def subtree(xmp: Any, key: str) -> Iterator[Any]:
    """The data of one XMP property and of everything nested in it (``key[1]/…``, ``key/…``)."""
    for datum in xmp:
        name = datum.key()
        if name == key or (name.startswith(key) and name[len(key)] in "[/"):
            yield datum


def erase_property(xmp: Any, key: str) -> None:
    """Remove one XMP property with everything nested in it; nothing happens where it is missing."""
    for name in [datum.key() for datum in subtree(xmp, key)]:
        position = xmp.findKey(exiv2.XmpKey(name))
        if position != xmp.end():
            xmp.erase(position)


def _bootstrap() -> None:
    """Teach the toolkit the usual prefixes before any file can teach it others.

    The toolkit keeps the first prefix it meets for a namespace; Exiv2's own for the IPTC namespaces are not the ones of
    the standard.
    """
    exiv2.XmpParser.initialize()
    exiv2.LogMsg.setHandler(exiv2.pythonHandler)
    exiv2.XmpProperties.registerNs(LMD_NAMESPACE, "lmd")
    declarations = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.values())
    properties = " ".join(f'{prefix}:Bootstrap=""' for prefix, _ in NAMESPACES.values())
    decode_packet(
        (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f'<rdf:Description rdf:about="" {declarations} {properties}/></rdf:RDF></x:xmpmeta>'
        ).encode()
    )
    _log.debug("Exiv2 %s", exiv2.version())


with LOCK:
    _bootstrap()
