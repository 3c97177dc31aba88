"""The trial between the window and the process that analyses it: gathered, sent once, asked, let go."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from crf_desktop.analysis.option import Options
from crf_desktop.model.access import Action
from crf_desktop.ui import analysis_work
from crf_desktop.ui.analysis_work import Overview
from crf_desktop.ui.gathering import Gathered, Gathering, version_of
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

IDLE_MS = 180_000
"""After so long without work the process ends, and the trial with it."""
WAIT_S = 3.0
"""How long the window waits for a process that was told to end."""
_keys = itertools.count(1)


class AnalysisDesk(QObject):
    """Owns the process; nothing of the trial is left in it when the study is locked."""

    changed = Signal()
    """Something began, went on or ended: :attr:`stage`."""
    ready = Signal()
    """:attr:`overview` is new."""
    interrupted = Signal()
    """The process was ended to stop one thing: whoever waits for another has to ask again."""
    failed = Signal(object)
    """What went wrong while reading or working out the overview."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study: Study | None = None
        self.options = Options()
        self.gathered: Gathered | None = None
        self.overview: Overview | None = None
        self.stopped = False
        """Somebody stopped the reading."""
        self.stage: tuple[str, int, int] = ("", 0, 0)
        """(``read``, ``work`` or nothing, done, in all)"""
        self.workshop, self.gathering = Workshop(self), Gathering(self)
        self._job: Job | None = None
        self._jobs: list[Job] = []
        self._key, self._again = 0, False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.rest)
        self.gathering.progressed.connect(lambda done, of: self._tell("read", done, of))
        self.gathering.done.connect(self._read)
        self.gathering.failed.connect(self._fail)

    # ---- a study comes and goes

    def show_study(self, study: Study) -> None:
        """Reads what is new since the last time, if anything is."""
        if study is not self.study:
            self.forget()
            self.study = study
        if not self.busy and (self.overview is None or self.stale):
            self.read()

    @property
    def shown(self) -> Options:
        """The options that what stands on the page was worked out under."""
        return self.overview.summary.options if self.overview is not None else self.options

    @property
    def blind(self) -> bool:
        """Whether whoever looks also rates: earlier ratings are not shown while a visit is being rated."""
        return self.study is not None and self.study.may(Action.ENTER)

    @property
    def stale(self) -> bool:
        """Whether something was written since the trial was read."""
        return self.study is None or self.gathered is None or self.gathered.version != version_of(self.study)

    @property
    def busy(self) -> bool:
        """Whether an overview is on its way."""
        return self.gathering.running or (self._job is not None and self._job.running)

    def read(self) -> None:
        """Reads the trial (again: only those of whom something was written) and works out the overview."""
        assert self.study is not None
        self._halt()
        self.stopped = False
        self.gathering.start(self.study)
        self._tell("read", 0, 0)

    def choose(self, options: Options) -> None:
        """Other options, to look at; the study knows nothing of them."""
        if options != self.options:
            self.options = options
            if self.gathered is not None and not self.gathering.running:
                self._work()

    def stop(self) -> None:
        """Ends what is under way; what stands on the page stays."""
        self._halt()
        self.stopped, self.options = True, self.shown
        self._tell("", 0, 0)

    def _halt(self) -> None:
        self.gathering.stop()
        job, self._job, self._again = self._job, None, False
        if job is None or not job.running:
            return
        job.cancel()
        if not any(other.running and not other.cancelled for other in self._jobs):
            self.let_go()

    def rest(self) -> None:
        """Ends the process unless it works."""
        if not any(job.running for job in self._jobs):
            self.let_go()

    def interrupt(self) -> None:
        """Ends the process in the middle of what it does; an overview that was under way begins anew."""
        unfinished = self._job is not None and self._job.running
        self._job = None
        self.let_go(wait=True)
        if unfinished and self.gathered is not None:
            self._work()
        self.interrupted.emit()

    def let_go(self, wait: bool = False) -> None:
        """Ends the process, and what it was doing; ``wait``: until it has ended."""
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()
        self._key = 0
        self._idle.stop()
        self.workshop.abandon(WAIT_S if wait else 0)

    def forget(self) -> None:
        """The study is locked: nothing of it stays, here or in the process."""
        self._halt()
        self.let_go()
        self.gathering.forget()
        self.stopped, self.stage = False, ("", 0, 0)
        self.study, self.gathered, self.overview, self.options = None, None, None, Options()

    # ---- the process

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Job:
        """Runs a function of :mod:`crf_desktop.ui.analysis_work` on the trial; sends the trial before if need be."""
        assert self.gathered is not None
        self._idle.stop()
        if not self._key or not self.workshop.running:
            self._key = next(_keys)
            self.workshop.start(analysis_work.take, self._key, self.gathered.trial, self.gathered.parts, parent=self)
        job = self.workshop.start(analysis_work.on, self._key, function, *arguments, parent=self)
        job.done.connect(self._ended)
        job.failed.connect(self._broke)
        self._jobs = [j for j in self._jobs if j.running] + [job]
        return job

    def _ended(self, _answer: object = None) -> None:
        if not any(job.running for job in self._jobs):
            self._idle.start()

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, BrokenExecutor | LookupError):
            self._key = 0
        self._ended()

    # ---- the overview

    def _read(self, gathered: Gathered) -> None:
        self.gathered, self._key = gathered, 0
        self._work()

    def _work(self) -> None:
        if self._job is not None and self._job.running:
            self._again = True
            return
        self._again = False
        self._tell("work", 0, 0)
        options = self.options
        self._job = self.ask(analysis_work.overview, options)
        self._job.progressed.connect(lambda done, of: self._tell("work", done, of))
        self._job.done.connect(self._worked)
        self._job.failed.connect(self._fail)

    def _worked(self, found: Overview) -> None:
        if self._again:
            self._work()
            return
        self.overview = found
        self._tell("", 0, 0)
        self.ready.emit()

    def _fail(self, error: BaseException) -> None:
        self._again, self.options = False, self.shown
        self._tell("", 0, 0)
        self.failed.emit(error)

    def _tell(self, what: str, done: int, of: int) -> None:
        self.stage = (what, done, of)
        self.changed.emit()
