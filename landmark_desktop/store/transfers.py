"""The journal of organise runs: every file that is copied or moved, from before it is touched until after its undo.

When a photo has moved, its row, its review and the journal of what was written into its files move with it, in the
same transaction.
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from landmark_desktop.core.transfer import OrganiseRun, Relocation, Transfer, TransferEntry, TransferState
from landmark_desktop.store.database import Database, tells_damage
from landmark_desktop.store.owner import OpenRows
from landmark_desktop.store.rows import pack_companions
from landmark_desktop.store.sync import ASIDE, folder_id

_UNFINISHED = (TransferState.PENDING, TransferState.PLACED, TransferState.UNDOING, TransferState.UNPLACED)


@tells_damage
class TransferJournal:
    """The part of the library that organising needs. All calls come from one thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open = OpenRows(database, "transfer", _UNFINISHED)

    def begin_run(self, run: OrganiseRun) -> None:
        """Start a run; its transfers follow."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO organise_run (id, started, moves, root, template) VALUES (?, ?, ?, ?, ?)",
                (run.id, run.started.isoformat(), run.moves, os.fsencode(run.root), run.template),
            )

    def add(
        self,
        run_id: str,
        transfers: Sequence[tuple[int, Transfer]],
        folders: Iterable[Path] = (),
        state: TransferState = TransferState.PENDING,
    ) -> list[int]:
        """Note transfers (photo id, transfer) that are about to happen, and the folders that are about to be made.

        All of it is on disk on return. Returns the entries' ids.

        Raises:
            LibraryError: the disk is full, or the library locked or not writable.
        """
        now, owner = _now(), self._open.owner
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO organise_folder (run_id, path) VALUES (?, ?)",
                [(run_id, os.fsencode(folder)) for folder in folders],
            )
            ids = []
            for photo_id, transfer in transfers:
                cursor = connection.execute(
                    "INSERT INTO transfer (run_id, photo_id, moves, source, target, state, size, mtime_ns, owner, time)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        run_id,
                        photo_id,
                        transfer.moves,
                        os.fsencode(transfer.source),
                        os.fsencode(transfer.target),
                        state,
                        transfer.size,
                        transfer.mtime_ns,
                        owner,
                        now,
                    ),
                )
                assert cursor.lastrowid is not None
                ids.append(cursor.lastrowid)
        return ids

    def settle(
        self,
        states: Sequence[tuple[int, TransferState, str]],
        *,
        digests: Sequence[tuple[int, str]] = (),
        moved: Sequence[Relocation] = (),
        copied: Sequence[Relocation] = (),
    ) -> None:
        """Tell what became of transfers (id, state, error), in one transaction with what it means for the library.

        ``digests`` belong to copies that stand. Photos that ``moved`` keep their rows under their new names; those that
        were ``copied`` get another row, with what is known of the original and its review.
        """
        now, owner = _now(), self._open.owner
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE transfer SET state = ?, error = ?, owner = ?, time = ? WHERE id = ?",
                [(state, error, owner if state in _UNFINISHED else None, now, entry) for entry, state, error in states],
            )
            connection.executemany(
                "UPDATE transfer SET digest = ? WHERE id = ?", [(digest, entry) for entry, digest in digests]
            )
            for relocation in moved:
                _move_row(connection, relocation)
            for relocation in copied:
                _copy_row(connection, relocation)

    def forget(self, entry_ids: Sequence[int]) -> None:
        """These transfers were never begun."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM transfer WHERE id = ?", [(entry,) for entry in entry_ids])

    def claim_unfinished(self) -> list[TransferEntry]:
        """Take over the transfers and undos that were cut off because their program ended; those of another program
        that lives stay with it. To be reconciled at start.

        Raises:
            LibraryError: the library is locked or not writable.
        """
        claimed = self._open.claim()
        return self._entries(*claimed) if claimed is not None else []

    def entries(self, run_id: str) -> list[TransferEntry]:
        """All transfers of a run, in the order they were made."""
        return self._entries("run_id = ?", (run_id,))

    def folders(self, run_id: str) -> list[Path]:
        """The folders that a run made, the deepest first."""
        rows = self._database.connection.execute("SELECT path FROM organise_folder WHERE run_id = ?", (run_id,))
        return sorted((Path(os.fsdecode(row["path"])) for row in rows), key=lambda path: -len(path.parts))

    def runs(self) -> list[OrganiseRun]:
        """All runs with what became of their photos, the newest first."""
        rows = self._database.connection.execute(
            "SELECT run.id, run.started, run.moves, run.root, run.template,"
            " coalesce(sum(stands), 0) AS done, coalesce(sum(NOT stands AND undone), 0) AS undone,"
            " coalesce(sum(NOT stands AND NOT undone), 0) AS failed"
            " FROM organise_run AS run LEFT JOIN ("
            "  SELECT run_id, photo_id, max(state IN ('placed', 'done', 'undoing', 'unplaced')) AS stands,"
            "  max(state = 'undone') AS undone FROM transfer GROUP BY run_id, photo_id"
            " ) AS photo ON photo.run_id = run.id GROUP BY run.id ORDER BY run.started DESC, run.rowid DESC"
        )
        return [
            OrganiseRun(
                row["id"],
                datetime.fromisoformat(row["started"]),
                bool(row["moves"]),
                Path(os.fsdecode(row["root"])),
                row["template"],
                row["done"],
                row["failed"],
                row["undone"],
            )
            for row in rows
        ]

    def _entries(self, where: str, parameters: Sequence[str]) -> list[TransferEntry]:
        rows = self._database.connection.execute(f"SELECT * FROM transfer WHERE {where} ORDER BY id", parameters)
        return [
            TransferEntry(
                row["id"],
                row["run_id"],
                row["photo_id"],
                Path(os.fsdecode(row["source"])),
                Path(os.fsdecode(row["target"])),
                bool(row["moves"]),
                TransferState(row["state"]),
                row["size"],
                row["mtime_ns"],
                row["digest"],
                row["error"],
            )
            for row in rows
        ]


def _move_row(connection: sqlite3.Connection, relocation: Relocation) -> None:
    path = relocation.files[0][1]
    directory, name = folder_id(connection, path.parent), os.fsencode(path.name)
    # The watcher may have met the file at its new place already and taken it for a copy.
    connection.execute(
        f"UPDATE photo SET name = {ASIDE} WHERE directory_id = ? AND name = ? AND id <> ?",
        (directory, name, relocation.photo_id),
    )
    connection.execute(
        "UPDATE photo SET directory_id = ?, name = ?, size = ?, mtime_ns = ?, companions = ? WHERE id = ?",
        (
            *(directory, name, relocation.size, relocation.mtime_ns),
            *(pack_companions(relocation.companions), relocation.photo_id),
        ),
    )
    for old, new in relocation.files:
        for column in ("photo", "target"):
            connection.execute(
                f"UPDATE write SET {column} = ? WHERE photo_id = ? AND {column} = ?",
                (os.fsencode(new), relocation.photo_id, os.fsencode(old)),
            )


def _copy_row(connection: sqlite3.Connection, relocation: Relocation) -> None:
    path = relocation.files[0][1]
    directory, name = folder_id(connection, path.parent), os.fsencode(path.name)
    connection.execute(
        "INSERT OR IGNORE INTO photo (directory_id, name, size, mtime_ns, content_key, width, height, taken_at,"
        " latitude, longitude, error, tagged, companions)"
        " SELECT ?, ?, ?, ?, content_key, width, height, taken_at, latitude, longitude, error, tagged, ?"
        " FROM photo WHERE id = ?",
        (
            *(directory, name, relocation.size, relocation.mtime_ns),
            *(pack_companions(relocation.companions), relocation.photo_id),
        ),
    )
    # A review that was made for the copy meanwhile stays.
    connection.execute(
        "INSERT OR IGNORE INTO review (photo_id, state, landmark_id, reviewed_by, taken_here, time)"
        " SELECT copy.id, state, landmark_id, reviewed_by, taken_here, time FROM review, photo AS copy"
        " WHERE review.photo_id = ? AND copy.directory_id = ? AND copy.name = ?",
        (relocation.photo_id, directory, name),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
