"""The definition against the clock: compiled, loaded, and every check of a whole visit asked.

Run: ``python -m tests.bench.definition``. Compiling and loading are measured in fresh processes, after the interpreter
has begun. Processor time: nothing here waits, and a busy machine is no fault of the definition.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

COMPILE_MS, LOAD_MS, CHECK_MS = 300.0, 50.0, 10.0
ROUNDS = 9

COMPILE = """
import time
begun = time.process_time()
from crf_desktop.forms import definition
definition()
print((time.process_time() - begun) * 1000)
"""
LOAD = """
import time
from crf_desktop.forms import definition
from crf_desktop.model import serial
stored = serial.to_bytes(definition())
serial._converter.cache_clear()
begun = time.process_time()
serial.from_bytes(stored, serial.digest(stored))
print((time.process_time() - begun) * 1000)
"""


def in_own_process(script: str) -> list[float]:
    """Milliseconds, each from a process that does nothing else."""
    command = [sys.executable, "-c", script]
    return [float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) for _ in range(ROUNDS)]


def checks() -> tuple[list[float], int]:
    """Milliseconds to ask every check of every form of week 0, one answer after the other having changed."""
    from crf_desktop.model.course import Course
    from crf_desktop.model.derive import Occurrence
    from tests.golden.filled import DAY, filled
    from tests.report.builder import definition

    d = definition()
    event = d.event["SE.W0"]
    answers = {form: filled(form).answers for form in event.forms}
    occurrences = [Occurrence("SE.SCR", "", DAY), Occurrence("SE.W0", "", DAY), Occurrence("SE.LOG")]

    def fetch(at: Occurrence, form: str) -> dict[str, dict[str, object]]:
        return {"": answers.get(form, {})}

    def run() -> None:
        course = Course(d, occurrences, fetch, today=DAY)  # type: ignore[arg-type]
        seen = course.visit(occurrences[1])
        for form in event.forms:
            seen.broken(d.form[form])

    n_checks = sum(len(d.checks_of_form[f]) for f in event.forms)
    run()
    return [timed(run) for _ in range(50)], n_checks


def timed(act: Callable[[], None]) -> float:
    """Milliseconds of one act."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def main() -> int:
    """Prints the three figures with their goals; exit 1 when one is missed."""
    asked, n = checks()
    figures = (
        ("compiled", in_own_process(COMPILE), COMPILE_MS),
        ("loaded from its serialised form", in_own_process(LOAD), LOAD_MS),
        (f"{n} checks of one whole visit", asked, CHECK_MS),
    )
    missed = False
    for name, taken, goal in figures:
        median = statistics.median(taken)
        missed |= median > goal
        print(f"{name:36}{median:8.1f} ms (best {min(taken):.1f}), goal ≤ {goal:.0f} ms")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
