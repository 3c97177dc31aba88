"""The trial read in slices: the same as read at once, one state of everybody, and only what is new the second time."""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crf_desktop.analysis.trial import SubjectRecord, read_trial
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD
from crf_desktop.ui import gathering as module
from crf_desktop.ui.gathering import Gathered, Gathering


@pytest.fixture
def study(trial: Path) -> Any:
    opened = Study.open(trial, "coordinator", PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def gathering(qt_application: QApplication) -> Any:
    made = Gathering()
    yield made
    made.forget()
    made.deleteLater()


def gather(gathering: Gathering, study: Study, steps: int = 1000) -> list[Gathered]:
    found: list[Gathered] = []
    gathering.done.connect(found.append)
    gathering.start(study)
    while gathering.running and steps:
        QApplication.processEvents()
        steps -= 1
    gathering.done.disconnect()
    return found


def records(gathered: Gathered) -> list[SubjectRecord]:
    return [pickle.loads(zlib.decompress(part)) for part in gathered.parts.values()]


def test_that_slices_add_up_to_the_trial_read_at_once(gathering: Gathering, study: Study) -> None:
    (gathered,) = gather(gathering, study)
    whole = read_trial(study.store, study.definition, study.today())
    assert records(gathered) == list(whole.subjects)
    assert (gathered.trial.heads, gathered.trial.today, gathered.trial.parameters) == (
        whole.heads, whole.today, whole.parameters,
    )  # fmt: skip
    assert gathered.trial.definition() == study.definition


def test_that_one_participant_is_read_in_a_turn_and_the_progress_is_told(gathering: Gathering, study: Study) -> None:
    told: list[tuple[int, int]] = []
    gathering.progressed.connect(lambda done, of: told.append((done, of)))
    gather(gathering, study)
    assert told == [(1, 2), (2, 2)]


def test_that_what_is_written_meanwhile_is_read_again_and_states_are_never_mixed(
    gathering: Gathering, study: Study
) -> None:
    read: list[str] = []
    gathering.progressed.connect(lambda done, _of: read.append("read") if done else None)

    def write(done: int, _of: int) -> None:
        if done == 1 and len(read) == 1:  # the first is read; now something is written about them
            study.form("01-001", "SE.LOG", "F.AE#9").set("I.AE.TERM", "headache")

    gathering.progressed.connect(write)
    (gathered,) = gather(gathering, study)
    assert records(gathered) == list(read_trial(study.store, study.definition, study.today()).subjects)
    assert len(read) == 3
    assert any("F.AE" in form and "9" in keys for (_, form), keys in records(gathered)[0].answers.items())


def test_that_the_second_time_only_what_is_new_is_read(
    gathering: Gathering, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(gathering, study)
    read: list[tuple[int, int]] = []
    gathering.progressed.connect(lambda done, of: read.append((done, of)))
    study.form("01-002", "SE.LOG", "F.AE#9").set("I.AE.TERM", "headache")
    (gathered,) = gather(gathering, study)
    assert read == [(2, 2)] and gathered.version == module.version_of(study)


def test_that_a_row_of_the_log_that_is_no_datum_makes_nothing_out_of_date(study: Study) -> None:
    from crf_desktop.capture.exporting import record_export

    before, head = module.version_of(study), study.store.head()
    record_export(study, "figure", b"x")
    assert module.version_of(study) == before and study.store.head() != head


def test_that_a_study_that_is_locked_leaves_nothing_behind(gathering: Gathering, study: Study) -> None:
    gather(gathering, study, steps=2)
    gathering.forget()
    assert not gathering.running and gathering._kept == {} and gathering._study is None
