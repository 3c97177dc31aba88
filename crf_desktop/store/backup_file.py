"""A backup: keys and log of one moment in one file, checksummed and sealed; ``docs/backup_format.md``."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import rfc8785
from attrs import asdict, field, frozen

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.store import keyring
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.stretch import derive, wipe

MAGIC: Final = b"CRF-DESKTOP-BKUP"
VERSION: Final = 1
SUFFIX: Final = ".crfbackup"
LABEL, KEYS, LOG, SEAL = 1, 2, 3, 4
_FRONT: Final = struct.Struct(">16sH")
_RECORD: Final = struct.Struct(">BQ")
_MOST: Final = {LABEL: 64 * 1024, KEYS: keyring.MAX_BYTES, LOG: 1 << 42, SEAL: 32}
_DIGEST: Final = 32
_CHUNK: Final = 1 << 20
_SYNC_EVERY: Final = 4 * _CHUNK
Progress = Callable[[int, int], None]


@frozen(slots=True)
class BackupLabel:
    """What a backup says of itself before anybody opens it."""

    study_oid: str
    site: str
    origin: str
    seq: int
    head: str
    """Hex of the hash of the origin's last row."""
    made_at: str
    program_version: str

    def to_bytes(self) -> bytes:
        """RFC 8785 JSON."""
        return rfc8785.dumps(asdict(self))


@frozen(slots=True)
class Backup:
    """A backup file whose every byte was read and is what was written."""

    path: Path
    label: BackupLabel
    keys: KeyFile = field(repr=False)
    log_at: int
    log_length: int
    sealed_length: int
    """Bytes that the seal vouches for."""
    seal: bytes = field(repr=False)
    sha256: str
    """Hex, of the whole file."""


class _Hashed:
    """Writes and hashes at once."""

    def __init__(self, out: BinaryIO, mac_key: bytearray) -> None:
        self._out, self._mac, self._sha = out, hmac.new(mac_key, digestmod=hashlib.sha256), hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._mac.update(data)
        self._sha.update(data)

    def finish(self) -> str:
        """Seal and checksum; returns the SHA-256 of the whole file."""
        self.write(_RECORD.pack(SEAL, _DIGEST))
        seal = self._mac.digest()
        self._sha.update(seal)
        end = self._sha.digest()
        self._out.write(seal + end)
        self._sha.update(end)
        return self._sha.hexdigest()


def write(path: Path, label: BackupLabel, keys: KeyFile, log: Path, data_key: bytearray, progress: Progress) -> str:
    """Writes a new file, durable when this returns; returns its SHA-256 in hex. Raises OSError."""
    key, of = derive(data_key, "backup-mac"), log.stat().st_size
    try:
        with path.open("wb") as out, log.open("rb") as source:
            hashed = _Hashed(out, key)
            hashed.write(_FRONT.pack(MAGIC, VERSION))
            for kind, body in ((LABEL, label.to_bytes()), (KEYS, keys.raw)):
                hashed.write(_RECORD.pack(kind, len(body)) + body)
            hashed.write(_RECORD.pack(LOG, of))
            done = 0
            while chunk := source.read(_CHUNK):
                hashed.write(chunk)
                done += len(chunk)
                if done % _SYNC_EVERY == 0:  # in small portions, so that a save beside it waits for one portion only
                    out.flush()
                    os.fsync(out.fileno())
                progress(done, of)
            digest = hashed.finish()
            out.flush()
            os.fsync(out.fileno())
            return digest
    finally:
        wipe(key)


def read(path: Path, progress: Progress | None = None) -> Backup:
    """Reads every byte.

    Raises EnvironmentProblem ``backup.not_read``, Refused ``backup.not_one``, ``.damaged``, ``.newer``.
    """
    try:
        with path.open("rb") as file:
            return _read(path, file, os.fstat(file.fileno()).st_size, progress or (lambda _done, _of: None))
    except OSError as error:
        raise EnvironmentProblem("backup.not_read", reason=error.strerror or type(error).__name__) from None


def _read(path: Path, file: BinaryIO, size: int, progress: Progress) -> Backup:
    front = file.read(_FRONT.size)
    if not front.startswith(MAGIC) or len(front) != _FRONT.size:
        raise Refused("backup.not_one")
    whole = _checksum(file, size, progress)
    if _FRONT.unpack(front)[1] > VERSION:
        raise Refused("backup.newer")
    file.seek(_FRONT.size)
    places: dict[int, tuple[int, int]] = {}
    at = _FRONT.size
    for wanted in (LABEL, KEYS, LOG, SEAL):
        kind, length = _RECORD.unpack(file.read(_RECORD.size))
        at += _RECORD.size
        if kind != wanted or length > _MOST[kind] or at + length > size - _DIGEST:
            raise Refused("backup.damaged")
        places[kind] = at, length
        at += length
        file.seek(at)
    if at != size - _DIGEST or places[SEAL][1] != _DIGEST:
        raise Refused("backup.damaged")
    keys = keyring.parse(_at(file, places[KEYS]))
    label = _label(_at(file, places[LABEL]))
    if keys is None or (label.study_oid, label.site, label.origin) != (keys.study_oid, keys.site, keys.origin):
        raise Refused("backup.damaged")
    return Backup(path, label, keys, *places[LOG], places[SEAL][0], _at(file, places[SEAL]), whole)


def _checksum(file: BinaryIO, size: int, progress: Progress) -> str:
    """The SHA-256 of the file, after the one at its end was found right; raises Refused ``backup.damaged``."""
    file.seek(0)
    sha, left = hashlib.sha256(), size - _DIGEST
    while left > 0:
        chunk = file.read(min(_CHUNK, left))
        if not chunk:
            break
        sha.update(chunk)
        left -= len(chunk)
        progress(size - left, size)
    end = file.read(_DIGEST)
    if left or sha.digest() != end:
        raise Refused("backup.damaged")
    sha.update(end)
    return sha.hexdigest()


def _at(file: BinaryIO, place: tuple[int, int]) -> bytes:
    file.seek(place[0])
    return file.read(place[1])


def _label(data: bytes) -> BackupLabel:
    try:
        body = json.loads(data)
        label = BackupLabel(
            str(body["study_oid"]), str(body["site"]), str(body["origin"]), int(body["seq"]), str(body["head"]),
            str(body["made_at"]), str(body["program_version"]),
        )  # fmt: skip
        if label.to_bytes() != data:
            raise ValueError("not canonical")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused("backup.damaged") from None
    return label


def require_seal(backup: Backup, data_key: bytearray) -> None:
    """Refuses a file that somebody without the data key put together; raises Refused ``backup.altered``."""
    key = derive(data_key, "backup-mac")
    mac, left = hmac.new(key, digestmod=hashlib.sha256), backup.sealed_length
    wipe(key)
    with backup.path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            mac.update(chunk)
            left -= len(chunk)
    if not hmac.compare_digest(mac.digest(), backup.seal):
        raise Refused("backup.altered")


def chunks_of_log(backup: Backup) -> Iterator[bytes]:
    """The bytes of ``log.db``."""
    with backup.path.open("rb") as file:
        file.seek(backup.log_at)
        left = backup.log_length
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def put_log(backup: Backup, target: Path, *, durable: bool = True) -> None:
    """The log as a file of its own, durable when this returns unless it is thrown away at once; raises OSError."""
    with target.open("xb") as out:
        for chunk in chunks_of_log(backup):
            out.write(chunk)
        if durable:
            out.flush()
            os.fsync(out.fileno())


def label_of(path: Path) -> BackupLabel | None:
    """What a file says of itself, unchecked; None for any other file. For lists, where reading all of it takes long."""
    try:
        with path.open("rb") as file:
            front = file.read(_FRONT.size + _RECORD.size)
            if not front.startswith(MAGIC):
                return None
            kind, length = _RECORD.unpack(front[_FRONT.size :])
            return _label(file.read(length)) if kind == LABEL and length <= _MOST[LABEL] else None
    except (OSError, struct.error, Refused):
        return None
