"""The window against the clock: pages shown again and for the first time, at 15 and at 1,500 participants; its memory.

Run: ``python -m tests.bench.window``. Each figure is a median of real ``go`` → paint round trips in one process.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import EVENT, PASSWORD
from crf_desktop.ui.application import make_window
from crf_desktop.ui.look import Look
from crf_desktop.ui.main_window import MainWindow, read_rest
from crf_desktop.ui.places import Where
from tests.bench.large_study import study_of

AGAIN_MS, FIRST_MS, PSS_MIB = 16.0, 100.0, 200.0


def shown(app: QApplication, window: MainWindow, where: Where) -> float:
    """Milliseconds from the wish to the painted page."""
    assert window.places is not None
    begun = time.perf_counter()
    window.places.go(where)
    app.processEvents()
    taken = (time.perf_counter() - begun) * 1000
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what a running event loop does by itself
    return taken


def pss_mib() -> float:
    """The proportional set size of this process."""
    rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def visits(study: Study, forms: list[str], rounds: int) -> Iterator[Where]:
    """Forms of participants in random order, never the same participant twice in a row."""
    rng = random.Random(7)
    subjects = study.subjects()
    for _ in range(rounds):
        yield Where("form", rng.choice(subjects), EVENT, rng.choice(forms))


def measure(app: QApplication, participants: int) -> dict[str, float]:
    """The figures for one size of study."""
    window = make_window(app, Look())
    window.show()
    app.processEvents()
    read_rest()  # what the window does by itself while the password is typed
    study = Study.open(study_of(participants), "investigator", PASSWORD)
    window._opened(study)
    app.processEvents()
    forms = list(study.definition.event[EVENT].forms)
    first = [shown(app, window, Where("form", study.subjects()[0], EVENT, form)) for form in forms]
    places = (Where("today"), Where("participant", study.subjects()[3]), Where("signing"))
    pages = [shown(app, window, where) for where in places]
    kept = forms[-4:]
    for form in kept:
        shown(app, window, Where("form", study.subjects()[1], EVENT, form))
    again = [shown(app, window, where) for where in visits(study, kept, 200)]
    any_form = [shown(app, window, where) for where in visits(study, forms, 200)]
    figures = {
        "first opening, median ms": statistics.median(first),
        "first opening, worst ms": max(first),
        "shown again, median ms": statistics.median(again),
        "shown again, 95 % ms": statistics.quantiles(again, n=20)[-1],
        "any form of anybody, median ms": statistics.median(any_form),
        "today, ms": pages[0],
        "schedule, ms": pages[1],
        "signing, ms": pages[2],
        "PSS, MiB": pss_mib(),
    }
    window.lock()
    window.close()
    app.processEvents()
    return figures


def in_own_process(participants: int) -> dict[str, float]:
    """The figures of one size, from a process that does nothing else."""
    done = subprocess.run([sys.executable, "-m", __spec__.name, str(participants)], stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> int:
    """Prints both sizes side by side; exit 1 when a goal is missed."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(QApplication([]), int(sys.argv[1]))))
        return 0
    for participants in (15, 1500):
        study_of(participants)
    small, large = in_own_process(15), in_own_process(1500)
    print(f"{'':32}{'15':>10}{'1500':>10}")
    for name, value in small.items():
        print(f"{name:32}{value:>10.1f}{large[name]:>10.1f}")
    worst = max(small["shown again, median ms"], large["shown again, median ms"])
    first = max(small["first opening, median ms"], large["first opening, median ms"])
    print(f"goals: shown again ≤ {AGAIN_MS} ms, first ≤ {FIRST_MS} ms, PSS ≤ {PSS_MIB} MiB")
    return int(worst > AGAIN_MS or first > FIRST_MS or large["PSS, MiB"] > PSS_MIB)


if __name__ == "__main__":
    sys.exit(main())
