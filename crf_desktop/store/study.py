"""One open study folder: what may be written to it and read from it."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from attrs import define, evolve, field
from cryptography import x509

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import may_write
from crf_desktop.model.data import Change, Entry, FormHead, HeadRow, Kind, Person, Session
from crf_desktop.model.path import ItemPath
from crf_desktop.settings import utc_text
from crf_desktop.store import attempts, backup, certificate, countersigning, home, lineage, receiving, verified
from crf_desktop.store.checking import Depth, Progress
from crf_desktop.store.clock_watch import ClockMove, ClockWatch, moves
from crf_desktop.store.current import Cells, Current, Waiting
from crf_desktop.store.draft import Drafts
from crf_desktop.store.encoding import from_cells
from crf_desktop.store.engine import Database
from crf_desktop.store.finding import Finding
from crf_desktop.store.granting import next_number
from crf_desktop.store.installation import Block, CertificateRequest, Installation, Invitation
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.lock import Lock
from crf_desktop.store.log import Author, Log, entry_of, with_session
from crf_desktop.store.people import People
from crf_desktop.store.receiving import Received
from crf_desktop.store.signing_key import SigningKey, unwrapped
from crf_desktop.store.stretch import wipe
from crf_desktop.store.witness import Witness


@define
class Parts:
    """What :func:`unlock` hands over: the open files and keys of one study."""

    folder: Path
    keys: KeyFile
    database: Database
    author: Author
    people: People
    installation: Installation
    definition: bytes
    metadata_digest: str
    block: Block
    founding: bool
    lock: Lock | None
    witness: Witness | None
    data_key: bytearray = field(repr=False)
    ca_key: bytearray | None = field(repr=False)
    problem: EnvironmentProblem | None
    """Why nothing may be written; None when everything may."""
    findings: tuple[Finding, ...]
    pending: bytearray | None = field(default=None, repr=False)
    """The next data key while a rotation is under way."""
    failed: attempts.Failed = field(factory=attempts.Failed)
    """Log-ins that failed before this one."""


class Store:
    """One open study, one connection, used from one thread."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.database
        self._author = parts.author
        self._people = parts.people
        self._current = Current(parts.database)
        self._log = Log(parts.database)
        self._position = self._log.end(self.origin)
        last = self._log.change(self.origin, self._position.seq)
        self._clock = ClockWatch(parts.author.clock, last)
        self.clock_moves: list[ClockMove] = []
        """Changes of the clock noticed since the study was opened."""
        self.checked: Literal["", "quick", "full"] = ""
        """How what was here at the opening has been verified: not yet, row by row now or before, or all of it now."""
        self._drafts = Drafts(parts.database, self.session.person.user_oid)
        self._owed: list[Entry] = []
        self._written: dict[tuple[str, ...], int] = {}
        self._taken, self._unsure = 0, False
        self.folder = parts.folder
        self.definition_bytes = parts.definition
        self.metadata_digest = parts.metadata_digest

    # --- who and where

    @property
    def study_oid(self) -> str:
        """StudyOID; with the authority's fingerprint it is what a study is."""
        return self._parts.keys.study_oid

    @property
    def site(self) -> str:
        """Site code: the prefix of participant numbers."""
        return self._parts.keys.site

    @property
    def origin(self) -> str:
        """This file's own origin."""
        return self._parts.keys.origin

    @property
    def parts(self) -> Parts:
        """The open files and keys, for the other modules of the store."""
        return self._parts

    @property
    def who(self) -> People:
        """What the log tells of people, keys and accounts."""
        return self._people

    @property
    def session(self) -> Session:
        """Who is in."""
        return self._author.session

    @property
    def read_only(self) -> bool:
        """True when nothing can be written."""
        return self._parts.problem is not None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What opening the study found out of order; empty when all is well."""
        return self._parts.findings

    @property
    def ca_certificate(self) -> bytes:
        """The study's authority, PEM."""
        return self._parts.keys.ca_certificate.encode("ascii")

    @property
    def block(self) -> Block:
        """The participant numbers of this file."""
        return self._parts.block

    @property
    def installation(self) -> Installation:
        """This file's own keys and, once certified, their certificate."""
        found = self._people.installations.get(self.origin)
        return evolve(self._parts.installation, certificate=found)

    # --- writing

    def append(self, entries: Sequence[Entry]) -> list[Change]:
        """Appends rows in one transaction and returns them; durable when it returns.

        Raises EnvironmentProblem ``store.disk_full``, ``.io``, ``.read_only``, ``.locked``, ``.lost_rows``; Refused
        ``store.no_right`` for a row the role may not write.
        """
        with self._database.alone:
            return self._append(entries)

    def _append(self, entries: Sequence[Entry]) -> list[Change]:
        self._require_writable()
        self._require_right(entries)
        early = [*self._owed, *self._clock.entries()]
        rows, after = self._log.seal_all(self._author, [*early, *entries], self._position)
        with self._read_again_if_it_fails(), self._database.transaction():
            for cells in rows:
                self._log.insert(cells)
            self._drafts.take_out(entry.path for entry in entries)
        self._position, self._owed = after, []
        self._clock.settle()
        self.mark()
        self._drafts.held.difference_update(entry.path for entry in entries)
        for path in (entry.path for entry in entries):
            self._written[path.keys()[:4]] = self._written[path.subject, "", "", ""] = after.seq
        changes = [from_cells(cells) for cells in rows]
        self.clock_moves += moves(changes[: len(early)])
        self._learn(changes)
        return changes[len(early) :]

    @contextlib.contextmanager
    def _read_again_if_it_fails(self) -> Iterator[None]:
        """A write can fail when all of it is in the file but the last sync: the next rows follow what is there."""
        try:
            yield
        except EnvironmentProblem:
            self._unsure = True
            with contextlib.suppress(EnvironmentProblem):
                self._read_again()
            raise

    def _read_again(self) -> None:
        seq, self._position = self._position.seq, self._log.end(self.origin)
        self._owed = self._owed if self._position.seq == seq else []
        self._people = People(self._people.authority, self.origin, before=self._people.before)
        self._people.learn_all(self._log.acts())
        self._drafts.read()
        self._taken += 1
        self._unsure = False

    def owe(self, entries: Sequence[Entry], finding: Finding) -> None:
        """Rows that could not be written at log-in go before the next: a full disk keeps nobody from reading."""
        self._owed = list(entries)
        self._parts.findings = (*self._parts.findings, finding)

    def _require_writable(self) -> None:
        if self._parts.problem is not None:
            problem = self._parts.problem
            raise EnvironmentProblem(problem.code, **problem.context)
        if self._unsure:  # the disk could not be read after a write that failed
            self._read_again()

    def _require_right(self, entries: Sequence[Entry]) -> None:
        session = self.session
        if self._people.barred_since(self.origin, session.key_id, session.person.user_oid) is not None:
            raise Refused("people.closed")
        for entry in entries:
            if not may_write(session.person.role, entry.kind, entry.payload, certified=session.trust == "certified"):
                raise Refused("store.no_right", role=session.person.role)

    def mark(self) -> None:
        """Tells the witness how far the log has come."""
        if self._parts.witness is not None:
            now = int(self._author.clock.now().timestamp() * 1000)
            self._parts.witness.write(self.origin, self._position.seq, self._position.head, now)

    def _learn(self, changes: Sequence[Change]) -> None:
        acts = [c for c in changes if c.kind in (Kind.USER, Kind.SYSTEM, Kind.ACKNOWLEDGEMENT)]
        if not acts:
            return
        self._people.learn_all(acts)
        self._refresh_session()

    def _refresh_session(self) -> None:
        """A certificate that has arrived makes the session certified; another role holds from now on."""
        known = self._people.known.get(self.session.person.user_oid)
        if known is not None and known.person != self.session.person:
            with_session(self._author, person=known.person)
        key = self._people.keys.get((self.origin, self.session.key_id))
        if key is not None and key.certified and self.session.trust == "pending":
            serial = certificate.serial(key.signing_certificate)
            with_session(self._author, trust="certified", certificate_serial=serial)

    # --- current state

    def at(self, path: ItemPath) -> HeadRow | None:
        """The row in force at a path; None when there never was one, an empty datum when it was removed."""
        return self._current.at(path)

    def form_items(self, form_path: ItemPath) -> list[HeadRow]:
        """The items of one form, removed ones (empty datum) included."""
        return self._current.form_items(form_path)

    def version(self, form_path: ItemPath) -> tuple[int, int]:
        """Changes with all that is written in this session to a form of a visit, to a participant, and with merges."""
        return self._taken, self._written.get(form_path.keys()[:4], 0)

    def form_instances(self, form_path: ItemPath) -> list[HeadRow]:
        """The items of every repeat of one form of one visit."""
        return self._current.form_instances(form_path)

    def visit_items(self, event_path: ItemPath) -> list[HeadRow]:
        """The items of all forms of one visit."""
        return self._current.visit_items(event_path)

    def subject_cells(self, subject: str) -> Sequence[Cells]:
        """The items of everything recorded of a participant, removed ones (empty) included, as plain tuples."""
        return self._current.subject_cells(subject)

    def remarks(self, rows: Sequence[HeadRow]) -> dict[ItemPath, str]:
        """The remark of each row that carries one."""
        return self._current.remarks(rows)

    def form_heads(self, subject: str, visit: ItemPath | None = None) -> list[FormHead]:
        """The matrix of one participant, or of one visit: every form that anything was recorded in."""
        return self._current.visit_heads(visit) if visit else self._current.form_heads(subject)

    def form_head(self, form_path: ItemPath) -> FormHead | None:
        """The status of one form; None when nothing was ever recorded in it."""
        return self._current.form_head(form_path)

    def waiting(self) -> dict[ItemPath, dict[str, Waiting]]:
        """Visit → form OID → what waits in the whole study: complete but unsigned, or changed after signature."""
        return self._current.waiting()

    def queried(self) -> list[FormHead]:
        """Forms of the whole study with open queries."""
        return self._current.queried()

    def subjects(self) -> list[HeadRow]:
        """One row per participant, ordered by key."""
        return self._current.subjects()

    def events(self, subject: str) -> list[HeadRow]:
        """One row per started visit of a participant; the value is its date."""
        return self._current.events(subject)

    def count_states(self) -> dict[str, int]:
        """``unsigned``, ``changed``, ``queries``: how many of each in the whole study."""
        return self._current.count_states()

    # --- the log

    def history(self, path: ItemPath) -> list[Change]:
        """All rows at and below a path, in order."""
        return self._log.history(path)

    def signatures(self, path: ItemPath, *, visits: bool = False) -> list[Change]:
        """Signature rows at and below a path, in order; ``visits``: those of a participant (or all) about visits."""
        return self._log.of_visits(Kind.SIGNATURE, path) if visits else self._log.of_form(Kind.SIGNATURE, path)

    def annotations(self, form_path: ItemPath) -> list[Change]:
        """Annotation rows (queries among them) of one form, in order."""
        return self._log.of_form(Kind.ANNOTATION, form_path)

    def queries(self, path: ItemPath | None = None) -> list[Change]:
        """Rows of queries, in order: of the whole study, or at and below a path."""
        return self._log.queries(path)

    def verifications(self, path: ItemPath) -> list[Change]:
        """Rows that say whether an answer or a form at or below the path agrees with its source, in order."""
        return self._log.verifications(path)

    def rows(self, kind: Kind) -> list[Change]:
        """All rows of a kind other than item, in order."""
        return self._log.rows(kind)

    def changes(self, origin: str, after: int = 0, upto: int | None = None) -> Iterator[Change]:
        """Rows of an origin in order, ``after`` excluded, ``upto`` included."""
        return self._log.changes(origin, after, upto)

    def change(self, origin: str, seq: int) -> Change | None:
        """One row."""
        return self._log.change(origin, seq)

    def heads(self) -> dict[str, tuple[int, bytes]]:
        """Origin → (last seq, hash)."""
        positions = {origin: self._log.position(origin) for origin in self._log.origins()}
        return {origin: (p.seq, p.head) for origin, p in positions.items()}

    def head(self) -> tuple[str, int, bytes]:
        """Own origin, last seq, hash."""
        return self.origin, self._position.seq, self._position.head

    def people(self) -> list[Person]:
        """All accounts of the study."""
        return self._people.people()

    def person(self, user_oid: str) -> Person | None:
        """One account."""
        known = self._people.known.get(user_oid)
        return known.person if known else None

    def certified(self, change: Change) -> bool:
        """Whether the key a row is signed with is certified by the study's authority."""
        return self._people.certified(change.origin, change.key_id)

    def installation_certificate(self, origin: str) -> bytes | None:
        """PEM of the certificate of another file of the study; None while it is pending."""
        return self._people.installations.get(origin)

    # --- documents, drafts, settings

    def put_document(self, media_type: str, data: bytes) -> str:
        """Keeps a document for ever and returns ``sha256:…``; the same bytes twice are one."""
        self._require_writable()
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        with self._database.transaction():
            receiving.keep_document(self._database, digest, media_type, data)
        return digest

    def document(self, digest: str) -> tuple[str, bytes] | None:
        """Media type and bytes."""
        row = self._database.one("SELECT media_type, data FROM document WHERE digest = ?", (digest,))
        return (row[0], row[1]) if row else None

    def document_digests(self) -> list[str]:
        """All digests, in order."""
        return [row[0] for row in self._database.all("SELECT digest FROM document ORDER BY digest")]

    def draft(self, path: ItemPath) -> str | None:
        """What this user typed there and has not committed."""
        return self._drafts.read().get(path)

    def drafts(self) -> dict[ItemPath, str]:
        """All drafts of this user."""
        return self._drafts.read()

    def save_draft(self, path: ItemPath, text: str) -> None:
        """Keeps typed text, encrypted, until the datum is committed or the draft dropped."""
        self._require_writable()
        self._drafts.keep(path, text)

    def drop_draft(self, path: ItemPath) -> None:
        """Forgets typed text."""
        if path in self._drafts.held:
            self._require_writable()
            self._drafts.drop(path)

    def setting(self, name: str, default: str = "") -> str:
        """A setting of this file."""
        row = self._database.one("SELECT value FROM setting WHERE name = ?", (name,))
        return str(row[0]) if row else default

    def settings(self, prefix: str) -> dict[str, str]:
        """All settings whose name begins so."""
        upper = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = self._database.all("SELECT name, value FROM setting WHERE name >= ? AND name < ?", (prefix, upper))
        return {str(name): str(value) for name, value in rows}

    def set_setting(self, name: str, value: str) -> None:
        """Keeps a setting."""
        self._require_writable()
        statement = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        with self._database.transaction():
            self._database.run(statement, (name, value))

    def next_number(self) -> str:
        """The next participant key, from this file's number blocks; Refused ``store.block_used_up``."""
        return next_number(self)

    # --- signing, joining, receiving, verifying

    def signing_key(self, user_name: str, password: str) -> SigningKey:
        """The person's signing key, both components asked again (REQ-23).

        Raises Refused ``sign.other_user`` for anybody but who is in, ``keys.wrong_password``, ``sign.revoked``,
        ``sign.expired``.
        """
        return unwrapped(self, user_name, password)

    def requests(self) -> list[CertificateRequest]:
        """Who asks to be countersigned."""
        return self._people.pending()

    def certify(self, request: CertificateRequest) -> None:
        """Countersigns a request; Refused ``store.not_the_authority`` without the authority's key."""
        issuer = x509.load_pem_x509_certificate(self.ca_certificate)
        now = self._author.clock.now()
        self.append(countersigning.entries(request, issuer, self._parts.ca_key, self.study_oid, now))

    def invitation(self, site: str | None = None) -> Invitation:
        """Allots the next number block of a site, as a row, and tells what another laptop needs to join."""
        if not self._parts.founding:
            raise Refused("store.invite_elsewhere")
        where = site or self.site
        block = lineage.next_block(self._log, self.origin, where)
        self.append([entry_of(Kind.SYSTEM, "block", site=where, holder="invited", **block.body())])
        return Invitation(
            self.study_oid, where, self.ca_certificate, self.definition_bytes, self.metadata_digest, block,
            self.installation.public(), tuple(self.people()), tuple(sorted(self._people.closed)),
        )  # fmt: skip

    def receive(self, changes: Sequence[Change], documents: Mapping[str, tuple[str, bytes]]) -> Received:
        """Rows of another origin, verbatim, all or nothing; known rows are passed over.

        Raises Refused ``bundle.gap``, ``.forked``, ``.other_study``, ``.forged``, ``.malformed``.
        """
        self._require_writable()
        with self._read_again_if_it_fails():
            got = receiving.receive(self, self._database, self._log, self._people, changes, documents)
        self._people = got.people
        self._taken += 1
        self._position = evolve(self._position, lamport=max(self._position.lamport, got.lamport))
        self._refresh_session()
        return got.received

    def verify(self, depth: Depth, progress: Progress | None = None) -> list[Finding]:
        """What is out of order, and up to where all is well; one ``verify.ok_…`` finding when nothing is wrong."""
        return list(verified.verify(self, depth, progress).findings)

    def snapshot(self, target: Path) -> None:
        """An encrypted copy of log and keys in a new folder."""
        backup.snapshot(self._database, self.folder, target, self._parts.keys, self._parts.data_key)

    def close(self) -> None:
        """Closes the files and drops the keys; safe to call twice."""
        if self._parts.witness is not None:
            home.remember(self._parts.keys, *self.head()[1:], utc_text(self._author.clock.now()))
        self._database.close()
        if self._parts.witness is not None:
            self._parts.witness.close()
        held = (self._parts.data_key, self._parts.ca_key, self._parts.pending)
        wipe(*(secret for secret in held if secret is not None))
        if self._parts.lock is not None:
            self._parts.lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
