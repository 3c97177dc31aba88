"""The witness: how far the log had come, kept beside the database in two alternating records of 512 bytes."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import struct
from pathlib import Path
from typing import Final

from attrs import frozen

NAME: Final = "witness"
RECORD: Final = 512
_LAYOUT: Final = struct.Struct(">12sQQ32sqQ32s16s")
_MAGIC: Final = b"CRF-WITNESS\x01"
_MAC_LENGTH: Final = 32


@frozen(slots=True)
class Mark:
    """One record: the newest has the greatest ``counter``."""

    counter: int
    seq: int
    head: bytes
    time_ms: int
    verified_seq: int
    verified_head: bytes
    origin: str


def pack(mark: Mark, key: bytes) -> bytes:
    """512 bytes: fields, zeros, HMAC-SHA256 over everything before it."""
    body = _LAYOUT.pack(
        _MAGIC, mark.counter, mark.seq, mark.head, mark.time_ms, mark.verified_seq, mark.verified_head,
        mark.origin.encode("ascii"),
    ).ljust(RECORD - _MAC_LENGTH, b"\0")  # fmt: skip
    return body + hmac.new(key, body, hashlib.sha256).digest()


def unpack(record: bytes, key: bytes) -> Mark | None:
    """The record, or None when torn or altered."""
    if len(record) != RECORD:
        return None
    body, mac = record[:-_MAC_LENGTH], record[-_MAC_LENGTH:]
    if not hmac.compare_digest(mac, hmac.new(key, body, hashlib.sha256).digest()) or not body.startswith(_MAGIC):
        return None
    _, counter, seq, head, time_ms, verified_seq, verified_head, origin = _LAYOUT.unpack(body[: _LAYOUT.size])
    return Mark(counter, seq, head, time_ms, verified_seq, verified_head, origin.rstrip(b"\0").decode("ascii"))


def read(folder: Path, key: bytes) -> Mark | None:
    """The newest whole record; None when there is none."""
    marks = [m for record in _records(folder) if (m := unpack(record, key)) is not None]
    return max(marks, key=lambda m: m.counter, default=None)


def half_lost(folder: Path, key: bytes) -> bool:
    """Whether one of the two records is damaged while the other is whole: the newer one may be gone.

    A file that was written once has one record, and nothing but zeros in the place of the other.
    """
    records = _records(folder)
    marks = [unpack(record, key) for record in records]
    whole = next((mark for mark in marks if mark is not None), None)
    if whole is None or None not in marks:
        return False
    return whole.counter != 1 or any(records[marks.index(None)])


def _records(folder: Path) -> tuple[bytes, bytes]:
    data = b""
    for _ in range(2):  # a disk that could not be read just then says nothing about the file
        try:
            data = (folder / NAME).read_bytes()
        except FileNotFoundError:
            break
        except OSError:
            continue
        break
    return data[:RECORD], data[RECORD : 2 * RECORD]


class Witness:
    """The open witness file; written once after each COMMIT returned, so it may lag but never lead."""

    def __init__(self, folder: Path, key: bytes, last: Mark | None) -> None:
        self._key = key
        self._counter = last.counter if last else 0
        self._verified = (last.verified_seq, last.verified_head) if last else (0, bytes(32))
        self._path, self._afresh, self._file = folder / NAME, last is None, -1

    def open(self) -> None:
        """Opens the file, unless it is open; raises OSError. Each record does so too, and then only lags."""
        if self._file < 0:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            self._file = file
        if self._afresh:  # what lies there says nothing any more, and its opening has been told
            os.ftruncate(self._file, 0)
            self._afresh = False

    def write(self, origin: str, seq: int, head: bytes, time_ms: int) -> None:
        """One write over the older record, made durable; a failure only makes the witness lag, so it is not raised.

        Were it left to the system to write it, a power cut could tear both records at once.
        """
        mark = Mark(self._counter + 1, seq, head, time_ms, *self._verified, origin)
        record = pack(mark, self._key)
        with contextlib.suppress(OSError):
            self.open()
            _write_at(self._file, record, (mark.counter % 2) * RECORD)
            _sync(self._file)
            self._counter = mark.counter  # after a write that failed the same place is tried again

    @property
    def last_verified(self) -> tuple[int, bytes]:
        """Up to which row, and its hash, the log was verified; (0, zeros): never."""
        return self._verified

    def verified(self, seq: int, head: bytes) -> None:
        """Remembers up to where the log was verified; goes out with the next record."""
        self._verified = (seq, head)

    def close(self) -> None:
        """Makes the last record durable."""
        if self._file >= 0:
            for last in (os.fsync, os.close):  # each record was durable when it was written
                with contextlib.suppress(OSError):
                    last(self._file)
            self._file = -1


def _sync(file: int) -> None:
    getattr(os, "fdatasync", os.fsync)(file)  # the length stays, so there is nothing else to write


def _write_at(file: int, data: bytes, at: int) -> None:
    while data:  # a system may write less than it was given
        if hasattr(os, "pwrite"):
            written = os.pwrite(file, data, at)
        else:  # Windows
            os.lseek(file, at, os.SEEK_SET)
            written = os.write(file, data)
        data, at = data[written:], at + written
