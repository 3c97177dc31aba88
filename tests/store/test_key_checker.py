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
