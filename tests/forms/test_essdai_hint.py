"""What the data of the visit imply for each ESSDAI domain, at every edge, and which ratings are asked about."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from tests.forms.conftest import Answer, MakeVisit
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_examination import JOINTS, joints

ND = NullFlavor.NOT_DONE
AUTO = "AUTOIMMUNE"
ILD: Typed = {"lung_indicated": "true", "hrct_done": "true", "ild_on_hrct": "true"}
PFT: Typed = {"lung_indicated": "true", "pft_done": "true"}
NODES: Typed = {"nodes_enlarged": "true"}
KIDNEY: Typed = {"organ_kidney": "true"}


def swollen(n: int, synovitis: str = "true") -> Typed:
    return joints(**dict.fromkeys(JOINTS[:n], "S")) | ({"synovitis_sjogren": synovitis} if n else {})


def rated(domain: str, level: str, data: Typed) -> Typed:
    return {f"essdai_{domain}": level} | data


CHECKS: list[Row] = [
    ("EC.ESSDAI.005", rated("biological", "0", {"ch50": "19", "ch50_lln": "20"}), rated("biological", "1", {"ch50": "19", "ch50_lln": "20"}), rated("biological", "0", {"ch50": "19"})),
    ("EC.ESSDAI.005", rated("biological", "0", {"clonal_component": "POS"}), rated("biological", "0", {"clonal_component": "NEG", "ch50": "20", "ch50_lln": "20"}), rated("biological", "0", {"clonal_component": ND})),
    ("EC.ESSDAI.006", rated("haematological", "1", {"hb": "110", "hb_attribution": "OTHER"}), rated("haematological", "1", {"hb": "110", "hb_attribution": AUTO}), rated("haematological", "1", {"hb": "110"})),
    ("EC.ESSDAI.006", rated("haematological", "2", {"lymphocytes": "0.4", "lymphocytes_attribution": "TREATMENT"}), rated("haematological", "0", {"lymphocytes": "0.4", "lymphocytes_attribution": "TREATMENT"}), rated("haematological", "2", {"lymphocytes": "0.4", "lymphocytes_attribution": "TREATMENT", "platelets": "90", "platelets_attribution": "UNKNOWN"})),
    ("EC.ESSDAI.011", rated("lymphadenopathy", "1", NODES | {"node_cm": "2"}), rated("lymphadenopathy", "2", NODES | {"node_cm": "2"}), rated("lymphadenopathy", "0", NODES | {"node_cm": ND})),
    ("EC.ESSDAI.011", rated("lymphadenopathy", "1", {"splenomegaly": "true"}), rated("lymphadenopathy", "3", {"splenomegaly": "true"}), {"splenomegaly": "true"}),
    ("EC.ESSDAI.012", rated("glandular", "1", {"exam_parotid": "LARGE"}), rated("glandular", "1", {"exam_parotid": "SMALL", "exam_lacrimal": "LIMITED"}), rated("glandular", "0", {"exam_parotid": ND})),
    ("EC.ESSDAI.013", rated("articular", "2", swollen(6)), rated("articular", "2", swollen(5)), rated("articular", "0", swollen(6) | {"joint_l_knee": ND})),
    ("EC.ESSDAI.013", rated("articular", "1", swollen(1)), rated("articular", "0", swollen(6, "false")), rated("articular", "0", {"joint_r_knee": "S"})),
    ("EC.ESSDAI.014", rated("pulmonary", "1", PFT | {"fvc_pct": "79.9"}), rated("pulmonary", "0", PFT | {"fvc_pct": "80", "dlco_pct": "70"}), rated("pulmonary", "0", PFT | {"fvc_pct": ND})),
    ("EC.ESSDAI.014", rated("pulmonary", "2", PFT | {"dlco_pct": "39.9"}), rated("pulmonary", "2", PFT | {"dlco_pct": "40"}), {"lung_indicated": "true", "pft_done": "true", "dlco_pct": "30"}),
    ("EC.ESSDAI.014", rated("pulmonary", "0", ILD | {"nyha": "1"}), rated("pulmonary", "1", ILD | {"nyha": "1"}), rated("pulmonary", "0", ILD)),
    ("EC.ESSDAI.015", rated("renal", "2", {"urine_protein_24h": "1.501"}), rated("renal", "2", {"urine_protein_24h": "1.5"}), rated("renal", "0", {"urine_protein_24h": "<3"})),
    ("EC.ESSDAI.015", rated("renal", "0", {"upcr": ("500", "MU.MG_G")}), rated("renal", "0", {"upcr": "2", "urine_protein_24h": "0.4"}), rated("renal", "0", {"upcr": ND})),
    ("EC.ESSDAI.015", rated("renal", "2", {"urine_blood": "2", "haematuria_renal": "true"}), rated("renal", "0", {"urine_blood": "2", "haematuria_renal": "false"}), rated("renal", "0", {"urine_blood": "2"})),
    ("EC.ESSDAI.016", rated("muscular", "2", {"ck": "401", "ck_uln": "100"}), rated("muscular", "0", {"ck": "200", "ck_uln": "100"}), rated("muscular", "0", {"ck": "401"})),
    ("EC.ESSDAI.016", rated("muscular", "1", {"ck": "201", "ck_uln": "100"}), rated("muscular", "2", {"ck": "400", "ck_uln": "100"}), {"ck": "500", "ck_uln": "100"}),
    ("EC.ESSDAI.017", rated("haematological", "0", {"hb": ("11.9", "MU.G_DL"), "hb_attribution": AUTO}), rated("haematological", "1", {"hb": ("11.9", "MU.G_DL"), "hb_attribution": AUTO}), rated("haematological", "0", {"hb": ("11.9", "MU.G_DL")})),
    ("EC.ESSDAI.017", rated("haematological", "2", {"anc": "0.499", "anc_attribution": AUTO}), rated("haematological", "2", {"anc": "0.5", "anc_attribution": AUTO}), rated("haematological", "0", {"anc": "0.499", "anc_attribution": ND})),
    ("EC.ESSDAI.017", rated("haematological", "1", {"platelets": "100", "platelets_attribution": AUTO}), rated("haematological", "0", {"platelets": "100", "platelets_attribution": "TREATMENT"}), rated("haematological", ND, {"platelets": "100", "platelets_attribution": AUTO})),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


LEVELS: list[tuple[str, Typed, int | None]] = [
    ("haematological", {"anc": "0.499"}, 3), ("haematological", {"anc": "0.5"}, 2), ("haematological", {"anc": "1"}, 2), ("haematological", {"anc": "1.001"}, 1),
    ("haematological", {"anc": "1.499"}, 1), ("haematological", {"anc": "1.5"}, 0), ("haematological", {"anc": ("1000", "MU.PER_UL")}, 2),
    ("haematological", {"hb": "79.9"}, 3), ("haematological", {"hb": "80"}, 2), ("haematological", {"hb": "100"}, 2), ("haematological", {"hb": "100.1"}, 1),
    ("haematological", {"hb": "119.9"}, 1), ("haematological", {"hb": "120"}, 0), ("haematological", {"hb": ("7.9", "MU.G_DL")}, 3), ("haematological", {"hb": ("12", "MU.G_DL")}, 0),
    ("haematological", {"platelets": "49.9"}, 3), ("haematological", {"platelets": "50"}, 2), ("haematological", {"platelets": "100"}, 2), ("haematological", {"platelets": "100.1"}, 1),
    ("haematological", {"platelets": "149.9"}, 1), ("haematological", {"platelets": "150"}, 0), ("haematological", {"platelets": ("50000", "MU.PER_UL")}, 2),
    ("haematological", {"lymphocytes": "0.5"}, 2), ("haematological", {"lymphocytes": "0.501"}, 1), ("haematological", {"lymphocytes": "0.999"}, 1), ("haematological", {"lymphocytes": "1"}, 0),
    ("haematological", {"anc": "0.4", "anc_attribution": "TREATMENT", "hb": "110"}, 1), ("haematological", {"anc": "0.4", "anc_attribution": "OTHER"}, 0),
    ("haematological", {"hb": "79", "hb_attribution": AUTO, "platelets": "200"}, 3), ("haematological", {"anc": ND}, None), ("haematological", {}, None),
    ("renal", {"urine_protein_24h": "0.499"}, 0), ("renal", {"urine_protein_24h": "0.5"}, 1), ("renal", {"urine_protein_24h": "1"}, 1), ("renal", {"urine_protein_24h": "1.001"}, 2),
    ("renal", {"urine_protein_24h": "1.5"}, 2), ("renal", {"urine_protein_24h": "1.501"}, 3), ("renal", {"upcr": "0.6"}, 1), ("renal", {"upcr": ("200", "MU.MG_MMOL")}, 3),
    ("renal", {"upcr": ("113.1", "MU.MG_MMOL")}, 1), ("renal", {"upcr": ("113.2", "MU.MG_MMOL")}, 2), ("renal", {"upcr": "2", "urine_protein_24h": "0.3"}, 0),
    ("renal", {"height": "140", "creatinine": "85.1"}, 0), ("renal", {"height": "140", "creatinine": "85.2"}, 3),
    ("renal", KIDNEY | {"height": "140", "creatinine": "85.4", "tubular_acidosis": "true"}, 2), ("renal", KIDNEY | {"tubular_acidosis": "true"}, 1),
    ("renal", {"urine_blood": "1"}, None), ("renal", {"urine_blood": "1", "haematuria_renal": "true"}, 3), ("renal", {"urine_blood": "1", "haematuria_renal": "false"}, 0),
    ("renal", {"urine_blood": "TRACE"}, 0), ("renal", KIDNEY | {"kidney_biopsy": "MEMBRANOUS"}, 2), ("renal", KIDNEY | {"kidney_biopsy": "CRYO"}, 3), ("renal", KIDNEY | {"kidney_biopsy": "NONE"}, None),
    ("muscular", {"ck": "100", "ck_uln": "100"}, 0), ("muscular", {"ck": "100.1", "ck_uln": "100"}, 1), ("muscular", {"ck": "200", "ck_uln": "100"}, 1), ("muscular", {"ck": "200.1", "ck_uln": "100"}, 2),
    ("muscular", {"ck": "400", "ck_uln": "100"}, 2), ("muscular", {"ck": "400.1", "ck_uln": "100"}, 3), ("muscular", {"ck": "400"}, None),
    ("articular", swollen(0), 0), ("articular", swollen(1), 2), ("articular", swollen(5), 2), ("articular", swollen(6), 3), ("articular", swollen(6, "false"), 0),
    ("articular", joints(joint_r_wrist="T") | {"morning_stiffness_min": "31"}, 1), ("articular", joints(joint_r_wrist="T") | {"morning_stiffness_min": "30"}, 0),
    ("articular", joints() | {"morning_stiffness_min": "60"}, 0), ("articular", {"joint_r_wrist": "S", "synovitis_sjogren": "true"}, None),
    ("pulmonary", PFT | {"fvc_pct": "80"}, 0), ("pulmonary", PFT | {"fvc_pct": "79.9"}, 2), ("pulmonary", PFT | {"fvc_pct": "60"}, 2), ("pulmonary", PFT | {"fvc_pct": "59.9"}, 3),
    ("pulmonary", PFT | {"dlco_pct": "70"}, 0), ("pulmonary", PFT | {"dlco_pct": "69.9"}, 2), ("pulmonary", PFT | {"dlco_pct": "40"}, 2), ("pulmonary", PFT | {"dlco_pct": "39.9", "fvc_pct": "90"}, 3),
    ("pulmonary", ILD | {"nyha": "1"}, 1), ("pulmonary", ILD | {"nyha": "2"}, 2), ("pulmonary", ILD | {"nyha": "3"}, 3), ("pulmonary", ILD | {"nyha": "4"}, 3), ("pulmonary", ILD, None),
    ("pulmonary", {"lung_indicated": "true", "cough_bronchial": "true"}, 1), ("pulmonary", {"lung_indicated": "false", "cough_bronchial": "true"}, None),
    ("glandular", {"exam_parotid": "NONE", "exam_submandibular": "NONE"}, 0), ("glandular", {"exam_parotid": "SMALL"}, 1), ("glandular", {"exam_parotid": "LARGE"}, 2),
    ("glandular", {"exam_lacrimal": "MARKED"}, 2), ("glandular", {"exam_submandibular": "LIMITED"}, 1),
    ("lymphadenopathy", NODES | {"node_cm": "0.9"}, 0), ("lymphadenopathy", NODES | {"node_cm": "1"}, 1), ("lymphadenopathy", NODES | {"node_cm": "2"}, 2), ("lymphadenopathy", NODES | {"node_inguinal_cm": "1.9"}, 0),
    ("lymphadenopathy", NODES | {"node_inguinal_cm": "2"}, 1), ("lymphadenopathy", NODES | {"node_inguinal_cm": "3"}, 2), ("lymphadenopathy", {"splenomegaly": "true"}, 2),
    ("lymphadenopathy", {"nodes_enlarged": "false", "node_cm": "3"}, None), ("biological", {"ch50": "19", "ch50_lln": "20"}, 1), ("biological", {"ch50": "20", "ch50_lln": "20"}, 0),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("domain", "typed", "level"), LEVELS)
def test_that_the_data_imply_a_level_at_every_edge(
    trial: MetaDataVersion, visit: MakeVisit, domain: str, typed: Typed, level: int | None
) -> None:
    suggestion = visit(**typed).suggestion(trial.item_by_name[f"essdai_{domain}"])
    assert (suggestion.level if suggestion else None) == level
    if suggestion:
        assert len({oid for oid, _ in suggestion.implied}) == len(suggestion.implied), "an item implies one level"
        assert bool(suggestion.reasons) is bool(level)


@pytest.mark.parametrize("domain", ["lymphadenopathy", "glandular", "articular", "pulmonary", "renal", "muscular", "haematological", "biological"])
def test_that_every_level_a_hint_names_exists_in_its_domain(trial: MetaDataVersion, domain: str) -> None:
    codes = {i.coded_value for i in trial.code_list[f"CL.ESSDAI.{domain.upper()}"].items}
    levels = {level for d, _, level in LEVELS if d == domain and level is not None}
    assert {str(n) for n in levels} <= codes


def test_that_the_message_names_the_level_the_data_reach(visit: MakeVisit) -> None:
    typed: dict[str, Answer] = rated("renal", "0", {"urine_protein_24h": "1.2"})
    (check,) = (c for c in visit(**typed).broken(visit().definition.form["F.ESSDAI"]) if c.oid == "EC.ESSDAI.015")
    assert "reach level 2" in check.message.en and "已达2级" in check.message.zh


def test_that_nothing_is_suggested_or_asked_on_an_empty_visit(trial: MetaDataVersion, visit: MakeVisit) -> None:
    assert all(visit().suggestion(trial.item[oid]) is None for oid in trial.method["M.ESSDAI.TOTAL"].counts)
