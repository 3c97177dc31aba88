"""Rituximab: the B-cell rule, planned and given dose, premedication, course of the infusion (protocol decision A15)."""

from __future__ import annotations

from crf_desktop.forms import b_cell_rule, infusion, premedication
from crf_desktop.forms.measurement import limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, only_if, words
from crf_desktop.forms.vocabulary import KG, M2, MG, MG_M2, PERCENT, answers, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout, RepeatTable

GIVEN_ONLY = "rtx_given"
OTHER_MEASURE = "known(rtx_measured_today) and not rtx_measured_today"

WHY_NOT = answers(
    "CL.RTX_NOT_GIVEN",
    ("BCELL", "B-cell rule met", "达到B细胞标准"),
    ("INFECTION", "Infection", "感染"),
    ("LABORATORY", "Laboratory value", "实验室指标异常"),
    ("REACTION", "Reaction to an earlier infusion", "既往输注反应"),
    ("PREGNANCY", "Pregnancy", "妊娠"),
    ("DECLINED", "Participant or guardian declined", "受试者或监护人拒绝"),
    ("STOPPED", "Treatment stopped", "终止治疗"),
    ("OTHER", "Other reason", "其他原因"),
)

GIVEN = yes_no("I.RTX.GIVEN", "rtx_given", "RXGIVEN", text("Rituximab given at this visit?", "本次访视是否给予利妥昔单抗？"), text("Rituximab given", "已给予利妥昔单抗"))
REASON = choice(
    "I.RTX.NOT_GIVEN_REASON", "rtx_not_given_reason", "RXNOREAS",
    text("Why was no rituximab given?", "未给予利妥昔单抗的原因"), text("Reason not given", "未给药原因"), WHY_NOT,
    relevant=only_if("not rtx_given", "rtx_given"),
)  # fmt: skip
REASON_OTHER = words(
    "I.RTX.NOT_GIVEN_OTHER", "rtx_not_given_other", "RXNOOTH",
    text("Which other reason?", "其他原因，请注明"), text("Other reason", "其他原因"),
    relevant=only_if("rtx_not_given_reason == 'OTHER'", "rtx_not_given_reason"), length=120,
)  # fmt: skip
MEASURED_TODAY = yes_no(
    "I.RTX.MEASURED_TODAY", "rtx_measured_today", "RXTODAY",
    text("Dose worked out from the weight and height of this visit?", "剂量是否按本次访视的体重和身高计算？"),
    text("Dose from today’s weight and height", "按本次体重和身高计算"),
    hint=text("Measured again on each infusion day; Mosteller", "每次输注日重新测量；Mosteller公式"),
    relevant=GIVEN_ONLY,
)  # fmt: skip
WEIGHT = number(
    "I.RTX.WEIGHT", "rtx_weight", "RXWEIGHT",
    text("Weight the dose was worked out from", "计算剂量所用体重"), text("Weight used", "所用体重"),
    (KG,), limits(("8", "200"), ("13", "100"), text("Weight", "体重"), "kg"), relevant=OTHER_MEASURE, previous=False,
)  # fmt: skip
BSA = number(
    "I.RTX.BSA", "rtx_bsa", "RXBSA",
    text("Body surface area the dose was worked out from", "计算剂量所用体表面积"), text("Body surface used", "所用体表面积"),
    (M2,), limits(("0.3", "3"), ("0.5", "2.2"), text("Body surface", "体表面积"), "m²"), digits=3, relevant=OTHER_MEASURE, previous=False,
)  # fmt: skip
PROTOCOL_DOSE = number(
    "I.RTX.PROTOCOL_DOSE", "rtx_mg_m2", "RXMGM2",
    text("Dose per body surface in force", "方案规定的单位体表面积剂量"), text("Protocol dose", "方案剂量"), (MG_M2,),
    (
        *between("1", "1000", "Hard", text("The dose per body surface lies within 1–1000 mg/m².", "单位体表面积剂量应在1–1000 mg/m²之间。")),
        *between("375", "375", "Soft", text("The proposed dose is 375 mg/m² weekly. Another one needs its reason.", "建议剂量为375 mg/m²每周一次。采用其他剂量须说明理由。")),
    ),
    digits=1, relevant=GIVEN_ONLY, previous=False, hint=text("Proposed: 375 mg/m² weekly", "建议：375 mg/m²，每周一次"),
)  # fmt: skip
DOSE = number(
    "I.RTX.DOSE", "rtx_dose", "RXDOSE",
    text("Rituximab given", "利妥昔单抗实际给药剂量"), text("Dose given", "实际剂量"),
    (MG,), limits(("1", "2000"), ("100", "1000"), text("The dose", "剂量"), "mg"),
    digits=1, relevant=GIVEN_ONLY, previous=False, hint=text("What ran in, also if the infusion was stopped early", "实际输入量；提前停止输注时亦同"),
)  # fmt: skip
PRODUCT = infusion.product("RTX", "RX", GIVEN_ONLY)
PREMEDICATION = premedication.premedication("RTX", "RX", GIVEN_ONLY)
COURSE = infusion.course("RTX", "RX", GIVEN_ONLY)
START = COURSE[0]
RATES, RATE_ITEMS = infusion.rates("RTX", "RX", "rituximab_rate")
SIGNS, SIGN_ITEMS = infusion.signs("RTX", "RX", "rituximab_vital_signs")
PLAN_ITEMS, GIVEN_ITEMS = (MEASURED_TODAY, WEIGHT, BSA, PROTOCOL_DOSE), (DOSE, *PRODUCT)
DECISION = (GIVEN, REASON, REASON_OTHER)
ITEMS = (*DECISION, *PLAN_ITEMS, *GIVEN_ITEMS, *PREMEDICATION, *COURSE)

BSA_USED = MethodDef(
    "M.RTX.BSA_USED", "rtx_bsa_used",
    text("Body surface for the dose", "计算剂量的体表面积"),
    "bsa_mosteller if rtx_measured_today else rtx_bsa", "decimal", M2, 3,
    description=text("Mosteller at this visit, or the body surface written on the order.", "本次访视Mosteller公式结果，或医嘱所写体表面积。"),
)  # fmt: skip
PLANNED = MethodDef(
    "M.RTX.PLANNED", "rtx_planned_dose",
    text("Planned dose", "计划剂量"),
    "rtx_bsa_used * rtx_mg_m2", "decimal", MG, 1,
    description=text("Body surface × protocol dose.", "体表面积×方案剂量。"),
)  # fmt: skip
PER_M2 = MethodDef(
    "M.RTX.PER_M2", "rtx_dose_per_m2",
    text("Dose given per body surface", "单位体表面积实际剂量"),
    "rtx_dose / rtx_bsa_used", "decimal", MG_M2, 1,
    description=text("Dose given / body surface.", "实际剂量/体表面积。"),
)  # fmt: skip
DIFFERENCE = MethodDef(
    "M.RTX.DIFFERENCE", "rtx_dose_difference",
    text("Difference from the planned dose", "与计划剂量之差"),
    "(rtx_dose - rtx_planned_dose) * 100 / rtx_planned_dose", "decimal", PERCENT, 1,
    description=text("Percent of the planned dose; within ±10 % is as planned.", "占计划剂量的百分比；±10%以内视为符合计划。"),
)  # fmt: skip
DURATION = infusion.duration("RTX")
GIVEN_ON = MethodDef(
    "M.RTX.GIVEN_ON", "rtx_given_on",
    text("Rituximab given on", "利妥昔单抗给药日期"),
    "visit_date if rtx_given else None", "text",
    description=text("Visit date where rituximab was given; belimumab is counted from the last one.", "给予利妥昔单抗的访视日期；贝利尤单抗自末次给药日期起计算。"),
)  # fmt: skip

NOT_ON_DAY_0 = Reason(
    f"event == '{b_cell_rule.VISITS[0]}' and not still_eligible",
    text("Not eligible any more on day 0: no dose", "第0天已不符合入选标准：不给药"),
)

CHECKS = (
    EditCheck(
        "EC.RTX.001", (DOSE.oid,), "abs(rtx_dose - rtx_planned_dose) * 10 <= rtx_planned_dose", "Soft",
        text(
            "The dose differs by {1} % from body surface × protocol dose ({0} mg), more than 10 %. Check dose, weight and height.",
            "实际剂量与“体表面积×方案剂量”（{0} mg）相差{1}%，超过10%。请核对剂量、体重和身高。",
        ),
        ("rtx_planned_dose", "rtx_dose_difference"),
    ),
    EditCheck(
        "EC.RTX.002", (WEIGHT.oid,), "abs(rtx_weight - weight) * 10 <= weight", "Soft",
        text("Today’s weight ({0} kg) differs by more than 10 % from the one used. The dose is worked out anew.", "本次体重（{0} kg）与所用体重相差超过10%。应重新计算剂量。"),
        ("weight",),
    ),
    EditCheck(
        "EC.RTX.003", (BSA.oid,), "abs(rtx_bsa - bsa_mosteller) * 10 <= bsa_mosteller", "Soft",
        text("The body surface used differs by more than 10 % from that of this visit ({0} m²).", "所用体表面积与本次访视结果（{0} m²）相差超过10%。"),
        ("bsa_mosteller",),
    ),
    EditCheck(
        "EC.RTX.004", (GIVEN.oid,), "not rtx_given or rtx_rule != 'STOP'", "Soft",
        text(
            "The B-cell rule is met: rituximab is complete. A further dose is a deviation.",
            "已达到B细胞标准，利妥昔单抗疗程已完成。再次给药属方案偏离。",
        ),
    ),
    EditCheck(
        "EC.RTX.005", (REASON.oid,), "rtx_not_given_reason != 'BCELL' or rtx_rule != 'GIVE'", "Soft",
        text("The B-cell rule is not met before this dose. Check the B cells or the reason.", "本次给药前未达到B细胞标准。请核对B细胞结果或原因。"),
    ),
    EditCheck(
        "EC.RTX.006", (START.oid,), "minutes(bcell_sample_time, rtx_start) >= 0", "Soft",
        text("The sample for B cells of this visit ({0}) lies after the start of the infusion.", "本次访视的B细胞采血时间（{0}）晚于输注开始。"),
        ("bcell_sample_time",),
    ),
    *infusion.checks("RTX", 7, COURSE),
    *premedication.checks("RTX", 11, PREMEDICATION, START),
    EditCheck(
        "EC.RTX.014", (GIVEN.oid,), "not rtx_given or (preg_result if known(preg_result) else previous('preg_result')) == 'NEG'", "Soft",
        text(
            "The last pregnancy test is not negative: no dose. Repeat the test and record why none is given.",
            "最近一次妊娠试验非阴性：不得给药。请复查，并记录未给药原因。",
        ),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.RTX",
        text("Rituximab", "利妥昔单抗"),
        text("Rituximab", "利妥昔单抗"),
        text("2 to 4 weekly doses until B cells are below 0.5 % or below 20 ×10⁶/L", "每周1次，共2–4次，至B细胞低于0.5%或低于20 ×10⁶/L"),
        ("IG.RTX", RATES.oid, SIGNS.oid),
        Layout(
            (
                DerivedCard(
                    (b_cell_rule.VERDICT.oid, b_cell_rule.BEFORE.oid),
                    text("B-cell rule", "B细胞标准"),
                ),
                FieldCard(tuple(i.oid for i in DECISION), text("This dose", "本次给药"), columns=3),
                FieldCard(tuple(i.oid for i in PLAN_ITEMS), text("Planned dose", "计划剂量"), columns=2),
                DerivedCard((BSA_USED.oid, PLANNED.oid)),
                premedication.card(
                    PREMEDICATION,
                    text("Antipyretic, antihistamine and methylprednisolone before each infusion", "每次输注前给予解热药、抗组胺药和甲泼尼龙"),
                ),
                infusion.card(COURSE, GIVEN_ITEMS),
                DerivedCard((DURATION.oid, PER_M2.oid, DIFFERENCE.oid)),
                infusion.rate_table(RATES),
                RepeatTable(
                    SIGNS.oid, text("Vital signs during the infusion", "输注期间生命体征"),
                    add=text("Add a measurement", "添加一次测量"),
                ),
            )
        ),
        (
            b_cell_rule.VERDICT.oid, b_cell_rule.BEFORE.oid, BSA_USED.oid, PLANNED.oid, PER_M2.oid, DIFFERENCE.oid,
            DURATION.oid, GIVEN_ON.oid,
        ),
        not_needed=(NOT_ON_DAY_0, *b_cell_rule.complete()),
    ),
    ITEMS,
    (b_cell_rule.VERDICT, b_cell_rule.BEFORE, BSA_USED, PLANNED, PER_M2, DIFFERENCE, DURATION, GIVEN_ON),
    CHECKS,
    (WHY_NOT, b_cell_rule.VERDICTS),
    table="rituximab",
    rows=(RATES, SIGNS),
    row_items=(*RATE_ITEMS, *SIGN_ITEMS),
)  # fmt: skip
