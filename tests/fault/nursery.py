"""A process that has read the program and forks a child for each job: ``python -m tests.fault.nursery``, jobs on stdin.

Forking saves the second that Python needs to start; the child opens the study itself, since SQLite may not be carried
over a fork.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import tests.conftest  # noqa: F401  (the same password is stretched once)
from crf_desktop.errors import Explained
from crf_desktop.store import engine, keyring
from crf_desktop.store.stretch import stretch
from tests.fault.scenario import SCENARIOS, Scenario
from tests.fault.shim import Control, How, Operation
from tests.fault.site import FIRST, PASSWORD, unlocked_memory


def say(**line: Any) -> None:
    """One line for whoever asked, in one write."""
    os.write(1, (json.dumps(line) + "\n").encode())


def warm(place: Path) -> None:
    """Stretches the passwords before the fork, so that no child has to."""
    for slot in keyring.read(place / FIRST).best.slots:
        stretch(PASSWORD, slot.cost)


def go_on(scenario: Scenario, control: Control, first: int, rounds: int) -> None:
    """Rounds that are each acknowledged when they returned."""
    for n in range(first, min(first + rounds, scenario.rounds)):
        scenario.step(n)
        control.mark(n)
        say(said=scenario.said().body(), n=n)


def fail(scenario: Scenario, control: Control, job: dict[str, Any]) -> None:
    """A round, a round whose n-th call fails, a round after it; all in one process."""
    first = min(1, scenario.rounds - 1)
    go_on(scenario, control, 0, first)
    operations, n, error, how = job["fail"]
    control.arm([Operation(o) for o in operations], n, error, How(how))
    try:
        scenario.step(first)
    except Explained as problem:
        told = problem.code
    else:
        told = ""
    seen, hits = control.disarm()
    say(told=told, seen=seen, hits=hits)
    if not told:
        say(said=scenario.said().body(), n=first)
    go_on(scenario, control, first + 1 if told == "" else first, 1)


def work(job: dict[str, Any]) -> None:
    """What a child does."""
    place, control = Path(job["place"]), Control()
    if job.get("pragmas"):
        engine._PRAGMAS = tuple(job["pragmas"])  # type: ignore[misc]
    scenario = SCENARIOS[job["scenario"]](place)
    if job.get("trace"):
        control.record([place], Path(job["trace"]))
    elif job.get("fail"):
        control.record([place], None)
    try:
        scenario.begin()
        if job.get("fail"):
            fail(scenario, control, job)
        else:
            go_on(scenario, control, job.get("first", 0), job["rounds"])
        scenario.end()
    except Explained as problem:
        say(problem=problem.code)


def main() -> None:
    """Forks until stdin ends."""
    unlocked_memory()
    for line in sys.stdin:
        job = json.loads(line)
        warm(Path(job["place"]))
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                work(job)
                code = 0
            finally:
                sys.stderr.flush()
                os._exit(code) if code == 0 else _die()
        say(pid=pid)
        _, status = os.waitpid(pid, 0)
        say(end=os.waitstatus_to_exitcode(status))


def _die() -> None:
    import traceback

    say(crash=traceback.format_exc()[-1500:])
    os._exit(1)


if __name__ == "__main__":
    main()
