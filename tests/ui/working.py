"""What tests let the worker process do."""

from __future__ import annotations

import os
import sys
import time

from crf_desktop.ui.progress import tell


def count(to: int) -> int:
    """Tells every step, slowly enough to be heard."""
    for done in range(to):
        tell(done, to)
        time.sleep(0.04)
    tell(to, to)
    return os.getpid()


def chatter(times: int) -> int:
    """Tells more than a line can hold."""
    for done in range(times):
        tell(done, times)
    tell(times, times)
    return times


def die() -> None:
    """Ends the process as a crash does."""
    os._exit(9)


def fail() -> None:
    """A fault of the work."""
    raise ValueError


def modules() -> set[str]:
    """What the process has read."""
    return {name.partition(".")[0] for name in sys.modules}


def limits() -> tuple[tuple[int, int], int]:
    """What this process may leave behind: soft and hard limit of a core, and whether it can be dumped."""
    import ctypes
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
