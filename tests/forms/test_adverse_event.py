"""Adverse events: dates in order, gravity, relation, and the clock of a serious one's report."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Visit
from tests.forms.course import CONSENTED, LOG, course, logged, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

TODAY = "2026-06-30"
VISITS = {
    "SE.SCR": ("2026-04-20", CONSENTED),
    "SE.W0": ("2026-05-06", {"rtx_given": "true"}),
    "SE.BEL1": ("2026-06-10", {"bel_given": "true"}),
}
SERIOUS = {"ae_serious": "true"}
NO_CRITERION = {f"ae_ser_{k}": "false" for k in ("death", "life", "hospital", "disability", "congenital")}
AWARE = {"ae_serious": "true", "sae_aware": "2026-06-20T08:00:00+08:00"}

AE_CHECKS: list[Row] = [
    ("EC.AE.001", {"ae_start": "2026-05-10", "ae_ongoing": "false", "ae_stop": "2026-05-09"},
     {"ae_start": "2026-05-10", "ae_ongoing": "false", "ae_stop": "2026-05-10"}, {"ae_start": "2026-05-10", "ae_ongoing": "false", "ae_stop": "2026-05"}),
    ("EC.AE.001", {"ae_start": "2026-05", "ae_ongoing": "false", "ae_stop": "2026-04"},
     {"ae_start": "2026-05", "ae_ongoing": "false", "ae_stop": "2026-05"}, {"ae_start": "2026-05-10", "ae_ongoing": "true", "ae_stop": "2026-05-09"}),
    ("EC.AE.002", {"ae_start": "2026-04-19"}, {"ae_start": "2026-04-20"}, {"ae_start": "2026-04"}),
    ("EC.AE.003", {"ae_start": "2026-07-01"}, {"ae_start": "2026-06-30"}, {"ae_start": "2026"}),
    ("EC.AE.004", {"ae_ongoing": "false", "ae_stop": "2026-07"}, {"ae_ongoing": "false", "ae_stop": "2026-06-30"}, {"ae_ongoing": "false"}),
    ("EC.AE.005", {"ae_ongoing": "true", "ae_outcome": "RECOVERED"}, {"ae_ongoing": "true", "ae_outcome": "RECOVERING"}, {"ae_outcome": "RECOVERED"}),
    ("EC.AE.006", {"ae_ongoing": "false", "ae_outcome": "RECOVERING"}, {"ae_ongoing": "false", "ae_outcome": "SEQUELAE"}, {"ae_outcome": "NOT_RECOVERED"}),
    ("EC.AE.015", {"ae_grade": "5", "ae_outcome": "RECOVERED"}, {"ae_grade": "5", "ae_outcome": "FATAL"}, {"ae_grade": "5"}),
    ("EC.AE.010", {"ae_grade": "4", "ae_outcome": "FATAL"}, {"ae_grade": "3", "ae_outcome": "RECOVERED"}, {"ae_outcome": "FATAL"}),
    ("EC.AE.011", {"ae_outcome": "FATAL", "ae_serious": "false"}, {"ae_outcome": "FATAL", "ae_serious": "true"}, {"ae_outcome": "FATAL"}),
    ("EC.AE.012", SERIOUS | {"ae_outcome": "FATAL", "ae_ser_death": "false"}, SERIOUS | {"ae_outcome": "FATAL", "ae_ser_death": "true"}, SERIOUS | {"ae_outcome": "FATAL"}),
    ("EC.AE.012", SERIOUS | {"ae_outcome": "RECOVERED", "ae_ser_death": "true"}, SERIOUS | {"ae_outcome": "RECOVERED", "ae_ser_death": "false"}, {"ae_outcome": "RECOVERED"}),
    ("EC.AE.013", {"ae_grade": "4", "ae_serious": "false"}, {"ae_grade": "4", "ae_serious": "true"}, {"ae_grade": "4"}),
    ("EC.AE.014", SERIOUS | NO_CRITERION | {"ae_ser_other": "false"}, SERIOUS | NO_CRITERION | {"ae_ser_other": "true"}, SERIOUS | NO_CRITERION),
    ("EC.AE.020", {"ae_rel_rtx": "POSSIBLE", "ae_start": "2026-05-05"}, {"ae_rel_rtx": "POSSIBLE", "ae_start": "2026-05-06"}, {"ae_rel_rtx": "POSSIBLE", "ae_start": "2026-05"}),
    ("EC.AE.020", {"ae_rel_rtx": "DEFINITE", "ae_start": "2026-04"}, {"ae_rel_rtx": "UNLIKELY", "ae_start": "2026-04"}, {"ae_rel_rtx": "DEFINITE"}),
    ("EC.AE.021", {"ae_rel_bel": "PROBABLE", "ae_start": "2026-06-09"}, {"ae_rel_bel": "PROBABLE", "ae_start": "2026-06-10"}, {"ae_rel_bel": "PROBABLE"}),
    ("EC.AE.022", {"ae_listed": "PNEUMONIA", "ae_special": "NONE"}, {"ae_listed": "PNEUMONIA", "ae_special": "INFECTION"}, {"ae_listed": "PNEUMONIA"}),
    ("EC.AE.030", AWARE | {"sae_reported": "2026-06-20T07:59:00+08:00"}, AWARE | {"sae_reported": "2026-06-20T08:00:00+08:00"}, {"sae_reported": "2026-06-20T07:59:00+08:00"}),
    ("EC.AE.031", AWARE | {"sae_reported": "2026-06-21T08:01:00+08:00"}, AWARE | {"sae_reported": "2026-06-21T08:00:00+08:00"}, AWARE),
    ("EC.AE.032", SERIOUS | {"sae_aware": "2026-06-28T23:59:00+08:00"}, SERIOUS | {"sae_aware": "2026-06-29T00:00:00+08:00"}, SERIOUS),
    ("EC.AE.032", AWARE, AWARE | {"sae_reported": "2026-06-29T08:00:00+08:00"}, {"ae_serious": "false", "sae_aware": "2026-06-20T08:00:00+08:00"}),
    ("EC.AE.033", AWARE | {"ae_start": "2026-06-21"}, AWARE | {"ae_start": "2026-06-20"}, AWARE | {"ae_start": "2026-06"}),
]  # fmt: skip


def event(trial: MetaDataVersion, typed: Typed, today: str = TODAY) -> Visit:
    return logged(trial, "F.AE#1", typed, VISITS, today)


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), AE_CHECKS, ids=named(AE_CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(event(trial, fires), check)
    assert not fired(event(trial, holds), check)
    assert not fired(event(trial, unknown), check)


def test_that_the_clock_says_until_when_and_then_how_late(trial: MetaDataVersion) -> None:
    told = got(event(trial, AWARE), "sae_report_in_time")
    assert told.value is None and [r.en for r in told.reasons] == ["The report is due by 21\u00a0Jun\u00a02026\u00a008:00"]
    assert [r.zh for r in told.reasons] == ["应于2026年6月21日 08:00前报告"]
    told = got(event(trial, AWARE | {"sae_reported": "2026-06-21T14:30:00+08:00"}), "sae_report_in_time")
    assert told.value is False and [r.en for r in told.reasons] == ["Reported 30.50\u00a0h after becoming aware, later than 24\u00a0h"]
    told = got(event(trial, AWARE | {"sae_reported": "2026-06-20T10:00:00+08:00"}), "sae_report_in_time")
    assert told.value is True and [r.en for r in told.reasons] == ["Reported 2.00\u00a0h after becoming aware; the limit is 24\u00a0h"]


def test_that_a_site_sets_the_hours_of_the_clock(trial: MetaDataVersion) -> None:
    told = course(
        trial, VISITS, {"F.AE#1": AWARE | {"sae_reported": "2026-06-21T08:00:00+08:00"}}, today=TODAY, parameters={"sae_clock_hours": "12"}
    )
    sheet = seen(told, LOG, "F.AE#1")
    assert got(sheet, "sae_report_in_time").value is False and fired(sheet, "EC.AE.031")
    (check,) = [c for c in sheet.broken(trial.form["F.AE"]) if c.oid == "EC.AE.031"]
    assert check.message.en == "Reported 24.00\u00a0h after becoming aware; the limit is 12\u00a0h."


def test_that_a_change_of_clocks_does_not_shorten_the_hours(trial: MetaDataVersion) -> None:
    typed = {"ae_serious": "true", "sae_aware": "2026-03-28T20:00:00+01:00", "sae_reported": "2026-03-29T21:00:00+02:00"}
    assert got(event(trial, typed), "sae_report_in_time").value is True
    assert got(event(trial, typed), "sae_report_hours").text == "24.00"


def test_that_events_stand_in_a_list_under_their_terms(trial: MetaDataVersion) -> None:
    form = trial.form["F.AE"]
    assert form.repeating and [trial.item[c].name for c in form.columns] == [
        "ae_term", "ae_grade", "ae_serious", "ae_start", "ae_ongoing",
    ]  # fmt: skip
    told = course(trial, VISITS, {"F.AE#1": {"ae_grade": "2"}, "F.AE#2": {"ae_grade": "4"}})
    assert seen(told, LOG, "F.AE#1").named("max_all:ae_grade") == 4
    assert seen(told, "SE.W0").named("max_all:ae_grade") == 4
