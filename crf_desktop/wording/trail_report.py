"""The words of the stand-alone audit trail beside those of the trail itself: word → (English, Chinese)."""

from __future__ import annotations

from typing import Final

TRAIL_REPORT: Final[dict[str, tuple[str, str]]] = {
    "report": ("Audit trail", "稽查轨迹"),
    "report_of": ("Audit trail of participant {0}", "受试者{0}稽查轨迹"),
    "report_all": ("Audit trail of the whole study", "全研究稽查轨迹"),
    "edge_left": ("{0} · site {1} · audit trail", "{0} · 中心{1} · 稽查轨迹"),
    "edge_all": ("Whole study", "全研究"),
    "lead": (
        "Every row of the log that was asked for, none left out: who wrote what, when, in which role, what stood there before, and why. Rows are never changed or removed; each is chained to the row before it and signed by its writer.",
        "所选范围内日志的全部记录，无一遗漏：何人、何时、以何角色写入何内容，原值为何，原因为何。记录一经写入不得更改或删除；每条均与前一条相链接，并由写入者签名。",
    ),
    "order": (
        "By visit and form, within a form in the order in which it was written. Hashes and signatures of the single rows stand in the export of tables and in the files of the visits.",
        "按访视与表单排列，表单内依写入顺序。各条记录的哈希与签名见导出表格及访视文件。",
    ),
    "chosen": ("What was asked for", "选择范围"),
    "about": ("About", "对象"),
    "about_one": ("participant {0}, and what was handed out of the study about this participant", "受试者{0}，以及导出的有关该受试者的文件"),
    "about_all": ("the whole study: people, keys, the file, every participant", "全研究：人员、密钥、研究文件、每位受试者"),
    "kinds": ("Kinds of rows, people, period", "记录类型、人员与时间"),
    "kinds_all": ("all; nothing else was filtered", "全部；未作其他筛选"),
    "period": ("First and last row", "首条与末条"),
    "period_of": ("{0} to {1}", "{0}至{1}"),
    "count": ("Rows", "条数"),
    "count_of": ("{0} here, of {1} that the study holds", "本文件{0}条；研究共持有{1}条"),
    "whole": ("What is intact", "完整性"),
    "verified": ("Verified", "核验"),
    "verified_full": (
        "Before this was printed every row of the study was gone over again: chain, signature of its writer, right to write it. Nothing was found amiss.",
        "打印前已重新核验研究的全部记录：链接、写入者签名、写入权限。未发现异常。",
    ),
    "verified_quick": (
        "Before this was printed every row not verified before was gone over: chain, signature of its writer, right to write it. Nothing was found amiss.",
        "打印前已核验此前未核验的全部记录：链接、写入者签名、写入权限。未发现异常。",
    ),
    "verified_none": (
        "The log was not gone over before this was printed.",
        "打印前未核验日志。",
    ),
    "verified_last": ("All rows were verified last on {0}.", "最近一次核验全部记录：{0}。"),
    "c_study": ("People, keys and the file", "人员、密钥与研究文件"),
    "c_left": ("Handed out of the study", "已导出的文件"),
    "c_subject": ("Participant {0}", "受试者{0}"),
    "s_subject": ("The participant", "受试者本身"),
    "c_people": ("People who wrote", "写入人员"),
    "no_rows": ("The log holds no rows about this.", "日志中无相关记录。"),
    "numbered": ("{0} {1}", "{0}{1}"),
}
