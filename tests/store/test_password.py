"""Passwords: which are taken, what checking one costs, how they are changed, and what follows a wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model.data import Kind
from crf_desktop.store import NewPerson, NewStudy, Store, attempts, create, keyring, own_password, stretch, unlock
from crf_desktop.store.keyring import COPIES
from crf_desktop.store.own_password import change_password
from crf_desktop.store.password import judge
from crf_desktop.store.password_age import age, set_age
from crf_desktop.store.people import act_of
from tests.store.builders import ADMINISTRATOR, PASSWORD, StepClock, codes

Open = Callable[..., Store]
NEW = "seven quiet herons over the reed"
WORDS = ("ada", "Ada Lovelace", "Ada", "Lovelace", "ST.PJS", "01")

REFUSED = {
    "": "password.short", "fourteen chars": "password.short", "Summer2026!": "password.short",
    "Ada Lovelace 2026": "password.names", "lovelace lovelace ada": "password.repeats",
    "aaaaaaaaaaaaaaaaaaaaaaaaa": "password.repeats", "passwordpassword1": "password.repeats",
    "iloveyou iloveyou": "password.repeats", "x" * 200: "password.repeats",
    "abcdefghijklmnopqrst": "password.sequence", "x" * 1001: "password.long",
}  # fmt: skip


@pytest.mark.requirement("REQ-05")
@pytest.mark.parametrize("password", REFUSED, ids=range(len(REFUSED)))
def test_that_a_password_somebody_would_try_is_refused_with_a_sentence_that_helps(password: str) -> None:
    problem = judge(password, WORDS).problem
    assert problem is not None and problem.code == REFUSED[password]
    for language in ("en", "zh"):
        assert all(problem.sentences(language))  # type: ignore[arg-type]


@pytest.mark.requirement("REQ-05")
@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "no capitals no digits no signs", "今天天气很好我们去公园散步吧好不好",
     " ".join(f"{n * 7919 % 100003:x}" for n in range(40)), "Ärger über fünf größere Öfen"],
)  # fmt: skip
def test_that_long_passwords_of_any_script_are_taken_without_rules(tmp_path: Path, password: str) -> None:
    assert judge(password, WORDS).problem is None
    create(tmp_path / "a.crf", NewStudy("S.A", "01", b"{}", (NewPerson("adm", "A", "administrator", password),)))
    unlock(tmp_path / "a.crf", "adm", password).close()


def test_that_a_study_is_not_made_with_a_poor_password(tmp_path: Path) -> None:
    with pytest.raises(Refused) as raised:
        create(tmp_path / "a.crf", NewStudy("S.A", "01", b"{}", (NewPerson("adm", "A", "administrator", "short"),)))
    assert raised.value.code == "password.short" and not (tmp_path / "a.crf").exists()


@pytest.mark.requirement("REQ-05")
def test_that_one_changes_ones_own_password_and_keeps_ones_keys(folder: Path, opened: Open) -> None:
    store = opened(folder)
    key, box = store.session.key_id, store.parts.keys.slot_of("investigator").public
    for old, new, code in (
        ("wrong", NEW, "keys.wrong_password"), (PASSWORD, PASSWORD, "password.same"), (PASSWORD, "x", "password.short"),
    ):  # fmt: skip
        with pytest.raises(Refused) as raised:
            change_password(store, old, new)
        assert raised.value.code == code
        store.parts.author.clock.now()
    change_password(store, PASSWORD, NEW)
    assert store.signing_key("investigator", NEW)
    told = [act_of(row) for row in store.rows(Kind.USER)]
    assert told.count("password.changed") == 1 and told.count("failed_log_in") == 1
    store.close()
    with unlock(folder, "investigator", NEW, StepClock()) as store:
        assert store.session.key_id == key and store.parts.keys.slot_of("investigator").public == box
        assert codes(store) == {"verify.ok_full"}
    with pytest.raises(EnvironmentProblem):
        unlock(folder, "investigator", PASSWORD, StepClock())


def test_that_a_changed_password_cut_off_leaves_the_old_or_the_new(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        pass

    whole = keyring.write
    for copies, password in ((0, PASSWORD), (1, NEW), (2, PASSWORD)):
        store = unlock(folder, "investigator", PASSWORD if copies < 2 else NEW, StepClock())

        def cut(where: Path, keys: keyring.KeyFile, n: int = copies) -> None:
            whole(where, keys, COPIES[:n])
            raise Cut

        with monkeypatch.context() as patch:
            patch.setattr(keyring, "write", cut)
            with pytest.raises(Cut):
                change_password(store, PASSWORD if copies < 2 else NEW, NEW if copies < 2 else PASSWORD)
        store.close()
        with unlock(folder, "investigator", password, StepClock()) as again:
            assert codes(again) <= {"verify.ok_full", "verify.keys_copy"}


# --- after a wrong one


def failed(folder: Path, clock: StepClock, password: str = "wrong") -> Explained:
    with pytest.raises(Explained) as raised:
        unlock(folder, "investigator", password, clock)
    return raised.value


@pytest.mark.requirement("REQ-10")
def test_that_each_failure_makes_the_next_attempt_wait_longer_and_ten_block_for_an_hour(folder: Path) -> None:
    clock = StepClock()
    for n in range(1, 10):
        assert failed(folder, clock).code == "keys.wrong_password"
        early = failed(folder, clock, PASSWORD) if n > 2 else None
        assert early is None or early.code == "keys.wait"
        clock.moment += timedelta(seconds=min(2 ** (n - 1), 60))
    assert failed(folder, clock).code == "keys.wrong_password"
    clock.moment += timedelta(minutes=30)
    blocked = failed(folder, clock, PASSWORD)
    assert blocked.code == "keys.blocked" and 25 <= int(str(blocked.context["minutes"])) <= 30
    unlock(folder, "coordinator", PASSWORD, clock).close()
    assert failed(folder, clock, PASSWORD).code == "keys.blocked"
    clock.moment += timedelta(minutes=31)
    with unlock(folder, "investigator", PASSWORD, clock) as store:
        told = [act_of(row) for row in store.rows(Kind.USER)]
        assert told.count("failed_log_in") == 10
    unlock(folder, "investigator", PASSWORD, clock).close()
    assert attempts.failures(folder) == {}


@pytest.mark.requirement("REQ-10")
def test_that_a_block_can_be_lifted_and_destroys_no_slot(folder: Path) -> None:
    clock, before = StepClock(), (folder / COPIES[0]).read_bytes()
    for _ in range(10):
        attempts.note(folder, "2026-11-22T08:00:00.000Z", 1)
    assert failed(folder, clock, PASSWORD).code == "keys.blocked"
    assert (folder / COPIES[0]).read_bytes() == before
    with unlock(folder, ADMINISTRATOR, PASSWORD, clock):
        attempts.lift(folder, 1)
    unlock(folder, "investigator", PASSWORD, clock).close()


def test_that_a_clock_put_right_by_years_shuts_nobody_out(folder: Path) -> None:
    attempts.note(folder, "2036-11-22T08:00:00.000Z", 1)
    unlock(folder, "investigator", PASSWORD, StepClock()).close()


def test_that_the_file_of_attempts_holds_times_and_slots_alone(folder: Path) -> None:
    failed(folder, StepClock(), "a mistyped pass phrase")
    with pytest.raises(EnvironmentProblem):
        unlock(folder, "somebody else", "x", StepClock())
    lines = (folder / attempts.NAME).read_text("ascii").splitlines()
    assert [line.split()[1] for line in lines] == ["1", "0"] and "somebody" not in "".join(lines)


# --- what checking one costs


@pytest.mark.requirement("REQ-05")
def test_that_the_cost_is_measured_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRF_KEY_COST")
    for rate, memory in ((1e-6, 512), (2e-6, 256), (6e-6, 64), (2e-5, 64), (1e-8, 512)):
        now = [0.0]

        def pay(_: str, cost: stretch.Cost, rate: float = rate, now: list[float] = now) -> bytearray:
            now[0] += cost.work() * rate if rate > 5e-7 else cost.work() * rate / 8
            return bytearray(32)

        monkeypatch.setattr(stretch, "stretch", pay)
        monkeypatch.setattr(stretch, "perf_counter", lambda now=now: now[0])
        stretch._measured.cache_clear()
        cost = stretch.calibrated()
        cost.require_allowed()
        took = cost.work() * rate if rate > 5e-7 else cost.work() * rate / 8
        assert cost.memory_kib in (memory * 1024, 512 * 1024) or took <= 1.0
        assert 0.5 <= took <= 1.0 or cost.memory_kib in (64 * 1024, 512 * 1024)
    stretch._measured.cache_clear()


@pytest.mark.requirement("REQ-05")
def test_that_a_cheap_slot_is_made_dearer_at_the_next_log_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_password, "calibrated", lambda: evolve(stretch.floor(), time=5))
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        cost = store.parts.keys.slot_of("investigator").cost
        assert cost is not None and cost.time == 5
        other = store.parts.keys.slot_of("monitor").cost
        assert other is not None and other.time == 3
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        assert codes(store) == {"verify.ok_full"} and store.signing_key("investigator", PASSWORD)
        done = [json.loads(r.payload or "{}") for r in store.rows(Kind.SYSTEM) if act_of(r) == "keys.done"]
        assert len(done) == 2


def test_that_a_demonstration_stays_quick(folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(folder) as store:
        store.set_setting(own_password.KEEP_COST, "floor")
    monkeypatch.setattr(own_password, "calibrated", lambda: evolve(stretch.floor(), time=5))
    with opened(folder) as store:
        cost = store.parts.keys.slot_of("investigator").cost
        assert cost is not None and cost.time == 3


@pytest.mark.requirement("REQ-05")
def test_that_a_demonstration_is_made_at_the_floor_and_says_so_to_later_log_ins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.store import account

    for module in (own_password, account):
        monkeypatch.setattr(module, "calibrated", lambda: evolve(stretch.floor(), time=5))
    person = (NewPerson("adm", "A", "administrator", PASSWORD),)
    for demonstration, passes in ((True, 3), (False, 5)):
        folder = tmp_path / f"{passes}.crf"
        create(folder, NewStudy("S.A", "01", b"{}", person, demonstration))
        for _ in range(2):
            with unlock(folder, "adm", PASSWORD) as store:
                cost = store.parts.keys.slot_of("adm").cost
                assert cost is not None and cost.time == passes


# --- a site's own rule


def test_that_a_site_may_ask_for_a_change_from_time_to_time_and_none_is_asked_without(
    folder: Path, opened: Open
) -> None:
    with opened(folder) as store:
        assert not age(store).due and age(store).days == 0
        with pytest.raises(Refused):
            set_age(store, 90, "the sponsor asks for it")
    with opened(folder, ADMINISTRATOR) as store:
        with pytest.raises(Refused) as raised:
            set_age(store, 4000, "x")
        assert raised.value.code == "password.age"
        set_age(store, 90, "the sponsor asks for it")
    clock = StepClock()
    clock.moment += timedelta(days=80)
    with opened(folder, clock=clock) as store:
        assert age(store).soon and not age(store).due and age(store).left == 10
        clock.moment += timedelta(days=10)
        assert age(store).due
        change_password(store, PASSWORD, NEW)
        assert not age(store).soon and age(store).left == 90
