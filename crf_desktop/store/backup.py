"""Encrypted copies of log and keys, by SQLite's backup API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import engine, keyring
from crf_desktop.store.stretch import derive, wipe

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database
    from crf_desktop.store.keyring import KeyFile


def snapshot(database: Database, folder: Path, target: Path, keys: KeyFile, data_key: bytearray) -> None:
    """Copies what belongs together into a new folder; readers of the copy need a password like everybody."""
    if target.exists():
        raise EnvironmentProblem("study.exists")
    key = derive(data_key, "database")
    try:
        target.mkdir(parents=True)
        copy = driver.connect(str(target / engine.NAME), isolation_level=None)
        try:
            literal = engine.key_literal(key, keys.db_salt)
            copy.set_key(literal)
            wipe(literal)
            copy.execute("PRAGMA cipher_log_level=NONE")
            copy.execute("PRAGMA synchronous=EXTRA")
            database.driver_connection.backup(copy)
        finally:
            copy.close()
        keyring.write(target, keys)
        keyring.sync_folder(target.parent)
    except (driver.Error, OSError) as error:
        raise (engine.problem_of(error, folder) or error) from None
    finally:
        wipe(key)
