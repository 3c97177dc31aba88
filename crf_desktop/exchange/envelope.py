"""The age file around a bundle: sealed and opened as a stream, never plain on disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.record import MAX_TOTAL, PRELUDE, RecordError, RecordType, Splitter, framed

AGE_HEADER = b"age-encryption.org/v1\n"
MAX_FILE = 3 << 30
"""Longest bundle file, in bytes."""
MAX_HEADER = 64 << 10
"""Longest age header, in bytes: some hundred recipients."""


class Consumer(Protocol):
    """What takes the records of a bundle, in order."""

    def record(self, kind: RecordType, body: bytes) -> None:
        """One record; raises to stop the reading."""
        ...

    def finish(self) -> None:
        """The stream ended where a record ended."""
        ...


class Hashing(Protocol):
    """What is told every byte of the file."""

    def update(self, data: bytes, /) -> None:
        """More bytes."""
        ...


def seal(
    records: Iterator[tuple[RecordType, bytes]], recipients: Sequence[str], out: BinaryIO, digest: Hashing | None = None
) -> None:
    """Writes the records to ``out`` as an age file for those recipients (``age1…``); one record in memory at a time."""
    import pyrage  # native; only who exchanges needs it

    try:
        keys = [pyrage.x25519.Recipient.from_str(r) for r in recipients]
    except pyrage.RecipientError:
        raise Refused("key.unreadable") from None
    reader, writer = _Plain(records), _Out(out, digest or hashlib.sha256())
    try:
        pyrage.encrypt_io(reader, writer, keys)
    except pyrage.EncryptError:
        if isinstance(reader.failure, RecordError):
            raise Refused("export.too_large") from None
        raise reader.failure or writer.failure or Refused("key.unreadable") from None


class _Carrying(io.RawIOBase):
    """A stream that remembers what went wrong in it: age tells only its text."""

    failure: Exception | None = None


class _Plain(_Carrying):
    """The plaintext of a bundle, read on demand."""

    def __init__(self, records: Iterator[tuple[RecordType, bytes]]) -> None:
        self._records = records
        self._held = memoryview(PRELUDE)
        self._total = len(PRELUDE)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if not self._held:
            try:
                following = next(self._records, None)
                self._held = memoryview(framed(*following) if following else b"")
                self._total += len(self._held)
                if self._total > MAX_TOTAL:
                    raise RecordError("too_large")
            except Exception as error:
                self.failure = error
                raise
        most = len(self._held) if size < 0 else size
        piece, self._held = self._held[:most], self._held[most:]
        return bytes(piece)


class _Out(_Carrying):
    """The file a bundle is written to."""

    def __init__(self, file: BinaryIO, digest: Hashing) -> None:
        self._file = file
        self._digest = digest

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # age hands bytes, never another buffer
        try:
            self._file.write(piece)
        except Exception as error:
            self.failure = error
            raise
        self._digest.update(piece)
        return len(piece)


class _In(_Carrying):
    """The file a bundle is read from."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._file.read(size)
        except Exception as error:
            self.failure = error
            raise


def is_bundle(path: Path) -> bool:
    """Whether the file begins like a bundle; says nothing about the rest."""
    try:
        with path.open("rb") as file:
            return file.read(len(AGE_HEADER)) == AGE_HEADER
    except OSError:
        return False


def unseal(path: Path, identity: str, consumer: Consumer) -> None:
    """Decrypts the file with an ``AGE-SECRET-KEY-…`` and hands its records on.

    Each age chunk is authenticated before its records are handed on, and the end of the file is authenticated last: the
    consumer must do nothing that lasts before its ``finish`` was called. Raises Refused ``bundle.*``.
    """

    _look(path)
    sink = _Sink(consumer)
    try:
        with path.open("rb") as file:
            _decrypt(_In(file), sink, identity)
        sink.end()
    except RecordError as error:
        raise Refused(_CODES[error.reason]) from None
    except OSError as error:
        raise EnvironmentProblem("bundle.unreadable", reason=error.strerror or type(error).__name__) from None


def _decrypt(reader: _In, sink: _Sink, identity: str) -> None:
    import pyrage  # native; only who exchanges needs it

    try:
        pyrage.decrypt_io(reader, sink, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, OSError) as error:
        carried = reader.failure or sink.failure
        if carried is not None:
            raise carried from None
        raise Refused("bundle.other_recipient" if "matching keys" in str(error) else "bundle.damaged") from None


_CODES = {
    "malformed": "bundle.bad_structure",
    "newer": "bundle.newer",
    "too_large": "bundle.too_large",
    "cut": "bundle.damaged",
}


def _look(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(MAX_HEADER)
    except OSError as error:
        raise EnvironmentProblem("bundle.unreadable", reason=error.strerror or type(error).__name__) from None
    if not head:
        raise Refused("bundle.empty")
    if not head.startswith(AGE_HEADER):
        newer = head.startswith(b"age-encryption.org/v") and not AGE_HEADER.startswith(head)
        cut = AGE_HEADER.startswith(head)
        raise Refused("bundle.damaged" if cut else "bundle.newer" if newer else "bundle.not_a_bundle")
    if size > MAX_FILE:
        raise Refused("bundle.too_large")
    if b"\n--- " not in head:
        raise Refused("bundle.damaged" if size <= MAX_HEADER else "bundle.too_large")


class _Sink(_Carrying):
    """Takes decrypted pieces from age and hands whole records on."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._splitter = Splitter()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # age hands bytes, never another buffer
        try:
            for kind, body in self._splitter.feed(piece):
                self._consumer.record(kind, body)
        except Exception as error:
            self.failure = error
            raise
        return len(piece)

    def end(self) -> None:
        """The file ended, authentically."""
        self._splitter.finish()
        self._consumer.finish()


Progress = Callable[[int, int], None]
"""(done, of): rows written."""
