"""What is said when a value cannot be stored."""

_NOT_SAVED = "Not saved; what you typed stays in the field."
_NOT_SAVED_ZH = "未保存；您输入的内容仍在栏中。"

PROBLEMS = {
    "value.not_a_number": (
        ("A number belongs here.", _NOT_SAVED, "Type digits, with a dot for decimals."),
        ("此处应填数字。", _NOT_SAVED_ZH, "请输入数字，小数用点。"),
    ),
    "value.decimal_comma": (
        ("A comma can mean thousands or decimals.", _NOT_SAVED, "Use a dot for decimals and nothing for thousands."),
        ("逗号可能表示千位或小数。", _NOT_SAVED_ZH, "小数请用点，千位不加符号。"),
    ),
    "value.not_a_whole_number": (
        ("Only whole numbers are recorded here.", _NOT_SAVED, "Read again and type the whole number."),
        ("此处只记录整数。", _NOT_SAVED_ZH, "请重新读取并输入整数。"),
    ),
    "value.too_many_decimals": (
        (
            "More decimals than this item records ({allowed}).",
            _NOT_SAVED,
            "Type it as the instrument prints it; nothing is rounded for you.",
        ),
        ("小数位数超过本项允许的{allowed}位。", _NOT_SAVED_ZH, "请按仪器显示输入；程序不会替您舍入。"),
    ),
    "value.no_qualifier": (
        (
            "“<” and “>” are not recorded for this item.",
            _NOT_SAVED,
            "Type the number, or give the reason why there is none.",
        ),
        ("本项不记录“<”或“>”。", _NOT_SAVED_ZH, "请输入数字，或说明缺失原因。"),
    ),
    "value.unit_unknown": (
        ("This unit does not belong to the item.", _NOT_SAVED, "Choose one of the units offered."),
        ("该单位不属于本项。", _NOT_SAVED_ZH, "请从所列单位中选择。"),
    ),
    "value.no_such_answer": (
        ("This answer does not exist for the item.", _NOT_SAVED, "Choose one of the answers shown."),
        ("本项没有这个选项。", _NOT_SAVED_ZH, "请从所列选项中选择。"),
    ),
    "value.not_a_date": (
        (
            "This is not a date that can be recorded.",
            _NOT_SAVED,
            "Type 6 May 2026, 2026-05-06, May 2026 or 2026; a known day needs a known month.",
        ),
        ("无法识别为日期。", _NOT_SAVED_ZH, "请输入2026年5月6日、2026-05-06、2026-05或2026；已知日则须已知月。"),
    ),
    "value.not_a_time": (
        ("This is not a time that can be recorded.", _NOT_SAVED, "Type hours and minutes, such as 08:30."),
        ("无法识别为时间。", _NOT_SAVED_ZH, "请输入时和分，例如08:30。"),
    ),
    "value.not_a_moment": (
        ("A full date and a time belong here.", _NOT_SAVED, "Type both, such as 6 May 2026 08:30."),
        ("此处应填完整日期和时间。", _NOT_SAVED_ZH, "请同时输入，例如2026年5月6日 08:30。"),
    ),
    "value.too_long": (
        ("The text is longer than {allowed} characters.", _NOT_SAVED, "Shorten it."),
        ("文字超过{allowed}个字符。", _NOT_SAVED_ZH, "请缩短。"),
    ),
    "value.control_character": (
        (
            "The text holds a character that cannot be printed or exported.",
            _NOT_SAVED,
            "Type the text again instead of pasting it.",
        ),
        ("文字含有无法打印或导出的字符。", _NOT_SAVED_ZH, "请直接键入，不要粘贴。"),
    ),
    "definition.newer": (
        (
            "This study was made by a newer version of the program.",
            "Nothing was changed.",
            "Install the newer version and open it again.",
        ),
        ("此研究由更新版本的程序创建。", "未作任何更改。", "请安装新版本后再打开。"),
    ),
    "definition.damaged": (
        ("The study's form definitions cannot be read.", "Nothing was changed.", "Restore the study from its backup."),
        ("无法读取研究的表单定义。", "未作任何更改。", "请从备份恢复研究。"),
    ),
}
