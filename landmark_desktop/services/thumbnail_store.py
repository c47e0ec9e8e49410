"""Thumbnails on disk, by content: shared by all folders, and there when a photo is moved, renamed or its drive away.

One SQLite file apart from the library (docs/decisions/0015): it may be deleted at any time, so nothing here raises.
What cannot be kept is made again from the photo.
"""

import logging
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

MEGABYTE: Final = 1_000_000
FORMAT: Final = 1
"""Raised when thumbnails of the same content would look different; older ones are thrown away then."""
BUSY_TIMEOUT_S: Final = 0.25
"""How long another instance is waited for; then the thumbnail is not kept."""
FILL: Final = 0.95
"""How full the store is after thumbnails had to go: making room for each one alone would cost more."""
KEYS_PER_QUERY: Final = 64
ROWS_PER_STEP: Final = 8
NOTES: Final = 1000
"""Uses that are written down together; a kill loses these, and with them nothing but an order."""
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SCHEMA: Final = """
CREATE TABLE thumbnail (key TEXT PRIMARY KEY, used REAL NOT NULL, check_sum INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX by_use ON thumbnail (used);
"""


class ThumbnailStore:
    """Keeps the most recently used thumbnails, as compressed bytes, in a file of at most ``limit`` bytes.

    All methods may be called from any thread, and any number of instances may share the file. The file is opened
    with the first call that needs it. Where it cannot be used (a home that cannot be written, a full disk),
    :attr:`usable` is False, nothing is found and nothing is kept.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._failed = False
        self._read: dict[str, float] = {}  # when, not yet written down

    @property
    def usable(self) -> bool:
        """False once the file turned out to be of no use."""
        return not self._failed

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The thumbnails that are kept of these contents, by content key."""
        return self._do(lambda connection: self._get(connection, keys), {})

    def put(self, key: str, data: bytes) -> None:
        """Keep a thumbnail, dropping the least recently used ones where needed."""
        self._do(lambda connection: self._put(connection, key, data), None)

    def __contains__(self, key: str) -> bool:
        """True if a thumbnail of this content is kept."""
        sql = "SELECT 1 FROM thumbnail WHERE key = ?"
        return self._do(lambda connection: connection.execute(sql, (key,)).fetchone() is not None, False)

    def size(self) -> int:
        """Bytes on disk that thumbnails take now."""
        return self._do(_used_bytes, 0)

    def set_limit(self, limit: int) -> None:
        """Change the bound; a file that is larger shrinks at once."""
        self._limit = limit
        self._do(self._shrink, None)

    def clear(self) -> None:
        """Forget all thumbnails, and give their space back."""
        self._do(_clear, None)

    def close(self) -> None:
        """Write down what was used lately, and close the file. Later calls open it again."""
        with self._lock:
            if self._connection is None:
                return
            try:
                self._note_uses(self._connection)
            except sqlite3.Error as error:
                log.info("uses of thumbnails not written down: %s", error)
            self._connection.close()
            self._connection = None

    def _get(self, connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), KEYS_PER_QUERY):
            part = list(keys[start : start + KEYS_PER_QUERY])
            marks = ",".join("?" * len(part))
            sql = f"SELECT key, check_sum, data FROM thumbnail WHERE key IN ({marks})"
            for key, check_sum, data in connection.execute(sql, part).fetchall():
                if isinstance(data, bytes) and zlib.crc32(data) == check_sum:
                    found[key] = data
                else:
                    log.info("a damaged thumbnail is dropped")
                    connection.execute("DELETE FROM thumbnail WHERE key = ?", (key,))
        self._read.update(dict.fromkeys(found, time.time()))
        if len(self._read) > NOTES:
            self._note_uses(connection)
        return found

    def _put(self, connection: sqlite3.Connection, key: str, data: bytes) -> None:
        connection.execute(
            "INSERT OR REPLACE INTO thumbnail (key, used, check_sum, data) VALUES (?, ?, ?, ?)",
            (key, time.time(), zlib.crc32(data), data),
        )
        self._make_room(connection)

    def _note_uses(self, connection: sqlite3.Connection) -> None:
        read, self._read = self._read, {}
        connection.execute("BEGIN IMMEDIATE")
        with connection:  # commits, or rolls back and raises
            connection.executemany(
                "UPDATE thumbnail SET used = ? WHERE key = ?", [(used, key) for key, used in read.items()]
            )

    def _make_room(self, connection: sqlite3.Connection) -> None:
        if _used_bytes(connection) <= self._limit:
            return
        self._note_uses(connection)
        while _used_bytes(connection) > FILL * self._limit:
            oldest = "SELECT rowid FROM thumbnail ORDER BY used, rowid LIMIT ?"
            gone = connection.execute(f"DELETE FROM thumbnail WHERE rowid IN ({oldest})", (ROWS_PER_STEP,))
            if not gone.rowcount:
                break

    def _shrink(self, connection: sqlite3.Connection) -> None:
        self._make_room(connection)
        _give_back(connection)

    # the file

    def _do(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._lock:
            if self._failed:
                return otherwise
            try:
                return work(self._connection or self._open())
            except (sqlite3.Error, OSError) as error:
                self._recover(error)
                return otherwise

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=32
        )
        try:
            # Survives a killed process all the same; after a power cut the file may be damaged, and is begun anew.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            _prepare(connection)
            self._connection = connection
            self._make_room(connection)  # the bound may have been lowered since
        except BaseException:
            self._connection = None
            connection.close()
            raise
        return connection

    def _recover(self, error: Exception) -> None:
        """A damaged file is begun anew, once; a busy or full one only loses what was asked of it."""
        code = getattr(error, "sqlite_errorcode", None)
        primary = code & 0xFF if code is not None else None
        if primary in _DAMAGED:
            log.info("the thumbnails are damaged (%s); they are begun anew", error)
            if self._delete_file():
                return
        elif self._connection is not None or primary == sqlite3.SQLITE_BUSY:
            log.info("a thumbnail was not read or kept: %s", error)
            return
        self._failed = True
        # Neither a warning nor a message: all that is lost is speed, and nobody asked for this file.
        log.info("thumbnails are not kept on disk: %s", error)

    def _delete_file(self) -> bool:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        try:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as error:  # on Windows another instance may hold it
            log.info("damaged thumbnails not deleted: %s", error)
            return False
        return True


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, or throw away thumbnails of another format; another instance may be doing the same."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'thumbnail'").fetchone()[0]
        if found == FORMAT and tables:
            return
        connection.execute("DROP TABLE IF EXISTS thumbnail")
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _used_bytes(connection: sqlite3.Connection) -> int:
    """Bytes of the pages that hold something: what the file takes, for all instances that share it."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    return int((pages - free) * size)


def _clear(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM thumbnail")
    _give_back(connection)


def _give_back(connection: sqlite3.Connection) -> None:
    """Return free pages to the file system."""
    # A step of this statement frees one page and has no row to fetch; only a script is run to its end.
    connection.executescript("PRAGMA incremental_vacuum;")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
