"""What the worker process runs; no Qt here, so that the process stays small and starts fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crf_desktop.errors import Language

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Roster
    from crf_desktop.capture.signing import SignedVisit


def make_pdf(signed: SignedVisit, language: Language) -> bytes:
    """The signed visit summary."""
    from crf_desktop.report.pdf_signature import SigningMaterial  # reportlab and pyHanko belong to the worker
    from crf_desktop.report.signed_summary import signed_visit_summary

    material = SigningMaterial(signed.private_key, signed.certificate, signed.chain)
    return signed_visit_summary(
        signed.record, material, language, person=signed.person, meaning=signed.meaning, when=signed.when
    )


def make_list(found: Roster, language: Language) -> bytes:
    """The list of authorised persons."""
    from crf_desktop.report.authorised import authorised_pdf  # reportlab belongs to the worker

    return authorised_pdf(found, language)
