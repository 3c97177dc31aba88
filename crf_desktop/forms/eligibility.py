"""Eligibility: every inclusion and exclusion criterion of NCT06410833 asked, the verdict derived, confirmed by the investigator."""

from __future__ import annotations

from crf_desktop.forms.criterion import (
    AGE,
    AGREES,
    B_CELL,
    B_CELL_DETAILS,
    CRITERIA,
    EXCLUSIONS,
    INFLAMMATION,
    SYSTEMIC,
    SYSTEMIC_DETAILS,
    Criterion,
)
from crf_desktop.forms.eligibility_verdict import CONFIRMED, CONTRADICTIONS, METHODS, RESISTANT
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout
from crf_desktop.model.text import TranslatedText

HOSPITAL_DAYS, PARENTERAL_DAYS = 60, 30

SET = answers(
    "CL.ELIG.SET",
    ("AECG_2002", "AECG 2002", "AECG标准（2002）"), ("JAPAN_1999", "Japan 1999", "日本标准（1999）"),
    ("JAPAN_2018", "Japan 2018, children", "日本儿童标准（2018）"),
)  # fmt: skip


def _items(*criteria: Criterion) -> tuple[ItemDef, ...]:
    return tuple(c.item() for c in criteria)


WHICH = choice(
    "I.ELIG.CRITERIA_SET", "elig_criteria_set", "ELSET",
    text("On which set and version does the inclusion rest?", "入选依据的标准及版本"), text("Criteria and version", "所用标准及版本"), SET,
    hint=text("If several are fulfilled, the one the inclusion rests on", "符合多套标准时，选择入选所依据的一套"),
)  # fmt: skip
_DATE_HINT = text("Leave open if there was none.", "无则留空。")
TRIAL_END = day(
    "I.ELIG.TRIAL_END", "elig_trial_end", "ELTRIEND",
    text("End of the last other trial", "末次参加其他临床试验的结束日期"), text("Last other trial ended", "其他试验结束日期"), hint=_DATE_HINT, mandatory=False,
)  # fmt: skip
HOSPITAL_END = day(
    "I.ELIG.HOSPITAL_END", "elig_hospital_end", "ELHOSEND",
    text("Last discharge from hospital after an infection", "末次因感染住院的出院日期"), text("Discharge after infection", "感染住院出院日期"),
    hint=_DATE_HINT, mandatory=False,
)  # fmt: skip
PARENTERAL_END = day(
    "I.ELIG.PARENTERAL_END", "elig_parenteral_end", "ELPAREND",
    text("Last day of antimicrobial drugs into a vein or muscle", "末次静脉或肌肉注射抗感染药物的日期"), text("Last parenteral dose", "末次注射日期"),
    hint=_DATE_HINT, mandatory=False,
)  # fmt: skip
FURTHER_WHICH = words(
    "I.ELIG.FURTHER_WHICH", "elig_further_which", "ELXFURWH",
    text("Which further exclusion criterion?", "其他排除标准，请注明"), text("Further exclusion criterion", "其他排除标准"),
    relevant="known(elig_further) and elig_further", length=120,
)  # fmt: skip
CONFIRM = yes_no(
    "I.ELIG.CONFIRMED", "elig_confirmed", "ELCONF",
    text("Does the investigator confirm that the participant is eligible?", "研究者是否确认受试者符合入选标准？"), text("Confirmed by the investigator", "研究者确认"),
)  # fmt: skip
CONFIRM_ON = day(
    "I.ELIG.CONFIRMED_ON", "elig_confirmed_on", "ELCONDTC",
    text("Date of the confirmation", "确认日期"), text("Confirmed on", "确认日期"), relevant="known(elig_confirmed) and elig_confirmed",
)  # fmt: skip
CONFIRM_BY = words(
    "I.ELIG.CONFIRMED_BY", "elig_confirmed_by", "ELCONBY",
    text("Code of the investigator on the delegation log", "研究者在授权分工表上的代码"), text("Investigator code", "研究者代码"),
    hint=text("Staff code, at most 10 characters", "工作人员代码，最多10个字符"), length=10, relevant="known(elig_confirmed) and elig_confirmed",
)  # fmt: skip


def _day_0(oid: str, answer: str, last: ItemDef, days: int, en: str, zh: str) -> EditCheck:
    """The date is near enough to this visit to matter for day 0, and the answer is no."""
    return EditCheck(
        oid, (last.oid, f"I.ELIG.{answer.upper()}"), f"not (not elig_{answer} and days({last.name}, visit_date) <= {days})", "Soft",
        text(f"{en} lies within {days} days of this visit. With the answer “no”, day 0 must lie after {{0}}.", f"{zh}距本次访视不足{days}天。若回答“否”，第0天须晚于{{0}}。"),
        (f"days_after({last.name}, {days})",),
    )  # fmt: skip


CHECKS = (
    *CONTRADICTIONS,
    _day_0("EC.ELIG.028", "hospital_60d", HOSPITAL_END, HOSPITAL_DAYS, "The discharge", "出院日期"),
    _day_0("EC.ELIG.029", "parenteral_30d", PARENTERAL_END, PARENTERAL_DAYS, "The last parenteral dose", "末次注射日期"),
    EditCheck(
        "EC.ELIG.030", (TRIAL_END.oid, HOSPITAL_END.oid, PARENTERAL_END.oid),
        "not ((known(elig_trial_end) and before(visit_date, elig_trial_end))"
        " or (known(elig_hospital_end) and before(visit_date, elig_hospital_end))"
        " or (known(elig_parenteral_end) and before(visit_date, elig_parenteral_end)))", "Soft",
        text("A date lies after the visit. Check it.", "有日期晚于访视日期。请核对。"),
    ),
    EditCheck(
        "EC.ELIG.031", (CONFIRM.oid,), "not (elig_confirmed and not eligible)", "Hard",
        text("The participant is not eligible; the reasons stand under the verdict. Nothing can be confirmed.", "受试者不符合入选标准，原因见结论。不能确认。"),
    ),
    EditCheck(
        "EC.ELIG.032", (CONFIRM.oid,), "not (elig_confirmed and not known(eligible))", "Soft",
        text("A criterion is still open; the verdict says which. Confirm when it is answered.", "仍有标准待定，见结论。请填写后再确认。"),
    ),
    EditCheck(
        "EC.ELIG.033", (CONFIRM_ON.oid,), "not before(elig_confirmed_on, consent_time)", "Hard",
        text("The confirmation lies before consent ({0}).", "确认日期早于知情同意（{0}）。"),
        ("consent_time",),
    ),
    EditCheck(
        "EC.ELIG.034", (CONFIRM_ON.oid,), "not before(today, elig_confirmed_on)", "Hard",
        text("The confirmation lies in the future.", "确认日期晚于今天。"),
    ),
)  # fmt: skip

_INCLUSION = _items(AGE, CRITERIA, AGREES)
_STILL_A = (*_items(SYSTEMIC), *SYSTEMIC_DETAILS)
_STILL_B = (*_items(B_CELL), *B_CELL_DETAILS)
_STILL_C = _items(INFLAMMATION)
_EXCLUSION = _items(*EXCLUSIONS)
_DATES = (TRIAL_END, HOSPITAL_END, PARENTERAL_END, FURTHER_WHICH)
_CONFIRM = (CONFIRM, CONFIRM_ON, CONFIRM_BY)


def _rows(items: tuple[ItemDef, ...], title: TranslatedText, note: TranslatedText | None = None) -> ChoiceRows:
    return ChoiceRows(tuple(i.oid for i in items), title, note)


PAGE = page(
    FormDef(
        "F.ELIG",
        text("Eligibility", "入选与排除标准"),
        text("Eligibility", "入选标准"),
        text("Every criterion is answered; the verdict follows from answers and data, and says why", "逐条回答；结论由回答和数据推导，并说明原因"),
        ("IG.ELIG",),
        Layout(
            (
                _rows(_INCLUSION, text("Inclusion", "入选标准")),
                FieldCard((WHICH.oid,)),
                _rows(
                    _STILL_A, text("Resistant: and still one of (a), (b), (c)", "难治性：且仍有（a）（b）（c）之一"),
                    text("Earlier treatment is read from its own page", "既往治疗取自“既往治疗”页"),
                ),
                _rows(_STILL_B, text("B-cell activation", "B细胞活化")),
                _rows(_STILL_C, text("Inflammation", "炎症")),
                DerivedCard((RESISTANT.oid,)),
                _rows(_EXCLUSION, text("Exclusion", "排除标准")),
                FieldCard(tuple(i.oid for i in _DATES), text("Dates and details", "相关日期与说明"), columns=2),
                DerivedCard(tuple(m.oid for m in METHODS[1:4]), text("Verdict", "结论")),
                FieldCard(tuple(i.oid for i in _CONFIRM), text("Confirmation", "确认"), columns=3),
                DerivedCard((CONFIRMED.oid,)),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    (*_INCLUSION, WHICH, *_STILL_A, *_STILL_B, *_STILL_C, *_EXCLUSION, *_DATES, *_CONFIRM),
    METHODS,
    CHECKS,
    (SET,),
    table="eligibility",
)  # fmt: skip
