"""Checks of adverse events across dates, grade, outcome, drugs, and the clock of a serious one."""

from __future__ import annotations

from crf_desktop.forms.vocabulary import HOUR, text
from crf_desktop.model.definition import EditCheck, MethodDef, Reason

_CRITERIA = "ae_ser_death, ae_ser_life, ae_ser_hospital, ae_ser_disability, ae_ser_congenital, ae_ser_other"
_RELATED = "one_of({0}, 'POSSIBLE', 'PROBABLE', 'DEFINITE')"
_RTX, _BEL = "min_all('rtx_given_on')", "min_all('bel_given_on')"

HOURS = MethodDef(
    "M.AE.REPORT_HOURS", "sae_report_hours",
    text("Hours from awareness to report", "获知至报告的时间"),
    "hours(sae_aware, sae_reported)", "decimal", HOUR, 2,
    description=text("Elapsed hours by the clocks’ offsets.", "按时区换算的实际间隔小时数。"),
)  # fmt: skip
IN_TIME = MethodDef(
    "M.AE.REPORT_IN_TIME", "sae_report_in_time",
    text("Reported in time", "按时报告"),
    "sae_report_hours <= sae_clock_hours", "boolean", code_list="CL.YES_NO",
    description=text(
        "A serious event is reported within the hours set for the study (24 unless set otherwise) of becoming aware.",
        "严重不良事件应在获知后研究规定的时限内报告（默认24小时）。",
    ),
    reasons=(
        Reason("not ae_serious", text("Not serious: no report to the sponsor is timed", "非严重不良事件，报告不计时")),
        Reason(
            "known(sae_aware) and not known(sae_reported)",
            text("The report is due by {0}", "应于{0}前报告"),
            ("hours_after(sae_aware, sae_clock_hours)",),
        ),
        Reason(
            "sae_report_hours <= sae_clock_hours",
            text("Reported {0} h after becoming aware; the limit is {1} h", "获知后{0}小时报告，时限为{1}小时"),
            ("sae_report_hours", "sae_clock_hours"),
        ),
        Reason(
            "sae_report_hours > sae_clock_hours",
            text("Reported {0} h after becoming aware, later than {1} h", "获知后{0}小时报告，超过{1}小时"),
            ("sae_report_hours", "sae_clock_hours"),
        ),
    ),
)  # fmt: skip
METHODS = (HOURS, IN_TIME)

DATES = (
    EditCheck(
        "EC.AE.001", ("I.AE.START", "I.AE.STOP"), "not before(ae_stop, ae_start)", "Hard",
        text("The event ends before it starts.", "结束日期早于开始日期。"),
    ),
    EditCheck(
        "EC.AE.002", ("I.AE.START",), "not before(ae_start, first('consent_time'))", "Soft",
        text("The event starts before consent ({0}). What was there before belongs to the history.", "事件早于知情同意（{0}）。既往情况请记入病史。"),
        ("first('consent_time')",),
    ),
    EditCheck(
        "EC.AE.003", ("I.AE.START",), "not before(today, ae_start)", "Hard",
        text("The start lies in the future.", "开始日期晚于今天。"),
    ),
    EditCheck(
        "EC.AE.004", ("I.AE.STOP",), "not before(today, ae_stop)", "Hard",
        text("The end lies in the future. Answer ongoing.", "结束日期晚于今天。请填写“持续中”。"),
    ),
    EditCheck(
        "EC.AE.005", ("I.AE.ONGOING", "I.AE.OUTCOME"),
        "not ae_ongoing or not one_of(ae_outcome, 'RECOVERED', 'SEQUELAE', 'FATAL')", "Soft",
        text("Ongoing does not go with this outcome. Check both.", "“持续中”与该转归不符。请核对。"),
    ),
    EditCheck(
        "EC.AE.006", ("I.AE.ONGOING", "I.AE.OUTCOME"), "ae_ongoing or not one_of(ae_outcome, 'RECOVERING', 'NOT_RECOVERED')", "Soft",
        text("An event that has ended is neither recovering nor not recovered. Check both.", "已结束的事件不应为“好转中”或“未痊愈”。请核对。"),
    ),
)  # fmt: skip
GRAVITY = (
    EditCheck(
        "EC.AE.010", ("I.AE.GRADE", "I.AE.OUTCOME"), "ae_outcome != 'FATAL' or ae_grade == 5", "Hard",
        text("A fatal outcome is grade 5. Enter grade 5 first.", "转归“死亡”对应5级。请先将分级填为5级。"),
    ),
    EditCheck(
        "EC.AE.011", ("I.AE.OUTCOME", "I.AE.SERIOUS"), "ae_outcome != 'FATAL' or ae_serious", "Hard",
        text("A fatal event is serious.", "致死事件为严重不良事件。"),
    ),
    EditCheck(
        "EC.AE.012", ("I.AE.OUTCOME", "I.AE.SER_DEATH"), "(ae_outcome == 'FATAL') == ae_ser_death", "Soft",
        text("Death as a criterion and a fatal outcome belong together.", "严重性标准“死亡”与转归“死亡”应一致。"),
    ),
    EditCheck(
        "EC.AE.013", ("I.AE.GRADE", "I.AE.SERIOUS"), "ae_grade < 4 or ae_serious", "Soft",
        text("Grade 4 that is not serious is unusual (a laboratory value alone). Check both.", "4级而非严重少见（仅实验室指标异常）。请核对。"),
    ),
    EditCheck(
        "EC.AE.014", ("I.AE.SER_OTHER", "I.AE.SERIOUS"),
        f"not ae_serious or count_known({_CRITERIA}) < 6 or count_true({_CRITERIA}) > 0", "Soft",
        text("A serious event meets at least one criterion.", "严重不良事件至少符合一项标准。"),
    ),
    EditCheck(
        "EC.AE.015", ("I.AE.OUTCOME",), "ae_grade != 5 or ae_outcome == 'FATAL'", "Soft",
        text("Grade 5 is death: the outcome is fatal.", "5级为死亡：转归应为“死亡”。"),
    ),
)  # fmt: skip
DRUGS = (
    EditCheck(
        "EC.AE.020", ("I.AE.REL_RTX", "I.AE.START"), f"not {_RELATED.format('ae_rel_rtx')} or not before(ae_start, {_RTX})", "Soft",
        text("The event starts before the first rituximab ({0}). Check the relation.", "事件早于首次利妥昔单抗（{0}）。请核对相关性。"),
        (_RTX,),
    ),
    EditCheck(
        "EC.AE.021", ("I.AE.REL_BEL", "I.AE.START"), f"not {_RELATED.format('ae_rel_bel')} or not before(ae_start, {_BEL})", "Soft",
        text("The event starts before the first belimumab ({0}). Check the relation.", "事件早于首次贝利尤单抗（{0}）。请核对相关性。"),
        (_BEL,),
    ),
    EditCheck(
        "EC.AE.022", ("I.AE.LISTED", "I.AE.SPECIAL"),
        "not one_of(ae_listed, 'UPPER_AIRWAY', 'PNEUMONIA', 'URINARY', 'HERPES', 'OTHER_INFECTION') or ae_special == 'INFECTION'", "Soft",
        text("Infections are of special interest. Check the answer.", "感染属特别关注的事件。请核对。"),
    ),
)  # fmt: skip
CLOCK = (
    EditCheck(
        "EC.AE.030", ("I.AE.AWARE", "I.AE.REPORTED"), "sae_report_hours >= 0", "Hard",
        text("The report lies before the site became aware.", "报告时间早于获知时间。"),
    ),
    EditCheck(
        "EC.AE.031", ("I.AE.REPORTED",), "sae_report_hours <= sae_clock_hours", "Soft",
        text("Reported {0} h after becoming aware; the limit is {1} h.", "获知后{0}小时报告；时限为{1}小时。"),
        ("sae_report_hours", "sae_clock_hours"),
    ),
    EditCheck(
        "EC.AE.032", ("I.AE.AWARE", "I.AE.REPORTED"),
        "known(sae_reported) or (days(sae_aware, today) - 1) * 24 < sae_clock_hours", "Soft",
        text("No report yet, and the time to report has passed ({0}).", "尚未报告，且已超过报告时限（{0}）。"),
        ("hours_after(sae_aware, sae_clock_hours)",),
    ),
    EditCheck(
        "EC.AE.033", ("I.AE.AWARE", "I.AE.START"), "not before(sae_aware, ae_start)", "Soft",
        text("The site became aware before the event starts. Check both dates.", "获知时间早于事件开始。请核对两个日期。"),
    ),
)  # fmt: skip
CHECKS = (*DATES, *GRAVITY, *DRUGS, *CLOCK)
