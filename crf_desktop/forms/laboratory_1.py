"""Laboratory 1, at every visit: blood count, chemistry, urine, ESR with its limit, CRP; eGFR worked out."""

from __future__ import annotations

from crf_desktop.forms.censored import lies_above
from crf_desktop.forms.measurement import FROM_CERTIFICATE, OR_CENSORED, card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import (
    CREA_MG_DL,
    E9_L,
    EGFR,
    G_24H,
    G_DL,
    G_G,
    G_L,
    MG_DL,
    MG_G,
    MG_L,
    MG_MMOL,
    MM_H,
    MMOL_L,
    PER_UL,
    U_L,
    UMOL_L,
    answers,
    text,
    yes_no,
)
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, Layout
from crf_desktop.model.text import TranslatedText

ULN_SOURCE = answers(
    "CL.LAB.ESR_ULN_SOURCE",
    ("CERTIFICATE", "Certificate", "医院化验单"),
    ("DEFAULT", "Study default, confirmed", "研究默认值，已确认", "20 mm/h female, 15 mm/h male; confirmed by the person who enters it.", "女20 mm/h，男15 mm/h；由录入者确认。"),
    ("OTHER", "Other", "其他"),
)  # fmt: skip
ESR_METHOD = answers("CL.LAB.ESR_METHOD", ("WESTERGREN", "Westergren", "魏氏法"), ("OTHER", "Other", "其他方法"))
LOW_COUNT = answers(
    "CL.LAB1.LOW_COUNT",
    ("AUTOIMMUNE", "Autoimmune", "自身免疫性", "Due to Sjögren’s", "干燥综合征所致"),
    ("TREATMENT", "Treatment", "治疗", "Due to a drug: an adverse event", "药物所致：不良事件"),
    ("OTHER", "Other", "其他", "Iron or vitamin deficiency, infection, bleeding", "铁或维生素缺乏、感染、失血"),
    ("UNKNOWN", "Unknown", "不明"),
)  # fmt: skip
DIPSTICK = answers(
    "CL.LAB1.DIPSTICK",
    ("NEG", "Negative", "阴性"), ("TRACE", "±", "±"),
    ("1", "1+", "1+"), ("2", "2+", "2+"), ("3", "3+", "3+"), ("4", "4+", "4+"),
)  # fmt: skip

SAMPLE_TIME = ItemDef(
    "I.LAB1.SAMPLE_TIME", "lab1_sample_time", "LB1DTC", "datetime",
    text("Date and time of the blood sample", "采血日期和时间"),
    text("Sample taken", "采血时间"),
    text("Within 7 days of the visit; before the infusion", "访视前后7天内；输注之前"),
    length=25,
)  # fmt: skip


def _count(
    key: str, sas: str, question: TranslatedText, label: TranslatedText, hard: str, soft: tuple[str, str], per_ul: bool = True
) -> ItemDef:
    units = (E9_L, PER_UL) if per_ul else (E9_L,)
    return number(
        f"I.LAB1.{key.upper()}", key, sas, question, label, units, limits(("0", hard), soft, label, "×10⁹/L"), digits=3
    )  # fmt: skip


def _why_low(key: str, sas: str, label: TranslatedText, low: str) -> ItemDef:
    return ItemDef(
        f"I.LAB1.{key.upper()}_LOW", f"{key}_attribution", sas, "code",
        text(f"Low {label.en}: due to", f"{label.zh}减低的原因"),
        text(f"Low {label.en}: due to", f"{label.zh}减低原因"), code_list=LOW_COUNT.oid, relevant=f"known({key}) and {key} < {low}",
    )  # fmt: skip


WBC = _count("wbc", "WBC", text("White blood cells", "白细胞计数"), text("White cells", "白细胞"), "300", ("2", "20"), False)
ANC = _count("anc", "ANC", text("Neutrophils, absolute count", "中性粒细胞绝对值"), text("Neutrophils", "中性粒细胞"), "200", ("0.1", "15"))
LYMPHOCYTES = _count("lymphocytes", "LYM", text("Lymphocytes, absolute count", "淋巴细胞绝对值"), text("Lymphocytes", "淋巴细胞"), "100", ("0.2", "10"))
HB = number(
    "I.LAB1.HB", "hb", "HGB",
    text("Haemoglobin", "血红蛋白"), text("Haemoglobin", "血红蛋白"),
    (G_L, G_DL), limits(("20", "250"), ("60", "180"), text("Haemoglobin", "血红蛋白"), "g/L"), digits=1,
)  # fmt: skip
PLATELETS = _count("platelets", "PLAT", text("Platelets", "血小板计数"), text("Platelets", "血小板"), "3000", ("20", "800"))
ANC_LOW = _why_low("anc", "ANCLOW", text("neutrophils", "中性粒细胞"), "1.5")
LYM_LOW = _why_low("lymphocytes", "LYMLOW", text("lymphocytes", "淋巴细胞"), "1")
HB_LOW = _why_low("hb", "HGBLOW", text("haemoglobin", "血红蛋白"), "120")
PLT_LOW = _why_low("platelets", "PLATLOW", text("platelets", "血小板"), "150")
BLOOD = (WBC, ANC, LYMPHOCYTES, HB, PLATELETS)
LOW = (ANC_LOW, LYM_LOW, HB_LOW, PLT_LOW)


def _enzyme(key: str, sas: str, label: TranslatedText, soft: str) -> tuple[ItemDef, ItemDef]:
    value = number(
        f"I.LAB1.{key.upper()}", key, sas, label, label,
        (U_L,), limits(("0", "200000"), ("1", soft), label, "U/L"), digits=1,
    )  # fmt: skip
    limit = number(
        f"I.LAB1.{key.upper()}_ULN", f"{key}_uln", f"{sas}ULN",
        text(f"Upper limit of normal of {label.en} for age and sex", f"{label.zh}的正常上限（按年龄、性别）"),
        text(f"{label.en}, upper limit", f"{label.zh}上限"),
        (U_L,), limits(("5", "1000"), ("20", "400"), text(f"The upper limit of {label.en}", f"{label.zh}上限"), "U/L"),
        digits=1, hint=FROM_CERTIFICATE,
    )  # fmt: skip
    return value, limit


CREATININE = number(
    "I.LAB1.CREATININE", "creatinine", "CREAT",
    text("Creatinine in serum", "血清肌酐"), text("Creatinine", "肌酐"),
    (UMOL_L, CREA_MG_DL), limits(("5", "2500"), ("15", "130"), text("Creatinine", "肌酐"), "µmol/L"),
)  # fmt: skip
ALT, ALT_ULN = _enzyme("alt", "ALT", text("ALT", "丙氨酸氨基转移酶（ALT）"), "300")
AST, AST_ULN = _enzyme("ast", "AST", text("AST", "天门冬氨酸氨基转移酶（AST）"), "300")
CK, CK_ULN = _enzyme("ck", "CK", text("Creatine kinase (CK)", "肌酸激酶（CK）"), "1000")
ALBUMIN = number(
    "I.LAB1.ALBUMIN", "albumin", "ALB",
    text("Albumin", "白蛋白"), text("Albumin", "白蛋白"),
    (G_L, G_DL), limits(("5", "80"), ("25", "60"), text("Albumin", "白蛋白"), "g/L"), digits=1,
)  # fmt: skip
BILIRUBIN = number(
    "I.LAB1.BILIRUBIN", "bilirubin", "BILI",
    text("Total bilirubin", "总胆红素"), text("Total bilirubin", "总胆红素"),
    (UMOL_L,), limits(("0", "1000"), ("1", "50"), text("Bilirubin", "总胆红素"), "µmol/L"), digits=1, qualifiers=True,
)  # fmt: skip
POTASSIUM = number(
    "I.LAB1.POTASSIUM", "potassium", "K",
    text("Potassium", "血钾"), text("Potassium", "血钾"),
    (MMOL_L,), limits(("1", "12"), ("3", "6"), text("Potassium", "血钾"), "mmol/L"),
)  # fmt: skip
BICARBONATE = number(
    "I.LAB1.BICARBONATE", "bicarbonate", "BICARB",
    text("Bicarbonate (or total carbon dioxide)", "碳酸氢根（或总二氧化碳）"), text("Bicarbonate", "碳酸氢根"),
    (MMOL_L,), limits(("2", "60"), ("15", "32"), text("Bicarbonate", "碳酸氢根"), "mmol/L"), digits=1, mandatory=False,
)  # fmt: skip
GLUCOSE = number(
    "I.LAB1.GLUCOSE", "glucose", "GLUC",
    text("Glucose", "血糖"), text("Glucose", "血糖"),
    (MMOL_L,), limits(("0.5", "60"), ("3", "11"), text("Glucose", "血糖"), "mmol/L"), mandatory=False,
)  # fmt: skip
CHEMISTRY = (CREATININE, ALBUMIN, ALT, ALT_ULN, AST, AST_ULN, CK, CK_ULN, BILIRUBIN, POTASSIUM, BICARBONATE, GLUCOSE)


def _dipstick(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return ItemDef(
        f"I.LAB1.URINE_{key.upper()}", f"urine_{key}", sas, "code",
        text(f"{label.en}, test strip", f"{label.zh}（试纸法）"), label, code_list=DIPSTICK.oid, previous=True,
    )  # fmt: skip


URINE_PROTEIN = _dipstick("protein", "UPROT", text("Urine protein", "尿蛋白"))
URINE_BLOOD = _dipstick("blood", "UBLOOD", text("Urine blood", "尿潜血"))
URINE_LEUCOCYTES = _dipstick("leucocytes", "ULEUCO", text("Urine leucocytes", "尿白细胞"))
HAEMATURIA = yes_no(
    "I.LAB1.HAEMATURIA_RENAL", "haematuria_renal", "UHAEMREN",
    text("Is the blood in the urine haematuria from the kidney, and not menstruation, infection or injury?", "尿潜血是否为肾性血尿（非月经、感染或外伤所致）？"),
    text("Haematuria from the kidney", "肾性血尿"),
    relevant="known(urine_blood) and one_of(urine_blood, '1', '2', '3', '4')",
)  # fmt: skip
UPCR = number(
    "I.LAB1.UPCR", "upcr", "UPCR",
    text("Protein over creatinine in spot urine (UPCR)", "随机尿蛋白/肌酐比值（UPCR）"), text("UPCR", "尿蛋白/肌酐（UPCR）"),
    (G_G, MG_MMOL, MG_G), limits(("0", "60"), ("0", "3"), text("UPCR", "UPCR"), "g/g"), digits=3, qualifiers=True,
    mandatory=False,
    hint=text("Needed when the strip shows protein 1+ or more; stands for g/d in ESSDAI", "试纸尿蛋白1+及以上时需检测；ESSDAI中代替g/d"),
)  # fmt: skip
PROTEIN_24H = number(
    "I.LAB1.URINE_PROTEIN_24H", "urine_protein_24h", "UPROT24",
    text("Protein in 24 h urine", "24小时尿蛋白定量"), text("Protein in 24 h", "24小时尿蛋白定量"),
    (G_24H,), limits(("0", "50"), ("0", "3"), text("Protein in 24 h urine", "24小时尿蛋白"), "g/24 h"), digits=3,
    qualifiers=True, mandatory=False,
    hint=text("Only if collected; goes before UPCR", "仅在留取时填写；优先于UPCR"),
)  # fmt: skip
STRIP = (URINE_PROTEIN, URINE_BLOOD, HAEMATURIA, URINE_LEUCOCYTES)
PROTEIN = (UPCR, PROTEIN_24H)

ESR = number(
    "I.LAB.ESR", "esr", "ESR",
    text("Erythrocyte sedimentation rate", "红细胞沉降率"), text("ESR", "血沉（ESR）"),
    (MM_H,), limits(("0", "200"), ("1", "140"), text("ESR", "血沉"), "mm/h"), data_type="integer", qualifiers=True,
    hint=text("With > if the analyser stops there (>140); then no percentage can be worked out", "超出仪器上限时填写>（如>140）；此时不能计算百分比"),
)  # fmt: skip
ESR_ULN = number(
    "I.LAB.ESR_ULN", "esr_uln", "ESRULN",
    text("Upper limit of normal of the ESR for this sample", "本次血沉的正常上限"), text("ESR, upper limit", "血沉上限"),
    (MM_H,), limits(("1", "100"), ("10", "30"), text("The upper limit of the ESR", "血沉上限"), "mm/h"),
    data_type="integer", hint=FROM_CERTIFICATE,
)  # fmt: skip
ESR_ULN_SOURCE = ItemDef(
    "I.LAB.ESR_ULN_SOURCE", "esr_uln_source", "ESRULNSR", "code",
    text("Source of the upper limit of the ESR", "血沉上限的来源"),
    text("Source of the limit", "上限来源"),
    text("Default, if the certificate gives none: 20 mm/h female, 15 mm/h male", "化验单未给出时的默认值：女20 mm/h，男15 mm/h"),
    code_list=ULN_SOURCE.oid,
)  # fmt: skip
ESR_ULN_OTHER = ItemDef(
    "I.LAB.ESR_ULN_OTHER", "esr_uln_source_other", "ESRULNOT", "text",
    text("Which other source of the upper limit?", "上限的其他来源，请注明"),
    text("Other source", "其他来源"),
    length=100, relevant="known(esr_uln_source) and esr_uln_source == 'OTHER'",
)  # fmt: skip
ESR_METHOD_ITEM = ItemDef(
    "I.LAB.ESR_METHOD", "esr_method", "ESRMETH", "code",
    text("Method of the ESR", "血沉测定方法"), text("ESR, method", "血沉方法"),
    code_list=ESR_METHOD.oid,
)  # fmt: skip
CRP = number(
    "I.LAB1.CRP", "crp", "CRP",
    text("C-reactive protein", "C反应蛋白"), text("CRP", "C反应蛋白（CRP）"),
    (MG_L, MG_DL), limits(("0", "600"), ("0", "200"), text("CRP", "CRP"), "mg/L"), digits=2, qualifiers=True, hint=OR_CENSORED,
)  # fmt: skip
INFLAMMATION = (ESR, ESR_ULN, ESR_ULN_SOURCE, ESR_ULN_OTHER, ESR_METHOD_ITEM, CRP)

EGFR_METHOD = MethodDef(
    "M.LAB1.EGFR", "egfr",
    text("eGFR (bedside Schwartz)", "估算肾小球滤过率（床旁Schwartz）"),
    "0.413 * 88.4 * (height if known(height) else previous('height')) / creatinine", "decimal", EGFR, 1,
    description=text(
        "0.413 × height in cm / creatinine in mg/dL (1 mg/dL = 88.4 µmol/L); height of this visit, else the last one before it.",
        "0.413×身高（cm）/肌酐（mg/dL）（1 mg/dL=88.4 µmol/L）；取本次身高，否则取之前最近一次。",
    ),
    reasons=(
        Reason("egfr < 30", text("Below 30: an exclusion criterion", "低于30：属排除标准")),
        Reason("egfr >= 30 and egfr < 60", text("Below 60: reduced", "低于60：减低")),
        Reason(
            "not known(height) and known(previous('height'))",
            text("With the height of an earlier visit, {0} cm", "采用之前访视的身高{0} cm"),
            ("previous('height')",),
        ),
    ),
)  # fmt: skip
ESR_HIGH = MethodDef(
    "M.LAB.ESR_ABOVE_ULN", "esr_above_uln",
    text("ESR above its upper limit", "血沉高于上限"),
    lies_above("esr", "esr_uln"), "boolean", code_list="CL.YES_NO",
    description=text("Each visit uses its own upper limit.", "各次访视使用各自的上限。"),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.LAB1.001", (SAMPLE_TIME.oid,), "abs(days(lab1_sample_time, visit_date)) <= 7", "Soft",
        text("The sample lies {0} days from the visit, more than 7.", "采血日期与访视日期相差{0}天，超过7天。"),
        ("abs(days(lab1_sample_time, visit_date))",),
    ),
    EditCheck(
        "EC.LAB.002", (ESR_ULN.oid, ESR_ULN_SOURCE.oid),
        "esr_uln_source != 'DEFAULT' or esr_uln == (20 if sex == 'F' else 15)", "Soft",
        text("The study default is 20 mm/h for females and 15 mm/h for males.", "研究默认值：女20 mm/h，男15 mm/h。"),
    ),
    EditCheck(
        "EC.LAB1.002", (WBC.oid, ANC.oid, LYMPHOCYTES.oid), "anc + lymphocytes <= wbc * 1.02", "Soft",
        text(
            "Neutrophils and lymphocytes together ({0} ×10⁹/L) exceed the white cells ({1} ×10⁹/L). Check the numbers and the units.",
            "中性粒细胞与淋巴细胞之和（{0} ×10⁹/L）超过白细胞（{1} ×10⁹/L）。请核对数值和单位。",
        ),
        ("anc + lymphocytes", "wbc"),
    ),
    EditCheck(
        "EC.LAB1.003", (CREATININE.oid,), "egfr >= 30", "Soft",
        text("eGFR is {0} mL/min/1.73 m², below 30: an exclusion criterion. Check creatinine, its unit and height.", "估算肾小球滤过率{0} mL/min/1.73 m²，低于30，属排除标准。请核对肌酐、单位和身高。"),
        ("egfr",),
    ),
    EditCheck(
        "EC.LAB1.004", (URINE_PROTEIN.oid, UPCR.oid), "not (one_of(urine_protein, 'NEG', 'TRACE') and upcr >= 0.5)", "Soft",
        text("UPCR is {0} g/g, but the strip shows no protein. Check number and unit.", "UPCR为{0} g/g，但试纸未示蛋白尿。请核对数值和单位。"),
        ("upcr",),
    ),
    EditCheck(
        "EC.LAB1.005", (ANC.oid,), "anc >= 0.5", "Soft",
        text("Neutrophils are {0} ×10⁹/L, below 0.5. Repeat the count and hold the dose; record an adverse event if due to treatment.", "中性粒细胞{0} ×10⁹/L，低于0.5。请复查并暂缓给药；治疗所致者记为不良事件。"),
        ("anc",),
    ),
    EditCheck(
        "EC.LAB1.006", (SAMPLE_TIME.oid,),
        "minutes(lab1_sample_time, rtx_start) >= 0 if known(rtx_start) else minutes(lab1_sample_time, bel_start) >= 0", "Soft",
        text("The sample lies after the start of the infusion; at week 0 it is no baseline then.", "采血晚于输注开始；第0周时不能作为基线。"),
    ),
    EditCheck(
        "EC.LAB1.007", (ESR_METHOD_ITEM.oid,), "esr_method == previous('esr_method')", "Soft",
        text("The ESR was measured by another method at the last visit ({0}).", "上次访视血沉采用其他方法（{0}）。"),
        ("previous('esr_method')",),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.LAB1",
        text("Laboratory 1", "实验室检查1"),
        text("Laboratory 1", "化验1"),
        text("Blood count, chemistry, urine, ESR and CRP · units and limits as on the certificate", "血常规、生化、尿液、血沉和CRP · 单位和参考范围按化验单填写"),
        ("IG.LAB1",),
        Layout(
            (
                card((SAMPLE_TIME,), text("Blood sample", "血标本"), 1),
                card(BLOOD, text("Blood count", "血常规"), 3),
                card(
                    LOW, text("Low counts: cause", "血细胞减低的原因"), 1,
                    note=text(
                        "Only autoimmune cytopenia counts in ESSDAI. From treatment it is an adverse event; from iron or vitamin deficiency, infection or bleeding it is “other”.",
                        "仅自身免疫性血细胞减少计入ESSDAI。治疗所致者属不良事件；铁或维生素缺乏、感染、失血所致者选“其他”。",
                    ),
                ),
                card(CHEMISTRY, text("Chemistry", "生化")),
                DerivedCard((EGFR_METHOD.oid,), text("Worked out", "计算结果")),
                card(STRIP, text("Urine, test strip", "尿试纸"), 1),
                card(PROTEIN, text("Urine protein, measured", "尿蛋白定量")),
                card(INFLAMMATION, text("Inflammation", "炎症指标")),
            )
        ),
        (EGFR_METHOD.oid, ESR_HIGH.oid),
    ),
    (SAMPLE_TIME, *BLOOD, *LOW, *CHEMISTRY, *STRIP, *PROTEIN, *INFLAMMATION),
    (EGFR_METHOD, ESR_HIGH),
    CHECKS,
    (ULN_SOURCE, ESR_METHOD, LOW_COUNT, DIPSTICK),
    table="laboratory_1",
)  # fmt: skip
