"""Two laptops against a plain dict: in whatever order rows arrive, state is the fold of the rows."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from crf_desktop.model.data import Change, Datum, Kind
from crf_desktop.store import Store, unlock
from tests.store.builders import PASSWORD, StepClock, answer, codes, form_row, item, query, signature, state

PATHS = [item(name=name, form=form) for name in ("A", "B") for form in ("F.X", "F.Y")]
VALUES = st.sampled_from(["0", "1", "2.50", "UNK", None, "é", "e\u0301"])


class Laptops(RuleBasedStateMachine):
    """Rows of both are also kept in a dict: path → the greatest row."""

    sources: ClassVar[tuple[Path, Path]]

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        folders = [Path(shutil.copytree(s, self.place / s.name)) for s in self.sources]
        self.stores: list[Store] = [unlock(f, "investigator", PASSWORD, StepClock()) for f in folders]
        self.model: list[dict[Any, Change]] = [{}, {}]
        self.asked: list[dict[Any, Change]] = [{}, {}]

    def note(self, at: int, changes: list[Change]) -> None:
        for change in changes:
            if change.kind is Kind.ITEM and change.entry_pass == 1:
                held = self.model[at].get(change.path)
                if held is None or change.order > held.order:
                    self.model[at][change.path] = change
            if change.kind is Kind.ANNOTATION:
                name = json.loads(change.payload or "").get("query", f"{change.origin}.{change.seq}")
                told = self.asked[at].setdefault((change.path.form_path, name), change)
                self.asked[at][change.path.form_path, name] = max(told, change, key=lambda c: c.order)

    @rule(
        at=st.sampled_from([0, 1]), path=st.sampled_from(PATHS), value=VALUES, entry_pass=st.sampled_from([1, 1, 2])
    )
    def write(self, at: int, path: Any, value: str | None, entry_pass: Any) -> None:
        row = self.stores[at].at(path)
        entry = answer(path, value, row and (row.origin, row.seq), entry_pass=entry_pass)
        self.note(at, self.stores[at].append([entry]))

    @rule(at=st.sampled_from([0, 1]), path=st.sampled_from(PATHS), status=st.sampled_from(["complete", "open"]))
    def complete(self, at: int, path: Any, status: str) -> None:
        self.stores[at].append([form_row(path, status)])

    @rule(at=st.sampled_from([0, 1]), path=st.sampled_from(PATHS))
    def sign(self, at: int, path: Any) -> None:
        self.stores[at].append([signature(path)])

    @rule(
        at=st.sampled_from([0, 1]), path=st.sampled_from(PATHS), word=st.sampled_from(["", "Answered", "Resolved"])
    )
    def ask(self, at: int, path: Any, word: str) -> None:
        asked = self.stores[at].queries(path.form_path)
        more = query(path, word, f"{asked[0].origin}.{asked[0].seq}") if word and asked else query(path, "Answered")
        self.note(at, self.stores[at].append([more]))

    @rule(to=st.sampled_from([0, 1]), some=st.integers(1, 8))
    def send(self, to: int, some: int) -> None:
        sender, receiver = self.stores[1 - to], self.stores[to]
        have = receiver.heads().get(sender.origin, (0, b""))[0]
        rows = list(sender.changes(sender.origin, max(0, have - 1), have + some))
        received = receiver.receive(rows, {})
        self.note(to, rows)
        assert received.added == sum(row.seq > have for row in rows)

    @invariant()
    def state_is_the_fold(self) -> None:
        parts = (getattr(self, name, ()) for name in ("stores", "model", "asked"))
        for store, model, asked in zip(*parts, strict=True):
            found = {p: store.at(p) for p in PATHS}
            assert {p: r.datum for p, r in found.items() if r} == {p: c.datum for p, c in model.items()}
            for path in PATHS:
                head = store.form_head(path.form_path)
                told = [c.payload or "" for (form, _), c in asked.items() if form == path.form_path]
                assert (head.n_open_query if head else 0) == sum("Resolved" not in text for text in told)
                mine = [c.datum for p, c in model.items() if p.form_path == path.form_path]
                if head is not None:
                    assert head.n_value == sum(d.value is not None for d in mine)
                    assert head.n_null == sum(d.null_flavor is not None for d in mine)

    def teardown(self) -> None:
        if not hasattr(self, "stores"):
            return
        for to in (0, 1):
            sender = self.stores[1 - to]
            self.stores[to].receive(list(sender.changes(sender.origin)), {})
        assert state(self.stores[0], ()) == state(self.stores[1], ())
        for store in self.stores:
            assert codes(store) == {"verify.ok_full"}
            assert all(row is None or row.datum != Datum("e\u0301") for row in map(store.at, PATHS))
            store.close()
        shutil.rmtree(self.place)


@pytest.mark.requirement("REQ-11", "REQ-12")
def test_that_any_order_of_rows_gives_the_same_state(made_pair: tuple[Path, Path]) -> None:
    Laptops.sources = made_pair
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Laptops,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


@pytest.mark.full
def test_that_any_order_of_many_rows_gives_the_same_state(made_pair: tuple[Path, Path]) -> None:
    Laptops.sources = made_pair
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Laptops,
        settings=settings(
            max_examples=150,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
