"""Laboratory 2: immunoglobulins, rheumatoid factor, complement; light chains, β2-microglobulin, cryoglobulin, clonal component."""

from __future__ import annotations

from crf_desktop.forms.measurement import FROM_CERTIFICATE, OR_CENSORED, card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import G_L, IU_ML, MG_DL, MG_L, NEG_POS, U_ML, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, Layout
from crf_desktop.model.text import TranslatedText

RF_TYPE = answers("CL.LAB.RF_TYPE", ("TOTAL", "Total", "总RF"), ("IGM", "IgM", "IgM型"))
ATTRIBUTION = answers(
    "CL.LAB.LOW_IGG_ATTRIBUTION",
    ("DISEASE", "Disease", "疾病"), ("TREATMENT", "Treatment", "治疗"),
    ("PROTEIN_LOSS", "Protein loss", "蛋白丢失"), ("UNKNOWN", "Unknown", "不明"),
)  # fmt: skip

REUSED_DAYS = 14
"""A screening sample stands for week 0 when it is not older."""

SAMPLE_TIME = ItemDef(
    "I.LAB.SAMPLE_TIME", "lab_sample_time", "LBDTC", "datetime",
    text("Date and time of the blood sample", "采血日期和时间"),
    text("Sample taken", "采血时间"),
    text("Within 7 days of the visit; at week 0 up to 14 days before, and before the infusion", "访视前后7天内；第0周可早至14天，且在输注之前"),
    length=25,
)  # fmt: skip
IGG = number(
    "I.LAB.IGG", "igg", "IGG",
    text("Immunoglobulin G", "免疫球蛋白G"), text("IgG", "IgG"),
    (G_L, MG_DL), limits(("0", "150"), ("2", "60"), text("IgG", "IgG"), "g/L"),
)  # fmt: skip
IGG_ULN = number(
    "I.LAB.IGG_ULN", "igg_uln", "IGGULN",
    text("Upper limit of normal of IgG for this age", "该年龄IgG的正常上限"), text("IgG, upper limit for age", "IgG年龄上限"),
    (G_L, MG_DL), limits(("1", "40"), ("8", "20"), text("The upper limit of IgG", "IgG上限"), "g/L"),
    hint=text(
        "From the certificate, if it gives one for this age; otherwise leave open: a table is used for 4 to 10 years",
        "化验单给出该年龄上限时填写；否则留空：4–10岁按参考表判断",
    ),
    mandatory=False,
)  # fmt: skip
LOW_IGG = ItemDef(
    "I.LAB.LOW_IGG_ATTRIBUTION", "low_igg_attribution", "LOWIGGAT", "code",
    text("IgG lies below 5 g/L: attributed to", "IgG低于5 g/L，归因于"),
    text("Low IgG attributed to", "低IgG归因"),
    text("Low IgG from treatment is an adverse event and not ESSDAI activity.", "治疗所致的低IgG属不良事件，不计入ESSDAI活动性。"),
    code_list=ATTRIBUTION.oid, relevant="known(igg) and igg < 5",
)  # fmt: skip
IVIG = yes_no(
    "I.LAB.IVIG_RECENT", "ivig_recent", "IVIG4MO",
    text("Intravenous immunoglobulin within the last 4 months?", "近4个月内是否用过静脉注射免疫球蛋白（IVIG）？"),
    text("IVIG within 4 months", "近4个月IVIG"),
    hint=text("After IVIG, IgG cannot be interpreted.", "IVIG后IgG无法判读。"),
)  # fmt: skip
IVIG_DATE = ItemDef(
    "I.LAB.IVIG_DATE", "ivig_date", "IVIGDTC", "date",
    text("Date of the last IVIG", "末次IVIG日期"), text("Last IVIG", "末次IVIG"),
    length=10, relevant="known(ivig_recent) and ivig_recent",
)  # fmt: skip


def _immunoglobulin(letter: str, hard: str, soft: tuple[str, str]) -> ItemDef:
    return number(
        f"I.LAB.IG{letter.upper()}", f"ig{letter}", f"IG{letter.upper()}",
        text(f"Immunoglobulin {letter.upper()}", f"免疫球蛋白{letter.upper()}"), text(f"Ig{letter.upper()}", f"Ig{letter.upper()}"),
        (G_L, MG_DL), limits(("0", hard), soft, text(f"Ig{letter.upper()}", f"Ig{letter.upper()}"), "g/L"), digits=3,
        qualifiers=True, hint=OR_CENSORED,
    )  # fmt: skip


IGA = _immunoglobulin("a", "60", ("0.1", "8"))
IGM = _immunoglobulin("m", "60", ("0.05", "6"))
RF = number(
    "I.LAB.RF", "rf", "RF",
    text("Rheumatoid factor", "类风湿因子"), text("Rheumatoid factor (RF)", "类风湿因子（RF）"),
    (IU_ML,), limits(("0", "20000"), ("0", "3000"), text("RF", "RF"), "IU/mL"),
    hint=text("With < or > if the laboratory reports it so; a baseline with < allows no percentage", "化验单报告为<或>时一并填写；基线为<时不能计算百分比"),
    qualifiers=True,
)  # fmt: skip
RF_KIND = ItemDef(
    "I.LAB.RF_TYPE", "rf_type", "RFTYPE", "code",
    text("Which rheumatoid factor was measured?", "所测类风湿因子的类型"), text("RF, type", "RF类型"),
    text("The same at every visit", "各次访视应相同"), code_list=RF_TYPE.oid,
)  # fmt: skip
RF_ULN = number(
    "I.LAB.RF_ULN", "rf_uln", "RFULN",
    text("Upper limit of normal of RF", "RF的正常上限"), text("RF, upper limit", "RF上限"),
    (IU_ML,), limits(("1", "200"), ("10", "30"), text("The upper limit of RF", "RF上限"), "IU/mL"), hint=FROM_CERTIFICATE,
)  # fmt: skip


def _complement(n: int, hard: str, soft: tuple[str, str], lower: tuple[str, str]) -> tuple[ItemDef, ItemDef]:
    value = number(
        f"I.LAB.C{n}", f"c{n}", f"C{n}",
        text(f"Complement C{n}", f"补体C{n}"), text(f"C{n}", f"C{n}"),
        (G_L, MG_DL), limits(("0", hard), soft, text(f"C{n}", f"C{n}"), "g/L"), digits=3, qualifiers=True, hint=OR_CENSORED,
    )  # fmt: skip
    limit = number(
        f"I.LAB.C{n}_LLN", f"c{n}_lln", f"C{n}LLN",
        text(f"Lower limit of normal of C{n}", f"C{n}的正常下限"), text(f"C{n}, lower limit", f"C{n}下限"),
        (G_L, MG_DL), limits(("0.01", hard), lower, text(f"The lower limit of C{n}", f"C{n}下限"), "g/L"),
        digits=3, hint=FROM_CERTIFICATE,
    )  # fmt: skip
    return value, limit


C3, C3_LLN = _complement(3, "5", ("0.2", "2.5"), ("0.5", "1.2"))
C4, C4_LLN = _complement(4, "2", ("0.01", "0.8"), ("0.05", "0.25"))
CH50 = number(
    "I.LAB.CH50", "ch50", "CH50",
    text("Total complement activity (CH50)", "总补体活性（CH50）"), text("CH50", "总补体活性（CH50）"),
    (U_ML,), limits(("0", "300"), ("5", "100"), text("CH50", "CH50"), "U/mL"), digits=1, qualifiers=True, mandatory=False,
)  # fmt: skip
CH50_LLN = number(
    "I.LAB.CH50_LLN", "ch50_lln", "CH50LLN",
    text("Lower limit of normal of CH50", "CH50的正常下限"), text("CH50, lower limit", "CH50下限"),
    (U_ML,), limits(("1", "200"), ("10", "60"), text("The lower limit of CH50", "CH50下限"), "U/mL"), digits=1,
    hint=FROM_CERTIFICATE, relevant="known(limit('ch50'))",
)  # fmt: skip

EXTENDED = yes_no(
    "I.LAB.EXTENDED", "lab_extended", "LBEXTEND",
    text("Were light chains, β2-microglobulin, cryoglobulin or electrophoresis measured?", "是否检测轻链、β2微球蛋白、冷球蛋白或蛋白电泳？"),
    text("Measured this time", "本次已检测"),
    hint=text("Due at screening, week 0, week 28 and early termination; otherwise if wanted.", "筛选、第0周、第28周和提前终止时必查；其他时间按需。"),
    relevant="known(event) and one_of(event, 'SE.BEL3', 'SE.UNS')",
)  # fmt: skip
_EXTENDED = "not known(event) or not one_of(event, 'SE.BEL3', 'SE.UNS') or (known(lab_extended) and lab_extended)"


def _chain(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return number(
        f"I.LAB.{key.upper()}", key, sas,
        text(f"{label.en}, in serum", f"血清{label.zh}"), label,
        (MG_L, MG_DL), limits(("0", "20000"), ("1", "500"), label, "mg/L"), qualifiers=True, relevant=_EXTENDED,
    )  # fmt: skip


KAPPA = _chain("kappa_free", "KAPPA", text("Light chain κ, free", "游离轻链κ"))
LAMBDA = _chain("lambda_free", "LAMBDA", text("Light chain λ, free", "游离轻链λ"))
B2M = number(
    "I.LAB.B2M", "b2m", "B2M",
    text("β2-microglobulin in serum", "血清β2微球蛋白"), text("β2-microglobulin", "β2微球蛋白"),
    (MG_L, MG_DL), limits(("0", "100"), ("0.5", "15"), text("β2-microglobulin", "β2微球蛋白"), "mg/L"), relevant=_EXTENDED,
)  # fmt: skip
B2M_ULN = number(
    "I.LAB.B2M_ULN", "b2m_uln", "B2MULN",
    text("Upper limit of normal of β2-microglobulin", "β2微球蛋白的正常上限"), text("β2-microglobulin, upper limit", "β2微球蛋白上限"),
    (MG_L, MG_DL), limits(("0.5", "20"), ("1", "5"), text("The upper limit of β2-microglobulin", "β2微球蛋白上限"), "mg/L"),
    hint=FROM_CERTIFICATE, relevant=_EXTENDED,
)  # fmt: skip
CRYOGLOBULIN = ItemDef(
    "I.LAB.CRYOGLOBULIN", "cryoglobulin", "CRYO", "code",
    text("Cryoglobulin", "冷球蛋白"), text("Cryoglobulin", "冷球蛋白"),
    text("Not tested: choose “not done”.", "未检测：请选“未做”。"), code_list=NEG_POS.oid, relevant=_EXTENDED, previous=True,
)  # fmt: skip
CLONAL = ItemDef(
    "I.LAB.CLONAL_COMPONENT", "clonal_component", "CLONAL", "code",
    text("Clonal component in serum electrophoresis or immunofixation", "血清蛋白电泳或免疫固定电泳的单克隆成分"),
    text("Clonal component", "单克隆成分"),
    text("Not tested: choose “not done”.", "未检测：请选“未做”。"), code_list=NEG_POS.oid, relevant=_EXTENDED, previous=True,
)  # fmt: skip

IGG_HIGH = MethodDef(
    "M.LAB.IGG_ABOVE_AGE_ULN", "igg_above_age_uln",
    text("IgG above the upper limit for age", "IgG高于年龄上限"),
    "igg > igg_uln if known(igg_uln) else ("
    "igg > 12.40 if age_years == 4 else (igg > 13.10 if age_years == 5 or age_years == 6 else ("
    "igg > 13.60 if age_years == 7 else (igg > 14.20 if age_years == 8 else ("
    "igg > 14.30 if age_years == 9 or age_years == 10 else None)))))",
    "boolean", code_list="CL.YES_NO",
    description=text(
        "The certificate’s limit if given, else Changchun 2011–14: 4 y 12.40, 5–6 y 13.10, 7 y 13.60, 8 y 14.20, 9–10 y 14.30 g/L; unknown at other ages.",
        "优先用化验单上限，否则按长春2011–14：4岁12.40，5–6岁13.10，7岁13.60，8岁14.20，9–10岁14.30 g/L；其他年龄为未知。",
    ),
)  # fmt: skip
IGG_VOID = MethodDef(
    "M.LAB.IGG_UNINTERPRETABLE", "igg_uninterpretable",
    text("IgG not interpretable (IVIG)", "IgG无法判读（IVIG）"),
    "ivig_recent", "boolean", code_list="CL.YES_NO",
    description=text("Flag: IVIG within the last 4 months.", "标记：近4个月内用过IVIG。"),
)  # fmt: skip

KAPPA_LAMBDA = MethodDef(
    "M.LAB.KAPPA_LAMBDA", "kappa_lambda_ratio",
    text("κ over λ, free light chains", "游离轻链κ/λ比值"),
    "kappa_free / lambda_free", "decimal", None, 2,
)  # fmt: skip
B2M_HIGH = MethodDef(
    "M.LAB.B2M_ABOVE_ULN", "b2m_above_uln",
    text("β2-microglobulin above its upper limit", "β2微球蛋白高于上限"),
    "b2m > b2m_uln", "boolean", code_list="CL.YES_NO",
)  # fmt: skip
RF_CENSORED = MethodDef(
    "M.LAB.RF_CENSORED", "rf_censored",
    text("RF reported only as below or above a limit", "RF仅报告为低于或高于限值"),
    "qualifier('rf') != ''", "boolean", code_list="CL.YES_NO",
    description=text("Flag: the result stands with < or >.", "标记：结果带<或>。"),
)  # fmt: skip
RF_BASE_CENSORED = MethodDef(
    "M.LAB.RF_BASE_CENSORED", "rf_baseline_censored",
    text("RF at week 0 stands with < or >", "第0周RF带<或>"),
    "at('SE.W0', 'rf_censored')", "boolean", code_list="CL.YES_NO",
    description=text("No percentage from a censored baseline.", "基线截尾时不计算百分比。"),
    reasons=(
        Reason("rf_baseline_censored", text("No percentage can be worked out from it", "不能据此计算百分比")),
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.LAB.001", (SAMPLE_TIME.oid,),
        f"abs(days(lab_sample_time, visit_date)) <= 7 or (known(event) and event == 'SE.W0' and days(lab_sample_time, visit_date) <= {REUSED_DAYS}"
        " and days(lab_sample_time, visit_date) >= 0)", "Soft",
        text(
            f"The sample lies {{0}} days from the visit, more than 7 (week 0: more than {REUSED_DAYS} before it).",
            f"采血日期与访视日期相差{{0}}天，超过7天（第0周：早于访视超过{REUSED_DAYS}天）。",
        ),
        ("abs(days(lab_sample_time, visit_date))",),
    ),
    EditCheck(
        "EC.LAB.003", (SAMPLE_TIME.oid, IVIG_DATE.oid), "not before(lab_sample_time, ivig_date)", "Soft",
        text("The IVIG lies after the blood sample and does not matter for it. Enter the last one before the sample.", "该次IVIG晚于采血，不影响本次结果。请填写采血前最近一次IVIG。"),
    ),
    EditCheck(
        "EC.LAB.004", (IVIG_DATE.oid,), "not longer_than_months(ivig_date, lab_sample_time, 4)", "Soft",
        text("The last IVIG lies more than 4 months before the sample.", "末次IVIG距采血超过4个月。"),
    ),
    EditCheck(
        "EC.LAB.005", (RF.oid,), "event != 'SE.W0' or qualifier('rf') == ''", "Soft",
        text(
            "RF at week 0 is reported only as below or above a limit: no percentage can be worked out from it. Ask the laboratory for a number.",
            "第0周RF仅报告为低于或高于某限值，无法据此计算百分比。请向检验科索取具体数值。",
        ),
    ),
    EditCheck(
        "EC.LAB.006", (RF_KIND.oid,), "rf_type == previous('rf_type')", "Soft",
        text("RF was of another type at the last visit ({0}). The two cannot be compared.", "上次访视RF类型不同（{0}），两者不可比较。"),
        ("previous('rf_type')",),
    ),
    EditCheck(
        "EC.LAB.007", (SAMPLE_TIME.oid,),
        "minutes(lab_sample_time, rtx_start) >= 0 if known(rtx_start) else minutes(lab_sample_time, bel_start) >= 0", "Soft",
        text("The sample lies after the start of the infusion; at week 0 it is no baseline then.", "采血晚于输注开始；第0周时不能作为基线。"),
    ),
    EditCheck(
        "EC.LAB.008", (IVIG.oid,),
        "ivig_recent or before(lab_sample_time, max_all('cm_ivig_on')) or longer_than_months(max_all('cm_ivig_on'), lab_sample_time, 4)",
        "Soft",
        text("IVIG on {0} stands in the medication, within 4 months before this sample. Check the answer.", "合并用药中记有{0}的IVIG，在本次采血前4个月内。请核对。"),
        ("max_all('cm_ivig_on')",),
    ),
)  # fmt: skip

_IGG_CARD = (IGG, IGG_ULN, IVIG, IVIG_DATE, LOW_IGG)
_IGAM_CARD = (IGA, IGM)
_RF_CARD = (RF, RF_ULN, RF_KIND)
_COMPLEMENT_CARD = (C3, C3_LLN, C4, C4_LLN, CH50, CH50_LLN)
_EXTENDED_CARD = (KAPPA, LAMBDA, B2M, B2M_ULN, CRYOGLOBULIN, CLONAL)
_METHODS = (IGG_HIGH, IGG_VOID, KAPPA_LAMBDA, B2M_HIGH, RF_CENSORED, RF_BASE_CENSORED)

PAGE = page(
    FormDef(
        "F.LAB2",
        text("Laboratory 2", "实验室检查2"),
        text("Laboratory 2", "化验2"),
        text("Immunology · values, units and limits as on the certificate", "免疫学 · 数值、单位和参考范围均按化验单填写"),
        ("IG.LAB2",),
        Layout(
            (
                card((SAMPLE_TIME,), text("Blood sample", "血标本"), 1),
                card(_IGG_CARD, text("Immunoglobulin G", "免疫球蛋白G")),
                card(_IGAM_CARD, text("Immunoglobulins A and M", "免疫球蛋白A和M")),
                card(_RF_CARD, text("Rheumatoid factor", "类风湿因子")),
                card(_COMPLEMENT_CARD, text("Complement", "补体")),
                card((EXTENDED,), text("Further immunology", "其他免疫学检查"), 1),
                card(_EXTENDED_CARD, text("Light chains, β2-microglobulin, cryoglobulin, electrophoresis", "轻链、β2微球蛋白、冷球蛋白、蛋白电泳")),
                DerivedCard(tuple(m.oid for m in _METHODS), text("Worked out", "计算结果")),
            )
        ),
        tuple(m.oid for m in _METHODS),
    ),
    (SAMPLE_TIME, *_IGG_CARD, *_IGAM_CARD, *_RF_CARD, *_COMPLEMENT_CARD, EXTENDED, *_EXTENDED_CARD),
    _METHODS,
    CHECKS,
    (RF_TYPE, ATTRIBUTION),
    table="laboratory_2",
)  # fmt: skip
