"""Adverse events: CTCAE v5 grade, relation to each drug, outcome, and the clock of a serious one's report.

Terms are free text and a short list; there is no MedDRA (licence), but a column for its code.
"""

from __future__ import annotations

from crf_desktop.forms import toxicity
from crf_desktop.forms.adverse_event_rule import CHECKS, IN_TIME, METHODS
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, day, moment, only_if, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import FormDef
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout

SERIOUS_ONLY = only_if("ae_serious")

SHORT_LIST = answers(
    "CL.AE_TERM",
    ("INFUSION_REACTION", "Infusion reaction", "输注反应"),
    ("UPPER_AIRWAY", "Upper airway infection", "上呼吸道感染"),
    ("PNEUMONIA", "Pneumonia", "肺炎"),
    ("URINARY", "Urinary tract infection", "泌尿道感染"),
    ("HERPES", "Herpes simplex or zoster", "单纯疱疹或带状疱疹"),
    ("OTHER_INFECTION", "Other infection", "其他感染"),
    ("FEVER", "Fever", "发热"),
    ("NEUTROPENIA", "Neutropenia", "中性粒细胞减少"),
    ("LYMPHOPENIA", "Lymphopenia", "淋巴细胞减少"),
    ("LOW_IGG", "Low IgG", "低IgG血症"),
    ("LIVER_ENZYMES", "Raised liver enzymes", "肝酶升高"),
    ("RASH", "Rash", "皮疹"),
    ("HEADACHE", "Headache", "头痛"),
    ("GUT", "Nausea, vomiting or diarrhoea", "恶心、呕吐或腹泻"),
    ("MOOD", "Low mood or thoughts of suicide", "情绪低落或自杀意念"),
    ("OTHER", "Other", "其他"),
)
RELATION = answers(
    "CL.AE_RELATION",
    ("NONE", "Not related", "无关"),
    ("UNLIKELY", "Unlikely", "可能无关"),
    ("POSSIBLE", "Possible", "可能有关"),
    ("PROBABLE", "Probable", "很可能有关"),
    ("DEFINITE", "Definite", "肯定有关"),
    ("NOT_GIVEN", "Drug not given before it", "此前未用该药"),
)
ACTION = answers(
    "CL.AE_ACTION",
    ("NONE", "None", "无"),
    ("DELAYED", "Dose delayed", "推迟给药"),
    ("REDUCED", "Dose reduced", "减量"),
    ("INTERRUPTED", "Infusion interrupted", "中断输注"),
    ("STOPPED", "Stopped for good", "永久停药"),
    ("NOT_APPLICABLE", "Not applicable", "不适用"),
)
OUTCOME = answers(
    "CL.AE_OUTCOME",
    ("RECOVERED", "Recovered", "痊愈"),
    ("SEQUELAE", "Recovered with sequelae", "痊愈，有后遗症"),
    ("RECOVERING", "Recovering", "好转中"),
    ("NOT_RECOVERED", "Not recovered", "未痊愈"),
    ("FATAL", "Fatal", "死亡"),
    ("UNKNOWN", "Unknown", "未知"),
)
SPECIAL = answers(
    "CL.AE_SPECIAL",
    ("NONE", "None of these", "均不是"),
    ("INFECTION", "Infection", "感染"),
    ("LOW_IGG", "Hypogammaglobulinaemia", "低丙种球蛋白血症"),
    ("LATE_NEUTROPENIA", "Late-onset neutropenia", "迟发性中性粒细胞减少"),
    ("INFUSION_REACTION", "Infusion reaction", "输注反应"),
    ("DEPRESSION", "Depression or suicidality", "抑郁或自杀倾向"),
)

LISTED = choice("I.AE.LISTED", "ae_listed", "AELIST", text("Kind of event, short list", "事件类别（简表）"), text("Kind", "类别"), SHORT_LIST)
TERM = words(
    "I.AE.TERM", "ae_term", "AETERM", text("Adverse event in words: the diagnosis rather than its signs", "不良事件描述：尽量填写诊断而非症状"),
    text("Event in words", "事件描述"), length=120,
)  # fmt: skip
CODE = words(
    "I.AE.CODE", "ae_code", "AECODE", text("Code of the term, given later", "事件编码（后续填写）"), text("Code", "编码"),
    hint=text("Left open for coding", "留待编码"), mandatory=False, length=40,
)  # fmt: skip
START = day("I.AE.START", "ae_start", "AESTDTC", text("Start date", "开始日期"), text("Start", "开始"), hint=text("Year, or month and year, where the day is not known", "日期不详时可只填年或年月"))
ONGOING = yes_no("I.AE.ONGOING", "ae_ongoing", "AEONGO", text("Is it ongoing?", "是否仍在持续？"), text("Ongoing", "持续中"))
STOP = day("I.AE.STOP", "ae_stop", "AEENDTC", text("End date", "结束日期"), text("End", "结束"), relevant=only_if("not ae_ongoing", "ae_ongoing"))
GRADE = toxicity.grade("I.AE.GRADE", "ae_grade", "AETOXGR", text("Worst CTCAE v5 grade", "最高CTCAE v5分级"), text("Grade", "分级"), toxicity.GENERAL)
SPECIAL_ITEM = choice("I.AE.SPECIAL", "ae_special", "AESPEC", text("Event of special interest?", "是否为特别关注的事件？"), text("Special interest", "特别关注"), SPECIAL)
REL_RTX = choice("I.AE.REL_RTX", "ae_rel_rtx", "AERELRX", text("Relation to rituximab", "与利妥昔单抗的关系"), text("Related to rituximab", "与利妥昔单抗的关系"), RELATION)
REL_BEL = choice("I.AE.REL_BEL", "ae_rel_bel", "AERELBL", text("Relation to belimumab", "与贝利尤单抗的关系"), text("Related to belimumab", "与贝利尤单抗的关系"), RELATION)
ACT_RTX = choice("I.AE.ACTION_RTX", "ae_action_rtx", "AEACNRX", text("Action taken with rituximab", "对利妥昔单抗采取的措施"), text("Action, rituximab", "措施（利妥昔单抗）"), ACTION)
ACT_BEL = choice("I.AE.ACTION_BEL", "ae_action_bel", "AEACNBL", text("Action taken with belimumab", "对贝利尤单抗采取的措施"), text("Action, belimumab", "措施（贝利尤单抗）"), ACTION)
TREATMENT = words("I.AE.TREATMENT", "ae_treatment", "AETRT", text("Treatment of the event, if any", "针对该事件的治疗（如有）"), text("Treatment", "治疗"), mandatory=False)
OUTCOME_ITEM = choice("I.AE.OUTCOME", "ae_outcome", "AEOUT", text("Outcome", "转归"), text("Outcome", "转归"), OUTCOME)
SERIOUS = yes_no("I.AE.SERIOUS", "ae_serious", "AESER", text("Is the event serious?", "是否为严重不良事件？"), text("Serious", "严重"))
CRITERIA = tuple(
    yes_no(f"I.AE.SER_{key}", f"ae_ser_{key.lower()}", sas_name, text(f"{en}?", f"{zh}？"), text(en, zh), relevant=SERIOUS_ONLY)
    for key, sas_name, en, zh in (
        ("DEATH", "AESDTH", "Death", "死亡"),
        ("LIFE", "AESLIFE", "Life-threatening", "危及生命"),
        ("HOSPITAL", "AESHOSP", "Hospital stay, or a longer one", "住院或延长住院"),
        ("DISABILITY", "AESDISAB", "Lasting or marked disability", "永久或显著残疾"),
        ("CONGENITAL", "AESCONG", "Congenital anomaly", "先天异常"),
        ("OTHER", "AESMIE", "Other important medical event", "其他重要医学事件"),
    )
)
AWARE = moment(
    "I.AE.AWARE", "sae_aware", "AEAWDTC", text("Site became aware: date and time", "研究中心获知日期和时间"), text("Site aware", "获知时间"),
    relevant=SERIOUS_ONLY,
)  # fmt: skip
REPORTED = moment(
    "I.AE.REPORTED", "sae_reported", "AERPDTC", text("Report sent to the sponsor: date and time", "向申办者报告日期和时间"), text("Report sent", "报告时间"),
    relevant=SERIOUS_ONLY,
)  # fmt: skip
NARRATIVE = words(
    "I.AE.NARRATIVE", "sae_narrative", "AENARR", text("What happened, in a few sentences", "事件经过简述"), text("Narrative", "经过"),
    relevant=SERIOUS_ONLY, length=2000,
)  # fmt: skip

EVENT = (LISTED, TERM, GRADE, START, ONGOING, STOP, SPECIAL_ITEM, CODE)
DRUGS = (REL_RTX, ACT_RTX, REL_BEL, ACT_BEL)
END = (TREATMENT, OUTCOME_ITEM, SERIOUS)
REPORT = (AWARE, REPORTED, NARRATIVE)
ITEMS = (*EVENT, *DRUGS, *END, *CRITERIA, *REPORT)

PAGE = page(
    FormDef(
        "F.AE",
        text("Adverse event", "不良事件"),
        text("Adverse events", "不良事件"),
        text("One page per event, from consent to the end of study", "自知情同意至研究结束，每个事件一页"),
        ("IG.AE",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in EVENT), text("Event", "事件"), columns=2),
                FieldCard(tuple(i.oid for i in DRUGS), text("Study drugs", "研究药物"), columns=2),
                FieldCard(tuple(i.oid for i in END), text("Treatment and outcome", "治疗与转归")),
                ChoiceRows(
                    tuple(i.oid for i in CRITERIA), text("Why it is serious", "严重性标准"),
                    text("Asked when the event is serious", "仅在严重不良事件时填写"),
                ),
                FieldCard(tuple(i.oid for i in REPORT), text("Report of a serious event", "严重不良事件报告"), columns=2),
                DerivedCard((IN_TIME.oid,)),
            )
        ),
        tuple(m.oid for m in METHODS),
        repeating=True,
        columns=(TERM.oid, GRADE.oid, SERIOUS.oid, START.oid, ONGOING.oid),
    ),
    ITEMS,
    METHODS,
    CHECKS,
    (SHORT_LIST, RELATION, ACTION, OUTCOME, SPECIAL, toxicity.GENERAL),
    table="adverse_events",
)  # fmt: skip
