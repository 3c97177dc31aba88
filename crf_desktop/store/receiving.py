"""Rows of other origins: checked as if written by anybody, then appended verbatim."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from crf_desktop.errors import Refused
from crf_desktop.model.data import Change, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import encoding, lineage
from crf_desktop.store.log import Log, Position
from crf_desktop.store.people import People, act_of

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database
    from crf_desktop.store.study import Store

MAX_PAYLOAD: Final = 2_000_000
MAX_DOCUMENT: Final = 256 * 1024 * 1024
MAX_LAMPORT_STEP: Final = 2**32
"""How far one row may move the logical clock; without a bound one row could end it."""
_CLINICAL: Final = frozenset({Kind.ITEM, Kind.FORM, Kind.EVENT, Kind.SUBJECT})
_CONTRARY: Final = """SELECT 1 FROM change WHERE subject = ? AND event IS ? AND form IS ? AND event_key IS ?
 AND form_key IS ? AND item_group IS ? AND group_key IS ? AND item IS ? AND kind = ? AND entry_pass = 1 AND origin <> ?
 AND based_on_origin IS ? AND based_on_seq IS ?
 AND NOT (value IS ? AND qualifier IS ? AND unit_oid IS ? AND null_flavor IS ?) LIMIT 1"""


@frozen(slots=True)
class Received:
    """What came in."""

    added: int
    known: int
    """Rows that were here already, byte for byte."""
    heads: dict[str, tuple[int, bytes]]
    """Origin → (last seq, hash) of the origins received."""
    conflicts: tuple[ItemPath, ...]
    """Places that two origins changed starting from the same row; the later stands, a person decides."""
    pending: bool
    """Whether some rows are signed by keys that nobody has countersigned yet."""


@define
class Outcome:
    """What :class:`Store` takes over once the rows are in."""

    received: Received
    people: People
    lamport: int


@define
class _Run:
    """The state of one receiving."""

    database: Database
    log: Log
    people: People
    study_oid: str
    ca_fingerprint: str
    own_origin: str
    ends: dict[str, Position]
    lamport: int
    added: int = 0
    known: int = 0
    pending: bool = False
    conflicts: dict[ItemPath, None] = field(factory=dict)


def receive(
    store: Store, database: Database, log: Log, people: People, changes: Sequence[Change],
    documents: Mapping[str, tuple[str, bytes]],
) -> Outcome:  # fmt: skip
    """All rows and documents in one transaction; any fault refuses all of them."""
    from crf_desktop.store import certificate

    run = _Run(
        database, log, people.copy(), store.study_oid, certificate.fingerprint(store.ca_certificate), store.origin,
        {}, log.end(store.origin).lamport,
    )  # fmt: skip
    with database.transaction():
        for change in changes:
            _take(run, change)
        for digest, (media_type, data) in documents.items():
            if len(data) > MAX_DOCUMENT or digest != "sha256:" + hashlib.sha256(data).hexdigest():
                raise Refused("bundle.malformed", place="document")
            keep_document(database, digest, media_type, data)
    heads = {origin: (end.seq, end.head) for origin, end in run.ends.items()}
    received = Received(run.added, run.known, heads, tuple(run.conflicts), run.pending)
    return Outcome(received, run.people, run.lamport)


def keep_document(database: Database, digest: str, media_type: str, data: bytes) -> None:
    """Inserts a document unless it is there."""
    if database.one("SELECT 1 FROM document WHERE digest = ?", (digest,)) is None:
        database.run("INSERT INTO document (digest, media_type, data) VALUES (?, ?, ?)", (digest, media_type, data))


def _take(run: _Run, change: Change) -> None:
    end = run.ends.get(change.origin)
    if end is None:
        end = run.ends[change.origin] = run.log.position(change.origin)
    if change.seq <= end.seq:
        held = run.log.change(change.origin, change.seq)
        if held is None or held.hash != change.hash or held.row_signature != change.row_signature:
            raise Refused("bundle.forked", origin=change.origin, seq=change.seq)
        run.known += 1
        return
    if change.origin == run.own_origin:
        raise Refused("bundle.forked", origin=change.origin, seq=change.seq)
    if change.seq != end.seq + 1:
        raise Refused("bundle.gap", origin=change.origin, have=end.seq, found=change.seq)
    if change.previous_hash != end.head:
        raise Refused("bundle.forked", origin=change.origin, seq=change.seq)
    cells = _checked_cells(run, change, end)
    _check_author(run, change)
    _note_conflict(run, change)
    run.log.insert(cells)
    run.ends[change.origin] = Position(change.seq, change.hash, change.lamport)
    run.lamport = max(run.lamport, change.lamport)
    run.added += 1


def _checked_cells(run: _Run, change: Change, end: Position) -> tuple[encoding.Cell, ...]:
    """The row of the table, when shape, size, study, clock and hash are right."""
    if change.format != encoding.FORMAT:
        raise Refused("bundle.newer")
    if change.study_oid != run.study_oid:
        raise Refused("bundle.other_study")
    try:
        cells = encoding.to_cells(change)
        right = encoding.row_hash(cells) == change.hash and _sizes_right(change, cells) and _shape_right(change)
        if change.payload is not None:
            right = right and isinstance(json.loads(change.payload), dict)
            right = right and encoding.payload_text(json.loads(change.payload)) == change.payload
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        right = False
    except Exception:  # struct.error and rfc8785's own errors mean the same: not a row of this format
        right = False
    if not right or not end.lamport < change.lamport <= max(run.lamport, end.lamport) + MAX_LAMPORT_STEP:
        raise Refused("bundle.malformed", place=f"{change.origin}/{change.seq}")
    return cells


def _sizes_right(change: Change, cells: Sequence[encoding.Cell]) -> bool:
    texts = (c for at, c in enumerate(cells) if isinstance(c, str) and encoding.COLUMNS[at] != "payload")
    numbers = (c for c in cells if isinstance(c, int))
    return (
        all(len(text) <= encoding.MAX_TEXT for text in texts)
        and len(change.payload or "") <= MAX_PAYLOAD
        and all(abs(number) <= encoding.MAX_INTEGER for number in numbers)
        and (len(change.hash), len(change.previous_hash), len(change.row_signature)) == (32, 32, 64)
    )


def _shape_right(change: Change) -> bool:
    """The path a kind needs; ``schema.CHANGE`` has the same as a constraint."""
    path, kind = change.path, change.kind
    high = not (path.item_group or path.group_key or path.item)
    if kind is Kind.ITEM:
        return bool(path.subject and path.event and path.form and path.item)
    if kind is Kind.FORM:
        return bool(path.subject and path.event and path.form) and high
    if kind is Kind.EVENT:
        return bool(path.subject and path.event) and high and not (path.form or path.form_key)
    if kind is Kind.SUBJECT:
        return bool(path.subject) and path == ItemPath(path.subject)
    return kind is not Kind.USER or not path.subject


def _check_author(run: _Run, change: Change) -> None:
    act = act_of(change)
    if act in ("study", "joined", *lineage.ACTS):
        body = json.loads(change.payload or "{}")
        if body.get("ca_fingerprint") != run.ca_fingerprint:
            raise Refused("bundle.other_study")
        if act in lineage.ACTS:
            _check_past(run, change, body)
    run.people.learn(change)
    fault = run.people.fault_of(change)
    if fault is not None:
        raise Refused("bundle.forged", origin=change.origin, seq=change.seq, fault=fault)
    run.pending = run.pending or not run.people.certified(change.origin, change.key_id)


def _check_past(run: _Run, change: Change, body: dict[str, object]) -> None:
    """A file that goes on from another has to go on from rows that are those held here, as far as they are held."""
    origin, seq = str(body.get("from_origin")), body.get("from_seq")
    held = run.log.change(origin, seq) if isinstance(seq, int) else None
    if held is not None and held.hash.hex() != body.get("from_head"):
        raise Refused("bundle.forked", origin=origin, seq=seq)


def _note_conflict(run: _Run, change: Change) -> None:
    """Whether another origin changed the same place starting from the same row, to something else."""
    if change.kind not in _CLINICAL or change.entry_pass != 1:
        return
    p, d = change.path, change.datum
    flavor = None if d.null_flavor is None else str(d.null_flavor)
    place = (p.subject, p.event, p.form, p.event_key, p.form_key, p.item_group, p.group_key, p.item)
    based = change.based_on or (None, None)
    parameters = (
        *(key or None for key in place), str(change.kind), change.origin, *based, d.value, d.qualifier, d.unit_oid,
        flavor,
    )  # fmt: skip
    if run.database.one(_CONTRARY, parameters) is not None:
        run.conflicts[change.path] = None


