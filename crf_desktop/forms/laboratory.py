"""Laboratory of the efficacy visit: ESR with its limit, IgG, rheumatoid factor, complement, cryoglobulin."""

from __future__ import annotations

from typing import Literal

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import G_L, IU_ML, MG_DL, MM_H, NEG_POS, answers, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, RangeCheck
from crf_desktop.model.layout import FieldCard, Layout
from crf_desktop.model.text import TranslatedText

ULN_SOURCE = answers(
    "CL.LAB.ESR_ULN_SOURCE",
    ("CERTIFICATE", "Hospital certificate", "医院化验单"),
    ("DEFAULT", "Study default, confirmed", "研究默认值，已确认", "20 mm/h female, 15 mm/h male; confirmed by the person who enters it.", "女20 mm/h，男15 mm/h；由录入者确认。"),
    ("OTHER", "Other", "其他"),
)  # fmt: skip
ESR_METHOD = answers("CL.LAB.ESR_METHOD", ("WESTERGREN", "Westergren", "魏氏法"), ("OTHER", "Other", "其他方法"))
RF_TYPE = answers("CL.LAB.RF_TYPE", ("TOTAL", "Total", "总RF"), ("IGM", "IgM", "IgM型"))
ATTRIBUTION = answers(
    "CL.LAB.LOW_IGG_ATTRIBUTION",
    ("DISEASE", "Disease", "疾病"), ("TREATMENT", "Treatment", "治疗"),
    ("PROTEIN_LOSS", "Protein loss", "蛋白丢失"), ("UNKNOWN", "Unknown", "不明"),
)  # fmt: skip

_FROM_CERTIFICATE = text("As printed on the laboratory’s certificate", "按化验单所示填写")


def _number(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    units: tuple[str, ...],
    checks: tuple[RangeCheck, ...],
    *,
    data_type: Literal["integer", "decimal"] = "decimal",
    digits: int | None = 2,
    hint: TranslatedText | None = None,
    qualifiers: bool = False,
    mandatory: bool = True,
) -> ItemDef:
    return ItemDef(
        oid, name, sas_name, data_type, question, label, hint,
        units=units, significant_digits=digits, length=8, range_checks=checks, qualifiers=qualifiers, mandatory=mandatory,
    )  # fmt: skip


def _limits(hard: tuple[str, str], soft: tuple[str, str], what: TranslatedText, symbol: str) -> tuple[RangeCheck, ...]:
    """A hard limit that no sample reaches and a soft one that few do; both in the base unit."""
    refused = text(
        f"{what.en} must lie within {hard[0]}–{hard[1]} {symbol}. Check the number and the unit.",
        f"{what.zh}应在{hard[0]}–{hard[1]} {symbol}之间。请核对数值和单位。",
    )
    unusual = text(
        f"{what.en} outside {soft[0]}–{soft[1]} {symbol} is unusual. Check the number and the unit.",
        f"{what.zh}超出{soft[0]}–{soft[1]} {symbol}，少见。请核对数值和单位。",
    )
    return (*between(*hard, "Hard", refused), *between(*soft, "Soft", unusual))


SAMPLE_TIME = ItemDef(
    "I.LAB.SAMPLE_TIME", "lab_sample_time", "LBDTC", "datetime",
    text("Date and time of the blood sample", "采血日期和时间"),
    text("Sample taken", "采血时间"),
    text("Within 7 days of the visit", "访视前后7天内"),
    length=25,
)  # fmt: skip
ESR = _number(
    "I.LAB.ESR", "esr", "ESR",
    text("Erythrocyte sedimentation rate", "红细胞沉降率"), text("ESR", "血沉（ESR）"),
    (MM_H,), _limits(("0", "200"), ("1", "140"), text("ESR", "血沉"), "mm/h"), data_type="integer", digits=None,
)  # fmt: skip
ESR_ULN = _number(
    "I.LAB.ESR_ULN", "esr_uln", "ESRULN",
    text("Upper limit of normal of the ESR for this sample", "本次血沉的正常上限"), text("ESR, upper limit", "血沉上限"),
    (MM_H,), _limits(("1", "100"), ("10", "30"), text("The upper limit of the ESR", "血沉上限"), "mm/h"),
    data_type="integer", digits=None, hint=_FROM_CERTIFICATE,
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
IGG = _number(
    "I.LAB.IGG", "igg", "IGG",
    text("Immunoglobulin G", "免疫球蛋白G"), text("IgG", "IgG"),
    (G_L, MG_DL), _limits(("0", "150"), ("2", "60"), text("IgG", "IgG"), "g/L"),
)  # fmt: skip
IGG_ULN = _number(
    "I.LAB.IGG_ULN", "igg_uln", "IGGULN",
    text("Upper limit of normal of IgG for this age", "该年龄IgG的正常上限"), text("IgG, upper limit for age", "IgG年龄上限"),
    (G_L, MG_DL), _limits(("1", "40"), ("8", "20"), text("The upper limit of IgG", "IgG上限"), "g/L"),
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
RF = _number(
    "I.LAB.RF", "rf", "RF",
    text("Rheumatoid factor", "类风湿因子"), text("Rheumatoid factor (RF)", "类风湿因子（RF）"),
    (IU_ML,), _limits(("0", "20000"), ("0", "3000"), text("RF", "RF"), "IU/mL"),
    hint=text("With < or > if the laboratory reports it so", "化验单报告为<或>时一并填写"), qualifiers=True,
)  # fmt: skip
RF_KIND = ItemDef(
    "I.LAB.RF_TYPE", "rf_type", "RFTYPE", "code",
    text("Which rheumatoid factor was measured?", "所测类风湿因子的类型"), text("RF, type", "RF类型"),
    text("The same at every visit", "各次访视应相同"), code_list=RF_TYPE.oid,
)  # fmt: skip
RF_ULN = _number(
    "I.LAB.RF_ULN", "rf_uln", "RFULN",
    text("Upper limit of normal of RF", "RF的正常上限"), text("RF, upper limit", "RF上限"),
    (IU_ML,), _limits(("1", "200"), ("10", "30"), text("The upper limit of RF", "RF上限"), "IU/mL"), hint=_FROM_CERTIFICATE,
)  # fmt: skip


def _complement(n: int, hard: str, soft: tuple[str, str], lower: tuple[str, str]) -> tuple[ItemDef, ItemDef]:
    value = _number(
        f"I.LAB.C{n}", f"c{n}", f"C{n}",
        text(f"Complement C{n}", f"补体C{n}"), text(f"C{n}", f"C{n}"),
        (G_L, MG_DL), _limits(("0", hard), soft, text(f"C{n}", f"C{n}"), "g/L"), digits=3,
    )  # fmt: skip
    limit = _number(
        f"I.LAB.C{n}_LLN", f"c{n}_lln", f"C{n}LLN",
        text(f"Lower limit of normal of C{n}", f"C{n}的正常下限"), text(f"C{n}, lower limit", f"C{n}下限"),
        (G_L, MG_DL), _limits(("0.01", hard), lower, text(f"The lower limit of C{n}", f"C{n}下限"), "g/L"),
        digits=3, hint=_FROM_CERTIFICATE,
    )  # fmt: skip
    return value, limit


C3, C3_LLN = _complement(3, "5", ("0.2", "2.5"), ("0.5", "1.2"))
C4, C4_LLN = _complement(4, "2", ("0.01", "0.8"), ("0.05", "0.25"))
CRYOGLOBULIN = ItemDef(
    "I.LAB.CRYOGLOBULIN", "cryoglobulin", "CRYO", "code",
    text("Cryoglobulin", "冷球蛋白"), text("Cryoglobulin", "冷球蛋白"),
    text("Not tested: choose “not done”.", "未检测：请选“未做”。"), code_list=NEG_POS.oid,
)  # fmt: skip
CLONAL = ItemDef(
    "I.LAB.CLONAL_COMPONENT", "clonal_component", "CLONAL", "code",
    text("Clonal component in serum electrophoresis or immunofixation", "血清蛋白电泳或免疫固定电泳的单克隆成分"),
    text("Clonal component", "单克隆成分"),
    text("Not tested: choose “not done”.", "未检测：请选“未做”。"), code_list=NEG_POS.oid,
)  # fmt: skip

ESR_HIGH = MethodDef(
    "M.LAB.ESR_ABOVE_ULN", "esr_above_uln",
    text("ESR above its upper limit", "血沉高于上限"),
    "esr > esr_uln", "boolean", code_list="CL.YES_NO",
    description=text("Each visit uses its own upper limit.", "各次访视使用各自的上限。"),
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

CHECKS = (
    EditCheck(
        "EC.LAB.001", (SAMPLE_TIME.oid,), "abs(days(lab_sample_time, visit_date)) <= 7", "Soft",
        text("The sample lies more than 7 days from the visit.", "采血日期与访视日期相差超过7天。"),
    ),
    EditCheck(
        "EC.LAB.002", (ESR_ULN.oid, ESR_ULN_SOURCE.oid),
        "esr_uln_source != 'DEFAULT' or esr_uln == (20 if sex == 'F' else 15)", "Soft",
        text("The study default is 20 mm/h for females and 15 mm/h for males.", "研究默认值：女20 mm/h，男15 mm/h。"),
    ),
    EditCheck(
        "EC.LAB.003", (SAMPLE_TIME.oid, IVIG_DATE.oid), "days(ivig_date, lab_sample_time) >= 0", "Hard",
        text("The last IVIG lies after the blood sample.", "末次IVIG日期晚于采血日期。"),
    ),
    EditCheck(
        "EC.LAB.004", (IVIG_DATE.oid,), "days(ivig_date, lab_sample_time) <= 123", "Soft",
        text("The last IVIG lies more than 4 months before the sample.", "末次IVIG距采血超过4个月。"),
    ),
)  # fmt: skip

_ESR_CARD = (ESR, ESR_ULN, ESR_ULN_SOURCE, ESR_ULN_OTHER, ESR_METHOD_ITEM)
_IGG_CARD = (IGG, IGG_ULN, IVIG, IVIG_DATE, LOW_IGG)
_RF_CARD = (RF, RF_ULN, RF_KIND)
_COMPLEMENT_CARD = (C3, C3_LLN, C4, C4_LLN, CRYOGLOBULIN, CLONAL)


def _card(items: tuple[ItemDef, ...], title: TranslatedText, columns: int = 1) -> FieldCard:
    return FieldCard(tuple(i.oid for i in items), title, columns=columns)


PAGE = page(
    FormDef(
        "F.LAB",
        text("Laboratory", "实验室检查"),
        text("Laboratory", "化验"),
        text("Values, units and limits as on the certificate", "数值、单位和参考限均按化验单填写"),
        ("IG.LAB",),
        Layout(
            (
                _card((SAMPLE_TIME,), text("Blood sample", "血标本")),
                _card(_ESR_CARD, text("Erythrocyte sedimentation rate", "红细胞沉降率"), 2),
                _card(_IGG_CARD, text("Immunoglobulin G", "免疫球蛋白G"), 2),
                _card(_RF_CARD, text("Rheumatoid factor", "类风湿因子"), 2),
                _card(_COMPLEMENT_CARD, text("Complement, cryoglobulin, clonal component", "补体、冷球蛋白、单克隆成分"), 2),
            )
        ),
        (ESR_HIGH.oid, IGG_HIGH.oid, IGG_VOID.oid),
    ),
    (SAMPLE_TIME, *_ESR_CARD, *_IGG_CARD, *_RF_CARD, *_COMPLEMENT_CARD),
    (ESR_HIGH, IGG_HIGH, IGG_VOID),
    CHECKS,
    (ULN_SOURCE, ESR_METHOD, RF_TYPE, ATTRIBUTION),
)
