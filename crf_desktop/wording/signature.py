"""Why a signature is not valid or not current, and what befell its certificate since: code → (English, Chinese)."""

REASONS: dict[str, tuple[str, str]] = {
    "altered": ("The signature does not fit what it is said to have signed.", "签名与其所签内容不符。"),
    "changed": ("The data changed after this signature.", "签名后数据有更改。"),
    "person": ("The certificate names another person.", "证书属于另一人。"),
    "issuer": ("The certificate is not from this study.", "证书并非由本研究签发。"),
    "other_key": ("The certificate is not the one of the key that signed the entry.", "证书与签署该记录的密钥不对应。"),
    "revoked": ("The certificate had been revoked before.", "证书在此前已被吊销。"),
    "expired": ("The certificate had expired before.", "证书在此前已过期。"),
    "not_yet": ("The certificate did not hold yet.", "证书当时尚未生效。"),
    "role": ("The role had no right to sign.", "该角色当时无权签名。"),
}

SINCE: dict[str, tuple[str, str]] = {
    "revoked": ("Certificate revoked since; it held when this was signed.", "证书此后已被吊销；签名时有效。"),
    "expired": ("Certificate expired since; it held when this was signed.", "证书此后已过期；签名时有效。"),
}
