"""What is said when a certificate of one's own, a token or a timestamp authority does not do."""

_KEPT = "Nothing was signed; the study is unchanged."
_KEPT_ZH = "未签名；研究数据未变。"
_AGAIN = "Ask whoever issued it for a certificate for signatures with an RSA key, or sign with the study's own."
_AGAIN_ZH = "请向签发机构申请使用RSA密钥的签名证书，或使用研究证书签名。"
_LEVEL = "The signature holds and is as it was; the file stays at its level."
_LEVEL_ZH = "签名有效且未变；文件级别保持不变。"

PROBLEMS = {
    "signer.password": (
        ("The password of the certificate file is wrong.", _KEPT, "Type the password that came with the file."),
        ("证书文件的密码错误。", _KEPT_ZH, "请输入随文件提供的密码。"),
    ),
    "signer.unreadable": (
        ("This is no PKCS #12 certificate file, or it is damaged.", _KEPT, "Choose the file that ends in .p12 or .pfx."),
        ("这不是PKCS #12证书文件，或文件已损坏。", _KEPT_ZH, "请选择扩展名为.p12或.pfx的文件。"),
    ),
    "signer.no_key": (
        ("There is a certificate but no key to it, so it cannot sign.", _KEPT, "Export it again together with its private key."),
        ("只有证书而没有对应的密钥，无法签名。", _KEPT_ZH, "请连同私钥重新导出。"),
    ),
    "signer.no_certificate": (
        ("There is a key but no certificate to it.", _KEPT, "Export it again together with its certificate."),
        ("只有密钥而没有对应的证书。", _KEPT_ZH, "请连同证书重新导出。"),
    ),
    "signer.not_rsa": (
        (
            "The certificate's key is not RSA. A PDF signed with ECDSA or Ed25519 is no PDF/A-3 any more, and only that "
            "can be read in an archive years later.",
            _KEPT,
            _AGAIN,
        ),
        ("证书的密钥不是RSA。使用ECDSA或Ed25519签名的PDF不再符合PDF/A-3，而只有PDF/A-3才适合多年存档。", _KEPT_ZH, _AGAIN_ZH),
    ),
    "signer.weak": (
        ("The certificate's key has {bits} bits; at least {least} are needed.", _KEPT, _AGAIN),
        ("证书密钥仅{bits}位，至少需要{least}位。", _KEPT_ZH, _AGAIN_ZH),
    ),
    "signer.expired": (
        ("The certificate ended on {day}.", _KEPT, "Get a new one, or sign with the study's own."),
        ("证书已于{day}到期。", _KEPT_ZH, "请换用新证书，或使用研究证书签名。"),
    ),
    "signer.not_yet": (
        ("The certificate begins on {day}, later than this computer's clock.", _KEPT, "Check the clock, or wait."),
        ("证书自{day}起有效，晚于本机时钟。", _KEPT_ZH, "请检查时钟，或稍后再试。"),
    ),
    "signer.usage": (
        ("The certificate is not made for signatures: its key usage names none.", _KEPT, _AGAIN),
        ("该证书不可用于签名：其密钥用途未包含签名。", _KEPT_ZH, _AGAIN_ZH),
    ),
    "signer.revoked": (
        ("The certificate was revoked by its authority, or one above it was.", _KEPT, "Get a new one, or sign with the study's own."),
        ("该证书或其上级证书已被签发机构吊销。", _KEPT_ZH, "请换用新证书，或使用研究证书签名。"),
    ),
    "signer.withdrawn": (
        ("This certificate was withdrawn in this study.", _KEPT, "Sign with another certificate, or with the study's own."),
        ("该证书已在本研究中撤销登记。", _KEPT_ZH, "请使用其他证书，或使用研究证书签名。"),
    ),
    "signer.of_another": (
        (
            "This certificate was named by another person in this study.",
            _KEPT,
            "Sign with your own; whoever shares a certificate signs for somebody else.",
        ),
        ("该证书已由本研究中的其他人登记。", _KEPT_ZH, "请使用您本人的证书；共用证书等于代他人签名。"),
    ),
    "signer.not_tied": (
        ("Nobody has named this certificate in this study.", "Nothing was changed.", "Check its SHA-256 fingerprint."),
        ("本研究中无人登记该证书。", "未作任何更改。", "请核对其SHA-256指纹。"),
    ),
    "token.no_module": (
        ("The module of the token is not there.", _KEPT, "Give the path of the library that came with the token or its reader."),
        ("找不到令牌的模块文件。", _KEPT_ZH, "请给出令牌或读卡器所附程序库的路径。"),
    ),
    "token.module": (
        (
            "The module of the token cannot be used: it is no PKCS #11 library, or its service does not run.",
            _KEPT,
            "Check the path and that the token's own program works.",
        ),
        ("无法使用令牌的模块：它不是PKCS #11程序库，或其服务未运行。", _KEPT_ZH, "请检查路径，并确认令牌自带的程序可正常使用。"),
    ),
    "token.absent": (
        ("There is no token with this label.", _KEPT, "Put it in and check the label in the token's own program."),
        ("没有使用该标签的令牌。", _KEPT_ZH, "请插入令牌，并在令牌自带的程序中核对标签。"),
    ),
    "token.removed": (
        ("The token was pulled out while it was in use.", _KEPT, "Put it in again and sign once more."),
        ("令牌在使用中被拔出。", _KEPT_ZH, "请重新插入后再次签名。"),
    ),
    "token.pin": (
        (
            "The PIN is wrong.",
            _KEPT,
            "Try again with care: after a few wrong ones the token blocks itself.",
        ),
        ("PIN错误。", _KEPT_ZH, "请谨慎重试：多次输错后令牌会自行锁定。"),
    ),
    "token.blocked": (
        ("The token's PIN is blocked, expired or not set.", _KEPT, "Have it unblocked by whoever issued the token."),
        ("令牌的PIN已锁定、过期或尚未设置。", _KEPT_ZH, "请由令牌签发机构解锁。"),
    ),
    "token.no_certificate": (
        ("The token has no certificate with this label.", _KEPT, "Check the label in the token's own program."),
        ("令牌中没有使用该标签的证书。", _KEPT_ZH, "请在令牌自带的程序中核对标签。"),
    ),
    "token.several": (
        ("The token has several certificates with a key.", _KEPT, "Say which by its label."),
        ("令牌中有多个带密钥的证书。", _KEPT_ZH, "请用标签指明使用哪一个。"),
    ),
    "token.failed": (
        ("The token refused to sign ({kind}).", _KEPT, "Try its own program; then sign once more."),
        ("令牌拒绝签名（{kind}）。", _KEPT_ZH, "请先试用令牌自带的程序，然后再次签名。"),
    ),
    "report.no_second": (
        (
            "No second signature is foreseen in this file, or it is there already.",
            "The file is unchanged.",
            "Whoever signs first says whether a second person is to sign.",
        ),
        ("该文件未预留第二签名，或第二签名已存在。", "文件未变。", "是否需要第二人签名，由第一签名人在签名时指定。"),
    ),
    "timestamp.down": (
        ("The timestamp authority does not answer.", _LEVEL, "Ask again when there is a network; nothing is lost by waiting."),
        ("时间戳机构没有应答。", _LEVEL_ZH, "请在网络可用时重试；等待不会造成损失。"),
    ),
    "timestamp.refused": (
        (
            "The timestamp authority's answer cannot be used: it refused, or something between answered instead of it.",
            _LEVEL,
            "Check its address, and whether this network asks for a log-in first.",
        ),
        ("时间戳机构的应答不可用：对方拒绝，或由网络中的其他设备代为应答。", _LEVEL_ZH, "请检查其网址，以及当前网络是否需要先登录。"),
    ),
    "timestamp.root": (
        (
            "The timestamp is not by the authority that this study has set.",
            _LEVEL,
            "Ask the data manager or administrator to compare the authority's root certificate.",
        ),
        ("该时间戳并非由本研究所设定的机构签发。", _LEVEL_ZH, "请由数据管理员或管理员核对该机构的根证书。"),
    ),
    "timestamp.no_list": (
        (
            "There is no revocation list in force of the authority that issued a signer's certificate.",
            "The signature holds and the file has its timestamp.",
            "For the study's certificates an administrator asks for the timestamp once; for the hospital's its authority "
            "publishes one.",
        ),
        (
            "缺少签名人证书签发机构的有效吊销列表。",
            "签名有效，文件已有时间戳。",
            "研究证书的列表由管理员运行一次时间戳命令生成；医院证书的列表由其签发机构发布。",
        ),
    ),
    "timestamp.signature_broken": (
        ("The file's signatures do not hold, so it gets no timestamp.", "The file is unchanged.", "Verify it, and tell the data manager."),
        ("文件的签名无效，因此不加盖时间戳。", "文件未变。", "请核验该文件，并告知数据管理员。"),
    ),
    "timestamp.not_set": (
        (
            "No timestamp authority is set in this study.",
            _LEVEL,
            "A data manager or administrator sets one: its address and its root certificate.",
        ),
        ("本研究尚未设定时间戳机构。", _LEVEL_ZH, "请由数据管理员或管理员设定其网址和根证书。"),
    ),
    "timestamp.second_awaited": (
        (
            "A second signature is foreseen in this file and not there yet; after a timestamp nobody could sign it.",
            _LEVEL,
            "Have it signed first; or sign the visit again for one person alone.",
        ),
        ("该文件预留的第二签名尚未签署；加盖时间戳后将无法再签名。", _LEVEL_ZH, "请先完成第二签名，或由一人重新签署该访视。"),
    ),
    "timestamp.address": (
        (
            "This is no address of a timestamp authority: it begins with http:// or https:// and holds no user name or password.",
            "Nothing was changed.",
            "Copy the address that the authority publishes.",
        ),
        ("这不是时间戳机构的网址：应以http://或https://开头，且不含用户名或密码。", "未作任何更改。", "请复制该机构公布的网址。"),
    ),
    "timestamp.root_unreadable": (
        (
            "This is no certificate of an authority.",
            "Nothing was changed.",
            "Give the root certificate that the timestamp authority publishes, as PEM.",
        ),
        ("这不是机构证书。", "未作任何更改。", "请提供时间戳机构公布的PEM格式根证书。"),
    ),
    "document.not_filed": (
        ("This study has no signed file with this SHA-256.", "Nothing was changed.", "Choose a file that was signed in this study."),
        ("本研究中没有该SHA-256对应的已签名文件。", "未作任何更改。", "请选择在本研究中签名的文件。"),
    ),
    "sign.kept_inside": (
        (
            "The signed PDF could not be written to that place: its disk is full, or you may not write there.",
            "The visit is signed, and the signed PDF is kept in the study.",
            "Give another place: sign STUDY PARTICIPANT VISIT --again --out FILE.",
        ),
        (
            "无法将已签名的PDF写到该位置：磁盘已满，或没有写入权限。",
            "该访视已签名，已签名的PDF保存在研究文件中。",
            "请另选位置：sign STUDY PARTICIPANT VISIT --again --out FILE。",
        ),
    ),
    "sign.none_kept": (
        ("No signed PDF of this visit is kept.", "Nothing was written; the study is unchanged.", "Sign the visit first."),
        ("没有保存该访视的已签名PDF。", "未写出任何文件；研究数据未变。", "请先签署该访视。"),
    ),
    "sign.no_second": (
        (
            "No second signature waits for this file.",
            "Nothing was signed; the study is unchanged.",
            "Choose a visit whose first signature foresees a second one.",
        ),
        ("没有等待第二签名的文件。", "未签名；研究数据未变。", "请选择第一签名已预留第二签名的访视。"),
    ),
    "sign.same_person": (
        (
            "The second signature has to be another person's.",
            "Nothing was signed; the study is unchanged.",
            "Ask somebody else with the right to sign.",
        ),
        ("第二签名必须由另一人完成。", "未签名；研究数据未变。", "请由其他有签名权限的人签署。"),
    ),
    "sign.second_stale": (
        (
            "The data were changed after the first signature.",
            "Nothing was signed; the study is unchanged.",
            "Ask the first signer to sign the visit again.",
        ),
        ("第一签名之后数据已被更改。", "未签名；研究数据未变。", "请第一签名人重新签署该访视。"),
    ),
}
