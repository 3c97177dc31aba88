"""What is said about the data inside a document that was checked: finding → (English, Chinese)."""

from __future__ import annotations

from typing import Final

FINDINGS: Final[dict[str, tuple[str, str]]] = {
    "no_data": ("The document carries no data of its own.", "文件未附带数据。"),
    "attachment_missing": ("The attachment {name} is missing.", "缺少附件{name}。"),
    "attachment_twice": ("The document holds the attachment {name} more than once.", "附件{name}在文件中出现多次。"),
    "attachment_unreadable": (
        "The attachment {name} cannot be unpacked: it was altered or damaged.",
        "附件{name}无法解压：已被更改或损坏。",
    ),
    "attachment_altered": (
        "The attachment {name} was altered: it has not the length or the checksum the document states for it.",
        "附件{name}已被更改：其长度或校验和与文件所述不符。",
    ),
    "attachment_replaced": (
        "The attachment {name} was replaced after the document was signed.",
        "附件{name}在文件签名后被替换。",
    ),
    "attachments_unreadable": (
        "The list of attachments cannot be read: the document was altered or damaged.",
        "无法读取附件列表：文件已被更改或损坏。",
    ),
    "odm_large": ("odm.xml is larger than 64 MiB and was not read.", "odm.xml超过64 MiB，未读取。"),
    "odm_dtd": ("odm.xml declares a document type, which no data of a study does; it was not read.", "odm.xml含有文档类型声明，研究数据不应如此；未读取。"),
    "odm_deep": ("odm.xml is nested deeper than 64 levels and was not read.", "odm.xml嵌套超过64层，未读取。"),
    "odm_malformed": (
        "odm.xml is not a well-formed ODM 1.3.2 snapshot as this program writes it.",
        "odm.xml不是本程序写出的格式正确的ODM 1.3.2快照。",
    ),
    "audit_malformed": (
        "audit.json is not an audit trail as this program writes it.",
        "audit.json不是本程序写出的稽查轨迹。",
    ),
    "audit_not_named": (
        "audit.json is not the one odm.xml names: its SHA-256 differs.",
        "audit.json与odm.xml所指的不一致：SHA-256不同。",
    ),
    "rows_altered": (
        "{n} rows of audit.json were altered: their hash is not the one of their content.",
        "audit.json中有{n}条记录被更改：其哈希与内容不符。",
    ),
    "rows_unsigned": (
        "{n} rows of audit.json do not carry the signature of the key they name.",
        "audit.json中有{n}条记录没有所述密钥的有效签名。",
    ),
    "rows_pending": (
        "{n} rows of audit.json are signed with a key that the study's authority had not certified yet.",
        "audit.json中有{n}条记录所用的签名密钥当时尚未经研究机构认证。",
    ),
    "answers_differ": (
        "odm.xml says something else than the rows of audit.json about: {items}.",
        "odm.xml与audit.json的记录在以下内容上不一致：{items}。",
    ),
    "data_agree": (
        "The attached data agree with themselves: {items} answers, {rows} rows, every hash and signature holds. "
        "Record hash (SHA-256 of odm.xml) {hash}.",
        "附带数据前后一致：{items}项回答、{rows}条记录，所有哈希和签名均成立。记录哈希（odm.xml的SHA-256）为{hash}。",
    ),
    "authority_unknown": (
        "The rows were certified by the authority with the SHA-256 fingerprint {fingerprint}: compare it with the study's.",
        "记录由SHA-256指纹为{fingerprint}的机构认证：请与研究的指纹核对。",
    ),
    "other_study": (
        "The document belongs to another study than this one; its data were not compared.",
        "文件属于另一项研究，未比较其数据。",
    ),
    "other_authority": (
        "The document belongs to another study than this one: it has the same name, but another authority; "
        "its data were not compared.",
        "文件属于另一项研究：名称相同，但认证机构不同；未比较其数据。",
    ),
    "log_lacks": (
        "{n} rows of the document are not in this study's log.",
        "文件中有{n}条记录不在本研究日志中。",
    ),
    "log_differs": (
        "{n} rows of the document are other ones in this study's log.",
        "文件中有{n}条记录与本研究日志中的不同。",
    ),
    "document_lacks": (
        "{n} rows that the log held then are missing in the document.",
        "日志当时已有的{n}条记录在文件中缺失。",
    ),
    "log_behind": (
        "This study file has not received everything yet that the document was made from; receive a bundle and check again.",
        "本研究文件尚未收到生成该文件所用的全部数据；请接收数据包后再次核对。",
    ),
    "equal": (
        "Every answer of the document is the one the study's log held at row {seq} of {origin}.",
        "文件中的每项回答均与研究日志在{origin}第{seq}条时一致。",
    ),
    "changed_since": (
        "Not as in the log today: {n} answers were changed, added or removed after the document was made: {items}.",
        "与日志现状不同：文件生成后有{n}项回答被更改、新增或删除：{items}。",
    ),
    "unchanged_since": ("No answer has changed since.", "此后没有回答被更改。"),
    "derived_differ": (
        "Derived values that today's log gives differently: {items}.",
        "按日志现状计算，以下推导值有所不同：{items}。",
    ),
}
