"""The lock of a study: the operating system holds it, so that a stale file never blocks."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from crf_desktop.errors import EnvironmentProblem

NAME: Final = "lock"
_BEYOND: Final = 1 << 30
"""Windows locks bytes, mandatorily: one far behind the text leaves the text readable."""


class Lock:
    """Held by the one program that has the study open."""

    def __init__(self, file: int) -> None:
        self._file = file

    def release(self) -> None:
        """Lets go; safe to call twice."""
        if self._file >= 0:
            with contextlib.suppress(OSError):  # it is closed even where the disk says no
                os.close(self._file)
            self._file = -1


def take(folder: Path, since: str) -> Lock | None:
    """The lock, at once; None where nothing can be written (read-only media need none).

    Raises EnvironmentProblem ``study.denied``, ``study.locked_by_other`` with ``pid`` and ``since`` of the holder.
    """
    path = folder / NAME
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    except PermissionError:  # a study that can be written beside a lock that cannot: nobody could keep a second one out
        raise EnvironmentProblem("study.denied") from None
    except OSError:
        return None
    try:
        _grab(file)
    except OSError:
        holder = os.pread(file, 200, 0) if hasattr(os, "pread") else os.read(file, 200)
        os.close(file)
        pid, _, when = holder.decode("ascii", "replace").strip().partition(" ")
        raise EnvironmentProblem("study.locked_by_other", pid=pid or "?", since=when or "?") from None
    with contextlib.suppress(OSError):
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()} {since}\n".encode("ascii"))
    return Lock(file)


def _grab(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, _BEYOND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
