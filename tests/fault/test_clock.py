"""A clock that goes back, forward, to summer time or another zone in the middle of a visit: the order never changes."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.model.data import Change, Kind
from crf_desktop.settings import utc_text
from tests.fault.results import keep
from tests.fault.site import FIRST, NOTE, PASSWORD, SUBJECT

BEGIN = datetime(2030, 3, 31, 0, 30, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SLACK = timedelta(minutes=2)


class SetClock:
    """A clock that a test sets, in any zone, beside one that only runs; between two questions a second passes."""

    def __init__(self) -> None:
        self.moment, self.running = BEGIN, timedelta()

    def now(self) -> datetime:
        """The moment, in the zone in force."""
        self.wait(timedelta(seconds=1))
        return self.moment

    def boot(self) -> tuple[str, int]:
        """One start of the machine; nobody can set this one."""
        return "boot", self.running // timedelta(milliseconds=1)

    def wait(self, by: timedelta) -> None:
        """Time passes."""
        self.moment += by
        self.running += by

    def move(self, by: timedelta) -> None:
        """The person, or the time service, sets it."""
        self.moment += by

    def zone(self, minutes: int) -> None:
        """The machine is told that it is elsewhere, or that summer time has begun."""
        self.moment = self.moment.astimezone(timezone(timedelta(minutes=minutes)))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def study(place: Path, clock: SetClock) -> Iterator[Study]:
    opened = Study.open(place / FIRST, "inv", PASSWORD, clock=clock)
    yield opened
    opened.close()


def answer(study: Study, text: str) -> None:
    study.form(SUBJECT, "SE.W0", "F.DOSE").set("I.NOTE", text, reason="Read again.")


def told(study: Study, *acts: str) -> list[dict[str, str]]:
    """The rows about a clock that was changed."""
    rows = (json.loads(row.payload or "{}") for row in study.store.rows(Kind.SYSTEM))
    return [row for row in rows if row["act"] in (acts or ("clock_back", "clock_jump"))]


def history(study: Study) -> list[Change]:
    return study.store.history(NOTE)


MOVES: dict[str, tuple[Callable[[SetClock], object], int]] = {
    "back by years": (lambda c: c.move(-timedelta(days=3000)), 1),
    "back by an hour": (lambda c: c.move(-HOUR), 1),
    "back by three minutes": (lambda c: c.move(-3 * MINUTE), 1),
    "back by a minute, as a time service does": (lambda c: c.move(-MINUTE), 0),
    "forward by an hour": (lambda c: c.move(HOUR), 1),
    "forward by ten years": (lambda c: c.move(timedelta(days=3650)), 1),
    "a night in suspend": (lambda c: c.wait(9 * HOUR), 0),
    "summer time begins": (lambda c: c.zone(120), 0),
    "summer time ends: an hour comes twice": (lambda c: (c.zone(120), c.wait(2 * HOUR), c.zone(60))[-1], 0),
    "another zone, far to the west": (lambda c: c.zone(-480), 0),
    "another zone and back by a day": (lambda c: (c.zone(480), c.move(-24 * HOUR))[-1], 1),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.requirement("REQ-18")
def test_that_a_clock_moved_in_the_middle_of_a_visit_changes_no_order(
    study: Study, clock: SetClock, name: str
) -> None:
    move, expected = MOVES[name]
    answer(study, "before")
    visit = study.visit_date(SUBJECT, "SE.W0")
    before = clock.moment
    move(clock)
    answer(study, "after")
    answer(study, "at the end")
    assert [row.datum.value for row in history(study)] == ["before", "after", "at the end"]
    assert study.form(SUBJECT, "SE.W0", "F.DOSE").datum("I.NOTE").value == "at the end"
    assert study.visit_date(SUBJECT, "SE.W0") == visit
    events = told(study)
    assert len(events) == expected
    if expected:
        assert events[0]["before"][:16] == before.astimezone(UTC).isoformat()[:16]
        assert (events[0]["now"] < events[0]["before"]) is (events[0]["act"] == "clock_back")
    assert history(study)[-1].utc_offset_min == (clock.moment.utcoffset() or timedelta()) / MINUTE
    assert not [f for f in study.store.verify("full") if f.bad]
    acts = Counter(event["act"] for event in events)
    keep("clock", name, back=acts["clock_back"], jumps=acts["clock_jump"], bad=0)


@pytest.mark.parametrize(("hours", "act"), [(-24, "clock_back"), (24, "clock_jump")])
def test_that_a_clock_is_compared_over_a_restart(place: Path, clock: SetClock, hours: int, act: str) -> None:
    study = Study.open(place / FIRST, "inv", PASSWORD, clock=clock)
    answer(study, "before")
    study.close()
    clock.move(hours * HOUR)
    study = Study.open(place / FIRST, "inv", PASSWORD, clock=clock)
    assert [row["act"] for row in told(study)] == [act]
    answer(study, "after")
    assert [row.datum.value for row in history(study)] == ["before", "after"] and len(told(study)) == 1
    study.close()
    keep("clock", f"moved by {hours:+} h while the study was locked", back=hours < 0, jumps=hours > 0, bad=0)


class Expected:
    """What ought to be told of a walk, worked out beside the program: by which act, and when."""

    def __init__(self, clock: SetClock, last: str) -> None:
        self.clock, self.highest, self.since, self.acts = clock, last, clock.moment - clock.running, list[str]()

    def written(self) -> None:
        """Rows are about to be written, a second from now."""
        wall = self.clock.moment + timedelta(seconds=1)
        base = self.clock.moment - self.clock.running
        back = utc_text(wall + SLACK) < self.highest
        if back or abs(base - self.since) > SLACK:
            self.acts.append("clock_back" if back else "clock_jump")
            self.since = base
            self.highest = utc_text(wall) if back else max(self.highest, utc_text(wall))


def test_that_any_walk_of_the_clock_leaves_the_order_as_written(study: Study, clock: SetClock) -> None:
    answer(study, "first")
    chance, written = random.Random(8), ["first"]
    expected = Expected(clock, history(study)[-1].recorded_at)
    for n in range(60):
        clock.move(timedelta(seconds=chance.choice([-90000, -600, -30, 0, 5, 600, 90000])))
        clock.zone(chance.choice([-480, 0, 60, 120, 480, 765]))
        expected.written()
        answer(study, str(n))
        written.append(str(n))
        expected.highest = max(expected.highest, history(study)[-1].recorded_at)
    assert [row.datum.value for row in history(study)] == written
    rows = list(study.store.changes(study.store.origin))
    assert [row.seq for row in rows] == sorted(row.seq for row in rows)
    assert [row.lamport for row in rows] == sorted({row.lamport for row in rows})
    acts = [row["act"] for row in told(study)]
    assert acts == expected.acts and {"clock_back", "clock_jump"} == set(acts)
    assert not [f for f in study.store.verify("full") if f.bad]
    keep(
        "clock", "60 moves at random", back=acts.count("clock_back"), jumps=acts.count("clock_jump"), bad=0
    )  # fmt: skip
