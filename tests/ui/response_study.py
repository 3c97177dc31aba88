"""The participant of the design's response page, entered in a real study and opened in the window of a test."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from crf_desktop.capture.entry import Given
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.model.data import NullFlavor
from crf_desktop.store import NewStudy, create
from tests.analysis.builder import AFTER, BASE, DAY_0, WEEK_28
from tests.forms.conftest import Answer
from tests.screened import screened
from tests.ui.conftest import PASSWORD, PEOPLE

W0, W28 = "SE.W0", "SE.W28"
BLIND = ("F.PGA", "F.ESSPRI", "F.ESSDAI", "F.HOCEVAR")
WHY = "As in the source"
STILL_ELIGIBLE: dict[str, Answer] = {
    **{f"reconfirm_{k}": "false" for k in ("infection", "laboratory", "vaccine", "biologic", "withdrawn", "other")},
    "still_eligible": "true", "reconfirm_date": DAY_0,
}  # fmt: skip


def clock_at(day: str) -> DemoClock:
    """A clock at nine in the morning of a day."""
    return DemoClock(datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=SITE_ZONE))


def fill(
    study: Study, subject: str, event: str, told: Mapping[str, Answer], complete: bool = True, record: str = ""
) -> None:
    """Enters answers by analysis name, form by form; what a form still asks gets a missing reason.

    ``record``: ``#1`` of a form that repeats.
    """
    named = study.definition.item_by_name
    by_form: dict[str, dict[str, Given]] = {}
    for name, answer in told.items():
        oid = named[name].oid
        flavor = answer.value if isinstance(answer, NullFlavor) else ""
        given = Given("" if flavor else str(answer), flavor=flavor, override=WHY)
        by_form.setdefault(study.definition.form_of_item[oid], {})[oid] = given
    for oid, answers in by_form.items():
        form = oid + record
        entry = study.form(subject, event, form)
        entry.fill(answers, reason=WHY)
        if complete:
            finish(study, subject, event, form)


def finish(study: Study, subject: str, event: str, form: str) -> None:
    """Gives a missing reason to what is open, and completes the form."""
    entry = study.form(subject, event, form)
    while left := entry.unanswered():
        entry.fill({oid: Given(flavor="ND") for oid in left}, reason=WHY)
    if not entry.completed:
        entry.complete()


def of_form(study: Study, told: Mapping[str, Answer], *forms: str) -> dict[str, Answer]:
    """Only what those forms ask."""
    named, form = study.definition.item_by_name, study.definition.form_of_item
    return {name: answer for name, answer in told.items() if form[named[name].oid] in forms}


def _pristine(run: Path) -> Path:
    """Made once in a run of tests: week 0 is complete, week 28 has not begun."""
    folder = run / "response-pristine.crf"
    if not folder.exists():
        metadata = definition()
        create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE))
        study = Study.open(folder, "inv", PASSWORD, clock=clock_at(DAY_0))
        subject = screened(study, DAY_0)
        for name, typed in (("sex", "F"), ("birth_date", "2014-02-03")):
            study.form(subject, "SE.SCR", "F.DEMO").set(study.definition.item_by_name[name].oid, typed)
        study.start_event(subject, W0, DAY_0)
        fill(study, subject, W0, STILL_ELIGIBLE | BASE)
        study.close()
    return folder


def open_response(
    window: Any, tmp_path: Path, user: str = "inv", after: Mapping[str, Answer] | None = AFTER, day: str = WEEK_28
) -> tuple[Study, str]:
    """Unlocks a copy for somebody on a day; ``after``: what week 28 says, None where it has not begun."""
    folder = Path(shutil.copytree(_pristine(tmp_path.parent), tmp_path / "response.crf"))
    clock = clock_at(day)
    study = Study.open(folder, "inv", PASSWORD, clock=clock)
    subject = study.subjects()[0]
    if after is not None:
        study.start_event(subject, W28, day)
        fill(study, subject, W28, after)
    study.close()
    window.folder = folder
    window._opened(Study.open(folder, user, PASSWORD, clock=clock))
    return window.study, subject
