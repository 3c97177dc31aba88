"""Changes from week 0: sign and digits, improvement where one is published, bands and acceptable state."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from typing import Any

import pytest

from crf_desktop.analysis.change import NAMES, changes
from crf_desktop.analysis.outcome import Change
from crf_desktop.analysis.pairs import pairs_of
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import levels, saliva, shown


def of(base: Any = None, after: Any = None) -> dict[str, Change]:
    who = shown(base, after)
    return {c.name: c for c in changes(who, pairs_of(who))}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def scales(dryness: int, fatigue: int, pain: int) -> dict[str, Any]:
    return {"esspri_dryness": str(dryness), "esspri_fatigue": str(fatigue), "esspri_pain": str(pain)}


def test_that_every_change_is_there_in_the_order_of_the_protocol() -> None:
    found = of()
    assert tuple(found) == NAMES == (
        "essdai_total", "clinessdai_total", "esspri_mean", "schirmer_mean", "saliva_flow", "hocevar_total", "pga", "esr",
        "igg", "rf",
    )  # fmt: skip
    assert [c.text for c in found.values()] == ["−20", "−21", "−2.33", "", "+0.018", "−8", "−31", "−16", "−4.2", "−12"]
    assert [c.improved for c in found.values()] == [True, True, True, *[None] * 7]


def test_that_essdai_is_told_with_its_bands() -> None:
    assert plain(of()["essdai_total"].why.en) == (
        "Fell by **20**, ≥3: **improved**. Activity: high (≥14) → moderate (5–13)."
    )
    assert of()["essdai_total"].why.zh == "下降**20**，≥3：**改善**。活动度：高（≥14） → 中（5–13）。"
    small = of(levels(glandular=2, haematological=1, biological=1), levels(glandular=1, haematological=1))
    assert small["essdai_total"].improved is True and small["clinessdai_total"].improved is False
    assert plain(small["clinessdai_total"].why.en) == (
        "Fell by **2**, <3: not improved. Activity: moderate (5–13) → low (<5)."
    )
    worse = of(levels(renal=1), levels(renal=2))
    assert plain(worse["essdai_total"].why.en) == "Rose by **5**: not improved. Activity: moderate (5–13) at both visits."
    assert of(levels(), levels())["essdai_total"].why.en.startswith("Unchanged: not improved.")


@pytest.mark.parametrize(
    ("base", "after", "improved", "text", "why"),
    [
        ((8, 6, 6), (7, 5, 5), True, "−1.00", "Fell by **1.00**, ≥1: **improved**. Acceptable symptoms (PASS, <5): no at both visits."),
        ((4, 4, 4), (4, 3, 3), True, "−0.67", "Fell by **0.67** (16.7 %), ≥15 %: **improved**. Acceptable symptoms (PASS, <5): yes at both visits."),
        ((3, 2, 2), (2, 2, 2), False, "−0.33", "Fell by **0.33** (14.3 %), <1 and <15 %: not improved. Acceptable symptoms (PASS, <5): yes at both visits."),
        ((0, 0, 0), (0, 0, 0), False, "0.00", "Week 0 is 0 and cannot improve. Acceptable symptoms (PASS, <5): yes at both visits."),
        ((5, 5, 4), (5, 5, 5), False, "+0.33", "Rose by **0.33**: not improved. Acceptable symptoms (PASS, <5): yes → no."),
    ],
)
def test_that_esspri_improves_by_a_point_or_15_percent_on_the_sum(
    base: tuple[int, int, int], after: tuple[int, int, int], improved: bool, text: str, why: str
) -> None:
    found = of(scales(*base), scales(*after))["esspri_mean"]
    assert (found.improved, found.text, plain(found.why.en)) == (improved, text, why)


def test_that_the_others_are_told_in_per_cent_without_a_verdict() -> None:
    assert plain(of()["saliva_flow"].why.en) == "Rose by 0.018 from 0.118 mL/min: **15.3 %**."
    assert plain(of()["pga"].why.zh) == "62 mm中下降31 mm：**50.0%**。"
    assert plain(of({"pga": "0"}, {"pga": "3"})["pga"].why.en) == "Rose from 0: no percentage."
    assert plain(of({"pga": "31"})["pga"].why.en) == "Unchanged at 31 mm."
    assert of(saliva("0.591", "0.590"))["saliva_flow"].text == "+0.018"  # exactly 0.0179


def test_that_a_missing_value_has_its_reason_and_no_number() -> None:
    found = of(after=scales(1, 1, 1) | {"esspri_pain": NullFlavor.REFUSED, "rf": "<20"})
    assert (found["esspri_mean"].text, found["esspri_mean"].improved) == ("", None)
    assert found["esspri_mean"].why.en == "Week 28 refused by the participant."
    assert plain(found["rf"].why.en) == "Week 28 is only known as **<20 IU/mL**: no percentage can be worked out."
    assert found["schirmer_mean"].why.zh == "第28周受试者拒绝双眼检查。"
