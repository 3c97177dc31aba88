"""B cells, doses and schedule of the calculator against plain arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crf_desktop.analysis.score import score
from tests.thorough import thorough


def one(function: str, inputs: Any) -> Any:
    return score({"examples": [{"id": "X", "function": function, "inputs": inputs}]})["X"]


def plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


@thorough(600)
@given(st.decimals(0, 10, places=2), st.decimals(0, 40, places=2), st.booleans())
def test_that_the_b_cell_count_is_exact_and_both_limits_are_strict(
    lymphocytes: Decimal, percent: Decimal, text: bool
) -> None:
    count = lymphocytes * percent * 10
    kind: Any = str if text else lambda number: number
    assert one("bcell", {"lymph_e9_L": kind(lymphocytes), "b_pct": kind(percent)}) == {
        "b_count_e6_L": plain(count), "depleted": percent < Decimal("0.5") or count < 20,
    }  # fmt: skip


def test_that_a_missing_half_of_the_b_cells_decides_only_where_it_can() -> None:
    assert one("bcell", {"b_pct": "0.4"}) == {"b_count_e6_L": None, "depleted": True}
    assert one("bcell", {"b_pct": "0.5", "lymph_e9_L": None}) == {"b_count_e6_L": None, "depleted": None}
    assert one("bcell", {"lymph_e9_L": 0}) == one("bcell", {}) == {"b_count_e6_L": None, "depleted": None}


def rounded(number: Decimal, places: str) -> str:
    return str(number.quantize(Decimal(places), ROUND_HALF_UP))


@thorough(300)
@given(st.decimals(75, 215, places=1), st.decimals(9, 190, places=1))
@example(Decimal("127.6"), Decimal("31.9"))  # the root is rational and the dose ends in exactly half a tenth
def test_that_doses_equal_high_precision_arithmetic(cm: Decimal, kg: Decimal) -> None:
    with localcontext(prec=60):
        mosteller = (cm * kg).sqrt() / 60
        haycock = Decimal("0.024265") * cm ** Decimal("0.3964") * kg ** Decimal("0.5378")
        assert one("dose", {"cm": str(cm), "kg": kg}) == {
            "bsa_mosteller": rounded(mosteller, "0.001"), "bsa_haycock": rounded(haycock, "0.001"),
            "rtx375_mg": rounded((cm * kg).sqrt() * 375 / 60, "0.1"),
            "rtx750_mg": rounded(min((cm * kg).sqrt() * 750 / 60, Decimal(1000)), "0.1"),
            "bel10_mg": rounded(kg * 10, "0.1"),
        }  # fmt: skip


def test_that_a_missing_size_leaves_only_what_needs_it_open() -> None:
    only_weight = one("dose", {"kg": 32})
    assert only_weight == {
        "bsa_mosteller": None, "bsa_haycock": None, "rtx375_mg": None, "rtx750_mg": None, "bel10_mg": "320.0"
    }  # fmt: skip
    assert set(one("dose", {"cm": 140, "kg": None}).values()) == {None}


@pytest.mark.parametrize("n", [2, 3, 4, "3", Decimal("2")])
def test_that_belimumab_follows_the_last_rituximab_by_four_weeks_and_lies_before_week_28(n: Any) -> None:
    doses = int(n)
    weeks = list(range(doses - 1 + 4, 28, 4))
    assert one("schedule", {"n_rtx": n}) == {
        "rtx_weeks": list(range(doses)), "bel_weeks": weeks, "n_bel": 6, "weeks_from_last_bel_to_w28": 28 - weeks[-1],
    }  # fmt: skip


@pytest.mark.parametrize("n", [0, 1, 5, -2, None, True, "two", 2.5, [], {}, 10**40])
def test_that_another_number_of_doses_is_refused_in_words(n: Any) -> None:
    assert set(one("schedule", {"n_rtx": n})) == {"error"}
    assert "n_rtx" in one("schedule", {})["error"]


@pytest.mark.parametrize(
    ("function", "inputs"),
    [
        ("bcell", {"lymph_e9_L": -1, "b_pct": 1}), ("bcell", {"lymph_e9_L": 1, "b_pct": 101}),
        ("bcell", {"lymph_e9_L": [1], "b_pct": 1}), ("dose", {"cm": 0, "kg": 32}), ("dose", {"cm": 14000, "kg": 32}),
        ("dose", {"cm": 140, "kg": "32 kg"}), ("dose", {"cm": True, "kg": 32}),
    ],
)  # fmt: skip
def test_that_what_no_form_would_take_is_refused(function: str, inputs: Any) -> None:
    assert set(one(function, inputs)) == {"error"}
