"""The study on disk: an encrypted, append-only, signed log and the keys to it. The only floor that knows SQL."""

from __future__ import annotations

from crf_desktop.store.creation import create, join, person_body
from crf_desktop.store.current import Waiting
from crf_desktop.store.finding import Finding
from crf_desktop.store.installation import Block, CertificateRequest, Installation, Invitation, NewPerson, NewStudy
from crf_desktop.store.opening import StudyLabel, peek, unlock
from crf_desktop.store.receiving import Received
from crf_desktop.store.signing_key import SigningKey
from crf_desktop.store.study import Store

__all__ = [
    "Block", "CertificateRequest", "Finding", "Installation", "Invitation", "NewPerson", "NewStudy", "Received",
    "SigningKey", "Store", "StudyLabel", "Waiting", "create", "join", "peek", "person_body", "unlock",
]  # fmt: skip
