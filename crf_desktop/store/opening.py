"""From a folder, a name and a password to an open study."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from attrs import define, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Change, Entry, Kind, Person, Session
from crf_desktop.settings import Clock, SystemClock, utc_text
from crf_desktop.store import attempts, certificate, engine, keyring, place, schema, witness
from crf_desktop.store.engine import NONSENSE, Database, StatementError
from crf_desktop.store.finding import Finding
from crf_desktop.store.installation import Block, Installation
from crf_desktop.store.keyring import Copies, KeyFile, Opened, Slot
from crf_desktop.store.lock import Lock, take
from crf_desktop.store.log import Author, Log, Position, entry_of
from crf_desktop.store.people import People
from crf_desktop.store.stretch import derive, wipe
from crf_desktop.store.study import Parts, Store

_NONCE: Final = 12


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
    return StudyLabel(keys.study_oid, keys.site, users, whole, present, len(attempts.read(folder)))


def unlock(
    folder: Path, user_name: str, password: str, clock: Clock | None = None, read_only: bool = False
) -> Store:
    """Opens a study; the caller closes it.

    Raises EnvironmentProblem ``study.not_found``, ``.newer``, ``.damaged``, ``.locked_by_other``, ``.network_drive``,
    ``keys.no_such_user``, ``.wrong_password``, ``.damaged``, ``.altered``, ``.put_back``, ``.too_costly``,
    ``.too_cheap``.
    Media that cannot be written opens with ``read_only`` True; so does a study with lost rows, with a finding.
    """
    clock = clock or SystemClock()
    place.require_local(folder)
    copies = keyring.read(folder)
    media_read_only = not (os.access(folder, os.W_OK) and os.access(folder / engine.NAME, os.W_OK))
    lock = None if media_read_only else take(folder, utc_text(clock.now()))
    try:
        opened = _enter(folder, copies.best, user_name, password, clock)
        try:
            return _Opening(folder, copies, opened, clock, lock, media_read_only, read_only).run()
        except BaseException:
            opened.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _enter(folder: Path, keys: KeyFile, user_name: str, password: str, clock: Clock) -> Opened:
    slot: Slot | None = None
    try:
        slot = keys.slot_of(user_name)
        return keyring.open_slot(keys, slot, password)
    except EnvironmentProblem as problem:
        if problem.code in ("keys.wrong_password", "keys.no_such_user"):
            attempts.note(folder, utc_text(clock.now()), slot.slot if slot else 0)
        raise


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
    findings: list[Finding] = field(factory=list)
    problem: EnvironmentProblem | None = None

    def run(self) -> Store:
        keys = self.copies.best
        self._require_salt(keys)
        quiet = self.media_read_only or self.read_only
        database = Database(
            self.folder, derive(self.opened.data_key, "database"), keys.db_salt, media_read_only=self.media_read_only,
            read_only=quiet,
        )  # fmt: skip
        if quiet:
            self.problem = EnvironmentProblem("store.read_only")
        try:
            return self._assemble(database, keys)
        except (StatementError, *NONSENSE):
            database.close()
            raise EnvironmentProblem("study.damaged", page="?") from None
        except BaseException:
            database.close()
            raise

    def _require_salt(self, keys: KeyFile) -> None:
        path = self.folder / engine.NAME
        try:
            engine.require_salt(path, keys.db_salt)
        except EnvironmentProblem:
            key = derive(self.opened.data_key, "database")
            if self.media_read_only or not engine.finish_interrupted(path, key, keys.db_salt):
                raise
            engine.require_salt(path, keys.db_salt)

    def _assemble(self, database: Database, keys: KeyFile) -> Store:
        require_version(database)
        log = Log(database)
        finish = self._check_slots(log, keys)
        position = log.position(keys.origin)
        witness_key = bytes(derive(self.opened.data_key, "witness-mac"))
        mark = witness.read(self.folder, witness_key)
        self._check_witness(log, mark, position, keys.origin)
        if witness.half_lost(self.folder, witness_key):
            # The log holds more than the whole record knows: the newer one was torn as it was written, by a power cut.
            torn = mark is not None and mark.seq < position.seq
            self.findings.append(Finding("verify.witness_torn", "note" if torn else "damage"))
        if not self.media_read_only and len(self.copies.whole) < 2:
            code = "verify.keys_copy" if self.problem is None and self._mend(keys) else "verify.keys_copy_bad"
            self.findings.append(Finding(code, "note", detail=_missing(self.copies)))
        store = Store(self._parts(database, log, keys, mark, witness_key))
        if not store.read_only:
            self._record(store, finish)
        return store

    def _mend(self, keys: KeyFile) -> bool:
        """Whether the damaged copy of the key file could be made anew; else the next opening tries again."""
        try:
            keyring.write(self.folder, keys, tuple(set(keyring.COPIES) - set(self.copies.whole)))
        except OSError:
            return False
        return True

    def _check_slots(self, log: Log, keys: KeyFile) -> list[Entry]:
        """The header MAC the log knows must be this file's; an intent that reached the disk is finished."""
        rows = log.last_act(keys.origin, ("keys.intent", "keys.done"))
        bodies = [json.loads(row.payload or "{}") for row in rows]
        done = [b["header_mac"] for b in bodies if b["act"] == "keys.done"]
        mac = keys.mac.hex()
        if done and done[-1] == mac:
            return []
        if bodies and bodies[-1]["act"] == "keys.intent" and bodies[-1]["header_mac"] == mac:
            return [keys_entry("keys.done", keys)]
        raise EnvironmentProblem("keys.put_back")

    def _check_witness(self, log: Log, mark: witness.Mark | None, position: Position, origin: str) -> None:
        if mark is None:
            if (self.folder / witness.NAME).exists() or position.seq:
                self.findings.append(Finding("verify.witness_missing", "damage"))
            return
        if mark.origin != origin:
            self.findings.append(Finding("verify.witness_foreign", "tamper"))
        elif mark.seq > position.seq:
            self._lost(Finding("verify.lost_rows", "damage", origin, position.seq, str(mark.seq - position.seq)))
        elif mark.seq and (row := log.change(origin, mark.seq)) is not None and row.hash != mark.head:
            self._lost(Finding("verify.witness_differs", "tamper", origin, mark.seq))

    def _lost(self, finding: Finding) -> None:
        self.findings.append(finding)
        if self.problem is None:
            self.problem = EnvironmentProblem("store.lost_rows", n=finding.detail or "?")

    def _parts(
        self, database: Database, log: Log, keys: KeyFile, mark: witness.Mark | None, witness_key: bytes
    ) -> Parts:
        authority = x509.load_pem_x509_certificate(keys.ca_certificate.encode("ascii"))
        people = People(authority, keys.origin)
        acts = log.acts()
        people.learn_all(acts)
        own = [act for act in acts if act.origin == keys.origin]
        first = json.loads(own[0].payload or "{}") if own else {}
        digest, block, founding = beginnings(own)
        document = database.one("SELECT data FROM document WHERE digest = ?", (digest,))
        if document is None or not first:
            raise EnvironmentProblem("study.damaged", page="?")
        author = self._author(keys, people, block)
        ca_key = self.opened.secret("ca_key")
        wipe(self.opened.root)
        keeper = witness.Witness(self.folder, witness_key, mark) if self.problem is None else None
        return Parts(
            self.folder, keys, database, author, people, open_installation(keys, self.opened.data_key), document[0],
            digest, block, founding, self.lock, keeper, self.opened.data_key, ca_key, self.problem,
            tuple(self.findings),
        )  # fmt: skip

    def _author(self, keys: KeyFile, people: People, block: Block) -> Author:
        slot = self.opened.slot
        secret = self.opened.secret("log_key")
        if secret is None:
            raise EnvironmentProblem("keys.altered")
        private = Ed25519PrivateKey.from_private_bytes(bytes(secret))
        wipe(secret)
        found = certificate.key_id(certificate.raw_public(private))
        key, known = people.keys.get((keys.origin, found)), people.known.get(slot.user_oid)
        if key is None or known is None:
            raise EnvironmentProblem("keys.altered")
        session = session_of(
            known.person, found, keys.site, keys.origin, block, key.signing_certificate, utc_text(self.clock.now()),
            certified=key.certified,
        )  # fmt: skip
        return Author(keys.study_oid, session, private, self.clock)

    def _record(self, store: Store, finish: list[Entry]) -> None:
        """Rows about the log-in itself and about those that failed before it."""
        failed = attempts.read(self.folder)
        owners = {slot.slot: slot.user_oid for slot in self.copies.best.slots}
        entries = [
            entry_of(Kind.USER, "failed_log_in", user_oid=owners.get(slot, ""), at=when, purpose="unlock")
            for when, slot in failed
        ]
        entries.append(entry_of(Kind.USER, "unlock", user_oid=store.session.person.user_oid))
        try:
            store.append([*finish, *entries])
        except EnvironmentProblem as problem:
            store.owe([*finish, entries[-1]], Finding("verify.log_in_owed", "note", detail=problem.code))
            return
        if failed:
            attempts.clear(self.folder)


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
    if int(database.one("PRAGMA user_version")[0]) > schema.VERSION:
        raise EnvironmentProblem("study.newer")


def beginnings(own: list[Change]) -> tuple[str, Block, bool]:
    """(metadata digest, participant block, whether the study was made here) from an origin's first rows."""
    for change in own:
        payload = json.loads(change.payload or "{}")
        if payload["act"] == "study":
            digest, founding = str(payload["metadata_digest"]), True
        elif payload["act"] == "joined":
            return str(payload["metadata_digest"]), Block.read(payload["block"]), False
        elif payload["act"] == "block" and payload["holder"] == "founder":
            return digest, Block.read(payload), founding
    raise EnvironmentProblem("study.damaged", page="?")


def keys_entry(act: str, keys: KeyFile) -> Entry:
    """A row about a change of the slots."""
    return entry_of(
        Kind.SYSTEM, act, db_id=keys.db_id, epoch=keys.epoch,
        sequence=keys.sequence, header_mac=keys.mac.hex(),
    )  # fmt: skip


def wrap_installation(
    sign: Ed25519PrivateKey, box: X25519PrivateKey, data_key: bytearray, db_id: str
) -> dict[str, str]:
    """An installation's keys as they stand in the key file."""
    key, nonce = derive(data_key, "installation"), os.urandom(_NONCE)
    secret = sign.private_bytes_raw() + box.private_bytes_raw()
    wrapped = nonce + AESGCM(bytes(key)).encrypt(nonce, secret, db_id.encode("ascii"))
    wipe(key)
    public = certificate.raw_public(sign), box.public_key().public_bytes_raw()
    return dict(zip(("sign_public", "box_public", "wrapped"), map(keyring.b64, (*public, wrapped)), strict=True))


def open_installation(keys: KeyFile, data_key: bytearray) -> Installation:
    """An installation's keys from the key file."""
    key, data = derive(data_key, "installation"), keyring.unb64(keys.installation["wrapped"])
    secret = AESGCM(bytes(key)).decrypt(data[:_NONCE], data[_NONCE:], keys.db_id.encode("ascii"))
    wipe(key)
    sign, box = Ed25519PrivateKey.from_private_bytes(secret[:32]), X25519PrivateKey.from_private_bytes(secret[32:])
    return Installation(keys.study_oid, keys.site, keys.origin, sign, box)


def _missing(copies: Copies) -> str:
    return ", ".join(sorted(set(keyring.COPIES) - set(copies.whole)))
