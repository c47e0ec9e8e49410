"""Making a file's new content in memory, and proving that it holds what was planned and nothing else changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.photo import FileIdentity, content_key_of, display_name
from landmark_desktop.core.tag import TagChange
from landmark_desktop.metadata import container
from landmark_desktop.metadata.edits import Edit, apply
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    NAMESPACES,
    BrokenMetadataError,
    UnknownFormatError,
    decode_packet,
    encode_packet,
    read_photo,
    write_photo,
)
from landmark_desktop.metadata.hashing import later
from landmark_desktop.metadata.merge import merge
from landmark_desktop.metadata.packets import Packet, new_packet
from landmark_desktop.metadata.plan import State, is_embedded, load
from landmark_desktop.metadata.rest import rest_of
from landmark_desktop.metadata.target import open_photo, read_with_time
from landmark_desktop.metadata.view import Rest, View


@dataclass(frozen=True, slots=True)
class Prepared:
    """The new content of the target, and what reading it back must show. ``container``: where the photo that is written
    into keeps its picture, None for a sidecar. ``packet``: the XMP part, where it is a new one and proven already.
    ``old_key`` tells the content key of a photo that is written into."""

    old: bytes | None
    new: bytes
    kind: str
    edits: tuple[Edit, ...]
    rest: Rest
    names: frozenset[str]
    container: container.Container | None
    packet: Packet | None = None
    old_key: Callable[[], str] | None = None


def prepare(change: TagChange) -> Prepared:
    """Make the new content of the change's target in memory. That the old one has the content that was planned on is
    for the caller to compare, by ``old_key``.

    Raises:
        MetadataError: the files no longer say what the change was planned on, or Exiv2 cannot write them.
        PhotoError: a file cannot be read.
    """
    name = display_name(change.target)
    planned = change.target_identity if is_embedded(change) else None
    old_key = None
    if planned is not None:
        size, mtime_ns, data = read_with_time(change.target)
        if not FileIdentity(size, mtime_ns).same_stat(planned) or len(data) != size:
            raise MetadataError(ErrorCode.FILE_CHANGED, name=name)
        old_key = later(content_key_of, data)
    with LOCK:
        opened = None
        if planned is not None:
            try:
                opened = open_photo(change.target, planned, data)
            except UnknownFormatError as error:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=name) from error
        state = load(
            change.request,
            change.target,
            opened,
            existed=change.target_existed,
            shared_extension=change.shared_extension,
        )
        document = state.view.document
        try:
            merged = merge(state.context, state.view, state.companions)
            if merged.changes != change.fields:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=name)
            rest = rest_of(state.view, merged.edits)
            names = document.names
            kind = document.format
            packet = new_packet(merged.edits) if _has_no_packet(state) else None
            if packet is None:
                apply(state.view, merged.edits)
            else:
                apply(state.view, packet.beside)
                document.xmp = packet.xmp()
            if opened is not None:
                new = write_photo(document)
            else:
                new = packet.sidecar if packet is not None else encode_packet(document.xmp)
            where = container.parse(opened.data, kind) if opened is not None else None
        except (BrokenMetadataError, container.DamagedContainerError) as error:
            raise MetadataError(ErrorCode.EMBED_UNSUPPORTED, name=name, reason=error) from error
    return Prepared(state.data, new, kind, merged.edits, rest, names, where, packet, old_key)


def _has_no_packet(state: State) -> bool:
    """True if the new file's XMP is going to be ours alone."""
    document = state.view.document
    is_new = state.data is None if state.view.is_sidecar else not document.packet.strip("\0 \r\n\t")
    return is_new and document.xmp.empty()


def verify(prepared: Prepared, data: bytes, target: Path) -> None:
    """Check that ``data``, read back from the disk, is what was prepared, and that nothing else changed.

    Raises:
        MetadataError: it is not.
    """
    reason = _difference(prepared, data)
    if reason:
        raise MetadataError(ErrorCode.READBACK_MISMATCH, name=display_name(target), reason=reason)


def _difference(prepared: Prepared, data: bytes) -> str:
    if data != prepared.new:
        return "the disk gave back other bytes"
    if prepared.container is None:
        return "" if prepared.packet is not None else _difference_of_metadata(prepared, data, prepared.edits)
    assert prepared.old is not None
    try:
        beside = None
        if prepared.packet is not None:
            beside = container.without_packet(data, prepared.kind, prepared.packet.embedded)
        after = container.parse(data, prepared.kind)
    except container.DamagedContainerError as error:
        return str(error)
    if not prepared.container.same_content(prepared.old, after, data):
        return "the picture data changed"
    if beside is None or prepared.packet is None:
        return _difference_of_metadata(prepared, data, prepared.edits)
    return _difference_of_metadata(prepared, beside, prepared.packet.beside)


def _difference_of_metadata(prepared: Prepared, data: bytes, edits: Sequence[Edit]) -> str:
    with LOCK:
        try:
            document = decode_packet(data) if prepared.container is None else read_photo(data)
            view = View(document)
            for edit in edits:
                if view.items(edit.field) != edit.after:
                    return f"{edit.field.key} is different"
            found = rest_of(view, prepared.edits)
            lost = [item for item, count in prepared.rest.items() if found.get(item, 0) < count]
            if lost:
                return f"{min(lost)[0]} was lost or changed"
            names = document.names
        except (BrokenMetadataError, UnknownFormatError) as error:
            return str(error)
    foreign = [name for name in prepared.names - names if not name.startswith(_OUR_NAMESPACES)]
    return "a namespace was lost" if foreign else ""


_OUR_NAMESPACES: Final = tuple(uri for _, uri in NAMESPACES.values())
