"""What an administrator did about people on one laptop, honoured on the others after a merge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crf_desktop.capture.people import add_person, admit_rows, change_role, close_account
from crf_desktop.capture.roster import roster
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.merge import check_bundle, merge_bundle
from crf_desktop.store import NewPerson, Store, accounts
from tests.exchange.conftest import Opener
from tests.exchange.site import StepClock, answer, begin, fingerprint_of, item, sent

THEIRS = "seven grey herons over the estuary"
ESR = "I.LAB.ESR"


def codes(store: Store) -> set[str]:
    return {finding.code for finding in store.verify("full")}


def beyond(store: Store, other: Store) -> None:
    """Writes until the clock of rows has passed another laptop's: what follows is later, whoever looks."""
    n = 0
    while store._position.lamport <= other._position.lamport + 1:
        n += 1
        store.append([answer(ESR, str(20 + n % 60), "01-201")])


@pytest.fixture
def two(laptops: Path, open_it: Opener) -> tuple[Study, Store]:
    """The founding laptop with its administrator, and the joined one of the coordinator with a participant."""
    a, b = open_it(laptops / "a.crf", "adm"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    return Study(a, StepClock()), b


@pytest.mark.requirement("REQ-05", "REQ-10")
def test_that_later_rows_of_a_closed_account_are_refused_and_an_administrator_can_admit_them(
    two: tuple[Study, Store], laptops: Path
) -> None:
    a, b = two
    merge_bundle(a.store, sent(b, a.store, laptops / "1"))
    close_account(a, "U.01.2", "Left the hospital")
    beyond(b, a.store)  # without knowing
    before = fingerprint_of(a.store)
    bundle = sent(b, a.store, laptops / "2")
    assert check_bundle(bundle, a.store).ok is False
    with pytest.raises(Refused) as no:
        merge_bundle(a.store, bundle)
    assert (no.value.code, no.value.context["fault"]) == ("bundle.closed", "revoked")
    assert fingerprint_of(a.store) == before and codes(a.store) == {"verify.ok_full"}
    admit_rows(a, "U.01.2", b.origin, b.head()[1], "Entered before the news had come")
    assert merge_bundle(a.store, bundle).rows_new > 0 and codes(a.store) == {"verify.ok_full"}
    assert a.store.at(item(ESR, "01-201")) is not None


@pytest.mark.requirement("REQ-05", "REQ-10")
def test_that_a_closed_person_is_out_on_the_other_laptop_after_its_merge(
    two: tuple[Study, Store], laptops: Path, open_it: Opener
) -> None:
    a, b = two
    merge_bundle(a.store, sent(b, a.store, laptops / "1"))
    close_account(a, "U.01.2", "Left the hospital")
    beyond(b, a.store)  # without knowing: no damage for this laptop, whatever the others say
    merge_bundle(b, sent(a.store, b, laptops / "2"))
    assert codes(b) == {"verify.ok_full"}
    with pytest.raises(Refused) as no:
        b.append([answer(ESR, "12", "01-201")])
    assert no.value.code == "people.closed"
    [one] = [p for p in roster(b, "").people if p.person.user_oid == "U.01.2"]
    assert (one.state, one.reason) == ("closed", "Left the hospital")
    b.close()
    with pytest.raises(EnvironmentProblem) as shut:
        open_it(laptops / "b.crf")
    assert shut.value.code == "people.closed"


@pytest.mark.requirement("REQ-03", "REQ-05")
def test_that_another_role_holds_where_it_was_heard_of_and_nothing_written_before_is_lost(
    two: tuple[Study, Store], laptops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    merge_bundle(a.store, sent(b, a.store, laptops / "1"))
    change_role(a, "U.01.2", "data_manager", "Changed post")
    beyond(b, a.store)  # still as coordinator: the news has not come
    assert merge_bundle(a.store, sent(b, a.store, laptops / "2")).rows_new > 0
    assert codes(a.store) == {"verify.ok_full"}
    merge_bundle(b, sent(a.store, b, laptops / "3"))
    assert b.session.person.role == "data_manager" and codes(b) == {"verify.ok_full"}
    with pytest.raises(Refused):
        b.append([answer(ESR, "12", "01-201")])
    with monkeypatch.context() as client:  # one that goes on as before
        client.setattr("crf_desktop.store.study.may_write", lambda *_, **__: True)
        from attrs import evolve

        from crf_desktop.store.log import with_session

        with_session(b._author, person=evolve(b.session.person, role="coordinator"))
        b.append([answer(ESR, "13", "01-201")])
    bundle = sent(b, a.store, laptops / "4")
    assert "verify.author_role" in codes(b)
    with pytest.raises(Refused) as no:
        merge_bundle(a.store, bundle)
    assert (no.value.code, no.value.context["fault"]) == ("bundle.no_right", "role")


@pytest.mark.requirement("REQ-01")
def test_that_a_name_two_laptops_gave_stays_two_people_and_only_one_is_certified_by_itself(
    newcomers: Path, open_it: Opener
) -> None:
    a, c = Study(open_it(newcomers / "a.crf", "adm"), StepClock()), open_it(newcomers / "c.crf", "nurse")
    here = add_person(a, NewPerson("Nurse", "Wu Lan", "coordinator", THEIRS), "New")
    merge_bundle(a.store, sent(c, a.store, newcomers / "1"))
    there = c.session.person
    assert here.user_oid != there.user_oid and a.store.person(there.user_oid) == there
    twice = {one.person.user_oid for one in roster(a.store, "").people if one.name_twice}
    assert twice == {here.user_oid, there.user_oid}
    assert [r.person.user_oid for r in a.store.requests() if r.person == there] == [there.user_oid]
    with pytest.raises(Refused) as no:
        add_person(a, NewPerson("NURSE", "Third", "coordinator", THEIRS), "New")
    assert no.value.code == "people.name_taken" and codes(a.store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-05", "REQ-09")
def test_that_both_laptops_print_the_same_list(two: tuple[Study, Store], laptops: Path) -> None:
    a, b = two
    add_person(a, NewPerson("zhang.wei", "Zhang Wei", "monitor", THEIRS), "New monitor")
    change_role(a, "U.01.2", "data_manager", "Changed post")
    close_account(a, "U.01.4", "Left")
    merge_bundle(b, sent(a.store, b, laptops / "1"))
    merge_bundle(a.store, sent(b, a.store, laptops / "2"))
    plain = [
        {(p.person, p.state, p.since, p.until, p.periods, p.keys) for p in roster(s, "").people} for s in (a.store, b)
    ]
    assert plain[0] == plain[1] and len(plain[0]) == 7
    assert not accounts.has_slot(a.store, "U.01.4")
    early = roster(a.store, "", date(2027, 5, 5))
    assert early.people == ()
    on = roster(a.store, "", date(2027, 5, 6))
    assert {p.person.user_name for p in on.people} >= {"zhang.wei", "dat"}, "authorised on that day, if not to its end"
    later = roster(a.store, "", date(2027, 5, 7))
    assert "dat" not in {p.person.user_name for p in later.people}
