"""From a folder, a name and a password to an open study."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from attrs import define, evolve, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Change, Entry, Kind, Person, Session
from crf_desktop.settings import Clock, SystemClock, utc_text
from crf_desktop.store import (
    attempts,
    certificate,
    engine,
    free_page,
    home,
    introduction,
    keyring,
    lineage,
    migration,
    place,
    rotation,
    verified,
    witness,
)  # fmt: skip
from crf_desktop.store.engine import NONSENSE, Database, StatementError
from crf_desktop.store.finding import Finding
from crf_desktop.store.installation import Block
from crf_desktop.store.installation_key import open_installation
from crf_desktop.store.keyring import Copies, KeyFile, Opened, Slot
from crf_desktop.store.lineage import Beginning
from crf_desktop.store.lock import Lock, take
from crf_desktop.store.log import Author, Log, Position, entry_of
from crf_desktop.store.own_password import stronger
from crf_desktop.store.people import People
from crf_desktop.store.slot_change import keys_entry
from crf_desktop.store.stretch import derive, wipe
from crf_desktop.store.study import Parts, Store


@frozen(slots=True)
class StudyLabel:
    """What a folder tells before anybody unlocks it."""

    study_oid: str
    site: str
    users: tuple[tuple[str, str], ...]
    """(user name, role) of each slot."""
    keys_whole: tuple[bool, bool]
    """Whether ``keys.a`` and ``keys.b`` are whole and the newest."""
    log_present: bool
    """Whether ``log.db`` is there and begins with the salt the slots know."""
    failed_log_ins: int
    """Since the last good one."""
    recovery: str = ""
    """``code`` or ``shares`` where there is a recovery slot."""
    escrow: bool = False
    """Whether the sponsor's key opens it too."""


def peek(folder: Path) -> StudyLabel:
    """The label of a study; raises ``study.not_found``, ``keys.damaged``, ``study.newer``."""
    copies = keyring.read(folder)
    keys = copies.best
    try:
        engine.require_salt(folder / engine.NAME, keys.db_salt)
        present = True
    except EnvironmentProblem:
        present = False
    whole = (keyring.COPIES[0] in copies.whole, keyring.COPIES[1] in copies.whole)
    users = tuple((slot.user_name, slot.role) for slot in keys.slots if slot.kind == "user")
    recovery = next((slot.user_name for slot in reversed(keys.of_kind("recovery"))), "")
    return StudyLabel(
        keys.study_oid, keys.site, users, whole, present, len(attempts.read(folder)), recovery,
        bool(keys.of_kind("escrow")),
    )  # fmt: skip


def unlock(
    folder: Path, user_name: str, password: str, clock: Clock | None = None, read_only: bool = False,
    without_witness: str = "",
) -> Store:
    """Opens a study; the caller closes it.

    Raises EnvironmentProblem ``study.not_found``, ``.newer``, ``.damaged``, ``.locked_by_other``, ``.network_drive``,
    ``keys.no_such_user``, ``.wrong_password``, ``.wait``, ``.blocked``, ``.damaged``, ``.altered``, ``.put_back``,
    ``.too_costly``, ``.too_cheap``.
    Media that cannot be written opens with ``read_only`` True; so does a study with lost rows, or whose witness cannot
    tell, with a finding. ``without_witness``: why an administrator goes on nevertheless (:mod:`going_on`).
    """
    clock = clock or SystemClock()
    place.require_local(folder)
    copies = keyring.read(folder)
    media_read_only = not (os.access(folder, os.W_OK) and os.access(folder / engine.NAME, os.W_OK))
    lock = None if media_read_only else take(folder, utc_text(clock.now()))
    try:
        begun = perf_counter()
        opened = _enter(folder, copies.best, user_name, password, clock)
        seconds = perf_counter() - begun
        try:
            store = _Opening(folder, copies, opened, clock, lock, media_read_only, read_only, without_witness).run()
        except BaseException:
            opened.close()
            raise
        stronger(store, password, seconds)
        return store
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _enter(folder: Path, keys: KeyFile, user_name: str, password: str, clock: Clock) -> Opened:
    slot: Slot | None = None
    try:
        slot = named_slot(folder, keys, user_name, clock)
        return keyring.open_slot(keys, slot, password)
    except EnvironmentProblem as problem:
        if problem.code in ("keys.wrong_password", "keys.no_such_user"):
            attempts.note(folder, utc_text(clock.now()), slot.slot if slot else 0)
        raise


def named_slot(folder: Path, keys: KeyFile, user_name: str, clock: Clock) -> Slot:
    """The slot of an account that may be tried now; raises ``keys.no_such_user``, ``.wait``, ``.blocked``."""
    try:
        slot = keys.slot_of(user_name)
    except EnvironmentProblem:
        attempts.require_allowed(folder, 0, clock.now())
        raise
    attempts.require_allowed(folder, slot.slot, clock.now())
    return slot


@define
class _Opening:
    """The steps after the password was right."""

    folder: Path
    copies: Copies
    opened: Opened = field(repr=False)
    clock: Clock
    lock: Lock | None
    media_read_only: bool
    read_only: bool
    without_witness: str = ""
    findings: list[Finding] = field(factory=list)
    problem: EnvironmentProblem | None = None
    before: list[str] = field(factory=list)
    """The origins the file had before, nearest first."""
    migrated: list[Entry] = field(factory=list)
    renewed: list[Entry] = field(factory=list)
    """On whose word the witness was made anew."""
    first: list[Entry] = field(factory=list)
    """Rows that make an origin, or a person's key in it, known."""
    rekeyed: bool = False
    """Whether a rotation that was cut off had come as far as the log itself."""

    def run(self) -> Store:
        keys = self.copies.best
        self._require_salt(keys)
        database = self._open_log(keys)
        if self.media_read_only or self.read_only:
            self.problem = EnvironmentProblem("store.read_only")
        if self.rekeyed and self.opened.pending is not None:
            keys = rotation.concluded(keys, self.opened.data_key, self.opened.pending)
        try:
            return self._assemble(database, keys)
        except (StatementError, *NONSENSE):
            database.close()
            raise EnvironmentProblem("study.damaged", page="?") from None
        except OSError as error:  # a file beside the log
            database.close()
            raise (engine.problem_of(error, self.folder) or error) from None
        except BaseException:
            database.close()
            raise

    def _open_log(self, keys: KeyFile) -> Database:
        """The log under the key it was left with: the pending one first, then the one in force."""
        database, self.rekeyed = open_log(
            self.folder, keys, self.opened, media_read_only=self.media_read_only,
            read_only=self.media_read_only or self.read_only,
        )  # fmt: skip
        return database

    @property
    def _data_key(self) -> bytearray:
        """The one the log is under."""
        fresh = self.opened.pending
        return fresh if self.rekeyed and fresh is not None else self.opened.data_key

    def _require_salt(self, keys: KeyFile) -> None:
        require_salt(self.folder, keys, self.opened, media_read_only=self.media_read_only)

    def _assemble(self, database: Database, keys: KeyFile) -> Store:
        require_version(database)
        log = Log(database)
        finish = check_slots(log, self.copies.best)
        if self.problem is None and self.opened.pending is None:  # a rotation is finished first, a migration next time
            self.migrated = migration.migrate(
                database, self.folder, self.copies.best, self.opened.data_key, self.clock.now()
            )
        witness_key = bytes(derive(self._data_key, "witness-mac"))
        mark = self._newest_mark(witness_key)
        self._check_witness(log, mark, *self._witnessed(log, mark, keys.origin))
        moved = [] if self.problem is not None else home.look(self.folder, log, keys)
        if moved:
            keys, finish = self._go_on(database, keys), []
            self.findings += moved
        position = log.position(keys.origin)
        if not self.rekeyed and witness.half_lost(self.folder, witness_key):
            # The log knows more than the whole record: the newer one was torn as it was written, by a power cut.
            known = verified.noted(log, keys.origin)
            torn = mark is not None and (mark.seq < position.seq or mark.verified_seq < known)
            self.findings.append(Finding("verify.witness_torn", "note" if torn else "damage"))
        if not self.media_read_only and len(self.copies.whole) < 2:
            mended = self.problem is None and self._mend(self.copies.best)
            code = "verify.keys_copy" if mended else "verify.keys_copy_bad"
            self.findings.append(Finding(code, "note", detail=_missing(self.copies)))
        if mark is not None and mark.origin != keys.origin:  # what was verified of another origin says nothing of this
            mark = evolve(mark, verified_seq=0, verified_head=bytes(32))
        store = Store(self._parts(database, log, keys, mark, witness_key))
        verified.verify(store, "recent")
        if not store.read_only:
            self._record(store, finish)
            self._finish_rotation(store)
        return store

    def _witnessed(self, log: Log, mark: witness.Mark | None, origin: str) -> tuple[Position, str]:
        """What the witness speaks of: the origin before, as long as only the first rows of this one stand."""
        before = lineage.before(log, origin)
        if mark is not None and before and mark.origin == before[0][0] and lineage.just_begun(log, origin):
            return log.position(mark.origin), mark.origin
        return log.position(origin), origin

    def _go_on(self, database: Database, keys: KeyFile) -> KeyFile:
        """A copy goes on under an origin of its own, before anything is written under the one before."""
        fresh = lineage.prepare(database, self.copies.best, self.opened.data_key, "copied")
        keyring.write(self.folder, fresh)
        self.copies = Copies(fresh, keyring.COPIES)
        if self.rekeyed and self.opened.pending is not None:
            return rotation.concluded(fresh, self.opened.data_key, self.opened.pending)
        return fresh

    def _finish_rotation(self, store: Store) -> None:
        """A rotation that was cut off is finished now, or waits for the next log-in where the disk says no."""
        if self.copies.best.pending_epoch is None:
            return
        try:
            rotation.finish(store, rekeyed=self.rekeyed)
        except EnvironmentProblem as problem:
            store.parts.findings = (*store.findings, Finding("verify.rotation_waits", "note", detail=problem.code))

    def _newest_mark(self, key: bytes) -> witness.Mark | None:
        """The last record; while a rotation is under way it may still be under the key before."""
        keys = [key, bytes(derive(self.opened.data_key, "witness-mac"))] if self.rekeyed else [key]
        marks = [mark for each in keys if (mark := witness.read(self.folder, each)) is not None]
        return max(marks, key=lambda mark: mark.counter, default=None)

    def _mend(self, keys: KeyFile) -> bool:
        """Whether the damaged copy of the key file could be made anew; else the next opening tries again."""
        try:
            keyring.write(self.folder, keys, tuple(set(keyring.COPIES) - set(self.copies.whole)))
        except OSError:
            return False
        return True

    def _check_witness(self, log: Log, mark: witness.Mark | None, position: Position, origin: str) -> None:
        if mark is None:
            if (self.folder / witness.NAME).exists() or position.seq:
                self._unwitnessed(origin, position)
            return
        if mark.origin != origin:
            self.findings.append(Finding("verify.witness_foreign", "tamper"))
        elif mark.seq > position.seq:
            self._lost(Finding("verify.lost_rows", "damage", origin, position.seq, str(mark.seq - position.seq)))
        elif mark.seq and (row := log.change(origin, mark.seq)) is not None and row.hash != mark.head:
            self._lost(Finding("verify.witness_differs", "tamper", origin, mark.seq))

    def _unwitnessed(self, origin: str, position: Position) -> None:
        """Nobody can tell whether the log ends where it did: it is not written to, unless on somebody's word."""
        if self.without_witness:
            self.findings.append(Finding("verify.witness_renewed", "note"))
            told = entry_of(Kind.SYSTEM, "witness.renewed", origin=origin, seq=position.seq, head=position.head.hex())
            self.renewed = [evolve(told, reason_for_change=self.without_witness)]
            return
        self.findings.append(Finding("verify.witness_missing", "damage"))
        self.problem = self.problem or EnvironmentProblem("store.witness_missing")

    def _lost(self, finding: Finding) -> None:
        self.findings.append(finding)
        if self.problem is None:
            self.problem = EnvironmentProblem("store.lost_rows", n=finding.detail or "?")

    def _parts(
        self, database: Database, log: Log, keys: KeyFile, mark: witness.Mark | None, witness_key: bytes
    ) -> Parts:
        authority = x509.load_pem_x509_certificate(keys.ca_certificate.encode("ascii"))
        self.before = [origin for origin, _ in lineage.before(log, keys.origin)]
        people = People(authority, keys.origin, before=frozenset(self.before))
        acts = log.acts()
        people.learn_all(acts)
        waits = lineage.beginning_waiting(log, keys.origin)
        own = [act for act in acts if act.origin == keys.origin]
        digest, block, founding = beginnings(own, waits)
        document = database.one("SELECT data FROM document WHERE digest = ?", (digest,))
        if document is None:
            raise EnvironmentProblem("study.damaged", page="?")
        author = self._author(keys, people, block, acts)
        if waits is not None:
            self.first += [lineage.beginning_entry(waits, keys.ca_certificate)]
            self.first += [keys_entry(act, self.copies.best) for act in ("keys.intent", "keys.done")]
        ca_key = self.opened.secret("ca_key")
        wipe(self.opened.root)
        if self.rekeyed:
            wipe(self.opened.data_key)
        keeper = witness.Witness(self.folder, witness_key, mark) if self.problem is None else None
        if keeper is not None:
            keeper.open()
        return Parts(
            self.folder, keys, database, author, people, open_installation(keys, self._data_key), document[0],
            digest, block, founding, self.lock, keeper, self._data_key, ca_key, self.problem, tuple(self.findings),
            None if self.rekeyed else self.opened.pending,
        )  # fmt: skip

    def _author(self, keys: KeyFile, people: People, block: Block, acts: Sequence[Change]) -> Author:
        slot = self.opened.slot
        secret = self.opened.secret("log_key")
        if secret is None:
            raise EnvironmentProblem("keys.altered")
        private = Ed25519PrivateKey.from_private_bytes(bytes(secret))
        wipe(secret)
        found = certificate.key_id(certificate.raw_public(private))
        key, known = people.keys.get((keys.origin, found)), people.known.get(slot.user_oid)
        former = key or introduction.key_before(people, self.before, found)
        if known is None or (former is None and not self._let_in(acts, people, keys.origin, slot)):
            raise EnvironmentProblem("keys.altered")
        barred = people.barred_since(keys.origin, found, slot.user_oid) is not None
        if barred or (former is not None and former.revoked):
            raise EnvironmentProblem("people.closed")
        signing, certified = (former.signing_certificate, former.certified) if former is not None else (b"", False)
        if key is None and (self.problem is None or former is None):
            made = introduction.introduce(keys, self.opened, self._data_key, known.person, private, self.clock)
            self.first, signing, certified = [made.entry], made.signing_certificate, False
        session = session_of(
            known.person, found, keys.site, keys.origin, block, signing, utc_text(self.clock.now()),
            certified=certified,
        )  # fmt: skip
        return Author(keys.study_oid, session, private, self.clock)

    def _let_in(self, acts: Sequence[Change], people: People, origin: str, slot: Slot) -> bool:
        from crf_desktop.store.accounts import was_let_in  # it makes accounts, and needs what stands here

        return was_let_in(acts, people, (origin, *self.before), slot)

    def _record(self, store: Store, finish: list[Entry]) -> None:
        """Rows about the log-in itself and about those that failed before it."""
        failed = attempts.read(self.folder)
        store.parts.failed = attempts.failed_before(self.folder, self.opened.slot.slot)
        owners = {slot.slot: slot.user_oid for slot in self.copies.best.slots}
        entries = [
            entry_of(Kind.USER, "failed_log_in", user_oid=owners.get(slot, ""), at=when, purpose="unlock")
            for when, slot in failed
        ]
        mended = (found.detail for found in self.findings if found.code == "verify.keys_copy")
        entries += [entry_of(Kind.SYSTEM, "keys.mended", copy=name) for name in mended]
        entries.append(entry_of(Kind.USER, "unlock", user_oid=store.session.person.user_oid))
        finish = [*self.first, *finish, *self.migrated, *self.renewed]
        try:
            home.settle(self.folder, Log(store.parts.database))
            store.append([*finish, *entries])
        except EnvironmentProblem as problem:
            store.owe([*finish, entries[-1]], Finding("verify.log_in_owed", "note", detail=problem.code))
            return
        attempts.taken_over(self.folder, self.opened.slot.slot)
        introduction.certify_known(store)
        home.remember(store.parts.keys, *store.head()[1:], utc_text(self.clock.now()))
        from crf_desktop.store.accounts import agree  # it makes accounts, and needs what stands here

        with contextlib.suppress(EnvironmentProblem):  # the next opening tries again
            agree(store)


def require_salt(folder: Path, keys: KeyFile, opened: Opened, *, media_read_only: bool) -> None:
    """The log begins with the salt the slots know, if need be after a save that was cut off has been undone."""
    path = folder / engine.NAME
    try:
        engine.require_salt(path, keys.db_salt)
    except EnvironmentProblem:
        torn = not media_read_only and free_page.cut_off(path)
        tried = [key for key in (opened.pending, opened.data_key) if key is not None and torn]
        # Such a save may have torn the very bytes that were read, and SQLite puts them back from its journal.
        if not any(free_page.make_whole(path, derive(key, "database"), keys.db_salt) for key in tried):
            raise
        engine.require_salt(path, keys.db_salt)


def open_log(
    folder: Path, keys: KeyFile, opened: Opened, *, media_read_only: bool = False, read_only: bool = False
) -> tuple[Database, bool]:
    """The log under the key it was left with, the pending one first; and whether it was that one."""

    path = folder / engine.NAME
    torn = not (media_read_only or read_only) and free_page.cut_off(path)

    def with_key(key: bytearray) -> Database:
        if torn:
            free_page.make_whole(path, derive(key, "database"), keys.db_salt)
        return Database(
            folder, derive(key, "database"), keys.db_salt, media_read_only=media_read_only, read_only=read_only
        )

    if opened.pending is not None:
        try:
            return with_key(opened.pending), True
        except EnvironmentProblem as problem:
            if problem.code != "study.damaged":
                raise
    return with_key(opened.data_key), False


def check_slots(log: Log, keys: KeyFile) -> list[Entry]:
    """The header MAC the log knows must be this file's; an intent that reached the disk is finished.

    An origin that is yet to begin knows none; that it was to begin stands in the log, which opened by this very file.
    """
    if lineage.beginning_waiting(log, keys.origin) is not None:
        return []
    rows = log.last_act(keys.origin, ("keys.intent", "keys.done"))
    bodies = [json.loads(row.payload or "{}") for row in rows]
    done = [at for at, body in enumerate(bodies) if body["act"] == "keys.done"]
    mac = keys.mac.hex()
    if done and bodies[done[-1]]["header_mac"] == mac:
        return []
    # More than one intent may stand open: a disk that failed once, and was written to again later.
    if any(body["header_mac"] == mac for body in bodies[done[-1] + 1 if done else 0 :]):
        return [keys_entry("keys.done", keys)]
    raise EnvironmentProblem("keys.put_back")


def session_of(
    person: Person, key_id: str, site: str, origin: str, block: Block, signing: bytes, when: str, *, certified: bool
) -> Session:
    """Who writes, where, with which key."""
    return Session(
        person, key_id, f"L.{site}", f"D.{site}.{block.index}", origin, certificate.serial(signing),
        "certified" if certified else "pending", when,
    )  # fmt: skip


def require_version(database: Database) -> None:
    """Refuses a database that a newer program wrote."""
    migration.waiting(database)


def beginnings(own: Sequence[Change], waits: Beginning | None = None) -> tuple[str, Block, bool]:
    """(metadata digest, participant block, whether the study was made here) from an origin's first rows.

    ``waits``: how it is to begin, where it has none yet.
    """
    if waits is not None:
        return waits.metadata_digest, waits.block, waits.founding
    for change in own:
        payload = json.loads(change.payload or "{}")
        if payload["act"] in lineage.ACTS:
            return str(payload["metadata_digest"]), Block.read(payload["block"]), bool(payload["founding"])
        if payload["act"] == "study":
            digest, founding = str(payload["metadata_digest"]), True
        elif payload["act"] == "joined":
            return str(payload["metadata_digest"]), Block.read(payload["block"]), False
        elif payload["act"] == "block" and payload["holder"] == "founder":
            return digest, Block.read(payload), founding
    raise EnvironmentProblem("study.damaged", page="?")


def _missing(copies: Copies) -> str:
    return ", ".join(sorted(set(keyring.COPIES) - set(copies.whole)))
