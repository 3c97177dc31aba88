"""Which participants of a study for the bench have a whole course; apart, so that it drags nothing else into memory."""

from __future__ import annotations

WHOLE = 15
"""How many, spread over all, have a whole course with its records: some 1,500 rows each, too many for everybody."""


def with_whole_course(subjects: list[str]) -> list[str]:
    """Those who have been through everything."""
    return subjects[:: max(1, len(subjects) // WHOLE)][:WHOLE]
