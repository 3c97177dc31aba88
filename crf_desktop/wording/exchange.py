"""What is said after a merge and of a bundle that was looked at."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "merge.taken": ("{new} new rows and {documents} new documents were taken in.", "已导入 {new} 条新记录和 {documents} 个新文档。"),
    "merge.known": ("{known} rows were here already.", "其中 {known} 条记录此前已有。"),
    "merge.nothing": ("Nothing new: this study already holds every row of the bundle.", "无新增内容：本研究已包含该数据包的全部记录。"),
    "merge.people": ("New to this file: {names}.", "本文件新增人员：{names}。"),
    "merge.certified": ("{n} certificate requests were countersigned: {names}.", "已会签 {n} 份证书申请：{names}。"),
    "merge.pending": ("Signatures of {names} read “valid, trust pending” until an administrator merges.", "在管理员合并之前，{names} 的签名显示为“有效，信任待定”。"),
    "merge.sender_pending": ("The sending laptop is not countersigned yet; it introduced itself in this bundle.", "发送方电脑尚未会签；其身份由该数据包自行引入。"),
    "merge.conflicts": ("{n} answers were changed on two laptops at once. Both are kept, the later is shown, and a query was raised for each.", "有 {n} 个条目在两台电脑上被同时修改。两者均保留，显示较晚者，并已分别提出质疑。"),
    "merge.conflicts_unraised": ("{n} answers were changed on two laptops at once. Both are kept and the later is shown; your role may not raise queries: tell a data manager.", "有 {n} 个条目在两台电脑上被同时修改。两者均保留，显示较晚者；您的角色无权提出质疑，请告知数据管理员。"),
    "bundle.intact": ("Intact: {rows} rows and {documents} documents, exactly as they were sent.", "完整：{rows} 条记录和 {documents} 个文档，与发送时完全一致。"),
    "bundle.sent_by": ("Written by {name} on laptop {device}, {when}, with version {version}.", "由 {name} 在电脑 {device} 上于 {when} 写出，程序版本 {version}。"),
    "bundle.trusted": ("The sending laptop is certified by this study.", "发送方电脑已由本研究认证。"),
    "bundle.pending": ("The sending laptop is introduced but not yet countersigned: valid, trust pending.", "发送方电脑已引入但尚未会签：有效，信任待定。"),
    "bundle.rows_valid": ("Every row is signed by its author, whose role allowed it.", "每条记录均由其作者签名，且其角色有权写入。"),
    "bundle.run": ("Laptop {origin}: rows {first} to {last}, head {head}.", "电脑 {origin}：第 {first} 至 {last} 条，链首 {head}。"),
    "bundle.unopened": ("A bundle. It is encrypted, and without a key of its recipients nothing in it could be checked.", "这是数据包。内容已加密，没有接收者的密钥就无法作任何核查。"),
    "bundle.authors_unchecked": ("Not checked: the signatures of the rows. The bundle begins in the middle of the log; a study that holds the rest can check them.", "未核查：各条记录的签名。该数据包从日志中段开始，需用已有前段的研究文件核查。"),
    "bundle.no_study": ("Not checked without the study: whether this is the study you know (compare its authority’s fingerprint: {fingerprint}), and whether it continues what the study holds.", "无研究文件，未核查：是否确为您所知的研究（请核对其认证机构指纹：{fingerprint}），以及内容是否与研究已有记录衔接。"),
    "bundle.continues": ("It continues what this study holds: {new} rows are new here.", "与本研究已有记录衔接：其中 {new} 条为新记录。"),
}  # fmt: skip
"""Key → English and Chinese."""


def sentence(key: str, language: str, **context: object) -> str:
    """One sentence, filled."""
    return SENTENCES[key][1 if language == "zh" else 0].format(**context)


def listed(names: list[str], language: str) -> str:
    """Names joined as the language does."""
    return ("、" if language == "zh" else ", ").join(names)
