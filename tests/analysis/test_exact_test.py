"""Exact inference: against published tables, against scipy, and against every sign pattern written out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crf_desktop.analysis.exact_test import (
    ENUMERATED,
    NO_DIFFERENCES,
    TOO_MANY,
    clopper_pearson,
    doubled_ranks,
    printed_p,
    sign_test,
    signed_rank,
)

DIFFERENCES = st.lists(st.integers(-6, 6).map(lambda n: Fraction(n, 2)), max_size=12)


def pairs(most: int) -> st.SearchStrategy[tuple[int, int]]:
    """(successes, trials)"""
    return st.integers(1, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def fractions(*numbers: float) -> list[Fraction]:
    return [Fraction(str(n)) for n in numbers]


# ---- interval


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, "0.2527", "0.3676"), (15, 148, "0.0578", "0.1617"), (0, 20, "0", "0.1684"), (1, 29, "0.0009", "0.1776")],
)
def test_that_the_interval_is_that_of_newcombes_table(k: int, n: int, low: str, high: str) -> None:
    found = clopper_pearson(k, n)  # Newcombe, Statistics in Medicine 1998;17:857–72, Table I, method 5
    places = Decimal("0.0001")
    assert (found.low.quantize(places), found.high.quantize(places)) == (Decimal(low), Decimal(high))


@given(pairs(60), st.sampled_from([50, 80, 90, 95, 99]))
@settings(deadline=None)
@example((0, 15), 95)
@example((15, 15), 95)
def test_that_the_interval_is_that_of_scipy(pair: tuple[int, int], percent: int) -> None:
    from scipy.stats import binomtest

    k, n = pair
    found = clopper_pearson(k, n, Fraction(percent, 100))
    theirs = binomtest(k, n).proportion_ci(percent / 100, "exact")
    assert (float(found.low), float(found.high)) == pytest.approx((theirs.low, theirs.high), abs=2e-12)


@given(pairs(25))
@settings(deadline=None)
def test_that_the_bounds_keep_their_definition_to_the_last_digit(pair: tuple[int, int]) -> None:
    from math import comb

    def at_least(k: int, n: int, p: Fraction) -> Fraction:
        return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)), Fraction())

    k, n = pair
    found, step, tail = clopper_pearson(k, n), Fraction(1, 2 * 10**12), Fraction(1, 40)
    low, high = Fraction(found.low), Fraction(found.high)
    if k:
        assert at_least(k, n, low - step) <= tail <= at_least(k, n, low + step)
    if k < n:
        assert 1 - at_least(k + 1, n, high + step) <= tail <= 1 - at_least(k + 1, n, high - step)


@given(pairs(40))
@settings(deadline=None)
def test_that_failures_mirror_the_interval_and_one_more_success_raises_both_bounds(pair: tuple[int, int]) -> None:
    k, n = pair
    found, mirror = clopper_pearson(k, n), clopper_pearson(n - k, n)
    assert (found.low, found.high) == (1 - mirror.high, 1 - mirror.low)
    assert found.low <= Fraction(k, n) <= found.high
    if k < n:
        more = clopper_pearson(k + 1, n)
        assert found.low < more.low
        assert found.high < more.high or k + 1 == n


def test_that_nobody_and_everybody_have_a_closed_end() -> None:
    assert clopper_pearson(0, 15).low == 0 and clopper_pearson(15, 15).high == 1
    assert clopper_pearson(1, 1).low == Decimal("0.025")
    assert clopper_pearson(0, 15).text("en") == "0.0–21.8\u00a0%"
    assert clopper_pearson(12, 15).rate("zh") == "80.0%"


def test_that_the_interval_of_fifteen_hundred_participants_is_as_exact() -> None:
    from scipy.stats import binomtest

    for interval in (clopper_pearson(k, 1500) for k in (1, 750, 1499)):
        theirs = binomtest(interval.successes, 1500).proportion_ci(0.95, "exact")
        assert (float(interval.low), float(interval.high)) == pytest.approx((theirs.low, theirs.high), abs=1e-11)


@pytest.mark.parametrize(("k", "n"), [(1, 0), (0, 0), (-1, 3), (4, 3)])
def test_that_what_is_no_proportion_has_no_interval(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="successes"):
        clopper_pearson(k, n)


# ---- tests of paired differences


def every_pattern(differences: list[Fraction]) -> Fraction | None:
    """P(|W − μ| ≥ observed) with all 2ⁿ signs written out, ranks counted one by one."""
    sizes = [abs(d) for d in differences if d]
    if not sizes:
        return None
    ranks = [Fraction(sum(s < own for s in sizes)) + Fraction(sum(s == own for s in sizes) + 1, 2) for own in sizes]
    middle = sum(ranks, Fraction()) / 2

    def from_middle(signs: Iterable[bool]) -> Fraction:
        return abs(sum((r for r, rises in zip(ranks, signs, strict=True) if rises), Fraction()) - middle)

    seen = from_middle(d > 0 for d in differences if d)
    far = sum(from_middle(signs) >= seen for signs in product((False, True), repeat=len(ranks)))
    return Fraction(far, 2 ** len(ranks))


@given(DIFFERENCES)
@settings(deadline=None, max_examples=60)
@example(fractions(-3, -3, -3, 1, 0, 0, 3, -5.5))
@example(fractions(0, 0))
def test_that_the_signed_rank_test_counts_every_sign_pattern_with_ties_and_zeros(differences: list[Fraction]) -> None:
    found = signed_rank(differences)
    assert found.p == every_pattern(differences)
    assert (found.n, found.zeros) == (sum(map(bool, differences)), differences.count(Fraction(0)))
    assert found.positive_ranks + found.negative_ranks == Fraction(found.n * (found.n + 1), 2)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30, unique=True), st.data())
@settings(deadline=None)
def test_that_without_ties_it_is_scipys_exact_mode(sizes: list[int], data: st.DataObject) -> None:
    from scipy.stats import wilcoxon

    signs = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(sizes), max_size=len(sizes)))
    differences = [Fraction(s * d) for s, d in zip(signs, sizes, strict=True)]
    theirs = wilcoxon([float(d) for d in differences], mode="exact")
    found = signed_rank(differences)
    assert found.p is not None and float(found.p) == pytest.approx(theirs.pvalue, rel=1e-12)
    assert min(found.positive_ranks, found.negative_ranks) == Fraction(theirs.statistic)


@given(DIFFERENCES)
@settings(deadline=None)
def test_that_the_sign_test_is_scipys_binomial_test(differences: list[Fraction]) -> None:
    from scipy.stats import binomtest

    found = sign_test(differences)
    assert found.n == found.negative + found.positive == len(differences) - found.zeros
    if found.n:
        assert found.p is not None and float(found.p) == pytest.approx(binomtest(found.negative, found.n).pvalue)
    else:
        assert found.p is None and found.reason == NO_DIFFERENCES


@pytest.mark.parametrize(
    ("n", "smaller", "p"),
    [(5, 0, "0.0625"), (6, 0, "0.0312"), (8, 3, "0.0391"), (10, 8, "0.0488"), (12, 13, "0.0425"), (15, 25, "0.0479")],
)
def test_that_the_distribution_is_that_of_the_published_tables(n: int, smaller: int, p: str) -> None:
    falls: list[int] = []  # ranks whose sum is the tabled one
    for rank in range(n, 0, -1):
        if rank <= smaller - sum(falls):
            falls.append(rank)
    found = signed_rank([Fraction(-r if r in falls else r) for r in range(1, n + 1)])
    assert found.negative_ranks == smaller
    assert found.p is not None and f"{float(found.p):.4f}" == p  # twice the tail of Hollander & Wolfe, table A.4


def test_that_a_worked_example_with_ties_and_a_zero_is_that_of_pencil_and_paper() -> None:
    found = signed_rank(fractions(-2, -2, 2, -4, 0))
    assert doubled_ranks(fractions(-2, -2, 2, -4)) == [4, 4, 4, 8]
    assert (found.n, found.zeros, found.tied) == (4, 1, 3)
    assert (found.positive_ranks, found.negative_ranks) == (2, 8)
    assert found.p == Fraction(8, 16)  # sums 0, 2, 2, 2 and their mirrors 10, 8, 8, 8


@given(DIFFERENCES, st.randoms())
@settings(deadline=None)
def test_that_order_and_direction_change_nothing(differences: list[Fraction], random: st.randoms) -> None:  # type: ignore[valid-type]
    shuffled = list(differences)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert signed_rank(shuffled) == signed_rank(differences)
    assert signed_rank([-d for d in differences]).p == signed_rank(differences).p
    assert sign_test(shuffled) == sign_test(differences)


def test_that_too_many_differences_are_named_rather_than_approximated() -> None:
    many = [Fraction(n % 17 - 6) for n in range(ENUMERATED * 2)]
    last = signed_rank([d for d in many if d][:ENUMERATED])
    assert last.p is not None and 0 < last.p < 1
    beyond = signed_rank([d for d in many if d][: ENUMERATED + 1])
    assert beyond.p is None and beyond.reason == TOO_MANY


def test_that_a_small_p_is_printed_as_such() -> None:
    assert [printed_p(Fraction(n, 10000)) for n in (9, 10, 305, 10000)] == ["<0.001", "0.001", "0.031", "1.000"]
