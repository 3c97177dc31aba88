"""Consent given again: assent at 8, own consent at 18, a new version of the form."""

from __future__ import annotations

from crf_desktop.forms.consent import ADULT_AGE, ASSENT_AGE
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import DAY, YEAR, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout

REASON = answers(
    "CL.RECONSENT.REASON",
    ("ASSENT_8", "Turned 8: written assent", "年满8周岁：签署儿童版知情同意书"),
    ("CONSENT_18", "Turned 18: own consent", "年满18周岁：本人签署知情同意书"),
    ("NEW_VERSION", "New version of the form", "知情同意书更新版本"),
)

WHY = ItemDef(
    "I.RECONSENT.REASON", "reconsent_reason", "RCREAS", "code",
    text("Why is consent given again?", "重新签署的原因"), text("Reason", "原因"),
    code_list=REASON.oid,
)  # fmt: skip
VERSION = ItemDef(
    "I.RECONSENT.VERSION", "reconsent_version", "RCVER", "text",
    text("Version of the form that was signed, with its date", "所签知情同意书版本号及版本日期"), text("Version of the form", "版本"),
    length=40,
)  # fmt: skip
TIME = ItemDef(
    "I.RECONSENT.TIME", "reconsent_time", "RCDTC", "datetime",
    text("Date and time of the signature", "签署日期和时间"), text("Signed at", "签署时间"),
    text("The last signature that is needed", "以最后一个必需签名为准"),
    length=25,
)  # fmt: skip
GUARDIAN = yes_no(
    "I.RECONSENT.GUARDIAN", "reconsent_guardian", "RCGUARD",
    text("Under 18 years: has a legal guardian signed and dated the form?", "18周岁以下：法定监护人是否已签署并注明日期？"),
    text("Guardian has signed", "监护人已签署"),
    relevant=f"reconsent_age < {ADULT_AGE} and reconsent_reason != 'ASSENT_8'",
)  # fmt: skip
CHILD = yes_no(
    "I.RECONSENT.CHILD", "reconsent_child", "RCCHILD",
    text("8 to 17 years: has the child signed and dated the assent?", "8–17周岁：患儿本人是否已签署儿童版知情同意书并注明日期？"),
    text("Child has signed", "患儿已签署"),
    relevant=f"reconsent_age >= {ASSENT_AGE} and reconsent_age < {ADULT_AGE}",
)  # fmt: skip
OWN = yes_no(
    "I.RECONSENT.OWN", "reconsent_own", "RCOWN",
    text("From 18 years: has the participant signed and dated the form?", "18周岁及以上：受试者本人是否已签署并注明日期？"),
    text("Participant has signed", "受试者已签署"),
    relevant=f"reconsent_age >= {ADULT_AGE}",
)  # fmt: skip
STAFF = yes_no(
    "I.RECONSENT.STAFF_SIGNED", "reconsent_staff_signed", "RCSTAFF",
    text("Has the person who explained it signed and dated the form?", "执行知情同意者是否已签署并注明日期？"),
    text("Staff member has signed", "执行知情同意者已签署"),
)  # fmt: skip
COPY = yes_no(
    "I.RECONSENT.COPY", "reconsent_copy_given", "RCCOPY",
    text("Was a signed and dated copy given to the family or the participant?", "是否已将签署并注明日期的副本交给家属或受试者？"),
    text("Copy given", "已交付副本"),
)  # fmt: skip
EXPLAINED_BY = ItemDef(
    "I.RECONSENT.EXPLAINED_BY", "reconsent_explained_by", "RCEXPBY", "text",
    text("Code on the delegation log of the person who explained it", "执行知情同意者在授权分工表上的代码"), text("Explained by", "执行知情同意者代码"),
    text("Staff code, at most 10 characters", "工作人员代码，最多10个字符"),
    length=10,
)  # fmt: skip

AGE = MethodDef(
    "M.RECONSENT.AGE", "reconsent_age",
    text("Age when signed", "签署时年龄"),
    "years(birth_date, reconsent_time)", "integer", YEAR,
    description=text("Completed years on the day of the signature; decides who signs.", "签署当日周岁年龄；决定应由谁签署。"),
)  # fmt: skip
OK = MethodDef(
    "M.RECONSENT.OK", "reconsent_ok",
    text("Consent is valid", "知情同意有效"),
    f"(reconsent_own if reconsent_age >= {ADULT_AGE} else ((reconsent_reason == 'ASSENT_8' or reconsent_guardian)"
    f" and (reconsent_child if reconsent_age >= {ASSENT_AGE} else reconsent_reason != 'ASSENT_8'))) and reconsent_staff_signed",
    "boolean", code_list="CL.YES_NO",
    reasons=(
        Reason("reconsent_guardian", text("A guardian has signed", "监护人已签署")),
        Reason("reconsent_child", text("The child has signed the assent", "患儿已签署儿童版知情同意书")),
        Reason("reconsent_own", text("The participant is 18 or older and has signed", "受试者已满18周岁并已本人签署")),
        Reason("not reconsent_guardian", text("No guardian has signed", "监护人未签署")),
        Reason("not reconsent_child", text("The child has not signed the assent", "患儿未签署儿童版知情同意书")),
        Reason("not reconsent_own", text("The participant is 18 or older and has not signed", "受试者已满18周岁，但本人未签署")),
        Reason("not reconsent_staff_signed", text("The person who explained it has not signed", "执行知情同意者未签署")),
        Reason("not known(reconsent_age)", text("Still open: date of birth or time of the signature", "待填：出生日期或签署时间")),
    ),
    description=text("Every signature that the age and the reason ask for.", "年龄和原因所要求的全部签名。"),
)  # fmt: skip
ASSENT_DAY = MethodDef(
    "M.RECONSENT.ASSENT_DAY", "reconsent_assent_day",
    text("Age in days at the written assent", "患儿本人签署时日龄"),
    "days(birth_date, reconsent_time) if reconsent_ok and reconsent_child else None", "integer", DAY,
    description=text("From when on a child of 8 or more has assented.", "8周岁及以上患儿自何日起已签署。"),
)  # fmt: skip
CONSENT_DAY = MethodDef(
    "M.RECONSENT.CONSENT_DAY", "reconsent_own_day",
    text("Age in days at the own consent", "本人签署时日龄"),
    "days(birth_date, reconsent_time) if reconsent_ok and reconsent_own else None", "integer", DAY,
    description=text("From when on a participant of 18 or more has consented.", "18周岁及以上受试者自何日起已本人签署。"),
)  # fmt: skip


def _turned(age: int, until: str, method: MethodDef) -> str:
    """The participant was younger at consent, is that old at this visit, and has not signed by its date."""
    signed = f"(known(min_all('{method.name}')) and min_all('{method.name}') <= days(birth_date, visit_date))"
    reached = f"at('SE.SCR', 'consent_age') < {age} and years(birth_date, visit_date) >= {age}{until}"
    return f"({reached} and not {signed})"


_TURNED_8 = _turned(ASSENT_AGE, f" and years(birth_date, visit_date) < {ADULT_AGE}", ASSENT_DAY)
_TURNED_18 = _turned(ADULT_AGE, "", CONSENT_DAY)

RECONSENT_DUE = MethodDef(
    "M.RECONSENT.DUE", "reconsent_due",
    text("Consent due again", "需重新签署知情同意"),
    f"{_TURNED_8} or {_TURNED_18}", "boolean", code_list="CL.YES_NO",
    reasons=(
        Reason(
            _TURNED_8,
            text("Turned 8 since consent: no written assent of the child is recorded by this visit", "签署后已满8周岁：截至本次访视未记录患儿本人签署"),
        ),
        Reason(
            _TURNED_18,
            text("Turned 18 since consent: no own consent is recorded by this visit", "签署后已满18周岁：截至本次访视未记录本人签署"),
        ),
    ),
    description=text(
        "At a visit on or after the 8th or 18th birthday, when no signature is on record that was given by then. Shown on the review page of each visit.",
        "第8或第18个生日当日及之后的访视，且届时未记录相应签名。显示于每次访视的“上次访视以来”页。",
    ),
)  # fmt: skip
STILL_VALID = yes_no(
    "I.REVIEW.CONSENT", "review_consent_valid", "RVCONS",
    text("Is the consent on record still valid (not withdrawn, current version, signed for the age of today)?", "已签署的知情同意是否仍有效（未撤回、版本现行、与目前年龄相符）？"),
    text("Consent still valid", "知情同意仍有效"),
)  # fmt: skip
STILL_VALID_CHECKS = (
    EditCheck(
        "EC.RECONSENT.007", (STILL_VALID.oid,), "not (review_consent_valid and reconsent_due)", "Soft",
        text("The participant has turned 8 or 18 since consent and has not signed by this visit. Let them sign and record it in the log.", "签署后受试者已满8或18周岁，截至本次访视尚未签署。请本人签署并记入受试者记录。"),
    ),
    EditCheck(
        "EC.RECONSENT.008", (STILL_VALID.oid,), "review_consent_valid", "Soft",
        text("Without valid consent nothing further is done. Record the new consent, or the decision to stop.", "知情同意无效时不得继续。请记录重新签署，或终止决定。"),
    ),
)  # fmt: skip
"""``RECONSENT_DUE``, this question and its checks stand on the review page of each visit."""

CHECKS = (
    EditCheck(
        "EC.RECONSENT.001", (WHY.oid, TIME.oid),
        f"reconsent_reason != 'ASSENT_8' or (reconsent_age >= {ASSENT_AGE} and reconsent_age < {ADULT_AGE})", "Soft",
        text("The participant was {0} years old on that day, not 8 to 17. Check the reason and the date.", "受试者当日为{0}周岁，不在8–17周岁。请核对原因和日期。"),
        ("reconsent_age",),
    ),
    EditCheck(
        "EC.RECONSENT.002", (WHY.oid, TIME.oid), f"reconsent_reason != 'CONSENT_18' or reconsent_age >= {ADULT_AGE}", "Soft",
        text("The participant was {0} years old on that day, not 18. Check the reason and the date.", "受试者当日为{0}周岁，未满18周岁。请核对原因和日期。"),
        ("reconsent_age",),
    ),
    EditCheck(
        "EC.RECONSENT.003", (TIME.oid,), "days(at('SE.SCR', 'consent_time'), reconsent_time) >= 0", "Hard",
        text("This signature lies before the first consent ({0}).", "该签署日期早于首次知情同意（{0}）。"),
        ("at('SE.SCR', 'consent_time')",),
    ),
    EditCheck(
        "EC.RECONSENT.004", (TIME.oid,), "days(reconsent_time, today) >= 0", "Hard",
        text("This signature lies in the future.", "该签署日期晚于今天。"),
    ),
    EditCheck(
        "EC.RECONSENT.005", (COPY.oid,), "reconsent_copy_given", "Soft",
        text("A signed copy belongs to the family or the participant.", "签署后的副本应交给家属或受试者。"),
    ),
    EditCheck(
        "EC.RECONSENT.006", (GUARDIAN.oid, CHILD.oid, OWN.oid),
        "not ((known(reconsent_guardian) and not reconsent_guardian) or (known(reconsent_child) and not reconsent_child)"
        " or (known(reconsent_own) and not reconsent_own))", "Soft",
        text("Without this signature the participation ends. Record the decision to stop.", "缺少该签名则应终止参加。请记录终止决定。"),
    ),
)  # fmt: skip

_HEAD = (WHY, VERSION, TIME, EXPLAINED_BY)
_QUESTIONS = (GUARDIAN, CHILD, OWN, STAFF, COPY)
_SHOWN = (AGE, OK)

PAGE = page(
    FormDef(
        "F.RECONSENT",
        text("Consent given again", "重新知情同意"),
        text("Re-consent", "重新同意"),
        text("Assent at 8, own consent at 18, each new version of the form", "满8周岁签署儿童版、满18周岁本人签署、每次更新版本"),
        ("IG.RECONSENT",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in _HEAD), text("Form and time", "版本与时间")),
                ChoiceRows(tuple(i.oid for i in _QUESTIONS), text("Signatures", "签名")),
                DerivedCard(tuple(m.oid for m in _SHOWN), text("Verdict", "结论")),
            )
        ),
        (*(m.oid for m in _SHOWN), ASSENT_DAY.oid, CONSENT_DAY.oid),
        repeating=True,
        columns=(WHY.oid, TIME.oid, OK.oid),
    ),
    (*_HEAD, *_QUESTIONS),
    (*_SHOWN, ASSENT_DAY, CONSENT_DAY),
    CHECKS,
    (REASON,),
    table="reconsent",
)
