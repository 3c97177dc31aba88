"""A frame as rows of text for a CSV file: canonical values, an empty cell where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows(frame: Any) -> Iterator[tuple[str, ...]]:
    """The rows with their index first; numbers and dates in one spelling, whatever the machine."""
    return zip(*(_texts(values) for _, values in frame.reset_index().items()), strict=True)


def _texts(values: Any) -> list[str]:
    kind = values.dtype
    missing = values.isna().tolist()
    if isinstance(kind, pd.CategoricalDtype):
        known = [str(c) for c in kind.categories]
        return ["" if code < 0 else known[code] for code in values.cat.codes.tolist()]
    if isinstance(kind, pd.DatetimeTZDtype):
        found = values.dt.strftime("%Y-%m-%dT%H:%M:%SZ").tolist()
    elif kind.kind == "M":
        found = values.dt.strftime("%Y-%m-%d").tolist()
    elif kind == "boolean":
        found = ["" if gone else "true" if value else "false" for value, gone in zip(values, missing, strict=True)]
    else:
        found = values.tolist()
    return ["" if gone else str(value) for value, gone in zip(found, missing, strict=True)]
