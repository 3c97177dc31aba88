"""What is said when something cannot be printed as it was ordered."""

_KEPT = "Nothing was written; the study is unchanged."
_KEPT_ZH = "未写出任何文件；研究数据未变。"

PROBLEMS = {
    "print.no_participant": (
        ("No participant of this study has that number.", _KEPT, "Look the number up in the list of participants."),
        ("本研究没有该编号的受试者。", _KEPT_ZH, "请在受试者列表中核对编号。"),
    ),
    "print.no_visit": (
        ("There is no such visit.", _KEPT, "Choose one of these: {known}"),
        ("没有该访视。", _KEPT_ZH, "请选择其一：{known}"),
    ),
    "print.not_begun": (
        (
            "That visit has not begun: nothing is recorded of it.",
            _KEPT,
            "Print blank paper for it, or choose one of these: {known}",
        ),
        ("该访视尚未开始，没有记录。", _KEPT_ZH, "请打印该访视的空白表单，或选择其一：{known}"),
    ),
    "print.no_form": (
        ("There is no such form at that visit.", _KEPT, "Choose one of these: {known}"),
        ("该访视没有此表单。", _KEPT_ZH, "请选择其一：{known}"),
    ),
    "print.one_language": (
        (
            "This document is printed in one language at a time.",
            _KEPT,
            "Choose English or Chinese; forms and the data dictionary can have both.",
        ),
        ("该文件每次只能以一种语言打印。", _KEPT_ZH, "请选择英文或中文；表单与数据字典可双语打印。"),
    ),
}
