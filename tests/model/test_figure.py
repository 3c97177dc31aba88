"""How dates and numbers are printed."""

from __future__ import annotations

import pytest

from crf_desktop.wording import codes, problem
from crf_desktop.wording.figure import clock, day, moment, number, percent, with_unit


def test_that_dates_read_as_the_look_guide_says() -> None:
    assert day("2026-11-22", "en").replace("\u00a0", " ") == "22 Nov 2026"
    assert day("2026-11-22", "zh") == "2026年11月22日"
    assert day("2026-11", "zh") == "2026年11月" and day("2026-11", "en").replace("\u00a0", " ") == "Nov 2026"
    assert moment("2026-11-20T16:42:08+08:00", "en", seconds=True).endswith("16:42:08, UTC+08:00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9999", "9999"),
        ("12345.60", "12\u00a0345.60"),
        ("-3.5", "−3.5"),
        ("0.118", "0.118"),
        ("1234567", "1\u00a0234\u00a0567"),
    ],
)
def test_that_numbers_keep_their_digits(text: str, shown: str) -> None:
    assert number(text) == shown


def test_that_units_never_break_off() -> None:
    assert with_unit("21.4", "g/L") == "21.4\u00a0g/L"
    assert percent("25.0", "zh") == "25.0%" and percent("25.0", "en") == "25.0\u00a0%"
    assert clock(166) == "2:46" and clock(-5) == "−0:05"


def test_that_every_problem_has_three_sentences_in_both_languages_and_names_no_value() -> None:
    class Anything(dict[str, object]):
        def __missing__(self, key: str) -> str:
            assert key not in ("value", "subject", "typed")
            return "7"

    for code in codes():
        for language in ("en", "zh"):
            happened, kept, todo = problem(code, language, Anything())
            assert happened.strip(), code
            assert (kept.strip() and todo.strip()) or code.startswith("verify."), code  # a finding is one sentence
