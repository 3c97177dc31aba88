"""The schedule of the trial: 2, 3 and 4 doses, late and early, and everything that spares or opens a visit."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from crf_desktop.model.course import Course
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.schedule import VisitStatus
from tests.forms.conftest import Answer
from tests.forms.course import CONSENTED, course, planned, seen
from tests.forms.test_visit import got

Typed = Mapping[str, Answer]
DAY_0 = date(2026, 5, 6)
GIVEN, FULL, EMPTY = {"rtx_given": "true"}, {"b_pct": "1.8", "lymphocytes": "1.2"}, {"b_pct": "0.3", "lymphocytes": "1.0"}
VISITS = ("SE.W0", "SE.RTX2", "SE.RTX3", "SE.RTX4")
BELIMUMAB = tuple(f"SE.BEL{n}" for n in range(1, 7))


def on(days: int, zero: date = DAY_0) -> str:
    return (zero + timedelta(days=days)).isoformat()


def doses(trial: MetaDataVersion, *days: int, zero: date = DAY_0, samples: Mapping[int, Typed] | None = None) -> Course:
    """One rituximab per day given (from day 0), with a sample that is not depleted unless told otherwise."""
    told = samples or {}
    visits = {v: (on(d, zero), {**GIVEN, **told.get(n, FULL)}) for n, (v, d) in enumerate(zip(VISITS, days, strict=False), 1)}
    return course(trial, {"SE.SCR": (on(-7, zero), CONSENTED), **visits})


def sentences(told: Course, event: str, language: str = "en") -> list[str]:
    return [getattr(r, language) for r in planned(told, "2027-06-01")[event].reasons]


# TRT-04 to 06: 2, 3 and 4 doses
@pytest.mark.parametrize(
    ("n", "rituximab", "belimumab", "gap"),
    [
        (2, ["Week 0", "Week 1"], [5, 9, 13, 17, 21, 25], 3),
        (3, ["Week 0", "Week 1", "Week 2"], [6, 10, 14, 18, 22, 26], 2),
        (4, ["Week 0", "Week 1", "Week 2", "Week 3"], [7, 11, 15, 19, 23, 27], 1),
    ],
)
def test_that_belimumab_moves_with_the_number_of_rituximab_doses(
    trial: MetaDataVersion, n: int, rituximab: list[str], belimumab: list[int], gap: int
) -> None:
    told = doses(trial, *range(0, 7 * n, 7), samples={n: EMPTY})
    found = planned(told, on(30))
    assert [found[v].event.short_title.en.split(" · ")[0] for v in VISITS[:n]] == rituximab
    assert [found[v].status for v in VISITS[n:]] == [VisitStatus.NOT_NEEDED] * (4 - n)
    assert [found[v].target for v in BELIMUMAB] == [DAY_0 + timedelta(weeks=w) for w in belimumab]
    assert [found[v].event.title.en for v in BELIMUMAB] == [f"Week {w} · belimumab {k}" for k, w in enumerate(belimumab, 1)]
    assert [found[v].event.abbreviation.zh for v in BELIMUMAB] == [f"W{w}" for w in belimumab]
    last = found["SE.BEL6"].target
    assert last is not None and found["SE.W28"].target == last + timedelta(weeks=gap)
    assert found["SE.W28"].event.title.en == "Week 28" and found["SE.W28"].event.title.zh == "第28周"


@pytest.mark.parametrize("days", [(0, 6), (0, 8), (0, 12), (0, 7, 15), (0, 6, 13, 22)])
def test_that_belimumab_counts_from_the_actual_last_rituximab(trial: MetaDataVersion, days: tuple[int, ...]) -> None:
    found = planned(doses(trial, *days, samples={len(days): EMPTY}), on(30))
    assert [found[v].target for v in BELIMUMAB] == [DAY_0 + timedelta(days=days[-1] + 28 * k) for k in range(1, 7)]
    first = found["SE.BEL1"]
    assert (first.opens, first.closes) == (DAY_0 + timedelta(days=days[-1] + 25), DAY_0 + timedelta(days=days[-1] + 31))


def test_that_a_visit_without_its_dose_does_not_count(trial: MetaDataVersion) -> None:
    told = course(trial, {"SE.W0": (on(0), GIVEN), "SE.RTX2": (on(7), GIVEN), "SE.RTX3": (on(14), {"rtx_given": "false"})})
    assert planned(told, on(20))["SE.BEL1"].target == DAY_0 + timedelta(days=7 + 28)


def test_that_a_leap_day_is_a_day(trial: MetaDataVersion) -> None:
    zero = date(2028, 2, 1)
    found = planned(doses(trial, 0, 7, 14, zero=zero, samples={3: EMPTY}), "2028-03-01")
    assert found["SE.BEL1"].target == date(2028, 3, 14) and found["SE.RTX4"].target == date(2028, 2, 22)
    assert planned(doses(trial, 0, zero=date(2028, 2, 22)), "2028-02-22")["SE.RTX2"].target == date(2028, 2, 29)
    assert found["SE.W28"].target == date(2028, 8, 15)


def test_that_a_change_of_clocks_moves_no_date(trial: MetaDataVersion) -> None:
    found = planned(doses(trial, 0, 7, zero=date(2026, 3, 25), samples={2: EMPTY}), "2026-03-30")
    assert found["SE.RTX2"].date == "2026-04-01" and found["SE.BEL1"].target == date(2026, 4, 29)


def test_that_an_infusion_across_a_change_of_clocks_keeps_its_length(trial: MetaDataVersion) -> None:
    told = course(
        trial,
        {"SE.W0": ("2026-03-29", {"rtx_given": "true", "rtx_start": "2026-03-29T01:30:00+01:00", "rtx_stop": "2026-03-29T05:30:00+02:00"})},
    )
    assert got(seen(told, "SE.W0"), "rtx_duration").value == 180


def test_that_week_0_follows_screening_within_28_days(trial: MetaDataVersion) -> None:
    week_0 = planned(course(trial, {"SE.SCR": (on(-20), {})}), on(-10))["SE.W0"]
    assert (week_0.opens, week_0.closes, week_0.status) == (DAY_0 + timedelta(-19), DAY_0 + timedelta(8), VisitStatus.DUE)
    assert planned(course(trial, {"SE.SCR": (on(-29), {})}), on(0))["SE.W0"].status is VisitStatus.OVERDUE
    assert planned(course(trial, {}), on(0))["SE.W0"].status is VisitStatus.WAITING


# ---- the B-cell rule


@pytest.mark.parametrize(
    ("sample", "stops", "sentence"),
    [
        ({"b_pct": "0.3", "lymphocytes": "4.0"}, True, "B cells 0.3\u00a0% before dose 2: below 0.5\u00a0%; rituximab is complete"),
        ({"b_pct": "0.9", "lymphocytes": "2.0"}, True, "B cells 18\u00a0×10⁶/L before dose 2: below 20\u00a0×10⁶/L; rituximab is complete"),
        ({"b_pct": "0.9", "lymphocytes": "2.5", "b_count": "19"}, True, "B cells 19\u00a0×10⁶/L before dose 2: below 20\u00a0×10⁶/L; rituximab is complete"),
        ({"b_pct": "<0.1", "lymphocytes": "1.0"}, True, "B cells before dose 2 were reported with < and lie below the limit; rituximab is complete"),
        ({"b_pct": "1.0", "lymphocytes": "4.0", "b_count": "<1"}, True, "B cells before dose 2 were reported with < and lie below the limit; rituximab is complete"),
        ({"b_pct": "0.5", "lymphocytes": "4.0"}, False, "B cells 0.5\u00a0% and 20\u00a0×10⁶/L before dose 2: neither rule is met"),
        ({"b_pct": "1.8", "lymphocytes": "1.2"}, False, "B cells 1.8\u00a0% and 21.6\u00a0×10⁶/L before dose 2: neither rule is met"),
        ({"b_pct": "0.9", "lymphocytes": "2.0", "b_count": "20"}, False, "B cells 0.9\u00a0% and 20\u00a0×10⁶/L before dose 2: neither rule is met"),
        ({}, False, "B cells before dose 2 are not known yet"),
        ({"b_pct": "0.9"}, False, "B cells before dose 2 are not known yet"),
    ],
)
def test_that_the_sample_before_dose_2_decides_strictly_on_dose_3(
    trial: MetaDataVersion, sample: Typed, stops: bool, sentence: str
) -> None:
    told = doses(trial, 0, 7, samples={2: sample})
    assert (planned(told, on(13))["SE.RTX3"].status is VisitStatus.NOT_NEEDED) is stops
    assert sentences(told, "SE.RTX3") == [sentence]
    assert all("第2次给药前" in s for s in sentences(told, "SE.RTX3", "zh"))
    if stops:
        assert sentences(told, "SE.RTX4") == [sentence]


def test_that_the_sample_before_dose_3_decides_on_dose_4(trial: MetaDataVersion) -> None:
    told = doses(trial, 0, 7, 14, samples={3: EMPTY})
    assert sentences(told, "SE.RTX4") == ["B cells 0.3\u00a0% before dose 3: below 0.5\u00a0%; rituximab is complete"]
    told = doses(trial, 0, 7, 14)
    assert sentences(told, "SE.RTX4") == ["B cells 1.8\u00a0% and 21.6\u00a0×10⁶/L before dose 3: neither rule is met"]


def test_that_two_doses_are_given_whatever_the_b_cells(trial: MetaDataVersion) -> None:
    visits = {"SE.W0": (on(0), {**GIVEN, **EMPTY}), "SE.RTX2": (on(7), {"rtx_given": "false", **EMPTY})}
    told = course(trial, {"SE.SCR": (on(-7), CONSENTED), **visits})
    third = planned(told, on(13))["SE.RTX3"]
    assert third.status is VisitStatus.DUE
    assert [r.en for r in third.reasons] == ["1 of at least 2 doses given before: this one is given whatever the B cells"]
    first = got(seen(told, "SE.W0"), "rtx_rule")
    assert first.value == "GIVE" and [r.en[:6] for r in first.reasons] == ["0 of a"]
    assert got(seen(told, "SE.RTX2"), "rtx_rule").value == "GIVE"


def test_that_depletion_at_the_visit_itself_spares_its_dose(trial: MetaDataVersion) -> None:
    told = course(trial, {"SE.W0": (on(0), {**GIVEN, **FULL}), "SE.RTX2": (on(7), {**GIVEN, **FULL}), "SE.RTX3": (on(14), EMPTY)})
    third = seen(told, "SE.RTX3")
    verdict = got(third, "rtx_rule")
    said = "B cells 0.3\u00a0% before dose 3: below 0.5\u00a0%; rituximab is complete"
    assert verdict.value == "STOP" and [r.en for r in verdict.reasons] == [said]
    assert [r.en for r in third.holding(trial.form["F.RTX"].not_needed)] == [said]
    assert [r.en for r in third.holding(trial.form["F.IRR"].not_needed)] == ["No infusion at this visit"]
    assert sentences(told, "SE.RTX4") == [said]
    assert planned(told, on(20))["SE.BEL1"].target == DAY_0 + timedelta(days=35)
    assert seen(told, "SE.RTX2").holding(trial.form["F.RTX"].not_needed) == ()


def test_that_the_sample_before_decides_until_the_one_of_the_visit_is_known(trial: MetaDataVersion) -> None:
    told = doses(trial, 0, 7, 14, samples={3: {}})
    verdict = got(seen(told, "SE.RTX3"), "rtx_rule")
    assert verdict.value == "GIVE" and [r.en for r in verdict.reasons] == [
        "B cells 1.8\u00a0% and 21.6\u00a0×10⁶/L before dose 2: neither rule is met",
        "B cells before dose 3 are not known yet",
    ]
    assert got(seen(doses(trial, 0, 7, 14, samples={2: {}, 3: {}}), "SE.RTX3"), "rtx_rule").value is None
    fourth = got(seen(doses(trial, 0, 7, 14, 21), "SE.RTX4"), "rtx_rule")
    assert fourth.value == "GIVE" and len(fourth.reasons) == 1


def test_that_there_are_four_doses_at_most_and_not_depleted_is_flagged(trial: MetaDataVersion) -> None:
    told = course(
        trial,
        {**{v: (on(7 * n), {**GIVEN, **FULL}) for n, v in enumerate(VISITS)}, "SE.BEL1": (on(49), FULL)},
    )
    found = got(seen(told, "SE.BEL1"), "depleted_after_last")
    assert found.value is False and [r.en for r in found.reasons] == ["Not depleted after the last rituximab; belimumab follows all the same"]
    assert planned(told, on(50))["SE.BEL2"].target == DAY_0 + timedelta(days=77)
    assert "SE.RTX5" not in trial.event


# ---- the end of the course


@pytest.mark.parametrize(("last", "spared"), [(27, False), (28, True), (35, True)])
def test_that_no_belimumab_falls_on_day_196_or_later(trial: MetaDataVersion, last: int, spared: bool) -> None:
    found = planned(doses(trial, 0, 7, 14, last), on(60))
    assert (found["SE.BEL6"].status is VisitStatus.NOT_NEEDED) is spared
    assert found["SE.BEL5"].status is VisitStatus.PLANNED
    if spared:
        assert found["SE.BEL6"].reasons[0].en.startswith("Would be due on")
        assert "day 196 or later" in found["SE.BEL6"].reasons[0].en


def test_that_week_28_waits_for_the_day_after_the_last_belimumab(trial: MetaDataVersion) -> None:
    visits = {v: (on(7 * n), GIVEN) for n, v in enumerate(VISITS)}
    found = planned(course(trial, visits), on(150))["SE.W28"]
    assert (found.opens, found.closes) == (DAY_0 + timedelta(190), DAY_0 + timedelta(203)), "belimumab 6 is due on day 189"
    three = planned(course(trial, dict(list(visits.items())[:3])), on(150))["SE.W28"]
    assert three.opens == DAY_0 + timedelta(189)
    given = {**visits, "SE.BEL6": (on(191), {"bel_given": "true"})}
    found = planned(course(trial, given), on(191))["SE.W28"]
    assert found.opens == DAY_0 + timedelta(192) and found.days_outside(on(191)) == -1 and found.days_outside(on(192)) == 0
    not_given = {**visits, "SE.BEL6": (on(191), {"bel_given": "false"})}
    assert planned(course(trial, not_given), on(191))["SE.W28"].opens == DAY_0 + timedelta(189)


def test_that_an_early_end_spares_what_is_left_and_opens_its_own_visit(trial: MetaDataVersion) -> None:
    visits = {"SE.SCR": (on(-7), {}), "SE.W0": (on(0), GIVEN)}
    before = planned(course(trial, visits), on(5))
    assert before["SE.ET"].status is VisitStatus.NOT_NEEDED and [r.en for r in before["SE.ET"].reasons] == ["No decision to stop early"]
    stopped = {"F.ET": {"stop_decided_on": on(4), "stop_kind": "TREATMENT", "stop_final_visit": "true"}}
    found = planned(course(trial, visits, stopped), on(5))
    assert {a for a, p in found.items() if p.status is VisitStatus.NOT_NEEDED} == {*VISITS[1:], *BELIMUMAB, "SE.W28"}
    assert [r.en for r in found["SE.W28"].reasons] == ["Stopped early, decided on 10\u00a0May\u00a02026"]
    last = found["SE.ET"]
    assert (last.status, last.opens, last.closes) == (VisitStatus.DUE, DAY_0 + timedelta(4), DAY_0 + timedelta(18))


def test_that_a_withdrawal_without_a_last_visit_leaves_nothing_due(trial: MetaDataVersion) -> None:
    withdrawn = {"F.ET": {"stop_decided_on": on(4), "stop_kind": "CONSENT", "stop_final_visit": "false"}}
    found = planned(course(trial, {"SE.SCR": (on(-7), {}), "SE.W0": (on(0), GIVEN)}, withdrawn), on(5))
    assert all(p.status in (VisitStatus.NOT_NEEDED, VisitStatus.BEGUN) for p in found.values())
    assert [r.en for r in found["SE.ET"].reasons] == ["Stopped early; a final visit is not possible"]


def test_that_a_failed_screening_spares_the_rest_unless_a_dose_was_given(trial: MetaDataVersion) -> None:
    failed = {"SE.SCR": (on(-7), {**CONSENTED, "elig_confirmed": "false"})}
    found = planned(course(trial, failed), on(0))
    assert {p.status for a, p in found.items() if a != "SE.SCR"} == {VisitStatus.NOT_NEEDED}
    assert found["SE.W0"].reasons[0].en.startswith("The investigator did not confirm eligibility")
    assert planned(course(trial, {"SE.SCR": (on(-7), CONSENTED)}), on(0))["SE.W0"].status is VisitStatus.DUE
    dosed = planned(course(trial, {**failed, "SE.W0": (on(0), GIVEN)}), on(6))
    assert dosed["SE.RTX2"].status is VisitStatus.DUE and dosed["SE.W28"].status is VisitStatus.PLANNED


# ---- gates


def test_that_nothing_but_consent_is_open_before_consent(trial: MetaDataVersion) -> None:
    told = course(trial, {"SE.SCR": (on(-7), {}), "SE.W0": (on(0), {})}, {"F.AE#1": {"ae_term": "Fever"}})
    for event in trial.events:
        for form in event.forms:
            why = told.anywhere().holding(trial.form[form].closed)
            assert bool(why) is (form != "F.CONSENT"), form
    assert {p.address for p in planned(told, on(0)).values() if not p.reasons} == {"SE.SCR"}
    assert trial.event["SE.LOG"].closed == ()


READY = {**CONSENTED, "elig_confirmed": "true"}


def closed(trial: MetaDataVersion, visits: Mapping[str, tuple[str, Typed]], event: str, form: str) -> list[str]:
    return [r.en for r in seen(course(trial, visits), event).holding(trial.form[form].closed)]


def test_that_no_first_dose_is_open_before_eligibility_is_confirmed_twice(trial: MetaDataVersion) -> None:
    visits = {"SE.SCR": (on(-7), CONSENTED), "SE.W0": (on(0), {})}
    assert closed(trial, visits, "SE.W0", "F.RTX") == [
        "Eligibility is not confirmed yet. No dose before it.",
        "Eligibility is not confirmed again at week 0 yet. No dose before it.",
    ]
    assert closed(trial, visits, "SE.W0", "F.RECONFIRM") == []


def test_that_a_dose_on_record_keeps_its_pages_open_whatever_is_corrected(trial: MetaDataVersion) -> None:
    visits = {"SE.SCR": (on(-7), {**CONSENTED, "child_assent": "false"}), "SE.W0": (on(0), GIVEN), "SE.RTX2": (on(7), {}), "SE.BEL1": (on(35), {})}
    for event, form in (("SE.W0", "F.RTX"), ("SE.RTX2", "F.RTX"), ("SE.BEL1", "F.BEL"), ("SE.LOG", "F.AE"), ("SE.LOG", "F.RECONSENT")):
        assert closed(trial, visits, event, form) == []
    assert closed(trial, {"SE.SCR": visits["SE.SCR"]}, "SE.LOG", "F.AE") == ["There is no valid consent yet. Nothing is recorded before it."]


def test_that_who_is_not_eligible_on_day_0_gets_no_dose_and_no_further_visit(trial: MetaDataVersion) -> None:
    told = course(trial, {"SE.SCR": (on(-7), READY), "SE.W0": (on(0), {"still_eligible": "false"})})
    day_0 = seen(told, "SE.W0")
    assert [r.en for r in day_0.holding(trial.form["F.RTX"].not_needed)] == ["Not eligible any more on day 0: no dose"]
    assert [r.en for r in day_0.holding(trial.form["F.IRR"].not_needed)] == ["No infusion at this visit"]
    found = planned(told, on(30))
    assert {a for a, p in found.items() if p.status is VisitStatus.NOT_NEEDED} == {*VISITS[1:], *BELIMUMAB, "SE.W28", "SE.ET"}
    assert [r.en for r in found["SE.W28"].reasons] == ["Not eligible any more on day 0: no dose was given"]


# ---- the table of visits and forms


def test_that_every_form_of_a_visit_stands_in_one_row_of_the_matrix(trial: MetaDataVersion) -> None:
    rows = [form for row in trial.matrix_rows for form in row.forms]
    assert len(rows) == len(set(rows)) and len(trial.matrix_rows) == 16
    assert set(rows) == {f for e in trial.events if e.type != "Common" for f in e.forms}


EVERY = {"REVIEW", "VITALS", "EXAM"}
SCORES, GLANDS = {"ESSPRI", "PGA", "ESSDAI"}, {"SCHIRMER", "SALIVA", "HOCEVAR"}


@pytest.mark.parametrize(
    ("event", "forms", "optional"),
    [
        ("SE.SCR", EVERY | SCORES | GLANDS | {"CONSENT", "DEMO", "HX", "PRIOR", "LAB1", "LAB2", "BCELL", "INFECTION", "PREG", "ORGAN", "LUNG", "ELIG"}, SCORES | GLANDS | {"LUNG"}),
        ("SE.W0", EVERY | SCORES | GLANDS | {"LAB1", "LAB2", "BCELL", "PREG", "RECONFIRM", "RTX", "IRR"}, set()),
        *((f"SE.RTX{n}", EVERY | {"LAB1", "BCELL", "RTX", "IRR"}, set()) for n in (2, 3, 4)),
        ("SE.BEL1", EVERY | {"LAB1", "BCELL", "PREG", "BEL", "IRR"}, set()),
        ("SE.BEL3", EVERY | SCORES | {"LAB1", "LAB2", "BCELL", "PREG", "BEL", "IRR"}, set()),
        *((f"SE.BEL{n}", EVERY | {"LAB1", "PREG", "BEL", "IRR"}, set()) for n in (2, 4, 5, 6)),
        ("SE.W28", EVERY | SCORES | GLANDS | {"LAB1", "LAB2", "BCELL", "PREG", "ORGAN", "LUNG", "EOS"}, {"LUNG"}),
        ("SE.ET", EVERY | SCORES | GLANDS | {"LAB1", "LAB2", "BCELL", "PREG", "ORGAN", "LUNG", "EOS"}, {"LUNG"}),
        ("SE.UNS", EVERY | SCORES | {"UNS", "LAB1", "LAB2", "BCELL"}, SCORES | {"LAB1", "LAB2", "BCELL"}),
        ("SE.LOG", {"AE", "CM", "DEV", "RECONSENT", "ET"}, set()),
    ],
)
def test_that_a_visit_asks_the_forms_of_the_protocol(
    trial: MetaDataVersion, event: str, forms: set[str], optional: set[str]
) -> None:
    assert {f.removeprefix("F.") for f in trial.event[event].forms} == forms
    assert {f.removeprefix("F.") for f in trial.event[event].optional} == optional


def test_that_essdai_comes_after_pga_after_esspri_at_every_visit(trial: MetaDataVersion) -> None:
    for event in trial.events:
        order = [f for f in event.forms if f in ("F.ESSPRI", "F.PGA", "F.ESSDAI")]
        assert order in ([], ["F.ESSPRI", "F.PGA", "F.ESSDAI"])
    assert trial.form["F.PGA"].after == ("F.ESSPRI",) and trial.form["F.ESSDAI"].after == ("F.ESSPRI", "F.PGA")
