"""The signed PDFs of a participant as a person looks for them: whose, when, what each says now, how far it carries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from crf_desktop.capture.filed_pdf import FiledPdf, filed
from crf_desktop.capture.signature import form_digest, local_time
from crf_desktop.capture.study import Study
from crf_desktop.model.path import ItemPath

Standing = Literal["current", "changed", "superseded"]
"""``current``: every form it signs says the same now. ``changed``: one does not; ``superseded``: a later PDF has it."""
HIGHEST = "B-LTA"


@frozen(slots=True)
class VisitDocument:
    """One signature's PDF, as the newest file made of it."""

    file: FiledPdf
    event: str
    """Address of the visit."""
    when: str
    """When it was signed first; ISO 8601 with offset."""
    signers: tuple[str, ...]
    """Full and user names, in the order of the signatures."""
    n_forms: int
    standing: Standing

    @property
    def digest(self) -> str:
        """``sha256:…`` of the newest file."""
        return self.file.digest

    @property
    def pending(self) -> bool:
        """Whether a timestamp may still be asked for."""
        return not self.file.awaits_second and self.file.level != HIGHEST


def visit_documents(study: Study, subject: str, event: str = "") -> list[VisitDocument]:
    """The PDFs of a participant, or of one visit, newest first."""
    found: list[VisitDocument] = []
    rows = {(row.origin, row.seq): row for row in study.store.signatures(ItemPath(subject)) if row.path.form}
    later: set[tuple[str, str]] = set()
    mine = (one for one in filed(study) if not one.newer and one.path.subject == subject)
    for one in sorted(mine, key=lambda f: f.row.order, reverse=True):
        at = one.path.event_address
        if event and at != event:
            continue
        named = json.loads(one.row.payload or "{}").get("signatures", [])
        signed = [rows[origin, seq] for origin, seq in named if (origin, seq) in rows]
        forms = {(r.path.form_address, str(json.loads(r.payload or "{}").get("digest"))) for r in signed}
        standing = _standing(study, one, forms, later)
        later |= {(at, form) for form, _ in forms}
        names = tuple(s.name for s in one.signers) or tuple(_names(study, one))
        when = local_time(signed[0] if signed else one.row)
        found.append(VisitDocument(one, at, when, names, len(forms), standing))
    return found


def _names(study: Study, one: FiledPdf) -> Iterable[str]:
    """Who signed a file whose row names nobody: the author of the row."""
    person = study.store.person(one.row.user_oid)
    yield f"{person.full_name} ({person.user_name})" if person else one.row.user_oid


def _standing(study: Study, one: FiledPdf, forms: set[tuple[str, str]], later: set[tuple[str, str]]) -> Standing:
    at = (one.path.subject, one.path.event_address)
    holds = all("sha256:" + form_digest(study.form(*at, form)).hex() == digest for form, digest in forms)
    if holds:
        return "current"
    return "superseded" if all((at[1], form) in later for form, _ in forms) else "changed"
