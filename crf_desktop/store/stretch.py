"""From a password to a key: Argon2id within limits that are checked before anything is computed, then HKDF labels."""

from __future__ import annotations

import base64
import functools
import os
import unicodedata
from time import perf_counter
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
LEAST: Final = 0.5
MOST: Final = 1.0
"""Seconds that checking a password should take."""


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

    def work(self) -> int:
        """Memory times passes: what one guess costs, whatever the number of lanes."""
        return self.memory_kib * self.time

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


def floor() -> Cost:
    """The least that is allowed, with a fresh salt: enough for 160 random bits, and for what is thrown away."""
    return Cost(os.urandom(SALT))


def calibrated() -> Cost:
    """With a fresh salt, what takes this machine 0.5 to 1 s within the limits; measured once while the program runs.

    ``CRF_KEY_COST=floor`` in the environment asks for the least that is allowed (the program's own tests).
    """
    if os.environ.get("CRF_KEY_COST") == "floor":
        return floor()
    memory, time = _measured()
    return Cost(os.urandom(SALT), memory, time)


@functools.cache
def _measured() -> tuple[int, int]:
    """(KiB, passes): memory first, which hurts a guesser most; passes only where half a gibibyte is too quick."""

    def seconds(memory: int, passes: int) -> float:
        begun = perf_counter()
        wipe(stretch("calibration", Cost(bytes(SALT), memory, passes)))
        return perf_counter() - begun

    memory, passes = FLOOR_KIB, FLOOR_TIME
    took = min(seconds(memory, passes) for _ in range(2))
    while memory * 2 <= min(CEILING_KIB, _most_memory()) and took < LEAST:
        memory, took = memory * 2, seconds(memory * 2, passes)
    while took < LEAST and passes < CEILING_TIME:
        passes += 1
        took = seconds(memory, passes)
    while took > MOST and memory > FLOOR_KIB:  # the step before was just too quick, this one is too slow
        memory -= memory // 4 if memory // 4 * 3 >= FLOOR_KIB else memory - FLOOR_KIB
        took = seconds(memory, passes)
    return memory, passes


def _most_memory() -> int:
    """KiB: a quarter of what the machine has, so that unlocking never makes it swap."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024 // 4
    except (AttributeError, ValueError, OSError):  # Windows does not say it so; no laptop in use has less than 2 GiB
        return CEILING_KIB


def derive(key: bytes | bytearray, label: str) -> bytearray:
    """32 bytes for one purpose: HKDF-SHA256, no salt, info ``crf-desktop/1/<label>``."""
    return bytearray(HKDF(SHA256(), KEY, None, f"crf-desktop/1/{label}".encode()).derive(bytes(key)))


def wipe(*secrets: bytearray) -> None:
    """Overwrites what can be overwritten."""
    for secret in secrets:
        secret[:] = bytes(len(secret))
