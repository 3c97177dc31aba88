"""Pages of ``log.db`` that hold nothing, after a save that was cut off: written anew, since every page is checked.

SQLite takes a free page without keeping in its journal what was in it. When the save is undone the page is free again,
but as the power cut left it: no row is in it, and yet its MAC fails, as that of a forged page does.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver

from crf_desktop.store import engine
from crf_desktop.store.stretch import wipe

_FILLER: Final = "free pages"
"""Name of a setting that stands for a moment; one that is left over goes at the next time."""


def cut_off(path: Path) -> bool:
    """Whether a save was cut off: its journal still lies beside the file. Asked before anybody opens either."""
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False


def make_whole(path: Path, key: bytearray, salt: bytes) -> bool:
    """Undoes the save that was cut off, then writes the free pages; False with another key. Wipes the key.

    What fails in the writing is left to the verification, and tried again after the next cut.
    """
    try:
        connection = engine.connect_raw(path, key, salt)
    except (OSError, driver.Error, MemoryError):
        return False
    finally:
        wipe(key)
    with contextlib.suppress(OSError, driver.Error, MemoryError):
        _fill(connection)
    return True


def _fill(connection: driver.Connection) -> None:
    try:
        free, size = (int(connection.execute(f"PRAGMA {of}").fetchone()[0]) for of in ("freelist_count", "page_size"))
        if free:  # two saves: a page that is taken and given back in one is not written
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_FILLER, "-" * free * size))
            connection.execute("DELETE FROM setting WHERE name = ?", (_FILLER,))
    finally:
        connection.close()
