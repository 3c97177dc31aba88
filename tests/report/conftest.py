"""A signed summary that tests share."""

from __future__ import annotations

from datetime import datetime

import pytest

from crf_desktop.capture.record import VisitRecord
from crf_desktop.report.signed_summary import signed_visit_summary
from tests.report.builder import DAY, INVESTIGATOR, definition, visit
from tests.report.people import material

SIGNED_AT = datetime.fromisoformat(f"{DAY}T16:43:05+08:00")


def signed_pdf(record: VisitRecord, language: str = "en", **who: bool) -> bytes:
    """The record's signed summary by the invented investigator."""
    meaning = definition().signature_meanings[0]
    return signed_visit_summary(
        record, material("Li Wei", **who), language, person=INVESTIGATOR, meaning=meaning, when=SIGNED_AT
    )


@pytest.fixture(scope="session")
def signed() -> bytes:
    """A whole visit, signed, in English."""
    return signed_pdf(visit())
