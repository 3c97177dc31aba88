"""Ratings that must not be seen yet: which pages are waited for, and what is left without them."""

from __future__ import annotations

import pytest

from crf_desktop.analysis.blind import Awaited, awaited, form_of, without
from crf_desktop.analysis.measure import measure
from crf_desktop.analysis.trial import Participant, SubjectRecord
from crf_desktop.analysis.verdict import outcome_of
from tests.analysis.builder import EFFICACY, WEEK_28, doses, head, participant, shown, trial

W28, ET = "SE.W28", "SE.ET"
BLIND = ("F.ESSPRI", "F.PGA", "F.ESSDAI", "F.HOCEVAR")


def rated(*open_forms: str) -> SubjectRecord:
    """The participant of the design; every page of week 28 is complete but for some."""
    return shown(heads=[head(W28, form, completed=form not in open_forms) for form in EFFICACY]).record


def forms(record: SubjectRecord, *pending: str) -> list[tuple[str, str]]:
    return [(a.event, a.form) for a in awaited(trial(), record, pending)]


def test_that_nothing_is_waited_for_once_every_page_of_week_28_is_complete() -> None:
    assert awaited(trial(), rated()) == ()


@pytest.mark.parametrize("form", BLIND)
def test_that_a_blind_page_of_week_28_is_waited_for_until_it_is_complete(form: str) -> None:
    assert awaited(trial(), rated(form)) == (Awaited(W28, form),)


@pytest.mark.parametrize("form", sorted(set(EFFICACY) - set(BLIND)))
def test_that_what_nobody_rates_is_not_waited_for(form: str) -> None:
    assert awaited(trial(), rated(form)) == ()


def test_that_a_page_that_was_never_opened_is_waited_for_too() -> None:
    assert sorted(forms(shown().record)) == sorted((W28, form) for form in BLIND)


def test_that_a_visit_that_may_still_come_is_waited_for_and_one_that_may_not_is_not() -> None:
    record = participant(doses(2)).record
    assert forms(record) == []
    assert sorted(forms(record, ET)) == sorted((ET, form) for form in BLIND)


def test_that_a_form_left_out_has_no_value_at_any_visit_and_the_others_stay() -> None:
    who = shown()
    seen = Participant(without(who.record, {"F.PGA", "F.HOCEVAR"}), trial(), who.today, {})
    for event in ("SE.W0", W28):
        assert measure(seen, "pga", event).value is None and measure(seen, "hocevar_total", event).value is None
        assert measure(seen, "esr", event).value == measure(who, "esr", event).value
    assert who.record.dates == seen.record.dates and who.record.dates[W28] == WEEK_28


def test_that_no_result_depends_on_a_form_left_out() -> None:
    other = {"pga": "99", "esspri_pain": "0", "hocevar_parotid_r_echogenicity": "0", "essdai_renal": "3"}
    seen = [
        Participant(without(who.record, set(BLIND)), trial(), who.today, {}) for who in (shown(), shown(other, other))
    ]
    assert outcome_of(seen[0]) == outcome_of(seen[1])


@pytest.mark.parametrize(
    ("name", "form"), [("pga", "F.PGA"), ("hocevar_total", "F.HOCEVAR"), ("clinessdai_total", "F.ESSDAI"), ("none", "")]
)
def test_that_a_quantity_belongs_to_the_page_it_is_asked_on(name: str, form: str) -> None:
    assert form_of(trial(), name) == form
