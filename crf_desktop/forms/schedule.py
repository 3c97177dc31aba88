"""The visits of the trial: when each is due, whether it is needed and why, and its forms in the order they are filled in."""

from __future__ import annotations

from crf_desktop.forms import b_cell_rule
from crf_desktop.forms.vocabulary import HOUR, text
from crf_desktop.model.definition import Banner, CourseMark, DeviationLog, MatrixRow, Parameter, Reason, StudyEventDef

EFFICACY = ("F.ESSPRI", "F.PGA", "F.ESSDAI")
"""ESSPRI before PGA before ESSDAI, so that one does not colour the next."""
GLANDS = ("F.SCHIRMER", "F.SALIVA", "F.HOCEVAR")
SEEN = ("F.REVIEW", "F.VITALS", "F.EXAM")
BLOOD = ("F.LAB1", "F.LAB2", "F.BCELL")

RESPONSE_DAY = 196
"""Day of the primary end point, week 28 after day 0; the last belimumab lies before it."""
DAYS_BETWEEN = 28
"""From the last rituximab to belimumab 1, and from one belimumab to the next."""

NO_CONSENT = Reason(
    "count_all('consent_ok') < 1 and count_all('rtx_given') < 1",
    text("There is no valid consent yet. Nothing is recorded before it.", "尚无有效的知情同意。在此之前不记录任何数据。"),
)
STOPPED = Reason(
    "known(latest('stop_decided_on'))",
    text("Stopped early, decided on {0}", "已于{0}决定提前终止"),
    ("latest('stop_decided_on')",),
)
NOT_ELIGIBLE = Reason(
    "not latest('elig_confirmed') and not known(event_date('SE.W0'))",
    text("The investigator did not confirm eligibility: the participation ended with screening", "研究者未确认入选资格：筛选后未入组"),
)
NOT_STARTED = Reason(
    "not at('SE.W0', 'still_eligible') and count_all('rtx_given') < 1",
    text("Not eligible any more on day 0: no dose was given", "第0天已不符合入选标准，未给药"),
)
SPARED = (STOPPED, NOT_ELIGIBLE)
AFTER_DAY_0 = (*SPARED, NOT_STARTED)

SCREENING = StudyEventDef(
    "SE.SCR",
    text("Screening", "筛选"),
    text("Screening", "筛选"),
    text("SCR", "SCR"),
    text("screening", "筛选"),
    ("F.CONSENT", "F.DEMO", "F.HX", "F.PRIOR", *SEEN, *EFFICACY, *GLANDS, *BLOOD, "F.INFECTION", "F.PREG", "F.ORGAN", "F.LUNG", "F.ELIG"),
    optional=(*EFFICACY, *GLANDS, "F.LUNG"),
)
WEEK_0 = StudyEventDef(
    "SE.W0",
    text("Week 0 · rituximab 1", "第0周 · 利妥昔单抗第1次"),
    text("Week 0 · RTX 1", "第0周 · RTX 1"),
    text("W0", "W0"),
    text("RTX 1", "RTX 1"),
    (*SEEN, *EFFICACY, *GLANDS, *BLOOD, "F.PREG", "F.RECONFIRM", "F.RTX", "F.IRR"),
    target="days_after(event_date('SE.SCR'), 28)",
    window=(-27, 0),
    not_needed=SPARED,
    closed=(NO_CONSENT,),
)
"""Day 0 is the first rituximab; everything on it is done before the infusion. Screening lies 1 to 28 days before."""


def _rituximab(dose: int) -> StudyEventDef:
    """Doses 2 to 4, a week apart; the sample drawn before a dose decides on the next."""
    depends = dose > b_cell_rule.MINIMUM
    return StudyEventDef(
        f"SE.RTX{dose}",
        text(f"Rituximab {dose}", f"利妥昔单抗第{dose}次"),
        text(f"RTX {dose}", f"RTX {dose}"),
        text("RTX", "RTX"),
        text(f"RTX {dose}", f"RTX {dose}"),
        (*SEEN, "F.LAB1", "F.BCELL", "F.RTX", "F.IRR"),
        target=f"days_after(event_date('SE.W0'), {7 * (dose - 1)})",
        window=(-1, 1),
        weekly=True,
        not_needed=(*AFTER_DAY_0, *(b_cell_rule.not_needed(dose) if depends else ())),
        closed=(NO_CONSENT,),
        confirmed=b_cell_rule.confirmed(dose) if depends else (),
    )


def _belimumab(dose: int) -> StudyEventDef:
    """28 days times its number after the actual last rituximab; the interim assessments ride on the third."""
    day = f"days_after(max_all('rtx_given_on'), {DAYS_BETWEEN * dose})"
    interim = dose == 3
    blood = BLOOD if interim else ("F.LAB1", "F.BCELL") if dose == 1 else ("F.LAB1",)
    return StudyEventDef(
        f"SE.BEL{dose}",
        text(f"Belimumab {dose}", f"贝利尤单抗第{dose}次"),
        text(f"BEL {dose}", f"BEL {dose}"),
        text("BEL", "BEL"),
        text(f"BEL {dose}", f"BEL {dose}"),
        (*SEEN, *(EFFICACY if interim else ()), *blood, "F.PREG", "F.BEL", "F.IRR"),
        target=day,
        window=(-3, 3),
        weekly=True,
        not_needed=(*AFTER_DAY_0, _too_late(day)),
        closed=(NO_CONSENT,),
    )


def _too_late(day: str) -> Reason:
    return Reason(
        f"days(event_date('SE.W0'), {day}) >= {RESPONSE_DAY}",
        text(
            f"Would be due on {{0}}, day {RESPONSE_DAY} or later: the last belimumab lies before week 28",
            f"计划日期为{{0}}，已在第{RESPONSE_DAY}天或之后：末次贝利尤单抗应在第28周之前",
        ),
        (day,),
    )


_SIXTH = f"days_after(max_all('rtx_given_on'), {6 * DAYS_BETWEEN})"
_SIXTH_DUE = (
    f"({_SIXTH} if not known(event_date('SE.BEL6')) and days(event_date('SE.W0'), {_SIXTH}) < {RESPONSE_DAY} else None)"
)
"""The day of the last belimumab while that visit has no date: week 28 comes after it too."""
WEEK_28 = StudyEventDef(
    "SE.W28",
    text("Week 28", "第28周"),
    text("Week 28", "第28周"),
    text("W28", "W28"),
    text("response", "疗效"),
    (*SEEN, *EFFICACY, *GLANDS, *BLOOD, "F.PREG", "F.ORGAN", "F.LUNG", "F.EOS"),
    optional=("F.LUNG",),
    target=f"days_after(event_date('SE.W0'), {RESPONSE_DAY})",
    window=(-7, 7),
    not_before=f"days_after(max_known(max_all('bel_given_on'), {_SIXTH_DUE}), 1)",
    not_needed=AFTER_DAY_0,
    closed=(NO_CONSENT,),
)
EARLY_TERMINATION = StudyEventDef(
    "SE.ET",
    text("Early termination", "提前终止"),
    text("Early termination", "提前终止"),
    text("ET", "ET"),
    text("early end", "提前终止"),
    (*SEEN, *EFFICACY, *GLANDS, *BLOOD, "F.PREG", "F.ORGAN", "F.LUNG", "F.EOS"),
    optional=("F.LUNG",),
    target="latest('stop_decided_on')",
    window=(0, 14),
    not_needed=(
        Reason(
            "not known(latest('stop_decided_on'))",
            text("No decision to stop early", "未决定提前终止"),
        ),
        Reason(
            "not latest('stop_final_visit')",
            text("Stopped early; a final visit is not possible", "已提前终止，无法进行末次访视"),
        ),
    ),
    closed=(NO_CONSENT,),
)
UNSCHEDULED = StudyEventDef(
    "SE.UNS",
    text("Unscheduled visit", "计划外访视"),
    text("Unscheduled", "计划外"),
    text("UNS", "UNS"),
    text("unscheduled", "计划外"),
    ("F.UNS", *SEEN, *EFFICACY, *BLOOD),
    optional=(*EFFICACY, *BLOOD),
    type="Unscheduled",
    repeating=True,
    closed=(NO_CONSENT,),
)
LOG = StudyEventDef(
    "SE.LOG",
    text("Participant log", "受试者记录"),
    text("Log", "记录"),
    text("LOG", "LOG"),
    text("log", "记录"),
    ("F.AE", "F.CM", "F.DEV", "F.RECONSENT", "F.ET"),
    type="Common",
)

EVENTS = (
    SCREENING,
    WEEK_0,
    *(_rituximab(dose) for dose in (2, 3, 4)),
    *(_belimumab(dose) for dose in range(1, 7)),
    WEEK_28,
    EARLY_TERMINATION,
    UNSCHEDULED,
    LOG,
)
BANNER = Banner("I.DEMO.SEX", "I.DEMO.BIRTH_DATE", SCREENING.oid, "F.DEMO", WEEK_0.oid)

MATRIX_ROWS = (
    MatrixRow(
        text("Consent, eligibility, history", "知情同意、入选、病史"),
        ("F.CONSENT", "F.DEMO", "F.HX", "F.PRIOR", "F.ELIG", "F.RECONFIRM", "F.UNS"),
    ),
    MatrixRow(text("Drugs, adverse events", "用药、不良事件"), ("F.REVIEW",)),
    MatrixRow(text("Vitals, examination", "生命体征、体格检查"), ("F.VITALS", "F.EXAM")),
    MatrixRow(text("ESSPRI", "ESSPRI"), ("F.ESSPRI",)),
    MatrixRow(text("PGA", "PGA"), ("F.PGA",)),
    MatrixRow(text("ESSDAI", "ESSDAI"), ("F.ESSDAI",)),
    MatrixRow(text("Schirmer", "Schirmer试验"), ("F.SCHIRMER",)),
    MatrixRow(text("Saliva", "唾液流率"), ("F.SALIVA",)),
    MatrixRow(text("Ultrasound", "超声"), ("F.HOCEVAR",)),
    MatrixRow(text("Laboratory 1", "实验室检查1"), ("F.LAB1",)),
    MatrixRow(text("Laboratory 2", "实验室检查2"), ("F.LAB2",)),
    MatrixRow(text("CD19 B cells", "CD19阳性B细胞"), ("F.BCELL",)),
    MatrixRow(text("Infection, pregnancy", "感染筛查、妊娠"), ("F.INFECTION", "F.PREG")),
    MatrixRow(text("Lung, organs", "肺、其他器官"), ("F.LUNG", "F.ORGAN")),
    MatrixRow(text("Infusion and reaction", "输注与反应"), ("F.RTX", "F.BEL", "F.IRR")),
    MatrixRow(text("End of study", "研究结束"), ("F.EOS",)),
)
DEVIATION_LOG = DeviationLog(
    LOG.oid, "F.DEV", "I.DEV.KIND", "WINDOW", "I.DEV.VISIT", "I.DEV.DATE", "I.DEV.DESCRIPTION", "I.DEV.REASON",
    "MISSED",
)  # fmt: skip
MARKS = (
    CourseMark("rtx_given_on", text("rituximab", "利妥昔单抗"), "rituximab"),
    CourseMark("bel_given_on", text("belimumab", "贝利尤单抗"), "belimumab"),
)
"""Doses given, on the time axis of a participant."""
PARAMETERS = (
    Parameter(
        "sae_clock_hours", "24",
        text("Hours to report a serious adverse event", "严重不良事件报告时限（小时）"),
        HOUR,
    ),
)  # fmt: skip
