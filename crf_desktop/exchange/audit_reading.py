"""A slice of the log read back from a document, every row held to its hash and its writer's signature."""

from __future__ import annotations

import struct
from typing import Any, Final

from attrs import field, frozen
from cryptography.exceptions import InvalidSignature

from crf_desktop.exchange import strict_json
from crf_desktop.exchange.audit_slice import FORMAT, WHAT
from crf_desktop.exchange.record import RecordError, read_row
from crf_desktop.model.data import Change
from crf_desktop.store import certificate
from crf_desktop.store.encoding import COLUMNS, encode

MOST_BYTES: Final = 256 << 20
_AS_HEX: Final = ("previous_hash", "hash", "row_signature")


class NotAudit(ValueError):
    """The bytes are not a slice of a log."""


@frozen
class Audit:
    """What a slice says, and which of its rows do not hold."""

    study_oid: str
    head: tuple[str, int, str]
    heads: dict[str, tuple[int, str]]
    """Origin → (seq, hash as hex) held then."""
    rows: tuple[Change, ...] = field(repr=False)
    """Those whose hash holds, as they stand in the file."""
    n_altered: int
    """Rows that are not sound, or whose hash is another one."""
    n_unsigned: int
    """Rows whose signature does not hold under the key in the file."""
    n_pending: int
    """Rows whose key the file's authority has not certified."""
    fingerprint: str
    """SHA-256 of the authority's certificate, hex; empty where there is none."""


def read_audit(data: bytes) -> Audit:
    """The slice; raises :class:`NotAudit`."""
    try:
        body = strict_json.read_object(data, MOST_BYTES)
        if body["what"] != WHAT or body["format"] != FORMAT:
            raise NotAudit
        authority = certificate.load(body["authority"]) if body["authority"] else None
        keys = {(k["origin"], k["key_id"]): _key(k, authority) for k in body["keys"]}
        head, heads = body["head"], {o: (int(h["seq"]), str(h["hash"])) for o, h in body["heads"].items()}
        found = [_row(cells) for cells in body["rows"]]
        fingerprint = certificate.fingerprint(body["authority"]) if authority else ""
        at = (str(head["origin"]), int(head["seq"]), str(head["hash"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UnicodeError):
        raise NotAudit from None
    rows = tuple(row for row in found if row is not None)
    verdicts = [_signed(row, keys) for row in rows]
    return Audit(
        str(body["study_oid"]),
        at,
        heads,
        rows,
        len(found) - len(rows),
        verdicts.count("unsigned"),
        verdicts.count("pending"),
        fingerprint,
    )


def _row(cells: dict[str, Any]) -> Change | None:
    """The row, if it is one and its hash is its own."""
    try:
        told: list[Any] = [bytes.fromhex(cells[n]) if n in _AS_HEX else cells.get(n) for n in COLUMNS]
        if set(cells) - set(COLUMNS) or any(isinstance(c, bool) for c in told):
            return None
        return read_row(encode(told) + told[-2] + told[-1])
    except (RecordError, ValueError, KeyError, TypeError, AttributeError, struct.error):
        return None


def _key(told: dict[str, Any], authority: Any) -> tuple[Any, bool] | None:
    """The key and whether the authority in the file says whose it is; None where the file contradicts itself."""
    raw = bytes.fromhex(told["public_key"])
    found = certificate.load(told["certificate"])
    public = certificate.log_public(found)
    if certificate.key_id(raw) != told["key_id"] or public is None or certificate.raw_public(public) != raw:
        return None
    named = authority is not None and certificate.issued_by(found, authority)
    return certificate.ed25519_public(raw), named and certificate.owner(found) == told["user_oid"]


def _signed(row: Change, keys: dict[tuple[str, str], tuple[Any, bool] | None]) -> str:
    key = keys.get((row.origin, row.key_id))
    if key is None:
        return "unsigned"
    try:
        key[0].verify(row.row_signature, row.hash)
    except InvalidSignature:
        return "unsigned"
    return "certified" if key[1] else "pending"

