"""A hospital's own authority with an office below it, the certificates it issues, as files and on a token."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from crf_desktop.report.pdf_token import Token

PASSPHRASE = "ward 7, second drawer"
START = datetime(2026, 1, 1, tzinfo=UTC)
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL, PIN = "Ward 7", "246810"
needs_token = pytest.mark.skipif(
    not (MODULE.exists() and shutil.which("softhsm2-util")), reason="softhsm2 is not installed"
)


@frozen
class Issued:
    """A person's key, certificate, and those above it."""

    key: Any
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...]

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def _name(text: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, text), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "儿童医院")]
    return x509.Name(parts)


@cache
def offices() -> tuple[tuple[rsa.RSAPrivateKey, x509.Certificate], ...]:
    """Root and the office that issues."""
    keys = [rsa.generate_private_key(65537, 2048) for _ in range(2)]
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    made = []
    for at, name in enumerate(("Hospital root", "Hospital office 签发处")):
        draft = x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name("Hospital root"))
        draft = draft.public_key(keys[at].public_key()).serial_number(x509.random_serial_number())
        draft = draft.not_valid_before(START).not_valid_after(START + timedelta(days=4000))
        draft = draft.add_extension(x509.BasicConstraints(True, 1 - at), critical=True)
        made.append((keys[at], draft.add_extension(usage, critical=True).sign(keys[0], hashes.SHA256())))
    return tuple(made)


def _key(kind: str) -> Any:
    match kind:
        case "ec":
            return ec.generate_private_key(ec.SECP256R1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.generate()
        case "short":
            return rsa.generate_private_key(65537, 1024)
    return rsa.generate_private_key(65537, 2048)


@cache
def issued(
    name: str = "Li Wei 李伟", kind: str = "rsa", *, begin: int = 0, days: int = 1095, usage: str = "both"
) -> Issued:
    """``begin``, ``days`` from START; ``usage``: ``both``, ``repudiation``, ``encipher``, ``none`` (no extension)."""
    key, ((_, root), (office_key, office)) = _key(kind), offices()
    begins = START + timedelta(days=begin)
    draft = x509.CertificateBuilder().subject_name(_name(name)).issuer_name(office.subject)
    draft = draft.public_key(key.public_key()).serial_number(x509.random_serial_number())
    draft = draft.not_valid_before(begins).not_valid_after(begins + timedelta(days=days))
    draft = draft.add_extension(x509.BasicConstraints(False, None), critical=True)
    if usage != "none":
        flags = (usage == "both", usage in ("both", "repudiation"), usage == "encipher", *(False,) * 6)
        draft = draft.add_extension(x509.KeyUsage(*flags), critical=True)
    return Issued(key, draft.sign(office_key, hashes.SHA256()), (office, root))


def lists(*revoked: Issued) -> list[bytes]:
    """The revocation lists of root and office, DER."""
    now, made = datetime.now(UTC), []
    for at, (key, issuer) in enumerate(offices()):
        draft = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
        draft = draft.last_update(now - timedelta(days=1)).next_update(now + timedelta(days=30))
        for who in revoked if at else ():
            entry = x509.RevokedCertificateBuilder().serial_number(who.certificate.serial_number)
            draft = draft.add_revoked_certificate(entry.revocation_date(START + timedelta(days=1)).build())
        made.append(draft.sign(key, hashes.SHA256()).public_bytes(Encoding.DER))
    return made


def file_of(
    who: Issued, passphrase: str = PASSPHRASE, *, key: bool = True, certificate: bool = True, above: int = 2
) -> bytes:
    """The PKCS #12 file; ``above``: how many of the certificates above are in it."""
    others = list(who.above[:above]) or None
    own = who.certificate if certificate else None
    if not key:
        others, own = [who.certificate, *(others or [])], None
    protection = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"Li Wei", who.key if key else None, own, others, protection)


def token_of(place: Path, monkeypatch: pytest.MonkeyPatch, *people: tuple[str, Issued]) -> Token:
    """A soft token with the keys and certificates of these people by label, in a folder of its own."""
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    (place / "tokens").mkdir()
    (place / "softhsm2.conf").write_text(f"directories.tokendir = {place}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(place / "softhsm2.conf"))
    _run("--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "13579135")
    for at, (label, who) in enumerate(people, 1):
        key = place / "key.pem"
        key.write_bytes(who.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _run("--import", str(key), "--token", LABEL, "--label", label, "--id", f"{at:02x}", "--pin", PIN)
        key.unlink()
    library = pkcs11.lib(str(MODULE))
    library.reinitialize()
    with library.get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        for at, (label, who) in enumerate(people, 1):
            for number, certificate in ((bytes([at]), who.certificate), *((b"", c) for c in who.above)):
                session.create_object({
                    Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                    Attribute.TOKEN: True, Attribute.LABEL: label if number else "above", Attribute.ID: number,
                    Attribute.SUBJECT: certificate.subject.public_bytes(),
                    Attribute.VALUE: certificate.public_bytes(Encoding.DER),
                })  # fmt: skip
    return Token(str(MODULE), LABEL, PIN)


def _run(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True, timeout=60)
