"""When a question is asked, in words; what the visit decides is decided."""

from __future__ import annotations

import pytest

from crf_desktop.report.paper_condition import in_words, left_open
from tests.report.paper_reading import definition

CASES = [
    ("I.DEMO.ETHNICITY_OTHER", "SE.SCR", "Only if “Ethnic group” is Other.", "仅当“民族”为“其他民族”时填写。"),
    ("I.AE.STOP", "SE.LOG", "Only if “Ongoing” is No.", "仅当“持续中”为“否”时填写。"),
    ("I.CONSENT.GUARDIAN", "SE.SCR", "Only if “Age at consent” < 18 y.", "仅当“签署时年龄”<18岁时填写。"),
    ("I.CM.INDICATION", "SE.LOG", "Only if “Given for” is not Sjögren’s.", "仅当“用药目的”不为“干燥综合征”时填写。"),
    ("I.ESSDAI.LUNG_BASIS", "SE.W0", "Only if “Pulmonary” is 0 None.", "仅当“肺部”为“0 无”时填写。"),
    (
        "I.INFECTION.TB_PREVENTION", "SE.SCR",
        "Only if “IGRA” is Positive or “Skin test, induration at 48–72 h” ≥ 10 mm.",
        "仅当“γ干扰素释放试验”为“阳性”或“皮试48–72小时硬结直径”≥10 mm时填写。",
    ),
    (
        "I.VITALS.POST_MENARCHE", "SE.W0",
        "Only if “Sex (Demographics)” is Female and “First period has come (earlier visit)” is No.",
        "仅当“性别（人口学）”为“女”且“已有月经初潮（既往访视）”为“否”时填写。",
    ),
    (
        "I.EXAM.SYNOVITIS", "SE.W0",
        "Only if at least one of 28 is Swollen or Tender and swollen (Right shoulder …).",
        "仅当28项中至少一项为“肿胀”或“压痛并肿胀”（右肩关节等）时填写。",
    ),
    ("I.LAB.CH50_LLN", "SE.W0", "Only if “CH50” is answered.", "仅当“总补体活性（CH50）”已填时填写。"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "visit", "english", "chinese"), CASES)
def test_that_a_condition_is_put_into_words(item: str, visit: str, english: str, chinese: str) -> None:
    d = definition()
    said = in_words(d, d.form_of_item[item], left_open(d, d.item[item], visit))
    assert said is not None
    assert tuple(t.replace("\u00a0", " ") for t in (said.en, said.zh)) == (english, chinese)


@pytest.mark.parametrize(
    ("item", "visit", "open_"),
    [
        ("I.REVIEW.SUICIDE", "SE.RTX2", False), ("I.REVIEW.SUICIDE", "SE.BEL4", True),
        ("I.REVIEW.MOOD_ACTION", "SE.RTX2", False), ("I.HOCEVAR.SAME_SONOGRAPHER", "SE.SCR", False),
        ("I.HOCEVAR.SAME_SONOGRAPHER", "SE.W28", True), ("I.REVIEW.CONSENT", "SE.SCR", False),
        ("I.LAB.EXTENDED", "SE.W0", False), ("I.LAB.KAPPA_FREE", "SE.W0", True), ("I.DEMO.SEX", "SE.SCR", True),
    ],
)  # fmt: skip
def test_that_the_visit_decides_what_it_can(item: str, visit: str, open_: bool) -> None:
    d = definition()
    assert left_open(d, d.item[item], visit) is open_


def test_that_every_condition_of_the_trial_is_a_sentence_in_both_languages() -> None:
    d = definition()
    for item in d.items:
        for event in (e.oid for e in d.events if d.form_of_item[item.oid] in e.forms):
            said = in_words(d, d.form_of_item[item.oid], left_open(d, item, event))
            if said is not None:
                assert said.en.startswith("Only if ") and said.en.endswith("."), item.oid
                assert said.zh.startswith("仅当") and said.zh.endswith("时填写。"), item.oid
                assert "it follows from" not in said.en, item.oid


def test_that_a_condition_nobody_can_say_shorter_names_what_it_follows_from() -> None:
    from attrs import evolve

    d = definition()
    item = evolve(d.item["I.DEMO.SEX"], relevant="height * 2 > weight + 3")
    said = in_words(d, "F.VITALS", left_open(d, item, "SE.W0"))
    assert said is not None and said.en == "Only if it follows from “Height”, “Weight”."
