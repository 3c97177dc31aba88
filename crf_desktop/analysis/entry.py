"""Answers from a file, held to the same definition as answers on a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crf_desktop.errors import Refused
from crf_desktop.forms import definition
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.derive import Derived, Visit
from crf_desktop.model.expression import Value
from crf_desktop.model.value import parse

_LARGEST = 10**9
_DIGITS = 60
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class BadInput(ValueError):
    """An example that cannot be computed; the text names the key and what is expected, never the value."""


def needed(inputs: Mapping[str, Any], key: str) -> Any:
    """The value of a key that must be there; None is a value (not assessed)."""
    if key not in inputs:
        raise BadInput(f"{key} is missing")
    return inputs[key]


def table(inputs: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A JSON object that must be there."""
    value = needed(inputs, key)
    if not isinstance(value, Mapping):
        raise BadInput(f"{key} is not an object")
    return value


def accepted(item: ItemDef, value: Any) -> Datum | None:
    """The datum of a whole number the item accepts; None for a text, a fraction, a truth value, out of range."""
    if type(value) is not int or abs(value) > _LARGEST:
        return None
    try:
        return parse(definition(), item, str(value))
    except Refused:
        return None


def number(key: str, value: Any) -> Fraction | None:
    """An exact number from a JSON number or a decimal text, not negative; None stays None.

    A float, where the file was not read with :func:`crf_desktop.analysis.score.read`, counts as its decimal text.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, float, str)):
        raise BadInput(f"{key} is not a number")
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise BadInput(f"{key} is not a number")
    read = Decimal(repr(value) if isinstance(value, float) else value)
    if not read.is_finite() or len(read.as_tuple().digits) > _DIGITS or abs(read.adjusted()) > _DIGITS:
        raise BadInput(f"{key} is not a number that can be measured")
    if read < 0:
        raise BadInput(f"{key} is negative")
    return Fraction(read)


class Sheet:
    """One visit of nobody: answers by item OID, derived values by the names of the definition's methods."""

    def __init__(self, answers: Mapping[str, Datum]) -> None:
        self._visit = Visit(definition(), answers)

    def value(self, method: str) -> Value:
        """The exact value of a method by its analysis name; None is unknown."""
        return self._visit.method(definition().method_by_name[method])

    def derived(self, method: str) -> Derived:
        """The method with its printed form."""
        return self._visit.derived(definition().method_by_name[method])


def counted(method: str) -> tuple[ItemDef, ...]:
    """The items a score is made of."""
    form = definition()
    return tuple(form.item[oid] for oid in form.method_by_name[method].counts)
