"""Which values are compared: screening, IVIG, the limit for age, one stained eye."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from crf_desktop.analysis import age_limit
from crf_desktop.analysis.measure import Lack, Note
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.pairs import pairs_of
from crf_desktop.analysis.response import five
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import AFTER, BASE, DAY_0, WEEK_28, doses, glands, participant, shown, trial

ZONES = ("cornea", "confluent", "pupil", "filament", "nasal", "temporal")


def at_screening(day: str, typed: dict[str, Any], without: tuple[str, ...]) -> Any:
    base = {k: v for k, v in BASE.items() if not k.startswith(without)}
    visits = doses(2) | {"SE.SCR": (day, typed), "SE.W0": (DAY_0, base), "SE.W28": (WEEK_28, AFTER)}
    return participant(visits)


def test_that_laboratory_2_and_ultrasound_of_screening_stand_in_up_to_14_days() -> None:
    typed = {"igg": "24.0", "ivig_recent": "false", **glands(40)}
    new, old = (at_screening(day, typed, ("igg", "hocevar")) for day in ("2026-04-22", "2026-04-21"))
    found = pairs_of(new)
    assert [found[name].base.value for name in ("igg", "hocevar_total")] == [24, 40]
    assert found["igg"].base.event == "SE.SCR" and Note.SCREENING in found["igg"].base.notes
    assert pairs_of(old)["igg"].base.lack is Lack.EMPTY
    assert pairs_of(new, Options(screening_baseline="never"))["igg"].base.lack is Lack.EMPTY


def test_that_scores_of_screening_never_stand_in() -> None:
    assert pairs_of(at_screening("2026-04-30", {"pga": "70"}, ("pga",)))["pga"].base.lack is Lack.EMPTY


@pytest.mark.parametrize(
    ("answer", "told", "evaluable"),
    [
        ("true", {}, False), ("false", {}, True), ("false", {"cm_start": "2026-08-18"}, False),
        ("false", {"cm_start": "2026-07-17"}, True), ("false", {"cm_start": "2026-11-19"}, True),
        (NullFlavor.UNKNOWN, {"cm_start": "2026-10"}, False), (NullFlavor.UNKNOWN, {"cm_start": "2026"}, True),
        ("false", {"cm_start": "2026-05-20", "cm_stop": "2026-11-30", "cm_ongoing": "false"}, False),
        ("false", {"cm_start": "2026-05-20", "cm_ongoing": "true"}, False),
        ("false", {"cm_start": "2026-05-20", "cm_stop": "2026-06-30", "cm_ongoing": "false"}, True),
    ],
)  # fmt: skip
def test_that_igg_after_ivig_is_not_evaluable(answer: Any, told: dict[str, Any], evaluable: bool) -> None:
    log = {"F.CM#1": {"cm_drug": "IVIG", "cm_class": "IVIG"} | told} if told else None
    who = shown(after={"ivig_recent": answer}, log=log)
    igg = pairs_of(who)["igg"].followup
    assert (igg.value is not None) is evaluable
    assert igg.text == "17.2"
    assert pairs_of(who, Options(igg_after_ivig="counts"))["igg"].followup.value == Fraction("17.2")
    if not evaluable:
        said = five(pairs_of(who)).items[2].parts[0].why
        assert said.en == "IgG: week 28 not interpretable, IVIG within 4 months before."
        assert said.zh == "IgG：第28周无法判读，此前4个月内用过IVIG。"


@pytest.mark.parametrize("age", range(4, 19))
def test_that_the_limits_for_age_are_those_of_the_form(age: int) -> None:
    upper = age_limit.igg_upper(age)
    born = f"{2026 - age}-01-01"
    for igg, above in ((upper, False), (upper and upper + Fraction(1, 100), True)):
        typed = {"igg": str(float(igg)) if igg else "15"}
        who = participant({"SE.SCR": ("2026-04-20", {"sex": "F", "birth_date": born}), "SE.W0": (DAY_0, typed)})
        visit = who.course.visit(who.occurrence("SE.W0"))  # type: ignore[arg-type]
        assert visit.named("age_years") == age
        assert visit.named("igg_above_age_uln") is (above if upper else None)
    lower = {4: "5.51", 5: "6.17", 6: "6.17", 7: "6.41", 8: "6.53", 18: "7.0"}.get(age, "6.84")
    assert age_limit.igg_lower(age) == Fraction(lower)


def test_that_the_limit_of_the_certificate_goes_before_that_of_the_age() -> None:
    child = {"birth_date": "2018-02-03", "sex": "F"}
    visits = doses(2) | {"SE.SCR": ("2026-04-20", child), "SE.W28": (WEEK_28, AFTER)}
    printed = pairs_of(participant(visits | {"SE.W0": (DAY_0, BASE | {"igg_uln": "16"})}))["igg_uln"]
    assert [printed.base.value, printed.followup.value] == [16, Fraction("14.20")]
    assert pairs_of(shown())["igg_uln"].base.lack is Lack.EMPTY  # 12 years: the table ends at 10


def test_that_igg_counts_only_from_above_the_limit_under_the_other_option() -> None:
    high, normal, unknown = ({"igg": "21.4", "igg_uln": "16"}, {"igg": "21.4", "igg_uln": "22"}, {"igg": "21.4"})
    only_high = Options(igg_baseline="above_limit")
    met = [five(pairs_of(shown(b, {"igg": "14"}), only_high), only_high).items[2].parts[0] for b in (high, normal, unknown)]
    assert [p.met for p in met] == [True, False, None]
    assert met[1].why.en.replace("\u00a0", " ") == (
        "IgG 21.4 g/L at week 0 is not above the limit for age, 22 g/L: its fall does not count under this option."
    )


def stained(right: str | None, left: str | None) -> dict[str, Any]:
    eyes = (("right", right), ("left", left))
    told = {f"oss_{eye}_{z}": NullFlavor.NOT_DONE if g is None else "0" for eye, g in eyes for z in ZONES}
    return {"oss_done": "true"} | told | {f"oss_{eye}_nasal": g for eye, g in eyes if g is not None}


def test_that_one_stained_eye_stands_for_both_in_star_and_is_flagged() -> None:
    found = pairs_of(shown(stained("3", "1"), stained("2", None)))["oss_mean"]
    assert [found.base.value, found.followup.value] == [2, 2]
    assert Note.ONE_EYE in found.followup.notes and Note.ONE_EYE not in found.base.notes
    assert pairs_of(shown(stained(None, None)))["oss_mean"].base.value is None


def test_that_every_pair_has_its_unit_and_its_visit() -> None:
    found = pairs_of(shown())
    assert {n: p.base.unit.en for n, p in found.items() if p.base.unit.en} == {
        "pga": "mm", "esr": "mm/h", "esr_uln": "mm/h", "igg": "g/L", "igg_uln": "g/L", "rf": "IU/mL",
        "schirmer_right": "mm", "schirmer_left": "mm", "schirmer_mean": "mm", "saliva_flow": "mL/min",
    }  # fmt: skip
    assert {p.base.event for p in found.values()} == {"SE.W0"} and {p.followup.event for p in found.values()} == {"SE.W28"}
    assert all(n in trial().item_by_name or n in trial().method_by_name for n in found)


def test_that_any_visit_with_an_end_point_can_be_compared_and_named() -> None:
    for event, forms in ((e.oid, e.forms) for e in trial().events):
        if event not in ("SE.SCR", "SE.W0") and {"F.PGA", "F.LAB2"} & set(forms):
            found = five(pairs_of(participant(doses(2) | {"SE.W0": (DAY_0, BASE)}), followup=event))
            assert "has not taken place" in found.items[0].parts[0].why.en
