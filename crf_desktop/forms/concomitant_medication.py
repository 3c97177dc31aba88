"""Concomitant medication: drug, dose, dates; glucocorticoids as prednisone in mg/kg per day, IVIG, rescue (decision A14)."""

from __future__ import annotations

from crf_desktop.forms.measurement import number
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, only_if, words
from crf_desktop.forms.vocabulary import MG, MG_KG_D, answers, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

CLASS = answers(
    "CL.CM.CLASS",
    ("GLUCOCORTICOID", "Glucocorticoid", "糖皮质激素"),
    ("IMMUNOSUPPRESSANT", "Immunosuppressant", "免疫抑制剂"),
    ("ANTIMALARIAL", "Antimalarial", "抗疟药"),
    ("IVIG", "Intravenous immunoglobulin (IVIG)", "静脉注射免疫球蛋白（IVIG）"),
    ("BIOLOGIC", "Biologic other than the study drugs", "研究药物以外的生物制剂"),
    ("ANTIMICROBIAL", "Antimicrobial", "抗感染药"),
    ("VACCINE", "Vaccine", "疫苗"),
    ("OTHER", "Other", "其他"),
)
FOR_DISEASE = "one_of(cm_class, 'GLUCOCORTICOID', 'IMMUNOSUPPRESSANT', 'ANTIMALARIAL', 'IVIG', 'BIOLOGIC')"
FACTOR = {"PREDNISONE": "1", "PREDNISOLONE": "1", "METHYLPRED": "1.25", "HYDROCORTISONE": "0.25", "DEXAMETHASONE": "20 / 3"}
"""Prednisone by weight: 5 mg correspond to 4 mg methylprednisolone, 20 mg hydrocortisone, 0.75 mg dexamethasone."""
STEROID = answers(
    "CL.CM.STEROID",
    ("PREDNISONE", "Prednisone", "泼尼松", "1 mg counts as 1 mg of prednisone.", "1 mg相当于泼尼松1 mg。"),
    ("PREDNISOLONE", "Prednisolone", "泼尼松龙", "1 mg counts as 1 mg of prednisone.", "1 mg相当于泼尼松1 mg。"),
    ("METHYLPRED", "Methylprednisolone", "甲泼尼龙", "4 mg count as 5 mg of prednisone.", "4 mg相当于泼尼松5 mg。"),
    ("HYDROCORTISONE", "Hydrocortisone", "氢化可的松", "20 mg count as 5 mg of prednisone.", "20 mg相当于泼尼松5 mg。"),
    ("DEXAMETHASONE", "Dexamethasone", "地塞米松", "0.75 mg counts as 5 mg of prednisone.", "0.75 mg相当于泼尼松5 mg。"),
    ("OTHER", "Other", "其他", "Not worked out.", "不换算。"),
)
UNIT = answers(
    "CL.CM.UNIT",
    ("MG", "mg", "mg"), ("G", "g", "g"), ("UG", "µg", "µg"), ("ML", "mL", "mL"), ("IU", "IU", "IU"),
    ("MG_KG", "mg/kg", "mg/kg"), ("G_KG", "g/kg", "g/kg"), ("TABLET", "tablets", "片"), ("DROP", "drops", "滴"), ("OTHER", "other", "其他"),
)  # fmt: skip
FREQUENCY = answers(
    "CL.CM.FREQUENCY",
    ("ONCE", "Once", "单次"), ("QD", "Once a day", "每日1次"), ("BID", "Twice a day", "每日2次"), ("TID", "3 times a day", "每日3次"),
    ("QID", "4 times a day", "每日4次"), ("QOD", "Every other day", "隔日1次"), ("QW", "Once a week", "每周1次"),
    ("Q2W", "Every 2 weeks", "每2周1次"), ("Q4W", "Every 4 weeks", "每4周1次"), ("PRN", "When needed", "必要时"), ("OTHER", "Other", "其他"),
)  # fmt: skip
PER_DAY = {"ONCE": "1", "QD": "1", "BID": "2", "TID": "3", "QID": "4", "QOD": "1 / 2", "QW": "1 / 7"}
"""Doses per day; a single dose counts for its day."""
ROUTE = answers(
    "CL.CM.ROUTE",
    ("ORAL", "By mouth", "口服"), ("IV", "Intravenous", "静脉"), ("SC", "Subcutaneous", "皮下"), ("IM", "Intramuscular", "肌内"),
    ("TOPICAL", "On the skin", "皮肤外用"), ("EYE", "Eye", "眼用"), ("INHALED", "Inhaled or nasal", "吸入或鼻用"),
    ("INJECTION", "Into a joint or gland", "关节内或腺体内"), ("OTHER", "Other", "其他"),
)  # fmt: skip
PURPOSE = answers(
    "CL.CM.PURPOSE",
    ("SJOGREN", "Sjögren’s", "干燥综合征"), ("EVENT", "Adverse event", "不良事件"), ("PREVENTION", "Prevention", "预防"),
    ("OTHER", "Other illness", "其他疾病"),
)  # fmt: skip

DRUG = words(
    "I.CM.DRUG", "cm_drug", "CMTRT", text("Drug: generic term", "药物（通用名）"), text("Drug", "药物"), length=80,
    hint=text("Not the study drugs and not their premedication", "不含研究药物及其输注前用药"),
)  # fmt: skip
CLASS_ITEM = choice("I.CM.CLASS", "cm_class", "CMCLAS", text("Class of the drug", "药物类别"), text("Class", "类别"), CLASS)
STEROID_ITEM = choice(
    "I.CM.STEROID", "cm_steroid", "CMSTER", text("Which glucocorticoid?", "何种糖皮质激素？"), text("Glucocorticoid", "糖皮质激素"), STEROID,
    relevant=only_if("cm_class == 'GLUCOCORTICOID'", "cm_class"),
)  # fmt: skip
PURPOSE_ITEM = choice("I.CM.PURPOSE", "cm_purpose", "CMPURP", text("Given for", "用药目的"), text("Given for", "用药目的"), PURPOSE)
INDICATION = words(
    "I.CM.INDICATION", "cm_indication", "CMINDC", text("Indication in words", "适应证描述"), text("Indication", "适应证"), length=120,
    relevant=only_if("cm_purpose != 'SJOGREN'", "cm_purpose"),
)  # fmt: skip
DOSE = number(
    "I.CM.DOSE", "cm_dose", "CMDOSE", text("Amount of one dose", "单次剂量"), text("One dose", "单次剂量"), (),
    between("0", "1000000", "Hard", text("A dose is not negative and below 1 million.", "剂量应为非负数且小于100万。")), digits=4, previous=False,
)  # fmt: skip
UNIT_ITEM = choice("I.CM.UNIT", "cm_unit", "CMDOSU", text("Unit of the dose", "剂量单位"), text("Unit", "单位"), UNIT)
FREQUENCY_ITEM = choice("I.CM.FREQUENCY", "cm_frequency", "CMDOSFRQ", text("How often", "给药频次"), text("How often", "频次"), FREQUENCY)
ROUTE_ITEM = choice("I.CM.ROUTE", "cm_route", "CMROUTE", text("Route", "给药途径"), text("Route", "途径"), ROUTE)
START = day("I.CM.START", "cm_start", "CMSTDTC", text("Start date of this dose", "该剂量的开始日期"), text("Start", "开始"), hint=text("A change of dose is a new page", "剂量调整时另填一页"))
ONGOING = yes_no("I.CM.ONGOING", "cm_ongoing", "CMONGO", text("Still given at this dose?", "是否仍按此剂量使用？"), text("Ongoing", "仍在用"))
STOP = day("I.CM.STOP", "cm_stop", "CMENDTC", text("End date of this dose", "该剂量的结束日期"), text("End", "结束"), relevant=only_if("not cm_ongoing", "cm_ongoing"))
RESCUE = yes_no(
    "I.CM.RESCUE", "cm_rescue", "CMRESC",
    text("New or increased because Sjögren’s was active?", "是否因干燥综合征活动而新加或加量？"), text("Rescue", "补救治疗"),
    hint=text("New or increased because Sjögren’s was active", "因干燥综合征活动而新加或加量"),
    relevant=only_if(FOR_DISEASE, "cm_class"),
)  # fmt: skip
LIVE = yes_no(
    "I.CM.LIVE", "cm_live", "CMLIVE", text("Is it a live vaccine?", "是否为活疫苗？"), text("Live vaccine", "活疫苗"),
    relevant=only_if("cm_class == 'VACCINE'", "cm_class"),
)  # fmt: skip


def _mapped(name: str, table: dict[str, str]) -> str:
    """An expression that reads a number from a coded answer; unknown for codes without one."""
    return " else ".join(f"{number} if {name} == '{code}'" for code, number in table.items()) + " else None"


_WEIGHT = "(as_of('weight', 'cm_start') if known(cm_start) else first('weight'))"
SYSTEMIC = "one_of(cm_route, 'ORAL', 'IV', 'IM')"
MG_PER_DOSE = (
    "cm_dose * (1 if cm_unit == 'MG' else 1000 if cm_unit == 'G'"
    f" else {_WEIGHT} if cm_unit == 'MG_KG' else None)"
)
PREDNISONE = MethodDef(
    "M.CM.PREDNISONE", "cm_prednisone_mg_day",
    text("Prednisone equivalent per day", "每日泼尼松等效剂量"),
    f"{MG_PER_DOSE} * ({_mapped('cm_steroid', FACTOR)})"
    f" * ({_mapped('cm_frequency', PER_DAY)}) if cm_class == 'GLUCOCORTICOID' and {SYSTEMIC} else None",
    "decimal", MG, 1,
    description=text(
        "By mouth, vein or muscle: one dose × prednisone factor × doses per day; unknown where the frequency gives no number.",
        "口服、静脉或肌内：单次剂量×泼尼松换算系数×每日次数；频次无法换算时为未知。",
    ),
    reasons=(
        Reason("cm_class != 'GLUCOCORTICOID'", text("Worked out for glucocorticoids only", "仅糖皮质激素计算")),
        Reason(
            f"cm_class == 'GLUCOCORTICOID' and not {SYSTEMIC}",
            text("Worked out by mouth, vein or muscle only", "仅口服、静脉或肌内给药计算"),
        ),
    ),
)  # fmt: skip
PER_KG = MethodDef(
    "M.CM.PREDNISONE_KG", "cm_prednisone_mg_kg_day",
    text("Prednisone equivalent per kg and day", "每千克每日泼尼松等效剂量"),
    f"cm_prednisone_mg_day / {_WEIGHT}", "decimal", MG_KG_D, 2,
    description=text("By the weight known on the start day, else the first one measured.", "按开始日期当时已知的体重，否则按首次测量体重。"),
)  # fmt: skip
_RESPONSE_DAY = "(event_date('SE.W28') if known(event_date('SE.W28')) else days_after(event_date('SE.W0'), 196))"
RESCUE_BEFORE = MethodDef(
    "M.CM.RESCUE_BEFORE_W28", "cm_rescue_before_w28",
    text("Rescue before week 28", "第28周前补救治疗"),
    f"{FOR_DISEASE} and cm_rescue and not before(cm_start, event_date('SE.W0')) and before(cm_start, {_RESPONSE_DAY})", "boolean",
    code_list="CL.YES_NO",
    description=text(
        "New or increased for active disease, from day 0 to before week 28; a partial date counts only where it leaves no doubt.",
        "自第0天起至第28周前因病情活动新加或加量；日期不完整时仅在结果唯一时计入。",
    ),
    reasons=(
        Reason(
            f"cm_rescue and not before(cm_start, event_date('SE.W0')) and before(cm_start, {_RESPONSE_DAY})",
            text("Counts as non-response at week 28, pending the protocol", "按第28周无应答处理（待方案确认）"),
        ),
    ),
)  # fmt: skip
IVIG = MethodDef(
    "M.CM.IVIG", "cm_ivig",
    text("IVIG", "IVIG"),
    "cm_class == 'IVIG'", "boolean", code_list="CL.YES_NO",
    description=text("IgG is not evaluable for 4 months after it.", "用药后4个月内IgG不可评价。"),
    reasons=(Reason("cm_class == 'IVIG'", text("IgG is not evaluable for 4 months after it", "用药后4个月内IgG不可评价")),),
)  # fmt: skip
IVIG_ON = MethodDef(
    "M.CM.IVIG_ON", "cm_ivig_on",
    text("Last day of IVIG", "IVIG末次日期"),
    "(cm_stop if known(cm_stop) else cm_start) if cm_class == 'IVIG' else None", "text",
    description=text("End date, else start date; compared with the samples of laboratory 2.", "结束日期，否则开始日期；与实验室检查2的采血日期核对。"),
)  # fmt: skip
METHODS = (PREDNISONE, PER_KG, RESCUE_BEFORE, IVIG)

CHECKS = (
    EditCheck(
        "EC.CM.001", (START.oid, STOP.oid), "not before(cm_stop, cm_start)", "Hard",
        text("The drug ends before it starts.", "结束日期早于开始日期。"),
    ),
    EditCheck(
        "EC.CM.002", (START.oid,), "not before(today, cm_start)", "Hard",
        text("The start lies in the future.", "开始日期晚于今天。"),
    ),
    EditCheck(
        "EC.CM.003", (STOP.oid,), "not before(today, cm_stop)", "Hard",
        text("The end lies in the future. Answer ongoing.", "结束日期晚于今天。请填写“仍在用”。"),
    ),
    EditCheck(
        "EC.CM.004", (DOSE.oid, UNIT_ITEM.oid, FREQUENCY_ITEM.oid), "cm_prednisone_mg_kg_day <= 2 or cm_frequency == 'ONCE'", "Soft",
        text("Prednisone equivalent of {0} mg/kg per day, more than 2. Check dose, unit and frequency.", "泼尼松等效剂量每日{0} mg/kg，超过2。请核对剂量、单位和频次。"),
        ("cm_prednisone_mg_kg_day",),
    ),
    EditCheck(
        "EC.CM.005", (LIVE.oid, START.oid), "not cm_live or before(cm_start, days_after(event_date('SE.W0'), -91))", "Soft",
        text(
            "A live vaccine is not given from 3 months before the first rituximab ({0}) on. Record a deviation.",
            "自首次利妥昔单抗（{0}）前3个月起不得接种活疫苗。请记录方案偏离。",
        ),
        ("event_date('SE.W0')",),
    ),
    EditCheck(
        "EC.CM.006", (CLASS_ITEM.oid, START.oid), "cm_class != 'BIOLOGIC' or before(cm_start, event_date('SE.W0'))", "Soft",
        text("Another biologic after day 0 ({0}) is a deviation.", "第0天（{0}）后使用其他生物制剂属方案偏离。"),
        ("event_date('SE.W0')",),
    ),
    EditCheck(
        "EC.CM.007", (DOSE.oid,), "cm_dose > 0", "Soft",
        text("A dose of 0 is a stop: enter the end date instead.", "剂量为0即停药：请填写结束日期。"),
    ),
)  # fmt: skip

WHAT = (DRUG, CLASS_ITEM, STEROID_ITEM, LIVE, PURPOSE_ITEM, INDICATION)
HOW = (DOSE, UNIT_ITEM, FREQUENCY_ITEM, ROUTE_ITEM)
WHEN = (START, ONGOING, STOP, RESCUE)
ITEMS = (*WHAT, *HOW, *WHEN)

PAGE = page(
    FormDef(
        "F.CM",
        text("Concomitant medication", "合并用药"),
        text("Medication", "合并用药"),
        text("One page per drug and dose; a change of dose is a new page", "每种药物、每个剂量一页；剂量调整时另填一页"),
        ("IG.CM",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in WHAT), text("Drug", "药物"), columns=2),
                FieldCard(tuple(i.oid for i in HOW), text("Dose", "剂量"), columns=2),
                FieldCard(tuple(i.oid for i in WHEN), text("Dates, rescue", "日期、补救治疗"), columns=2),
                DerivedCard(tuple(m.oid for m in METHODS), text("Worked out", "计算结果")),
            )
        ),
        (*(m.oid for m in METHODS), IVIG_ON.oid),
        repeating=True,
        columns=(DRUG.oid, DOSE.oid, UNIT_ITEM.oid, FREQUENCY_ITEM.oid, START.oid, ONGOING.oid),
    ),
    ITEMS,
    (*METHODS, IVIG_ON),
    CHECKS,
    (CLASS, STEROID, UNIT, FREQUENCY, ROUTE, PURPOSE),
    table="concomitant_medication",
)  # fmt: skip
