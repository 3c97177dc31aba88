"""The records of a bundle: length, type, body; and a row as its Encoding 1 bytes (``docs/bundle_format.md``)."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final, cast

from attrs import frozen

from crf_desktop.exchange import strict_json
from crf_desktop.model.data import Change
from crf_desktop.store.encoding import MAGIC as ROW_MAGIC
from crf_desktop.store.encoding import encode, from_cells, payload_text, to_cells

MAGIC: Final = b"CRF-DESKTOP-BUNDLE"
FORMAT: Final = 1
PRELUDE: Final = MAGIC + bytes((FORMAT,))


class RecordType(IntEnum):
    """The byte behind the length."""

    MANIFEST = 0x4D
    SIGNATURE = 0x53
    ROW = 0x52
    DOCUMENT = 0x44
    END = 0x45


CAPS: Final[dict[int, int]] = {
    RecordType.MANIFEST: 1 << 20,
    RecordType.SIGNATURE: 64,
    RecordType.ROW: 9 << 20,
    RecordType.DOCUMENT: 257 << 20,
    RecordType.END: 1 << 10,
}
"""Longest body of each type, in bytes; compared with the declared length before anything of the body is read."""

MAX_TOTAL: Final = 2 << 30
"""Longest plaintext of a bundle, in bytes."""


class RecordError(ValueError):
    """The bytes are not a record or a row; ``reason`` is one of malformed, newer, too_large, cut."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def framed(kind: RecordType, body: bytes) -> bytes:
    """A record: u32 big-endian length of the body, type byte, body."""
    if len(body) > CAPS[kind]:
        raise RecordError("too_large")
    return struct.pack(">IB", len(body), kind) + body


class Splitter:
    """Cuts a stream that arrives in pieces into records; never holds more than one record.

    A declared length above its type's cap is refused when its five bytes have arrived.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._begun = False
        self.total = 0
        """Bytes seen."""

    def feed(self, piece: bytes) -> Iterator[tuple[RecordType, bytes]]:
        """The records that the piece completes."""
        self.total += len(piece)
        if self.total > MAX_TOTAL:
            raise RecordError("too_large")
        self._held += piece
        if not self._begun and not self._begin():
            return
        at = 0
        while len(self._held) - at >= 5:
            length, kind = struct.unpack_from(">IB", self._held, at)
            if kind not in CAPS:
                raise RecordError("malformed")
            if length > CAPS[kind]:
                raise RecordError("too_large")
            if len(self._held) - at < 5 + length:
                break
            yield RecordType(kind), bytes(self._held[at + 5 : at + 5 + length])
            at += 5 + length
        del self._held[:at]

    def _begin(self) -> bool:
        if len(self._held) < len(PRELUDE):
            return False
        if self._held[: len(MAGIC)] != MAGIC:
            raise RecordError("malformed")
        if self._held[len(MAGIC)] != FORMAT:
            raise RecordError("newer")
        del self._held[: len(PRELUDE)]
        self._begun = True
        return True

    def finish(self) -> None:
        """Raises when the stream ended inside a record."""
        if self._held or not self._begun:
            raise RecordError("cut")


# ---------------------------------------------------------------------------------------------------------- documents


def document_body(media_type: str, data: bytes) -> bytes:
    """u8 length of the media type, media type (ASCII), data."""
    name = media_type.encode("ascii")
    return struct.pack(">B", len(name)) + name + data


def read_document(body: bytes) -> tuple[str, bytes]:
    """Media type and data."""
    if not body or len(body) < 1 + body[0] or not body[0]:
        raise RecordError("malformed")
    name = body[1 : 1 + body[0]]
    if any(not 0x21 <= b <= 0x7E for b in name):
        raise RecordError("malformed")
    return name.decode("ascii"), body[1 + body[0] :]


# --------------------------------------------------------------------------------------------------------------- rows

TEXT, INTEGER, BYTES = 1, 2, 3
MAX_PAYLOAD: Final = 8_000_000
"""Bytes: what the store takes at most, two million characters, in the longest UTF-8."""


@frozen(slots=True)
class _Column:
    name: str
    type: int
    nullable: bool = False
    most: int = 256
    least: int = 0


_KEYS = ("subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item")
COLUMNS: Final[tuple[_Column, ...]] = (
    _Column("origin", TEXT, most=32),
    _Column("seq", INTEGER),
    _Column("format", INTEGER),
    _Column("study_oid", TEXT, most=40),
    _Column("lamport", INTEGER),
    _Column("kind", TEXT, most=32),
    *(_Column(key, TEXT, True, least=1) for key in _KEYS),
    _Column("transaction_type", TEXT, most=8),
    _Column("value", TEXT, True, 16_000),
    _Column("qualifier", TEXT, most=1),
    _Column("unit_oid", TEXT, True, 40),
    _Column("null_flavor", TEXT, True, 8),
    _Column("payload", TEXT, True, MAX_PAYLOAD),
    _Column("entry_pass", INTEGER),
    _Column("capture", TEXT, most=16),
    _Column("observed_at", TEXT, True, 64),
    _Column("user_oid", TEXT, most=64),
    _Column("role", TEXT, most=32),
    _Column("key_id", TEXT, most=64),
    _Column("location_oid", TEXT, most=64),
    _Column("device_oid", TEXT, most=64),
    _Column("program_version", TEXT, most=64),
    _Column("recorded_at", TEXT, most=64),
    _Column("utc_offset_min", INTEGER),
    _Column("boot_id", TEXT, most=64),
    _Column("boot_ms", INTEGER),
    _Column("edit_point", TEXT, most=32),
    _Column("reason_for_change", TEXT, True, 16_000),
    _Column("metadata_digest", TEXT, True, 71),
    _Column("based_on_origin", TEXT, True, 32),
    _Column("based_on_seq", INTEGER, True),
    _Column("previous_hash", BYTES, most=32),
)
"""The columns of the log in Encoding 1 order; ``most`` in UTF-8 bytes."""


_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def named_documents(change: Change) -> set[str]:
    """The digests a row names: its definition, a document as its value, anything in its payload."""
    found = {text for text in (change.metadata_digest, change.datum.value) if text and _DIGEST.fullmatch(text)}
    return found | set(_DIGEST.findall(change.payload)) if change.payload else found


def row_body(change: Change) -> bytes:
    """A row record: Encoding 1 of the row, its hash (32), its row signature (64)."""
    return encode(to_cells(change)) + change.hash + change.row_signature


def read_row(body: bytes) -> Change:
    """The row in a record; raises RecordError unless the bytes are Encoding 1 and the hash is theirs."""
    encoding, digest, signature = body[:-96], body[-96:-64], body[-64:]
    if hashlib.sha256(encoding).digest() != digest:
        raise RecordError("malformed")
    columns = _columns(encoding)
    _require_sound(columns)
    try:
        return from_cells([*columns.values(), digest, signature])
    except ValueError:
        raise RecordError("malformed") from None


def _columns(encoding: bytes) -> dict[str, Any]:
    if not encoding.startswith(ROW_MAGIC):
        raise RecordError("newer" if encoding.startswith(ROW_MAGIC[:-1]) else "malformed")
    at, found = len(ROW_MAGIC), {}
    for column in COLUMNS:
        found[column.name], at = _value(encoding, at, column)
    if at != len(encoding):
        raise RecordError("malformed")
    return found


def _value(encoding: bytes, at: int, column: _Column) -> tuple[str | int | bytes | None, int]:
    tag = encoding[at] if at < len(encoding) else -1
    if tag == 0 and column.nullable:
        return None, at + 1
    if tag != column.type:
        raise RecordError("malformed")
    if tag == INTEGER:
        if at + 9 > len(encoding):
            raise RecordError("malformed")
        return cast(int, struct.unpack_from(">q", encoding, at + 1)[0]), at + 9
    if at + 5 > len(encoding):
        raise RecordError("malformed")
    length, start = struct.unpack_from(">I", encoding, at + 1)[0], at + 5
    if not column.least <= length <= column.most or start + length > len(encoding):
        raise RecordError("malformed")
    raw = encoding[start : start + length]
    return (raw if tag == BYTES else _text(raw)), start + length


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise RecordError("malformed") from None
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise RecordError("malformed")
    if "\x00" in text:
        raise RecordError("malformed")
    return text


_WORDS: Final[dict[str, frozenset[str]]] = {
    "transaction_type": frozenset({"Insert", "Update", "Remove"}),
    "qualifier": frozenset({"", "<", ">"}),
    "capture": frozenset({"direct", "transcribed", "device", "import"}),
    "edit_point": frozenset({"Monitoring", "DataManagement", "DBAudit"}),
}


def _require_sound(c: dict[str, Any]) -> None:
    if c["format"] != 1:
        raise RecordError("newer")
    if c["seq"] < 1 or c["lamport"] < 0 or c["entry_pass"] not in (1, 2) or len(c["previous_hash"]) != 32:
        raise RecordError("malformed")
    if any(c[name] not in words for name, words in _WORDS.items()):
        raise RecordError("malformed")
    if (c["based_on_origin"] is None) != (c["based_on_seq"] is None):
        raise RecordError("malformed")
    if c["payload"] is not None:
        _require_canonical(c["payload"])


def _require_canonical(payload: str) -> None:
    """A payload is RFC 8785 JSON without floats, an object: so that every reader reads the same in it."""
    try:
        value = strict_json.read_object(payload.encode("utf-8"), MAX_PAYLOAD)
        if payload_text(value) != payload:
            raise RecordError("malformed")
    except ValueError:
        raise RecordError("malformed") from None
