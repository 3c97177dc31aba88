"""The trial of few words with a schedule to keep, opened in the window of a test on a day that is told."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.model import serial
from crf_desktop.store import NewStudy, create
from tests.capture.dosing_trial import dosing_trial
from tests.ui.conftest import PASSWORD, PEOPLE

DAY_0 = "2027-05-06"


def _pristine(run: Path) -> Path:
    """Made once in a run of tests."""
    folder = run / "dosing-pristine.crf"
    if not folder.exists():
        create(folder, NewStudy(dosing_trial().study_oid, "01", serial.to_bytes(dosing_trial()), PEOPLE))
    return folder


def open_dosing(window: Any, tmp_path: Path, today: str, user: str = "inv") -> tuple[Study, str]:
    """One participant screened on 1 May and treated on 6 May 2027: dose 2 is planned for 13 May, 12 to 14 May."""
    folder = Path(shutil.copytree(_pristine(tmp_path.parent), tmp_path / "dosing.crf"))
    clock = DemoClock(datetime.fromisoformat(f"{today}T09:00:00").replace(tzinfo=SITE_ZONE))
    study = Study.open(folder, "inv", PASSWORD, clock=clock)
    subject = study.enrol()
    study.start_event(subject, "SE.SCR", "2027-05-01")
    study.form(subject, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    study.start_event(subject, "SE.W0", DAY_0)
    study.close()
    window.folder = folder
    window._opened(Study.open(folder, user, PASSWORD, clock=clock))
    return window.study, subject


def participant(window: Any, hand: Any, subject: str) -> Any:
    """The page of a participant."""
    from crf_desktop.ui.places import Where

    window.places.go(Where("participant", subject))
    hand.rest()
    return window.places.participant
