"""How far a command is: one line on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable


def progress_line(words: str) -> Callable[[int, int], None]:
    """Says the percentage whenever it changes."""
    told = -1

    def say(done: int, of: int) -> None:
        nonlocal told
        percent = 100 * done // max(of, 1)
        if percent != told and sys.stderr.isatty():
            told = percent
            print(f"\r{words} {percent} %", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)

    return say
