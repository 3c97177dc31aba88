"""Who may do what, spelled out once more: a right that appears or goes is a decision."""

from __future__ import annotations

import pytest

from crf_desktop.model.access import ACTS, ALLOWED, NEEDED, Action, may, may_write
from crf_desktop.model.data import ROLES, Kind
from tests.matrix import MATRIX, all_acts, entry_of

MAY = {
    "investigator": "enrol enter sign query print export merge invite",
    "coordinator": "enrol enter query print export merge",
    "monitor": "query verify print export",
    "data_manager": "query print export merge invite configure",
    "administrator": "print export merge invite administer configure",
}


@pytest.mark.requirement("REQ-03", "REQ-04")
@pytest.mark.parametrize("role", [*ROLES, "nobody"])
@pytest.mark.parametrize("action", list(Action))
def test_that_each_role_may_exactly_what_it_should(role: str, action: Action) -> None:
    assert may(role, action) is (action.value in MAY.get(role, "").split())


@pytest.mark.requirement("REQ-03")
def test_that_no_kind_and_no_act_is_without_a_line_in_the_matrix() -> None:
    assert all_acts() - set(MATRIX) == set(), "who may write these? Say so in tests/matrix.py"
    assert {act for act in set(MATRIX) - all_acts() if MATRIX[act]} == set(), "nobody can write these any more"
    assert set(NEEDED) == set(Kind) - {Kind.ANNOTATION, Kind.USER, Kind.SYSTEM}
    assert {word for line in MAY.values() for word in line.split()} == {action.value for action in Action}


@pytest.mark.requirement("REQ-03", "REQ-04")
@pytest.mark.parametrize("role", [*ROLES, "nobody"])
@pytest.mark.parametrize("act", sorted(MATRIX))
def test_that_a_row_is_from_whom_it_may_be(role: str, act: str) -> None:
    entry = entry_of(act)
    assert may_write(role, entry.kind, entry.payload) is (role in MATRIX[act].split())


@pytest.mark.requirement("REQ-03", "REQ-24")
def test_that_what_makes_or_changes_accounts_needs_a_certified_key() -> None:
    open_to_pending = {name for name, needs in ACTS.items() if not needs.certified}
    assert not open_to_pending & {"create", "certify", "certify_installation", "role", "revoke", "reset", "close"}
    for name, needs in ACTS.items():
        pending = may_write("administrator", Kind.USER, {"act": name}, certified=False)
        assert pending is (not needs.certified and "administrator" in MATRIX[f"act {name}"]), name


@pytest.mark.requirement("REQ-04")
def test_that_an_administrator_writes_nothing_that_is_data() -> None:
    data = {Kind.ITEM, Kind.FORM, Kind.EVENT, Kind.SUBJECT, Kind.SIGNATURE}
    assert set(ALLOWED) == set(ROLES)
    assert {kind for kind in data if may_write("administrator", kind)} == set()
    assert not {Action.ENTER, Action.ENROL, Action.SIGN, Action.QUERY, Action.VERIFY} & ALLOWED["administrator"]
