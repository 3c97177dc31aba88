"""The words of the sheet with the recovery code: word → (English, Chinese)."""

RECOVERY: dict[str, tuple[str, str]] = {
    "title": ("Recovery code", "恢复码"),
    "title_share": ("Recovery code: share {0} of {1}", "恢复码：第{0}份，共{1}份"),
    "study": ("Study {0} · site {1} · file {2}", "研究{0} · 中心{1} · 文件{2}"),
    "made": ("Made {0} · slot {1}", "{0}生成 · 编号{1}"),
    "what": ("Opens the study when the administrator’s password is lost. It gives the data and the study’s authority; nobody’s signature can be made with it.", "管理员密码遗失时用它打开研究。它可取得数据与研究签发机构，但不能代替任何人签名。"),
    "what_share": ("Any two of the three shares open the study when the administrator’s password is lost; one alone tells nothing. Give each to another person.", "管理员密码遗失时，三份中任意两份可打开研究；单独一份不透露任何内容。请分别交给不同的人保管。"),
    "keep_1": ("Keep it sealed and locked away, not with the laptop and not as a photograph.", "请密封锁存，不要与电脑放在一起，也不要拍照。"),
    "keep_2": ("To use it: unlock window, “I have a recovery code”; or crf-desktop key recover STUDY --user NAME.", "使用方法：在解锁窗口选择“我有恢复码”，或运行 crf-desktop key recover STUDY --user NAME。"),
    "keep_3": ("Used once it is worth nothing; the program then asks for a new one to be printed.", "使用一次后即失效；程序会要求打印新的恢复码。"),
    "check": ("The last character of each group checks the group: the program names the group with a slip. 0 is zero; there is no letter O, I, L or U.", "每组最后一个字符用于校验，输入有误时程序会指出是哪一组。0为数字零；不含字母O、I、L、U。"),
    "check_share": ("The words are those of SLIP-0039; the program names a word with a slip.", "词语依照SLIP-0039；输入有误时程序会指出是哪个词。"),
    "holder": ("Held by (name, date, signature)", "保管人（姓名、日期、签名）"),
    "page": ("Page {0} of {1}", "第{0}页，共{1}页"),
}
