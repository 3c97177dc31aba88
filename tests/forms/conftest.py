"""The definition of the trial, and a visit of it from plain answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crf_desktop.forms import definition
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Visit
from crf_desktop.model.serial import from_bytes, to_bytes
from crf_desktop.model.value import parse

VISIT_DATE = "2026-05-06"
MakeVisit = Callable[..., Visit]


@pytest.fixture(scope="session")
def trial() -> MetaDataVersion:
    """Read back from its serialised form, as every page is."""
    return from_bytes(to_bytes(definition()))


@pytest.fixture(scope="session")
def visit(trial: MetaDataVersion) -> MakeVisit:
    """``visit(igg="21.4", esr=NullFlavor.REFUSED, c3=("90", "MU.MG_DL"))`` by analysis names, as typed."""

    def make(**typed: str | NullFlavor | tuple[str, str]) -> Visit:
        answers = {}
        for name, answer in typed.items():
            item = trial.item_by_name[name]
            if isinstance(answer, NullFlavor):
                answers[item.oid] = Datum(null_flavor=answer)
            else:
                text, unit = answer if isinstance(answer, tuple) else (answer, None)
                answers[item.oid] = parse(trial, item, text, unit)
        return Visit(trial, answers, VISIT_DATE)

    return make
