"""Sentences about treatment, B cells and the trial as a whole; ``**…**`` stands around the figure that decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # ---- doses of one drug
    "doses": (
        "Given: **{given} of {due}** doses due, {mg}\u00a0mg of {planned}\u00a0mg planned; dose intensity **{intensity}**.",
        "应给{due}次，实给**{given}次**：共{mg}\u00a0mg，计划{planned}\u00a0mg，剂量强度**{intensity}**。",
    ),
    "doses_open": (
        "Given: **{given} of {due}** doses due, {mg}\u00a0mg on record; the dose intensity is not known: {why}.",
        "应给{due}次，实给**{given}次**，已记录{mg}\u00a0mg；剂量强度不详：{why}。",
    ),
    "no_dose": ("No dose was due.", "无应给药次。"),
    "mg_unknown": ("dose {n} was given without its mg", "第{n}次给药未填写剂量"),
    "planned_unknown": ("no planned dose is on record for dose {n}", "第{n}次无计划剂量记录"),
    "left_out": ("Dose {n} was not given: {why}.", "第{n}次未给药：{why}。"),
    "no_reason": ("no reason on record", "未记录原因"),
    "missed_visit": ("the visit was missed", "访视未进行"),
    "window_over": ("the visit was not held and its window is over", "访视未进行，窗口期已过"),
    "still_open": ("Whether dose {n} was given is not on record.", "第{n}次是否给药无记录。"),
    "late": (
        "Dose {n} was given {days} after the day it was due, outside its window.",
        "第{n}次较计划日期晚{days}，超出窗口期。",
    ),
    "early": (
        "Dose {n} was given {days} before the day it was due, outside its window.",
        "第{n}次较计划日期早{days}，超出窗口期。",
    ),
    "spared": ("{which} not due: {why}.", "{which}无需给药：{why}。"),
    "which_one": ("Dose {n} was", "第{n}次"),
    "which_more": ("Doses {n} were", "第{n}次"),
    "after_rule": (
        "Dose {n} was given although the B-cell rule was met: it counts as given, not as due.",
        "第{n}次在已达到B细胞标准后仍给药：计入实给，不计入应给。",
    ),
    "after_stop": ("{n} of the schedule fell after the decision to stop and count as not due.", "另有{n}在决定终止之后，不计入应给。"),
    "to_come": ("{n} may still follow.", "按计划还可能给药{n}。"),
    # ---- B cells
    "no_sample": ("No B-cell result after the first rituximab.", "首次利妥昔单抗后无B细胞结果。"),
    "first_depleted": ("First depleted on **{when}** ({values}).", "**{when}**首次清除（{values}）。"),
    "never_depleted": ("Not depleted at any sample.", "各次标本均未清除。"),
    "after_last": (
        "After the last rituximab, on {when}: {values}, **{state}**.",
        "末次利妥昔单抗后（{when}）：{values}，**{state}**。",
    ),
    "no_sample_after_last": (
        "No sample after the last rituximab decides.",
        "末次利妥昔单抗后尚无可判定的标本。",
    ),
    "after_four": (
        "Four doses and not depleted: belimumab follows all the same (A18).",
        "已给4次仍未清除：照常给予贝利尤单抗（A18）。",
    ),
    "repopulated": (
        "Repopulated on {when} ({values}): **{days}** after the last rituximab.",
        "{when}恢复（{values}）：距末次利妥昔单抗**{days}**。",
    ),
    "still_depleted": (
        "Still depleted at the last sample, on {when}: {days} after the last rituximab.",
        "末次标本（{when}，距末次利妥昔单抗{days}）仍为清除状态。",
    ),
    # ---- why there is no week 28
    "not_treated": ("no rituximab was given", "未给予利妥昔单抗"),
    "on_the_way": ("week 28 has not come", "尚未到第28周"),
    "at_week_28": ("week 28 took place", "已完成第28周访视"),
    "stopped": ("stopped early: no week 28", "提前终止，无第28周访视"),
    "missed": ("no visit at week 28, and its window has passed", "第28周未访视，窗口期已过"),
    # ---- who is counted
    "nobody": ("Nobody is in the population yet.", "分析人群中尚无受试者。"),
    "interim": (
        "**{n} of {of}** have not reached week 28 and are in no denominator yet. Each counts once week 28 has come, its window"
        " has passed, or the participant has stopped.",
        "{of}名中有**{n}名**尚未到第28周，暂不计入任何分母；到达第28周、窗口期已过或提前终止后计入。",
    ),
    "complete": (
        "Week 28 of everybody ({of}) has come or will not come.",
        "全部{of}名受试者均已到第28周，或不会到达第28周。",
    ),
    "subgroup_schirmer_below_5": (
        "Abnormal Schirmer at week 0: mean of both eyes <5\u00a0mm (A10)", "第0周Schirmer异常：双眼均值<5\u00a0mm（A10）",
    ),
    "subgroup_schirmer_up_to_5": (
        "Abnormal Schirmer at week 0: mean of both eyes ≤5\u00a0mm (A10)", "第0周Schirmer异常：双眼均值≤5\u00a0mm（A10）",
    ),
    "subgroup_esr": (
        "ESR above its upper limit at week 0 (A5)", "第0周血沉高于正常上限（A5）",
    ),
    "censored": ("only known as {value}", "仅报告为{value}"),
    "on_day": ("day {day}", "第{day}天"),
    "depleted": ("depleted", "已清除"),
    "not_depleted": ("not depleted", "未清除"),
}

DRUGS: Final[Mapping[str, tuple[str, str]]] = {
    "rituximab": ("Rituximab", "利妥昔单抗"),
    "belimumab": ("Belimumab", "贝利尤单抗"),
}

SAFETY: Final[Mapping[str, tuple[str, str]]] = {
    "any": ("Any adverse event", "任何不良事件"),
    "before": ("Before the first rituximab", "首次利妥昔单抗之前"),
    "unknown": ("Start not known well enough to place it", "开始日期不足以判定先后"),
    "premedication": ("Premedication", "输注前用药"),
}

PER_SIZE: Final[Mapping[str, str]] = {"rituximab": "mg/m²", "belimumab": "mg/kg"}

DEPLETION: Final[Mapping[str, tuple[str, str]]] = {
    "either": (
        "Depleted: B cells strictly below 0.5\u00a0% of lymphocytes or strictly below 20\u00a0×10⁶/L (A17). Repopulated: the first sample"
        " after the last rituximab that is not depleted, in a participant with an earlier depleted one; samples are drawn before"
        " the dose of the day. Who was still depleted at the last sample may repopulate later.",
        "清除：B细胞严格低于淋巴细胞的0.5%，或严格低于20\u00a0×10⁶/L（A17）。恢复：此前曾有清除标本者，末次利妥昔单抗后首个未清除的标本；"
        "标本均于当日给药前采集。末次标本仍为清除者，之后仍可能恢复。",
    ),
    "both": (
        "Depleted: B cells strictly below 0.5\u00a0% of lymphocytes and strictly below 20\u00a0×10⁶/L (A17). Repopulated: the first sample"
        " after the last rituximab that is not depleted, in a participant with an earlier depleted one; samples are drawn before"
        " the dose of the day. Who was still depleted at the last sample may repopulate later.",
        "清除：B细胞严格低于淋巴细胞的0.5%，且严格低于20\u00a0×10⁶/L（A17）。恢复：此前曾有清除标本者，末次利妥昔单抗后首个未清除的标本；"
        "标本均于当日给药前采集。末次标本仍为清除者，之后仍可能恢复。",
    ),
}
"""Option ``depletion`` → definition."""

BANDS: Final[tuple[tuple[str, str], ...]] = (
    ("Low, <5", "低度，<5"),
    ("Moderate, 5–13", "中度，5–13"),
    ("High, ≥14", "高度，≥14"),
)
IMPORTANT: Final[Mapping[str, tuple[str, str]]] = {
    "essdai_total": ("fall ≥3", "下降≥3"),
    "clinessdai_total": ("fall ≥3", "下降≥3"),
    "esspri_mean": ("fall ≥1 point or ≥15\u00a0%", "下降≥1分或≥15%"),
}
"""Outcome → published minimal clinically important improvement."""

POPULATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "treated": ("Everybody who had a dose of rituximab", "至少接受1次利妥昔单抗者"),
    "enrolled": ("Everybody whose eligibility was confirmed", "入选资格已确认者"),
}
RATES: Final[Mapping[str, tuple[str, str]]] = {
    "primary": ("Primary end point under the options that hold", "主要终点（按现行选项）"),
    "five_ge4": ("At least 4 of 5 items, as registered", "5项中至少4项（按注册文字）"),
    "five_ge3": ("At least 3 of 5 items, sensitivity", "5项中至少3项（敏感性分析）"),
    "star_ge5": ("STAR: at least 5 points, as published", "STAR：≥5分（按原文献）"),
    "star_gt5": ("STAR: more than 5 points, as registered", "STAR：>5分（按注册文字）"),
}
FIXED: Final[Mapping[str, tuple[str, str]]] = {
    "A3": (
        "STAR measures a change and has no value at week 0: total and responder are told at week 28 only.",
        "STAR本身即为变化评分，第0周无值：仅报告第28周的总分和应答。",
    ),
    "A4": (
        "PGA is a line of 0 to 100\u00a0mm in whole millimetres; 0 at week 0 cannot be evaluated.",
        "PGA采用0–100\u00a0mm标尺，取整数毫米；第0周为0时无法评价。",
    ),
    "A7": (
        "Week 0 is the first rituximab, day 0; week 28 is day 196 ±7; the last belimumab lies before it.",
        "第0周为首次利妥昔单抗（第0天），第28周为第196±7天；末次贝利尤单抗在其之前。",
    ),
    "A13": (
        "The ultrasound score is Hočevar’s total, 0 to 48; 0 at week 0 cannot be evaluated.",
        "超声评分为Hočevar总分（0–48）；第0周为0时无法评价。",
    ),
    "A15": (
        "The registry states no dose: the dose per m² or kg in force at the site is recorded with each infusion, and dose"
        " intensity is mg given of mg planned from it.",
        "注册信息未规定剂量：每次输注记录当时执行的单位体表面积或体重剂量，剂量强度为实际mg与据此计划mg之比。",
    ),
    "A16": ("Belimumab has no loading doses.", "贝利尤单抗无负荷剂量。"),
    "A18": (
        "Not depleted after four doses of rituximab: belimumab follows all the same, and the participant is named.",
        "利妥昔单抗4次后仍未清除者照常给予贝利尤单抗，并列出。",
    ),
    "A19": (
        "Resistant: at least two immunosuppressants, or prednisone and one, each for more than 3 months, and still active.",
        "难治：≥2种免疫抑制剂，或泼尼松加1种免疫抑制剂，各用超过3个月，且仍有活动。",
    ),
    "A20": (
        "Japanese criteria: the set of 1999 from its items and the class of the guidance of 2018 are both kept.",
        "日本标准：1999年标准按各项推导，2018年指南按医师分类，两者均保留。",
    ),
    "A21": (
        "Liver disease is recorded apart and does not enter ESSDAI, which has no liver domain.",
        "肝脏受累单独记录，不计入ESSDAI（无肝脏领域）。",
    ),
    "A23": (
        "Hepatitis B excludes with HBsAg positive, or with HBsAb and HBcAb both positive.",
        "乙肝排除：HBsAg阳性，或HBsAb与HBcAb均阳性。",
    ),
    "A24": ("Age 5 to 18 means completed years on the day of consent, both included.", "5–18岁指知情同意当日的周岁，含5岁和18岁。"),
}
"""Ambiguity without an alternative here → how it is read."""
