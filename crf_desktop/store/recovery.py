"""The way in when a password is lost: a code on paper, or three shares of it, as a slot of the key file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.store import keyring, recovery_code
from crf_desktop.store.keyring import KeyFile, Opened, Slot
from crf_desktop.store.lineage import acts_of_file
from crf_desktop.store.log import Log, entry_of
from crf_desktop.store.slot_change import change_slots, next_slot
from crf_desktop.store.stretch import floor, wipe

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

KIND = "recovery"
CODE, SHARES = "code", "shares"


@frozen(slots=True)
class Made:
    """What goes on paper, once; nothing of it is kept."""

    slot: int
    code: str = field(default="", repr=False)
    shares: tuple[str, ...] = field(default=(), repr=False)


@frozen(slots=True)
class RecoveryState:
    """How a study file stands with its recovery code."""

    kind: str
    """``code`` or ``shares`` once it was typed back; empty where there is none that counts."""
    made_at: str
    """UTC; of the one that counts."""
    drilled_at: str
    waiting: bool
    """Whether one was made that nobody has typed back yet."""


def may_keep(store: Store) -> bool:
    """Whether who is in may make a code: an administrator, or anybody where the file has none."""
    kept = [slot for slot in store.parts.keys.of_kind("user") if slot.role == "administrator"]
    return may(store.session.person.role, Action.ADMINISTER) or not kept


def require_keeper(store: Store) -> None:
    """Raises Refused ``store.no_right``."""
    if not may_keep(store):
        raise Refused("store.no_right", role=store.session.person.role)


def make(store: Store, *, shares: bool = False) -> Made:
    """A fresh code in a slot of its own; it counts, and the one before goes, once it was typed back.

    It opens the data and, where an administrator makes it, holds the key of the study's authority; nobody's log key or
    signing key is in it. Raises Refused ``store.no_right`` and what changing the slots raises.
    """
    require_keeper(store)
    parts, secret, box = store.parts, recovery_code.new_secret(), X25519PrivateKey.generate()
    number = next_slot(store)
    # 160 random bits are out of reach at any cost of a guess: the floor keeps one format, and the paper quick to check.
    draft = Slot(
        number, KIND, "", SHARES if shares else CODE, "", floor(), box.public_key().public_bytes_raw(), b"", {}, b""
    )
    secrets = {"slot_key": bytearray(box.private_bytes_raw())}
    if parts.ca_key is not None:
        secrets["ca_key"] = bytearray(parts.ca_key)
    text = recovery_code.text_of(secret)
    fresh = keyring.make_slot(draft, parts.keys.db_id, parts.keys.epoch, text, parts.data_key, secrets)
    drilled = _drilled(store)
    gone = [slot for slot in parts.keys.of_kind(KIND) if slot.slot not in drilled]
    told = entry_of(Kind.SYSTEM, "recovery.made", slot=number, form=draft.user_name, authority=parts.ca_key is not None)
    _replace(store, gone, (fresh,), [told])
    made = Made(number, *(("", recovery_code.shares_of(secret)) if shares else (recovery_code.code_of(secret), ())))
    wipe(secret)
    return made


def drill(store: Store, typed: Sequence[str]) -> None:
    """The code as typed back from the paper: when it opens the study it counts, and the one before goes.

    Raises Refused ``recovery.*`` for a slip of the pen, ``recovery.not_this``.
    """
    opened = open_secret(store.parts.keys, typed)
    number = opened.slot.slot
    opened.close()
    others = [slot for slot in store.parts.keys.of_kind(KIND) if slot.slot != number]
    _replace(store, others, (), [entry_of(Kind.SYSTEM, "recovery.drilled", slot=number)])


def open_secret(keys: KeyFile, typed: Sequence[str]) -> Opened:
    """What a typed code, or two typed shares, open; raises Refused ``recovery.*``."""
    slots = keys.of_kind(KIND)
    if not slots:
        raise Refused("recovery.none")
    secret = secret_typed(typed)
    try:
        for slot in reversed(slots):
            try:
                return keyring.open_slot(keys, slot, recovery_code.text_of(secret))
            except EnvironmentProblem as problem:
                if problem.code != "keys.wrong_password":
                    raise
    finally:
        wipe(secret)
    raise Refused("recovery.not_this")


def secret_typed(typed: Sequence[str]) -> bytearray:
    """The secret in one typed code or in two typed shares; raises Refused ``recovery.*`` naming the slip."""
    lines = [line for line in typed if line.strip()]
    if len(lines) > 1 or (lines and recovery_code.is_share(lines[0])):
        return recovery_code.secret_of_shares(lines)
    return recovery_code.secret_of(lines[0] if lines else "")


def state(store: Store) -> RecoveryState:
    """How it stands now."""
    slots, drilled = {slot.slot: slot for slot in store.parts.keys.of_kind(KIND)}, _drilled(store)
    good = next((number for number in reversed(list(slots)) if number in drilled), None)
    waiting = any(number not in drilled for number in slots)
    if good is None:
        return RecoveryState("", "", "", waiting)
    made = next((row.recorded_at for row in _rows(store, "recovery.made") if _slot(row) == good), "")
    return RecoveryState(slots[good].user_name, made, drilled[good], waiting)


def _drilled(store: Store) -> dict[int, str]:
    return {_slot(row): row.recorded_at for row in _rows(store, "recovery.drilled")}


def _rows(store: Store, act: str) -> list[Change]:
    return acts_of_file(Log(store.parts.database), store.origin, (act,))


def _slot(row: Change) -> int:
    return int(json.loads(row.payload or "{}").get("slot", 0))


def _replace(store: Store, gone: Sequence[Slot], fresh: tuple[Slot, ...], told: list[Entry]) -> None:
    keys, numbers = store.parts.keys, {slot.slot for slot in gone}
    told += [entry_of(Kind.SYSTEM, "recovery.removed", slot=number) for number in sorted(numbers)]
    if not numbers and not fresh:
        store.append(told)
        return
    kept = tuple(slot for slot in keys.slots if slot.slot not in numbers)
    change_slots(store, evolve(keys, slots=(*kept, *fresh)), told)
