"""What is said when a command cannot be carried out."""

PROBLEMS = {
    "cli.not_the_same": (
        ("The two passwords differ.", "Nothing was made.", "Start again."),
        ("两次输入的密码不同。", "未创建任何内容。", "请重新开始。"),
    ),
    "cli.password_short": (
        ("The password is too short.", "Nothing was made.", "Use at least {least} characters; a sentence is best."),
        ("密码太短。", "未创建任何内容。", "请至少使用{least}个字符，最好是一句话。"),
    ),
    "cli.password_file": (
        (
            "The password file cannot be read.",
            "Nothing was changed.",
            "Check its path; it holds the password in its first line, UTF-8.",
        ),
        ("无法读取密码文件。", "未作任何更改。", "请检查路径；文件第一行为密码，UTF-8编码。"),
    ),
    "cli.unreadable": (
        ("The file cannot be read.", "Nothing was changed.", "Check its path and that it is the right kind of file."),
        ("无法读取该文件。", "未作任何更改。", "请检查路径及文件类型。"),
    ),
    "cli.unknown_kind": (
        (
            "This is no study, no bundle and no PDF, or its first bytes are damaged.",
            "Nothing was changed.",
            "Not verified.",
        ),
        ("这不是研究、数据包或PDF，或其开头已损坏。", "未作任何更改。", "未通过验证。"),
    ),
    "cli.cannot_write": (
        (
            "The file cannot be written where you asked.",
            "Nothing else was changed.",
            "Choose a folder that exists and has room.",
        ),
        ("无法在指定位置写入文件。", "未作其他更改。", "请选择已存在且有空间的文件夹。"),
    ),
    "cli.exists": (
        ("There is something of that name already.", "It was not touched.", "Choose another name."),
        ("已存在同名内容。", "未改动。", "请另选名称。"),
    ),
}
