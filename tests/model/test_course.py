"""What an expression sees of a participant's other visits, of repeats and of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.derive import Occurrence, Visit
from crf_desktop.model.path import address, key_order, split
from crf_desktop.model.reach import reads_elsewhere
from tests.small_trial import small_trial

TRIAL = small_trial()
SCREENING, ZERO = Occurrence("SE.SCR", "", "2027-05-01"), Occurrence("SE.W0", "", "2027-05-06")
EXTRA, SECOND = Occurrence("SE.UNS", "1", "2027-05-10"), Occurrence("SE.D2", "", "2027-05-14")
LOG = Occurrence("SE.LOG")

Held = Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]]
HELD: Held = {
    ("SE.SCR", "F.DEMO"): {"": {"I.SEX": "F", "I.BORN": "2014-05-07"}},
    ("SE.W0", "F.DOSE"): {"": {"I.WEIGHT": "32.0", "I.STEP.MINUTE#1": "30", "I.STEP.RATE#1": "500"}},
    ("SE.UNS#1", "F.DOSE"): {"": {"I.WEIGHT": "33.5"}},
    ("SE.D2", "F.DOSE"): {"": {"I.STEP.MINUTE#2": "30", "I.STEP.RATE#2": "50", "I.STEP.MINUTE#10": "60"}},
    ("SE.LOG", "F.AE"): {
        "1": {"I.AE.TERM": "Rash", "I.AE.SERIOUS": "true", "I.AE.START": "2027-05-08"},
        "2": {"I.AE.TERM": "Fever", "I.AE.SERIOUS": "false"},
    },
}


def course(held: Held = HELD, *, without: tuple[Occurrence, ...] = (), **more: Any) -> Course:
    """The participant, some visits left out."""
    read: list[tuple[str, str]] = []

    def fetch(at: Occurrence, form: str) -> dict[str, dict[str, Datum]]:
        read.append((at.address, form))
        return {k: {i: Datum(v) for i, v in a.items()} for k, a in held.get((at.address, form), {}).items()}

    visits = [o for o in (SECOND, LOG, EXTRA, ZERO, SCREENING) if o not in without]
    made = Course(TRIAL, visits, fetch, **more)
    made.asked = read  # type: ignore[attr-defined]
    return made


def seen(at: Occurrence, instance: str = "", **more: Any) -> Visit:
    return course(**more).visit(at, instance)


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("previous:weight", EXTRA, 32),
        ("previous:weight", SECOND, 33.5),
        ("previous:weight", ZERO, None),
        ("latest:weight", SECOND, 33.5),
        ("first:weight", SECOND, 32),
        ("at:SE.W0:weight", SECOND, 32),
        ("at:SE.D2:weight", ZERO, None),
        ("max_all:weight", ZERO, 33.5),
        ("n_events:SE.UNS", ZERO, 1),
        ("count_all:ae_serious", ZERO, 1),
        ("any_all:ae_serious", ZERO, True),
        ("sum_rows:step_minute", SECOND, 90),
        ("max_rows:step_minute", ZERO, 30),
        ("sum_all:step_minute", SCREENING, 120),
        ("sum_rows:step_ml", SECOND, 25),
    ],
)
def test_that_an_expression_reaches_what_it_names(text: str, at: Occurrence, value: object) -> None:
    assert seen(at).named(text) == value


def test_that_a_date_of_a_visit_is_known_when_it_has_taken_place() -> None:
    assert str(seen(SECOND).named("event_date:SE.W0")) == "2027-05-06"
    assert seen(SCREENING, without=(ZERO,)).named("event_date:SE.W0") is None


def test_that_what_is_typed_now_counts_before_what_is_stored() -> None:
    told = course()
    now = Visit(TRIAL, {"I.WEIGHT": Datum("40")}, ZERO.date, at=ZERO, beyond=told)
    assert now.named("latest:weight") == 33.5 and now.named("first:weight") == 40
    assert now.named("at:SE.W0:weight") == 40 and now.named("max_all:weight") == 40


def test_that_any_is_unknown_while_one_is_and_none_is_true() -> None:
    held = {**HELD, ("SE.LOG", "F.AE"): {"1": {"I.AE.TERM": "Rash"}, "2": {"I.AE.SERIOUS": "false"}}}
    assert course(held).visit(ZERO).named("any_all:ae_serious") is None
    assert course({**HELD, ("SE.LOG", "F.AE"): {}}).visit(ZERO).named("any_all:ae_serious") is False


def test_that_each_form_that_repeats_is_seen_with_its_own_answers() -> None:
    told = course()
    assert told.visit(LOG, "F.AE#1").named("ae_term") == "Rash"
    assert told.visit(LOG, "F.AE#2").named("ae_term") == "Fever"
    assert told.visit(LOG, "F.AE#1").derived(TRIAL.method["M.AE.DAY"]).text == "2"


def test_that_a_check_of_rows_is_asked_of_each_row_and_names_it() -> None:
    (broken,) = seen(ZERO).broken(TRIAL.form["F.DOSE"])
    assert broken.oid == "EC.STEP.001" and broken.items == ("I.STEP.RATE#1",)
    assert broken.message.en == "500\u00a0mL/h is fast." and broken.message.zh == "500\u00a0mL/h偏快。"


def test_that_derived_values_of_rows_stand_at_the_row() -> None:
    told = seen(SECOND).form(TRIAL.form["F.DOSE"])
    assert list(told) == ["M.WEIGHT.CHANGE", "M.DOSE.ML", "M.STEP.ML#2", "M.STEP.ML#10"]
    assert (told["M.STEP.ML#2"].text, told["M.STEP.ML#10"].text) == ("25.0", "")
    (why,) = seen(ZERO).form(TRIAL.form["F.DOSE"])["M.DOSE.ML"].reasons
    assert why.en == "More than 100\u00a0mL: 250.0"


def test_that_the_banner_is_known_at_every_visit_and_nothing_is_read_twice() -> None:
    told = course(banner={"I.SEX": Datum("M")})
    assert told.visit(SECOND).named("sex") == "M"
    for _ in range(2):
        told.visit(SECOND).named("max_all:weight")
    assert len(told.asked) == len(set(told.asked))  # type: ignore[attr-defined]


def test_that_the_value_beside_the_field_is_that_of_the_last_visit_where_it_is_known() -> None:
    weight = TRIAL.item["I.WEIGHT"]
    assert course().before("2027-05-14", weight) == (Datum("33.5"), "2027-05-10")
    assert course().before("2027-05-06", weight) is None


def test_that_a_missing_reason_is_no_value() -> None:
    gone = Visit(TRIAL, {"I.WEIGHT": Datum(null_flavor=NullFlavor.REFUSED)}, SECOND.date, at=SECOND, beyond=course())
    assert gone.named("weight") is None and gone.named("latest:weight") == 33.5


def test_that_parameters_of_the_site_go_before_those_of_the_protocol() -> None:
    assert course().anywhere().named("sae_clock_hours") == 24
    assert course(parameters={"sae_clock_hours": "2.5"}).anywhere().named("sae_clock_hours") * 2 == 5  # type: ignore[operator]


def test_that_keys_are_ordered_as_people_count() -> None:
    assert sorted(["2-1", "10", "2", "1"], key=key_order) == ["1", "2", "2-1", "10"]
    assert [split(address("F.AE", k)) for k in ("", "2-1")] == [("F.AE", ""), ("F.AE", "2-1")]


@pytest.mark.parametrize(
    ("method", "far"), [("M.WEIGHT.CHANGE", True), ("M.AE.DAY", True), ("M.DOSE.ML", False), ("M.STEP.ML", False)]
)
def test_that_a_value_that_hangs_on_other_visits_is_known_as_one(method: str, far: bool) -> None:
    assert reads_elsewhere(TRIAL, TRIAL.method[method]) is far
