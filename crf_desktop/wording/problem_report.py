"""What is said when paper or a PDF cannot be made."""

_KEPT = "Nothing was printed or signed; the study is unchanged."
_KEPT_ZH = "未打印，也未签名；研究数据未变。"

PROBLEMS = {
    "report.no_forms": (
        ("What was chosen holds no form to print.", _KEPT, "Choose another visit or form."),
        ("所选内容中没有可打印的表单。", _KEPT_ZH, "请选择其他访视或表单。"),
    ),
    "report.font_missing": (
        ("The typeface {file} that prints on paper is missing or damaged.", _KEPT, "Install the program again."),
        ("缺少打印所用的字体文件{file}，或该文件已损坏。", _KEPT_ZH, "请重新安装程序。"),
    ),
    "report.key_mismatch": (
        ("The signing key and the certificate do not belong together.", _KEPT, "Ask the study's administrator for a new certificate."),
        ("签名密钥与证书不匹配。", _KEPT_ZH, "请向研究管理员申请新证书。"),
    ),
    "report.pdf_unreadable": (
        ("The PDF to be signed cannot be read.", _KEPT, "Make the visit summary again and sign that."),
        ("无法读取待签名的PDF。", _KEPT_ZH, "请重新生成访视小结后再签名。"),
    ),
}
