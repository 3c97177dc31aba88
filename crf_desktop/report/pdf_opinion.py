"""pyHanko's reading of a signed PDF: what was changed between its signatures, and who says when."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import FieldMDPAction, MDPPerm, enumerate_sig_fields
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import async_validate_pdf_timestamp, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from crf_desktop.report.pdf_envelope import Broken, Layer
from crf_desktop.report.pdf_signature import SECOND

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what is wrong is told as a finding, not in a log

_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_COVERED: Final = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@frozen
class Stated:
    """What one signature says of itself."""

    when: datetime
    """By the signer's clock."""
    meaning: str
    """Its reason; empty where it gives none."""


@frozen
class Stamped:
    """What one timestamp says."""

    when: datetime
    trusted: bool | None
    """Whether it leads to a root that was given; None: none was given."""


@frozen
class Opinion:
    """What pyHanko makes of a file, in the order of its layers."""

    signatures: tuple[Stated, ...]
    timestamps: tuple[Stamped, ...]
    second_open: bool
    """Whether a place for a second signature is still empty."""


def second_opinion(pdf: bytes, layers: Sequence[Layer], roots: Sequence[bytes] = ()) -> Opinion:
    """The reading; ``roots``: PEM of trusted roots of timestamp authorities. Raises :class:`Broken`."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        signatures = list(reader.embedded_regular_signatures)
        stamps = list(reader.embedded_timestamp_signatures)
        empty = [name for name, _, _ in enumerate_sig_fields(reader, filled_status=False)]
        signed = [layer for layer in layers if not layer.timestamp]
        stamped = [layer for layer in layers if layer.timestamp]
        if (len(signatures), len(stamps)) != (len(signed), len(stamped)) or [n for n in empty if n != SECOND]:
            raise Broken("later_revision")
        stated = tuple(_signature(one, layer) for one, layer in zip(signatures, signed, strict=True))
        told = tuple(_timestamp(one, layer, roots) for one, layer in zip(stamps, stamped, strict=True))
        _require_permissions(signatures, bool(empty))
    except Broken:
        raise
    except Exception as error:  # pyHanko raises whatever a byte leads it to
        raise Broken("structure") from error
    return Opinion(stated, told, bool(empty))


def _signature(one: EmbeddedPdfSignature, layer: Layer) -> Stated:
    moment = one.self_reported_timestamp
    if moment is None or moment.tzinfo is None:
        raise Broken("no_time")
    status = _status(one, layer, moment)
    if not (status.intact and status.valid):
        raise Broken("signature_wrong")
    _require_allowed(status)
    return Stated(moment, str(one.sig_object.get("/Reason", "")))


def _status(one: EmbeddedPdfSignature, layer: Layer, moment: datetime) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=[_asn1(layer.authority or layer.signer)], moment=moment.astimezone(UTC), allow_fetching=False,
        revocation_mode="soft-fail",
    )  # fmt: skip
    try:
        return validate_pdf_signature(one, signer_validation_context=context, key_usage_settings=_USAGE)
    except UnacceptableSignerError as error:
        raise Broken("usage") from error


def _require_allowed(status: Any) -> None:
    """Behind a signature come at most the second one, timestamps and certificates; its whole revision is covered."""
    level = status.modification_level
    allowed = level is not None and level.value <= ModificationLevel.FORM_FILLING.value
    if status.coverage not in _COVERED or not allowed or status.docmdp_ok is False:
        raise Broken("later_revision")


def _timestamp(one: EmbeddedPdfSignature, layer: Layer, roots: Sequence[bytes]) -> Stamped:
    trusted = [x509.load_pem_x509_certificate(pem) for pem in roots]
    anchors = [_asn1(c) for c in trusted] or [_asn1(layer.authority or layer.signer)]
    context = ValidationContext(
        trust_roots=anchors, allow_fetching=False, revocation_mode="soft-fail", moment=_now(one)
    )
    status = asyncio.run(async_validate_pdf_timestamp(one, context))
    if not (status.intact and status.valid):
        raise Broken("timestamp_altered")
    level = status.modification_level
    if status.coverage not in _COVERED or level is None or level.value > ModificationLevel.LTA_UPDATES.value:
        raise Broken("later_revision")
    return Stamped(status.timestamp, bool(status.trusted) if roots else None)


def _now(one: EmbeddedPdfSignature) -> datetime:
    """The moment the timestamp itself names, at which its certificates have to be in force."""
    moment: datetime = one.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def _require_permissions(signatures: Sequence[EmbeddedPdfSignature], empty: bool) -> None:
    """The first certifies, the last locks; a file that leaves a second place says so by what it allows."""
    first, last = signatures[0], signatures[-1]
    certified = first.reader.root.get("/Perms", {}).get("/DocMDP")
    two = len(signatures) == 2 or empty
    if certified is None or first.docmdp_level != (MDPPerm.FILL_FORMS if two else MDPPerm.NO_CHANGES):
        raise Broken("not_certified")
    if len(signatures) == 2:
        lock = last.fieldmdp
        if last.docmdp_level != MDPPerm.NO_CHANGES or lock is None or lock.action != FieldMDPAction.ALL:
            raise Broken("not_locked")


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
