"""Protocol deviations; a visit outside its window writes one by itself, which a person then completes."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, words
from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import EditCheck, FormDef
from crf_desktop.model.layout import FieldCard, Layout

KIND = answers(
    "CL.DEV_KIND",
    ("WINDOW", "Visit outside its window", "访视超窗"),
    ("MISSED", "Visit missed", "访视缺失"),
    ("DOSE", "Dose", "给药"),
    ("PROCEDURE", "Examination or sample", "检查或标本"),
    ("CONSENT", "Consent", "知情同意"),
    ("ELIGIBILITY", "Eligibility", "入选标准"),
    ("MEDICATION", "Medication not allowed", "禁用药物"),
    ("OTHER", "Other", "其他"),
)
IMPACT = answers(
    "CL.DEV_IMPACT",
    ("NONE", "None", "无"),
    ("SAFETY", "On safety", "影响安全性"),
    ("RIGHTS", "On rights", "影响权益"),
    ("DATA", "On the data", "影响数据"),
)
MAJOR = answers("CL.DEV_MAJOR", ("MINOR", "Minor", "一般"), ("MAJOR", "Major", "重大"))

KIND_ITEM = choice("I.DEV.KIND", "dev_kind", "DVKIND", text("Kind of deviation", "偏离类型"), text("Kind", "类型"), KIND)
VISIT = words("I.DEV.VISIT", "dev_visit", "DVVISIT", text("Visit it belongs to", "所属访视"), text("Visit", "访视"), mandatory=False, length=40)
DATE = day("I.DEV.DATE", "dev_date", "DVSTDTC", text("Date of the deviation", "偏离日期"), text("Date", "日期"))
DESCRIPTION = words("I.DEV.DESCRIPTION", "dev_description", "DVTERM", text("What happened", "偏离经过"), text("Description", "描述"), length=500)
REASON = words("I.DEV.REASON", "dev_reason", "DVREAS", text("Why", "原因"), text("Reason", "原因"), length=500)
IMPACT_ITEM = choice("I.DEV.IMPACT", "dev_impact", "DVIMPACT", text("Impact", "影响"), text("Impact", "影响"), IMPACT, mandatory=False)
ACTION = words(
    "I.DEV.ACTION", "dev_action", "DVACTION", text("Action taken, and how it is prevented", "采取的措施及预防方法"), text("Action", "措施"),
    mandatory=False, length=500,
)  # fmt: skip
MAJOR_ITEM = choice(
    "I.DEV.MAJOR", "dev_major", "DVMAJOR", text("Minor or major?", "一般偏离还是重大偏离？"), text("Minor or major", "偏离程度"), MAJOR,
    hint=text("Decided by the investigator", "由研究者判定"), mandatory=False,
)  # fmt: skip
WHAT, HANDLED = (KIND_ITEM, VISIT, DATE, DESCRIPTION, REASON), (IMPACT_ITEM, ACTION, MAJOR_ITEM)
ITEMS = (*WHAT, *HANDLED)

CHECKS = (
    EditCheck(
        "EC.DEV.001", (DATE.oid,), "not before(today, dev_date)", "Hard",
        text("The date lies in the future.", "日期晚于今天。"),
    ),
    EditCheck(
        "EC.DEV.002", (MAJOR_ITEM.oid, IMPACT_ITEM.oid), "dev_major != 'MINOR' or not one_of(dev_impact, 'SAFETY', 'RIGHTS')", "Soft",
        text("An impact on safety or rights is major as a rule. Check both.", "影响安全性或权益者一般为重大偏离。请核对。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.DEV",
        text("Protocol deviation", "方案偏离"),
        text("Deviations", "方案偏离"),
        text("One page per deviation; a visit outside its window is entered by itself", "每次偏离一页；访视超窗自动记录"),
        ("IG.DEV",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in WHAT), text("Deviation", "偏离")),
                FieldCard(tuple(i.oid for i in HANDLED), text("Assessment", "评估")),
            )
        ),
        repeating=True,
        columns=(KIND_ITEM.oid, VISIT.oid, DATE.oid, DESCRIPTION.oid),
    ),
    ITEMS,
    (),
    CHECKS,
    (KIND, IMPACT, MAJOR),
    table="protocol_deviations",
)
