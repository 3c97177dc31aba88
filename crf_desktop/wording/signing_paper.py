"""Words that a signature and the enrolment of a signer print: word → (English, Chinese)."""

BY_THIS_FILE: dict[str, tuple[str, str]] = {
    "head": ("Signed by this file", "由本文件签署"),
    "second": ("A second person signs this file afterwards.", "另有一人随后签署本文件。"),
    "rule": (
        "Each form is signed by the SHA-256 beside its name. These pages were drawn and shown before they were signed; "
        "the head of the log is the one before the signature.",
        "每张表单以其名称旁的SHA-256签署。页面先生成并显示，然后签署；日志末端为签名之前的末端。",
    ),
}

ENROLMENT: dict[str, tuple[str, str]] = {
    "title": ("Enrolment of a signer", "签名人登记"),
    "lead": (
        "Whose signature this is, how the person was identified, and what it means to them. Read from the log of the "
        "study, where each fact is a signed entry.",
        "说明签名属于何人、身份如何核实及签名的含义。内容读自研究日志，每项均为已签名的记录。",
    ),
    "person": ("Person", "人员"),
    "study": ("Study", "研究"),
    "name": ("Name (user name, number)", "姓名（用户名、编号）"),
    "role": ("Role", "角色"),
    "identity": ("Identified by", "身份核实方式"),
    "checked": ("Checked by, when", "核实人与时间"),
    "not_said": ("not recorded", "未记录"),
    "statement": ("What a signature means", "签名的含义"),
    "signs_not": ("The role of this person does not sign.", "该人员的角色不签名。"),
    "quoted": ("“{0}”", "“{0}”"),
    "accepted": ("Accepted on {0} with the key of file {1}, in the entry before the first signature.", "已于{0}以文件{1}的密钥接受，记录位于首次签名之前。"),
    "awaits": ("Not accepted yet with the key of file {0}: the first signature accepts it.", "尚未以文件{0}的密钥接受：首次签名时接受。"),
    "certificate": ("Certificate of the signatures on file {0}", "文件{0}上的签名证书"),
    "serial": ("Serial number", "序列号"),
    "fingerprint": ("SHA-256 of the certificate", "证书SHA-256"),
    "valid": ("Valid", "有效期"),
    "span": ("{0} to {1}", "{0}至{1}"),
    "issued": ("Issued", "签发"),
    "certified": ("by the authority of the study", "由研究证书机构签发"),
    "pending": ("self-signed, waits for the authority of the study", "自签名，等待研究证书机构签发"),
    "authority": ("SHA-256 of the study’s authority", "研究证书机构SHA-256"),
    "by_hand": ("By hand", "手写签名"),
    "administrator": ("administrator", "管理员"),
    "signature_of": ("Signature: {0}", "签名：{0}"),
    "date": ("Date", "日期"),
    "source": ("Log of {0} up to entry {1}; head of the log (SHA-256): {2}", "日志{0}，截至第{1}条；日志末端（SHA-256）：{2}"),
    "made": ("Made {0} with CRF Desktop {1}", "{0}由CRF Desktop {1}生成"),
    "site": ("Site {0}", "中心{0}"),
    "page": ("Page {0} of {1}", "第{0}页，共{1}页"),
}
