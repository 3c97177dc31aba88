"""Plain rows of a chain, written by hand from ``docs/log_format.md``: a second encoder, independent of the store's."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.exchange.manifest import SIGNING_CONTEXT, Manifest, Run, Sender
from crf_desktop.exchange.reading import end_body
from crf_desktop.exchange.record import PRELUDE, RecordType, document_body, framed

STUDY = "ST.PLAIN"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
ZERO = bytes(32)
DEFINITION = "application/vnd.crf-desktop.metadata+json"


def encoded(values: Sequence[str | int | bytes | None]) -> bytes:
    """Encoding 1 of the columns in table order."""
    out = bytearray(b"CRF-DESKTOP-ROW\x01")
    for value in values:
        match value:
            case None:
                out += b"\x00"
            case int():
                out += b"\x02" + struct.pack(">q", value)
            case str():
                out += b"\x01" + struct.pack(">I", len(value.encode())) + value.encode()
            case bytes():
                out += b"\x03" + struct.pack(">I", len(value)) + value
    return bytes(out)


def columns(
    seq: int, previous: bytes, origin: str = "ORIGINA", value: str | None = "7"
) -> list[str | int | bytes | None]:
    """The 39 columns of one item row."""
    path = ["01-001", "SE.W0", "1", "F.PGA", "1", "IG.PGA", "1", "I.PGA.SCORE"]
    datum = [value, "", None, None if value is not None else "ND"]
    who = ["U.01.1", "investigator", "k" * 32, "01", "D.1", "0.1.0"]
    when = ["2026-11-22T08:15:30.123Z", 480, "boot", 1000]
    return [
        origin, seq, 1, STUDY, seq, "item", *path, "Insert", *datum, None, 1, "direct", None,
        *who, *when, "Monitoring", None, "sha256:" + "ab" * 32, None, None, previous,
    ]  # fmt: skip


def chain(n: int, origin: str = "ORIGINA", first: int = 1, previous: bytes = ZERO) -> list[bytes]:
    """Bodies of ``n`` row records in a row."""
    bodies = []
    for seq in range(first, first + n):
        encoding = encoded(columns(seq, previous, origin, str(seq)))
        previous = hashlib.sha256(encoding).digest()
        bodies.append(encoding + previous + KEY.sign(previous))
    return bodies


Records = list[tuple[RecordType, bytes]]


def manifest_of(
    bodies: list[bytes], recipients: Sequence[str], documents: Sequence[bytes] = (), **changed: object
) -> Manifest:
    """The manifest of one origin's rows."""
    head = bodies[-1][-96:-64].hex()
    told: dict[str, object] = {
        "study_oid": STUDY,
        "ca_fingerprint": "cd" * 32,
        "runs": (Run("ORIGINA", 1, len(bodies), ZERO.hex(), head),),
        "rows": len(bodies),
        "metadata_digests": ("sha256:" + "ab" * 32,),
        "document_digests": tuple(sorted("sha256:" + hashlib.sha256(d).hexdigest() for d in documents)),
        "sender": Sender("U.01.1", "ORIGINA", "D.1", PUBLIC, None),
        "recipients": tuple(recipients),
        "program_version": "0.1.0",
        "created_at": "2026-11-22T08:15:30.123Z",
        "utc_offset_min": 480,
    }
    return Manifest(**(told | changed))  # type: ignore[arg-type]


def records(
    rows: list[bytes], recipients: Sequence[str], documents: Sequence[bytes] = (), **changed: object
) -> Records:
    """The records of a sound bundle."""
    manifest = manifest_of(rows, recipients, documents, **changed).to_bytes()
    made: Records = [
        (RecordType.MANIFEST, manifest),
        (RecordType.SIGNATURE, KEY.sign(SIGNING_CONTEXT + manifest)),
        *((RecordType.ROW, r) for r in rows),
        *((RecordType.DOCUMENT, document_body(DEFINITION, d)) for d in documents),
    ]
    return [*made, end_of(made)]


def end_of(made: Records) -> tuple[RecordType, bytes]:
    """The end record of those records."""
    digest = hashlib.sha256(PRELUDE + b"".join(framed(k, b) for k, b in made)).hexdigest()
    n = sum(k is RecordType.ROW for k, _ in made)
    return RecordType.END, end_body(n, sum(k is RecordType.DOCUMENT for k, _ in made), digest)
