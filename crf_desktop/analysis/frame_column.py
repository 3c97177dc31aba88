"""Rows of plain values made into typed frames, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from crf_desktop.analysis.column import Array, category, days, fractions, integers, text, truths
from crf_desktop.analysis.spelling import unmarked
from crf_desktop.errors import Language
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.text import TranslatedText

Row = Mapping[str, Any]
Column = Callable[[Sequence[Row], str], Mapping[str, Array]]
DIGITS: Final = 6
"""Decimals of measures of every kind in one column; what needs more stands exactly in ``__exact``."""


def plain(make: Callable[[Iterable[Any]], Array]) -> Column:
    return lambda rows, name: {name: make(row.get(name) for row in rows)}


def choice(kind: type[StrEnum] | Sequence[str]) -> Column:
    values = [k.value for k in kind] if isinstance(kind, type) else list(kind)
    return one_of(pd.CategoricalDtype(values, ordered=True))


def one_of(dtype: Any) -> Column:
    def column(rows: Sequence[Row], name: str) -> dict[str, Array]:
        found = (row.get(name) for row in rows)
        return {name: category(dtype, (v.value if isinstance(v, StrEnum) else v for v in found))}

    return column


def exact_number(rows: Sequence[Row], name: str) -> dict[str, Array]:
    shown, ratio = fractions((row.get(name) for row in rows), DIGITS)
    return {name: shown, name + "__exact": ratio}


TEXT, DAY, NUMBER, TRUTH = plain(text), plain(days), plain(integers), plain(truths)
Columns = Mapping[str, Column]
WHY: Final[Columns] = {"why_en": TEXT, "why_zh": TEXT}


def framed(rows: Sequence[Row], columns: Columns, index: int) -> Any:
    """A frame of rows; the first ``index`` columns are its index."""
    made: dict[str, Array] = {}
    for name, column in columns.items():
        made.update(column(rows, name))
    names = list(columns)[:index]
    levels = [made.pop(name) for name in names]
    at = pd.MultiIndex.from_arrays(levels, names=names) if index > 1 else pd.Index(levels[0], name=names[0])
    return pd.DataFrame(made, index=at)


def why(words: TranslatedText | None) -> dict[str, str | None]:
    """A sentence in both languages, without marks."""
    said = words or TranslatedText("", "")
    languages: tuple[Language, Language] = ("en", "zh")
    return {f"why_{language}": unmarked(said.in_(language)) or None for language in languages}


def events(definition: MetaDataVersion) -> Column:
    """Visits in the order of the definition."""
    return choice([e.oid for e in definition.events])
