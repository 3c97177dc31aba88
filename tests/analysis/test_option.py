"""Every option is worded in both languages, refused where unknown, and changes a number somewhere."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crf_desktop.analysis.b_cell import samples_of
from crf_desktop.analysis.option import AMBIGUITIES, STANDARD, VALUES, Options, options_from
from crf_desktop.analysis.response import primary
from crf_desktop.analysis.star import primary as star_primary
from crf_desktop.analysis.trial import Participant
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.errors import Refused
from crf_desktop.wording.analysis import OPTIONS
from tests.analysis.builder import AFTER, BASE, DAY_0, WEEK_28, doses, levels, participant, saliva, shown
from tests.analysis.test_pairs import stained

Looked = Callable[[Participant, Options], Any]


def item(number: int) -> Looked:
    return lambda who, options: outcome_of(who, options).five.items[number].met


def point(number: int) -> Looked:
    return lambda who, options: outcome_of(who, options).star.items[number].met


def responder(who: Participant, options: Options) -> Any:
    return outcome_of(who, options).responder


def eyes(right: str, left: str) -> dict[str, Any]:
    return {"schirmer_right": right, "schirmer_left": left}


def screened() -> Participant:
    base = {k: v for k, v in BASE.items() if k not in ("igg", "rf")}
    visits: dict[str, Any] = {"SE.SCR": ("2026-04-28", {"igg": "30"}), "SE.W0": (DAY_0, base), "SE.W28": (WEEK_28, AFTER)}
    return participant(doses(2) | visits)


def half_depleted() -> Participant:
    return participant(doses(2) | {"SE.BEL1": ("2026-06-10", {"b_pct": "0.4", "lymphocytes": "9", "bel_given": "true"})})


EFFECTS: dict[str, tuple[Callable[[], Participant], Looked, dict[str, Any]]] = {
    "response_at_least": (shown, responder, {"4": False, "3": True}),
    "star_at_least": (
        lambda: shown(levels(renal=1), levels(articular=1) | {"esspri_dryness": "7", "esspri_fatigue": "6", "esspri_pain": "5"}),
        lambda who, options: star_primary(outcome_of(who, options).star, options).responder,
        {"5": True, "6": False},
    ),
    "esr_normal_baseline": (lambda: shown({"esr": "12"}, {"esr": "6"}), item(1), {"counts": True, "not_evaluable": None}),
    "b_cell_markers": (lambda: shown(after={"igg": "15"}), item(2), {"any": True, "both": False}),
    "igg_baseline": (lambda: shown({"igg_uln": "22"}, {"igg": "15"}), item(2), {"any": True, "above_limit": False}),
    "schirmer_eye": (
        lambda: shown(eyes("4", "8"), eyes("10", "9")), item(3), {"mean": False, "worse": True, "better": False},
    ),
    "schirmer_normal_baseline": (
        lambda: shown(eyes("9", "9"), eyes("9", "9")), item(3), {"no_credit": False, "stays_normal": True},
    ),
    "schirmer_abnormal": (lambda: shown(eyes("5", "5"), eyes("5", "5")), point(2), {"below_5": True, "up_to_5": False}),
    "flow_zero_baseline": (
        lambda: shown(saliva("0", "0"), saliva("0.1", "0.1")),
        lambda who, options: outcome_of(who, options).five.items[4].parts[0].met, {"any_rise": True, "not_evaluable": None},
    ),
    "igg_after_ivig": (
        lambda: shown(after={"igg": "10", "ivig_recent": "true"}), item(2), {"not_evaluable": False, "counts": True},
    ),
    "depletion": (half_depleted, lambda who, options: samples_of(who, options)[-1].depleted, {"either": True, "both": False}),
    "missing": (shown, lambda who, options: "non-responder" in outcome_of(who, options).why.en, {"non_responder": True, "excluded": False}),
    "star_lacrimal": (
        lambda: shown(eyes("2", "2") | stained("3", "3"), eyes("3", "3") | stained("1", "1")),
        point(2), {"schirmer_first": False, "either": True},
    ),
    "screening_baseline": (screened, item(2), {"up_to_14_days": True, "never": None}),
    "rescue": (
        lambda: shown(after=eyes("12", "12"), log={"F.CM#1": {
            "cm_drug": "Prednisone", "cm_class": "GLUCOCORTICOID", "cm_start": "2026-08-01", "cm_rescue": "true",
        }}),
        responder, {"non_responder": False, "ignored": True},
    ),
}  # fmt: skip
"""Option → participant, what is looked at, value → what it becomes. ``population`` acts on the whole trial alone."""


@pytest.mark.parametrize("name", sorted(VALUES.keys() - {"population"}))
def test_that_every_option_changes_a_number(name: str) -> None:
    who, looked, wanted = EFFECTS[name][0](), *EFFECTS[name][1:]
    assert {value: looked(who, STANDARD.with_(name, value)) for value in VALUES[name]} == wanted


def test_that_every_option_and_value_is_worded_in_both_languages() -> None:
    assert list(OPTIONS) == list(VALUES) == list(AMBIGUITIES)
    for name, (title, values) in OPTIONS.items():
        assert list(values) == list(VALUES[name])
        for en, zh in (title, *values.values()):
            assert en and any("\u4e00" <= c <= "\u9fff" for c in zh)


def test_that_an_unknown_name_or_value_is_refused() -> None:
    assert options_from(["response_at_least = 3", "rescue=ignored"]).changed() == {
        "response_at_least": "3", "rescue": "ignored"
    }  # fmt: skip
    for wrong, code in (("eyes=both", "analysis.option_name"), ("rescue=yes", "analysis.option_value"), ("rescue", "analysis.option_value")):
        with pytest.raises(Refused) as refused:
            options_from([wrong])
        assert refused.value.code == code


def test_that_the_primary_verdict_of_every_alternative_is_one_of_the_two() -> None:
    who = shown()
    for _, _, options in STANDARD.alternatives():
        found = outcome_of(who, options)
        assert primary(found.five, options) in (found.five.literal, found.five.inclusive)
