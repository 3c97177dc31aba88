"""Every change of the key file: the intent as a row, both copies, then that it is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Entry, Kind
from crf_desktop.store import engine, keyring
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.lineage import acts_of_file
from crf_desktop.store.log import Log, entry_of

if TYPE_CHECKING:
    from crf_desktop.store.study import Store


def change_slots(store: Store, keys: KeyFile, entries: Sequence[Entry] = ()) -> None:
    """Puts another key file in the place of the present one; ``entries`` are the rows that say what it is for.

    Cut off before the copies are written, the rows stand and the old file opens; cut off after, opening finishes it.
    Raises what :meth:`Store.append` raises.
    """
    parts = store.parts
    sealed = with_pending(keys, parts.pending).sealed_with(parts.data_key)
    store.append([*entries, keys_entry("keys.intent", sealed)])
    try:
        keyring.write(store.folder, sealed)
    except OSError as error:
        if not _arrived(store, sealed):
            raise (engine.problem_of(error, store.folder) or EnvironmentProblem("store.io")) from None
    parts.keys = sealed
    store.append([keys_entry("keys.done", sealed)])


def with_pending(keys: KeyFile, fresh: bytearray | None) -> KeyFile:
    """The file with the next data key in every slot; a slot made while a rotation waits would else be left behind."""
    if keys.pending_epoch is None or fresh is None:
        return keys
    slots = tuple(
        slot if slot.sealed_pending else keyring.seal_pending(slot, keys.db_id, keys.pending_epoch, fresh)
        for slot in keys.slots
    )
    return evolve(keys, slots=slots)


def keys_entry(act: str, keys: KeyFile) -> Entry:
    """A row about a change of the slots; the numbers it names are never given again."""
    return entry_of(
        Kind.SYSTEM, act, db_id=keys.db_id, epoch=keys.epoch, sequence=keys.sequence, header_mac=keys.mac.hex(),
        slots=[slot.slot for slot in keys.slots],
    )  # fmt: skip


def next_slot(store: Store) -> int:
    """A slot number that none ever had in this file."""
    rows = acts_of_file(Log(store.parts.database), store.origin, ("keys.intent",))
    named = (json.loads(row.payload or "{}") for row in rows)
    ever = (number for body in named for number in body.get("slots", ()))
    return max((*ever, *(slot.slot for slot in store.parts.keys.slots)), default=0) + 1


def _arrived(store: Store, keys: KeyFile) -> bool:
    """Whether one copy was written before the disk failed; it is the newest then, and opening mends the other."""
    try:
        return keyring.read(store.folder).best.raw == keys.raw
    except EnvironmentProblem:
        return False
