"""The five items: the page of the design word for word, the edges of every rule, figures that agree with verdicts."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from crf_desktop.analysis.measure import Lack, Measure, measured
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Five, Item, Pair
from crf_desktop.analysis.pairs import pairs_of
from crf_desktop.analysis.response import five, primary
from crf_desktop.analysis.threshold import headline
from crf_desktop.analysis.trace import trace_line, verdict_line
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.derive import shortest
from crf_desktop.model.text import TranslatedText
from tests.analysis.builder import saliva, shown
from tests.thorough import thorough

UNITS = {"pga": "mm", "esr": "mm/h", "esr_uln": "mm/h", "igg": "g/L", "rf": "IU/mL", "saliva_flow": "mL/min"}
ABSENT = Measure("x")


def value(name: str, number: Any) -> Measure:
    """A number, ``"<20"``, or None."""
    unit = UNITS.get(name, "mm" if name.startswith("schirmer") else "")
    if isinstance(number, str) and number[:1] in "<>":
        limit = Fraction(number[1:])
        return Measure(
            name, None, number, TranslatedText(unit, unit), Lack.CENSORED, qualifier=number[0], limit=limit  # type: ignore[arg-type]
        )  # fmt: skip
    return measured(name, None if number is None else Fraction(number), str(number or ""), unit)


def pairs(**given_: tuple[Any, Any]) -> dict[str, Pair]:
    return {name: Pair(value(name, before), value(name, after)) for name, (before, after) in given_.items()}


def item(letter: str, options: Options = STANDARD, **given_: tuple[Any, Any]) -> Item:
    return next(i for i in five(pairs(**given_), options).items if i.key[0] == letter)


def told(letter: str, options: Options = STANDARD, **given_: tuple[Any, Any]) -> list[str]:
    """Verdict, then the sentences without no-break spaces."""
    found = item(letter, options, **given_)
    return [str(found.met), *(p.why.en.replace("\u00a0", " ") for p in found.parts)]


def seen(found: Five, language: str) -> list[str]:
    return [
        " / ".join(p.why.in_(language) for p in i.parts).replace("\u00a0", " ")  # type: ignore[arg-type]
        for i in found.items
    ]


# ---- the page of the design


def test_that_the_page_of_the_design_comes_out_word_for_word() -> None:
    found = five(pairs_of(shown()))
    assert seen(found, "en") == [
        "Fell by 31 of 62 mm: **50.0 %**, ≥30 %.",
        "Fell by 16 of 46 mm/h: **34.8 %**, ≥30 %. / Not normalised: limit 20 mm/h.",
        "IgG fell by 4.2 of 21.4 g/L: **19.6 %**, <25 %. / RF fell by 12 of 64 IU/mL: **18.8 %**, <25 %.",
        "Week 28 refused by the participant, both eyes. From 5.0 mm, ≥10.0 mm was needed.",
        "Flow rose by 0.018 mL/min: **15.3 %**, <25 %. / Hočevar fell by 8 of 32: **25.0 %**, exactly at 25 %.",
    ]
    assert seen(found, "zh") == [
        "62 mm中下降31 mm：**50.0%**，≥30%。",
        "46 mm/h中下降16 mm/h：**34.8%**，≥30%。 / 未转为正常：上限20 mm/h。",
        "IgG：21.4 g/L中下降4.2 g/L，**19.6%**，<25%。 / RF：64 IU/mL中下降12 IU/mL，**18.8%**，<25%。",
        "第28周受试者拒绝双眼检查。基线5.0 mm，需≥10.0 mm。",
        "流率升高0.018 mL/min：**15.3%**，<25%。 / Hočevar：32中下降8，**25.0%**，恰达25%。",
    ]
    assert [i.met for i in found.items] == [True, True, False, None, True]
    assert (found.n_met, found.n_not_evaluable) == (3, 1)


def test_that_its_two_verdicts_come_out_word_for_word() -> None:
    found = five(pairs_of(shown()))
    assert headline(found.literal, found.items) == TranslatedText(
        "Not decided by the data: 3 or 4", "数据不能定论：3项或4项"
    )
    assert found.literal.why == TranslatedText(
        "Item d would decide. Counted as **non-responder** in the primary analysis, because missing counts as not met.",
        "取决于条目d。缺失按未达到计，主要分析记为**无应答**。",
    )
    assert headline(found.inclusive, found.items) == TranslatedText("Responder", "应答")
    assert found.inclusive.why == TranslatedText("3 items are met, whatever item d shows.", "已达到3项，条目d不影响结论。")
    assert verdict_line(found.inclusive, found, "en") == "Responder. 3 items are met, whatever item d shows."


def test_that_the_example_of_the_issue_says_why_it_is_met() -> None:
    found = item("b", esr=("26", "20"), esr_uln=("20", "20"))
    assert trace_line(found, "en").replace("\u00a0", " ") == (
        "b ESR, 26 → 20 mm/h: Fell by 6 of 26 mm/h: 23.1 %, <30 %."
        " Normalised: was above its limit of 20 mm/h, is not any more. → met"
    )
    assert trace_line(found, "zh").replace("\u00a0", " ") == (
        "b 血沉（ESR），26 → 20 mm/h：26 mm/h中下降6 mm/h：23.1%，<30%。已转为正常：原高于上限20 mm/h，现未超过。 → 达到"
    )


# ---- a and c: percentages


@pytest.mark.parametrize(
    ("pair", "wanted"),
    [
        (("7.0", "4.9"), ["True", "Fell by 2.1 of 7.0 mm: **30.0 %**, exactly at 30 %."]),
        (("62", "62"), ["False", "Unchanged at **62 mm**; a fall of ≥30 % was needed."]),
        (("62", "70"), ["False", "**Rose** by 8 from 62 mm; a fall of ≥30 % was needed."]),
        (("0", "0"), ["None", "Week 0 is **0**: no percentage can be worked out."]),
        (("50", None), ["None", "Week 28 not entered. From 50 mm, ≤35 mm was needed."]),
        ((None, "50"), ["None", "Week 0 not entered."]),
        (("100", "0"), ["True", "Fell by 100 of 100 mm: **100.0 %**, ≥30 %."]),
    ],
)
def test_that_a_fall_of_30_percent_is_told_with_its_numbers(pair: tuple[Any, Any], wanted: list[str]) -> None:
    assert told("a", pga=pair) == wanted


def test_that_a_printed_percentage_shows_as_many_decimals_as_the_verdict_needs() -> None:
    assert told("c", igg=("25.00", "18.76"))[1] == "IgG fell by 6.24 of 25.00 g/L: **24.96 %**, <25 %."
    assert told("c", igg=("100.00", "75.0001"))[1] == "IgG fell by 24.9999 of 100.00 g/L: **24.9999 %**, <25 %."


near = st.tuples(st.integers(1, 4000), st.integers(-3, 3), st.integers(11, 10**6))


@thorough(1500)
@given(near)
@example((100, -1, 2500))
def test_that_no_printed_percentage_contradicts_its_verdict(case: tuple[int, int, int]) -> None:
    base, off, over = case
    followup = max(Fraction(0), Fraction(base) * Fraction(7, 10) - Fraction(off, over))
    text = shortest(followup)
    found = five({"pga": Pair(measured("pga", base, str(base), "mm"), measured("pga", followup, text, "mm"))}).items[0]
    printed = re.search(r"\*\*([\d.]+)\u00a0%\*\*", found.parts[0].why.en)
    assert printed is not None
    assert (Fraction(printed[1]) >= 30) is found.met
    sign = found.parts[0].why.en.rsplit(", ")[-1]
    exactly = 10 * (base - followup) == 3 * base
    assert sign.startswith("exactly" if exactly else "≥" if found.met else "<")


def test_that_igg_or_rf_is_enough_and_both_are_needed_under_the_other_option() -> None:
    assert told("c", igg=("20", "15"), rf=("64", "60"))[0] == "True"
    assert told("c", igg=("20", "16"), rf=("64", "48"))[0] == "True"
    assert told("c", igg=("20", "16"), rf=(None, None))[0] == "False"
    assert told("c", igg=("0", "16"), rf=(None, None))[0] == "None"
    both = Options(b_cell_markers="both")
    assert told("c", both, igg=("20", "15"), rf=("64", "60"))[0] == "False"
    assert told("c", both, igg=("20", "15"), rf=(None, None))[0] == "None"
    assert item("c", both, igg=("20", "15")).rule.en == "IgG and RF fall ≥25\u00a0%"


# ---- results with < or >


@pytest.mark.parametrize(
    ("pair", "wanted"),
    [
        (("80", "<20"), ["True", "RF from 80 IU/mL to <20 IU/mL: fell by **more than 75.0 %** for certain, ≥25 %."]),
        (("26.66", "<20"), ["None", "RF at week 28 is only known as **<20 IU/mL**. From 26.66 IU/mL, ≤19.995 IU/mL was needed: left open."]),
        (("<20", "<20"), ["None", "RF is only known as **<20 IU/mL** at week 0: no percentage can be worked out."]),
        (("80", ">60"), ["False", "RF from 80 IU/mL to >60 IU/mL: **cannot have fallen** by ≥25 %, ≤60 IU/mL was needed."]),
        (("80", ">59"), ["None", "RF at week 28 is only known as **>59 IU/mL**. From 80 IU/mL, ≤60 IU/mL was needed: left open."]),
    ],
)  # fmt: skip
def test_that_a_censored_result_decides_only_what_holds_for_every_value_it_may_be(
    pair: tuple[Any, Any], wanted: list[str]
) -> None:
    found = told("c", rf=pair)
    assert [found[0], found[2]] == wanted


@thorough(400)
@given(st.integers(1, 200), st.integers(0, 200), st.sampled_from("<>"))
def test_that_what_a_censored_result_decides_holds_for_all_its_values(base: int, limit: int, sign: str) -> None:
    met = item("c", rf=(str(base), f"{sign}{limit}")).met
    step = Fraction(1, 4)
    possible = [limit * k * step for k in range(4)] if sign == "<" else [limit + k * step for k in range(1, 1600)]
    seen_ = {Fraction(v) * 4 <= base * 3 for v in possible if v != limit or sign == "<"}
    if met is not None and limit:
        assert seen_ == {met}


def test_that_an_esr_above_the_end_of_the_scale_can_still_return_to_normal() -> None:
    assert told("b", esr=(">140", "15"), esr_uln=("20", "20")) == [
        "True", "Week 0 is only known as **>140 mm/h**: no percentage can be worked out.",
        "**Normalised**: was above its limit of 20 mm/h, is not any more.",
    ]  # fmt: skip
    assert told("b", esr=("60", ">140"), esr_uln=("20", "20"))[0] == "False"


@pytest.mark.parametrize("esr", [(">140", "50"), ("46", ">30")])
def test_that_an_esr_that_may_have_fallen_is_not_evaluable(esr: tuple[str, str]) -> None:
    assert told("b", esr=esr, esr_uln=("20", "20"))[0] == "None"


# ---- b: each visit against its own limit


@pytest.mark.parametrize(
    ("esr", "limits", "wanted"),
    [
        (("26", "20"), ("20", "20"), "True"),
        (("26", "20"), ("20", "15"), "False"),
        (("26", "20"), (None, "20"), "None"),
        (("26", "20"), ("20", None), "None"),
        (("12", "11"), ("20", None), "None"),
        (("12", "11"), ("20", "20"), "False"),
        (("8", "5"), ("20", "20"), "True"),
        (("50", "35"), (None, None), "True"),
        (("0", "0"), ("20", "20"), "False"),
        (("0", "0"), (None, None), "None"),
        ((None, "5"), ("20", "20"), "None"),
    ],
)
def test_that_the_esr_falls_or_returns_to_normal(esr: Any, limits: Any, wanted: str) -> None:
    assert told("b", esr=esr, esr_uln=limits)[0] == wanted


def test_that_what_a_missing_esr_had_to_be_names_its_limit_too() -> None:
    assert told("b", esr=("26", None), esr_uln=("20", None))[1] == (
        "Week 28 not entered. From 26 mm/h, ≤18.2 mm/h or a value within its limit was needed."
    )
    assert told("b", esr=("12", None), esr_uln=("20", None))[1].endswith("≤8.4 mm/h was needed.")


def test_that_other_limits_at_the_visits_are_told() -> None:
    assert told("b", esr=("26", "14"), esr_uln=("20", "15"))[2] == (
        "**Normalised**: was above its limit of 20 mm/h, is not above that of now, 15 mm/h."
    )
    assert told("b", esr=("12", "11"), esr_uln=("20", "20"))[2] == (
        "Within its limit of 20 mm/h at week 0: nothing to normalise."
    )
    assert told("b", esr=("26", "25"), esr_uln=("20", None))[2] == (
        "No upper limit at week 28: whether it normalised cannot be said."
    )


def test_that_an_esr_normal_at_week_0_is_left_out_under_the_other_option() -> None:
    only_raised = Options(esr_normal_baseline="not_evaluable")
    assert told("b", only_raised, esr=("8", "5"), esr_uln=("20", "20")) == [
        "None", "Fell by 3 of 8 mm/h: **37.5 %**, ≥30 %.",
        "ESR within its limit of 20 mm/h at week 0: not evaluable under this option.",
    ]  # fmt: skip
    assert told("b", only_raised, esr=("50", "30"), esr_uln=(None, "20"))[0] == "None"
    assert told("b", only_raised, esr=("50", "30"), esr_uln=("20", "20"))[0] == "True"


# ---- d: the eyes


def test_that_schirmer_rises_by_five_millimetres() -> None:
    assert told("d", schirmer_mean=("4.0", "9.0"))[1] == "Rose by **5.0 mm** from 4.0 mm, exactly at 5.0 mm."
    assert told("d", schirmer_mean=("4.0", "8.5")) == ["False", "Rose by **4.5 mm** from 4.0 mm, <5.0 mm."]
    assert told("d", schirmer_mean=("9.0", "4.0")) == ["False", "**Fell** by 5.0 from 9.0 mm; a rise of ≥5.0 mm was needed."]
    assert told("d", schirmer_mean=("9.0", "9.0"))[1] == "Unchanged at **9.0 mm**; a rise of ≥5.0 mm was needed."


@pytest.mark.parametrize(
    ("right", "left", "eye", "wanted"),
    [
        ((4, 10), (8, 9), "mean", False), ((4, 10), (8, 9), "worse", True), ((4, 10), (8, 9), "better", False),
        ((8, 14), (4, 5), "worse", False), ((8, 14), (4, 5), "better", True),
        ((4, 10), (4, 6), "worse", False), ((4, 10), (4, 6), "better", False),
        ((4, 10), (4, None), "worse", True), ((4, None), (8, 14), "worse", None),
        ((None, 3), (8, 14), "worse", True), ((None, None), (None, None), "worse", None),
    ],
)  # fmt: skip
def test_that_another_option_looks_at_one_eye(right: Any, left: Any, eye: str, wanted: bool | None) -> None:
    def mean(*both: int | None) -> Fraction | None:
        known = [Fraction(b) for b in both if b is not None]
        return sum(known, Fraction()) / len(known) if known else None

    mean_pair = (mean(right[0], left[0]), mean(right[1], left[1]))
    given_ = {"schirmer_right": right, "schirmer_left": left, "schirmer_mean": mean_pair}
    found = five(
        {n: Pair(*(measured(n, v, unit="mm") for v in p)) for n, p in given_.items()}, Options(schirmer_eye=eye)
    )
    assert found.items[3].met is wanted


def test_that_a_schirmer_that_stays_normal_counts_under_the_other_option_only() -> None:
    stays = Options(schirmer_normal_baseline="stays_normal")
    assert told("d", schirmer_mean=("9.0", "8.0"))[0] == "False"
    assert told("d", stays, schirmer_mean=("9.0", "8.0")) == [
        "True", "Normal at week 0 (9.0 mm) and **stays normal**: 8.0 mm, ≥5 mm.",
    ]  # fmt: skip
    assert told("d", stays, schirmer_mean=("9.0", "4.5"))[1] == (
        "Normal at week 0 (9.0 mm) and **turned abnormal**: 4.5 mm, <5 mm."
    )
    assert told("d", stays, schirmer_mean=("5.0", "5.0"))[0] == "True"
    assert told("d", evolve(stays, schirmer_abnormal="up_to_5"), schirmer_mean=("5.0", "5.0"))[0] == "False"


# ---- e: flow or ultrasound


def test_that_from_no_flow_at_all_any_rise_counts() -> None:
    assert told("e", saliva_flow=("0.000", "0.020"))[1] == "Flow rose from 0 to **0.020 mL/min**: any rise counts."
    assert told("e", saliva_flow=("0.000", "0.000")) == [
        "False", "Flow stayed at **0**: no rise.", "Hočevar: week 0 not entered.",
    ]  # fmt: skip
    assert told("e", saliva_flow=("0.000", None))[1] == (
        "Flow: week 28 not entered. From 0.000 mL/min, >0.000 mL/min was needed."
    )
    not_from_zero = Options(flow_zero_baseline="not_evaluable")
    assert told("e", not_from_zero, saliva_flow=("0.000", "0.020"))[0] == "None"


def test_that_flow_or_ultrasound_is_enough() -> None:
    assert told("e", saliva_flow=("0.100", "0.125"), hocevar_total=("10", "12")) == [
        "True", "Flow rose by 0.025 mL/min: **25.0 %**, exactly at 25 %.",
        "Hočevar **rose** by 2 from 10; a fall of ≥25 % was needed.",
    ]  # fmt: skip
    assert told("e", saliva_flow=("0.200", "0.100"), hocevar_total=("0", "0")) == [
        "False", "Flow **fell** by 0.100 from 0.200 mL/min; a rise of ≥25 % was needed.",
        "Hočevar is **0** at week 0: no percentage can be worked out.",
    ]  # fmt: skip


def test_that_a_tiny_difference_is_never_printed_as_nothing() -> None:
    assert "0.0004" in told("e", saliva_flow=("0.1000", "0.1004"))[1]


# ---- verdicts


@pytest.mark.parametrize(
    ("met", "missing", "literal", "head"),
    [
        ("ab", "", "2 of 5 items are met, 4 are needed.", "Non-responder"),
        ("a", "", "1 of 5 items is met, 4 are needed.", "Non-responder"),
        ("abce", "", "4 of 5 items are met, 4 are needed.", "Responder"),
        ("ab", "d", "2 of 5 items are met; with item d at most 3, 4 are needed.", "Non-responder"),
        ("abce", "d", "4 items are met, whatever item d shows.", "Responder"),
        ("ab", "de", "Items d and e would decide. Counted as **non-responder** in the primary analysis, because missing counts as not met.", "Not decided by the data: 2 to 4"),
        ("", "abcde", "No item could be evaluated. Counted as **non-responder** in the primary analysis, because missing counts as not met.", "Not decided by the data: 0 to 5"),
    ],
)  # fmt: skip
def test_that_a_verdict_says_what_would_decide(met: str, missing: str, literal: str, head: str) -> None:
    names = {"a": "pga", "b": "esr", "c": "igg", "d": "schirmer_mean", "e": "hocevar_total"}
    given_: dict[str, tuple[Any, Any]] = {"esr_uln": ("20", "20")}
    for letter, name in names.items():
        if letter not in missing:
            given_[name] = ("10", "20" if name == "schirmer_mean" else "5") if letter in met else ("10", "10")
    found = five(pairs(**given_))
    assert found.literal.why.en == literal
    assert headline(found.literal, found.items).en == head
    assert found.literal.responder is (len(met) >= 4)


def test_that_the_primary_verdict_is_that_of_the_option() -> None:
    found = five(pairs_of(shown()))
    assert not primary(found, Options()).responder
    inclusive = Options(response_at_least="3")
    assert primary(found, inclusive).responder
    assert "primary" not in five(pairs_of(shown()), inclusive).literal.why.en


def test_that_what_is_left_out_is_not_called_a_non_responder() -> None:
    left_out = five(pairs_of(shown()), Options(missing="excluded")).literal.why
    assert left_out.en == "Item d would decide. **Left out** of the rate under this option."
    assert left_out.zh == "取决于条目d。按此选项**不计入**应答率。"


# ---- every reason for a missing value, in both languages


@pytest.mark.parametrize("reason", list(NullFlavor))
def test_that_a_missing_reason_stands_in_the_sentence(reason: NullFlavor) -> None:
    found = five(pairs_of(shown(after={"pga": reason, "igg": reason})))
    words = {"ND": ("not done", "未做"), "NA": ("not applicable", "不适用"), "UNK": ("unknown", "不详"), "REF": ("refused by the participant", "受试者拒绝")}[reason]  # fmt: skip
    alone, of_igg = found.items[0].parts[0].why, found.items[2].parts[0].why
    assert alone.en.startswith(f"Week 28 {words[0]}. From") and alone.zh.startswith(f"第28周{words[1]}。基线")
    assert of_igg.en.startswith(f"IgG: week 28 {words[0]}.") and of_igg.zh.startswith(f"IgG：第28周{words[1]}。")


@pytest.mark.parametrize("lack", list(Lack))
@pytest.mark.parametrize("name", ["pga", "esr", "igg", "schirmer_mean", "saliva_flow", "hocevar_total"])
def test_that_every_lack_has_a_sentence_in_both_languages(lack: Lack, name: str) -> None:
    whole, gone = value(name, "10"), evolve(value(name, None), lack=lack, null=NullFlavor.UNKNOWN)
    for pair in (Pair(whole, gone), Pair(gone, whole), Pair(gone, gone)):
        for found in five({name: pair, "esr_uln": Pair(value("esr_uln", "20"), value("esr_uln", "20"))}).items:
            for part in found.parts:
                if part.pair is pair:
                    assert part.met is None or (part.key, part.met) == ("esr_normal", False)
                    assert re.search("[\u4e00-\u9fff]", part.why.zh) and part.why.en[0].isupper()
                    assert not re.search(r"[{}]", part.why.en + part.why.zh)


def test_that_one_collection_that_was_not_done_leaves_the_other() -> None:
    found = five(pairs_of(shown(after=saliva("0.680"))))
    assert "15.3" in found.items[4].parts[0].why.en
