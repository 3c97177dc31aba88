"""What the data of a visit imply for each ESSDAI domain: suggestions beside the levels, and how far a rating must reach.

Exactly one hint of an item is known at a time, so that each item implies one level. Cut-offs: docs/protocol_decisions.md
E2. What counts only when it is due to Sjögren's (cytopenia, haematuria, swollen joints) waits for that answer or says so.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from crf_desktop.forms.censored import lies_above, lies_below
from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import LevelHint
from crf_desktop.model.text import TranslatedText


@frozen
class Band:
    """A range of values, the level it implies, and the sentence for it."""

    when: str
    level: str
    reason: TranslatedText


def _hints(item: str, *bands: Band) -> tuple[LevelHint, ...]:
    """One hint per band; the bands of an item must not overlap."""
    return tuple(LevelHint(item, f"({b.level}) if {b.when} else None", b.reason) for b in bands)


def _worst(*terms: str) -> str:
    return f"max_known({', '.join(terms)})"


NO_IVIG: Final = "not (known(ivig_recent) and ivig_recent)"
BIOLOGICAL = (
    *_hints(
        "I.LAB.IGG",
        Band(f"{NO_IVIG} and igg > 20", "2", text("IgG lies above 20 g/L", "IgG高于20 g/L")),
        Band(f"{NO_IVIG} and igg >= 16 and igg <= 20", "1", text("IgG lies within 16–20 g/L", "IgG在16–20 g/L范围内")),
        Band(f"{NO_IVIG} and igg >= 5 and igg < 16", "0", text("IgG lies below 16 g/L", "IgG低于16 g/L")),
        Band(
            f"{NO_IVIG} and igg < 5", "0 if low_igg_attribution == 'TREATMENT' else 2",
            text("IgG lies below 5 g/L and is not attributed to treatment", "IgG低于5 g/L，且不归因于治疗"),
        ),
    ),
    LevelHint("I.LAB.C3", f"1 if {lies_below('c3', 'c3_lln')} else 0", text("C3 lies below its lower limit", "C3低于正常下限")),
    LevelHint("I.LAB.C4", f"1 if {lies_below('c4', 'c4_lln')} else 0", text("C4 lies below its lower limit", "C4低于正常下限")),
    LevelHint("I.LAB.CH50", f"1 if {lies_below('ch50', 'ch50_lln')} else 0", text("CH50 lies below its lower limit", "CH50低于正常下限")),
    LevelHint("I.LAB.CRYOGLOBULIN", "2 if cryoglobulin == 'POS' else 0", text("Cryoglobulin is positive", "冷球蛋白阳性")),
    LevelHint("I.LAB.CLONAL_COMPONENT", "1 if clonal_component == 'POS' else 0", text("A clonal component is present", "存在单克隆成分")),
)  # fmt: skip


def _count_level(name: str, level: str) -> str:
    """The level of a low count; none where it is known to have another cause than autoimmunity."""
    return f"{level} if not known({name}_attribution) or {name}_attribution == 'AUTOIMMUNE' else 0"


def _count(name: str, *bands: tuple[str, str, TranslatedText]) -> tuple[LevelHint, ...]:
    made = (Band(when, "0" if level == "0" else _count_level(name, level), reason) for when, level, reason in bands)
    return _hints(f"I.LAB1.{name.upper()}", *made)


HAEMATOLOGICAL = (
    *_count(
        "anc",
        ("anc < 0.5", "3", text("Neutrophils lie below 500 /mm³ (only if autoimmune)", "中性粒细胞低于500 /mm³（仅限自身免疫性）")),
        ("anc >= 0.5 and anc <= 1", "2", text("Neutrophils lie within 500–1000 /mm³ (only if autoimmune)", "中性粒细胞在500–1000 /mm³范围内（仅限自身免疫性）")),
        ("anc > 1 and anc < 1.5", "1", text("Neutrophils lie above 1000 and below 1500 /mm³ (only if autoimmune)", "中性粒细胞高于1000且低于1500 /mm³（仅限自身免疫性）")),
        ("anc >= 1.5", "0", text("Neutrophils are 1500 /mm³ or more", "中性粒细胞不低于1500 /mm³")),
    ),
    *_count(
        "hb",
        ("hb < 80", "3", text("Haemoglobin lies below 8 g/dL (only if autoimmune)", "血红蛋白低于8 g/dL（仅限自身免疫性）")),
        ("hb >= 80 and hb <= 100", "2", text("Haemoglobin lies within 8–10 g/dL (only if autoimmune)", "血红蛋白在8–10 g/dL范围内（仅限自身免疫性）")),
        ("hb > 100 and hb < 120", "1", text("Haemoglobin lies above 10 and below 12 g/dL (only if autoimmune)", "血红蛋白高于10且低于12 g/dL（仅限自身免疫性）")),
        ("hb >= 120", "0", text("Haemoglobin is 12 g/dL or more", "血红蛋白不低于12 g/dL")),
    ),
    *_count(
        "platelets",
        ("platelets < 50", "3", text("Platelets lie below 50 ×10⁹/L (only if autoimmune)", "血小板低于50 ×10⁹/L（仅限自身免疫性）")),
        ("platelets >= 50 and platelets <= 100", "2", text("Platelets lie within 50–100 ×10⁹/L (only if autoimmune)", "血小板在50–100 ×10⁹/L范围内（仅限自身免疫性）")),
        ("platelets > 100 and platelets < 150", "1", text("Platelets lie above 100 and below 150 ×10⁹/L (only if autoimmune)", "血小板高于100且低于150 ×10⁹/L（仅限自身免疫性）")),
        ("platelets >= 150", "0", text("Platelets are 150 ×10⁹/L or more", "血小板不低于150 ×10⁹/L")),
    ),
    *_count(
        "lymphocytes",
        ("lymphocytes <= 0.5", "2", text("Lymphocytes are 500 /mm³ or fewer (only if autoimmune)", "淋巴细胞不超过500 /mm³（仅限自身免疫性）")),
        ("lymphocytes > 0.5 and lymphocytes < 1", "1", text("Lymphocytes lie above 500 and below 1000 /mm³ (only if autoimmune)", "淋巴细胞高于500且低于1000 /mm³（仅限自身免疫性）")),
        ("lymphocytes >= 1", "0", text("Lymphocytes are 1000 /mm³ or more", "淋巴细胞不低于1000 /mm³")),
    ),
)  # fmt: skip


def _protein(item: str, name: str, also: str, en: str, zh: str) -> tuple[LevelHint, ...]:
    return _hints(
        item,
        Band(f"{also}{lies_below(name, '0.5')}", "0", text(f"{en} lies below 0.5", f"{zh}低于0.5")),
        Band(f"{also}{name} >= 0.5 and {name} <= 1", "1", text(f"{en} lies within 0.5–1.0", f"{zh}在0.5–1.0范围内")),
        Band(f"{also}{name} > 1 and {name} <= 1.5", "2", text(f"{en} lies above 1.0, up to 1.5", f"{zh}高于1.0，不超过1.5")),
        Band(f"{also}{lies_above(name, '1.5')}", "3", text(f"{en} lies above 1.5", f"{zh}高于1.5")),
    )


_RTA = "(known(tubular_acidosis_known) and tubular_acidosis_known)"
RENAL = (
    *_protein("I.LAB1.URINE_PROTEIN_24H", "urine_protein_24h", "", "Proteinuria in g/d", "尿蛋白（g/d）"),
    *_protein("I.LAB1.UPCR", "upcr", "not known(urine_protein_24h) and ", "UPCR in g/g (for g/d)", "UPCR（g/g，代替g/d）"),
    *_hints(
        "I.LAB1.CREATININE",
        Band("egfr >= 60", "0", text("eGFR is 60 mL/min or more", "eGFR不低于60 mL/min")),
        Band(f"egfr < 60 and not {_RTA}", "3", text("eGFR lies below 60 mL/min (if glomerular)", "eGFR低于60 mL/min（限肾小球受累）")),
        Band(f"egfr < 60 and {_RTA}", "2", text("Tubular acidosis with eGFR below 60 mL/min", "肾小管酸中毒，eGFR低于60 mL/min")),
    ),
    *_hints(
        "I.LAB1.URINE_BLOOD",
        Band("one_of(urine_blood, 'NEG', 'TRACE')", "0", text("No blood in the urine", "尿潜血阴性")),
        Band(
            "one_of(urine_blood, '1', '2', '3', '4')", "3 if haematuria_renal else 0",
            text("Haematuria from the kidney", "肾性血尿"),
        ),
    ),
    LevelHint("I.ORGAN.TUBULAR_ACIDOSIS", "1 if tubular_acidosis_known else 0", text("Tubular acidosis (if not old damage)", "肾小管酸中毒（陈旧损伤除外）")),
    *_hints(
        "I.ORGAN.KIDNEY_BIOPSY",
        Band("one_of(kidney_biopsy, 'INTERSTITIAL', 'MEMBRANOUS')", "2", text("Kidney biopsy: membranous or interstitial infiltrate (if not old damage)", "肾活检：膜性或间质浸润（陈旧损伤除外）")),
        Band("one_of(kidney_biopsy, 'PROLIFERATIVE', 'CRYO')", "3", text("Kidney biopsy: proliferative or cryoglobulin-related (if not old damage)", "肾活检：增殖性或冷球蛋白相关（陈旧损伤除外）")),
    ),
)  # fmt: skip
MUSCULAR = _hints(
    "I.LAB1.CK",
    Band("ck <= ck_uln", "0", text("CK lies within its limit", "CK在正常范围内")),
    Band("ck > ck_uln and ck <= 2 * ck_uln", "1", text("CK lies above its limit, up to twice (only if myositis is shown)", "CK高于上限，不超过2倍（仅限证实肌炎）")),
    Band("ck > 2 * ck_uln and ck <= 4 * ck_uln", "2", text("CK lies above twice its limit, up to four times (only if myositis)", "CK高于上限2倍，不超过4倍（仅限肌炎）")),
    Band("ck > 4 * ck_uln", "3", text("CK lies above four times its limit (only if myositis)", "CK高于上限4倍（仅限肌炎）")),
)  # fmt: skip
ARTICULAR = (
    *_hints(
        "I.EXAM.SYNOVITIS",
        Band("swollen_joints == 0", "0", text("No swollen joint", "无肿胀关节")),
        Band("swollen_joints >= 1 and swollen_joints <= 5", "2 if synovitis_sjogren else 0", text("Synovitis in 1–5 of 28 joints", "28个关节中1–5个滑膜炎")),
        Band("swollen_joints >= 6", "3 if synovitis_sjogren else 0", text("Synovitis in 6 or more of 28 joints", "28个关节中6个及以上滑膜炎")),
    ),
    LevelHint(
        "I.EXAM.MORNING_STIFFNESS", "1 if morning_stiffness_min > 30 and tender_joints > 0 else 0",
        text("Tender joints with morning stiffness over 30 min", "关节压痛，晨僵超过30 min"),
    ),
)  # fmt: skip
PULMONARY = (
    *_hints(
        "I.LUNG.FVC_PCT",
        Band("fvc_pct >= 80", "0", text("FVC is 80 % or more", "FVC不低于80%")),
        Band("fvc_pct >= 60 and fvc_pct < 80", "2", text("FVC is 60 % or more, below 80 %", "FVC不低于60%，低于80%")),
        Band("fvc_pct < 60", "3", text("FVC lies below 60 %", "FVC低于60%")),
    ),
    *_hints(
        "I.LUNG.DLCO_PCT",
        Band("dlco_pct >= 70", "0", text("DLCO is 70 % or more", "DLCO不低于70%")),
        Band("dlco_pct >= 40 and dlco_pct < 70", "2", text("DLCO is 40 % or more, below 70 %", "DLCO不低于40%，低于70%")),
        Band("dlco_pct < 40", "3", text("DLCO lies below 40 %", "DLCO低于40%")),
    ),
    *_hints(
        "I.LUNG.ILD",
        Band("not ild_on_hrct", "0", text("No ILD on HRCT", "HRCT未见ILD")),
        Band("ild_on_hrct and nyha == 1", "1", text("ILD on HRCT without breathlessness", "HRCT示ILD，无呼吸困难")),
        Band("ild_on_hrct and nyha == 2", "2", text("ILD on HRCT with breathlessness on exertion", "HRCT示ILD，活动后气促")),
        Band("ild_on_hrct and nyha >= 3", "3", text("ILD on HRCT with NYHA III–IV", "HRCT示ILD，NYHA III–IV级")),
    ),
    LevelHint("I.LUNG.COUGH", "1 if cough_bronchial else 0", text("Persistent cough from the bronchi", "支气管受累所致持续咳嗽")),
)  # fmt: skip
GLANDULAR = (
    *_hints(
        "I.EXAM.PAROTID",
        Band("exam_parotid == 'NONE'", "0", text("Parotid not swollen", "腮腺无肿大")),
        Band("exam_parotid == 'SMALL'", "1", text("Parotid swollen, up to 3 cm", "腮腺肿大，不超过3 cm")),
        Band("exam_parotid == 'LARGE'", "2", text("Parotid swollen, over 3 cm", "腮腺肿大，超过3 cm")),
    ),
    *(
        hint
        for key, en, zh in (("submandibular", "Submandibular gland", "下颌下腺"), ("lacrimal", "Lacrimal gland", "泪腺"))
        for hint in _hints(
            f"I.EXAM.{key.upper()}",
            Band(f"exam_{key} == 'NONE'", "0", text(f"{en} not swollen", f"{zh}无肿大")),
            Band(f"exam_{key} == 'LIMITED'", "1", text(f"{en}: limited swelling", f"{zh}局限性肿大")),
            Band(f"exam_{key} == 'MARKED'", "2", text(f"{en}: marked swelling", f"{zh}显著肿大")),
        )
    ),
)  # fmt: skip
LYMPHADENOPATHY = (
    *_hints(
        "I.EXAM.NODE_CM",
        Band("node_cm < 1", "0", text("No node of 1 cm", "无1 cm以上淋巴结")),
        Band("node_cm >= 1 and node_cm < 2", "1", text("A node of 1 cm or more", "淋巴结不小于1 cm")),
        Band("node_cm >= 2", "2", text("A node of 2 cm or more", "淋巴结不小于2 cm")),
    ),
    *_hints(
        "I.EXAM.NODE_INGUINAL_CM",
        Band("node_inguinal_cm < 2", "0", text("No inguinal node of 2 cm", "无2 cm以上腹股沟淋巴结")),
        Band("node_inguinal_cm >= 2 and node_inguinal_cm < 3", "1", text("An inguinal node of 2 cm or more", "腹股沟淋巴结不小于2 cm")),
        Band("node_inguinal_cm >= 3", "2", text("An inguinal node of 3 cm or more", "腹股沟淋巴结不小于3 cm")),
    ),
    LevelHint("I.EXAM.SPLEEN", "2 if splenomegaly else 0", text("The spleen is enlarged", "脾大")),
)  # fmt: skip
HINTS: Final = {
    "lymphadenopathy": LYMPHADENOPATHY,
    "glandular": GLANDULAR,
    "articular": ARTICULAR,
    "pulmonary": PULMONARY,
    "renal": RENAL,
    "muscular": MUSCULAR,
    "haematological": HAEMATOLOGICAL,
    "biological": BIOLOGICAL,
}


def _low(name: str, levels: str) -> str:
    return f"(({levels}) if {name}_attribution == 'AUTOIMMUNE' else None)"


_PROTEIN = "(urine_protein_24h if known(urine_protein_24h) else upcr)"
REACHED: Final = {
    "lymphadenopathy": _worst(
        "(2 if node_cm >= 2 else 1 if node_cm >= 1 else 0)",
        "(2 if node_inguinal_cm >= 3 else 1 if node_inguinal_cm >= 2 else 0)",
        "(2 if splenomegaly else 0)",
    ),
    "glandular": _worst(
        "(2 if exam_parotid == 'LARGE' else 1 if exam_parotid == 'SMALL' else 0)",
        "(2 if exam_submandibular == 'MARKED' else 1 if exam_submandibular == 'LIMITED' else 0)",
        "(2 if exam_lacrimal == 'MARKED' else 1 if exam_lacrimal == 'LIMITED' else 0)",
    ),
    "articular": "(3 if swollen_joints >= 6 else 2) if synovitis_sjogren else None",
    "pulmonary": _worst(
        "(3 if fvc_pct < 60 else 2 if fvc_pct < 80 else 0)",
        "(3 if dlco_pct < 40 else 2 if dlco_pct < 70 else 0)",
        "((3 if nyha >= 3 else nyha) if ild_on_hrct else 0)",
    ),
    "renal": _worst(
        f"(0 if {_PROTEIN} < 0.5 else 1 if {_PROTEIN} <= 1 else 2 if {_PROTEIN} <= 1.5 else 3)",
        f"(3 if {lies_above('urine_protein_24h', '1.5')} else None)",
        f"(3 if not known(limit('urine_protein_24h')) and {lies_above('upcr', '1.5')} else None)",
        "(3 if haematuria_renal else 0)",
    ),
    "muscular": "3 if ck > 4 * ck_uln else 2 if ck > 2 * ck_uln else 0",
    "haematological": _worst(
        _low("anc", "3 if anc < 0.5 else 2 if anc <= 1 else 1"),
        _low("hb", "3 if hb < 80 else 2 if hb <= 100 else 1"),
        _low("platelets", "3 if platelets < 50 else 2 if platelets <= 100 else 1"),
        _low("lymphocytes", "2 if lymphocytes <= 0.5 else 1"),
    ),
}
"""Level the data reach for certain, by domain: a rating below it is asked about. A low count only where it is called
autoimmune, CK only above twice its limit; eGFR, tubular acidosis and a biopsy may be old damage and only suggest."""
