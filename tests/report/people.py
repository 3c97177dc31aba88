"""A study CA and users certified by it, with real keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crf_desktop.report.pdf_signature import SigningMaterial

START = datetime(2026, 1, 1, tzinfo=UTC)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@cache
def authority(name: str = "CRF study CA 01") -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 3072)
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    made = (
        x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(name)).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START).not_valid_after(START + timedelta(days=7300))
        .add_extension(x509.BasicConstraints(True, 0), critical=True).add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
    return key, made.sign(key, hashes.SHA256())


@cache
def material(name: str = "Li Wei", ca: str = "CRF study CA 01", certified: bool = True) -> SigningMaterial:
    key = rsa.generate_private_key(65537, 3072)
    ca_key, ca_certificate = authority(ca)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder().subject_name(_name(name)).public_key(key.public_key())
        .issuer_name(ca_certificate.subject if certified else _name(name)).serial_number(x509.random_serial_number())
        .not_valid_before(START).not_valid_after(START + timedelta(days=1095)).add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
    certificate = made.sign(ca_key if certified else key, hashes.SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain = (ca_certificate.public_bytes(Encoding.PEM),) if certified else ()
    return SigningMaterial(pem, certificate.public_bytes(Encoding.PEM), chain)


def ca_pem(name: str = "CRF study CA 01") -> bytes:
    return authority(name)[1].public_bytes(Encoding.PEM)
