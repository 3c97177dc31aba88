"""Signing what belongs to no visit, visits that repeat, and each record of a form that repeats."""

from __future__ import annotations

import pytest

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.recording import form_addresses, visit_record
from crf_desktop.capture.signature import form_digest
from crf_desktop.capture.signing import file_pdf, filed_pdfs, mark_seen, open_forms, sign_visit, titled, unsigned
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.data import FormState

from .conftest import PASSWORD


def event_of(study: Study, subject: str, form: str, term: str) -> FormEntry:
    """A completed adverse event."""
    entry = study.form(subject, "SE.LOG", form)
    entry.set("I.AE.TERM", term)
    entry.set("I.AE.START", "2027-05-20")
    entry.set("I.AE.SERIOUS", "false")
    entry.complete()
    return entry


def dose_of(study: Study, subject: str, event: str) -> FormEntry:
    """A completed dose."""
    entry = study.form(subject, event, "F.DOSE")
    entry.set("I.WEIGHT", "30")
    for item in entry.unanswered():
        entry.set_missing(item, "ND")
    entry.complete()
    return entry


@pytest.fixture
def two(dosing: Study, dosed: str) -> tuple[FormEntry, FormEntry]:
    return event_of(dosing, dosed, "F.AE#1", "Rash"), event_of(dosing, dosed, "F.AE#2", "Fever")


def sign(study: Study, subject: str, event: str, *forms: str) -> None:
    meaning = study.definition.signature_meanings[0]
    sign_visit(study, subject, event, forms, meaning, "inv", PASSWORD)


def test_that_each_record_of_the_log_waits_by_its_address(
    dosing: Study, dosed: str, two: tuple[FormEntry, FormEntry]
) -> None:
    mark_seen(dosing, two[1])
    (task,) = unsigned(dosing)
    assert (task.subject, task.address, task.forms) == (dosed, "SE.LOG", ("F.AE#1", "F.AE#2"))
    assert task.unseen == ("F.AE#1",)
    assert open_forms(dosing, task) == 0


def test_that_two_records_with_the_same_answers_have_two_digests(
    dosing: Study, dosed: str, two: tuple[FormEntry, FormEntry]
) -> None:
    same = event_of(dosing, dosed, "F.AE#3", "Rash")
    assert form_digest(same) != form_digest(dosing.form(dosed, "SE.LOG", "F.AE#1"))


def test_that_one_record_is_signed_and_the_other_goes_on_waiting(
    dosing: Study, dosed: str, two: tuple[FormEntry, FormEntry]
) -> None:
    mark_seen(dosing, two[0])
    with pytest.raises(Refused) as no:
        sign(dosing, dosed, "SE.LOG", "F.AE#1", "F.AE#2")
    assert no.value.code == "sign.not_seen"
    sign(dosing, dosed, "SE.LOG", "F.AE#1")
    assert dosing.form(dosed, "SE.LOG", "F.AE#1").state is FormState.SIGNED
    (task,) = unsigned(dosing)
    assert task.forms == ("F.AE#2",)


def test_that_the_record_of_the_log_holds_each_form_with_its_number_and_no_visit_date(
    dosing: Study, dosed: str, two: tuple[FormEntry, FormEntry]
) -> None:
    mark_seen(dosing, two[0])
    sign(dosing, dosed, "SE.LOG", "F.AE#1")
    record = visit_record(dosing, dosed, "SE.LOG")
    assert record.visit_date is None and record.window is None and record.study_day is None
    assert form_addresses(dosing, dosed, "SE.LOG") == ["F.AE#1", "F.AE#2"]
    assert [f.form.title.en for f in record.forms] == ["F.AE\u00a01", "F.AE\u00a02"]
    assert [(s.form, s.intact, s.current) for s in record.signatures] == [("F.AE#1", True, True)]


def test_that_a_change_of_one_record_shows_at_that_one_only(
    dosing: Study, dosed: str, two: tuple[FormEntry, FormEntry]
) -> None:
    for entry in two:
        mark_seen(dosing, entry)
    sign(dosing, dosed, "SE.LOG", "F.AE#1", "F.AE#2")
    assert unsigned(dosing) == []
    dosing.form(dosed, "SE.LOG", "F.AE#2").set("I.AE.TERM", "Fever 38.5", reason="Source corrected")
    (task,) = unsigned(dosing)
    assert (task.forms, task.changed) == (("F.AE#2",), ("F.AE#2",))
    assert [s.current for s in visit_record(dosing, dosed, "SE.LOG").signatures] == [True, False]


def test_that_an_unscheduled_visit_is_signed_and_filed_under_its_own_key(dosing: Study, dosed: str) -> None:
    for key, day in (("SE.UNS#1", "2027-05-09"), ("SE.UNS#2", "2027-05-11")):
        dosing.start_event(dosed, key, day)
        mark_seen(dosing, dose_of(dosing, dosed, key))
    assert [t.address for t in unsigned(dosing)] == ["SE.UNS#1", "SE.UNS#2"]
    meaning = dosing.definition.signature_meanings[0]
    signed = sign_visit(dosing, dosed, "SE.UNS#2", ["F.DOSE"], meaning, "inv", PASSWORD)
    assert visit_record(dosing, dosed, "SE.UNS#2").visit_date == "2027-05-11"
    file_pdf(dosing, signed, b"%PDF-1.7 test")
    assert len(filed_pdfs(dosing, dosed, "SE.UNS#2")) == 1
    assert filed_pdfs(dosing, dosed, "SE.UNS#1") == []
    assert [t.address for t in unsigned(dosing)] == ["SE.UNS#1"]


def test_that_a_visit_that_waits_is_titled_with_its_week(dosing: Study, dosed: str) -> None:
    dosing.start_event(dosed, "SE.D2", "2027-05-13")
    dose_of(dosing, dosed, "SE.D2")
    (task,) = unsigned(dosing)
    assert titled(dosing, task).title.en == "Week 1 · rituximab 2"
    assert visit_record(dosing, dosed, "SE.D2").window == ("2027-05-12", "2027-05-14")
