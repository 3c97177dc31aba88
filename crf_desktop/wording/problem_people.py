"""What is said about accounts and the people they belong to."""

_UNTOUCHED = "Nothing was changed."
_UNTOUCHED_ZH = "未作任何更改。"

PROBLEMS = {
    "people.name_taken": (
        ("This user name belongs or belonged to somebody in this study.", _UNTOUCHED, "Choose another one; a user name is never given twice, so that the record always says who it was."),
        ("此用户名在本研究中正在或曾经属于某人。", _UNTOUCHED_ZH, "请另选用户名；用户名绝不重复使用，以便记录始终指明本人。"),
    ),
    "people.unknown": (
        ("There is no account of that name in this study.", _UNTOUCHED, "Look at the list of authorised persons for the name."),
        ("此研究中没有该账户。", _UNTOUCHED_ZH, "请在授权人员名单中查看用户名。"),
    ),
    "people.closed": (
        ("This account was closed by an administrator.", "Everything it did stays in the record.", "Ask the administrator of the study; a person who returns gets a new account."),
        ("此账户已被管理员停用。", "该账户此前的所有操作均保留在记录中。", "请联系研究管理员；重新加入者须使用新账户。"),
    ),
    "people.not_closed": (
        ("This account is in use: nothing of it has to be admitted.", _UNTOUCHED, "Merge the bundle."),
        ("此账户仍在使用，无需接纳其记录。", _UNTOUCHED_ZH, "请直接合并数据包。"),
    ),
    "people.yourself": (
        ("Nobody closes, resets, identifies or changes the role of their own account.", _UNTOUCHED, "Ask another administrator; your own password you change yourself."),
        ("任何人不得停用、重置自己的账户，核实自己的身份或更改自己的角色。", _UNTOUCHED_ZH, "请由另一位管理员操作；自己的密码可自行更改。"),
    ),
    "people.same_role": (
        ("The person has this role already.", _UNTOUCHED, "Choose another role."),
        ("该人员已是此角色。", _UNTOUCHED_ZH, "请选择其他角色。"),
    ),
    "people.administrator_apart": (
        ("An administrator's account is made as one and stays one: it holds the study's authority, and has no right to data.", _UNTOUCHED, "Add a second account for the person, with the role it needs, and close the one that is no longer needed."),
        ("管理员账户自创建起即为管理员：它持有研究的证书授权，且无权录入数据。", _UNTOUCHED_ZH, "请为该人员另建所需角色的账户，并停用不再需要的账户。"),
    ),
    "people.no_more_numbers": (
        ("All numbers for accounts of this file are used.", _UNTOUCHED, "Closed accounts free no numbers; invite a further laptop, which has numbers of its own."),
        ("本文件可用的账户编号已全部用完。", _UNTOUCHED_ZH, "停用账户不会释放编号；请邀请另一台电脑加入，其有自己的编号。"),
    ),
    "people.opens_here": (
        ("This person has a password on this file already.", _UNTOUCHED, "Whoever lost it goes in with the recovery code of this laptop, or joins with a folder of their own by an invitation."),
        ("此人在本文件中已有密码。", _UNTOUCHED_ZH, "丢失密码者可用本机的恢复码进入，或凭邀请另建自己的研究文件夹加入。"),
    ),
    "people.authority_here": (
        ("The study's authority is on this file: here an administrator adds people, with certificates at once.", _UNTOUCHED, "Log in as administrator and add the person, or give new keys to one who lost the password."),
        ("研究的证书授权就在本文件中：由管理员在此添加人员，并立即签发证书。", _UNTOUCHED_ZH, "请以管理员身份登录并添加人员，或为丢失密码者重新生成密钥。"),
    ),
    "people.administrator_elsewhere": (
        ("An administrator's account belongs to the file where the study was set up; its authority is not on this laptop.", _UNTOUCHED, "Work there as administrator. Here the person can be let in under another account, with the role it needs."),
        ("管理员账户属于建立研究的文件，其证书授权不在本机。", _UNTOUCHED_ZH, "请在那台电脑上以管理员身份操作。在本机可用另一具有所需角色的账户让此人进入。"),
    ),
    "people.not_countersigned": (
        ("Your own certificate is not countersigned yet, so you cannot answer for somebody else.", _UNTOUCHED, "Export a bundle, have it merged where the study was set up, and merge the answer here; then let the person in."),
        ("您本人的证书尚未会签，因此不能为他人作保。", _UNTOUCHED_ZH, "请导出数据包，在建立研究的电脑上合并，并将其返回的数据包在此合并；然后再让此人进入。"),
    ),
    "people.reason_needed": (
        ("Why this is done has to be said.", _UNTOUCHED, "Give a reason in a few words; it stays in the record."),
        ("须说明操作原因。", _UNTOUCHED_ZH, "请用几句话说明原因，原因将保留在记录中。"),
    ),
    "people.no_number": (
        ("The number of a document does not belong into the record.", _UNTOUCHED, "Say which kind of document you saw, such as a staff card or a passport."),
        ("证件号码不应写入记录。", _UNTOUCHED_ZH, "请说明所见证件的种类，例如工作证或护照。"),
    ),
    "sign.revoked": (
        ("This signing key was revoked.", "Nothing was signed; what it signed before stays valid as signed then.", "Ask the administrator of the study."),
        ("此签名密钥已被吊销。", "未签名；此前的签名仍按当时状态有效。", "请联系研究管理员。"),
    ),
    "sign.expired": (
        ("The certificate of this signing key does not hold today (until {until}), or the clock is wrong.", "Nothing was signed; what it signed before stays valid as signed then.", "Look at the date of this computer; else ask the administrator for a reset, which gives a new certificate."),
        ("此签名密钥的证书今日不在有效期内（有效期至{until}），或电脑时钟有误。", "未签名；此前的签名仍按当时状态有效。", "请核对电脑日期；否则请管理员重置账户以获得新证书。"),
    ),
}
