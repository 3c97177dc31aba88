"""Queries as people work with them: who may do what when, and what the log then says."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from crf_desktop.capture import query as asking
from crf_desktop.capture.entry import SoftProblem
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import Query, QueryAct, QuerySource, QueryState
from tests.capture.asking import DOSE, PASSWORD, ROLE_OF, WEIGHT, Room, make, room

FORM = WEIGHT.form_path
ACTS: dict[str, Callable[..., Query]] = {
    "answer": asking.answer, "close": asking.close, "cancel": asking.cancel, "reopen": asking.reopen,
}  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("asking") / "study.crf")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "study.crf"))


@pytest.fixture
def at(folder: Path) -> Iterator[Room]:
    with room(folder) as opened:
        yield opened


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def counted(at: Room) -> int:
    return at.study.store.count_states()["queries"]


@pytest.mark.requirement("REQ-35")
def test_that_a_query_is_raised_answered_asked_again_and_closed(at: Room) -> None:
    query = asking.raise_query(at.as_("mon"), WEIGHT, "  30.0 or 13.0?  ")
    assert (query.state, query.source, query.path, counted(at)) == (QueryState.OPEN, QuerySource.MANUAL, WEIGHT, 1)
    query = asking.answer(at.as_("crc"), query, "30.0: the sheet says so.")
    assert query.state is QueryState.ANSWERED and counted(at) == 1
    query = asking.reopen(at.as_("dat"), query, "Which sheet?")
    query = asking.answer(at.as_("inv"), query, "That of the ward.")
    query = asking.close(at.as_("mon"), query)
    assert query.state is QueryState.CLOSED and counted(at) == 0
    told = [(t.change.role, t.act.value, t.text) for t in query.told]
    assert told == [
        ("monitor", "raise", "30.0 or 13.0?"),
        ("coordinator", "answer", "30.0: the sheet says so."),
        ("data_manager", "reopen", "Which sheet?"),
        ("investigator", "answer", "That of the ward."),
        ("monitor", "close", ""),
    ]
    rows = at.study.store.queries()
    assert [json.loads(r.payload or "")["state"] for r in rows] == ["Open", "Answered", "Open", "Answered", "Closed"]
    assert [r.based_on for r in rows[1:]] == [(r.origin, r.seq) for r in rows[:-1]]
    assert {f.code for f in at.study.store.verify("full")} == {"verify.ok_full"}


@pytest.mark.requirement("REQ-03", "REQ-35")
@pytest.mark.parametrize("user", ["inv", "crc", "adm"])
def test_that_the_site_and_the_administrator_raise_nothing(at: Room, user: str) -> None:
    before = at.study.store.head()
    assert not asking.may_raise(at.as_(user))
    assert code(lambda: asking.raise_query(at.as_(user), WEIGHT, "Why?")) == "access.no_right"
    assert at.study.store.head() == before


@pytest.mark.requirement("REQ-03", "REQ-35")
@pytest.mark.parametrize(("user", "act"), list(product(ROLE_OF, ACTS)))
def test_that_each_role_does_its_own_acts_and_is_refused_the_others(at: Room, user: str, act: str) -> None:
    query = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
    if act == "reopen":
        query = asking.answer(at.as_("inv"), query, "Yes.")
    allowed = user in (("inv", "crc") if act == "answer" else ("mon", "dat"))
    assert (QueryAct(act) in asking.acts(at.as_(user), query)) is allowed
    if allowed:
        assert ACTS[act](at.as_(user), query, "So.").told[-1].act.value == act
    else:
        assert code(lambda: ACTS[act](at.as_(user), query, "So.")) == "access.no_right"


@pytest.mark.requirement("REQ-35")
def test_that_what_is_asked_answered_or_taken_back_needs_words_and_closing_none(at: Room) -> None:
    assert code(lambda: asking.raise_query(at.as_("mon"), WEIGHT, " \n ")) == "query.text_needed"
    query = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
    assert code(lambda: asking.answer(at.as_("inv"), query, "")) == "query.text_needed"
    assert code(lambda: asking.cancel(at.as_("mon"), query, "")) == "query.text_needed"
    closed = asking.close(at.as_("mon"), query)
    assert code(lambda: asking.reopen(at.as_("mon"), closed, "")) == "query.text_needed"


def test_that_an_act_meets_the_query_as_it_stands_now_not_as_it_was_shown(at: Room) -> None:
    shown = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
    asking.close(at.as_("dat"), shown)
    assert code(lambda: asking.answer(at.as_("inv"), shown, "Yes.")) == "query.state"
    assert code(lambda: asking.close(at.as_("mon"), shown)) == "query.state"
    cancelled = asking.cancel(at.as_("mon"), asking.reopen(at.as_("mon"), shown, "Once more."), "By mistake.")
    assert asking.acts(at.as_("mon"), cancelled) == []
    assert code(lambda: asking.reopen(at.as_("mon"), cancelled, "No.")) == "query.state"


def test_that_nobody_asks_about_a_place_the_study_does_not_have(at: Room) -> None:
    study = at.as_("mon")
    for path in (
        ItemPath.of("01-001", "SE.W0", "F.NONE"),
        ItemPath.of("01-001", "SE.W0", "F.DEMO"),
        ItemPath.of("01-001", "SE.NONE", "F.DOSE"),
        ItemPath.of("01-001", "SE.W0", "F.DOSE").at("IG.DEMO", "I.SEX"),
        ItemPath.of("01-001", "SE.W0"),
    ):
        assert code(lambda p=path: asking.raise_query(study, p, "Why?")) == "query.no_place"


def test_that_open_queries_come_first_and_the_oldest_of_them_at_the_top(at: Room) -> None:
    mon = at.as_("mon")
    first, second, third, fourth = (asking.raise_query(mon, p, p.item or "form") for p in (WEIGHT, DOSE, FORM, DOSE))
    asking.close(mon, second)
    asking.close(mon, first)
    names = [q.name for q in asking.queries(mon)]
    assert names == [third.name, fourth.name, first.name, second.name]
    assert [q.name for q in asking.queries(mon, DOSE)] == [fourth.name, second.name]
    assert [q.name for q in asking.queries(mon, ItemPath("01-001"))] == names
    assert asking.queries(mon, ItemPath("01-002")) == []
    assert asking.open_counts(mon.form("01-001", "SE.W0", "F.DOSE")) == {"": 1, "I.DOSE": 1}


def test_that_forms_which_repeat_have_their_own_queries(at: Room) -> None:
    study = at.as_("mon")
    first, second = (ItemPath.of("01-001", "SE.LOG", f"F.AE#{n}").at("IG.AE", "I.AE.TERM") for n in (1, 2))
    asking.raise_query(study, first, "Since when?")
    assert asking.queries(study, second.form_path) == [] and len(asking.queries(study, first.form_path)) == 1
    assert asking.open_counts(study.form("01-001", "SE.LOG", "F.AE#1")) == {"I.AE.TERM": 1}
    assert asking.open_counts(study.form("01-001", "SE.LOG", "F.AE#2")) == {}


def test_that_the_whole_study_is_read_along_the_index_of_queries_alone(at: Room) -> None:
    from crf_desktop.store import log

    for select, where in ((log._QUERIES, ""), (log._QUERIES, " AND subject = 'x' AND event = 'y' AND form = 'z'")):
        plan = [row[3] for row in at.study.store._database.all(f"EXPLAIN QUERY PLAN {select}{where}")]
        assert any("change_asked" in step for step in plan), plan
        assert not any(step.startswith("SCAN") and "change_asked" not in step for step in plan), plan
    ticks = f"EXPLAIN QUERY PLAN {log._VERIFICATIONS} AND subject = 'x'"
    assert "change_small" in at.study.store._database.all(ticks)[0][3]


def test_that_days_are_counted_until_today_or_until_it_was_done(folder: Path) -> None:
    clock = DemoClock(datetime(2031, 5, 6, 9, 0, tzinfo=SITE_ZONE))
    with room(folder, clock) as at:
        query = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
        assert asking.days_open(at.study, query) == 0
        clock.set(clock.now() + timedelta(days=6))
        assert asking.days_open(at.study, query) == 6
        closed = asking.close(at.as_("mon"), query)
        clock.set(clock.now() + timedelta(days=30))
        assert asking.days_open(at.study, closed) == 6


def test_that_what_waits_for_a_person_is_what_they_may_move(at: Room) -> None:
    first = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
    second = asking.raise_query(at.as_("mon"), DOSE, "Right?")
    asking.answer(at.as_("inv"), second, "Yes.")
    every = asking.queries(at.study)
    waiting = {user: [q.name for q in asking.waiting_for(at.as_(user), every)] for user in ROLE_OF}
    assert waiting["inv"] == waiting["crc"] == [first.name]
    assert waiting["mon"] == waiting["dat"] == [second.name] and waiting["adm"] == []


# ---- a check that is overridden


@pytest.mark.requirement("REQ-30", "REQ-35")
def test_that_overriding_a_check_is_a_query_that_its_reason_answers(at: Room) -> None:
    entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
    row = entry.add_row("IG.STEP")
    entry.set(f"I.STEP.MINUTE#{row}", "10")
    with pytest.raises(SoftProblem):
        entry.set(f"I.STEP.RATE#{row}", "500")
    assert counted(at) == 0
    entry.set(f"I.STEP.RATE#{row}", "500", override="The pump allows it.")
    [query] = asking.queries(at.study)
    assert (query.source, query.state) == (QuerySource.CHECK, QueryState.ANSWERED)
    assert query.path.item_address == "I.STEP.RATE#1"
    assert query.checks == {"EC.STEP.001"} and query.told[0].text == "The pump allows it."
    value = entry.history(f"I.STEP.RATE#{row}")[0]
    assert query.told[0].change.recorded_at == value.recorded_at and query.told[0].change.seq == value.seq + 1
    assert entry.head is not None and entry.head.n_open_query == 1
    assert asking.close(at.as_("mon"), query).state is QueryState.CLOSED and counted(at) == 0


def test_that_overriding_the_same_check_again_goes_on_in_the_query_that_waits(at: Room) -> None:
    entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
    row = entry.add_row("IG.STEP")
    entry.set(f"I.STEP.RATE#{row}", "500", override="The pump allows it.")
    entry.set(f"I.STEP.RATE#{row}", "400")
    entry.set(f"I.STEP.RATE#{row}", "550", override="And this.")
    [query] = asking.queries(at.study)
    assert [t.text for t in query.told] == ["The pump allows it.", "And this."]
    asking.close(at.as_("mon"), query)
    entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
    entry.set(f"I.STEP.RATE#{row}", "400", reason="Misread")
    entry.set(f"I.STEP.RATE#{row}", "560", reason="Read again", override="Once more.")
    assert [q.state.value for q in asking.queries(at.study)] == ["Answered", "Closed"]


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_changes_no_data_not_even_with_a_reason(at: Room) -> None:
    query = asking.raise_query(at.as_("mon"), WEIGHT, "Right?")
    before = at.study.store.at(WEIGHT)
    entry = at.as_("mon").form("01-001", "SE.W0", "F.DOSE")
    for act in (
        lambda: entry.set("I.WEIGHT", "31.0", reason="Because"),
        lambda: entry.set_missing("I.WEIGHT", "UNK", reason="Because"),
        lambda: entry.clear("I.WEIGHT", reason="Because"),
        lambda: entry.complete(),
        lambda: at.study.enrol(),
        lambda: at.study.start_event("01-001", "SE.D2", at.study.today()),
    ):
        assert code(act) == "access.no_right"
    assert at.study.store.at(WEIGHT) == before and asking.present(at.study, query).state is QueryState.OPEN


def test_that_a_file_that_cannot_be_written_takes_no_query(folder: Path) -> None:
    study = Study.open(folder, "mon", PASSWORD, read_only=True)
    assert not asking.may_raise(study)
    with pytest.raises(EnvironmentProblem):
        asking.raise_query(study, WEIGHT, "Right?")
    study.close()


# ---- everybody at once, against a plain dict

PLACES = {"weight": WEIGHT, "dose": DOSE, "form": FORM}


class Asking(RuleBasedStateMachine):
    """Name of a query → its place and state, kept in a plain dict beside the log."""

    source: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.at = Room(Path(shutil.copytree(self.source, self.place / "study.crf")))
        self.model: dict[str, tuple[str, str]] = {}

    @rule(user=st.sampled_from(sorted(ROLE_OF)), place=st.sampled_from(sorted(PLACES)))
    def ask(self, user: str, place: str) -> None:
        try:
            query = asking.raise_query(self.at.as_(user), PLACES[place], "Right?")
        except Refused as no:
            assert no.code == "access.no_right" and user not in ("mon", "dat")
        else:
            assert user in ("mon", "dat")
            self.model[query.name] = (place, "Open")

    @rule(user=st.sampled_from(sorted(ROLE_OF)), act=st.sampled_from(sorted(ACTS)), which=st.integers(0, 9))
    def move(self, user: str, act: str, which: int) -> None:
        if not self.model:
            return
        name = sorted(self.model)[which % len(self.model)]
        place, state = self.model[name]
        query = next(q for q in asking.queries(self.at.study) if q.name == name)
        after = {
            "answer": ("Answered", user in ("inv", "crc") and state in ("Open", "Answered")),
            "close": ("Closed", user in ("mon", "dat") and state in ("Open", "Answered")),
            "cancel": ("Cancelled", user in ("mon", "dat") and state in ("Open", "Answered")),
            "reopen": ("Open", user in ("mon", "dat") and state in ("Answered", "Closed")),
        }[act]
        try:
            ACTS[act](self.at.as_(user), query, "So.")
        except Refused as no:
            assert no.code in ("access.no_right", "query.state") and not after[1]
        else:
            assert after[1]
            self.model[name] = (place, after[0])

    @invariant()
    def the_log_says_the_same(self) -> None:
        if not hasattr(self, "at"):
            return
        found = asking.queries(self.at.study)
        assert {q.name: q.state.value for q in found} == {n: s for n, (_, s) in self.model.items()}
        waiting = [place for place, state in self.model.values() if state in ("Open", "Answered")]
        assert counted(self.at) == len(waiting)
        entry = self.at.study.form("01-001", "SE.W0", "F.DOSE")
        addresses = {name: PLACES[name].item_address for name in PLACES}
        expected = {addresses[name]: waiting.count(name) for name in PLACES if name in waiting}
        assert asking.open_counts(entry) == expected

    def teardown(self) -> None:
        if hasattr(self, "at"):
            assert {f.code for f in self.at.study.store.verify("full")} == {"verify.ok_full"}
            self.at.study.close()
            shutil.rmtree(self.place)


def machine(folder: Path, examples: int, steps: int) -> None:
    Asking.source = folder
    checks = list(HealthCheck)
    told = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks, database=None
    )
    run_state_machine_as_test(Asking, settings=told)  # type: ignore[no-untyped-call]


@pytest.mark.requirement("REQ-35")
def test_that_whatever_people_do_the_log_agrees_with_a_plain_dict(made: Path) -> None:
    machine(made, 4, 25)


@pytest.mark.full
def test_that_the_log_agrees_with_a_plain_dict_for_long(made: Path) -> None:
    machine(made, 40, 60)


# ---- a killed process

CHILD = """
import sys
from pathlib import Path
from crf_desktop.capture.study import Study
study = Study.open(Path(sys.argv[1]), "inv", sys.argv[2])
entry = study.form("01-001", "SE.W0", "F.DOSE")
row = entry.add_row("IG.STEP")
for rate in range(401, 10000):
    entry.set(f"I.STEP.RATE#{row}", "300")
    entry.set(f"I.STEP.RATE#{row}", str(rate), override=f"Reason {rate}")
    print(rate, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX notion")
@pytest.mark.requirement("REQ-19", "REQ-35")
def test_that_a_killed_process_leaves_no_value_without_its_query_nor_a_query_without_its_value(folder: Path) -> None:
    arguments = [sys.executable, "-c", CHILD, str(folder), PASSWORD]
    with subprocess.Popen(arguments, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip()]
        time.sleep(0.2)
        child.send_signal(signal.SIGKILL)
        acknowledged += child.stdout.read().split()
    study = Study.open(folder, "inv", PASSWORD)
    history = study.store.history(WEIGHT.at("IG.STEP", "I.STEP.RATE", "1"))
    rates = [row.datum.value for row in history if row.kind is Kind.ITEM and row.datum.value != "300"]
    [query] = asking.queries(study)
    assert [t.text for t in query.told] == [f"Reason {rate}" for rate in rates]
    assert rates[: len(acknowledged)] == acknowledged and len(rates) - len(acknowledged) <= 1
    assert {f.severity for f in study.store.verify("full")} <= {"ok", "note"}
    study.close()
