"""Encrypted copies of log and keys, by SQLite's backup API; each is proved by opening it before it gets its name."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2 as driver
from attrs import evolve, frozen

from crf_desktop import __version__
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Entry, Kind
from crf_desktop.settings import utc_text
from crf_desktop.store import backup_file, backup_keeping, engine, keyring, room
from crf_desktop.store.backup_file import BackupLabel, Progress
from crf_desktop.store.engine import NONSENSE, CopyStopped, Database, StatementError
from crf_desktop.store.log import Log, entry_of
from crf_desktop.store.stretch import derive, wipe

if TYPE_CHECKING:
    from crf_desktop.store.keyring import KeyFile
    from crf_desktop.store.study import Store

PLACE: Final = "backup.place"
"""Setting of a study file: the folder of the second copy."""
_PAGES, _REST_S = 32, 0.001
"""Pages copied before whoever types is let go on, and for how long."""
_AT_ONCE: Final = 4096
_MARGIN: Final = 16_000_000
_TRIES: Final = 3
_QUIET: Final = ("unlock", "failed_log_in", "backup", "backup.failed", "keys.intent", "keys.done")
"""Acts that alone are no reason for another backup."""


KeysNow = Callable[[], "tuple[KeyFile, bytearray]"]


def quiet(_done: int, _of: int) -> None:
    """No progress wanted."""


@frozen(slots=True)
class Made:
    """A backup that was opened and found right."""

    path: Path
    label: BackupLabel
    sha256: str
    size: int
    why: str
    """``lock``, ``daily``, ``asked``, ``migration``."""
    second: str = ""
    """What became of the copy elsewhere: ``made``, ``absent``, ``failed``; empty where none is wanted."""


@frozen(slots=True)
class LastBackup:
    """The newest backup that the log tells of, and what went wrong since."""

    made_at: str
    """UTC; empty where there never was one."""
    seq: int
    size: int
    second_at: str
    """UTC: when the copy elsewhere was last made."""
    failed_at: str
    """UTC: of a failure after the newest one; empty where there is none."""
    failed_code: str
    news: bool
    """Whether something was written since."""


def snapshot(database: Database, folder: Path, target: Path, keys: KeyFile, data_key: bytearray) -> None:
    """Copies what belongs together into a new folder; readers of the copy need a password like everybody."""
    if target.exists():
        raise EnvironmentProblem("study.exists")
    try:
        target.mkdir(parents=True)
        _copy_log(database, target / engine.NAME, keys, data_key, _AT_ONCE, quiet)
        keyring.write(target, keys)
        keyring.sync_folder(target.parent)
    except (driver.Error, OSError) as error:
        raise (engine.problem_of(error, folder) or error) from None


def _copy_log(
    database: Database, target: Path, keys: KeyFile, data_key: bytearray, pages: int, progress: Progress,
    *, durable: bool = True,
) -> None:  # fmt: skip
    """The log as it is when this returns, encrypted under the same key; ``durable``: it is not thrown away at once."""
    key = derive(data_key, "database")
    copy = driver.connect(str(target), isolation_level=None)
    try:
        literal = engine.key_literal(key, keys.db_salt)
        copy.set_key(literal)
        wipe(literal)
        copy.execute("PRAGMA cipher_log_level=NONE")
        copy.execute(f"PRAGMA synchronous={'EXTRA' if durable else 'OFF'}")
        if not durable:
            copy.execute("PRAGMA journal_mode=OFF").fetchall()
        database.copy_into(copy, pages, 0 if pages == _AT_ONCE else _REST_S, progress)
    finally:
        copy.close()
        wipe(key)


# --- one file, proved


def make(
    store: Store, why: str, out: Path | None = None, progress: Progress = quiet, *, at_once: bool = False
) -> Made:
    """A backup of what the study holds now, in its own ``backup/`` or as the file ``out``; may run on another thread.

    It is read again, opened with the key of the session, and compared; only then it gets its name. Nothing is written
    to the log: :func:`record` does, on the thread of the study. Raises EnvironmentProblem ``backup.no_room``,
    ``backup.stopped``, ``store.disk_full``, ``store.io``, ``backup.unproved``; older backups are untouched then.
    """
    parts, now = store.parts, store.parts.author.clock.now()
    return make_of(
        parts.database, lambda: (parts.keys, parts.data_key), store.folder, now, why, out, progress, at_once=at_once
    )


def make_of(
    database: Database, keys_now: KeysNow, folder: Path, now: datetime, why: str, out: Path | None = None,
    progress: Progress = quiet, *, at_once: bool = False,
) -> Made:  # fmt: skip
    """The same for a study that is only half open, as before a migration."""
    own = folder / backup_keeping.FOLDER
    target = out or backup_keeping.free_name(own, folder, now)
    if target.exists():
        raise Refused("export.exists")
    for attempt in range(_TRIES):
        try:
            with _workplace(own, folder) as place:
                return _made(database, keys_now, place, target, now, why, progress, _AT_ONCE if at_once else _PAGES)
        except CopyStopped:
            raise EnvironmentProblem("backup.stopped") from None
        except (driver.Error, OSError, MemoryError) as error:
            raise (engine.problem_of(error, target.parent) or EnvironmentProblem("store.io")) from None
        except EnvironmentProblem as problem:
            # A change of the slots may fall between the copy of the log and the key file: once more, then.
            if problem.code != "keys.put_back" or attempt == _TRIES - 1:
                raise
    raise AssertionError


@contextlib.contextmanager
def _workplace(own: Path, folder: Path) -> Iterator[Path]:
    own.mkdir(exist_ok=True)
    need = 2 * (folder / engine.NAME).stat().st_size + _MARGIN
    if room.free_bytes(own) < need:
        raise EnvironmentProblem("backup.no_room", need_mb=need // 1_000_000 + 1)
    for left in own.glob(".making-*"):  # of a program that was killed; one program has the study open
        shutil.rmtree(left, ignore_errors=True)
    for left in own.glob(f".*{backup_file.SUFFIX}.part"):
        left.unlink(missing_ok=True)
    place = own / f".making-{secrets.token_hex(4)}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _made(
    database: Database, keys_now: KeysNow, place: Path, target: Path, now: datetime, why: str, progress: Progress,
    pages: int,
) -> Made:  # fmt: skip
    log = place / engine.NAME
    keys, data_key = keys_now()
    _copy_log(database, log, keys, data_key, pages, _part(progress, 0), durable=False)
    keys, data_key = keys_now()
    with _opened(place, keys, data_key) as copy:
        end = Log(copy).position(keys.origin)
    label = BackupLabel(
        keys.study_oid, keys.site, keys.origin, end.seq, end.head.hex(), utc_text(now), __version__
    )  # fmt: skip
    part = target.with_name(f".{target.name}.part")
    try:
        digest = backup_file.write(part, label, keys, log, data_key, _part(progress, 1))
        log.unlink()
        prove(part, label, keys, data_key, place, _part(progress, 2))
        part.rename(target)
        keyring.sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return Made(target, label, digest, target.stat().st_size, why)


def _part(progress: Progress, third: int) -> Progress:
    """One of three stretches of the way."""
    return lambda done, of: progress(third * 1000 + (done * 1000 // of if of else 0), 3000)


@contextlib.contextmanager
def _opened(place: Path, keys: KeyFile, data_key: bytearray) -> Iterator[Database]:
    database = Database(place, derive(data_key, "database"), keys.db_salt, media_read_only=False, read_only=True)
    try:
        yield database
    finally:
        database.close()


def prove(
    path: Path, label: BackupLabel, keys: KeyFile, data_key: bytearray, place: Path, progress: Progress = quiet
) -> None:
    """Restores the file into a working place and compares: every byte, the seal, pages, head, and the slots' MAC.

    Raises EnvironmentProblem ``backup.unproved``, ``store.io``, ``keys.put_back``.
    """
    from crf_desktop.store.opening import check_slots  # it opens what this copies

    try:
        backup = backup_file.read(path, progress)
        backup_file.require_seal(backup, data_key)
        backup_file.put_log(backup, place / engine.NAME, durable=False)
        backup.keys.require_mac(data_key)
        with _opened(place, keys, data_key) as copy:
            log = Log(copy)
            check_slots(log, backup.keys)
            end = log.position(keys.origin)
            right = (end.seq, end.head.hex()) == (label.seq, label.head) and backup.label == label
            pages = [str(row[0]) for row in copy.all("PRAGMA cipher_integrity_check")]
            if not right or engine.damaged_pages(pages):
                raise EnvironmentProblem("backup.unproved")
            if pages:
                raise EnvironmentProblem("store.io")  # of a page that could not be read just now
    except (Refused, StatementError, *NONSENSE):
        raise EnvironmentProblem("backup.unproved") from None
    except EnvironmentProblem as problem:
        if problem.code == "backup.not_read":  # it was written a moment ago
            raise EnvironmentProblem("store.io") from None
        raise


# --- what the study knows of its backups


def make_and_record(store: Store, why: str, progress: Progress = quiet, *, at_once: bool = True) -> Made:
    """Makes a backup, copies it to the second place, says so in the log and thins out older ones.

    A failure is a row too, and raised.
    """
    try:
        made = copied_on(store, make(store, why, progress=progress, at_once=at_once))
    except EnvironmentProblem as problem:
        record_failure(store, why, problem)
        raise
    record(store, made)
    return made


def record(store: Store, made: Made) -> None:
    """The row of a proved backup; then the older ones that may go, go. Raises what :meth:`Store.append` raises."""
    now = store.parts.author.clock.now()
    store.append([entry(made)])
    own = store.folder / backup_keeping.FOLDER
    if made.path.parent == own:
        backup_keeping.thin_out(own, made.label, now)
    place = second_place(store)
    if made.second == "made" and place is not None:
        backup_keeping.thin_out(place, made.label, now)


def entry(made: Made) -> Entry:
    """The row of a proved backup."""
    second = {"second": made.second} if made.second else {}
    return entry_of(
        Kind.SYSTEM, "backup", why=made.why, sha256=made.sha256, size=made.size, proved=True, **second,
        origin=made.label.origin, seq=made.label.seq, head=made.label.head, made_at=made.label.made_at,
    )  # fmt: skip


def record_failure(store: Store, why: str, problem: EnvironmentProblem) -> None:
    """The row of one that failed; the same failure on the same day is said once, and none on a disk that is full."""
    if problem.code == "backup.stopped" or store.read_only:
        return
    state = last(store)
    today = store.parts.author.clock.now().astimezone().date()
    told = datetime.fromisoformat(state.failed_at).astimezone().date() if state.failed_at else None
    if state.failed_code == problem.code and told == today:
        return
    with contextlib.suppress(EnvironmentProblem):
        store.append([entry_of(Kind.SYSTEM, "backup.failed", why=why, problem=problem.code)])


def last(store: Store) -> LastBackup:
    """How the study stands with its backups, as the log tells it."""
    rows = Log(store.parts.database).last_act(store.origin, ("backup", "backup.failed"))
    told = [(row, json.loads(row.payload or "{}")) for row in rows]
    good = [(row, body) for row, body in told if body["act"] == "backup"]
    second = next((body["made_at"] for _, body in reversed(good) if body.get("second") == "made"), "")
    seq = int(good[-1][1]["seq"]) if good else 0
    after = good[-1][0].seq if good else 0
    bad = [(row, body) for row, body in told if body["act"] == "backup.failed" and row.seq > after]
    return LastBackup(
        str(good[-1][1]["made_at"]) if good else "", seq, int(good[-1][1]["size"]) if good else 0, str(second),
        bad[-1][0].recorded_at if bad else "", str(bad[-1][1]["problem"]) if bad else "", _news(store, seq),
    )  # fmt: skip


def _news(store: Store, after: int) -> bool:
    marks = ", ".join("?" * len(_QUIET))
    return store.parts.database.one(
        "SELECT 1 FROM change WHERE origin = ? AND seq > ? AND NOT (kind IN ('user', 'system')"
        f" AND json_extract(payload, '$.act') IN ({marks})) LIMIT 1",
        (store.origin, after, *_QUIET),
    ) is not None  # fmt: skip


def due(store: Store) -> bool:
    """Whether something was written since the last backup, and that one is of another day."""
    state = last(store)
    if store.read_only or not state.news:
        return False
    if not state.made_at:
        return True
    now = store.parts.author.clock.now().astimezone()
    return datetime.fromisoformat(state.made_at).astimezone(now.tzinfo).date() != now.date()


def age_days(store: Store) -> int | None:
    """How many days of work no backup holds; 0 where everything written is in one, None where there never was one."""
    state = last(store)
    if not state.made_at:
        return None
    if not state.news:
        return 0
    return max(0, (store.parts.author.clock.now() - datetime.fromisoformat(state.made_at)).days)


# --- a second place


def second_place(store: Store) -> Path | None:
    """The folder the site chose for a second copy, a stick for one; None where it chose none."""
    told = store.setting(PLACE)
    return Path(told) if told else None


def choose_place(store: Store, folder: Path | None) -> None:
    """Another second place, or none; raises Refused ``backup.place_inside``, EnvironmentProblem ``store.*``."""
    real = None if folder is None else folder.resolve()
    if real is not None and store.folder.resolve() in (real, *real.parents):
        raise Refused("backup.place_inside")
    store.set_setting(PLACE, "" if folder is None else str(folder.absolute()))


def copied_on(store: Store, made: Made) -> Made:
    """The backup with what became of its copy at the second place; never fails, since the first is there."""
    place = second_place(store)
    if place is None:
        return made
    if not place.is_dir():
        return evolve(made, second="absent")
    return evolve(made, second="made" if copy_file(made, place) else "failed")


def copy_file(made: Made, place: Path) -> bool:
    """Whether the copy stands, durable, and is byte for byte the backup that was proved."""
    target = place / made.path.name
    part = place / f".{made.path.name}.part"
    try:
        with made.path.open("rb") as source, part.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        if backup_file.read(part).sha256 != made.sha256:
            return False
        part.rename(target)
        with contextlib.suppress(OSError):  # not every stick's file system knows how
            keyring.sync_folder(place)
        return True
    except (OSError, EnvironmentProblem, Refused):
        return False
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
