"""What the calculator says when its file cannot be used."""

PROBLEMS = {
    "score.unreadable": (
        ("The file could not be read, or it is not JSON.", "Nothing was computed.", "Check the path and the text of the file."),
        ("无法读取该文件，或其内容不是JSON。", "未作任何计算。", "请核对文件路径和内容。"),
    ),
    "score.no_examples": (
        ("The file has no list named “examples”.", "Nothing was computed.", "Write {{\"examples\": [{{\"id\", \"function\", \"inputs\"}}]}}."),
        ("该文件中没有名为“examples”的列表。", "未作任何计算。", "请写成{{\"examples\": [{{\"id\", \"function\", \"inputs\"}}]}}。"),
    ),
}
