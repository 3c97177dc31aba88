"""Whose key signs a PDF: the study's own, the hospital's PKCS #12 file, or a PKCS #11 token; all of them picklable.

RSA alone: with ECDSA a signed PDF has to call itself PDF 2.0, which PDF/A-3 forbids, and Ed25519 is refused by readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from typing import Final

from asn1crypto import pkcs12 as asn1_pkcs12
from attrs import field, frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12
from cryptography.x509.oid import NameOID, PublicKeyAlgorithmOID

from crf_desktop.errors import Refused
from crf_desktop.report.pdf_token import Token, on_token

LEAST_BITS: Final = 2048
_LONGEST_CHAIN: Final = 5


@frozen
class SigningMaterial:
    """A signer's key and certificates of the study as bytes, so that they can be handed to a worker process."""

    private_key_pem: bytes
    """PKCS #8 without a password; RSA-3072."""
    certificate: bytes
    """PEM."""
    chain: tuple[bytes, ...] = ()
    """PEM of the study CA; empty while the certificate is not yet countersigned."""

    def __repr__(self) -> str:
        return "SigningMaterial(…)"


@frozen
class KeyFile:
    """The hospital's own certificate with its key, as a PKCS #12 file."""

    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)


SigningSource = SigningMaterial | KeyFile | Token
"""What can sign a PDF; holds a secret, so never keep it."""


@frozen
class Signatory:
    """A certificate, what leads from it to its authority, and the key in hand."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    """From the issuer up to the root, as far as they were found."""
    sign: Callable[[bytes], bytes] = field(repr=False)
    """RSA, PKCS #1 v1.5 with SHA-256 over the bytes: deterministic, and PDF/A-3 allows it."""
    own: bool
    """Whether it is a certificate of the signer's own and not one of the study."""


@contextmanager
def opened(source: SigningSource, when: datetime) -> Iterator[Signatory]:
    """The key for one signature at ``when`` (aware).

    Refused ``report.key_mismatch``, ``signer.password``, ``.unreadable``, ``.no_key``, ``.no_certificate``,
    ``.not_rsa``, ``.weak``, ``.expired``, ``.not_yet``, ``.usage``; of a token what :func:`on_token` says besides.
    """
    match source:
        case SigningMaterial():
            yield _of_study(source)
        case KeyFile():
            yield _of_file(source, when)
        case Token():
            with on_token(source) as found:
                certificate = x509.load_der_x509_certificate(found.certificate)
                require_fit(certificate, when)
                others = [x509.load_der_x509_certificate(der) for der in found.others]
                yield Signatory(certificate, chain_of(certificate, others), found.sign, own=True)


def public_part(source: SigningSource, when: datetime) -> tuple[bytes, tuple[bytes, ...]]:
    """Certificate and chain (PEM) of what would sign; the key is asked for, so that a wrong password is told now.

    Raises what :func:`opened` raises.
    """
    with opened(source, when) as found:
        pem = tuple(c.public_bytes(Encoding.PEM) for c in (found.certificate, *found.chain))
        return pem[0], pem[1:]


def _of_study(source: SigningMaterial) -> Signatory:
    # its primes were checked when it was made and are not again; its dates the store asks (``sign.expired``)
    key = load_pem_private_key(source.private_key_pem, None, unsafe_skip_rsa_key_validation=True)
    certificate = x509.load_pem_x509_certificate(source.certificate)
    chain = tuple(x509.load_pem_x509_certificate(pem) for pem in source.chain)
    if not isinstance(key, RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise Refused("report.key_mismatch")
    return Signatory(certificate, chain, _signing(key), own=False)


def _of_file(source: KeyFile, when: datetime) -> Signatory:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(source.content, source.passphrase.encode())
    except Exception:  # a wrong password and a damaged file are one error to the library
        raise Refused("signer.password" if _is_key_file(source.content) else "signer.unreadable") from None
    if key is None:
        raise Refused("signer.no_key")
    if certificate is None:
        raise Refused("signer.no_certificate")
    if not isinstance(key, RSAPrivateKey):
        raise Refused("signer.not_rsa")
    if key.public_key() != certificate.public_key():
        raise Refused("report.key_mismatch")
    require_fit(certificate, when)
    return Signatory(certificate, chain_of(certificate, others), _signing(key), own=True)


def _is_key_file(content: bytes) -> bool:
    try:
        return bool(asn1_pkcs12.Pfx.load(content, strict=True)["version"].native == "v3")
    except Exception:  # asn1crypto raises whatever a byte leads it to
        return False


def _signing(key: RSAPrivateKey) -> Callable[[bytes], bytes]:
    return lambda data: key.sign(data, PKCS1v15(), hashes.SHA256())


def require_fit(certificate: x509.Certificate, when: datetime) -> None:
    """Refuses a certificate that may not sign at that moment; says why."""
    try:
        key = certificate.public_key()
    except Exception:  # a kind of key that nobody knows
        raise Refused("signer.not_rsa") from None
    if not isinstance(key, RSAPublicKey) or certificate.public_key_algorithm_oid == PublicKeyAlgorithmOID.RSASSA_PSS:
        raise Refused("signer.not_rsa")
    if key.key_size < LEAST_BITS:
        raise Refused("signer.weak", bits=key.key_size, least=LEAST_BITS)
    if when > certificate.not_valid_after_utc:
        raise Refused("signer.expired", day=certificate.not_valid_after_utc.date().isoformat())
    if when < certificate.not_valid_before_utc:
        raise Refused("signer.not_yet", day=certificate.not_valid_before_utc.date().isoformat())
    if not may_sign(certificate):
        raise Refused("signer.usage")


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage, where it has one, names signatures (RFC 5280 §4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return usage.digital_signature or usage.content_commitment


def require_unlisted(certificate: bytes, chain: Sequence[bytes], crls: Sequence[bytes]) -> None:
    """Refused ``signer.revoked`` where a list (DER) of who issued it names the certificate, or one above it (PEM)."""
    path = [x509.load_pem_x509_certificate(pem) for pem in (certificate, *chain)]
    lists = [x509.load_der_x509_crl(der) for der in crls]
    for one, issuer in pairwise(path):
        mine = (crl for crl in lists if lists_for(crl, issuer))
        if any(crl.get_revoked_certificate_by_serial_number(one.serial_number) is not None for crl in mine):
            raise Refused("signer.revoked")


def lists_for(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether the list is the issuer's."""
    try:
        return crl.issuer == issuer.subject and crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except Exception:  # a kind of key that nobody knows
        return False


def chain_of(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Those of the others that lead from the certificate to a root, in that order."""
    found: list[x509.Certificate] = []
    last = certificate
    while len(found) < _LONGEST_CHAIN and not issued_by(last, last):
        issuer = next((c for c in others if c not in (certificate, *found) and issued_by(last, c)), None)
        if issuer is None:
            break
        found.append(issuer)
        last = issuer
    return tuple(found)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's key signed it and the names fit."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # wrong signature, unknown key, names that differ: it all means the same
        return False
    return True


def common_name(name: x509.Name) -> str:
    """The common name in a distinguished name, or all of it where there is none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of its DER, hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()
