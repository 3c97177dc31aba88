"""What is said when an act is refused while data are captured."""

PROBLEMS = {
    "access.no_right": (
        (
            "The role “{role}” has no right to do this ({action}).",
            "Nothing was changed.",
            "Ask a person whose role allows it to do it under their own name.",
        ),
        ("角色“{role}”无权执行此操作（{action}）。", "未作任何更改。", "请由有权限的人员以本人账户操作。"),
    ),
    "entry.reason_needed": (
        ("This change needs a reason.", "The earlier answer stands.", "Choose or type why it changes."),
        ("此更改须说明理由。", "原答案仍有效。", "请选择或输入更改理由。"),
    ),
    "entry.soft": (
        ("The value is unusual.", "Not saved yet.", "Check it; keep it with a reason or correct it."),
        ("该值不常见。", "尚未保存。", "请核对；说明理由后保留，或更正。"),
    ),
    "entry.hard": (
        ("The value contradicts another answer.", "Not saved; what you typed stays in the field.", "Check both."),
        ("该值与另一答案矛盾。", "未保存；您输入的内容仍在栏中。", "请核对两者。"),
    ),
    "form.unanswered": (
        (
            "{n} items are still open.",
            "Everything answered so far is saved.",
            "Answer them, or give the reason why there is no answer.",
        ),
        ("还有{n}项未作答。", "已作答的内容均已保存。", "请作答，或说明缺失原因。"),
    ),
    "event.not_started": (
        ("The visit has no date yet.", "Nothing was changed.", "Enter the date of the visit first."),
        ("该访视尚无日期。", "未作任何更改。", "请先输入访视日期。"),
    ),
    "event.date_future": (
        ("The visit date lies in the future.", "Nothing was changed.", "Enter the day on which the visit takes place."),
        ("访视日期在将来。", "未作任何更改。", "请输入实际访视日期。"),
    ),
    "event.date_incomplete": (
        ("A visit needs its full date.", "Nothing was changed.", "Enter day, month and year."),
        ("访视须有完整日期。", "未作任何更改。", "请输入年、月、日。"),
    ),
    "sign.nothing": (
        ("There is no completed form to sign.", "Nothing was changed.", "Complete the forms first, then sign."),
        ("没有可签名的已完成表单。", "未作任何更改。", "请先完成表单再签名。"),
    ),
    "sign.not_complete": (
        (
            "A form of this visit is not complete.",
            "Nothing was signed.",
            "Complete it, or leave it out of this signature.",
        ),
        ("本次访视有表单未完成。", "未签名。", "请完成该表单，或不将其列入本次签名。"),
    ),
    "sign.not_seen": (
        ("A form changed since you last viewed it.", "Nothing was signed.", "Open it, read it, then sign."),
        ("您查看后有表单发生了更改。", "未签名。", "请打开阅读后再签名。"),
    ),
    "subject.unknown": (
        ("There is no such participant in this study.", "Nothing was changed.", "Choose one from the list."),
        ("本研究中没有该受试者。", "未作任何更改。", "请从列表中选择。"),
    ),
    "document.unknown": (
        ("The study does not hold this document.", "Nothing was changed.", "Choose it again from the list."),
        ("本研究中没有该文件。", "未作任何更改。", "请从列表中重新选择。"),
    ),
}
