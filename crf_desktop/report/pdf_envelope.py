"""The bytes around and inside a PDF's signatures, held to the only spelling this program writes.

Libraries forgive: nine of 65 flipped bits inside ``/Contents`` pass pyHanko unseen (padding, case of the hex, unsigned
parts of the CMS), and bytes after the end pass pdfsig. Here every byte is either under a signature or has only one
spelling, so that a changed byte anywhere is found, without the log too. Of what is added later, a timestamp has the
spelling of its authority and the certificates behind the last timestamp stand under nothing: those the log's SHA-256 of
the whole file decides.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any, Final

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from attrs import frozen
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from crf_desktop.report.pdf_signer import issued_by

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[0 (\d{1,12}) (\d{1,12}) (\d{1,12})\]")
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")
_END: Final = b"%%EOF"
MOST_SIGNATURES: Final = 2


class Broken(Exception):
    """A signature does not hold; ``code`` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@frozen
class Layer:
    """One signature or timestamp that holds for every byte before its end."""

    end: int
    """How many bytes of the file it covers; its own hex excepted."""
    timestamp: bool
    signer: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    """From the issuer on upwards, from the file itself; empty when it holds only the signer's."""

    @property
    def authority(self) -> x509.Certificate | None:
        """The uppermost certificate of the chain."""
        return self.chain[-1] if self.chain else None


def open_envelope(pdf: bytes) -> tuple[Layer, ...]:
    """One or two signatures, then timestamps, each over all before it; raises :class:`Broken` with what is wrong."""
    gaps = _gaps(pdf)
    layers: list[Layer] = []
    for first, last, end in gaps:
        body = _contents(pdf[first + 1 : last - 1])
        digest = hashlib.sha256(memoryview(pdf)[:first])
        digest.update(memoryview(pdf)[last:end])
        layers.append(_layer(body, digest.digest(), end))
    signatures = [layer for layer in layers if not layer.timestamp]
    if not signatures or len(signatures) > MOST_SIGNATURES or any(x.timestamp for x in layers[: len(signatures)]):
        raise Broken("later_revision" if signatures else "no_signature")
    _require_end(pdf, layers)
    return tuple(layers)


def _gaps(pdf: bytes) -> list[tuple[int, int, int]]:
    """Of each signature: where its hex begins and ends, and how far it reaches."""
    if not pdf.startswith(b"%PDF-"):
        raise Broken("not_a_pdf")
    found = list(_BYTE_RANGE.finditer(pdf))
    if not found:
        raise Broken("no_signature" if b"/ByteRange" not in pdf else "range_wrong")
    if pdf.count(b"/ByteRange") > len(found):
        raise Broken("range_wrong" if len(found) == 1 and pdf.count(b"/ByteRange") == 1 else "later_revision")
    gaps, before = [], 0
    for match in found:
        first, last, rest = (int(n) for n in match.groups())
        if last > len(pdf) or last + rest > len(pdf):
            raise Broken("cut_short")
        inside = before < first < last and before < match.start() < last + rest
        if not inside or not (match.end() <= first or match.start() >= last):
            raise Broken("range_wrong")
        if pdf[first : first + 1] != b"<" or pdf[last - 1 : last] != b">":
            raise Broken("contents_altered")
        before = last + rest
        gaps.append((first, last, before))
    return gaps


def _require_end(pdf: bytes, layers: Sequence[Layer]) -> None:
    """Behind the last signature stands nothing, or behind timestamps one more revision, which has to be well formed."""
    for layer in layers:
        if not pdf[: layer.end].rstrip(b"\r\n").endswith(_END):
            raise Broken("range_wrong")
    tail = pdf[layers[-1].end :]
    if not tail:
        return
    if tail.count(_END) != 1 or not tail.endswith(_END + b"\n") or b"startxref" not in tail:
        raise Broken("bytes_after_end" if b"startxref" not in tail else "later_revision")
    if not layers[-1].timestamp:
        raise Broken("later_revision")


def _contents(spelled: bytes) -> bytes:
    if not _HEX.fullmatch(spelled):
        raise Broken("contents_altered")
    raw = bytes.fromhex(spelled.decode("ascii"))
    size = 4 + int.from_bytes(raw[2:4], "big")
    if raw[:2] != b"\x30\x82" or size > len(raw) or any(raw[size:]):
        raise Broken("contents_altered")
    return raw[:size]


def _layer(der: bytes, digest: bytes, end: int) -> Layer:
    try:
        info = cms.ContentInfo.load(der, strict=True)
        data = info["content"]
        kind = data["encap_content_info"]["content_type"].native
        embedded = [choice.chosen for choice in data["certificates"]]
        signer_info = data["signer_infos"][0]
    except Exception as error:  # asn1crypto raises whatever a byte leads it to
        raise Broken("contents_altered") from error
    if kind == "tst_info":
        return _timestamp(data, signer_info, embedded, digest, end)
    return _signature(der, signer_info, embedded, digest, end)


def _timestamp(data: Any, signer_info: Any, embedded: list[Any], digest: bytes, end: int) -> Layer:
    """That a timestamp is about these bytes; whether it holds, pyHanko says, for it is not spelled by this program."""
    try:
        told: tsp.TSTInfo = data["encap_content_info"]["content"].parsed
        imprint = told["message_imprint"]
        same = imprint["hash_algorithm"]["algorithm"].native == "sha256" and imprint["hashed_message"].native == digest
        sid = signer_info["sid"].chosen
        named = (sid["issuer"], sid["serial_number"].native)
        signer = next(c for c in embedded if (c.issuer, c.serial_number) == named)
        certificates = [x509.load_der_x509_certificate(c.dump()) for c in embedded]
    except Exception as error:  # asn1crypto raises whatever a byte leads it to
        raise Broken("timestamp_altered") from error
    if not same:
        raise Broken("digest_differs")
    own = certificates[embedded.index(signer)]
    return Layer(end, True, own, _path(own, [c for c in certificates if c is not own]))


def _signature(der: bytes, signer_info: Any, embedded: list[Any], digest: bytes, end: int) -> Layer:
    try:
        attributes, value = signer_info["signed_attrs"], signer_info["signature"].native
        stated = {a["type"].native: a["values"][0] for a in attributes}
        bound = [one["cert_hash"].native for one in stated["signing_certificate_v2"]["certs"]]
        signer = next(c for c in embedded if hashlib.sha256(c.dump()).digest() == bound[0])
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
    return Layer(end, False, own, _chain(own, [c for c in certificates if c is not own], frozenset(bound[1:])))


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


def _chain(
    signer: x509.Certificate, others: Sequence[x509.Certificate], bound: frozenset[bytes]
) -> tuple[x509.Certificate, ...]:
    """The issuers in order; each is signed along or proven by the one above, and each has its part in the chain."""
    found = _path(signer, others)
    if len(found) != len(others):
        raise Broken("chain_wrong")
    along = all(hashlib.sha256(c.public_bytes(Encoding.DER)).digest() in bound for c in found)
    if found and not along and not issued_by(found[-1], found[-1]):
        raise Broken("contents_altered")
    return found


def _path(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    found: list[x509.Certificate] = []
    last = certificate
    while issuer := next((c for c in others if c not in found and issued_by(last, c)), None):
        found.append(issuer)
        last = issuer
    return tuple(found)
