"""Lung function and HRCT, only where interstitial lung disease is known or suspected."""

from __future__ import annotations

from crf_desktop.forms.measurement import card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import PERCENT, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef
from crf_desktop.model.layout import FieldCard, Layout
from crf_desktop.model.text import TranslatedText

NYHA = answers(
    "CL.LUNG.NYHA",
    ("1", "I: none", "I级：无"), ("2", "II: on exertion", "II级：一般活动时"),
    ("3", "III: on slight exertion", "III级：轻微活动时"), ("4", "IV: at rest", "IV级：静息时"),
)  # fmt: skip
PATTERN = answers(
    "CL.LUNG.PATTERN",
    ("NSIP", "NSIP", "NSIP", "Non-specific interstitial pneumonia", "非特异性间质性肺炎"),
    ("LIP", "LIP", "LIP", "Lymphocytic interstitial pneumonia", "淋巴细胞间质性肺炎"),
    ("OP", "OP", "OP", "Organising pneumonia", "机化性肺炎"), ("OTHER", "Other or mixed", "其他或混合"),
)  # fmt: skip
_INDICATED = "known(lung_indicated) and lung_indicated"
_HRCT = f"{_INDICATED} and known(hrct_done) and hrct_done"
_PFT = f"{_INDICATED} and known(pft_done) and pft_done"

INDICATED = yes_no(
    "I.LUNG.INDICATED", "lung_indicated", "LUNGIND",
    text("Is lung disease known or suspected (cough, breathlessness, crackles, earlier finding)?", "是否已知或怀疑肺部受累（咳嗽、气促、啰音、既往发现）？"),
    text("Lung disease known or suspected", "已知或怀疑肺部受累"),
    hint=text("If not, no test is needed and Pulmonary is rated 0.", "否则无需检查，ESSDAI肺部评0级。"),
)  # fmt: skip
COUGH = yes_no(
    "I.LUNG.COUGH", "cough_bronchial", "LUNGCOUG",
    text("Persistent cough from bronchial involvement, not from dryness only, not stable for over 12 months?", "是否有支气管受累所致持续咳嗽（非单纯干燥所致，且非稳定超过12个月）？"),
    text("Bronchial cough", "支气管性咳嗽"), relevant=_INDICATED,
    hint=text("From bronchial involvement; not from dryness only, not stable for over 12 months", "支气管受累所致；非单纯干燥所致，且非稳定超过12个月"),
)  # fmt: skip
BREATH = ItemDef(
    "I.LUNG.NYHA", "nyha", "LUNGNYHA", "integer",
    text("Breathlessness (NYHA class)", "呼吸困难（NYHA分级）"), text("Breathlessness (NYHA)", "呼吸困难（NYHA）"),
    code_list=NYHA.oid, length=1, relevant=_INDICATED, previous=True,
)  # fmt: skip
PFT_DONE = yes_no(
    "I.LUNG.PFT_DONE", "pft_done", "PFTDONE",
    text("Was lung function measured?", "是否行肺功能检查？"), text("Lung function done", "已行肺功能"), relevant=_INDICATED,
)  # fmt: skip
HRCT_DONE = yes_no(
    "I.LUNG.HRCT_DONE", "hrct_done", "HRCTDONE",
    text("Was an HRCT done?", "是否行HRCT检查？"), text("HRCT done", "已行HRCT"), relevant=_INDICATED,
)  # fmt: skip


def _day(key: str, sas: str, question: TranslatedText, label: TranslatedText, relevant: str) -> ItemDef:
    return ItemDef(f"I.LUNG.{key.upper()}", key, sas, "date", question, label, length=10, relevant=relevant)


def _predicted(key: str, sas: str, label: TranslatedText, what: TranslatedText) -> ItemDef:
    return number(
        f"I.LUNG.{key.upper()}", key, sas,
        text(f"{label.en}, per cent of predicted", f"{label.zh}占预计值百分比"), text(f"{label.en}, % predicted", f"{label.zh}占预计值%"),
        (PERCENT,), limits(("5", "200"), ("30", "140"), what, "%"), digits=1, relevant=_PFT,
    )  # fmt: skip


PFT_DATE = _day("pft_date", "PFTDTC", text("Date of lung function", "肺功能检查日期"), text("Measured on", "检查日期"), _PFT)
FVC = _predicted("fvc_pct", "FVCPCT", text("FVC", "用力肺活量（FVC）"), text("FVC", "FVC"))
DLCO = _predicted("dlco_pct", "DLCOPCT", text("DLCO", "一氧化碳弥散量（DLCO）"), text("DLCO", "DLCO"))
HRCT_DATE = _day("hrct_date", "HRCTDTC", text("Date of the HRCT", "HRCT检查日期"), text("Imaged on", "检查日期"), _HRCT)
ILD = yes_no(
    "I.LUNG.ILD", "ild_on_hrct", "HRCTILD",
    text("Interstitial lung disease on HRCT?", "HRCT是否示间质性肺病（ILD）？"), text("ILD on HRCT", "HRCT示ILD"), relevant=_HRCT,
)  # fmt: skip
PATTERN_ITEM = ItemDef(
    "I.LUNG.PATTERN", "ild_pattern", "HRCTPATT", "code",
    text("Pattern on HRCT", "HRCT类型"), text("Pattern", "类型"), code_list=PATTERN.oid,
    relevant=f"{_HRCT} and known(ild_on_hrct) and ild_on_hrct",
)  # fmt: skip
SYMPTOMS = (INDICATED, COUGH, BREATH)
FUNCTION = (PFT_DONE, PFT_DATE, FVC, DLCO)
IMAGING = (HRCT_DONE, HRCT_DATE, ILD, PATTERN_ITEM)

CHECKS = (
    EditCheck(
        "EC.LUNG.001", (PFT_DATE.oid,), "not before(visit_date, pft_date)", "Soft",
        text("The lung function lies after the visit date.", "肺功能检查日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.LUNG.002", (HRCT_DATE.oid,), "not before(visit_date, hrct_date)", "Soft",
        text("The HRCT lies after the visit date.", "HRCT检查日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.LUNG.003", (PFT_DATE.oid,), "not before(pft_date, days_after(visit_date, -28))", "Soft",
        text("The lung function lies more than 28 days before the visit.", "肺功能检查早于访视超过28天。"),
    ),
    EditCheck(
        "EC.LUNG.004", (BREATH.oid,), "not (nyha >= 2 and (not pft_done) and (not hrct_done))", "Soft",
        text("Breathlessness (NYHA {0}) is recorded, but neither lung function nor HRCT was done.", "有呼吸困难（NYHA {0}），但未行肺功能或HRCT检查。"),
        ("nyha",),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.LUNG",
        text("Lung function and HRCT", "肺功能和HRCT"),
        text("Lung", "肺"),
        text("Only if lung disease is known or suspected", "仅在已知或怀疑肺部受累时检查"),
        ("IG.LUNG",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in SYMPTOMS), text("Indication and symptoms", "指征和症状")),
                card(FUNCTION, text("Lung function", "肺功能")),
                card(IMAGING, text("HRCT", "HRCT（高分辨率CT）")),
            )
        ),
    ),
    (*SYMPTOMS, *FUNCTION, *IMAGING),
    edit_checks=CHECKS,
    code_lists=(NYHA, PATTERN),
    table="lung",
)
