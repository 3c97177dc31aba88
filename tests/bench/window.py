"""The window against the clock: pages shown again and for the first time, at 15 and at 1,500 participants; its memory.

Run: ``python -m tests.bench.window``. Each figure comes from real ``go`` → paint round trips in one process. Processor
time: nothing but the commit of an answer waits here (``tests.bench.commit`` has that), and a busy machine is no fault
of a page.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.study import Study
from crf_desktop.ui.application import make_window, spare_the_collector
from crf_desktop.ui.behind import read_rest
from crf_desktop.ui.form_binding import Act
from crf_desktop.ui.look import Look
from crf_desktop.ui.main_window import MainWindow
from crf_desktop.ui.places import Where
from tests.bench.own_process import side_by_side
from tests.bench.whole import with_whole_course

AGAIN_MS, FIRST_MS, CARD_MS, PSS_MIB = 16.0, 100.0, 5.0, 200.0
ROUNDS = 120


def timed(app: QApplication, act: object, *arguments: object) -> float:
    """Milliseconds of an act and of the painting that follows."""
    begun = time.process_time()
    act(*arguments)  # type: ignore[operator]
    app.processEvents()
    taken = (time.process_time() - begun) * 1000
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what a running event loop does by itself
    return taken


def shown(app: QApplication, window: MainWindow, where: Where) -> float:
    """Milliseconds from the wish to the painted page."""
    assert window.places is not None
    return timed(app, window.places.go, where)


def pss_mib() -> float:
    """The proportional set size of this process."""
    rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def pages(study: Study, subject: str) -> Iterator[Where]:
    """Every form once, where a participant has it first."""
    for oid, form in study.definition.form.items():
        having = [e for e in study.definition.events if oid in e.forms]
        begun = [e.oid for e in having if e.type == "Common" or study.visit_date(subject, e.oid)]
        if begun:
            held = study.repeats(subject, begun[0], oid) if form.repeating else []
            first = held[0] if held else study.next_repeat(subject, begun[0], oid) if form.repeating else oid
            yield Where("form", subject, begun[0], first)


def mixed(study: Study, subjects: Sequence[str], forms: Sequence[Where]) -> Iterator[Where]:
    """Forms of participants in random order."""
    rng = random.Random(7)
    for _ in range(ROUNDS):
        at = rng.choice(forms)
        yield Where("form", rng.choice(subjects), at.event, at.form)


def answers(app: QApplication, window: MainWindow, study: Study, subject: str) -> list[float]:
    """Milliseconds of ordinary answers with their repaint, on every form of week 0; the wait for the disk left out."""
    assert window.places is not None
    found, page = [], window.places.form
    for form in study.definition.event["SE.W0"].forms:
        window.places.go(Where("form", subject, "SE.W0", form))
        app.processEvents()
        for item in study.definition.items_of(form)[:8]:
            codes = study.definition.code_list[item.code_list].items if item.code_list else ()
            now = page.entry.datum(item.oid).value if page.entry is not None else None
            other = next((c.coded_value for c in codes if c.coded_value != now), None)
            if other is not None and item.oid in (page.entry._items if page.entry is not None else ()):
                act = Act("set", item.oid, other, reason="bench", override="bench")
                found.append(timed(app, page.binding.attempt, act))
    return found


def measure(app: QApplication, folder: Path, password: str) -> dict[str, float]:
    """The figures for one study."""
    window = make_window(app, Look())
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    read_rest()  # what the window does by itself while the password is typed
    study = Study.open(folder, "investigator", password)
    window._opened(study)
    app.processEvents()
    spare_the_collector()
    whole = with_whole_course(study.subjects())
    forms = list(pages(study, whole[0]))
    first = {where.form: shown(app, window, where) for where in forms}
    slowest = max(first, key=lambda form: first[form])
    week_0 = [w for w in forms if w.event == "SE.W0"]
    kept = week_0[-6:]
    for where in kept:
        shown(app, window, where)
    again = [shown(app, window, where) for where in mixed(study, whole[:2], kept)]
    any_form = [shown(app, window, where) for where in mixed(study, whole, week_0)]
    schedules = [shown(app, window, Where("participant", s)) for s in whole]
    schedules_again = [shown(app, window, Where("participant", s)) for s in whole[-8:] * 3]
    cards = [timed(app, study.card, s) for s in (*whole[:7], *study.subjects()[1:40])]
    acts = answers(app, window, study, whole[1])
    figures = {
        "first opening, median ms": statistics.median(first.values()),
        f"first opening, worst ms ({slowest})": first[slowest],
        "shown again, median ms": statistics.median(again),
        "shown again, 95 % ms": statistics.quantiles(again, n=20)[-1],
        "any form of anybody, median ms": statistics.median(any_form),
        "schedule of anybody, median ms": statistics.median(schedules),
        "schedule again, median ms": statistics.median(schedules_again),
        "line of the list, median ms": statistics.median(cards),
        "answer and repaint, median ms": statistics.median(acts),
        "today, ms": shown(app, window, Where("today")),
        "signing, ms": shown(app, window, Where("signing")),
        "PSS, MiB": pss_mib(),
    }
    window.lock()
    window.close()
    app.processEvents()
    return figures


def main() -> int:
    """Prints both sizes (or those asked for) side by side; exit 1 when a goal is missed."""
    if len(sys.argv) == 3 and not sys.argv[1].isdigit():
        print(json.dumps(measure(QApplication([]), Path(sys.argv[1]), sys.argv[2])))
        return 0
    sizes = [int(n) for n in sys.argv[1:]] or [15, 1500]
    found = side_by_side(__spec__.name, sizes)
    print(f"goals: shown again ≤ {AGAIN_MS} ms, first ≤ {FIRST_MS} ms, line ≤ {CARD_MS} ms, PSS ≤ {PSS_MIB} MiB")
    goals = {
        "shown again, median ms": AGAIN_MS, "schedule again, median ms": AGAIN_MS,
        "line of the list, median ms": CARD_MS, "first opening, median ms": FIRST_MS, "PSS, MiB": PSS_MIB,
    }  # fmt: skip
    return int(any(figures[name] > goal for figures in found for name, goal in goals.items()))


if __name__ == "__main__":
    sys.exit(main())
