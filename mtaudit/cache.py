"""Keeps what was worked out under a key, in one file of a folder: SQLite, for it is safe with several processes.

Whatever is wrong with the cache (locked, damaged, no room, no permission) costs what it holds and is told as a note; a
run never fails of it. Each value is stored by a transaction of its own and with a checksum: a process that is killed
leaves the values before it, and half a value is none.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

NAME = "cache.sqlite"
#: Number of the layout of the file; one of another number is emptied.
_LAYOUT = 1
#: How long to wait for another process that is writing, in seconds. Writes take milliseconds.
_PATIENCE = 10.0
#: When the cache is full, the values that were used longest ago go until it is this full.
_KEPT = 0.8
#: Keys that one SQL statement takes.
_BATCH = 500


class Cache:
    """Values by key; the values used last are kept while their bytes sum up to `size` at most.

    `notes` says what went wrong, a sentence each. To be used as a context manager, by one thread.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._database: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self.notes: list[str] = []

    @property
    def path(self) -> Path:
        """The file."""
        return self._folder / NAME

    def __enter__(self) -> Cache:
        try:
            self._make_folder()
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                self._give_up(str(error))
            else:
                self._start_anew(str(error))
        except OSError as error:
            self._give_up(error.strerror or str(error))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        database, self._database = self._database, None
        if database is None:
            return
        try:
            self._note_use(database)
            self._make_room(database)
        except sqlite3.Error as fault:
            self._tell(f"it could not be tidied up ({fault})", "Nothing is lost; it is tried again at the next run")
        finally:
            with suppress(sqlite3.Error):
                database.close()

    def get(self, key: bytes) -> bytes | None:
        """The value of a key; None where there is none, or it is damaged."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError as error:
            self._give_up(str(error))
            return None
        except sqlite3.DatabaseError as error:
            self._start_anew(str(error))
            return None
        if row is None:
            return None
        try:
            value = zlib.decompress(row[0])
        except (zlib.error, TypeError):
            return None  # it is stored anew
        self._used.add(key)
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Store a value under a key; one that is there is replaced."""
        if self._database is None:
            return
        packed = zlib.compress(value, 1)
        if len(packed) > self._size:
            return
        try:
            with self._database:
                self._database.execute(
                    "INSERT OR REPLACE INTO entries (key, used, size, value) VALUES (?, ?, ?, ?)",
                    (key, _now(), len(packed), packed),
                )
        except sqlite3.OperationalError as error:
            self._give_up(str(error))
        except sqlite3.DatabaseError as error:
            self._start_anew(str(error))

    def _make_folder(self) -> None:
        if self._folder.is_dir():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        # Kept out of version control and of backups without the user's doing (https://bford.info/cachedir/).
        (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
        tag = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of mtaudit.\n"
        (self._folder / "CACHEDIR.TAG").write_text(tag, encoding="utf-8")

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=_PATIENCE)
        try:
            if _layout(database) != _LAYOUT:
                _lay_out(database)
            database.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            database.close()
            raise
        return database

    def _note_use(self, database: sqlite3.Connection) -> None:
        """Say of the values that were read that they were used now: once, at the end, not at each of them."""
        with database:
            for keys in _batches(sorted(self._used)):
                # Nothing but question marks goes into the statement, so there is nothing to inject.
                marks = ",".join("?" * len(keys))
                database.execute(f"UPDATE entries SET used = ? WHERE key IN ({marks})", (_now(), *keys))  # noqa: S608

    def _make_room(self, database: sqlite3.Connection) -> None:
        (total,) = database.execute("SELECT COALESCE(SUM(size), 0) FROM entries").fetchone()
        if total <= self._size:
            return
        with database:
            for key, size in database.execute("SELECT key, size FROM entries ORDER BY used, key").fetchall():
                if total <= self._size * _KEPT:
                    break
                database.execute("DELETE FROM entries WHERE key = ?", (key,))
                total -= size
        database.execute("PRAGMA incremental_vacuum").fetchall()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _start_anew(self, reason: str) -> None:
        """Throw a damaged file away. Another process that has it open goes on with the file that has no name now."""
        self._close()
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                self.path.with_name(NAME + suffix).unlink(missing_ok=True)
            self._database = self._open()
        except (sqlite3.Error, OSError) as error:
            self._give_up(f"{reason}; {error}")
        else:
            self._tell(f"it is damaged ({reason})", "It was thrown away and begun anew")

    def _give_up(self, reason: str) -> None:
        self._close()
        remedy = f"This run goes on without it; delete {self._folder} if that lasts, or name another with cache-dir"
        self._tell(f"it cannot be used ({reason})", remedy)

    def _close(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            with suppress(sqlite3.Error):
                database.close()

    def _tell(self, cause: str, remedy: str) -> None:
        self.notes.append(f"{self.path}: the cache: {cause}. {remedy}.")


def _layout(database: sqlite3.Connection) -> int:
    (layout,) = database.execute("PRAGMA user_version").fetchone()
    return int(layout)


def _lay_out(database: sqlite3.Connection) -> None:
    """Make the table, unless another process has just made it."""
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    # Two processes that begin together cannot both switch; readers and one writer work side by side once it is done.
    with suppress(sqlite3.OperationalError):
        database.execute("PRAGMA journal_mode = WAL")
    with database:
        database.execute("BEGIN IMMEDIATE")
        if _layout(database) == _LAYOUT:
            return
        database.execute("DROP TABLE IF EXISTS entries")
        database.execute(
            "CREATE TABLE entries (key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL,"
            " value BLOB NOT NULL)"
        )
        database.execute("CREATE INDEX entries_used ON entries (used, size)")
        database.execute(f"PRAGMA user_version = {_LAYOUT}")


def _now() -> int:
    """Milliseconds since 1970: seconds would not order the values of one run."""
    return time.time_ns() // 1_000_000


def _batches(keys: list[bytes]) -> Iterable[list[bytes]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
