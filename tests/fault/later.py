"""Versions of the file format that do not exist yet: real statements, put into the program's own list of migrations.

Which of them a program knows stands in a file beside the study, as the version installed on a laptop does; whoever
opens the study after a fault is then the same program that was cut off.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crf_desktop.store import Store, keyring, migration, schema

INSTALLED = "program"
"""Beside the study: the version of the format that the program of this laptop writes."""
FIRST_VERSION = schema.VERSION


def objects(version: int) -> dict[str, str]:
    """What a version has beside what every version has."""
    table, index = f"later_{version}", f"later_{version}_said"
    return {
        table: f"CREATE TABLE {table} (origin TEXT, seq INTEGER, said TEXT, PRIMARY KEY (origin, seq)) STRICT",
        index: f"CREATE INDEX {index} ON {table} (said, seq)",
    }


def step(version: int) -> migration.Migration:
    """A new table filled from the log, an index on it, and what the version before had is dropped."""

    def apply(connection: Any) -> None:
        create, index = objects(version).values()
        connection.execute(create)
        connection.execute(f"INSERT INTO later_{version} SELECT origin, seq, payload FROM change")
        connection.execute(index)
        if version > FIRST_VERSION + 1:
            connection.execute(f"DROP TABLE later_{version - 1}")

    return migration.Migration(version, f"table {version}", apply)


@contextlib.contextmanager
def program(version: int) -> Iterator[None]:
    """While this lasts the program is of that version."""
    kept = schema.OBJECTS
    try:
        if version > FIRST_VERSION:
            migration.MIGRATIONS[:] = map(step, range(FIRST_VERSION + 1, version + 1))
            schema.OBJECTS = {**kept, **objects(version)}  # type: ignore[misc]
            schema.VERSION = version  # type: ignore[misc]
        yield
    finally:
        migration.MIGRATIONS.clear()
        schema.OBJECTS, schema.VERSION = kept, FIRST_VERSION  # type: ignore[misc]


def installed(place: Path) -> int:
    """The version installed beside a study; the program's own where none is."""
    path = place / INSTALLED
    return int(path.read_text("ascii")) if path.exists() else FIRST_VERSION


def install(place: Path, version: int) -> None:
    """Another version, durable before anything is done with it."""
    part = place / f"{INSTALLED}.part"
    with part.open("w", encoding="ascii") as file:
        file.write(str(version))
        file.flush()
        os.fsync(file.fileno())
    part.rename(place / INSTALLED)
    keyring.sync_folder(place)


def migrated(store: Store, version: int) -> bool:
    """Whether the file is of a version at least as late, and holds what its last migration moved."""
    found = int(store.parts.database.one("PRAGMA user_version")[0])
    if found == FIRST_VERSION:
        return version <= FIRST_VERSION
    return found >= version and int(store.parts.database.one(f"SELECT count(*) FROM later_{found}")[0]) > 0
