"""The password of whoever is in, asked again: for a signature, and to be changed."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Entry, Kind
from crf_desktop.settings import utc_text
from crf_desktop.store import attempts, keyring
from crf_desktop.store.keyring import SECRETS, Slot, unwrap
from crf_desktop.store.log import entry_of
from crf_desktop.store.password import require_good, words_about
from crf_desktop.store.slot_change import change_slots
from crf_desktop.store.stretch import Cost, calibrated, floor, wipe

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

LEAST_SECONDS: Final = 0.35
WORTH_IT: Final = 1.25
"""A machine that is a little quicker today is no reason to write the key file."""
KEEP_COST: Final = "key_cost"
"""Setting of a file: ``floor`` keeps its passwords cheap to check (demonstrations, whose password is printed)."""


def prove(store: Store, password: str, purpose: str) -> tuple[Slot, bytearray]:
    """The slot of whoever is in and the root key its password gives; a failure is a row and slows the next.

    Raises Refused ``keys.wrong_password``; EnvironmentProblem ``keys.wait``, ``.blocked``.
    """
    parts, person, clock = store.parts, store.session.person, store.parts.author.clock
    slot = parts.keys.slot_of(person.user_name)
    attempts.require_allowed(store.folder, slot.slot, clock.now())
    root = slot.stretch(password)
    try:
        private = unwrap(slot, parts.keys.db_id, root, "slot_key")
    except EnvironmentProblem:
        wipe(root)
        with contextlib.suppress(EnvironmentProblem):
            store.append([entry_of(Kind.USER, "failed_log_in", user_oid=person.user_oid, purpose=purpose)])
        attempts.note(store.folder, utc_text(clock.now()), slot.slot, told=True)
        raise Refused("keys.wrong_password") from None
    if private is not None:
        wipe(private)
    attempts.taken_over(store.folder, slot.slot)
    return slot, root


def change_password(store: Store, old: str, new: str) -> None:
    """Another password for whoever is in: the same keys under it, nobody else asked; a row says so, not what it is.

    Raises what :func:`prove` and :func:`require_good` raise, Refused ``password.same``.
    """
    person = store.session.person
    slot, root = prove(store, old, "change")
    try:
        if new == old:
            raise Refused("password.same")
        require_good(new, words_about(person, store.study_oid, store.site))
        fresh = rewrapped(store, slot, root, new, cost_for(store))
    finally:
        wipe(root)
    replace(store, fresh, [entry_of(Kind.USER, "password.changed", user_oid=person.user_oid)])


def cost_for(store: Store) -> Cost:
    """What a new password of this file costs to check."""
    return floor() if store.setting(KEEP_COST) == "floor" else calibrated()


def rewrapped(store: Store, slot: Slot, root: bytearray, password: str, cost: Cost) -> Slot:
    """The slot with its own secrets under another password or another cost."""
    parts = store.parts
    held = {name: unwrap(slot, parts.keys.db_id, root, name) for name in SECRETS}
    secrets = {name: secret for name, secret in held.items() if secret is not None}
    draft = evolve(slot, cost=cost, sealed_pending=None)
    return keyring.make_slot(draft, parts.keys.db_id, parts.keys.epoch, password, parts.data_key, secrets)


def replace(store: Store, fresh: Slot, entries: Sequence[Entry]) -> None:
    """Puts a slot in the place of the one of the same number."""
    keys = store.parts.keys
    slots = tuple(fresh if slot.slot == fresh.slot else slot for slot in keys.slots)
    change_slots(store, evolve(keys, slots=slots), entries)


def stronger(store: Store, password: str, seconds: float) -> None:
    """At log-in: a slot that this machine checks much faster than half a second is wrapped anew at today’s cost.

    ``seconds``: how long checking the password just took. The password is at hand only now.
    """
    if seconds >= LEAST_SECONDS or store.read_only:
        return
    slot, cost = store.parts.keys.slot_of(store.session.person.user_name), cost_for(store)
    if slot.cost is None or cost.work() <= slot.cost.work() * WORTH_IT:
        return
    root = slot.stretch(password)
    try:
        fresh = rewrapped(store, slot, root, password, cost)
    finally:
        wipe(root)
    with contextlib.suppress(EnvironmentProblem):  # a full disk: the next log-in tries again
        replace(store, fresh, [])
