"""Who is to have signed a PDF, as the log says."""

from __future__ import annotations

from attrs import frozen


@frozen(slots=True)
class ExpectedSigner:
    """One signer whom the row that names a PDF names, in the order of the signatures."""

    user_oid: str
    name: str
    """Full name and user name."""
    fingerprint: str
    """SHA-256 of the certificate (DER), hex."""
    own: bool
    """Whether it is a certificate of the person's own, which a row of theirs had named before."""
    in_force: bool
    """Whether it was neither revoked nor withdrawn, nor the account closed, before the row."""
    may_sign: bool
    """Whether the person's role could sign then, and the certificate is theirs."""
    certified: bool = False
    """Whether the study's authority knows the key by now, of a certificate that was self-signed then."""
