"""Made the vectors once; kept to show how. Running it again makes other keys, so a released vector is never remade."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rfc8785
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor, Person, Session
from crf_desktop.model.path import ItemPath
from crf_desktop.store import certificate, encoding, keyring, recovery_code, witness
from crf_desktop.store.installation import box_recipient
from crf_desktop.store.log import Author, Position
from crf_desktop.store.stretch import Cost

HERE = Path(__file__).parent
PATH = ItemPath("01-001", "SE.W0", "", "F.ESSPRI", "", "IG.ESSPRI", "", "I.ESSPRI.PAIN")
ENTRIES = [
    Entry(Kind.SUBJECT, ItemPath("01-001"), "Insert", Datum("enrolled")),
    Entry(Kind.EVENT, PATH.event_path, "Insert", Datum("2026-11-22")),
    Entry(Kind.ITEM, PATH, "Insert", Datum("4"), metadata_digest="sha256:" + "ab" * 32),
    Entry(Kind.ITEM, PATH, "Update", Datum("1.50", "<", "MU.MM"), {"remark": "né 疼痛"}, based_on=("aaaaaaaaaaaaa", 3),
          reason_for_change="misread", observed_at="2026-11-22T09:00:00+08:00", capture="transcribed"),
    Entry(Kind.ITEM, PATH, "Update", Datum(null_flavor=NullFlavor.REFUSED), based_on=("aaaaaaaaaaaaa", 4),
          entry_pass=2),
    Entry(Kind.ITEM, PATH, "Remove"),
    Entry(Kind.FORM, PATH.form_path, "Insert", Datum("complete")),
    Entry(Kind.SIGNATURE, PATH.form_path, "Insert", Datum("signed"),
          {"meaning": "approval", "n": 1, "deep": [None, True]}),
    Entry(Kind.SYSTEM, ItemPath(), "Insert", payload={"act": "export"}),
]  # fmt: skip


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 8, 15, 30, 123000, UTC)

    def boot(self) -> tuple[str, int]:
        return "boot", 1234


def rows() -> dict[str, Any]:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = certificate.raw_public(key)
    person = Person("U.01.1", "ada", "Ada", "investigator")
    session = Session(person, certificate.key_id(public), "L.01", "D.01.1", "aaaaaaaaaaaaa", "01")
    author, end, good = Author("S.TEST", session, key, Still()), Position(), []
    for entry in ENTRIES:
        cells = author.seal(entry, end, Still().now(), Still().boot())
        end = Position(end.seq + 1, cells[39], end.lamport + 1)  # type: ignore[arg-type]
        row = {n: c.hex() if isinstance(c, bytes) else c for n, c in zip(encoding.COLUMNS, cells, strict=True)}
        good.append({"row": row, "encoding": encoding.encode(cells).hex()})
    last = good[3]["row"]
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    changes = {
        "value changed": {"value": "1.5"}, "absent made empty": {"event_key": ""}, "text not NFC": {"value": "e\u0301"},
        "integer as text": {"boot_ms": "1234"}, "hash changed": {"hash": "00" * 32},
        "time changed": {"utc_offset_min": 60},
        "previous row changed": {"previous_hash": "11" * 32}, "payload not canonical": {"payload": '{"remark": "x"}'},
        "signed by another key": {"row_signature": stranger.sign(bytes.fromhex(last["hash"])).hex()},
    }  # fmt: skip
    return {"public": public.hex(), "good": good,
            "malformed": [{"why": why, "row": {**last, **change}} for why, change in changes.items()]}  # fmt: skip


def keys() -> dict[str, Any]:
    data_key, password = bytearray(range(32)), "pass phrase of the vectors Å"
    box, log = X25519PrivateKey.from_private_bytes(b"\1" * 32), Ed25519PrivateKey.from_private_bytes(b"\2" * 32)
    draft = keyring.Slot(1, "user", "U.01.1", "ada", "investigator", Cost(b"\3" * 16),
                         box.public_key().public_bytes_raw(),
                         certificate.raw_public(log), {}, b"")  # fmt: skip
    secrets = {
        "slot_key": bytearray(b"\1" * 32),
        "log_key": bytearray(b"\2" * 32),
        "signing_key": bytearray(b"not a key"),
    }
    db_id = "ab" * 16
    slot = keyring.make_slot(draft, db_id, 1, password, data_key, secrets)
    installation = {"sign_public": "", "box_public": "", "wrapped": ""}
    file = keyring.KeyFile(
        db_id, b"\4" * 16, 1, "S.TEST", "01", "aaaaaaaaaaaaa", "", installation, (slot,)
    ).sealed_with(data_key)

    def forged(change: Any) -> str:
        body = json.loads(file.body())
        change(body)
        text = rfc8785.dumps(body)
        front = struct.pack(">16sHQI", keyring.MAGIC, 1, 1, len(text)) + text + file.mac
        return base64.b64encode(front + hashlib.sha256(front).digest()).decode()

    def versioned(version: int) -> str:
        front = file.raw[:16] + struct.pack(">H", version) + file.raw[18:-32]
        return base64.b64encode(front + hashlib.sha256(front).digest()).decode()

    flipped = bytearray(file.raw)
    flipped[200] ^= 1
    malformed = [
        {"why": "one bit flipped", "file": base64.b64encode(flipped).decode(), "code": "keys.damaged"},
        {"why": "cut short", "file": base64.b64encode(file.raw[:-1]).decode(), "code": "keys.damaged"},
        {"why": "empty", "file": "", "code": "keys.damaged"},
        {"why": "later version", "file": versioned(2), "code": "study.newer"},
        {
            "why": "wrong password",
            "file": base64.b64encode(file.raw).decode(),
            "password": "x",
            "code": "keys.wrong_password",
        },
        {
            "why": "cost below the floor",
            "file": forged(lambda b: b["slots"][0]["kdf"].update(memory_kib=1024)),
            "code": "keys.too_cheap",
        },
        {
            "why": "2 TiB of memory",
            "file": forged(lambda b: b["slots"][0]["kdf"].update(memory_kib=2**31)),
            "code": "keys.too_costly",
        },
        {
            "why": "user changed",
            "file": forged(lambda b: b["slots"][0].update(user_oid="U.01.2")),
            "code": "keys.wrong_password",
        },
        {
            "why": "role changed",
            "file": forged(lambda b: b["slots"][0].update(role="administrator")),
            "code": "keys.altered",
        },
        {"why": "epoch changed", "file": forged(lambda b: b.update(epoch=2)), "code": "keys.altered"},
        {
            "why": "slot without secrets",
            "file": forged(lambda b: b["slots"][0].pop("wrapped")),
            "code": "keys.damaged",
        },
    ]
    return {"file": base64.b64encode(file.raw).decode(), "user_name": "ada", "password": password,
            "data_key": bytes(range(32)).hex(), "log_key": "02" * 32, "malformed": malformed}  # fmt: skip


def ways_in() -> dict[str, Any]:
    """A file while its data key is changed, with all three kinds of slots; keys as in :func:`keys`."""
    data_key, fresh, db_id = bytearray(range(32)), bytearray(range(32, 64)), "cd" * 16
    password, secret = "pass phrase of the vectors Å", bytes(range(20))

    def public(seed: bytes) -> bytes:
        return X25519PrivateKey.from_private_bytes(seed * 32).public_key().public_bytes_raw()

    person = keyring.Slot(1, "user", "U.01.1", "ada", "administrator", Cost(b"\3" * 16), public(b"\1"), b"\5" * 32, {},
                          b"")  # fmt: skip
    paper = keyring.Slot(2, "recovery", "", "code", "", Cost(b"\4" * 16), public(b"\2"), b"", {}, b"")
    sponsor = keyring.Slot(3, "escrow", "", box_recipient(public(b"\6")), "", None, public(b"\6"), b"",
                           dict.fromkeys(keyring.SECRETS), b"")  # fmt: skip
    slots = (
        keyring.make_slot(person, db_id, 4, password, data_key, {"slot_key": bytearray(b"\1" * 32)}),
        keyring.make_slot(paper, db_id, 4, recovery_code.text_of(secret), data_key,
                          {"slot_key": bytearray(b"\2" * 32), "ca_key": bytearray(b"not a key")}),
        keyring.seal(sponsor, db_id, 4, data_key),
    )  # fmt: skip
    installation = {"sign_public": "", "box_public": "", "wrapped": ""}
    file = keyring.KeyFile(
        db_id, b"\4" * 16, 4, "S.TEST", "01", "aaaaaaaaaaaaa", "", installation,
        tuple(keyring.seal_pending(slot, db_id, 5, fresh) for slot in slots), 5,
    ).sealed_with(data_key)  # fmt: skip

    def forged(change: Any) -> str:
        body = json.loads(file.body())
        change(body)
        text = rfc8785.dumps(body)
        front = struct.pack(">16sHQI", keyring.MAGIC, 1, 1, len(text)) + text + file.mac
        return base64.b64encode(front + hashlib.sha256(front).digest()).decode()

    def of(n: int, **change: Any) -> Any:
        return lambda body: body["slots"][n].update(change)

    sealed = keyring.b64(slots[0].sealed)
    malformed = {
        "recovery made an account": of(1, kind="user", user_name="ada"), "slot renumbered": of(1, slot=9),
        "pending key of another slot": of(1, sealed_pending=sealed),
        "pending epoch changed": lambda b: b.update(pending_epoch=6),
        "code of another kind": of(1, user_name="shares"), "pending taken away": of(1, sealed_pending=None),
    }  # fmt: skip
    return {
        "file": base64.b64encode(file.raw).decode(), "user_name": "ada", "password": password,
        "data_key": data_key.hex(), "pending": fresh.hex(), "code": recovery_code.code_of(secret),
        "escrow": "06" * 32, "ca_key": b"not a key".hex(),
        "malformed": [{"why": why, "file": forged(change)} for why, change in malformed.items()],
    }  # fmt: skip


def mark() -> dict[str, Any]:
    made = witness.Mark(7, 42, b"\5" * 32, 1795335330123, 40, b"\6" * 32, "aaaaaaaaaaaaa")
    key = bytes(range(32))
    fields = [made.counter, made.seq, made.head.hex(), made.time_ms, made.origin]
    return {"key": key.hex(), "record": witness.pack(evolve(made), key).hex(), "fields": fields}


if __name__ == "__main__":
    for name, content in (("rows", rows()), ("keys", keys()), ("ways_in", ways_in()), ("witness", mark())):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", "utf-8")
