"""What is said when a printer does not take what it is given."""

_STAYS = "Nothing was changed; the pages are still shown."
_STAYS_ZH = "未作任何更改；页面仍在显示。"

PROBLEMS = {
    "print.not_printed": (
        ("The printer did not take the pages.", _STAYS, "Look at the printer and its queue, then print again, or save the PDF."),
        ("打印机未接收这些页面。", _STAYS_ZH, "请检查打印机及其队列后重新打印，或保存PDF。"),
    ),
    "print.no_memory": (
        (
            "The pages would lie on the disk in clear on their way to the printer: this computer has no folder in memory.",
            _STAYS,
            "Save the PDF where it may lie, print it from there, then delete it.",
        ),
        ("本机没有内存文件夹，页面在送往打印机途中会以明文存放于磁盘。", _STAYS_ZH, "请将PDF保存到允许的位置，从该处打印后删除。"),
    ),
}
