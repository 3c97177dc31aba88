"""Accounts after the study was made: new people, closed accounts, other roles, lost passwords; each is rows."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve
from cryptography import x509

from crf_desktop.errors import Refused
from crf_desktop.model.data import ROLES, Change, Entry, Kind, Person
from crf_desktop.store import certificate, countersigning
from crf_desktop.store.account import Account
from crf_desktop.store.creation import person_body
from crf_desktop.store.installation import NewPerson
from crf_desktop.store.keyring import KeyFile, Slot
from crf_desktop.store.log import entry_of
from crf_desktop.store.password import require_good, words_about
from crf_desktop.store.people import People, act_of
from crf_desktop.store.slot_change import change_slots, next_slot

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

USER_NAME: Final = re.compile(r"\w[\w.@ -]{0,63}")
ADMINISTRATOR: Final = "administrator"


def add(store: Store, new: NewPerson, reason: str, identity: str = "") -> Person:
    """A new account with keys and certificates of its own, on this file; ``identity``: how the person was identified.

    Raises Refused ``people.name_taken``, ``study.bad_user``, ``store.not_the_authority``, ``password.*``.
    """
    name, full_name = new.user_name.strip(), new.full_name.strip()
    if not USER_NAME.fullmatch(name) or not full_name or new.role not in ROLES:
        raise Refused("study.bad_user")
    if store.who.named(name):
        raise Refused("people.name_taken")
    person = Person(_next_oid(store), name, full_name, new.role)
    told = entry_of(Kind.USER, "create", **person_body(person), **_identified(identity))
    _take_in(store, person, new.password, [told], reason)
    return person


def reset(store: Store, user_oid: str, password: str, reason: str, identity: str = "") -> None:
    """Another password, log key and signing key for a person; the former keys are revoked, and nobody recovers them.

    Raises Refused ``people.unknown``, ``.closed``, ``.yourself``, ``store.not_the_authority``, ``password.*``.
    """
    person = _other(store, user_oid)
    if user_oid in store.who.closed:
        raise Refused("people.closed")
    former = [at for at in _keys_of(store, user_oid) if at[0] == store.origin]
    revoked = [key for _, key in former]
    told = entry_of(
        Kind.USER, "reset", user_oid=user_oid, origin=store.origin, revoked=revoked, **_identified(identity)
    )
    _take_in(store, person, password, [told, *_revocations(former)], reason)


def close(store: Store, user_oid: str, reason: str) -> None:
    """Ends an account for good: its slot goes, all its keys are revoked, its name stays taken.

    An account that is closed already loses what is left of it on this file. Raises Refused ``people.unknown``,
    ``people.yourself``.
    """
    _other(store, user_oid)
    told: list[Entry] = []
    if user_oid not in store.who.closed:
        told = [entry_of(Kind.USER, "close", user_oid=user_oid), *_revocations(_keys_of(store, user_oid))]
    kept = tuple(slot for slot in store.parts.keys.slots if not _is_of(slot, user_oid))
    _change(store, kept, told, reason)


def set_role(store: Store, user_oid: str, role: str, reason: str) -> None:
    """Another role from now on; what was done in the former one stays valid.

    Raises Refused ``people.unknown``, ``.closed``, ``.yourself``, ``.administrator_apart``, ``.same_role``.
    """
    person = _other(store, user_oid)
    if user_oid in store.who.closed:
        raise Refused("people.closed")
    if role not in ROLES:
        raise Refused("study.bad_user")
    if role == person.role:
        raise Refused("people.same_role")
    if ADMINISTRATOR in (role, person.role):
        raise Refused("people.administrator_apart")
    told = entry_of(Kind.USER, "role", user_oid=user_oid, role=role)
    _change(store, _labelled(store, {user_oid: role}), [told], reason)


def let_in(store: Store, user_oid: str, password: str, reason: str, identity: str = "") -> None:
    """A person whom the study knows gets a password on a file without the authority: a joined laptop has others too.

    The keys introduce themselves at the person's first log-in and wait, as a joiner's do, to be countersigned at the
    first merge; till then signatures read "trust pending". Raises Refused ``people.unknown``, ``.closed``,
    ``.yourself``, ``.opens_here``, ``.authority_here``, ``.administrator_elsewhere``, ``password.*``.
    """
    person = _other(store, user_oid)
    if user_oid in store.who.closed:
        raise Refused("people.closed")
    if store.parts.ca_key is not None or any(slot.role == ADMINISTRATOR for slot in store.parts.keys.of_kind("user")):
        raise Refused("people.authority_here")
    if person.role == ADMINISTRATOR:
        raise Refused("people.administrator_elsewhere")
    if has_slot(store, user_oid):
        raise Refused("people.opens_here")
    require_password(store, person, password)
    slot = Account(person, password).slot(next_slot(store), store.parts.keys, store.parts.data_key, None)
    told = entry_of(
        Kind.USER, "let_in", user_oid=user_oid, origin=store.origin, slot=slot.slot, **_identified(identity)
    )
    _change(store, (*store.parts.keys.slots, slot), [told], reason)


def was_let_in(acts: Sequence[Change], who: People, origins: Sequence[str], slot: Slot) -> bool:
    """Whether a row that counts says that this slot was made for this person: its keys may introduce themselves."""
    for row in acts:
        if row.kind is Kind.USER and row.origin in origins and act_of(row) == "let_in":
            body = json.loads(row.payload or "{}")
            if (body.get("user_oid"), body.get("slot")) == (slot.user_oid, slot.slot) and not who.fault_of(row):
                return True
    return False


def admit(store: Store, user_oid: str, origin: str, seq: int, reason: str) -> None:
    """Takes rows up to ``seq`` of another file that a person wrote there before the closing was known.

    Raises Refused ``people.unknown``, ``people.not_closed``.
    """
    if store.person(user_oid) is None:
        raise Refused("people.unknown")
    if user_oid not in store.who.closed:
        raise Refused("people.not_closed")
    told = entry_of(Kind.USER, "admit", user_oid=user_oid, origin=origin, seq=seq)
    store.append([evolve(told, reason_for_change=reason)])


def agree(store: Store) -> None:
    """Brings the slots in line with what the log has come to say: closed accounts go, roles are those of the log."""
    who = store.who
    roles = {oid: known.person.role for oid, known in who.known.items()}
    kept = tuple(slot for slot in _labelled(store, roles) if slot.kind != "user" or slot.user_oid not in who.closed)
    if kept != store.parts.keys.slots:
        change_slots(store, evolve(store.parts.keys, slots=kept))


def has_slot(store: Store, user_oid: str) -> bool:
    """Whether the person can open this file."""
    return any(_is_of(slot, user_oid) for slot in store.parts.keys.slots)


# --- what they are made of


def _take_in(store: Store, person: Person, password: str, told: Sequence[Entry], reason: str) -> None:
    """A slot and certificates for new keys, in the place of what the person had on this file."""
    parts = store.parts
    if parts.ca_key is None:
        raise Refused("store.not_the_authority")
    require_password(store, person, password)
    account, ca_key = Account(person, password), certificate.rsa_key(parts.ca_key)
    issuer = x509.load_pem_x509_certificate(store.ca_certificate)
    made = countersigning.person_certificates(
        issuer, ca_key, store.study_oid, person, account.log.public_key(), account.signing.public_key(),
        parts.author.clock.now(),
    )  # fmt: skip
    certify = countersigning.certify_entry(person.user_oid, store.origin, *made)
    own_ca = ca_key if person.role == ADMINISTRATOR else None
    slot = account.slot(next_slot(store), parts.keys, parts.data_key, own_ca)
    others = tuple(held for held in parts.keys.slots if not _is_of(held, person.user_oid))
    _change(store, (*others, slot), [*told, certify], reason)


def _change(store: Store, slots: tuple[Slot, ...], told: Sequence[Entry], reason: str) -> None:
    keys: KeyFile = store.parts.keys
    rows = [evolve(entry, reason_for_change=reason) for entry in told]
    if slots != keys.slots:
        change_slots(store, evolve(keys, slots=slots), rows)
    elif rows:
        store.append(rows)


def require_password(store: Store, person: Person, password: str) -> None:
    """Raises Refused ``password.*`` for one that is too easily guessed, by whoever knows the person too."""
    require_good(password, words_about(person, store.study_oid, store.site))


def _identified(identity: str) -> dict[str, str]:
    return {"identity": identity.strip()} if identity.strip() else {}


def _other(store: Store, user_oid: str) -> Person:
    """The person, who is not the one who acts: nobody shuts themselves out."""
    person = store.person(user_oid)
    if person is None:
        raise Refused("people.unknown")
    if user_oid == store.session.person.user_oid:
        raise Refused("people.yourself")
    return person


def _is_of(slot: Slot, user_oid: str) -> bool:
    return slot.kind == "user" and slot.user_oid == user_oid


def _labelled(store: Store, roles: dict[str, str]) -> tuple[Slot, ...]:
    """The slots with those roles beside their names."""
    return tuple(
        evolve(slot, role=roles.get(slot.user_oid, slot.role)) if slot.kind == "user" else slot
        for slot in store.parts.keys.slots
    )


def _keys_of(store: Store, user_oid: str) -> list[tuple[str, str]]:
    """(origin, key id) of what the person has and nobody has revoked."""
    keys = store.who.keys
    return sorted(at for at, key in keys.items() if key.user_oid == user_oid and key.revoked is None)


def _revocations(keys: Sequence[tuple[str, str]]) -> list[Entry]:
    return [entry_of(Kind.USER, "revoke", origin=origin, key_id=key_id) for origin, key_id in keys]


def _next_oid(store: Store) -> str:
    """The next number of this file's block: no two files ever mint the same one."""
    block, prefix = store.block, f"U.{store.site}."
    tails = (oid.removeprefix(prefix) for oid in store.who.known if oid.startswith(prefix))
    taken = [int(tail) for tail in tails if tail.isdigit() and block.first <= int(tail) <= block.last]
    number = max(taken, default=block.first - 1) + 1
    if number > block.last:
        raise Refused("people.no_more_numbers")
    return f"{prefix}{number}"
