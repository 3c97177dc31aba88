"""Unlocking against the Argon2id of its password alone, at 15 and at 1,500 participants; goal: at most 150 ms more.

Run: ``python -m tests.bench.unlock``. In one process, interleaved, the files in the system's cache.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["CRF_KEY_COST"] = "floor"  # nothing is wrapped anew while it is measured

from crf_desktop.demo.maker import PASSWORD
from crf_desktop.store import engine, keyring, unlock
from tests.bench.large_study import study_of

GOAL_MS = 150.0
ROUNDS = 15
USER = "investigator"


def measured(act: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def one(folder: Path) -> tuple[list[float], list[float]]:
    """(Argon2id alone, whole unlock) of each round."""
    slot = keyring.read(folder).best.slot_of(USER)
    alone, whole = [], []
    for number in range(ROUNDS + 1):
        hashed = measured(lambda: slot.stretch(PASSWORD))
        begun = time.perf_counter()
        store = unlock(folder, USER, PASSWORD)
        opened = (time.perf_counter() - begun) * 1000
        store.close()
        if number:  # the first reads modules
            alone.append(hashed)
            whole.append(opened)
    return alone, whole


def main() -> int:
    """Prints a line per size; exit 1 when the goal is missed."""
    missed = False
    for participants in (15, 1500):
        folder = study_of(participants)
        alone, whole = one(folder)
        more = statistics.median(w - a for w, a in zip(whole, alone, strict=True))
        size = (folder / engine.NAME).stat().st_size / 1_000_000
        missed = missed or more > GOAL_MS
        print(
            f"{participants:5} participants, {size:6.1f} MB: Argon2id {statistics.median(alone):.0f} ms, unlock"
            f" {statistics.median(whole):.0f} ms, {more:.0f} ms more (goal {GOAL_MS:.0f})"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
