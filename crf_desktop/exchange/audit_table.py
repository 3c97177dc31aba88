"""The whole log as a table: old value → new value, who, when, why, and the hash of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from heapq import merge

from crf_desktop.model.data import NOTHING, Change, Datum
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.store import Store

COLUMNS = (
    "lamport", "origin", "seq", "kind", "transaction_type",
    "subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item", "item_name",
    "old_value", "old_qualifier", "old_unit", "old_null", "new_value", "new_qualifier", "new_unit", "new_null",
    "reason_for_change", "user_oid", "user", "role", "recorded_at", "observed_at", "capture", "entry_pass",
    "edit_point", "payload", "based_on", "location", "device", "key_id", "program_version", "metadata_digest",
    "previous_hash", "hash", "row_signature",
)  # fmt: skip


def rows(store: Store, definition: MetaDataVersion) -> Iterator[tuple[str, ...]]:
    """Every row of every origin in reading order (lamport, origin, seq)."""
    names = {p.user_oid: p.full_name for p in store.people()}
    items = {i.oid: i.name for i in definition.items}
    for change in merge(*(store.changes(origin) for origin in sorted(store.heads())), key=lambda c: c.order):
        old, name = before(change, store.change), items.get(change.path.item, "")
        yield _row(change, old, name, names.get(change.user_oid, ""))


def before(change: Change, find: Callable[[str, int], Change | None]) -> Datum:
    """What stood at the place of a row before it; ``find`` gives a row by its origin and number."""
    replaced = find(*change.based_on) if change.based_on else None
    return replaced.datum if replaced is not None and replaced.path == change.path else NOTHING


def _row(c: Change, old: Datum, item_name: str, user: str) -> tuple[str, ...]:
    return (
        str(c.lamport), c.origin, str(c.seq), c.kind.value, c.transaction_type, *c.path.keys(), item_name,
        *_datum(old), *_datum(c.datum), c.reason_for_change or "", c.user_oid, user, c.role,
        local_time(c.recorded_at, c.utc_offset_min), c.observed_at or "", c.capture, str(c.entry_pass), c.edit_point,
        c.payload or "", f"{c.based_on[0]}:{c.based_on[1]}" if c.based_on else "",
        c.location_oid, c.device_oid, c.key_id, c.program_version,
        c.metadata_digest or "", c.previous_hash.hex(), c.hash.hex(), c.row_signature.hex(),
    )  # fmt: skip


def _datum(datum: Datum) -> tuple[str, str, str, str]:
    null = datum.null_flavor.value if datum.null_flavor else ""
    return (datum.value or "", datum.qualifier, datum.unit_oid or "", null)


def local_time(recorded_at: str, offset_min: int) -> str:
    """The moment on the clock there, with its offset: ``2026-11-22T16:15:30.123+08:00``."""
    utc = datetime.fromisoformat(recorded_at.replace("Z", "+00:00"))
    return utc.astimezone(timezone(timedelta(minutes=offset_min))).isoformat(timespec="milliseconds")
