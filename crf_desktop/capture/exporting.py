"""What leaves the study is written into its log first."""

from __future__ import annotations

import hashlib

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.soundness import require_verified
from crf_desktop.capture.study import Study
from crf_desktop.model.access import Action
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath


def require_export(study: Study) -> None:
    """Raises Refused ``access.no_right`` where the person may not, EnvironmentProblem where nothing can be written."""
    require_writable(study.store)
    require(study.session, Action.EXPORT)
    require_verified(study.store)


def record_export(study: Study, kind: str, data: bytes | str, **more: object) -> None:
    """Says in the log that something leaves the study; call it before it can be read outside.

    ``kind``: ``statistical_report``, ``figure``, ``analysis``; ``data``: what leaves, or its SHA-256 in hexadecimal;
    ``more``: what else the row says, where it is not empty.
    """
    require_export(study)
    digest = data if isinstance(data, str) else hashlib.sha256(data).hexdigest()
    payload = {"act": "export", "format": kind, "sha256": digest} | {name: said for name, said in more.items() if said}
    study.store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])
