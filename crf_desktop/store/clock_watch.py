"""The clock of the laptop against what it showed before and against the time since the machine was started (REQ-18)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.settings import Clock, utc_text
from crf_desktop.store.log import entry_of

SLACK: Final = timedelta(minutes=2)
"""What a time service may correct without a row."""
ACTS: Final = ("clock_back", "clock_jump")


@frozen(slots=True)
class _Seen:
    """What both clocks showed at some moment."""

    wall: datetime
    boot: str
    ms: int


@frozen(slots=True)
class ClockMove:
    """A clock that was changed, as the log tells it."""

    origin: str
    seq: int
    before: str
    """UTC, what it showed with the entry before."""
    now: str
    """UTC, what it showed then."""
    shift: timedelta
    """By how much it was changed; without the boot clock the least it can have been."""
    exact: bool
    """Whether the machine had not been started anew meanwhile, so that the boot clock tells by how much."""


class ClockWatch:
    """Asked before rows are written; what it says counts once they are durable (:meth:`settle`).

    Only UTC is compared, so summer time and another zone are no change; the boot clock goes on while the laptop sleeps.
    The comparison begins anew only with another start of the machine or a change that was told, so that several small
    changes add up. The order of rows never depends on any of it.
    """

    def __init__(self, clock: Clock, last: Change | None) -> None:
        self._clock = clock
        self._highest = last.recorded_at if last else ""
        self._since = _seen_of(last)
        self._next = (self._highest, self._since)

    def entries(self) -> list[Entry]:
        """The row about a change of the clock since the last rows; none where there was no change."""
        wall, (boot, ms) = self._clock.now(), self._clock.boot()
        now, seen, since = utc_text(wall), _Seen(wall, boot, ms), self._since
        known = since is not None and since.boot == boot and ms >= since.ms
        shift = wall - since.wall - timedelta(milliseconds=ms - since.ms) if since is not None and known else None
        back = utc_text(wall + SLACK) < self._highest
        if not back and (shift is None or abs(shift) <= SLACK):
            self._next = (max(now, self._highest), since if known else seen)
            return []
        told = {} if shift is None else {"shift_ms": shift // timedelta(milliseconds=1)}
        act = "clock_back" if back else "clock_jump"
        moved = entry_of(Kind.SYSTEM, act, before=self._highest, now=now, **told)
        self._next = (now if back else max(now, self._highest), seen)
        return [moved]

    def settle(self) -> None:
        """The rows are durable."""
        self._highest, self._since = self._next


def _seen_of(row: Change | None) -> _Seen | None:
    return _Seen(_moment(row.recorded_at), row.boot_id, row.boot_ms) if row else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def moves(rows: Iterable[Change]) -> list[ClockMove]:
    """The changes of the clock among rows of the log; one that makes no sense is left out."""
    found = []
    for row in rows:
        payload = json.loads(row.payload or "{}") if row.kind is Kind.SYSTEM else {}
        if payload.get("act") not in ACTS:
            continue
        try:
            before, now = _moment(payload["before"]), _moment(payload["now"])
            exact = "shift_ms" in payload
            shift = timedelta(milliseconds=int(payload["shift_ms"])) if exact else now - before
        except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
            continue
        found.append(ClockMove(row.origin, row.seq, payload["before"], payload["now"], shift, exact))
    return found
