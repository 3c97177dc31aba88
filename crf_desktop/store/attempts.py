"""Failed log-ins before anybody is in: time and slot, nothing typed; the next good log-in makes them rows."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Final

NAME: Final = "attempts"
_MOST: Final = 500
_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,5})")
_LINE_BYTES: Final = 32


def note(folder: Path, when: str, slot: int) -> None:
    """Adds a line; slot 0 is a name without a slot. Never fails and never grows beyond 500 lines."""
    path = folder / NAME
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST * _LINE_BYTES:
            return
        with path.open("a", encoding="ascii") as file:
            file.write(f"{when} {slot}\n")
            file.flush()
            os.fsync(file.fileno())


def read(folder: Path) -> list[tuple[str, int]]:
    """(UTC time, slot) of each failed log-in since the last good one; lines of another shape are left out."""
    try:
        text = (folder / NAME).read_bytes()[: _MOST * _LINE_BYTES].decode("ascii", "replace")
    except OSError:
        return []
    return [(m[1], int(m[2])) for line in text.splitlines() if (m := _LINE.fullmatch(line))]


def clear(folder: Path) -> None:
    """Empties the file once its lines are rows."""
    with contextlib.suppress(OSError):
        (folder / NAME).write_bytes(b"")
