"""The state of a form is what its status row says, nothing else."""

from __future__ import annotations

import pytest

from crf_desktop.model.data import FormHead, FormState
from crf_desktop.model.path import ItemPath


@pytest.mark.requirement("REQ-33")
@pytest.mark.parametrize(
    ("n_value", "n_null", "completed", "signed", "changed", "state"),
    [
        (0, 0, False, False, False, FormState.DUE),
        (1, 0, False, False, False, FormState.IN_PROGRESS),
        (0, 1, False, False, False, FormState.IN_PROGRESS),
        (1, 1, True, False, False, FormState.COMPLETE),
        (0, 2, True, False, False, FormState.MISSING),
        (0, 2, True, True, False, FormState.SIGNED),
        (2, 0, False, True, True, FormState.CHANGED),
    ],
)
def test_that_the_state_of_a_form_follows_its_counts(
    n_value: int, n_null: int, completed: bool, signed: bool, changed: bool, state: FormState
) -> None:
    assert FormHead(ItemPath("01-001"), n_value, n_null, completed, signed, changed).state is state
