"""The sponsor's way in, as an option: the data key sealed to a public key whose private half is not in the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.errors import Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Kind
from crf_desktop.store import keyring
from crf_desktop.store.installation import box_recipient
from crf_desktop.store.keyring import SECRETS, KeyFile, Opened, Slot
from crf_desktop.store.log import entry_of
from crf_desktop.store.slot_change import change_slots, next_slot

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

KIND: Final = "escrow"


def make(store: Store, public: bytes) -> str:
    """A slot for the holder of an X25519 key, in the place of the one before; returns the recipient (``age1…``).

    It opens the data and nothing else: no authority, nobody's log or signing key. Raises Refused ``store.no_right``.
    """
    _require_right(store)
    parts, label = store.parts, box_recipient(public)
    draft = Slot(next_slot(store), KIND, "", label, "", None, public, b"", dict.fromkeys(SECRETS), b"")
    fresh = keyring.seal(draft, parts.keys.db_id, parts.keys.epoch, parts.data_key)
    told = entry_of(Kind.SYSTEM, "escrow.made", slot=fresh.slot, recipient=label)
    change_slots(store, evolve(parts.keys, slots=(*_others(parts.keys), fresh)), [told])
    return label


def remove(store: Store) -> None:
    """Takes the slot away; what its holder has copied stays readable until the data key is changed too."""
    _require_right(store)
    keys = store.parts.keys
    gone = [entry_of(Kind.SYSTEM, "escrow.removed", slot=slot.slot) for slot in keys.of_kind(KIND)]
    if gone:
        change_slots(store, evolve(keys, slots=_others(keys)), gone)


def open_escrow(keys: KeyFile, private: X25519PrivateKey) -> Opened:
    """What the holder's private key opens: the data key; raises Refused ``escrow.not_this``, ``keys.altered``."""
    public = private.public_key().public_bytes_raw()
    for slot in keys.of_kind(KIND):
        if slot.public == public:
            return keyring.open_private(keys, slot, private)
    raise Refused("escrow.not_this")


def recipient(keys: KeyFile) -> str:
    """To whom the data key is sealed; empty where to nobody."""
    return next((slot.user_name for slot in keys.of_kind(KIND)), "")


def _others(keys: KeyFile) -> tuple[Slot, ...]:
    return tuple(slot for slot in keys.slots if slot.kind != KIND)


def _require_right(store: Store) -> None:
    if not may(store.session.person.role, Action.ADMINISTER):
        raise Refused("store.no_right", role=store.session.person.role)
