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


def read_file(raw: bytes) -> dict[str, Any]:
    """The body; raises ValueError."""
    length = int.from_bytes(raw[26:30], "big")
    if raw[:18] != b"CRF-DESKTOP-KEYS\x00\x01" or len(raw) != 30 + length + 64:
        raise ValueError("not a key file of version 1")
    if hashlib.sha256(raw[:-32]).digest() != raw[-32:]:
        raise ValueError("damaged")
    body: dict[str, Any] = json.loads(raw[30 : 30 + length])
    if canonical(body) != raw[30 : 30 + length]:
        raise ValueError("not canonical")
    return body


def open_file(raw: bytes, user: str, password: str) -> dict[str, Any]:
    """The body with ``data_key`` and ``log_key``; raises ValueError or InvalidTag."""
    body = read_file(raw)
    slot = next(s for s in body["slots"] if s["kind"] == "user" and s["user_name"] == user)
    return by_password(raw, body, slot, password)


def by_password(raw: bytes, body: dict[str, Any], slot: dict[str, Any], password: str) -> dict[str, Any]:
    cost, text = slot["kdf"], unicodedata.normalize("NFKC", password).encode("utf-8")
    numbers = (cost["time"], cost["memory_kib"], cost["lanes"])
    if not (3 <= numbers[0] <= 16 and 64 * 1024 <= numbers[1] <= 512 * 1024 and 1 <= numbers[2] <= 16):
        raise ValueError("too cheap or too costly")
    root = hash_secret_raw(text, b64decode(cost["salt"]), *numbers, hash_len=32, type=Type.ID, version=cost["version"])

    def unwrap(name: str) -> bytes | None:
        if slot["wrapped"][name] is None:
            return None
        data = b64decode(slot["wrapped"][name])
        return AESGCM(derive(root, f"wrap/{name}")).decrypt(data[:12], data[12:], canonical(binding(body, slot)))

    private = X25519PrivateKey.from_private_bytes(unwrap("slot_key") or b"")
    return by_private(raw, body, slot, private) | {name: unwrap(name) for name in ("log_key", "ca_key")}


def binding(body: dict[str, Any], slot: dict[str, Any]) -> dict[str, Any]:
    return {n: slot[n] for n in ("kdf", "kind", "slot", "user_name", "user_oid")} | {"db_id": body["db_id"]}


def by_private(raw: bytes, body: dict[str, Any], slot: dict[str, Any], private: X25519PrivateKey) -> dict[str, Any]:
    """The body with ``data_key``, and with ``pending`` while a rotation is under way."""

    def unseal(sealed: str, epoch: int) -> bytes:
        return hpke_open(private, b64decode(sealed), canonical(binding(body, slot) | {"epoch": epoch}))

    data_key = unseal(slot["sealed"], body["epoch"])
    if mac(derive(data_key, "header-mac"), raw[:-64]) != raw[-64:-32]:
        raise ValueError("altered")
    pending = None if body["pending_epoch"] is None else unseal(slot["sealed_pending"], body["pending_epoch"])
    return body | {"data_key": data_key, "pending": pending}


def open_by_code(raw: bytes, code: str) -> dict[str, Any]:
    """The body with ``data_key`` and ``ca_key`` by the recovery code as printed; raises ValueError or InvalidTag."""
    alphabet, body = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", read_file(raw)
    groups = [[alphabet.index(character) for character in group] for group in code.split("-")]
    for n, group in enumerate(groups, 1):
        check = n
        for power, digit in enumerate(group[:4], 1):
            for _ in range(power):
                digit = digit << 1 ^ (0b100101 if digit & 16 else 0)
            check ^= digit
        if check != group[4] or len(group) != 5 or len(groups) != 8:
            raise ValueError(f"a slip in group {n}")
    text = "".join(alphabet[digit] for group in groups for digit in group[:4])
    slot = next(s for s in body["slots"] if s["kind"] == "recovery")
    return by_password(raw, body, slot, text)


def open_by_private(raw: bytes, private: bytes) -> dict[str, Any]:
    """The body with ``data_key`` by the sponsor's private key."""
    key, body = X25519PrivateKey.from_private_bytes(private), read_file(raw)
    public = key.public_key().public_bytes_raw()
    slot = next(s for s in body["slots"] if s["kind"] == "escrow" and b64decode(s["public"]) == public)
    return by_private(raw, body, slot, key)
