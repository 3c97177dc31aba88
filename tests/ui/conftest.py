"""One study made once; every test gets a copy, and a window that is closed again."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, create
from tests.screened import screened

PASSWORD = "a sentence that opens the test study"
WEEK_0 = "SE.W0"
PEOPLE = (
    NewPerson("inv", "Investigator One", "investigator", PASSWORD),
    NewPerson("crc", "Coordinator One", "coordinator", PASSWORD),
    NewPerson("mon", "Monitor One", "monitor", PASSWORD),
    NewPerson("adm", "Administrator One", "administrator", PASSWORD),
)


def visit_with(study: Study, form_oid: str) -> str:
    """Week 0 where it has the form, else screening."""
    return WEEK_0 if form_oid in study.definition.event[WEEK_0].forms else "SE.SCR"


@pytest.fixture(scope="session", autouse=True)
def workers_begin_with_what_they_import() -> Iterator[None]:
    """Worker processes come from one that has read pandas and matplotlib already, not each from nothing."""
    from crf_desktop.ui.worker import Workshop

    if "forkserver" in multiprocessing.get_all_start_methods():
        read = ("ui.analysis_work", "analysis.figures", "analysis.frames", "report.statistical")
        read += ("report.signed_summary", "ui.pdf_page")
        multiprocessing.set_forkserver_preload([f"crf_desktop.{name}" for name in read])
        Workshop.begins = "forkserver"
    yield
    Workshop.begins = "spawn"


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with two participants: the first is eligible and has begun week 0, the second was only enrolled."""
    folder = tmp_path_factory.mktemp("window") / "trial.crf"
    metadata = definition()
    create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE))
    study = Study.open(folder, "inv", PASSWORD)
    first = screened(study, study.today())
    study.start_event(first, WEEK_0, study.today())
    study.enrol()
    study.close()
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy to write to."""
    return Path(shutil.copytree(pristine, tmp_path / "trial.crf"))


@pytest.fixture
def window(qt_application: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A window at 1280 × 800, in English, light."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from crf_desktop.ui.application import make_window
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.translation import Translation

    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path / "home"))
    look = Look()
    made = make_window(qt_application, look)
    made.backups.at_close = False  # a backup at each closing is tested where it is meant
    made.show()
    made.activateWindow()
    qt_application.processEvents()
    yield made
    made.close()
    look.findChild(Translation).end()
    made.deleteLater()
    look.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qt_application.processEvents()
    os.environ.pop("CRF_LANGUAGE", None)


@pytest.fixture
def hand(window: Any) -> Any:
    """A hand at the window's keyboard and mouse."""
    from crf_desktop.ui.hand import Hand

    return Hand(window)


@pytest.fixture
def enter(window: Any, folder: Path, hand: Any) -> Callable[..., Study]:
    """Unlocks the copy for somebody, without waiting for the page of passwords."""

    def open_as(user: str = "inv") -> Study:
        window.folder = folder
        window._opened(Study.open(folder, user, PASSWORD))
        hand.rest()
        study: Study = window.study
        return study

    return open_as


@pytest.fixture
def form(window: Any, enter: Callable[..., Study], hand: Any) -> Callable[..., Any]:
    """Opens a form of the first participant's week 0, or of screening, and returns the page."""

    def show(oid: str, user: str = "inv") -> Any:
        from crf_desktop.ui.places import Where

        study = window.study or enter(user)
        window.places.go(Where("form", study.subjects()[0], visit_with(study, oid), oid))
        hand.rest()
        return window.places.form

    return show


@pytest.fixture
def trial(finished: Path, tmp_path: Path) -> Path:
    """A copy to write to."""
    return Path(shutil.copytree(finished, tmp_path / "finished.crf"))


@pytest.fixture
def analysis(window: Any, hand: Any, trial: Path) -> Any:
    """The analysis page of a data manager, before anything has arrived."""
    from tests.ui.results import open_page

    return open_page(window, hand, trial)


@pytest.fixture
def results(analysis: Any, hand: Any) -> Any:
    """The page with its results."""
    from tests.ui.results import arrived, wait

    wait(hand, lambda: arrived(analysis))
    return analysis
