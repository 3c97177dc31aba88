"""The functions of expressions: exact, unknown when a part that decides is unknown."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from math import isqrt
from typing import Final

from attrs import frozen


@frozen(slots=True)
class PartialDate:
    """A date of which the day, or month and day, are not known: somewhere from the first to the last.

    Only the functions of :data:`DIRECT` look at it; to all else it is unknown.
    """

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> PartialDate:
        """From ``YYYY`` or ``YYYY-MM``."""
        year, month = int(text[:4]), int(text[5:7] or 0)
        end = calendar.monthrange(year, month)[1] if month else 31
        return cls(date(year, month or 1, 1), date(year, month or 12, end))

    @property
    def known(self) -> str:
        """What is known of it: ``YYYY`` or ``YYYY-MM``."""
        return f"{self.first:%Y-%m}" if self.first.month == self.last.month else f"{self.first:%Y}"


Value = int | Fraction | str | bool | date | datetime | PartialDate | None
DECIMALS: Final = 12
"""Decimals kept of a root or a power: far beyond what is printed; half even."""


def plain(number: Fraction) -> int | Fraction:
    """An integer where the fraction is whole."""
    return number.numerator if number.denominator == 1 else number


def _number(value: Value) -> int | Fraction:
    """A whole number, or whether something holds, as an integer: most are, and fractions are slow to make and add."""
    return int(value) if isinstance(value, int) else Fraction(value)  # type: ignore[arg-type]


def _whole(number: int | Fraction) -> int | Fraction:
    return number if isinstance(number, int) else plain(number)


def _all_known(function: Callable[[list[int | Fraction]], int | Fraction]) -> Callable[[Sequence[Value]], Value]:
    def apply(arguments: Sequence[Value]) -> Value:
        if not arguments or any(a is None for a in arguments):
            return None
        return _whole(function([_number(a) for a in arguments]))

    return apply


def _known_numbers(arguments: Sequence[Value]) -> list[int | Fraction]:
    return [_number(a) for a in arguments if a is not None]


def _mean_known(arguments: Sequence[Value]) -> Value:
    known = _known_numbers(arguments)
    return plain(Fraction(sum(known)) / len(known)) if known else None


def _max_known(arguments: Sequence[Value]) -> Value:
    known = [a for a in arguments if a is not None]
    return max(known) if known else None


def _min_known(arguments: Sequence[Value]) -> Value:
    known = [a for a in arguments if a is not None]
    return min(known) if known else None


def _span(value: Value) -> PartialDate | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return PartialDate(value, value)
    return value if isinstance(value, PartialDate) else None


def _completed_years(arguments: Sequence[Value]) -> Value:
    born, on = (_span(a) for a in arguments)
    if born is None or on is None:
        return None
    fewest, most = _years(born.last, on.first), _years(born.first, on.last)
    return fewest if fewest == most else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _before(arguments: Sequence[Value]) -> Value:
    first, second = (_span(a) for a in arguments)
    if first is None or second is None:
        return None
    if first.last < second.first:
        return True
    return False if first.first >= second.last else None


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the last one where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _longer_than_months(arguments: Sequence[Value]) -> Value:
    first, second, months = arguments
    begun, ended = _span(first), _span(second)
    if begun is None or ended is None or not isinstance(months, int):
        return None
    if ended.first > months_after(begun.last, months):
        return True
    return False if ended.last <= months_after(begun.first, months) else None


def _days(arguments: Sequence[Value]) -> Value:
    first, second = arguments
    return (second - first).days if isinstance(first, date) and isinstance(second, date) else None


def _days_after(arguments: Sequence[Value]) -> Value:
    day, n = arguments
    return day + timedelta(days=n) if isinstance(day, date) and isinstance(n, int) else None


def _elapsed(seconds: int) -> Callable[[Sequence[Value]], Value]:
    def apply(arguments: Sequence[Value]) -> Value:
        first, second = arguments
        if not isinstance(first, datetime) or not isinstance(second, datetime):
            return None
        between = second - first
        return plain(Fraction(between.days * 86400 + between.seconds, seconds))

    return apply


def _hours_after(arguments: Sequence[Value]) -> Value:
    moment, n = arguments
    if not isinstance(moment, datetime) or not isinstance(n, (int, Fraction)):
        return None
    return moment + timedelta(seconds=int(n * 3600))


def _sqrt(arguments: Sequence[Value]) -> Value:
    (number,) = arguments
    if number is None or Fraction(number) < 0:  # type: ignore[arg-type]
        return None
    exact = Fraction(number)  # type: ignore[arg-type]
    over, under = isqrt(exact.numerator), isqrt(exact.denominator)
    if Fraction(over * over, under * under) == exact:
        return plain(Fraction(over, under))
    scaled = exact * 100**DECIMALS
    root = isqrt(4 * scaled.numerator // scaled.denominator)
    return plain(Fraction((root + 1) // 2, 10**DECIMALS))


def _power(arguments: Sequence[Value]) -> Value:
    base, exponent = arguments
    if base is None or exponent is None or Fraction(base) <= 0:  # type: ignore[arg-type]
        return None
    with localcontext(prec=50, rounding=ROUND_HALF_EVEN):
        low, high = (Decimal(f.numerator) / f.denominator for f in (Fraction(base), Fraction(exponent)))  # type: ignore[arg-type]
        return plain(Fraction((low**high).quantize(Decimal(1).scaleb(-DECIMALS))))


def _one_of(arguments: Sequence[Value]) -> Value:
    return None if arguments[0] is None else arguments[0] in arguments[1:]


FUNCTIONS: Final[dict[str, Callable[[Sequence[Value]], Value]]] = {
    "sum": _all_known(lambda a: sum(a)),
    "mean": _all_known(lambda a: Fraction(sum(a)) / len(a)),
    "min": _all_known(min),
    "max": _all_known(max),
    "abs": _all_known(lambda a: max(a[0], -a[0])),
    "known": lambda a: all(x is not None for x in a),
    "count_known": lambda a: len([x for x in a if x is not None]),
    "count_true": lambda a: len([x for x in a if x is True]),
    "sum_known": lambda a: _whole(sum(_known_numbers(a))),
    "mean_known": _mean_known,
    "max_known": _max_known,
    "min_known": _min_known,
    "one_of": _one_of,
    "years": _completed_years,
    "days": _days,
    "days_after": _days_after,
    "before": _before,
    "longer_than_months": _longer_than_months,
    "hours": _elapsed(3600),
    "minutes": _elapsed(60),
    "hours_after": _hours_after,
    "sqrt": _sqrt,
    "power": _power,
}
"""``sum mean min max abs`` are unknown if any part is; ``known count_known count_true sum_known mean_known max_known
min_known`` look at what is known; ``one_of(x, 'A', 'B')``. Dates: ``years(born, on)`` completed years, ``days(first,
second)``, ``days_after(day, n)``, ``before(first, second)``, ``longer_than_months(first, second, n)``; moments:
``hours(first, second)``, ``minutes``, ``hours_after(moment, n)``. ``sqrt(x)`` is exact where the root is rational; else
it and ``power(x, y)`` keep 12 decimals."""

DIRECT: Final = frozenset({"known", "years", "before", "longer_than_months", "hours", "minutes", "hours_after"})
"""Functions that see a partial date or a moment as it is: the answer is given where every possible day gives it."""

REACHING: Final = frozenset(
    {"at", "as_of", "previous", "latest", "first", "event_date", "n_events", "qualifier", "limit"}
    | {f"{what}_{where}" for what in ("count", "any", "sum", "max", "min") for where in ("rows", "all")}
)
"""Functions of quoted names that look beyond one answer of one visit; who is asked for a value answers them.

``at('SE.W0', 'pga')`` at a visit · ``previous('weight')`` at the last visit before this one where it is known ·
``latest`` and ``first`` over all visits, this one included · ``as_of('weight', 'cm_start')`` as known on the day a name
gives (of a partial date its first day), else the first one after it ·
``event_date('SE.W0')`` · ``n_events('SE.UNS')`` ·
``count_rows any_rows sum_rows max_rows min_rows`` over the rows of a repeating group of this form ·
``count_all any_all sum_all max_all min_all`` over every visit, every repeat of a form, every row.
``count`` and ``any`` take truth values, ``any`` is three-valued; ``sum max min`` take what is known.

A number reported as ``<0.1`` is unknown to arithmetic. ``qualifier('b_pct')`` is ``<``, ``>`` or an empty text, and
``limit('b_pct')`` the number behind it in the base unit: for what is certain all the same.
"""
