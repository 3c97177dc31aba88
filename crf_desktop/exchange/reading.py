"""Reading a bundle: everything that can be checked without a study is checked here, before anything is taken in."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import overload

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crf_desktop.errors import Refused
from crf_desktop.exchange.envelope import unseal
from crf_desktop.exchange.manifest import SIGNING_CONTEXT, Manifest, read_manifest
from crf_desktop.exchange.record import (
    CAPS,
    PRELUDE,
    RecordError,
    RecordType,
    framed,
    named_documents,
    read_document,
    read_row,
)
from crf_desktop.model.data import Change
from crf_desktop.store.creation import DEFINITION_TYPE

MAX_ROWS = 10_000_000
MAX_DOCUMENT_BYTES = 1 << 30
"""All documents of one bundle together."""


class Rows(Sequence[Change]):
    """The rows of a bundle, in reading order: kept as the bytes they came in, decoded when asked for."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._lamports = array("Q")
        self._order = array("Q")

    def add(self, body: bytes, lamport: int) -> None:
        """One more row record, in the order of the bundle."""
        self._bytes += body
        self._ends.append(len(self._bytes))
        self._lamports.append(lamport)

    def sort(self) -> None:
        """Into reading order (lamport, origin, seq), so that no row stands before one its author knew."""
        self._order = array("Q", sorted(range(len(self._lamports)), key=self._lamports.__getitem__))

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> list[Change]: ...
    def __getitem__(self, index: int | slice) -> Change | list[Change]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = self._order[index]
        return read_row(bytes(memoryview(self._bytes)[self._ends[at] : self._ends[at + 1]]))


class Reading:
    """Takes the records of one bundle in order; ``manifest``, ``rows`` and ``documents`` are for after ``finish``.

    ``accept`` sees the manifest as soon as its signature held, and may refuse the bundle before its rows are read.
    """

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes

    def __init__(self, accept: Callable[[Manifest], None] = lambda _: None, keep: bool = True) -> None:
        self._accept = accept
        self._keep = keep
        self._expect = self._on_manifest
        self._digest = hashlib.sha256(PRELUDE)
        self._run = 0
        self._previous = b""
        self._seq = 0
        self._metadata: set[str] = set()
        self._named: set[str] = set()
        self._seen: set[str] = set()
        self._document_bytes = 0
        self._ended = False
        self.n_rows = 0
        self.rows = Rows()
        self.documents: dict[str, tuple[str, bytes]] = {}

    def record(self, kind: RecordType, body: bytes) -> None:
        """One record; raises RecordError or Refused ``bundle.*``."""
        if self._ended:
            raise RecordError("malformed")
        if kind is RecordType.END:
            self._on_end(body)
        self._digest.update(framed(kind, body))
        if kind is not RecordType.END:
            self._expect(kind, body)

    def finish(self) -> None:
        """The file ended, and its end was authentic."""
        if not self._ended:
            raise RecordError("cut")

    def _on_manifest(self, kind: RecordType, body: bytes) -> None:
        if kind is not RecordType.MANIFEST:
            raise RecordError("malformed")
        self.manifest, self.manifest_bytes = read_manifest(body), body
        if self.manifest.rows > MAX_ROWS:
            raise RecordError("too_large")
        self._expect = self._on_signature

    def _on_signature(self, kind: RecordType, body: bytes) -> None:
        if kind is not RecordType.SIGNATURE or len(body) != CAPS[RecordType.SIGNATURE]:
            raise RecordError("malformed")
        if not signed_by(self.manifest.sender.ed25519, body, SIGNING_CONTEXT + self.manifest_bytes):
            raise Refused("bundle.bad_signature")
        self._accept(self.manifest)
        self.signature = body
        self._expect = self._on_row

    def _on_row(self, kind: RecordType, body: bytes) -> None:
        if kind is RecordType.DOCUMENT:
            self._expect = self._on_document
            return self._on_document(kind, body)
        if kind is not RecordType.ROW or self._run >= len(self.manifest.runs):
            raise Refused("bundle.inconsistent")
        run, change = self.manifest.runs[self._run], read_row(body)
        first = not self._seq
        seq = run.first_seq if first else self._seq + 1
        previous = bytes.fromhex(run.previous_head) if first else self._previous
        if (change.origin, change.seq, change.study_oid) != (run.origin, seq, self.manifest.study_oid):
            raise Refused("bundle.inconsistent")
        if change.previous_hash != previous:
            raise Refused("bundle.inconsistent")
        self._seq, self._previous = seq, change.hash
        if seq == run.last_seq:
            if change.hash.hex() != run.head:
                raise Refused("bundle.inconsistent")
            self._run, self._seq = self._run + 1, 0
        self.n_rows += 1
        if change.metadata_digest is not None:
            self._metadata.add(change.metadata_digest)
        self._named |= named_documents(change)
        if self._keep:
            self.rows.add(body, change.lamport)

    def _on_document(self, kind: RecordType, body: bytes) -> None:
        if kind is not RecordType.DOCUMENT:
            raise Refused("bundle.inconsistent")
        self._document_bytes += len(body)
        if self._document_bytes > MAX_DOCUMENT_BYTES:
            raise RecordError("too_large")
        media_type, data = read_document(body)
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        named = digest in self._named or media_type == DEFINITION_TYPE
        if not named or digest in self._seen or digest not in self.manifest.document_digests:
            raise Refused("bundle.inconsistent")
        self._seen.add(digest)
        if self._keep:
            self.documents[digest] = (media_type, data)

    def _on_end(self, body: bytes) -> None:
        if not hasattr(self, "signature"):
            raise RecordError("malformed")
        expected = end_body(self.n_rows, len(self._seen), self._digest.hexdigest())
        whole = self._run == len(self.manifest.runs) and self._seen == set(self.manifest.document_digests)
        if body != expected or not whole or self._metadata != set(self.manifest.metadata_digests):
            raise Refused("bundle.inconsistent")
        self.rows.sort()
        self._ended = True


def end_body(rows: int, documents: int, digest: str) -> bytes:
    """The last record: counts, and the SHA-256 of the plaintext before it."""
    return b'{"documents":%d,"rows":%d,"sha256":"%s"}' % (documents, rows, digest.encode("ascii"))


def signed_by(public_key: str, signature: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature holds under the hex key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_bundle(
    path: Path, identity: str, accept: Callable[[Manifest], None] = lambda _: None, keep: bool = True
) -> Reading:
    """The bundle, whole and consistent in itself; raises Refused ``bundle.*``."""
    reading = Reading(accept, keep)
    unseal(path, identity, reading)
    return reading
