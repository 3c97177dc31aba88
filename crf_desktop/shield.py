"""What a process that may hold a key does first: no image of its memory, no reading by others, no value in a trace."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import warnings
from types import TracebackType
from typing import Any, Final

_PR_SET_DUMPABLE: Final = 4
"""linux/prctl.h; 0: no core, and nobody without CAP_SYS_PTRACE attaches or reads ``/proc/pid/mem`` (prctl(2))."""
_NO_ERROR_BOX: Final = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: Windows Error Reporting does not ask to send a dump."""
_DEEPEST: Final = 6
"""Places told of one fault."""


def raise_shield() -> tuple[str, ...]:
    """Forbids memory images and tracing for this process; returns what could not be had, never raises.

    ``core``: a crash may leave a memory image. ``trace``: other programs of the same user may read the memory;
    outside Linux nothing here can forbid it. A kernel that hands cores to a program (core_pattern) knows no limit, but
    dumps nothing of a process that is not dumpable (core(5)).
    """
    missing = []
    if not _no_core():
        missing.append("core")
    if not _no_trace():
        missing.append("trace")
    return tuple(missing)


def _no_core() -> bool:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOX)
        return False  # a machine set up to keep dumps (LocalDumps) keeps them all the same
    import resource  # there is none on Windows

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _no_trace() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        import ctypes  # an interpreter may be built without it

        return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    except (ImportError, OSError, AttributeError):
        return False


# ---- what is said of a fault


def place_of(error: BaseException) -> str:
    """Type and places, innermost last: ``KeyError at study.py:120, entry.py:88``; never the message, never a value."""
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.replace(chr(92), '/').rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return type(error).__name__ + (f" at {', '.join(places[-_DEEPEST:])}" if places else "")


def quiet_faults() -> None:
    """From here on faults nobody catches, on any thread, and what libraries warn of are told by type and place only."""
    sys.excepthook = _told
    sys.unraisablehook = lambda unraisable: _say(_name(unraisable.exc_value, unraisable.exc_type))
    threading.excepthook = lambda args: _say(_name(args.exc_value, args.exc_type))
    warnings.showwarning = _warned
    logging.lastResort = _Places(logging.WARNING)
    logging.raiseExceptions = False  # its own complaints print the arguments of the record


class _Places(logging.Handler):
    """Records of libraries that nobody handles: who and where, without the message."""

    def emit(self, record: logging.LogRecord) -> None:
        _say(f"{record.levelname} of {record.name} at {record.filename}:{record.lineno}")


def _told(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _say(place_of(error))


def _name(error: BaseException | None, kind: type[BaseException] | None) -> str:
    return place_of(error) if error is not None else kind.__name__ if kind is not None else "a fault"


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,
    line: str | None = None,
) -> None:
    _say(f"{category.__name__} at {filename.replace(chr(92), '/').rpartition('/')[2]}:{lineno}")


def _say(words: str) -> None:
    with contextlib.suppress(Exception):  # a window without a terminal has nobody to tell
        sys.stderr.write(f"crf-desktop: {words}\n")
        sys.stderr.flush()
