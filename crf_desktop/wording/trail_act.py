"""What a row about people, keys or the file says on paper: act → what it is about, and a sentence, both (en, zh).

``{person}`` and the like are facts of the row, ``report/audit_trail_act.py``; a fact that is not said stands as a dash.
"""

from __future__ import annotations

from typing import Final

Words = tuple[str, str]
_ACCOUNT: Final = ("Account", "账户")
_CERTIFICATE: Final = ("Certificate", "证书")
_LOG_IN: Final = ("Log-in", "登录")
_KEYS: Final = ("Key file", "密钥文件")
_BACKUP: Final = ("Backup", "备份")
_NUMBERS: Final = ("Participant numbers", "受试者编号")
_RECOVERY: Final = ("Recovery code", "恢复码")
_CLOCK: Final = ("Clock", "时钟")
_LEFT: Final = ("Left the study", "导出")
_FILE: Final = ("Study file", "研究文件")
_SITE: Final = ("Set by the site", "中心设置")

ACTS: Final[dict[str, tuple[Words, Words]]] = {
    "study": (_FILE, ("study set up for site {site}; first administrator: {named}; study CA {fingerprint}…", "建立研究，中心{site}；首位管理员：{named}；研究CA {fingerprint}…")),
    "create": (_ACCOUNT, ("made for {named}, {user_oid}, role {role}{identity}", "为{named}建立账户，标识{user_oid}，角色：{role}{identity}")),
    "accept": (("What a signature means", "签名声明"), ("{person} accepted: “{statement}”\ncertificate {serial}", "{person}已接受：“{statement}”\n证书{serial}")),
    "identify": (_ACCOUNT, ("how {person} was identified{identity}", "{person}的身份核实方式{identity}")),
    "certify": (_CERTIFICATE, ("given to {person} on file {origin}, until {until}\nsigns forms: {signs}\nsigns rows: {logs}", "在文件{origin}上签发给{person}，有效期至{until}\n签署表单：{signs}\n签署记录：{logs}")),
    "certify_installation": (_CERTIFICATE, ("given to the installation of file {origin}: {serial}", "签发给文件{origin}的安装：{serial}")),
    "role": (_ACCOUNT, ("{person} has the role {role} from here on", "{person}自此角色为{role}")),
    "revoke": (_CERTIFICATE, ("key {key} of {person} on file {origin} revoked", "吊销{person}在文件{origin}上的密钥{key}")),
    "reset": (_ACCOUNT, ("{person} was given another password and new keys on file {origin}{identity}", "{person}在文件{origin}上获得新密码与新密钥{identity}")),
    "close": (_ACCOUNT, ("account of {person} closed for good", "永久停用{person}的账户")),
    "admit": (_ACCOUNT, ("rows of {person} from file {origin} count up to row {seq}", "{person}在文件{origin}中的记录有效至第{seq}条")),
    "let_in": (_ACCOUNT, ("{person} was given a password for file {origin}{identity}", "{person}获得文件{origin}的密码{identity}")),
    "request": (_CERTIFICATE, ("{named}, role {role}, asks the study for certificates on file {origin}", "{named}（{role}）为文件{origin}申请证书")),
    "unlock": (_LOG_IN, ("{person} unlocked the study", "{person}解锁研究")),
    "failed_log_in": (_LOG_IN, ("wrong password for {person}, {at}", "{person}密码错误，{at}")),
    "failed_log_in.sign": (_LOG_IN, ("wrong password for {person} when signing", "{person}签名时密码错误")),
    "failed_log_in.change": (_LOG_IN, ("wrong password for {person} when changing the password or keys", "{person}更改密码或密钥时密码错误")),
    "failed_log_in.nobody": (_LOG_IN, ("tried with a user name that has no account here, {at}", "以本文件中不存在的用户名尝试登录，{at}")),
    "unblock": (_LOG_IN, ("{person} may try again", "解除对{person}登录的阻止")),
    "password.changed": (_LOG_IN, ("{person} changed their own password", "{person}更改了自己的密码")),
    "password.age": (_LOG_IN, ("passwords are to be changed after {days} days", "密码须在{days}天后更改")),
    "password.age.never": (_LOG_IN, ("passwords need not be changed after a time", "密码无需定期更改")),
    "joined": (_FILE, ("joined the study for site {site} with the numbers {numbers}", "加入研究，中心{site}，编号{numbers}")),
    "restored": (_FILE, ("restored from a backup made {made}: goes on from file {from_origin}, row {from_seq}", "由{made}的备份恢复：接续文件{from_origin}第{from_seq}条")),
    "copied": (_FILE, ("goes on as a copy from file {from_origin}, row {from_seq}", "作为副本接续文件{from_origin}第{from_seq}条")),
    "migrated": (_FILE, ("converted to version {version} ({name})", "转换为版本{version}（{name}）")),
    "backup": (_BACKUP, ("made {why}, opened and proved; rows up to {seq}, {size}; SHA-256 {sha}…", "{why}备份，已打开并核验；截至第{seq}条，{size}；SHA-256 {sha}…")),
    "backup.failed": (_BACKUP, ("{why}: was not made ({problem})", "{why}：备份未成功（{problem}）")),
    "block": (_NUMBERS, ("{numbers} of site {site} for {holder}", "中心{site}编号{numbers}，归{holder}")),
    "keys.intent": (_KEYS, ("about to be written: generation {sequence}, data key {epoch}, {slots} accesses", "即将写入：第{sequence}版，数据密钥{epoch}，{slots}个入口")),
    "keys.done": (_KEYS, ("written: generation {sequence}, data key {epoch}, {slots} accesses", "已写入：第{sequence}版，数据密钥{epoch}，{slots}个入口")),
    "keys.rotated": (_KEYS, ("data key changed, now number {epoch}", "数据密钥已更换，现为第{epoch}个")),
    "keys.mended": (_KEYS, ("damaged or missing copy {copy} made anew from the other", "损坏或缺失的副本{copy}已由另一份重建")),
    "recovery.made": (_RECOVERY, ("made as {form}, access {slot}", "以{form}形式生成，入口{slot}")),
    "recovery.drilled": (_RECOVERY, ("typed back from the paper: access {slot} counts from here on", "已由纸面核对输入：入口{slot}自此有效")),
    "recovery.used": (_RECOVERY, ("{person} came in on file {origin} by {by}", "{person}通过{by}进入文件{origin}")),
    "recovery.removed": (_RECOVERY, ("access {slot} taken away", "移除入口{slot}")),
    "escrow.made": (("Key in escrow", "托管密钥"), ("access {slot} made for {recipient}", "为{recipient}建立入口{slot}")),
    "escrow.removed": (("Key in escrow", "托管密钥"), ("access {slot} taken away", "移除入口{slot}")),
    "witness.renewed": (_FILE, ("witness of the log made anew at row {seq}, head {head}…", "日志见证在第{seq}条处重建，末端{head}…")),
    "laboratory_profile": (_SITE, ("units and limits of the laboratory of site {site}: {told}", "中心{site}实验室的单位与范围：{told}")),
    "parameter": (_SITE, ("{name} of site {site} is {value}", "中心{site}的{name}为{value}")),
    "clock_back": (_CLOCK, ("went back: it had shown {before}, and shows {now} (UTC)", "时钟后退：曾为{before}，现为{now}（UTC）")),
    "clock_jump": (_CLOCK, ("was moved by {shift}: it had shown {before}, and shows {now} (UTC)", "时钟被调整{shift}：曾为{before}，现为{now}（UTC）")),
    "certificate.own": (_CERTIFICATE, ("{person} signs PDFs with a certificate of their own: {print}…", "{person}以自有证书签署PDF：{print}…")),
    "certificate.withdrawn": (_CERTIFICATE, ("{person}’s own certificate {print}… counts no more from here on", "{person}的自有证书{print}…自此不再有效")),
    "timestamp.authority": (("Timestamps", "时间戳"), ("are asked of {url}", "由{url}提供")),
    "timestamp.authority.none": (("Timestamps", "时间戳"), ("are asked of nobody any more", "不再申请")),
    "revocation.list": (_CERTIFICATE, ("list of revoked ones made: {n}, next due {next}", "生成吊销清单：{n}项，下次更新{next}")),
    "pdf.upgraded": (("Signed file", "签名文件"), ("timestamped to level {level}; SHA-256 {document}…, made of {of}…", "加盖时间戳至{level}级；SHA-256 {document}…，源自{of}…")),
    "acknowledge": (("Bundle taken in", "导入数据包"), ("rows of file {origin} are held up to row {seq}, head {head}…", "已持有文件{origin}截至第{seq}条的记录，末端{head}…")),
    "export": (_LEFT, ("{format}; SHA-256 {sha}…", "{format}；SHA-256 {sha}…")),
    "export.rows": (_LEFT, ("{format}, {rows} rows; SHA-256 {sha}…", "{format}，{rows}条；SHA-256 {sha}…")),
    "export.bundle": (_LEFT, ("bundle of {rows} rows, recipients: {n}; SHA-256 {sha}…", "数据包，{rows}条，接收方{n}个；SHA-256 {sha}…")),
    "export.print": (_LEFT, ("{format}{place}; SHA-256 {sha}…", "{format}{place}；SHA-256 {sha}…")),
}

VALUES: Final[dict[str, dict[str, Words]]] = {
    "why": {
        "lock": ("when the study was locked", "锁定研究时"),
        "daily": ("as every day", "每日"),
        "asked": ("because it was asked for", "手动"),
        "migration": ("before the file was converted", "转换文件前"),
    },
    "format": {
        "csv": ("tables (CSV)", "表格（CSV）"),
        "pdf": ("signed PDF", "签名PDF"),
        "analysis": ("tables of the analysis", "分析表格"),
        "figure": ("figure", "图形"),
        "statistical_report": ("statistical report", "统计报告"),
        "enrolment": ("record of a signer", "签名人登记"),
        "authorised_persons": ("list of authorised persons", "授权人员名单"),
        "visit_summary": ("visit summary", "访视小结"),
        "filled_form": ("filled form", "已填表单"),
        "casebook": ("casebook", "病例全册"),
        "audit_trail": ("audit trail", "稽查轨迹"),
    },
    "holder": {
        "founder": ("the founding file", "创建文件"),
        "invited": ("a file that was invited", "受邀文件"),
        "granted": ("file {0}", "文件{0}"),
    },
    "form": {"code": ("one code", "单一恢复码"), "shares": ("several shares", "多份分片")},
    "by": {"recovery": ("the recovery code", "恢复码"), "escrow": ("the key in escrow", "托管密钥")},
}
"""Codes within a fact of that name."""

JOINED: Final[dict[str, Words]] = {
    "identity": ("; identified by: {0}", "；身份核实：{0}"),
    "participant": (" of participant {0}", "，受试者{0}"),
    "visit": (", {0}", "，{0}"),
    "day": (" on {0}", "，{0}"),
    "seconds": ("{0} s", "{0}秒"),
    "bytes": ("{0} MB", "{0} MB"),
    "item": ("{0} {1}", "{0} {1}"),
}
"""Parts of a sentence that stand only where something is said."""
