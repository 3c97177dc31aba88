"""The code on paper: what it gives back, what it cannot, and that it counts only once somebody has typed it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Kind
from crf_desktop.store import Store, escrow, keyring, peek, recovery, recovery_code, rotation, unlock
from crf_desktop.store.people import act_of
from crf_desktop.store.recovering import recover, recover_by_escrow
from tests.store.builders import ADMINISTRATOR, PASSWORD, StepClock, answer, codes, item

Open = Callable[..., Store]
NEW = "seven quiet herons over the reed"


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as raised:
        call()
    assert raised.value.sentences("zh")[0] != raised.value.sentences("en")[0]
    return raised.value


def acts(store: Store) -> list[str]:
    return [act_of(row) for kind in (Kind.USER, Kind.SYSTEM) for row in store.rows(kind)]


@given(st.binary(min_size=20, max_size=20), st.data())
def test_that_a_slip_of_the_pen_names_its_group(secret: bytes, data: st.DataObject) -> None:
    code = recovery_code.code_of(secret)
    assert recovery_code.secret_of(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == secret
    at = data.draw(st.sampled_from([at for at, character in enumerate(code) if character != "-"]))
    other = data.draw(st.sampled_from(sorted(set("0123456789ABCDEFGHJKMNPQRSTVWXYZU") - {code[at]})))
    slip = refusal(lambda: recovery_code.secret_of(code[:at] + other + code[at + 1 :]))
    assert (slip.code, slip.context["group"]) == ("recovery.group", at // 6 + 1)


@given(st.binary(min_size=20, max_size=20))
def test_that_exchanged_characters_and_groups_show(secret: bytes) -> None:
    code = recovery_code.code_of(secret)
    for at in range(len(code) - 1):
        if "-" not in code[at : at + 2] and code[at] != code[at + 1]:
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert refusal(partial(recovery_code.secret_of, swapped)).code == "recovery.group"
    groups = code.split("-")
    swapped = "-".join([groups[1], groups[0], *groups[2:]])
    assert refusal(lambda: recovery_code.secret_of(swapped)).context["group"] == 1
    assert refusal(lambda: recovery_code.secret_of(code[:-3])).code == "recovery.length"


def test_that_any_two_of_three_shares_are_the_code_and_slips_are_named() -> None:
    secret = bytes(recovery_code.new_secret())
    first, second, third = recovery_code.shares_of(secret)
    for pair in ((first, second), (third, first), (second, third)):
        assert recovery_code.secret_of_shares(pair) == secret
    assert refusal(lambda: recovery_code.secret_of_shares([first])).code == "recovery.shares_same"
    assert refusal(lambda: recovery_code.secret_of_shares([first, first])).code == "recovery.shares_same"
    words = second.split()
    wrong = refusal(lambda: recovery_code.secret_of_shares([first, " ".join([*words[:4], "herons", *words[5:]])]))
    assert (wrong.code, wrong.context) == ("recovery.share_word", {"share": 2, "word": 5})
    exchanged = " ".join([*words[:4], words[5], words[4], *words[6:]])
    assert refusal(lambda: recovery_code.secret_of_shares([first, exchanged])).code == "recovery.share_damaged"
    other = recovery_code.shares_of(bytes(recovery_code.new_secret()))
    assert refusal(lambda: recovery_code.secret_of_shares([first, other[1]])).code in (
        "recovery.shares_differ", "recovery.shares_same",
    )  # fmt: skip


@pytest.mark.requirement("REQ-07")
def test_that_a_code_counts_once_it_was_typed_back_and_the_one_before_opens_until_then(
    folder: Path, opened: Open
) -> None:
    store = opened(folder, ADMINISTRATOR)
    assert recovery.state(store).kind == ""
    first = recovery.make(store)
    assert recovery.state(store).waiting and recovery.state(store).kind == ""
    recovery.drill(store, [first.code])
    state = recovery.state(store)
    assert (state.kind, state.waiting) == ("code", False) and state.drilled_at
    second = recovery.make(store, shares=True)
    recovery.open_secret(store.parts.keys, [first.code]).close()
    assert refusal(lambda: recovery.drill(store, ["wrong"])).code == "recovery.group"
    other = recovery_code.code_of(bytes(20))
    assert refusal(lambda: recovery.drill(store, [other])).code == "recovery.not_this"
    recovery.drill(store, second.shares[:2])
    assert refusal(lambda: recovery.open_secret(store.parts.keys, [first.code])).code == "recovery.not_this"
    assert recovery.state(store).kind == "shares" and peek(folder).recovery == "shares"
    told = acts(store)
    assert [told.count(f"recovery.{act}") for act in ("made", "drilled", "removed")] == [2, 2, 1]
    assert codes(store) == {"verify.ok_full"}


def test_that_only_an_administrator_makes_a_code(folder: Path, opened: Open) -> None:
    store = opened(folder)
    assert refusal(lambda: recovery.make(store)).code == "store.no_right"
    assert refusal(lambda: escrow.make(store, bytes(32))).code == "store.no_right"


@pytest.fixture
def code(folder: Path) -> str:
    """A code that counts, on a study with something in it."""
    with unlock(folder, ADMINISTRATOR, PASSWORD, StepClock()) as store:
        made = recovery.make(store)
        recovery.drill(store, [made.code])
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        store.append([answer(item(), "4")])
    return made.code


@pytest.mark.requirement("REQ-07")
@pytest.mark.requirement("REQ-24")
def test_that_the_code_lets_an_administrator_in_with_new_keys_visibly(folder: Path, code: str, opened: Open) -> None:
    with opened(folder, ADMINISTRATOR) as before:
        old_key, old_data = before.session.key_id, bytes(before.parts.data_key)
    with recover(folder, [code], ADMINISTRATOR, NEW, StepClock()) as store:
        assert store.session.trust == "certified" and store.session.key_id != old_key
        assert store.who.keys[store.origin, old_key].revoked is not None
        assert bytes(store.parts.data_key) != old_data
        told = acts(store)
        assert "recovery.used" in told and "revoke" in told and "keys.rotated" in told
        assert recovery.state(store) == recovery.RecoveryState("", "", "", False)
        head = store.at(item())
        assert head is not None and head.datum.value == "4"
        assert store.parts.ca_key is not None
        assert codes(store) == {"verify.ok_full"}
    assert refusal(lambda: recover(folder, [code], ADMINISTRATOR, NEW)).code == "recovery.none"
    with pytest.raises(EnvironmentProblem) as raised:
        unlock(folder, ADMINISTRATOR, PASSWORD, StepClock())
    assert raised.value.code == "keys.wrong_password"
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        assert codes(store) == {"verify.ok_full"}
        assert store.signing_key("investigator", PASSWORD)


def test_that_the_code_gives_nobody_elses_keys(folder: Path, code: str) -> None:
    keys = keyring.read(folder).best
    with_code = recovery.open_secret(keys, [code])
    assert with_code.secret("ca_key") and not with_code.secret("log_key") and not with_code.secret("signing_key")
    assert refusal(lambda: recover(folder, [code], "investigator", NEW)).code == "recovery.not_for_you"
    assert refusal(lambda: recover(folder, [code], ADMINISTRATOR, "short")).code == "password.short"
    with unlock(folder, ADMINISTRATOR, PASSWORD, StepClock()) as store:
        assert "recovery.used" not in acts(store)


def test_that_a_rotation_needs_no_code_and_the_code_opens_the_new_key(folder: Path, code: str, opened: Open) -> None:
    with opened(folder, ADMINISTRATOR) as store:
        rotation.rotate(store)
    with opened(folder, ADMINISTRATOR) as store:
        rotation.prepare(store)
        rotation.rekey(store)  # and the power is gone
    with recover(folder, [code], ADMINISTRATOR, NEW, StepClock()) as store:
        assert codes(store) == {"verify.ok_full"} and store.parts.keys.epoch == 4


def test_that_a_recovery_cut_off_before_the_key_file_can_be_done_again(
    folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(keyring, "write", cut)
        with pytest.raises(Cut):
            recover(folder, [code], ADMINISTRATOR, NEW, StepClock())
    with recover(folder, [code], ADMINISTRATOR, NEW, StepClock()) as store:
        assert codes(store) == {"verify.ok_full"}
        assert acts(store).count("recovery.used") == 2


def test_that_a_joined_laptop_is_entered_with_keys_that_wait_to_be_countersigned(pair: tuple[Path, Path]) -> None:
    with unlock(pair[1], "investigator", PASSWORD, StepClock()) as store:
        made = recovery.make(store)
        recovery.drill(store, [made.code])
    with recover(pair[1], [made.code], "investigator", NEW, StepClock()) as store:
        assert store.session.trust == "pending"
        assert codes(store) == {"verify.ok_full"}
        rows = list(store.changes(store.origin))
    with unlock(pair[0], ADMINISTRATOR, PASSWORD, StepClock()) as first:
        first.receive(rows, {})
        assert len(first.requests()) == 2
        for request in first.requests():
            first.certify(request)
        assert codes(first) == {"verify.ok_full"}


def test_that_another_file_takes_the_rows_of_a_recovery(pair: tuple[Path, Path]) -> None:
    with unlock(pair[0], ADMINISTRATOR, PASSWORD, StepClock()) as store:
        made = recovery.make(store)
        recovery.drill(store, [made.code])
    with recover(pair[0], [made.code], ADMINISTRATOR, NEW, StepClock()) as store:
        rows = list(store.changes(store.origin))
        key = store.session.key_id
    with unlock(pair[1], "investigator", PASSWORD, StepClock()) as second:
        second.receive(rows, {})
        assert second.who.certified(rows[0].origin, key)
        assert codes(second) == {"verify.ok_full"}


def test_that_nobody_makes_themselves_another_by_a_row_of_recovery(folder: Path, opened: Open) -> None:
    with opened(folder, "coordinator") as store:
        own = store.who.keys[store.origin, store.session.key_id]
        victim = next(p for p in store.people() if p.role == ADMINISTRATOR)
        assert store.parts.author is not None
        body = {
            "act": "recovery.used", "user_oid": victim.user_oid, "origin": store.origin, "slot": 9, "by": "recovery",
            "log_certificate": own.log_certificate.decode(), "signing_certificate": own.signing_certificate.decode(),
        }  # fmt: skip
        from attrs import evolve

        store.parts.author.session = evolve(store.session, person=victim)
        from crf_desktop.model.data import Entry
        from crf_desktop.model.path import ItemPath

        store.append([Entry(Kind.USER, ItemPath(), "Insert", payload=body)])
    with opened(folder) as store:
        assert "verify.author_key" in codes(store)


@pytest.mark.requirement("REQ-07")
def test_that_the_sponsors_key_opens_the_data_and_has_no_authority(folder: Path, opened: Open) -> None:
    private = X25519PrivateKey.generate()
    with opened(folder, ADMINISTRATOR) as store:
        label = escrow.make(store, private.public_key().public_bytes_raw())
        assert label.startswith("age1") and peek(folder).escrow
        rotation.rotate(store)
    keys = keyring.read(folder).best
    found = escrow.open_escrow(keys, private)
    assert found.secret("ca_key") is None
    other = X25519PrivateKey.generate()
    assert refusal(lambda: escrow.open_escrow(keys, other)).code == "escrow.not_this"
    with recover_by_escrow(folder, private, ADMINISTRATOR, NEW, StepClock()) as store:
        assert store.session.trust == "pending" and store.parts.ca_key is None
        assert codes(store) == {"verify.ok_full"}
        assert peek(folder).escrow


def test_that_an_escrow_can_be_taken_away(folder: Path, opened: Open) -> None:
    private = X25519PrivateKey.generate()
    with opened(folder, ADMINISTRATOR) as store:
        escrow.make(store, private.public_key().public_bytes_raw())
        escrow.remove(store)
        told = [json.loads(r.payload or "{}") for r in store.rows(Kind.SYSTEM)]
    assert [t["act"] for t in told if t["act"].startswith("escrow")] == ["escrow.made", "escrow.removed"]
    assert refusal(lambda: escrow.open_escrow(keyring.read(folder).best, private)).code == "escrow.not_this"
