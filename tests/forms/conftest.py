"""The definition of the trial, and a visit of it from plain answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from crf_desktop.forms import definition
from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Occurrence, Visit
from crf_desktop.model.path import split
from crf_desktop.model.serial import from_bytes, to_bytes
from crf_desktop.model.value import parse

VISIT_DATE = "2026-05-06"
Answer = str | NullFlavor | tuple[str, str]
MakeVisit = Callable[..., Visit]
MakeVisits = Callable[..., list[Visit]]


@pytest.fixture(scope="session")
def trial() -> MetaDataVersion:
    """Read back from its serialised form, as every page is."""
    return from_bytes(to_bytes(definition()))


def typed_answers(trial: MetaDataVersion, typed: Mapping[str, Answer]) -> dict[str, Datum]:
    """Answers by item OID from what is typed under analysis names."""
    answers = {}
    for name, answer in typed.items():
        item = trial.item_by_name[name]
        if isinstance(answer, NullFlavor):
            answers[item.oid] = Datum(null_flavor=answer)
        else:
            text, unit = answer if isinstance(answer, tuple) else (answer, None)
            answers[item.oid] = parse(trial, item, text, unit)
    return answers


@pytest.fixture(scope="session")
def visit(trial: MetaDataVersion) -> MakeVisit:
    """``visit(igg="21.4", esr=NullFlavor.REFUSED, c3=("90", "MU.MG_DL"))`` by analysis names, as typed."""

    def make(**typed: Answer) -> Visit:
        return Visit(trial, typed_answers(trial, typed), VISIT_DATE)

    return make


@pytest.fixture(scope="session")
def visits(trial: MetaDataVersion) -> MakeVisits:
    """``visits(("SE.W0", "2026-05-06", {"weight": "32"}), …)``: the visits of one participant, seen from each."""

    def make(*told: tuple[str, str, Mapping[str, Answer]]) -> list[Visit]:
        held: dict[str, dict[str, dict[str, Datum]]] = {}
        for event, _, typed in told:
            for oid, datum in typed_answers(trial, typed).items():
                held.setdefault(event, {}).setdefault(trial.form_of_item[oid], {})[oid] = datum
        occurrences = [Occurrence(*split(event), day) for event, day, _ in told]
        banner = {oid: d for forms in held.values() for oid, d in forms.get(trial.banner.form, {}).items()}
        course = Course(
            trial, occurrences, lambda at, form: {"": held.get(at.address, {}).get(form, {})}, banner=banner
        )
        return [course.visit(at) for at in occurrences]

    return make
