"""Visits begin, move and are missed: windows, order, gates, and the deviation log that fills itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crf_desktop.capture.problem import Closed
from crf_desktop.capture.study import Study
from crf_desktop.capture.visit import OffSchedule
from crf_desktop.errors import Refused
from crf_desktop.model.data import FormState, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.schedule import VisitStatus

from .conftest import PASSWORD


@pytest.fixture
def folder(dosing_folder: Path) -> Path:
    return dosing_folder


@pytest.fixture
def study(dosing: Study) -> Study:
    return dosing


@pytest.fixture
def subject(dosed: str) -> str:
    return dosed


def deviations(study: Study, subject: str) -> list[dict[str, str | None]]:
    """The lines of the log: kind, visit, day, description, reason."""
    found = []
    for form in study.repeats(subject, "SE.LOG", "F.DEV"):
        entry = study.form(subject, "SE.LOG", form)
        found.append({at.removeprefix("I.DEV."): entry.datum(at).value for at in entry.addresses()})
    return found


def test_that_a_date_inside_the_window_needs_no_reason_and_leaves_no_deviation(study: Study, subject: str) -> None:
    assert study.start_event(subject, "SE.D2", "14 May 2027") == "2027-05-14"
    assert deviations(study, subject) == []


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        (
            "2027-05-17",
            "17 May 2027 is 3 days after the window of week 1 · rituximab 2: 12–14 May 2027.",
            "2027年5月17日晚于第1周 · 利妥昔单抗第2次的时间窗3天：2027年5月12日至14日。",
        ),
        (
            "2027-05-11",
            "11 May 2027 is 1 day before the window of week 1 · rituximab 2: 12–14 May 2027.",
            "2027年5月11日早于第1周 · 利妥昔单抗第2次的时间窗1天：2027年5月12日至14日。",
        ),
    ],
)
def test_that_a_date_outside_the_window_is_refused_with_the_window_in_words(
    study: Study, subject: str, typed: str, english: str, chinese: str
) -> None:
    with pytest.raises(OffSchedule) as off:
        study.start_event(subject, "SE.D2", typed)
    assert off.value.code == "event.outside_window"
    assert off.value.sentences("en")[0].replace("\u00a0", " ") == english
    assert off.value.sentences("zh")[0] == chinese
    assert "2027" not in str(off.value)
    assert study.visit_date(subject, "SE.D2") is None


def test_that_the_reason_given_on_the_spot_fills_the_deviation_log_in_one_transaction(
    study: Study, subject: str
) -> None:
    before = study.store.head()[1]
    study.start_event(subject, "SE.D2", "2027-05-17", reason="Holiday of the ward")
    rows = study.store.history(ItemPath(subject))[-6:]
    assert [r.seq for r in rows] == list(range(before + 1, before + 7))
    assert [r.kind for r in rows] == [Kind.EVENT, *[Kind.ITEM] * 5]
    assert len({r.recorded_at for r in rows}) == 1
    (line,) = deviations(study, subject)
    assert line == {
        "KIND": "WINDOW",
        "VISIT": "SE.D2",
        "DAY": "2027-05-17",
        "WHAT": "17\u00a0May\u00a02027 is 3 days after the window of week 1 · rituximab 2: 12–14\u00a0May\u00a02027.",
        "WHY": "Holiday of the ward",
    }


def test_that_another_late_date_brings_the_same_line_up_to_date(study: Study, subject: str) -> None:
    study.start_event(subject, "SE.D2", "2027-05-17", reason="Holiday")
    study.start_event(subject, "SE.D2", "2027-05-18", reason="Holiday, date misread")
    (line,) = deviations(study, subject)
    assert (line["DAY"], line["WHY"]) == ("2027-05-18", "Holiday, date misread")
    assert study.repeats(subject, "SE.LOG", "F.DEV") == ["F.DEV#1"]


def test_that_a_date_corrected_into_the_window_takes_the_line_back_and_keeps_it_in_the_record(
    study: Study, subject: str
) -> None:
    study.start_event(subject, "SE.D2", "2027-05-17", reason="Holiday")
    study.start_event(subject, "SE.D2", "2027-05-13", reason="Typing error")
    assert deviations(study, subject) == []
    rows = [r for r in study.store.history(ItemPath.of(subject, "SE.LOG", "F.DEV#1")) if r.kind is Kind.ITEM]
    assert {r.transaction_type for r in rows} == {"Insert", "Remove"}
    assert {r.reason_for_change for r in rows if r.transaction_type == "Remove"} == {"Typing error"}
    study.start_event(subject, "SE.D2", "2027-05-18", reason="No, late after all")
    assert study.repeats(subject, "SE.LOG", "F.DEV") == ["F.DEV#2"]


def test_that_a_later_change_of_a_date_needs_a_reason_even_inside_the_window(study: Study, subject: str) -> None:
    study.start_event(subject, "SE.D2", "2027-05-13")
    with pytest.raises(Refused) as asked:
        study.start_event(subject, "SE.D2", "2027-05-14")
    assert asked.value.code == "entry.reason_needed"
    study.start_event(subject, "SE.D2", "2027-05-14", reason="Misread")
    assert study.visit_date(subject, "SE.D2") == "2027-05-14"


@pytest.mark.requirement("REQ-31")
def test_that_no_visit_lies_before_the_first_one(study: Study, subject: str) -> None:
    for event, typed in (("SE.D2", "2027-04-30"), ("SE.SCR", "2027-05-07"), ("SE.UNS#1", "2027-04-30")):
        with pytest.raises(Refused) as no:
            study.start_event(subject, event, typed, reason="Because")
        assert no.value.code == "event.before_first"


def test_that_visits_out_of_their_order_need_a_reason(study: Study, subject: str) -> None:
    with pytest.raises(OffSchedule) as off:
        study.start_event(subject, "SE.D2", "2027-05-05")
    assert off.value.code == "event.outside_window"
    assert "5\u00a0May\u00a02027 lies before SE.W0 (6\u00a0May\u00a02027)." in off.value.sentences("en")[0]
    study.start_event(subject, "SE.D2", "2027-05-13")
    with pytest.raises(OffSchedule) as off:
        study.start_event(subject, "SE.W0", "2027-05-14")
    assert off.value.code == "event.out_of_order"


def test_that_a_visit_begins_only_when_nothing_closes_it(study: Study, subject: str) -> None:
    with pytest.raises(Closed) as no:
        study.start_event(subject, "SE.D3", "2027-05-20")
    assert no.value.sentences("zh")[0] == "须先完成第2次给药。"
    study.start_event(subject, "SE.D2", "2027-05-13")
    assert study.start_event(subject, "SE.D3", "2027-05-20") == "2027-05-20"


def test_that_a_visit_that_is_not_needed_asks_why_it_takes_place(study: Study, subject: str) -> None:
    study.start_event(subject, "SE.D2", "2027-05-13")
    study.form(subject, "SE.D2", "F.DOSE").set("I.WEIGHT", "18.5")
    assert study.planned(subject, "SE.D3").status is VisitStatus.NOT_NEEDED
    with pytest.raises(OffSchedule) as off:
        study.start_event(subject, "SE.D3", "2027-05-20")
    assert off.value.code == "event.not_needed"
    assert off.value.sentences("en")[0] == "Week 2 · rituximab 3 is not needed. The weight is 18.5\u00a0kg."
    study.start_event(subject, "SE.D3", "2027-05-20", reason="Decided by the investigator")
    assert [d["VISIT"] for d in deviations(study, subject)] == ["SE.D3"]


@pytest.mark.parametrize(("typed", "code"), [("2027-06-11", "event.date_future"), ("06-2027", "event.date_incomplete")])
def test_that_a_date_in_the_future_or_without_a_day_is_refused_whatever_the_reason(
    study: Study, subject: str, typed: str, code: str
) -> None:
    with pytest.raises(Refused) as no:
        study.start_event(subject, "SE.D2", typed, reason="Because")
    assert no.value.code == code


def test_that_a_missed_visit_stands_in_the_schedule_and_in_the_deviation_log(study: Study, subject: str) -> None:
    study.miss_event(subject, "SE.D2", "ND", "Fever")
    visit = next(v for v in study.matrix(subject).columns if v.address == "SE.D2")
    assert visit.status is VisitStatus.MISSED
    assert study.planned(subject, "SE.D2").status is VisitStatus.MISSED
    assert study.matrix(subject).cells["SE.D2", "F.DOSE"] is FormState.NOT_NEEDED
    assert deviations(study, subject) == [
        {
            "KIND": "MISSED",
            "VISIT": "SE.D2",
            "DAY": "2027-05-13",
            "WHAT": "Week 1 · rituximab 2 did not take place; its window was 12–14\u00a0May\u00a02027.",
            "WHY": "Fever",
        }
    ]


def test_that_a_missed_visit_comes_back_when_it_is_given_a_date_with_a_reason(study: Study, subject: str) -> None:
    study.miss_event(subject, "SE.D2", "ND", "Fever")
    with pytest.raises(Refused) as asked:
        study.start_event(subject, "SE.D2", "2027-05-13")
    assert asked.value.code == "entry.reason_needed"
    study.start_event(subject, "SE.D2", "2027-05-13", reason="It did take place")
    assert study.planned(subject, "SE.D2").status is VisitStatus.BEGUN
    assert deviations(study, subject) == []


def test_that_a_visit_with_answers_cannot_be_missed(study: Study, subject: str) -> None:
    study.start_event(subject, "SE.D2", "2027-05-13")
    study.form(subject, "SE.D2", "F.DOSE").set("I.WEIGHT", "30")
    with pytest.raises(Refused) as no:
        study.miss_event(subject, "SE.D2", "ND", "Fever")
    assert no.value.code == "event.has_data"


def test_that_a_visit_that_cannot_begin_cannot_be_missed_either(study: Study, subject: str) -> None:
    with pytest.raises(Closed):
        study.miss_event(subject, "SE.D3", "ND", "Fever")
    assert deviations(study, subject) == []


def test_that_missing_a_visit_needs_a_reason_and_the_right(study: Study, subject: str, folder: Path) -> None:
    with pytest.raises(Refused) as asked:
        study.miss_event(subject, "SE.D2", "ND", " ")
    assert asked.value.code == "entry.reason_needed"
    study.close()
    monitor = Study.open(folder, "mon", PASSWORD)
    with pytest.raises(Refused) as no:
        monitor.miss_event(subject, "SE.D2", "ND", "Fever")
    monitor.close()
    assert no.value.code == "access.no_right"


def test_that_unscheduled_visits_are_counted_and_stand_where_they_happened(study: Study, subject: str) -> None:
    study.start_event(subject, "SE.D2", "2027-05-13")
    assert study.unscheduled(subject) == "SE.UNS#1"
    study.start_event(subject, "SE.UNS#1", "2027-05-09")
    assert study.unscheduled(subject) == "SE.UNS#2"
    assert [v.address for v in study.matrix(subject).columns] == ["SE.SCR", "SE.W0", "SE.UNS#1", "SE.D2", "SE.D3"]
    study.form(subject, "SE.UNS#1", "F.DOSE").set("I.WEIGHT", "31")
    assert study.form(subject, "SE.UNS#1", "F.DOSE").datum("I.WEIGHT").value == "31"
    assert not study.form(subject, "SE.W0", "F.DOSE").datum("I.WEIGHT").answered


def test_that_the_current_visit_is_the_last_one_while_it_is_incomplete(study: Study, subject: str) -> None:
    current = study.matrix(subject).current
    assert current is not None and current.address == "SE.W0"
    study.start_event(subject, "SE.D2", "2027-05-13")
    current = study.matrix(subject).current
    assert current is not None and current.address == "SE.D2"
    assert current.target == date(2027, 5, 13)


def test_that_reading_a_participant_again_reads_nothing_until_something_is_written(study: Study, subject: str) -> None:
    first = study.matrix(subject)
    assert study.matrix(subject) is first and study.course(subject) is study.course(subject)
    study.form(subject, "SE.W0", "F.DOSE").set("I.WEIGHT", "30")
    assert study.matrix(subject) is not first
    assert study.matrix(subject).cells["SE.W0", "F.DOSE"] is FormState.IN_PROGRESS
