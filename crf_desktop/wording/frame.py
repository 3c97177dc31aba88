"""What the frames and files of an analysis, their columns and their codes are called in the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Both = tuple[str, str]

FILES: Final[Mapping[str, Both]] = {
    "subjects": ("One row per participant", "每位受试者一行"),
    "visits": ("One row per visit, planned or held", "每次访视一行（计划的或已进行的）"),
    "outcomes": ("One row per participant: every end point", "每位受试者一行：全部终点"),
    "parts": ("The traces: one row per comparison a verdict rests on", "判定依据：判定所依据的每项比较一行"),
    "changes": ("One row per participant and outcome: week 28 minus week 0", "每位受试者每项结局一行：第28周减第0周"),
    "issues": ("What a reader of the results has to know of the data", "结果解读须知的数据问题"),
    "doses": ("One row per dose of the schedule", "计划中的每次给药一行"),
    "exposure": ("One row per participant and drug", "每位受试者每种药物一行"),
    "b_cell_samples": ("One row per B-cell sample", "每次B细胞检测一行"),
    "codebook": ("What every file and column means", "各文件和各列的含义"),
    "traces_en": ("The traces as a text to read, English", "判定依据，可读文本（英文）"),
    "traces_zh": ("The traces as a text to read, Chinese", "判定依据，可读文本（中文）"),
    "traces": ("The traces for machines (JSON)", "判定依据，机器可读（JSON）"),
    "statistical_report": ("The statistical report", "统计报告"),
    "manifest": ("What these files are made of, and the checksum of each", "文件来源及各文件校验值"),
}
"""By name without extension."""

COLUMNS: Final[Mapping[str, Both]] = {
    "sex": ("Sex", "性别"),
    "birth_date": ("Date of birth as far as known", "出生日期（按已知部分）"),
    "day_zero": ("Day 0: first rituximab", "第0天：首次利妥昔单抗"),
    "week_28": ("Date of the week 28 visit", "第28周访视日期"),
    "first_visit": ("First visit", "首次访视"),
    "last_visit": ("Last visit", "末次访视"),
    "n_visits": ("Visits held", "已进行的访视数"),
    "n_forms": ("Forms begun", "已开始的表单数"),
    "n_complete": ("Forms complete", "已完成的表单数"),
    "n_signed": ("Forms signed", "已签名的表单数"),
    "n_open_queries": ("Open queries", "未关闭质疑数"),
    "title_en": ("Title of the visit, English", "访视名称（英文）"),
    "title_zh": ("Title of the visit, Chinese", "访视名称（中文）"),
    "status": ("How far it has come", "状态"),
    "why_en": ("Why, English", "理由（英文）"),
    "why_zh": ("Why, Chinese", "理由（中文）"),
    "responder": ("Responder under the options in force; what is missing counted as not met (NRI)", "按所用选项判定应答；缺失按未达到计（NRI）"),
    "determinacy": ("Whether the data decide", "数据能否定论"),
    "n_met": ("Items met of five", "五项中达到的项数"),
    "n_not_evaluable": ("Items of five that could not be evaluated", "五项中无法评价的项数"),
    "early": ("Evaluated at early termination too", "提前终止时亦已评价"),
    "instrument": ("What the comparison belongs to", "所属工具"),
    "item": ("Item", "条目"),
    "part": ("Comparison within the item", "条目内的比较"),
    "item_title_en": ("Name of the item, English", "条目名称（英文）"),
    "item_title_zh": ("Name of the item, Chinese", "条目名称（中文）"),
    "item_rule_en": ("Rule of the item, English", "条目规则（英文）"),
    "item_rule_zh": ("Rule of the item, Chinese", "条目规则（中文）"),
    "item_met": ("Whether the item is met; empty: not evaluable", "条目是否达到；空：无法评价"),
    "item_points": ("Points the item is worth", "条目分值"),
    "met": ("Whether this comparison is met; empty: not evaluable", "该比较是否达到；空：无法评价"),
    "counts": ("Whether the verdict asks for this comparison", "判定是否采用该比较"),
    "outcome": ("Analysis name of the outcome", "结局的分析名"),
    "label_en": ("Name of the outcome, English", "结局名称（英文）"),
    "label_zh": ("Name of the outcome, Chinese", "结局名称（中文）"),
    "change": ("Week 28 minus week 0, in the unit beside it", "第28周减第0周（单位见旁列）"),
    "change_text": ("The change as printed", "变化（打印形式）"),
    "improved": ("Minimal clinically important improvement; empty: none published, or unknown", "最小临床重要改善；空：无公布标准或不详"),
    "number": ("Number within the participant", "受试者内序号"),
    "name": ("Analysis name of the value", "值的分析名"),
    "kind": ("Kind", "类别"),
    "drug": ("Drug", "药物"),
    "dose": ("Number of the dose", "给药序号"),
    "told": ("What became of the dose", "给药情况"),
    "date": ("Date", "日期"),
    "due": ("Day it was due", "计划日期"),
    "days_late": ("Days after the day it was due; negative: before", "较计划日期晚的天数（负数为提前）"),
    "mg": ("Given, mg", "实给剂量，mg"),
    "planned_mg": ("Planned, mg", "计划剂量，mg"),
    "size": ("Body surface, m² (rituximab) or weight, kg (belimumab)", "体表面积（m²，利妥昔单抗）或体重（kg，贝利尤单抗）"),
    "per_size": ("Given per body size: mg/m² or mg/kg", "按体型的实给剂量：mg/m²或mg/kg"),
    "given": ("Doses given", "实给次数"),
    "to_come": ("Doses to come", "待给次数"),
    "after_stop": ("Doses not given after the decision to stop", "决定终止后未给次数"),
    "delayed": ("Doses given later than their window", "晚于窗口的次数"),
    "first": ("First dose", "首次给药"),
    "last": ("Last dose", "末次给药"),
    "intensity": ("Dose intensity: mg given / mg planned; 1 = as planned", "剂量强度：实给mg/计划mg；1=与计划一致"),
    "percent": ("B cells, % of lymphocytes", "B细胞占淋巴细胞百分比"),
    "percent_text": ("The same as printed", "同上（打印形式）"),
    "percent_unit": ("Its unit", "单位"),
    "count": ("B-cell count", "B细胞计数"),
    "count_text": ("The same as printed", "同上（打印形式）"),
    "count_unit": ("Its unit", "单位"),
    "count_derived": ("The count was worked out from lymphocytes and %", "计数由淋巴细胞和百分比算得"),
    "depleted": ("Depleted; empty: the results do not decide", "已清除；空：结果不能定论"),
    "first_depleted": ("First depleted sample", "首次显示清除的检测"),
    "after_last_rituximab": ("First sample after the last rituximab that decides", "末次利妥昔单抗后首个可定论的检测"),
    "repopulated": ("First sample that shows repopulation", "首个显示B细胞恢复的检测"),
    "repopulation": ("What became of the B cells after the last rituximab", "末次利妥昔单抗后的B细胞情况"),
    "dtype": ("Type in the frame (pandas)", "数据框中的类型（pandas）"),
}
"""Columns by name; what is not here is called as in the tables (:data:`crf_desktop.wording.column.COLUMNS`)."""

OTHERWISE: Final[Mapping[tuple[str, str], Both]] = {
    ("visits", "reason"): ("Why a visit did not take place, as told", "访视未进行的原因（记录原文）"),
    ("exposure", "due"): ("Doses that were due", "应给次数"),
    ("issues", "event"): ("Address of the visit", "访视地址"),
    ("visits", "status"): ("What the schedule says of the visit on the day of the analysis", "分析当日的访视状态"),
    ("outcomes", "status"): ("Where the participant stands", "受试者所处阶段"),
}
"""(file, column) → where the same name means something else."""

SIDES: Final[Mapping[str, Both]] = {
    "base": ("Week 0", "第0周"),
    "followup": ("Week 28 (early_: early termination)", "第28周（early_：提前终止时）"),
}
MEASURES: Final[Mapping[str, Both]] = {
    "": ("value, unit beside it", "值（单位见旁列）"),
    "text": ("as printed", "打印形式"),
    "unit": ("unit", "单位"),
    "typed": ("as entered, where in another unit", "以其他单位录入时的原值"),
    "event": ("address of the visit it is from", "所在访视"),
    "date": ("date of that visit", "该访视日期"),
    "lack": ("why there is no value to compute with", "无可计算值的原因"),
    "null": ("missing reason as entered", "录入的缺失原因"),
    "notes": ("what a reader has to know", "须知"),
}
"""``base_unit`` and its like: side, then what of it."""

VERDICTS: Final[Mapping[str, Both]] = {
    "five": ("Five items, at least 4 (as registered)", "五项，至少4项（注册）"),
    "five_inclusive": ("Five items, at least 3", "五项，至少3项"),
    "star": ("STAR, at least 5 points (published)", "STAR，至少5分（发表）"),
    "star_literal": ("STAR, more than 5 points (as registered)", "STAR，超过5分（注册）"),
    "early_five": ("At early termination: five items, at least 4", "提前终止时：五项，至少4项"),
    "early_star": ("At early termination: STAR, at least 5 points", "提前终止时：STAR，至少5分"),
}
COUNTED: Final[Mapping[str, Both]] = {
    "counted": ("items met or points", "达到项数或得分"),
    "possible": ("the most it could be, whatever is missing", "缺失项全部计入时的最高值"),
    "at_least": ("needed", "所需"),
    "responder": ("responder, what is missing counted as not met", "应答，缺失按未达到计"),
    "determinacy": ("whether the data decide", "数据能否定论"),
}
"""``star_possible`` and its like: verdict, then what of it."""

SUFFIXES: Final[Mapping[str, Both]] = {
    "exact": ("exactly, as a fraction, where the column had to round", "该列需舍入时的精确分数"),
    "null": ("reason why there is no value", "缺失原因"),
    "unit": ("unit in which it was entered", "录入单位"),
    "typed": ("as entered, where in another unit than the column", "以其他单位录入时的原值"),
    "qualifier": ("< or >: only a limit is known", "<或>：仅知界限"),
    "limit": ("that limit; the value itself is then missing", "该界限；值本身为缺失"),
    "date": ("as a date, where the day is known", "日期（日已知时）"),
    "known": ("how far the date is known", "日期已知程度"),
    "utc": ("the same moment in UTC", "同一时刻（UTC）"),
    "at_least": ("what is certain while the value is unknown", "值不详时可确定的下限"),
}
"""What stands behind ``__``."""

CODES: Final[Mapping[str, Both]] = {
    "waiting": ("hangs on something that has not happened", "取决于尚未发生的事"),
    "planned": ("planned", "已计划"),
    "due": ("due", "到期"),
    "overdue": ("overdue", "逾期"),
    "begun": ("took place", "已进行"),
    "missed": ("did not take place", "未进行"),
    "not_needed": ("not needed", "不需要"),
    "not_treated": ("no rituximab given", "未用利妥昔单抗"),
    "on_the_way": ("week 28 has not come", "未到第28周"),
    "at_week_28": ("week 28 took place", "第28周已进行"),
    "stopped": ("stopped early", "提前终止"),
    "responder": ("responder", "应答"),
    "non-responder": ("non-responder", "无应答"),
    "indeterminate": ("not decided by the data", "数据不能定论"),
    "no_visit": ("the visit has not taken place", "访视尚未进行"),
    "empty": ("not entered", "未填写"),
    "reason": ("a missing reason was entered", "已填缺失原因"),
    "censored": ("only a limit is known", "仅知界限"),
    "incomplete": ("an answer it needs is missing", "缺少所需答案"),
    "not_asked": ("not asked at this visit", "本次访视不询问"),
    "ivig": ("IgG after immunoglobulin", "免疫球蛋白后的IgG"),
    "five": ("five-item response", "五项应答"),
    "star": ("STAR", "STAR"),
    "change": ("change from week 0", "较第0周的变化"),
    "early_five": ("five-item response at early termination", "提前终止时的五项应答"),
    "early_star": ("STAR at early termination", "提前终止时的STAR"),
    "given": ("given", "已给"),
    "not_given": ("visit took place, dose left out", "访视已进行，未给药"),
    "to_come": ("to come", "待给"),
    "unknown": ("nobody has said yet, or nothing decides", "尚无记录或不能定论"),
    "repopulated": ("repopulated", "已恢复"),
    "still_depleted": ("still depleted", "仍为清除"),
    "never_depleted": ("never depleted", "从未清除"),
    "rituximab": ("rituximab", "利妥昔单抗"),
    "belimumab": ("belimumab", "贝利尤单抗"),
    "year": ("year only", "仅年"),
    "month": ("year and month", "年月"),
    "day": ("whole date", "完整日期"),
    "in_progress": ("in progress", "填写中"),
    "complete": ("complete", "已完成"),
    "signed": ("signed", "已签名"),
    "changed": ("changed after the signature", "签名后有修改"),
    "missing": ("complete, every answer a missing reason", "已完成，全部为缺失原因"),
}  # fmt: skip
"""Code → meaning; a code means the same wherever it stands."""


def label(file: str, column: str, known: Mapping[str, Both]) -> Both:
    """What a column is called; ``known``: the columns that the tables have too. KeyError for one nobody has named."""
    if (file, column) in OTHERWISE:
        return OTHERWISE[file, column]
    if column in COLUMNS or column in known:
        return COLUMNS.get(column) or known[column]
    name, _, suffix = column.partition("__")
    if suffix:
        return _joined(label(file, name, known), SUFFIXES[suffix])
    for verdict in sorted(VERDICTS, key=len, reverse=True):
        if column.removeprefix(verdict + "_") in COUNTED and column.startswith(verdict):
            return _joined(VERDICTS[verdict], COUNTED[column.removeprefix(verdict + "_")])
    side, _, what = column.partition("_")
    return _joined(SIDES[side], MEASURES[what])


def _joined(first: Both, second: Both) -> Both:
    return f"{first[0]}: {second[0]}", f"{first[1]}：{second[1]}"
