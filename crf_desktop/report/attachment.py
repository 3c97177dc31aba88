"""What a document carries inside: the data of its visits as ODM, and their slice of the audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from weakref import ReferenceType, ref

from crf_desktop.capture.record import VisitRecord
from crf_desktop.exchange.audit_slice import audit_slice
from crf_desktop.exchange.odm_document import odm_document
from crf_desktop.report.archive import Attachment

ODM: Final = "odm.xml"
AUDIT: Final = "audit.json"

_made: dict[int, tuple[ReferenceType[VisitRecord], tuple[Attachment, ...]]] = {}
"""By the identity of a record that still lives: its hash stands on the pages that carry them."""


def attachments_of(record: VisitRecord) -> tuple[Attachment, ...]:
    """The data of one visit and its slice of the audit trail; the same record gives the same bytes."""
    held = _made.get(id(record))
    if held is None or held[0]() is not record:
        key = id(record)
        held = (ref(record, lambda _: _made.pop(key, None)), attachments_of_all([record]))
        _made[key] = held
    return held[1]


def attachments_of_all(records: Sequence[VisitRecord]) -> tuple[Attachment, ...]:
    """The same for several visits of one participant, taken at one moment under one definition."""
    audit = audit_slice(records)
    odm = odm_document(records, [(AUDIT, hashlib.sha256(audit).hexdigest())])
    return (
        Attachment(AUDIT, audit, "application/json", "Supplement", "Audit trail: every row of the log, with its hash"),
        Attachment(ODM, odm.data, "application/xml", "Data", "The data of these pages in CDISC ODM 1.3.2", odm.steady),
    )
