"""Physical examination, the 28 joints, lung, other organs."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import JointFigure
from tests.forms.conftest import Answer, MakeVisit
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
JOINTS = [
    f"joint_{side}_{joint}"
    for side in "rl"
    for joint in ("shoulder", "elbow", "wrist", *(f"{row}{n}" for row in ("mcp", "pip") for n in range(1, 6)), "knee")
]
ILD: Typed = {"lung_indicated": "true"}
LIVER: Typed = {"organ_liver": "true", "liver_biopsy": "AIH"}
KIDNEY: Typed = {"organ_kidney": "true", "kidney_biopsy": "MEMBRANOUS"}
RTA: Typed = {"organ_kidney": "true", "potassium": "3.4", "bicarbonate": "17"}
CHECKS: list[Row] = [
    ("EC.EXAM.001", {"nodes_enlarged": "true", "node_cm": "0.9", "node_inguinal_cm": "0"}, {"nodes_enlarged": "true", "node_cm": "0", "node_inguinal_cm": "1"}, {"nodes_enlarged": "true", "node_cm": "0"}),
    ("EC.LUNG.001", ILD | {"pft_done": "true", "pft_date": "2026-05-07"}, ILD | {"pft_done": "true", "pft_date": "2026-05-06"}, ILD | {"pft_done": "true", "pft_date": "2026"}),
    ("EC.LUNG.002", ILD | {"hrct_done": "true", "hrct_date": "2026-05-07"}, ILD | {"hrct_done": "true", "hrct_date": "2026-05-06"}, ILD | {"hrct_done": "true"}),
    ("EC.LUNG.003", ILD | {"pft_done": "true", "pft_date": "2026-04-07"}, ILD | {"pft_done": "true", "pft_date": "2026-04-08"}, ILD | {"pft_done": "true", "pft_date": "2026"}),
    ("EC.LUNG.004", ILD | {"nyha": "2", "pft_done": "false", "hrct_done": "false"}, ILD | {"nyha": "1", "pft_done": "false", "hrct_done": "false"}, ILD | {"nyha": "2", "pft_done": "false"}),
    ("EC.ORGAN.001", {"organ_liver": "false", "alt": "81", "alt_uln": "40"}, {"organ_liver": "false", "alt": "80", "alt_uln": "40", "ast": "80", "ast_uln": "40"}, {"organ_liver": "false", "alt": "81"}),
    ("EC.ORGAN.002", LIVER | {"liver_biopsy_date": "2026-05-07"}, LIVER | {"liver_biopsy_date": "2026-05-06"}, LIVER | {"liver_biopsy_date": "2026"}),
    ("EC.ORGAN.003", KIDNEY | {"kidney_biopsy_date": "2026-06"}, KIDNEY | {"kidney_biopsy_date": "2020"}, KIDNEY | {"kidney_biopsy_date": "2026-05"}),
    ("EC.ORGAN.004", RTA | {"tubular_acidosis": "false"}, RTA | {"tubular_acidosis": "false", "bicarbonate": "18"}, {"organ_kidney": "true", "tubular_acidosis": "false", "potassium": "3"}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


def joints(**some: Answer) -> dict[str, Answer]:
    return dict.fromkeys(JOINTS, "N") | some


def test_that_the_joints_are_the_28_of_the_das(trial: MetaDataVersion) -> None:
    (figure,) = (b for b in trial.form["F.EXAM"].layout.blocks if isinstance(b, JointFigure))
    assert {trial.item[j.item].name for j in figure.joints} == set(JOINTS) and len(figure.joints) == 28
    assert (figure.tender, figure.swollen) == ("M.EXAM.TENDER_JOINTS", "M.EXAM.SWOLLEN_JOINTS")
    assert {j.item for j in figure.joints} == set(trial.method[figure.tender].counts)


def test_that_both_counts_take_joints_that_are_both(visit: MakeVisit) -> None:
    sheet = visit(**joints(joint_r_wrist="T", joint_l_wrist="S", joint_r_pip3="TS", joint_l_knee="TS"))
    assert (got(sheet, "tender_joints").value, got(sheet, "swollen_joints").value) == (3, 3)
    assert got(visit(**joints()), "tender_joints").text == "0"
    every = visit(**dict.fromkeys(JOINTS, "TS"))
    assert (got(every, "tender_joints").value, got(every, "swollen_joints").value) == (28, 28)


@pytest.mark.parametrize("left", [ND, None])
def test_that_one_joint_not_known_leaves_what_is_certain(visit: MakeVisit, left: Answer | None) -> None:
    answers = joints(joint_r_wrist="TS", joint_l_wrist="T")
    del answers["joint_l_knee"]
    sheet = visit(**answers, **({"joint_l_knee": left} if left else {}))
    tender, swollen = got(sheet, "tender_joints"), got(sheet, "swollen_joints")
    assert (tender.text, tender.lower_text, tender.answered, tender.total) == ("", "2", 27, 28)
    assert (swollen.text, swollen.lower_text) == ("", "1")


def test_that_synovitis_is_asked_about_as_soon_as_a_joint_is_swollen(visit: MakeVisit) -> None:
    def asked(**typed: Answer) -> bool:
        sheet = visit(**typed)
        return sheet.relevant(sheet.definition.item_by_name["synovitis_sjogren"])

    assert not asked() and not asked(joint_r_knee="T") and not asked(**joints())
    assert asked(joint_r_knee="S") and asked(joint_r_knee="TS")


def test_that_targets_of_44_pixels_do_not_overlap_on_a_figure_of_560(trial: MetaDataVersion) -> None:
    (figure,) = (b for b in trial.form["F.EXAM"].layout.blocks if isinstance(b, JointFigure))
    for one, other in combinations(figure.joints, 2):
        assert hypot(one.x - other.x, one.y - other.y) * 5.6 >= 44, (one.item, other.item)
    assert all(4 <= j.x <= 96 and 4 <= j.y <= 96 for j in figure.joints)


def test_that_the_participants_right_lies_on_the_left_of_the_picture(trial: MetaDataVersion) -> None:
    (figure,) = (b for b in trial.form["F.EXAM"].layout.blocks if isinstance(b, JointFigure))
    places = {trial.item[j.item].name: (j.x, j.y) for j in figure.joints}
    for name, (x, y) in places.items():
        if name.startswith("joint_r_"):
            assert x < 50 and places[name.replace("joint_r_", "joint_l_")] == (100 - x, y)
    assert places["joint_r_mcp1"][0] > places["joint_r_mcp5"][0], "thumbs inwards: hands are seen from the back"


def test_that_words_are_asked_for_where_a_system_is_abnormal(trial: MetaDataVersion, visit: MakeVisit) -> None:
    words = trial.item_by_name["exam_skin_text"]
    assert visit(exam_skin="ABNORMAL").relevant(words)
    assert not visit(exam_skin="NORMAL").relevant(words) and not visit(exam_skin=ND).relevant(words)


def test_that_the_lung_page_ends_after_its_first_question_where_nothing_is_suspected(
    trial: MetaDataVersion, visit: MakeVisit
) -> None:
    def asked(**typed: Answer) -> set[str]:
        sheet = visit(**typed)
        return {i.name for i in trial.items_of("F.LUNG") if sheet.relevant(i)}

    assert asked(lung_indicated="false") == asked() == {"lung_indicated"}
    assert "fvc_pct" in asked(lung_indicated="true", pft_done="true")
    assert asked(lung_indicated="false", pft_done="true", hrct_done="true") == {"lung_indicated"}
    assert "ild_pattern" in asked(lung_indicated="true", hrct_done="true", ild_on_hrct="true")


@pytest.mark.parametrize(
    ("typed", "high", "reasons"),
    [
        ({"alt": "41", "alt_uln": "40"}, True, ["ALT is 1.0 times its upper limit"]),
        ({"alt": "100", "alt_uln": "40", "ast": "60", "ast_uln": "40"}, True, ["ALT is 2.5 times its upper limit", "AST is 1.5 times its upper limit"]),
        ({"alt": "40", "alt_uln": "40", "ast": "40", "ast_uln": "40"}, False, []), ({"alt": "40", "alt_uln": "40"}, None, []), ({}, None, []),
    ],
)  # fmt: skip
def test_that_liver_enzymes_are_held_to_their_limits(
    visit: MakeVisit, typed: Typed, high: bool | None, reasons: list[str]
) -> None:
    derived = got(visit(**typed), "liver_enzymes_high")
    assert derived.value is high and [w.en for w in derived.reasons] == reasons
