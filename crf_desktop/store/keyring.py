"""The key slots: ``keys.a`` and ``keys.b``, two checksummed copies of one file; ``docs/key_format.md``."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import struct
from pathlib import Path
from typing import Any, Final

import rfc8785
from attrs import evolve, field, frozen
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store.stretch import Cost, derive, stretch, wipe

COPIES: Final = ("keys.a", "keys.b")
MAGIC: Final = b"CRF-DESKTOP-KEYS"
VERSION: Final = 1
_HEADER: Final = struct.Struct(">16sHQI")
_SUITE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_SUITE_NAME: Final = "DHKEM-X25519-HKDF-SHA256/HKDF-SHA256/AES-256-GCM"
_NONCE: Final = 12
_DIGEST: Final = 32
MAX_BYTES: Final = 4 * 1024 * 1024
SECRETS: Final = ("slot_key", "log_key", "signing_key", "ca_key")


def b64(data: bytes | bytearray) -> str:
    """Base64 text."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """Bytes of base64 text; raises ValueError."""
    return base64.b64decode(text, validate=True)


@frozen(slots=True)
class Slot:
    """One way in: a person's password (``user``), the code on paper (``recovery``), the sponsor's key (``escrow``)."""

    slot: int
    kind: str
    user_oid: str
    user_name: str
    """Of a recovery slot ``code`` or ``shares``, of an escrow slot what its holder is called."""
    role: str
    cost: Cost | None
    """None in an escrow slot: its private key is nowhere in the file."""
    public: bytes
    """X25519."""
    log_public: bytes
    """Ed25519; empty in slots that are nobody's account."""
    wrapped: dict[str, str | None] = field(repr=False)
    """Secret name → base64 of nonce and ciphertext under the password; None where the person has no such secret."""
    sealed: bytes = field(repr=False)
    """The data key to ``public`` by HPKE: encapsulated key and ciphertext."""
    sealed_pending: bytes | None = field(default=None, repr=False)
    """The next data key while a rotation is under way."""

    def binding(self, db_id: str) -> dict[str, Any]:
        """What the secrets are bound to, so that no part of one slot serves in another."""
        return {
            "db_id": db_id, "kdf": self._kdf(), "kind": self.kind, "slot": self.slot, "user_name": self.user_name,
            "user_oid": self.user_oid,
        }  # fmt: skip

    def _kdf(self) -> dict[str, Any] | None:
        return None if self.cost is None else self.cost.body()

    def stretch(self, password: str) -> bytearray:
        """The root key from a password; raises ``keys.too_costly``, ``.too_cheap`` before hashing, ``.altered``."""
        if self.cost is None:
            raise EnvironmentProblem("keys.altered")
        return stretch(password, self.cost)

    def body(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "slot": self.slot, "kind": self.kind, "user_oid": self.user_oid, "user_name": self.user_name,
            "role": self.role, "kdf": self._kdf(), "public": b64(self.public), "log_public": b64(self.log_public),
            "wrapped": self.wrapped, "sealed": b64(self.sealed),
            "sealed_pending": None if self.sealed_pending is None else b64(self.sealed_pending),
        }  # fmt: skip

    @classmethod
    def read(cls, body: dict[str, Any]) -> Slot:
        """From the file; raises KeyError, ValueError or TypeError."""
        pending, kdf = body["sealed_pending"], body["kdf"]
        return cls(
            int(body["slot"]), str(body["kind"]), str(body["user_oid"]), str(body["user_name"]), str(body["role"]),
            None if kdf is None else Cost.read(kdf), unb64(body["public"]), unb64(body["log_public"]),
            {name: body["wrapped"][name] for name in SECRETS}, unb64(body["sealed"]),
            None if pending is None else unb64(pending),
        )  # fmt: skip


@frozen(slots=True)
class KeyFile:
    """Everything in the key file; ``mac`` and ``raw`` are those it was read or written with."""

    db_id: str
    db_salt: bytes
    epoch: int
    study_oid: str
    site: str
    origin: str
    ca_certificate: str
    installation: dict[str, str] = field(repr=False)
    """``sign_public``, ``box_public`` and ``wrapped`` (both private keys under the data key), base64."""
    slots: tuple[Slot, ...]
    pending_epoch: int | None = None
    sequence: int = 0
    mac: bytes = b""
    raw: bytes = field(default=b"", repr=False)

    def body(self) -> bytes:
        """The canonical JSON."""
        return rfc8785.dumps(
            {
                "db_id": self.db_id, "db_salt": self.db_salt.hex(), "epoch": self.epoch, "suite": _SUITE_NAME,
                "study_oid": self.study_oid, "site": self.site, "origin": self.origin,
                "ca_certificate": self.ca_certificate, "installation": dict(self.installation),
                "pending_epoch": self.pending_epoch, "slots": [slot.body() for slot in self.slots],
            }
        )  # fmt: skip

    def sealed_with(self, data_key: bytes | bytearray) -> KeyFile:
        """The file ready to be written: one sequence further, with its MAC and bytes."""
        body = self.body()
        sequence = self.sequence + 1
        front = _HEADER.pack(MAGIC, VERSION, sequence, len(body)) + body
        mac = _mac(front, data_key)
        raw = front + mac
        return evolve(self, sequence=sequence, mac=mac, raw=raw + hashlib.sha256(raw).digest())

    def require_mac(self, data_key: bytes | bytearray) -> None:
        """Refuses a file whose every byte the holder of the data key did not vouch for."""
        front = self.raw[: -2 * _DIGEST]
        if not hmac.compare_digest(self.mac, _mac(front, data_key)):
            raise EnvironmentProblem("keys.altered")

    def slot_of(self, user_name: str) -> Slot:
        """The slot of an account; names differ by more than case."""
        wanted = user_name.strip().casefold()
        for slot in self.slots:
            if slot.kind == "user" and slot.user_name.casefold() == wanted:
                return slot
        raise EnvironmentProblem("keys.no_such_user")

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """The slots of a kind, oldest first."""
        return tuple(slot for slot in self.slots if slot.kind == kind)


def _epoch(value: Any) -> int | None:
    return None if value is None else int(value)


def _mac(front: bytes, data_key: bytes | bytearray) -> bytes:
    return hmac.new(derive(data_key, "header-mac"), front, hashlib.sha256).digest()


def parse(raw: bytes) -> KeyFile | None:
    """The key file in those bytes; None when damaged; raises ``study.newer`` for a later format."""
    if len(raw) < _HEADER.size + 2 * _DIGEST or hashlib.sha256(raw[:-_DIGEST]).digest() != raw[-_DIGEST:]:
        return None
    magic, version, sequence, length = _HEADER.unpack(raw[: _HEADER.size])
    if magic != MAGIC:
        return None
    if version > VERSION:
        raise EnvironmentProblem("study.newer")
    text = raw[_HEADER.size : -2 * _DIGEST]
    if len(text) != length:
        return None
    try:
        body = json.loads(text)
        installation = {name: str(body["installation"][name]) for name in ("sign_public", "box_public", "wrapped")}
        return KeyFile(
            str(body["db_id"]), bytes.fromhex(body["db_salt"]), int(body["epoch"]), str(body["study_oid"]),
            str(body["site"]), str(body["origin"]), str(body["ca_certificate"]), installation,
            tuple(Slot.read(slot) for slot in body["slots"]), _epoch(body["pending_epoch"]), sequence,
            raw[-2 * _DIGEST : -_DIGEST], raw,
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        return None


@frozen(slots=True)
class Copies:
    """What the two copies are worth."""

    best: KeyFile
    whole: tuple[str, ...]
    """Names of the copies that are the newest; the others want repair."""


def read(folder: Path) -> Copies:
    """The newest valid copy; raises ``study.not_found``, ``.denied``, ``.newer``, ``store.io`` or ``keys.damaged``."""
    found: dict[str, KeyFile | None] = {}
    denied = failed = False
    for name in COPIES:
        try:
            with (folder / name).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            raw, denied = b"", denied or isinstance(error, PermissionError)
            failed = failed or not isinstance(error, (PermissionError, FileNotFoundError, NotADirectoryError))
        found[name] = parse(raw) if len(raw) <= MAX_BYTES else None
    valid = [copy for copy in found.values() if copy is not None]
    if not valid and denied:
        raise EnvironmentProblem("study.denied")
    if not valid and failed:  # a disk that cannot be read just now says nothing about the file
        raise EnvironmentProblem("store.io")
    if not valid:
        exists = any((folder / name).exists() for name in (*COPIES, "log.db"))
        raise EnvironmentProblem("keys.damaged" if exists else "study.not_found")
    best = max(valid, key=lambda copy: copy.sequence)
    return Copies(best, tuple(name for name, copy in found.items() if copy is not None and copy.raw == best.raw))


def write(folder: Path, keys: KeyFile, names: tuple[str, ...] = COPIES) -> None:
    """Writes the copies one after the other, each tmp → fsync → rename → fsync(directory)."""
    for name in names:
        temporary = folder / f"{name}.tmp"
        with temporary.open("wb") as file:
            file.write(keys.raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / name)
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Makes a rename durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- one slot


def make_slot(
    draft: Slot, db_id: str, epoch: int, password: str, data_key: bytearray, secrets: dict[str, bytearray]
) -> Slot:
    """The slot with its secrets wrapped under the password and the data key sealed to it.

    ``secrets``: ``slot_key`` (X25519), ``log_key`` (Ed25519) raw; ``signing_key``, ``ca_key`` PKCS #8 DER; wiped here.
    """
    root = draft.stretch(password)
    binding = rfc8785.dumps(draft.binding(db_id))
    wrapped: dict[str, str | None] = dict.fromkeys(SECRETS)
    for name, secret in secrets.items():
        key = derive(root, f"wrap/{name}")
        nonce = os.urandom(_NONCE)
        wrapped[name] = b64(nonce + AESGCM(bytes(key)).encrypt(nonce, bytes(secret), binding))
        wipe(key, secret)
    wipe(root)
    return seal(evolve(draft, wrapped=wrapped), db_id, epoch, data_key)


def seal(slot: Slot, db_id: str, epoch: int, data_key: bytearray) -> Slot:
    """The slot with a data key sealed to its public key; needs no password."""
    return evolve(slot, sealed=_sealed(slot, db_id, epoch, data_key))


def seal_pending(slot: Slot, db_id: str, epoch: int, data_key: bytearray) -> Slot:
    """The slot with the next data key sealed beside the one in force."""
    return evolve(slot, sealed_pending=_sealed(slot, db_id, epoch, data_key))


def _sealed(slot: Slot, db_id: str, epoch: int, data_key: bytearray) -> bytes:
    info = rfc8785.dumps({**slot.binding(db_id), "epoch": epoch})
    public = X25519PublicKey.from_public_bytes(slot.public)
    return _SUITE.encrypt(bytes(data_key), public, info=info)


@frozen(slots=True)
class Opened:
    """What a way in opened; the root key opens the person's other secrets until it is wiped."""

    slot: Slot
    db_id: str
    root: bytearray = field(repr=False)
    """Empty where no password was asked: the sponsor's key opens nothing but the data."""
    data_key: bytearray = field(repr=False)
    pending: bytearray | None = field(default=None, repr=False)
    """The next data key while a rotation is under way."""

    def secret(self, name: str) -> bytearray | None:
        """One of the person's secrets; None where there is none."""
        return unwrap(self.slot, self.db_id, self.root, name) if self.root else None

    def close(self) -> None:
        """Wipes all keys."""
        wipe(self.root, self.data_key, *([self.pending] if self.pending is not None else []))


def unwrap(slot: Slot, db_id: str, root: bytearray, name: str) -> bytearray | None:
    """A secret of the slot; raises ``keys.wrong_password`` when the password is not the slot's."""
    text = slot.wrapped[name]
    if text is None:
        return None
    key = derive(root, f"wrap/{name}")
    try:
        data = unb64(text)
        return bytearray(AESGCM(bytes(key)).decrypt(data[:_NONCE], data[_NONCE:], rfc8785.dumps(slot.binding(db_id))))
    except (InvalidTag, ValueError):
        raise EnvironmentProblem("keys.wrong_password") from None
    finally:
        wipe(key)


def open_slot(keys: KeyFile, slot: Slot, password: str) -> Opened:
    """Password → root key → slot key → data key, and the whole file vouched for by it.

    Raises ``keys.too_costly``/``keys.too_cheap`` before hashing, ``keys.wrong_password``, ``keys.altered``.
    """
    root = slot.stretch(password)
    try:
        private = unwrap(slot, keys.db_id, root, "slot_key")
        if private is None:
            raise EnvironmentProblem("keys.altered")
        try:
            box = X25519PrivateKey.from_private_bytes(bytes(private))
        finally:
            wipe(private)
        return open_private(keys, slot, box, root)
    except BaseException:
        wipe(root)
        raise


def open_private(keys: KeyFile, slot: Slot, private: X25519PrivateKey, root: bytearray | None = None) -> Opened:
    """Private key of a slot → data key, and the whole file vouched for by it; raises ``keys.altered``."""
    data_key = _unsealed(keys, slot, private, keys.epoch, slot.sealed)
    keys.require_mac(data_key)
    pending = None
    if keys.pending_epoch is not None:
        pending = _unsealed(keys, slot, private, keys.pending_epoch, slot.sealed_pending or b"")
    return Opened(slot, keys.db_id, bytearray() if root is None else root, data_key, pending)


def _unsealed(keys: KeyFile, slot: Slot, private: X25519PrivateKey, epoch: int, sealed: bytes) -> bytearray:
    info = rfc8785.dumps({**slot.binding(keys.db_id), "epoch": epoch})
    try:
        return bytearray(_SUITE.decrypt(sealed, private, info=info))
    except Exception:
        raise EnvironmentProblem("keys.altered") from None
