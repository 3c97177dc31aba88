"""Consent and assent: who must sign follows from the age (China GCP 2020, article 23; Civil Code, article 19)."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import YEAR, answers, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout

ASSENT_AGE, ADULT_AGE = 8, 18
"""From 8 years a child signs an assent, from 18 the participant alone consents."""

CHILD = f"known(consent_age) and consent_age < {ADULT_AGE}"
_YOUNG = f"known(consent_age) and consent_age < {ASSENT_AGE}"
_ASSENTING = f"known(consent_age) and consent_age >= {ASSENT_AGE} and consent_age < {ADULT_AGE}"
_ADULT = f"known(consent_age) and consent_age >= {ADULT_AGE}"

SIGNATORIES = answers(
    "CL.CONSENT.SIGNATORIES",
    ("GUARDIAN", "A guardian; the child is told", "监护人；并向患儿说明"),
    ("GUARDIAN_CHILD", "A guardian and the child", "监护人和患儿本人"),
    ("PARTICIPANT", "The participant alone", "受试者本人"),
)
GUARDIANS = answers("CL.CONSENT.GUARDIANS", ("ONE", "One guardian", "一名监护人"), ("BOTH", "Both guardians", "双方监护人"))
RELATIONSHIP = answers(
    "CL.CONSENT.RELATIONSHIP",
    ("MOTHER", "Mother", "母亲"), ("FATHER", "Father", "父亲"), ("OTHER", "Other legal guardian", "其他法定监护人"),
)  # fmt: skip
ONE_REASON = answers(
    "CL.CONSENT.ONE_REASON",
    ("ENOUGH", "One signature is enough for the ethics committee", "伦理委员会认可一方签字"),
    ("SOLE", "There is only one legal guardian", "仅有一名法定监护人"),
    ("UNREACHABLE", "The other guardian could not be reached", "无法联系另一名监护人"),
    ("OTHER", "Other reason", "其他原因"),
)

VERSION = ItemDef(
    "I.CONSENT.VERSION", "consent_version", "ICVER", "text",
    text("Version of the consent form, with its date", "知情同意书版本号及版本日期"),
    text("Version of the form", "知情同意书版本"),
    text("As printed on the form, with the approval of the ethics committee", "按伦理委员会批准的知情同意书所印填写"),
    length=40,
)  # fmt: skip
TIME = ItemDef(
    "I.CONSENT.TIME", "consent_time", "ICDTC", "datetime",
    text("Date and time at which the consent form was signed", "签署知情同意书的日期和时间"),
    text("Signed at", "签署时间"),
    text("The last signature that is needed; before any procedure of the study", "以最后一个必需签名为准；在任何研究操作之前"),
    length=25,
)  # fmt: skip
AGE = ItemDef(
    "I.CONSENT.AGE", "consent_age", "ICAGE", "integer",
    text("Age in completed years on the day of the signature", "签署当日的周岁年龄"),
    text("Age at consent", "签署时年龄"),
    text("Decides who must sign; compared with the date of birth later", "决定应由谁签署；之后与出生日期核对"),
    units=(YEAR,), length=2,
    range_checks=(
        *between("0", "99", "Hard", text("An age in completed years, 0–99.", "周岁年龄，0–99。")),
        *between("5", "18", "Soft", text("The trial includes ages 5 to 18 in completed years.", "本研究纳入5–18周岁受试者。")),
    ),
)  # fmt: skip
BEFORE = yes_no(
    "I.CONSENT.BEFORE_PROCEDURES", "consent_before_procedures", "ICBEFORE",
    text("Was the form signed before any procedure of the study?", "是否在任何研究操作之前签署？"),
    text("Before any procedure", "早于任何研究操作"),
)  # fmt: skip
EXPLAINED_BY = ItemDef(
    "I.CONSENT.EXPLAINED_BY", "consent_explained_by", "ICEXPBY", "text",
    text("Code on the delegation log of the person who explained the study", "执行知情同意者在授权分工表上的代码"),
    text("Explained by", "执行知情同意者代码"),
    text("Staff code, at most 10 characters", "工作人员代码，最多10个字符"),
    length=10,
)  # fmt: skip

GUARDIAN = yes_no(
    "I.CONSENT.GUARDIAN", "guardian_consent", "ICGUARD",
    text("Has a legal guardian signed and dated the consent form?", "法定监护人是否已签署知情同意书并注明日期？"),
    text("Guardian has signed", "监护人已签署"),
    relevant=CHILD,
)  # fmt: skip
_SIGNED = "known(guardian_consent) and guardian_consent"
HOW_MANY = ItemDef(
    "I.CONSENT.GUARDIANS", "guardians_signed", "ICGNUM", "code",
    text("Did one guardian sign or both?", "由一方还是双方监护人签署？"), text("Guardians who signed", "签署的监护人"),
    code_list=GUARDIANS.oid, relevant=_SIGNED,
)  # fmt: skip
FIRST_GUARDIAN = ItemDef(
    "I.CONSENT.RELATIONSHIP", "guardian_relationship", "ICGREL", "code",
    text("Relationship of the guardian who signed to the participant", "签署监护人与受试者的关系"), text("Relationship", "与受试者关系"),
    code_list=RELATIONSHIP.oid, relevant=_SIGNED,
)  # fmt: skip
SECOND_GUARDIAN = ItemDef(
    "I.CONSENT.RELATIONSHIP_2", "guardian_relationship_2", "ICGREL2", "code",
    text("Relationship of the second guardian who signed", "第二名签署监护人与受试者的关系"), text("Second guardian", "第二名监护人"),
    code_list=RELATIONSHIP.oid, relevant="known(guardians_signed) and guardians_signed == 'BOTH'",
)  # fmt: skip
WHY_ONE = ItemDef(
    "I.CONSENT.ONE_REASON", "guardian_one_reason", "ICGONE", "code",
    text("Why did only one guardian sign?", "为何仅一方监护人签署？"), text("Why only one", "仅一方的原因"),
    code_list=ONE_REASON.oid, relevant="known(guardians_signed) and guardians_signed == 'ONE'",
)  # fmt: skip

TOLD = yes_no(
    "I.CONSENT.EXPLAINED_TO_CHILD", "explained_to_child", "ICTOLD",
    text("Under 8 years: was the study explained to the child in words for its age?", "8周岁以下：是否已用适合其年龄的语言向患儿说明研究？"),
    text("Explained to the child", "已向患儿说明"),
    relevant=_YOUNG,
)  # fmt: skip
OBJECTS = yes_no(
    "I.CONSENT.CHILD_OBJECTS", "child_objects", "ICOBJECT",
    text("Under 8 years: does the child object to taking part?", "8周岁以下：患儿是否表示不愿参加？"),
    text("Child objects", "患儿不愿参加"),
    hint=text("An objection is respected: the child does not take part.", "尊重患儿意愿：不愿参加则不入组。"),
    relevant=_YOUNG,
)  # fmt: skip
ASSENT = yes_no(
    "I.CONSENT.ASSENT", "child_assent", "ICASSENT",
    text("From 8 years: has the child signed the written assent?", "8周岁及以上：患儿本人是否已签署儿童版知情同意书？"),
    text("Child has signed the assent", "患儿已签署"),
    relevant=_ASSENTING,
)  # fmt: skip
OWN = yes_no(
    "I.CONSENT.OWN", "own_consent", "ICOWN",
    text("From 18 years: has the participant signed and dated the consent form?", "18周岁及以上：受试者本人是否已签署知情同意书并注明日期？"),
    text("Participant has signed", "受试者已签署"),
    relevant=_ADULT,
)  # fmt: skip
_ASSENTED = "known(child_assent) and child_assent"
ASSENT_VERSION = ItemDef(
    "I.CONSENT.ASSENT_VERSION", "assent_version", "ICASVER", "text",
    text("Version of the assent form, with its date", "儿童版知情同意书版本号及版本日期"), text("Version of the assent", "儿童版版本"),
    length=40, relevant=_ASSENTED,
)  # fmt: skip
ASSENT_TIME = ItemDef(
    "I.CONSENT.ASSENT_TIME", "assent_time", "ICASDTC", "datetime",
    text("Date and time at which the child signed the assent", "患儿签署儿童版知情同意书的日期和时间"), text("Assent signed at", "患儿签署时间"),
    length=25, relevant=_ASSENTED,
)  # fmt: skip
WITNESS_NEEDED = yes_no(
    "I.CONSENT.WITNESS_NEEDED", "witness_needed", "ICWITN",
    text("Was a person who had to sign unable to read the form?", "应签署者是否有人无法阅读知情同意书？"),
    text("Witness needed", "需公正见证人"),
)  # fmt: skip
WITNESS = yes_no(
    "I.CONSENT.WITNESS", "witness_signed", "ICWITS",
    text("Has an impartial witness signed and dated the form?", "公正见证人是否已签署并注明日期？"),
    text("Witness has signed", "见证人已签署"),
    relevant="known(witness_needed) and witness_needed",
)  # fmt: skip
STAFF = yes_no(
    "I.CONSENT.STAFF_SIGNED", "consent_staff_signed", "ICSTAFF",
    text("Has the person who explained the study signed and dated the form?", "执行知情同意者是否已签署并注明日期？"),
    text("Staff member has signed", "执行知情同意者已签署"),
)  # fmt: skip
COPY = yes_no(
    "I.CONSENT.COPY", "consent_copy_given", "ICCOPY",
    text("Was a signed and dated copy given to the family or the participant?", "是否已将签署并注明日期的副本交给家属或受试者？"),
    text("Copy given", "已交付副本"),
)  # fmt: skip

REQUIRED = MethodDef(
    "M.CONSENT.SIGNATORIES", "consent_signatories",
    text("Who must sign", "应由谁签署"),
    f"'GUARDIAN' if consent_age < {ASSENT_AGE} else ('GUARDIAN_CHILD' if consent_age < {ADULT_AGE} else 'PARTICIPANT')",
    "code", code_list=SIGNATORIES.oid,
    description=text(
        "Under 8: a guardian, and the child’s objection is respected; 8 to 17: a guardian and the child; 18 and over: the participant.",
        "8周岁以下：监护人签署，并尊重患儿异议；8–17周岁：监护人和患儿共同签署；18周岁及以上：受试者本人签署。",
    ),
)  # fmt: skip


def _open(expression: str, en: str, zh: str) -> Reason:
    return Reason(expression, text(f"Still open: {en}", f"待填：{zh}"))


_SIGNATURES = (
    Reason("guardian_consent and guardians_signed == 'BOTH'", text("Both guardians have signed", "双方监护人已签署")),
    Reason(
        "guardian_consent and guardians_signed == 'ONE'",
        text("One guardian has signed: {0}", "一名监护人已签署：{0}"),
        ("guardian_relationship",),
    ),
    Reason("child_assent", text("The child has signed the assent", "患儿已签署儿童版知情同意书")),
    Reason(
        "explained_to_child and not child_objects",
        text("The study was explained to the child, who does not object", "已向患儿说明研究，患儿未表示不愿参加"),
    ),
    Reason("own_consent", text("The participant is 18 or older and has signed", "受试者已满18周岁并已本人签署")),
)
_MISSING = (
    Reason("not guardian_consent", text("No guardian has signed", "监护人未签署")),
    Reason("not child_assent", text("The child has not signed the assent that is needed from 8 years on", "患儿已满8周岁，但未签署儿童版知情同意书")),
    Reason("not explained_to_child", text("The study was not explained to the child", "未向患儿说明研究")),
    Reason("child_objects", text("The child objects and does not take part", "患儿不愿参加，不予入组")),
    Reason("not own_consent", text("The participant is 18 or older and has not signed", "受试者已满18周岁，但本人未签署")),
    Reason("not consent_staff_signed", text("The person who explained the study has not signed", "执行知情同意者未签署")),
    Reason("witness_needed and not witness_signed", text("The impartial witness has not signed", "公正见证人未签署")),
)  # fmt: skip
_STILL_OPEN = (
    _open("not known(consent_time)", "date and time of the signature", "签署日期和时间"),
    _open("not known(consent_age)", "age at consent", "签署时年龄"),
    _open(f"{CHILD} and not known(guardian_consent)", "signature of a guardian", "监护人签名"),
    _open(f"{_ASSENTING} and not known(child_assent)", "signature of the child", "患儿签名"),
    _open(f"{_YOUNG} and not known(explained_to_child)", "explanation to the child", "向患儿说明"),
    _open(f"{_YOUNG} and not known(child_objects)", "whether the child objects", "患儿是否不愿参加"),
    _open(f"{_ADULT} and not known(own_consent)", "signature of the participant", "受试者签名"),
    _open("not known(consent_staff_signed)", "signature of the person who explained the study", "执行知情同意者签名"),
    _open("not known(witness_needed) or (witness_needed and not known(witness_signed))", "impartial witness", "公正见证人"),
)  # fmt: skip

OK = MethodDef(
    "M.CONSENT.OK", "consent_ok",
    text("Consent is valid", "知情同意有效"),
    f"(own_consent if consent_age >= {ADULT_AGE} else (guardian_consent and (child_assent if consent_age >= {ASSENT_AGE}"
    " else (explained_to_child and not child_objects))))"
    " and consent_staff_signed and (not witness_needed or witness_signed)"
    " and (True if known(consent_time) else None)",  # unknown, not invalid, while the time is open
    "boolean", code_list="CL.YES_NO",
    reasons=(*_SIGNATURES, *_MISSING, *_STILL_OPEN),
    description=text(
        "Every signature that the age asks for, that of the person who explained the study and, where needed, of a witness. Nothing else is recorded before it.",
        "年龄所要求的全部签名、执行知情同意者签名，必要时公正见证人签名。此前不记录其他任何数据。",
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.CONSENT.001", (TIME.oid,), "days(consent_time, visit_date) >= 0", "Hard",
        text("The consent lies after the date of the screening visit ({0}). Nothing is done before consent.", "签署日期晚于筛选访视日期（{0}）。签署前不得进行任何研究操作。"),
        ("visit_date",),
    ),
    EditCheck(
        "EC.CONSENT.002", (ASSENT_TIME.oid,), "days(assent_time, visit_date) >= 0", "Hard",
        text("The assent lies after the date of the screening visit ({0}). Nothing is done before assent.", "患儿签署日期晚于筛选访视日期（{0}）。签署前不得进行任何研究操作。"),
        ("visit_date",),
    ),
    EditCheck(
        "EC.CONSENT.003", (BEFORE.oid,), "consent_before_procedures", "Soft",
        text("A procedure before consent is a serious protocol deviation. Record it and report it.", "签署前进行研究操作属严重方案偏离。请记录并报告。"),
    ),
    EditCheck(
        "EC.CONSENT.004", (COPY.oid,), "consent_copy_given", "Soft",
        text("A signed copy belongs to the family or the participant.", "签署后的副本应交给家属或受试者。"),
    ),
    EditCheck(
        "EC.CONSENT.005", (FIRST_GUARDIAN.oid, SECOND_GUARDIAN.oid),
        "guardian_relationship != guardian_relationship_2 or guardian_relationship == 'OTHER'", "Soft",
        text("Both guardians have the same relationship to the participant. Check it.", "两名监护人与受试者的关系相同。请核对。"),
    ),
    EditCheck(
        "EC.CONSENT.006", (TIME.oid, ASSENT_TIME.oid), "minutes(assent_time, consent_time) >= 0", "Soft",
        text("The child signed after the time of consent. That time is the time of the last signature.", "患儿签署晚于所填签署时间。签署时间应为最后一个必需签名的时间。"),
    ),
)  # fmt: skip

_HEAD = (VERSION, TIME, AGE, EXPLAINED_BY)
_GUARDIANS = (HOW_MANY, WHY_ONE, FIRST_GUARDIAN, SECOND_GUARDIAN)
_ASSENT_FORM = (ASSENT_VERSION, ASSENT_TIME)
_QUESTIONS = (GUARDIAN, TOLD, OBJECTS, ASSENT, OWN)
_REST = (BEFORE, STAFF, WITNESS_NEEDED, WITNESS, COPY)

PAGE = page(
    FormDef(
        "F.CONSENT",
        text("Consent and assent", "知情同意"),
        text("Consent", "知情同意"),
        text("Before any procedure · no one is named on this page", "在任何研究操作之前 · 本页不出现任何人的身份信息"),
        ("IG.CONSENT",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in _HEAD), text("Form and time", "版本与时间"), columns=2),
                ChoiceRows(tuple(i.oid for i in _QUESTIONS), text("Signatures by age", "按年龄应有的签名")),
                FieldCard(tuple(i.oid for i in _GUARDIANS), text("Guardians", "监护人"), columns=2),
                FieldCard(tuple(i.oid for i in _ASSENT_FORM), text("Assent form", "儿童版知情同意书"), columns=2),
                ChoiceRows(tuple(i.oid for i in _REST), text("Conduct", "签署过程")),
                DerivedCard((REQUIRED.oid, OK.oid), text("Verdict", "结论")),
            )
        ),
        (REQUIRED.oid, OK.oid),
    ),
    (*_HEAD, *_QUESTIONS, *_GUARDIANS, *_ASSENT_FORM, *_REST),
    (REQUIRED, OK),
    CHECKS,
    (SIGNATORIES, GUARDIANS, RELATIONSHIP, ONE_REASON),
    table="consent",
)
