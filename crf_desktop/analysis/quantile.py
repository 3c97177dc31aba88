"""Median and quartiles by one definition: Hyndman & Fan's type 7, the default of R, NumPy and pandas; exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen


@frozen
class Spread:
    """How values lie: count, extremes, quartiles and median."""

    n: int
    minimum: Fraction
    q1: Fraction
    median: Fraction
    q3: Fraction
    maximum: Fraction

    def places(self, recorded: int) -> int:
        """Decimals for median and quartiles of values with ``recorded`` decimals: one where whole numbers need it.

        The quartiles of whole numbers fall between them, and 19.5 is not 20.
        """
        whole = all(v.denominator == 1 for v in (self.q1, self.median, self.q3))
        return recorded if recorded or whole else 1


def quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value at ``part`` (0 to 1) of ascending values: linear between the two around (n − 1)·part.

    Hyndman & Fan, The American Statistician 1996;50:361–5, definition 7.
    """
    place = (len(ordered) - 1) * part
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def spread(values: Iterable[Fraction]) -> Spread | None:
    """None where there is no value."""
    ordered = sorted(values)
    if not ordered:
        return None
    q1, median, q3 = (quantile(ordered, Fraction(n, 4)) for n in (1, 2, 3))
    return Spread(len(ordered), ordered[0], q1, median, q3, ordered[-1])
