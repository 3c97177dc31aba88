"""Checks that look at other visits, at the log or at a whole page: each fires, holds, and keeps silent on the unknown."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from tests.forms.conftest import Answer
from tests.forms.course import course, seen
from tests.forms.firing import Typed, fired, named

ND = NullFlavor.NOT_DONE
DAYS = {
    "SE.SCR": "2026-04-20", "SE.W0": "2026-05-06", "SE.RTX2": "2026-05-13", "SE.RTX3": "2026-05-20", "SE.BEL1": "2026-06-17",
    "SE.BEL6": "2026-11-17", "SE.W28": "2026-11-18",
}  # fmt: skip
Told = tuple[dict[str, Typed], dict[str, Typed]]
"""Answers by visit, the last one the visit that is asked; answers by page of the log."""
GIVEN: Typed = {"rtx_given": "true"}
FULL: Typed = {"b_pct": "1.8", "lymphocytes": "1.2"}
EMPTY: Typed = {"b_pct": "0.3", "lymphocytes": "1.0"}


def told(log: dict[str, Typed] | None = None, **visits: Typed) -> Told:
    """``told(W0=GIVEN, BEL1={…})``."""
    return {f"SE.{name}": typed for name, typed in visits.items()}, log or {}


def here(event: str, **typed: Answer) -> Told:
    """One visit alone."""
    return {f"SE.{event}": dict(typed)}, {}


def hocevar(grade: Answer = "0", last: Answer = "0") -> Typed:
    """Twenty grades, the last of them another."""
    glands, parameters = ("parotid_r", "parotid_l", "submand_r", "submand_l"), ("echogenicity", "homogeneity", "hypoechogenic", "hyperechogenic", "borders")
    return {f"hocevar_{g}_{p}": grade for g in glands for p in parameters} | {"hocevar_submand_l_borders": last}


IVIG: Typed = {"cm_class": "IVIG", "cm_start": "2026-05-01"}
SAMPLE: Typed = {"lab_sample_time": "2026-05-06T08:00:00+08:00", "ivig_recent": "false"}
SECOND = {"W0": GIVEN, "RTX2": {**GIVEN, **FULL}}

CHECKS: list[tuple[str, Told, Told, Told]] = [
    ("EC.ESSPRI.003", told(W0={"esspri_respondent": "PARENT"}, W28={"esspri_respondent": "CHILD"}),
     told(W0={"esspri_respondent": "PARENT"}, W28={"esspri_respondent": "PARENT"}), told(W0={"esspri_respondent": ND}, W28={"esspri_respondent": "CHILD"})),
    ("EC.ESSPRI.003", told(W0={"esspri_respondent": "CHILD"}, W28={"esspri_respondent": "PARENT"}),
     told(SCR={"esspri_respondent": "PARENT"}, W0={"esspri_respondent": "CHILD"}), told(SCR={"esspri_respondent": "PARENT"}, W28={"esspri_respondent": "CHILD"})),
    ("EC.ESSPRI.002", told(SCR={"birth_date": "2017-01-01"}, W0={"esspri_respondent": "PARENT"}),
     told(SCR={"birth_date": "2018-06-01"}, W0={"esspri_respondent": "PARENT"}, W28={"esspri_respondent": "PARENT"}), told(W0={"esspri_respondent": "PARENT"})),
    ("EC.HOCEVAR.002", told(W0=hocevar(last=ND)), told(W0=hocevar()), told(W0={k: v for k, v in hocevar().items() if k != "hocevar_parotid_l_borders"})),
    ("EC.HOCEVAR.002", told(W0=hocevar(ND, ND)), told(W0=hocevar("1", "3")), told(W0={"hocevar_parotid_l_borders": ND})),
    ("EC.SCHIRMER.001", here("W0", schirmer_left="4", schirmer_left_start="2026-04-28T09:00:00+08:00"),
     here("W0", schirmer_left="4", schirmer_left_start="2026-04-29T09:00:00+08:00"), here("W0", schirmer_left="4", schirmer_left_start=ND)),
    ("EC.SCHIRMER.001", here("W0", schirmer_right="4", schirmer_right_start="2026-05-07T09:00:00+08:00"),
     here("W28", schirmer_right="4", schirmer_right_start="2026-11-10T09:00:00+08:00"), here("W0", schirmer_right_start="2026-05-07T09:00:00+08:00", schirmer_right=ND, schirmer_left=ND)),
    ("EC.SALIVA.005", here("W0", saliva_1_after="12", saliva_1_start="2026-04-28T09:00:00+08:00"),
     here("W0", saliva_2_after="12", saliva_2_start="2026-05-06T09:00:00+08:00"), here("W0", saliva_1_after="12")),
    ("EC.LAB.001", here("W0", lab_sample_time="2026-04-21T08:00:00+08:00"), here("W0", lab_sample_time="2026-04-22T08:00:00+08:00"), here("W0", lab_sample_time=ND)),
    ("EC.LAB.001", here("W28", lab_sample_time="2026-11-10T08:00:00+08:00"), here("W28", lab_sample_time="2026-11-11T08:00:00+08:00"), here("W28")),
    ("EC.LAB.005", here("W0", rf="<20"), here("W0", rf="20"), here("W0", rf=ND)),
    ("EC.LAB.005", here("W0", rf=">600"), here("W28", rf="<20"), here("W0")),
    ("EC.LAB.007", here("W0", lab_sample_time="2026-05-06T10:01:00+08:00", rtx_given="true", rtx_start="2026-05-06T10:00:00+08:00"),
     here("W0", lab_sample_time="2026-05-06T10:00:00+08:00", rtx_given="true", rtx_start="2026-05-06T10:00:00+08:00"), here("W0", lab_sample_time="2026-05-06T10:01:00+08:00", rtx_given="true", rtx_start=ND)),
    ("EC.LAB1.006", here("W0", lab1_sample_time="2026-05-06T03:01:00+00:00", rtx_given="true", rtx_start="2026-05-06T11:00:00+08:00"),
     here("W0", lab1_sample_time="2026-05-06T03:00:00+00:00", rtx_given="true", rtx_start="2026-05-06T11:00:00+08:00"), here("W0", lab1_sample_time="2026-05-06T12:00:00+08:00")),
    ("EC.LAB1.006", here("BEL1", lab1_sample_time="2026-06-17T12:00:00+08:00", bel_given="true", bel_start="2026-06-17T11:00:00+08:00"),
     here("BEL1", lab1_sample_time="2026-06-17T09:00:00+08:00", bel_given="true", bel_start="2026-06-17T11:00:00+08:00"), here("BEL1", lab1_sample_time="2026-06-17T12:00:00+08:00", bel_given="false")),
    ("EC.LAB1.007", told(W0={"esr_method": "WESTERGREN"}, RTX2={"esr_method": "OTHER"}), told(W0={"esr_method": "OTHER"}, RTX2={"esr_method": "OTHER"}), told(W0={"esr_method": ND}, RTX2={"esr_method": "OTHER"})),
    ("EC.LAB.008", told({"F.CM#1": IVIG}, W0=SAMPLE), told({"F.CM#1": IVIG}, W0=SAMPLE | {"ivig_recent": "true"}), told({"F.CM#1": IVIG | {"cm_start": "2026"}}, W0=SAMPLE)),
    ("EC.LAB.008", told({"F.CM#1": IVIG | {"cm_start": "2025-12-01", "cm_ongoing": "false", "cm_stop": "2026-01-06"}}, W0=SAMPLE),
     told({"F.CM#1": IVIG | {"cm_start": "2026-01-05"}}, W0=SAMPLE), told({"F.CM#1": {"cm_class": "OTHER", "cm_start": "2026-05-01"}}, W0=SAMPLE)),
    ("EC.LAB.008", told({"F.CM#1": IVIG | {"cm_start": "2026-05-06"}}, W0=SAMPLE), told({"F.CM#1": IVIG | {"cm_start": "2026-05-07"}}, W0=SAMPLE), told({"F.CM#1": IVIG}, W0={"ivig_recent": "false"})),
    ("EC.VITALS.002", told(W0={**GIVEN, "weight": "32", "rtx_measured_today": "true"}, RTX2={"weight": "33"}, RTX3={"weight": "35.21"}),
     told(W0={**GIVEN, "weight": "32", "rtx_measured_today": "true"}, RTX2={"weight": "33"}, RTX3={"weight": "35.2"}), told(W0={**GIVEN, "weight": ND}, RTX2={"weight": "35"})),
    ("EC.RTX.004", told(W0=GIVEN, RTX2={**GIVEN, **EMPTY}, RTX3=GIVEN), told(**SECOND, RTX3=GIVEN), told(W0=GIVEN, RTX2={**GIVEN, "b_pct": ND}, RTX3=GIVEN)),
    ("EC.RTX.004", told(**SECOND, RTX3={**GIVEN, **EMPTY}), told(**SECOND, RTX3={"rtx_given": "false", **EMPTY}), told(W0=GIVEN, RTX2={**GIVEN, "b_pct": "<2", "lymphocytes": "1"}, RTX3=GIVEN)),
    ("EC.RTX.005", told(**SECOND, RTX3={"rtx_given": "false", "rtx_not_given_reason": "BCELL"}), told(W0=GIVEN, RTX2={**GIVEN, **EMPTY}, RTX3={"rtx_given": "false", "rtx_not_given_reason": "BCELL"}),
     told(W0=GIVEN, RTX2=GIVEN, RTX3={"rtx_given": "false", "rtx_not_given_reason": "BCELL"})),
    ("EC.RTX.014", told(SCR={"preg_result": "NEG"}, W0={**GIVEN, "preg_result": "POS"}), told(W0={**GIVEN, "preg_result": "NEG"}, BEL1={"preg_result": "POS"}, RTX2=GIVEN), told(W0={**GIVEN, "preg_result": ND})),
    ("EC.RTX.014", told(W0={**GIVEN, "preg_result": "UNCLEAR"}, RTX2=GIVEN), told(W0={"preg_result": "POS"}, RTX2={"rtx_given": "false"}), told(W0={"preg_result": "POS"}, RTX2={})),
    ("EC.BEL.004", told(RTX3=GIVEN, BEL1={"bel_given": "true"}), told(RTX2=GIVEN, BEL1={"bel_given": "true"}), told(BEL1={"bel_given": "true"})),
    ("EC.BEL.005", told(W0=GIVEN, W28={}, BEL6={"bel_given": "true"}), told(W0=GIVEN, BEL1={"bel_given": "true"}), told(BEL6={"bel_given": "true"})),
    ("EC.BEL.013", told(BEL1={"bel_given": "true", "preg_result": "POS"}), told(BEL1={"bel_given": "true", "preg_result": "NEG"}), told(BEL1={"bel_given": "true", "preg_result": ND})),
    ("EC.BEL.013", told(W0={"preg_result": "POS"}, BEL1={"bel_given": "true"}), told(W0={"preg_result": "POS"}, BEL1={"bel_given": "false"}), told(BEL1={"bel_given": "true"})),
    ("EC.IRR.008", told(W0={"irr_any": "true", "irr_hospital": "true"}), told({"F.AE#2": {"ae_serious": "true"}}, W0={"irr_any": "true", "irr_hospital": "true"}), told(W0={"irr_any": "true", "irr_hospital": ND})),
]  # fmt: skip
LATE = {"EC.BEL.004": {"SE.BEL1": "2026-06-13"}, "EC.BEL.005": {"SE.BEL6": "2026-11-18"}}
"""Dates of visits in these rows that are not as planned."""


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Told, holds: Told, unknown: Told
) -> None:
    for (visits, log), wanted in ((fires, True), (holds, False), (unknown, False)):
        days = DAYS | LATE.get(check, {})
        sheet = seen(course(trial, {event: (days[event], typed) for event, typed in visits.items()}, log), list(visits)[-1])
        assert fired(sheet, check) is wanted


def test_that_the_message_says_with_what_the_answer_does_not_agree(trial: MetaDataVersion) -> None:
    visits = {"SE.W0": (DAYS["SE.W0"], {"esspri_respondent": "PARENT"}), "SE.W28": (DAYS["SE.W28"], {"esspri_respondent": "CHILD"})}
    (check,) = [c for c in seen(course(trial, visits), "SE.W28").broken(trial.form["F.ESSPRI"]) if c.oid == "EC.ESSPRI.003"]
    assert "Parent with child" in check.message.en and "家长与患儿共同" in check.message.zh


MESSAGES: list[tuple[str, Told, str, str]] = [
    ("EC.RTX.001", here("W0", rtx_given="true", rtx_measured_today="true", height="140", weight="32", rtx_mg_m2="375", rtx_dose="300"),
     "The dose differs by −28.3\u00a0% from body surface × protocol dose (418.3\u00a0mg), more than 10\u00a0%.", "相差−28.3%，超过10%"),
    ("EC.LAB.006", told(W0={"rf_type": "TOTAL"}, W28={"rf_type": "IGM"}), "at the last visit (Total)", "（总RF）"),
    ("EC.ESSDAI.004", here("W0", essdai_biological="0", igg=("1840", "MU.MG_DL")), "IgG (18.4\u00a0g/L) reaches", "IgG（18.4\u00a0g/L）"),
    ("EC.INFECTION.009", here("SCR", live_vaccine="true", live_vaccine_date="2026-03"), "(last one: Mar\u00a02026)", "（末次：2026年3月）"),
    ("EC.RTX.006", here("W0", rtx_given="true", rtx_start="2026-05-06T10:00:00+08:00", bcell_sample_time="2026-05-06T11:30:00+08:00"),
     "(6\u00a0May\u00a02026\u00a011:30)", "（2026年5月6日 11:30）"),
    ("EC.DEMO.002", here("SCR", birth_date="2022-01-01", consent_time="2026-04-20T09:00:00+08:00"), "the date of birth gives 4.", "按出生日期为4周岁"),
    ("EC.BEL.004", told(RTX2=GIVEN, BEL1={"bel_given": "true"}), "lies 24 days back", "末次利妥昔单抗24天"),
]  # fmt: skip
EARLY = {"EC.BEL.004": {"SE.BEL1": "2026-06-06"}}


@pytest.mark.parametrize(("check", "visits", "en", "zh"), MESSAGES, ids=named(MESSAGES))
def test_that_a_message_holds_the_values_in_both_languages(
    trial: MetaDataVersion, check: str, visits: Told, en: str, zh: str
) -> None:
    days = DAYS | EARLY.get(check, {})
    sheet = seen(course(trial, {e: (days[e], typed) for e, typed in visits[0].items()}), list(visits[0])[-1])
    (broken,) = [c for form in trial.forms for c in sheet.broken(form) if c.oid == check]
    assert en in broken.message.en and zh in broken.message.zh
