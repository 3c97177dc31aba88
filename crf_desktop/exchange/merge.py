"""Taking in a bundle: all of it or nothing, and twice is the same as once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import rfc8785
from attrs import field, frozen

from crf_desktop.capture.soundness import require_verified
from crf_desktop.errors import EnvironmentProblem, Language, Refused
from crf_desktop.exchange import sender
from crf_desktop.exchange.conflict import CLINICAL, Conflict, conflicts, raise_queries
from crf_desktop.exchange.examine import clearer
from crf_desktop.exchange.reading import Reading, read_bundle
from crf_desktop.exchange.right import require
from crf_desktop.exchange.verdict import BundleVerdict, check_bundle
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Entry, Kind, Person
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store, lineage
from crf_desktop.store.log import Log
from crf_desktop.store.receiving import Received
from crf_desktop.wording.exchange import listed, sentence

MANIFEST_TYPE = "application/vnd.crf-desktop.manifest+json"

__all__ = ["BundleVerdict", "MergeReport", "check_bundle", "merge_bundle"]


@frozen
class MergeReport:
    """What a merge did."""

    rows_new: int
    rows_known: int
    documents_new: int
    origins: tuple[str, ...]
    """Whose rows the bundle held."""
    people_new: tuple[Person, ...]
    certified: tuple[Person, ...]
    """Countersigned in this merge."""
    pending: tuple[Person, ...]
    """Still waiting for an administrator."""
    sender_trust: sender.Trust
    conflicts: tuple[Conflict, ...] = field(repr=False)
    """Found by this merge; ``path`` holds the participant's number."""
    queries_raised: bool = True

    def sentences(self, language: Language = "en") -> list[str]:
        """What happened, for a person."""

        def names(people: tuple[Person, ...]) -> str:
            return listed([p.full_name for p in people], language)

        told = [sentence("merge.taken", language, new=self.rows_new, documents=self.documents_new)]
        if not self.rows_new:
            told = [sentence("merge.nothing", language)]
        elif self.rows_known:
            told.append(sentence("merge.known", language, known=self.rows_known))
        if self.people_new:
            told.append(sentence("merge.people", language, names=names(self.people_new)))
        if self.certified:
            told.append(sentence("merge.certified", language, n=len(self.certified), names=names(self.certified)))
        if self.sender_trust == "pending" and not self.certified:
            told.append(sentence("merge.sender_pending", language))
        if self.pending:
            told.append(sentence("merge.pending", language, names=names(self.pending)))
        if self.conflicts:
            key = "merge.conflicts" if self.queries_raised else "merge.conflicts_unraised"
            told.append(sentence(key, language, n=len(self.conflicts)))
        return told


def merge_bundle(store: Store, path: Path) -> MergeReport:
    """Takes in the bundle and returns what came of it.

    Nothing is written unless every check holds: file, recipients, study, manifest, sender, chain, signatures, rights.
    Afterwards an administrator's session countersigns waiting requests; conflicts become queries; and what is held
    now is acknowledged. Interrupted between these steps, the next merge of the same bundle makes up for it.

    Raises Refused ``exchange.no_right``, ``bundle.*``; EnvironmentProblem ``store.read_only``, ``bundle.unreadable``,
    ``store.*``.
    """
    require(store.session, Action.MERGE)
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    require_verified(store)
    reading = read_bundle(path, store.installation.age_identity(), lambda m: sender.accept(store, m))
    trust = sender.trust_here(store, reading.manifest, reading.rows)
    held, people = store.heads(), set(store.people())
    known_documents = set(store.document_digests())
    received = take(store, reading)
    certified = _countersign(store)
    found = tuple(conflicts(store, {*received.conflicts, *_left_over(store, reading, held)}))
    raised = not _gone(store) and raise_queries(store, found)
    _acknowledge(store, reading)
    return MergeReport(
        rows_new=received.added,
        rows_known=received.known,
        documents_new=len(set(reading.documents) - known_documents),
        origins=tuple(run.origin for run in reading.manifest.runs),
        people_new=tuple(p for p in store.people() if p not in people),
        certified=certified,
        pending=tuple(request.person for request in store.requests()),
        sender_trust=trust,
        conflicts=found,
        queries_raised=raised,
    )


def take(store: Store, reading: Reading) -> Received:
    """Hands rows and documents to the store; a row whose author had no right to it gets its own sentence."""
    try:
        return store.receive(reading.rows, reading.documents)
    except Refused as problem:
        raise clearer(problem) from None


def _left_over(store: Store, reading: Reading, held: Mapping[str, tuple[int, bytes]]) -> Iterator[ItemPath]:
    """Places of rows that a merge took in but was interrupted before it could acknowledge them."""
    said = acknowledged(store)
    open_runs = {o for o, (seq, _) in held.items() if o != store.origin and said.get(o, 0) < seq}
    for row in reading.rows if open_runs else ():
        if row.kind not in CLINICAL or row.origin not in open_runs:
            continue
        if said.get(row.origin, 0) < row.seq <= held[row.origin][0]:
            yield row.path


def _countersign(store: Store) -> tuple[Person, ...]:
    """Certifies every request that waits, when the session is an administrator's."""
    if not may(store.session.person.role, Action.ADMINISTER):
        return ()
    waiting = [r for r in store.requests() if len(store.who.named(r.person.user_name)) == 1]  # a name is one person's
    for request in waiting:
        store.certify(request)
    return tuple(request.person for request in waiting)


def _gone(store: Store) -> bool:
    """Whether what was taken in closed the account of who is in."""
    session = store.session
    return store.who.barred_since(store.origin, session.key_id, session.person.user_oid) is not None


def _acknowledge(store: Store, reading: Reading) -> None:
    """Records per origin what is held now, with the sender's signed manifest; nothing when that was said before.

    Whom the merge took the right or closed the account says it no more: the next person's merge does.
    """
    if _gone(store) or not may(store.session.person.role, Action.MERGE):
        return
    said = acknowledged(store)
    runs = [r for r in reading.manifest.runs if r.origin != store.origin and r.last_seq > said.get(r.origin, 0)]
    if not runs:
        return
    signed = {"manifest": reading.manifest_bytes.decode("utf-8"), "signature": reading.signature.hex()}
    document = store.put_document(MANIFEST_TYPE, rfc8785.dumps(signed))
    told = [{"origin": r.origin, "seq": r.last_seq, "head": r.head, "manifest": document} for r in runs]
    store.append([Entry(Kind.ACKNOWLEDGEMENT, ItemPath(), "Insert", payload={"act": "acknowledge", **t}) for t in told])


def acknowledged(store: Store, by: str | None = None) -> dict[str, int]:
    """Origin → last row that the given installation (by default this one) said to hold.

    Of this one also what it said under an origin it had before, and that origin's own rows.
    """
    past = [(by, None)] if by else lineage.past(Log(store.parts.database), store.origin)
    said: dict[str, int] = {origin: last for origin, last in past if last is not None}
    upto = dict(past)
    for row in store.rows(Kind.ACKNOWLEDGEMENT):
        last = upto.get(row.origin, 0)
        if row.payload and (last is None or row.seq <= last):
            payload = json.loads(row.payload)
            said[payload["origin"]] = max(said.get(payload["origin"], 0), payload["seq"])
    return said
