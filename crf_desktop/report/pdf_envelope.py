"""The bytes around and inside a PDF's one signature, held to the only spelling this program writes.

Libraries forgive: nine of 65 flipped bits inside ``/Contents`` pass pyHanko unseen (padding, case of the hex, unsigned
parts of the CMS), and bytes after the end pass pdfsig. Here every byte is either under the signature or has only one
spelling, so that a changed byte anywhere is found, without the log too.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from attrs import frozen
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[0 (\d{1,12}) (\d{1,12}) (\d{1,12})\]")
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")


class Broken(Exception):
    """The signature does not hold; ``code`` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@frozen
class Envelope:
    """A signature that holds: every byte of the file is accounted for."""

    signer: x509.Certificate
    authority: x509.Certificate | None
    """The certificate that issued the signer's, from the file itself; None when it holds only the signer's."""


def open_envelope(pdf: bytes) -> Envelope:
    """The certificates of the one signature that covers the whole file; raises :class:`Broken` with what is wrong."""
    first, last = _gap(pdf)
    signature = _contents(pdf[first + 1 : last - 1])
    digest = hashlib.sha256(pdf[:first])
    digest.update(pdf[last:])
    return _cms(signature, digest.digest())


def _gap(pdf: bytes) -> tuple[int, int]:
    if not pdf.startswith(b"%PDF-"):
        raise Broken("not_a_pdf")
    found = list(_BYTE_RANGE.finditer(pdf))
    if not found:
        raise Broken("no_signature" if b"/ByteRange" not in pdf else "range_wrong")
    if len(found) > 1 or pdf.count(b"/ByteRange") > 1:
        raise Broken("later_revision")
    first, last, rest = (int(n) for n in found[0].groups())
    if not 0 < first < last <= len(pdf) or not (found[0].end() <= first or found[0].start() >= last):
        raise Broken("cut_short" if last > len(pdf) else "range_wrong")
    if last + rest != len(pdf):
        raise Broken("cut_short" if last + rest > len(pdf) else "bytes_after_end")
    if pdf[first : first + 1] != b"<" or pdf[last - 1 : last] != b">":
        raise Broken("contents_altered")
    return first, last


def _contents(spelled: bytes) -> bytes:
    if not _HEX.fullmatch(spelled):
        raise Broken("contents_altered")
    raw = bytes.fromhex(spelled.decode("ascii"))
    size = 4 + int.from_bytes(raw[2:4], "big")
    if raw[:2] != b"\x30\x82" or size > len(raw) or any(raw[size:]):
        raise Broken("contents_altered")
    return raw[:size]


def _cms(der: bytes, digest: bytes) -> Envelope:
    try:
        info = cms.ContentInfo.load(der, strict=True)
        data = info["content"]
        signer_info = data["signer_infos"][0]
        attributes, value = signer_info["signed_attrs"], signer_info["signature"].native
        embedded = [choice.chosen for choice in data["certificates"]]
        stated = {a["type"].native: a["values"][0] for a in attributes}
        bound = stated["signing_certificate_v2"]["certs"][0]["cert_hash"].native
        signer = next(c for c in embedded if hashlib.sha256(c.dump()).digest() == bound)
        rebuilt = _rebuilt(signer, embedded, attributes, value)
        message = stated["message_digest"].native
        # asn1crypto keeps what it read; the attributes are signed as a SET
        signed = b"\x31" + attributes.dump()[1:]
    except Exception as error:  # asn1crypto raises whatever a byte leads it to
        raise Broken("contents_altered") from error
    if rebuilt != der:
        raise Broken("contents_altered")
    if message != digest:
        raise Broken("digest_differs")
    certificates = [_strict(c.dump()) for c in embedded]
    own = certificates[embedded.index(signer)]
    _verify(own, value, signed)
    return Envelope(own, _authority(own, [c for c in certificates if c is not own]))


def _rebuilt(signer: Any, embedded: list[Any], attributes: Any, value: bytes) -> bytes:
    """The only CMS this program writes for those certificates, signed attributes and signature value."""
    sha256 = {"algorithm": "sha256"}
    issuer = cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number})
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
        "digest_algorithm": algos.DigestAlgorithm(sha256),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        "signed_attrs": attributes,
        "signature": value,
    }
    data = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms((algos.DigestAlgorithm(sha256),)),
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices(name="certificate", value=c) for c in embedded],
        "signer_infos": [cms.SignerInfo(info)],
    }
    made = cms.ContentInfo({"content_type": cms.ContentType("signed_data"), "content": cms.SignedData(data)})
    return bytes(made.dump())


def _strict(der: bytes) -> x509.Certificate:
    """The certificate, if its outer shell has the one spelling that DER allows."""
    try:
        parsed = asn1_x509.Certificate.load(der, strict=True)
        body = parsed["tbs_certificate"]
        algorithm = body["signature"].dump()
        value = bytes(core.OctetBitString(parsed["signature_value"].native).dump())
        inner = bytes(body.dump()) + bytes(algorithm) + value
        shell = bytes(core.Sequence(contents=inner).dump())
        certificate = x509.load_der_x509_certificate(der)
    except Exception as error:  # both parsers raise whatever a byte leads them to
        raise Broken("contents_altered") from error
    if shell != der:
        raise Broken("contents_altered")
    return certificate


def _verify(signer: x509.Certificate, value: bytes, signed: bytes) -> None:
    try:
        key = signer.public_key()
    except Exception as error:  # a kind of key that nobody knows
        raise Broken("contents_altered") from error
    if not isinstance(key, RSAPublicKey):
        raise Broken("contents_altered")
    try:
        key.verify(value, signed, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise Broken("signature_wrong") from None


def _authority(signer: x509.Certificate, others: list[x509.Certificate]) -> x509.Certificate | None:
    """The issuer among the others; every certificate in the file has to have its part in the chain."""
    if not others:
        return None
    if len(others) > 1:
        raise Broken("contents_altered")
    try:
        signer.verify_directly_issued_by(others[0])
        others[0].verify_directly_issued_by(others[0])
    except Exception:  # wrong signature, unknown key, names that differ: it all means the same
        raise Broken("chain_wrong") from None
    return others[0]
