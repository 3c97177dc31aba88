"""What ties the pages of a document to the data inside it and to the log: hashes that anybody can recompute."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from crf_desktop.capture.record import VisitRecord
from crf_desktop.report.archive import Attachment
from crf_desktop.report.attachment import ODM, attachments_of


def record_hash(record: VisitRecord) -> str:
    """SHA-256 (hex) of the attached ``odm.xml``, which itself names the SHA-256 of the attached ``audit.json``."""
    return hash_of(attachments_of(record))


def hash_of(attachments: Sequence[Attachment]) -> str:
    """The record hash of a document with these attachments."""
    return hashlib.sha256(next(a.data for a in attachments if a.name == ODM)).hexdigest()


def proof_text(record: VisitRecord) -> str:
    """What the QR code says: format, study, record hash, origin, row and hash of the log's head.

    In upper case without anything but letters, digits, ``:``, ``/``, ``.``, so that the code stays coarse; no
    participant and no value.
    """
    return proof_of(record, record_hash(record))


def proof_of(record: VisitRecord, digest: str) -> str:
    """The same for a document whose record hash is ``digest``."""
    origin, seq, head = record.head
    return f"CRF:2/{record.study_oid}/{digest}/{origin}/{seq}/{head}".upper()
