"""Rituximab, belimumab and infusion reactions: dose worked out and given, times, the rule, the grade."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from tests.forms.conftest import Answer
from tests.forms.course import course, seen
from tests.forms.firing import Typed, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
BODY = {"height": "140", "weight": "32"}
RTX = {**BODY, "rtx_given": "true", "rtx_measured_today": "true", "rtx_mg_m2": "375"}
BEL = {**BODY, "bel_given": "true", "bel_measured_today": "true", "bel_mg_kg": "10"}
ELSEWHERE = {**BODY, "rtx_given": "true", "rtx_measured_today": "false"}
ELSEWHERE_BEL = {**BODY, "bel_given": "true", "bel_measured_today": "false"}
IRR = {"irr_any": "true"}
START, STOP = "2026-05-06T10:00:00+08:00", "2026-05-06T14:00:00+08:00"
RUN = {"rtx_given": "true", "rtx_start": START, "rtx_stop": STOP}
BEL_RUN = {"bel_given": "true", "bel_start": START}
GIVEN_1 = {"rtx_given": "true"}
FULL, EMPTY = {"b_pct": "1.8", "lymphocytes": "1.2"}, {"b_pct": "0.3", "lymphocytes": "1.0"}

RTX_CHECKS: list[tuple[str, Typed, Typed, Typed]] = [
    ("EC.RTX.001", RTX | {"rtx_dose": "376.4"}, RTX | {"rtx_dose": "376.5"}, {**RTX, "weight": ND, "rtx_dose": "300"}),
    ("EC.RTX.001", RTX | {"rtx_dose": "460.2"}, RTX | {"rtx_dose": "460.1"}, {"rtx_given": "true", "rtx_dose": "300"}),
    ("EC.RTX.002", ELSEWHERE | {"rtx_weight": "28.79"}, ELSEWHERE | {"rtx_weight": "28.8"}, {**ELSEWHERE, "weight": ND, "rtx_weight": "20"}),
    ("EC.RTX.003", ELSEWHERE | {"rtx_bsa": "1"}, ELSEWHERE | {"rtx_bsa": "1.01"}, {**ELSEWHERE, "height": ND, "rtx_bsa": "1"}),
    ("EC.RTX.006", RUN | {"bcell_sample_time": "2026-05-06T10:01:00+08:00"}, RUN | {"bcell_sample_time": START}, RUN),
    ("EC.RTX.007", {**RUN, "rtx_stop": START}, RUN, {"rtx_given": "true", "rtx_stop": STOP}),
    ("EC.RTX.008", {**RUN, "rtx_start": "2026-05-07T10:00:00+08:00"}, RUN, {"rtx_given": "true"}),
    ("EC.RTX.009", {**RUN, "rtx_stop": "2026-05-06T22:01:00+08:00"}, {**RUN, "rtx_stop": "2026-05-06T22:00:00+08:00"}, {"rtx_given": "true"}),
    ("EC.RTX.010", RUN | {"rtx_paused": "true", "rtx_pause_minutes": "240"}, RUN | {"rtx_paused": "true", "rtx_pause_minutes": "30"},
     {"rtx_given": "true", "rtx_paused": "true", "rtx_pause_minutes": "240"}),
    *((f"EC.RTX.{n:03}", RUN | {f"rtx_{drug}": "true", f"rtx_{drug}_time": "2026-05-06T10:01:00+08:00"},
       RUN | {f"rtx_{drug}": "true", f"rtx_{drug}_time": "2026-05-06T09:30:00+08:00"}, {"rtx_given": "true", f"rtx_{drug}": "true"})
      for n, drug in ((11, "antipyretic"), (12, "antihistamine"), (13, "steroid"))),
]  # fmt: skip
BEL_CHECKS: list[tuple[str, Typed, Typed, Typed]] = [
    ("EC.BEL.001", BEL | {"bel_dose": "287.9"}, BEL | {"bel_dose": "288"}, {**BEL, "weight": ND, "bel_dose": "200"}),
    ("EC.BEL.001", BEL | {"bel_dose": "352.1"}, BEL | {"bel_dose": "352"}, {"bel_given": "true", "bel_dose": "200"}),
    ("EC.BEL.002", ELSEWHERE_BEL | {"bel_weight": "35.21"}, ELSEWHERE_BEL | {"bel_weight": "35.2"}, {**ELSEWHERE_BEL, "weight": ND, "bel_weight": "20"}),
    ("EC.BEL.003", BEL_RUN | {"bel_stop": "2026-05-06T10:59:00+08:00"}, BEL_RUN | {"bel_stop": "2026-05-06T11:00:00+08:00"}, BEL_RUN),
    ("EC.BEL.006", BEL_RUN | {"bel_stop": START}, BEL_RUN | {"bel_stop": "2026-05-06T11:00:00+08:00"}, BEL_RUN),
    ("EC.BEL.007", {**BEL_RUN, "bel_start": "2026-05-05T10:00:00+08:00"}, BEL_RUN, {"bel_given": "true"}),
    ("EC.BEL.008", BEL_RUN | {"bel_stop": "2026-05-06T22:01:00+08:00"}, BEL_RUN | {"bel_stop": "2026-05-06T22:00:00+08:00"}, BEL_RUN),
    ("EC.BEL.009", BEL_RUN | {"bel_stop": STOP, "bel_paused": "true", "bel_pause_minutes": "241"},
     BEL_RUN | {"bel_stop": STOP, "bel_paused": "true", "bel_pause_minutes": "239"}, BEL_RUN | {"bel_paused": "true", "bel_pause_minutes": "99"}),
    *((f"EC.BEL.{n:03}", BEL_RUN | {f"bel_{drug}": "true", f"bel_{drug}_time": "2026-05-06T10:01:00+08:00"},
       BEL_RUN | {f"bel_{drug}": "true", f"bel_{drug}_time": "2026-05-06T09:30:00+08:00"}, {"bel_given": "true", f"bel_{drug}": "true"})
      for n, drug in ((10, "antipyretic"), (11, "antihistamine"), (12, "steroid"))),
]  # fmt: skip
IRR_CHECKS: list[tuple[str, Typed, Typed, Typed]] = [
    ("EC.IRR.001", IRR | {"irr_onset": START, "irr_end": "2026-05-06T09:59:00+08:00"}, IRR | {"irr_onset": START, "irr_end": START}, IRR | {"irr_onset": START}),
    ("EC.IRR.002", RUN | IRR | {"irr_onset": "2026-05-06T09:59:00+08:00"}, RUN | IRR | {"irr_onset": START}, IRR | {"irr_onset": START}),
    ("EC.IRR.002", BEL_RUN | IRR | {"irr_onset": "2026-05-06T09:59:00+08:00"}, BEL_RUN | IRR | {"irr_onset": START}, BEL_RUN | IRR),
    ("EC.IRR.003", RUN | IRR | {"irr_onset": "2026-05-07T14:01:00+08:00"}, RUN | IRR | {"irr_onset": "2026-05-07T14:00:00+08:00"}, IRR | {"irr_onset": START}),
    ("EC.IRR.004", IRR | {"irr_grade": "1", "irr_action": "PAUSED"}, IRR | {"irr_grade": "2", "irr_action": "PAUSED"}, IRR | {"irr_grade": "1"}),
    ("EC.IRR.004", IRR | {"irr_grade": "1", "irr_treated": "true"}, IRR | {"irr_grade": "1", "irr_treated": "false", "irr_action": "NONE"}, IRR | {"irr_treated": "true"}),
    ("EC.IRR.005", IRR | {"irr_grade": "2", "irr_hospital": "true"}, IRR | {"irr_grade": "3", "irr_hospital": "true"}, IRR | {"irr_hospital": "true"}),
    ("EC.IRR.009", IRR | {"irr_grade": "5", "irr_outcome": "RECOVERED"}, IRR | {"irr_grade": "5", "irr_outcome": "FATAL"}, IRR | {"irr_grade": "5"}),
    ("EC.IRR.006", IRR | {"irr_grade": "4", "irr_outcome": "FATAL"}, IRR | {"irr_grade": "4", "irr_outcome": "RECOVERED"}, IRR | {"irr_outcome": "FATAL"}),
    ("EC.IRR.007", IRR | {"irr_grade": "2", "irr_anaphylaxis": "true"}, IRR | {"irr_grade": "3", "irr_anaphylaxis": "true"}, IRR | {"irr_anaphylaxis": "true"}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(
    ("check", "fires", "holds", "unknown"), [*RTX_CHECKS, *BEL_CHECKS, *IRR_CHECKS], ids=named([*RTX_CHECKS, *BEL_CHECKS, *IRR_CHECKS])
)
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    for typed, wanted in ((fires, True), (holds, False), (unknown, False)):
        event = "SE.BEL1" if any(name.startswith("bel_") for name in typed) else "SE.W0"
        assert fired(seen(course(trial, {event: ("2026-05-06", typed)}), event), check) is wanted


COURSE_CHECKS: list[tuple[str, dict[str, tuple[str, dict[str, Answer]]], str, bool]] = [
    ("EC.RTX.004", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.RTX2": ("2026-05-13", {**GIVEN_1, **EMPTY}), "SE.RTX3": ("2026-05-20", {**GIVEN_1})}, "SE.RTX3", True),
    ("EC.RTX.004", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.RTX2": ("2026-05-13", {**GIVEN_1, **FULL}), "SE.RTX3": ("2026-05-20", {**GIVEN_1})}, "SE.RTX3", False),
    ("EC.RTX.004", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.RTX2": ("2026-05-13", GIVEN_1), "SE.RTX3": ("2026-05-20", {**GIVEN_1})}, "SE.RTX3", False),
    ("EC.RTX.005", {"SE.RTX3": ("2026-05-20", {"rtx_given": "false", "rtx_not_given_reason": "BCELL"})}, "SE.RTX3", True),
    ("EC.RTX.005", {"SE.RTX3": ("2026-05-20", {"rtx_given": "false", "rtx_not_given_reason": "INFECTION"})}, "SE.RTX3", False),
    ("EC.BEL.004", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.BEL1": ("2026-05-30", {"bel_given": "true"})}, "SE.BEL1", True),
    ("EC.BEL.004", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.BEL1": ("2026-05-31", {"bel_given": "true"})}, "SE.BEL1", False),
    ("EC.BEL.004", {"SE.BEL1": ("2026-05-31", {"bel_given": "true"})}, "SE.BEL1", False),
    ("EC.BEL.005", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.BEL6": ("2026-11-18", {"bel_given": "true"})}, "SE.BEL6", True),
    ("EC.BEL.005", {"SE.W0": ("2026-05-06", GIVEN_1), "SE.BEL6": ("2026-11-17", {"bel_given": "true"})}, "SE.BEL6", False),
    ("EC.BEL.005", {"SE.BEL6": ("2026-11-18", {"bel_given": "true"})}, "SE.BEL6", False),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "visits", "event", "wanted"), COURSE_CHECKS, ids=named(COURSE_CHECKS))
def test_that_a_check_against_other_visits_fires_and_holds(
    trial: MetaDataVersion, check: str, visits: dict[str, tuple[str, dict[str, Answer]]], event: str, wanted: bool
) -> None:
    assert fired(seen(course(trial, visits), event), check) is wanted


# TRT-07: 140 cm, 32 kg
def test_that_doses_are_worked_out_from_body_surface_and_weight(trial: MetaDataVersion) -> None:
    sheet = seen(course(trial, {"SE.W0": ("2026-05-06", RTX | {"rtx_dose": "420"})}), "SE.W0")
    assert [got(sheet, n).text for n in ("bsa_mosteller", "bsa_haycock", "rtx_planned_dose")] == ["1.116", "1.110", "418.3"]
    assert got(sheet, "rtx_dose_per_m2").text == "376.5" and got(sheet, "rtx_dose_difference").text == "0.4"
    high = seen(course(trial, {"SE.W0": ("2026-05-06", {**RTX, "rtx_mg_m2": "750"})}), "SE.W0")
    assert got(high, "rtx_planned_dose").text == "836.7"
    drip = seen(course(trial, {"SE.BEL1": ("2026-06-10", BEL | {"bel_dose": "300"})}), "SE.BEL1")
    assert got(drip, "bel_planned_dose").text == "320.0"
    assert got(drip, "bel_dose_per_kg").text == "9.38" and got(drip, "bel_dose_difference").text == "-6.3"


def test_that_another_measure_is_used_only_when_it_is_said(trial: MetaDataVersion) -> None:
    typed = {**RTX, "rtx_measured_today": "false", "rtx_weight": "31", "rtx_bsa": "1.1"}
    assert got(seen(course(trial, {"SE.W0": ("2026-05-06", typed)}), "SE.W0"), "rtx_planned_dose").text == "412.5"
    typed = {**RTX, "rtx_measured_today": "true", "rtx_weight": "31", "rtx_bsa": "1.1"}
    assert got(seen(course(trial, {"SE.W0": ("2026-05-06", typed)}), "SE.W0"), "rtx_planned_dose").text == "418.3"
    open_ = {k: v for k, v in RTX.items() if k != "rtx_measured_today"}
    assert got(seen(course(trial, {"SE.W0": ("2026-05-06", open_)}), "SE.W0"), "rtx_planned_dose").text == ""


def test_that_a_dose_that_was_not_given_asks_nothing_but_why(trial: MetaDataVersion) -> None:
    sheet = seen(course(trial, {"SE.W0": ("2026-05-06", {"rtx_given": "false"})}), "SE.W0")
    group = trial.item_group["IG.RTX"].items
    assert {trial.item[i].name for i in group if sheet.relevant(trial.item[i])} == {"rtx_given", "rtx_not_given_reason"}
    assert got(sheet, "rtx_given_on").value is None
    assert [r.en for r in sheet.holding(trial.form["F.IRR"].not_needed)] == ["No infusion at this visit"]


def test_that_the_rows_of_an_infusion_are_tables_of_their_own(trial: MetaDataVersion) -> None:
    rows = {g.table: [trial.item[i].name for i in g.items] for g in trial.item_groups if g.repeating}
    assert rows["rituximab_rate"] == ["rtx_rate_time", "rtx_rate"] and rows["belimumab_rate"] == ["bel_rate_time", "bel_rate"]
    assert rows["rituximab_vital_signs"] == ["rtx_sign_time", "rtx_pulse", "rtx_sbp", "rtx_dbp", "rtx_temperature"]


def test_that_every_grade_carries_its_definition(trial: MetaDataVersion) -> None:
    for oid in ("CL.CTCAE", "CL.CTCAE_INFUSION"):
        assert [i.coded_value for i in trial.code_list[oid].items] == ["1", "2", "3", "4", "5"]
        assert all(i.definition for i in trial.code_list[oid].items)


def _third(trial: MetaDataVersion, second: str, **third: Answer) -> list[str]:
    """The reasons for or against dose 3 after two doses, by the percentage before dose 2."""
    given = {"rtx_given": "true"}
    told = course(
        trial,
        {
            "SE.W0": ("2026-05-06", given),
            "SE.RTX2": ("2026-05-13", given | {"b_pct": second}),
            "SE.RTX3": ("2026-05-20", third),
        },
    )
    return [r.en for r in got(seen(told, "SE.RTX3"), "rtx_rule").reasons]


def test_that_a_rule_already_met_waits_for_no_further_sample(trial: MetaDataVersion) -> None:
    assert _third(trial, "0.3") == ["B cells 0.3\u00a0% before dose 2: below 0.5\u00a0%; rituximab is complete"]
    assert "B cells before dose 3 are not known yet" in _third(trial, "4.2")
    assert "B cells before dose 3 are not known yet" not in _third(trial, "4.2", b_pct="2.1", b_count="60")


def test_that_the_planned_dose_stands_before_the_question_what_ran_in(trial: MetaDataVersion) -> None:
    for drug, form in (("rtx", "F.RTX"), ("bel", "F.BEL")):
        order = [oid for block in trial.form[form].layout.blocks for oid in getattr(block, "items", getattr(block, "methods", ()))]
        planned, dose = f"M.{drug.upper()}.PLANNED", f"I.{drug.upper()}.DOSE"
        start = f"I.{drug.upper()}.START"
        assert order.index(planned) < order.index(start) < order.index(dose)
