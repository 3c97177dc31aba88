"""ESSPRI: three 0–10 scales over the last 2 weeks (Seror 2011, Ann Rheum Dis 70:968); wording paraphrased."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import answers, between, text
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import HeadChoice, Layout, ScaleRows
from crf_desktop.model.text import TranslatedText

RESPONDENT = answers(
    "CL.ESSPRI.RESPONDENT",
    ("CHILD", "Child", "患儿本人", "The participant answers alone; from 8 years on.", "由受试者本人作答；8岁及以上。"),
    (
        "PARENT", "Parent with child", "家长与患儿共同",
        "A parent answers with the child’s own words; 5 to 7 years.", "由家长结合患儿本人表述作答；5–7岁。",
    ),
)  # fmt: skip

_LIMIT = text("The scale runs from 0 to 10 in whole numbers.", "量表为0–10的整数。")


def scale(key: str, sas_name: str, question: TranslatedText, label: TranslatedText) -> ItemDef:
    """One of the three scales."""
    hint = text(
        "A faces aid may be shown; the number the participant chooses is recorded.",
        "可出示面部表情辅助图；记录受试者所选数字。",
    )
    return ItemDef(
        f"I.ESSPRI.{key.upper()}", f"esspri_{key}", sas_name, "integer", question, label, hint,
        length=2, range_checks=between("0", "10", "Hard", _LIMIT),
    )  # fmt: skip


RESPONDENT_ITEM = ItemDef(
    "I.ESSPRI.RESPONDENT", "esspri_respondent", "ESPRESP", "code",
    text("Who answers the three scales? The same respondent at every visit.", "由谁回答三个量表？各次访视应为同一作答者。"),
    text("Respondent", "作答者"),
    code_list=RESPONDENT.oid,
)  # fmt: skip
DRYNESS = scale(
    "dryness", "ESPDRY",
    text("How severe was your dryness in the last 2 weeks?", "过去2周，您的干燥有多严重？"),
    text("Dryness", "干燥"),
)  # fmt: skip
FATIGUE = scale(
    "fatigue", "ESPFAT",
    text("How severe was your fatigue in the last 2 weeks?", "过去2周，您的疲劳有多严重？"),
    text("Fatigue", "疲劳"),
)  # fmt: skip
PAIN = scale(
    "pain", "ESPPAIN",
    text("How severe was your pain (joints, muscles) in the last 2 weeks?", "过去2周，您的疼痛（关节、肌肉）有多严重？"),
    text("Pain", "疼痛"),
)  # fmt: skip
SCALES = (DRYNESS, FATIGUE, PAIN)
_COUNTS = tuple(i.oid for i in SCALES)

SUM = MethodDef(
    "M.ESSPRI.SUM", "esspri_sum",
    text("Sum of the three scales", "三个量表之和"),
    "sum(esspri_dryness, esspri_fatigue, esspri_pain)", "integer", maximum="30", counts=_COUNTS,
    description=text("All comparisons are made on the sum, exactly.", "所有比较均以总和精确计算。"),
)  # fmt: skip
MEAN = MethodDef(
    "M.ESSPRI.MEAN", "esspri_mean",
    text("ESSPRI", "ESSPRI"),
    "esspri_sum / 3", "decimal", digits=2, maximum="10", counts=_COUNTS,
    description=text(
        "Mean of the three scales, equal weights. One scale missing leaves it missing; never prorated. Rounded in print only.",
        "三个量表的等权均值。任一量表缺失则缺失，不作推算。仅打印时取整。",
    ),
)  # fmt: skip
PASS_STATE = MethodDef(
    "M.ESSPRI.PASS", "esspri_pass",
    text("Patient-acceptable symptom state (<5)", "患者可接受症状状态（PASS，<5）"),
    "esspri_sum < 15", "boolean", code_list="CL.YES_NO",
    description=text("ESSPRI below 5, decided on the sum (<15).", "ESSPRI低于5，以总和（<15）判定。"),
)  # fmt: skip

_FROM_WEEK_0 = "(at('SE.W0', 'esspri_respondent') if known(event) and not one_of(event, 'SE.SCR', 'SE.W0') else None)"
"""Who answered at week 0, asked at the visits after it: who began goes on, also past the 8th birthday."""

CHECKS = (
    EditCheck(
        "EC.ESSPRI.001", (RESPONDENT_ITEM.oid,), "esspri_respondent != 'CHILD' or age_years >= 8", "Soft",
        text("Self-report is planned from 8 years on.", "自评适用于8岁及以上。"),
    ),
    EditCheck(
        "EC.ESSPRI.002", (RESPONDENT_ITEM.oid,), f"esspri_respondent != 'PARENT' or age_years < 8 or (known({_FROM_WEEK_0}) and {_FROM_WEEK_0} == 'PARENT')", "Soft",
        text("From 8 years on the child answers alone.", "8岁及以上应由患儿本人作答。"),
    ),
    EditCheck(
        "EC.ESSPRI.003", (RESPONDENT_ITEM.oid,), f"esspri_respondent == {_FROM_WEEK_0}", "Soft",
        text("Week 0 was answered by another respondent ({0}). The same one answers at every visit.", "第0周由他人作答（{0}）。各次访视应为同一作答者。"),
        ("at('SE.W0', 'esspri_respondent')",),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.ESSPRI",
        text("ESSPRI", "ESSPRI"),
        text("ESSPRI", "ESSPRI"),
        text("Answered by the participant before PGA and ESSDAI", "在PGA和ESSDAI之前由受试者作答"),
        ("IG.ESSPRI",),
        Layout(
            (
                HeadChoice(RESPONDENT_ITEM.oid),
                ScaleRows(
                    _COUNTS,
                    (
                        (text("no dryness", "无干燥"), text("maximal imaginable dryness", "能想象的最严重干燥")),
                        (text("no fatigue", "无疲劳"), text("maximal imaginable fatigue", "能想象的最严重疲劳")),
                        (text("no pain", "无疼痛"), text("maximal imaginable pain", "能想象的最严重疼痛")),
                    ),
                ),
            )
        ),
        (SUM.oid, MEAN.oid, PASS_STATE.oid),
        (MEAN.oid,),
        blind_previous=True,
    ),
    (RESPONDENT_ITEM, *SCALES),
    (SUM, MEAN, PASS_STATE),
    CHECKS,
    (RESPONDENT,),
    table="esspri",
)
