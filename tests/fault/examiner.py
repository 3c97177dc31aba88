"""Processes that make the disks a power cut may have left, and ask each whether the invariant holds."""

from __future__ import annotations

import functools
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from attrs import define, field, frozen

import tests.conftest  # noqa: F401  (passwords are cheap to check)
from crf_desktop.store import engine
from tests.fault.invariant import fault_of
from tests.fault.power_loss import Crash, crashes, write_image
from tests.fault.scenario import Said
from tests.fault.scenarios import SCENARIOS
from tests.fault.shim import read_trace
from tests.fault.site import light

MEMORY = Path("/dev/shm")


@frozen
class Task:
    """One trace to look at."""

    scenario: str
    root: Path
    """As the disk was before the trace."""
    trace: Path
    said: tuple[Said, ...]
    seed: int
    most: int | None = None
    """How many disks to open, taken evenly over the trace; None for all."""
    pragmas: tuple[str, ...] = ()
    """Of a mutant."""


@define
class Verdict:
    """What came of it."""

    images: int = 0
    faults: Counter[str] = field(factory=Counter)
    examples: dict[str, str] = field(factory=dict)
    """Fault → the first moment it was met."""

    def add(self, other: Verdict) -> None:
        """That of another process."""
        self.images += other.images
        self.faults.update(other.faults)
        self.examples = {**other.examples, **self.examples}

    def note(self, fault: str | None, crash: Crash) -> None:
        """One disk."""
        self.images += 1
        if fault is not None:
            self.faults[fault] += 1
            where = f"after operation {crash.point}, {crash.marks} acknowledged, {crash.model}, {crash.luck}"
            self.examples.setdefault(fault, where)


def examine(task: Task, processes: int) -> Verdict:
    """All disks of a trace, shared among processes."""
    verdict = Verdict()
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for one in pool.map(functools.partial(_examine, task), [(at, processes) for at in range(processes)]):
            verdict.add(one)
    return verdict


def _examine(task: Task, share: tuple[int, int]) -> Verdict:
    light()
    if task.pragmas:
        engine._PRAGMAS = task.pragmas  # type: ignore[misc]
    verdict = Verdict()
    place = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        for crash in _chosen(task, share):
            verdict.note(_look(task, crash, place / "image"), crash)
            shutil.rmtree(place / "image")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return verdict


def _chosen(task: Task, share: tuple[int, int]) -> Iterable[Crash]:
    made = crashes(task.root, read_trace(task.trace), task.seed, share)
    if task.most is None:
        return made  # one after the other: all of them together fill the memory
    found, most = list(made), task.most // share[1]
    return found if len(found) <= most else random.Random(task.seed).sample(found, most)


def _look(task: Task, crash: Crash, place: Path) -> str | None:
    scenario = SCENARIOS[task.scenario]
    place.mkdir()
    write_image({path: data for path, data in crash.image.items() if not path.endswith("-shm")}, place)
    said = task.said[crash.marks - 1] if crash.marks else None
    if said is None and scenario.comes_into_being and not (place / scenario.in_folder).exists():
        return None
    return fault_of(place / scenario.in_folder, said)
