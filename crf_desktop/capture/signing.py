"""The act of signing: what waits, what was seen, both components, the rows, and the PDF that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crf_desktop.capture.acceptance import acceptance
from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.overview import LEFT
from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.signature import local_time, sign_entry
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Change, Datum, Entry, FormState, Kind, Person
from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.path import ItemPath, key_order, split
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import Waiting

READY = (FormState.COMPLETE, FormState.MISSING, FormState.CHANGED)
"""States in which a form waits for a signature."""


@frozen(slots=True)
class SigningTask:
    """One visit of one participant that waits for a signature."""

    subject: str
    event: StudyEventDef
    """Without its week (:func:`titled` has it): the list is read whole, the titles only where they are shown."""
    address: str
    """``SE.W0``, ``SE.UNS#1``; ``SE.LOG`` for what belongs to no visit."""
    forms: tuple[str, ...]
    """Addresses of the forms ready to be signed, in page order."""
    changed: tuple[str, ...]
    """Those of them that were changed after a signature."""
    unseen: tuple[str, ...]
    """Those of them whose current version this person has not viewed."""


@frozen(slots=True)
class SignedVisit:
    """What was signed and what the worker needs to make the PDF; holds a private key, so never keep it."""

    record: VisitRecord
    person: Person
    meaning: TranslatedText
    when: datetime
    certificate: bytes
    chain: tuple[bytes, ...]
    private_key: bytes
    """PKCS #8 PEM."""
    rows: tuple[Change, ...]

    def __repr__(self) -> str:
        return "SignedVisit(...)"


def _seen_name(study: Study, path: ItemPath) -> str:
    return "seen/" + study.session.person.user_oid + "/" + "/".join(path.keys())


def mark_seen(study: Study, entry: FormEntry) -> None:
    """Remembers that this person has the current version of the form on the screen."""
    if entry.head and not study.store.read_only and not was_seen(study, entry):
        study.store.set_setting(_seen_name(study, entry.path), entry.head.version)


def was_seen(study: Study, entry: FormEntry) -> bool:
    """Whether this person has viewed the form as it stands now."""
    seen = study.store.setting(_seen_name(study, entry.path))
    return entry.head is not None and seen == entry.head.version


def unsigned(study: Study) -> list[SigningTask]:
    """Every visit that waits for a signature, by participant in the order of the protocol; two readings in all."""
    seen = study.store.settings("seen/" + study.session.person.user_oid + "/")
    rank = {oid: at for at, oid in enumerate(study.definition.event)}
    waiting = [(path, forms) for path, forms in study.store.waiting().items() if path.event in rank]
    waiting.sort(key=lambda w: (w[0].subject, rank[w[0].event], key_order(w[0].event_key)))
    return [_task(study, path, forms, seen) for path, forms in waiting]


def titled(study: Study, task: SigningTask) -> StudyEventDef:
    """The visit with its week in the titles."""
    return study.planned(task.subject, task.address).event


def _task(study: Study, path: ItemPath, forms: Mapping[str, Waiting], seen: Mapping[str, str]) -> SigningTask:
    event = study.definition.event[path.event]
    asked = ((event.forms.index(split(f)[0]), key_order(split(f)[1]), f) for f in forms if split(f)[0] in event.forms)
    ready = tuple(f for *_, f in sorted(asked))
    changed = tuple(f for f in ready if forms[f].changed)
    names = {f: _seen_name(study, ItemPath.of(path.subject, path.event_address, f)) for f in ready} if seen else {}
    unseen = tuple(f for f in ready if not seen or seen.get(names[f]) != forms[f].version)
    return SigningTask(path.subject, event, path.event_address, ready, changed, unseen)


def open_forms(study: Study, task: SigningTask) -> int:
    """How many forms of the visit are not complete yet."""
    matrix = study.matrix(task.subject)
    records = [state for (event, _), state in matrix.records.items() if event == task.address]
    visit = next((v for v in matrix.columns if v.address == task.address), None)
    return sum(state in LEFT for state in (matrix.states(visit) if visit else records))


def sign_visit(
    study: Study,
    subject: str,
    event: str,
    forms: Sequence[str],
    meaning: TranslatedText,
    user_name: str,
    password: str,
) -> SignedVisit:
    """Signs forms of one visit with both components (21 CFR 11.200(a)(1)); all rows in one transaction.

    Refused: ``sign.nothing``, ``sign.not_complete``, ``sign.not_seen``, ``keys.wrong_password``, ``sign.other_user``.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    entries = [study.form(subject, event, f) for f in forms]
    if not entries:
        raise Refused("sign.nothing")
    if any(e.state not in READY for e in entries):
        raise Refused("sign.not_complete")
    if any(not was_seen(study, e) for e in entries):
        raise Refused("sign.not_seen")
    key = study.store.signing_key(user_name, password)
    first = acceptance(study)
    rows = study.store.append([*first, *(sign_entry(e, key, meaning, list(forms)) for e in entries)])[len(first) :]
    pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    when = datetime.fromisoformat(local_time(rows[-1]))
    record = visit_record(study, subject, event)
    return SignedVisit(record, key.person, meaning, when, key.certificate, key.chain, pem, tuple(rows))


def file_pdf(study: Study, signed: SignedVisit, pdf: bytes) -> str:
    """Stores the PDF in the study and appends the row that names its SHA-256; returns ``sha256:…``."""
    digest = study.store.put_document("application/pdf", pdf)
    path = signed.rows[-1].path.event_path
    payload = {"type": "pdf", "document": digest, "signatures": [[r.origin, r.seq] for r in signed.rows]}
    last = signed.rows[-1]
    entry = Entry(
        Kind.SIGNATURE,
        path,
        "Insert",
        Datum(digest),
        payload=payload,
        metadata_digest=study.store.metadata_digest,
        based_on=(last.origin, last.seq),
    )
    study.store.append([entry])
    return digest


def filed_pdfs(study: Study, subject: str, event: str) -> list[Change]:
    """The rows that name the signed PDFs of one visit, oldest first."""
    return [r for r in study.store.signatures(ItemPath.of(subject, event)) if not r.path.form]


def visits_with_pdf(study: Study, subject: str) -> set[str]:
    """Addresses of the visits of a participant that have a signed PDF."""
    return {row.path.event_address for row in study.store.signatures(ItemPath(subject), visits=True)}


def export_pdf(study: Study, digest: str) -> bytes:
    """A PDF that leaves the file: the bytes, after the export was written into the log; so not where that cannot be."""
    require_writable(study.store)
    require(study.session, Action.EXPORT)
    found = study.store.document(digest)
    if found is None:
        raise Refused("document.unknown")
    payload = {"act": "export", "format": "pdf", "document": digest}
    study.store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])
    return found[1]
