"""Early termination: the decision to stop; its date opens the last visit and closes the others."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, only_if, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef
from crf_desktop.model.layout import FieldCard, Layout

KIND = answers(
    "CL.ET_KIND",
    ("TREATMENT", "Treatment stopped", "终止治疗"),
    ("CONSENT", "Consent withdrawn", "撤回知情同意"),
    ("LOST", "Lost to follow-up", "失访"),
    ("DEATH", "Death", "死亡"),
    ("SPONSOR", "Trial stopped", "研究终止"),
)
WHO = answers(
    "CL.ET_WHO",
    ("INVESTIGATOR", "Investigator", "研究者"),
    ("PARTICIPANT", "Participant", "受试者"),
    ("GUARDIAN", "Guardian", "监护人"),
    ("SPONSOR", "Sponsor or ethics committee", "申办者或伦理委员会"),
    ("NOBODY", "Nobody (death, lost to follow-up)", "无（死亡、失访）"),
)
REASON = answers(
    "CL.ET_REASON",
    ("EVENT", "Adverse event", "不良事件"),
    ("EFFICACY", "No or too little effect", "无效或疗效不足"),
    ("RESCUE", "Rescue treatment needed", "需要补救治疗"),
    ("PREGNANCY", "Pregnancy", "妊娠"),
    ("PROTOCOL", "Protocol deviation", "方案偏离"),
    ("WISH", "Wish of participant or guardian", "受试者或监护人意愿"),
    ("MOVED", "Moved away, or visits not possible", "迁居或无法随访"),
    ("OTHER", "Other", "其他"),
)

DECIDED = day("I.ET.DECIDED_ON", "stop_decided_on", "ETDECDTC", text("Date of the decision to stop early", "决定提前终止的日期"), text("Decided on", "决定日期"))
KIND_ITEM = choice("I.ET.KIND", "stop_kind", "ETKIND", text("What ends?", "终止的内容"), text("What ends", "终止内容"), KIND)
WHO_ITEM = choice("I.ET.WHO", "stop_who", "ETWHO", text("Who decided?", "由谁决定？"), text("Decided by", "决定者"), WHO)
REASON_ITEM = choice("I.ET.REASON", "stop_reason", "ETREAS", text("Main reason", "主要原因"), text("Reason", "原因"), REASON)
REASON_TEXT = words(
    "I.ET.REASON_TEXT", "stop_reason_text", "ETREASTX", text("Reason in words", "原因描述"), text("In words", "描述"),
    relevant=only_if("stop_reason == 'OTHER'", "stop_reason"), length=500,
)  # fmt: skip
FINAL_VISIT = yes_no(
    "I.ET.FINAL_VISIT", "stop_final_visit", "ETVISIT",
    text("Will the early-termination visit take place?", "是否进行提前终止访视？"), text("Last visit takes place", "进行末次访视"),
    hint=text("Within 14 days of the decision", "决定后14天内"),
)  # fmt: skip
KEEP_DATA = yes_no(
    "I.ET.KEEP_DATA", "stop_keep_data", "ETDATA",
    text("May the data collected so far be kept and used?", "已收集的数据是否可保留并使用？"), text("Data may be kept", "数据可保留"),
    relevant=only_if("stop_kind == 'CONSENT'", "stop_kind"),
)  # fmt: skip
ITEMS = (DECIDED, KIND_ITEM, WHO_ITEM, REASON_ITEM, REASON_TEXT, FINAL_VISIT, KEEP_DATA)

CHECKS = (
    EditCheck(
        "EC.ET.001", (DECIDED.oid,), "not known(stop_decided_on) or known(days(stop_decided_on, stop_decided_on))", "Soft",
        text("The full date is needed: the last visit is counted from it.", "需要完整日期：提前终止访视由此计算。"),
    ),
    EditCheck(
        "EC.ET.002", (DECIDED.oid,), "not before(today, stop_decided_on)", "Hard",
        text("The decision lies in the future.", "决定日期晚于今天。"),
    ),
    EditCheck(
        "EC.ET.003", (DECIDED.oid,), "not before(stop_decided_on, first('consent_time'))", "Hard",
        text("The decision lies before consent ({0}).", "决定日期早于知情同意（{0}）。"),
        ("first('consent_time')",),
    ),
    EditCheck(
        "EC.ET.004", (KIND_ITEM.oid, FINAL_VISIT.oid), "not one_of(stop_kind, 'LOST', 'DEATH') or not stop_final_visit", "Soft",
        text("There is no last visit after a death or a loss to follow-up.", "死亡或失访后无法进行末次访视。"),
    ),
    EditCheck(
        "EC.ET.005", (KIND_ITEM.oid, WHO_ITEM.oid), "stop_kind != 'CONSENT' or one_of(stop_who, 'PARTICIPANT', 'GUARDIAN')", "Soft",
        text("Consent is withdrawn by participant or guardian. Check both.", "知情同意由受试者或监护人撤回。请核对。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.ET",
        text("Decision to stop early", "提前终止决定"),
        text("Early termination", "提前终止"),
        text("Only when somebody decides to stop; the visit for it is due within 14 days", "仅在决定终止时填写；提前终止访视应在14天内进行"),
        ("IG.ET",),
        Layout((FieldCard(tuple(i.oid for i in ITEMS), text("Decision", "决定")),)),
    ),
    ITEMS,
    (),
    CHECKS,
    (KIND, WHO, REASON),
    table="early_termination",
)
