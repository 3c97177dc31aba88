"""The unlock window anew, in a process that never held a key; the old one ends when the new one stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Protocol

SIGN: Final = "CRF_LOCKED"
"""Environment of a process that takes over: what is told waits on its standard input."""
_STANDS: Final = b"stands\n"
_KEPT_BACK: Final = ("CRF_PASSWORD", SIGN)
"""Environment that the new process does not get: a password given to a command has no business there."""


class Locked(NamedTuple):
    """What the new window is told, by a pipe: nothing but what a locked screen shows anybody."""

    user: str = ""
    """User name, as the label of the folder has it."""
    when: str = ""
    """``10:42``"""
    kept: bool = False
    """Half-typed text is kept."""
    bell_s: int = 0
    """Seconds until the countdown rings that rings first; 0: none runs. No participant, no test, no start time."""
    holder: int = 0
    """The process that closes the study meanwhile; who unlocks sooner waits for it."""
    restore: bool = False
    """Whether a backup is to be offered: something was found in the log."""


class Restart(Protocol):
    """How the process that held a study ends; handed in, so that tests can look at it."""

    def start(self, folder: Path, locked: Locked) -> None:
        """Starts the new window; raises OSError."""
        ...

    def stands(self) -> bool:
        """Waits, on a thread, until the new window is painted; False: it ended before."""
        ...

    def leave(self) -> None:
        """Ends this process and its workers at once."""
        ...


class Relaunch:
    """Starts the same program once more and ends this process."""

    def __init__(self) -> None:
        self._answer: IO[bytes] | None = None
        self.new = 0
        """The process that came after this one."""

    def start(self, folder: Path, locked: Locked) -> None:
        """Starts the new window; raises OSError."""
        import json  # no study is locked before the window stands
        import subprocess

        environment = {name: told for name, told in os.environ.items() if name not in _KEPT_BACK}
        quiet: dict[str, Any] = {"start_new_session": True}  # whoever ends the old process does not end the new one
        if sys.platform == "win32":
            quiet = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        new = subprocess.Popen(
            [*program(), str(folder.absolute())], env=environment | {SIGN: "1"}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, **quiet,
        )  # fmt: skip
        assert new.stdin is not None
        with new.stdin as line:
            line.write(json.dumps(locked).encode() + b"\n")
        self._answer, self.new = new.stdout, new.pid

    def stands(self) -> bool:
        """Waits until the new window is painted; False: it ended before."""
        return self._answer is not None and self._answer.readline() == _STANDS

    def leave(self) -> None:
        """Ends this process at once: no destructor, no thread and no hook of Python can hold it up."""
        processes = sys.modules.get("multiprocessing")
        for worker in processes.active_children() if processes is not None else ():
            worker.kill()
        os._exit(0)


def program() -> list[str]:
    """The command that starts this program."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "crf_desktop"]


def take_over() -> tuple[Locked, Callable[[], None]] | None:
    """What a process that held a study said, and how it is told that the window stands; None: nobody did."""
    if os.environ.pop(SIGN, None) is None:
        return None
    import json  # only after a lock

    try:
        locked = Locked(*json.loads(os.read(0, 4096)))
    except (OSError, ValueError, TypeError):
        locked = Locked()

    def stands() -> None:
        try:
            os.write(1, _STANDS)
        except OSError:  # the old process went away by itself
            return
        finally:
            nothing = os.open(os.devnull, os.O_RDWR)  # nobody reads or writes the pipes from now on
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            os.close(nothing)

    return locked, stands
