"""What the process does with a trial it was sent: the answers asked directly, and nothing a rater must not see."""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.summary import summarise
from crf_desktop.analysis.trial import TrialRecord, read_trial
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD
from crf_desktop.ui import analysis_work
from crf_desktop.ui.analysis_work import Picture

OPTIONS = Options()


@pytest.fixture(scope="module")
def record(finished: Path) -> TrialRecord:
    study = Study.open(finished, "data-manager", PASSWORD)
    found = read_trial(study.store, study.definition, study.today())
    study.close()
    return found


@pytest.fixture
def taken(record: TrialRecord) -> Any:
    """The trial as it is sent, under key 7."""
    parts = {s.subject: zlib.compress(pickle.dumps(s)) for s in record.subjects}
    analysis_work.take(7, evolve(record, subjects=()), parts)
    yield record
    analysis_work._held.clear()


def rated(record: TrialRecord, subject: str) -> TrialRecord:
    """The same, with ESSDAI of week 28 of one participant not complete yet."""
    def opened(s: Any) -> Any:
        left = tuple(h for h in s.heads if (h.path.event_address, h.path.form_address) != ("SE.W28", "F.ESSDAI"))
        return evolve(s, heads=left) if s.subject == subject else s

    return evolve(record, subjects=tuple(opened(s) for s in record.subjects))


def test_that_the_overview_is_the_summary_without_the_outcomes(taken: TrialRecord) -> None:
    found = analysis_work.on(7, analysis_work.overview, OPTIONS)
    whole = summarise(taken, OPTIONS)
    assert found.summary == evolve(whole, outcomes=())
    assert set(found.essdai) == {o.subject for o in whole.outcomes if o.changes[0].text}
    assert pickle.loads(pickle.dumps(found)) == found


def test_that_a_trial_that_is_not_there_is_asked_for_again(taken: TrialRecord) -> None:
    with pytest.raises(LookupError):
        analysis_work.on(8, analysis_work.overview, OPTIONS)


def test_that_another_trial_replaces_the_first(taken: TrialRecord) -> None:
    analysis_work.take(8, evolve(taken, subjects=()), {})
    assert list(analysis_work._held) == [8]
    assert analysis_work.on(8, analysis_work.overview, OPTIONS).summary.enrolment.screened == 0


def test_that_a_rater_sees_no_earlier_rating_of_who_is_being_rated(record: TrialRecord) -> None:
    held = analysis_work._Held(rated(record, "01-002"))
    for name, blind, hidden in (("heat_map", True, ("01-002",)), ("heat_map", False, ()), ("spaghetti", True, ())):
        drawn = analysis_work.figure(held, Picture(name, "", blind), 0, "en", OPTIONS, 600, 1.0)
        assert drawn.hidden == hidden and drawn.png.startswith(b"\x89PNG")
    course = analysis_work.figure(held, Picture("course", "01-002", True), 0, "en", OPTIONS, 600, 1.0)
    assert (course.png, course.caption, course.hidden) == (b"", "", ("01-002",))
    with pytest.raises(KeyError):
        analysis_work.figure_pdf(held, Picture("course", "01-002", True), "en", OPTIONS)
    other = analysis_work.figure(held, Picture("course", "01-001", True), 0, "en", OPTIONS, 600, 1.0)
    assert other.png and other.hidden == ()


def test_that_nobody_is_hidden_once_everything_is_rated(record: TrialRecord) -> None:
    assert analysis_work._Held(record).rated == frozenset()
