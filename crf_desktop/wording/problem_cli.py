"""What is said when a command cannot be carried out."""

PROBLEMS = {
    "cli.not_the_same": (
        ("The two passwords differ.", "Nothing was made.", "Start again."),
        ("两次输入的密码不同。", "未创建任何内容。", "请重新开始。"),
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
    "cli.machine": (
        (
            "The machine refused a file operation ({reason}).",
            "Everything saved before is kept; what this command was making may be missing.",
            "Check the path, its permissions and the room on the disk, then run the command again.",
        ),
        ("系统拒绝了文件操作（{reason}）。", "此前保存的内容均已保留；本命令的结果可能缺失。", "请检查路径、权限和磁盘空间后重试。"),
    ),
    "cli.memory": (
        ("There is not enough memory.", "Everything saved before is kept.", "Close other programs, then run the command again."),
        ("内存不足。", "此前保存的内容均已保留。", "请关闭其他程序后重试。"),
    ),
    "cli.interrupted": (
        ("Interrupted.", "Everything saved before is kept.", "Run the command again."),
        ("已中断。", "此前保存的内容均已保留。", "请重新运行命令。"),
    ),
    "cli.disk_full": (
        ("The disk is full.", "Everything saved before is kept.", "Free some space, then run the command again."),
        ("磁盘已满。", "此前保存的内容均已保留。", "请清理磁盘空间后重试。"),
    ),
    "cli.study_unwritable": (
        (
            "The disk could not be written to or read.",
            "Everything saved before is kept.",
            "Check that the disk is connected and that you may write there, then run the command again.",
        ),
        ("无法读写磁盘。", "此前保存的内容均已保留。", "请检查磁盘连接和写入权限后重试。"),
    ),
    "cli.read_only": (
        (
            "The study can only be read here, and this command records what it does.",
            "Nothing was changed.",
            "Copy the whole folder to a disk that can be written to and run the command there.",
        ),
        ("此处的研究只能读取，而该命令需要写入记录。", "未作任何更改。", "请将整个文件夹复制到可写入的磁盘后再运行。"),
    ),
    "cli.administrator_name": (
        (
            "The name “administrator” is taken by the second account that every new study has.",
            "No study was made.",
            "Choose your own name, or add --role administrator to be that account.",
        ),
        ("“administrator”是每个新研究自带的第二个账户。", "未创建研究。", "请使用您自己的用户名，或加 --role administrator。"),
    ),
    "demo.exists": (
        (
            "This folder holds a demo already, or another file of one of its names.",
            "Nothing was changed.",
            "Choose another folder; nothing that exists is overwritten.",
        ),
        ("该文件夹中已有演示研究或同名文件。", "未作任何更改。", "请另选文件夹；已有内容绝不会被覆盖。"),
    ),
}
