"""The worker process: says how far it is, may be stopped, may die, and is there again when it is needed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crf_desktop.ui.worker import Job, Workshop
from tests.ui import working


@pytest.fixture
def workshop(qt_application: QApplication) -> Iterator[Workshop]:
    made = Workshop()
    yield made
    made.abandon()
    made.deleteLater()


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end, "nothing came"
        QApplication.processEvents()
        time.sleep(0.005)


def outcome(job: Job) -> list[Any]:
    """What the job will have yielded: its answer or its error."""
    found: list[Any] = []
    job.done.connect(found.append)
    job.failed.connect(found.append)
    return found


def test_that_the_work_says_how_far_it_is_and_its_answer_comes_once(workshop: Workshop) -> None:
    job = workshop.start(working.count, 12)
    told: list[tuple[int, int]] = []
    job.progressed.connect(lambda done, of: told.append((done, of)))
    found = outcome(job)
    wait(lambda: bool(found))
    assert len(found) == 1 and found[0] != os.getpid()
    assert told == sorted(told) and len(told) > 3 and told[-1][1] == 12


def test_that_work_that_tells_a_hundred_thousand_times_does_not_choke(workshop: Workshop) -> None:
    found = outcome(workshop.start(working.chatter, 100_000))
    wait(lambda: bool(found))
    assert found == [100_000]


def test_that_two_jobs_do_not_hear_each_other(workshop: Workshop) -> None:
    first, second = workshop.start(working.count, 4), workshop.start(working.count, 9)
    told: dict[str, set[int]] = {"first": set(), "second": set()}
    first.progressed.connect(lambda _done, of: told["first"].add(of))
    second.progressed.connect(lambda _done, of: told["second"].add(of))
    found = outcome(second)
    wait(lambda: bool(found))
    assert told == {"first": {4}, "second": {9}}


def test_that_a_process_that_dies_is_an_error_and_the_next_job_has_a_new_one(workshop: Workshop) -> None:
    found = outcome(workshop.start(working.die))
    wait(lambda: bool(found))
    assert isinstance(found[0], BrokenProcessPool)
    found = outcome(workshop.start(working.count, 2))
    wait(lambda: bool(found))
    assert isinstance(found[0], int)


def test_that_a_process_killed_while_idle_is_noticed_by_nobody(workshop: Workshop) -> None:
    found = outcome(workshop.start(working.count, 2))
    wait(lambda: bool(found))
    os.kill(found[0], signal.SIGTERM)
    wait(lambda: not multiprocessing.active_children())
    again = outcome(workshop.start(working.count, 2))
    wait(lambda: bool(again))
    assert isinstance(again[0], int) and again[0] != found[0]


def test_that_abandoned_work_ends_at_once_and_a_cancelled_answer_never_comes(workshop: Workshop) -> None:
    job = workshop.start(working.count, 1000)
    told: list[int] = []
    job.progressed.connect(lambda done, _of: told.append(done))
    found = outcome(job)
    wait(lambda: bool(told))
    job.cancel()
    workshop.abandon()
    assert not workshop.running
    wait(lambda: not multiprocessing.active_children())
    QApplication.processEvents()
    assert found == []


def test_that_a_fault_of_the_work_arrives_as_it_is(workshop: Workshop) -> None:
    found = outcome(workshop.start(working.fail))
    wait(lambda: bool(found))
    assert isinstance(found[0], ValueError)


def test_that_the_process_reads_no_qt(workshop: Workshop) -> None:
    found = outcome(workshop.start(working.modules))
    wait(lambda: bool(found))
    assert "PySide6" not in found[0] and "crf_desktop" in found[0]
