"""Limits of IgG for age in g/L: Changchun 2011–14 (n = 9466); for adults the lower limit of the trial's centre."""

from __future__ import annotations

from fractions import Fraction

from crf_desktop.model.expression import Value


def igg_lower(age: Value) -> Fraction | None:
    """4 y 5.51, 5–6 y 6.17, 7 y 6.41, 8 y 6.53, 9–17 y 6.84, from 18 on 7.0; None below 4 and at an unknown age."""
    from_nine = dict.fromkeys(range(9, 18), "6.84")
    return _of(age, {4: "5.51", 5: "6.17", 6: "6.17", 7: "6.41", 8: "6.53", **from_nine}, "7.0")


def igg_upper(age: Value) -> Fraction | None:
    """As the form flags it (Y3): 4 y 12.40, 5–6 y 13.10, 7 y 13.60, 8 y 14.20, 9–10 y 14.30; None at other ages."""
    return _of(age, {4: "12.40", 5: "13.10", 6: "13.10", 7: "13.60", 8: "14.20", 9: "14.30", 10: "14.30"}, None)


def _of(age: Value, by_age: dict[int, str], adult: str | None) -> Fraction | None:
    if not isinstance(age, int) or isinstance(age, bool):
        return None
    found = by_age.get(age, adult if age >= 18 else None)
    return Fraction(found) if found else None
