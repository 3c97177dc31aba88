"""The formats by example: rows and key files that every later version must read alike, malformed ones included."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, encoding, keyring, witness
from tests.store import check_log
from tests.store.builders import answer, item, signature

VECTORS = Path(__file__).parent / "vectors"
ROWS: dict[str, Any] = json.loads((VECTORS / "rows.json").read_text("utf-8"))
KEYS: dict[str, Any] = json.loads((VECTORS / "keys.json").read_text("utf-8"))
WITNESS: dict[str, Any] = json.loads((VECTORS / "witness.json").read_text("utf-8"))


def cells(row: dict[str, Any]) -> list[Any]:
    binary = ("previous_hash", "hash", "row_signature")
    return [bytes.fromhex(row[n]) if n in binary else row[n] for n in encoding.COLUMNS]


def dump(store: Store) -> dict[str, Any]:
    """All rows as JSON, bytes as hex: what the independent checker reads."""
    rows = [c for origin in store.heads() for c in store._log.cells(origin)]
    plain = [
        {n: c.hex() if isinstance(c, bytes) else c for n, c in zip(encoding.COLUMNS, r, strict=True)} for r in rows
    ]
    return {"columns": list(encoding.COLUMNS), "rows": plain}


@pytest.mark.requirement("REQ-42")
def test_that_the_rows_of_the_vectors_encode_hash_and_verify() -> None:
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ROWS["public"]))
    for vector in ROWS["good"]:
        found = cells(vector["row"])
        assert encoding.encode(found).hex() == vector["encoding"] == check_log.encode(vector["row"]).hex()
        assert encoding.row_hash(found) == found[39]
        public.verify(found[40], found[39])
        assert list(encoding.to_cells(encoding.from_cells(found))) == found
    assert check_log.faults([vector["row"] for vector in ROWS["good"]]) == []


@pytest.mark.parametrize("vector", ROWS["malformed"], ids=lambda v: v["why"])
def test_that_malformed_rows_are_told(vector: dict[str, Any]) -> None:
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ROWS["public"]))
    found = cells(vector["row"])
    try:
        sound = encoding.row_hash(found) == found[39]
        public.verify(found[40], found[39])
    except (ValueError, InvalidSignature):
        sound = False
    assert not sound
    if vector["why"] != "signed by another key":
        rows = [v["row"] for v in ROWS["good"][: vector["row"]["seq"] - 1]]
        assert check_log.faults([*rows, vector["row"]])


def test_that_the_independent_checker_agrees_on_a_real_log(store: Store, tmp_path: Path) -> None:
    store.append([answer(item(), "4"), answer(item(name="ß"), "né"), signature(item())])
    told = dump(store)
    assert check_log.faults(told["rows"]) == []
    (tmp_path / "dump.json").write_text(json.dumps(told), "utf-8")
    command = [sys.executable, str(Path(check_log.__file__)), str(tmp_path / "dump.json")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "whole\n"
    told["rows"][-2]["value"] = "5"
    assert len(check_log.faults(told["rows"])) == 1
    assert check_log.faults(told["rows"][:3] + told["rows"][4:])


@pytest.mark.requirement("REQ-42")
def test_that_the_key_file_of_the_vectors_opens() -> None:
    file = keyring.parse(base64.b64decode(KEYS["file"]))
    assert file is not None and file.body() == base64.b64decode(KEYS["file"])[30:-64]
    opened = keyring.open_slot(file, file.slot_of(KEYS["user_name"]), KEYS["password"])
    assert opened.data_key.hex() == KEYS["data_key"]
    log_key = opened.secret("log_key")
    assert log_key is not None and log_key.hex() == KEYS["log_key"] and opened.secret("ca_key") is None


@pytest.mark.parametrize("vector", KEYS["malformed"], ids=lambda v: v["why"])
def test_that_malformed_key_files_fail_as_written(vector: dict[str, str]) -> None:
    try:
        file = keyring.parse(base64.b64decode(vector["file"]))
        code = "keys.damaged" if file is None else ""
        if file is not None:
            keyring.open_slot(file, file.slot_of(KEYS["user_name"]), vector.get("password", KEYS["password"]))
    except EnvironmentProblem as problem:
        code = problem.code
    assert code == vector["code"]


def test_that_the_witness_of_the_vectors_reads() -> None:
    key, record = bytes.fromhex(WITNESS["key"]), bytes.fromhex(WITNESS["record"])
    mark = witness.unpack(record, key)
    assert mark is not None and witness.pack(mark, key) == record
    assert [mark.counter, mark.seq, mark.head.hex(), mark.time_ms, mark.origin] == WITNESS["fields"]
    for at in range(0, witness.RECORD, 7):
        assert witness.unpack(record[:at] + bytes([record[at] ^ 1]) + record[at + 1 :], key) is None


def test_that_text_is_stored_in_one_spelling(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    [row] = store.append([answer(item(), "e\u0301", payload={"remark": "e\u0301", "a": 1})])
    assert row.datum.value == "\xe9" and row.payload == '{"a":1,"remark":"\xe9"}'
    with pytest.raises(ValueError, match="float"):
        store.append([answer(item(), "1", payload={"x": 1.5})])
