"""Where a participant stands, what is counted, and what of the data has to be named."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pickle
from typing import Any

import pytest

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Determinacy, Outcome, Status
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import AFTER, BASE, DAY_0, WEEK_28, doses, glands, head, participant, saliva, shown

GOOD_EYES = {"schirmer_right": "12", "schirmer_left": "11"}
RESCUE = {"cm_drug": "Prednisone", "cm_class": "GLUCOCORTICOID", "cm_start": "2026-08-01", "cm_rescue": "true"}
STOP = {"stop_decided_on": "2026-08-10", "stop_final_visit": "true"}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def kinds(found: Outcome) -> list[tuple[str, str, str]]:
    return [(i.kind, i.event, i.name) for i in found.issues]


def said(found: Outcome, kind: str) -> list[str]:
    return [plain(i.text.en) for i in found.issues if i.kind == kind]


def without_week_28(**other: Any) -> Outcome:
    return outcome_of(participant(doses(2) | {"SE.W0": (DAY_0, BASE)}, **other))


# ---- status


def test_that_week_28_is_evaluated_and_undecided_is_no_responder() -> None:
    found = outcome_of(shown())
    assert (found.status, found.responder, found.determinacy) == (Status.AT_WEEK_28, False, Determinacy.INDETERMINATE)
    assert (found.day_zero, found.followup, found.early) == (DAY_0, WEEK_28, None)
    assert found.why.en == (
        "Not decided by the data: 3 or 4. Item d would decide."
        " Counted as **non-responder** in the primary analysis, because missing counts as not met."
    )
    assert found.why.zh == "数据不能定论：3项或4项。取决于条目d。缺失按未达到计，主要分析记为**无应答**。"
    assert found.issues == ()


def test_that_a_participant_without_rituximab_is_not_treated() -> None:
    found = outcome_of(participant({"SE.SCR": ("2026-04-20", {"sex": "F"}), "SE.W0": (DAY_0, {"rtx_given": "false"})}))
    assert (found.status, found.responder) == (Status.NOT_TREATED, False)
    assert found.why.en == "No rituximab was given."


def test_that_before_week_28_a_participant_is_on_the_way() -> None:
    found = without_week_28(today="2026-09-01")
    assert (found.status, found.responder, found.followup) == (Status.ON_THE_WAY, False, None)
    assert plain(found.why.en) == "Week 28 is due on 18 Nov 2026." and found.why.zh == "第28周访视计划于2026年11月18日。"
    assert found.issues == ()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"today": "2027-01-01"}, "The window of week 28 has passed without a visit."),
        ({"today": "2026-11-20", "missed": {"SE.W28": "moved"}}, "The week 28 visit did not take place."),
    ],
)
def test_that_a_missed_week_28_is_a_non_response_that_is_named(told: dict[str, Any], sentence: str) -> None:
    found = without_week_28(**told)
    assert (found.status, found.responder, found.determinacy) == (Status.MISSED, False, Determinacy.INDETERMINATE)
    assert found.why.en == f"{sentence} Counted as **non-responder**, because missing counts as not met."
    assert kinds(found) == [("no_week_28", "SE.W28", "")]
    assert {i.met for i in found.five.items} == {i.met for i in found.star.items} == {None}


def test_that_early_termination_is_reported_apart_and_never_for_week_28() -> None:
    visits = doses(2) | {"SE.W0": (DAY_0, BASE), "SE.ET": ("2026-08-15", AFTER | GOOD_EYES)}
    found = outcome_of(participant(visits, {"F.ET": STOP}))
    assert (found.status, found.responder, found.five.n_met) == (Status.STOPPED, False, 0)
    assert plain(found.why.en).startswith("Stopped early, decided on 10 Aug 2026: no week 28. Counted as **non-responder**")
    assert found.early is not None
    five, star = found.early
    assert (five.n_met, five.literal.responder, star.total) == (4, True, 9)
    assert said(found, "no_week_28") == ["No week 28: stopped early, decided on 10 Aug 2026."]
    assert plain(outcome_of(participant(visits, {"F.ET": STOP}), Options(missing="excluded")).why.en).endswith(
        "**Left out** of the rate under this option."
    )


def test_that_what_is_missing_at_early_termination_is_said_of_early_termination() -> None:
    visits = doses(2) | {"SE.W0": (DAY_0, BASE), "SE.ET": ("2026-08-15", {"pga": NullFlavor.REFUSED})}
    early = outcome_of(participant(visits, {"F.ET": STOP})).early
    assert early is not None
    assert early[0].items[0].parts[0].why.en.startswith("Early termination refused by the participant.")
    assert early[0].items[0].parts[0].why.zh.startswith("提前终止受试者拒绝。")
    assert "primary" not in early[0].literal.why.en


# ---- rescue


def test_that_rescue_before_week_28_is_a_non_response_by_default() -> None:
    who = shown(after=GOOD_EYES, log={"F.CM#1": RESCUE})
    found, ignored = outcome_of(who), outcome_of(who, Options(rescue="ignored"))
    assert (found.responder, found.determinacy, found.five.n_met) == (False, Determinacy.NON_RESPONDER, 4)
    assert plain(found.why.en) == (
        "Rescue treatment from 1 Aug 2026 on, before week 28: counted as **non-responder**."
        " By the five items alone: Responder. 4 of 5 items are met, 4 are needed."
    )
    assert found.why.zh == "第28周前自2026年8月1日起使用补救治疗：记为**无应答**。仅按五个条目：应答。5项中达到4项，需4项。"
    assert (ignored.responder, ignored.determinacy) == (True, Determinacy.RESPONDER)
    assert said(found, "rescue") == said(ignored, "rescue") == ["Rescue treatment from 1 Aug 2026 on, before week 28."]


@pytest.mark.parametrize(
    ("today", "status", "before"),
    [
        ("2026-09-01", Status.ON_THE_WAY, "Week 28 is due on 18 Nov 2026."),
        ("2027-01-01", Status.MISSED, "The window of week 28 has passed without a visit."),
    ],
)
def test_that_rescue_decides_before_week_28_and_without_it(today: str, status: Status, before: str) -> None:
    for options in (Options(), Options(missing="excluded")):
        visits = doses(2) | {"SE.W0": (DAY_0, BASE)}
        found = outcome_of(participant(visits, {"F.CM#1": RESCUE}, today=today), options)
        assert (found.status, found.responder, found.determinacy) == (status, False, Determinacy.NON_RESPONDER)
        assert plain(found.why.en) == (
            f"{before} Rescue treatment from 1 Aug 2026 on, before week 28: counted as **non-responder**."
        )


def test_that_rescue_on_a_date_that_leaves_doubt_is_named_and_does_not_count() -> None:
    found = outcome_of(shown(after=GOOD_EYES, log={"F.CM#1": RESCUE | {"cm_start": "2026-11"}}))
    assert found.responder
    assert said(found, "rescue") == ["Rescue treatment of which it cannot be said whether it began before week 28."]
    later = outcome_of(shown(after=GOOD_EYES, log={"F.CM#1": RESCUE | {"cm_start": "2026-11-19"}}))
    assert later.responder and later.issues == ()


# ---- what is named


@pytest.mark.parametrize(
    ("base", "after", "kind", "sentence"),
    [
        ({"pga": "0"}, {}, "baseline_zero", "PGA is 0 at week 0: a percentage of it cannot be worked out."),
        ({"pga": "9"}, {}, "pga_low", "PGA is 9 mm at week 0, below 10 mm: its percentage is unstable."),
        (saliva("0", "0"), {}, "baseline_zero", "Salivary flow is 0 at week 0: any rise counts."),
        (glands(0), {}, "baseline_zero", "Hočevar is 0 at week 0: a percentage of it cannot be worked out."),
        ({"rf": "<20"}, {}, "censored", "RF at week 0 is only known as <20 IU/mL."),
        ({}, {"esr": ">140"}, "censored", "ESR at week 28 is only known as >140 mm/h."),
        ({"igg": ("2140", "MU.MG_DL")}, {}, "other_unit", "IgG was entered in mg/dL at week 0 and in g/L at week 28: converted exactly."),
        ({"schirmer_left": NullFlavor.NOT_DONE}, {}, "one_eye", "Schirmer, mean at week 0: one eye only."),
        ({}, saliva("0.68"), "one_collection", "Salivary flow at week 28: one collection only."),
        ({}, {"ivig_recent": "true"}, "ivig", "IgG at week 28 cannot be interpreted: IVIG within 4 months before."),
        ({}, {"igg": "6.8"}, "igg_below_limit", "Safety: IgG 6.8 g/L at week 28 lies below 6.84 g/L, the lower limit at 12 years."),
        ({"pga_before_essdai": "false"}, {}, "order", "PGA at week 0 was not rated before ESSDAI and the laboratory results."),
        ({}, {"hocevar_same_sonographer": "false"}, "other_sonographer", "Hočevar at week 28: another sonographer than at week 0."),
        ({"rf_type": "TOTAL"}, {"rf_type": "IGM"}, "check", "Laboratory 2, week 28: RF was of another type at the last visit (Total). The two cannot be compared."),
    ],
)
def test_that_what_bears_on_a_result_is_named(base: Any, after: Any, kind: str, sentence: str) -> None:
    found = outcome_of(shown(base, after))
    assert said(found, kind) == [sentence]
    assert {i.kind for i in found.issues} == {kind}
    assert all(i.text.zh and i.text.zh != i.text.en and "{" not in i.text.zh for i in found.issues)


def test_that_both_visits_in_mg_dl_are_the_same_unit() -> None:
    mg = {"igg": ("2140", "MU.MG_DL")}
    assert said(outcome_of(shown(mg, mg)), "other_unit") == []


def test_that_an_adult_has_the_limit_of_adults() -> None:
    visits = doses(2) | {"SE.SCR": ("2026-04-20", {"sex": "F", "birth_date": "2008-03-01"}), "SE.W0": (DAY_0, BASE)}
    found = outcome_of(participant(visits | {"SE.BEL3": ("2026-08-05", {"igg": "6.9"})}, today="2026-09-01"))
    assert said(found, "igg_below_limit") == ["Safety: IgG 6.9 g/L at belimumab 3 lies below 7 g/L, the lower limit of adults."]


def test_that_the_state_of_a_form_is_named_once_for_all_its_values() -> None:
    heads = (
        head("SE.W0", "F.LAB2", signed=False), head("SE.W28", "F.LAB2", changed=True),
        head("SE.W28", "F.PGA", completed=False, signed=False), head("SE.W28", "F.ESSDAI"),
    )  # fmt: skip
    found = outcome_of(shown(heads=heads))
    assert [plain(i.text.en) for i in found.issues] == [
        "PGA, week 28: the form is not complete.",
        "Laboratory 2, week 0: complete, not signed.",
        "Laboratory 2, week 28: changed after the signature.",
    ]
    assert [i.name for i in found.issues] == ["pga", "igg", "igg"]


def test_that_an_open_query_is_named_with_its_value() -> None:
    heads = (head("SE.W28", "F.LAB2"), head("SE.W0", "F.SCHIRMER"))
    queried = [("SE.W28", "F.LAB2", "I.LAB.RF"), ("SE.W0", "F.SCHIRMER", "I.SCHIRMER.LEFT")]
    found = outcome_of(shown(heads=heads, queried=queried))
    assert said(found, "queried") == ["RF, week 28: a query is open.", "Schirmer, mean, week 0: a query is open."]


def test_that_a_screening_value_is_named() -> None:
    base = {k: v for k, v in BASE.items() if k != "rf"}
    visits = doses(2) | {"SE.SCR": ("2026-04-28", {"rf": "70"}), "SE.W0": (DAY_0, base), "SE.W28": (WEEK_28, AFTER)}
    found = outcome_of(participant(visits))
    assert said(found, "screening") == ["RF: the value of screening (28 Apr 2026) stands for week 0."]


def test_that_not_depleted_after_four_doses_is_named() -> None:
    count = {"b_pct": "2.0", "lymphocytes": "1.5", "bel_given": "true"}
    visits = doses(4) | {"SE.BEL1": ("2026-06-24", count)}
    assert said(outcome_of(participant(visits, today="2026-07-01")), "not_depleted") == [
        "B cells not depleted after 4 doses of rituximab (A18)."
    ]
    fewer = doses(3) | {"SE.BEL1": ("2026-06-17", count)}
    assert said(outcome_of(participant(fewer, today="2026-07-01")), "not_depleted") == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-25", None), ("2026-11-26", "Week 28 was held on day 204, 1 d after its window closed."),
        ("2026-11-09", "Week 28 was held on day 187, 2 d before its window opened."),
    ],
)  # fmt: skip
def test_that_week_28_outside_its_window_is_named(day: str, sentence: str | None) -> None:
    visits = doses(2) | {"SE.W0": (DAY_0, BASE), "SE.W28": (day, AFTER)}
    assert said(outcome_of(participant(visits)), "outside_window") == ([sentence] if sentence else [])


def test_that_an_outcome_goes_to_another_process_and_hides_its_subject() -> None:
    found = outcome_of(shown(log={"F.CM#1": RESCUE}))
    assert pickle.loads(pickle.dumps(found)) == found
    assert "01-001" not in repr(found)
