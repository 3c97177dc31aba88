"""A new data key for the whole study, made without anybody's password; each step can be cut off and is gone on from."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from attrs import evolve

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import engine, keyring, room, witness
from crf_desktop.store.installation_key import rewrap
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.lineage import acts_of_file
from crf_desktop.store.log import Log, entry_of
from crf_desktop.store.slot_change import change_slots
from crf_desktop.store.stretch import derive, wipe
from crf_desktop.store.witness import Witness

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

Progress = Callable[[int, int], None]
STEPS: Final = 3
_MARGIN: Final = 16 * 1024 * 1024
"""Beside a whole copy of ``log.db``: SQLite keeps every old page until the last new one is on the disk."""


def quiet(_done: int, _of: int) -> None:
    """No progress wanted."""


def rotate(store: Store, progress: Progress = quiet) -> None:
    """Makes a new data key, seals it to every slot, encrypts the log under it and forgets the old one.

    Whoever holds only the old key (somebody whose account was closed, a copy of the folder) reads nothing written from
    now on. Raises EnvironmentProblem ``keys.rotation_no_room``, ``store.disk_full``, ``.io``, ``.read_only``; what was
    begun is then finished at the next unlocking.
    """
    if store.parts.keys.pending_epoch is None:
        prepare(store)
    _go_on(store, progress)


def finish(store: Store, *, rekeyed: bool) -> None:
    """Goes on with a rotation that was cut off; ``rekeyed``: whether the log was found under the new key already."""
    if rekeyed:
        conclude(store)
    else:
        _go_on(store, quiet)


def _go_on(store: Store, progress: Progress) -> None:
    with store.parts.database.alone:
        progress(1, STEPS)
        rekey(store)
        progress(2, STEPS)
        conclude(store)
        progress(STEPS, STEPS)


def prepare(store: Store) -> None:
    """First step: the next data key stands in every slot beside the one in force."""
    parts = store.parts
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    _require_room(store)
    keys, fresh = parts.keys, bytearray(os.urandom(32))
    epoch = keys.epoch + 1
    slots = tuple(keyring.seal_pending(slot, keys.db_id, epoch, fresh) for slot in keys.slots)
    parts.pending = fresh  # before: the copies may be written and the row that says so not
    change_slots(store, evolve(keys, slots=slots, pending_epoch=epoch))


def _require_room(store: Store) -> None:
    need = (store.folder / engine.NAME).stat().st_size + _MARGIN
    if room.free_bytes(store.folder) < need:
        raise EnvironmentProblem("keys.rotation_no_room", need_mb=need // 1_000_000 + 1)


def rekey(store: Store) -> None:
    """Second step: every page of the log under the next key; from here on only that one opens it."""
    parts = store.parts
    old, fresh = parts.data_key, parts.pending
    assert fresh is not None
    parts.database.rekey(derive(old, "database"), derive(fresh, "database"))
    mark = None
    if parts.witness is not None:
        mark = witness.read(store.folder, bytes(derive(old, "witness-mac")))
        parts.witness.close()
        parts.witness = Witness(store.folder, bytes(derive(fresh, "witness-mac")), mark)
    parts.keys, parts.data_key, parts.pending = concluded(parts.keys, old, fresh), fresh, None
    wipe(old)


def concluded(keys: KeyFile, old: bytearray, fresh: bytearray) -> KeyFile:
    """The key file with the next data key alone; not written yet."""
    assert keys.pending_epoch is not None
    slots = tuple(evolve(slot, sealed=slot.sealed_pending or b"", sealed_pending=None) for slot in keys.slots)
    own = rewrap(keys.installation, old, fresh, keys.db_id)
    return evolve(keys, slots=slots, epoch=keys.pending_epoch, pending_epoch=None, installation=own)


def conclude(store: Store) -> None:
    """Third step: pages checked, witness under the new key, key file with the new key alone."""
    parts = store.parts
    pages = [str(row[0]) for row in parts.database.all("PRAGMA cipher_integrity_check")]
    if engine.damaged_pages(pages):  # both keys stay in the slots until a backup is restored
        raise EnvironmentProblem("study.damaged", page="?")
    if pages:
        raise EnvironmentProblem("store.io")
    if parts.witness is not None:
        _witness_anew(store, parts.witness)
    change_slots(store, parts.keys, [entry_of(Kind.SYSTEM, "keys.rotated", epoch=parts.keys.epoch)])


def _witness_anew(store: Store, keeper: Witness) -> None:
    """Both records, so that none is left that only the old key knows."""
    origin, seq, head = store.head()
    for _ in range(2):
        keeper.write(origin, seq, head, int(store.parts.author.clock.now().timestamp() * 1000))
    key = bytes(derive(store.parts.data_key, "witness-mac"))
    if witness.read(store.folder, key) is None or witness.half_lost(store.folder, key):
        raise EnvironmentProblem("store.io")


def rotations(store: Store) -> list[Change]:
    """The rows of this file that say that its data key was changed, in order."""
    return acts_of_file(Log(store.parts.database), store.origin, ("keys.rotated",))
