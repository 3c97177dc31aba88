"""X25519 keys of the sponsor: this program's public key file, age's own text, or PEM."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from crf_desktop.errors import Refused
from crf_desktop.exchange.public_key import MAX_BYTES, read_public_key, read_small
from crf_desktop.store import Store, bech32

_RECIPIENT: Final = re.compile(r"^(age1[02-9ac-hj-np-z]{58})\s*$", re.MULTILINE)
_IDENTITY: Final = re.compile(r"^(AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58})\s*$", re.MULTILINE)


def read_escrow_key(path: Path) -> bytes:
    """The 32 public bytes; raises Refused ``escrow.no_key``, ``key.altered``, Environment ``key.not_read``."""
    text = read_small(path, MAX_BYTES, "key.not_read").decode("utf-8", "replace")
    try:
        if text.lstrip().startswith("{"):
            return bech32.decode("age", read_public_key(path).age)
        if found := _RECIPIENT.search(text):
            return bech32.decode("age", found[1])
        key = load_pem_public_key(text.encode("utf-8"))
        if isinstance(key, X25519PublicKey):
            return key.public_bytes_raw()
    except (ValueError, json.JSONDecodeError):
        pass
    raise Refused("escrow.no_key")


def identity_of(store: Store) -> X25519PrivateKey:
    """The private key that belongs to the public key file of an open study."""
    secret = bech32.decode("age-secret-key-", store.installation.age_identity().lower())
    return X25519PrivateKey.from_private_bytes(secret)


def read_escrow_identity(path: Path) -> X25519PrivateKey:
    """The private key; raises Refused ``escrow.no_key``, Environment ``key.not_read``."""
    text = read_small(path, MAX_BYTES, "key.not_read").decode("utf-8", "replace")
    try:
        if found := _IDENTITY.search(text):
            return X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", found[1].lower()))
        key = load_pem_private_key(text.encode("utf-8"), None)
        if isinstance(key, X25519PrivateKey):
            return key
    except (ValueError, TypeError):
        pass
    raise Refused("escrow.no_key")
