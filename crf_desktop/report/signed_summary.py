"""The signed visit summary: pages drawn with the place of the signature, and the same bytes signed afterwards.

With picklable arguments only: what a worker process runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pyhanko.pdf_utils.reader import PdfFileReader

from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.signing import Shown, SignedVisit, ToSign
from crf_desktop.errors import Language
from crf_desktop.model.data import Person
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader
from crf_desktop.report.pdf_signature import Stamp, countersign_pdf, second_place, sign_pdf
from crf_desktop.report.pdf_signer import SigningMaterial, SigningSource, common_name, public_part
from crf_desktop.report.signing_section import WhatIsSigned
from crf_desktop.report.visit_summary import draw_summary, seal_page
from crf_desktop.report.visit_tail import Seal


def summary_to_sign(asked: ToSign, language: Language) -> Shown:
    """The summary with what is to be signed, by whom and in which meaning, and an empty place for the signature."""
    record = asked.record
    seal = _seal(asked, language, record.printed_at)
    drawn = draw_summary(record, language, seal, WhatIsSigned(asked))
    assert drawn.place is not None
    return Shown(asked, language, drawn.pdf, drawn.place, drawn.n_pages, drawn.second)


def file_to_countersign(asked: ToSign, language: Language, pdf: bytes) -> Shown:
    """The file that another person signed, with the place of the second signature.

    Raises Refused ``report.no_second``, EnvironmentProblem ``report.pdf_unreadable``.
    """
    return Shown(asked, language, pdf, second_place(pdf), int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"]))


def sign_shown_pages(shown: Shown, source: SigningSource, when: datetime) -> bytes:
    """The pages shown with the signature appended: the file begins with exactly their bytes.

    ``when`` (aware) is the signing time the file states. Raises what :func:`pdf_signer.opened` raises.
    """
    asked, language = shown.asked, shown.language
    certificate, _ = public_part(source, when)
    seal = _seal(asked, language, when.isoformat(), certificate, own=not isinstance(source, SigningMaterial))
    appearance = seal_page(asked.record, language, seal, shown.place[3] - shown.place[1])
    meaning = asked.meaning.in_(language)
    if asked.first:
        return countersign_pdf(shown.pdf, source, seal.name, meaning, when, appearance)
    stamp = Stamp(shown.n_pages - 1, shown.place, appearance, shown.second_place)
    return sign_pdf(shown.pdf, source, seal.name, meaning, when, stamp, second_foreseen=asked.second)


def signed_pages(signed: SignedVisit, source: SigningSource | None = None) -> bytes:
    """The PDF that belongs to the rows of an act; ``source``: another certificate than the study's."""
    assert signed.shown is not None
    own = SigningMaterial(signed.private_key, signed.certificate, signed.chain)
    return sign_shown_pages(signed.shown, source or own, signed.when)


def signed_visit_summary(
    record: VisitRecord,
    material: SigningMaterial,
    language: Language,
    *,
    person: Person,
    meaning: TranslatedText,
    when: datetime,
    forms: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Pages and signature in one call, for records that no study holds; ``forms``: address and digest of each."""
    asked = ToSign(ItemPath.of(record.subject, record.event.oid), record, person, meaning, tuple(forms))
    return sign_shown_pages(summary_to_sign(asked, language), material, when)


def _seal(asked: ToSign, language: Language, when: str, certificate: bytes = b"", *, own: bool = False) -> Seal:
    """What the visible signature says; drawn before it is known, its place is as high."""
    name, second = Reader(asked.record, language).person(asked.person), asked.second and not asked.first
    if not certificate:
        return Seal(name, when, "0" * 40, issuer=name, second=second)
    found = x509.load_pem_x509_certificate(certificate)
    key, issuer = found.public_key(), common_name(found.issuer) if own else ""
    bits = key.key_size if isinstance(key, RSAPublicKey) else 0
    return Seal(name, when, f"{found.serial_number:x}", bits, issuer, second)
