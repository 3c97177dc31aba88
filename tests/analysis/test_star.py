"""STAR: the column of the design word for word, its rules at their edges, and what would decide."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from crf_desktop.analysis.measure import measured
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Item, Pair
from crf_desktop.analysis.pairs import pairs_of
from crf_desktop.analysis.star import primary, star
from crf_desktop.analysis.threshold import headline
from crf_desktop.analysis.trace import deciding, star_line, trace_line, values
from crf_desktop.model.text import TranslatedText
from tests.analysis.builder import shown
from tests.analysis.test_response import pairs


def item(key: str, options: Options = STANDARD, **given: tuple[Any, Any]) -> Item:
    return next(i for i in star(pairs(**given), options).items if i.key == key)


def line(key: str, options: Options = STANDARD, **given: tuple[Any, Any]) -> list[str]:
    found = item(key, options, **given)
    return [str(found.met), star_line(found).en.replace("\u00a0", " ")]


def esspri(before: int, after: int) -> dict[str, Pair]:
    told = {"esspri_sum": (Fraction(before), Fraction(after)), "esspri_mean": (Fraction(before, 3), Fraction(after, 3))}
    return {name: Pair(measured(name, a), measured(name, b)) for name, (a, b) in told.items()}


def test_that_the_column_of_the_design_comes_out_word_for_word() -> None:
    found = star(pairs_of(shown()))
    told = [(i.title.en, values(deciding(i)).en, star_line(i).en, i.points if i.met else 0, i.points) for i in found.items]
    assert [tuple(str(t).replace("\u00a0", " ") for t in row) for row in told] == [
        ("Systemic", "30 → 9", "ClinESSDAI fell by 21, ≥3", "3", "3"),
        ("Patient-reported", "6.00 → 3.67", "ESSPRI fell by 2.33, ≥1", "3", "3"),
        ("Lacrimal", "", "Schirmer refused; no OSS", "0", "1"),
        ("Salivary", "32 → 24", "Hočevar fell by 25.0 %, ≥25 %", "1", "1"),
        ("Biological", "21.4 → 17.2 g/L", "IgG fell by 19.6 %, ≥10 %", "1", "1"),
    ]
    assert [i.title.zh for i in found.items] == ["系统", "患者报告", "泪腺", "唾液腺", "生物学"]
    assert [star_line(i).zh.replace("\u00a0", " ") for i in found.items] == [
        "ClinESSDAI下降21，≥3", "ESSPRI下降2.33，≥1", "Schirmer拒绝；未做OSS", "Hočevar下降25.0%，≥25%", "IgG下降19.6%，≥10%",
    ]  # fmt: skip
    assert headline(found.published, found.items, star=True) == TranslatedText("Responder: 8, ≥5", "应答：8，≥5")
    assert found.published.why == TranslatedText("Decided: 8 or 9 in any case.", "已定论：无论泪腺条目如何，均为8或9。")
    assert (found.total, found.possible) == (8, 9)


@pytest.mark.parametrize(
    ("key", "given", "wanted"),
    [
        ("systemic", {"clinessdai_total": ("12", "9")}, ["True", "ClinESSDAI fell by 3, ≥3"]),
        ("systemic", {"clinessdai_total": ("6", "4")}, ["False", "ClinESSDAI fell by 2, <3"]),
        ("systemic", {"clinessdai_total": ("6", "8")}, ["False", "ClinESSDAI rose by 2; a fall of ≥3 was needed"]),
        ("systemic", {"clinessdai_total": ("6", "6")}, ["False", "ClinESSDAI unchanged; a fall of ≥3 was needed"]),
        ("systemic", {}, ["None", "ClinESSDAI not entered at week 0"]),
        ("lacrimal", {"schirmer_mean": ("3.0", "8.0")}, ["True", "Schirmer rose by 5.0 mm, ≥5.0 mm"]),
        ("lacrimal", {"schirmer_mean": ("4.5", "9.0")}, ["False", "Schirmer rose by 4.5 mm, <5.0 mm"]),
        ("lacrimal", {"schirmer_mean": ("5.0", "5.0")}, ["True", "Schirmer normal and stays so: 5.0 mm, ≥5 mm"]),
        ("lacrimal", {"schirmer_mean": ("10.0", "4.5")}, ["False", "Schirmer turned abnormal: 4.5 mm, <5 mm"]),
        ("lacrimal", {"oss_mean": ("5.0", "3.0")}, ["True", "OSS fell by 2.0, ≥2"]),
        ("lacrimal", {"oss_mean": ("2.5", "2.5")}, ["True", "OSS normal and stays so: 2.5, <3"]),
        ("lacrimal", {"oss_mean": ("2.5", "3.0")}, ["False", "Schirmer not entered at week 0; OSS turned abnormal: 3.0, ≥3"]),
        ("salivary", {"saliva_flow": ("0.000", "0.020")}, ["True", "Flow rose from 0: any rise counts"]),
        ("biological", {"igg": ("20.0", "18.0")}, ["True", "IgG fell by 10.0 %, ≥10 %"]),
        ("biological", {"igg": ("20.0", "18.1"), "rf": ("64", "49")}, ["False", "IgG fell by 9.5 %, <10 %; RF fell by 23.4 %, <25 %"]),
        ("biological", {"rf": ("80", "<20")}, ["True", "RF fell by more than 75.0 %, ≥25 %"]),
    ],
)
def test_that_each_item_is_met_as_published(key: str, given: dict[str, Any], wanted: list[str]) -> None:
    assert line(key, **given) == wanted


@pytest.mark.parametrize(
    ("before", "after", "met", "said"),
    [
        (18, 15, True, "ESSPRI fell by 1.00, ≥1"), (26, 23, True, "ESSPRI fell by 1.00, ≥1"),
        (12, 10, True, "ESSPRI fell by 0.67: 16.7 %, ≥15 %"), (7, 6, False, "ESSPRI fell by 0.33: 14.3 %, <1 and <15 %"),
        (0, 0, False, "ESSPRI was 0 at week 0: cannot fall"), (6, 6, False, "ESSPRI unchanged; a fall of ≥1 or ≥15 % was needed"),
        (6, 9, False, "ESSPRI rose by 1.00; a fall of ≥1 or ≥15 % was needed"),
    ],
)  # fmt: skip
def test_that_esspri_is_decided_on_the_sum_and_told_of_the_mean(before: int, after: int, met: bool, said: str) -> None:
    found = star(esspri(before, after)).items[1]
    assert (found.met, star_line(found).en.replace("\u00a0", " ")) == (met, said)


def test_that_oss_does_not_count_beside_schirmer_unless_the_option_says_so() -> None:
    both: dict[str, Any] = {"schirmer_mean": ("2.0", "3.0"), "oss_mean": ("5.0", "3.0")}
    assert item("lacrimal", **both).met is False
    assert [p.counts for p in item("lacrimal", **both).parts] == [True, False]
    assert "OSS" not in trace_line(item("lacrimal", **both), "en")
    assert item("lacrimal", Options(star_lacrimal="either"), **both).met is True


def test_that_five_millimetres_are_abnormal_under_the_other_option() -> None:
    up_to = Options(schirmer_abnormal="up_to_5")
    assert line("lacrimal", up_to, schirmer_mean=("5.0", "9.0")) == ["False", "Schirmer rose by 4.0 mm, <5.0 mm"]
    assert line("lacrimal", up_to, schirmer_mean=("6.0", "5.0")) == ["False", "Schirmer turned abnormal: 5.0 mm, ≤5 mm"]


def test_that_exactly_five_points_divide_the_two_readings() -> None:
    found = star(pairs(clinessdai_total=("12", "9"), schirmer_mean=("4.0", "9.0"), saliva_flow=("0.200", "0.210"), igg=("20", "18")) | esspri(15, 14))
    assert (found.total, found.published.responder, found.literal.responder) == (5, True, False)
    assert primary(found, Options()).responder and not primary(found, Options(star_at_least="6")).responder
    assert headline(found.literal, found.items, star=True).en == "Non-responder: 5, <6"
    assert found.literal.why.en == "All items are known."


def test_that_a_missing_item_of_three_points_leaves_two_totals() -> None:
    found = star(pairs(clinessdai_total=("12", "9"), schirmer_mean=("4.0", "9.0"), saliva_flow=("0.200", "0.210"), igg=("20", "19")))
    assert headline(found.published, found.items, star=True).en == "Not decided by the data: 4 or 7"
    assert found.published.why.en == "Patient-reported would decide. Counted as **non-responder**, because a missing item has no points."
    assert found.published.why.zh == "取决于患者报告条目。缺失条目计0分，记为**无应答**。"


def test_that_a_decided_non_responder_says_so() -> None:
    found = star(pairs(clinessdai_total=("6", "6"), igg=("20", "19")) | esspri(6, 6))
    assert headline(found.published, found.items, star=True).zh == "无应答：0，<5"
    assert found.published.why.en == "Decided: 0 to 2 in any case."
    assert found.published.why.zh == "已定论：无论泪腺、唾液腺条目如何，均为0至2。"
