"""What is typed becomes one spelling, or a sentence."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.demo.clock import SITE_ZONE
from crf_desktop.errors import Refused
from crf_desktop.forms import definition
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef, MeasurementUnit, RangeCheck
from crf_desktop.model.derive import fixed
from crf_desktop.model.text import TranslatedText
from crf_desktop.model.value import exact, first_broken, parse

TRIAL = definition()
NO_TEXT = TranslatedText("", "")


def item(data_type: str, **more: object) -> ItemDef:
    return ItemDef("I.TEST", "test", "TEST", data_type, NO_TEXT, NO_TEXT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data_type", "typed", "stored"),
    [
        ("decimal", " 007.10 ", "7.10"),
        ("decimal", "+3", "3"),
        ("decimal", ".5", "0.5"),
        ("decimal", "-0.0", "0.0"),
        ("decimal", "１２．５", "12.5"),
        ("decimal", "1 234", "1234"),
        ("integer", "-0", "0"),
        ("integer", "012", "12"),
        ("date", "6 May 2026", "2026-05-06"),
        ("date", "2026年5月6日", "2026-05-06"),
        ("date", "UK-03-2019", "2019-03"),
        ("date", "2019", "2019"),
        ("date", "03-2019", "2019-03"),
        ("date", "2026/5/6", "2026-05-06"),
        ("date", "06.05.2026", "2026-05-06"),
        ("date", "29 feb 2024", "2024-02-29"),
        ("time", "8:05", "08:05"),
        ("time", "1430", "14:30"),
        ("time", "２３：５９", "23:59"),
        ("text", "a\r\nb", "a\nb"),
        ("text", "e\u0301", "é"),
        ("boolean", "true", "true"),
    ],
)
def test_that_typing_becomes_its_canonical_spelling(data_type: str, typed: str, stored: str) -> None:
    assert parse(TRIAL, item(data_type), typed) == Datum(stored)


@pytest.mark.parametrize(
    ("data_type", "typed", "code"),
    [
        ("decimal", "1,5", "value.decimal_comma"),
        ("decimal", "1e5", "value.not_a_number"),
        ("decimal", "nan", "value.not_a_number"),
        ("decimal", "<5", "value.no_qualifier"),
        ("decimal", "1.", "value.not_a_number"),
        ("decimal", "٣", "value.not_a_number"),
        ("integer", "1.5", "value.not_a_whole_number"),
        ("integer", "x", "value.not_a_number"),
        ("date", "31 Feb 2026", "value.not_a_date"),
        ("date", "13/2026/01", "value.not_a_date"),
        ("date", "05/06/26", "value.not_a_date"),
        ("date", "2026-13", "value.not_a_date"),
        ("date", "6-UK-2026", "value.not_a_date"),
        ("time", "24:00", "value.not_a_time"),
        ("time", "2460", "value.not_a_time"),
        ("time", "905", "value.not_a_time"),
        ("text", "a\x00b", "value.control_character"),
        ("text", "\ud800", "value.control_character"),
        ("text", "x" * 4001, "value.too_long"),
        ("boolean", "yes", "value.no_such_answer"),
    ],
)
def test_that_what_cannot_be_recorded_is_refused_with_its_reason(data_type: str, typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(TRIAL, item(data_type), typed)
    assert refused.value.code == code
    for language in ("en", "zh"):
        happened, kept, todo = refused.value.sentences(language)  # type: ignore[arg-type]
        assert happened and kept and todo and "program failed" not in happened and typed not in happened


def test_that_a_known_day_with_an_unknown_month_is_refused() -> None:
    with pytest.raises(Refused):
        parse(TRIAL, item("date"), "6-UK-2026")


def test_that_units_convert_exactly_and_a_censored_value_is_unknown_to_arithmetic() -> None:
    igg = TRIAL.item["I.LAB.IGG"]
    other = next((u for u in igg.units if u != igg.units[0]), None)
    assert other is not None
    ratio = Fraction(TRIAL.unit[other].factor) / Fraction(TRIAL.unit[igg.units[0]].factor)
    assert exact(TRIAL, igg, Datum("1610", unit_oid=other)) == 1610 * ratio
    assert exact(TRIAL, igg, Datum("16.10", unit_oid=igg.units[0])) == Fraction(161, 10)
    assert exact(TRIAL, igg, Datum("16.10", "<", igg.units[0])) is None


def test_that_a_unit_of_another_item_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse(TRIAL, TRIAL.item["I.LAB.IGG"], "16", "MU.NONE")
    assert refused.value.code == "value.unit_unknown"


@given(st.fractions(max_denominator=10**6), st.integers(0, 4))
def test_that_printing_rounds_half_away_from_zero_on_the_exact_value(number: Fraction, digits: int) -> None:
    shown = Fraction(fixed(number, digits))
    assert abs(shown - number) <= Fraction(1, 2 * 10**digits)
    if number.denominator in (1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100):
        with localcontext(prec=200):
            exact_decimal = Decimal(number.numerator) / Decimal(number.denominator)
            rounded = exact_decimal.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert Decimal(fixed(number, digits)) == rounded


def test_that_units_have_exact_factors() -> None:
    assert all(isinstance(u, MeasurementUnit) and "." not in u.factor.replace(".", "", 1) for u in TRIAL.units)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("6 May 2026 8:30", "2026-05-06T08:30:00+08:00"),
        ("2026年5月6日 08:30", "2026-05-06T08:30:00+08:00"),
        ("2026-05-06 08:30", "2026-05-06T08:30:00+08:00"),
        ("6\u00a0May\u00a02026\u00a008:30", "2026-05-06T08:30:00+08:00"),
        ("2026-05-06T08:30:05+00:00", "2026-05-06T08:30:05+00:00"),
    ],
)
def test_that_a_moment_is_read_as_it_is_printed(typed: str, stored: str) -> None:
    assert parse(TRIAL, item("datetime"), typed, zone=SITE_ZONE) == Datum(stored)


@pytest.mark.parametrize("typed", ["6 May 2026", "2026-05-06", "08:30", "May 2026 08:30", "soon"])
def test_that_half_a_moment_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(TRIAL, item("datetime"), typed, zone=SITE_ZONE)
    assert refused.value.code == "value.not_a_moment"


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(
    ("comparator", "holds"),
    [
        ("GE", (False, True, True)),
        ("GT", (False, False, True)),
        ("LE", (True, True, False)),
        ("LT", (True, False, False)),
    ],
)
def test_that_a_limit_holds_exactly_up_to_itself(comparator: str, holds: tuple[bool, ...]) -> None:
    check = RangeCheck(comparator, "0.3", "Soft", NO_TEXT)  # type: ignore[arg-type]
    asked = item("decimal", range_checks=(check,))
    broken = [first_broken(TRIAL, asked, Datum(value), "Soft") for value in ("0.2999", "0.30", "0.3001")]
    assert [b is None for b in broken] == list(holds)
    assert first_broken(TRIAL, asked, Datum("0.2999" if comparator[0] == "G" else "0.3001"), "Hard") is None


def test_that_a_censored_value_is_held_to_the_limits_of_its_figure() -> None:
    asked = item("decimal", range_checks=(RangeCheck("LE", "100", "Hard", NO_TEXT),), qualifiers=True)
    assert first_broken(TRIAL, asked, Datum("100", ">"), "Hard") is None
    assert first_broken(TRIAL, asked, Datum("150", ">"), "Hard") is not None


def test_that_a_bare_time_is_read_on_the_day_of_the_visit() -> None:
    item = next(i for i in TRIAL.items if i.data_type == "datetime")
    assert parse(TRIAL, item, "10:30", zone=SITE_ZONE, on="2026-05-06").value == "2026-05-06T10:30:00+08:00"
    assert parse(TRIAL, item, "１０：３０", zone=SITE_ZONE, on="2026-05-06").value == "2026-05-06T10:30:00+08:00"
    with pytest.raises(Refused, match="full date and a time"):
        parse(TRIAL, item, "10:30", zone=SITE_ZONE)
