"""The test's end of the pipe to the nursery: start a job, read what was acknowledged, kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define, field

from tests.fault.scenario import Said

ROOT = Path(__file__).parents[2]


@define
class Outcome:
    """What a child said before it ended."""

    said: list[Said] = field(factory=list)
    code: int | None = None
    told: str | None = None
    """Why the round with the failing call did not succeed; empty when it did."""
    seen: int = 0
    hits: int = 0
    crash: str = ""
    """An error that no sentence stands for."""
    problem: str = ""
    """The sentence that ended the child."""


class Nursery:
    """One process that forks children, one at a time."""

    def __init__(self, shim: Path | None) -> None:
        environment = {**os.environ, **({"LD_PRELOAD": str(shim)} if shim else {})}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.nursery"], cwd=ROOT, env=environment, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def lines(self, **job: Any) -> Iterator[dict[str, Any]]:
        """Every line of a child, the one with its ``pid`` and the one with its ``end`` included."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        for text in self._process.stdout:
            line = json.loads(text)
            yield line
            if "end" in line:
                return
        raise AssertionError("the nursery died")

    def run(self, **job: Any) -> Outcome:
        """A child to its end."""
        outcome = Outcome()
        for line in self.lines(**job):
            take(outcome, line)
        return outcome

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def take(outcome: Outcome, line: dict[str, Any]) -> None:
    """One line of a child."""
    if "said" in line:
        outcome.said.append(Said.read(line["said"]))
    elif "end" in line:
        outcome.code = line["end"]
    else:
        for name in ("told", "seen", "hits", "crash", "problem"):
            if name in line:
                setattr(outcome, name, line[name])


def kill(pid: int) -> None:
    """Kill -9; it may be over already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
