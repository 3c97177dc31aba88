"""The data inside a document held against themselves and against the log of a study."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.study import Study
from crf_desktop.errors import Explained, Language
from crf_desktop.exchange.audit_reading import Audit, NotAudit, read_audit
from crf_desktop.exchange.odm_clinical import spelled
from crf_desktop.exchange.odm_reading import NotOdm, Odm, OdmItem, read_odm
from crf_desktop.model.data import Change, Kind
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath, address
from crf_desktop.store import certificate
from crf_desktop.wording.document_finding import FINDINGS

_MOST_NAMED: Final = 10
_NAMED_FILE: Final = re.compile(r"audit\.json SHA-256 ([0-9a-f]{64})")


@frozen
class DataFinding:
    """One thing found out about the data inside a document."""

    code: str
    weight: str
    """``ok``, ``note`` (should be known) or ``bad``."""
    context: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: Language) -> str:
        """The finding in one sentence; it names questions, never an answer."""
        return FINDINGS[self.code][language == "zh"].format(**dict(self.context))


def bad(code: str, **context: str | int) -> DataFinding:
    """A finding that says no."""
    return DataFinding(code, "bad", tuple((k, str(v)) for k, v in context.items()))


def _told(weight: str, code: str, **context: str | int) -> DataFinding:
    return DataFinding(code, weight, tuple((k, str(v)) for k, v in context.items()))


def check_data(odm: bytes, audit: bytes, study: Study | None) -> list[DataFinding]:
    """What the two attachments of a document tell, and how the log of the study stands to them; never raises."""
    try:
        data = read_odm(odm)
    except NotOdm as problem:
        return [bad(problem.code)]
    try:
        trail = read_audit(audit)
    except NotAudit:
        return [bad("audit_malformed")]
    definition = study.definition if study is not None else None
    findings = _inside(odm, audit, data, trail, definition)
    if study is not None:
        findings += _against(study, data, trail, not any(f.weight == "bad" for f in findings))
    elif trail.fingerprint:
        findings.append(_told("note", "authority_unknown", fingerprint=trail.fingerprint))
    sound = not any(f.weight == "bad" for f in findings)
    if sound:
        digest = hashlib.sha256(odm).hexdigest()
        findings.insert(0, _told("ok", "data_agree", items=len(data.items), rows=len(trail.rows), hash=digest))
    return findings


def _inside(
    odm: bytes, audit: bytes, data: Odm, trail: Audit, definition: MetaDataVersion | None
) -> list[DataFinding]:
    """What the two files contradict in themselves and in each other."""
    found: list[DataFinding] = []
    named = _NAMED_FILE.search(data.description)
    if named is None or named[1] != hashlib.sha256(audit).hexdigest():
        found.append(bad("audit_not_named"))
    if trail.n_altered:
        found.append(bad("rows_altered", n=trail.n_altered))
    if trail.n_unsigned:
        found.append(bad("rows_unsigned", n=trail.n_unsigned))
    if trail.n_pending:
        found.append(_told("note", "rows_pending", n=trail.n_pending))
    if trail.study_oid != data.study_oid or any(row.study_oid != data.study_oid for row in trail.rows):
        found.append(bad("audit_not_named"))
    wrong = _differing(data.items, answers_in(trail.rows))
    if wrong:
        found.append(bad("answers_differ", items=_names(wrong, definition)))
    return found


def answers_in(rows: Iterable[Change]) -> dict[ItemPath, OdmItem]:
    """What rows say in the end: path → answer, as a snapshot has it; under the path of a visit its date."""
    held: dict[ItemPath, Change] = {}
    for row in sorted(rows, key=lambda r: r.order):
        if row.entry_pass == 1 and row.kind in (Kind.ITEM, Kind.EVENT):
            held[row.path] = row
    return {path: _as_odm(row) for path, row in held.items() if row.datum.answered}


def _as_odm(row: Change) -> OdmItem:
    datum = row.datum
    value = None if datum.value is None else spelled(datum)
    missing = str(datum.null_flavor) if datum.null_flavor else None
    return OdmItem(value, datum.unit_oid if row.kind is Kind.ITEM else None, missing, f"{row.origin}:{row.seq}")


def _differing(one: Mapping[ItemPath, OdmItem], other: Mapping[ItemPath, OdmItem]) -> list[ItemPath]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def _against(study: Study, data: Odm, trail: Audit, sound: bool) -> list[DataFinding]:
    store = study.store
    if data.study_oid != store.study_oid:
        return [bad("other_study")]
    if trail.fingerprint and trail.fingerprint != certificate.fingerprint(store.ca_certificate):
        return [bad("other_authority")]
    found = _rows(study, trail)
    if found or not sound:
        return found
    origin, seq, _ = trail.head
    found.append(_told("ok", "equal", seq=seq, origin=origin))
    now = answers_in(row for path in _visits(trail.rows) for row in store.history(path))
    changed = _differing(data.items, now)
    if changed:
        names = _names(changed, study.definition)
        return [*found, _told("note", "changed_since", n=len(changed), items=names)]
    found.append(_told("ok", "unchanged_since"))
    anew = _derived_anew(study, data)
    if anew:
        found.append(_told("note", "derived_differ", items=_names(anew, study.definition)))
    return found


def _visits(rows: Iterable[Change]) -> list[ItemPath]:
    return sorted({row.path.event_path for row in rows})


def _rows(study: Study, trail: Audit) -> list[DataFinding]:
    """The rows of the document held against those of the log, as far as the log had come then."""
    store, held = study.store, study.store.heads()
    behind = [o for o, (seq, _) in trail.heads.items() if held.get(o, (0, b""))[0] < seq]
    if behind:
        return [_told("note", "log_behind")]
    found: list[DataFinding] = []
    for origin, (seq, digest) in trail.heads.items():
        row = store.change(origin, seq)
        if row is None or row.hash.hex() != digest:
            found.append(bad("log_differs", n=1))
    same = {(row.origin, row.seq): store.change(row.origin, row.seq) for row in trail.rows}
    lacking = sum(row is None for row in same.values())
    differing = sum((s := same[r.origin, r.seq]) is not None and s.hash != r.hash for r in trail.rows)
    then = [
        row
        for path in _visits(trail.rows)
        for row in store.history(path)
        if row.seq <= trail.heads.get(row.origin, (0, ""))[0]
    ]
    missing = sum((row.origin, row.seq) not in same for row in then)
    counted = {"log_lacks": lacking, "log_differs": differing, "document_lacks": missing}
    return found or [bad(code, n=n) for code, n in counted.items() if n]


def _derived_anew(study: Study, data: Odm) -> list[ItemPath]:
    """Derived values of the document that the study gives differently now: another visit may have changed them."""
    now: dict[ItemPath, str] = {}
    for visit in sorted({path.event_path for path in data.derived}):
        try:
            record = visit_record(study, visit.subject, visit.event_address)
        except (Explained, KeyError):
            continue
        for form in record.forms:
            for at, derived in form.derived.items():
                now[ItemPath.of(visit.subject, visit.event_address, address(form.form.oid, form.key)).at("", at)] = (
                    derived.text
                )
    told = {p.form_path.at("", p.item_address): item.value or "" for p, item in data.derived.items()}
    return sorted(path for path, text in told.items() if path in now and now[path] != text)


def _names(paths: Iterable[ItemPath], definition: MetaDataVersion | None) -> str:
    """Forms and questions by their English names, without participant and value; by their OIDs without a study."""
    said = [_name(path, definition) for path in paths]
    more = f" and {len(said) - _MOST_NAMED} more" if len(said) > _MOST_NAMED else ""
    return "; ".join(said[:_MOST_NAMED]) + more


def _name(path: ItemPath, definition: MetaDataVersion | None) -> str:
    oid = path.item.partition("#")[0]
    if definition is None or path.form not in definition.form:
        return path.place() if path.place().isprintable() else "?"
    form = definition.form[path.form].short_title.en
    if oid in definition.item:
        return f"{form}: {definition.name_of(oid).en}"
    return f"{form}: {definition.method[oid].label.en}" if oid in definition.method else form
