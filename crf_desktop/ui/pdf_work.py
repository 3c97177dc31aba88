"""What the worker process runs; no Qt here, so that the process stays small and starts fast."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from crf_desktop.errors import EnvironmentProblem, Language, Refused

if TYPE_CHECKING:
    from crf_desktop.capture.enrolment import Enrolment
    from crf_desktop.capture.roster import Roster
    from crf_desktop.capture.signing import Shown, SignedVisit, ToSign
    from crf_desktop.capture.timestamping import ToStamp
    from crf_desktop.report.pdf_signer import SigningSource


class PageImage(NamedTuple):
    """A page as it goes on the screen."""

    width: int
    height: int
    pixels: bytes
    """Four bytes a pixel: blue, green, red, unused; or one of grey; rows without a gap."""
    grey: bool = False


class Stamped(NamedTuple):
    """What came of asking for a timestamp, in words that need no library of the worker."""

    pdf: bytes
    level: str
    problem: EnvironmentProblem | Refused | None
    """Why it went no further."""


def draw_to_sign(asked: ToSign, language: Language) -> Shown:
    """The visit summary with the place of the signature, to be shown before it is signed."""
    from crf_desktop.report.signed_summary import summary_to_sign  # reportlab belongs to the worker

    return summary_to_sign(asked, language)


def file_to_countersign(asked: ToSign, language: Language, pdf: bytes) -> Shown:
    """The file that another person signed, to be shown before it is signed a second time."""
    from crf_desktop.report import signed_summary  # see above

    return signed_summary.file_to_countersign(asked, language, pdf)


def try_source(source: SigningSource, when: datetime) -> bytes:
    """Another certificate than the study's (PEM), once its key has been opened: a wrong password is told now."""
    from crf_desktop.report.pdf_signer import public_part  # the maker's library of a card belongs to the worker

    return public_part(source, when)[0]


def stamp(asked: ToStamp, when: datetime) -> Stamped:
    """A signed PDF with the timestamps and evidence that could be had."""
    from crf_desktop.report.pdf_timestamp import upgrade_pdf  # pyHanko belongs to the worker

    made = upgrade_pdf(asked.pdf, asked.authority, asked.crls, now=when)
    return Stamped(made.pdf, str(made.level), made.problem)


def make_pdf(signed: SignedVisit, source: SigningSource | None = None) -> bytes:
    """The pages that were shown, signed."""
    from crf_desktop.report.signed_summary import signed_pages  # reportlab and pyHanko belong to the worker

    return signed_pages(signed, source)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    from crf_desktop.ui import pdf_page  # PDFium belongs to the worker

    return pdf_page.sizes(pdf)


def page_image(pdf: bytes, number: int, width: int, grey: bool = False) -> PageImage:
    """One page, so many pixels wide."""
    from crf_desktop.ui import pdf_page  # see above

    return PageImage(*pdf_page.image(pdf, number, width, grey), grey)


def page_text(pdf: bytes, number: int) -> str:
    """The words of a page, for who has them read aloud."""
    from crf_desktop.ui import pdf_page  # see above

    return pdf_page.text(pdf, number)


def make_enrolment(found: Enrolment, language: Language) -> bytes:
    """How a person became a signer."""
    from crf_desktop.report.enrolment_sheet import enrolment_pdf  # reportlab belongs to the worker

    return enrolment_pdf(found, language)


def make_list(found: Roster, language: Language) -> bytes:
    """The list of authorised persons."""
    from crf_desktop.report.authorised import authorised_pdf  # reportlab belongs to the worker

    return authorised_pdf(found, language)
