"""Whatever the order in which bundles arrive, and however often, the receiver ends in the same state."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crf_desktop.errors import Refused
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.store import Store
from tests.exchange.site import answer, begin, change, current_state, opened, sent, trail

PGA, ESR = "I.PGA.ACTIVITY", "I.LAB.ESR"


@pytest.fixture(scope="module")
def traffic(trusted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six bundles for laptop C: whole logs and increments of A and B, who edited the same answers without knowing."""
    place = tmp_path_factory.mktemp("traffic")
    for name in ("a.crf", "b.crf", "c.crf"):
        shutil.copytree(trusted / name, place / name)
    with opened(place / "a.crf", "inv") as a, opened(place / "b.crf") as b, opened(place / "c.crf", "nurse") as c:
        begin(a)
        a.append([answer(PGA, "40"), answer(ESR, "12")])
        sent(a, c, place / "1.bundle")
        merge_bundle(b, sent(a, b, place / "seed"))
        after = {origin: seq for origin, (seq, _) in b.heads().items()}
        change(b, PGA, "41")
        change(b, ESR, "UNK")
        sent(b, c, place / "2.bundle", after=after)
        begin(b, "01-201")
        b.append([answer(PGA, "3", "01-201")])
        sent(b, c, place / "3.bundle")
        after = {origin: seq for origin, (seq, _) in a.heads().items()}
        change(a, PGA, "42")
        change(a, PGA, "43")
        sent(a, c, place / "4.bundle", after=after)
        merge_bundle(a, sent(b, a, place / "meet"))
        change(a, PGA, "44", "01-201")
        sent(a, c, place / "5.bundle")
        begin(c, "01-401")
        change(c, PGA, "9", "01-401")
        sent(b, c, place / "6.bundle")
    return place


def merged(folder: Path, order: Sequence[int]) -> tuple[list[object], list[object], int]:
    """State and trail of a fresh copy of C after the bundles in that order; those with a gap are tried again later."""
    with opened(folder, "nurse") as store:
        waiting, refusals = [*order], 0
        while waiting:
            number = waiting.pop(0)
            try:
                merge_bundle(store, folder.parent.parent / f"{number}.bundle")
            except Refused as problem:
                assert problem.code == "bundle.gap"
                waiting.append(number)
                refusals += 1
                assert refusals < 100
        return state_of(store)


def state_of(store: Store) -> tuple[list[object], list[object], int]:
    queries = store.count_states()["queries"]
    return current_state(store), list(trail(store)), queries


@settings(max_examples=12)
@given(st.permutations([1, 2, 3, 4, 5, 6]), st.lists(st.integers(1, 6), max_size=3))
def test_that_any_order_and_any_repetition_gives_the_same_state(
    traffic: Path, order: list[int], again: list[int]
) -> None:
    known = traffic / "expected"
    if not known.exists():
        shutil.copytree(traffic / "c.crf", known / "c.crf")
        STATE.append(merged(known / "c.crf", [1, 2, 3, 4, 5, 6]))
    place = traffic / "run"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(traffic / "c.crf", place / "c.crf")
    assert merged(place / "c.crf", [*order, *again]) == STATE[0]


STATE: list[tuple[list[object], list[object], int]] = []


def test_that_nothing_anybody_entered_is_lost(traffic: Path) -> None:
    folder = traffic / "lost" / "c.crf"
    shutil.copytree(traffic / "c.crf", folder)
    _, rows, _ = merged(folder, [1, 2, 3, 4, 5, 6])
    values = {row.datum.value for row in rows}  # type: ignore[attr-defined]
    assert {"40", "41", "42", "43", "44", "12", "3", "9", "01-401"} <= values
