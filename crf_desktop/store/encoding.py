"""Encoding 1 of a row of the change log, its hash, and the way between rows of the table and :class:`Change`."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import rfc8785

from crf_desktop.model.data import Change, Datum, Kind, NullFlavor
from crf_desktop.model.path import ItemPath

FORMAT: Final = 1
MAGIC: Final = b"CRF-DESKTOP-ROW\x01"
MAX_INTEGER: Final = 2**53
MAX_TEXT: Final = 4_000
"""Code points in any text column but the payload."""
Cell = str | int | bytes | None
Cells = tuple[Cell, ...]

COLUMNS: Final = (
    "origin", "seq", "format", "study_oid", "lamport", "kind",
    "subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item",
    "transaction_type", "value", "qualifier", "unit_oid", "null_flavor", "payload",
    "entry_pass", "capture", "observed_at", "user_oid", "role", "key_id", "location_oid", "device_oid",
    "program_version", "recorded_at", "utc_offset_min", "boot_id", "boot_ms", "edit_point", "reason_for_change",
    "metadata_digest", "based_on_origin", "based_on_seq", "previous_hash", "hash", "row_signature",
)  # fmt: skip
"""In table order; all but the last two are encoded."""

N_ENCODED: Final = len(COLUMNS) - 2
NO_HASH: Final = bytes(32)
"""``previous_hash`` of an origin's first row."""


def encode(cells: Sequence[Cell]) -> bytes:
    """The canonical bytes of a row's encoded columns; raises ValueError for text that is not NFC."""
    return encode_cells(MAGIC, cells[:N_ENCODED])


def encode_cells(magic: bytes, cells: Sequence[Cell]) -> bytes:
    """Any cells behind a magic, each told apart from its neighbours; raises ValueError for text that is not NFC."""
    parts = [magic]
    for cell in cells:
        if cell is None:
            parts.append(b"\x00")
        elif isinstance(cell, str):
            if not (cell.isascii() or unicodedata.is_normalized("NFC", cell)):
                raise ValueError("text that is not NFC")
            utf8 = cell.encode("utf-8")
            parts.append(struct.pack(">BI", 1, len(utf8)) + utf8)
        elif isinstance(cell, int):
            parts.append(struct.pack(">Bq", 2, cell))
        else:
            parts.append(struct.pack(">BI", 3, len(cell)) + cell)
    return b"".join(parts)


def row_hash(cells: Sequence[Cell]) -> bytes:
    """SHA-256 of the encoding."""
    return hashlib.sha256(encode(cells)).digest()


def path_cells(path: ItemPath) -> tuple[str | None, ...]:
    """The eight key columns: an absent key is None there."""
    keys = path.keys()
    return tuple(key or None for key in keys)


def to_cells(change: Change) -> Cells:
    """The row of the table."""
    datum = change.datum
    based = change.based_on or (None, None)
    return (
        change.origin, change.seq, change.format, change.study_oid, change.lamport, str(change.kind),
        *path_cells(change.path),
        change.transaction_type, datum.value, datum.qualifier, datum.unit_oid,
        None if datum.null_flavor is None else str(datum.null_flavor), change.payload,
        change.entry_pass, change.capture, change.observed_at, change.user_oid, change.role, change.key_id,
        change.location_oid, change.device_oid, change.program_version, change.recorded_at, change.utc_offset_min,
        change.boot_id, change.boot_ms, change.edit_point, change.reason_for_change, change.metadata_digest, *based,
        change.previous_hash, change.hash, change.row_signature,
    )  # fmt: skip


def datum_of(value: Any, qualifier: Any, unit_oid: Any, null_flavor: Any) -> Datum:
    """The datum in four columns."""
    flavor = None if null_flavor is None else NullFlavor(null_flavor)
    return Datum(value, qualifier, unit_oid, flavor)


def from_cells(cells: Sequence[Any]) -> Change:
    """The change in a row of the table."""
    based = None if cells[36] is None else (cells[36], cells[37])
    path = ItemPath(*(key or "" for key in cells[6:14]))
    middle = (Kind(cells[5]), path, cells[14], datum_of(*cells[15:19]))
    return Change(*(*cells[:5], *middle, *cells[19:36], based, *cells[38:41]))


def payload_text(payload: Mapping[str, Any] | None) -> str | None:
    """The payload as RFC 8785 JSON, strings in NFC; raises ValueError for a float."""
    if payload is None:
        return None
    return rfc8785.dumps(_plain(payload)).decode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError("a payload holds no float")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def canonical(text: str) -> str:
    """Text as it is stored: NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
