"""From a password to a key: Argon2id within limits that are checked before anything is computed, then HKDF labels."""

from __future__ import annotations

import base64
import unicodedata
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from attrs import frozen
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crf_desktop.errors import EnvironmentProblem

FLOOR_KIB: Final = 64 * 1024
"""RFC 9106, second recommended option: 64 MiB, three passes, four lanes."""
FLOOR_TIME: Final = 3
CEILING_KIB: Final = 512 * 1024
CEILING_TIME: Final = 16
CEILING_LANES: Final = 16
SALT: Final = 16
KEY: Final = 32


@frozen(slots=True)
class Cost:
    """Parameters of Argon2id (version 0x13) as a slot stores them."""

    salt: bytes
    memory_kib: int = FLOOR_KIB
    time: int = FLOOR_TIME
    lanes: int = 4

    def require_allowed(self) -> None:
        """Refuses, before any hashing, what would exhaust the machine or make guessing cheap."""
        numbers = (self.memory_kib, self.time, self.lanes)
        if any(type(n) is not int or n < 1 for n in numbers) or len(self.salt) != SALT:
            raise EnvironmentProblem("keys.damaged")
        if self.memory_kib > CEILING_KIB or self.time > CEILING_TIME or self.lanes > CEILING_LANES:
            raise EnvironmentProblem("keys.too_costly", memory_mib=self.memory_kib // 1024)
        if self.memory_kib < FLOOR_KIB or self.time < FLOOR_TIME:
            raise EnvironmentProblem("keys.too_cheap")

    def body(self) -> dict[str, Any]:
        """As it stands in the key file, and in what the slot's secrets are bound to."""
        salt = base64.b64encode(self.salt).decode()
        return {
            "name": "argon2id", "version": 19, "memory_kib": self.memory_kib, "time": self.time, "lanes": self.lanes,
            "salt": salt,
        }  # fmt: skip

    @classmethod
    def read(cls, body: dict[str, Any]) -> Cost:
        """From the key file; raises KeyError, ValueError or TypeError when it makes no sense."""
        if body["name"] != "argon2id" or body["version"] != 19:
            raise ValueError("unknown key derivation")
        return cls(base64.b64decode(body["salt"], validate=True), body["memory_kib"], body["time"], body["lanes"])


def stretch(password: str, cost: Cost) -> bytearray:
    """32 bytes from a password in NFKC."""
    cost.require_allowed()
    secret = bytearray(unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"))
    try:
        return bytearray(
            hash_secret_raw(
                bytes(secret), cost.salt, time_cost=cost.time, memory_cost=cost.memory_kib, parallelism=cost.lanes,
                hash_len=KEY, type=Type.ID, version=19,
            )
        )  # fmt: skip
    finally:
        wipe(secret)


def derive(key: bytes | bytearray, label: str) -> bytearray:
    """32 bytes for one purpose: HKDF-SHA256, no salt, info ``crf-desktop/1/<label>``."""
    return bytearray(HKDF(SHA256(), KEY, None, f"crf-desktop/1/{label}".encode()).derive(bytes(key)))


def wipe(*secrets: bytearray) -> None:
    """Overwrites what can be overwritten."""
    for secret in secrets:
        secret[:] = bytes(len(secret))
