"""The act of signing: what waits, what was seen, what is shown, both components, the rows, and the PDF of them.

The order is: render (:class:`ToSign` → :class:`Shown`), hash, show, sign. The rows name the SHA-256 of the pages shown,
and the file that is filed afterwards begins with exactly those bytes (21 CFR 11.50, 11.70, 11.200).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from attrs import evolve, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crf_desktop.capture import unfinished
from crf_desktop.capture.acceptance import acceptance
from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.filed_pdf import signer_entry
from crf_desktop.capture.overview import LEFT
from crf_desktop.capture.own_certificate import naming
from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.signature import form_digest, local_time, sign_entry
from crf_desktop.capture.soundness import require_verified
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Explained, Language, Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Change, Datum, Entry, FormState, Kind, Person
from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.path import ItemPath, key_order, split
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import SigningKey, Waiting

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
    first: str = ""
    """Digest of the file that another person signed first and this one is to sign too; empty: none."""


@frozen(slots=True)
class ToSign:
    """What one act would sign, as it stands now: picklable, without any key."""

    path: ItemPath = field(repr=False)
    """Of the visit."""
    record: VisitRecord = field(repr=False)
    """As printed: its head is the head before the rows of this signature."""
    person: Person
    meaning: TranslatedText
    forms: tuple[tuple[str, str], ...]
    """Address and digest (``sha256:…``) of each form to be signed, in page order."""
    second: bool = False
    """Whether a second person signs the same file afterwards."""
    first: str = ""
    """Digest of the file that is signed a second time; empty: these are new pages."""


@frozen(slots=True)
class Shown:
    """The pages that were drawn to be shown: what is signed is exactly these bytes."""

    asked: ToSign
    language: Language
    pdf: bytes = field(repr=False)
    place: tuple[float, float, float, float]
    """Of the visible signature on the last page: left, bottom, right, top in points from its lower left corner."""
    n_pages: int
    second_place: tuple[float, float, float, float] | None = None
    """Of a second person's signature on the same page."""

    @property
    def digest(self) -> str:
        """``sha256:`` and 64 hex of the pages."""
        return "sha256:" + hashlib.sha256(self.pdf).hexdigest()


@frozen(slots=True)
class SignedVisit:
    """What was signed and what the worker needs to make the PDF; holds a private key, so never keep it."""

    shown: Shown | None
    """None: signed without pages."""
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


def to_sign(
    study: Study, subject: str, event: str, forms: Sequence[str], meaning: TranslatedText, *, second: bool = False
) -> ToSign:
    """What a signature of these forms would sign now, for the worker to draw.

    Refused: ``sign.nothing``, ``sign.not_complete``, ``sign.not_seen``.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    entries = _ready(study, subject, event, forms)
    digests = tuple((e.path.form_address, "sha256:" + form_digest(e).hex()) for e in entries)
    path, record = ItemPath.of(subject, event), visit_record(study, subject, event)
    return ToSign(path, record, study.session.person, meaning, digests, second)


def _ready(study: Study, subject: str, event: str, forms: Sequence[str]) -> list[FormEntry]:
    """The forms, if each is complete and was seen as it stands."""
    entries = [study.form(subject, event, f) for f in forms]
    if not entries:
        raise Refused("sign.nothing")
    if any(e.state not in READY for e in entries):
        raise Refused("sign.not_complete")
    if any(not was_seen(study, e) for e in entries):
        raise Refused("sign.not_seen")
    return entries


def still_stands(study: Study, asked: ToSign) -> bool:
    """Whether the pages would say the same if they were drawn now, but for the time of print and the log's head."""
    if not all(_holds(study, asked.path, form, digest) for form, digest in asked.forms):
        return False
    if asked.first:  # the file says what was signed first, and stays as it is
        return study.session.person == asked.person
    now, then = visit_record(study, asked.path.subject, asked.path.event_address), asked.record
    log = evolve(now.log, heads=then.log.heads)  # a row about something else moves them
    same = evolve(now, head=then.head, printed_at=then.printed_at, log=log) == then
    return same and study.session.person == asked.person


def sign_shown(
    study: Study, shown: Shown, pages_seen: Collection[int], user_name: str, password: str
) -> SignedVisit:
    """Signs what was shown; as :func:`sign_all_shown`."""
    return sign_all_shown(study, [(shown, pages_seen)], user_name, password)[0]


def sign_all_shown(
    study: Study, read: Sequence[tuple[Shown, Collection[int]]], user_name: str, password: str
) -> list[SignedVisit]:
    """Signs documents that were shown with both components (21 CFR 11.200(a)(1)): all rows in one transaction, or none.

    Each with the numbers (from 0) of the pages this person has had on the screen. Refused: ``sign.not_shown`` when one
    is missing, ``sign.changed_since_shown`` when the pages would say something else now; and as :func:`sign_visit`.
    The pages are kept until their PDF is filed, so that a power cut costs nothing.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    require_verified(study.store)
    entries = [_as_shown(study, shown, seen) for shown, seen in read]  # before one row changes what another page says
    if not entries:
        raise Refused("sign.nothing")
    key = study.store.signing_key(user_name, password)
    try:
        for shown, _ in read:
            unfinished.keep(study, unfinished.Kept.of(shown))
        return _sign_all(study, key, [shown for shown, _ in read], entries)
    except Explained:
        for shown, _ in read:
            unfinished.forget(study, shown.digest)
        raise


def _as_shown(study: Study, shown: Shown, pages_seen: Collection[int]) -> list[FormEntry]:
    """The forms to be signed, if their pages were read to the end and say what holds now."""
    if not shown.n_pages or not set(range(shown.n_pages)) <= set(pages_seen):
        raise Refused("sign.not_shown")
    asked = shown.asked
    if not still_stands(study, asked):
        raise Refused("sign.changed_since_shown")
    forms, at = [form for form, _ in asked.forms], (asked.path.subject, asked.path.event_address)
    return [study.form(*at, form) for form in forms] if asked.first else _ready(study, *at, forms)


def _sign_all(
    study: Study, key: SigningKey, pages: Sequence[Shown], entries: Sequence[Sequence[FormEntry]]
) -> list[SignedVisit]:
    """The rows of every document in one transaction, and what each PDF is made of."""
    first, new = acceptance(study), list[Entry]()
    for shown, forms in zip(pages, entries, strict=True):
        named, told = [form.path.form_address for form in forms], {"shown": shown.digest, "shown_bytes": len(shown.pdf)}
        new += [sign_entry(form, key, shown.asked.meaning, named, told) for form in forms]
    rows, signed = study.store.append([*first, *new])[len(first) :], list[SignedVisit]()
    for shown, forms in zip(pages, entries, strict=True):
        signed.append(signed_visit(key, shown, shown.asked.meaning, rows[: len(forms)]))
        rows = rows[len(forms) :]
    return signed


def finish(
    study: Study, kept: unfinished.Kept, rows: Sequence[Change], user_name: str, password: str
) -> SignedVisit:
    """Makes ready to sign the same pages for rows that stand, at the time those name; both components are asked again.

    Where the person has got another key meanwhile, at the time it is now. Refused as :func:`sign_visit`.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    require_verified(study.store)
    key = study.store.signing_key(user_name, password)
    serial = f"{x509.load_pem_x509_certificate(key.certificate).serial_number:x}"
    same_key = all(json.loads(row.payload or "{}").get("serial") == serial for row in rows)
    record = visit_record(study, kept.path.subject, kept.path.event_address)
    asked = ToSign(kept.path, record, study.session.person, kept.meaning, kept.forms, kept.second, kept.first)
    shown = Shown(asked, kept.language, kept.pdf, kept.place, kept.n_pages, kept.second_place)
    signed = signed_visit(key, shown, kept.meaning, rows)
    return signed if same_key else evolve(signed, when=study.clock.now().replace(microsecond=0))


def sign_visit(
    study: Study,
    subject: str,
    event: str,
    forms: Sequence[str],
    meaning: TranslatedText,
    user_name: str,
    password: str,
) -> SignedVisit:
    """Signs forms of one visit whose pages nobody drew: made-up studies only; a person signs by :func:`sign_shown`.

    Refused: ``sign.nothing``, ``sign.not_complete``, ``sign.not_seen``, ``keys.wrong_password``, ``sign.other_user``.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    require_verified(study.store)
    entries = _ready(study, subject, event, forms)
    key, first = study.store.signing_key(user_name, password), acceptance(study)
    rows = study.store.append([*first, *(sign_entry(e, key, meaning, list(forms)) for e in entries)])[len(first) :]
    return signed_visit(key, None, meaning, rows)


def signed_visit(
    key: SigningKey, shown: Shown | None, meaning: TranslatedText, rows: Sequence[Change]
) -> SignedVisit:
    """What the worker needs to make the PDF of rows that stand."""
    pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    when = datetime.fromisoformat(local_time(rows[-1]))
    return SignedVisit(shown, key.person, meaning, when, key.certificate, key.chain, pem, tuple(rows))


def file_pdf(study: Study, signed: SignedVisit, pdf: bytes, certificate: bytes | None = None) -> str:
    """Stores the PDF in the study and appends the row that names its SHA-256 and its signer; returns ``sha256:…``.

    ``certificate``: PEM of the one it was signed with, where that is not the study's; the first time a row before it
    says whose it is. Raises EnvironmentProblem ``sign.other_pages`` for a file that does not begin with the pages
    shown; Refused ``signer.withdrawn``, ``signer.of_another``.
    """
    shown = signed.shown
    if shown is not None and not pdf.startswith(shown.pdf):
        raise EnvironmentProblem("sign.other_pages")
    first = naming(study, certificate) if certificate else []
    digest = study.store.put_document("application/pdf", pdf)
    path = signed.rows[-1].path.event_path
    payload: dict[str, object] = {
        "type": "pdf", "document": digest, "signatures": [[r.origin, r.seq] for r in signed.rows],
        "signers": [signer_entry(signed.person.user_oid, certificate or signed.certificate)],
    }  # fmt: skip
    if shown is not None and shown.asked.first:
        payload["countersigns"] = shown.asked.first
    elif shown is not None and shown.asked.second:
        payload["second"] = True
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
    study.store.append([*first, entry])
    if shown is not None:
        unfinished.drop(study, shown.digest)
    return digest


def to_countersign(study: Study) -> list[SigningTask]:
    """Files that somebody else signed and for which a second person was asked, while all they say still holds."""
    return [task for subject in study.subjects() for task in _open_files(study, subject)]


def _open_files(study: Study, subject: str) -> Iterable[SigningTask]:
    rows = study.store.signatures(ItemPath(subject), visits=True)
    bodies = [json.loads(row.payload or "{}") for row in rows]
    done = {body.get("countersigns") for body in bodies}
    for row, body in zip(rows, bodies, strict=True):
        asked = body.get("second") and row.datum.value not in done
        if asked and row.user_oid != study.session.person.user_oid and row.path.event in study.definition.event:
            forms = _signed_forms(study, row.path, body["signatures"])
            if all(_holds(study, row.path, form, digest) for form, digest in forms):
                event, names = study.definition.event[row.path.event], tuple(form for form, _ in forms)
                yield SigningTask(subject, event, row.path.event_address, names, (), (), row.datum.value or "")


def _signed_forms(study: Study, path: ItemPath, rows: list[list[object]]) -> tuple[tuple[str, str], ...]:
    """Address and digest of each form that those signature rows sign."""
    named = {(origin, seq) for origin, seq in rows}
    found = (r for r in study.store.signatures(path) if r.path.form and (r.origin, r.seq) in named)
    return tuple((r.path.form_address, str(json.loads(r.payload or "{}").get("digest", ""))) for r in found)


def _holds(study: Study, path: ItemPath, form: str, digest: str) -> bool:
    return digest == "sha256:" + form_digest(study.form(path.subject, path.event_address, form)).hex()


def to_sign_second(study: Study, task: SigningTask, meaning: TranslatedText) -> tuple[ToSign, bytes]:
    """What a second signature of a file would sign, and the file.

    Refused ``document.unknown``, ``sign.changed_since_shown`` when a form changed after the first signature.
    """
    require_writable(study.store)
    require(study.session, Action.SIGN)
    found, path = study.store.document(task.first), ItemPath.of(task.subject, task.address)
    row = next((r for r in filed_pdfs(study, task.subject, task.address) if r.datum.value == task.first), None)
    if found is None or row is None:
        raise Refused("document.unknown")
    forms = _signed_forms(study, path, json.loads(row.payload or "{}")["signatures"])
    if not all(_holds(study, path, form, digest) for form, digest in forms):
        raise Refused("sign.changed_since_shown")
    record = visit_record(study, task.subject, task.address)
    return ToSign(path, record, study.session.person, meaning, forms, first=task.first), found[1]


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
    require_verified(study.store)
    found = study.store.document(digest)
    if found is None:
        raise Refused("document.unknown")
    payload = {"act": "export", "format": "pdf", "document": digest}
    study.store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])
    return found[1]
