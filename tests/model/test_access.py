"""Who may do what, spelled out once more: a right that appears or goes is a decision."""

from __future__ import annotations

import pytest

from crf_desktop.model.access import ALLOWED, Action, may, may_write
from crf_desktop.model.data import ROLES, Kind

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


@pytest.mark.requirement("REQ-03", "REQ-04")
def test_that_rows_follow_the_rights_of_their_author() -> None:
    assert set(ALLOWED) == set(ROLES)
    writers = {kind: {role for role in ROLES if may_write(role, kind)} for kind in Kind}
    assert writers[Kind.ITEM] == writers[Kind.FORM] == writers[Kind.EVENT] == {"investigator", "coordinator"}
    assert writers[Kind.SIGNATURE] == {"investigator"}
    assert writers[Kind.ANNOTATION] == set(), "an annotation is judged by what it says: see test_query"
    assert "administrator" not in writers[Kind.SUBJECT]
