"""A signed PDF lifted from B-B to B-T, B-LT and B-LTA by what is appended: document timestamps, certificates and CRLs.

Levels: EN 319 142-1 §6.3, where a document timestamp over the signatures gives B-T as a signature timestamp does. Only
the SHA-256 of the file travels to the timestamp authority (RFC 3161).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from crf_desktop.capture.time_authority import TimeAuthority
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.report.pdf_envelope import Broken, Layer, open_envelope
from crf_desktop.report.pdf_signature import DIGEST, writer_of
from crf_desktop.report.pdf_signer import issued_by, lists_for

SECONDS: Final = 15
"""How long an authority is waited for at each request."""


class Level(StrEnum):
    """How far a signature carries (EN 319 142-1)."""

    B_B = "B-B"
    """Signed; the time is the signer's own."""
    B_T = "B-T"
    """A timestamp authority says that it existed by then."""
    B_LT = "B-LT"
    """What its certificates are checked with is in the file."""
    B_LTA = "B-LTA"
    """And a timestamp lies over that."""


ORDER: Final = tuple(Level)


@frozen
class Upgraded:
    """What came of it; a level that was not reached costs nothing that was there."""

    pdf: bytes
    level: Level
    problem: EnvironmentProblem | Refused | None = None
    """Why it went no further; None when the level that was wanted is reached."""


def upgrade_pdf(
    pdf: bytes,
    authority: TimeAuthority,
    crls: Sequence[bytes] = (),
    wanted: Level = Level.B_LTA,
    now: datetime | None = None,
) -> Upgraded:
    """The signed PDF with as much appended as can be had, up to the level that is wanted.

    ``crls``: DER; lists of every authority that issued a signer's certificate. Never raises for an authority that is
    down, refuses or is another one: the level says how far it came. Raises EnvironmentProblem ``report.pdf_unreadable``
    for what is no signed PDF, Refused ``timestamp.signature_broken`` for one whose signatures do not hold.
    """
    moment, found = now or datetime.now(UTC), Upgraded(pdf, level_of(pdf))
    steps = ((Level.B_T, _stamp), (Level.B_LT, _keep_evidence), (Level.B_LTA, _stamp))
    for level, step in steps:
        if ORDER.index(found.level) < ORDER.index(level) <= ORDER.index(wanted):
            try:
                found = Upgraded(step(found.pdf, authority, crls, moment), level)
            except (EnvironmentProblem, Refused) as problem:
                return Upgraded(found.pdf, found.level, problem)
    return found


def level_of(pdf: bytes) -> Level:
    """The level of a PDF whose signatures hold; raises as :func:`upgrade_pdf`."""
    try:
        layers = open_envelope(pdf)
        stores = evidence_of(pdf)
    except Broken as broken:
        unread = broken.code in ("not_a_pdf", "no_signature")
        raise EnvironmentProblem("report.pdf_unreadable") if unread else Refused("timestamp.signature_broken") from None
    return level_between(layers, stores)


def level_between(layers: Sequence[Layer], evidence: Evidence) -> Level:
    """The level, from what lies over what: timestamps behind the signatures, evidence behind the first of them."""
    stamps = [layer.end for layer in layers if layer.timestamp]
    if not stamps:
        return Level.B_B
    begins = evidence.complete_from(layers)
    if begins is None or begins < stamps[0]:
        return Level.B_T
    return Level.B_LTA if any(end > begins for end in stamps) else Level.B_LT


@frozen
class Evidence:
    """Certificates and CRLs that a file carries for whoever checks it later."""

    crls: tuple[tuple[int, x509.CertificateRevocationList], ...] = ()
    """Each with the byte behind which it was added."""

    def about(self, certificate: x509.Certificate, issuer: x509.Certificate) -> list[x509.CertificateRevocationList]:
        """The lists that this issuer signed."""
        return [crl for _, crl in self.crls if crl.issuer == certificate.issuer and lists_for(crl, issuer)]

    def complete_from(self, layers: Sequence[Layer]) -> int | None:
        """Behind which byte everybody above a signer has a list in the file; None while one has none."""
        begins = []
        for issuer in _issuers(layers):
            found = [at for at, crl in self.crls if issuer is not None and lists_for(crl, issuer)]
            if not found:
                return None
            begins.append(min(found))
        return max(begins, default=None)


def _issuers(layers: Iterable[Layer]) -> Iterable[x509.Certificate | None]:
    """Everybody above a signer; None for a signer above whom the file has nobody."""
    for layer in layers:
        if not layer.timestamp:
            yield from layer.chain or (None,)


def evidence_of(pdf: bytes) -> Evidence:
    """The CRLs in the file's document security store; raises :class:`Broken` ``structure``."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        if "/DSS" not in reader.root:
            return Evidence()
        store = DocumentSecurityStore.read_dss(reader)
        found = []
        for reference in store.crls:
            data = reference.get_object().data
            at = pdf.index(data)  # written as it is, so that it says itself where it stands
            found.append((at, x509.load_der_x509_crl(data)))
    except Exception as error:  # pyHanko raises whatever a byte leads it to
        raise Broken("structure") from error
    return Evidence(tuple(found))


def _stamp(pdf: bytes, authority: TimeAuthority, crls: Sequence[bytes], now: datetime) -> bytes:
    """With a document timestamp behind everything; ``timestamp.down``, ``timestamp.refused``, ``timestamp.root``."""
    count = sum(layer.timestamp for layer in open_envelope(pdf))
    stamper = PdfTimeStamper(HTTPTimeStamper(authority.url, timeout=SECONDS), field_name=f"Timestamp{count + 1}")
    try:
        out = stamper.timestamp_pdf(writer_of(pdf, now), DIGEST)
    except TimestampRequestError as error:
        answered = error.__cause__ is None or hasattr(error.__cause__, "status")  # an HTTP answer, if a bad one
        raise Refused("timestamp.refused") if answered else EnvironmentProblem("timestamp.down") from None
    except Exception:  # the answer can be anything at all
        raise Refused("timestamp.refused") from None
    made = bytes(out.getvalue())
    _require_ours(made, authority)
    return made


def _require_ours(pdf: bytes, authority: TimeAuthority) -> None:
    """That the newest timestamp is about this file and from the authority that was set."""
    try:
        open_envelope(pdf)
        newest = list(PdfFileReader(BytesIO(pdf), strict=True).embedded_timestamp_signatures)[-1]
        roots = [asn1_x509.Certificate.load(_der(pem)) for pem in authority.roots]
        context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
        status = asyncio.run(async_validate_pdf_timestamp(newest, context, skip_diff=True))
    except Exception:  # both raise whatever a byte leads them to
        raise Refused("timestamp.refused") from None
    if not (status.intact and status.valid):
        raise Refused("timestamp.refused")
    if not status.trusted:
        raise Refused("timestamp.root")


def _keep_evidence(pdf: bytes, authority: TimeAuthority, crls: Sequence[bytes], now: datetime) -> bytes:
    """With certificates and CRLs; ``timestamp.no_list`` where somebody above a signer has none that is in force."""
    layers = open_envelope(pdf)
    lists = [x509.load_der_x509_crl(der) for der in crls]
    wanted: list[x509.CertificateRevocationList] = []
    for issuer in _issuers(layers):
        good = [c for c in lists if issuer is not None and lists_for(c, issuer) and _in_force(c, now)]
        if not good:
            raise Refused("timestamp.no_list")
        wanted += [c for c in good[-1:] if c not in wanted]
    writer = writer_of(pdf, now)
    certificates = dict.fromkeys(c.public_bytes(Encoding.DER) for c in _certificates(layers, authority))
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=[asn1_x509.Certificate.load(der) for der in certificates],
        crls=[asn1_crl.CertificateList.load(c.public_bytes(Encoding.DER)) for c in wanted],
    )  # fmt: skip
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _in_force(crl: x509.CertificateRevocationList, now: datetime) -> bool:
    return crl.next_update_utc is None or now <= crl.next_update_utc


def _certificates(layers: Iterable[Layer], authority: TimeAuthority) -> Iterable[x509.Certificate]:
    roots = [x509.load_der_x509_certificate(_der(pem)) for pem in authority.roots]
    for layer in layers:
        yield layer.signer
        yield from layer.chain
        last = layer.authority or layer.signer
        yield from (root for root in roots if layer.timestamp and issued_by(last, root))


def _der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)

