"""Median and quartiles against NumPy and pandas."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crf_desktop.analysis.quantile import Spread, quantile, spread

VALUES = st.lists(st.integers(-400, 400).map(lambda n: Fraction(n, 8)), min_size=1, max_size=40)


@given(VALUES)
@settings(deadline=None)
def test_that_quartiles_are_those_of_numpy_and_pandas(values: list[Fraction]) -> None:
    import numpy
    import pandas

    found = spread(values)
    assert found is not None
    ours = [float(v) for v in (found.minimum, found.q1, found.median, found.q3, found.maximum)]
    floats = [float(v) for v in values]
    assert ours == pytest.approx(list(numpy.quantile(floats, [0, 0.25, 0.5, 0.75, 1])))
    assert ours == pytest.approx(list(pandas.Series(floats).quantile([0, 0.25, 0.5, 0.75, 1])))
    assert found.n == len(values)


@given(VALUES, st.randoms())
def test_that_the_order_of_participants_changes_nothing(values: list[Fraction], random: st.randoms) -> None:  # type: ignore[valid-type]
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread(shuffled) == spread(values)


def test_that_quartiles_are_exact_and_lie_between_values() -> None:
    assert spread([Fraction(n) for n in (9, 1, 4, 6)]) == Spread(
        4, Fraction(1), Fraction(13, 4), Fraction(5), Fraction(27, 4), Fraction(9)
    )
    assert quantile([Fraction(1, 3)], Fraction(1, 4)) == Fraction(1, 3)
    assert spread([]) is None


def test_that_whole_numbers_get_a_decimal_only_where_a_quartile_needs_one() -> None:
    even, between = spread(map(Fraction, (1, 2, 3, 4, 5))), spread(map(Fraction, (1, 2, 3, 4)))
    assert even is not None and between is not None
    assert (even.places(0), between.places(0), between.places(2)) == (0, 1, 2)
