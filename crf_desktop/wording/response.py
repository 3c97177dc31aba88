"""What the end points are called, and the sentences that say why an item is met, in both languages.

A sentence stands three times: by itself, after ``:of`` with what it is about, and after ``:short`` as STAR's column has
it. ``**…**`` stands around the figure that decides. Placeholders are filled with printed values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Both = tuple[str, str]
"""English, Chinese."""

SENTENCES: Final[Mapping[str, Both]] = {
    # a fall by a percentage of week 0
    "fell": ("Fell by {by} of {base}: **{percent}**, {mark}.", "{base}中下降{by_unit}：**{percent}**，{mark}。"),
    "fell:of": ("{of} fell by {by} of {base}: **{percent}**, {mark}.", "{of}：{base}中下降{by_unit}，**{percent}**，{mark}。"),
    "fell:short": ("{of} fell by {percent}, {bound}", "{of}下降{percent}，{bound}"),
    "fall_same": ("Unchanged at **{base}**; a fall of {wanted} was needed.", "仍为**{base}**，未下降；需下降{wanted}。"),
    "fall_same:of": ("{of} unchanged at **{base}**; a fall of {wanted} was needed.", "{of}：仍为**{base}**，未下降；需下降{wanted}。"),
    "fall_same:short": ("{of} unchanged; a fall of {wanted} was needed", "{of}无变化；需下降{wanted}"),
    "fall_rose": ("**Rose** by {by} from {base}; a fall of {wanted} was needed.", "由{base}**升高**{by_unit}；需下降{wanted}。"),
    "fall_rose:of": ("{of} **rose** by {by} from {base}; a fall of {wanted} was needed.", "{of}：由{base}**升高**{by_unit}；需下降{wanted}。"),
    "fall_rose:short": ("{of} rose by {by_unit}; a fall of {wanted} was needed", "{of}升高{by_unit}；需下降{wanted}"),
    "zero": ("{Visit} is **0**: no percentage can be worked out.", "{Visit}为**0**，无法计算百分比。"),
    "zero:of": ("{of} is **0** at {visit}: no percentage can be worked out.", "{of}：{visit}为**0**，无法计算百分比。"),
    "zero:short": ("{of} was 0 at {visit}: no percentage", "{of}{visit}为0，无法计算百分比"),
    # results with < or >
    "censored": ("{Visit} is only known as **{value}**: no percentage can be worked out.", "{Visit}仅报告为**{value}**，无法计算百分比。"),
    "censored:of": ("{of} is only known as **{value}** at {visit}: no percentage can be worked out.", "{of}：{visit}仅报告为**{value}**，无法计算百分比。"),
    "censored:short": ("{of} only {value} at {visit}: no percentage", "{of}{visit}仅报告为{value}，无法计算百分比"),
    "surely_fell": ("From {base} to {value}: fell by **more than {percent}** for certain, {bound}.", "由{base}降至{value}：确定下降**超过{percent}**，{bound}。"),
    "surely_fell:of": ("{of} from {base} to {value}: fell by **more than {percent}** for certain, {bound}.", "{of}：由{base}降至{value}，确定下降**超过{percent}**，{bound}。"),
    "surely_fell:short": ("{of} fell by more than {percent}, {bound}", "{of}下降超过{percent}，{bound}"),
    "surely_not": ("From {base} to {value}: **cannot have fallen** by {wanted}, {target} was needed.", "由{base}至{value}：**确定未达到**下降{wanted}，需{target}。"),
    "surely_not:of": ("{of} from {base} to {value}: **cannot have fallen** by {wanted}, {target} was needed.", "{of}：由{base}至{value}，**确定未达到**下降{wanted}，需{target}。"),
    "surely_not:short": ("{of} {value}: cannot have fallen by {wanted}", "{of}为{value}，确定未达到下降{wanted}"),
    "left_open": ("{Visit} is only known as **{value}**. From {base}, {target} was needed: left open.", "{Visit}仅报告为**{value}**。基线{base}，需{target}：无法判定。"),
    "left_open:of": ("{of} at {visit} is only known as **{value}**. From {base}, {target} was needed: left open.", "{of}：{visit}仅报告为**{value}**。基线{base}，需{target}，无法判定。"),
    "left_open:short": ("{of} only {value}: left open", "{of}仅报告为{value}，无法判定"),
    # a rise by a percentage of week 0
    "rose": ("Rose by {by_unit}: **{percent}**, {mark}.", "升高{by_unit}：**{percent}**，{mark}。"),
    "rose:of": ("{of} rose by {by_unit}: **{percent}**, {mark}.", "{of}升高{by_unit}：**{percent}**，{mark}。"),
    "rose:short": ("{of} rose by {percent}, {bound}", "{of}升高{percent}，{bound}"),
    "rise_same": ("Unchanged at **{base}**; a rise of {wanted} was needed.", "仍为**{base}**，未升高；需升高{wanted}。"),
    "rise_same:of": ("{of} unchanged at **{base}**; a rise of {wanted} was needed.", "{of}仍为**{base}**，未升高；需升高{wanted}。"),
    "rise_same:short": ("{of} unchanged; a rise of {wanted} was needed", "{of}无变化；需升高{wanted}"),
    "rise_fell": ("**Fell** by {by} from {base}; a rise of {wanted} was needed.", "由{base}**下降**{by_unit}；需升高{wanted}。"),
    "rise_fell:of": ("{of} **fell** by {by} from {base}; a rise of {wanted} was needed.", "{of}由{base}**下降**{by_unit}；需升高{wanted}。"),
    "rise_fell:short": ("{of} fell by {by_unit}; a rise of {wanted} was needed", "{of}下降{by_unit}；需升高{wanted}"),
    "from_zero:of": ("{of} rose from 0 to **{followup}**: any rise counts.", "{of}由0升至**{followup}**：任何升高均计入。"),
    "from_zero:short": ("{of} rose from 0: any rise counts", "{of}由0升高，任何升高均计入"),
    "still_zero:of": ("{of} stayed at **0**: no rise.", "{of}仍为**0**：无升高。"),
    "still_zero:short": ("{of} stayed at 0", "{of}仍为0"),
    # Schirmer in millimetres, OSS in points
    "rose_mm": ("Rose by **{by_unit}** from {base}, {mark}.", "由{base}升高**{by_unit}**，{mark}。"),
    "rose_mm:short": ("{of} rose by {by_unit}, {bound}", "{of}升高{by_unit}，{bound}"),
    "stays_normal": ("Normal at {visit} ({base}) and **stays normal**: {followup}, {normal}.", "{visit}正常（{base}），**保持正常**：{followup}，{normal}。"),
    "stays_normal:short": ("{of} normal and stays so: {followup}, {normal}", "{of}保持正常：{followup}，{normal}"),
    "turns_abnormal": ("Normal at {visit} ({base}) and **turned abnormal**: {followup}, {abnormal}.", "{visit}正常（{base}），**转为异常**：{followup}，{abnormal}。"),
    "turns_abnormal:short": ("{of} turned abnormal: {followup}, {abnormal}", "{of}转为异常：{followup}，{abnormal}"),
    # points
    "points_fell:short": ("{of} fell by {by}, {bound}", "{of}下降{by}，{bound}"),
    "points_percent:short": ("{of} fell by {by}: {percent}, {bound}", "{of}下降{by}：{percent}，{bound}"),
    "points_neither:short": ("{of} fell by {by}: {percent}, <1 and {bound}", "{of}下降{by}：{percent}，<1且{bound}"),
    "points_zero:short": ("{of} was 0 at {visit}: cannot fall", "{of}{visit}为0，无法下降"),
    # ESR back to normal
    "normalised": ("**Normalised**: was above its limit of {limit}, is not any more.", "**已转为正常**：原高于上限{limit}，现未超过。"),
    "normalised_other": ("**Normalised**: was above its limit of {limit}, is not above that of now, {limit_now}.", "**已转为正常**：原高于上限{limit}，现未超过本次上限{limit_now}。"),
    "not_normalised": ("Not normalised: limit {limit_now}.", "未转为正常：上限{limit_now}。"),
    "never_high": ("Within its limit of {limit} at {visit}: nothing to normalise.", "{visit}未超过上限{limit}，不适用“转为正常”。"),
    "no_limit": ("No upper limit at {visit}: whether it normalised cannot be said.", "{visit}缺正常上限，无法判断是否转为正常。"),
    "normal_left_open": ("Only known as {value}, limit {limit}: whether it normalised cannot be said.", "仅报告为{value}，上限{limit}，无法判断是否转为正常。"),
    "normal_unknown": ("Whether it normalised cannot be said.", "无法判断是否转为正常。"),
    # options
    "normal_at_base": ("ESR within its limit of {limit} at {visit}: not evaluable under this option.", "{visit}血沉未超过上限{limit}：按此选项无法评价。"),
    "normal_at_base_unknown": ("No upper limit of the ESR at {visit}: not evaluable under this option.", "{visit}缺血沉上限：按此选项无法评价。"),
    "igg_not_high": ("IgG {base} at {visit} is not above the limit for age, {limit}: its fall does not count under this option.", "IgG：{visit}为{base}，未高于年龄上限{limit}，按此选项其下降不计入。"),
    "igg_limit_unknown": ("IgG: no upper limit for this age at {visit}; not evaluable under this option.", "IgG：{visit}缺该年龄上限，按此选项无法评价。"),
    # what is missing
    "lack": ("{Visit} {reason}.", "{Visit}{reason}。"),
    "lack:of": ("{of}: {visit} {reason}.", "{of}：{visit}{reason}。"),
    "lack:short": ("{of} {reason}", "{of}{reason}"),
    "lack_then:short": ("{of} {reason} at {visit}", "{of}{visit}{reason}"),
    "no_oss:short": ("no OSS", "未做OSS"),
    "or_normal": (" or a value within its limit", "或不超过上限"),
    "needed": (" From {base}, {target} was needed.", "基线{base}，需{target}。"),
}  # fmt: skip
"""Kind of finding → sentence."""

LACKS: Final[Mapping[str, tuple[Both, Both]]] = {
    "no_visit": (("has not taken place", "未进行访视"), ("not measured", "未检测")),
    "missed": (("did not take place", "未进行访视"), ("not measured", "未检测")),
    "empty": (("not entered", "未填写"), ("not entered", "未填写")),
    "ND": (("not done", "未做"), ("not done", "未做")),
    "NA": (("not applicable", "不适用"), ("not applicable", "不适用")),
    "UNK": (("unknown", "不详"), ("unknown", "不详")),
    "REF": (("refused by the participant", "受试者拒绝"), ("refused", "拒绝")),
    "incomplete": (("incomplete: some answers are missing", "不完整：部分答案缺失"), ("incomplete", "不完整")),
    "not_asked": (("not measured", "未检测"), ("not measured", "未检测")),
    "ivig": (
        ("not interpretable, IVIG within 4 months before", "无法判读，此前4个月内用过IVIG"),
        ("not interpretable: IVIG", "因IVIG无法判读"),
    ),
    "ND both": (("not done, both eyes", "双眼未做"), ("not done", "未做")),
    "NA both": (("not applicable, both eyes", "双眼不适用"), ("not applicable", "不适用")),
    "UNK both": (("unknown, both eyes", "双眼不详"), ("unknown", "不详")),
    "REF both": (("refused by the participant, both eyes", "受试者拒绝双眼检查"), ("refused", "拒绝")),
}  # fmt: skip
"""Reason → (in a sentence, short)."""

SUBJECTS: Final[Mapping[str, Both]] = {
    "": ("", ""),
    "igg": ("IgG", "IgG"),
    "rf": ("RF", "RF"),
    "flow": ("Flow", "流率"),
    "hocevar": ("Hočevar", "Hočevar"),
    "schirmer": ("Schirmer", "Schirmer"),
    "oss": ("OSS", "OSS"),
    "clinessdai": ("ClinESSDAI", "ClinESSDAI"),
    "esspri": ("ESSPRI", "ESSPRI"),
}
MARKS: Final[Mapping[str, Both]] = {
    "exactly": ("exactly at {0}", "恰达{0}"),
    "met": ("≥{0}", "≥{0}"),
    "not_met": ("<{0}", "<{0}"),
    "point_or": ("≥1 or ≥{0}", "≥1或≥{0}"),
}
VISITS: Final[Mapping[str, Both]] = {
    "SE.W0": ("week 0", "第0周"),
    "SE.SCR": ("screening", "筛选"),
    "SE.W28": ("week 28", "第28周"),
    "SE.ET": ("early termination", "提前终止"),
    "SE.BEL3": ("belimumab 3", "贝利尤单抗第3次"),
    "SE.UNS": ("unscheduled visit", "计划外访视"),
}
"""Every visit at which an end point is measured."""

ITEMS: Final[Mapping[str, tuple[Both, Both]]] = {
    "a_pga": (("Physician global (PGA)", "医师总体评价（PGA）"), ("falls ≥30 %", "下降≥30%")),
    "b_esr": (("ESR", "血沉（ESR）"), ("falls ≥30 %, or raised to normal", "下降≥30%，或由升高转为正常")),
    "c_bcell": (("B-cell marker", "B细胞标志物"), ("IgG or RF falls ≥25 %", "IgG或RF下降≥25%")),
    "d_lacrimal": (("Lacrimal", "泪液"), ("Schirmer mean rises ≥5.0 mm", "Schirmer双眼均值升高≥5.0 mm")),
    "e_salivary": (("Salivary", "唾液"), ("flow rises ≥25 %, or Hočevar falls ≥25 %", "流率升高≥25%，或Hočevar下降≥25%")),
    "systemic": (("Systemic", "系统"), ("ClinESSDAI falls ≥3", "ClinESSDAI下降≥3")),
    "pro": (("Patient-reported", "患者报告"), ("ESSPRI falls ≥1 point or ≥15 %", "ESSPRI下降≥1分或≥15%")),
    "lacrimal": (
        ("Lacrimal", "泪腺"),
        ("Schirmer: from abnormal rises ≥5 mm, or stays normal; OSS where Schirmer is missing", "Schirmer：异常者升高≥5 mm，正常者保持正常；缺Schirmer时用OSS"),
    ),
    "salivary": (("Salivary", "唾液腺"), ("flow rises ≥25 % (from 0: any rise), or Hočevar falls ≥25 %", "流率升高≥25%（基线0：任何升高），或Hočevar下降≥25%")),
    "biological": (("Biological", "生物学"), ("IgG falls ≥10 %, or RF falls ≥25 %", "IgG下降≥10%，或RF下降≥25%")),
}  # fmt: skip
"""Item → (title, rule)."""

OPTION_RULES: Final[Mapping[str, Both]] = {
    "c_bcell both": ("IgG and RF fall ≥25 %", "IgG和RF均下降≥25%"),
    "d_lacrimal worse": ("Schirmer of the worse eye rises ≥5.0 mm", "Schirmer较差眼升高≥5.0 mm"),
    "d_lacrimal better": ("Schirmer of the better eye rises ≥5.0 mm", "Schirmer较好眼升高≥5.0 mm"),
    "d_lacrimal mean stays_normal": ("Schirmer mean rises ≥5.0 mm, or stays normal", "Schirmer双眼均值升高≥5.0 mm，或保持正常"),
    "d_lacrimal worse stays_normal": ("Schirmer of the worse eye rises ≥5.0 mm, or stays normal", "Schirmer较差眼升高≥5.0 mm，或保持正常"),
    "d_lacrimal better stays_normal": ("Schirmer of the better eye rises ≥5.0 mm, or stays normal", "Schirmer较好眼升高≥5.0 mm，或保持正常"),
    "e_salivary not_evaluable": ("flow rises ≥25 % (not from 0), or Hočevar falls ≥25 %", "流率升高≥25%（基线非0），或Hočevar下降≥25%"),
    "lacrimal either": ("Schirmer or OSS: from abnormal improves, or stays normal", "Schirmer或OSS：异常者改善，或正常者保持正常"),
}  # fmt: skip
"""Rules of an item under another option."""

VERDICTS: Final[Mapping[str, Both]] = {
    "responder": ("Responder", "应答"),
    "non-responder": ("Non-responder", "无应答"),
    "open": ("Not decided by the data: {0}", "数据不能定论：{0}"),
    "star_responder": ("Responder: {0}, ≥{1}", "应答：{0}，≥{1}"),
    "star_non-responder": ("Non-responder: {0}, <{1}", "无应答：{0}，<{1}"),
    "one": ("{0}", "{0}项"),
    "or": ("{0} or {1}", "{0}项或{1}项"),
    "to": ("{0} to {1}", "{0}至{1}项"),
    "star_one": ("{0}", "{0}"),
    "star_or": ("{0} or {1}", "{0}或{1}"),
    "star_to": ("{0} to {1}", "{0}至{1}"),
    # why, five items
    "all_known": ("{0} of 5 items {2} met, {1} are needed.", "5项中达到{0}项，需{1}项。"),
    "met_anyway": ("{0} items are met, whatever {1} {2}.", "已达到{0}项，{1}不影响结论。"),
    "missed_anyway": ("{0} of 5 items {4} met; with {1} at most {2}, {3} are needed.", "达到{0}项；即使加上{1}最多{2}项，需{3}项。"),
    "is": ("is", ""),
    "are": ("are", ""),
    "nothing": ("No item could be evaluated.", "各条目均无法评价。"),
    "would_decide": ("{0} would decide.", "取决于{0}。"),
    "counted_primary": ("Counted as **non-responder** in the primary analysis, because missing counts as not met.", "缺失按未达到计，主要分析记为**无应答**。"),
    "counted": ("Counted as **non-responder**, because missing counts as not met.", "缺失按未达到计，记为**无应答**。"),
    "left_out": ("**Left out** of the rate under this option.", "按此选项**不计入**应答率。"),
    "item": ("item {0}", "条目{0}"),
    "items": ("items {0}", "条目{0}"),
    "shows": ("shows", ""),
    "show": ("show", ""),
    # why, STAR
    "star_known": ("All items are known.", "各条目均已知。"),
    "star_decided": ("Decided: {0} in any case.", "已定论：无论{1}条目如何，均为{0}。"),
    "star_counted": ("Counted as **non-responder**, because a missing item has no points.", "缺失条目计0分，记为**无应答**。"),
    "star_would_decide": ("{0} would decide.", "取决于{0}条目。"),
}  # fmt: skip
STAR_NOTE: Final[Both] = (
    "IgG needs a 25 % fall in item c and a 10 % fall here. Week 0 has no STAR value: not applicable.",
    "IgG在条目c须下降25%，在此为10%。第0周无STAR值：不适用。",
)
STAR_AT_WEEK_0: Final[Both] = ("not applicable", "不适用")
"""STAR is itself a change: at week 0 it is not applicable, never 0 (A3)."""
MET: Final[Mapping[bool | None, Both]] = {
    True: ("met", "达到"),
    False: ("not met", "未达到"),
    None: ("not evaluable", "无法评价"),
}
TRACE: Final[Mapping[str, Both]] = {
    "line": ("{0}{1}, {2}: {3} → {4}", "{0}{1}，{2}：{3} → {4}"),
    "bare": ("{0}{1}: {3} → {4}", "{0}{1}：{3} → {4}"),
}
"""Letter, title, values, reasons, verdict."""
OUTCOMES: Final[Mapping[str, Both]] = {
    "verdict": ("{0}. {1}", "{0}。{1}"),
    "rescue": (
        "Rescue treatment from {0} on, before week 28: counted as **non-responder**. By the five items alone:",
        "第28周前自{0}起使用补救治疗：记为**无应答**。仅按五个条目：",
    ),
    "rescue_too": ("Rescue treatment from {0} on, before week 28: counted as **non-responder**.", "第28周前自{0}起使用补救治疗：记为**无应答**。"),
    "stopped": ("Stopped early, decided on {0}: no week 28.", "已于{0}决定提前终止，无第28周访视。"),
    "missed": ("The week 28 visit did not take place.", "第28周访视未进行。"),
    "overdue": ("The window of week 28 has passed without a visit.", "第28周访视窗已过，未进行访视。"),
    "not_treated": ("No rituximab was given.", "未给予利妥昔单抗。"),
    "on_the_way": ("Week 28 is due on {0}.", "第28周访视计划于{0}。"),
    "no_target": ("Week 28 has no date yet.", "第28周访视尚无日期。"),
    "counted": ("Counted as **non-responder**, because missing counts as not met.", "缺失按未达到计，记为**无应答**。"),
    "left_out": ("**Left out** of the rate under this option.", "按此选项**不计入**应答率。"),
}  # fmt: skip
