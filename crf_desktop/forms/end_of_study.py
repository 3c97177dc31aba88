"""End of study: completed or not, last contact, last doses, death."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, only_if, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, MethodDef
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

REASON = answers(
    "CL.EOS_REASON",
    ("EVENT", "Adverse event", "不良事件"),
    ("EFFICACY", "No or too little effect", "无效或疗效不足"),
    ("CONSENT", "Consent withdrawn", "撤回知情同意"),
    ("LOST", "Lost to follow-up", "失访"),
    ("PREGNANCY", "Pregnancy", "妊娠"),
    ("DEATH", "Death", "死亡"),
    ("OTHER", "Other", "其他"),
)

COMPLETED = yes_no(
    "I.EOS.COMPLETED", "eos_completed", "EOCOMPL", text("Study completed to week 28?", "是否完成至第28周？"), text("Completed", "完成研究"),
)  # fmt: skip
REASON_ITEM = choice(
    "I.EOS.REASON", "eos_reason", "EOREAS", text("Main reason for not completing it", "未完成的主要原因"), text("Reason", "原因"), REASON,
    relevant=only_if("not eos_completed", "eos_completed"),
)  # fmt: skip
REASON_TEXT = words(
    "I.EOS.REASON_TEXT", "eos_reason_text", "EOREASTX", text("Reason in words", "原因描述"), text("In words", "描述"),
    relevant=only_if("eos_reason == 'OTHER'", "eos_reason"), length=500,
)  # fmt: skip
LAST_CONTACT = day("I.EOS.LAST_CONTACT", "eos_last_contact", "EOLCDTC", text("Date of the last contact", "末次联系日期"), text("Last contact", "末次联系"))
DEATH = yes_no("I.EOS.DEATH", "eos_death", "EODTH", text("Has the participant died?", "受试者是否死亡？"), text("Died", "死亡"))
DEATH_DATE = day("I.EOS.DEATH_DATE", "eos_death_date", "EODTHDTC", text("Date of death", "死亡日期"), text("Died on", "死亡日期"), relevant=only_if("eos_death"))
DEATH_CAUSE = words("I.EOS.DEATH_CAUSE", "eos_death_cause", "EODTHCAU", text("Cause of death", "死亡原因"), text("Cause", "死因"), relevant=only_if("eos_death"))
END, WHY, DIED = (COMPLETED, LAST_CONTACT), (REASON_ITEM, REASON_TEXT), (DEATH, DEATH_DATE, DEATH_CAUSE)
ITEMS = (*END, *WHY, *DIED)

LAST_RTX = MethodDef(
    "M.EOS.LAST_RTX", "eos_last_rtx",
    text("Last rituximab", "末次利妥昔单抗"),
    "max_all('rtx_given_on')", "text",
    description=text("Last visit at which rituximab was given.", "给予利妥昔单抗的末次访视日期。"),
)  # fmt: skip
LAST_BEL = MethodDef(
    "M.EOS.LAST_BEL", "eos_last_bel",
    text("Last belimumab", "末次贝利尤单抗"),
    "max_all('bel_given_on')", "text",
    description=text("Last visit at which belimumab was given.", "给予贝利尤单抗的末次访视日期。"),
)  # fmt: skip
N_RTX = MethodDef(
    "M.EOS.N_RTX", "eos_n_rtx",
    text("Rituximab doses", "利妥昔单抗次数"),
    "count_all('rtx_given')", "integer",
    description=text("Visits at which it was given.", "已给药的访视数。"),
)  # fmt: skip
N_BEL = MethodDef(
    "M.EOS.N_BEL", "eos_n_bel",
    text("Belimumab doses", "贝利尤单抗次数"),
    "count_all('bel_given')", "integer",
    description=text("Visits at which it was given.", "已给药的访视数。"),
)  # fmt: skip
METHODS = (LAST_RTX, N_RTX, LAST_BEL, N_BEL)

CHECKS = (
    EditCheck(
        "EC.EOS.001", (COMPLETED.oid,), "not eos_completed or event != 'SE.ET'", "Soft",
        text("An early termination does not complete the study. Check the answer.", "提前终止不属于完成研究。请核对。"),
    ),
    EditCheck(
        "EC.EOS.002", (LAST_CONTACT.oid,), "not before(eos_last_contact, visit_date)", "Soft",
        text("The last contact lies before this visit ({0}). Check the date.", "末次联系早于本次访视（{0}）。请核对日期。"),
        ("visit_date",),
    ),
    EditCheck(
        "EC.EOS.003", (LAST_CONTACT.oid,), "not before(today, eos_last_contact)", "Hard",
        text("The last contact lies in the future.", "末次联系日期晚于今天。"),
    ),
    EditCheck(
        "EC.EOS.004", (DEATH_DATE.oid,), "not before(today, eos_death_date)", "Hard",
        text("The date of death lies in the future.", "死亡日期晚于今天。"),
    ),
    EditCheck(
        "EC.EOS.005", (DEATH_DATE.oid, LAST_CONTACT.oid), "not before(eos_death_date, eos_last_contact)", "Soft",
        text("The last contact lies after the death. Check both dates.", "末次联系晚于死亡日期。请核对两个日期。"),
    ),
    EditCheck(
        "EC.EOS.006", (DEATH.oid, REASON_ITEM.oid), "eos_reason != 'DEATH' or eos_death", "Soft",
        text("Death as the reason and the answer on death do not agree.", "“死亡”原因与死亡回答不一致。"),
    ),
    EditCheck(
        "EC.EOS.007", (DEATH.oid,), "not eos_death or (known(max_all('ae_grade')) and max_all('ae_grade') >= 5)", "Soft",
        text("A death belongs among the adverse events (grade 5, serious).", "死亡应作为不良事件记录（5级、严重）。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.EOS",
        text("End of study", "研究结束"),
        text("End of study", "研究结束"),
        text("At week 28, or at early termination", "第28周或提前终止时填写"),
        ("IG.EOS",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in END), text("End of study", "研究结束"), columns=2),
                FieldCard(tuple(i.oid for i in WHY), text("If it was not completed", "未完成时填写")),
                FieldCard(tuple(i.oid for i in DIED), text("Survival", "生存情况"), columns=3),
                DerivedCard(tuple(m.oid for m in METHODS), text("Doses given", "给药情况")),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    ITEMS,
    METHODS,
    CHECKS,
    (REASON,),
    table="end_of_study",
)
