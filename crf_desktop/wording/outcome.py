"""Changes from week 0 and what has to be known of the data behind a result, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Both = tuple[str, str]
"""English, Chinese."""

LABELS: Final[Mapping[str, Both]] = {
    "pga": ("PGA", "PGA"),
    "esr": ("ESR", "血沉"),
    "esr_uln": ("ESR, upper limit", "血沉上限"),
    "igg": ("IgG", "IgG"),
    "rf": ("RF", "RF"),
    "schirmer_mean": ("Schirmer, mean", "Schirmer双眼均值"),
    "oss_mean": ("OSS, mean", "OSS双眼均值"),
    "saliva_flow": ("Salivary flow", "唾液流率"),
    "hocevar_total": ("Hočevar", "Hočevar"),
    "essdai_total": ("ESSDAI", "ESSDAI"),
    "clinessdai_total": ("ClinESSDAI", "ClinESSDAI"),
    "esspri_sum": ("ESSPRI", "ESSPRI"),
    "esspri_mean": ("ESSPRI", "ESSPRI"),
}
"""Analysis name → label of a line."""

CHANGES: Final[Mapping[str, Both]] = {
    "fell_points": ("Fell by **{by}**, {bound}: {verdict}.", "下降**{by}**，{bound}：{verdict}。"),
    "fell_percent": ("Fell by **{by}** ({percent}), {bound}: {verdict}.", "下降**{by}**（{percent}），{bound}：{verdict}。"),
    "rose_points": ("Rose by **{by}**: {verdict}.", "升高**{by}**：{verdict}。"),
    "same_points": ("Unchanged: {verdict}.", "无变化：{verdict}。"),
    "zero_points": ("Week 0 is 0 and cannot improve.", "第0周为0，无法改善。"),
    "improved": ("**improved**", "**改善**"),
    "not_improved": ("not improved", "未改善"),
    "neither": ("<1 and {0}", "<1且{0}"),
    "band": ("Activity: {0} → {1}.", "活动度：{0} → {1}。"),
    "band_same": ("Activity: {0} at both visits.", "活动度：两次均为{0}。"),
    "pass_same": ("Acceptable symptoms (PASS, <5): {0} at both visits.", "症状可接受（PASS，<5）：两次均为{0}。"),
    "pass": ("Acceptable symptoms (PASS, <5): {0} → {1}.", "症状可接受（PASS，<5）：{0} → {1}。"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "fell": ("Fell by {by} of {base}: **{percent}**.", "{base}中下降{by_unit}：**{percent}**。"),
    "rose": ("Rose by {by} from {base}: **{percent}**.", "由{base}升高{by_unit}：**{percent}**。"),
    "same": ("Unchanged at {base}.", "仍为{base}，无变化。"),
    "from_zero": ("Rose from 0: no percentage.", "由0升高，无法计算百分比。"),
}  # fmt: skip

ISSUES: Final[Mapping[str, Both]] = {
    "stopped": ("No week 28: stopped early, decided on {0}.", "无第28周访视：已于{0}决定提前终止。"),
    "missed": ("No week 28: the visit did not take place.", "无第28周访视：访视未进行。"),
    "overdue": ("No week 28: its window has passed without a visit.", "无第28周访视：访视窗已过，未进行访视。"),
    "early": ("Week 28 was held on day {0}, {1} d before its window opened.", "第28周访视于第{0}天进行，早于访视窗{1}天。"),
    "late": ("Week 28 was held on day {0}, {1} d after its window closed.", "第28周访视于第{0}天进行，晚于访视窗{1}天。"),
    "baseline_zero": ("{of} is 0 at {visit}: a percentage of it cannot be worked out.", "{of}：{visit}为0，无法计算百分比。"),
    "flow_zero": ("{of} is 0 at {visit}: any rise counts.", "{of}：{visit}为0，任何升高均计入。"),
    "censored": ("{of} at {visit} is only known as {value}.", "{of}：{visit}仅报告为{value}。"),
    "other_unit": ("{of} was entered in {unit} at {visit} and in {unit_now} at {visit_now}: converted exactly.", "{of}：{visit}以{unit}录入，{visit_now}以{unit_now}录入，已精确换算。"),
    "unfinished": ("{of}, {visit}: the form is not complete.", "{of}，{visit}：表单未完成。"),
    "unsigned": ("{of}, {visit}: complete, not signed.", "{of}，{visit}：已完成，未签名。"),
    "changed": ("{of}, {visit}: changed after the signature.", "{of}，{visit}：签名后有修改。"),
    "queried": ("{of}, {visit}: a query is open.", "{of}，{visit}：有未关闭的质疑。"),
    "one_eye": ("{of} at {visit}: one eye only.", "{of}：{visit}仅一眼。"),
    "one_collection": ("{of} at {visit}: one collection only.", "{of}：{visit}仅一次收集。"),
    "screening": ("{of}: the value of screening ({date}) stands for week 0.", "{of}：以筛选时（{date}）的数值作为第0周。"),
    "ivig": ("IgG at {visit} cannot be interpreted: IVIG within 4 months before.", "IgG：{visit}无法判读，此前4个月内用过IVIG。"),
    "rescue": ("Rescue treatment from {0} on, before week 28.", "第28周前自{0}起使用补救治疗。"),
    "rescue_open": ("Rescue treatment of which it cannot be said whether it began before week 28.", "有补救治疗，无法判断是否在第28周前开始。"),
    "not_depleted": ("B cells not depleted after 4 doses of rituximab (A18).", "4次利妥昔单抗后B细胞未清除（A18）。"),
    "igg_below_limit": ("Safety: IgG {value} at {visit} lies below {limit}, the lower limit {age}.", "安全性：{visit}IgG {value}，低于{age}下限{limit}。"),
    "age": ("at {0} years", "{0}岁"),
    "adult": ("of adults", "成人"),
    "pga_low": ("PGA is {value} at {visit}, below 10\u00a0mm: its percentage is unstable.", "PGA：{visit}为{value}，低于10\u00a0mm，百分比不稳定。"),
    "order": ("PGA at {visit} was not rated before ESSDAI and the laboratory results.", "PGA：{visit}未在ESSDAI评分及查看化验结果之前评定。"),
    "other_sonographer": ("Hočevar at {visit}: another sonographer than at week 0.", "Hočevar：{visit}操作者与第0周不同。"),
    "check": ("{of}, {visit}: {told}", "{of}，{visit}：{told}"),
}  # fmt: skip
"""Kind → sentence; ``{0}`` is a date or a number."""
