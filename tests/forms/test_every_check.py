"""No check without a row of a table that says when it fires, when not, and when it is silent."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import tests.forms
from crf_desktop.model.definition import MetaDataVersion


def tables() -> Iterator[tuple[str, tuple[str, ...], list[Any]]]:
    """(test, names, rows) of every parametrised test of the forms whose rows are of checks."""
    for module in pkgutil.iter_modules(tests.forms.__path__):
        if module.name.startswith("test_"):
            for name, thing in vars(importlib.import_module(f"tests.forms.{module.name}")).items():
                for mark in getattr(thing, "pytestmark", ()):
                    if mark.name == "parametrize" and "check" in (names := names_of(mark.args[0])):
                        yield f"{module.name}.{name}", names, list(mark.args[1])


def names_of(told: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The argument names of a parametrisation."""
    return tuple(n.strip() for n in told.split(",")) if isinstance(told, str) else tuple(told)


def rows() -> Iterator[tuple[str, str]]:
    """(check, test) for every row."""
    for test, names, values in tables():
        place = names.index("check")
        for row in values:
            cells = getattr(row, "values", row)
            yield (cells if len(names) == 1 and isinstance(cells, str) else cells[place]), test


def test_that_every_check_of_the_definition_has_a_row_in_a_table(trial: MetaDataVersion) -> None:
    told = {check for check, _ in rows()}
    assert [c.oid for c in trial.edit_checks if c.oid not in told] == []


def test_that_no_table_tests_a_check_that_is_gone(trial: MetaDataVersion) -> None:
    known = {c.oid for c in trial.edit_checks}
    assert [(check, test) for check, test in rows() if check not in known] == []
