"""Pregnancy test: due from menarche on, before the first rituximab, before every belimumab, and at the end."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

KIND = answers("CL.PREG.TYPE", ("URINE", "Urine", "尿"), ("SERUM", "Serum (β-hCG)", "血清（β-hCG）"))
RESULT = answers(
    "CL.PREG.RESULT", ("NEG", "Negative", "阴性"), ("POS", "Positive", "阳性"), ("UNCLEAR", "Unclear, to repeat", "不明确，需复查"),
)  # fmt: skip

DATE = ItemDef(
    "I.PREG.DATE", "preg_test_date", "PREGDTC", "date",
    text("Date of the pregnancy test", "妊娠试验日期"), text("Tested on", "检测日期"),
    text("On the day of the dose or at most 7 days before", "给药当日或之前7天内"), length=10,
)  # fmt: skip
KIND_ITEM = ItemDef(
    "I.PREG.TYPE", "preg_test_type", "PREGTYPE", "code",
    text("Urine or serum?", "尿液或血清？"), text("Sample", "标本"), code_list=KIND.oid,
)  # fmt: skip
RESULT_ITEM = ItemDef(
    "I.PREG.RESULT", "preg_result", "PREGRES", "code",
    text("Result of the pregnancy test", "妊娠试验结果"), text("Result", "结果"), code_list=RESULT.oid,
)  # fmt: skip
ITEMS = (DATE, KIND_ITEM, RESULT_ITEM)

EXCLUDED = MethodDef(
    "M.PREG.EXCLUDED", "pregnancy_excluded",
    text("Pregnancy excluded", "已排除妊娠"),
    "sex == 'M' or not menarche_reached or preg_result == 'NEG'", "boolean", code_list="CL.YES_NO",
    description=text("Male, before menarche, or a negative test at this visit. No dose while it is not so.", "男性、未初潮或本次妊娠试验阴性。否则不得给药。"),
    reasons=(
        Reason("sex == 'M'", text("Male", "男性")),
        Reason("sex == 'F' and not menarche_reached", text("Before menarche", "未初潮")),
        Reason("preg_result == 'NEG'", text("The test is negative", "妊娠试验阴性")),
        Reason("preg_result == 'POS'", text("The test is positive: no dose", "妊娠试验阳性：不得给药")),
        Reason("preg_result == 'UNCLEAR'", text("The test is unclear: repeat it before the dose", "妊娠试验结果不明确：给药前复查")),
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.PREG.001", (DATE.oid,), "not before(visit_date, preg_test_date)", "Soft",
        text("The pregnancy test lies after the visit date. It is done before the dose.", "妊娠试验日期晚于访视日期。应在给药前检测。"),
    ),
    EditCheck(
        "EC.PREG.002", (DATE.oid,), "not before(preg_test_date, days_after(visit_date, -7))", "Soft",
        text("The pregnancy test lies more than 7 days before the visit.", "妊娠试验早于访视超过7天。"),
    ),
    EditCheck(
        "EC.PREG.003", (RESULT_ITEM.oid,), "preg_result == 'NEG'", "Soft",
        text("The test is not negative: no dose. Repeat it in serum and report a pregnancy at once.", "妊娠试验非阴性：不得给药。请复查血清，确认妊娠须立即报告。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.PREG",
        text("Pregnancy test", "妊娠试验"),
        text("Pregnancy test", "妊娠试验"),
        text("From menarche on; before the dose", "初潮后；给药之前"),
        ("IG.PREG",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in ITEMS), text("Test", "检测")),
                DerivedCard((EXCLUDED.oid,), text("What follows", "判定")),
            )
        ),
        (EXCLUDED.oid,),
        not_needed=(
            Reason("sex == 'M'", text("Male", "男性")),
            Reason("not menarche_reached", text("Before menarche", "未初潮")),
        ),
    ),
    ITEMS,
    (EXCLUDED,),
    CHECKS,
    (KIND, RESULT),
    table="pregnancy_test",
)
