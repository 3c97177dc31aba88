"""The options of an analysis by name: title and values in both languages, as they stand on every output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Both = tuple[str, str]
"""English, Chinese."""

OPTIONS: Final[Mapping[str, tuple[Both, Mapping[str, Both]]]] = {
    "response_at_least": (
        ("Response: items met of five", "应答：五项中达到的项数"),
        {"4": ("at least 4, as registered (“more than three”)", "至少4项（按注册英文“more than three”字面）"), "3": ("at least 3", "至少3项")},
    ),
    "star_at_least": (
        ("STAR response: points", "STAR应答：分数"),
        {"5": ("at least 5, as published", "至少5分（已发表标准）"), "6": ("more than 5, as registered", "超过5分（按注册文本）")},
    ),
    "esr_normal_baseline": (
        ("ESR within its limit at week 0", "第0周血沉未超过上限"),
        {"counts": ("its fall counts", "其下降计入"), "not_evaluable": ("item b is not evaluable", "条目b无法评价")},
    ),
    "b_cell_markers": (
        ("B-cell markers", "B细胞标志物"),
        {"any": ("IgG or RF", "IgG或RF"), "both": ("IgG and RF", "IgG和RF")},
    ),
    "igg_baseline": (
        ("IgG at week 0", "第0周IgG"),
        {"any": ("any value", "任何数值"), "above_limit": ("only above the limit for age", "仅高于年龄上限者")},
    ),
    "schirmer_eye": (
        ("Schirmer in item d", "条目d的Schirmer"),
        {"mean": ("mean of both eyes", "双眼均值"), "worse": ("worse eye at week 0", "第0周较差眼"), "better": ("better eye at week 0", "第0周较好眼")},
    ),
    "schirmer_normal_baseline": (
        ("Schirmer normal at week 0, item d", "第0周Schirmer正常（条目d）"),
        {"no_credit": ("a rise of ≥5.0\u00a0mm is needed", "仍需升高≥5.0\u00a0mm"), "stays_normal": ("met if it stays normal", "保持正常即达到")},
    ),
    "schirmer_abnormal": (
        ("Schirmer abnormal in STAR", "STAR中Schirmer异常"),
        {"below_5": ("mean <5\u00a0mm, as published", "均值<5\u00a0mm（已发表标准）"), "up_to_5": ("mean ≤5\u00a0mm", "均值≤5\u00a0mm")},
    ),
    "flow_zero_baseline": (
        ("Salivary flow 0 at week 0, item e", "第0周唾液流率为0（条目e）"),
        {"any_rise": ("any rise counts", "任何升高均计入"), "not_evaluable": ("flow is not evaluable", "流率无法评价")},
    ),
    "igg_after_ivig": (
        ("IgG within 4 months after IVIG", "IVIG后4个月内的IgG"),
        {"not_evaluable": ("not evaluable", "无法评价"), "counts": ("counts", "计入")},
    ),
    "depletion": (
        ("B-cell depletion", "B细胞清除"),
        {"either": ("<0.5\u00a0% or <20\u00a0×10⁶/L", "<0.5%或<20\u00a0×10⁶/L"), "both": ("<0.5\u00a0% and <20\u00a0×10⁶/L", "<0.5%且<20\u00a0×10⁶/L")},
    ),
    "missing": (
        ("What the data do not decide", "数据不能定论者"),
        {"non_responder": ("counts as non-response", "按无应答计"), "excluded": ("is left out of the rate", "不计入应答率")},
    ),
    "star_lacrimal": (
        ("Lacrimal item of STAR", "STAR泪腺条目"),
        {"schirmer_first": ("Schirmer; OSS only where it is missing", "以Schirmer为准；缺失时用OSS"), "either": ("Schirmer or OSS", "Schirmer或OSS")},
    ),
    "screening_baseline": (
        ("Laboratory 2 and ultrasound missing at week 0", "第0周缺实验室检查2或超声"),
        {"up_to_14_days": ("screening up to 14 days before stands in", "用14天内的筛选结果"), "never": ("stay missing", "按缺失计")},
    ),
    "rescue": (
        ("Rescue treatment before week 28", "第28周前补救治疗"),
        {"non_responder": ("non-response", "按无应答计"), "ignored": ("ignored", "不考虑")},
    ),
    "population": (
        ("Participants analysed", "分析人群"),
        {"treated": ("everybody with a dose of rituximab", "至少用过1次利妥昔单抗者"), "enrolled": ("everybody confirmed eligible", "全部确认入选者")},
    ),
}  # fmt: skip
"""Option → (title, value → wording)."""
