"""The casebook of a participant who has finished: reading, sending to a worker, drawing.

``python -m tests.bench.casebook [STUDY PARTICIPANT]``; without them a finished demonstration of three is made first.
Each language is drawn in turn after one round of warming up; what is told is the median of the rounds, on the clock and
of the processor, in one run.
"""

from __future__ import annotations

import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from crf_desktop.capture.casebook import CasebookRecord, casebook_record
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD, make_demo
from crf_desktop.errors import LANGUAGES
from crf_desktop.report.casebook import casebook

GOAL = 5.0
"""Seconds, from the wish to the file."""
ROUNDS = 3


def measured(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of the processor, what came of it."""
    clock, spent = time.perf_counter(), time.process_time()
    made = call()
    return time.perf_counter() - clock, time.process_time() - spent, made


def sent_over(record: CasebookRecord) -> CasebookRecord:
    """What a worker process gets."""
    again: CasebookRecord = pickle.loads(pickle.dumps(record))
    return again


def run(study: Path, subject: str) -> int:
    """Prints the figures; 1 where the goal is missed."""
    opened = Study.open(study, "data-manager", PASSWORD, read_only=True)
    worst = 0.0
    try:
        for language in LANGUAGES:
            casebook(casebook_record(opened, subject), language)
            found: list[tuple[float, ...]] = []
            for _ in range(ROUNDS):
                cold = Study(opened.store, opened.clock)
                read, read_cpu, record = measured(partial(casebook_record, cold, subject))
                sent, sent_cpu, again = measured(partial(sent_over, record))
                drawn, drawn_cpu, pdf = measured(partial(casebook, again, language))
                found.append((read, sent, drawn, read + sent + drawn, read_cpu + sent_cpu + drawn_cpu))
            read, sent, drawn, whole, spent = (statistics.median(times) for times in zip(*found, strict=True))
            worst = max(worst, whole)
            print(f"{language}: read {read:.2f} s + sent {sent:.2f} s + drawn {drawn:.2f} s = {whole:.2f} s; "
                  f"processor {spent:.2f} s; {len(record.rows)} rows, {len(pdf) / 1e6:.1f} MB")  # fmt: skip
    finally:
        opened.close()
    print(f"goal <= {GOAL} s: {'met' if worst <= GOAL else 'MISSED'} (worst {worst:.2f})")
    return 0 if worst <= GOAL else 1


def main() -> int:
    if len(sys.argv) > 2:
        return run(Path(sys.argv[1]), sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        return run(make_demo(Path(folder) / "d", 3, 7, finished=True).study, "01-003")


if __name__ == "__main__":
    sys.exit(main())
