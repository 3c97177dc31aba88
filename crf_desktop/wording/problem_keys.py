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
    "keys.wait": (
        ("The password was wrong just now: this account waits {seconds} s.", _UNTOUCHED, "Wait, then type the password again; each failure makes the wait longer."),
        ("刚才的密码不正确：此账户需等待{seconds}秒。", _UNTOUCHED_ZH, "请稍候再输入密码；每次失败都会延长等待时间。"),
    ),
    "keys.blocked": (
        ("This account rests after {failed} wrong passwords: {minutes} min are left.", "Nothing in it was destroyed.", "Wait, or ask the administrator to lift the block; the recovery code opens the study at once."),
        ("密码连续{failed}次错误，此账户已暂停：还需{minutes}分钟。", "账户内容完好无损。", "请等待，或请管理员解除；恢复码可立即打开研究。"),
    ),
    "keys.rotation_no_room": (
        ("A new data key needs {need_mb} MB free on the disk of the study.", _UNTOUCHED, "Free some space, then try again."),
        ("更换数据密钥需要研究所在磁盘有{need_mb} MB可用空间。", _UNTOUCHED_ZH, "请清理磁盘空间后重试。"),
    ),
    "verify.rotation_waits": (
        ("A new data key was begun and could not be finished yet ({detail}).", "Everything opens as before.", "It is finished at the next log-in; if it is not, free some space on the disk."),
        ("数据密钥的更换已开始但尚未完成（{detail}）。", "一切照常打开。", "下次登录时会完成；如仍未完成，请清理磁盘空间。"),
    ),
    "password.short": (
        ("The password has {found} characters; it needs {least}.", _UNTOUCHED, "Several words in a row are long, easy to remember and easy to type."),
        ("密码只有{found}个字符，至少需要{least}个。", _UNTOUCHED_ZH, "可用几个词连成一句，既长又好记、好输入。"),
    ),
    "password.long": (
        ("The password has more than {most} characters.", _UNTOUCHED, "Use a shorter one."),
        ("密码超过{most}个字符。", _UNTOUCHED_ZH, "请缩短密码。"),
    ),
    "password.guessable": (
        ("This password is among the first that somebody would try.", _UNTOUCHED, "Add one or two words that have nothing to do with one another."),
        ("该密码很容易被猜到。", _UNTOUCHED_ZH, "请再加一两个互不相关的词。"),
    ),
    "password.names": (
        ("The password is made of names that everybody here knows: yours, the study’s or the site’s.", _UNTOUCHED, "Use words that have nothing to do with you or the study."),
        ("密码由大家都知道的名称组成：您的、研究的或中心的名称。", _UNTOUCHED_ZH, "请使用与您和研究无关的词。"),
    ),
    "password.words": (
        ("The password is made of very common words or passwords.", _UNTOUCHED, "Add one or two uncommon words that have nothing to do with one another."),
        ("密码由非常常见的词或常用密码组成。", _UNTOUCHED_ZH, "请再加一两个不常见且互不相关的词。"),
    ),
    "password.keyboard": (
        ("The password follows neighbouring keys of the keyboard.", _UNTOUCHED, "Use words instead of a path over the keys."),
        ("密码沿着键盘上相邻的键。", _UNTOUCHED_ZH, "请使用词语，不要沿键盘顺序输入。"),
    ),
    "password.repeats": (
        ("The password says the same thing again and again.", _UNTOUCHED, "Repetition adds nothing; add other words."),
        ("密码只是重复同样的内容。", _UNTOUCHED_ZH, "重复并不会更安全；请加入其他词。"),
    ),
    "password.sequence": (
        ("The password is a sequence such as abc or 1234.", _UNTOUCHED, "Use words that have nothing to do with one another."),
        ("密码是连续序列，例如abc或1234。", _UNTOUCHED_ZH, "请使用互不相关的词。"),
    ),
    "password.date": (
        ("The password is little more than a date or a year.", _UNTOUCHED, "Dates are tried early; add words."),
        ("密码基本上只是日期或年份。", _UNTOUCHED_ZH, "日期最容易被尝试；请加入词语。"),
    ),
    "password.same": (
        ("The new password is the old one.", _UNTOUCHED, "Choose another."),
        ("新密码与旧密码相同。", _UNTOUCHED_ZH, "请另选密码。"),
    ),
    "password.age": (
        ("Passwords may be asked to be changed after 1 to {most} days, or never (0).", _UNTOUCHED, "Type a number of days."),
        ("可要求在1至{most}天后更换密码，或从不更换（0）。", _UNTOUCHED_ZH, "请输入天数。"),
    ),
    "recovery.length": (
        ("A recovery code has {wanted} characters; this one has {found}.", _UNTOUCHED, "Type all eight groups as they are printed."),
        ("恢复码有{wanted}个字符，此处为{found}个。", _UNTOUCHED_ZH, "请按打印内容输入全部八组。"),
    ),
    "recovery.group": (
        ("There is a slip in group {group} of {typed_groups}.", _UNTOUCHED, "Compare that group with the paper, character by character."),
        ("第{group}组（共{typed_groups}组）有输入错误。", _UNTOUCHED_ZH, "请对照纸张逐字核对该组。"),
    ),
    "recovery.share_word": (
        ("Word {word} of share {share} is not on the list of words.", _UNTOUCHED, "Compare that word with the paper."),
        ("第{share}份中的第{word}个词不在词表中。", _UNTOUCHED_ZH, "请对照纸张核对该词。"),
    ),
    "recovery.share_damaged": (
        ("There is a slip in share {share}: a word is missing, exchanged or another one.", _UNTOUCHED, "Compare the whole share with the paper."),
        ("第{share}份有误：缺词、顺序颠倒或词有误。", _UNTOUCHED_ZH, "请对照纸张核对整份内容。"),
    ),
    "recovery.shares_same": (
        ("{needed} different shares are needed.", _UNTOUCHED, "Take the shares of two persons."),
        ("需要{needed}份不同的恢复码份额。", _UNTOUCHED_ZH, "请使用两个人各自保管的份额。"),
    ),
    "recovery.shares_differ": (
        ("The shares do not belong together.", _UNTOUCHED, "Take two shares that were printed on the same day."),
        ("这些份额不属于同一组。", _UNTOUCHED_ZH, "请使用同一次打印的两份。"),
    ),
    "recovery.not_this": (
        ("This is not the recovery code of this study file.", _UNTOUCHED, "Take the sheet printed last for this study and this laptop; a code that was used or replaced opens nothing."),
        ("这不是本研究文件的恢复码。", _UNTOUCHED_ZH, "请使用为本研究、本电脑最近打印的那张；已使用或已更换的恢复码无效。"),
    ),
    "recovery.no_printer": (
        ("This machine knows no printer.", "The code is still shown.", "Connect one, or save the sheet and print it elsewhere; then delete the file."),
        ("本机没有可用的打印机。", "恢复码仍在显示。", "请连接打印机；或保存该页后在别处打印，打印后删除文件。"),
    ),
    "recovery.not_printed": (
        ("The printer did not take the sheet.", "The code is still shown.", "Look at the printer and its queue, then print again, or save the sheet."),
        ("打印机未接收该页。", "恢复码仍在显示。", "请检查打印机及其队列后重新打印，或保存该页。"),
    ),
    "recovery.none": (
        ("This study file has no recovery code.", _UNTOUCHED, "Ask the administrator of the study."),
        ("本研究文件没有恢复码。", _UNTOUCHED_ZH, "请联系研究管理员。"),
    ),
    "recovery.not_for_you": (
        ("The recovery code lets an administrator in again.", _UNTOUCHED, "Choose the administrator's account; the administrator then gives the others new passwords."),
        ("恢复码用于让管理员重新进入。", _UNTOUCHED_ZH, "请选择管理员账户；其他人的新密码由管理员设置。"),
    ),
    "escrow.not_this": (
        ("This key does not open this study file.", _UNTOUCHED, "Use the private key that belongs to the public key given in escrow."),
        ("该密钥不能打开本研究文件。", _UNTOUCHED_ZH, "请使用与托管公钥对应的私钥。"),
    ),
    "escrow.no_key": (
        ("There is no X25519 key in this file.", _UNTOUCHED, "Use a public key file of this program, an age recipient or identity, or a PEM file."),
        ("该文件中没有X25519密钥。", _UNTOUCHED_ZH, "请使用本程序的公钥文件、age收件人或身份文件，或PEM文件。"),
    ),
}
