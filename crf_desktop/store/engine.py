"""The one connection to ``log.db``: SQLCipher through SQLAlchemy Core, and what its errors mean to a person."""

from __future__ import annotations

import errno
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import keyring, room, schema

NAME: Final = "log.db"
SALT_LENGTH: Final = 16
_HEX: Final = b"0123456789abcdef"
_TRANSIENT_FREE: Final = 256 * 1024
_CIPHER_PRAGMAS: Final = ("cipher_log_level=NONE", "cipher_memory_security=ON")
_PRAGMAS: Final = (
    "journal_mode=DELETE", "synchronous=EXTRA", "fullfsync=ON", "checkpoint_fullfsync=ON", "foreign_keys=ON",
    "recursive_triggers=ON", "trusted_schema=OFF", "cell_size_check=ON", "secure_delete=FAST", "temp_store=MEMORY",
)  # fmt: skip
_READ_PRAGMAS: Final = frozenset(
    {"integrity_check", "quick_check", "cipher_integrity_check", "user_version", "application_id", "query_only",
     "recursive_triggers", "synchronous", "journal_mode", "read_uncommitted", "page_count", "page_size", "data_version"}
)  # fmt: skip
_FORBIDDEN: Final = frozenset(
    getattr(driver, f"SQLITE_{name}")
    for name in (
        "ATTACH", "DETACH", "DROP_TABLE", "DROP_TRIGGER", "DROP_INDEX", "DROP_VIEW", "DROP_TEMP_TABLE", "ALTER_TABLE",
        "CREATE_TABLE", "CREATE_TRIGGER", "CREATE_INDEX", "CREATE_VIEW", "CREATE_TEMP_TRIGGER", "CREATE_TEMP_VIEW",
        "CREATE_TEMP_TABLE", "CREATE_VTABLE",
    )
)  # fmt: skip


def allow(action: int, first: str | None, second: str | None, _base: str | None, trigger: str | None) -> int:
    """The authorizer: the log takes INSERT alone, its readings change by triggers, the schema stands still."""
    denied = action in _FORBIDDEN
    if action in (driver.SQLITE_UPDATE, driver.SQLITE_DELETE):
        denied = first in schema.FROZEN or first in ("sqlite_master", "sqlite_schema")
        denied = denied or (first in schema.KEPT and trigger not in schema.KEEPERS)
    elif action == driver.SQLITE_INSERT:
        denied = first in schema.KEPT and trigger not in schema.KEEPERS
    elif action == driver.SQLITE_PRAGMA:
        denied = first not in _READ_PRAGMAS or (second is not None and first not in ("integrity_check", "quick_check"))
    return int(driver.SQLITE_DENY if denied else driver.SQLITE_OK)


def key_literal(key: bytes | bytearray, salt: bytes) -> bytearray:
    """``x'<key><salt>'`` byte by byte, so that no string copy of the key stays in memory."""
    out = bytearray(b"x'")
    for byte in (*key, *salt):
        out.append(_HEX[byte >> 4])
        out.append(_HEX[byte & 15])
    out.append(39)
    return out


def connect_raw(path: Path, key: bytes | bytearray, salt: bytes, *, media_read_only: bool = False) -> Any:
    """A driver connection with key and pragmas but no authorizer; for making a file, migration, backup and tests."""
    if media_read_only:
        name, uri = f"{path.absolute().as_uri()}?mode=ro", True
    else:
        name, uri = str(path), False
    connection = driver.connect(
        name, isolation_level=None, check_same_thread=False, timeout=2, uri=uri, cached_statements=200
    )
    literal = key_literal(key, salt)
    try:
        connection.set_key(literal)
    finally:
        literal[:] = bytes(len(literal))
    for pragma in _CIPHER_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def make(path: Path, key: bytearray, salt: bytes) -> None:
    """Creates an empty log."""
    connection = connect_raw(path, key, salt)
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema.OBJECTS.values():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={schema.VERSION}")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def change_key(path: Path, old: bytearray, new: bytearray, salt: bytes) -> None:
    """Rekeys a file; the salt at its beginning stays."""
    connection = connect_raw(path, old, salt)
    try:
        if _fell_back(connection):
            raise driver.OperationalError("disk I/O error")
        literal = key_literal(new, salt)
        try:
            connection.reset_key(literal)
        finally:
            literal[:] = bytes(len(literal))
    finally:
        connection.close()


def opens(path: Path, key: bytearray, salt: bytes) -> bool:
    """Whether the file is under this key."""
    try:
        connect_raw(path, key, salt).close()
    except (driver.Error, MemoryError):
        return False
    return True


def require_salt(path: Path, salt: bytes) -> None:
    """Refuses a file whose first 16 bytes are not the salt in the slots; called before the connection opens.

    SQLCipher with an explicit salt never reads them, so damage there would pass every one of its checks.
    """
    try:
        with path.open("rb") as file:
            found = file.read(SALT_LENGTH)
    except FileNotFoundError:
        raise EnvironmentProblem("study.log_missing") from None
    except PermissionError:
        raise EnvironmentProblem("study.denied") from None
    except OSError as error:
        raise _io_problem(path.parent, error.errno) from None
    if found != salt:
        raise EnvironmentProblem("study.damaged", page=1)


def _io_problem(folder: Path, number: int | None) -> EnvironmentProblem:
    full = number in (errno.ENOSPC, errno.EDQUOT) or room.free_bytes(folder) < _TRANSIENT_FREE
    return EnvironmentProblem("store.disk_full" if full else "store.io")


_CODES: Final = {
    "disk I/O error": driver.SQLITE_IOERR, "database or disk is full": driver.SQLITE_FULL,
    "unable to open database file": driver.SQLITE_CANTOPEN, "database is locked": driver.SQLITE_BUSY,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "database disk image is malformed": driver.SQLITE_CORRUPT, "file is not a database": driver.SQLITE_NOTADB,
}  # fmt: skip
"""What SQLite says when the driver hands on no code: its backup does not."""


def problem_of(error: BaseException, folder: Path) -> EnvironmentProblem | None:
    """What a driver error means to a person; None for a fault of the program."""
    original = getattr(error, "orig", error)
    if isinstance(original, OSError):
        return _io_problem(folder, original.errno)
    if isinstance(original, MemoryError):  # SQLCipher's other disguise of a damaged page
        return EnvironmentProblem("study.damaged", page="?")
    code = getattr(original, "sqlite_errorcode", _CODES.get(str(original)))
    if not isinstance(code, int):
        return None
    primary = code & 0xFF
    if code in (776, 1544):  # SQLITE_READONLY_ROLLBACK: a journal was left behind where nothing can be written
        return EnvironmentProblem("study.unfinished_write")
    if primary == driver.SQLITE_CANTOPEN and not os.access(folder, os.W_OK):
        return EnvironmentProblem("store.read_only")
    simple = {
        driver.SQLITE_FULL: "store.disk_full", driver.SQLITE_READONLY: "store.read_only",
        driver.SQLITE_BUSY: "store.locked", driver.SQLITE_LOCKED: "store.locked",
    }  # fmt: skip
    if primary in simple:
        return EnvironmentProblem(simple[primary])
    # A page whose MAC does not fit may surface without a name, or as zeros where JSON stood.
    nameless = primary == driver.SQLITE_ERROR and str(original) in ("SQL logic error", "not an error", "malformed JSON")
    if nameless or primary in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB):
        return EnvironmentProblem("study.damaged", page="?")
    if primary in (driver.SQLITE_IOERR, driver.SQLITE_CANTOPEN):
        return _io_problem(folder, None)
    return None


def only_unread(path: Path, key: bytearray, salt: bytes, *, media_read_only: bool = False) -> bool:
    """Whether what looked like damage was a disk that could not be read: no page's MAC fails, on a connection anew.

    SQLite reports EIO as a malformed file, and SQLCipher takes what was not read for a forged page. Wipes the key.
    """
    try:
        raw = connect_raw(path, key, salt, media_read_only=media_read_only)
        try:
            pages = [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
            if pages:
                return not damaged_pages(pages)
            return bool(raw.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
        finally:
            raw.close()
    except (driver.Error, MemoryError) as error:
        problem = problem_of(error, path.parent)
        return problem is not None and problem.code == "store.io"
    finally:
        key[:] = bytes(len(key))


def damaged_pages(told: Sequence[str]) -> list[str]:
    """What ``cipher_integrity_check`` says of pages that are not as they were written; not of those not read."""
    return [words for words in told if not words.startswith("error reading")]


def _fell_back(raw: Any) -> bool:
    """Whether SQLite opened for reading only, without a word, what it could not open for writing just then."""
    try:
        raw.execute("DELETE FROM setting WHERE 0")  # writes nothing; BEGIN alone is let pass
    except driver.OperationalError as error:
        return bool(getattr(error, "sqlite_errorcode", 0) & 0xFF == driver.SQLITE_READONLY)
    return False


class Database:
    """One open ``log.db``; every statement of the program goes through here."""

    def __init__(self, folder: Path, key: bytearray, salt: bytes, *, media_read_only: bool, read_only: bool) -> None:
        self.alone = threading.RLock()
        """Held by whichever thread is at work: an act beside the window, and what the window reads meanwhile."""
        self._folder, self._salt = folder, salt
        self._media_read_only, self._read_only = media_read_only, read_only
        self._copying, self._leaving = threading.Lock(), False
        self._keys: list[bytearray] = []
        """What the file may be under; more than one only after a rekey that failed. SQLCipher holds the same bytes."""
        self._spent, self._damaged = False, False
        self._open(key)

    def _open(self, key: bytearray) -> None:
        self._leaving = False

        def creator() -> Any:
            raw = connect_raw(self._folder / NAME, key, self._salt, media_read_only=self._media_read_only)
            if self._read_only:
                raw.execute("PRAGMA query_only=ON")
            elif _fell_back(raw):
                raw.close()
                raw = connect_raw(self._folder / NAME, key, self._salt)
            raw.set_authorizer(allow)
            return raw

        self._engine = sa.create_engine(
            "sqlite://", module=driver, creator=creator, poolclass=sa.pool.StaticPool, hide_parameters=True,
            isolation_level="AUTOCOMMIT",
        )  # fmt: skip
        try:
            self._connection = self._engine.connect()
            self._spent = False
            self._hold(key)
        except Exception as error:
            self._engine.dispose()
            raise (self._judged(error, [key]) or error) from None
        finally:
            key[:] = bytes(len(key))

    def _hold(self, *keys: bytes | bytearray) -> None:
        held, self._keys = self._keys, [bytearray(key) for key in keys]
        for key in held:
            key[:] = bytes(len(key))

    def _renew(self) -> None:
        """Opens the file again after a page that could not be read: SQLCipher bears nothing more on that connection."""
        if not self._spent or (not self._connection.closed and self.driver_connection.in_transaction):
            return
        self._shut()
        for left, key in reversed(list(enumerate(self._keys))):
            try:
                self._open(bytearray(key))
                return
            except EnvironmentProblem as problem:
                if problem.code != "study.damaged" or not left:
                    raise

    def _judged(self, error: BaseException, keys: Sequence[bytearray]) -> EnvironmentProblem | None:
        """What an error means to a person, after a second look where it says damage."""
        problem = problem_of(error, self._folder)
        if problem is None or problem.code not in ("study.damaged", "store.io"):
            return problem
        self._spent = True
        if problem.code == "study.damaged" and not self._damaged:
            path, quiet = self._folder / NAME, self._media_read_only
            if any(only_unread(path, bytearray(key), self._salt, media_read_only=quiet) for key in keys):
                return _io_problem(self._folder, None)
            self._damaged = True
        return problem

    def rekey(self, old: bytearray, new: bytearray) -> None:
        """Encrypts every page anew, in one transaction of SQLite's, and goes on under the new key; wipes both.

        On a short-lived connection without the authorizer. When it fails the file opens with the old key as before, or
        with the new one where only the last sync failed: the next call then finds it done and makes it durable.
        """
        with self.alone:
            self._rekey(old, new)

    def _rekey(self, old: bytearray, new: bytearray) -> None:
        self._shut()
        self._hold(old, new)
        self._spent = True  # until it is open again, under either
        path, found, told = self._folder / NAME, old, None
        try:
            if opens(path, new, self._salt):
                keyring.sync_folder(self._folder)
            else:
                change_key(path, old, new, self._salt)
                if not opens(path, new, self._salt):  # SQLCipher says nothing of a page that it could not read
                    raise OSError(errno.EIO, "")
            found = new
        except (driver.Error, MemoryError, OSError) as error:  # the driver names no code where a rekey failed
            found = new if opens(path, new, self._salt) else old
            told = self._judged(error, (old, new)) or _io_problem(self._folder, None)
        try:
            self._open(bytearray(found))
        except EnvironmentProblem as problem:  # the next statement tries again
            told = told or problem
        finally:
            old[:], new[:] = bytes(len(old)), bytes(len(new))
        if told is not None:
            raise told

    def reopen(self, key: bytearray) -> None:
        """Goes on after :meth:`close`; wipes the key."""
        self._damaged = False
        self._open(key)

    @property
    def driver_connection(self) -> Any:
        """The driver's connection, for the backup API and tests."""
        return self._connection.connection.driver_connection

    def copy_into(self, target: Any, pages: int, rest_s: float, progress: Callable[[int, int], None]) -> None:
        """Copies everything into another driver connection, page by page; may run on a thread of its own.

        Between the steps whoever types is let go on, and what is written meanwhile goes into the copy too. Closing the
        file, or changing its key, ends it: :class:`CopyStopped`.
        """

        def step(_status: int, left: int, of: int) -> None:
            if self._leaving:
                raise CopyStopped
            progress(of - left, of)
            if left and rest_s:
                time.sleep(rest_s)

        with self._copying:
            if self._leaving:
                raise CopyStopped
            self.driver_connection.backup(target, pages=pages, progress=step, sleep=0.005)

    def all(self, statement: str, parameters: Sequence[object] = ()) -> Sequence[Any]:
        """All rows of a query."""
        try:
            with self.alone:
                self._renew()
                return self._connection.exec_driver_sql(statement, tuple(parameters)).all()
        except (sa.exc.DBAPIError, MemoryError) as error:
            raise self._told(error) from None

    def tuples(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows, plain, from the driver: where a whole log is read, Core's rows cost as much as the reading."""
        try:
            with self.alone:
                self._renew()
                found: list[tuple[Any, ...]] = self.driver_connection.execute(statement, tuple(parameters)).fetchall()
        except (driver.Error, MemoryError) as error:
            raise self._told(error) from None
        return found

    def one(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """The first row, or None."""
        rows = self.all(statement, parameters)
        return rows[0] if rows else None

    def run(self, statement: str, parameters: Sequence[object] = ()) -> None:
        """A statement that returns nothing."""
        try:
            with self.alone:
                self._renew()
                self._connection.exec_driver_sql(statement, tuple(parameters))
        except (sa.exc.DBAPIError, MemoryError) as error:
            raise self._told(error) from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; durable when it returns."""
        with self.alone:
            self._renew()
            self._control("BEGIN IMMEDIATE")
            try:
                yield
                self._control("COMMIT")
            except BaseException:
                if self.driver_connection.in_transaction:
                    self._control("ROLLBACK")
                raise

    def _control(self, statement: str) -> None:
        """Begins or ends a transaction on the driver itself: asking through Core costs a tenth of a committed field."""
        try:
            self.driver_connection.execute(statement)
        except (driver.Error, MemoryError) as error:
            raise self._told(error) from None

    def _told(self, error: Exception) -> Exception:
        problem = self._judged(error, self._keys)
        if problem is not None:
            return problem
        # The driver's words may hold a value (a constraint, a trigger); only the name of the failure goes on.
        original = getattr(error, "orig", error)
        name = getattr(original, "sqlite_errorname", type(original).__name__)
        words = str(original)
        kept = words if re.fullmatch(r"[a-z]+: [a-z ]+|not authorized|access to [\w.]+ is prohibited", words) else ""
        return StatementError(name, kept)

    def close(self) -> None:
        """Closes the file and forgets the key; safe to call twice."""
        self._shut()
        self._hold()

    def _shut(self) -> None:
        self._leaving = True
        with self._copying:
            with suppress(sa.exc.DBAPIError):  # one that met a failing read may not even roll back
                self._connection.close()
            self._engine.dispose()


class CopyStopped(Exception):
    """The file was closed while it was being copied."""


NONSENSE: Final = (ValueError, TypeError, KeyError, IndexError)
"""What reading rows of a damaged page may end in, beside :class:`StatementError`."""


class StatementError(RuntimeError):
    """A statement the database refused; carries the name of the error and, where harmless, its words. A bug."""
