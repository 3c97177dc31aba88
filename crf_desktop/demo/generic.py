"""A plausible answer to any item from its definition alone: its type, its limits, its answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from crf_desktop.capture.entry import Given
from crf_desktop.model.definition import ItemDef, MetaDataVersion

_MIDDLE: Final = (35, 65)
"""Numbers are drawn from this part of the usual range, in per cent."""
_NOT_FIRST_CHOICE: Final = frozenset({"OTHER", "UNKNOWN", "UNK", "NA", "ND", "NE", "NOT_DONE", "DEFAULT"})
"""Answers that ask for more, or say nothing: drawn only where there are no others."""
_WORDS: Final = "As in the source record."


def candidates(
    definition: MetaDataVersion, item: ItemDef, rng: random.Random, when: datetime, tries: int
) -> Iterator[Given]:
    """Answers to try, the most plausible first; the same seed gives the same."""
    for attempt in range(tries):
        yield Given(_typed(definition, item, rng, when, attempt))


def _typed(definition: MetaDataVersion, item: ItemDef, rng: random.Random, when: datetime, attempt: int) -> str:
    if item.code_list is not None:
        return _code(definition, item, rng, attempt)
    match item.data_type:
        case "integer" | "decimal":
            return _number(item, rng, attempt)
        case "boolean":
            return "true" if attempt % 2 else "false"
        case "date":
            return (when.date() - timedelta(days=attempt)).isoformat()
        case "datetime":
            return (when - timedelta(minutes=20 + 17 * attempt)).isoformat(timespec="seconds")
        case "time":
            return f"{(when - timedelta(minutes=20 + 17 * attempt)):%H:%M}"
        case _:
            return _WORDS[: item.length]


def _code(definition: MetaDataVersion, item: ItemDef, rng: random.Random, attempt: int) -> str:
    codes = [c.coded_value for c in definition.code_list[item.code_list or ""].items]
    usual = [c for c in codes if c not in _NOT_FIRST_CHOICE] or codes
    return codes[attempt % len(codes)] if attempt else rng.choice(usual)


def limits(item: ItemDef) -> tuple[Fraction, Fraction]:
    """The usual range of a number, in its base unit: its soft limits inside its hard ones."""
    low = [Fraction(c.value) for c in item.range_checks if c.comparator in ("GE", "GT")]
    high = [Fraction(c.value) for c in item.range_checks if c.comparator in ("LE", "LT")]
    bottom = max(low, default=Fraction(1))
    return bottom, min(high, default=max(bottom * 2, bottom + 9))


def _number(item: ItemDef, rng: random.Random, attempt: int) -> str:
    low, high = limits(item)
    first, last = _MIDDLE if attempt < 3 else (2, 98)
    part = Fraction(rng.randint(first * 10, last * 10), 1000)
    return spelled(low + (high - low) * part, 0 if item.data_type == "integer" else min(2, _digits(item)))


def _digits(item: ItemDef) -> int:
    return 2 if item.significant_digits is None else item.significant_digits


def spelled(number: Fraction, digits: int) -> str:
    """The number with that many decimals, half up."""
    scaled = int(number * 10**digits + Fraction(1, 2))
    return str(Decimal(scaled).scaleb(-digits)) if digits else str(scaled)
