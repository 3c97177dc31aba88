"""EIO, ENOSPC and short writes at the n-th call, n = 1 … all: nothing lost, it goes on, and the person is told why."""

from __future__ import annotations

import errno
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from crf_desktop import wording
from tests.fault.children import Nursery, Outcome
from tests.fault.invariant import fault_of
from tests.fault.results import keep, pass_over
from tests.fault.scenarios import SCENARIOS
from tests.fault.shim import How, Operation
from tests.fault.site import copy_site, spare

WRITING = [o for o in Operation if o not in (Operation.READ, Operation.MARK)]
NAMED = frozenset(
    {"store.io", "store.disk_full", "export.not_written", "export.disk_full", "bundle.unreadable", "backup.not_read"}
)
"""Codes whose sentences name the disk or the file; a page that could not be read is no damage."""
FAST_EACH = 3


@frozen
class Way:
    """How calls fail."""

    name: str
    operations: list[Operation]
    error: int
    how: How


WAYS = (
    Way("EIO once", WRITING, errno.EIO, How.ONCE),
    Way("EIO from then on", WRITING, errno.EIO, How.STICKY),
    Way("ENOSPC once", [Operation.WRITE, Operation.OPEN, Operation.SYNC], errno.ENOSPC, How.ONCE),
    Way("ENOSPC from then on", [Operation.WRITE, Operation.OPEN], errno.ENOSPC, How.STICKY),
    Way("half a write", [Operation.WRITE], 0, How.SHORT),
    Way("EIO while reading", [Operation.READ], errno.EIO, How.ONCE),
)


def failing(nursery: Nursery, site: Path, tmp_path: Path, scenario: str, way: Way, n: int) -> tuple[Outcome, str]:
    """One run whose n-th call fails; what is wrong with it, or nothing."""
    place = copy_site(site, tmp_path / "failing", *spare(scenario))
    operations = [int(o) for o in way.operations]
    outcome = nursery.run(scenario=scenario, place=str(place), fail=[operations, n, way.error, int(way.how)])
    wrong = wrong_with(outcome)
    if not wrong:
        folder = place / SCENARIOS[scenario].in_folder
        wrong = fault_of(folder, outcome.said[-1] if outcome.said else None) or ""
    shutil.rmtree(place)
    return outcome, wrong


def wrong_with(outcome: Outcome) -> str:
    """What the process itself did wrong."""
    if outcome.crash:
        return f"crash: {outcome.crash.splitlines()[-1]}"
    if outcome.told not in (*NAMED, ""):
        return f"told {outcome.told}"
    if outcome.problem not in ("", "study.exists"):  # a study whose last sync failed was told as failed, and is there
        return f"did not go on: {outcome.problem}"
    return "" if outcome.code == 0 else f"ended with {outcome.code}"


def spread(seen: int, most: int | None) -> Iterator[int]:
    """1 … seen, or so many of them from end to end."""
    if most is None or seen <= most:
        yield from range(1, seen + 1)
    else:
        yield from sorted({1 + round(at * (seen - 1) / (most - 1)) for at in range(most)})


def fail_each(nursery: Nursery, site: Path, tmp_path: Path, scenario: str, way: Way, most: int | None) -> None:
    """Every n, and that each one failed, lost nothing, was told and was gone on from."""
    if most is None:
        pass_over("failing call", f"{scenario}: {way.name}")
    counted, wrong = failing(nursery, site, tmp_path, scenario, way, 0)
    assert not wrong and counted.seen, wrong
    faults: Counter[str] = Counter()
    told: Counter[str] = Counter()
    done = 0
    for n in spread(counted.seen, most):
        outcome, wrong = failing(nursery, site, tmp_path, scenario, way, n)
        done += outcome.hits > 0
        told[outcome.told or "nothing to tell"] += 1
        if wrong:
            faults[f"{wrong} (call {n} of {counted.seen})"] += 1
    if most is None:
        keep("failing call", f"{scenario}: {way.name}", calls=counted.seen, injections=done, bad=faults.total(),
             told=dict(told))  # fmt: skip
    assert not faults, faults


@pytest.mark.parametrize("scenario", ["saves", "export of a bundle", "change of the slots", "PDF"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.requirement("REQ-19")
def test_that_a_failing_call_loses_nothing_and_is_told(
    watched: Nursery, site: Path, tmp_path: Path, scenario: str, way: Way
) -> None:
    fail_each(watched, site, tmp_path, scenario, way, FAST_EACH)


@pytest.mark.full
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.requirement("REQ-19")
def test_that_no_failing_call_at_all_loses_anything(
    watched: Nursery, site: Path, tmp_path: Path, scenario: str, way: Way
) -> None:
    fail_each(watched, site, tmp_path, scenario, way, None)


@pytest.mark.parametrize("code", sorted(NAMED))
def test_that_each_of_those_sentences_names_the_disk(code: str) -> None:
    english = " ".join(wording.problem(code, "en", {"reason": "Input/output error"}))
    assert "disk" in english or "space" in english or "Input/output" in english or "be read" in english
