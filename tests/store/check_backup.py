"""Reads a backup without the program: ``docs/backup_format.md`` in 40 lines of the standard library."""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from typing import Any


def hkdf(key: bytes, label: str) -> bytes:
    """HKDF-SHA256 without salt, 32 bytes (RFC 5869)."""
    secret = hmac.new(bytes(32), key, hashlib.sha256).digest()
    return hmac.new(secret, f"crf-desktop/1/{label}".encode() + b"\x01", hashlib.sha256).digest()


def check_backup(data: bytes, data_key: bytes | None = None) -> dict[str, Any]:
    """The label, once checksum, order, seal (where the data key is known) and the parts' own marks are right."""
    body, checksum = data[:-32], data[-32:]
    assert hashlib.sha256(body).digest() == checksum, "checksum"
    assert body[:18] == b"CRF-DESKTOP-BKUP" + struct.pack(">H", 1), "front"
    at, records = 18, []
    while at < len(body):
        kind, length = struct.unpack(">BQ", body[at : at + 9])
        records.append((kind, body[at + 9 : at + 9 + length]))
        seal_at, at = at + 9, at + 9 + length
    assert at == len(body) and [kind for kind, _ in records] == [1, 2, 3, 4], "records"
    label, keys, log, seal = (part for _, part in records)
    if data_key is not None:
        assert hmac.new(hkdf(data_key, "backup-mac"), body[:seal_at], hashlib.sha256).digest() == seal, "seal"
    told: dict[str, Any] = json.loads(label)
    assert json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == label, "canonical"
    assert keys[:16] == b"CRF-DESKTOP-KEYS" and hashlib.sha256(keys[:-32]).digest() == keys[-32:], "keys"
    file = json.loads(keys[30:-64])
    assert all(file[name] == told[name] for name in ("study_oid", "site", "origin")), "same file"
    assert log[:16] == bytes.fromhex(file["db_salt"]), "salt"
    return told
