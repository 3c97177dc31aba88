"""Unscheduled visit: why, and what was done."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, only_if, words
from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import FormDef
from crf_desktop.model.layout import FieldCard, Layout

REASON = answers(
    "CL.UNS_REASON",
    ("EVENT", "Adverse event", "不良事件"),
    ("FLARE", "Sjögren’s more active", "干燥综合征活动"),
    ("INFECTION", "Infection", "感染"),
    ("LABORATORY", "Laboratory value to repeat", "复查实验室指标"),
    ("SAFETY", "Safety visit after belimumab", "贝利尤单抗后安全性随访"),
    ("OTHER", "Other", "其他"),
)
REASON_ITEM = choice("I.UNS.REASON", "uns_reason", "UNREAS", text("Reason for the visit", "访视原因"), text("Reason", "原因"), REASON)
REASON_TEXT = words(
    "I.UNS.REASON_TEXT", "uns_reason_text", "UNREASTX", text("Reason in words", "原因描述"), text("In words", "描述"),
    relevant=only_if("uns_reason == 'OTHER'", "uns_reason"), length=300,
)  # fmt: skip
DONE = words("I.UNS.DONE", "uns_done", "UNDONE", text("What was found and done", "所见及处理"), text("Found and done", "所见及处理"), length=1000)
ITEMS = (REASON_ITEM, REASON_TEXT, DONE)

PAGE = page(
    FormDef(
        "F.UNS",
        text("Unscheduled visit", "计划外访视"),
        text("Reason", "访视原因"),
        text("What belongs to another form is entered there as well", "属于其他表单的内容请同时填入相应表单"),
        ("IG.UNS",),
        Layout((FieldCard(tuple(i.oid for i in ITEMS), text("Visit", "访视")),)),
    ),
    ITEMS,
    code_lists=(REASON,),
    table="unscheduled_visit",
)
