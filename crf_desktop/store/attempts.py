"""Failed log-ins before anybody is in: time and slot, nothing typed; they slow the next, and become rows."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from crf_desktop.errors import EnvironmentProblem

NAME: Final = "attempts"
_MOST: Final = 500
_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,5})( \+)?")
_LINE_BYTES: Final = 34
SLOWEST: Final = 60
"""Seconds; reached after seven failures."""
BLOCK_AFTER: Final = 10
BLOCK_MINUTES: Final = 60
"""How long a slot rests after so many failures; nothing in it is destroyed, so that nobody can lock others out."""


def note(folder: Path, when: str, slot: int, *, told: bool = False) -> None:
    """Adds a line; slot 0 is a name without a slot, ``told`` says that a row tells of it already.

    Never fails and never grows beyond 500 lines.
    """
    path = folder / NAME
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST * _LINE_BYTES:
            return
        with path.open("a", encoding="ascii") as file:
            file.write(_line((when, slot, told)))
            file.flush()
            os.fsync(file.fileno())


def read(folder: Path) -> list[tuple[str, int]]:
    """(UTC time, slot) of each failed log-in that no row tells of; lines of another shape are left out."""
    return [(when, slot) for when, slot, told in _all(folder) if not told]


def require_allowed(folder: Path, slot: int, now: datetime) -> None:
    """Refuses, before anything is hashed, a password that comes too soon after one that was wrong.

    1, 2, 4 … 60 seconds; after ten failures an hour, unless an administrator or the recovery code lifts it. Raises
    EnvironmentProblem ``keys.wait`` with ``seconds``, ``keys.blocked`` with ``minutes``.
    """
    times = [when for when, of, _ in _all(folder) if of == slot]
    if not times:
        return
    blocked = len(times) >= BLOCK_AFTER
    delay = BLOCK_MINUTES * 60 if blocked else min(2 ** (len(times) - 1), SLOWEST)
    left = (datetime.fromisoformat(times[-1]) + timedelta(seconds=delay) - now).total_seconds()
    # A clock that was put right by years would shut the study for years: more than the delay is nothing to wait for.
    if not 0 < left <= delay:
        return
    if blocked:
        raise EnvironmentProblem("keys.blocked", minutes=int(left // 60) + 1, failed=len(times))
    raise EnvironmentProblem("keys.wait", seconds=int(left) + 1)


def failures(folder: Path) -> dict[int, int]:
    """Slot → failures since the last good log-in there."""
    counted: dict[int, int] = {}
    for _, slot, _ in _all(folder):
        counted[slot] = counted.get(slot, 0) + 1
    return counted


@frozen(slots=True)
class Failed:
    """Failed log-ins that the person who is in has not been told of yet: UTC times, oldest first."""

    own: tuple[str, ...] = ()
    """With the person's own name, since the person was in last."""
    others: tuple[str, ...] = ()
    """With other names, since anybody was in last."""


def failed_before(folder: Path, slot: int) -> Failed:
    """What to tell the owner of a slot."""
    lines = _all(folder)
    own = tuple(when for when, of, _ in lines if of == slot)
    return Failed(own, tuple(when for when, of, told in lines if of != slot and not told))


def taken_over(folder: Path, slot: int) -> None:
    """All lines are rows now: those of the slot that was opened go, others still slow their own slot."""
    _rewrite(folder, lambda line: None if line[1] in (slot, 0) else (line[0], line[1], True))


def lift(folder: Path, slot: int) -> None:
    """Lets a slot be tried again at once; lines that no row tells of yet are kept."""
    _rewrite(folder, lambda line: None if line[1] == slot and line[2] else line)


Line = tuple[str, int, bool]


def _line(line: Line) -> str:
    return f"{line[0]} {line[1]}{' +' if line[2] else ''}\n"


def _all(folder: Path) -> list[Line]:
    try:
        text = (folder / NAME).read_bytes()[: _MOST * _LINE_BYTES].decode("ascii", "replace")
    except OSError:
        return []
    return [(m[1], int(m[2]), bool(m[3])) for line in text.splitlines() if (m := _LINE.fullmatch(line))]


def _rewrite(folder: Path, change: Callable[[Line], Line | None]) -> None:
    """What a power cut tears is a line of another shape."""
    with contextlib.suppress(OSError):
        kept = [new for line in _all(folder) if (new := change(line)) is not None]
        (folder / NAME).write_bytes("".join(map(_line, kept)).encode("ascii"))
