"""A whole synthetic trial: everybody goes through everything, and nothing is found that was not meant."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from crf_desktop.capture import query, verification
from crf_desktop.capture.signature import form_digest, judge
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.maker import PASSWORD, make_demo
from crf_desktop.demo.story import CAST, cast, target
from crf_desktop.model.data import FormState, Kind, NullFlavor
from crf_desktop.model.query import QuerySource, QueryState
from crf_desktop.model.schedule import VisitStatus

TODAY = date(2026, 11, 25)
PLANNED = {
    "SE.RTX3 EC.VITALS.001": "a weight that rose by an eighth",
    "SE.UNS#1 I.VITALS.TEMPERATURE": "a fever",
    "SE.W0 EC.LAB.005": "a rheumatoid factor below its limit",
    "SE.BEL3 EC.ESSPRI.003": "turned 8, and answers without a parent",
    "SE.W28 EC.ESSPRI.003": "the same",
    "SE.W0 EC.HOCEVAR.002": "a gland that was removed",
    "SE.ET EC.HOCEVAR.002": "the same",
}
"""Soft checks that stories break on purpose; a form that asks for more makes this list longer, or the story wrong."""


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Study]:
    """The study at noon of that day."""
    clock = DemoClock(datetime.combine(TODAY, time(12), SITE_ZONE))
    study = Study.open(folder, "investigator", PASSWORD, clock=clock)
    try:
        yield study
    finally:
        study.close()


def findings(study: Study) -> list[str]:
    """Every problem without an override, every mandatory answer that is missing, every form left open."""
    found = []
    for subject in study.subjects():
        for head in study.store.form_heads(subject):
            entry = study.form(subject, head.path.event_address, head.path.form_address)
            told = (q for q in query.queries(study, head.path) if q.source is QuerySource.CHECK)
            meant = {name for q in told for name in q.checks}
            at = f"{head.path.event_address} {head.path.form_address}"
            found += [f"{at} {c.oid}" for c in entry.problems() if c.oid not in meant]
            found += [f"{at} {oid}" for oid in entry.unanswered()]
            found += [] if entry.completed else [f"{at} is open"]
    return found


def lapsed(study: Study) -> list[str]:
    """Signed forms whose signature is not intact, current and valid."""
    found = []
    for subject in study.subjects():
        for head in study.store.form_heads(subject):
            if head.state is FormState.SIGNED:
                entry = study.form(subject, head.path.event_address, head.path.form_address)
                last = [r for r in study.store.signatures(entry.path) if r.datum.value == "signed"][-1]
                verdict = judge(study.store, last, form_digest(entry))
                if not (verdict.intact and verdict.current and verdict.valid):
                    found.append(f"{head.path.event_address} {head.path.form_address}")
    return found


def values(study: Study) -> list[tuple[object, ...]]:
    """Every answer with its place."""
    rows = (r for s in study.subjects() for e in _visits(study, s) for r in study.store.visit_items(e))
    return sorted((r.path.keys(), r.datum.value, r.datum.qualifier, r.datum.unit_oid) for r in rows)


def _visits(study: Study, subject: str) -> set[object]:
    return {h.path.event_path for h in study.store.form_heads(subject)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two participants."""
    return make_demo(tmp_path_factory.mktemp("small") / "d", 2, 7, today=TODAY).study


def test_that_two_participants_reach_the_end_without_a_finding(small: Path) -> None:
    with opened(small) as study:
        assert findings(study) == [] and lapsed(study) == []
        for subject in study.subjects():
            visits = study.matrix(subject).columns
            assert {v.status for v in visits} <= {VisitStatus.BEGUN, VisitStatus.NOT_NEEDED}
            assert "SE.W28" in {v.event.oid for v in visits if v.status is VisitStatus.BEGUN}


def test_that_the_line_about_a_late_visit_stays_as_the_program_wrote_it(small: Path) -> None:
    with opened(small) as study:
        late = [s for s in study.subjects() if study.repeats(s, "SE.LOG", "F.DEV")]
        assert late == ["01-002"]
        entry = study.form("01-002", "SE.LOG", "F.DEV#1")
        assert [entry.datum(f"I.DEV.{name}").value for name in ("KIND", "VISIT")] == ["WINDOW", "SE.RTX2"]
        assert "2 days after the window of week 1" in (entry.datum("I.DEV.DESCRIPTION").value or "")


def test_that_the_same_seed_and_day_give_the_same_values(small: Path, tmp_path: Path) -> None:
    again = make_demo(tmp_path / "again", 2, 7, today=TODAY).study
    with opened(small) as one, opened(again) as other:
        assert values(one) == values(other)


def test_that_a_study_that_is_there_is_left_alone(small: Path) -> None:
    from crf_desktop.errors import Refused

    with pytest.raises(Refused) as caught:
        make_demo(small.parent, 1, 1, today=TODAY)
    assert caught.value.code == "demo.exists"


def test_that_a_sixteenth_participant_is_somebody_else() -> None:
    told = cast(16)
    assert told[15] != told[0] and told[15].tags == told[0].tags
    assert {s.doses for s in CAST} == {2, 3, 4, 5}
    assert target("SE.BEL1", 3) - target("SE.BEL1", 2) == 7


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen participants, all of them at the end."""
    made = make_demo(tmp_path_factory.mktemp("whole") / "d", 15, 1, today=TODAY, finished=True)
    assert sorted(set(made.unusual)) == sorted(PLANNED)
    return made.study


@pytest.mark.full
def test_that_fifteen_participants_go_through_everything_without_a_finding(whole: Path) -> None:
    with opened(whole) as study:
        assert len(study.subjects()) == 15
        assert findings(study) == [] and lapsed(study) == []
        plans = [study.matrix(s) for s in study.subjects()]
        held = [(m, v) for m in plans for v in m.columns if v.status is VisitStatus.BEGUN]
        assert {s for m, v in held for s in m.states(v)} == {FormState.SIGNED, FormState.CHANGED}


@pytest.mark.full
def test_that_the_trial_has_everything_that_can_happen(whole: Path) -> None:
    with opened(whole) as study:
        subjects = study.subjects()
        plans = [study.matrix(s).columns for s in subjects]
        given = [sum(v.event.oid.startswith(("SE.W0", "SE.RTX")) and _dosed(study, s, v.address) for v in plan)
                 for s, plan in zip(subjects, plans, strict=True)]  # fmt: skip
        assert set(given) == {2, 3, 4}
        assert VisitStatus.MISSED in {v.status for plan in plans for v in plan}
        assert {"SE.ET", "SE.UNS"} <= {v.event.oid for plan in plans for v in plan if v.status is VisitStatus.BEGUN}
        assert any(v.date and v.days_outside(v.date) > 0 for plan in plans for v in plan)
        assert any(v.date and v.days_outside(v.date) < 0 for plan in plans for v in plan)
        rows = [r for s in subjects for e in _visits(study, s) for r in study.store.visit_items(e)]  # type: ignore[arg-type]
        assert {r.datum.null_flavor for r in rows} >= set(NullFlavor)
        assert "<" in {r.datum.qualifier for r in rows}
        base = {i.oid: i.units[0] for i in study.definition.items if i.units}
        assert any(r.datum.unit_oid and r.datum.unit_oid != base[r.path.item] for r in rows)
        dates = [r.datum.value or "" for r in rows if study.definition.item[r.path.item].data_type == "date"]
        assert {len(d) for d in dates} >= {4, 7, 10}
        log = {r.path.form_address for r in rows if r.path.event == "SE.LOG"}
        assert {"F.AE#1", "F.CM#4", "F.DEV#1", "F.RECONSENT#1", "F.ET"} <= log
        told = _told(study)
        assert told["reconsent_reason"] >= {"ASSENT_8", "CONSENT_18"} and "true" in told["ae_serious"]
        assert {"2"} <= told["irr_grade"] and "true" in told["oss_done"]
        assert {q.state for q in query.queries(study)} >= {
            QueryState.OPEN, QueryState.ANSWERED, QueryState.CLOSED, QueryState.CANCELLED,
        }  # fmt: skip
        assert verification.total(verification.progress_of(study, subjects[0])).verified > 100
        assert {r.kind for r in study.store.rows(Kind.ANNOTATION)} == {Kind.ANNOTATION}


def _dosed(study: Study, subject: str, event: str) -> bool:
    entry = study.form(subject, event, "F.RTX")
    return any(entry.datum(i.oid).value == "true" for i in study.definition.items_of("F.RTX") if i.name == "rtx_given")


def _told(study: Study) -> dict[str, set[str]]:
    """Analysis name → every value given anywhere."""
    found: dict[str, set[str]] = {}
    for subject in study.subjects():
        for visit in _visits(study, subject):
            for row in study.store.visit_items(visit):  # type: ignore[arg-type]
                found.setdefault(study.definition.item[row.path.item].name, set()).add(row.datum.value or "")
    return found


@pytest.mark.full
def test_that_some_visits_are_due_today_this_week_and_overdue(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "d", 15, 1, today=TODAY)
    with opened(made.study) as study:
        plans = [v for s in study.subjects() for v in study.matrix(s).columns]
        assert {VisitStatus.DUE, VisitStatus.OVERDUE, VisitStatus.PLANNED} <= {v.status for v in plans}
        assert any(v.target == TODAY and v.date is None for v in plans)
        assert study.store.count_states()["unsigned"] > 0
