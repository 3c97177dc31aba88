"""Every check: it fires, it does not fire, and it is silent while something is unknown."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Visit
from crf_desktop.model.value import first_broken, parse
from tests.forms.conftest import MakeVisit

Typed = dict[str, str]
ND = NullFlavor.NOT_DONE
LOW = {"essdai_biological": "2", "igg": "4.5", "low_igg_attribution": "TREATMENT"}
SIGNED = {"consent_time": "2026-05-06T09:00:00+08:00"}
SAMPLED = {"lab_sample_time": "2026-05-04T08:00:00+08:00"}
COUNTED = {"b_pct": "2", "lymphocytes": "1.0"}
CHECKS: list[tuple[str, Typed, Typed, Typed]] = [
    ("EC.DEMO.001", {"birth_date": "2026-05-07"}, {"birth_date": "2026-05-06"}, {"birth_date": "2026"}),
    ("EC.DEMO.002", SIGNED | {"birth_date": "2021-05-07"}, SIGNED | {"birth_date": "2021-05-06"}, {"birth_date": "2021-05-07"}),
    ("EC.DEMO.002", SIGNED | {"birth_date": "2007-05-06"}, SIGNED | {"birth_date": "2007-05-07"}, SIGNED | {"birth_date": "2007"}),
    ("EC.DEMO.003", {"birth_date": "2014-05-06", "first_symptom_date": "2014-05-05"},
     {"birth_date": "2014-05-06", "first_symptom_date": "2014-05-06"}, {"birth_date": "2014-05-06", "first_symptom_date": "2014"}),
    ("EC.DEMO.003", {"birth_date": "2014-05-06", "first_symptom_date": "2013"}, {"birth_date": "2014", "first_symptom_date": "2015"}, {"birth_date": "2014-05"}),
    ("EC.DEMO.004", {"first_symptom_date": "2026-05-07"}, {"first_symptom_date": "2026-05-06"}, {"first_symptom_date": "2026"}),
    ("EC.DEMO.005", {"first_symptom_date": "2024-02-02", "diagnosis_date": "2024-02-01"},
     {"first_symptom_date": "2024-02-02", "diagnosis_date": "2024-02-02"}, {"diagnosis_date": "2024-02-01"}),
    ("EC.DEMO.006", {"diagnosis_date": "2026-05-07"}, {"diagnosis_date": "2026-05-06"}, {"diagnosis_date": "2026-05"}),
    ("EC.DEMO.007", {"birth_date": "2014-05-06", "diagnosis_date": "2014-05-05"},
     {"birth_date": "2014-05-06", "diagnosis_date": "2020-05-05"}, {"diagnosis_date": "2014-05-05"}),
    ("EC.ESSPRI.001", {"birth_date": "2018-05-07", "esspri_respondent": "CHILD"},
     {"birth_date": "2018-05-06", "esspri_respondent": "CHILD"}, {"esspri_respondent": "CHILD"}),
    ("EC.ESSPRI.002", {"birth_date": "2018-05-06", "esspri_respondent": "PARENT"},
     {"birth_date": "2018-05-07", "esspri_respondent": "PARENT"}, {"esspri_respondent": "PARENT"}),
    ("EC.ESSDAI.001", LOW, LOW | {"low_igg_attribution": "DISEASE"}, {"essdai_biological": "2", "igg": "4.5"}),
    ("EC.ESSDAI.001", LOW, LOW | {"cryoglobulin": "POS"}, {"essdai_biological": "2"}),
    ("EC.ESSDAI.001", LOW | {"cryoglobulin": "NEG"}, LOW | {"igg": "5"}, LOW | {"igg": ND}),
    ("EC.ESSDAI.002", {"essdai_biological": "1", "cryoglobulin": "POS"}, {"essdai_biological": "2", "cryoglobulin": "POS"},
     {"essdai_biological": "1", "cryoglobulin": ND}),
    ("EC.ESSDAI.003", {"essdai_biological": "0", "c4": "0.09", "c4_lln": "0.1"},
     {"essdai_biological": "1", "c4": "0.09", "c4_lln": "0.1"}, {"essdai_biological": "0", "c3": "0.1"}),
    ("EC.ESSDAI.004", {"essdai_biological": "1", "igg": "20.1"}, {"essdai_biological": "1", "igg": "20"}, {"igg": "25"}),
    ("EC.ESSDAI.004", {"essdai_biological": "0", "igg": "4.9", "low_igg_attribution": "DISEASE"}, LOW | {"essdai_biological": "0"},
     {"essdai_biological": "0", "igg": "4.9", "low_igg_attribution": ND}),
    ("EC.ESSDAI.003", {"essdai_biological": "0", "c4": "<0.02", "c4_lln": ("10", "MU.MG_DL")}, {"essdai_biological": "0", "c4": ("10", "MU.MG_DL"), "c4_lln": "0.1"},
     {"essdai_biological": "0", "c4": "<0.2", "c4_lln": "0.1"}),
    ("EC.ESSDAI.004", {"essdai_biological": "0", "igg": "16"}, {"essdai_biological": "0", "igg": "15.9"},
     {"essdai_biological": ND, "igg": "25"}),
    ("EC.ESSDAI.004", {"essdai_biological": "0", "igg": "30"}, {"essdai_biological": "0", "igg": "30", "ivig_recent": "true"},
     {"essdai_biological": "0", "igg": ND}),
    ("EC.SALIVA.001", {"saliva_1_before": "12.1", "saliva_1_after": "12.09"}, {"saliva_1_before": "12.1", "saliva_1_after": "12.1"},
     {"saliva_1_before": "12.1"}),
    ("EC.SALIVA.002", {"saliva_2_before": "12.1", "saliva_2_after": "12.09"}, {"saliva_2_before": "12.1", "saliva_2_after": "13"},
     {"saliva_2_after": "12.1"}),
    ("EC.SALIVA.003", {"saliva_1_before": "10", "saliva_1_after": "25.001", "saliva_1_seconds": "300"},
     {"saliva_1_before": "10", "saliva_1_after": "25", "saliva_1_seconds": "300"}, {"saliva_1_before": "10", "saliva_1_after": "50"}),
    ("EC.SALIVA.004", {"saliva_2_before": "10", "saliva_2_after": "26", "saliva_2_seconds": "300"},
     {"saliva_2_before": "10", "saliva_2_after": "11", "saliva_2_seconds": "300"}, {"saliva_2_seconds": "300"}),
    ("EC.HOCEVAR.001", {"hocevar_reference": "THYROID", "hocevar_thyroid_disease": "true"},
     {"hocevar_reference": "SOFT_TISSUE", "hocevar_thyroid_disease": "true"}, {"hocevar_reference": "THYROID"}),
    ("EC.LAB.001", {"lab_sample_time": "2026-04-28T08:00:00+08:00"}, {"lab_sample_time": "2026-04-29T08:00:00+08:00"}, {}),
    ("EC.LAB.001", {"lab_sample_time": "2026-05-14T00:00:00+08:00"}, {"lab_sample_time": "2026-05-13T23:59:00+08:00"}, {}),
    ("EC.LAB.002", {"sex": "M", "esr_uln": "20", "esr_uln_source": "DEFAULT"}, {"sex": "M", "esr_uln": "15", "esr_uln_source": "DEFAULT"},
     {"esr_uln": "20", "esr_uln_source": "DEFAULT"}),
    ("EC.LAB.002", {"sex": "F", "esr_uln": "15", "esr_uln_source": "DEFAULT"},
     {"sex": "F", "esr_uln": "15", "esr_uln_source": "CERTIFICATE"}, {"sex": "F", "esr_uln": "15"}),
    ("EC.LAB.003", {"ivig_recent": "true", "ivig_date": "2026-05-05", "lab_sample_time": "2026-05-04T08:00:00+08:00"},
     {"ivig_recent": "true", "ivig_date": "2026-05-04", "lab_sample_time": "2026-05-04T08:00:00+08:00"},
     {"ivig_date": "2026-05-05", "lab_sample_time": "2026-05-04T08:00:00+08:00"}),
    ("EC.LAB.004", {"ivig_recent": "true", "ivig_date": "2025-12"} | SAMPLED, {"ivig_recent": "true", "ivig_date": "2026-02"} | SAMPLED, {"ivig_recent": "true", "ivig_date": "2026-01"} | SAMPLED),
    ("EC.LAB.004", {"ivig_recent": "true", "ivig_date": "2025-12-01", "lab_sample_time": "2026-05-04T08:00:00+08:00"},
     {"ivig_recent": "true", "ivig_date": "2026-02-04", "lab_sample_time": "2026-05-04T08:00:00+08:00"},
     {"ivig_recent": "true", "ivig_date": "2025"}),
    ("EC.BCELL.001", COUNTED | {"b_count": "24.1"}, COUNTED | {"b_count": "24"}, {"b_count": "24"}),
    ("EC.BCELL.001", COUNTED | {"b_count": "15.9"}, COUNTED | {"b_count": ("16", "MU.PER_UL")}, COUNTED | {"b_count": ND}),
    ("EC.BCELL.002", {"bcell_sample_time": "2026-05-07T08:00:00+08:00"}, {"bcell_sample_time": "2026-05-06T08:00:00+08:00"}, {}),
    ("EC.BCELL.003", {"bcell_sample_time": "2026-04-28T08:00:00+08:00"}, {"bcell_sample_time": "2026-04-29T08:00:00+08:00"}, {}),
]  # fmt: skip


def fired(sheet: Visit, check: str) -> bool:
    return check in {c.oid for form in sheet.definition.forms for c in sheet.broken(form)}


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(
    ("check", "fires", "holds", "unknown"), CHECKS, ids=[f"{row[0]}-{n}" for n, row in enumerate(CHECKS)]
)
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


def test_that_an_empty_visit_breaks_no_check(trial: MetaDataVersion, visit: MakeVisit) -> None:
    assert [c.oid for form in trial.forms for c in visit().broken(form)] == []


HARD = [
    ("schirmer_right", "0", ""), ("schirmer_right", "35", ""), ("schirmer_left", "36", "x"), ("schirmer_left", "-1", "x"),
    ("pga", "0", ""), ("pga", "100", ""), ("pga", "101", "x"), ("esspri_pain", "10", ""), ("esspri_pain", "11", "x"),
    ("saliva_1_before", "0", "x"), ("saliva_1_seconds", "0", "x"), ("saliva_2_seconds", "300", ""), ("b_pct", "100", ""),
    ("b_pct", "100.1", "x"), ("igg", "150", ""), ("igg", "151", "x"), ("esr", "200", ""), ("esr", "201", "x"), ("esr_uln", "0", "x"),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("name", "typed", "refused"), HARD)
def test_that_a_hard_limit_refuses_and_its_edge_does_not(
    trial: MetaDataVersion, name: str, typed: str, refused: str
) -> None:
    item = trial.item_by_name[name]
    if not refused:
        assert parse(trial, item, typed).value == typed
        return
    with pytest.raises(Refused) as problem:
        parse(trial, item, typed)
    assert problem.value.code == "value.out_of_range"


def test_that_a_limit_holds_in_the_unit_that_was_chosen(trial: MetaDataVersion) -> None:
    igg = trial.item_by_name["igg"]
    soft = first_broken(trial, igg, parse(trial, igg, "1740", "MU.MG_DL"), "Soft")
    assert soft is None
    assert first_broken(trial, igg, parse(trial, igg, "100"), "Soft") is not None
    with pytest.raises(Refused):
        parse(trial, igg, "1740")  # mg/dL typed with g/L chosen


def test_that_a_soft_limit_asks_and_keeps(trial: MetaDataVersion) -> None:
    seconds = trial.item_by_name["saliva_1_seconds"]
    assert first_broken(trial, seconds, parse(trial, seconds, "240"), "Soft") is not None
    assert first_broken(trial, seconds, parse(trial, seconds, "300"), "Soft") is None


def test_that_what_has_a_limit_of_quantification_takes_a_qualifier(trial: MetaDataVersion) -> None:
    assert {i.name for i in trial.items if i.qualifiers} == {
        "b_pct", "b_count", "rf", "iga", "igm", "c3", "c4", "ch50", "esr", "kappa_free", "lambda_free", "crp", "bilirubin", "upcr", "urine_protein_24h", "hbv_dna_load",
    }  # fmt: skip
    datum = parse(trial, trial.item_by_name["rf"], "<20")
    assert (datum.qualifier, datum.value, datum.unit_oid) == ("<", "20", "MU.IU_ML")
