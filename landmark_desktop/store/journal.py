"""The journal: every write into a user's file, from before it happens until after it is undone."""

import json
import os
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.tag import FieldChange, Run, RunState, TagChange, WriteMode
from landmark_desktop.store.database import Database, tells_damage
from landmark_desktop.store.owner import OpenRows


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One write of a run. ``snapshot`` is what undo needs; ``written`` the target's identity after the write; ``redo``
    what a redo needs, None where the write was never undone or cannot be redone."""

    id: int
    run_id: str
    photo_id: int
    photo: Path
    target: Path
    mode: WriteMode
    landmark_id: str
    state: RunState
    fields: tuple[FieldChange, ...]
    snapshot: bytes
    written: FileIdentity | None
    error: str
    redo: bytes | None = None

    @property
    def can_redo(self) -> bool:
        """True if the write was undone and can be made again."""
        return self.state is RunState.UNDONE and self.redo is not None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one write or undo. DONE with ``written``: it was written; DONE without: its undo did not happen.
    PENDING: the write was never begun, and the journal forgets it."""

    id: int
    state: RunState
    written: FileIdentity | None = None
    error: str = ""


@tells_damage
class Journal:
    """The journal part of the library. All calls come from one thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open = OpenRows(database, "write", (RunState.PENDING, RunState.UNDOING))

    def begin_run(self, run_id: str, started: datetime) -> None:
        """Start a run; its writes follow."""
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO run (id, started) VALUES (?, ?)", (run_id, started.isoformat()))

    def add_pending(self, photo_id: int, change: TagChange, snapshot: bytes) -> int:
        """Note that ``change`` is about to be written; committed to disk on return. Returns the entry's id."""
        return self.add_all_pending([(photo_id, change, snapshot)])[0]

    def add_all_pending(self, writes: Sequence[tuple[int, TagChange, bytes]]) -> list[int]:
        """Note a group of writes (photo id, change, snapshot) in one transaction, so that the disk is waited for once.

        All of it is on disk on return, before the first file of the group is touched. Returns the entries' ids.

        Raises:
            LibraryError: the disk is full, or the library locked or not writable.
        """
        if not writes:
            return []
        owner, now = self._open.owner, _now()
        ids: list[int] = []
        with self._database.transaction() as connection:
            for photo_id, change, snapshot in writes:
                mode = WriteMode.EMBEDDED if change.target == change.request.photo_path else WriteMode.SIDECAR
                cursor = connection.execute(
                    "INSERT INTO write (run_id, photo_id, photo, target, mode, landmark_id, state, fields, snapshot,"
                    " time, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        change.request.run_id,
                        photo_id,
                        os.fsencode(change.request.photo_path),
                        os.fsencode(change.target),
                        mode,
                        change.request.landmark.id,
                        RunState.PENDING,
                        json.dumps([[field.field, field.before, field.after] for field in change.fields]),
                        snapshot,
                        now,
                        owner,
                    ),
                )
                assert cursor.lastrowid is not None
                ids.append(cursor.lastrowid)
        return ids

    def settle(self, settled: Sequence[Settled]) -> None:
        """Tell what became of the writes and undos of a group, in one transaction."""
        if not settled:
            return
        with self._database.transaction() as connection:
            for entry in settled:
                if entry.state is RunState.DONE and entry.written is not None:
                    self.mark_done(entry.id, entry.written)
                elif entry.state is RunState.DONE:
                    self.mark_still_done(entry.id, entry.error)
                elif entry.state is RunState.UNDONE:
                    self.mark_undone(entry.id, entry.error)
                elif entry.state is RunState.FAILED:
                    self.mark_failed(entry.id, entry.error)
                else:  # never begun
                    connection.execute("DELETE FROM write WHERE id = ? AND state = ?", (entry.id, RunState.PENDING))

    def mark_all_undoing(self, undos: Sequence[tuple[int, bytes | None]]) -> None:
        """The undo of these writes (id, what redoing will need) is about to happen; on disk on return."""
        owner, now = self._open.owner, _now()
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE write SET state = ?, error = NULL, redo = ?, owner = ?, time = ? WHERE id = ?",
                [(RunState.UNDOING, redo, owner, now, entry_id) for entry_id, redo in undos],
            )
            for entry_id, _ in undos:
                self._update_tagged(connection, entry_id)

    def mark_all_redoing(self, entry_ids: Sequence[int]) -> None:
        """These writes, which were undone, are about to be made again; on disk on return."""
        owner, now = self._open.owner, _now()
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE write SET state = ?, error = NULL, owner = ?, time = ? WHERE id = ?",
                [(RunState.PENDING, owner, now, entry_id) for entry_id in entry_ids],
            )

    def mark_done(self, entry_id: int, written: FileIdentity) -> None:
        """The write stands and read back well."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE write SET state = ?, written_size = ?, written_mtime_ns = ?, written_key = ?, error = NULL,"
                " owner = NULL, time = ? WHERE id = ?",
                (RunState.DONE, written.size, written.mtime_ns, written.content_key, _now(), entry_id),
            )
            self._update_tagged(connection, entry_id)

    def mark_failed(self, entry_id: int, error: str) -> None:
        """The write did not happen; the file is as it was."""
        self._set_state(entry_id, RunState.FAILED, error)

    def mark_undone(self, entry_id: int, error: str = "") -> None:
        """The file is as it was before the write. ``error``: why a redo did not happen."""
        self._set_state(entry_id, RunState.UNDONE, error or None)

    def mark_still_done(self, entry_id: int, error: str) -> None:
        """The undo did not happen; the write still stands."""
        self._set_state(entry_id, RunState.DONE, error)

    def note_served(self, photos: Sequence[tuple[int, Path, str]]) -> list[int]:
        """Note photos (id, sidecar, landmark's id) whose sidecar was written for another photo that shares it.

        They count as tagged while that write stands. Photos whose sidecar no standing write made are left out; returns
        the others' ids.
        """
        noted: list[int] = []
        with self._database.transaction() as connection:
            for photo_id, target, landmark_id in photos:
                writes = connection.execute(
                    "SELECT id FROM write WHERE target = ? AND state = ? AND landmark_id = ? AND photo_id != ?",
                    (os.fsencode(target), RunState.DONE, landmark_id, photo_id),
                ).fetchall()
                for row in writes:
                    connection.execute("INSERT OR IGNORE INTO served VALUES (?, ?)", (row["id"], photo_id))
                    self._update_tagged(connection, row["id"])
                noted += [photo_id] if writes else []
        return noted

    def sharing(self, photo_ids: Collection[int]) -> set[int]:
        """The other photos (ids) that share a sidecar which was written for one of these."""
        found = self._database.connection.execute(
            "SELECT DISTINCT served.photo_id AS id FROM served JOIN write ON write.id = served.write_id"
            " JOIN json_each(?) AS asked ON asked.value = write.photo_id",
            (json.dumps(list(photo_ids)),),
        )
        return {row["id"] for row in found} - set(photo_ids)

    def unfinished(self) -> list[JournalEntry]:
        """Writes and undos that are open, whoever works on them."""
        return self._entries("state IN (?, ?)", (RunState.PENDING, RunState.UNDOING))

    def claim_unfinished(self) -> list[JournalEntry]:
        """Take over the writes and undos that were cut off because their program ended; those of another program that
        lives stay with it. To be reconciled at start.

        Raises:
            LibraryError: the library is locked or not writable.
        """
        claimed = self._open.claim()
        return self._entries(*claimed) if claimed is not None else []

    def entries(self, run_id: str) -> list[JournalEntry]:
        """All writes of a run, in the order they were made."""
        return self._entries("run_id = ?", (run_id,))

    def standing_under(self, folder: Path) -> list[JournalEntry]:
        """All writes of all runs that still stand on photos in ``folder`` or below it, in the order they were made."""
        rows = self._database.connection.execute("SELECT * FROM write WHERE state = ? ORDER BY id", (RunState.DONE,))
        return [_entry(row) for row in rows if Path(os.fsdecode(row["photo"])).is_relative_to(folder)]

    def runs(self) -> list[Run]:
        """All runs with what became of their writes, the newest first."""
        runs = []
        for row in self._database.connection.execute("SELECT id, started FROM run ORDER BY started DESC, rowid DESC"):
            rows = self._database.connection.execute(
                "SELECT state, photo, redo IS NOT NULL AS redo FROM write WHERE run_id = ? ORDER BY id", (row["id"],)
            ).fetchall()
            states = [RunState(entry["state"]) for entry in rows]
            folders = dict.fromkeys(os.fsdecode(os.path.dirname(entry["photo"])) for entry in rows)  # noqa: PTH120
            runs.append(
                Run(
                    id=row["id"],
                    started=datetime.fromisoformat(row["started"]),
                    photos=len(states),
                    done=sum(state in (RunState.DONE, RunState.UNDOING) for state in states),
                    failed=states.count(RunState.FAILED),
                    undone=states.count(RunState.UNDONE),
                    redoable=sum(entry["redo"] and entry["state"] == RunState.UNDONE for entry in rows),
                    folders=tuple(folders),
                )
            )
        return runs

    def _set_state(self, entry_id: int, state: RunState, error: str | None = None) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE write SET state = ?, error = ?, owner = NULL, time = ? WHERE id = ?",
                (state, error, _now(), entry_id),
            )
            self._update_tagged(connection, entry_id)

    @staticmethod
    def _update_tagged(connection: sqlite3.Connection, entry_id: int) -> None:
        """Keep ``photo.tagged`` equal to the landmark of the newest write that stands for the photo: its own, or one
        into a sidecar that it shares."""
        connection.execute(
            "UPDATE photo SET tagged = (SELECT landmark_id FROM write WHERE state = ? AND id IN (SELECT id FROM write"
            " WHERE photo_id = photo.id UNION SELECT write_id FROM served WHERE photo_id = photo.id)"
            " ORDER BY id DESC LIMIT 1)"
            " WHERE id IN (SELECT photo_id FROM write WHERE id = ?"
            " UNION SELECT photo_id FROM served WHERE write_id = ?)",
            (RunState.DONE, entry_id, entry_id),
        )

    def _entries(self, where: str, parameters: Sequence[str]) -> list[JournalEntry]:
        rows = self._database.connection.execute(f"SELECT * FROM write WHERE {where} ORDER BY id", parameters)
        return [_entry(row) for row in rows]


def _entry(row: sqlite3.Row) -> JournalEntry:
    written = None
    if row["written_key"] is not None:
        written = FileIdentity(row["written_size"], row["written_mtime_ns"], row["written_key"])
    return JournalEntry(
        id=row["id"],
        run_id=row["run_id"],
        photo_id=row["photo_id"],
        photo=Path(os.fsdecode(row["photo"])),
        target=Path(os.fsdecode(row["target"])),
        mode=WriteMode(row["mode"]),
        landmark_id=row["landmark_id"],
        state=RunState(row["state"]),
        fields=tuple(FieldChange(*values) for values in json.loads(row["fields"])),
        snapshot=row["snapshot"],
        written=written,
        error=row["error"] or "",
        redo=row["redo"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
