"""Vital signs, height, weight and what is worked out from them: body surface, body mass index, change of weight.

Body surface: Mosteller 1987, N Engl J Med 317:1098 (used for doses); Haycock 1978, J Pediatr 93:62 (shown).
"""

from __future__ import annotations

from crf_desktop.forms.measurement import card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import CELSIUS, CM, KG, KG_M2, M2, MMHG, PER_MIN, PERCENT, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

TIME = ItemDef(
    "I.VITALS.TIME", "vitals_time", "VSTIM", "time",
    text("Time of measurement", "测量时间"), text("Measured at", "测量时间"),
    text("Before the infusion", "输注之前"), length=5,
)  # fmt: skip
HEIGHT = number(
    "I.VITALS.HEIGHT", "height", "HEIGHT",
    text("Height", "身高"), text("Height", "身高"),
    (CM,), limits(("70", "220"), ("95", "190"), text("Height", "身高"), "cm"), digits=1,
    hint=text("Without shoes, to 0.1 cm", "脱鞋，精确到0.1 cm"),
)  # fmt: skip
WEIGHT = number(
    "I.VITALS.WEIGHT", "weight", "WEIGHT",
    text("Weight", "体重"), text("Weight", "体重"),
    (KG,), limits(("8", "200"), ("13", "100"), text("Weight", "体重"), "kg"), digits=2,
    hint=text("Light clothes; on every infusion day", "着轻便衣物；每个输注日均测量"),
)  # fmt: skip
TEMPERATURE = number(
    "I.VITALS.TEMPERATURE", "temperature", "TEMP",
    text("Body temperature", "体温"), text("Temperature", "体温"),
    (CELSIUS,), limits(("32", "43"), ("35.5", "37.9"), text("Temperature", "体温"), "°C"), digits=1, previous=False,
)  # fmt: skip
PULSE = number(
    "I.VITALS.PULSE", "pulse", "PULSE",
    text("Pulse", "脉搏"), text("Pulse", "脉搏"),
    (PER_MIN,), limits(("20", "260"), ("50", "130"), text("Pulse", "脉搏"), "/min"), data_type="integer",
    hint=text("Resting", "静息状态"),
)  # fmt: skip
RESPIRATION = number(
    "I.VITALS.RESPIRATION", "respiratory_rate", "RESP",
    text("Respiratory rate", "呼吸频率"), text("Respiratory rate", "呼吸频率"),
    (PER_MIN,), limits(("5", "100"), ("12", "30"), text("Respiratory rate", "呼吸频率"), "/min"), data_type="integer",
)  # fmt: skip
SYSTOLIC = number(
    "I.VITALS.SYSTOLIC", "sbp", "SYSBP",
    text("Systolic blood pressure", "收缩压"), text("Systolic", "收缩压"),
    (MMHG,), limits(("40", "260"), ("80", "140"), text("Systolic pressure", "收缩压"), "mmHg"), data_type="integer",
    hint=text("Sitting, after 5 min of rest", "坐位，休息5分钟后"),
)  # fmt: skip
DIASTOLIC = number(
    "I.VITALS.DIASTOLIC", "dbp", "DIABP",
    text("Diastolic blood pressure", "舒张压"), text("Diastolic", "舒张压"),
    (MMHG,), limits(("20", "180"), ("40", "90"), text("Diastolic pressure", "舒张压"), "mmHg"), data_type="integer",
)  # fmt: skip
POST_MENARCHE = yes_no(
    "I.VITALS.POST_MENARCHE", "post_menarche", "MENARCHE",
    text("Has she had her first period?", "是否已有月经初潮？"),
    text("First period has come", "已有月经初潮"),
    hint=text("Asked at every visit until yes. From then on a pregnancy test is due.", "每次访视询问，直至回答“是”；此后需行妊娠试验。"),
    relevant="known(sex) and sex == 'F' and not (known(event) and event == 'SE.SCR') and not (known(previous('post_menarche')) and previous('post_menarche'))"
    " and not (known(previous('menarche')) and previous('menarche'))",
)  # fmt: skip
BODY = (TIME, HEIGHT, WEIGHT)
SIGNS = (TEMPERATURE, PULSE, RESPIRATION, SYSTOLIC, DIASTOLIC)
ITEMS = (*BODY, *SIGNS, POST_MENARCHE)

MOSTELLER = MethodDef(
    "M.VITALS.BSA_MOSTELLER", "bsa_mosteller",
    text("Body surface (Mosteller)", "体表面积（Mosteller）"),
    "sqrt(height * weight / 3600)", "decimal", M2, 3,
    description=text("√(cm × kg / 3600), Mosteller 1987; the one that doses are worked out from.", "√（cm×kg/3600），Mosteller 1987；给药剂量以此计算。"),
)  # fmt: skip
HAYCOCK = MethodDef(
    "M.VITALS.BSA_HAYCOCK", "bsa_haycock",
    text("Body surface (Haycock)", "体表面积（Haycock）"),
    "0.024265 * power(height, 0.3964) * power(weight, 0.5378)", "decimal", M2, 3,
    description=text("0.024265 × height to the power 0.3964 × weight to the power 0.5378, Haycock 1978; shown only.", "0.024265×身高的0.3964次方×体重的0.5378次方，Haycock 1978；仅供参考。"),
)  # fmt: skip
BMI = MethodDef(
    "M.VITALS.BMI", "bmi",
    text("Body mass index", "体重指数（BMI）"),
    "weight * 10000 / (height * height)", "decimal", KG_M2, 1,
    description=text("Weight in kg over the square of the height in m.", "体重（kg）除以身高（m）的平方。"),
)  # fmt: skip
CHANGE = MethodDef(
    "M.VITALS.WEIGHT_CHANGE", "weight_change_pct",
    text("Weight change since last visit", "较上次访视体重变化"),
    "(weight - previous('weight')) * 100 / previous('weight')", "decimal", PERCENT, 1,
    description=text("In per cent of the weight at the last visit where it is known.", "占上次（已知）访视体重的百分比。"),
)  # fmt: skip
DOSED = MethodDef(
    "M.VITALS.DOSED_WEIGHT", "dosed_weight",
    text("Weight from which the dose of this visit was worked out", "本次给药所依据的体重"),
    "bel_weight_used if known(bel_given) and bel_given else ("
    "(weight if rtx_measured_today else rtx_weight) if known(rtx_given) and rtx_given else None)", "decimal", KG, 2,
    description=text("Unknown where neither drug was given; the next visits are compared with it.", "未给药时为未知；以后访视与之比较。"),
)  # fmt: skip
MENARCHE = MethodDef(
    "M.VITALS.MENARCHE", "menarche_reached",
    text("After menarche", "已初潮"),
    "post_menarche if known(post_menarche) else True if known(latest('menarche')) and latest('menarche') else"
    " previous('post_menarche') if known(previous('post_menarche')) else latest('menarche')", "boolean", code_list="CL.YES_NO",
    description=text("As answered at this visit, else in the history, else at the last visit before it.", "以本次访视回答为准，否则取病史页，再取之前最近一次回答。"),
)  # fmt: skip
METHODS = (MOSTELLER, HAYCOCK, BMI, CHANGE)
_DOSED = "(previous('dosed_weight') if known(previous('dosed_weight')) else first('weight'))"

CHECKS = (
    EditCheck(
        "EC.VITALS.001", (WEIGHT.oid,), "abs(weight_change_pct) <= 10", "Soft",
        text(
            "Weight has changed by {0} % since the last visit ({1} kg then). Check the number; if it is right, work out the dose anew.",
            "体重较上次访视（{1} kg）变化{0}%。请核对数值；如无误，请重新计算给药剂量。",
        ),
        ("weight_change_pct", "previous('weight')"),
    ),
    EditCheck(
        "EC.VITALS.002", (WEIGHT.oid,), f"abs(weight - {_DOSED}) * 10 <= {_DOSED} or abs(weight_change_pct) > 10", "Soft",
        text(
            "Weight differs by more than 10 % from the {0} kg of the last dose (or of screening). Work out the dose anew.",
            "体重与末次给药（或筛选）时的{0} kg相差超过10%。请重新计算给药剂量。",
        ),
        (_DOSED,),
    ),
    EditCheck(
        "EC.VITALS.003", (HEIGHT.oid,), "height >= previous('height') - 0.5", "Soft",
        text("Height is {0} cm less than at the last visit ({1} cm). Measure again.", "身高较上次访视（{1} cm）降低{0} cm。请重新测量。"),
        ("previous('height') - height", "previous('height')"),
    ),
    EditCheck(
        "EC.VITALS.004", (SYSTOLIC.oid, DIASTOLIC.oid), "sbp > dbp", "Hard",
        text("The diastolic pressure must lie below the systolic.", "舒张压应低于收缩压。"),
    ),
    EditCheck(
        "EC.VITALS.005", (HEIGHT.oid, WEIGHT.oid), "bmi >= 10 and bmi <= 45", "Soft",
        text(
            "A body mass index of {0} kg/m² is unusual. Check height and weight.",
            "体重指数{0} kg/m²少见。请核对身高和体重。",
        ),
        ("bmi",),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.VITALS",
        text("Vital signs and body size", "生命体征和身高体重"),
        text("Vital signs", "生命体征"),
        text("Before the infusion; height and weight anew on every infusion day", "输注之前；每个输注日重新测量身高、体重"),
        ("IG.VITALS",),
        Layout(
            (
                card(BODY, text("Body size", "身高体重"), 3),
                DerivedCard(
                    tuple(m.oid for m in METHODS),
                    text("Worked out", "计算结果"),
                    text("Doses are worked out from the body surface after Mosteller.", "给药剂量按Mosteller体表面积计算。"),
                ),
                card(SIGNS, text("Vital signs", "生命体征"), 3),
                FieldCard((POST_MENARCHE.oid,)),
            )
        ),
        (*(m.oid for m in METHODS), DOSED.oid, MENARCHE.oid),
    ),
    ITEMS,
    (*METHODS, DOSED, MENARCHE),
    CHECKS,
    table="vital_signs",
)
