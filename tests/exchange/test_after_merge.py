"""Working on where two laptops met."""

from __future__ import annotations

from pathlib import Path

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.exchange.merge import merge_bundle
from tests.exchange.conftest import Opener
from tests.exchange.site import StepClock, answer, begin, sent

PGA = "I.PGA.ACTIVITY"


@pytest.mark.requirement("REQ-13")
def test_that_an_answer_of_another_laptop_asks_why_however_new_it_is(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    study = Study(a, StepClock())
    begin(b, "01-201")
    while b.head()[1] <= a.head()[1] + 1:
        b.append([answer("I.LAB.ESR", str(b.head()[1]), "01-201")])
    [theirs] = b.append([answer(PGA, "40", "01-201")])
    merge_bundle(a, sent(b, a, laptops / "1"))
    assert theirs.seq > study._session_start
    assert study.form("01-201", "SE.W0", "F.PGA").needs_reason(PGA)
