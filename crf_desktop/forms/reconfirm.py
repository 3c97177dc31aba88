"""Eligibility confirmed again on day 0, before the first dose: what has changed since screening."""

from __future__ import annotations

from crf_desktop.forms.eligibility import HOSPITAL_DAYS, PARENTERAL_DAYS
from crf_desktop.forms.page import page
from crf_desktop.forms.question import day, words
from crf_desktop.forms.vocabulary import text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout


def _change(key: str, sas_name: str, question: tuple[str, str], label: tuple[str, str]) -> ItemDef:
    return yes_no(f"I.RECONFIRM.{key.upper()}", f"reconfirm_{key}", f"RF{sas_name}", text(*question), text(*label))


EXCLUDING = (
    _change("infection", "INF", ("Since screening: an active infection, a stay in hospital for one, or antimicrobials into a vein or muscle?", "筛选后是否有活动性感染、因感染住院或注射抗感染药物？"), ("Infection", "感染")),
    _change("laboratory", "LAB", ("Since screening: an eGFR below 30 mL/min, hepatitis B or C, HIV or tuberculosis?", "筛选后是否出现eGFR低于30 mL/min、乙肝、丙肝、HIV或结核？"), ("Laboratory", "化验")),
    _change("vaccine", "VAC", ("Since screening: a live vaccine?", "筛选后是否接种活疫苗？"), ("Live vaccine", "活疫苗")),
    _change("biologic", "BIO", ("Since screening: a biologic or another trial?", "筛选后是否使用生物制剂或参加其他临床试验？"), ("Biologic or trial", "生物制剂或其他试验")),
    _change("withdrawn", "WDR", ("Since screening: does the participant or a guardian no longer agree?", "筛选后受试者或监护人是否不再同意？"), ("No longer agrees", "不再同意")),
)  # fmt: skip
OTHER = _change("other", "OTH", ("Since screening: any other change that matters?", "筛选后是否有其他重要变化？"), ("Other change", "其他变化"))
WHICH = words(
    "I.RECONFIRM.WHICH", "reconfirm_which", "RFWHICH",
    text("What has changed, and when?", "何种变化，何时发生？"), text("What changed", "变化内容"),
    relevant=" or ".join(f"(known({i.name}) and {i.name})" for i in (*EXCLUDING, OTHER)),
)  # fmt: skip
STILL = yes_no(
    "I.RECONFIRM.STILL", "still_eligible", "RFSTILL",
    text("Does the investigator confirm that the participant is still eligible?", "研究者是否确认受试者仍符合入选标准？"), text("Still eligible", "仍符合入选标准"),
)  # fmt: skip
DATE = day("I.RECONFIRM.DATE", "reconfirm_date", "RFDTC", text("Date of this confirmation", "本次确认日期"), text("Confirmed on", "确认日期"))
BY = words(
    "I.RECONFIRM.BY", "reconfirm_by", "RFBY",
    text("Code of the investigator on the delegation log", "研究者在授权分工表上的代码"), text("Investigator code", "研究者代码"),
    hint=text("Staff code, at most 10 characters", "工作人员代码，最多10个字符"), length=10,
)  # fmt: skip

_CHANGED = f"({' or '.join(i.name for i in EXCLUDING)})"
_HOSPITAL = f"(not before(at('SE.SCR', 'elig_hospital_end'), days_after(visit_date, -{HOSPITAL_DAYS})))"
_PARENTERAL = f"(not before(at('SE.SCR', 'elig_parenteral_end'), days_after(visit_date, -{PARENTERAL_DAYS})))"
HOLDS = MethodDef(
    "M.RECONFIRM.HOLDS", "eligibility_holds",
    text("Eligibility holds on day 0", "第0天仍符合入选标准"),
    f"still_eligible and at('SE.SCR', 'eligibility_confirmed') and not {_CHANGED}"
    f" and not (known({_HOSPITAL}) and {_HOSPITAL}) and not (known({_PARENTERAL}) and {_PARENTERAL})",
    "boolean", code_list="CL.YES_NO",
    reasons=(
        Reason(f"still_eligible and at('SE.SCR', 'eligibility_confirmed') and not {_CHANGED}", text("Confirmed at screening and again on day 0; nothing excluding has happened", "筛选时和第0天均已确认，期间无排除情况")),
        Reason("not at('SE.SCR', 'eligibility_confirmed')", text("Eligibility was not confirmed at screening", "筛选时未确认入选资格")),
        *(Reason(i.name, text(f"Since screening: {i.label.en}", f"筛选后：{i.label.zh}")) for i in EXCLUDING),
        Reason(_HOSPITAL, text(f"In hospital for an infection within {HOSPITAL_DAYS} days of day 0", f"第0天前{HOSPITAL_DAYS}天内因感染住院")),
        Reason(_PARENTERAL, text(f"Parenteral antimicrobials within {PARENTERAL_DAYS} days of day 0", f"第0天前{PARENTERAL_DAYS}天内注射抗感染药物")),
        Reason("not still_eligible", text("The investigator does not confirm", "研究者未确认")),
        *(Reason(f"not known({i.name})", text(f"Still open: {i.label.en}", f"待填：{i.label.zh}")) for i in (*EXCLUDING, STILL)),
    ),
    description=text("No dose is given before the participant is still eligible.", "确认仍符合入选标准前不得给药。"),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.RECONFIRM.001", (STILL.oid,), "not (still_eligible and not at('SE.SCR', 'eligibility_confirmed'))", "Hard",
        text("Eligibility was not confirmed at screening; it cannot be confirmed here.", "筛选时未确认入选资格，此处不能确认。"),
    ),
    EditCheck(
        "EC.RECONFIRM.002", (STILL.oid,),
        f"not (still_eligible and ({_CHANGED} or (known({_HOSPITAL}) and {_HOSPITAL}) or (known({_PARENTERAL}) and {_PARENTERAL})))", "Soft",
        text("Something since screening excludes the participant. Say why the participant is still eligible.", "筛选后出现排除情况。请说明为何仍符合入选标准。"),
    ),
    EditCheck(
        "EC.RECONFIRM.003", (DATE.oid,), "days(reconfirm_date, visit_date) == 0", "Soft",
        text("Eligibility is confirmed again on day 0, before the dose.", "应在第0天给药前再次确认。"),
    ),
    EditCheck(
        "EC.RECONFIRM.004", (STILL.oid,), "not (still_eligible and days(event_date('SE.SCR'), visit_date) > 28)", "Soft",
        text("Screening lies {0} days back, more than 28. Repeat what is out of date.", "筛选距今{0}天，超过28天。过期检查应重做。"),
        ("days(event_date('SE.SCR'), visit_date)",),
    ),
)  # fmt: skip

_QUESTIONS = (*EXCLUDING, OTHER)
_CONFIRM = (STILL, DATE, BY)

PAGE = page(
    FormDef(
        "F.RECONFIRM",
        text("Eligibility on day 0", "第0天入选资格再确认"),
        text("Still eligible", "再确认"),
        text("Before the first rituximab: what has changed since screening", "首次利妥昔单抗之前：筛选后的变化"),
        ("IG.RECONFIRM",),
        Layout(
            (
                ChoiceRows(tuple(i.oid for i in _QUESTIONS), text("Since screening", "筛选后")),
                FieldCard((WHICH.oid,)),
                FieldCard(tuple(i.oid for i in _CONFIRM), text("Confirmation", "确认"), columns=3),
                DerivedCard((HOLDS.oid,), text("Verdict", "结论")),
            )
        ),
        (HOLDS.oid,),
    ),
    (*_QUESTIONS, WHICH, *_CONFIRM),
    (HOLDS,),
    CHECKS,
    table="eligibility_reconfirmed",
)  # fmt: skip
