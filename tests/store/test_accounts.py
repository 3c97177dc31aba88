"""Accounts after the study was made: added, reset, given another role, closed; whole after any cut."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model.data import Kind
from crf_desktop.store import NewPerson, Store, accounts, certificate, keyring, peek, rotation, slot_change, unlock
from tests.store.builders import ADMINISTRATOR, PASSWORD, StepClock, answer, codes, item

Open = Callable[..., Store]
THEIRS = "seven grey herons over the estuary"
OTHER = "a barrel of plums beside the green door"
ZHANG = NewPerson("zhang.wei", "Zhang Wei", "monitor", THEIRS)


@pytest.fixture
def administrator(folder: Path, opened: Open) -> Store:
    return opened(folder, ADMINISTRATOR)


def enter(folder: Path, user: str, password: str) -> Store:
    (folder / "attempts").unlink(missing_ok=True)  # the waiting after a wrong password is no matter of these tests
    return unlock(folder, user, password, StepClock())


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Explained) as no:
        act()
    assert no.value.sentences("zh")[0] != no.value.sentences("en")[0]
    return no.value.code


def acts(store: Store) -> list[str]:
    return [json.loads(row.payload or "{}")["act"] for row in store.rows(Kind.USER)]


@pytest.mark.requirement("REQ-01", "REQ-05")
def test_that_a_new_person_enters_with_their_own_password_and_their_own_certified_key(
    administrator: Store, folder: Path
) -> None:
    person = accounts.add(administrator, ZHANG, "New monitor")
    made = administrator.rows(Kind.USER)[-2:]
    assert [json.loads(row.payload or "")["act"] for row in made] == ["create", "certify"]
    assert {row.reason_for_change for row in made} == {"New monitor"}
    assert {row.user_oid for row in made} == {administrator.session.person.user_oid}
    administrator.close()
    with enter(folder, "Zhang.Wei", THEIRS) as store:
        assert store.session.person == person and store.session.trust == "certified"
        assert store.signing_key("zhang.wei", THEIRS).trust == "certified" and codes(store) == {"verify.ok_full"}
    assert ("zhang.wei", "monitor") in peek(folder).users


@pytest.mark.requirement("REQ-01")
@pytest.mark.parametrize("again", ["zhang.wei", "ZHANG.Wei", " zhang.wei ", "ｚｈａｎｇ.wei"])
def test_that_a_user_name_is_never_given_again_even_after_its_account_was_closed(
    administrator: Store, again: str
) -> None:
    person = accounts.add(administrator, ZHANG, "New")
    same = NewPerson(again, "Zhang Weimin", "monitor", OTHER)
    assert refusal(lambda: accounts.add(administrator, same, "New")) == "people.name_taken"
    accounts.close(administrator, person.user_oid, "Left")
    assert refusal(lambda: accounts.add(administrator, same, "New")) == "people.name_taken"
    other = accounts.add(administrator, NewPerson("zhang.weimin", "Zhang Weimin", "monitor", OTHER), "New")
    assert (person.user_oid, other.user_oid) == ("U.01.5", "U.01.6"), "the number is not given again either"


@pytest.mark.requirement("REQ-07")
def test_that_a_password_that_an_acquaintance_would_try_is_not_taken(administrator: Store) -> None:
    before = administrator.head()
    for weak in ("short", "zhang wei zhang wei", "password password"):
        new = NewPerson("zhang.wei", "Zhang Wei", "monitor", weak)
        assert refusal(lambda new=new: accounts.add(administrator, new, "New")).startswith("password.")  # type: ignore[misc]
    assert administrator.head() == before and administrator.person("U.01.5") is None


@pytest.mark.requirement("REQ-10")
def test_that_a_closed_account_opens_nothing_and_an_old_key_file_neither(administrator: Store, folder: Path) -> None:
    person = accounts.add(administrator, ZHANG, "New")
    old = {name: (folder / name).read_bytes() for name in keyring.COPIES}
    accounts.close(administrator, person.user_oid, "Laptop lost")
    assert acts(administrator)[-2:] == ["close", "revoke"]
    assert not accounts.has_slot(administrator, person.user_oid)
    rotation.rotate(administrator)
    assert codes(administrator) == {"verify.ok_full"}
    administrator.close()
    assert refusal(lambda: enter(folder, "zhang.wei", THEIRS)) == "keys.no_such_user"
    for name, raw in old.items():
        (folder / name).write_bytes(raw)
    with pytest.raises(EnvironmentProblem):
        enter(folder, "zhang.wei", THEIRS)


@pytest.mark.requirement("REQ-24", "REQ-10")
def test_that_a_reset_gives_other_keys_visibly_and_recovers_none_of_the_former(folder: Path, opened: Open) -> None:
    with opened(folder) as store:
        former = store.session
        [row] = store.append([answer(item(), "4")])
    with opened(folder, ADMINISTRATOR) as store:
        accounts.reset(store, former.person.user_oid, THEIRS, "Password lost")
        told = [json.loads(change.payload or "") for change in store.rows(Kind.USER)[-3:]]
        assert [body["act"] for body in told] == ["reset", "revoke", "certify"]
        assert told[0]["revoked"] == [former.key_id] == [told[1]["key_id"]]
        assert store.who.fault_of(row) is None and codes(store) == {"verify.ok_full"}
        slot = store.parts.keys.slot_of("investigator")
        assert slot.slot > 4 and certificate.key_id(slot.log_public) != former.key_id
    assert refusal(lambda: enter(folder, "investigator", PASSWORD)) == "keys.wrong_password"
    with enter(folder, "investigator", THEIRS) as store:
        assert store.session.person == former.person and store.session.key_id != former.key_id
        assert store.session.certificate_serial != former.certificate_serial
        key = store.signing_key("investigator", THEIRS)
        assert certificate.serial(key.certificate) == store.session.certificate_serial
        store.append([answer(item(name="DRY"), "3")])
        assert codes(store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-03", "REQ-05")
def test_that_another_role_holds_from_the_next_row_on(folder: Path, opened: Open) -> None:
    with opened(folder, "coordinator") as store:
        [row] = store.append([answer(item(), "4")])
    with opened(folder, ADMINISTRATOR) as store:
        accounts.set_role(store, "U.01.2", "monitor", "Changed post")
        assert store.who.fault_of(row) is None
    assert ("coordinator", "monitor") in peek(folder).users
    with opened(folder, "coordinator") as store:
        assert store.session.person.role == "monitor"
        with pytest.raises(Refused):
            store.append([answer(item(), "5")])
        assert codes(store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-03", "REQ-04")
def test_that_nobody_shuts_themselves_out_and_no_account_becomes_or_was_an_administrators(
    administrator: Store,
) -> None:
    own = administrator.session.person.user_oid
    assert refusal(lambda: accounts.close(administrator, own, "x")) == "people.yourself"
    assert refusal(lambda: accounts.reset(administrator, own, THEIRS, "x")) == "people.yourself"
    assert refusal(lambda: accounts.set_role(administrator, own, "monitor", "x")) == "people.yourself"
    for role, code in (("administrator", "people.administrator_apart"), ("coordinator", "people.same_role")):
        assert refusal(lambda role=role: accounts.set_role(administrator, "U.01.2", role, "x")) == code  # type: ignore[misc]
    assert refusal(lambda: accounts.close(administrator, "U.99.9", "x")) == "people.unknown"
    second = accounts.add(administrator, NewPerson("adm2", "Second", "administrator", THEIRS), "Deputy")
    assert refusal(lambda: accounts.set_role(administrator, second.user_oid, "monitor", "x")) == (
        "people.administrator_apart"
    )


@pytest.mark.requirement("REQ-02", "REQ-03")
@pytest.mark.parametrize("user", ["investigator", "coordinator", "monitor"])
def test_that_only_an_administrator_makes_or_ends_accounts(folder: Path, opened: Open, user: str) -> None:
    with opened(folder, user) as store:
        before = store.head(), (folder / "keys.a").read_bytes()
        doings = (
            lambda: accounts.add(store, ZHANG, "x"), lambda: accounts.close(store, "U.01.4", "x"),
            lambda: accounts.set_role(store, "U.01.4", "monitor", "x"),
            lambda: accounts.reset(store, "U.01.4", THEIRS, "x"),
        )  # fmt: skip
        for doing in doings:
            with pytest.raises(Refused):
                doing()
        assert (store.head(), (folder / "keys.a").read_bytes()) == before


@pytest.mark.requirement("REQ-24")
def test_that_a_second_administrator_certifies_like_the_first(administrator: Store, folder: Path) -> None:
    accounts.add(administrator, NewPerson("adm2", "Second", "administrator", THEIRS), "Deputy")
    administrator.close()
    with enter(folder, "adm2", THEIRS) as store:
        assert store.parts.ca_key is not None
        accounts.add(store, NewPerson("li", "Li", "coordinator", OTHER), "New")
        accounts.close(store, "U.01.4", "Left")
        assert codes(store) == {"verify.ok_full"}
    assert refusal(lambda: enter(folder, ADMINISTRATOR, PASSWORD)) == "keys.no_such_user"


# --- cut off at every step


class Cut(BaseException):
    """The machine stopped here."""


def _write(failing_after: int) -> Callable[..., None]:
    """``keyring.write`` that is cut off when so many copies are on the disk."""
    whole = keyring.write

    def write(folder: Path, keys: keyring.KeyFile, names: tuple[str, ...] = keyring.COPIES) -> None:
        whole(folder, keys, names[:failing_after])
        raise Cut

    return write


@pytest.mark.requirement("REQ-19")
@pytest.mark.parametrize("copies", [0, 1, 2])
def test_that_a_new_account_cut_off_anywhere_leaves_a_study_that_opens_for_all_others(
    administrator: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    with monkeypatch.context() as machine:
        machine.setattr(slot_change.keyring, "write", _write(copies))
        with pytest.raises(Cut):
            accounts.add(administrator, ZHANG, "New")
    administrator.close()
    with enter(folder, ADMINISTRATOR, PASSWORD) as store:
        assert store.person("U.01.5") is not None and codes(store) <= {"verify.ok_full", "verify.keys_copy"}
        if not accounts.has_slot(store, "U.01.5"):
            assert copies == 0
            assert refusal(lambda: accounts.add(store, ZHANG, "New")) == "people.name_taken"
            accounts.reset(store, "U.01.5", THEIRS, "The machine stopped before")
    with enter(folder, "zhang.wei", THEIRS) as store:
        assert codes(store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-19")
@pytest.mark.parametrize("copies", [0, 1, 2])
def test_that_a_closing_cut_off_anywhere_is_a_closing(
    administrator: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    with monkeypatch.context() as machine:
        machine.setattr(slot_change.keyring, "write", _write(copies))
        with pytest.raises(Cut):
            accounts.close(administrator, "U.01.3", "Left")
    administrator.close()
    if copies == 0:
        assert refusal(lambda: enter(folder, "monitor", PASSWORD)) == "people.closed"
    with enter(folder, "investigator", PASSWORD) as store:  # whoever comes next clears what was left
        assert not accounts.has_slot(store, "U.01.3") and codes(store) <= {"verify.ok_full", "verify.keys_copy"}
    assert refusal(lambda: enter(folder, "monitor", PASSWORD)) == "keys.no_such_user"


def test_that_a_full_disk_keeps_the_study_open_and_the_account_can_be_made_later(
    administrator: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as machine:
        machine.setattr(slot_change.keyring, "write", full)
        assert refusal(lambda: accounts.add(administrator, ZHANG, "New")) == "store.disk_full"
    accounts.reset(administrator, "U.01.5", THEIRS, "The disk was full")
    administrator.close()
    with enter(folder, "zhang.wei", THEIRS) as store:
        assert codes(store) == {"verify.ok_full"}


def test_that_a_joined_laptop_makes_no_accounts_of_its_own(pair: tuple[Path, Path], opened: Open) -> None:
    with opened(pair[0], ADMINISTRATOR) as first, opened(pair[1]) as second:
        first.receive(list(second.changes(second.origin)), {})
        for request in first.requests():
            first.certify(request)
        second.receive(list(first.changes(first.origin)), {})
        assert second.parts.ca_key is None
        with pytest.raises(Refused) as no:
            accounts.add(second, ZHANG, "New")
        assert no.value.code == "store.not_the_authority"


@pytest.mark.requirement("REQ-01", "REQ-10")
def test_that_nobody_joins_as_a_person_whose_account_is_closed(folder: Path, opened: Open, tmp_path: Path) -> None:
    from crf_desktop.store import join

    with opened(folder, ADMINISTRATOR) as store:
        accounts.close(store, "U.01.2", "Left")
        invitation = store.invitation()
    newcomer = NewPerson("Coordinator", "C", "coordinator", THEIRS)
    assert refusal(lambda: join(tmp_path / "second.crf", invitation, newcomer)) == "people.name_taken"
    join(tmp_path / "second.crf", invitation, NewPerson("new", "New Person", "coordinator", THEIRS), StepClock())
    with enter(tmp_path / "second.crf", "new", THEIRS) as store:
        assert store.who.closed.keys() == {"U.01.2"} and codes(store) == {"verify.ok_full"}
    shutil.rmtree(tmp_path / "second.crf")
