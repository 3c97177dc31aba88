"""Queries as a table: every act from every state by every role, spelled out once more."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.access import may_write
from crf_desktop.model.data import ROLES, Kind
from crf_desktop.model.query import NEEDS_TEXT, QueryAct, QuerySource, QueryState, act_of, leads, may_act, said

MANUAL, CHECK, CONFLICT = QuerySource.MANUAL, QuerySource.CHECK, QuerySource.CONFLICT
ACTS_OF = {
    "investigator": "override report answer resolve",
    "coordinator": "override report answer resolve",
    "monitor": "raise close cancel reopen",
    "data_manager": "raise close cancel reopen report resolve",
    "administrator": "",
    "nobody": "",
}
FROM = {
    "raise": "none",
    "override": "none Candidate Open Answered Closed Cancelled Resolved",
    "report": "none Candidate Open Answered Closed Cancelled Resolved",
    "answer": "Open Answered",
    "close": "Open Answered",
    "cancel": "Candidate Open Answered",
    "reopen": "Candidate Answered Closed Resolved",
    "resolve": "Open Answered",
}
PAYLOADS: dict[str, dict[str, Any]] = {
    "raise": {"state": "Open", "source": "manual"},
    "override": {"state": "Answered", "source": "check"},
    "report": {"state": "Open", "source": "conflict", "query": "CONFLICT.1"},
    "answer": {"state": "Answered", "query": "a.1"},
    "close": {"state": "Closed", "query": "a.1"},
    "cancel": {"state": "Cancelled", "query": "a.1"},
    "reopen": {"state": "Open", "query": "a.1"},
    "resolve": {"state": "Resolved", "query": "a.1"},
}


@pytest.mark.requirement("REQ-35")
def test_that_the_states_are_those_of_odm_2() -> None:
    assert [s.value for s in QueryState] == ["Candidate", "Open", "Answered", "Closed", "Cancelled", "Resolved"]
    assert [s.value for s in QueryState if s.done] == ["Closed", "Cancelled", "Resolved"]


@pytest.mark.requirement("REQ-35")
@pytest.mark.parametrize(("act", "state"), list(product(QueryAct, (None, *QueryState))))
def test_that_each_act_leads_from_exactly_its_states(act: QueryAct, state: QueryState | None) -> None:
    word = state.value if state else "none"
    assert leads(act, state, CONFLICT) is (word in FROM[act.value].split())


@pytest.mark.parametrize("source", [None, MANUAL, CHECK])
def test_that_only_a_conflict_is_resolved(source: QuerySource | None) -> None:
    assert not leads(QueryAct.RESOLVE, QueryState.OPEN, source)
    assert leads(QueryAct.RESOLVE, QueryState.OPEN, CONFLICT)


@pytest.mark.requirement("REQ-03", "REQ-04", "REQ-35")
@pytest.mark.parametrize(("role", "act"), list(product((*ROLES, "nobody"), QueryAct)))
def test_that_a_role_may_write_exactly_the_rows_of_its_acts(role: str, act: QueryAct) -> None:
    expected = act.value in ACTS_OF[role].split()
    assert may_act(role, act) is expected
    row = {"type": "query", "text": "Why", **PAYLOADS[act.value]}
    assert may_write(role, Kind.ANNOTATION, row) is expected


@pytest.mark.parametrize("act", list(QueryAct))
def test_that_a_row_tells_its_act_and_needs_words_where_the_act_does(act: QueryAct) -> None:
    payload = {"type": "query", **PAYLOADS[act.value]}
    assert act_of({**payload, "text": "Why"}) is act
    assert (act_of({**payload, "text": " \n"}) is act) is (act not in NEEDS_TEXT)


@pytest.mark.requirement("REQ-04")
@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "note", "text": "Why"},
        {"type": "override", "checks": [], "reason": "Why"},
        {"type": "query", "state": "closed", "query": "a.1"},
        {"type": "query", "state": "Candidate", "source": "manual", "text": "Why"},
        {"type": "query", "state": "Open", "text": "Why"},
        {"type": "query", "state": "Open", "source": "conflict", "query": "a.1", "text": "Why"},
        {"type": "query", "state": "Open", "source": "conflict", "text": "Why"},
        {"type": "query", "state": "Closed", "source": "manual", "query": "a.1", "text": "Why"},
        {"type": "query", "state": ["Open"], "source": "manual", "text": "Why"},
        {"type": "query", "state": "Open", "source": "manual", "text": 7},
        {"type": "sdv", "verified": True},
        {"type": "sdv", "verified": 1, "versions": {}},
        {"type": "sdv", "verified": True, "versions": {"I.A": 3}},
    ],
)
def test_that_a_shape_that_no_act_has_may_be_written_by_nobody(payload: dict[str, Any]) -> None:
    assert not any(may_write(role, Kind.ANNOTATION, payload) for role in (*ROLES, "nobody"))


@pytest.mark.requirement("REQ-03", "REQ-04")
def test_that_only_a_monitor_ticks_what_agrees_with_its_source() -> None:
    tick = {"type": "sdv", "verified": True, "versions": {"I.A": "3/a/1"}}
    assert [role for role in ROLES if may_write(role, Kind.ANNOTATION, tick)] == ["monitor"]


def test_that_words_are_stored_as_any_text_is() -> None:
    assert said("  Is\r\nthis e\u0301 right? ") == "Is\nthis \u00e9 right?"
    for wrong in ("a\0b", "a\tb", "\ud800"):
        with pytest.raises(Refused) as no:
            said(wrong)
        assert no.value.code == "value.control_character"
    with pytest.raises(Refused) as no:
        said("x" * 4001)
    assert no.value.code == "value.too_long"
