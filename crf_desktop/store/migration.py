"""Numbered migrations of ``log.db``: a backup first, then each in one transaction; what was done stands in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from attrs import frozen

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Entry, Kind
from crf_desktop.store import backup, engine, schema
from crf_desktop.store.engine import Database
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.log import entry_of
from crf_desktop.store.stretch import derive


@frozen(slots=True)
class Migration:
    """One step from the version before to ``version``."""

    version: int
    """What ``PRAGMA user_version`` says afterwards."""
    name: str
    apply: Callable[[Any], None]
    """Runs statements on a driver connection inside a transaction, without the authorizer."""


MIGRATIONS: Final[list[Migration]] = []
"""In order, none ever changed or taken out; there is one version so far."""


def waiting(database: Database) -> list[Migration]:
    """Those the file has not seen; raises EnvironmentProblem ``study.newer`` for a file of a later program."""
    version = int(database.one("PRAGMA user_version")[0])
    if version > schema.VERSION:
        raise EnvironmentProblem("study.newer")
    return [step for step in MIGRATIONS if version < step.version <= schema.VERSION]


def migrate(database: Database, folder: Path, keys: KeyFile, data_key: bytearray, now: datetime) -> list[Entry]:
    """Brings the file to the version of this program; returns the rows that say so.

    Cut off at whatever point, it is of the version before or after a step, and the next opening goes on. Raises
    EnvironmentProblem ``backup.*`` and ``store.*`` before anything is changed.
    """
    steps = waiting(database)
    if not steps:
        return []
    made = backup.make_of(database, lambda: (keys, data_key), folder, now, "migration", at_once=True)
    database.close()
    try:
        connection = engine.connect_raw(folder / engine.NAME, derive(data_key, "database"), keys.db_salt)
        try:
            for step in steps:
                connection.execute("BEGIN IMMEDIATE")
                step.apply(connection)
                connection.execute(f"PRAGMA user_version={step.version}")
                connection.execute("COMMIT")
        finally:
            connection.close()
    except (driver.Error, OSError, MemoryError) as error:
        raise (_told(error, folder, keys, data_key) or error) from None
    finally:
        database.reopen(derive(data_key, "database"))
    told = [entry_of(Kind.SYSTEM, "migrated", version=step.version, name=step.name) for step in steps]
    return [backup.entry(made), *told]


def _told(error: BaseException, folder: Path, keys: KeyFile, data_key: bytearray) -> EnvironmentProblem | None:
    """What an error means: the study was open for writing and whole a moment ago, so it is the disk if it can be."""
    problem = engine.problem_of(error, folder)
    if problem is None:
        return None
    if problem.code == "study.damaged":
        unread = engine.only_unread(folder / engine.NAME, derive(data_key, "database"), keys.db_salt)
    else:  # SQLite opens for reading alone, without a word, what cannot be opened for writing just then
        unread = problem.code == "store.read_only"
    return EnvironmentProblem("store.io") if unread else problem
