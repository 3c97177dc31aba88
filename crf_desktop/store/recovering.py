"""In again without the password: new keys and certificates for one person, visibly, by recovery code or escrow."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Change, Entry, Kind, Person
from crf_desktop.settings import Clock, SystemClock, utc_text
from crf_desktop.store import (
    attempts,
    certificate,
    countersigning,
    engine,
    escrow,
    home,
    keyring,
    lineage,
    place,
    recovery,
    rotation,
)
from crf_desktop.store import witness as witnesses
from crf_desktop.store.account import Account
from crf_desktop.store.creation import person_body
from crf_desktop.store.finding import Finding
from crf_desktop.store.installation_key import open_installation
from crf_desktop.store.keyring import KeyFile, Opened
from crf_desktop.store.lock import take
from crf_desktop.store.log import Author, Log, entry_of
from crf_desktop.store.opening import (
    beginnings,
    check_slots,
    open_log,
    require_salt,
    require_version,
    session_of,
    unlock,
)
from crf_desktop.store.password import require_good, words_about
from crf_desktop.store.people import People
from crf_desktop.store.slot_change import keys_entry, with_pending
from crf_desktop.store.stretch import derive, wipe

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database
    from crf_desktop.store.study import Store


def recover(
    folder: Path, typed: Sequence[str], user_name: str, password: str, clock: Clock | None = None
) -> Store:
    """Lets an administrator (where the file has none: anybody with an account) in again with a new password.

    ``typed``: the code, or two shares. The person's former slot and the code used are gone; the former keys are revoked
    and stay what they were for all that they signed. The data key is changed. Raises what :func:`unlock` does, Refused
    ``recovery.*``, ``password.*``, EnvironmentProblem ``store.read_only``, ``.lost_rows``.
    """
    return _enter(folder, lambda keys: recovery.open_secret(keys, typed), user_name, password, clock)


def recover_by_escrow(
    folder: Path, private: X25519PrivateKey, user_name: str, password: str, clock: Clock | None = None
) -> Store:
    """The same with the sponsor's private key, which has no authority in it: the new keys wait to be countersigned."""
    return _enter(folder, lambda keys: escrow.open_escrow(keys, private), user_name, password, clock)


def _enter(
    folder: Path, way_in: Callable[[KeyFile], Opened], user_name: str, password: str, clock: Clock | None
) -> Store:
    clock = clock or SystemClock()
    place.require_local(folder)
    keys = keyring.read(folder).best
    if not (os.access(folder, os.W_OK) and os.access(folder / engine.NAME, os.W_OK)):
        raise EnvironmentProblem("store.read_only")
    lock = take(folder, utc_text(clock.now()))
    try:
        account = _account(keys, user_name, password)
        opened = _opened(folder, keys, way_in, clock)
        try:
            found = _Recovering(folder, keys, opened, account, clock).run()
        finally:
            opened.close()
    finally:
        if lock is not None:
            lock.release()
    store = unlock(folder, user_name, password, clock)
    store.parts.findings = (*store.findings, *found)
    try:
        rotation.rotate(store)  # whoever saw the code could still read what is written under the key that it opened
    except EnvironmentProblem as problem:
        store.parts.findings = (*store.findings, Finding("verify.rotation_waits", "note", detail=problem.code))
    return store


def _account(keys: KeyFile, user_name: str, password: str) -> Account:
    slot = keys.slot_of(user_name)
    kept = any(other.role == "administrator" for other in keys.of_kind("user"))
    if kept and slot.role != "administrator":
        raise Refused("recovery.not_for_you")
    person = Person(slot.user_oid, slot.user_name, "", slot.role)
    require_good(password, words_about(person, keys.study_oid, keys.site))
    return Account(person, password)


def _opened(folder: Path, keys: KeyFile, way_in: Callable[[KeyFile], Opened], clock: Clock) -> Opened:
    """A wrong code is a failed log-in like any other, but never blocks: nobody guesses 160 bits."""
    try:
        return way_in(keys)
    except Refused as problem:
        if problem.code in ("recovery.not_this", "escrow.not_this"):
            kind = keys.of_kind("recovery" if problem.code == "recovery.not_this" else "escrow")
            attempts.note(folder, utc_text(clock.now()), kind[-1].slot if kind else 0)
        raise


@define
class _Recovering:
    """The rows and the key file of one recovery."""

    folder: Path
    keys: KeyFile
    opened: Opened = field(repr=False)
    account: Account
    clock: Clock
    rekeyed: bool = False

    def run(self) -> list[Finding]:
        """What there is to tell: that the folder is a copy, for one."""
        require_salt(self.folder, self.keys, self.opened, media_read_only=False)
        database, self.rekeyed = open_log(self.folder, self.keys, self.opened)
        try:
            require_version(database)
            check_slots(Log(database), self.keys)
            self._witness(Log(database)).close()  # before anything else: rows that are missing
            found = home.look(self.folder, Log(database), self.keys)
            if found:  # a copy, as in opening
                self.keys = lineage.prepare(database, self.keys, self.opened.data_key, "copied")
                keyring.write(self.folder, self.keys)
                home.settle(self.folder, Log(database))
            if self.rekeyed and self.opened.pending is not None:
                self.keys = rotation.concluded(self.keys, self.opened.data_key, self.opened.pending)
            self._write(database)
            return found
        finally:
            database.close()

    @property
    def _data_key(self) -> bytearray:
        fresh = self.opened.pending
        return fresh if self.rekeyed and fresh is not None else self.opened.data_key

    def _write(self, database: Database) -> None:
        log = Log(database)
        before = frozenset(origin for origin, _ in lineage.before(log, self.keys.origin))
        authority = x509.load_pem_x509_certificate(self.keys.ca_certificate.encode("ascii"))
        people = People(authority, self.keys.origin, before=before)
        acts = log.acts()
        people.learn_all(acts)
        known = people.known.get(self.account.person.user_oid)
        if known is None or known.person.user_oid in people.closed:
            raise Refused("people.closed")
        self.account.person = person = known.person
        keeper = self._witness(log)
        try:
            waits = lineage.beginning_waiting(log, self.keys.origin)
            author, told = self._author([act for act in acts if act.origin == self.keys.origin], people, waits)
            if waits is not None:
                told.insert(1, lineage.beginning_entry(waits, self.keys.ca_certificate))
            sealed = self._key_file(log)
            self._append(database, author, keeper, [*told, keys_entry("keys.intent", sealed)])
            try:
                keyring.write(self.folder, sealed)
            except OSError as error:
                raise (engine.problem_of(error, self.folder) or error) from None
            self._append(database, author, keeper, [keys_entry("keys.done", sealed)])
        finally:
            keeper.close()
        for slot in self.keys.slots:
            if slot.user_oid == person.user_oid:
                attempts.taken_over(self.folder, slot.slot)

    def _witness(self, log: Log) -> witnesses.Witness:
        """Rows that are missing are for a backup to bring back, not for new ones to cover."""
        key, origin = bytes(derive(self._data_key, "witness-mac")), self.keys.origin
        mark = witnesses.read(self.folder, key)
        if mark is None and self.rekeyed:
            mark = witnesses.read(self.folder, bytes(derive(self.opened.data_key, "witness-mac")))
        before = [earlier for earlier, _ in lineage.before(log, origin)][:1]
        if mark is not None and mark.origin in before and lineage.just_begun(log, origin):
            origin = mark.origin  # the witness may lag by the first rows of an origin
        position = log.position(origin)
        row = log.change(origin, mark.seq) if mark and mark.seq <= position.seq else None
        if mark is not None and mark.seq and (row is None or row.hash != mark.head):
            raise EnvironmentProblem("store.lost_rows", n=max(mark.seq - position.seq, 0) or "?")
        return witnesses.Witness(self.folder, key, mark)

    def _author(
        self, own: list[Change], people: People, waits: lineage.Beginning | None
    ) -> tuple[Author, list[Entry]]:
        _, block, _ = beginnings(own, waits)
        account, keys, now = self.account, self.keys, self.clock.now()
        ca_key = self._authority()
        log_public, signing_public = account.log.public_key(), account.signing.public_key()
        used = {"user_oid": account.person.user_oid, "origin": keys.origin, "slot": self.opened.slot.slot,
                "by": self.opened.slot.kind}  # fmt: skip
        if ca_key is not None:
            log, signing = countersigning.person_certificates(
                people.authority, ca_key, keys.study_oid, account.person, log_public, signing_public, now
            )
            told = [
                entry_of(
                    Kind.USER, "recovery.used", **used, log_certificate=certificate.pem(log).decode(),
                    signing_certificate=certificate.pem(signing).decode(),
                )
            ]  # fmt: skip
        else:
            log_name, signing_name = countersigning.names(keys.study_oid, account.person, log_public)
            log = certificate.self_signed(log_name, account.log, now)
            signing = certificate.self_signed(signing_name, account.signing, now)
            told = [self._request(log, signing), entry_of(Kind.USER, "recovery.used", **used)]
        certified = ca_key is not None
        if certified and account.person.role == "administrator":
            told += [
                entry_of(Kind.USER, "revoke", origin=origin, key_id=key_id)
                for (origin, key_id), key in sorted(people.keys.items())
                if key.user_oid == account.person.user_oid
                and (origin == keys.origin or origin in people.before)
                and key.revoked is None
            ]
        session = session_of(
            account.person, account.key_id, keys.site, keys.origin, block, certificate.pem(signing), utc_text(now),
            certified=certified,
        )  # fmt: skip
        return Author(keys.study_oid, session, account.log, self.clock), told

    def _request(self, log: x509.Certificate, signing: x509.Certificate) -> Entry:
        """As a laptop that joined asks: valid, trust pending, until an administrator countersigns."""
        own = open_installation(self.keys, self._data_key)
        name = countersigning.installation_name(self.keys.study_oid, self.keys.origin)
        mine = own.self_signed(name, self.clock.now(), countersigning.recipient_uri(own))
        return entry_of(
            Kind.USER, "request", person=person_body(self.account.person), origin=self.keys.origin,
            log_certificate=certificate.pem(log).decode(), signing_certificate=certificate.pem(signing).decode(),
            installation_certificate=certificate.pem(mine).decode(),
        )  # fmt: skip

    def _authority(self) -> RSAPrivateKey | None:
        der = self.opened.secret("ca_key")
        if der is None:
            return None
        try:
            return certificate.rsa_key(der)
        finally:
            wipe(der)

    def _key_file(self, log: Log) -> KeyFile:
        """The person's new slot in the place of the old one; a code that was used is worth nothing any more."""
        used, person, keys = self.opened.slot, self.account.person, self.keys
        rows = lineage.acts_of_file(log, keys.origin, ("keys.intent",))
        ever = [number for row in rows for number in json.loads(row.payload or "{}").get("slots", ())]
        number = max((*ever, *(slot.slot for slot in keys.slots))) + 1
        ca_key = self._authority() if person.role == "administrator" else None
        fresh = self.account.slot(number, keys, self._data_key, ca_key)
        kept = tuple(
            slot
            for slot in keys.slots
            if slot.user_oid != person.user_oid and (slot.slot != used.slot or slot.kind == "escrow")
        )
        whole = with_pending(evolve(keys, slots=(*kept, fresh)), None if self.rekeyed else self.opened.pending)
        return whole.sealed_with(self._data_key)

    def _append(
        self, database: Database, author: Author, keeper: witnesses.Witness, entries: Sequence[Entry]
    ) -> None:
        log = Log(database)
        rows, after = log.seal_all(author, entries, log.end(self.keys.origin))
        with database.transaction():
            for cells in rows:
                log.insert(cells)
        for _ in range(2):  # both records, so that none is left under a key before
            keeper.write(self.keys.origin, after.seq, after.head, int(self.clock.now().timestamp() * 1000))
