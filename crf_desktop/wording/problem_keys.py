"""What is said about passwords and the key file."""

_UNTOUCHED = "Nothing was changed."
_UNTOUCHED_ZH = "未作任何更改。"

PROBLEMS = {
    "keys.wrong_password": (
        ("The password is not right.", "The study's files are whole; nothing was changed.", "Type it again; look at Caps Lock and the keyboard layout."),
        ("密码不正确。", "研究文件完好，未作任何更改。", "请重新输入；注意大写锁定和键盘布局。"),
    ),
    "keys.no_such_user": (
        ("There is no account of that name in this study.", _UNTOUCHED, "Choose one of the accounts shown, or ask the administrator."),
        ("此研究中没有该账户。", _UNTOUCHED_ZH, "请选择所列账户，或联系管理员。"),
    ),
    "keys.damaged": (
        ("Both copies of the key file are damaged; this is not about the password.", _UNTOUCHED, "Put back keys.a or keys.b from a backup of this study."),
        ("密钥文件的两份副本均已损坏；这与密码无关。", _UNTOUCHED_ZH, "请从本研究的备份中恢复 keys.a 或 keys.b。"),
    ),
    "keys.altered": (
        ("The key file was altered by something other than this program.", _UNTOUCHED, "Put back keys.a and keys.b from a backup, and tell the administrator."),
        ("密钥文件被其他程序更改过。", _UNTOUCHED_ZH, "请从备份恢复 keys.a 和 keys.b，并告知管理员。"),
    ),
    "keys.put_back": (
        ("An older or foreign key file was put in the place of the current one.", _UNTOUCHED, "Put back the latest keys.a and keys.b, and tell the administrator."),
        ("当前密钥文件被旧的或外来的文件替换。", _UNTOUCHED_ZH, "请恢复最新的 keys.a 和 keys.b，并告知管理员。"),
    ),
    "keys.too_costly": (
        ("The key file asks for {memory_mib} MiB or more work than is allowed to check a password.", _UNTOUCHED, "The file was altered; put back keys.a and keys.b from a backup."),
        ("密钥文件要求的计算量超出允许范围（{memory_mib} MiB）。", _UNTOUCHED_ZH, "文件可能被更改；请从备份恢复 keys.a 和 keys.b。"),
    ),
    "keys.too_cheap": (
        ("The key file protects the password less than is allowed.", _UNTOUCHED, "The file was altered; put back keys.a and keys.b from a backup."),
        ("密钥文件对密码的保护低于允许下限。", _UNTOUCHED_ZH, "文件可能被更改；请从备份恢复 keys.a 和 keys.b。"),
    ),
}
