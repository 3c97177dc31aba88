"""The page about the key file is enough to open one."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from tests.store import check_keys
from tests.store.builders import PASSWORD, data_key

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "keys.json").read_text("utf-8"))


def test_that_an_independent_reader_opens_the_vector_and_nothing_malformed() -> None:
    found = check_keys.open_file(b64decode(VECTORS["file"]), VECTORS["user_name"], VECTORS["password"])
    assert (found["data_key"].hex(), found["log_key"].hex()) == (VECTORS["data_key"], VECTORS["log_key"])
    for bad in VECTORS["malformed"]:
        with pytest.raises((ValueError, KeyError, InvalidTag, StopIteration)):
            check_keys.open_file(b64decode(bad["file"]), VECTORS["user_name"], bad.get("password", VECTORS["password"]))


def test_that_it_opens_a_real_study_as_the_program_does(folder: Path) -> None:
    found = check_keys.open_file((folder / "keys.b").read_bytes(), "investigator", PASSWORD)
    assert found["data_key"] == bytes(data_key(folder))
    with pytest.raises(InvalidTag):
        check_keys.open_file((folder / "keys.b").read_bytes(), "investigator", PASSWORD + "x")


WAYS_IN: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "ways_in.json").read_text("utf-8"))


@pytest.mark.requirement("REQ-07")
def test_that_each_way_in_opens_a_file_whose_key_is_being_changed_and_nothing_malformed() -> None:
    raw, escrow = b64decode(WAYS_IN["file"]), bytes.fromhex(WAYS_IN["escrow"])
    opened = [
        check_keys.open_file(raw, WAYS_IN["user_name"], WAYS_IN["password"]),
        check_keys.open_by_code(raw, WAYS_IN["code"]), check_keys.open_by_private(raw, escrow),
    ]  # fmt: skip
    for found in opened:
        assert (found["data_key"].hex(), found["pending"].hex()) == (WAYS_IN["data_key"], WAYS_IN["pending"])
    assert opened[1]["ca_key"].hex() == WAYS_IN["ca_key"] and opened[1]["log_key"] is None
    for bad in WAYS_IN["malformed"]:
        with pytest.raises((ValueError, KeyError, InvalidTag, StopIteration, TypeError)):
            check_keys.open_by_code(b64decode(bad["file"]), WAYS_IN["code"])


def test_that_the_program_opens_the_same_and_refuses_the_same() -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.errors import Explained
    from crf_desktop.store import escrow, keyring, recovery

    keys = keyring.parse(b64decode(WAYS_IN["file"]))
    assert keys is not None
    private = X25519PrivateKey.from_private_bytes(bytes.fromhex(WAYS_IN["escrow"]))
    by_name = keyring.open_slot(keys, keys.slot_of(WAYS_IN["user_name"]), WAYS_IN["password"])
    for found in (by_name, recovery.open_secret(keys, [WAYS_IN["code"]]), escrow.open_escrow(keys, private)):
        assert found.pending is not None
        assert (found.data_key.hex(), found.pending.hex()) == (WAYS_IN["data_key"], WAYS_IN["pending"])
    for bad in WAYS_IN["malformed"]:
        forged = keyring.parse(b64decode(bad["file"]))
        assert forged is not None, bad["why"]
        with pytest.raises(Explained):
            recovery.open_secret(forged, [WAYS_IN["code"]])


def test_that_it_opens_a_real_study_by_its_recovery_code(folder: Path) -> None:
    from crf_desktop.store import recovery, unlock
    from tests.store.builders import StepClock

    with unlock(folder, "administrator", PASSWORD, StepClock()) as store:
        code = recovery.make(store).code
    found = check_keys.open_by_code((folder / "keys.a").read_bytes(), code)
    assert found["data_key"] == bytes(data_key(folder)) and found["ca_key"]
