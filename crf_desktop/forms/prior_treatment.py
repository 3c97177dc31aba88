"""Treatment before the trial, one row per drug and course; "resistant" is worked out from it (protocol decision A19)."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemGroupDef, MethodDef, Reason
from crf_desktop.model.layout import ChoiceRows, DerivedCard, Layout, RepeatTable

MONTHS, WASHOUT = 3, 6
"""A drug counts when given for more than 3 months; rituximab excludes within 6 months."""

STEROIDS = (
    ("PREDNISONE", "Prednisone or prednisolone", "泼尼松／泼尼松龙"), ("METHYLPRED", "Methylprednisolone", "甲泼尼龙"),
    ("OTHER_GC", "Other glucocorticoid", "其他糖皮质激素"),
)  # fmt: skip
IMMUNOSUPPRESSANTS = (
    ("AZATHIOPRINE", "Azathioprine", "硫唑嘌呤"), ("CICLOSPORIN", "Ciclosporin", "环孢素"),
    ("CYCLOPHOSPHAMIDE", "Cyclophosphamide", "环磷酰胺"), ("IGURATIMOD", "Iguratimod", "艾拉莫德"),
    ("JAK", "JAK inhibitor (tofacitinib or other)", "JAK抑制剂（托法替布等）"), ("LEFLUNOMIDE", "Leflunomide", "来氟米特"),
    ("METHOTREXATE", "Methotrexate", "甲氨蝶呤"), ("MYCOPHENOLATE", "Mycophenolate", "吗替麦考酚酯"),
    ("SIROLIMUS", "Sirolimus", "西罗莫司"), ("TACROLIMUS", "Tacrolimus", "他克莫司"), ("THALIDOMIDE", "Thalidomide", "沙利度胺"),
    ("OTHER_IS", "Other immunosuppressant", "其他免疫抑制剂"),
)  # fmt: skip
BIOLOGICS = (
    ("RITUXIMAB", "Rituximab", "利妥昔单抗"), ("BELIMUMAB", "Belimumab", "贝利尤单抗"), ("TELITACICEPT", "Telitacicept", "泰它西普"),
    ("OTHER_BIOLOGIC", "Other biologic", "其他生物制剂"),
)  # fmt: skip
REST = (
    ("HCQ", "Hydroxychloroquine", "羟氯喹"), ("IVIG", "Intravenous immunoglobulin", "静脉注射免疫球蛋白（IVIG）"),
    ("OTHER", "Other", "其他"),
)  # fmt: skip
DRUG = answers("CL.PRIOR.DRUG", *STEROIDS, *IMMUNOSUPPRESSANTS, *REST[:1], *BIOLOGICS, *REST[1:])
CLASS = answers(
    "CL.PRIOR.CLASS",
    ("GC", "Glucocorticoid", "糖皮质激素"), ("IS", "Immunosuppressant", "免疫抑制剂"), ("BIOLOGIC", "Biologic", "生物制剂"),
    ("OTHER", "Other", "其他"),
)  # fmt: skip
COUNTED = answers(
    "CL.PRIOR.COUNTED",
    ("GC", "Prednisone (glucocorticoid)", "泼尼松（糖皮质激素）"), *IMMUNOSUPPRESSANTS,
)  # fmt: skip
EXCLUDING = answers(
    "CL.PRIOR.EXCLUDING",
    ("A_BIOLOGIC", "Another biologic", "其他生物制剂"),
    ("B_NONE", "No", "否"),
    ("C_OPEN", "Rituximab: dates do not tell", "利妥昔单抗：日期不足以判断"),
    ("D_RITUXIMAB", "Rituximab within 6 months", "6个月内用过利妥昔单抗"),
)
"""In this order, so that the first and the last over all rows tell both exclusions."""
STOPPED = answers(
    "CL.PRIOR.STOPPED",
    ("NO_EFFECT", "No or too little effect", "无效或疗效不足"), ("INTOLERANCE", "Not tolerated", "不能耐受"),
    ("IMPROVED", "Improved", "病情好转"), ("FAMILY", "Wish of the family", "家属意愿"), ("OTHER", "Other", "其他"),
)  # fmt: skip


def _one_of(group: tuple[tuple[str, str, str], ...]) -> str:
    return f"one_of(prior_drug, {', '.join(repr(code) for code, _, _ in group)})"


ANY = yes_no(
    "I.PRIOR.ANY", "prior_any", "PRANY",
    text("Was any drug given for Sjögren’s before the trial?", "入组前是否用过治疗干燥综合征的药物？"), text("Earlier treatment", "既往治疗"),
)  # fmt: skip
NAME = choice("I.PRIOR.DRUG", "prior_drug", "PRDRUG", text("Drug", "药物"), text("Drug", "药物"), DRUG)
NAME_OTHER = words(
    "I.PRIOR.DRUG_OTHER", "prior_drug_other", "PRDRUGOT",
    text("Which other drug?", "其他药物，请注明"), text("Which", "请注明"),
    length=60, relevant="one_of(prior_drug, 'OTHER_GC', 'OTHER_IS', 'OTHER_BIOLOGIC', 'OTHER') and known(prior_drug)",
)  # fmt: skip
DOSE = words(
    "I.PRIOR.DOSE", "prior_dose", "PRDOSE", text("Highest dose, with unit and interval", "最高剂量（含单位和用法）"), text("Dose", "剂量"), length=40
)
START = day("I.PRIOR.START", "prior_start", "PRSTDTC", text("Started on", "开始日期"), text("Start", "开始"))
ONGOING = yes_no("I.PRIOR.ONGOING", "prior_ongoing", "PRONGO", text("Still given?", "是否仍在使用？"), text("Ongoing", "仍在用"))
STOP = day(
    "I.PRIOR.STOP", "prior_stop", "PRENDTC", text("Stopped on; of an infusion: the last one", "停药日期；输注药物填末次输注"), text("Stop", "停止"),
    relevant="known(prior_ongoing) and not prior_ongoing",
)  # fmt: skip
STOP_REASON = choice(
    "I.PRIOR.STOP_REASON", "prior_stop_reason", "PRSTOPWY", text("Why was it stopped?", "停药原因"), text("Why stopped", "停药原因"), STOPPED,
    relevant="known(prior_ongoing) and not prior_ongoing",
)  # fmt: skip
ROWS = (NAME, NAME_OTHER, DOSE, START, ONGOING, STOP, STOP_REASON)

_LONGER = (
    f"(longer_than_months(prior_start, visit_date, {MONTHS}) if prior_ongoing"
    f" else longer_than_months(prior_start, prior_stop, {MONTHS}))"
)
_TOKEN = f"('GC' if {_one_of(STEROIDS)} else (prior_drug_other if prior_drug == 'OTHER_IS' else prior_drug))"
_CAN_COUNT = f"({_one_of(STEROIDS)} or {_one_of(IMMUNOSUPPRESSANTS)})"

DRUG_CLASS = MethodDef(
    "M.PRIOR.CLASS", "prior_class", text("Class", "类别"),
    f"'GC' if {_one_of(STEROIDS)} else ('IS' if {_one_of(IMMUNOSUPPRESSANTS)} else ('BIOLOGIC' if {_one_of(BIOLOGICS)} else 'OTHER'))",
    "code", code_list=CLASS.oid,
    description=text("Hydroxychloroquine is not an immunosuppressant here.", "羟氯喹不计为免疫抑制剂。"),
)  # fmt: skip
COUNTS = MethodDef(
    "M.PRIOR.COUNTS", "prior_counts", text("Counts (over 3 months)", "计入（超过3个月）"),
    f"{_CAN_COUNT} and {_LONGER}", "boolean", code_list="CL.YES_NO",
    description=text(
        "A glucocorticoid or an immunosuppressant from start to stop, or to the visit, for more than 3 months; with partial dates only where every possible day says the same.",
        "糖皮质激素或免疫抑制剂自开始至停止（或访视日）超过3个月；日期不完整时，仅在任何可能日期结论一致时给出。",
    ),
)  # fmt: skip
COUNTED_AS = MethodDef(
    "M.PRIOR.COUNTED_AS", "prior_counted_as", text("Counted as", "计为"),
    f"{_TOKEN} if prior_counts else None", "code", code_list=COUNTED.oid,
    description=text("Every glucocorticoid counts as one drug, and each immunosuppressant once.", "各种糖皮质激素合计为一种，每种免疫抑制剂计一次。"),
)  # fmt: skip
COULD_COUNT_AS = MethodDef(
    "M.PRIOR.COULD_COUNT_AS", "prior_could_count_as", text("Could count as", "可能计为"),
    f"({_TOKEN} if known({_TOKEN}) else prior_drug) if prior_counts or not known(prior_counts) else None", "code", code_list=COUNTED.oid,
    description=text("The same with rows whose dates or whose drug are not told.", "同上，包括日期或药名不足以判断的记录。"),
)  # fmt: skip
ROW_EXCLUDES = MethodDef(
    "M.PRIOR.EXCLUDES", "prior_excludes", text("Excludes", "是否排除"),
    f"('D_RITUXIMAB' if prior_ongoing or not longer_than_months(prior_stop, visit_date, {WASHOUT}) else 'B_NONE')"
    f" if prior_drug == 'RITUXIMAB' and known(prior_ongoing or longer_than_months(prior_stop, visit_date, {WASHOUT}))"
    " else ('C_OPEN' if prior_drug == 'RITUXIMAB' else ('A_BIOLOGIC' if one_of(prior_drug, 'BELIMUMAB', 'TELITACICEPT',"
    " 'OTHER_BIOLOGIC') else 'B_NONE'))",
    "code", code_list=EXCLUDING.oid,
    description=text("Rituximab with its last infusion within 6 months of the visit, any other biologic ever.", "末次利妥昔单抗距访视6个月以内，或曾用其他任何生物制剂。"),
)  # fmt: skip
ROW_METHODS = (DRUG_CLASS, COUNTS, COUNTED_AS, COULD_COUNT_AS, ROW_EXCLUDES)

_FIRST, _LAST = "min_rows('prior_counted_as')", "max_rows('prior_counted_as')"
_TWO = f"(known({_FIRST}) and {_FIRST} != {_LAST})"
_COULD = "(known(min_rows('prior_could_count_as')) and min_rows('prior_could_count_as') != max_rows('prior_could_count_as'))"

FIRST_DRUG = MethodDef(
    "M.PRIOR.FIRST", "resistant_drug_1", text("First drug that counts", "计入的药物之一"), _FIRST, "code", code_list=COUNTED.oid,
    description=text("Of the drugs given for more than 3 months.", "使用超过3个月的药物。"),
)  # fmt: skip
SECOND_DRUG = MethodDef(
    "M.PRIOR.SECOND", "resistant_drug_2", text("Second drug that counts", "计入的药物之二"),
    f"{_LAST} if {_TWO} else None", "code", code_list=COUNTED.oid,
    description=text("Another of the drugs given for more than 3 months.", "另一种使用超过3个月的药物。"),
)  # fmt: skip
_NO_ROW = "not known(max_rows('prior_class'))"
_WITH_STEROID = f"({_FIRST} == 'GC' or {_LAST} == 'GC')"
TREATMENT_REASONS = (
    Reason(
        f"{_TWO} and {_WITH_STEROID}",
        text("Prednisone and an immunosuppressant for more than 3 months each: {0}, {1}", "泼尼松和免疫抑制剂各用超过3个月：{0}、{1}"),
        ("resistant_drug_1", "resistant_drug_2"),
    ),
    Reason(
        f"{_TWO} and not {_WITH_STEROID}",
        text("2 immunosuppressants for more than 3 months each: {0}, {1}", "2种免疫抑制剂各用超过3个月：{0}、{1}"),
        ("resistant_drug_1", "resistant_drug_2"),
    ),
    Reason("not prior_any", text("No earlier treatment", "无既往治疗")),
    Reason(
        f"prior_any and known({_FIRST}) and not {_TWO}",
        text("Only one drug that counts was given for more than 3 months: {0}", "仅一种计入的药物使用超过3个月：{0}"), ("resistant_drug_1",),
    ),
    Reason(
        f"prior_any and {_NO_ROW}",
        text("Still open: the drugs of the table", "待填：药物列表"),
    ),
    Reason(
        f"prior_any and not known({_FIRST}) and not {_NO_ROW}",
        text("No immunosuppressant and no prednisone is known to have been given for more than 3 months", "未见使用超过3个月的免疫抑制剂或泼尼松"),
    ),
    Reason(
        f"prior_any and not {_TWO} and {_COULD}",
        text("The dates of a drug do not tell whether it was given for more than 3 months", "有药物的日期不足以判断是否超过3个月"),
    ),
)  # fmt: skip
RESISTANT_TREATMENT = MethodDef(
    "M.PRIOR.RESISTANT", "resistant_treatment",
    text("Resistant: treatment", "难治性：治疗条件"),
    f"False if not prior_any else (True if {_TWO} else (None if {_COULD} or {_NO_ROW} else False))", "boolean", code_list="CL.YES_NO",
    reasons=TREATMENT_REASONS,
    description=text(
        "At least 2 immunosuppressants, or prednisone and an immunosuppressant, each for more than 3 months; the rest of the rule stands on the eligibility page.",
        "≥2种免疫抑制剂，或泼尼松加免疫抑制剂，各用超过3个月；其余条件见入选标准页。",
    ),
)  # fmt: skip
RTX_RECENT = MethodDef(
    "M.PRIOR.RTX_RECENT", "prior_rtx_within_6_months",
    text("Rituximab within 6 months", "6个月内用过利妥昔单抗"),
    f"False if not prior_any else (None if {_NO_ROW} else True if known(max_rows('prior_excludes')) and max_rows('prior_excludes') == 'D_RITUXIMAB'"
    " else (None if known(max_rows('prior_excludes')) and max_rows('prior_excludes') == 'C_OPEN' else False))",
    "boolean", code_list="CL.YES_NO",
    description=text("Last infusion to the screening visit.", "末次输注至筛选访视。"),
)  # fmt: skip
BIOLOGIC_EVER = MethodDef(
    "M.PRIOR.BIOLOGIC", "prior_other_biologic",
    text("Another biologic, ever", "曾用其他生物制剂"),
    f"False if not prior_any else (None if {_NO_ROW} else known(min_rows('prior_excludes')) and min_rows('prior_excludes') == 'A_BIOLOGIC')",
    "boolean", code_list="CL.YES_NO",
    description=text("Any biologic but rituximab, whenever it was given.", "利妥昔单抗以外的任何生物制剂，不论何时使用。"),
)  # fmt: skip
METHODS = (RESISTANT_TREATMENT, RTX_RECENT, BIOLOGIC_EVER, FIRST_DRUG, SECOND_DRUG)

CHECKS = (
    EditCheck(
        "EC.PRIOR.001", (START.oid, STOP.oid), "not before(prior_stop, prior_start)", "Hard",
        text("The drug was stopped before it was started.", "停药日期早于开始日期。"),
    ),
    EditCheck(
        "EC.PRIOR.002", (START.oid,), "not before(visit_date, prior_start)", "Hard",
        text("The drug was started after the visit.", "开始日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.PRIOR.003", (STOP.oid,), "not before(visit_date, prior_stop)", "Hard",
        text("The drug was stopped after the visit. If it is still given, say so.", "停药日期晚于访视日期。如仍在用，请如实选择。"),
    ),
    EditCheck(
        "EC.PRIOR.004", (START.oid,), "not before(prior_start, birth_date)", "Hard",
        text("The drug was started before birth.", "开始日期早于出生日期。"),
    ),
    EditCheck(
        "EC.PRIOR.005", (ANY.oid,), "prior_any or not known(max_rows('prior_class'))", "Soft",
        text("No earlier treatment is said, but a drug stands in the table.", "选择无既往治疗，但表中已有药物。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.PRIOR",
        text("Treatment before the trial", "既往治疗"),
        text("Prior treatment", "既往治疗"),
        text("Every drug for Sjögren’s, one line per course · dates as far as known", "治疗干燥综合征的全部药物，每个疗程一行 · 日期按已知部分填写"),
        ("IG.PRIOR", "IG.PRIOR_DRUG"),
        Layout(
            (
                ChoiceRows((ANY.oid,)),
                RepeatTable(
                    "IG.PRIOR_DRUG", text("Drugs", "药物"),
                    text("A year, or month and year, is enough", "日期可只填年或年月"), text("Add a drug", "添加药物"),
                    hidden=(COUNTED_AS.oid, COULD_COUNT_AS.oid),
                ),
                DerivedCard(tuple(m.oid for m in METHODS[:3]), text("What follows", "结论")),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    (ANY,),
    (*METHODS, *ROW_METHODS),
    CHECKS,
    (DRUG, CLASS, COUNTED, EXCLUDING, STOPPED),
    table="prior_treatment_page",
    rows=(
        ItemGroupDef(
            "IG.PRIOR_DRUG", text("Prior drugs", "既往药物"), tuple(i.oid for i in ROWS), repeating=True, table="prior_treatment",
            methods=tuple(m.oid for m in ROW_METHODS),
        ),
    ),
    row_items=ROWS,
)  # fmt: skip
