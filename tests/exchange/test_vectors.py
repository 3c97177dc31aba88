"""The vectors in tests/exchange/vectors, read by the program and by an independent checker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crf_desktop.errors import Refused
from crf_desktop.exchange.reading import read_bundle
from tests.exchange.checker import check

FOLDER = Path(__file__).parent / "vectors"
IDENTITY = (FOLDER / "identity.txt").read_text(encoding="ascii").strip()
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="ascii"))


def test_that_the_sound_vector_reads_the_same_to_both() -> None:
    path = FOLDER / "sound.bundle"
    manifest = check(path.read_bytes(), IDENTITY)
    reading = read_bundle(path, IDENTITY)
    assert manifest["values"] == [c.datum.value for c in reading.rows] == EXPECTED["sound"]["values"]
    assert manifest["runs"][0]["head"] == reading.rows[-1].hash.hex() == EXPECTED["sound"]["head"]


@pytest.mark.parametrize("name", sorted(EXPECTED["refused"]))
def test_that_every_malformed_vector_is_refused_by_both(name: str) -> None:
    path = FOLDER / f"{name}.bundle"
    with pytest.raises(Refused) as caught:
        read_bundle(path, IDENTITY)
    assert caught.value.code == EXPECTED["refused"][name]
    if name == "document_nobody_names":
        return  # whole and consistent; only a program that keeps documents has to mind
    with pytest.raises(Exception):  # noqa: B017  # an independent checker may fail in any way, but must fail
        check(path.read_bytes(), IDENTITY)


def test_that_no_vector_is_left_out() -> None:
    assert {p.stem for p in FOLDER.glob("*.bundle")} == {"sound", *EXPECTED["refused"]}
