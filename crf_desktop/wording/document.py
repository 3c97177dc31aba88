"""The words that the data inside a document need beside those of its study: word → (English, Chinese)."""

from __future__ import annotations

from typing import Final

ADDED: Final[dict[str, tuple[str, str]]] = {
    "visit": ("Visit", "访视"),
    "visit_date": ("Date of the visit", "访视日期"),
    "derived": ("Derived values", "推导值"),
    "not_asked": ("Not asked:", "无需回答："),
}
"""Names of what no form asks."""

FLAGS: Final[dict[str, tuple[str, str]]] = {
    "MISSING_REASON": ("Why there is no value", "缺失原因"),
    "KEPT": ("Kept although a check spoke; the comment says why", "虽有核查提示仍保留；理由见备注"),
    "QUERY": ("State of a query; the comment is what was said", "质疑状态；备注为所述内容"),
    "FORM_STATE": ("State of the form", "表单状态"),
    "OBSERVED": ("Observed at another time than recorded; the comment says when", "观察时间与记录时间不同；时间见备注"),
    "AT_LEAST": ("Not known; the comment says what it is at least", "未知；备注为其下限"),
}
"""What a flag of the ODM says."""

QUERY_STATES: Final[dict[str, tuple[str, str]]] = {
    "Candidate": ("proposed", "待定"),
    "Open": ("open", "未决"),
    "Answered": ("answered", "已答复"),
    "Closed": ("closed", "已关闭"),
    "Cancelled": ("cancelled", "已取消"),
    "Resolved": ("resolved", "已解决"),
}
FORM_STATES: Final[dict[str, tuple[str, str]]] = {
    "planned": ("planned", "计划中"),
    "due": ("due", "待填"),
    "in_progress": ("in progress", "填写中"),
    "complete": ("complete", "已完成"),
    "signed": ("signed", "已签名"),
    "changed": ("changed after signature", "签名后有更改"),
    "missing": ("complete, nothing but reasons", "已完成，均为缺失原因"),
    "not_needed": ("not needed", "无需填写"),
}
