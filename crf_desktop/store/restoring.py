"""A backup becomes a study again, on this machine or another: under a new origin, since the one before may go on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3.dbapi2 as driver
from attrs import frozen

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.settings import Clock
from crf_desktop.store import backup_file, engine, home, keyring, lineage, place, recovery, room
from crf_desktop.store.backup_file import Backup, Progress
from crf_desktop.store.engine import NONSENSE, Database, StatementError
from crf_desktop.store.keyring import KeyFile, Opened
from crf_desktop.store.log import Log
from crf_desktop.store.opening import check_slots, open_log, require_version, unlock
from crf_desktop.store.recovering import recover

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

_MARGIN: Final = 16_000_000


@frozen(slots=True)
class BackupContents:
    """What a backup tells before a password is typed."""

    study_oid: str
    site: str
    made_at: str
    """UTC."""
    users: tuple[tuple[str, str], ...]
    """(user name, role) of each account."""
    recovery: str
    """``code`` or ``shares`` where there is a recovery slot."""


def look_into(file: Path, progress: Progress | None = None) -> BackupContents:
    """Reads every byte of a backup; raises what :func:`backup_file.read` raises."""
    found = backup_file.read(file, progress)
    users = tuple((slot.user_name, slot.role) for slot in found.keys.of_kind("user"))
    kind = next((slot.user_name for slot in reversed(found.keys.of_kind("recovery"))), "")
    return BackupContents(found.label.study_oid, found.label.site, found.label.made_at, users, kind)


def restore(
    file: Path, folder: Path, user_name: str, password: str, clock: Clock | None = None,
    progress: Progress | None = None,
) -> Store:  # fmt: skip
    """Makes a study folder of a backup and opens it; its first rows say from where it goes on.

    Raises EnvironmentProblem ``study.exists``, ``.network_drive``, ``.synced_folder``, ``.newer``, ``backup.not_read``,
    ``.no_room``, ``keys.no_such_user``, ``.wrong_password``, ``store.*``; Refused ``backup.not_one``, ``.damaged``,
    ``.altered``. Nothing is left behind then.
    """
    _unpack(file, folder, lambda keys: keyring.open_slot(keys, keys.slot_of(user_name), password), progress)
    return unlock(folder, user_name, password, clock)


def restore_by_code(
    file: Path, folder: Path, typed: Sequence[str], user_name: str, password: str, clock: Clock | None = None,
    progress: Progress | None = None,
) -> Store:  # fmt: skip
    """The same where nobody knows a password: by the recovery code, and with a new password for that account.

    Raises Refused ``recovery.*``, ``password.*`` besides.
    """
    _unpack(file, folder, lambda keys: recovery.open_secret(keys, typed), progress)
    try:
        return recover(folder, typed, user_name, password, clock)
    except (EnvironmentProblem, Refused):
        shutil.rmtree(folder, ignore_errors=True)  # nobody has got in yet, and the backup is still there
        raise


def _unpack(file: Path, folder: Path, way_in: Callable[[KeyFile], Opened], progress: Progress | None) -> None:
    place.require_local(folder)
    if folder.exists():
        raise EnvironmentProblem("study.exists")
    backup = backup_file.read(file, progress)
    opened = way_in(backup.keys)
    part = folder.with_name(f"{folder.name}.part")
    try:
        backup_file.require_seal(backup, opened.data_key)
        folder.parent.mkdir(parents=True, exist_ok=True)
        need = backup.log_length + _MARGIN
        if room.free_bytes(folder.parent) < need:
            raise EnvironmentProblem("backup.no_room", need_mb=need // 1_000_000 + 1)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        backup_file.put_log(backup, part / engine.NAME)
        _begin(part, backup, opened)
        (part / "backup").mkdir()
        keyring.sync_folder(part)
        part.rename(folder)
        keyring.sync_folder(folder.parent)
    except (OSError, driver.Error) as error:
        raise (engine.problem_of(error, folder.parent) or error) from None
    finally:
        opened.close()
        shutil.rmtree(part, ignore_errors=True)


def _begin(part: Path, backup: Backup, opened: Opened) -> None:
    """The log is what the backup says, and the key file that goes with it stands under a new origin."""
    engine.require_salt(part / engine.NAME, backup.keys.db_salt)
    database, _ = open_log(part, backup.keys, opened)
    try:
        require_version(database)
        _require_whole(database, backup)
        keys = lineage.prepare(
            database, backup.keys, opened.data_key, "restored", made_at=backup.label.made_at, sha256=backup.sha256
        )
        Log(database).keep_setting(home.SETTING, "")
        home.settle(part, Log(database))
        keyring.write(part, keys)
    except (StatementError, *NONSENSE):
        raise Refused("backup.damaged") from None
    finally:
        database.close()


def _require_whole(database: Database, backup: Backup) -> None:
    log = Log(database)
    check_slots(log, backup.keys)
    end = log.position(backup.keys.origin)
    if (end.seq, end.head.hex()) != (backup.label.seq, backup.label.head):
        raise Refused("backup.altered")
    pages = [str(row[0]) for row in database.all("PRAGMA cipher_integrity_check")]
    if engine.damaged_pages(pages):
        raise Refused("backup.damaged")
    if pages:  # the disk could not read back what was just unpacked
        raise EnvironmentProblem("store.io")
