"""A person decides between two versions of one answer; both stay, and every laptop hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crf_desktop.capture import query as asking
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.model.data import Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import Query, QueryAct, QuerySource, QueryState
from tests.exchange.site import PASSWORD, StepClock, sent
from tests.exchange.test_merge_repeats import meet, two  # noqa: F401 - two is a fixture

Two = tuple[Study, Study]
WEIGHT = ItemPath("01-001", "SE.W0", "", "F.DOSE", "", "IG.DOSE", "", "I.WEIGHT")


@pytest.fixture
def contrary(two: Two, tmp_path: Path) -> Two:  # noqa: F811
    """Both laptops have weighed the same child, and both have heard of it."""
    a, b = two
    a.form("01-001", "SE.W0", "F.DOSE").set("I.WEIGHT", "30.0")
    b.form("01-001", "SE.W0", "F.DOSE").set("I.WEIGHT", "31.0")
    assert meet(a, b, tmp_path) == [1, 0]
    return two


def only(study: Study) -> Query:
    [query] = asking.queries(study)
    return query


def value(study: Study) -> str | None:
    return asking.standing(study, only(study)).value


@pytest.mark.requirement("REQ-12", "REQ-35")
def test_that_choosing_the_other_value_writes_it_with_the_reason_and_resolves_the_query(
    contrary: Two, tmp_path: Path
) -> None:
    a, b = contrary
    query = only(a)
    assert (query.source, query.state) == (QuerySource.CONFLICT, QueryState.OPEN)
    shown = value(a)
    other = next(row for row in asking.versions(a, query) if row.datum.value != shown)
    done = asking.resolve(a, query, other, "The sheet of the ward.")
    assert done.state is QueryState.RESOLVED and a.store.count_states()["queries"] == 0
    assert value(a) == other.datum.value
    written = [r for r in a.store.history(WEIGHT) if r.kind is Kind.ITEM][-1]
    assert written.reason_for_change == "The sheet of the ward."
    assert written.recorded_at == done.told[-1].change.recorded_at, "one transaction"
    (tmp_path / "more").mkdir()
    assert meet(a, b, tmp_path / "more") == [0, 0]
    assert only(b).state is QueryState.RESOLVED and value(b) == other.datum.value
    assert {f.code for f in b.store.verify("full")} == {"verify.ok_full"}


def test_that_keeping_what_stands_writes_no_data(contrary: Two) -> None:
    a, _ = contrary
    query = only(a)
    shown = asking.versions(a, query)[-1]
    assert shown.datum.value == value(a)
    before = len([r for r in a.store.history(WEIGHT) if r.kind is Kind.ITEM])
    assert asking.resolve(a, query, shown, "Read again.").state is QueryState.RESOLVED
    assert len([r for r in a.store.history(WEIGHT) if r.kind is Kind.ITEM]) == before


def test_that_a_decision_needs_a_reason_and_one_of_the_versions(contrary: Two) -> None:
    a, _ = contrary
    query = only(a)
    one, other = asking.versions(a, query)
    stranger = a.store.rows(Kind.SUBJECT)[0]
    for chosen, reason, code in ((one, " ", "query.text_needed"), (stranger, "Why", "query.choice_needed")):
        with pytest.raises(Refused) as no:
            asking.resolve(a, query, chosen, reason)
        assert no.value.code == code
    with pytest.raises(Refused) as no:
        asking.act(a, query, QueryAct.RESOLVE, "Why")
    assert no.value.code == "query.choice_needed"
    asking.resolve(a, query, other, "Why")
    with pytest.raises(Refused) as no:
        asking.resolve(a, query, other, "Why")
    assert no.value.code == "query.state"


@pytest.mark.requirement("REQ-03")
def test_that_a_data_manager_keeps_what_stands_and_cannot_choose_the_other(contrary: Two) -> None:
    folder = contrary[0].store.folder
    contrary[0].close()
    manager = Study.open(folder, "dat", PASSWORD, clock=StepClock())
    query = only(manager)
    other, shown = asking.versions(manager, query)
    assert (asking.may_choose(manager, query, other), asking.may_choose(manager, query, shown)) == (False, True)
    with pytest.raises(Refused) as no:
        asking.resolve(manager, query, other, "Why")
    assert no.value.code == "access.no_right" and only(manager).state is QueryState.OPEN
    assert asking.resolve(manager, query, shown, "The later reading.").state is QueryState.RESOLVED
    manager.close()


def test_that_two_decisions_made_at_once_are_a_conflict_again(contrary: Two, tmp_path: Path) -> None:
    a, b = contrary
    (tmp_path / "more").mkdir()
    for study, pick in ((a, "30.0"), (b, "31.0")):
        chosen = next(r for r in asking.versions(study, only(study)) if r.datum.value == pick)
        asking.resolve(study, only(study), chosen, "Read again.")
    meet(a, b, tmp_path / "more")
    assert only(a).state is only(b).state and value(a) == value(b)


def test_that_a_second_conflict_at_the_place_opens_its_query_again(contrary: Two, tmp_path: Path) -> None:
    a, b = contrary
    asking.resolve(a, only(a), asking.versions(a, only(a))[-1], "Read again.")
    (tmp_path / "more").mkdir()
    merge_bundle(b.store, sent(a.store, b.store, tmp_path / "more" / "told"))
    a.form("01-001", "SE.W0", "F.DOSE").set("I.WEIGHT", "32.0", reason="New scale")
    b.form("01-001", "SE.W0", "F.DOSE").set("I.WEIGHT", "33.0", reason="New scale")
    meet(a, b, tmp_path / "more")
    assert only(a).state is QueryState.OPEN
    assert {r.datum.value for r in asking.versions(a, only(a))} >= {"32.0", "33.0"}


def test_that_a_visit_date_given_twice_is_counted_shown_and_decided(contrary: Two, tmp_path: Path) -> None:
    a, b = contrary
    asking.resolve(a, only(a), asking.versions(a, only(a))[-1], "Read again.")
    (tmp_path / "more").mkdir()
    for study, day in ((a, "2027-05-02"), (b, "2027-05-03")):
        study.start_event("01-001", "SE.SCR", day, "Misread")
    meet(a, b, tmp_path / "more")
    [query] = [q for q in asking.queries(a) if not q.state.done]
    assert (query.path, a.store.count_states()["queries"]) == (ItemPath("01-001", "SE.SCR"), 1)
    other = next(v for v in asking.versions(a, query) if v.datum != asking.standing(a, query))
    asking.resolve(a, query, other, "The consent says so.")
    assert a.visit_date("01-001", "SE.SCR") == other.datum.value and a.store.count_states()["queries"] == 0
