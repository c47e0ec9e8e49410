"""The library's photos, guesses and reviews. All calls come from one thread."""

import os
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review
from landmark_desktop.core.volume import Volume
from landmark_desktop.store.database import Database, tells_damage
from landmark_desktop.store.facts import ReadFacts, save_facts
from landmark_desktop.store.imports import found_places, take_over
from landmark_desktop.store.journal import Journal
from landmark_desktop.store.packed import LandmarkNumbers, unpack
from landmark_desktop.store.rows import Rows, error_to_json, rows_of
from landmark_desktop.store.sync import TRANSIENT, FolderSync, note_volume, unchanged_rows, volume_in
from landmark_desktop.store.transfers import TransferJournal


@tells_damage
class Library:
    """The app's own database of folders, photos, guesses, reviews and the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._landmarks = LandmarkNumbers(database)
        self.journal = Journal(database)
        self.transfers = TransferJournal(database)

    @classmethod
    def open(cls, path: Path) -> "Library":
        """Open or create the library at ``path``. Raises :class:`LibraryError` (see :meth:`Database.open`)."""
        database = Database.open(path)
        try:
            return cls(database)
        except Exception as error:
            known = database.explain(error)
            database.close()
            if known is None:
                raise
        return cls(Database.open(path))  # which looks more closely now

    @property
    def path(self) -> Path:
        """Where the library lies."""
        return self._database.path

    @property
    def notice(self) -> LibraryError | None:
        """What the user should be told about opening (a damaged library was recovered), or None."""
        return self._database.notice

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def examine(self) -> LibraryError | None:
        """Look whether the file is sound (see :meth:`Database.examine`); may be called on any thread."""
        return self._database.examine()

    # folders and photos

    def sync_folder(
        self, folder: Path, entries: Sequence[FileEntry], bundle_key: str, volume: Volume | None = None
    ) -> list[PhotoRecord]:
        """Take in what the scanner found in ``folder`` and return the records, in the order of ``entries``.

        A file with known size and mtime is not opened. A changed file loses what was read from it, and keeps
        its review. A new file that was moved here (same stat, same content, gone from its old place) is the
        same photo as before, with its review; so is a raw file whose JPEG has appeared beside it, or has gone.
        ``volume`` is the one that holds the folder, where it is known.
        """
        return self.sync_rows(folder, entries, bundle_key, volume).records()

    def sync_rows(
        self, folder: Path, entries: Sequence[FileEntry], bundle_key: str, volume: Volume | None = None
    ) -> Rows:
        """:meth:`sync_folder`, as rows (see :mod:`.rows`): 100,000 of them are read in the time of 20,000 records."""
        if not entries:
            return Rows((), ())
        with self._database.transaction(durable=False) as connection:
            found = unchanged_rows(connection, folder, entries, bundle_key)
            ids = FolderSync(connection, folder, entries).run() if found is None else []
            if volume is not None:
                note_volume(connection, folder, volume)
        return self.rows(ids, bundle_key) if found is None else self._rows(found)

    def unknown(self, folder: Path, entries: Sequence[FileEntry]) -> dict[str, tuple[int, int] | None]:
        """Which of these files are new (None) or changed in ``folder`` (size and mtime that are known), by name."""
        names = {os.fsencode(entry.name): entry for entry in entries}
        rows = self._database.connection.execute(
            "SELECT photo.name, photo.size, photo.mtime_ns FROM photo"
            " JOIN directory ON directory.id = photo.directory_id WHERE directory.path = ?",
            (os.fsencode(folder),),
        )
        known = {row["name"]: (row["size"], row["mtime_ns"]) for row in rows if row["name"] in names}
        return {
            entry.name: known.get(name)
            for name, entry in names.items()
            if known.get(name) != (entry.size, entry.mtime_ns)
        }

    def rows(self, ids: Sequence[int], bundle_key: str) -> Rows:
        """Return the rows of these photos, in the order of ``ids``; unknown ids are left out."""
        found = {row[0]: row for row in rows_of(self._database.connection, ids, bundle_key)}
        return self._rows([found[photo_id] for photo_id in ids if photo_id in found])

    def _rows(self, found: Sequence[sqlite3.Row]) -> Rows:
        self._landmarks.refresh()  # after reading: whoever stored the guesses gave the numbers out before
        return Rows(found, self._landmarks.ids)

    def records(self, ids: Sequence[int], bundle_key: str) -> list[PhotoRecord]:
        """Return the records of these photos, in the order of ``ids``; unknown ids are left out."""
        return self.rows(ids, bundle_key).records()

    def folders_under(self, root: Path) -> list[tuple[Path, Volume | None]]:
        """The folders at and below ``root`` that hold photos, with the volumes they were on when last listed."""
        key = os.fsencode(root)
        below = key if key.endswith(os.fsencode(os.sep)) else key + os.fsencode(os.sep)
        rows = self._database.connection.execute(
            "SELECT path, mount, volume FROM directory WHERE (path = ? OR (path >= ? AND path < ?))"
            " AND EXISTS (SELECT 1 FROM photo WHERE directory_id = directory.id) ORDER BY path",
            (key, below, below[:-1] + bytes([below[-1] + 1])),
        )
        return [(Path(os.fsdecode(row["path"])), volume_in(row)) for row in rows]

    def rows_in(self, folder: Path, bundle_key: str) -> Rows:
        """The rows of all photos that the library knows in ``folder``, whether their files are there or not."""
        found = self._database.connection.execute(
            "SELECT photo.id FROM photo JOIN directory ON directory.id = photo.directory_id"
            " WHERE directory.path = ? AND substr(photo.name, 1, 2) <> x'3f2f'",
            (os.fsencode(folder),),
        )
        return self.rows([row[0] for row in found], bundle_key)

    # guesses

    def guesses(self, content: str, bundle_key: str) -> Guesses | None:
        """Return what the bundle said of this content, or None if it was never asked."""
        row = self._database.connection.execute(
            "SELECT novelty, top FROM guesses WHERE content_key = ? AND bundle_key = ?", (content, bundle_key)
        ).fetchone()
        if row is None:
            return None
        self._landmarks.refresh()
        return unpack(row["top"], row["novelty"], self._landmarks.ids)

    def known_contents(self, bundle_key: str) -> list[str]:
        """The content keys that this bundle was asked about."""
        found = self._database.connection.execute("SELECT content_key FROM guesses WHERE bundle_key = ?", (bundle_key,))
        return [row[0] for row in found]

    def save_outcomes(self, outcomes: Sequence[Outcome], bundle_key: str) -> list[PhotoRecord]:
        """Store what classification found, and return the new records.

        The identity that was read with the content is stored too: if the file changes again, the next scan sees it.
        """
        return self.save_outcome_rows(outcomes, bundle_key).records()

    def save_outcome_rows(self, outcomes: Sequence[Outcome], bundle_key: str) -> Rows:
        """:meth:`save_outcomes`, as rows (see :mod:`.rows`)."""
        self._landmarks.add(
            [guess.landmark_id for outcome in outcomes if outcome.guesses for guess in outcome.guesses.top]
        )
        # Waiting for the disk with each batch took longer than small photos; what a power cut takes is found again.
        with self._database.transaction(durable=False) as connection:
            for outcome in outcomes:
                identity, facts = outcome.identity, outcome.facts
                connection.execute(
                    "UPDATE photo SET facts_read = CASE WHEN ? THEN 1 WHEN size = ? AND mtime_ns = ? THEN facts_read"
                    " ELSE 0 END, size = ?, mtime_ns = ?, content_key = ?, width = ?, height = ?, taken_at = ?,"
                    " latitude = ?, longitude = ?, error = ? WHERE id = ?",
                    (
                        outcome.error is None or outcome.imported is not None,
                        identity.size,
                        identity.mtime_ns,
                        identity.size,
                        identity.mtime_ns,
                        identity.content_key,
                        facts.width,
                        facts.height,
                        facts.taken_at.isoformat() if facts.taken_at else None,
                        facts.latitude,
                        facts.longitude,
                        error_to_json(outcome.error or outcome.note),
                        outcome.photo.id,
                    ),
                )
                if outcome.imported is not None:
                    take_over(connection, outcome.photo.id, outcome.imported)
                if outcome.guesses is not None and identity.content_key is not None:
                    connection.execute(
                        "INSERT OR REPLACE INTO guesses (content_key, bundle_key, novelty, top) VALUES (?, ?, ?, ?)",
                        (
                            identity.content_key,
                            bundle_key,
                            outcome.guesses.novelty,
                            self._landmarks.pack(outcome.guesses),
                        ),
                    )
        return self.rows([outcome.photo.id for outcome in outcomes], bundle_key)

    def save_facts(self, found: Sequence[ReadFacts]) -> list[int]:
        """Store what the metadata of these photos says (see :func:`.facts.save_facts`); returns those that got a review
        or an error."""
        lasting = frozenset(set(ErrorCode) - TRANSIENT)
        with self._database.transaction(durable=False) as connection:
            return save_facts(connection, found, lasting)

    def rekey(self, photo_id: int, identity: FileIdentity, facts: PhotoFacts | None = None) -> None:
        """Tell the library that *we* changed a photo's file: the same picture under a new identity.

        Its guesses are copied to the new content key, so that an embedded tag costs no new classification.
        ``facts``, where given, replace what was read from the file before.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO guesses (content_key, bundle_key, novelty, top)"
                " SELECT ?, bundle_key, novelty, top FROM guesses"
                " WHERE content_key = (SELECT content_key FROM photo WHERE id = ?)",
                (identity.content_key, photo_id),
            )
            connection.execute(
                "UPDATE photo SET size = ?, mtime_ns = ?, content_key = ? WHERE id = ?",
                (identity.size, identity.mtime_ns, identity.content_key, photo_id),
            )
            if facts is not None:
                self.set_position(photo_id, facts)

    def rekey_all(self, changes: Sequence[tuple[int, FileIdentity, PhotoFacts | None]]) -> None:
        """:meth:`rekey` for several photos, in one transaction."""
        with self._database.transaction():
            for photo_id, identity, facts in changes:
                self.rekey(photo_id, identity, facts)

    def set_position(self, photo_id: int, facts: PhotoFacts) -> None:
        """Store the camera position that the photo (or its sidecar) has now."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE photo SET latitude = ?, longitude = ? WHERE id = ?", (facts.latitude, facts.longitude, photo_id)
            )

    # what stands in files

    def take_over(self, imported: Sequence[tuple[int, Imported]]) -> list[int]:
        """Store what these photos' files hold (photo id, what they mean), because the user asks for it; returns the
        photos that got a review. A review that is there stays."""
        with self._database.transaction() as connection:
            return [photo_id for photo_id, found in imported if take_over(connection, photo_id, found, again=True)]

    def found_places(self, photo_ids: Sequence[int]) -> dict[int, FoundPlace]:
        """The places in files that are no landmarks of the bundle, of those of these photos that have one."""
        return found_places(self._database.connection, photo_ids)

    # reviews

    def save_reviews(self, reviews: Sequence[tuple[int, Review | None]]) -> None:
        """Store the review of each ``(photo id, review)``; None takes a review back."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction() as connection:
            for photo_id, review in reviews:
                if review is None:
                    connection.execute("DELETE FROM review WHERE photo_id = ?", (photo_id,))
                    continue
                connection.execute(
                    "INSERT OR REPLACE INTO review (photo_id, state, landmark_id, reviewed_by, taken_here, time)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (photo_id, review.state, review.landmark_id, review.reviewed_by, review.taken_here, now),
                )
