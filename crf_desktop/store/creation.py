"""Making a study, and joining one from an invitation."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as driver
from attrs import define, evolve, field
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import ROLES, Entry, Kind, Person
from crf_desktop.settings import Clock, SystemClock, utc_text
from crf_desktop.store import certificate, countersigning, engine, home, keyring, place, witness
from crf_desktop.store.account import Account
from crf_desktop.store.engine import Database
from crf_desktop.store.installation import Block, Installation, Invitation, NewPerson, NewStudy
from crf_desktop.store.installation_key import open_installation, wrap_installation
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.log import Author, Log, entry_of
from crf_desktop.store.opening import session_of
from crf_desktop.store.own_password import KEEP_COST
from crf_desktop.store.password import require_good
from crf_desktop.store.people import LEAST_ROLE, folded
from crf_desktop.store.receiving import keep_document
from crf_desktop.store.slot_change import keys_entry
from crf_desktop.store.stretch import derive, floor, wipe
from crf_desktop.store.witness import Witness

_SITE: Final = re.compile(r"[A-Z0-9]{1,8}")
_NAME: Final = re.compile(r"\w[\w.@ -]{0,63}")
DEFINITION_TYPE: Final = "application/vnd.crf-desktop.metadata+json"


@define
class _Making:
    """A folder on its way to be a study."""

    study_oid: str
    site: str
    block: Block
    definition: bytes
    ca_certificate: x509.Certificate
    accounts: list[Account]
    writer: Account
    clock: Clock
    ca_key: RSAPrivateKey | None = field(repr=False)
    settings: dict[str, str] = field(factory=dict)
    data_key: bytearray = field(factory=lambda: bytearray(os.urandom(32)), repr=False)
    origin: str = field(factory=lambda: base64.b32encode(os.urandom(8)).decode("ascii").rstrip("=").lower())

    @property
    def digest(self) -> str:
        return "sha256:" + hashlib.sha256(self.definition).hexdigest()

    def into(self, folder: Path, rows: Rows, signing: x509.Certificate) -> None:
        """Makes everything beside the folder and renames it there: the folder is whole or absent."""
        place.require_local(folder)
        if folder.exists():
            raise EnvironmentProblem("study.exists")
        part = folder.with_name(f"{folder.name}.part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            self._fill(part, rows, signing)
            part.rename(folder)
            keyring.sync_folder(folder.parent)
        except (OSError, driver.Error, MemoryError) as error:
            problem = engine.problem_of(error, folder.parent)
            if problem is not None and problem.code == "study.damaged":  # being made: it could not be read back
                problem = EnvironmentProblem("store.io")
            raise (problem or error) from None
        finally:
            wipe(self.data_key)
            shutil.rmtree(part, ignore_errors=True)

    def _keys(self) -> KeyFile:
        db_id = os.urandom(16).hex()
        wrapped = wrap_installation(Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), self.data_key, db_id)
        authority = certificate.pem(self.ca_certificate).decode("ascii")
        bare = KeyFile(
            db_id, os.urandom(engine.SALT_LENGTH), 1, self.study_oid, self.site, self.origin, authority, wrapped, ()
        )
        slots = [
            account.slot(at, bare, self.data_key, self.ca_key if account.person.role == "administrator" else None)
            for at, account in enumerate(self.accounts, 1)
        ]
        return evolve(bare, slots=tuple(slots)).sealed_with(self.data_key)

    def _fill(self, part: Path, rows: Rows, signing: x509.Certificate) -> None:
        keys = self._keys()
        engine.make(part / engine.NAME, derive(self.data_key, "database"), keys.db_salt)
        now = utc_text(self.clock.now())
        writer = self.writer
        session = session_of(
            writer.person, writer.key_id, self.site, self.origin, self.block, certificate.pem(signing), now,
            certified=self.ca_key is not None,
        )  # fmt: skip
        author = Author(self.study_oid, session, writer.log, self.clock)
        entries = [*rows(self, open_installation(keys, self.data_key)), keys_entry("keys.intent", keys)]
        database = Database(
            part, derive(self.data_key, "database"), keys.db_salt, media_read_only=False, read_only=False
        )
        try:
            with database.transaction():
                keep_document(database, self.digest, DEFINITION_TYPE, self.definition)
                for name, value in self.settings.items():
                    database.run("INSERT INTO setting VALUES (?, ?)", (name, value))
                _append(database, author, entries)
            keyring.write(part, keys)
            with database.transaction():
                _append(database, author, [keys_entry("keys.done", keys)])
            self._witness(part, Log(database))
            home.settle(part, Log(database))
        finally:
            database.close()
        (part / "backup").mkdir()
        keyring.sync_folder(part)

    def _witness(self, part: Path, log: Log) -> None:
        end, key = log.position(self.origin), bytes(derive(self.data_key, "witness-mac"))
        keeper = Witness(part, key, None)
        try:
            keeper.open()
            keeper.write(self.origin, end.seq, end.head, int(self.clock.now().timestamp() * 1000))
        finally:
            keeper.close()
        if witness.read(part, key) is None:  # later it may lag; a study that begins without one would pass for damaged
            raise EnvironmentProblem("store.io")


Rows = Callable[[_Making, Installation], list[Entry]]
Issued = dict[str, tuple[x509.Certificate, x509.Certificate]]


def _append(database: Database, author: Author, entries: Sequence[Entry]) -> None:
    log = Log(database)
    rows, _ = log.seal_all(author, entries, log.end(author.session.origin))
    for cells in rows:
        log.insert(cells)


def create(folder: Path, new: NewStudy, clock: Clock | None = None) -> None:
    """Makes a study folder with its authority, its people and its first rows.

    Raises EnvironmentProblem ``study.exists``, ``store.disk_full``; Refused ``study.no_administrator``,
    ``study.bad_site``, ``study.bad_user`` (twice the same name, an unknown role, no password).
    """
    clock = clock or SystemClock()
    _require_sound(new)
    if folder.exists():
        raise EnvironmentProblem("study.exists")
    for p in new.people:
        require_good(p.password, (p.user_name, p.full_name, *p.full_name.split(), new.study_oid, new.site))
    accounts = [
        Account(
            Person(f"U.{new.site}.{at}", p.user_name.strip(), p.full_name.strip(), p.role),
            p.password,
            floor() if new.demonstration else None,
        )
        for at, p in enumerate(new.people, 1)
    ]
    writer = next(account for account in accounts if account.person.role == "administrator")
    ca_key, now = certificate.new_rsa(), clock.now()
    ca = certificate.authority(new.study_oid, ca_key, now)
    making = _Making(
        new.study_oid, new.site, Block.number(1), new.definition, ca, accounts, writer, clock, ca_key,
        settings={KEEP_COST: "floor"} if new.demonstration else {},
    )  # fmt: skip
    issued = {
        a.person.user_oid: countersigning.person_certificates(
            ca, ca_key, new.study_oid, a.person, a.log.public_key(), a.signing.public_key(), now
        )
        for a in accounts
    }

    def rows(made: _Making, installation: Installation) -> list[Entry]:
        return _founding_rows(made, installation, issued)

    making.into(folder, rows, issued[writer.person.user_oid][1])


def _founding_rows(making: _Making, installation: Installation, issued: Issued) -> list[Entry]:
    ca, ca_key = making.ca_certificate, making.ca_key
    assert ca_key is not None
    log, signing = issued[making.writer.person.user_oid]
    name = countersigning.installation_name(making.study_oid, making.origin)
    own = certificate.certify(
        ca, ca_key, name, certificate.ed25519_public(installation.sign_public), making.clock.now(),
        countersigning.recipient_uri(installation),
    )  # fmt: skip
    first = entry_of(
        Kind.SYSTEM, "study", site=making.site, metadata_digest=making.digest, person=person_body(making.writer.person),
        ca_certificate=certificate.pem(ca).decode(), ca_fingerprint=certificate.fingerprint(certificate.pem(ca)),
        log_certificate=certificate.pem(log).decode(), signing_certificate=certificate.pem(signing).decode(),
    )  # fmt: skip
    people = [entry_of(Kind.USER, "create", **person_body(a.person)) for a in making.accounts]
    certified = [
        countersigning.certify_entry(a.person.user_oid, making.origin, *issued[a.person.user_oid])
        for a in making.accounts
    ]
    block = entry_of(Kind.SYSTEM, "block", site=making.site, holder="founder", **making.block.body())
    return [first, *people, *certified, countersigning.installation_entry(making.origin, own), block]


def join(folder: Path, invitation: Invitation, person: NewPerson, clock: Clock | None = None) -> Person:
    """Makes a study folder that belongs to an existing study and returns who joined, with the role the study gives.

    Its first row asks to be countersigned.
    """
    clock = clock or SystemClock()
    if not person.password or not _NAME.fullmatch(person.user_name.strip()):
        raise Refused("study.bad_user")
    require_good(person.password, (person.user_name, person.full_name, invitation.study_oid, invitation.site))
    if folder.exists():
        raise EnvironmentProblem("study.exists")
    if "sha256:" + hashlib.sha256(invitation.definition).hexdigest() != invitation.metadata_digest:
        raise Refused("bundle.malformed", place="invitation")
    account = Account(_joining(invitation, person), person.password)
    ca = certificate.load(invitation.ca_certificate)
    making = _Making(
        invitation.study_oid, invitation.site, invitation.block, invitation.definition, ca, [account], account,
        clock, None,
    )  # fmt: skip
    log_name, signing_name = countersigning.names(invitation.study_oid, account.person, account.log.public_key())
    signing = certificate.self_signed(signing_name, account.signing, clock.now())
    log = certificate.self_signed(log_name, account.log, clock.now())

    def rows(made: _Making, installation: Installation) -> list[Entry]:
        return _joining_rows(made, installation, invitation, (log, signing))

    making.into(folder, rows, signing)
    return account.person


def _joining(invitation: Invitation, person: NewPerson) -> Person:
    wanted = person.user_name.strip()
    for known in invitation.people:
        if folded(known.user_name) == folded(wanted):
            if known.user_oid in invitation.closed:
                raise Refused("people.name_taken")
            return known
    oid = f"U.{invitation.site}.{invitation.block.first}"
    return Person(oid, wanted, person.full_name.strip() or wanted, LEAST_ROLE)


def _joining_rows(
    making: _Making, installation: Installation, invitation: Invitation, made: tuple[x509.Certificate, x509.Certificate]
) -> list[Entry]:
    name = countersigning.installation_name(making.study_oid, making.origin)
    own = installation.self_signed(name, making.clock.now(), countersigning.recipient_uri(installation))
    request = entry_of(
        Kind.USER, "request", person=person_body(making.writer.person), origin=making.origin,
        log_certificate=certificate.pem(made[0]).decode(), signing_certificate=certificate.pem(made[1]).decode(),
        installation_certificate=certificate.pem(own).decode(),
    )  # fmt: skip
    closed = {"closed": list(invitation.closed)} if invitation.closed else {}
    joined = entry_of(
        Kind.SYSTEM, "joined", site=making.site, metadata_digest=making.digest, block=making.block.body(),
        ca_certificate=invitation.ca_certificate.decode("ascii"),
        ca_fingerprint=certificate.fingerprint(invitation.ca_certificate), receiver=invitation.receiver,
        people=[person_body(p) for p in invitation.people], **closed,
    )  # fmt: skip
    return [request, joined]


def person_body(person: Person) -> dict[str, str]:
    """A person as rows and invitations hold them."""
    return {
        "user_oid": person.user_oid, "user_name": person.user_name, "full_name": person.full_name, "role": person.role,
    }  # fmt: skip


def _require_sound(new: NewStudy) -> None:
    if not _SITE.fullmatch(new.site):
        raise Refused("study.bad_site")
    names = [folded(person.user_name) for person in new.people]
    sound = all(p.password and p.role in ROLES and _NAME.fullmatch(p.user_name.strip()) for p in new.people)
    if not sound or len(set(names)) != len(names):
        raise Refused("study.bad_user")
    if not any(person.role == "administrator" for person in new.people):
        raise Refused("study.no_administrator")
