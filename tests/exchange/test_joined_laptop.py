"""A joined laptop that several people use, and one whose participant numbers ran out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.capture.numbers import give_numbers, number_facts
from crf_desktop.capture.people import add_person, let_in, may_let_in
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.invitation import read_invitation, write_invitation
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, Store, accounts, granting, join, unlock
from tests.exchange.conftest import Opener
from tests.exchange.site import PASSWORD, StepClock, opened, sent

THEIRS = "seven grey herons over the estuary"
IDENTITY = "staff card"


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Refused, EnvironmentProblem)) as no:
        act()
    code: str = no.value.code
    return code


def trust_of(store: Store) -> str:
    return store.session.trust


def codes(store: Store) -> set[str]:
    return {finding.code for finding in store.verify("full")}


@pytest.fixture
def ward(laptops: Path, tmp_path: Path) -> Path:
    """A laptop that the investigator joined with, not countersigned yet."""
    with opened(laptops / "a.crf", "inv") as store:
        write_invitation(store, tmp_path / "invitation")
    join(tmp_path / "ward.crf", read_invitation(tmp_path / "invitation"),
         NewPerson("inv", "Investigator One", "investigator", PASSWORD), StepClock())  # fmt: skip
    return tmp_path / "ward.crf"


def exchanged(one: Store, other: Store, place: Path) -> None:
    """Both hear of one another, the first with its administrator first."""
    merge_bundle(one, sent(other, one, place.with_name(place.name + "1")))
    merge_bundle(other, sent(one, other, place.with_name(place.name + "2")))


@pytest.mark.requirement("REQ-01", "REQ-10")
def test_that_a_second_person_works_on_a_joined_laptop_and_is_countersigned_at_the_first_merge(
    laptops: Path, ward: Path, open_it: Opener, tmp_path: Path
) -> None:
    a, b = open_it(laptops / "a.crf", "adm"), open_it(ward, "inv")
    first = Study(b, StepClock())
    waits = refused(lambda: let_in(first, "U.01.2", THEIRS, "Second rater", IDENTITY))
    assert waits == "people.not_countersigned" and may_let_in(first)
    exchanged(a, b, tmp_path / "x")
    let_in(first, "U.01.2", THEIRS, "Second rater", IDENTITY)
    assert refused(lambda: let_in(first, "U.01.2", THEIRS, "Again", IDENTITY)) == "people.opens_here"
    b.close()
    with unlock(ward, "crc", THEIRS, StepClock()) as nurse:
        assert (trust_of(nurse), nurse.session.person.role) == ("pending", "coordinator")
        subject = nurse.next_number()
        nurse.append([Entry(Kind.SUBJECT, ItemPath(subject), "Insert", Datum("enrolled"))])
        assert codes(nurse) == {"verify.ok_full"}
        report = merge_bundle(a, sent(nurse, a, tmp_path / "three"))
        assert [p.user_oid for p in report.certified] == ["U.01.2"]
        merge_bundle(nurse, sent(a, nurse, tmp_path / "four"))
        assert trust_of(nurse) == "certified"
        assert codes(nurse) == codes(a) == {"verify.ok_full"}
    assert open_it(ward, "inv").session.trust == "certified"


@pytest.mark.requirement("REQ-03", "REQ-10")
def test_that_nobody_unknown_no_administrator_and_no_closed_account_is_let_in(
    laptops: Path, ward: Path, open_it: Opener, tmp_path: Path
) -> None:
    a, b = open_it(laptops / "a.crf", "adm"), open_it(ward, "inv")
    exchanged(a, b, tmp_path / "x")
    here = Study(b, StepClock())
    centre = Study(a, StepClock())
    adm = next(p.user_oid for p in a.people() if p.role == "administrator")
    assert refused(lambda: let_in(here, "U.01.99", THEIRS, "x")) == "people.unknown"
    assert refused(lambda: let_in(here, adm, THEIRS, "x")) == "people.administrator_elsewhere"
    assert refused(lambda: let_in(here, "U.01.1", THEIRS, "x")) == "people.yourself"
    assert refused(lambda: let_in(here, "U.01.2", "short", "x")).startswith("password.")
    assert refused(lambda: let_in(here, "U.01.2", THEIRS, " ")) == "people.reason_needed"
    assert refused(lambda: let_in(centre, "U.01.2", THEIRS, "x")) == "people.authority_here"
    with opened(laptops / "b.crf") as coordinator:
        least = Study(coordinator, StepClock())
        assert refused(lambda: let_in(least, "U.01.3", THEIRS, "x")) == "access.no_right"
    new = add_person(centre, NewPerson("zhang.wei", "Zhang Wei", "monitor", PASSWORD), "New monitor")
    accounts.close(a, "U.01.3", "Left")
    merge_bundle(b, sent(a, b, tmp_path / "news"))
    assert refused(lambda: let_in(here, "U.01.3", THEIRS, "x")) == "people.closed"
    let_in(here, new.user_oid, THEIRS, "Visits on Monday", IDENTITY)  # known since the merge
    b.close()
    assert open_it_as(ward, "zhang.wei") == "monitor"


def open_it_as(folder: Path, user: str) -> str:
    with unlock(folder, user, THEIRS, StepClock()) as store:
        return store.session.person.role


def test_that_a_slot_nobody_answered_for_opens_nothing(
    laptops: Path, ward: Path, open_it: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the data key could write a slot in somebody's name: without the row the keys are strangers."""
    a, b = open_it(laptops / "a.crf", "adm"), open_it(ward, "inv")
    exchanged(a, b, tmp_path / "x")
    with monkeypatch.context() as client:
        client.setattr(accounts, "entry_of", lambda kind, act, **body: entry_unlike(kind, act, body))
        accounts.let_in(b, "U.01.2", THEIRS, "x")
    b.close()
    assert refused(lambda: unlock(ward, "crc", THEIRS, StepClock())) == "keys.altered"


def entry_unlike(kind: Kind, act: str, body: dict[str, object]) -> Entry:
    from crf_desktop.store.log import entry_of

    return entry_of(kind, act, **{**body, "slot": 99})


def used_up(store: Store) -> None:
    for block in granting.blocks(store):
        subject = ItemPath(f"{store.site}-{block.last:03}")
        store.append([Entry(Kind.SUBJECT, subject, "Insert", Datum("enrolled"))])


def test_that_a_file_without_numbers_gets_more_from_the_authority_by_the_next_bundle(
    laptops: Path, open_it: Opener, tmp_path: Path
) -> None:
    a, b, c = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf"), open_it(laptops / "c.crf", "nurse")
    used_up(b)
    assert refused(b.next_number) == "store.block_used_up" and granting.left(b) == 0
    centre = Study(a, StepClock())
    assert refused(lambda: give_numbers(centre, "nosuchfile")) == "store.no_such_file"
    assert refused(lambda: give_numbers(Study(b, StepClock()), b.origin)) == "access.no_right"
    first, last = give_numbers(centre, b.origin)
    assert a.next_number() == "01-001", "another file's numbers are not one's own"
    bundle = sent(a, b, tmp_path / "one")
    merge_bundle(b, bundle)
    merge_bundle(c, sent(a, c, tmp_path / "two"))
    assert b.next_number() == first and granting.left(b) == 200 and c.next_number() != first
    assert number_facts(Study(b, StepClock())).spans[1] == (first, last)
    used_up(b)
    assert refused(b.next_number) == "store.block_used_up"
    again, _ = give_numbers(centre, b.origin)
    assert again > last
    own, _ = give_numbers(centre, a.origin)
    used_up_first(a)
    assert a.next_number() == own and codes(a) == codes(b) == {"verify.ok_full"}


def used_up_first(store: Store) -> None:
    store.append([Entry(Kind.SUBJECT, ItemPath(f"{store.site}-{store.block.last:03}"), "Insert", Datum("enrolled"))])


def test_that_a_joined_laptop_cannot_give_numbers_to_itself_by_a_changed_client(
    laptops: Path, ward: Path, open_it: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = open_it(laptops / "a.crf", "adm"), open_it(ward, "inv")
    exchanged(a, b, tmp_path / "x")
    used_up(b)
    monkeypatch.setattr(b.parts, "founding", True)
    granting.grant(b, b.origin)
    assert refused(b.next_number) == "store.block_used_up"


def test_that_a_restored_centre_gives_numbers_by_lot(laptops: Path, open_it: Opener, tmp_path: Path) -> None:
    from crf_desktop.store import backup, restoring

    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    used_up(b)
    made = backup.make_and_record(a, "asked")
    a.close()
    restoring.restore(made.path, tmp_path / "again.crf", "adm", PASSWORD, StepClock()).close()
    with unlock(tmp_path / "again.crf", "inv", PASSWORD, StepClock()) as again:
        used_up(again)
        own, _ = give_numbers(Study(again, StepClock()), again.origin)
        assert again.next_number() == own and int(own[3:]) > 1_000_000
        first, _ = give_numbers(Study(again, StepClock()), b.origin)
        merge_bundle(b, sent(again, b, tmp_path / "more"))
        assert b.next_number() == first != own
