"""The value in the base unit beside a value typed in another."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.forms import definition
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.conversion import converted_words, printed_number, told_words
from crf_desktop.ui.controls.speech import printed

N = "\u00a0"


@pytest.mark.parametrize(
    ("name", "typed", "unit", "words"),
    [
        ("igg", "2140", "MU.MG_DL", f"={N}21.4{N}g/L"),
        ("igg", "1430.5", "MU.MG_DL", f"={N}14.305{N}g/L"),
        ("igg", "21.4", "MU.G_L", ""),
        ("hb", "11.2", "MU.G_DL", f"={N}112{N}g/L"),
        ("platelets", "150000", "MU.PER_UL", f"={N}150{N}×10⁹/L"),
        ("creatinine", "0.62", "MU.CREA_MG_DL", f"={N}54.808{N}µmol/L"),
    ],
)
def test_that_a_value_in_another_unit_is_told_in_the_base_unit(name: str, typed: str, unit: str, words: str) -> None:
    item = definition().item_by_name[name]
    assert unit in item.units
    assert converted_words(definition(), item, Datum(typed, "", unit), "en") == words


def test_that_a_censored_value_stays_censored() -> None:
    item = definition().item_by_name["crp"]
    assert converted_words(definition(), item, Datum("0.05", "<", "MU.MG_DL"), "en") == f"={N}<{N}0.5{N}mg/L"


@pytest.mark.parametrize("datum", [Datum(), Datum(null_flavor=NullFlavor.NOT_DONE)])
def test_that_nothing_is_told_where_there_is_no_value(datum: Datum) -> None:
    assert converted_words(definition(), definition().item_by_name["igg"], datum, "en") == ""


def test_that_a_limit_of_the_profile_is_told_only_while_the_field_is_empty() -> None:
    item = definition().item_by_name["esr_uln"]
    empty, answered = ItemView(Datum(), profile=f"20{N}mm/h"), ItemView(Datum("25", "", "MU.MM_H"), profile="20")
    assert told_words(definition(), item, empty, "en") == f"Laboratory profile: 20{N}mm/h"
    assert told_words(definition(), item, answered, "en") == ""


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6), st.integers(1, 8))
def test_that_what_is_printed_as_equal_is_equal_and_what_is_not_is_close(value: Fraction, digits: int) -> None:
    text, whole = printed_number(value, digits)
    told = Fraction(text)
    assert (told == value) == whole
    assert abs(told - value) * 200 <= value
    assert "e" not in text.lower()


@pytest.mark.parametrize(
    ("name", "datum", "chinese", "english"),
    [
        ("b_pct", Datum("11.94", "", "MU.PERCENT"), "11.94%", f"11.94{N}%"),
        ("consent_age", Datum("15", "", "MU.YEAR"), "15岁", f"15{N}y"),
        ("pulse", Datum("86", "", "MU.PER_MIN"), "86次/分", f"86{N}/min"),
        ("igg", Datum("21.4", "", "MU.G_L"), f"21.4{N}g/L", f"21.4{N}g/L"),
    ],
)
def test_that_a_number_stands_before_its_unit_as_each_language_writes_it(
    name: str, datum: Datum, chinese: str, english: str
) -> None:
    item = definition().item_by_name[name]
    assert printed(definition(), item, datum, "zh") == chinese
    assert printed(definition(), item, datum, "en") == english
