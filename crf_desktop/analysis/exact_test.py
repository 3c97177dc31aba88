"""Exact inference for few participants: Clopper–Pearson interval, sign test, signed-rank test by full enumeration.

Probabilities are exact Fractions. Nothing is approximated by a normal distribution, and ties need no correction: the
distribution that is enumerated is that of the ranks at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from itertools import groupby
from math import comb
from typing import Final

from attrs import frozen

from crf_desktop.errors import Language
from crf_desktop.model.derive import fixed
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure

LEVEL: Final = Fraction(95, 100)
PLACES: Final = Decimal("1e-12")
"""Bounds of an interval are correct to this."""
ENUMERATED: Final = 300
"""Differences up to which all sign patterns are enumerated: at 300 within a second and 4 MB."""

NO_DIFFERENCES = TranslatedText("no difference other than zero", "无非零差值")
TOO_MANY = TranslatedText(
    f"more than {ENUMERATED} differences: not enumerated", f"差值超过{ENUMERATED}个，未作全枚举"
)


@frozen
class Interval:
    """A proportion with its two-sided exact confidence interval; bounds are correct to 12 decimals."""

    successes: int
    trials: int
    level: Fraction
    low: Decimal
    high: Decimal

    def text(self, language: Language) -> str:
        """``51.9–95.7 %``; one decimal, as the rate beside it."""
        ends = "–".join(fixed(Fraction(b) * 100, 1) for b in (self.low, self.high))
        return figure.percent(ends, language)

    def rate(self, language: Language) -> str:
        """``80.0 %``."""
        return figure.percent(fixed(Fraction(100 * self.successes, self.trials), 1), language)


@frozen
class SignTest:
    """Two-sided exact sign test of paired differences; zeros are dropped and counted."""

    n: int
    """Differences that are not zero."""
    zeros: int
    negative: int
    positive: int
    p: Fraction | None
    reason: TranslatedText | None = None
    """Why there is no p."""


@frozen
class SignedRank:
    """Two-sided exact signed-rank test of paired differences; zeros are dropped and counted, ties get mid-ranks."""

    n: int
    """Differences that are not zero."""
    zeros: int
    tied: int
    """Differences that share their size with another one."""
    positive_ranks: Fraction
    """Sum of the ranks of the rises (W+)."""
    negative_ranks: Fraction
    p: Fraction | None
    reason: TranslatedText | None = None


def clopper_pearson(successes: int, trials: int, level: Fraction = LEVEL) -> Interval:
    """The interval of Clopper & Pearson (Biometrika 1934;26:404–13), by its definition.

    The lower bound is the p at which P(X ≥ k) = (1 − level)/2, the upper one that at which P(X ≤ k) is; 0 for k = 0,
    1 for k = n. Tails are summed in decimals of 40 digits, all terms positive; bisection until both ends print alike.
    """
    if not 0 <= successes <= trials or not trials or not 0 < level < 1:
        raise ValueError("successes lie within 0 and trials, the level within 0 and 1")
    tail = (1 - level) / 2
    high = Decimal(1) if successes == trials else 1 - _bound(trials - successes, trials, tail)
    low = Decimal(0) if successes == 0 else _bound(successes, trials, tail)
    return Interval(successes, trials, level, low, high.quantize(PLACES))


def _bound(k: int, n: int, tail: Fraction) -> Decimal:
    """The p at which P(X ≥ k) = tail, 1 ≤ k ≤ n; that of the upper bound is the same seen from the failures."""
    with localcontext(prec=40, rounding=ROUND_HALF_EVEN):
        wanted = Decimal(tail.numerator) / tail.denominator
        first = Decimal(comb(n, k))
        return _bisected(lambda p: _at_least(k, n, p, first) < wanted)


def _bisected(too_low: Callable[[Decimal], bool]) -> Decimal:
    low, high = Decimal(0), Decimal(1)
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
        if low.quantize(PLACES) == high.quantize(PLACES):
            break
    return high.quantize(PLACES)


def _at_least(k: int, n: int, p: Decimal, first: Decimal) -> Decimal:
    """P(X ≥ k) from the terms k to n, each from the one before; ends once a term no longer counts."""
    failing = 1 - p
    odds = p / failing
    term = total = first * p**k * failing ** (n - k)
    for i in range(k, n):
        term *= odds * (n - i) / (i + 1)
        total += term
        if term < total.scaleb(-38):
            break
    return total


def sign_test(differences: Sequence[Fraction]) -> SignTest:
    """P(|X − n/2| ≥ observed) of a fair coin, over the differences that are not zero."""
    negative, positive = (sum(map(sign, differences)) for sign in (_fell, _rose))
    n, zeros = negative + positive, len(differences) - negative - positive
    if not n:
        return SignTest(0, zeros, 0, 0, None, NO_DIFFERENCES)
    smaller = sum(comb(n, i) for i in range(min(negative, positive) + 1))
    return SignTest(n, zeros, negative, positive, min(Fraction(1), Fraction(2 * smaller, 2**n)))


def _fell(difference: Fraction) -> bool:
    return difference < 0


def _rose(difference: Fraction) -> bool:
    return difference > 0


def signed_rank(differences: Sequence[Fraction]) -> SignedRank:
    """P(|W − μ| ≥ observed) over all 2ⁿ signs of the ranks at hand (Wilcoxon, Biometrics Bulletin 1945;1:80–3).

    Zeros are dropped before ranking, as Wilcoxon did (Pratt 1959 keeps them), and their number is part of the answer.
    """
    counted = [d for d in differences if d]
    zeros = len(differences) - len(counted)
    doubled = doubled_ranks(counted)
    tied = sum(n for n in (len(list(g)) for _, g in groupby(sorted(map(abs, counted)))) if n > 1)
    rises = sum(r for r, d in zip(doubled, counted, strict=True) if d > 0)
    sums = (Fraction(rises, 2), Fraction(sum(doubled) - rises, 2))
    if not counted or len(counted) > ENUMERATED:
        return SignedRank(len(counted), zeros, tied, *sums, None, TOO_MANY if counted else NO_DIFFERENCES)
    return SignedRank(len(counted), zeros, tied, *sums, _two_sided(doubled, rises))


def doubled_ranks(differences: Sequence[Fraction]) -> list[int]:
    """Twice the mid-rank of each difference by its size: whole numbers whatever the ties."""
    order = sorted(range(len(differences)), key=lambda i: abs(differences[i]))
    found, before = [0] * len(order), 0
    for _, group in groupby(order, key=lambda i: abs(differences[i])):
        tied = list(group)
        for i in tied:
            found[i] = 2 * before + len(tied) + 1
        before += len(tied)
    return found


def _two_sided(doubled: Sequence[int], rises: int) -> Fraction:
    """Share of all sign patterns whose sum lies as far from the middle as the observed one, or farther.

    The patterns are counted as the coefficients of ∏(1 + x^r), held side by side in one whole number whose fields are
    wide enough for 2ⁿ. The distribution is symmetric, so that one tail is enough.
    """
    total, n = sum(doubled), len(doubled)
    least = min(rises, total - rises)
    if 2 * least == total:
        return Fraction(1)
    width = n // 8 + 1
    patterns = 1
    for rank in doubled:
        patterns += patterns << (8 * width * rank)
    fields = (patterns & ((1 << 8 * width * (least + 1)) - 1)).to_bytes(width * (least + 1), "little")
    tail = sum(int.from_bytes(fields[i : i + width], "little") for i in range(0, len(fields), width))
    return Fraction(2 * tail, 2**n)


def printed_p(p: Fraction) -> str:
    """``0.031``, ``<0.001``, three decimals, half away from zero."""
    return "<0.001" if p < Fraction(1, 1000) else fixed(p, 3)
