"""Every kind of PDF the program makes, unsigned, in both languages: whoever adds a kind adds a line.

``tests/report/test_archive.py`` holds all of them to PDF/A-3b and to the same bytes for the same record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from crf_desktop.capture.printing import PaperRecord
from crf_desktop.capture.trail import TrailRecord, trail_record
from crf_desktop.errors import Language
from crf_desktop.report.audit_trail import audit_trail
from crf_desktop.report.authorised import authorised_pdf
from crf_desktop.report.data_dictionary import data_dictionary
from crf_desktop.report.enrolment_sheet import enrolment_pdf
from crf_desktop.report.paper_book import annotated_book, blank_book, filled_forms
from crf_desktop.report.recovery_sheet import Sheet, recovery_pdf
from crf_desktop.report.visit_summary import visit_summary
from tests.capture.asking import make, room
from tests.report.builder import visit, with_queries
from tests.report.paper_reading import WHEN
from tests.report.test_authorised import LATER, ROSTER
from tests.report.test_signed_pages import enrolled
from tests.report.test_statistical import drawn, several
from tests.small_trial import small_trial

RECOVERY = Sheet("ST.NCT06410833", "01", "abcdefghijklm", 3, LATER, ("AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF"))

DICTIONARY = PaperRecord(small_trial(), "sha256:" + "ab" * 32, "01", WHEN.isoformat(), {"I.SEX": "DM.SEX"})


@cache
def _statistical(language: Language) -> bytes:
    return drawn(several(), language, figures=True)


@cache
def _trail() -> TrailRecord:
    """Of a study of few words, as it was made."""
    with TemporaryDirectory() as folder, room(make(Path(folder) / "study.crf")) as at:
        return trail_record(at.study)


KINDS: dict[str, Callable[[Language], bytes]] = {
    "visit summary": lambda language: visit_summary(visit(), language),
    "draft visit summary": lambda language: visit_summary(with_queries(visit(signed=False), "为何？ Why?"), language),
    "statistical report": _statistical,
    "recovery sheet": lambda language: recovery_pdf(RECOVERY, language),
    "blank forms": lambda language: blank_book(small_trial(), language, when=WHEN),
    "annotated forms": lambda language: annotated_book(small_trial(), language, when=WHEN),
    "filled forms": lambda language: filled_forms(visit(), language, ("F.ESSDAI", "F.HOCEVAR")),
    "data dictionary": lambda language: data_dictionary(DICTIONARY, language),
    "data dictionary in both": lambda language: data_dictionary(DICTIONARY, "both"),
    "audit trail": lambda language: audit_trail(_trail(), language),
    "enrolment of a signer": lambda language: enrolment_pdf(enrolled(), language),
    "authorised persons": lambda language: authorised_pdf(ROSTER, language),
}
