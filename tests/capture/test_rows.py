"""Rows of a form, instances of a repeating form, and many answers in one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.entry import Closed, FormEntry, Given, HardProblem, SoftProblem
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.errors import Refused
from crf_desktop.model import serial
from crf_desktop.model.data import FormState
from crf_desktop.store import NewPerson, NewStudy, create
from tests.small_trial import small_trial

PASSWORD = "a sentence that opens the small study"
PEOPLE = tuple(NewPerson(n, n.title(), r, PASSWORD) for n, r in (("inv", "investigator"), ("adm", "administrator")))
MINUTE, RATE, STEP = "I.STEP.MINUTE", "I.STEP.RATE", "IG.STEP"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "small.crf"
    definition = small_trial()
    create(folder, NewStudy(definition.study_oid, "01", serial.to_bytes(definition), PEOPLE))
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[Study]:
    import shutil

    folder = Path(shutil.copytree(made, tmp_path / "small.crf"))
    opened = Study.open(folder, "inv", PASSWORD, clock=DemoClock(datetime(2027, 5, 6, 9, 0, tzinfo=SITE_ZONE)))
    yield opened
    opened.close()


@pytest.fixture
def subject(study: Study) -> str:
    """A participant whose sex is known and whose week 0 has begun."""
    key = study.enrol()
    study.start_event(key, "SE.SCR", "2027-05-01")
    study.form(key, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    study.start_event(key, "SE.W0", "2027-05-06")
    return key


def dose(study: Study, subject: str) -> FormEntry:
    return study.form(subject, "SE.W0", "F.DOSE")


def with_rows(study: Study, subject: str, *rows: tuple[str, str]) -> FormEntry:
    entry = dose(study, subject)
    for minute, rate in rows:
        key = entry.add_row(STEP)
        entry.set(f"{MINUTE}#{key}", minute)
        entry.set(f"{RATE}#{key}", rate)
    return entry


def adverse_event(study: Study, subject: str, term: str) -> FormEntry:
    entry = study.form(subject, "SE.LOG", study.next_repeat(subject, "SE.LOG", "F.AE"))
    entry.fill({"I.AE.TERM": Given(term), "I.AE.START": Given("2027-05-07"), "I.AE.SERIOUS": Given("false")})
    return entry


def test_that_rows_are_there_after_they_are_read_again(study: Study, subject: str) -> None:
    with_rows(study, subject, ("0", "50"), ("30", "100"))
    again = dose(study, subject).view()
    assert again.rows == {STEP: ("1", "2")}
    assert again.items[f"{RATE}#2"].value == "100"
    assert again.derived["M.STEP.ML#2"].text == "50.0"


def test_that_a_row_just_added_asks_nothing_until_something_stands_in_it(study: Study, subject: str) -> None:
    entry = with_rows(study, subject, ("0", "50"))
    before = entry.unanswered()
    key = entry.add_row(STEP)
    assert entry.unanswered() == before
    entry.set(f"{MINUTE}#{key}", "30")
    assert entry.unanswered() == [*before, f"{RATE}#{key}"]


def test_that_a_row_is_taken_out_in_one_transaction_and_its_number_is_not_used_again(
    study: Study, subject: str
) -> None:
    entry = with_rows(study, subject, ("0", "50"), ("30", "100"))
    before = study.store.head()[1]
    entry.remove_row(STEP, "2")
    rows = list(study.store.changes(study.store.origin, before))
    assert [r.transaction_type for r in rows] == ["Remove", "Remove"]
    assert len({r.recorded_at for r in rows}) == 1
    assert entry.rows(STEP) == ["1"]
    assert dose(study, subject).add_row(STEP) == "3"


def test_that_an_empty_row_goes_without_a_trace(study: Study, subject: str) -> None:
    entry = with_rows(study, subject, ("0", "50"))
    before = study.store.head()
    key = entry.add_row(STEP)
    assert entry.remove_row(STEP, key).changed == frozenset()
    assert study.store.head() == before and entry.rows(STEP) == ["1"]


def test_that_a_row_emptied_item_by_item_stays_under_the_hand(study: Study, subject: str) -> None:
    entry = with_rows(study, subject, ("0", "50"))
    entry.clear(f"{MINUTE}#1")
    entry.clear(f"{RATE}#1")
    assert entry.rows(STEP) == ["1"]
    assert dose(study, subject).rows(STEP) == []


def test_that_a_row_of_a_completed_form_goes_only_with_a_reason_and_opens_the_form(study: Study, subject: str) -> None:
    entry = with_rows(study, subject, ("0", "50"))
    entry.fill({at: Given(flavor="ND") for at in entry.unanswered()})
    entry.complete()
    with pytest.raises(Refused) as refused:
        entry.remove_row(STEP, "1")
    assert refused.value.code == "entry.reason_needed"
    entry.remove_row(STEP, "1", reason="typed twice")
    assert not entry.completed and entry.rows(STEP) == []
    assert {r.reason_for_change for r in entry.history(f"{RATE}#1")} == {None, "typed twice"}


def test_that_a_whole_form_is_entered_in_one_transaction(study: Study, subject: str) -> None:
    before = study.store.head()[1]
    entry = dose(study, subject)
    done = entry.fill(
        {
            "I.WEIGHT": Given("40.5", "MU.KG"),
            "I.DOSE": Given(flavor="ND", remark="pump failed"),
            f"{MINUTE}#1": Given("0"),
            f"{RATE}#1": Given("50"),
        }
    )
    rows = list(study.store.changes(study.store.origin, before))
    assert len(rows) == 4 and len({r.recorded_at for r in rows}) == 1
    assert done.changed == {"I.WEIGHT", "I.DOSE", f"{MINUTE}#1", f"{RATE}#1"}
    assert dose(study, subject).view().remarks == {"I.DOSE": "pump failed"}
    assert entry.view().derived["M.STEP.ML#1"].text == "0.0"


def test_that_one_wrong_answer_among_many_stores_none(study: Study, subject: str) -> None:
    before = study.store.head()
    with pytest.raises(Refused):
        dose(study, subject).fill({"I.WEIGHT": Given("40.5", "MU.KG"), f"{RATE}#1": Given("fast")})
    assert study.store.head() == before


def test_that_an_unusual_value_among_many_needs_its_own_reason(study: Study, subject: str) -> None:
    entry = dose(study, subject)
    with pytest.raises(SoftProblem) as found:
        entry.fill({f"{MINUTE}#1": Given("0"), f"{RATE}#1": Given("450")})
    assert found.value.context["item"] == f"{RATE}#1" and "450" in found.value.sentences()[0]
    entry.fill({f"{MINUTE}#1": Given("0"), f"{RATE}#1": Given("450", override="second bag, as ordered")})
    assert [c.oid for c in entry.problems()] == ["EC.STEP.001"]
    assert entry.open_problems() == []


def test_that_filling_again_with_the_same_writes_nothing(study: Study, subject: str) -> None:
    entry = dose(study, subject)
    given = {"I.WEIGHT": Given("40.5", "MU.KG"), f"{RATE}#1": Given("450", override="as ordered")}
    entry.fill(given)
    before = study.store.head()
    assert dose(study, subject).fill(given).changed == frozenset()
    assert study.store.head() == before


def test_that_nothing_is_filled_in_while_the_form_is_closed(study: Study) -> None:
    subject = study.enrol()
    study.start_event(subject, "SE.W0", "2027-05-06")
    with pytest.raises(Closed):
        dose(study, subject).fill({"I.WEIGHT": Given("40.5", "MU.KG")})


def test_that_an_event_entered_by_mistake_leaves_the_list_and_stays_in_the_log(study: Study, subject: str) -> None:
    adverse_event(study, subject, "Rash")
    wrong = adverse_event(study, subject, "Fever")
    before = study.store.head()[1]
    wrong.void("entered for another participant")
    rows = list(study.store.changes(study.store.origin, before))
    assert {r.transaction_type for r in rows} == {"Remove"} and len(rows) == 3
    assert {r.reason_for_change for r in rows} == {"entered for another participant"}
    assert study.repeats(subject, "SE.LOG", "F.AE") == ["F.AE#1"]
    assert study.next_repeat(subject, "SE.LOG", "F.AE") == "F.AE#3"
    assert [r.datum.value for r in wrong.history("I.AE.TERM")] == ["Fever", None]


def test_that_a_completed_event_is_open_again_when_it_is_taken_back(study: Study, subject: str) -> None:
    entry = adverse_event(study, subject, "Rash")
    entry.complete()
    entry.void("entered twice")
    assert entry.state is FormState.DUE and not entry.completed


@pytest.mark.parametrize("reason", ["", "   "])
def test_that_taking_an_event_back_needs_a_reason(study: Study, subject: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        adverse_event(study, subject, "Rash").void(reason)
    assert refused.value.code == "entry.reason_needed"


def test_that_a_form_there_is_one_of_cannot_be_taken_back(study: Study, subject: str) -> None:
    with pytest.raises(Refused) as refused:
        dose(study, subject).void("by mistake")
    assert refused.value.code == "form.not_repeating"
    assert all(refused.value.sentences("zh"))


def test_that_a_hard_rule_across_items_refuses_all(study: Study, subject: str, monkeypatch: Any) -> None:
    from attrs import evolve

    entry = dose(study, subject)
    hard = tuple(evolve(c, soft_hard="Hard") for c in entry.definition.checks_of_form["F.DOSE"])
    monkeypatch.setitem(entry.definition.checks_of_form, "F.DOSE", hard)
    before = study.store.head()
    with pytest.raises(HardProblem):
        entry.fill({f"{MINUTE}#1": Given("0"), f"{RATE}#1": Given("450", override="as ordered")})
    assert study.store.head() == before
