"""A definition read back: by its digest without asking again, or not at all."""

from __future__ import annotations

import json

import pytest

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.model.integrity import DefinitionError

STORED = serial.to_bytes(definition())


def test_that_a_definition_is_the_same_after_a_round_trip_known_or_not() -> None:
    assert serial.to_bytes(serial.from_bytes(STORED, serial.digest(STORED))) == STORED
    assert serial.to_bytes(serial.from_bytes(STORED)) == STORED


def test_that_bytes_with_another_digest_than_the_study_names_are_damaged() -> None:
    with pytest.raises(EnvironmentProblem) as found:
        serial.from_bytes(STORED + b" ", serial.digest(STORED))
    assert found.value.code == "definition.damaged"


def test_that_a_definition_nobody_vouches_for_has_to_be_sound() -> None:
    body = json.loads(STORED)
    body["metadata"]["methods"][0]["expression"] = "name_of_nothing + 1"
    unsound = json.dumps(body).encode()
    with pytest.raises((EnvironmentProblem, DefinitionError)):
        serial.from_bytes(unsound)
    assert serial.from_bytes(unsound, serial.digest(unsound)).methods[0].expression == "name_of_nothing + 1"
