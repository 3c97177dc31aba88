"""What changed since the last visit: adverse events, drugs, vaccines, infection, consent; mood at belimumab visits."""

from __future__ import annotations

from attrs import evolve

from crf_desktop.forms.page import page
from crf_desktop.forms.question import day, only_if, words
from crf_desktop.forms.reconsent import RECONSENT_DUE, STILL_VALID, STILL_VALID_CHECKS
from crf_desktop.forms.vocabulary import text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, MethodDef, Reason
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout

CONSENT = evolve(STILL_VALID, relevant="event != 'SE.SCR'")
BELIMUMAB = "one_of(event, {})".format(", ".join(f"'SE.BEL{n}'" for n in range(1, 7)))

EVENTS = yes_no(
    "I.REVIEW.AE", "review_ae", "RVAE", text("Any new or changed adverse event since the last visit?", "上次访视以来有无新发或变化的不良事件？"),
    text("Adverse events", "不良事件"), hint=text("At screening: since consent", "筛选时：自知情同意起"),
)  # fmt: skip
DRUGS = yes_no(
    "I.REVIEW.CM", "review_cm", "RVCM", text("Any medication started, changed or stopped since the last visit?", "上次访视以来有无开始、调整或停用药物？"),
    text("Medication", "用药"),
)  # fmt: skip
INFECTION = yes_no(
    "I.REVIEW.INFECTION", "review_infection", "RVINF", text("Any infection now or since the last visit?", "目前或上次访视以来有无感染？"),
    text("Infection", "感染"),
)  # fmt: skip
VACCINE = yes_no(
    "I.REVIEW.VACCINE", "review_vaccine", "RVVACC", text("Any vaccine since the last visit?", "上次访视以来有无接种疫苗？"), text("Vaccine", "疫苗"),
)  # fmt: skip
LIVE = yes_no(
    "I.REVIEW.LIVE_VACCINE", "review_live_vaccine", "RVLIVE", text("Was it a live vaccine?", "是否为活疫苗？"), text("Live vaccine", "活疫苗"),
    hint=text("Measles–mumps–rubella, varicella, nasal influenza, oral polio, BCG, yellow fever", "麻腮风、水痘、鼻喷流感、口服脊髓灰质炎、卡介苗、黄热病疫苗"),
    relevant=only_if("review_vaccine"),
)  # fmt: skip
VACCINE_DATE = day(
    "I.REVIEW.VACCINE_DATE", "review_vaccine_date", "RVVACDTC", text("Date of the vaccine", "疫苗接种日期"), text("Given on", "接种日期"),
    relevant=only_if("review_vaccine"),
)  # fmt: skip
LOW_MOOD = yes_no(
    "I.REVIEW.LOW_MOOD", "review_low_mood", "RVMOOD",
    text("Low, hopeless or without interest on most days since the last visit?", "上次访视以来多数日子情绪低落、无望或缺乏兴趣？"),
    text("Low mood", "情绪低落"), relevant=BELIMUMAB,
)  # fmt: skip
SUICIDE = yes_no(
    "I.REVIEW.SUICIDE", "review_suicide", "RVSUIC",
    text("Any thought of self-harm or suicide since the last visit?", "上次访视以来有无自伤或自杀的想法？"),
    text("Thoughts of suicide", "自杀意念"), relevant=BELIMUMAB,
)  # fmt: skip
MOOD_ACTION = words(
    "I.REVIEW.MOOD_ACTION", "review_mood_action", "RVMOODAC", text("What was done about it", "对情绪问题的处理"), text("What was done", "处理"),
    relevant=only_if("(review_low_mood or review_suicide)", "review_low_mood", "review_suicide"), length=300,
)  # fmt: skip
CHANGES, VACCINES, MOOD = (CONSENT, EVENTS, DRUGS, INFECTION, VACCINE), (LIVE, VACCINE_DATE), (LOW_MOOD, SUICIDE)
ITEMS = (*CHANGES, *VACCINES, *MOOD, MOOD_ACTION)

FOLLOWS = MethodDef(
    "M.REVIEW.FOLLOWS", "review_follows",
    text("Something to enter", "需要补充记录"),
    "review_ae or review_cm or review_infection or review_vaccine or (known(review_suicide) and review_suicide)",
    "boolean", code_list="CL.YES_NO",
    description=text("An answer on this page asks for an entry elsewhere.", "本页回答提示需在其他表单补充记录。"),
    reasons=(
        Reason("review_ae", text("Enter the event, or its change, in the list of adverse events", "请在不良事件列表中记录或更新该事件")),
        Reason("review_cm", text("Enter the drug, or its change, in the list of medication", "请在合并用药列表中记录或更新该药物")),
        Reason("review_infection", text("An infection is an adverse event of special interest", "感染属特别关注的不良事件")),
        Reason("review_vaccine", text("Enter the vaccine in the list of medication", "请将疫苗记入合并用药列表")),
        Reason("review_suicide", text("Speak with the child alone, call psychiatry today; no belimumab before", "请单独与患儿沟通，当日请精神科会诊；此前不给予贝利尤单抗")),
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.REVIEW.001", (LIVE.oid,), "not review_live_vaccine", "Soft",
        text(
            "Live vaccines are not given within 3 months before rituximab nor during the trial. Record a deviation.",
            "利妥昔单抗前3个月内及研究期间不得接种活疫苗。请记录方案偏离。",
        ),
    ),
    EditCheck(
        "EC.REVIEW.002", (VACCINE_DATE.oid,), "not before(visit_date, review_vaccine_date)", "Hard",
        text("The vaccine lies after the visit date.", "接种日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.REVIEW.003", (INFECTION.oid,), "not review_infection or not (rtx_given or bel_given)", "Soft",
        text("Infection at this visit, and a dose was given. Check both.", "本次访视有感染且已给药。请核对。"),
    ),
    EditCheck(
        "EC.REVIEW.004", (SUICIDE.oid,), "not review_suicide or not bel_given", "Soft",
        text("Thoughts of suicide, and belimumab was given. Check both.", "有自杀意念且已给予贝利尤单抗。请核对。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.REVIEW",
        text("Since the last visit", "上次访视以来"),
        text("Since last visit", "上次访视以来"),
        text("Asked at every visit before anything else", "每次访视首先询问"),
        ("IG.REVIEW",),
        Layout(
            (
                ChoiceRows(tuple(i.oid for i in CHANGES), text("Changes", "变化")),
                FieldCard(tuple(i.oid for i in VACCINES), text("Vaccine", "疫苗"), columns=2),
                ChoiceRows(
                    tuple(i.oid for i in MOOD), text("Mood", "情绪"),
                    text("Asked at every belimumab visit", "每次贝利尤单抗访视均询问"),
                ),
                FieldCard((MOOD_ACTION.oid,)),
                DerivedCard((FOLLOWS.oid, RECONSENT_DUE.oid)),
            )
        ),
        (FOLLOWS.oid, RECONSENT_DUE.oid),
        records=("F.AE", "F.CM", "F.DEV", "F.RECONSENT"),
    ),
    ITEMS,
    (FOLLOWS, RECONSENT_DUE),
    (*CHECKS, *STILL_VALID_CHECKS),
    table="visit_review",
)  # fmt: skip
