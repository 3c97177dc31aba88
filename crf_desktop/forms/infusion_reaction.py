"""Infusion reaction: CTCAE v5 grade, signs, what was done; anaphylaxis and cytokine release are recorded apart."""

from __future__ import annotations

from crf_desktop.forms import b_cell_rule, toxicity
from crf_desktop.forms.page import page
from crf_desktop.forms.question import choice, moment, only_if, words
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, Reason
from crf_desktop.model.layout import ChoiceRows, FieldCard, Layout

HAPPENED = only_if("irr_any")

ACTION = answers(
    "CL.IRR_ACTION",
    ("NONE", "Infusion went on unchanged", "输注未作调整"),
    ("SLOWED", "Slowed", "减慢"),
    ("PAUSED", "Interrupted, then resumed", "中断后继续"),
    ("STOPPED", "Stopped for good", "永久停止"),
    ("AFTER", "It had ended already", "输注已结束"),
)
OUTCOME = answers(
    "CL.IRR_OUTCOME",
    ("RECOVERED", "Recovered", "痊愈"),
    ("RECOVERING", "Recovering", "好转中"),
    ("SEQUELAE", "Recovered with sequelae", "痊愈，有后遗症"),
    ("FATAL", "Fatal", "死亡"),
)
DRUGS = answers(
    "CL.IRR_DRUG",
    ("RTX", "Rituximab", "利妥昔单抗"),
    ("BEL", "Belimumab", "贝利尤单抗"),
    ("PREMEDICATION", "Premedication", "输注前用药"),
)

ANY = yes_no("I.IRR.ANY", "irr_any", "IRANY", text("Any reaction during or after this infusion?", "本次输注期间或之后是否有输注反应？"), text("Infusion reaction", "输注反应"))
GRADE = toxicity.grade(
    "I.IRR.GRADE", "irr_grade", "IRGRADE",
    text("Infusion reaction: CTCAE v5 grade", "输注反应：CTCAE v5分级"), text("Grade", "分级"), toxicity.INFUSION, HAPPENED,
)  # fmt: skip
ONSET = moment("I.IRR.ONSET", "irr_onset", "IRSTDTC", text("Reaction began: date and time", "反应开始日期和时间"), text("Began", "开始"), relevant=HAPPENED)
END = moment(
    "I.IRR.END", "irr_end", "IRENDTC", text("Reaction ended: date and time", "反应结束日期和时间"), text("Ended", "结束"),
    relevant=HAPPENED, mandatory=False,
)  # fmt: skip
DRUG = choice(
    "I.IRR.DRUG", "irr_drug", "IRDRUG", text("Which medicine was running?", "当时输注何种药物？"), text("Medicine running", "当时所输药物"), DRUGS,
    relevant=HAPPENED,
)  # fmt: skip

SIGNS = tuple(
    yes_no(f"I.IRR.{key.upper()}", f"irr_{key}", sas_name, text(f"{en}?", f"{zh}？"), text(en, zh), relevant=HAPPENED)
    for key, sas_name, en, zh in (
        ("fever", "IRFEVER", "Fever or chills", "发热或寒战"),
        ("skin", "IRSKIN", "Rash, hives, itching or flushing", "皮疹、荨麻疹、瘙痒或潮红"),
        ("airway", "IRAIRWAY", "Cough, wheeze, tight throat or low oxygen", "咳嗽、喘息、咽喉发紧或低氧"),
        ("pressure", "IRPRESS", "Low pressure, fast pulse or faintness", "低血压、心动过速或晕厥感"),
        ("gut", "IRGUT", "Nausea, vomiting or abdominal pain", "恶心、呕吐或腹痛"),
        ("pain", "IRPAIN", "Headache, back or chest pain", "头痛、背痛或胸痛"),
    )
)
OTHER_SIGN = words(
    "I.IRR.OTHER_SIGN", "irr_other_sign", "IROTHSIG", text("Other signs", "其他表现"), text("Other signs", "其他表现"),
    relevant=HAPPENED, mandatory=False,
)  # fmt: skip
ANAPHYLAXIS = yes_no("I.IRR.ANAPHYLAXIS", "irr_anaphylaxis", "IRANAPH", text("Anaphylaxis?", "是否为严重过敏反应？"), text("Anaphylaxis", "严重过敏反应"), relevant=HAPPENED)
CYTOKINE = yes_no("I.IRR.CYTOKINE", "irr_cytokine", "IRCRS", text("Cytokine release syndrome?", "是否为细胞因子释放综合征？"), text("Cytokine release", "细胞因子释放综合征"), relevant=HAPPENED)
ACTION_ITEM = choice("I.IRR.ACTION", "irr_action", "IRACT", text("What happened to the infusion?", "对输注采取的措施"), text("What happened to the infusion", "对输注的措施"), ACTION, relevant=HAPPENED)
TREATED = yes_no("I.IRR.TREATED", "irr_treated", "IRTREAT", text("Was the reaction treated?", "是否给予治疗？"), text("Treated", "已治疗"), relevant=HAPPENED)
TREATMENT = words("I.IRR.TREATMENT", "irr_treatment", "IRTRTXT", text("Treatment: drugs and doses", "治疗：药物和剂量"), text("Treatment", "治疗"), relevant=only_if("irr_treated"))
HOSPITAL = yes_no("I.IRR.HOSPITAL", "irr_hospital", "IRHOSP", text("Hospital stay, or a longer one, because of it?", "是否因此住院或延长住院？"), text("Hospital stay", "住院"), relevant=HAPPENED)
OUTCOME_ITEM = choice("I.IRR.OUTCOME", "irr_outcome", "IROUT", text("Outcome of the reaction", "输注反应转归"), text("Outcome", "转归"), OUTCOME, relevant=HAPPENED)

NATURE = (*SIGNS, ANAPHYLAXIS, CYTOKINE)
COURSE = (ONSET, END)
DONE = (ACTION_ITEM, TREATED, TREATMENT, HOSPITAL, OUTCOME_ITEM)
ITEMS = (ANY, GRADE, DRUG, *COURSE, *NATURE, OTHER_SIGN, *DONE)

CHECKS = (
    EditCheck(
        "EC.IRR.001", (ONSET.oid, END.oid), "minutes(irr_onset, irr_end) >= 0", "Hard",
        text("The reaction must end after it begins.", "反应结束时间应晚于开始时间。"),
    ),
    EditCheck(
        "EC.IRR.002", (ONSET.oid,),
        "minutes(rtx_start, irr_onset) >= 0 if known(rtx_start) else minutes(bel_start, irr_onset) >= 0", "Soft",
        text("The reaction begins before the infusion. Check both times.", "反应开始时间早于输注开始。请核对两个时间。"),
    ),
    EditCheck(
        "EC.IRR.003", (ONSET.oid,),
        "hours(rtx_stop, irr_onset) <= 24 if known(rtx_stop) else hours(bel_stop, irr_onset) <= 24", "Soft",
        text("More than 24 h after the infusion: record it as an adverse event.", "发生在输注结束24 h之后：请作为不良事件记录。"),
    ),
    EditCheck(
        "EC.IRR.004", (GRADE.oid, ACTION_ITEM.oid, TREATED.oid),
        "irr_grade != 1 or not (one_of(irr_action, 'PAUSED', 'STOPPED') or irr_treated)", "Soft",
        text("Grade 1 needs neither interruption nor treatment. Check the grade.", "1级反应无需中断输注或治疗。请核对分级。"),
    ),
    EditCheck(
        "EC.IRR.005", (GRADE.oid, HOSPITAL.oid), "not irr_hospital or irr_grade >= 3", "Soft",
        text("A hospital stay makes it grade 3 at least. Check the grade.", "因此住院者至少为3级。请核对分级。"),
    ),
    EditCheck(
        "EC.IRR.006", (GRADE.oid, OUTCOME_ITEM.oid), "irr_outcome != 'FATAL' or irr_grade == 5", "Hard",
        text("A fatal outcome is grade 5. Enter grade 5 first.", "转归“死亡”对应5级。请先将分级填为5级。"),
    ),
    EditCheck(
        "EC.IRR.007", (GRADE.oid, ANAPHYLAXIS.oid), "not irr_anaphylaxis or irr_grade >= 3", "Soft",
        text("Anaphylaxis is grade 3 at least. Check the grade.", "严重过敏反应至少为3级。请核对分级。"),
    ),
    EditCheck(
        "EC.IRR.008", (HOSPITAL.oid,), "not irr_hospital or count_all('ae_serious') > 0", "Soft",
        text("A hospital stay makes it a serious adverse event: enter it in the list as well.", "因此住院属严重不良事件：请同时记入不良事件列表。"),
    ),
    EditCheck(
        "EC.IRR.009", (OUTCOME_ITEM.oid,), "irr_grade != 5 or irr_outcome == 'FATAL'", "Soft",
        text("Grade 5 is death: the outcome is fatal.", "5级为死亡：转归应为“死亡”。"),
    ),
)  # fmt: skip

_INFUSED = "(rtx_given if one_of(event, {}) else bel_given)".format(", ".join(f"'{v}'" for v in b_cell_rule.VISITS))

PAGE = page(
    FormDef(
        "F.IRR",
        text("Infusion reaction", "输注反应"),
        text("Reaction", "输注反应"),
        text("CTCAE v5; anaphylaxis and cytokine release apart", "CTCAE v5分级；严重过敏反应和细胞因子释放综合征单独记录"),
        ("IG.IRR",),
        Layout(
            (
                FieldCard((ANY.oid, GRADE.oid, DRUG.oid), text("Reaction", "反应")),
                FieldCard(tuple(i.oid for i in COURSE), text("Course", "经过"), columns=2),
                ChoiceRows(tuple(i.oid for i in NATURE), text("Signs", "表现")),
                FieldCard((OTHER_SIGN.oid,)),
                FieldCard(tuple(i.oid for i in DONE), text("What was done", "处理"), columns=2),
            )
        ),
        not_needed=(
            Reason(f"not {_INFUSED}", text("No infusion at this visit", "本次访视未输注")),
            Reason(
                f"event == '{b_cell_rule.VISITS[0]}' and not still_eligible and not known(rtx_given)",
                text("No infusion at this visit", "本次访视未输注"),
            ),
            Reason("rtx_rule == 'STOP' and not known(rtx_given)", text("No infusion at this visit", "本次访视未输注")),
        ),
    ),
    ITEMS,
    (),
    CHECKS,
    (ACTION, OUTCOME, DRUGS, toxicity.INFUSION),
    table="infusion_reaction",
)  # fmt: skip
