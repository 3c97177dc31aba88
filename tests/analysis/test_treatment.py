"""Doses against what was planned, B cells, and the sentences that say so; every number worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crf_desktop.analysis.b_cell import Repopulation
from crf_desktop.analysis.dose import Told
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.treatment import Treatment, treatment_of
from crf_desktop.analysis.trial import Participant
from tests.analysis.builder import Typed, participant
from tests.forms.conftest import Answer

DAY_0 = date(2026, 5, 6)
BOTH = Options(depletion="both")
RTX_VISITS = ("SE.W0", "SE.RTX2", "SE.RTX3", "SE.RTX4")


def on(day: int) -> str:
    return (DAY_0 + timedelta(day)).isoformat()


def rtx(mg: str = "450", **more: Answer) -> dict[str, Answer]:
    """1.2 m² × 375 mg/m² = 450 mg planned."""
    given: dict[str, Answer] = {
        "rtx_given": "true", "rtx_measured_today": "false", "rtx_bsa": "1.200", "rtx_mg_m2": "375", "rtx_dose": mg,
    }  # fmt: skip
    return given | more


def bel(mg: str = "320", **more: Answer) -> dict[str, Answer]:
    """32 kg × 10 mg/kg = 320 mg planned."""
    given: dict[str, Answer] = {
        "bel_given": "true", "bel_measured_today": "false", "bel_weight": "32", "bel_mg_kg": "10", "bel_dose": mg,
    }  # fmt: skip
    return given | more


def told(
    rituximab: Mapping[int, Typed],
    later: Mapping[str, tuple[int, Typed]] | None = None,
    today: int = 250,
    **other: object,
) -> Participant:
    """A participant with rituximab at its visits by number, and further visits by (day, answers)."""
    visits: dict[str, tuple[str, Typed]] = {
        RTX_VISITS[n - 1]: (on(7 * (n - 1)), typed) for n, typed in rituximab.items()
    }
    visits |= {event: (on(day), typed) for event, (day, typed) in (later or {}).items()}
    return participant(visits, today=on(today), **other)  # type: ignore[arg-type]


def treated(*args: object, options: Options | None = None, **other: object) -> Treatment:
    return treatment_of(told(*args, **other), options)  # type: ignore[arg-type]


def six(mg: str = "320", first: int = 35) -> dict[str, tuple[int, Typed]]:
    return {f"SE.BEL{n}": (first + 28 * (n - 1), bel(mg)) for n in range(1, 7)}


DEPLETED: dict[str, Answer] = {"b_pct": "0.12", "b_count": "2"}
SPARED = {1: rtx(b_pct="11", b_count="200"), 2: rtx(**DEPLETED)}
"""Two doses; the sample before the second ends the course."""


# ---- doses


def test_that_a_whole_course_is_added_up_exactly() -> None:
    found = treated({1: rtx("440", b_pct="11"), 2: rtx("450", **DEPLETED)}, six("310"))
    assert (found.rituximab.given, found.rituximab.due, found.belimumab.given, found.belimumab.due) == (2, 2, 6, 6)
    assert (found.rituximab.mg, found.rituximab.planned_mg) == (890, 900)
    assert found.rituximab.intensity == Fraction(89, 90)
    assert found.rituximab.per_size == Fraction(440 + 450) / Fraction("1.2")
    assert found.belimumab.intensity == Fraction(31, 32)
    assert found.belimumab.per_size == 6 * Fraction(310, 32)
    assert (found.between, found.belimumab_weeks) == (28, (5, 9, 13, 17, 21, 25))
    assert [d.told for d in found.rituximab.doses] == [Told.GIVEN, Told.GIVEN, Told.NOT_NEEDED, Told.NOT_NEEDED]
    assert "**2 of 2** doses due" in found.rituximab.why.en
    assert "**98.9\u00a0%**" in found.rituximab.why.en
    assert "剂量强度**98.9%**" in found.rituximab.why.zh
    assert "Doses 3 and 4 were not due: B cells 0.12\u00a0% before dose 2" in found.rituximab.why.en


def test_that_a_missed_dose_counts_as_planned_like_the_nearest_one() -> None:
    later = six()
    del later["SE.BEL2"]
    found = treated(SPARED, later, missed={"SE.BEL2": "The family was away."}).belimumab
    assert (found.given, found.due, found.mg, found.planned_mg) == (5, 6, 1600, 1920)
    assert found.intensity == Fraction(5, 6)
    assert "Dose 2 was not given: The family was away." in found.why.en
    assert "第2次未给药" in found.why.zh


def test_that_a_visit_whose_window_is_over_counts_as_a_dose_left_out() -> None:
    found = treated(SPARED, {"SE.BEL1": (35, bel())}, today=70).belimumab
    assert [d.told for d in found.doses[:3]] == [Told.GIVEN, Told.MISSED, Told.TO_COME]
    assert (found.given, found.due, found.to_come, found.intensity) == (1, 2, 4, Fraction(1, 2))
    assert "its window is over" in found.why.en


def test_that_a_dose_left_out_is_told_with_its_reason_in_both_languages() -> None:
    later = six() | {"SE.BEL3": (91, {"bel_given": "false", "bel_not_given_reason": "INFECTION"})}
    found = treated(SPARED, later).belimumab
    assert found.doses[2].told is Told.NOT_GIVEN
    assert found.intensity == Fraction(5, 6)
    assert "Dose 3 was not given: Infection." in found.why.en
    assert "第3次未给药：感染。" in found.why.zh


def test_that_a_dose_of_rituximab_against_the_rule_counts_as_given_and_not_as_due() -> None:
    found = treated({**SPARED, 3: rtx()}).rituximab
    assert (found.given, found.due, found.intensity) == (3, 2, Fraction(3, 2))
    assert "Dose 3 was given although the B-cell rule was met" in found.why.en


def test_that_a_dose_the_rule_spares_at_its_own_visit_was_not_due() -> None:
    not_given: dict[str, Answer] = {"rtx_given": "false", "rtx_not_given_reason": "BCELL", **DEPLETED}
    found = treated({1: rtx(b_pct="11"), 2: rtx(b_pct="3", b_count="60"), 3: not_given}).rituximab
    assert [d.told for d in found.doses] == [Told.GIVEN, Told.GIVEN, Told.NOT_NEEDED, Told.NOT_NEEDED]
    assert found.intensity == 1


def test_that_doses_after_a_decision_to_stop_are_not_due_and_those_before_it_are() -> None:
    stop: dict[str, Typed] = {"F.ET": {"stop_decided_on": on(100), "stop_kind": "TREATMENT"}}
    found = treated(SPARED, {"SE.BEL1": (35, bel())}, log=stop).belimumab
    assert [d.told for d in found.doses] == [Told.GIVEN, *[Told.MISSED] * 2, *[Told.STOPPED] * 3]
    assert (found.due, found.after_stop, found.intensity) == (3, 3, Fraction(1, 3))
    assert "fell after the decision to stop" in found.why.en


def test_that_an_intensity_is_not_made_up_where_a_dose_is_not_known() -> None:
    without_mg = {k: v for k, v in rtx().items() if k != "rtx_dose"}
    found = treated({1: without_mg, 2: rtx(**DEPLETED)}).rituximab
    assert (found.intensity, found.per_size, found.mg, found.recorded_mg) == (None, None, None, 450)
    assert "not known: dose 1 was given without its mg" in found.why.en
    without_plan = {k: v for k, v in rtx().items() if k != "rtx_bsa"}
    found = treated({1: without_plan, 2: rtx(**DEPLETED)}).rituximab
    assert found.intensity is None
    assert "no planned dose is on record for dose 1" in found.why.en


def test_that_a_dose_outside_its_window_is_a_delay_and_one_within_it_is_not() -> None:
    visits = {"SE.W0": (on(0), rtx(b_pct="11")), "SE.RTX2": (on(8), rtx()), "SE.RTX3": (on(18), rtx())}
    found = treatment_of(participant(visits, today=on(20))).rituximab
    assert [(d.late, d.outside) for d in found.doses[:3]] == [(None, 0), (1, 0), (4, 3)]
    assert found.delayed == 1
    assert "Dose 3 was given 4\u00a0days after the day it was due" in found.why.en
    assert "第3次较计划日期晚4天" in found.why.zh


def test_that_what_nobody_has_said_yet_is_neither_given_nor_left_out() -> None:
    found = treated({1: rtx(b_pct="11"), 2: {"b_pct": "9"}}).rituximab
    assert found.doses[1].told is Told.UNKNOWN
    assert "Whether dose 2 was given is not on record." in found.why.en


def test_that_nobody_without_a_dose_has_a_course() -> None:
    found = treatment_of(participant({"SE.SCR": (on(-10), {"b_pct": "11"})}, today=on(-5)))
    assert (found.rituximab.given, found.rituximab.due, found.rituximab.intensity, found.between) == (0, 0, None, None)
    assert found.b_cells.repopulation is Repopulation.UNKNOWN
    assert len(found.b_cells.samples) == 1


def test_that_a_failed_screening_spares_every_dose_in_one_sentence() -> None:
    visits = {"SE.SCR": (on(-10), {"elig_confirmed": "false"})}
    found = treatment_of(participant(visits, today=on(60)))
    assert {d.told for d in (*found.rituximab.doses, *found.belimumab.doses)} == {Told.NOT_NEEDED}
    assert found.belimumab.why.en.startswith("No dose was due. Doses 1 to 6 were not due: The investigator")
    assert "第1至6次无需给药" in found.belimumab.why.zh


# ---- B cells


def week_28(**typed: Answer) -> dict[str, tuple[int, Typed]]:
    return {"SE.BEL1": (35, DEPLETED), "SE.W28": (196, typed)}


def test_that_either_limit_depletes_or_both_by_the_option() -> None:
    by_count_only: dict[str, Answer] = {"b_pct": "0.81", "b_count": "9"}
    either = treated(SPARED, week_28(**by_count_only)).b_cells
    both = treated(SPARED, week_28(**by_count_only), options=BOTH).b_cells
    assert either.samples[-1].depleted is True and either.repopulation is Repopulation.STILL_DEPLETED
    assert both.samples[-1].depleted is False and both.repopulation is Repopulation.REPOPULATED
    assert either.days == both.days == 189
    assert "**189\u00a0days** after the last rituximab" in both.why.en
    assert "距末次利妥昔单抗**189天**" in both.why.zh


@pytest.mark.parametrize(
    ("percent", "count", "either", "both"),
    [
        ("0.5", "20", False, False), ("0.49", "20", True, False), ("0.5", "19.9", True, False),
        ("0.49", "19.9", True, True), ("<0.1", "<5", True, True), ("<1", "25", None, False), ("<1", "9", True, None),
    ],
)  # fmt: skip
def test_that_limits_are_strict_and_a_censored_result_decides_where_it_can(
    percent: str, count: str, either: bool | None, both: bool | None
) -> None:
    later = {"SE.BEL1": (35, {"b_pct": percent, "b_count": count})}
    for options, expected in ((Options(), either), (BOTH, both)):
        assert treated(SPARED, later, options=options).b_cells.samples[-1].depleted is expected


def test_that_the_sample_of_the_last_dose_lies_before_it() -> None:
    found = treated({1: rtx(b_pct="11"), 2: rtx(b_pct="6", b_count="90")}, {"SE.BEL1": (35, DEPLETED)}).b_cells
    assert found.first_depleted is not None and found.first_depleted.day == 35
    assert found.after_last is not None and found.after_last.event == "SE.BEL1"
    undecided = treated({1: rtx(b_pct="11"), 2: rtx(**DEPLETED)}).b_cells
    assert (undecided.after_last, undecided.repopulation) == (None, Repopulation.UNKNOWN)
    assert undecided.first_depleted is not None


def test_that_four_doses_without_depletion_are_flagged() -> None:
    doses = {n: rtx(b_pct="6", b_count="90") for n in (1, 2, 3, 4)}
    found = treated(doses, {"SE.BEL1": (49, {"b_pct": "3", "b_count": "40"})}).b_cells
    assert found.not_depleted_after_four
    assert found.repopulation is Repopulation.NEVER_DEPLETED
    assert "(A18)" in found.why.en and "（A18）" in found.why.zh
    assert not treated(doses, {"SE.BEL1": (49, DEPLETED)}).b_cells.not_depleted_after_four


def test_that_the_count_is_worked_out_where_none_was_measured() -> None:
    later: dict[str, tuple[int, Typed]] = {"SE.BEL1": (35, {"b_pct": "0.9", "lymphocytes": "1.5"})}
    sample = treated(SPARED, later).b_cells.samples[-1]
    assert (sample.derived, sample.count.value, sample.depleted) == (True, Fraction("13.5"), True)


def test_that_the_day_of_a_sample_is_that_of_the_sample() -> None:
    typed: dict[str, Answer] = {"bcell_sample_time": f"{on(34)}T08:00:00+08:00", **DEPLETED}
    sample = treated(SPARED, {"SE.BEL1": (35, typed)}).b_cells.samples[-1]
    assert (sample.date, sample.day) == (on(34), 34)


# ---- properties


MG = st.integers(100, 900)


@given(st.lists(MG, min_size=1, max_size=6), st.data())
@settings(deadline=None, max_examples=25)
def test_that_a_dose_less_lowers_the_intensity_and_the_sum_is_the_sum(mgs: list[int], data: st.DataObject) -> None:
    later = {f"SE.BEL{n}": (35 + 28 * (n - 1), bel(str(mg))) for n, mg in enumerate(mgs, 1)}
    found = treated(SPARED, dict(later), today=35 + 28 * (len(mgs) - 1)).belimumab
    assert (found.mg, found.intensity) == (sum(mgs), Fraction(sum(mgs), 320 * len(mgs)))
    lost = data.draw(st.sampled_from(sorted(later)))
    later[lost] = (later[lost][0], {"bel_given": "false", "bel_not_given_reason": "DECLINED"})
    fewer = treated(SPARED, later, today=35 + 28 * (len(mgs) - 1)).belimumab
    assert fewer.given == found.given - 1
    assert fewer.intensity is None or (found.intensity is not None and fewer.intensity < found.intensity)
