"""The list of protocol decisions names places that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import crf_desktop.forms
from crf_desktop.model.definition import MetaDataVersion

FORMS = Path(crf_desktop.forms.__file__).parent
LIST = FORMS.parents[1] / "docs" / "protocol_decisions.md"


def decisions() -> Iterator[tuple[str, str, str]]:
    """(number, what is done, where) of every line."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and re.fullmatch(r"[A-Z]\d+", cells[0]):
            yield cells[0], cells[2], cells[3]


def places(where: str) -> Iterator[tuple[Path, str]]:
    """(module, name in it): each name belongs to the module before it; a module alone has an empty one."""
    module = Path()
    for told in re.findall(r"`([^`]+)`", where):
        if told.endswith(".py"):
            module = FORMS.parents[1] / told if "/" in told else FORMS / told
        yield module, "" if told.endswith(".py") else told


def test_that_every_decision_has_a_number_of_its_own() -> None:
    numbers = [number for number, _, _ in decisions()]
    assert len(numbers) == len(set(numbers)) > 80


def test_that_every_place_of_a_decision_is_there() -> None:
    for number, _, where in decisions():
        told = list(places(where))
        assert told, number
        for module, name in told:
            assert module.is_file(), (number, module.name)
            assert re.search(rf"\b{re.escape(name)}\b", module.read_text(encoding="utf-8")), (number, name)


def test_that_every_check_and_value_a_decision_names_is_defined(trial: MetaDataVersion) -> None:
    oids = {c.oid for c in trial.edit_checks} | {m.oid for m in trial.methods}
    names = {*trial.item_by_name, *trial.method_by_name, *(p.name for p in trial.parameters), "blind_previous"}
    for number, done, where in decisions():
        for oid in re.findall(r"\b(?:EC|M)\.[A-Z0-9]+\.[A-Z0-9_]+", done + where):
            assert oid in oids, (number, oid)
        for first, more in re.findall(r"\b(EC\.[A-Z0-9]+\.)\d{3}((?:, \d{3})+)", done + where):
            assert {first + n for n in re.findall(r"\d{3}", more)} <= oids, number
        assert set(re.findall(r"`([a-z][a-z0-9_]+)`", done)) <= names, number
