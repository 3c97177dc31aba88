"""Verification in a process of its own, beside the one that holds the study and writes to it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen
from cryptography import x509

from crf_desktop.errors import EnvironmentProblem, Explained
from crf_desktop.store import engine, lineage, room
from crf_desktop.store.checking import Check, Checked, Depth, Heads, Progress, heads_of
from crf_desktop.store.engine import Database
from crf_desktop.store.finding import Finding
from crf_desktop.store.log import Log
from crf_desktop.store.people import People
from crf_desktop.store.stretch import derive
from crf_desktop.store.verified import since

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from crf_desktop.store.study import Store

COPY: Final = "checking"
"""Folder in the study's folder that holds the copy while it is verified; encrypted like the study."""
_NICENESS: Final = 5
_KEY_LENGTH: Final = 32


@frozen
class Ticket:
    """What another process has to know, but for the key."""

    folder: Path
    study_oid: str
    origin: str
    authority: bytes
    """PEM."""
    salt: bytes
    epoch: int
    """Of the data key; a rotation meanwhile makes the answer worthless."""
    read_only: bool
    depth: Depth
    since: Heads = field(repr=False)
    opened: tuple[Finding, ...]


def ticket_of(store: Store, depth: Depth) -> Ticket:
    """For a verification of an open study."""
    keys = store.parts.keys
    findings = tuple(finding for finding in store.findings if not finding.code.startswith("verify.intact"))
    read_only = not os.access(store.folder, os.W_OK)
    return Ticket(
        store.folder, store.study_oid, store.origin, store.ca_certificate, keys.db_salt, keys.epoch, read_only, depth,
        since(store), findings,
    )  # fmt: skip


def key_of(store: Store) -> bytearray:
    """The key of ``log.db`` alone; whoever asks wipes it."""
    return derive(store.parts.data_key, "database")


def inspect(ticket: Ticket, key: bytearray, progress: Progress | None = None) -> Checked:
    """Verifies; wipes the key. Raises EnvironmentProblem ``store.check_no_room`` and what reading raises.

    Quick: a second connection reads the file itself, some hundred rows at a time, so that a save waits milliseconds.
    Full: a copy of the pages as they lie on the disk, made while nobody writes, since SQLite's own check would hold the
    file for seconds. Not its backup API: that decrypts and encrypts anew, and proves nothing about the old pages.
    """
    try:
        if ticket.depth == "full" and not ticket.read_only:
            with _copied(ticket, key) as folder:
                return _check(ticket, folder, key, progress)
        return _check(ticket, ticket.folder, key, progress)
    finally:
        key[:] = bytes(len(key))


def _check(ticket: Ticket, folder: Path, key: bytearray, progress: Progress | None) -> Checked:
    quiet = ticket.read_only or folder != ticket.folder
    database = Database(folder, bytearray(key), ticket.salt, media_read_only=quiet, read_only=True)
    try:
        before = frozenset(origin for origin, _ in lineage.before(Log(database), ticket.origin))
        people = People(x509.load_pem_x509_certificate(ticket.authority), ticket.origin, before=before)
        with _at_rest(database):  # rows that come later may name somebody whom these do not know
            people.learn_all(Log(database).acts())
            upto = heads_of(database)
        who = (people, ticket.study_oid, ticket.origin)
        check = Check(database, *who, ticket.opened, ticket.since, progress, upto=upto)
        return check.run(ticket.depth)
    finally:
        database.close()


@contextmanager
def _at_rest(database: Database) -> Iterator[None]:
    """Nobody writes meanwhile."""
    raw = database.driver_connection
    raw.execute("BEGIN")
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchall()
        yield
    finally:
        raw.execute("ROLLBACK")


@contextmanager
def _copied(ticket: Ticket, key: bytearray) -> Iterator[Path]:
    source, target = ticket.folder / engine.NAME, ticket.folder / COPY
    need = source.stat().st_size
    if room.free_bytes(ticket.folder) < need + room.LITTLE:
        raise EnvironmentProblem("store.check_no_room", need_mb=(need + room.LITTLE) // 1_000_000)
    clear(ticket.folder)
    database = Database(ticket.folder, bytearray(key), ticket.salt, media_read_only=False, read_only=True)
    try:
        target.mkdir(mode=0o700)
        # Closing any descriptor of a file drops every lock this process has on it (fcntl(2)): the copy is closed last.
        with source.open("rb") as file, (target / engine.NAME).open("wb") as copy:
            with _at_rest(database):
                shutil.copyfileobj(file, copy, 1 << 20)
            database.close()
        yield target
    except OSError as error:
        raise (engine.problem_of(error, ticket.folder) or error) from None
    finally:
        database.close()
        clear(ticket.folder)


def clear(folder: Path) -> None:
    """Takes away what a verification that was cut off has left."""
    shutil.rmtree(folder / COPY, ignore_errors=True)


def serve(line: Connection) -> None:
    """The process: takes a ticket and a key, says how far it is, then what came of it, and ends."""
    from crf_desktop.shield import quiet_faults, raise_shield  # a process that holds a key

    raise_shield()
    quiet_faults()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICENESS)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):  # the window is gone
        ticket: Ticket = line.recv()
        frame = bytearray(line.recv_bytes())
        key, frame[:] = frame[:_KEY_LENGTH], bytes(len(frame))
        line.send(_answer(ticket, key, line))


def _answer(ticket: Ticket, key: bytearray, line: Connection) -> tuple[str, Any]:
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        percent = 100 * done // max(of, 1)
        if percent != told:
            told = percent
            line.send(("progress", percent))

    try:
        return "done", inspect(ticket, key, tell)
    except Explained as problem:
        return "failed", (problem.code, problem.context)
    except (EOFError, OSError):
        raise
    except Exception as error:  # a fault of the program, told by its kind alone
        return "fault", type(error).__name__
