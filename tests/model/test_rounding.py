"""Exact numbers, quick ways included: reading, adding and printing them says the same as the slow and plain way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.model.data import Datum
from crf_desktop.model.derive import fixed
from crf_desktop.model.expression import evaluate
from crf_desktop.model.value import exact
from tests.small_trial import small_trial

WEIGHT = small_trial().item_by_name["weight"]


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 12))
def test_that_a_printed_number_is_rounded_half_away_from_zero(number: Fraction, digits: int) -> None:
    with localcontext(prec=80):
        scaled = Decimal(abs(number.numerator)) / number.denominator
        shown = scaled.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        tie = (abs(number) * 10**digits * 2).denominator == 1  # only then the division could have lost what decides
        assert tie or abs(Fraction(shown) - abs(number)) * 2 * 10**digits < 1
        text = f"{shown:f}"
    assert fixed(number, digits) == ("-" + text if number < 0 and Fraction(text) else text)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (Fraction(5, 2), 0, "3"), (Fraction(-5, 2), 0, "-3"), (Fraction(1, 10**9), 9, "0.000000001"),
        (Fraction(-1, 9), 0, "0"),
    ],
)
def test_that_printing_knows_no_exponent_and_no_minus_zero(number: Fraction, digits: int, text: str) -> None:
    assert fixed(number, digits) == text


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_that_a_typed_decimal_is_read_exactly(number: Decimal) -> None:
    text = f"{number:f}"
    assert exact(small_trial(), evolve(WEIGHT, units=()), Datum(text)) == Fraction(text)


NUMBERS = st.one_of(st.integers(-99, 99), st.booleans(), st.fractions(-9, 9, max_denominator=9))


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_that_sums_and_means_are_those_of_fractions(values: list[int | bool | Fraction]) -> None:
    names = {f"v{n}": value for n, value in enumerate(values)}
    told, plain = ", ".join(names), [Fraction(v) for v in values]
    for function, wanted in (
        ("sum", sum(plain, Fraction())), ("mean", sum(plain, Fraction()) / len(plain)), ("max", max(plain)),
        ("min", min(plain)), ("sum_known", sum(plain, Fraction())), ("mean_known", sum(plain, Fraction()) / len(plain)),
    ):  # fmt: skip
        found = evaluate(f"{function}({told})", names)
        assert found == wanted and not isinstance(found, bool | float)
    assert evaluate("abs(v0)", names) == abs(plain[0])
