"""An installation's two private keys as they stand in the key file: under the data key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crf_desktop.store import certificate, keyring
from crf_desktop.store.installation import Installation
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.stretch import derive, wipe

_NONCE: Final = 12


def wrap_installation(
    sign: Ed25519PrivateKey, box: X25519PrivateKey, data_key: bytearray, db_id: str
) -> dict[str, str]:
    """An installation's keys as they stand in the key file."""
    wrapped = _wrap(sign.private_bytes_raw() + box.private_bytes_raw(), data_key, db_id)
    public = certificate.raw_public(sign), box.public_key().public_bytes_raw()
    return dict(zip(("sign_public", "box_public", "wrapped"), map(keyring.b64, (*public, wrapped)), strict=True))


def open_installation(keys: KeyFile, data_key: bytearray) -> Installation:
    """An installation's keys from the key file."""
    secret = _unwrap(keys.installation, data_key, keys.db_id)
    sign, box = Ed25519PrivateKey.from_private_bytes(secret[:32]), X25519PrivateKey.from_private_bytes(secret[32:])
    return Installation(keys.study_oid, keys.site, keys.origin, sign, box)


def rewrap(installation: Mapping[str, str], old: bytearray, fresh: bytearray, db_id: str) -> dict[str, str]:
    """The same keys under another data key."""
    wrapped = _wrap(_unwrap(installation, old, db_id), fresh, db_id)
    return {**installation, "wrapped": keyring.b64(wrapped)}


def _wrap(secret: bytes, data_key: bytearray, db_id: str) -> bytes:
    key, nonce = derive(data_key, "installation"), os.urandom(_NONCE)
    wrapped = nonce + AESGCM(bytes(key)).encrypt(nonce, secret, db_id.encode("ascii"))
    wipe(key)
    return wrapped


def _unwrap(installation: Mapping[str, str], data_key: bytearray, db_id: str) -> bytes:
    key, data = derive(data_key, "installation"), keyring.unb64(installation["wrapped"])
    secret = AESGCM(bytes(key)).decrypt(data[:_NONCE], data[_NONCE:], db_id.encode("ascii"))
    wipe(key)
    return secret
