"""An independent reader of a bundle: what docs/bundle_format.md says, none of the program's code, in sixty lines."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

COLUMNS = 39


def check(bundle: bytes, identity: str) -> dict[str, Any]:
    """The manifest, with ``values`` (every row's value column) added; raises when anything is not as it must be."""
    plain = pyrage.decrypt(bundle, [pyrage.x25519.Identity.from_str(identity)])
    assert plain[:19] == b"CRF-DESKTOP-BUNDLE\x01"
    records, at = [], 19
    while at < len(plain):
        length, kind = struct.unpack_from(">IB", plain, at)
        records.append((chr(kind), plain[at + 5 : at + 5 + length], at))
        at += 5 + length
    assert at == len(plain)
    kinds = "".join(kind for kind, _, _ in records)
    assert kinds == "MS" + "R" * kinds.count("R") + "D" * kinds.count("D") + "E"
    manifest: dict[str, Any] = json.loads(records[0][1])
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest["sender"]["ed25519"]))
    key.verify(records[1][1], b"CRF-DESKTOP-MANIFEST\x01" + records[0][1])
    rows = [body for kind, body, _ in records if kind == "R"]
    manifest["values"] = chain(rows, manifest)
    digests = ["sha256:" + hashlib.sha256(body[1 + body[0] :]).hexdigest() for kind, body, _ in records if kind == "D"]
    assert sorted(digests) == manifest["document_digests"] and len(set(digests)) == len(digests)
    end = json.loads(records[-1][1])
    assert end == {
        "rows": len(rows),
        "documents": len(digests),
        "sha256": hashlib.sha256(plain[: records[-1][2]]).hexdigest(),
    }
    return manifest


def chain(rows: list[bytes], manifest: dict[str, Any]) -> list[Any]:
    """The values, once every run is unbroken from its previous head to its head."""
    values, left = [], iter(rows)
    for run in manifest["runs"]:
        previous = bytes.fromhex(run["previous_head"])
        for seq in range(run["first_seq"], run["last_seq"] + 1):
            body = next(left)
            cells = decode(body[:-96])
            assert cells[0] == run["origin"] and cells[1] == seq and cells[3] == manifest["study_oid"]
            assert cells[38] == previous and hashlib.sha256(body[:-96]).digest() == body[-96:-64]
            previous = body[-96:-64]
            values.append(cells[15])
        assert previous.hex() == run["head"]
    assert next(left, None) is None
    return values


def decode(encoding: bytes) -> list[Any]:
    """The columns of Encoding 1."""
    stream = io.BytesIO(encoding)
    assert stream.read(16) == b"CRF-DESKTOP-ROW\x01"
    cells: list[Any] = []
    while tag := stream.read(1):
        if tag == b"\x00":
            cells.append(None)
        elif tag == b"\x02":
            cells.append(struct.unpack(">q", stream.read(8))[0])
        else:
            raw = stream.read(struct.unpack(">I", stream.read(4))[0])
            cells.append(raw.decode() if tag == b"\x01" else raw)
    assert len(cells) == COLUMNS
    return cells
