"""Eligibility: every criterion decides, is contradicted by other pages, and is named in the verdict."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.forms.criterion import EXCLUSIONS, INCLUSIONS, STILL
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Derived, Visit
from tests.forms.conftest import MakeVisit
from tests.forms.course import CONSENTED, course, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_prior_treatment import drugs
from tests.forms.test_visit import got

UNK = NullFlavor.UNKNOWN
DAY = "2026-04-20"
TREATED = drugs(("PREDNISONE", "2024-01", "2025-01"), ("METHOTREXATE", "2024-01", "2025-01"))
INCLUDED: Typed = {
    "elig_age": "true", "elig_criteria": "true", "elig_criteria_set": "AECG_2002", "elig_agrees": "true",
    "elig_systemic": "true", "elig_b_cell": "false", "elig_inflammation": "false",
}  # fmt: skip
NOT_EXCLUDED: Typed = {c.name: "false" for c in EXCLUSIONS}
FIT = {"sex": "F", "birth_date": "2013-06-01"} | CONSENTED | TREATED | INCLUDED | NOT_EXCLUDED


def screening(trial: MetaDataVersion, typed: Typed) -> Visit:
    return seen(course(trial, {"SE.SCR": (DAY, typed)}), "SE.SCR")


def verdict(trial: MetaDataVersion, typed: Typed) -> tuple[object, list[str]]:
    found: Derived = got(screening(trial, typed), "eligible")
    return found.value, [r.en for r in found.reasons]


def without(typed: Typed, *names: str) -> Typed:
    return {k: v for k, v in typed.items() if k not in names}


# ---- verdict


def test_that_a_participant_who_fulfils_everything_is_eligible_and_only_that_is_said(trial: MetaDataVersion) -> None:
    assert verdict(trial, FIT) == (True, ["Every inclusion criterion is fulfilled and no exclusion applies"])


@pytest.mark.parametrize("key", [c.key for c in INCLUSIONS])
def test_that_each_inclusion_criterion_decides_alone(trial: MetaDataVersion, key: str) -> None:
    label = next(c.label.en for c in INCLUSIONS if c.key == key)
    assert verdict(trial, FIT | {f"elig_{key}": "false"}) == (False, [f"Not fulfilled: {label}"])
    assert verdict(trial, FIT | {f"elig_{key}": UNK}) == (None, [f"Still open: {label}"])


@pytest.mark.parametrize("key", [c.key for c in EXCLUSIONS])
def test_that_each_exclusion_criterion_decides_alone(trial: MetaDataVersion, key: str) -> None:
    label = next(c.label.en for c in EXCLUSIONS if c.key == key)
    assert verdict(trial, FIT | {f"elig_{key}": "true"}) == (False, [f"Excluded: {label}"])
    assert verdict(trial, FIT | {f"elig_{key}": UNK}) == (None, [f"Still open: {label}"])
    assert verdict(trial, without(FIT, f"elig_{key}"))[0] is None


DATA: list[tuple[str, Typed]] = [
    ("rituximab_6m", TREATED | {"prior_drug#3": "RITUXIMAB", "prior_start#3": "2025-11", "prior_ongoing#3": "false", "prior_stop#3": "2025-12-01"}),
    ("biologic", TREATED | {"prior_drug#3": "TELITACICEPT", "prior_start#3": "2020", "prior_ongoing#3": "false", "prior_stop#3": "2021"}),
    ("trial_6m", {"elig_trial_end": "2025-10-20"}),
    ("egfr_30", {"height": "140", "creatinine": ("3", "MU.CREA_MG_DL")}),
    ("hbsag_pos", {"hbsag": "POS"}),
    ("hbv_past", {"hbsab": "POS", "hbcab": "POS"}),
    ("hcv_pos", {"hcv_ab": "POS"}),
    ("hiv_pos", {"hiv_ab": "POS"}),
    ("tb", {"tb_active": "true"}),
    ("live_vaccine_3m", {"live_vaccine": "true", "live_vaccine_date": "2026-02"}),
]  # fmt: skip


def test_that_every_exclusion_with_data_is_in_the_table() -> None:
    assert {key for key, _ in DATA} == {c.key for c in EXCLUSIONS if c.data}


@pytest.mark.parametrize(("key", "data"), DATA, ids=[key for key, _ in DATA])
def test_that_a_no_the_data_contradict_excludes_and_is_visible(
    trial: MetaDataVersion, key: str, data: Typed
) -> None:
    criterion = next(c for c in EXCLUSIONS if c.key == key)
    assert criterion.source is not None
    value, said = verdict(trial, FIT | data)
    assert value is False
    assert f"Excluded: answered no, but {criterion.source.en} says yes: {criterion.label.en}" in said
    open_value, open_said = verdict(trial, without(FIT, criterion.name) | data)
    assert open_value is False and f"Excluded by {criterion.source.en}: {criterion.label.en}" in open_said


@pytest.mark.parametrize(
    ("hbsag", "hbsab", "hbcab", "eligible"),
    [
        ("NEG", "POS", "NEG", True), ("NEG", "POS", "POS", False), ("NEG", "NEG", "POS", True), ("NEG", "NEG", "NEG", True),
        ("POS", "NEG", "NEG", False), ("NEG", "POS", None, True), ("NEG", None, "POS", True),
    ],
)  # fmt: skip
def test_that_vaccinated_children_are_excluded_only_with_the_core_antibody(
    trial: MetaDataVersion, hbsag: str, hbsab: str | None, hbcab: str | None, eligible: bool
) -> None:
    serology = {k: v for k, v in (("hbsag", hbsag), ("hbsab", hbsab), ("hbcab", hbcab)) if v}
    assert verdict(trial, FIT | serology)[0] is eligible


@pytest.mark.parametrize(
    ("born", "age", "eligible"),
    [
        ("2021-04-20", "5", True), ("2021-04-21", "4", False), ("2007-04-21", "18", True), ("2007-04-20", "19", False),
        ("2020-02-29", "6", True), ("2013", "12", True),
    ],
)  # fmt: skip
def test_that_age_is_held_to_the_date_of_birth_on_the_day_of_consent(
    trial: MetaDataVersion, born: str, age: str, eligible: bool
) -> None:
    signed = {"consent_age": age, "explained_to_child": "true", "child_objects": "false", "own_consent": "true"}
    value, said = verdict(trial, FIT | {"birth_date": born} | signed)
    assert value is eligible
    assert ("Answered yes, but the date of birth says no: Age 5 to 18" in said) is not eligible


CRITERIA_DATA: list[tuple[Typed, bool | None]] = [
    ({"hx_ssa": "NEG", "hx_ssb": "NEG", "hx_biopsy_done": "true", "hx_focus_score": "0", "hx_sialography": "NORMAL", "hx_schirmer_done": "true",
      "hx_schirmer_right": "9", "hx_schirmer_left": "9"}, False),
    ({"elig_criteria_set": "JAPAN_1999", "hx_ssa": "NEG", "hx_ssb": "NEG", "hx_biopsy_done": "true", "hx_focus_score": "0", "hx_sialography": "NORMAL",
      "hx_scintigraphy": "NORMAL"}, False),
    ({"elig_criteria_set": "JAPAN_1999", "hx_ssa": "POS"}, True),
    ({"elig_criteria_set": "JAPAN_2018", "hx_japan_2018": "PROBABLE"}, True),
    ({"elig_criteria_set": "JAPAN_2018", "hx_japan_2018": "POSSIBLE"}, False),
    ({"elig_criteria_set": "JAPAN_2018", "hx_japan_2018": NullFlavor.NOT_DONE}, True),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "eligible"), CRITERIA_DATA)
def test_that_the_set_the_inclusion_rests_on_is_held_to_the_history(
    trial: MetaDataVersion, typed: Typed, eligible: bool
) -> None:
    value, said = verdict(trial, FIT | typed)
    assert value is eligible
    assert ("Answered yes, but the history page says no: AECG or Japanese criteria" in said) is not eligible


RESISTANT: list[tuple[Typed, bool | None, str]] = [
    (FIT, True, "Still (a) systemic involvement"),
    (FIT | {"elig_systemic": "false", "elig_b_cell": "true"}, True, "Still (b) B-cell activation"),
    (FIT | {"elig_systemic": "false", "elig_inflammation": "true"}, True, "Still (c) inflammatory markers"),
    (FIT | {"elig_systemic": "false"}, False, "None of (a), (b), (c) is still present"),
    (FIT | {"elig_systemic": UNK}, None, "Still open: (a) systemic involvement"),
    (FIT | {"prior_any": "false"}, False, "No earlier treatment"),
    (FIT | {"prior_drug#2": "HCQ"}, False, "Only one drug that counts was given for more than 3 months: Prednisone (glucocorticoid)"),
    (FIT, True, "Prednisone and an immunosuppressant for more than 3 months each: Prednisone (glucocorticoid), Methotrexate"),
    (without(FIT, "prior_any"), None, "Still open: earlier treatment"),
]


@pytest.mark.parametrize(("typed", "resistant", "why"), RESISTANT)
def test_that_resistant_needs_the_treatment_and_one_of_three_and_says_what_was_found(
    trial: MetaDataVersion, typed: Typed, resistant: bool | None, why: str
) -> None:
    sheet = screening(trial, typed)
    found = got(sheet, "resistant")
    assert found.value is resistant and why in [r.en for r in found.reasons]
    assert got(sheet, "eligible").value is resistant
    labels = ["Not fulfilled: resistant disease"] if resistant is False else ["Still open: resistant disease"]
    assert [r.en for r in got(sheet, "eligible").reasons if "resistant" in r.en] == (labels if resistant is not True else [])


def test_that_eligibility_is_confirmed_only_by_a_person_and_only_when_eligible(trial: MetaDataVersion) -> None:
    yes = {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-20"}

    def confirmed(typed: Typed) -> tuple[object, list[str]]:
        found = got(screening(trial, typed), "eligibility_confirmed")
        return found.value, [r.en for r in found.reasons]

    assert confirmed(FIT | yes) == (True, ["Eligible and confirmed by the investigator on 20\u00a0Apr\u00a02026"])
    assert confirmed(FIT) == (None, ["Eligible; the investigator has not confirmed yet"])
    assert confirmed(FIT | {"elig_confirmed": "false"}) == (False, ["Eligible, but the investigator does not confirm"])
    assert confirmed(FIT | yes | {"elig_tb": "true"}) == (False, ["Not eligible"])
    assert confirmed(without(FIT, "elig_tb") | yes) == (None, ["Eligibility is still open"])


def test_that_an_untouched_page_is_open_in_every_criterion(trial: MetaDataVersion) -> None:
    value, said = verdict(trial, {})
    assert value is None
    assert sum(s.startswith("Still open: ") for s in said) == len(INCLUSIONS) + 1 + len(EXCLUSIONS) == len(said)


# ---- checks

_SOLID = FIT | {"hx_ssa": "POS"}
BCELL = FIT | {"elig_b_cell": "true"}
A_NONE: Typed = dict.fromkeys(
    ("elig_polyarthritis", "elig_vasculitis", "elig_cytopenia", "elig_skin", "elig_kidney", "elig_lung", "elig_nerve", "elig_liver"), "false"
)  # fmt: skip
B_NONE: Typed = dict.fromkeys(
    ("elig_b_igg", "elig_b_light_chain", "elig_b_microglobulin", "elig_b_c4", "elig_b_cryoglobulin", "elig_b_monoclonal"), "false"
)
_RTX = {"prior_drug#1": "RITUXIMAB", "prior_start#1": "2025", "prior_ongoing#1": "false", "prior_any": "true"}
CHECKS: list[Row] = [
    ("EC.ELIG.001", CONSENTED | {"birth_date": "2021-04-21", "elig_age": "true"}, CONSENTED | {"birth_date": "2021-04-20", "elig_age": "true"}, CONSENTED | {"elig_age": "true"}),
    ("EC.ELIG.001", CONSENTED | {"birth_date": "2013-04-21", "elig_age": "false"}, CONSENTED | {"birth_date": "2021-04-21", "elig_age": "false"}, {"elig_age": "false"}),
    ("EC.ELIG.002", {"elig_criteria": "true", "elig_criteria_set": "JAPAN_2018", "hx_japan_2018": "POSSIBLE"},
     {"elig_criteria": "true", "elig_criteria_set": "JAPAN_2018", "hx_japan_2018": "DEFINITE"}, {"elig_criteria": "true", "hx_japan_2018": "POSSIBLE"}),
    ("EC.ELIG.003", CONSENTED | {"child_assent": "false", "elig_agrees": "true"}, CONSENTED | {"elig_agrees": "true"}, {"elig_agrees": "true"}),
    ("EC.ELIG.004", _RTX | {"prior_stop#1": "2025-12-01", "elig_rituximab_6m": "false"}, _RTX | {"prior_stop#1": "2025-02-01", "elig_rituximab_6m": "false"},
     _RTX | {"prior_stop#1": "2025-10", "elig_rituximab_6m": "false"}),
    ("EC.ELIG.005", _RTX | {"prior_drug#1": "BELIMUMAB", "elig_biologic": "false"}, _RTX | {"elig_biologic": "false"}, {"elig_biologic": "false"}),
    ("EC.ELIG.006", {"elig_trial_end": "2025-10-20", "elig_trial_6m": "false"}, {"elig_trial_end": "2025-10-19", "elig_trial_6m": "false"}, {"elig_trial_6m": "false"}),
    ("EC.ELIG.007", {"height": "140", "creatinine": ("3", "MU.CREA_MG_DL"), "elig_egfr_30": "false"}, {"height": "140", "creatinine": ("0.5", "MU.CREA_MG_DL"), "elig_egfr_30": "false"},
     {"creatinine": ("3", "MU.CREA_MG_DL"), "elig_egfr_30": "false"}),
    ("EC.ELIG.008", {"hbsag": "POS", "elig_hbsag_pos": "false"}, {"hbsag": "NEG", "elig_hbsag_pos": "false"}, {"elig_hbsag_pos": "false"}),
    ("EC.ELIG.008", {"hbsag": "NEG", "elig_hbsag_pos": "true"}, {"hbsag": "POS", "elig_hbsag_pos": "true"}, {"hbsag": UNK, "elig_hbsag_pos": "true"}),
    ("EC.ELIG.009", {"hbsab": "POS", "hbcab": "POS", "elig_hbv_past": "false"}, {"hbsab": "POS", "hbcab": "NEG", "elig_hbv_past": "false"}, {"hbsab": "POS", "elig_hbv_past": "false"}),
    ("EC.ELIG.010", {"hcv_ab": "POS", "elig_hcv_pos": "false"}, {"hcv_ab": "NEG", "elig_hcv_pos": "false"}, {"elig_hcv_pos": "false"}),
    ("EC.ELIG.011", {"hiv_ab": "POS", "elig_hiv_pos": "false"}, {"hiv_ab": "NEG", "elig_hiv_pos": "false"}, {"elig_hiv_pos": "false"}),
    ("EC.ELIG.012", {"tb_active": "true", "elig_tb": "false"}, {"tb_active": "false", "elig_tb": "false"}, {"elig_tb": "false"}),
    ("EC.ELIG.013", {"live_vaccine": "true", "live_vaccine_date": "2026-02", "elig_live_vaccine_3m": "false"}, {"live_vaccine": "false", "elig_live_vaccine_3m": "false"},
     {"live_vaccine": "true", "live_vaccine_date": "2026", "elig_live_vaccine_3m": "false"}),
    ("EC.ELIG.020", BCELL | {"elig_b_microglobulin": "true", "b2m": "2", "b2m_uln": "2.5"}, BCELL | {"elig_b_microglobulin": "true", "b2m": "3", "b2m_uln": "2.5"},
     BCELL | {"elig_b_microglobulin": "true", "b2m": "2"}),
    ("EC.ELIG.021", BCELL | {"elig_b_igg": "true", "igg": "12", "igg_uln": "14"}, BCELL | {"elig_b_igg": "true", "igg": "15", "igg_uln": "14"}, {"elig_b_igg": "true", "igg": "12", "igg_uln": "14"}),
    ("EC.ELIG.022", BCELL | {"elig_b_c4": "true", "c4": "0.2", "c4_lln": "0.1"}, BCELL | {"elig_b_c4": "true", "c4": "0.05", "c4_lln": "0.1"}, BCELL | {"elig_b_c4": "true", "c4": "0.2"}),
    ("EC.ELIG.023", BCELL | {"elig_b_cryoglobulin": "true", "cryoglobulin": "NEG"}, BCELL | {"elig_b_cryoglobulin": "true", "cryoglobulin": "POS"},
     BCELL | {"elig_b_cryoglobulin": "true", "cryoglobulin": NullFlavor.NOT_DONE}),
    ("EC.ELIG.024", BCELL | {"elig_b_monoclonal": "true", "clonal_component": "NEG"}, BCELL | {"elig_b_monoclonal": "true", "clonal_component": "POS"}, BCELL | {"elig_b_monoclonal": "true"}),
    ("EC.ELIG.025", {"elig_inflammation": "true", "esr": "20", "esr_uln": "20"}, {"elig_inflammation": "true", "esr": "21", "esr_uln": "20"}, {"elig_inflammation": "true", "esr": "20"}),
    ("EC.ELIG.026", FIT | A_NONE, FIT | A_NONE | {"elig_liver": "true"}, FIT | without(A_NONE, "elig_liver")),
    ("EC.ELIG.027", BCELL | B_NONE, BCELL | B_NONE | {"elig_b_c4": "true"}, BCELL | without(B_NONE, "elig_b_c4")),
    ("EC.ELIG.028", {"elig_hospital_60d": "false", "elig_hospital_end": "2026-02-19"}, {"elig_hospital_60d": "false", "elig_hospital_end": "2026-02-18"},
     {"elig_hospital_60d": "false", "elig_hospital_end": "2026-03"}),
    ("EC.ELIG.029", {"elig_parenteral_30d": "false", "elig_parenteral_end": "2026-03-21"}, {"elig_parenteral_30d": "false", "elig_parenteral_end": "2026-03-20"},
     {"elig_parenteral_end": "2026-03-21"}),
    ("EC.ELIG.030", {"elig_trial_end": "2026-05"}, {"elig_trial_end": "2026-04-20"}, {"elig_trial_end": "2026"}),
    ("EC.ELIG.031", FIT | {"elig_confirmed": "true", "elig_tb": "true"}, FIT | {"elig_confirmed": "true"}, without(FIT, "elig_tb") | {"elig_confirmed": "true"}),
    ("EC.ELIG.032", without(FIT, "elig_tb") | {"elig_confirmed": "true"}, FIT | {"elig_confirmed": "true"}, without(FIT, "elig_tb")),
    ("EC.ELIG.033", FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-19"}, FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-20"},
     FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026"}),
    ("EC.ELIG.034", FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-26"}, FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-25"}, FIT),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    def broken(typed: Typed) -> bool:
        return fired(seen(course(trial, {"SE.SCR": (DAY, typed)}, today="2026-04-25"), "SE.SCR"), check)

    assert broken(fires) and not broken(holds) and not broken(unknown)


def test_that_the_check_names_the_day_after_which_day_0_must_lie(visit: MakeVisit, trial: MetaDataVersion) -> None:
    sheet = visit(elig_hospital_60d="false", elig_hospital_end="2026-04-20")
    (message,) = [c.message for c in sheet.broken(trial.form["F.ELIG"])]
    assert message.en.endswith("must lie after 19\u00a0Jun\u00a02026.")


def test_that_every_criterion_is_a_whole_question_in_the_order_of_the_registry(trial: MetaDataVersion) -> None:
    asked = [i.name for i in trial.items_of("F.ELIG")]
    assert [c.name for c in EXCLUSIONS] == [n for n in asked if n in {c.name for c in EXCLUSIONS}]
    assert all(trial.item_by_name[c.name].question.en.endswith("?") for c in (*INCLUSIONS, *STILL, *EXCLUSIONS))


# ---- day 0

NOTHING_NEW: Typed = {f"reconfirm_{k}": "false" for k in ("infection", "laboratory", "vaccine", "biologic", "withdrawn", "other")}
AGAIN: Typed = NOTHING_NEW | {"still_eligible": "true", "reconfirm_date": "2026-05-06"}
CONFIRMED = FIT | {"elig_confirmed": "true", "elig_confirmed_on": "2026-04-20"}


def day_0(trial: MetaDataVersion, at_screening: Typed, now: Typed, day: str = "2026-05-06") -> Visit:
    return seen(course(trial, {"SE.SCR": (DAY, at_screening), "SE.W0": (day, now)}), "SE.W0")


HOLDS: list[tuple[Typed, Typed, bool | None, str]] = [
    (CONFIRMED, AGAIN, True, "Confirmed at screening and again on day 0; nothing excluding has happened"),
    (CONFIRMED, AGAIN | {"still_eligible": "false"}, False, "The investigator does not confirm"),
    (CONFIRMED, without(AGAIN, "still_eligible"), None, "Still open: Still eligible"),
    (CONFIRMED, AGAIN | {"reconfirm_vaccine": "true"}, False, "Since screening: Live vaccine"),
    (CONFIRMED, AGAIN | {"reconfirm_infection": "true"}, False, "Since screening: Infection"),
    (CONFIRMED, AGAIN | {"reconfirm_withdrawn": "true"}, False, "Since screening: No longer agrees"),
    (CONFIRMED, AGAIN | {"reconfirm_other": "true"}, True, "Confirmed at screening and again on day 0; nothing excluding has happened"),
    (CONFIRMED, AGAIN | {"reconfirm_laboratory": UNK}, None, "Still open: Laboratory"),
    (CONFIRMED | {"elig_confirmed": "false"}, AGAIN, False, "Eligibility was not confirmed at screening"),
    (CONFIRMED | {"elig_hospital_end": "2026-03-07"}, AGAIN, False, "In hospital for an infection within 60 days of day 0"),
    (CONFIRMED | {"elig_hospital_end": "2026-03-06"}, AGAIN, True, "Confirmed at screening and again on day 0; nothing excluding has happened"),
    (CONFIRMED | {"elig_parenteral_end": "2026-04-06"}, AGAIN, False, "Parenteral antimicrobials within 30 days of day 0"),
    (CONFIRMED | {"elig_parenteral_end": "2026-04-05"}, AGAIN, True, "Confirmed at screening and again on day 0; nothing excluding has happened"),
]  # fmt: skip


@pytest.mark.parametrize(("at_screening", "now", "holds", "why"), HOLDS)
def test_that_eligibility_holds_on_day_0_unless_something_has_happened(
    trial: MetaDataVersion, at_screening: Typed, now: Typed, holds: bool | None, why: str
) -> None:
    found = got(day_0(trial, at_screening, now), "eligibility_holds")
    assert found.value is holds and why in [r.en for r in found.reasons]


RECONFIRM_CHECKS: list[tuple[str, tuple[Typed, Typed, str], tuple[Typed, Typed, str], tuple[Typed, Typed, str]]] = [
    ("EC.RECONFIRM.001", (CONFIRMED | {"elig_confirmed": "false"}, AGAIN, "2026-05-06"), (CONFIRMED, AGAIN, "2026-05-06"), (FIT, AGAIN, "2026-05-06")),
    ("EC.RECONFIRM.002", (CONFIRMED, AGAIN | {"reconfirm_biologic": "true"}, "2026-05-06"), (CONFIRMED, AGAIN, "2026-05-06"), (CONFIRMED, without(AGAIN, "reconfirm_biologic"), "2026-05-06")),
    ("EC.RECONFIRM.002", (CONFIRMED | {"elig_hospital_end": "2026-03-07"}, AGAIN, "2026-05-06"), (CONFIRMED | {"elig_hospital_end": "2026-03-06"}, AGAIN, "2026-05-06"),
     (CONFIRMED | {"elig_hospital_end": "2026-03"}, AGAIN, "2026-05-06")),
    ("EC.RECONFIRM.003", (CONFIRMED, AGAIN, "2026-05-07"), (CONFIRMED, AGAIN, "2026-05-06"), (CONFIRMED, without(AGAIN, "reconfirm_date"), "2026-05-07")),
    ("EC.RECONFIRM.004", (CONFIRMED, AGAIN, "2026-05-19"), (CONFIRMED, AGAIN, "2026-05-18"), (CONFIRMED, without(AGAIN, "still_eligible"), "2026-05-19")),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), RECONFIRM_CHECKS, ids=named(RECONFIRM_CHECKS))
def test_that_a_check_of_day_0_fires_holds_and_keeps_silent(
    trial: MetaDataVersion,
    check: str,
    fires: tuple[Typed, Typed, str],
    holds: tuple[Typed, Typed, str],
    unknown: tuple[Typed, Typed, str],
) -> None:
    assert fired(day_0(trial, *fires), check)
    assert not fired(day_0(trial, *holds), check)
    assert not fired(day_0(trial, *unknown), check)


def test_that_what_has_changed_is_asked_only_when_something_has(trial: MetaDataVersion, visit: MakeVisit) -> None:
    which = trial.item_by_name["reconfirm_which"]
    assert not visit().relevant(which) and not visit(**NOTHING_NEW).relevant(which)
    assert visit(reconfirm_other="true").relevant(which) and visit(reconfirm_vaccine="true").relevant(which)
