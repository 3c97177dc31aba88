"""What is said when a bundle, an invitation, a public key or an export is refused."""

_KEPT = "Nothing was taken in; the study is exactly as it was."
_KEPT_ZH = "未导入任何内容；研究与之前完全相同。"
_NOTHING = "Nothing was written; the study is unchanged."
_NOTHING_ZH = "未写出任何文件；研究未改变。"
_AGAIN = "Ask the sender to export the bundle again and copy it whole, then compare the two file sizes."
_AGAIN_ZH = "请发送方重新导出数据包并完整复制，然后核对两端文件大小。"
_REPORT = "Do not use this file. Keep it, and tell the data manager who sent it and how it came to you."
_REPORT_ZH = "请勿使用此文件。请保留文件，并告知数据管理员发送者及传递途径。"

PROBLEMS = {
    "exchange.no_right": (
        ("The role “{role}” may not do this ({action}).", "Nothing was changed.", "Log in as someone who may, or ask the administrator."),
        ("角色“{role}”无权执行此操作（{action}）。", "未作任何更改。", "请由有权限者登录，或联系管理员。"),
    ),
    "bundle.unreadable": (
        ("The bundle could not be read ({reason}).", _KEPT, "Check the medium it lies on, or copy it to this machine first."),
        ("无法读取数据包（{reason}）。", _KEPT_ZH, "请检查存储介质，或先将文件复制到本机。"),
    ),
    "bundle.empty": (
        ("The file is empty: 0 bytes arrived.", _KEPT, _AGAIN),
        ("文件为空：只收到 0 字节。", _KEPT_ZH, _AGAIN_ZH),
    ),
    "bundle.not_a_bundle": (
        ("This file is not a bundle.", _KEPT, "Choose the file that the other laptop exported; its name usually ends in .bundle."),
        ("该文件不是数据包。", _KEPT_ZH, "请选择另一台电脑导出的文件，文件名通常以 .bundle 结尾。"),
    ),
    "bundle.damaged": (
        ("The bundle was cut short or altered on its way.", _KEPT, _AGAIN),
        ("数据包在传送途中被截断或被改动。", _KEPT_ZH, _AGAIN_ZH),
    ),
    "bundle.bad_structure": (
        ("What is inside the bundle is not built as a bundle must be.", _KEPT, _REPORT),
        ("数据包内部结构不符合规定。", _KEPT_ZH, _REPORT_ZH),
    ),
    "bundle.inconsistent": (
        ("The bundle holds other rows or documents than its own list says.", _KEPT, _REPORT),
        ("数据包内的记录或文档与其自身清单不符。", _KEPT_ZH, _REPORT_ZH),
    ),
    "bundle.bad_signature": (
        ("The bundle’s list of contents was not signed by the laptop it names.", _KEPT, _REPORT),
        ("数据包的清单并非由其所示电脑签名。", _KEPT_ZH, _REPORT_ZH),
    ),
    "bundle.no_right": (
        ("The bundle holds a row whose author’s role did not allow it.", _KEPT, _REPORT),
        ("数据包中有一条记录，其作者的角色无权写入。", _KEPT_ZH, _REPORT_ZH),
    ),
    "bundle.closed": (
        ("The bundle holds entries by a person whose account had been closed, or with a key that had been revoked (the first: row {seq} of {origin}).", _KEPT, "Tell an administrator. Entries that were written honestly before the news had come there can be admitted: crf-desktop user admit STUDY NAME --origin {origin} --upto ROW --reason WHY."),
        ("数据包中含有账户停用（或密钥吊销）之后写入的记录（首条：{origin} 的第{seq}条）。", _KEPT_ZH, "请告知管理员。若这些记录确系在停用消息到达之前如实录入，可予接纳：crf-desktop user admit STUDY NAME --origin {origin} --upto ROW --reason WHY。"),
    ),
    "bundle.sender_unknown": (
        ("The laptop that wrote this bundle is not known to the study, and the bundle does not introduce it.", _KEPT, "Ask the sender for a full export from a laptop that joined this study by invitation."),
        ("本研究不认识写出此数据包的电脑，数据包中也没有其加入记录。", _KEPT_ZH, "请发送方从通过邀请加入本研究的电脑重新完整导出。"),
    ),
    "bundle.too_large": (
        ("The bundle is larger than this program accepts, or says that it is.", _KEPT, "Ask the sender for a bundle of what is new since your last acknowledgement."),
        ("数据包超过本程序可接受的大小，或其声明的大小超限。", _KEPT_ZH, "请发送方只导出上次确认之后的新增内容。"),
    ),
    "bundle.other_recipient": (
        ("The bundle was encrypted for somebody else, or its first lines were altered.", _KEPT, "Send this laptop’s public key to the sender (crf-desktop key public) and ask for an export to it."),
        ("数据包是为其他接收者加密的，或其开头被改动。", _KEPT_ZH, "请把本机公钥发给发送方（crf-desktop key public），并请其按此公钥导出。"),
    ),
    "bundle.readdressed": (
        ("The bundle was opened and encrypted again by somebody its sender did not name.", _KEPT, _REPORT),
        ("数据包曾被打开，并由发送方未指定的人重新加密。", _KEPT_ZH, _REPORT_ZH),
    ),
    "export.disk_full": (
        ("The disk is full: the file could not be written.", _NOTHING, "Free some space or choose another place, then export again."),
        ("磁盘已满：无法写出文件。", _NOTHING_ZH, "请清理空间或选择其他位置，再重新导出。"),
    ),
    "export.not_written": (
        ("The file could not be written ({reason}).", _NOTHING, "Choose a place where you may write, then export again."),
        ("无法写出文件（{reason}）。", _NOTHING_ZH, "请选择有写入权限的位置，再重新导出。"),
    ),
    "export.exists": (
        ("Something of that name is already there.", "It was left as it is, and nothing was written.", "Choose a new name, or remove what is there yourself."),
        ("该名称已存在。", "原有内容未动，也未写出任何文件。", "请换一个名称，或自行移除原有内容。"),
    ),
    "export.inside_study": (
        ("That place lies inside a study folder, whose own files must not be mixed with others or replaced.", _NOTHING, "Choose a place outside every .crf folder."),
        ("该位置在研究文件夹之内；其文件不得与其他文件混放或被替换。", _NOTHING_ZH, "请选择任何 .crf 文件夹之外的位置。"),
    ),
    "export.nothing_new": (
        ("There is nothing to send: the receiver holds every row already.", _NOTHING, "Nothing needs to be done."),
        ("没有可发送的内容：接收方已有全部记录。", _NOTHING_ZH, "无需操作。"),
    ),
    "export.too_large": (
        ("The bundle would be larger than a receiver accepts (2 GiB in all, 256 MiB per document).", _NOTHING, "Send only what is new since the receiver’s last acknowledgement."),
        ("数据包将超过接收方可接受的大小（总计 2 GiB，单个文档 256 MiB）。", _NOTHING_ZH, "请只发送接收方上次确认之后的新增内容。"),
    ),
    "key.not_read": (
        ("The public key file could not be read ({reason}).", _NOTHING, "Check the medium it lies on, or copy it to this machine first."),
        ("无法读取公钥文件（{reason}）。", _NOTHING_ZH, "请检查存储介质，或先将文件复制到本机。"),
    ),
    "key.unreadable": (
        ("This file is not a public key of CRF Desktop.", _NOTHING, "Ask the receiver for the file that “crf-desktop key public” writes."),
        ("该文件不是 CRF Desktop 的公钥文件。", _NOTHING_ZH, "请向接收方索取由“crf-desktop key public”写出的文件。"),
    ),
    "key.altered": (
        ("The public key file was altered: its own signature does not hold.", _NOTHING, "Ask the receiver to send the file again by another way."),
        ("公钥文件被改动：其自带签名不成立。", _NOTHING_ZH, "请接收方通过其他途径重新发送。"),
    ),
    "key.other_study": (
        ("The public key belongs to another study.", _NOTHING, "Ask the receiver for the key of this study."),
        ("该公钥属于另一项研究。", _NOTHING_ZH, "请向接收方索取本研究的公钥。"),
    ),
    "invitation.unreadable": (
        ("This file is not an invitation to a study.", "Nothing was made on this machine.", "Ask the inviting laptop for the file that “crf-desktop invite” writes."),
        ("该文件不是研究邀请。", "本机未创建任何内容。", "请向邀请方索取由“crf-desktop invite”写出的文件。"),
    ),
    "invitation.not_read": (
        ("The invitation could not be read ({reason}).", "Nothing was made on this machine.", "Check the medium it lies on, or copy it to this machine first."),
        ("无法读取邀请文件（{reason}）。", "本机未创建任何内容。", "请检查存储介质，或先将文件复制到本机。"),
    ),
    "invitation.newer": (
        ("The invitation was written by a newer version of the program.", "Nothing was made on this machine.", "Update the program on this machine, then join again."),
        ("邀请文件由更新版本的程序写出。", "本机未创建任何内容。", "请先更新本机程序，再重新加入。"),
    ),
    "invitation.altered": (
        ("The invitation was altered: its signature does not hold.", "Nothing was made on this machine.", "Ask for a new invitation by another way, and compare the fingerprint by phone."),
        ("邀请文件被改动：其签名不成立。", "本机未创建任何内容。", "请通过其他途径重新索取邀请，并电话核对指纹。"),
    ),
}
