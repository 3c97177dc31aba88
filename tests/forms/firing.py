"""One row per check: what makes it fire, what does not, and what leaves it silent because something is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crf_desktop.model.derive import Visit
from tests.forms.conftest import Answer, MakeVisits

Typed = dict[str, Answer]
Row = tuple[str, Typed, Typed, Typed]
FarRow = tuple[str, Typed, Typed, Typed, Typed]
"""The check, what stood at the visit before, and the three of this visit."""


def named(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """The names of the rows of a table."""
    return [f"{row[0]}-{n}" for n, row in enumerate(rows)]


def fired(sheet: Visit, check: str) -> bool:
    """Whether a check fails on the form it belongs to."""
    return check in {c.oid for form in sheet.definition.forms for c in sheet.broken(form)}


def after(visits: MakeVisits, earlier: Typed, now: Typed) -> Visit:
    """The second visit of two: week 0 on 6 May 2026, belimumab 1 on 10 June."""
    seen: list[Visit] = visits(("SE.W0", "2026-05-06", earlier), ("SE.BEL1", "2026-06-10", now))
    return seen[-1]
