"""A killed process loses at most the field being typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crf_desktop.capture.study import Study

from .conftest import PASSWORD, WEEK_0

CHILD = """
import sys
from pathlib import Path
from crf_desktop.capture.study import Study
from tests.screened import screened
study = Study.open(Path(sys.argv[1]), "inv", sys.argv[2])
subject = screened(study, study.today())
study.start_event(subject, "SE.W0", study.today())
entry = study.form(subject, "SE.W0", "F.PGA")
item = entry.definition.items_of("F.PGA")[0].oid
for number in range(1000):
    entry.set(item, str(10 + number % 91))
    print(10 + number % 91, flush=True)
"""


@pytest.mark.requirement("REQ-19")
def test_that_kill_minus_nine_loses_no_acknowledged_answer(folder: Path) -> None:
    for round_number in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), PASSWORD], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip()]
        time.sleep(0.05 * (round_number + 1))
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += child.stdout.read().split()
        child.wait()
        study = Study.open(folder, "inv", PASSWORD)
        subject = study.subjects()[-1]
        entry = study.form(subject, WEEK_0, "F.PGA")
        item = entry.definition.items_of("F.PGA")[0].oid
        history = [row.datum.value for row in entry.history(item)]
        assert history[: len(acknowledged)] == acknowledged
        assert len(history) - len(acknowledged) <= 1
        assert {f.severity for f in study.store.verify("full")} <= {"ok", "note"}
        study.close()
