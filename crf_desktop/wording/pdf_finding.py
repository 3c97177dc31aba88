"""What is said about a PDF that was checked: finding → (English, Chinese)."""

FINDINGS: dict[str, tuple[str, str]] = {
    "whole_file": (
        "Every byte of the file is as it was signed, and the signature forbids any later change.",
        "文件的每个字节均与签名时一致，且签名不允许任何后续更改。",
    ),
    "whole_file_two": (
        "Every byte of the file is as the second of two signatures found it, and that one forbids any later change.",
        "文件的每个字节均与第二个签名签署时一致，且该签名不允许任何后续更改。",
    ),
    "whole_file_open": (
        "Every byte of the file is as it was signed, and nothing but a second signature may follow.",
        "文件的每个字节均与签名时一致，此后只允许再加一个签名。",
    ),
    "second_open": (
        "A place for a second signature is empty: nobody has signed there yet, or that signature was cut off.",
        "第二签名处为空：尚无人签署，或该签名已被切除。",
    ),
    "upgraded": (
        "What follows the signatures are timestamps and what their certificates are checked with, and nothing else.",
        "签名之后仅附有时间戳及核验证书所需的资料，别无其他。",
    ),
    "level_b_b": ("Level B-B: signed, timestamp pending.", "级别B-B：已签名，时间戳待定。"),
    "level_b_t": ("Level B-T: signed and timestamped.", "级别B-T：已签名并加盖时间戳。"),
    "level_b_lt": (
        "Level B-LT: signed, timestamped, with what its certificates are checked with.",
        "级别B-LT：已签名并加盖时间戳，附有核验证书所需的资料。",
    ),
    "level_b_lta": (
        "Level B-LTA: signed, timestamped, with what its certificates are checked with, and a timestamp over all of it.",
        "级别B-LTA：已签名并加盖时间戳，附有核验证书所需的资料，并以时间戳整体封存。",
    ),
    "same_digest": ("The file is the one the study's log names (SHA-256 is equal).", "文件与研究日志所记录的一致（SHA-256相同）。"),
    "other_digest": (
        "The file is not the one the study's log names: its SHA-256 differs.",
        "文件与研究日志所记录的不一致：SHA-256不同。",
    ),
    "digest_unknown": (
        "No study was given, so it is not known whether this is the file its log names.",
        "未提供研究，因此无法得知这是否为日志所记录的文件。",
    ),
    "current_unknown": (
        "Whether the data have changed since can only be told from the study, not from this file.",
        "数据此后是否更改，只能由研究本身判断，本文件无法说明。",
    ),
    "signed_by": (
        "Signed by {signer}; the signing computer's clock said {when}.",
        "签名人：{signer}；签名计算机的时钟为{when}。",
    ),
    "signed_for": (
        "Signed by {signer}, “{meaning}”; the signing computer's clock said {when}.",
        "签名人：{signer}，“{meaning}”；签名计算机的时钟为{when}。",
    ),
    "trusted": (
        "The signer's certificate was issued by this study's CA (SHA-256 {fingerprint}) and was in force at the stated time.",
        "签名人证书由本研究的CA（SHA-256：{fingerprint}）签发，在所述时间有效。",
    ),
    "ca_unknown": (
        "The study's CA is not at hand: the file agrees with itself, but compare the SHA-256 fingerprint {fingerprint} of its CA "
        "({authority}) with the study's before you trust the signer's name.",
        "未提供研究的CA：文件自身一致，但在信任签名人姓名之前，请将文件中CA（{authority}）的SHA-256指纹{fingerprint}与研究的指纹核对。",
    ),
    "ca_unreadable": ("The CA certificate that was given cannot be read, so the signer is not known.", "无法读取所提供的CA证书，因此无法确认签名人。"),
    "trust_pending": (
        "The signer's certificate is not yet countersigned by the study's CA: valid, trust pending.",
        "签名人证书尚待研究CA会签：有效，信任待定。",
    ),
    "countersigned_since": (
        "The certificate of {signer} was not yet countersigned when this was signed; the study's CA has countersigned the key since.",
        "签署时{signer}的证书尚待会签；研究的CA此后已会签该密钥。",
    ),
    "other_ca": (
        "The signer's certificate was issued by another CA than this study's.",
        "签名人证书并非由本研究的CA签发。",
    ),
    "own_certificate": (
        "{signer} signed with a certificate of their own, which a row of theirs in the log had named before (issued under {authority}, "
        "SHA-256 {fingerprint}).",
        "{signer}使用本人证书签名，该证书此前已由其本人在日志中登记（签发机构：{authority}，SHA-256：{fingerprint}）。",
    ),
    "signer_unexpected": (
        "The signature of {signer} is not one that the study's log names for this file in this place.",
        "{signer}的签名并非研究日志为本文件此处所记录的签名。",
    ),
    "signer_no_right": (
        "{signer} had no right to sign in this study with this certificate.",
        "{signer}在本研究中无权使用该证书签名。",
    ),
    "signature_missing": (
        "The signature of {signer} is missing: the log names it, and it was cut off or is not in yet.",
        "缺少{signer}的签名：日志中有记录，但该签名已被切除或尚未写入。",
    ),
    "certificate_revoked": (
        "The signer's certificate had been revoked before the signature.",
        "签名人证书在签名之前已被吊销。",
    ),
    "usage": (
        "The signer's certificate is not made for signatures.",
        "签名人证书不可用于签名。",
    ),
    "timestamp_trusted": (
        "A timestamp authority that the study has set says that this existed on {when}.",
        "研究所设定的时间戳机构证明该内容在{when}已存在。",
    ),
    "timestamp_unknown": (
        "A timestamp says that this existed on {when}; whether its authority is to be trusted is not known here.",
        "时间戳注明该内容在{when}已存在；此处无法得知该时间戳机构是否可信。",
    ),
    "timestamp_other": (
        "A timestamp says {when}, but it is not by the authority that the study has set.",
        "时间戳注明{when}，但并非由研究所设定的机构签发。",
    ),
    "timestamp_altered": ("A timestamp was altered or does not hold.", "时间戳被改动或无效。"),
    "clock_ahead": (
        "The signing computer's clock was ahead of the timestamp authority's.",
        "签名计算机的时钟快于时间戳机构的时钟。",
    ),
    "not_locked": ("The second signature does not forbid later changes.", "第二个签名未禁止后续更改。"),
    "certificate_expired": (
        "The signer's certificate was not in force at the stated signing time.",
        "签名人证书在所述签名时间无效。",
    ),
    "not_a_pdf": ("This is not a PDF.", "这不是PDF文件。"),
    "no_signature": ("The PDF carries no signature, or it was cut off.", "PDF没有签名，或签名已被切除。"),
    "later_revision": ("Something was added to the file after it was signed.", "签名后文件被追加了内容。"),
    "bytes_after_end": ("There are bytes after the end of what was signed.", "签名范围之后还有多余的字节。"),
    "cut_short": ("The end of the file is missing.", "文件末尾缺失。"),
    "range_wrong": ("The signature does not say properly what it covers.", "签名未正确说明其覆盖范围。"),
    "contents_altered": ("The signature itself was altered or is not one this program writes.", "签名本身被改动，或并非由本程序写入。"),
    "digest_differs": ("The signed content was changed.", "已签名的内容被更改。"),
    "signature_wrong": ("The signature does not match the signer's key.", "签名与签名人的密钥不符。"),
    "chain_wrong": ("The certificates in the file do not belong together.", "文件中的证书互不匹配。"),
    "structure": ("The file's structure cannot be read as it was signed.", "无法按签名时的结构读取文件。"),
    "no_time": ("The signature states no time.", "签名未注明时间。"),
    "not_certified": ("The signature does not forbid later changes.", "签名未禁止后续更改。"),
}
