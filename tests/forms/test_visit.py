"""What week 0 derives from its answers."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from fractions import Fraction

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Derived, Visit
from crf_desktop.model.value import parse
from tests.forms.conftest import MakeVisit

BASELINE = {
    "essdai_constitutional": "1", "essdai_lymphadenopathy": "1", "essdai_glandular": "1", "essdai_articular": "2",
    "essdai_cutaneous": "2", "essdai_pulmonary": "0", "essdai_renal": "1", "essdai_muscular": "0", "essdai_pns": "0",
    "essdai_cns": "0", "essdai_haematological": "1",
}  # fmt: skip


def got(visit: Visit, name: str) -> Derived:
    return visit.derived(visit.definition.method_by_name[name])


@pytest.mark.requirement("REQ-33")
def test_that_a_missing_domain_leaves_a_lower_bound_and_clinessdai_valid(visit: MakeVisit) -> None:
    sheet = visit(**BASELINE, essdai_biological=NullFlavor.NOT_DONE)
    total, clinical = got(sheet, "essdai_total"), got(sheet, "clinessdai_total")
    assert (total.text, total.lower_text, total.answered, total.total) == ("", "26", 11, 12)
    assert got(sheet, "essdai_band").value is None
    assert (clinical.text, clinical.answered, clinical.total) == ("30", 11, 11)
    assert got(sheet, "clinessdai_band").value == "high"
    complete = visit(**BASELINE, essdai_biological="2")
    assert got(complete, "essdai_total").text == "28" and got(complete, "essdai_band").value == "high"


@pytest.mark.parametrize(
    ("domain", "level"),
    [("constitutional", "3"), ("glandular", "3"), ("cns", "1"), ("biological", "3"), ("renal", "4")],
)
def test_that_a_level_a_domain_does_not_have_is_refused(trial: MetaDataVersion, domain: str, level: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(trial, trial.item_by_name[f"essdai_{domain}"], level)
    assert refused.value.code == "value.no_such_answer"


def test_that_esspri_has_no_mean_before_all_three_scales(visit: MakeVisit) -> None:
    half = got(visit(esspri_dryness="6", esspri_fatigue="7"), "esspri_mean")
    assert (half.text, half.lower_text, half.answered, half.total) == ("", "", 2, 3)
    full = visit(esspri_dryness="6", esspri_fatigue="5", esspri_pain="3")
    assert got(full, "esspri_mean").text == "4.67" and got(full, "esspri_pass").value is True
    assert got(visit(esspri_dryness="6", esspri_fatigue="5", esspri_pain="4"), "esspri_pass").value is False


def test_that_one_eye_not_read_yet_is_not_one_eye_missing(visit: MakeVisit) -> None:
    assert got(visit(schirmer_right="4"), "schirmer_mean").text == ""
    assert got(visit(schirmer_right="4"), "schirmer_one_eye").value is None
    refused = visit(schirmer_right="4", schirmer_left=NullFlavor.REFUSED)
    assert got(refused, "schirmer_mean").text == "4.0" and got(refused, "schirmer_one_eye").value is True
    both = visit(schirmer_right="4", schirmer_left="7")
    assert got(both, "schirmer_mean").text == "5.5" and got(both, "schirmer_one_eye").value is False
    neither = visit(schirmer_right=NullFlavor.REFUSED, schirmer_left=NullFlavor.REFUSED)
    assert got(neither, "schirmer_mean").value is None and got(neither, "schirmer_one_eye").value is False


@pytest.mark.parametrize(
    ("right", "left", "star", "aecg"),
    [
        ("5", "5", False, True),
        ("4", "5", True, True),
        ("5", "20", False, True),
        ("6", "6", False, False),
        ("0", "35", False, True),
    ],
)
def test_that_both_schirmer_cut_offs_are_kept_apart(
    visit: MakeVisit, right: str, left: str, star: bool, aecg: bool
) -> None:
    sheet = visit(schirmer_right=right, schirmer_left=left)
    assert (got(sheet, "schirmer_abnormal_star").value, got(sheet, "schirmer_abnormal_aecg").value) == (star, aecg)


FIRST = {"saliva_1_before": "12.346", "saliva_1_after": "12.936", "saliva_1_seconds": "300"}


def test_that_the_flow_is_the_exact_mean_of_both_rates(visit: MakeVisit) -> None:
    sheet = visit(**FIRST, saliva_2_before="12.310", saliva_2_after="12.811", saliva_2_seconds="301")
    assert got(sheet, "saliva_1_net").text == "0.590" and got(sheet, "saliva_1_rate").text == "0.118"
    exact = (Fraction("0.590") * 60 / 300 + Fraction("0.501") * 60 / 301) / 2
    assert got(sheet, "saliva_flow").value == exact and got(sheet, "saliva_one_collection").value is False


@pytest.mark.parametrize(("after", "abnormal"), [("10.500", True), ("10.501", False), ("10.000", True)])
def test_that_one_tenth_of_a_millilitre_is_abnormal(visit: MakeVisit, after: str, abnormal: bool) -> None:
    typed = {
        f"saliva_{n}_{key}": text
        for n in (1, 2)
        for key, text in (("before", "10"), ("after", after), ("seconds", "300"))
    }
    assert got(visit(**typed), "saliva_abnormal").value is abnormal


def test_that_one_missing_collection_is_flagged_and_not_filled(visit: MakeVisit) -> None:
    assert got(visit(**FIRST), "saliva_flow").value is None
    names = ("saliva_2_before", "saliva_2_after", "saliva_2_seconds")
    sheet = visit(**FIRST, **dict.fromkeys(names, NullFlavor.NOT_DONE))
    assert got(sheet, "saliva_flow").text == "0.118" and got(sheet, "saliva_one_collection").value is True


def test_that_an_ultrasound_grade_left_shows_what_is_certain(trial: MetaDataVersion, visit: MakeVisit) -> None:
    names = [trial.item[oid].name for oid in trial.method["M.HOCEVAR.TOTAL"].counts]
    assert len(names) == 20
    ones = visit(**dict.fromkeys(names[:-1], "1"))
    total = got(ones, "hocevar_total")
    assert (total.text, total.lower_text, total.answered, total.total) == ("", "19", 19, 20)
    assert got(ones, "hocevar_submand_l").lower_text == "4" and got(ones, "hocevar_parotid_r").text == "5"
    assert got(ones, "hocevar_ge17").value is None
    assert got(visit(**dict.fromkeys(names, "1")), "hocevar_ge17").value is True


@pytest.mark.parametrize(
    ("born", "age"), [("2014-05-06", 12), ("2014-05-07", 11), ("2014-05-05", 12), ("2012-02-29", 14), ("2014-05", None)]
)
def test_that_age_is_in_completed_years(visit: MakeVisit, born: str, age: int | None) -> None:
    assert got(visit(birth_date=born), "age_years").value == age


def test_that_age_at_onset_is_never_estimated(visit: MakeVisit) -> None:
    assert got(visit(birth_date="2014-05-06", first_symptom_date="2022-05-05"), "age_at_onset_years").value == 7
    assert got(visit(birth_date="2014-05-06", first_symptom_date="2022"), "age_at_onset_years").value is None
    assert got(visit(birth_date="2014-05-06", first_symptom_date="2022-05"), "age_at_onset_years").value is None


@pytest.mark.parametrize(("month", "age"), [("2022-04", 7), ("2022-06", 8)])
def test_that_a_partial_date_gives_an_age_where_it_leaves_no_doubt(visit: MakeVisit, month: str, age: int) -> None:
    assert got(visit(birth_date="2014-05-06", first_symptom_date=month), "age_at_onset_years").value == age
    assert got(visit(birth_date="2014-05", first_symptom_date=month), "age_at_onset_years").value == age


def test_that_a_partial_date_is_silent_while_a_day_of_it_is_right(trial: MetaDataVersion, visit: MakeVisit) -> None:
    sheet = visit(birth_date="2026", first_symptom_date="2026", diagnosis_date="2026-05")
    assert [c.oid for c in sheet.broken(trial.form["F.DEMO"])] == []
    sheet = visit(birth_date="2026", first_symptom_date="2027-01", diagnosis_date="2013")
    assert [c.oid for c in sheet.broken(trial.form["F.DEMO"])] == [f"EC.DEMO.{n:03}" for n in (4, 5, 7)]


@pytest.mark.parametrize(
    ("born", "igg", "high"),
    [
        ("2022-01-01", "12.40", False), ("2022-01-01", "12.41", True), ("2020-05-06", "13.11", True), ("2019-01-01", "13.6", False),
        ("2018-01-01", "14.21", True), ("2016-01-01", "14.30", False), ("2016-01-01", "14.31", True),
        ("2015-01-01", "20", None), ("2023-01-01", "20", None),
    ],
)  # fmt: skip
def test_that_igg_is_held_to_the_limit_of_the_age(visit: MakeVisit, born: str, igg: str, high: bool | None) -> None:
    assert got(visit(birth_date=born, igg=igg), "igg_above_age_uln").value is high


def test_that_the_certificate_goes_before_the_table_and_units_do_not_matter(visit: MakeVisit) -> None:
    sheet = visit(birth_date="2012-01-01", igg=("1610", "MU.MG_DL"), igg_uln="16.0")
    assert got(sheet, "igg_above_age_uln").value is True
    assert got(visit(birth_date="2022-01-01", igg="13", igg_uln="14"), "igg_above_age_uln").value is False


@pytest.mark.parametrize(
    ("percent", "lymphocytes", "count", "depleted"),
    [
        ("1.8", "1.2", None, False), ("0.5", "4.0", None, False), ("0.49", "9", None, True), ("0.5", "3.9", None, True),
        ("5", "4", "19.9", True), ("0.5", "3.9", "20", False), ("0.4", None, None, True), ("0.6", None, None, None),
    ],
)  # fmt: skip
def test_that_depletion_is_strictly_below_either_limit(
    visit: MakeVisit, percent: str, lymphocytes: str | None, count: str | None, depleted: bool | None
) -> None:
    typed = {"b_pct": percent, "lymphocytes": lymphocytes, "b_count": count}
    assert got(visit(**{k: v for k, v in typed.items() if v}), "b_depleted").value is depleted


def test_that_a_percentage_below_what_the_laboratory_can_count_is_kept_and_never_computed_with(
    visit: MakeVisit,
) -> None:
    below = {"b_pct": "<0.1", "lymphocytes": "1.2"}
    assert got(visit(**below), "b_count_derived").text == ""
    assert got(visit(**below), "b_depleted").value is True, "certainly below 0.5 %"
    open_ = below | {"b_pct": "<1"}
    assert got(visit(**open_), "b_depleted").value is None
    assert got(visit(**open_, b_count="19"), "b_depleted").value is True
    assert got(visit(**open_, b_count="20"), "b_depleted").value is None


def test_that_the_derived_count_is_exact_in_either_unit(visit: MakeVisit) -> None:
    assert got(visit(b_pct="1.8", lymphocytes="1.2"), "b_count_derived").text == "21.6"
    assert got(visit(b_pct="1.8", lymphocytes=("1200", "MU.PER_UL")), "b_count_derived").value == Fraction("21.6")


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ({"igg": "15.99"}, 0), ({"igg": "16"}, 1), ({"igg": "20"}, 1), ({"igg": "20.01"}, 2), ({"igg": ("2001", "MU.MG_DL")}, 2),
        ({"igg": "4.99"}, None), ({"igg": "4.99", "low_igg_attribution": "TREATMENT"}, 0),
        ({"igg": "4.99", "low_igg_attribution": "DISEASE"}, 2), ({"igg": "5"}, 0),
        ({"igg": "25", "ivig_recent": "true"}, None), ({"igg": "25", "ivig_recent": "false"}, 2),
        ({"c3": "0.72", "c3_lln": "0.73"}, 1), ({"c3": "0.73", "c3_lln": "0.73"}, 0), ({"c3": "0.5"}, None),
        ({"c4": ("9", "MU.MG_DL"), "c4_lln": "0.10"}, 1), ({"cryoglobulin": "POS", "igg": "10"}, 2),
        ({"cryoglobulin": NullFlavor.NOT_DONE}, None), ({"clonal_component": "POS"}, 1), ({}, None),
    ],
)  # fmt: skip
def test_that_the_laboratory_implies_a_biological_level(
    trial: MetaDataVersion, visit: MakeVisit, typed: dict[str, str], level: int | None
) -> None:
    suggestion = visit(**typed).suggestion(trial.item_by_name["essdai_biological"])
    assert (suggestion.level if suggestion else None) == level
    if suggestion:
        assert len({oid for oid, _ in suggestion.implied}) == len(suggestion.implied)
        assert bool(suggestion.reasons) is bool(level)


@pytest.mark.parametrize(("count", "level"), [("0.5", 2), ("0.501", 1), ("0.999", 1), ("1", 0)])
def test_that_lymphocytes_imply_a_haematological_level(
    trial: MetaDataVersion, visit: MakeVisit, count: str, level: int
) -> None:
    suggestion = visit(lymphocytes=count).suggestion(trial.item_by_name["essdai_haematological"])
    assert suggestion is not None and suggestion.level == level


def test_that_questions_that_depend_on_an_answer_wait_for_it(trial: MetaDataVersion, visit: MakeVisit) -> None:
    depends = {
        "low_igg_attribution": {"igg": "4.9"}, "ivig_date": {"ivig_recent": "true"}, "ethnicity_other": {"ethnicity": "OTHER"},
        "esr_uln_source_other": {"esr_uln_source": "OTHER"}, "essdai_lung_basis": {"essdai_pulmonary": "0"},
        "haematuria_renal": {"urine_blood": "1"}, "ch50_lln": {"ch50": "<5"}, "node_cm": {"nodes_enlarged": "true"}, "post_menarche": {"sex": "F"},
        "tubular_acidosis": {"organ_kidney": "true"}, "liver_biopsy_date": {"organ_liver": "true", "liver_biopsy": "AIH"},
        "hbv_dna_load": {"hbcab": "POS", "hbv_dna": "POS"}, "tb_preventive": {"tb_test": "TST", "tb_tst_mm": "10"},
    }  # fmt: skip
    always = {"kappa_free", "lambda_free", "b2m", "b2m_uln", "cryoglobulin", "clonal_component"}
    pages = ("VITALS", "EXAM", "LAB1", "LAB2", "BCELL", "INFECTION", "PREG", "LUNG", "ORGAN", "SCHIRMER", "ESSDAI", "DEMO")
    waiting = {i.name for page in pages for i in trial.items_of(f"F.{page}") if i.relevant} - always
    assert not any(visit().relevant(trial.item_by_name[name]) for name in waiting) and set(depends) <= waiting
    for name, answer in depends.items():
        assert not visit().relevant(trial.item_by_name[name]) and visit(**answer).relevant(trial.item_by_name[name])
