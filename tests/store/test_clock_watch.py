"""A clock that goes back, or jumps against the time since the machine was started, is a row; the order stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crf_desktop.model.data import Change, Kind
from crf_desktop.store import Store
from crf_desktop.store.clock_watch import moves
from tests.store.builders import answer, item

BEGIN = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class TwoClocks:
    """What a laptop has: a clock that people set, and one that counts since it was started."""

    def __init__(self) -> None:
        self.wall, self.ms, self.name = BEGIN, 0, "first"

    def now(self) -> datetime:
        return self.wall

    def boot(self) -> tuple[str, int]:
        return self.name, self.ms

    def passes(self, time: timedelta) -> None:
        """Time passes, whether the laptop sleeps or not."""
        self.wall += time
        self.ms += time // timedelta(milliseconds=1)

    def is_set(self, by: timedelta) -> None:
        """Somebody sets the clock."""
        self.wall += by

    def restarts(self) -> None:
        """The machine is started anew."""
        self.name, self.ms = "second", 5_000


@pytest.fixture
def clock() -> TwoClocks:
    return TwoClocks()


@pytest.fixture
def store(folder: Path, opened: Callable[..., Store], clock: TwoClocks) -> Store:
    found = opened(folder, clock=clock)
    found.append([answer(item(), "before")])
    return found


def told(store: Store) -> list[Change]:
    acts = [row for row in store.rows(Kind.SYSTEM) if "clock" in (row.payload or "")]
    return [row for row in acts if json.loads(row.payload or "")["act"].startswith("clock_")]


@pytest.mark.requirement("REQ-18")
@pytest.mark.parametrize(
    ("act", "shift"),
    [
        ("clock_jump", 3 * HOUR + 12 * MINUTE),
        ("clock_jump", timedelta(days=3650)),
        ("clock_back", -HOUR),
        ("clock_back", timedelta(days=-3650)),
        ("clock_jump", 3 * MINUTE),
    ],
)
def test_that_a_clock_set_against_the_running_machine_is_a_row_that_says_by_how_much(
    store: Store, clock: TwoClocks, act: str, shift: timedelta
) -> None:
    clock.passes(10 * MINUTE if shift > timedelta() else MINUTE)
    clock.is_set(shift)
    store.append([answer(item(), "after")])
    [row] = told(store)
    assert json.loads(row.payload or "")["act"] == act
    [move] = moves([row])
    assert abs(move.shift - shift) < timedelta(seconds=1) and move.exact
    assert store.clock_moves == [move]
    assert [r.datum.value for r in store.history(item())] == ["before", "after"]
    assert store.verify("full")[-1].code == "verify.ok_full"


@pytest.mark.requirement("REQ-18")
def test_that_a_clock_set_back_by_less_than_has_passed_is_told_all_the_same(store: Store, clock: TwoClocks) -> None:
    clock.passes(HOUR)
    clock.is_set(-30 * MINUTE)  # it still shows more than with the row before
    store.append([answer(item(), "after")])
    [move] = store.clock_moves
    assert move.shift == -30 * MINUTE and move.now > move.before


@pytest.mark.requirement("REQ-17", "REQ-18")
@pytest.mark.parametrize("name", ["sleep", "summer time", "another zone", "a correction of a time service"])
def test_that_what_is_no_change_of_the_clock_makes_no_row(store: Store, clock: TwoClocks, name: str) -> None:
    clock.passes(9 * HOUR)
    if name == "summer time":
        clock.wall = clock.wall.astimezone(timezone(HOUR))
    if name == "another zone":
        clock.wall = clock.wall.astimezone(timezone(-9 * HOUR))
    if name == "a correction of a time service":
        clock.is_set(timedelta(seconds=-110))
    store.append([answer(item(), "after")])
    assert told(store) == [] and store.clock_moves == []


def test_that_small_changes_add_up_until_they_are_told(store: Store, clock: TwoClocks) -> None:
    for n in range(6):
        clock.passes(HOUR)
        clock.is_set(MINUTE)
        store.append([answer(item(), str(n))])
    assert [move.shift for move in moves(told(store))] == [3 * MINUTE, 3 * MINUTE]


def test_that_after_a_new_start_of_the_machine_only_a_clock_that_went_back_can_be_told(
    store: Store, clock: TwoClocks, folder: Path, opened: Callable[..., Store]
) -> None:
    store.close()
    clock.restarts()
    clock.is_set(5 * HOUR)
    again = opened(folder, clock=clock)
    assert told(again) == []
    again.close()
    clock.restarts()
    clock.name = "third"
    clock.is_set(-2 * HOUR)
    [move] = opened(folder, clock=clock).clock_moves
    assert not move.exact and -2 * HOUR <= move.shift < -HOUR


def test_that_a_jump_over_a_lock_is_told_at_the_next_unlocking(
    store: Store, clock: TwoClocks, folder: Path, opened: Callable[..., Store]
) -> None:
    store.close()
    clock.passes(HOUR)
    clock.is_set(3 * HOUR)
    [move] = opened(folder, clock=clock).clock_moves
    assert move.shift == 3 * HOUR


def test_that_a_change_that_could_not_be_written_is_written_with_the_next_rows(
    store: Store, clock: TwoClocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.passes(MINUTE)
    clock.is_set(HOUR)
    with monkeypatch.context() as patch:
        patch.setattr(store._log, "insert", lambda cells: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            store.append([answer(item(), "lost")])
    assert told(store) == []
    store.append([answer(item(), "kept")])
    assert len(told(store)) == 1


def test_that_a_row_about_the_clock_that_makes_no_sense_is_passed_over(store: Store, clock: TwoClocks) -> None:
    from attrs import evolve

    clock.is_set(HOUR)
    store.append([answer(item(), "after")])
    [row] = told(store)
    half, wrong = '{"act":"clock_jump","before":"x","now":"y"}', '{"act":"clock_back","before":1}'
    for payload in ('{"act":"clock_jump"}', half, wrong):
        assert moves([evolve(row, payload=payload)]) == []
