"""Filling in a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from crf_desktop.capture.entry import FormEntry, HardProblem, SoftProblem
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.data import Datum, FormState, NullFlavor
from tests.screened import SCREENING

from .conftest import PASSWORD, WEEK_0

PGA = "I.PGA.VAS"


def esspri(study: Study, subject: str) -> FormEntry:
    return study.form(subject, WEEK_0, "F.ESSPRI")


def fill_esspri(entry: FormEntry) -> None:
    entry.set("I.ESSPRI.RESPONDENT", "CHILD")
    for oid, typed in (("I.ESSPRI.DRYNESS", "6"), ("I.ESSPRI.FATIGUE", "7"), ("I.ESSPRI.PAIN", "3")):
        entry.set(oid, typed)


def test_that_an_answer_is_there_after_reopening(study: Study, subject: str, folder: Path) -> None:
    esspri(study, subject).set("I.ESSPRI.DRYNESS", "6")
    study.close()
    again = Study.open(folder, "inv", PASSWORD)
    assert again.form(subject, WEEK_0, "F.ESSPRI").datum("I.ESSPRI.DRYNESS") == Datum("6")
    again.close()


@pytest.mark.requirement("REQ-12")
def test_that_value_to_reason_to_value_leaves_three_rows(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    entry.set("I.ESSPRI.PAIN", "3")
    entry.set_missing("I.ESSPRI.PAIN", "REF", "too tired")
    entry.set("I.ESSPRI.PAIN", "4")
    rows = entry.history("I.ESSPRI.PAIN")
    assert [(r.datum.value, r.datum.null_flavor) for r in rows] == [
        ("3", None),
        (None, NullFlavor.REFUSED),
        ("4", None),
    ]
    assert [r.transaction_type for r in rows] == ["Insert", "Update", "Update"]
    assert rows[2].based_on == (rows[1].origin, rows[1].seq)


@pytest.mark.requirement("REQ-33")
def test_that_a_missing_reason_keeps_its_remark(study: Study, subject: str) -> None:
    esspri(study, subject).set_missing("I.ESSPRI.PAIN", "ND", "child asleep")
    assert esspri(study, subject).view().remarks == {"I.ESSPRI.PAIN": "child asleep"}


def test_that_the_same_answer_again_writes_nothing(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    entry.set("I.ESSPRI.PAIN", "3")
    before = study.store.head()
    assert entry.set("I.ESSPRI.PAIN", "３").changed == frozenset()
    assert study.store.head() == before


def test_that_a_mean_is_unknown_until_all_three_exist_and_then_exact(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    entry.set("I.ESSPRI.DRYNESS", "6")
    assert entry.view().derived["M.ESSPRI.MEAN"].text == ""
    entry.set("I.ESSPRI.FATIGUE", "5")
    done = entry.set("I.ESSPRI.PAIN", "3")
    assert entry.view().derived["M.ESSPRI.MEAN"].text == "4.67"
    assert "M.ESSPRI.MEAN" in done.derived_changed


@pytest.mark.requirement("REQ-30")
def test_that_a_hard_limit_refuses_and_stores_nothing(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    with pytest.raises(Refused, match="0 to 10"):
        entry.set("I.ESSPRI.PAIN", "11")
    with pytest.raises(Refused) as text:
        entry.set("I.ESSPRI.PAIN", "very")
    assert text.value.code == "value.not_a_number"
    assert entry.history("I.ESSPRI.PAIN") == []


@pytest.mark.requirement("REQ-30")
def test_that_a_rule_across_items_refuses_and_stores_nothing(study: Study, subject: str) -> None:
    entry = study.form(subject, WEEK_0, "F.SALIVA")
    entry.set("I.SALIVA.BEFORE_1", "12.500")
    with pytest.raises(HardProblem) as refused:
        entry.set("I.SALIVA.AFTER_1", "12.499")
    assert refused.value.check.oid == "EC.SALIVA.001"
    assert entry.history("I.SALIVA.AFTER_1") == []
    entry.set("I.SALIVA.AFTER_1", "12.500")


@pytest.mark.requirement("REQ-30")
def test_that_a_soft_limit_is_kept_only_with_a_reason_beside_it(study: Study, subject: str) -> None:
    entry = study.form(subject, WEEK_0, "F.LAB2")
    with pytest.raises(SoftProblem):
        entry.set("I.LAB.IGG", "95")
    assert entry.history("I.LAB.IGG") == []
    entry.set("I.LAB.IGG", "95", override="Measured twice.")
    kinds = [r.kind for r in entry.history("I.LAB.IGG")]
    assert sorted(kinds) == ["annotation", "item"]


def test_that_completing_needs_every_answer_or_its_reason(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    entry.set("I.ESSPRI.RESPONDENT", "CHILD")
    with pytest.raises(Refused) as open_items:
        entry.complete()
    assert open_items.value.context["n"] == 3
    fill_esspri(entry)
    assert entry.complete().state is FormState.COMPLETE


@pytest.mark.requirement("REQ-13")
def test_that_a_change_after_completion_asks_why(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    fill_esspri(entry)
    entry.set("I.ESSPRI.PAIN", "4")  # own, same session, before completion: no reason
    entry.complete()
    with pytest.raises(Refused) as asked:
        entry.set("I.ESSPRI.PAIN", "5")
    assert asked.value.code == "entry.reason_needed"
    entry.set("I.ESSPRI.PAIN", "5", reason="Misheard")
    assert entry.history("I.ESSPRI.PAIN")[-1].reason_for_change == "Misheard"


@pytest.mark.requirement("REQ-13")
def test_that_an_answer_of_an_earlier_session_asks_why(study: Study, subject: str, folder: Path) -> None:
    esspri(study, subject).set("I.ESSPRI.PAIN", "4")
    study.close()
    again = Study.open(folder, "inv", PASSWORD)
    assert again.form(subject, WEEK_0, "F.ESSPRI").needs_reason("I.ESSPRI.PAIN")
    again.close()


def test_that_clearing_a_completed_form_opens_it_again(study: Study, subject: str) -> None:
    entry = esspri(study, subject)
    fill_esspri(entry)
    entry.complete()
    entry.clear("I.ESSPRI.PAIN", reason="Wrong child")
    assert entry.state is FormState.IN_PROGRESS
    assert entry.unanswered() == ["I.ESSPRI.PAIN"]


@pytest.mark.requirement("REQ-02", "REQ-03", "REQ-04")
@pytest.mark.parametrize("user", ["mon", "adm"])
def test_that_a_monitor_and_an_administrator_cannot_enter(study: Study, subject: str, folder: Path, user: str) -> None:
    study.close()
    other = Study.open(folder, user, PASSWORD)
    with pytest.raises(Refused) as no:
        esspri(other, subject).set("I.ESSPRI.PAIN", "4")
    assert no.value.code == "access.no_right"
    with pytest.raises(Refused):
        other.enrol()
    other.close()


@pytest.mark.requirement("REQ-31")
def test_that_nothing_is_entered_before_the_visit_has_a_date(study: Study) -> None:
    entry = study.form(study.enrol(), WEEK_0, "F.ESSPRI")
    with pytest.raises(Refused) as no:
        entry.set("I.ESSPRI.PAIN", "4")
    assert no.value.code == "event.not_started"


def test_that_a_visit_date_is_complete_and_not_in_the_future(study: Study) -> None:
    subject = study.enrol()
    for typed, code in (
        ("05-2027", "event.date_incomplete"),
        ("2027-05-07", "event.date_future"),
        ("soon", "value.not_a_date"),
    ):
        with pytest.raises(Refused) as no:
            study.start_event(subject, SCREENING, typed)
        assert no.value.code == code
    assert study.start_event(subject, SCREENING, "2027年5月6日") == "2027-05-06"


def test_that_participant_numbers_are_never_used_twice(study: Study) -> None:
    assert [study.enrol() for _ in range(3)] == ["01-001", "01-002", "01-003"]


def test_that_a_draft_survives_and_is_not_an_answer(study: Study, subject: str, folder: Path) -> None:
    entry = study.form(subject, WEEK_0, "F.LAB2")
    entry.save_draft("I.LAB.IGG", "12.")
    study.close()
    again = Study.open(folder, "inv", PASSWORD)
    entry = again.form(subject, WEEK_0, "F.LAB2")
    assert entry.drafts() == {"I.LAB.IGG": "12."}
    assert not entry.datum("I.LAB.IGG").answered
    again.close()


def test_that_a_missing_biological_domain_leaves_a_lower_bound_and_clinessdai(study: Study, subject: str) -> None:
    entry = study.form(subject, WEEK_0, "F.ESSDAI")
    for item in entry.definition.items_of("F.ESSDAI"):
        if (
            item.name.startswith("essdai_")
            and item.code_list
            and item.name != "essdai_biological"
            and item.data_type == "integer"
        ):
            entry.set(item.oid, "2" if item.name == "essdai_renal" else "0")
    entry.set_missing("I.ESSDAI.BIOLOGICAL", "ND", "tube haemolysed")
    derived = entry.view().derived
    assert derived["M.ESSDAI.TOTAL"].text == ""
    assert derived["M.ESSDAI.TOTAL"].lower_text == "10"
    assert derived["M.CLINESSDAI.TOTAL"].text == "12"
