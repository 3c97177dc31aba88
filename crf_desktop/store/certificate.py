"""X.509: the study's own authority, and what it certifies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

RSA_BITS: Final = 3072
AUTHORITY_YEARS: Final = 20
USER_YEARS: Final = 5
_NAME_LENGTH: Final = 64
_EARLIER: Final = timedelta(days=1)
"""Certificates begin a day early, so that a clock corrected backwards does not void the day's signatures."""
PublicKey = RSAPublicKey | Ed25519PublicKey
PrivateKey = RSAPrivateKey | Ed25519PrivateKey


def new_rsa() -> RSAPrivateKey:
    """A fresh RSA-3072 key."""
    return generate_private_key(65537, RSA_BITS)


def rsa_bytes(key: RSAPrivateKey) -> bytearray:
    """PKCS #8 DER."""
    return bytearray(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def rsa_key(der: bytes | bytearray) -> RSAPrivateKey:
    """From PKCS #8 DER."""
    # An RSA self-check costs 100 ms; these bytes come out of an authenticated slot.
    key = load_der_private_key(bytes(der), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


def raw_public(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    """The 32 bytes of an Ed25519 public key."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def ed25519_public(raw: bytes) -> Ed25519PublicKey:
    """From 32 bytes."""
    return Ed25519PublicKey.from_public_bytes(raw)


def key_id(public: bytes) -> str:
    """What a row calls the key that signed it: the first 32 hex digits of SHA-256 over the raw public key."""
    return hashlib.sha256(public).hexdigest()[:32]


def pem(certificate: x509.Certificate) -> bytes:
    """As PEM."""
    return certificate.public_bytes(Encoding.PEM)


def load(text: bytes | str) -> x509.Certificate:
    """From PEM; raises ValueError."""
    return x509.load_pem_x509_certificate(text.encode("ascii") if isinstance(text, str) else text)


def fingerprint(certificate: bytes | str) -> str:
    """SHA-256 hex of the certificate's DER: with the StudyOID, what a study is."""
    return load(certificate).fingerprint(SHA256()).hex()


def serial(certificate: bytes | str) -> str:
    """The serial number in hex."""
    return f"{load(certificate).serial_number:x}"


def dates(certificate: bytes | str) -> tuple[datetime, datetime]:
    """From when until when it holds, UTC."""
    found = load(certificate)
    return found.not_valid_before_utc, found.not_valid_after_utc


def owner(certificate: x509.Certificate) -> str:
    """The user OID or origin in its subject; empty where there is none."""
    found = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return str(found[0].value) if found else ""


def name(common: str, study_oid: str, *, unit: str = "", subject_oid: str = "") -> x509.Name:
    """A distinguished name: CN, O = study, and where given OU and serialNumber."""
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common[:_NAME_LENGTH])]
    parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, study_oid[:_NAME_LENGTH]))
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    if subject_oid:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, subject_oid))
    return x509.Name(parts)


def person_name(full_name: str, user_name: str) -> str:
    """CN of a person: ``Full Name (user_name)``, at most 64 characters, the user name whole."""
    account = f" ({user_name})"[:_NAME_LENGTH]
    return full_name[: _NAME_LENGTH - len(account)].rstrip() + account


def authority(study_oid: str, key: RSAPrivateKey, now: datetime) -> x509.Certificate:
    """The self-signed certificate of the study's authority: path length 0."""
    who = name(f"{study_oid} study authority", study_oid)
    return (
        _draft(who, who, key.public_key(), key, now, AUTHORITY_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certify=True), critical=True)
        .sign(key, SHA256())
    )


def certify(
    issuer: x509.Certificate, issuer_key: RSAPrivateKey, subject: x509.Name, public: PublicKey, now: datetime,
    alternative: str = "",
) -> x509.Certificate:  # fmt: skip
    """A certificate of the authority for a person's or an installation's key."""
    draft = _draft(subject, issuer.subject, public, issuer_key, now, USER_YEARS)
    return _leaf(draft, alternative).sign(issuer_key, SHA256())


def revocation_list(
    issuer: x509.Certificate, issuer_key: RSAPrivateKey, revoked: Sequence[tuple[int, datetime]], now: datetime,
    until: datetime,
) -> bytes:  # fmt: skip
    """A CRL (RFC 5280 §5), DER: serial number and since when; its number is the second it was made in."""
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())  # type: ignore[arg-type]
    draft = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject).last_update(now).next_update(until)
    draft = draft.add_extension(authority, critical=False)
    draft = draft.add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    for number, since in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(since)
        draft = draft.add_revoked_certificate(entry.build())
    return draft.sign(issuer_key, SHA256()).public_bytes(Encoding.DER)


def self_signed(subject: x509.Name, key: PrivateKey, now: datetime, alternative: str = "") -> x509.Certificate:
    """A certificate that only proves possession of its key: what a joined laptop has until it is countersigned."""
    draft = _leaf(_draft(subject, subject, key.public_key(), key, now, USER_YEARS), alternative)
    return draft.sign(key, SHA256() if isinstance(key, RSAPrivateKey) else None)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key signed it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def log_public(certificate: x509.Certificate) -> Ed25519PublicKey | None:
    """The Ed25519 key in a log certificate; None for any other."""
    key = certificate.public_key()
    return key if isinstance(key, Ed25519PublicKey) else None


def _draft(
    subject: x509.Name, issuer: x509.Name, public: PublicKey, issuer_key: PrivateKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    begin = now - _EARLIER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365 * years + years // 4 + 1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


def _leaf(draft: x509.CertificateBuilder, alternative: str) -> x509.CertificateBuilder:
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(_usage(certify=False), critical=True)
    if alternative:
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(alternative)])
        draft = draft.add_extension(names, critical=False)
    return draft


def _usage(*, certify: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certify, content_commitment=not certify, key_cert_sign=certify, crl_sign=certify,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def recipients(pem_text: bytes | str) -> list[str]:
    """The age recipients that an installation's certificate binds."""
    names = load(pem_text).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = names.get_values_for_type(x509.UniformResourceIdentifier)
    return [name.removeprefix("age:") for name in found if name.startswith("age:")]
