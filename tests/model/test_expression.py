"""Expressions: exact, three-valued, closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.model.expression import ExpressionError, PartialDate, evaluate, names, parse, reaches


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2 == 0.3", True),
        ("(70 - 49) * 100 >= 30 * 70", True),
        ("26/3 - 23/3 >= 1", True),
        ("a and False", False),
        ("a or True", True),
        ("a and True", None),
        ("not a", None),
        ("a > 3", None),
        ("1 < 2 < a", None),
        ("3 < 2 < a", False),
        ("a < 3 < 2", False),
        ("1 / 0", None),
        ("mean(1, 2, a)", None),
        ("mean_known(1, 2, a)", Fraction(3, 2)),
        ("sum_known(a)", 0),
        ("count_known(1, a, 'x')", 2),
        ("known(a)", False),
        ("5 if a else 6", None),
        ("years(born, on)", 11),
        ("days(born, a)", None),
        ("-2 * 3", -6),
    ],
)
def test_that_expressions_are_exact_and_unknown_stays_unknown(text: str, value: object) -> None:
    assert evaluate(text, {"a": None, "born": date(2014, 5, 7), "on": date(2026, 5, 6)}) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.b",
        "a[0]",
        "lambda: 1",
        "[1]",
        "a := 1",
        "f'{a}'",
        "sum(*a)",
        "open('x')",
        "a ** 9",
        "1 if",
        "x" * 3000,
        "b'1'",
        "1j",
        "a % 2",
    ],
)
def test_that_anything_else_is_refused_when_the_definition_is_made(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_that_names_are_what_the_expression_reads() -> None:
    assert names("sum(a, 3*b) if known(c) else 0") == {"a", "b", "c"}


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=6))
def test_that_sum_and_mean_agree_with_whole_numbers(values: list[int]) -> None:
    given_names = {f"v{i}": v for i, v in enumerate(values)}
    call = ", ".join(given_names)
    assert evaluate(f"sum({call})", given_names) == sum(values)
    assert evaluate(f"mean({call}) * {len(values)}", given_names) == sum(values)


def test_that_a_moment_some_hours_later_keeps_its_offset() -> None:
    aware = datetime.fromisoformat("2026-06-20T20:30:00+08:00")
    assert evaluate("hours_after(at, n)", {"at": aware, "n": 24}) == datetime.fromisoformat("2026-06-21T20:30:00+08:00")
    assert evaluate("hours_after(at, 1 / 2)", {"at": aware}) == datetime.fromisoformat("2026-06-20T21:00:00+08:00")
    assert evaluate("hours_after(at, n)", {"at": aware, "n": None}) is None
    assert evaluate("hours_after(at, 1)", {"at": date(2026, 6, 20)}) is None


KNOWN = {
    "a": None, "x": "B", "n": Fraction(2), "born": date(2014, 5, 7), "on": date(2026, 5, 6),
    "year": PartialDate.of("2019"), "month": PartialDate.of("2026-05"), "leap": date(2024, 2, 29),
    "late": datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2))),
    "early": datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=1))),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("days(born, on)", 4382),
        ("days(year, on)", None),
        ("days_after(leap, 365)", date(2025, 2, 28)),
        ("days_after(leap, 366)", date(2025, 3, 1)),
        ("days_after(a, 7)", None),
        ("on + 1 if False else days_after(on, -6)", date(2026, 4, 30)),
        ("before(year, on)", True),
        ("before(on, year)", False),
        ("before(month, on)", None),
        ("before(on, on)", False),
        ("before(a, on)", None),
        ("years(year, on)", None),
        ("years(born, month)", None),
        ("years(leap, days_after(leap, 365))", 0),
        ("longer_than_months(leap, days_after(leap, 365), 12)", False),
        ("longer_than_months(leap, days_after(leap, 366), 12)", True),
        ("longer_than_months(year, on, 12)", True),
        ("longer_than_months(month, on, 1)", False),
        ("longer_than_months(year, days_after(born, 2192), 12)", None),
        ("hours(early, late)", 1),
        ("minutes(early, late)", 60),
        ("minutes(late, early)", -60),
        ("hours(born, on)", None),
        ("one_of(x, 'A', 'B')", True),
        ("one_of(x, 'A')", False),
        ("one_of(a, 'A')", None),
        ("sqrt(4)", 2),
        ("sqrt(n) * sqrt(n) > 1.999999999999 and sqrt(n) * sqrt(n) < 2.000000000001", True),
        ("sqrt(0 - 1)", None),
        ("power(2, 3)", 8),
        ("power(0, 2)", None),
        ("power(a, 2)", None),
        ("count_true(True, a, False, True)", 2),
        ("max_known(a, 1, 3)", 3),
        ("min_known(a, a)", None),
        ("known(year)", True),
        ("year > on", None),
        ("late == on", False),
    ],
)
def test_that_dates_and_roots_are_exact_and_a_partial_date_answers_only_what_every_day_of_it_answers(
    text: str, value: object
) -> None:
    assert evaluate(text, KNOWN) == value


def test_that_a_body_surface_keeps_more_places_than_are_printed() -> None:
    mosteller = evaluate("sqrt(height * weight / 3600)", {"height": 140, "weight": 32})
    haycock = evaluate("0.024265 * power(height, 0.3964) * power(weight, 0.5378)", {"height": 140, "weight": 32})
    assert mosteller == Fraction(1115546702045, 10**12)
    assert isinstance(haycock, Fraction) and abs(haycock - Fraction("1.110")) < Fraction("0.001")


def test_that_what_reaches_beyond_is_named_by_its_quoted_words() -> None:
    text = "at('SE.W0', 'pga') - pga > 3 and any_rows('rate_fast') or days(event_date('SE.W0'), visit_date) > 7"
    assert reaches(text) == {("at", "SE.W0", "pga"), ("any_rows", "rate_fast"), ("event_date", "SE.W0")}
    assert names(text) == {"pga", "visit_date"}
    asked: list[str] = []
    evaluate("at('SE.W0', 'pga') + previous('pga')", lambda name: asked.append(name) or 1)  # type: ignore[func-returns-value]
    assert asked == ["at:SE.W0:pga", "previous:pga"]


@pytest.mark.parametrize(
    "text", ["at('SE.W0')", "as_of('weight')", "previous(pga)", "latest('a', 'b')", "count_rows(1)"]
)
def test_that_a_reaching_function_takes_quoted_words_alone(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)
