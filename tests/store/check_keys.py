"""An independent reader of ``keys.a``, from docs/key_format.md alone: HPKE by hand (RFC 9180), no module of ours."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from base64 import b64decode
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def derive(key: bytes, label: str) -> bytes:
    """HKDF-SHA256 without salt, 32 bytes."""
    return mac(mac(bytes(32), key), f"crf-desktop/1/{label}".encode() + b"\x01")


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def hpke_open(private: X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """Base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""

    def extract(suite: bytes, salt: bytes, label: bytes, data: bytes) -> bytes:
        return mac(salt or bytes(32), b"HPKE-v1" + suite + label + data)

    def expand(suite: bytes, key: bytes, label: bytes, data: bytes, n: int) -> bytes:
        return mac(key, n.to_bytes(2, "big") + b"HPKE-v1" + suite + label + data + b"\x01")[:n]

    kem, suite, came = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02", sealed[:32]
    shared = private.exchange(X25519PublicKey.from_public_bytes(came))
    context = came + private.public_key().public_bytes_raw()
    secret = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    schedule = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    root = extract(suite, secret, b"secret", b"")
    key, nonce = expand(suite, root, b"key", schedule, 32), expand(suite, root, b"base_nonce", schedule, 12)
    return AESGCM(key).decrypt(nonce, sealed[32:], b"")


def open_file(raw: bytes, user: str, password: str) -> dict[str, Any]:
    """The body with ``data_key`` and ``log_key``; raises ValueError or InvalidTag."""
    length = int.from_bytes(raw[26:30], "big")
    if raw[:18] != b"CRF-DESKTOP-KEYS\x00\x01" or len(raw) != 30 + length + 64:
        raise ValueError("not a key file of version 1")
    if hashlib.sha256(raw[:-32]).digest() != raw[-32:]:
        raise ValueError("damaged")
    body = json.loads(raw[30 : 30 + length])
    if canonical(body) != raw[30 : 30 + length]:
        raise ValueError("not canonical")
    slot = next(s for s in body["slots"] if s["user_name"] == user)
    cost, text = slot["kdf"], unicodedata.normalize("NFKC", password).encode("utf-8")
    numbers = (cost["time"], cost["memory_kib"], cost["lanes"])
    if not (3 <= numbers[0] <= 16 and 64 * 1024 <= numbers[1] <= 512 * 1024 and 1 <= numbers[2] <= 16):
        raise ValueError("too cheap or too costly")
    root = hash_secret_raw(text, b64decode(cost["salt"]), *numbers, hash_len=32, type=Type.ID, version=cost["version"])
    binding = {name: slot[name] for name in ("kdf", "kind", "slot", "user_name", "user_oid")} | {"db_id": body["db_id"]}

    def unwrap(name: str) -> bytes:
        data = b64decode(slot["wrapped"][name])
        return AESGCM(derive(root, f"wrap/{name}")).decrypt(data[:12], data[12:], canonical(binding))

    private = X25519PrivateKey.from_private_bytes(unwrap("slot_key"))
    data_key = hpke_open(private, b64decode(slot["sealed"]), canonical(binding | {"epoch": body["epoch"]}))
    if mac(derive(data_key, "header-mac"), raw[:-64]) != raw[-64:-32]:
        raise ValueError("altered")
    return body | {"data_key": data_key, "log_key": unwrap("log_key")}
