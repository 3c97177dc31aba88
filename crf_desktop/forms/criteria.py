"""Raw items of the classification criteria for Sjögren’s: symptoms, results on record, serology, exclusions.

AECG 2002 (Vitali 2002), Japan 1999 (revised ministry criteria), ACR/EULAR 2016 (Shiboski 2017), Bartůňková 1999, and two
recent juvenile proposals that are only described. Every wording is a paraphrase; every set is derived from these items.
"""

from __future__ import annotations

from crf_desktop.forms.question import choice, day
from crf_desktop.forms.vocabulary import ML_MIN, MM, NEG_POS, answers, between, text, yes_no
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.text import TranslatedText

NORMAL = answers("CL.HX.NORMAL", ("NORMAL", "Normal", "正常"), ("ABNORMAL", "Abnormal", "异常"))
JAPAN_2018 = answers(
    "CL.HX.JAPAN_2018",
    ("DEFINITE", "Definite", "确诊"), ("PROBABLE", "Probable", "很可能"), ("POSSIBLE", "Possible", "可能"),
    ("NOT_MET", "Not met", "不符合"),
)  # fmt: skip
FLORIDA = answers(
    "CL.HX.FLORIDA",
    ("1", "Class 1", "1类"), ("2", "Class 2", "2类"), ("3", "Class 3", "3类"),
)  # fmt: skip

_NOT_DONE = text("Never done: choose “not done”.", "从未检查：请选“未做”。")


def _ask(key: str, sas_name: str, question: tuple[str, str], label: tuple[str, str], relevant: str | None = None) -> ItemDef:
    """A yes-no question of the history."""
    return yes_no(f"I.HX.{key.upper()}", f"hx_{key}", f"HX{sas_name}", text(*question), text(*label), relevant=relevant)


SYMPTOMS = (
    _ask("dry_eyes", "DEYE", ("Troublesome dry eyes every day for more than 3 months?", "是否每日感到不能忍受的眼干，持续3个月以上？"), ("Dry eyes every day", "每日眼干")),
    _ask("sand_eyes", "SAND", ("Recurrent feeling of sand or gravel in the eyes?", "是否反复有眼内砂砾感？"), ("Sand in the eyes", "眼内砂砾感")),
    _ask("tears_3x", "TEAR", ("Tear substitutes more than 3 times a day?", "是否每日使用人工泪液3次以上？"), ("Tear substitutes", "人工泪液")),
    _ask("conjunctivitis", "CONJ", ("Recurrent conjunctivitis without infection or allergy?", "是否有非感染、非过敏性的反复结膜炎？"), ("Recurrent conjunctivitis", "反复结膜炎")),
    _ask("dry_mouth", "DMOU", ("Dry mouth every day for more than 3 months?", "是否每日口干，持续3个月以上？"), ("Dry mouth every day", "每日口干")),
    _ask("liquids", "LIQU", ("Often drinks to help swallow dry food?", "吃干性食物时是否需用水帮助吞咽？"), ("Drinks to swallow", "需水送服干食")),
    _ask("parotitis", "PARO", ("Recurrent or lasting swelling of a parotid or another salivary gland?", "是否有反复或持续的腮腺或其他唾液腺肿大？"), ("Parotitis", "腮腺炎／腮腺肿大")),
    _ask("mucosal", "MUCO", ("Another dry or inflamed mucosa, such as recurrent vaginitis?", "是否有其他黏膜干燥或炎症，如反复阴道炎？"), ("Other mucosa", "其他黏膜")),
    _ask("fever", "FEVE", ("Fever without another cause?", "是否有不明原因发热？"), ("Fever", "发热")),
    _ask("arthralgia", "ARTH", ("Joint pain without another cause?", "是否有不明原因关节痛？"), ("Joint pain", "关节痛")),
    _ask("hypokalaemia", "HYPK", ("Paralysis from low potassium?", "是否有低钾性麻痹？"), ("Hypokalaemic paralysis", "低钾性麻痹")),
    _ask("abdominal_pain", "ABDO", ("Abdominal pain without another cause?", "是否有不明原因腹痛？"), ("Abdominal pain", "腹痛")),
    _ask("essdai_suspected", "ESSD", ("A sign or symptom in at least one ESSDAI domain?", "是否至少有一个ESSDAI领域的症状或体征？"), ("ESSDAI domain involved", "ESSDAI领域受累")),
)  # fmt: skip

SCHIRMER_DONE = _ask(
    "schirmer_done", "SCHD", ("Is a Schirmer test from before screening on record?", "是否有筛选前的Schirmer试验记录？"), ("Schirmer on record", "有Schirmer记录"),
)  # fmt: skip
STAINING_DONE = _ask(
    "staining_done", "STAI", ("Is a staining of the eye surface on record?", "是否有眼表染色检查记录？"), ("Staining on record", "有眼表染色记录"),
)  # fmt: skip
FLOW_DONE = _ask(
    "flow_done", "FLOD", ("Is an unstimulated salivary flow from before screening on record?", "是否有筛选前的非刺激性唾液流率记录？"), ("Salivary flow on record", "有唾液流率记录"),
)  # fmt: skip
BIOPSY_DONE = _ask(
    "biopsy_done", "BIOD", ("Is a biopsy of a minor salivary gland on record?", "是否有唇腺（小唾液腺）活检记录？"), ("Labial gland biopsy on record", "有唇腺活检记录"),
)  # fmt: skip


def _only_if_done(gate: ItemDef) -> str:
    return f"known({gate.name}) and {gate.name}"


_STRIP = text("The strip is 35 mm long (0–35 mm, whole millimetres).", "试纸长35 mm（0–35 mm，整数）。")
_VBS = text("The van Bijsterveld score runs from 0 to 9.", "van Bijsterveld评分为0–9。")
_OSS = text("The ocular staining score runs from 0 to 12.", "眼染色评分（OSS）为0–12。")
_FOCUS = text("A focus score lies within 0–50 foci per 4 mm².", "灶性指数应在0–50灶/4 mm²之间。")
_FLOW = text("A flow lies within 0–10 mL/min.", "唾液流率应在0–10 mL/min之间。")
_EYES = (("right", "R", text("right eye", "右眼")), ("left", "L", text("left eye", "左眼")))


def _per_eye(key: str, sas_name: str, what: TranslatedText, top: str, limit: TranslatedText, gate: ItemDef, units: tuple[str, ...] = ()) -> tuple[ItemDef, ...]:
    """One whole number for each eye."""
    return tuple(
        ItemDef(
            f"I.HX.{key.upper()}_{side.upper()}", f"hx_{key}_{side}", f"HX{sas_name}{letter}", "integer",
            text(f"{what.en} on record, {eye.en}", f"记录的{what.zh}，{eye.zh}"), text(f"{what.en}, {eye.en}", f"{what.zh}，{eye.zh}"),
            units=units, length=2, range_checks=between("0", top, "Hard", limit), relevant=_only_if_done(gate),
        )
        for side, letter, eye in _EYES
    )  # fmt: skip


SCHIRMER = _per_eye("schirmer", "SCH", text("Schirmer at 5 min", "Schirmer试验（5 min）"), "35", _STRIP, SCHIRMER_DONE, (MM,))
VBS = _per_eye("vbs", "VBS", text("van Bijsterveld score", "van Bijsterveld评分"), "9", _VBS, STAINING_DONE)
OSS = _per_eye("oss", "OSS", text("Ocular staining score", "眼染色评分（OSS）"), "12", _OSS, STAINING_DONE)
FLUORESCEIN = choice(
    "I.HX.FLUORESCEIN", "hx_fluorescein", "HXFLUO",
    text("Fluorescein staining on record", "记录的荧光素染色"), text("Fluorescein staining", "荧光素染色"),
    NEG_POS, relevant=_only_if_done(STAINING_DONE),
)  # fmt: skip
FLOW = ItemDef(
    "I.HX.FLOW", "hx_flow", "HXFLOW", "decimal",
    text("Unstimulated salivary flow on record", "记录的非刺激性唾液流率"), text("Unstimulated flow", "非刺激性唾液流率"),
    text("Millilitres collected, divided by minutes", "收集毫升数除以分钟数"),
    units=(ML_MIN,), significant_digits=3, length=6, range_checks=between("0", "10", "Hard", _FLOW),
    relevant=_only_if_done(FLOW_DONE),
)  # fmt: skip
FOCUS_SCORE = ItemDef(
    "I.HX.FOCUS_SCORE", "hx_focus_score", "HXFOCUS", "decimal",
    text("Focus score: foci of at least 50 lymphocytes per 4 mm²", "灶性指数：每4 mm²内淋巴细胞≥50个的灶数"),
    text("Focus score per 4 mm²", "灶性指数（每4 mm²）"),
    significant_digits=2, length=5, range_checks=between("0", "50", "Hard", _FOCUS), relevant=_only_if_done(BIOPSY_DONE),
)  # fmt: skip
BIOPSY_DATE = day(
    "I.HX.BIOPSY_DATE", "hx_biopsy_date", "HXBIODTC",
    text("Date of the biopsy", "活检日期"), text("Date of biopsy", "活检日期"), relevant=_only_if_done(BIOPSY_DONE),
)  # fmt: skip


def _finding(
    key: str, sas_name: str, question: tuple[str, str], label: tuple[str, str], hint: TranslatedText = _NOT_DONE
) -> ItemDef:
    return choice(f"I.HX.{key.upper()}", f"hx_{key}", f"HX{sas_name}", text(*question), text(*label), NORMAL, hint=hint)


SIALOGRAPHY = _finding("sialography", "SIAL", ("Sialography of the parotid on record", "腮腺造影"), ("Sialography", "腮腺造影"))
SCINTIGRAPHY = _finding("scintigraphy", "SCIN", ("Salivary scintigraphy on record", "唾液腺核素显像"), ("Scintigraphy", "唾液腺核素显像"))
STIMULATED = _finding(
    "stimulated_flow", "STIM",
    ("Stimulated saliva on record: abnormal if at most 10 mL in the 10 min gum test or 2 g in the 2 min Saxon test", "刺激性唾液：口香糖试验10 min≤10 mL或Saxon试验2 min≤2 g为异常"),
    ("Stimulated saliva", "刺激性唾液"),
    text(
        "Abnormal: gum test ≤10 mL in 10 min or Saxon test ≤2 g in 2 min. Never done: choose “not done”.",
        "异常：口香糖试验10 min≤10 mL或Saxon试验2 min≤2 g。从未检查：请选“未做”。",
    ),
)  # fmt: skip


def _serology(key: str, sas_name: str, question: tuple[str, str], label: tuple[str, str]) -> ItemDef:
    return choice(
        f"I.HX.{key.upper()}", f"hx_{key}", f"HX{sas_name}", text(*question), text(*label), NEG_POS, hint=_NOT_DONE
    )


SSA = _serology("ssa", "SSA", ("Anti-Ro/SSA, ever positive?", "抗SSA/Ro抗体（曾阳性即为阳性）"), ("Anti-Ro/SSA", "抗SSA/Ro抗体"))
SSB = _serology("ssb", "SSB", ("Anti-La/SSB, ever positive?", "抗SSB/La抗体（曾阳性即为阳性）"), ("Anti-La/SSB", "抗SSB/La抗体"))
ANA = _serology("ana_high", "ANA", ("High titre of antinuclear antibodies, ever?", "抗核抗体（ANA）高滴度（曾有即为阳性）"), ("ANA at high titre", "抗核抗体（ANA）高滴度"))
RF = _serology("rf_high", "RF", ("Raised rheumatoid factor, ever?", "类风湿因子升高（曾有即为阳性）"), ("Rheumatoid factor (RF)", "类风湿因子（RF）"))

OTHER_FINDINGS = (
    _ask("amylase", "AMYL", ("Raised serum amylase, ever?", "是否曾有血淀粉酶升高？"), ("Amylase raised", "淀粉酶升高")),
    _ask("leucopenia_esr", "LEUC", ("Leucopenia or a raised ESR, ever?", "是否曾有白细胞减少或血沉增快？"), ("Leucopenia or high ESR", "白细胞减少或血沉增快")),
    _ask("hyperglobulin", "GLOB", ("Polyclonal hyperglobulinaemia, ever?", "是否曾有多克隆高球蛋白血症？"), ("Hyperglobulinaemia", "高球蛋白血症")),
    _ask("rta", "RTA", ("Renal tubular acidosis, ever?", "是否曾有肾小管酸中毒？"), ("Renal tubular acidosis", "肾小管酸中毒")),
)  # fmt: skip

EXCLUSIONS = (
    _ask("radiation", "RADI", ("Earlier radiation of head or neck?", "既往是否接受头颈部放疗？"), ("Radiation", "头颈部放疗")),
    _ask("hcv", "HCV", ("Hepatitis C?", "是否有丙型肝炎？"), ("Hepatitis C", "丙型肝炎")),
    _ask("aids", "AIDS", ("AIDS?", "是否有艾滋病？"), ("AIDS", "艾滋病")),
    _ask("lymphoma", "LYMP", ("Lymphoma before the onset?", "起病前是否有淋巴瘤？"), ("Earlier lymphoma", "既往淋巴瘤")),
    _ask("sarcoidosis", "SARC", ("Sarcoidosis?", "是否有结节病？"), ("Sarcoidosis", "结节病")),
    _ask("gvhd", "GVHD", ("Graft-versus-host disease?", "是否有移植物抗宿主病？"), ("Graft-versus-host disease", "移植物抗宿主病")),
    _ask("anticholinergic", "ACHO", ("An anticholinergic drug at the time of the tests?", "检查时是否使用抗胆碱能药物？"), ("Anticholinergic drug", "抗胆碱能药物")),
    _ask("igg4", "IGG4", ("IgG4-related disease?", "是否有IgG4相关性疾病？"), ("IgG4-related disease", "IgG4相关性疾病")),
    _ask("amyloidosis", "AMYD", ("Amyloidosis?", "是否有淀粉样变性？"), ("Amyloidosis", "淀粉样变性")),
    _ask("other_autoimmune", "OTAU", ("Another autoimmune disease that explains the findings?", "是否有可解释上述表现的其他自身免疫病？"), ("Other autoimmune disease", "其他自身免疫病")),
)  # fmt: skip

JAPAN_2018_CLASS = choice(
    "I.HX.JAPAN_2018", "hx_japan_2018", "HXJP2018",
    text("Japanese guidance for children (2018), as judged by the physician", "日本儿童干燥综合征指南（2018），医师判断"),
    text("Japan 2018, children", "日本2018（儿童）"),
    JAPAN_2018, hint=text("Described only; not assessed: choose “not done”.", "仅作描述；未评估请选“未做”。"),
)  # fmt: skip
FLORIDA_CLASS = choice(
    "I.HX.FLORIDA", "hx_florida", "HXFLOR",
    text("Florida Scoring System (2024): class", "Florida评分系统（2024）：分类"), text("Florida 2024, class", "Florida 2024分类"),
    FLORIDA, hint=text("Described only; not assessed: choose “not done”.", "仅作描述；未评估请选“未做”。"),
)  # fmt: skip
PATHWAYS = (
    _ask("path_parotitis", "PTHP", ("International algorithm (2025): parotitis pathway?", "国际流程（2025）：是否符合腮腺炎路径？"), ("Parotitis pathway", "腮腺炎路径")),
    _ask("path_extraglandular", "PTHX", ("International algorithm (2025): extraglandular pathway?", "国际流程（2025）：是否符合腺体外路径？"), ("Extraglandular pathway", "腺体外路径")),
    _ask("path_sicca", "PTHS", ("International algorithm (2025): sicca pathway?", "国际流程（2025）：是否符合干燥路径？"), ("Sicca pathway", "干燥路径")),
)  # fmt: skip

EYE_RECORDS = (SCHIRMER_DONE, STAINING_DONE, *SCHIRMER, *VBS, *OSS, FLUORESCEIN)
MOUTH_RECORDS = (FLOW_DONE, FLOW, BIOPSY_DONE, FOCUS_SCORE, BIOPSY_DATE, STIMULATED, SIALOGRAPHY, SCINTIGRAPHY)
SEROLOGY = (SSA, SSB, ANA, RF)
DESCRIBED = (JAPAN_2018_CLASS, FLORIDA_CLASS)
ITEMS = (*SYMPTOMS, *EYE_RECORDS, *MOUTH_RECORDS, *SEROLOGY, *OTHER_FINDINGS, *EXCLUSIONS, *DESCRIBED, *PATHWAYS)
CODE_LISTS = (NORMAL, JAPAN_2018, FLORIDA)
