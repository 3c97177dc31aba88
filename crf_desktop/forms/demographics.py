"""Demographics: what scores and reference ranges need, and nothing that names a person (REQ-47)."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import YEAR, answers, text
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import FieldCard, Layout

SEX = answers("CL.SEX", ("F", "Female", "女"), ("M", "Male", "男"))
ETHNICITY = answers("CL.ETHNICITY", ("HAN", "Han", "汉族"), ("OTHER", "Other", "其他民族"))

SEX_ITEM = ItemDef(
    "I.DEMO.SEX", "sex", "SEX", "code",
    text("Sex", "性别"),
    text("Sex", "性别"),
    code_list=SEX.oid,
)  # fmt: skip
BIRTH_DATE = ItemDef(
    "I.DEMO.BIRTH_DATE", "birth_date", "BRTHDTC", "date",
    text("Date of birth", "出生日期"),
    text("Date of birth", "出生日期"),
    text(
        "The full date is needed for the age. If only part of it is known, enter that part (2014-05, 2014).",
        "计算年龄需要完整日期。仅知部分时，请填写已知部分（2014-05、2014）。",
    ),
    length=10,
)  # fmt: skip
ETHNIC = ItemDef(
    "I.DEMO.ETHNICITY", "ethnicity", "ETHNIC", "code",
    text("Ethnic group", "民族"),
    text("Ethnic group", "民族"),
    code_list=ETHNICITY.oid,
)  # fmt: skip
ETHNIC_OTHER = ItemDef(
    "I.DEMO.ETHNICITY_OTHER", "ethnicity_other", "ETHNICOT", "text",
    text("Which other ethnic group?", "其他民族，请注明"),
    text("Other ethnic group", "其他民族"),
    length=40,
    relevant="known(ethnicity) and ethnicity == 'OTHER'",
)  # fmt: skip
FIRST_SYMPTOM = ItemDef(
    "I.DEMO.FIRST_SYMPTOM_DATE", "first_symptom_date", "SYMPDTC", "date",
    text("Date of the first symptom of Sjögren’s", "干燥综合征首发症状日期"),
    text("First symptom", "首发症状日期"),
    text(
        "First symptom in hindsight: dryness, parotid swelling, fever, rash, joint or other. Year or month and year is enough.",
        "回顾判断的首发症状：口眼干、腮腺肿大、发热、皮疹、关节或其他。可只填年或年月。",
    ),
    length=10,
)  # fmt: skip
DIAGNOSIS = ItemDef(
    "I.DEMO.DIAGNOSIS_DATE", "diagnosis_date", "DIAGDTC", "date",
    text("Date of the diagnosis of primary Sjögren’s", "原发性干燥综合征确诊日期"),
    text("Diagnosis", "确诊日期"),
    text("Date on which a physician first made the diagnosis.", "医师首次作出诊断的日期。"),
    length=10,
)  # fmt: skip

AGE = MethodDef(
    "M.DEMO.AGE", "age_years",
    text("Age at the visit", "访视时年龄"),
    "years(birth_date, visit_date)", "integer", YEAR,
    description=text("Completed years on the visit date.", "访视日期的周岁年龄。"),
)  # fmt: skip
AGE_AT_CONSENT = MethodDef(
    "M.DEMO.AGE_AT_CONSENT", "age_at_consent_years",
    text("Age at consent", "知情同意时年龄"),
    "years(birth_date, consent_time)", "integer", YEAR,
    description=text(
        "Completed years on the day of consent; decides eligibility (5 to 18 included).",
        "知情同意当日周岁年龄；用于判断是否符合入选年龄（5–18周岁，含两端）。",
    ),
)  # fmt: skip
AGE_AT_ONSET = MethodDef(
    "M.DEMO.AGE_AT_ONSET", "age_at_onset_years",
    text("Age at onset", "起病年龄"),
    "years(birth_date, first_symptom_date)", "integer", YEAR,
    description=text(
        "Completed years on the date of the first symptom; from a partial date only where it leaves no doubt.",
        "首发症状日期的周岁年龄；日期不完整时，仅在结果唯一时给出。",
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.DEMO.001", (BIRTH_DATE.oid,), "not before(visit_date, birth_date)", "Hard",
        text("The date of birth lies after the visit date.", "出生日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.DEMO.002", (BIRTH_DATE.oid,), "age_at_consent_years >= 5 and age_at_consent_years <= 18", "Soft",
        text(
            "The trial includes ages 5 to 18 in completed years at consent; the date of birth gives {0}. Check it.",
            "本研究纳入知情同意时5–18周岁的受试者；按出生日期为{0}周岁。请核对。",
        ),
        ("age_at_consent_years",),
    ),
    EditCheck(
        "EC.DEMO.003", (BIRTH_DATE.oid, FIRST_SYMPTOM.oid), "not before(first_symptom_date, birth_date)", "Hard",
        text("The first symptom lies before the date of birth.", "首发症状日期早于出生日期。"),
    ),
    EditCheck(
        "EC.DEMO.004", (FIRST_SYMPTOM.oid,), "not before(visit_date, first_symptom_date)", "Hard",
        text("The first symptom lies after the visit date.", "首发症状日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.DEMO.005", (FIRST_SYMPTOM.oid, DIAGNOSIS.oid), "not before(diagnosis_date, first_symptom_date)", "Soft",
        text("The diagnosis lies before the first symptom. Check both dates.", "确诊日期早于首发症状日期。请核对两个日期。"),
    ),
    EditCheck(
        "EC.DEMO.006", (DIAGNOSIS.oid,), "not before(visit_date, diagnosis_date)", "Soft",
        text("The diagnosis lies after the visit date. Check it, unless it was made during screening.", "确诊日期晚于访视日期。如非筛选期内确诊，请核对。"),
    ),
    EditCheck(
        "EC.DEMO.007", (BIRTH_DATE.oid, DIAGNOSIS.oid), "not before(diagnosis_date, birth_date)", "Hard",
        text("The diagnosis lies before the date of birth.", "确诊日期早于出生日期。"),
    ),
    EditCheck(
        "EC.DEMO.008", (BIRTH_DATE.oid, "I.CONSENT.AGE"), "age_at_consent_years == consent_age", "Soft",
        text(
            "The date of birth gives another age at consent: {0} years. The age decides who must sign; correct the one that is wrong.",
            "按出生日期计算，知情同意时为{0}周岁，与所填不符。年龄决定应由谁签署，请更正有误的一项。",
        ),
        ("age_at_consent_years",),
    ),
)  # fmt: skip

ITEMS = (SEX_ITEM, BIRTH_DATE, ETHNIC, ETHNIC_OTHER, FIRST_SYMPTOM, DIAGNOSIS)

PAGE = page(
    FormDef(
        "F.DEMO",
        text("Demographics", "人口学资料"),
        text("Demographics", "人口学"),
        text("No name, initials, hospital number or address on this page", "本页不填写姓名、姓名缩写、住院号或住址"),
        ("IG.DEMO",),
        Layout(
            (
                FieldCard((SEX_ITEM.oid, BIRTH_DATE.oid, ETHNIC.oid, ETHNIC_OTHER.oid), text("Participant", "受试者"), columns=2),
                FieldCard((FIRST_SYMPTOM.oid, DIAGNOSIS.oid), text("Onset and diagnosis", "起病与诊断"), columns=2),
            )
        ),
        (AGE.oid, AGE_AT_CONSENT.oid, AGE_AT_ONSET.oid),
    ),
    ITEMS,
    (AGE, AGE_AT_CONSENT, AGE_AT_ONSET),
    CHECKS,
    (SEX, ETHNICITY),
    table="demographics",
)
