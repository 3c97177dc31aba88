"""The worker's end of the line on which it says how far it is; no Qt here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crf_desktop.shield import quiet_faults, raise_shield

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

OFTEN_S = 0.03
"""More often than so nobody listens."""


class _Teller:
    """The line of this process, what it works on, and when it last told."""

    line: Connection | None = None
    job = 0
    told = 0.0


def attach(line: Connection) -> None:
    """Called once, when the process starts: nothing of it can be read from outside; where :func:`tell` writes to."""
    raise_shield()
    quiet_faults()
    _Teller.line = line


def run(job: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Runs a function of the process; what it tells belongs to this job."""
    _Teller.job = job
    return function(*arguments)


def tell(done: int, of: int) -> None:
    """Says how far the work is; may be called as often as one likes, also where nobody listens."""
    now = time.monotonic()
    if _Teller.line is not None and (done == of or now - _Teller.told > OFTEN_S):
        _Teller.told = now
        with contextlib.suppress(OSError):  # the window went away: whoever ends the process ends the work
            _Teller.line.send((_Teller.job, done, of))
