"""What can be said of a PDF: intact, current, valid, each with its reason, and plainly what cannot be known from it.

Three things decide together: the bytes (``pdf_envelope``), pyHanko's difference analysis (``pdf_opinion``), and what
the log expects: the whole file's SHA-256 and the signers in order. Other readers are a second opinion only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from crf_desktop.capture.expected import ExpectedSigner
from crf_desktop.errors import Language
from crf_desktop.report import pdf_signer
from crf_desktop.report.pdf_envelope import Broken, Layer, open_envelope
from crf_desktop.report.pdf_opinion import Opinion, Stated, second_opinion
from crf_desktop.report.pdf_signer import fingerprint
from crf_desktop.report.pdf_timestamp import Evidence, Level, evidence_of, level_between
from crf_desktop.wording.pdf_finding import FINDINGS

_SKEW: Final = timedelta(minutes=5)
"""By how much a signer's clock may be ahead of a timestamp authority's before it is told."""


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
class SeenSignature:
    """Who signed, when and for what, as the file says."""

    signer: str
    """Name in the certificate."""
    when: datetime
    meaning: str
    fingerprint: str
    """SHA-256 of the signer's certificate, hex."""
    serial: str
    """Hex."""
    authority: str
    """Name of the issuing authority; empty while it is self-signed."""
    authority_fingerprint: str
    valid: bool | None


@frozen
class PdfVerdict:
    """Three answers and their reasons. None: cannot be known with what was at hand."""

    intact: bool
    """Every byte is as it was signed."""
    valid: bool | None
    """Every signature by a certificate that counts and was in force; None: whether it counts is not known here."""
    current: bool | None
    """The data have not changed since; a PDF alone never knows, so None unless it is not intact."""
    signer: str
    """Name in the first certificate; empty when there is none that holds."""
    signed_at: datetime | None
    certificate_serial: str
    """Hex."""
    sha256: str
    """Of the whole file, ``sha256:`` and 64 hex."""
    findings: tuple[PdfFinding, ...]
    level: str = ""
    """``B-B`` to ``B-LTA``; empty when there is no signature that holds."""
    signatures: tuple[SeenSignature, ...] = ()
    timestamps: tuple[datetime, ...] = ()

    @property
    def verified(self) -> bool:
        """Intact, and nothing that could be checked said no."""
        return self.intact and not any(f.weight == "bad" for f in self.findings)

    def sentences(self, language: Language) -> tuple[str, ...]:
        """The findings in words, the worst first."""
        ordered = sorted(self.findings, key=lambda f: ("bad", "ok", "note").index(f.weight))
        return tuple(f.sentence(language) for f in ordered)


def check_pdf(
    pdf: bytes,
    expected_sha256: str | None = None,
    trusted_ca: bytes | None = None,
    expected: Sequence[ExpectedSigner] | None = None,
    time_roots: Sequence[bytes] = (),
) -> PdfVerdict:
    """The verdict on a PDF; never raises, garbage has a verdict too.

    ``expected_sha256`` is the digest the log names (``sha256:`` + 64 hex, or the hex); ``trusted_ca`` the study CA's
    certificate as PEM; ``expected`` the signers the log names, in order; ``time_roots`` PEM of the roots of timestamp
    authorities that the study has set.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    named = _named(digest, expected_sha256)
    try:
        layers = open_envelope(pdf)
        evidence = evidence_of(pdf)
        opinion = second_opinion(pdf, layers, time_roots)
    except Broken as broken:
        findings = (named, PdfFinding(broken.code, "bad"))
        return PdfVerdict(False, False, None, "", None, "", "sha256:" + digest, findings)
    return _Reading(layers, evidence, opinion, trusted_ca, expected).verdict("sha256:" + digest, named)


def _named(digest: str, expected: str | None) -> PdfFinding:
    if expected is None:
        return PdfFinding("digest_unknown", "note")
    same = expected.lower().removeprefix("sha256:") == digest
    return PdfFinding("same_digest", "ok") if same else PdfFinding("other_digest", "bad")


def common_name(certificate: x509.Certificate) -> str:
    """The name the certificate was made out to."""
    return pdf_signer.common_name(certificate.subject)


@frozen
class _Reading:
    """A file whose signatures hold, and what is known about them from elsewhere."""

    layers: tuple[Layer, ...]
    evidence: Evidence
    opinion: Opinion
    trusted_ca: bytes | None
    expected: Sequence[ExpectedSigner] | None

    @property
    def signed(self) -> list[tuple[Layer, Stated]]:
        layers = (layer for layer in self.layers if not layer.timestamp)
        return list(zip(layers, self.opinion.signatures, strict=True))

    def verdict(self, digest: str, named: PdfFinding) -> PdfVerdict:
        findings, seen = [named, *self._structure()], []
        for at, (layer, stated) in enumerate(self.signed):
            valid, why = self._trust(layer, stated, at)
            seen.append(_seen(layer, stated, valid))
            findings += [*why, _signed(seen[-1])]
        missing = list(self._missing())
        findings += [*missing, *self._times(), PdfFinding("current_unknown", "note")]
        answers = [one.valid for one in seen] + [False for _ in missing]
        valid_all = False if False in answers else None if None in answers else True
        first = seen[0]
        return PdfVerdict(
            named.code != "other_digest", valid_all, None, first.signer, first.when, first.serial, digest,
            tuple(dict.fromkeys(findings)), str(level_between(self.layers, self.evidence)), tuple(seen),
            tuple(one.when for one in self.opinion.timestamps),
        )  # fmt: skip

    def _structure(self) -> Iterator[PdfFinding]:
        level = level_between(self.layers, self.evidence)
        two = len(self.signed) == 2
        whole = "whole_file_two" if two else "whole_file_open" if self.opinion.second_open else "whole_file"
        yield PdfFinding(whole, "ok")
        if level is not Level.B_B:
            yield PdfFinding("upgraded", "ok")
        yield PdfFinding("level_" + level.name.lower(), "note")
        if self.opinion.second_open:
            yield PdfFinding("second_open", "note")

    def _missing(self) -> Iterator[PdfFinding]:
        """Signers the log names and the file does not have: the last signature was cut off."""
        for one in (self.expected or ())[len(self.signed) :]:
            yield PdfFinding("signature_missing", "bad", (("signer", one.name),))

    def _times(self) -> Iterator[PdfFinding]:
        for stamp in self.opinion.timestamps:
            when = stamp.when.isoformat(sep=" ", timespec="seconds")
            weight = {True: "ok", None: "note", False: "bad"}[stamp.trusted]
            code = {True: "timestamp_trusted", None: "timestamp_unknown", False: "timestamp_other"}[stamp.trusted]
            yield PdfFinding(code, weight, (("when", when),))
        first = min((stamp.when for stamp in self.opinion.timestamps), default=None)
        if first is not None and any(stated.when > first + _SKEW for _, stated in self.signed):
            yield PdfFinding("clock_ahead", "note")

    def _trust(self, layer: Layer, stated: Stated, at: int) -> tuple[bool | None, list[PdfFinding]]:
        signer = layer.signer
        if not signer.not_valid_before_utc <= stated.when <= signer.not_valid_after_utc:
            return False, [PdfFinding("certificate_expired", "bad")]
        if self._listed(layer, stated.when):
            return False, [PdfFinding("certificate_revoked", "bad")]
        if self.expected is None:
            return self._issued(layer)
        found = self.expected[at] if at < len(self.expected) else None
        if found is None or found.fingerprint != fingerprint(signer):
            return False, [PdfFinding("signer_unexpected", "bad", (("signer", common_name(signer)),))]
        if not found.in_force:
            return False, [PdfFinding("certificate_revoked", "bad")]
        context = (("signer", common_name(signer)),)
        if not found.may_sign:
            return False, [PdfFinding("signer_no_right", "bad", context)]
        if found.own:
            above = layer.authority or signer
            whose = (*context, ("authority", common_name(above)), ("fingerprint", fingerprint(above)))
            return True, [PdfFinding("own_certificate", "ok", whose)]
        if layer.authority is None and found.certified:
            return True, [PdfFinding("countersigned_since", "ok", context)]
        return self._issued(layer)

    def _listed(self, layer: Layer, when: datetime) -> bool:
        """Whether a list in the file says that the certificate, or one above it, was revoked by then."""
        path = (layer.signer, *layer.chain)
        for certificate, issuer in pairwise(path):
            for crl in self.evidence.about(certificate, issuer):
                entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
                if entry is not None and entry.revocation_date_utc <= when:
                    return True
        return False

    def _issued(self, layer: Layer) -> tuple[bool | None, list[PdfFinding]]:
        authority = layer.authority
        if authority is None:
            return None, [PdfFinding("trust_pending", "note")]
        if self.trusted_ca is None:
            context = (("authority", common_name(authority)), ("fingerprint", fingerprint(authority)))
            return None, [PdfFinding("ca_unknown", "note", context)]
        try:
            trusted = x509.load_pem_x509_certificate(self.trusted_ca)
        except ValueError:
            return None, [PdfFinding("ca_unreadable", "note")]
        if trusted.public_bytes(Encoding.DER) != authority.public_bytes(Encoding.DER):
            return False, [PdfFinding("other_ca", "bad")]
        return True, [PdfFinding("trusted", "ok", (("fingerprint", fingerprint(authority)),))]


def _seen(layer: Layer, stated: Stated, valid: bool | None) -> SeenSignature:
    authority = layer.authority
    return SeenSignature(
        common_name(layer.signer), stated.when, stated.meaning, fingerprint(layer.signer),
        f"{layer.signer.serial_number:x}", common_name(authority) if authority else "",
        fingerprint(authority) if authority else "", valid,
    )  # fmt: skip


def _signed(seen: SeenSignature) -> PdfFinding:
    context = {"signer": seen.signer, "when": seen.when.isoformat(sep=" ", timespec="seconds")}
    if seen.meaning:
        return PdfFinding("signed_for", "note", tuple((context | {"meaning": seen.meaning}).items()))
    return PdfFinding("signed_by", "note", tuple(context.items()))


__all__ = ["PdfFinding", "PdfVerdict", "SeenSignature", "check_pdf", "common_name"]
