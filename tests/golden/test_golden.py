"""Paper and tables of every form say what they said when somebody last read them."""

from __future__ import annotations

import pytest

from tests.golden.make import FORMS, golden
from tests.report.builder import definition


@pytest.mark.parametrize("form", [f.oid for f in definition().forms])
def test_that_a_form_says_what_its_golden_says(form: str) -> None:
    assert golden(form) == (FORMS / f"{form}.txt").read_text("utf-8"), "read it, then python -m tests.golden.make"


def test_that_no_golden_is_left_of_a_form_that_is_gone() -> None:
    assert {p.stem for p in FORMS.glob("*.txt")} == {f.oid for f in definition().forms}
