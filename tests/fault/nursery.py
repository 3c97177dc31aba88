"""A process that has read the program and forks a child for each job: ``python -m tests.fault.nursery``, jobs on stdin.

Forking saves the second that Python needs to start; the child opens the study itself, since SQLite may not be carried
over a fork.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import sys
from pathlib import Path
from typing import Any

import tests.conftest  # noqa: F401  (passwords are cheap to check)
from crf_desktop.capture.soundness import require_checked
from crf_desktop.errors import Explained
from crf_desktop.store import certificate, engine
from crf_desktop.store.password import require_good
from tests.fault.account_scenario import THEIRS
from tests.fault.scenario import Scenario
from tests.fault.scenarios import SCENARIOS
from tests.fault.shim import Control, How, Operation
from tests.fault.site import light

N_KEYS = 6
"""As many as a new study of four people asks for, and one more."""


def say(**line: Any) -> None:
    """One line for whoever asked, in one write."""
    os.write(1, (json.dumps(line) + "\n").encode())


@functools.cache
def ready_keys() -> None:
    """RSA keys take seconds and touch no file: a few are made before any fork, and every child is given the same."""
    made = itertools.cycle([certificate.new_rsa() for _ in range(N_KEYS)])
    certificate.generate_private_key = lambda *_: next(made)  # type: ignore[attr-defined]
    require_good(THEIRS, ())  # reads its lists of words


def go_on(scenario: Scenario, control: Control, first: int, rounds: int, *, laid_out: bool = False) -> None:
    """Rounds that are each acknowledged when they returned; ``laid_out``: the first one has been."""
    for n in range(first, min(first + rounds, scenario.rounds)):
        if not (laid_out and n == first):
            scenario.before(n)
        scenario.step(n)
        control.mark(n)
        say(said=scenario.said().body(), n=n)


def fail(scenario: Scenario, control: Control, job: dict[str, Any]) -> None:
    """A round, a round whose n-th call fails, a round after it; all in one process."""
    first = min(1, scenario.rounds - 1)
    go_on(scenario, control, 0, first)
    operations, n, error, how = job["fail"]
    scenario.before(first)
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
    go_on(scenario, control, first if told else first + 1, 1, laid_out=bool(told))


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
        if (store := getattr(scenario, "store", None)) is not None:
            require_checked(store)  # as the window does, before anything leaves or comes in
        if job.get("fail"):
            fail(scenario, control, job)
        else:
            go_on(scenario, control, job.get("first", 0), job["rounds"])
        scenario.end()
    except Explained as problem:
        say(problem=problem.code)


def main() -> None:
    """Forks until stdin ends."""
    light()
    for line in sys.stdin:
        job = json.loads(line)
        if SCENARIOS[job["scenario"]].makes_keys:
            ready_keys()
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
