"""Writes tests/exchange/vectors: one sound bundle, and malformed ones with the code each must be refused with.

Run as ``python -m tests.exchange.make_vectors``; needed only when the format gains a version, since old vectors stay.
"""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import pyrage

from crf_desktop.exchange.envelope import seal
from crf_desktop.exchange.record import PRELUDE, RecordType, document_body, framed
from tests.exchange import rows as plain

FOLDER = Path(__file__).parent / "vectors"
ROW, DOCUMENT = RecordType.ROW, b'{"format":1}'


def main() -> None:
    """Makes all of them with one fresh identity."""
    identity = pyrage.x25519.Identity.generate()
    here = [str(identity.to_public())]
    FOLDER.mkdir(exist_ok=True)
    made = plain.records(plain.chain(5), here, [DOCUMENT])

    def sealed(records: plain.Records, to: list[str] = here) -> bytes:
        out = io.BytesIO()
        seal(iter(records), to, out)
        return out.getvalue()

    def ended(records: plain.Records) -> bytes:
        return sealed([*records, plain.end_of(records)])

    def raw(stream: bytes) -> bytes:
        return bytes(pyrage.encrypt(stream, [identity.to_public()]))

    sound = sealed(made)
    body = made[:-1]
    stream = PRELUDE + b"".join(framed(k, b) for k, b in made)
    elsewhere = [str(pyrage.x25519.Identity.generate().to_public())]
    pdf = document_body("application/pdf", DOCUMENT)
    flipped = bytearray(sound)
    flipped[len(sound) // 2] ^= 1
    vectors = {
        "empty": (b"", "bundle.empty"),
        "not_a_bundle": (b"PK\x03\x04", "bundle.not_a_bundle"),
        "cut_in_the_head": (sound[:60], "bundle.damaged"),
        "cut_in_the_middle": (sound[: len(sound) // 2], "bundle.damaged"),
        "last_byte_missing": (sound[:-1], "bundle.damaged"),
        "one_bit_flipped": (bytes(flipped), "bundle.damaged"),
        "for_somebody_else": (sealed(made, elsewhere), "bundle.other_recipient"),
        "newer_format": (raw(PRELUDE[:-1] + b"\x02" + stream[len(PRELUDE) :]), "bundle.newer"),
        "four_gigabytes": (raw(PRELUDE + struct.pack(">IB", 0xFFFFFFFF, ROW)), "bundle.too_large"),
        "no_end": (sealed(body), "bundle.damaged"),
        "after_the_end": (sealed([*made, made[2]]), "bundle.bad_structure"),
        "row_missing": (ended([*body[:3], *body[4:]]), "bundle.inconsistent"),
        "row_twice": (ended([*body[:3], body[2], *body[3:]]), "bundle.inconsistent"),
        "rows_swapped": (ended([*body[:3], body[4], body[3], *body[5:]]), "bundle.inconsistent"),
        "value_changed": (
            ended([*body[:3], (ROW, body[3][1].replace(b"01-001", b"01-002")), *body[4:]]),
            "bundle.bad_structure",
        ),
        "document_missing": (ended(body[:-1]), "bundle.inconsistent"),
        "document_nobody_names": (ended([*body[:-1], (RecordType.DOCUMENT, pdf)]), "bundle.inconsistent"),
        "unsigned": (ended([body[0], (RecordType.SIGNATURE, bytes(64)), *body[2:]]), "bundle.bad_signature"),
    }
    (FOLDER / "identity.txt").write_text(f"{identity}\n", encoding="ascii")
    (FOLDER / "sound.bundle").write_bytes(sound)
    for name, (data, _) in vectors.items():
        (FOLDER / f"{name}.bundle").write_bytes(data)
    expected = {"sound": {"values": ["1", "2", "3", "4", "5"], "head": made[6][1][-96:-64].hex()}}
    refused = {name: code for name, (_, code) in vectors.items()}
    text = json.dumps({"sound": expected["sound"], "refused": refused}, indent=1, sort_keys=True)
    (FOLDER / "expected.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
