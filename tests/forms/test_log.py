"""Deviations, the decision to stop, end of study, unscheduled visits, and what is asked at every visit."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.definition import MetaDataVersion
from tests.forms.course import CONSENTED, course, logged, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

TODAY = "2026-06-30"
VISITS = {"SE.SCR": ("2026-04-20", CONSENTED), "SE.W0": ("2026-05-06", {"rtx_given": "true"})}

LOG_CHECKS: list[tuple[str, str, Typed, Typed, Typed]] = [
    ("EC.DEV.001", "F.DEV#1", {"dev_date": "2026-07-01"}, {"dev_date": "2026-06-30"}, {"dev_date": "2026"}),
    ("EC.DEV.002", "F.DEV#1", {"dev_major": "MINOR", "dev_impact": "SAFETY"}, {"dev_major": "MAJOR", "dev_impact": "SAFETY"}, {"dev_major": "MINOR"}),
    ("EC.ET.001", "F.ET", {"stop_decided_on": "2026-05"}, {"stop_decided_on": "2026-05-20"}, {}),
    ("EC.ET.002", "F.ET", {"stop_decided_on": "2026-07-01"}, {"stop_decided_on": "2026-06-30"}, {"stop_decided_on": "2026"}),
    ("EC.ET.003", "F.ET", {"stop_decided_on": "2026-04-19"}, {"stop_decided_on": "2026-04-20"}, {"stop_decided_on": "2026-04"}),
    ("EC.ET.004", "F.ET", {"stop_kind": "DEATH", "stop_final_visit": "true"}, {"stop_kind": "DEATH", "stop_final_visit": "false"}, {"stop_kind": "LOST"}),
    ("EC.ET.005", "F.ET", {"stop_kind": "CONSENT", "stop_who": "INVESTIGATOR"}, {"stop_kind": "CONSENT", "stop_who": "GUARDIAN"}, {"stop_kind": "CONSENT"}),
]  # fmt: skip
ENDED = {"eos_completed": "false"}
DIED = {"eos_death": "true"}
VISIT_CHECKS: list[tuple[str, str, Typed, Typed, Typed]] = [
    ("EC.EOS.001", "SE.ET", {"eos_completed": "true"}, {"eos_completed": "false"}, {}),
    ("EC.EOS.002", "SE.ET", {"eos_last_contact": "2026-06-19"}, {"eos_last_contact": "2026-06-20"}, {"eos_last_contact": "2026"}),
    ("EC.EOS.003", "SE.ET", {"eos_last_contact": "2026-07"}, {"eos_last_contact": "2026-06-30"}, {"eos_last_contact": "2026"}),
    ("EC.EOS.004", "SE.ET", DIED | {"eos_death_date": "2026-07-01"}, DIED | {"eos_death_date": "2026-06-30"}, DIED),
    ("EC.EOS.005", "SE.ET", DIED | {"eos_death_date": "2026-06-20", "eos_last_contact": "2026-06-21"},
     DIED | {"eos_death_date": "2026-06-21", "eos_last_contact": "2026-06-21"}, {"eos_death_date": "2026-06-20", "eos_last_contact": "2026-06-21"}),
    ("EC.EOS.006", "SE.ET", ENDED | {"eos_reason": "DEATH", "eos_death": "false"}, ENDED | {"eos_reason": "DEATH", "eos_death": "true"}, ENDED | {"eos_reason": "DEATH"}),
    ("EC.REVIEW.001", "SE.W0", {"review_vaccine": "true", "review_live_vaccine": "true"}, {"review_vaccine": "true", "review_live_vaccine": "false"}, {"review_live_vaccine": "true"}),
    ("EC.REVIEW.002", "SE.W0", {"review_vaccine": "true", "review_vaccine_date": "2026-06-21"}, {"review_vaccine": "true", "review_vaccine_date": "2026-06-20"}, {"review_vaccine": "true", "review_vaccine_date": "2026-06"}),
    ("EC.REVIEW.003", "SE.W0", {"review_infection": "true", "rtx_given": "true"}, {"review_infection": "true", "rtx_given": "false", "bel_given": "false"}, {"review_infection": "true"}),
    ("EC.REVIEW.003", "SE.BEL1", {"review_infection": "true", "bel_given": "true"}, {"review_infection": "false", "bel_given": "true"}, {"bel_given": "true"}),
    ("EC.REVIEW.004", "SE.BEL1", {"review_suicide": "true", "bel_given": "true"}, {"review_suicide": "true", "bel_given": "false"}, {"review_suicide": "true"}),
]  # fmt: skip
DEATH_CHECKS: list[Row] = [
    ("EC.EOS.007", {"ae_grade": "4"}, {"ae_grade": "5"}, {}),
    ("EC.EOS.007", {}, {"ae_grade": "5"}, {}),
]


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "form", "fires", "holds", "unknown"), LOG_CHECKS, ids=named(LOG_CHECKS))
def test_that_a_check_of_the_log_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, form: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    for typed, wanted in ((fires, True), (holds, False), (unknown, False)):
        assert fired(logged(trial, form, typed, VISITS, TODAY), check) is wanted


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "event", "fires", "holds", "unknown"), VISIT_CHECKS, ids=named(VISIT_CHECKS))
def test_that_a_check_of_a_visit_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, event: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    for typed, wanted in ((fires, True), (holds, False), (unknown, False)):
        assert fired(seen(course(trial, {event: ("2026-06-20", typed)}, today=TODAY), event), check) is wanted


@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), DEATH_CHECKS)
def test_that_a_death_belongs_among_the_adverse_events(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    for typed, died, wanted in ((fires, DIED, True), (holds, DIED, False), (unknown, {}, False)):
        told = course(trial, {"SE.ET": ("2026-06-20", died)}, {"F.AE#1": {"ae_term": "x", **typed}}, today=TODAY)
        assert fired(seen(told, "SE.ET"), check) is wanted


def test_that_the_end_of_study_counts_the_doses_that_were_given(trial: MetaDataVersion) -> None:
    told = course(
        trial,
        {
            "SE.W0": ("2026-05-06", {"rtx_given": "true"}), "SE.RTX2": ("2026-05-13", {"rtx_given": "true"}),
            "SE.RTX3": ("2026-05-20", {"rtx_given": "false"}), "SE.BEL1": ("2026-06-10", {"bel_given": "true"}),
            "SE.ET": ("2026-06-20", {"eos_completed": "false"}),
        },
    )  # fmt: skip
    sheet = seen(told, "SE.ET")
    assert [got(sheet, n).text for n in ("eos_n_rtx", "eos_last_rtx", "eos_n_bel", "eos_last_bel")] == ["2", "2026-05-13", "1", "2026-06-10"]


@pytest.mark.parametrize(("event", "asked"), [("SE.BEL1", True), ("SE.BEL6", True), ("SE.W0", False), ("SE.W28", False), ("SE.UNS#1", False)])
def test_that_mood_is_asked_at_every_belimumab_visit(trial: MetaDataVersion, event: str, asked: bool) -> None:
    sheet = seen(course(trial, {event: ("2026-06-20", {})}), event)
    assert sheet.relevant(trial.item["I.REVIEW.SUICIDE"]) is asked


def test_that_an_answer_says_where_it_leads(trial: MetaDataVersion) -> None:
    typed = {"review_ae": "true", "review_cm": "false", "review_infection": "false", "review_vaccine": "false", "review_suicide": "true"}
    told = got(seen(course(trial, {"SE.BEL1": ("2026-06-20", typed)}), "SE.BEL1"), "review_follows")
    assert told.value is True and [r.en.split(",")[0] for r in told.reasons] == ["Enter the event", "Speak with the child alone"]


def test_that_a_participant_who_turns_18_is_asked_for_their_own_consent(trial: MetaDataVersion) -> None:
    adult = {"birth_date": "2008-05-20"}
    consented = {**CONSENTED, "consent_age": "17", **adult}
    told = course(trial, {"SE.SCR": ("2026-04-20", consented), "SE.W0": ("2026-05-19", {}), "SE.BEL1": ("2026-05-20", {})})
    assert got(seen(told, "SE.W0"), "reconsent_due").value is False
    assert got(seen(told, "SE.BEL1"), "reconsent_due").value is True


def test_that_a_deviation_is_complete_without_the_investigators_judgement(trial: MetaDataVersion) -> None:
    log = trial.deviation_log
    assert log is not None and log.form == "F.DEV" and log.event == "SE.LOG"
    kinds = trial.code_list[trial.item[log.kind].code_list or ""].items
    assert log.code in {i.coded_value for i in kinds}
    optional = {i.name for i in trial.items_of("F.DEV") if not i.mandatory}
    assert optional == {"dev_visit", "dev_impact", "dev_action", "dev_major"}
