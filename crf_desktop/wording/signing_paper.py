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
