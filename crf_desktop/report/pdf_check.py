"""What can be said of a PDF: intact, current, valid, each with its reason, and plainly what cannot be known from it."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from crf_desktop.errors import Language
from crf_desktop.report.pdf_envelope import Broken, Envelope, open_envelope
from crf_desktop.wording.pdf_finding import FINDINGS

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what is wrong is told as a finding, not in a log


@frozen
class PdfFinding:
    """One thing found out about a PDF, or one that cannot be."""

    code: str
    weight: str
    """``ok``, ``note`` (cannot be known, or should be known) or ``bad``."""
    context: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: Language) -> str:
        """The finding in one sentence."""
        return FINDINGS[self.code][1 if language == "zh" else 0].format(**dict(self.context))


@frozen
class PdfVerdict:
    """Three answers and their reasons. None: cannot be known with what was at hand."""

    intact: bool
    """Every byte is as it was signed."""
    valid: bool | None
    """Signed with a certificate of the study CA that was in force; None: the study CA is not at hand."""
    current: bool | None
    """The data have not changed since; a PDF alone never knows, so None unless it is not intact."""
    signer: str
    """Name in the certificate; empty when there is none that holds."""
    signed_at: datetime | None
    certificate_serial: str
    """Hex."""
    sha256: str
    """Of the whole file, ``sha256:`` and 64 hex."""
    findings: tuple[PdfFinding, ...]

    @property
    def verified(self) -> bool:
        """Intact, and nothing that could be checked said no."""
        return self.intact and not any(f.weight == "bad" for f in self.findings)

    def sentences(self, language: Language) -> tuple[str, ...]:
        """The findings in words, the worst first."""
        ordered = sorted(self.findings, key=lambda f: ("bad", "ok", "note").index(f.weight))
        return tuple(f.sentence(language) for f in ordered)


def check_pdf(pdf: bytes, expected_sha256: str | None = None, trusted_ca: bytes | None = None) -> PdfVerdict:
    """The verdict on a PDF; never raises, garbage has a verdict too.

    ``expected_sha256`` is the digest the log names (``sha256:`` + 64 hex, or the hex); ``trusted_ca`` the study CA's
    certificate as PEM.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    findings = [_named(digest, expected_sha256)]
    try:
        envelope = open_envelope(pdf)
        moment = _second_opinion(pdf, envelope)
    except Broken as broken:
        findings.append(PdfFinding(broken.code, "bad"))
        return PdfVerdict(False, False, None, "", None, "", "sha256:" + digest, tuple(findings))
    valid, why = _trust(envelope, trusted_ca, moment)
    findings += [PdfFinding("whole_file", "ok"), *why, _signed(envelope, moment), PdfFinding("current_unknown", "note")]
    intact = findings[0].code != "other_digest"
    serial = f"{envelope.signer.serial_number:x}"
    return PdfVerdict(
        intact, valid, None, common_name(envelope.signer), moment, serial, "sha256:" + digest, tuple(findings)
    )


def _named(digest: str, expected: str | None) -> PdfFinding:
    if expected is None:
        return PdfFinding("digest_unknown", "note")
    same = expected.lower().removeprefix("sha256:") == digest
    return PdfFinding("same_digest", "ok") if same else PdfFinding("other_digest", "bad")


def _signed(envelope: Envelope, moment: datetime) -> PdfFinding:
    context = {"signer": common_name(envelope.signer), "when": moment.isoformat(sep=" ", timespec="seconds")}
    return PdfFinding("signed_by", "note", tuple(context.items()))


def common_name(certificate: x509.Certificate) -> str:
    """The name the certificate was made out to."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _second_opinion(pdf: bytes, envelope: Envelope) -> datetime:
    """pyHanko's reading of the same file, structure and permissions included; returns the stated signing time."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        signatures = list(reader.embedded_signatures)
        if len(signatures) != 1:
            raise Broken("later_revision")
        one: EmbeddedPdfSignature = signatures[0]
        roots = [_asn1(envelope.authority or envelope.signer)]
        moment = one.self_reported_timestamp
        if moment is None or moment.tzinfo is None:
            raise Broken("no_time")
        status = _status(one, roots, moment)
    except Broken:
        raise
    except Exception as error:  # pyHanko raises whatever a byte leads it to
        raise Broken("structure") from error
    _require(status, one)
    return moment


def _status(one: EmbeddedPdfSignature, roots: list[asn1_x509.Certificate], moment: datetime) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=roots, moment=moment.astimezone(UTC), allow_fetching=False, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    try:
        return validate_pdf_signature(one, signer_validation_context=context, key_usage_settings=usage)
    except UnacceptableSignerError as error:
        raise Broken("structure") from error


def _require(status: PdfSignatureStatus, one: EmbeddedPdfSignature) -> None:
    if not (status.intact and status.valid):
        raise Broken("signature_wrong")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE or not status.docmdp_ok:
        raise Broken("later_revision")
    permission = one.docmdp_level
    certified = one.reader.root.get("/Perms", {}).get("/DocMDP")
    if permission != MDPPerm.NO_CHANGES or certified is None:
        raise Broken("not_certified")


def _trust(envelope: Envelope, trusted_ca: bytes | None, moment: datetime) -> tuple[bool | None, list[PdfFinding]]:
    signer = envelope.signer
    if not signer.not_valid_before_utc <= moment <= signer.not_valid_after_utc:
        return False, [PdfFinding("certificate_expired", "bad")]
    if envelope.authority is None:
        return None, [PdfFinding("trust_pending", "note")]
    if trusted_ca is None:
        fingerprint = envelope.authority.fingerprint(hashes.SHA256()).hex()
        return None, [PdfFinding("ca_unknown", "note", (("fingerprint", fingerprint),))]
    try:
        trusted = x509.load_pem_x509_certificate(trusted_ca)
    except ValueError:
        return None, [PdfFinding("ca_unreadable", "note")]
    if trusted.public_bytes(Encoding.DER) != envelope.authority.public_bytes(Encoding.DER):
        return False, [PdfFinding("other_ca", "bad")]
    return True, [PdfFinding("trusted", "ok")]


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


__all__ = ["PdfFinding", "PdfVerdict", "check_pdf", "common_name"]
