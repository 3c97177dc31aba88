"""Halves are rounded away from zero, and only when printed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from crf_desktop.model.derive import fixed


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        ("1/2", 0, "1"), ("3/2", 0, "2"), ("-1/2", 0, "-1"), ("1/200", 2, "0.01"), ("12345/100000", 4, "0.1235"),
        ("499999/1000000", 0, "0"), ("-1/1000", 2, "0.00"), ("16/3", 2, "5.33"), ("17/3", 2, "5.67"),
    ],
)  # fmt: skip
def test_that_a_half_is_rounded_away_from_zero(number: str, digits: int, text: str) -> None:
    assert fixed(Fraction(number), digits) == text
