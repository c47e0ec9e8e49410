"""What a listing of a folder means for the library: known, changed, new, moved, and joined photos.

No file is opened but those that may have been moved here; a listing costs a few queries, whatever its length.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.photo import RAW_SUFFIXES, content_key, joint_key, suffix_of
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.volume import Volume
from landmark_desktop.store.rows import (
    COLUMNS,
    IDS_PER_QUERY,
    NOTE,
    SELECT,
    error_from_json,
    pack_companions,
    unpack_companions,
)

TRANSIENT = frozenset(
    {ErrorCode.FILE_MISSING, ErrorCode.FILE_NO_PERMISSION, ErrorCode.FILE_READ_FAILED, ErrorCode.FILE_UNSETTLED}
    | {ErrorCode.PHOTO_NEEDS_MEMORY, ErrorCode.DECODER_HUNG, ErrorCode.INFERENCE_FAILED, ErrorCode.INFERENCE_MEMORY}
)
"""Errors that may be gone the next time a folder is opened, so they are tried again."""

MAX_CANDIDATES = 20
"""Photos with one size and one time that are looked at: thousands of copies of one file must not stop a scan."""
_KNOWN = "SELECT id, name, size, mtime_ns, error, companions FROM photo WHERE directory_id = ?"
_NAME, _SIZE, _MTIME_NS = (COLUMNS.index(name) for name in ("name", "size", "mtime_ns"))
_ERROR, _COMPANIONS = (COLUMNS.index(name) for name in ("error", "companions"))
_Rows = Mapping[bytes, sqlite3.Row]
ASIDE = "CAST('?/' || id AS BLOB)"
"""The name of a photo whose name another one has now: no file has it. If its content shows up, it is found again."""


@dataclass(slots=True)
class _Changes:
    """What a listing changes, gathered so that each kind is one statement."""

    content: list[tuple[int, int, int]] = field(default_factory=list)  # size, mtime_ns, photo
    retry: list[tuple[int]] = field(default_factory=list)
    companions: list[tuple[bytes | None, int]] = field(default_factory=list)
    renamed: list[tuple[int, bytes, int]] = field(default_factory=list)  # folder, name, photo
    joined: list[tuple[int, int]] = field(default_factory=list)  # the photo that stays, the one that joins it
    new: list[tuple[int, int, bytes, int, int, bytes | None]] = field(default_factory=list)

    def apply(self, connection: sqlite3.Connection) -> None:
        """Write all of it."""
        connection.executemany("UPDATE OR IGNORE review SET photo_id = ? WHERE photo_id = ?", self.joined)
        connection.executemany(f"UPDATE photo SET name = {ASIDE} WHERE ?1 <> ?2 AND id = ?2", self.joined)
        connection.executemany(
            f"UPDATE photo SET name = {ASIDE} WHERE directory_id = ? AND name = ? AND id <> ?", self.renamed
        )
        connection.executemany("UPDATE photo SET directory_id = ?, name = ? WHERE id = ?", self.renamed)
        connection.executemany(
            "UPDATE photo SET size = ?, mtime_ns = ?, content_key = NULL, width = NULL, height = NULL,"
            " taken_at = NULL, latitude = NULL, longitude = NULL, error = NULL, facts_read = 0 WHERE id = ?",
            self.content,
        )
        connection.executemany(
            f"UPDATE photo SET error = NULL WHERE id = ? AND substr(error, 1, {len(NOTE)}) <> '{NOTE}'", self.retry
        )
        connection.executemany("UPDATE photo SET companions = ? WHERE id = ?", self.companions)
        connection.executemany(
            "INSERT INTO photo (id, directory_id, name, size, mtime_ns, companions) VALUES (?, ?, ?, ?, ?, ?)",
            self.new,
        )


class FolderSync:
    """Compares one listing with the library. Used within a transaction, once.

    The rules are told by :meth:`Library.sync_folder`.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path, entries: Sequence[FileEntry]) -> None:
        self._connection = connection
        self._folder = folder
        self._directory = folder_id(connection, folder)
        self._entries = entries
        self._names = [os.fsencode(entry.name) for entry in entries]
        self._listed = frozenset(self._names)
        self._ids: list[int] = [0] * len(entries)
        self._taken: set[int] = set()
        self._changes = _Changes()

    def run(self) -> list[int]:
        """Store what is news; returns the ids of the photos, in the order of the listing."""
        known = self._known()
        open_: list[int] = []
        for index, (entry, name) in enumerate(zip(self._entries, self._names, strict=True)):
            row = known.get(name)
            if row is not None and (row["size"], row["mtime_ns"]) == (entry.size, entry.mtime_ns):
                self._keep(index, row)
            else:
                open_.append(index)
        if open_:
            open_ = self._find_moved(open_, known)
            open_ = self._find_changed(open_, known)
            open_ = self._find_paired(open_, known)
            self._add(open_)
        self._join(known)
        self._changes.apply(self._connection)
        return self._ids

    def _known(self) -> _Rows:
        """The photos of the folder that have the name of one of these files, raw companions included, by name."""
        names = list(self._names)
        names += [os.fsencode(file.name) for entry in self._entries for file in entry.companions if _is_raw(file.name)]
        found: dict[bytes, sqlite3.Row] = {}
        for start in range(0, len(names), IDS_PER_QUERY):
            part = names[start : start + IDS_PER_QUERY]
            marks = ",".join("?" * len(part))
            for row in self._connection.execute(f"{_KNOWN} AND name IN ({marks})", (self._directory, *part)):
                found[row["name"]] = row
        return found

    def _take(self, index: int, photo_id: int) -> None:
        self._ids[index] = photo_id
        self._taken.add(photo_id)

    def _keep(self, index: int, row: sqlite3.Row) -> None:
        """The photo is the one it was, under whatever name; its file may have changed."""
        entry = self._entries[index]
        self._take(index, row["id"])
        if (row["size"], row["mtime_ns"]) != (entry.size, entry.mtime_ns):
            self._changes.content.append((entry.size, entry.mtime_ns, row["id"]))
        elif row["error"] is not None and error_from_json(row["error"]).code in TRANSIENT:
            self._changes.retry.append((row["id"],))
        if row["name"] != self._names[index]:
            self._changes.renamed.append((self._directory, self._names[index], row["id"]))
        companions = pack_companions(entry.companions)
        if companions != row["companions"]:
            self._changes.companions.append((companions, row["id"]))
            if row["error"] is not None:  # another file may be shown in its place now, or no longer
                self._changes.content.append((entry.size, entry.mtime_ns, row["id"]))

    def _find_moved(self, open_: Sequence[int], known: _Rows) -> list[int]:
        """Files that were moved here, or renamed, perhaps to a name that another file had. Returns the others."""
        candidates = self._candidates(open_)
        if not candidates:
            return list(open_)
        rest = []
        for index in open_:
            entry = self._entries[index]
            row = self._moved(candidates.get((entry.size, entry.mtime_ns), ()), entry)
            if row is None:
                rest.append(index)
                continue
            self._take(index, row["id"])
            self._changes.renamed.append((self._directory, self._names[index], row["id"]))
            self._changes.retry.append((row["id"],))
            self._changes.companions.append((pack_companions(entry.companions), row["id"]))
        return rest

    def _candidates(self, open_: Sequence[int]) -> dict[tuple[int, int], list[sqlite3.Row]]:
        """Photos that were opened once and have size and time of one of these files."""
        found: dict[tuple[int, int], list[sqlite3.Row]] = {}
        wanted = list({(self._entries[index].size, self._entries[index].mtime_ns) for index in open_})
        for start in range(0, len(wanted), IDS_PER_QUERY):
            part = wanted[start : start + IDS_PER_QUERY]
            marks = ",".join(["(?,?)"] * len(part))
            rows = self._connection.execute(
                f"WITH wanted (size, mtime_ns) AS (VALUES {marks})"
                " SELECT photo.id, photo.name, photo.size, photo.mtime_ns, photo.content_key,"
                " directory.path AS directory, directory.mount, directory.volume FROM wanted"
                " CROSS JOIN photo ON photo.id IN (SELECT id FROM photo AS opened WHERE opened.size = wanted.size"
                f" AND opened.mtime_ns = wanted.mtime_ns AND opened.content_key IS NOT NULL LIMIT {MAX_CANDIDATES})"
                " JOIN directory ON directory.id = photo.directory_id",
                [value for pair in part for value in pair],
            )
            for row in rows:
                found.setdefault((row["size"], row["mtime_ns"]), []).append(row)
        return found

    def _moved(self, candidates: Iterable[sqlite3.Row], entry: FileEntry) -> sqlite3.Row | None:
        """The photo that was moved here as ``entry``, or None. The file is opened only if one may have been."""
        path = self._folder / entry.name
        free = [row for row in candidates if row["id"] not in self._taken]
        gone = [row for row in free if self._differs_in_case(row, path) or _is_gone(row)]
        if not gone:
            return None
        try:
            key = content_key(path)
            keys = {key}
            if not any(row["content_key"] == key for row in gone):
                raws = [path.with_name(file.name) for file in entry.companions if _is_raw(file.name)]
                keys.update(joint_key(key, content_key(raw)) for raw in raws)
        except OSError:
            return None  # decoding will meet the same error and say so on the photo
        # Two identical files with one time stamp: the one with the same name is the better match.
        gone.sort(key=lambda row: row["name"] != os.fsencode(path.name))
        return next((row for row in gone if row["content_key"] in keys), None)

    def _differs_in_case(self, row: sqlite3.Row, path: Path) -> bool:
        """True if a photo of this folder has the name of ``path`` in other letters and is not listed itself: where case
        does not count, the file still answers to its old name."""
        same = os.fsdecode(row["name"]).casefold() == path.name.casefold()
        return same and row["directory"] == os.fsencode(self._folder) and row["name"] not in self._listed

    def _find_changed(self, open_: Sequence[int], known: _Rows) -> list[int]:
        """Files with new content under their old name. Returns those that are none."""
        rest = []
        for index in open_:
            row = known.get(self._names[index])
            if row is None or row["id"] in self._taken:
                rest.append(index)
            else:
                self._keep(index, row)
        return rest

    def _find_paired(self, open_: Sequence[int], known: _Rows) -> list[int]:
        """Photos whose file is another one now: a JPEG has appeared beside the raw file, or the JPEG has gone."""
        rest = []
        owners: _Rows | None = None
        for index in open_:
            entry, name = self._entries[index], self._names[index]
            row = next((row for file in entry.companions if (row := known.get(os.fsencode(file.name)))), None)
            if row is None and _is_raw(entry.name):
                owners = self._owners() if owners is None else owners
                row = owners.get(name)
            if row is None or row["id"] in self._taken:
                rest.append(index)
            else:
                self._keep(index, row)
        return rest

    def _owners(self) -> _Rows:
        """The photos of the folder by the names of their companions."""
        rows = self._connection.execute(f"{_KNOWN} AND companions IS NOT NULL", (self._directory,))
        return {os.fsencode(file.name): row for row in rows for file in unpack_companions(row["companions"])}

    def _add(self, open_: Sequence[int]) -> None:
        following = int(self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM photo").fetchone()[0])
        for photo_id, index in enumerate(open_, following):
            entry = self._entries[index]
            packed = pack_companions(entry.companions)
            self._ids[index] = photo_id
            self._changes.new.append(
                (photo_id, self._directory, self._names[index], entry.size, entry.mtime_ns, packed)
            )

    def _join(self, known: _Rows) -> None:
        """A raw file that was a photo of its own and is a companion now brings its review along."""
        for photo_id, entry in zip(self._ids, self._entries, strict=True):
            for file in entry.companions:
                row = known.get(os.fsencode(file.name))
                if row is not None and row["id"] not in self._taken:
                    self._changes.joined.append((photo_id, row["id"]))


def unchanged_rows(
    connection: sqlite3.Connection, folder: Path, entries: Sequence[FileEntry], bundle_key: str
) -> list[sqlite3.Row] | None:
    """The rows of these photos (see :mod:`.rows`), in order, if the library knows all of them as they are and there is
    nothing to try again; else None. This is what a folder that is opened again nearly always is, so it takes one query
    and compares whole columns.
    """
    names = [os.fsencode(entry.name) for entry in entries]
    directory = connection.execute("SELECT id FROM directory WHERE path = ?", (os.fsencode(folder),)).fetchone()
    if directory is None:
        return None
    first = connection.execute("SELECT 1 FROM photo WHERE directory_id = ? AND name = ?", (directory[0], names[0]))
    if first.fetchone() is None:
        return None
    known: dict[bytes, sqlite3.Row] = {}
    for start in range(0, len(names), IDS_PER_QUERY):
        part = names[start : start + IDS_PER_QUERY]
        query = f"{SELECT} WHERE photo.directory_id = ? AND photo.name IN ({','.join('?' * len(part))})"
        known.update((row[_NAME], row) for row in connection.execute(query, (bundle_key, directory[0], *part)))
    if len(known) != len(names):
        return None
    found = [known[name] for name in names]
    if [(row[_SIZE], row[_MTIME_NS]) for row in found] != [(entry.size, entry.mtime_ns) for entry in entries]:
        return None
    if [row[_COMPANIONS] for row in found] != [pack_companions(entry.companions) for entry in entries]:
        return None
    errors = {row[_ERROR] for row in found} - {None}
    return None if any(error_from_json(error).code in TRANSIENT for error in errors) else found


def folder_id(connection: sqlite3.Connection, folder: Path) -> int:
    """The id of a folder, which is added where it is new."""
    key = os.fsencode(folder)
    row = connection.execute("SELECT id FROM directory WHERE path = ?", (key,)).fetchone()
    if row is not None:
        return int(row["id"])
    return int(connection.execute("INSERT INTO directory (path) VALUES (?) RETURNING id", (key,)).fetchone()["id"])


def note_volume(connection: sqlite3.Connection, folder: Path, volume: Volume) -> None:
    """Note which volume a folder is on, where that is news."""
    connection.execute(
        "UPDATE directory SET mount = ?1, volume = ?2 WHERE id = ?3 AND (mount IS NOT ?1 OR volume IS NOT ?2)",
        (os.fsencode(volume.mount), volume.name, folder_id(connection, folder)),
    )


def volume_in(row: sqlite3.Row) -> Volume | None:
    """The volume of a row with ``mount`` and ``volume``, or None where it was never noted."""
    return None if row["mount"] is None else Volume(Path(os.fsdecode(row["mount"])), row["volume"])


def _is_gone(row: sqlite3.Row) -> bool:
    """True if the file is no longer where it was, or is another one; while its drive is away nobody can tell."""
    try:
        status = os.stat(os.path.join(row["directory"], row["name"]))  # noqa: PTH116, PTH118  # bytes
    except OSError:
        volume = volume_in(row)
        return volume is None or os.path.lexists(row["directory"]) or not volume.is_away()
    return (status.st_size, status.st_mtime_ns) != (row["size"], row["mtime_ns"])


def _is_raw(name: str) -> bool:
    return suffix_of(name) in RAW_SUFFIXES
