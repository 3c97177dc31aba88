"""Frames of fifteen participants against ``pandas.read_sql`` of the same rows, and a whole analysis, in one run.

Run: ``python -m tests.bench.analysis``. Both sides read the same encrypted file through the same connection, which is
open, as the definition is; they take turns, and the ratio is that of the medians. Processor time, since nothing here
waits and a busy machine is no fault of the frames; the whole analysis is timed once, on the clock, as a person waits.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from crf_desktop.analysis.frames import Frames
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.trial import read_trial
from crf_desktop.analysis.writing import write_analysis
from crf_desktop.capture.study import Study
from crf_desktop.cli.analyse import report
from crf_desktop.demo.maker import PASSWORD
from tests.bench.large_study import TODAY, study_of

RATIO = 2.0
REPORT_S = 10.0
ROUNDS = 15
ROWS = "SELECT * FROM head WHERE item <> ''"


def timed(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of one act."""
    begun = clock()
    act()
    return clock() - begun


def in_turn(acts: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds by name; each act once per round, after one round that nobody counts."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(ROUNDS + 1):
        for name, act in acts.items():
            seconds = timed(act, time.process_time)
            if number:
                taken[name].append(seconds)
            gc.collect()  # nobody pays for what the one before left
    return taken


def compared(study: Study) -> bool:
    """Prints each way to frames with its ratio to read_sql; whether the goal was met for what was entered."""
    store, definition, day = study.store, study.definition, TODAY.isoformat()
    connection = store._database._connection

    def frames() -> Frames:
        return Frames(read_trial(store, definition, day), definition=definition)

    acts: dict[str, Callable[[], object]] = {
        "read_sql": lambda: pd.read_sql(ROWS, connection),
        "read, no frames": lambda: read_trial(store, definition, day),
        "frames of what was entered": lambda: frames().entered,
        "frames with derived values": lambda: dict(frames().tables),
        "every frame, outcomes and traces too": lambda: frames().all(),
    }
    taken = in_turn(acts)
    bare = statistics.median(taken["read_sql"])
    n = len(pd.read_sql(ROWS, connection))
    print(f"{len(study.subjects())} participants, {n} rows, {ROUNDS} rounds in turn")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"{name:40}{median * 1000:8.1f} ms (best {min(seconds) * 1000:.1f}), {median / bare:.2f} × read_sql")
    return statistics.median(taken["frames of what was entered"]) <= RATIO * bare


def whole(study: Study) -> bool:
    """Prints how long the parts of an analysis take; whether the report kept its goal."""
    record = read_trial(study.store, study.definition, TODAY.isoformat())
    place = Path(tempfile.mkdtemp(prefix="crf-bench-"))
    options = Options()
    without = timed(lambda: write_analysis(record, place / "without", options, "en"))
    found = Frames(record, options).found
    alone = timed(lambda: report(record, found, options, "en", lambda done, of: None))
    everything = timed(lambda: write_analysis(record, place / "with", options, "en", report))
    files = sum(p.stat().st_size for p in (place / "with").rglob("*") if p.is_file())
    print(f"{'written: frames, codebook, traces':40}{without:8.2f} s")
    print(f"{'the report alone':40}{alone:8.2f} s, goal ≤ {REPORT_S:.0f} s")
    print(f"{'written: everything':40}{everything:8.2f} s, {files / 2**20:.1f} MiB")
    return alone <= REPORT_S


def main() -> int:
    """Exit 1 when a goal is missed."""
    study = Study.open(study_of(15), "data-manager", PASSWORD, read_only=True)
    try:
        kept = [compared(study), whole(study)]
    finally:
        study.close()
    print(f"goal: frames of what was entered ≤ {RATIO:.0f} × read_sql: {'kept' if kept[0] else 'missed'}")
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
