"""One study made once; every test works on a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, create
from tests.screened import screened

from .dosing_trial import dosing_trial

PASSWORD = "a sentence that opens the test study"
PEOPLE = (
    NewPerson("inv", "Investigator One", "investigator", PASSWORD),
    NewPerson("crc", "Coordinator One", "coordinator", PASSWORD),
    NewPerson("mon", "Monitor One", "monitor", PASSWORD),
    NewPerson("adm", "Administrator One", "administrator", PASSWORD),
)
WEEK_0 = "SE.W0"
MADE = DemoClock(min(datetime.now(SITE_ZONE), datetime(2027, 5, 1, 9, 0, tzinfo=SITE_ZONE)))
"""When the studies were made: their certificates hold today and on the days of the tests, whatever day it is."""


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study") / "pristine.crf"
    metadata = definition()
    create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE), MADE)
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "study.crf"))


@pytest.fixture
def clock() -> DemoClock:
    return DemoClock(datetime(2027, 5, 6, 9, 0, tzinfo=SITE_ZONE))


@pytest.fixture
def study(folder: Path, clock: DemoClock) -> Iterator[Study]:
    opened = Study.open(folder, "inv", PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def subject(study: Study) -> str:
    """A participant screened and found eligible, whose week-0 visit has begun."""
    key = screened(study, "2027-05-06")
    study.start_event(key, WEEK_0, "2027-05-06")
    return key


# ---- a trial of few words with a schedule


@pytest.fixture(scope="session")
def pristine_dosing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dosing") / "pristine.crf"
    create(folder, NewStudy(dosing_trial().study_oid, "01", serial.to_bytes(dosing_trial()), PEOPLE), MADE)
    return folder


@pytest.fixture
def dosing_folder(pristine_dosing: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine_dosing, tmp_path / "dosing.crf"))


@pytest.fixture
def dosing(dosing_folder: Path) -> Iterator[Study]:
    clock = DemoClock(datetime(2027, 6, 10, 9, 0, tzinfo=SITE_ZONE))
    opened = Study.open(dosing_folder, "inv", PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def dosed(dosing: Study) -> str:
    """Screened on 1 May, day 0 on 6 May: the second dose is planned for 13 May, 12 to 14 May."""
    key = dosing.enrol()
    dosing.start_event(key, "SE.SCR", "2027-05-01")
    dosing.form(key, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    dosing.start_event(key, "SE.W0", "2027-05-06")
    return key
