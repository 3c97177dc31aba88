"""History: every set of classification criteria from its raw items, and what its verdict says."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from tests.forms.conftest import MakeVisit
from tests.forms.course import course, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
GIRL: Typed = {"sex": "F", "menarche": "true"}
SICCA: Typed = {"hx_dry_eyes": "false", "hx_sand_eyes": "false", "hx_tears_3x": "false", "hx_dry_mouth": "false", "hx_liquids": "false"}
CHECKS: list[Row] = [
    ("EC.HX.001", GIRL | {"menarche_date": "2026-06"}, GIRL | {"menarche_date": "2026-05"}, {"menarche_date": "2026-06"}),
    ("EC.HX.002", GIRL | {"birth_date": "2014-05-06", "menarche_date": "2022-05-05"}, GIRL | {"birth_date": "2014-05-06", "menarche_date": "2022-05-06"},
     GIRL | {"birth_date": "2014-05-06", "menarche_date": "2022"}),
    ("EC.HX.003", {"sex": "F", "menarche": "false", "birth_date": "2010-05-06"}, {"sex": "F", "menarche": "false", "birth_date": "2010-05-07"},
     {"sex": "F", "menarche": "false", "birth_date": "2010"}),
    ("EC.HX.004", {"hx_biopsy_done": "true", "hx_biopsy_date": "2026-05-07"}, {"hx_biopsy_done": "true", "hx_biopsy_date": "2026"}, {"hx_biopsy_date": "2026-05-07"}),
    ("EC.HX.005", SICCA | {"hx_parotitis": "false", "hx_essdai_suspected": "false"}, SICCA | {"hx_parotitis": "true", "hx_essdai_suspected": "false"},
     SICCA | {"hx_parotitis": "false"}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


def test_that_menarche_is_asked_of_girls_only(trial: MetaDataVersion, visit: MakeVisit) -> None:
    menarche, date = trial.item_by_name["menarche"], trial.item_by_name["menarche_date"]
    assert visit(sex="F").relevant(menarche) and not visit(sex="M").relevant(menarche) and not visit().relevant(menarche)
    assert visit(**GIRL).relevant(date) and not visit(sex="F", menarche="false").relevant(date)


# ---- AECG 2002

NO_EXCLUSION: Typed = dict.fromkeys(
    ("hx_radiation", "hx_hcv", "hx_aids", "hx_lymphoma", "hx_sarcoidosis", "hx_gvhd", "hx_anticholinergic", "hx_igg4", "hx_amyloidosis", "hx_other_autoimmune"), "false"
)  # fmt: skip
I_, II = {"hx_sand_eyes": "true"}, {"hx_liquids": "true"}
III = {"hx_schirmer_done": "true", "hx_schirmer_right": "5", "hx_schirmer_left": "20"}
IV = {"hx_biopsy_done": "true", "hx_focus_score": "1"}
V = {"hx_sialography": "ABNORMAL"}
VI = {"hx_ssa": "NEG", "hx_ssb": "POS"}
NO_I = {"hx_dry_eyes": "false", "hx_sand_eyes": "false", "hx_tears_3x": "false"}
NO_II = {"hx_dry_mouth": "false", "hx_liquids": "false"}
NO_III = {"hx_schirmer_done": "true", "hx_schirmer_right": "6", "hx_schirmer_left": "20"}
NO_IV = {"hx_biopsy_done": "true", "hx_focus_score": "0.99"}
NO_V = {"hx_sialography": "NORMAL"}
NO_VI = {"hx_ssa": "NEG", "hx_ssb": "NEG"}


def _all(*parts: Typed) -> Typed:
    return {k: v for part in parts for k, v in part.items()}


AECG: list[tuple[Typed, bool | None]] = [
    (_all(I_, II, NO_III, NO_IV, V, VI), True),
    (_all(I_, II, NO_III, IV, V, NO_VI), True),
    (_all(I_, II, III, NO_IV, V, NO_VI), False),
    (_all(NO_I, NO_II, III, NO_IV, V, VI), True),
    (_all(NO_I, NO_II, III, IV, V, NO_VI), True),
    (_all(NO_I, NO_II, NO_III, NO_IV, V, VI), False),
    (_all(I_, NO_II, NO_III, IV, NO_V, VI), False),
    (_all(I_, II, VI), None),
    (_all(I_, II, VI, NO_III, NO_IV, NO_V), False),
    (_all(I_, II, VI, V), True),
    (_all(I_, II, VI, {"hx_sialography": ND, "hx_scintigraphy": ND, "hx_biopsy_done": "false"}, NO_III), None),
    ({}, None),
]


@pytest.mark.parametrize(("typed", "met"), AECG)
def test_that_aecg_is_met_by_four_with_histology_or_antibodies_or_by_three_objective_items(
    visit: MakeVisit, typed: Typed, met: bool | None
) -> None:
    assert got(visit(**NO_EXCLUSION, **typed), "aecg_met").value is met


@pytest.mark.parametrize(
    ("typed", "item", "fulfilled"),
    [
        (I_, "aecg_1", True), (NO_I, "aecg_1", False), ({"hx_dry_eyes": "false"}, "aecg_1", None), ({"hx_tears_3x": "true"}, "aecg_1", True),
        (II, "aecg_2", True), (NO_II, "aecg_2", False), (NO_II | {"hx_parotitis": "true"}, "aecg_2", False),
        (III, "aecg_3", True), (NO_III, "aecg_3", False), ({"hx_schirmer_done": "false"}, "aecg_3", None),
        ({"hx_staining_done": "true", "hx_vbs_right": "4", "hx_vbs_left": "0"}, "aecg_3", True),
        ({"hx_staining_done": "true", "hx_vbs_right": "3", "hx_vbs_left": "3"}, "aecg_3", False),
        (NO_III | {"schirmer_right": "4", "schirmer_left": "9"}, "aecg_3", True),
        ({"schirmer_right": "6", "schirmer_left": "9"}, "aecg_3", False),
        (IV, "aecg_4", True), (NO_IV, "aecg_4", False),
        (V, "aecg_5", True), (NO_V, "aecg_5", False), ({"hx_scintigraphy": "ABNORMAL"}, "aecg_5", True),
        ({"hx_flow_done": "true", "hx_flow": "0.1"}, "aecg_5", True), ({"hx_flow_done": "true", "hx_flow": "0.101"}, "aecg_5", False),
        (VI, "aecg_6", True), (NO_VI, "aecg_6", False), ({"hx_ssa": "NEG"}, "aecg_6", None), ({"hx_ssa": ND, "hx_ssb": "POS"}, "aecg_6", True),
    ],
)  # fmt: skip
def test_that_each_item_of_aecg_follows_from_its_findings(
    visit: MakeVisit, typed: Typed, item: str, fulfilled: bool | None
) -> None:
    assert got(visit(**typed), item).value is fulfilled


@pytest.mark.parametrize("exclusion", ["radiation", "hcv", "aids", "lymphoma", "sarcoidosis", "gvhd", "anticholinergic"])
def test_that_an_exclusion_of_aecg_decides_and_is_named(visit: MakeVisit, exclusion: str) -> None:
    met = _all(NO_EXCLUSION, I_, II, V, VI)
    assert got(visit(**met), "aecg_met").value is True
    verdict = got(visit(**(met | {f"hx_{exclusion}": "true"})), "aecg_met")
    assert verdict.value is False and "An exclusion of the criteria is present" in [r.en for r in verdict.reasons]
    assert got(visit(**(met | {f"hx_{exclusion}": NullFlavor.UNKNOWN})), "aecg_met").value is None


def test_that_the_verdict_names_what_is_fulfilled_and_what_is_not_known(visit: MakeVisit) -> None:
    said = [r.en for r in got(visit(**_all(NO_EXCLUSION, I_, II, VI, NO_III)), "aecg_met").reasons]
    assert "Fulfilled: VI, antibodies" in said and "Fulfilled: I, ocular symptoms" in said
    assert "Not known: IV, histology" in said and "Not known: V, salivary glands" in said
    assert [s for s in said if "ocular signs" in s] == ["Not fulfilled: III, ocular signs"]
    chinese = [r.zh for r in got(visit(**_all(NO_EXCLUSION, I_, II, V, VI)), "aecg_met").reasons]
    assert "6项中符合≥4项，且含IV或VI" in chinese


def test_that_tests_of_week_0_count_where_screening_had_none_and_later_ones_never(trial: MetaDataVersion) -> None:
    def sign(event: str, day: str) -> object:
        told = {
            "SE.SCR": ("2026-04-20", {"hx_schirmer_done": "false"}),
            event: (day, {"schirmer_right": "3", "schirmer_left": "3"}),
        }
        return got(seen(course(trial, told), "SE.SCR"), "aecg_3").value

    assert sign("SE.W0", "2026-05-06") is True
    assert sign("SE.W28", "2026-11-18") is None


# ---- Japan 1999

STAINED = {"hx_staining_done": "true", "hx_vbs_right": "3", "hx_vbs_left": "0", "hx_fluorescein": "NEG"}
JAPAN: list[tuple[Typed, bool | None]] = [
    (_all(IV, VI), True),
    (_all(V, VI), True),
    (_all(III, STAINED, VI), True),
    (_all(NO_IV, NO_V, III, STAINED, NO_VI, {"hx_stimulated_flow": "NORMAL"}), False),
    (_all(NO_IV, NO_V, III, {"hx_staining_done": "true", "hx_vbs_right": "2", "hx_vbs_left": "2", "hx_fluorescein": "NEG"}, VI, {"hx_stimulated_flow": "NORMAL"}), False),
    (_all(NO_IV, NO_V, III, {"hx_staining_done": "true", "hx_vbs_right": "2", "hx_vbs_left": "2", "hx_fluorescein": "POS"}, VI, {"hx_stimulated_flow": "NORMAL"}), True),
    (_all(NO_V, {"hx_stimulated_flow": "ABNORMAL", "hx_scintigraphy": "ABNORMAL"}, VI), True),
    (_all(NO_V, {"hx_stimulated_flow": "ABNORMAL", "hx_scintigraphy": "NORMAL"}, VI, NO_IV, NO_III), False),
    (VI, None),
    (_all(NO_IV, NO_V, NO_III, NO_VI), False),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "met"), JAPAN)
def test_that_the_japanese_criteria_are_met_by_two_of_four(visit: MakeVisit, typed: Typed, met: bool | None) -> None:
    assert got(visit(**typed), "japan1999_met").value is met


# ---- ACR/EULAR 2016

SCORES: list[tuple[Typed, str, str, bool | None]] = [
    (_all(I_, IV, {"hx_ssa": "POS"}, III, {"hx_staining_done": "true", "hx_oss_right": "5", "hx_oss_left": "0", "hx_vbs_right": "0", "hx_vbs_left": "0"}, {"hx_flow_done": "true", "hx_flow": "0.1"}), "9", "", True),
    (_all(I_, NO_IV, {"hx_ssa": "POS"}, III), "", "4", True),
    (_all(I_, NO_IV, {"hx_ssa": "POS"}, NO_III), "", "3", None),
    (_all(I_, NO_IV, {"hx_ssa": "POS"}, NO_III, {"hx_staining_done": "true", "hx_oss_right": "4", "hx_oss_left": "4", "hx_vbs_right": "3", "hx_vbs_left": "3"}, {"hx_flow_done": "true", "hx_flow": "0.2"}), "3", "", False),
    (_all(NO_I, NO_II, {"hx_essdai_suspected": "true"}, IV, {"hx_ssa": "POS"}), "", "6", True),
    (_all(NO_I, NO_II, {"hx_essdai_suspected": "false"}, IV, {"hx_ssa": "POS"}), "", "6", False),
    (_all(IV, {"hx_ssa": "POS"}), "", "6", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "score", "at_least", "met"), SCORES)
def test_that_acr_eular_counts_points_and_says_what_is_certain(
    visit: MakeVisit, typed: Typed, score: str, at_least: str, met: bool | None
) -> None:
    sheet = visit(**NO_EXCLUSION, **typed)
    points = got(sheet, "acr_eular_2016_score")
    assert (points.text, points.lower_text) == (score, at_least)
    assert got(sheet, "acr_eular_2016_met").value is met


@pytest.mark.parametrize("exclusion", ["radiation", "hcv", "aids", "sarcoidosis", "amyloidosis", "gvhd", "igg4"])
def test_that_an_exclusion_of_acr_eular_decides(visit: MakeVisit, exclusion: str) -> None:
    met = _all(NO_EXCLUSION, I_, IV, {"hx_ssa": "POS"})
    assert got(visit(**met), "acr_eular_2016_met").value is True
    assert got(visit(**(met | {f"hx_{exclusion}": "true"})), "acr_eular_2016_met").value is False


# ---- Bartůňková 1999

NONE_OF_12: Typed = _all(
    NO_I, NO_II, NO_III, NO_IV, NO_V, NO_VI,
    dict.fromkeys(("hx_parotitis", "hx_conjunctivitis", "hx_mucosal", "hx_fever", "hx_arthralgia", "hx_hypokalaemia", "hx_abdominal_pain",
                   "hx_amylase", "hx_leucopenia_esr", "hx_hyperglobulin", "hx_rta"), "false"),
    {"hx_ana_high": "NEG", "hx_rf_high": "NEG", "hx_scintigraphy": "NORMAL"},
)  # fmt: skip
TWELVE: list[Typed] = [
    {"hx_parotitis": "true"}, {"hx_conjunctivitis": "true"}, {"hx_mucosal": "true"}, {"hx_hypokalaemia": "true"}, {"hx_ana_high": "POS"},
    {"hx_amylase": "true"}, {"hx_leucopenia_esr": "true"}, {"hx_hyperglobulin": "true"}, {"hx_rta": "true"}, IV, III, V,
]  # fmt: skip


@pytest.mark.parametrize("n", range(12))
def test_that_any_four_of_the_twelve_juvenile_items_suffice_and_three_do_not(visit: MakeVisit, n: int) -> None:
    base = _all(NO_EXCLUSION, NONE_OF_12)
    three, fourth = [TWELVE[(n + k) % 12] for k in (1, 4, 7)], TWELVE[n]
    assert got(visit(**_all(base, *three)), "bartunkova_met").value is False
    verdict = got(visit(**_all(base, *three, fourth)), "bartunkova_met")
    assert verdict.value is True and len(verdict.reasons) == 4
    excluded = _all(base, *three, fourth, {"hx_other_autoimmune": "true"})
    assert got(visit(**excluded), "bartunkova_met").value is False


def test_that_the_juvenile_criteria_stay_open_while_an_item_could_decide(visit: MakeVisit) -> None:
    three = _all(NO_EXCLUSION, NONE_OF_12, TWELVE[0], TWELVE[1], TWELVE[4])
    assert got(visit(**(three | {"hx_rta": ND})), "bartunkova_met").value is None


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ({"hx_staining_done": "true", "hx_oss_right": "5", "hx_oss_left": "0"}, True),
        ({"hx_staining_done": "true", "hx_oss_right": "4", "hx_oss_left": "4", "hx_vbs_right": "0", "hx_vbs_left": "4"}, True),
        ({"hx_staining_done": "true", "hx_oss_right": "4", "hx_oss_left": "4", "hx_vbs_right": "3", "hx_vbs_left": "3"}, False),
        ({"hx_staining_done": "false"}, None),
    ],
)  # fmt: skip
def test_that_staining_counts_from_either_scale(visit: MakeVisit, typed: Typed, sign: bool | None) -> None:
    assert got(visit(**typed), "sign_staining").value is sign
