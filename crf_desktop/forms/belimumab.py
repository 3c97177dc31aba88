"""Belimumab: 10 mg/kg every 4 weeks without loading doses, planned and given dose, course (decisions A15, A16, A18)."""

from __future__ import annotations

from crf_desktop.forms import infusion, premedication
from crf_desktop.forms.measurement import limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, only_if, words
from crf_desktop.forms.vocabulary import KG, MG, MG_KG, PERCENT, answers, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

GIVEN_ONLY = "bel_given"

WHY_NOT = answers(
    "CL.BEL_NOT_GIVEN",
    ("INFECTION", "Infection", "感染"),
    ("LABORATORY", "Laboratory value", "实验室指标异常"),
    ("REACTION", "Reaction to an earlier infusion", "既往输注反应"),
    ("MOOD", "Mood or thoughts of suicide", "情绪问题或自杀意念"),
    ("PREGNANCY", "Pregnancy", "妊娠"),
    ("DECLINED", "Participant or guardian declined", "受试者或监护人拒绝"),
    ("STOPPED", "Treatment stopped", "终止治疗"),
    ("OTHER", "Other reason", "其他原因"),
)

GIVEN = yes_no("I.BEL.GIVEN", "bel_given", "BLGIVEN", text("Belimumab given at this visit?", "本次访视是否给予贝利尤单抗？"), text("Belimumab given", "已给予贝利尤单抗"))
REASON = choice(
    "I.BEL.NOT_GIVEN_REASON", "bel_not_given_reason", "BLNOREAS",
    text("Why was no belimumab given?", "未给予贝利尤单抗的原因"), text("Reason not given", "未给药原因"), WHY_NOT,
    relevant=only_if("not bel_given", "bel_given"),
)  # fmt: skip
REASON_OTHER = words(
    "I.BEL.NOT_GIVEN_OTHER", "bel_not_given_other", "BLNOOTH",
    text("Which other reason?", "其他原因，请注明"), text("Other reason", "其他原因"),
    relevant=only_if("bel_not_given_reason == 'OTHER'", "bel_not_given_reason"), length=120,
)  # fmt: skip
MEASURED_TODAY = yes_no(
    "I.BEL.MEASURED_TODAY", "bel_measured_today", "BLTODAY",
    text("Dose worked out from the weight of this visit?", "剂量是否按本次访视的体重计算？"),
    text("Dose from today’s weight", "按本次体重计算"),
    hint=text("Measured again on each infusion day", "每次输注日重新测量"),
    relevant=GIVEN_ONLY,
)  # fmt: skip
WEIGHT = number(
    "I.BEL.WEIGHT", "bel_weight", "BLWEIGHT",
    text("Weight the dose was worked out from", "计算剂量所用体重"), text("Weight used", "所用体重"),
    (KG,), limits(("8", "200"), ("13", "100"), text("Weight", "体重"), "kg"),
    relevant="known(bel_measured_today) and not bel_measured_today", previous=False,
)  # fmt: skip
PROTOCOL_DOSE = number(
    "I.BEL.PROTOCOL_DOSE", "bel_mg_kg", "BLMGKG",
    text("Dose per body weight in force", "方案规定的单位体重剂量"), text("Protocol dose", "方案剂量"), (MG_KG,),
    (
        *between("1", "20", "Hard", text("The dose per body weight lies within 1–20 mg/kg.", "单位体重剂量应在1–20 mg/kg之间。")),
        *between("10", "10", "Soft", text("The proposed dose is 10 mg/kg. Another one needs its reason.", "建议剂量为10 mg/kg。采用其他剂量须说明理由。")),
    ),
    digits=1, relevant=GIVEN_ONLY, previous=False, hint=text("Proposed: 10 mg/kg every 4 weeks", "建议：10 mg/kg，每4周一次"),
)  # fmt: skip
DOSE = number(
    "I.BEL.DOSE", "bel_dose", "BLDOSE",
    text("Belimumab given", "贝利尤单抗实际给药剂量"), text("Dose given", "实际剂量"),
    (MG,), limits(("1", "2000"), ("100", "1000"), text("The dose", "剂量"), "mg"),
    digits=1, relevant=GIVEN_ONLY, previous=False, hint=text("What ran in, also if the infusion was stopped early", "实际输入量；提前停止输注时亦同"),
)  # fmt: skip
PRODUCT = infusion.product("BEL", "BL", GIVEN_ONLY)
PREMEDICATION = premedication.premedication("BEL", "BL", GIVEN_ONLY)
COURSE = infusion.course("BEL", "BL", GIVEN_ONLY)
START, STOP = COURSE[:2]
RATES, RATE_ITEMS = infusion.rates("BEL", "BL", "belimumab_rate")
DECISION = (GIVEN, REASON, REASON_OTHER)
PLAN_ITEMS, GIVEN_ITEMS = (MEASURED_TODAY, WEIGHT, PROTOCOL_DOSE), (DOSE, *PRODUCT)
ITEMS = (*DECISION, *PLAN_ITEMS, *GIVEN_ITEMS, *PREMEDICATION, *COURSE)

WEIGHT_USED = MethodDef(
    "M.BEL.WEIGHT_USED", "bel_weight_used",
    text("Weight for the dose", "计算剂量的体重"),
    "weight if bel_measured_today else bel_weight", "decimal", KG, 2,
    description=text("Weight at this visit, or the weight written on the order.", "本次访视体重，或医嘱所写体重。"),
)  # fmt: skip
PLANNED = MethodDef(
    "M.BEL.PLANNED", "bel_planned_dose",
    text("Planned dose", "计划剂量"),
    "bel_weight_used * bel_mg_kg", "decimal", MG, 1,
    description=text("Weight × protocol dose.", "体重×方案剂量。"),
)  # fmt: skip
PER_KG = MethodDef(
    "M.BEL.PER_KG", "bel_dose_per_kg",
    text("Dose given per body weight", "单位体重实际剂量"),
    "bel_dose / bel_weight_used", "decimal", MG_KG, 2,
    description=text("Dose given / weight.", "实际剂量/体重。"),
)  # fmt: skip
DIFFERENCE = MethodDef(
    "M.BEL.DIFFERENCE", "bel_dose_difference",
    text("Difference from the planned dose", "与计划剂量之差"),
    "(bel_dose - bel_planned_dose) * 100 / bel_planned_dose", "decimal", PERCENT, 1,
    description=text("Percent of the planned dose; within ±10 % is as planned.", "占计划剂量的百分比；±10%以内视为符合计划。"),
)  # fmt: skip
DURATION = infusion.duration("BEL")
GIVEN_ON = MethodDef(
    "M.BEL.GIVEN_ON", "bel_given_on",
    text("Belimumab given on", "贝利尤单抗给药日期"),
    "visit_date if bel_given else None", "text",
    description=text("Visit date where belimumab was given; week 28 is not before the day after the last one.", "给予贝利尤单抗的访视日期；第28周访视不早于末次给药次日。"),
)  # fmt: skip
DEPLETED = MethodDef(
    "M.BEL.DEPLETED", "depleted_after_last",
    text("B cells depleted before belimumab 1", "贝利尤单抗第1次前B细胞已清除"),
    "at('SE.BEL1', 'b_depleted')", "boolean", code_list="CL.YES_NO",
    description=text(
        "Sample of belimumab 1, after the last rituximab. Not depleted after 4 doses: belimumab follows all the same, flagged.",
        "末次利妥昔单抗之后、贝利尤单抗第1次访视的标本。4次给药后仍未清除者，照常给予贝利尤单抗并标记。",
    ),
    reasons=(
        Reason(
            "not at('SE.BEL1', 'b_depleted')",
            text("Not depleted after the last rituximab; belimumab follows all the same", "末次利妥昔单抗后B细胞未清除；照常给予贝利尤单抗"),
        ),
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.BEL.001", (DOSE.oid,), "abs(bel_dose - bel_planned_dose) * 10 <= bel_planned_dose", "Soft",
        text(
            "The dose differs by {1} % from weight × protocol dose ({0} mg), more than 10 %. Check dose and weight.",
            "实际剂量与“体重×方案剂量”（{0} mg）相差{1}%，超过10%。请核对剂量和体重。",
        ),
        ("bel_planned_dose", "bel_dose_difference"),
    ),
    EditCheck(
        "EC.BEL.002", (WEIGHT.oid,), "abs(bel_weight - weight) * 10 <= weight", "Soft",
        text("Today’s weight ({0} kg) differs by more than 10 % from the one used. The dose is worked out anew.", "本次体重（{0} kg）与所用体重相差超过10%。应重新计算剂量。"),
        ("weight",),
    ),
    EditCheck(
        "EC.BEL.003", (STOP.oid,), "bel_duration >= 60", "Soft",
        text("Belimumab runs over 1 h. This infusion took {0} min.", "贝利尤单抗应输注1 h。本次输注{0}分钟。"),
        ("bel_duration",),
    ),
    EditCheck(
        "EC.BEL.004", (GIVEN.oid,), "not bel_given or days(max_all('rtx_given_on'), visit_date) >= 25", "Soft",
        text(
            "The last rituximab lies {0} days back, less than 25. Belimumab begins 28 days after it (±3).",
            "距末次利妥昔单抗{0}天，不足25天。贝利尤单抗应于其后28天（±3天）开始。",
        ),
        ("days(max_all('rtx_given_on'), visit_date)",),
    ),
    EditCheck(
        "EC.BEL.005", (GIVEN.oid,), "not bel_given or days(event_date('SE.W0'), visit_date) < 196", "Soft",
        text("Day {0}: the last belimumab lies before week 28, day 196.", "本次为第{0}天：末次贝利尤单抗应在第28周（第196天）之前。"),
        ("days(event_date('SE.W0'), visit_date)",),
    ),
    *infusion.checks("BEL", 6, COURSE),
    *premedication.checks("BEL", 10, PREMEDICATION, START),
    EditCheck(
        "EC.BEL.013", (GIVEN.oid,), "not bel_given or (preg_result if known(preg_result) else previous('preg_result')) == 'NEG'", "Soft",
        text(
            "The last pregnancy test is not negative: no dose. Repeat the test and record why none is given.",
            "最近一次妊娠试验非阴性：不得给药。请复查，并记录未给药原因。",
        ),
    ),
)  # fmt: skip
METHODS = (WEIGHT_USED, PLANNED, PER_KG, DIFFERENCE, DURATION, GIVEN_ON, DEPLETED)

PAGE = page(
    FormDef(
        "F.BEL",
        text("Belimumab", "贝利尤单抗"),
        text("Belimumab", "贝利尤单抗"),
        text("10 mg/kg over 1 h, every 4 weeks, no loading doses", "10 mg/kg，输注1 h，每4周一次，无负荷剂量"),
        ("IG.BEL", RATES.oid),
        Layout(
            (
                DerivedCard((DEPLETED.oid,)),
                FieldCard(tuple(i.oid for i in DECISION), text("This dose", "本次给药"), columns=3),
                FieldCard(tuple(i.oid for i in PLAN_ITEMS), text("Planned dose", "计划剂量"), columns=2),
                DerivedCard((WEIGHT_USED.oid, PLANNED.oid)),
                premedication.card(
                    PREMEDICATION, text("Considered; not always needed", "酌情给予，并非必需")
                ),
                infusion.card(COURSE, GIVEN_ITEMS),
                DerivedCard((DURATION.oid, PER_KG.oid, DIFFERENCE.oid)),
                infusion.rate_table(RATES),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    ITEMS,
    METHODS,
    CHECKS,
    (WHY_NOT,),
    table="belimumab",
    rows=(RATES,),
    row_items=RATE_ITEMS,
)  # fmt: skip
