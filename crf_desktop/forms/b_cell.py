"""CD19 B cells: percentage of lymphocytes and count, and the registry's depletion rule (strictly <0.5 % or <20 ×10⁶/L)."""

from __future__ import annotations

from crf_desktop.forms.censored import lies_below
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import E6_L, PER_UL, PERCENT, between, text
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, FieldCard, Layout

SAMPLE_TIME = ItemDef(
    "I.BCELL.SAMPLE_TIME", "bcell_sample_time", "BCDTC", "datetime",
    text("Date and time of the sample for B cells", "B细胞检测采血日期和时间"),
    text("Sample taken", "采血时间"),
    text("Before the dose of this visit", "本次访视给药之前"),
    length=25,
)  # fmt: skip
B_PERCENT = ItemDef(
    "I.BCELL.PERCENT", "b_pct", "BPCT", "decimal",
    text("CD19 B cells, percentage of lymphocytes", "CD19阳性B细胞占淋巴细胞百分比"),
    text("B cells, % of lymphocytes", "B细胞，占淋巴细胞%"),
    text(
        "Of lymphocytes, not of leucocytes; with < if the laboratory reports it so",
        "占淋巴细胞，而非占白细胞；化验单报告为<时一并填写",
    ),
    units=(PERCENT,), significant_digits=3, length=6, qualifiers=True, previous=True,
    range_checks=(
        *between("0", "100", "Hard", text("A percentage lies within 0–100 %.", "百分比应在0–100%之间。")),
        *between("0", "50", "Soft", text("More than 50 % B cells is unusual. Check the denominator.", "B细胞超过50%少见。请核对分母。")),
    ),
)  # fmt: skip
B_COUNT = ItemDef(
    "I.BCELL.COUNT", "b_count", "BCNT", "decimal",
    text("CD19 B cells, count as measured", "CD19阳性B细胞计数（实测）"),
    text("B cells, measured count", "B细胞实测计数"),
    text(
        "1 ×10⁶/L = 1 /µL; with < if the laboratory reports it so. Leave open if it reports no count.",
        "1 ×10⁶/L=1 /µL；化验单报告为<时一并填写。未报告计数时留空。",
    ),
    units=(E6_L, PER_UL), significant_digits=2, length=8, mandatory=False, qualifiers=True, previous=True,
    range_checks=(
        *between(
            "0", "50000", "Hard",
            text("A B-cell count lies within 0–50000 ×10⁶/L. Check the number and the unit.", "B细胞计数应在0–50000 ×10⁶/L之间。请核对数值和单位。"),
        ),
        *between(
            "0", "2000", "Soft",
            text("More than 2000 ×10⁶/L is unusual. Check the number and the unit.", "超过2000 ×10⁶/L少见。请核对数值和单位。"),
        ),
    ),
)  # fmt: skip
ITEMS = (SAMPLE_TIME, B_PERCENT, B_COUNT)

DERIVED_COUNT = MethodDef(
    "M.BCELL.COUNT_DERIVED", "b_count_derived",
    text("B cells, count from lymphocytes × %", "B细胞计数（淋巴细胞×百分比）"),
    "lymphocytes * b_pct * 10", "decimal", E6_L, 1,
    description=text(
        "Lymphocytes of the blood count of this visit: 10⁹/L × % × 10 = 10⁶/L; exact, rounded in print only.",
        "取本次访视血常规的淋巴细胞：10⁹/L×%×10=10⁶/L；精确计算，仅打印时取整。",
    ),
)  # fmt: skip


_BY_PERCENT, _BY_COUNT = lies_below("b_pct", "0.5"), lies_below("b_count", "20")
DEPLETED = MethodDef(
    "M.BCELL.DEPLETED", "b_depleted",
    text("B cells depleted (<0.5 % or <20 ×10⁶/L)", "B细胞已清除（<0.5%或<20 ×10⁶/L）"),
    f"{_BY_PERCENT} or ({_BY_COUNT} if known(limit('b_count')) else b_count_derived < 20)", "boolean", code_list="CL.YES_NO",
    description=text(
        "Registry NCT06410833: either, strictly below. The measured count goes before the derived one. A result such as <0.1 lies below for certain.",
        "注册号NCT06410833：任一项严格低于界值。有实测计数时以实测为先。报告为<0.1之类的结果确定低于界值。",
    ),
    reasons=(
        Reason(_BY_PERCENT, text("The percentage lies below 0.5 %", "百分比低于0.5%")),
        Reason(f"{_BY_COUNT} and known(limit('b_count'))", text("The measured count lies below 20 ×10⁶/L", "实测计数低于20 ×10⁶/L")),
        Reason(
            "not known(limit('b_count')) and b_count_derived < 20",
            text("Lymphocytes × percentage give {0} ×10⁶/L, below 20", "淋巴细胞×百分比为{0} ×10⁶/L，低于20"),
            ("b_count_derived",),
        ),
        Reason("not b_depleted", text("Neither lies below its limit", "两项均未低于界值")),
    ),
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.BCELL.001", (B_PERCENT.oid, B_COUNT.oid), "abs(b_count - b_count_derived) * 100 <= 20 * b_count_derived", "Soft",
        text(
            "The measured count differs by more than 20 % from lymphocytes × percentage ({0} ×10⁶/L). Check sample, units and denominator.",
            "实测计数与“淋巴细胞×百分比”（{0} ×10⁶/L）相差超过20%。请核对标本、单位和分母。",
        ),
        ("b_count_derived",),
    ),
    EditCheck(
        "EC.BCELL.002", (SAMPLE_TIME.oid,), "days(bcell_sample_time, visit_date) >= 0", "Soft",
        text("B cells are drawn before the dose; this sample lies after the visit date.", "B细胞应在给药前采血；该标本晚于访视日期。"),
    ),
    EditCheck(
        "EC.BCELL.003", (SAMPLE_TIME.oid,), "days(bcell_sample_time, visit_date) <= 7", "Soft",
        text("The sample lies {0} days before the visit, more than 7.", "采血日期早于访视{0}天，超过7天。"),
        ("days(bcell_sample_time, visit_date)",),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.BCELL",
        text("CD19 B cells", "CD19阳性B细胞"),
        text("B cells", "B细胞"),
        text("Percentage of lymphocytes and count · sample before the dose", "占淋巴细胞百分比和计数 · 给药前采血"),
        ("IG.BCELL",),
        Layout(
            (
                FieldCard(tuple(i.oid for i in ITEMS), text("Flow cytometry", "流式细胞术")),
                DerivedCard(
                    (DERIVED_COUNT.oid, DEPLETED.oid),
                    text("The rule for rituximab", "利妥昔单抗给药规则"),
                    text(
                        "Rule of the registry. Not yet confirmed by the principal investigator: percentage of lymphocytes, sample before the dose, measured count first.",
                        "规则见注册信息。以淋巴细胞为分母、给药前采血、实测计数优先，有待主要研究者确认。",
                    ),
                ),
            )
        ),
        (DERIVED_COUNT.oid, DEPLETED.oid),
    ),
    ITEMS,
    (DERIVED_COUNT, DEPLETED),
    CHECKS,
    table="b_cells",
)
