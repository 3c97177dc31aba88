"""Body surface, change of weight, menarche."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from tests.forms.conftest import Answer, MakeVisit, MakeVisits
from tests.forms.firing import FarRow, Row, Typed, after, fired, named
from tests.forms.test_visit import got

ND = NullFlavor.NOT_DONE
CHECKS: list[Row] = [
    ("EC.VITALS.004", {"sbp": "90", "dbp": "90"}, {"sbp": "90", "dbp": "89"}, {"sbp": "90", "dbp": ND}),
    ("EC.VITALS.005", {"height": "140", "weight": "19.5"}, {"height": "140", "weight": "19.6"}, {"weight": "19.5"}),
    ("EC.VITALS.005", {"height": "100", "weight": "45.1"}, {"height": "100", "weight": "45"}, {"height": ND, "weight": "45.1"}),
]
FAR_CHECKS: list[FarRow] = [
    ("EC.VITALS.001", {"weight": "32"}, {"weight": "35.21"}, {"weight": "35.2"}, {"weight": ND}),
    ("EC.VITALS.001", {"weight": "32"}, {"weight": "28.79"}, {"weight": "28.8"}, {}),
    ("EC.VITALS.001", {"weight": "32"}, {"weight": "36"}, {"weight": "34"}, {"height": "140"}),
    ("EC.VITALS.003", {"height": "140"}, {"height": "139.4"}, {"height": "139.5"}, {"height": ND}),
]


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "earlier", "fires", "holds", "unknown"), FAR_CHECKS, ids=named(FAR_CHECKS))
def test_that_a_check_against_the_last_visit_fires_holds_and_keeps_silent(
    visits: MakeVisits, check: str, earlier: Typed, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(after(visits, earlier, fires), check)
    assert not fired(after(visits, earlier, holds), check)
    assert not fired(after(visits, earlier, unknown), check)
    assert not fired(after(visits, {}, fires), check)


def test_that_the_message_names_the_percentage_and_the_weight_before(visits: MakeVisits) -> None:
    sheet = after(visits, {"weight": "32"}, {"weight": "28"})
    (check,) = sheet.broken(sheet.definition.form["F.VITALS"])
    assert "−12.5\u00a0%" in check.message.en and "32\u00a0kg" in check.message.en
    assert "−12.5%" in check.message.zh and "32\u00a0kg" in check.message.zh


GIVEN = {"bel_given": "true", "bel_measured_today": "true"}


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(
    ("check", "weight", "dosed", "fires"),
    [
        ("EC.VITALS.002", "35.3", True, True), ("EC.VITALS.002", "35.2", True, False), ("EC.VITALS.002", ND, True, False),
        ("EC.VITALS.002", "33.1", False, True), ("EC.VITALS.002", "33", False, False),
    ],
)  # fmt: skip
def test_that_weight_is_held_to_the_last_dose_and_before_it_to_screening(
    visits: MakeVisits, check: str, weight: Answer, dosed: bool, fires: bool
) -> None:
    assert (check in broken_after_a_dose(visits, weight, dosed)) is fires


def test_that_a_jump_of_weight_is_told_in_one_sentence(visits: MakeVisits) -> None:
    assert broken_after_a_dose(visits, "40") == {"EC.VITALS.001"}


def broken_after_a_dose(visits: MakeVisits, weight: Answer, dosed: bool = True) -> set[str]:
    seen = visits(
        ("SE.SCR", "2026-04-20", {"weight": "30"}),
        ("SE.BEL1", "2026-06-10", {"weight": "32"} | (GIVEN if dosed else {})),
        ("SE.UNS#1", "2026-06-20", {"weight": "34"}),
        ("SE.BEL2", "2026-07-08", {"weight": weight}),
    )
    return {c.oid for c in seen[-1].broken(seen[-1].definition.form["F.VITALS"])}


def test_that_body_surface_of_140_cm_and_32_kg_is_as_in_the_specification(visit: MakeVisit) -> None:
    sheet = visit(height="140", weight="32")
    assert (got(sheet, "bsa_mosteller").text, got(sheet, "bsa_haycock").text) == ("1.116", "1.110")


@pytest.mark.parametrize(("cm", "kg"), [("85.5", "12.35"), ("123.4", "25"), ("171.2", "63.85"), ("189.9", "98")])
def test_that_both_formulas_agree_with_an_independent_calculation(visit: MakeVisit, cm: str, kg: str) -> None:
    sheet, h, w = visit(height=cm, weight=kg), float(cm), float(kg)
    assert got(sheet, "bsa_mosteller").text == f"{(h * w / 3600) ** 0.5:.3f}"
    assert got(sheet, "bsa_haycock").text == f"{0.024265 * h**0.3964 * w**0.5378:.3f}"


def test_that_body_surface_needs_both_measures(visit: MakeVisit) -> None:
    assert got(visit(height="140"), "bsa_mosteller").text == "" and got(visit(weight="32"), "bsa_haycock").text == ""


def test_that_the_body_mass_index_is_exact(visit: MakeVisit) -> None:
    assert got(visit(height="140", weight="32"), "bmi").text == "16.3"


def test_that_a_girl_is_asked_until_she_says_yes_and_a_boy_never(visits: MakeVisits) -> None:
    def asked(*told: tuple[str, str, Typed]) -> list[bool]:
        return [v.relevant(v.definition.item_by_name["post_menarche"]) for v in visits(*told)]

    assert asked(("SE.SCR", "2026-04-20", {"sex": "M"})) == [False]
    girl: list[tuple[str, str, Typed]] = [
        ("SE.SCR", "2026-04-20", {"sex": "F", "menarche": "false"}),
        ("SE.W0", "2026-05-06", {"post_menarche": "true"}),
        ("SE.BEL1", "2026-06-10", {}),
    ]
    assert asked(*girl) == [False, True, False]


def test_that_menarche_is_asked_once_at_screening(visits: MakeVisits) -> None:
    """The history asks; the vital signs go on from week 0, also where the history left it open."""
    seen = visits(("SE.SCR", "2026-04-20", {"sex": "F"}), ("SE.W0", "2026-05-06", {}))
    names = seen[0].definition.item_by_name
    assert [[v.relevant(names[n]) for n in ("menarche", "post_menarche")] for v in seen] == [[True, False], [True, True]]


def test_that_menarche_during_the_study_asks_for_the_test_from_then_on(visits: MakeVisits) -> None:
    seen = visits(
        ("SE.SCR", "2026-04-20", {"sex": "F", "menarche": "false"}),
        ("SE.W0", "2026-05-06", {}),
        ("SE.BEL1", "2026-06-10", {"post_menarche": "true"}),
        ("SE.BEL2", "2026-07-08", {}),
    )
    form = seen[0].definition.form["F.PREG"]
    assert [[w.en for w in v.holding(form.not_needed)] for v in seen] == [["Before menarche"], ["Before menarche"], [], []]
    assert [got(v, "pregnancy_excluded").value for v in seen] == [True, True, None, None]


def test_that_menarche_told_in_the_history_is_enough(visits: MakeVisits) -> None:
    seen = visits(("SE.SCR", "2026-04-20", {"sex": "F", "menarche": "true"}), ("SE.W0", "2026-05-06", {}))
    assert [got(v, "menarche_reached").value for v in seen] == [True, True]
    assert not seen[1].relevant(seen[1].definition.item_by_name["post_menarche"])
    later = visits(("SE.SCR", "2026-04-20", {"sex": "F", "menarche": "false"}), ("SE.W0", "2026-05-06", {"post_menarche": "true"}))
    assert [got(v, "menarche_reached").value for v in later] == [False, True]


def test_that_a_boy_needs_no_test(visits: MakeVisits) -> None:
    (sheet,) = visits(("SE.SCR", "2026-04-20", {"sex": "M"}))
    assert [w.en for w in sheet.holding(sheet.definition.form["F.PREG"].not_needed)] == ["Male"]
    assert got(sheet, "pregnancy_excluded").value is True


PREG_CHECKS: list[Row] = [
    ("EC.PREG.001", {"preg_test_date": "2026-05-07"}, {"preg_test_date": "2026-05-06"}, {"preg_test_date": "2026-05"}),
    ("EC.PREG.002", {"preg_test_date": "2026-04-28"}, {"preg_test_date": "2026-04-29"}, {"preg_test_date": "2026-04"}),
    ("EC.PREG.003", {"preg_result": "POS"}, {"preg_result": "NEG"}, {"preg_result": ND}),
    ("EC.PREG.003", {"preg_result": "UNCLEAR"}, {"preg_result": "NEG"}, {}),
]


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), PREG_CHECKS, ids=named(PREG_CHECKS))
def test_that_a_check_of_the_pregnancy_test_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    test_that_a_check_fires_holds_and_keeps_silent(visit, check, fires, holds, unknown)


@pytest.mark.parametrize(("result", "excluded"), [("NEG", True), ("POS", False), ("UNCLEAR", False)])
def test_that_only_a_negative_test_excludes_pregnancy(visits: MakeVisits, result: str, excluded: bool) -> None:
    (sheet,) = visits(("SE.SCR", "2026-04-20", {"sex": "F", "menarche": "true", "preg_result": result}))
    derived = got(sheet, "pregnancy_excluded")
    assert derived.value is excluded and len(derived.reasons) == 1
