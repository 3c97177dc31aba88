"""Kill -9 at any moment of anything the program does: no acknowledged act is lost, nothing is corrupt."""

from __future__ import annotations

import random
import shutil
import threading
import time
from pathlib import Path

import pytest

from tests.fault.children import Nursery, Outcome, kill, take
from tests.fault.invariant import fault_of
from tests.fault.results import keep, pass_over
from tests.fault.scenario import Said
from tests.fault.scenarios import SCENARIOS
from tests.fault.site import OUT, copy_site, spare

FAST_KILLS = 4
FULL_KILLS = 120
"""Of each scenario: more than 1,000 in all."""
ON_ONE_FILE = 10
"""So many kills does one study bear before a fresh one is taken, as it would in the field."""
KILLED = -9
LATER = 0.15
"""Seconds of work within which a child is killed once it has begun."""


def killed(nursery: Nursery, place: Path, scenario: str, first: int, after: float, *, early: bool) -> Outcome:
    """A child killed so many seconds after it began (``early``) or after its first round was acknowledged."""
    outcome = Outcome()
    pid, timer = 0, None
    for line in nursery.lines(scenario=scenario, place=str(place), rounds=10**6, first=first):
        pid = line.get("pid", pid)
        if timer is None and ("pid" in line if early else "said" in line):
            timer = threading.Timer(after, kill, (pid,))
            timer.start()
        take(outcome, line)
    if timer is not None:
        timer.join()
    return outcome


def seconds_to_open(nursery: Nursery, site: Path, tmp_path: Path, scenario: str) -> float:
    """How long it takes here and now until the first round is acknowledged."""
    place = copy_site(site, tmp_path / "timed", *spare(scenario))
    begun = 0.0
    for line in nursery.lines(scenario=scenario, place=str(place), rounds=1):
        begun = time.monotonic() if "pid" in line else begun
        if "said" in line:
            begun = time.monotonic() - begun
    shutil.rmtree(place)
    return begun


def kills(nursery: Nursery, site: Path, tmp_path: Path, name: str, n: int, seed: int) -> tuple[int, int, list[str]]:
    """(kills, rounds acknowledged, faults): every third kill until the first round ends, the others in later rounds."""
    chance, scenario = random.Random(f"{name}/{seed}"), SCENARIOS[name]
    opening = seconds_to_open(nursery, site, tmp_path, name)
    done, acknowledged, faults = 0, 0, []
    while done < n:
        place = copy_site(site, tmp_path / "killed", *spare(name))
        said: list[Said] = []
        for turn in range(min(ON_ONE_FILE, n - done)):
            early = turn % 3 == 0 or scenario.rounds == 1
            after = chance.uniform(0, opening * 1.1 if early else LATER)
            first = len(said) if 1 < scenario.rounds < 10**6 else 0
            outcome = killed(nursery, place, name, first, after, early=early)
            assert not outcome.crash and outcome.problem in ("", "study.exists"), outcome
            said += outcome.said
            acknowledged += len(outcome.said)
            done += outcome.code == KILLED
            fault = after_kill(place, scenario.in_folder, said, comes=scenario.comes_into_being)
            if fault is not None:
                faults.append(fault)
            if outcome.code != KILLED or fault:
                break
        shutil.rmtree(place)
    return done, acknowledged, faults


def after_kill(place: Path, folder: str, said: list[Said], *, comes: bool) -> str | None:
    """What is wrong; what was promised in earlier runs on the same file still holds."""
    if comes and not said and not (place / folder).exists():
        return None
    merged = Said(
        heads={o: h for one in said for o, h in one.heads.items()},
        documents=tuple(d for one in said for d in one.documents),
        draft=said[-1].draft if said else None,
        files={name: sha for one in said for name, sha in one.files.items()},
        copies=tuple(c for one in said[-3:] for c in one.copies),
        keys=max((one.keys for one in said), default=0),
        people={name: passwords for one in said for name, passwords in one.people.items()},
        recovery=any(one.recovery for one in said),
        version=max((one.version for one in said), default=0),
    )
    left = [p.name for p in (place / OUT).iterdir() if not p.name.startswith(".") and "pdf-" in p.name]
    torn = [name for name in left if not (place / OUT / name).read_bytes().startswith(b"%PDF-")]
    return "half a file" if torn else fault_of(place / folder, merged)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.requirement("REQ-19")
def test_that_a_kill_at_any_moment_loses_nothing(
    nursery: Nursery, site: Path, tmp_path: Path, scenario: str
) -> None:
    most = FAST_KILLS if scenario != "a new study" else 2  # RSA keys take their time
    done, _, faults = kills(nursery, site, tmp_path, scenario, most, 1)
    assert done == most and not faults


@pytest.mark.full
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.requirement("REQ-19")
def test_that_no_kill_of_hundreds_loses_anything(
    nursery: Nursery, site: Path, tmp_path: Path, scenario: str
) -> None:
    pass_over("kill -9", scenario)
    done, acknowledged, faults = kills(nursery, site, tmp_path, scenario, FULL_KILLS, 2)
    keep("kill -9", scenario, kills=done, rounds=acknowledged, bad=len(faults))
    assert done >= FULL_KILLS and not faults
