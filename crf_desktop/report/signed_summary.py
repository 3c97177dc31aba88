"""The signed visit summary in one call, with picklable arguments only: what a worker process runs."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509

from crf_desktop.capture.record import VisitRecord
from crf_desktop.errors import Language
from crf_desktop.model.data import Person
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader
from crf_desktop.report.pdf_signature import SigningMaterial, Stamp, sign_pdf
from crf_desktop.report.visit_summary import draw_summary, seal_page
from crf_desktop.report.visit_tail import Seal


def signed_visit_summary(
    record: VisitRecord,
    material: SigningMaterial,
    language: Language,
    *,
    person: Person,
    meaning: TranslatedText,
    when: datetime,
) -> bytes:
    """The visit summary, certified with the user's key; ``when`` (aware) is the signing time the file states."""
    serial = f"{x509.load_pem_x509_certificate(material.certificate).serial_number:x}"
    seal = Seal(Reader(record, language).person(person), when.isoformat(), serial)
    drawn = draw_summary(record, language, seal)
    assert drawn.place is not None
    appearance = seal_page(record, language, seal, drawn.place[3] - drawn.place[1])
    return sign_pdf(
        drawn.pdf, material, seal.name, meaning.in_(language), when, Stamp(drawn.n_pages - 1, drawn.place, appearance)
    )
