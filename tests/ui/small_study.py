"""A small study with everything that repeats, opened in the window of a test."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from crf_desktop.capture.study import Study
from crf_desktop.model import serial
from crf_desktop.store import NewStudy, create
from tests.small_trial import small_trial
from tests.ui.conftest import PASSWORD, PEOPLE


def _pristine(run: Path) -> Path:
    """Made once in a run of tests."""
    folder = run / "small-pristine.crf"
    if not folder.exists():
        definition = small_trial()
        create(folder, NewStudy(definition.study_oid, "01", serial.to_bytes(definition), PEOPLE))
    return folder


def open_small(window: Any, tmp_path: Path, user: str = "inv", sex: str = "F") -> tuple[Study, str]:
    """Makes the study with one participant, whose sex opens every form, and unlocks it for somebody."""
    folder = Path(shutil.copytree(_pristine(tmp_path.parent), tmp_path / "small.crf"))
    study = Study.open(folder, "inv", PASSWORD)
    subject = study.enrol()
    study.start_event(subject, "SE.SCR", study.today())
    study.start_event(subject, "SE.W0", study.today())
    if sex:
        study.form(subject, "SE.SCR", "F.DEMO").set("I.SEX", sex)
    study.close()
    window.folder = folder
    window._opened(Study.open(folder, user, PASSWORD))
    return window.study, subject


def show(window: Any, hand: Any, page: str, subject: str, event: str = "", form: str = "") -> Any:
    """Goes to a place and returns its page."""
    from crf_desktop.ui.places import Where

    window.places.go(Where(page, subject, event, form))
    hand.rest()
    return window.places.page()
