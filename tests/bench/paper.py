"""The blank book against the clock, and against bare reportlab making as many pages of the same marks.

``python -m tests.bench.paper [rounds]``. Both sides run interleaved in one process after one round of warming up. Bare
makes the very same calls on reportlab's canvas, pages that are alike drawn once as here; so the ratio is what laying
out the forms, the codes and the archive's demands cost. On the clock and in processor time: the machine may be busy.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from crf_desktop.forms import definition
from crf_desktop.report import archive
from crf_desktop.report.paper_book import PaperLanguage, blank_book
from tests.bench.visit_pdf import Call, Recorder, bare_drawing

GOAL = 2.0
WHEN = datetime.fromisoformat("2026-11-26T09:00:00+08:00")
LANGUAGES: tuple[PaperLanguage, ...] = ("en", "zh", "both")


def recorded(language: PaperLanguage) -> list[Call]:
    """Every call the book makes on its canvas."""
    made: list[Recorder] = []
    original = archive.canvas

    def canvas(*arguments: Any, **named: Any) -> Any:
        made.append(Recorder(original(*arguments, **named)))
        return made[-1]

    archive.canvas = canvas
    try:
        blank_book(definition(), language, when=WHEN)
    finally:
        archive.canvas = original
    return made[0].calls


def measured(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - processor


def main() -> int:
    """Prints seconds and ratio; exit 1 when the book takes longer than the goal."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    worst = 0.0
    for language in LANGUAGES:
        calls = recorded(language)
        ours, theirs = [], []
        for i in range(rounds + 1):
            book = partial(blank_book, definition(), language, when=WHEN)
            pair = measured(book), measured(partial(bare_drawing, calls))
            if i:
                ours.append(pair[0])
                theirs.append(pair[1])
        (clock, processor), (_, least) = (map(statistics.median, zip(*side, strict=True)) for side in (ours, theirs))
        worst = max(worst, processor)
        pages = sum(name == "showPage" for name, _, _ in calls)
        print(f"{language}: {pages} pages in {clock:.2f} s ({processor:.2f} s of the processor)", end="; ")
        print(f"bare reportlab {least:.2f} s of the processor; ratio {processor / least:.2f}")
    print(f"goal ≤ {GOAL} s: {'met' if worst <= GOAL else 'MISSED'}")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
