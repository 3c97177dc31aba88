"""Work beside the window: a thread for what waits (keys, imports), a process for what computes (PDF)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crf_desktop.ui import progress

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

LISTEN_MS = 60
"""How often the window asks how far the process is."""


class Job(QObject):
    """Something under way; the answer arrives on the GUI thread, once."""

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    """(done, in all), as far as the work tells it (:func:`crf_desktop.ui.progress.tell`)."""
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cancelled = False
        self.running = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """The answer, when it comes, is dropped."""
        self.cancelled = True

    def arrive(self, answer: object, error: BaseException | None) -> None:
        """Called on any thread."""
        with contextlib.suppress(RuntimeError):  # the window went away meanwhile
            self._arrived.emit(answer, error)

    def _deliver(self, answer: object, error: BaseException | None) -> None:
        self.running = False
        if self.cancelled:
            return
        if error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(answer)


class ThreadJob(Job):
    """Runs a function on a thread of its own."""

    def __init__(self, function: Callable[..., Any], *arguments: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=self._run, args=(function, arguments), daemon=True)

    def start(self) -> ThreadJob:
        """Begins; connect ``done`` and ``failed`` before."""
        self._thread.start()
        return self

    def join(self) -> None:
        """Waits for the thread."""
        self._thread.join()

    def _run(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        try:
            answer = function(*arguments)
        except BaseException as error:  # it is handed to the GUI thread, whatever it is
            self.arrive(None, error)
        else:
            self.arrive(answer, None)


class Workshop(QObject):
    """One worker process, started when first needed, ended with the window; started anew when it died."""

    begins = "spawn"
    """How: from nothing, whatever the window holds; tests let it begin where the imports are done already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ProcessPoolExecutor | None = None
        self._line: Connection | None = None
        self._jobs: dict[int, Job] = {}
        self._number = 0
        self._listening = QTimer(self)
        self._listening.setInterval(LISTEN_MS)
        self._listening.timeout.connect(self._listen)

    def start(self, function: Callable[..., Any], *arguments: Any, parent: QObject | None = None) -> Job:
        """Runs a module-level function with picklable arguments in the process."""
        self._number += 1
        job = Job(parent or self)
        self._jobs = {n: j for n, j in self._jobs.items() if j.running} | {self._number: job}
        future = self._submit(progress.run, self._number, function, arguments)
        future.add_done_callback(lambda done: self._finished(job, done))
        self._listening.start()
        return job

    @property
    def running(self) -> bool:
        """Whether the process is there, as far as anybody has noticed."""
        return self._pool is not None and not getattr(self._pool, "_broken", False)

    def _submit(self, *call: Any) -> Future[Any]:
        from concurrent.futures.process import BrokenProcessPool  # only reports need a process

        if self._pool is not None:
            with contextlib.suppress(BrokenProcessPool):  # it died while nobody looked
                return self._pool.submit(*call)
            self.abandon()
        import multiprocessing  # no report is made before the window stands
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context(self.begins)
        self._line, other = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=progress.attach, initargs=(other,))
        future = self._pool.submit(*call)
        other.close()  # the process has its own; so the line ends with the process
        return future

    def _listen(self) -> None:
        """Hands on how far the process is; rests when nothing runs."""
        with contextlib.suppress(EOFError, OSError):  # the process ended; its job says so
            while self._line is not None and self._line.poll():
                number, done, of = self._line.recv()
                job = self._jobs.get(number)
                if job is not None and job.running and not job.cancelled:
                    job.progressed.emit(done, of)
        if not any(job.running for job in self._jobs.values()):
            self._listening.stop()

    @staticmethod
    def _finished(job: Job, future: Future[Any]) -> None:
        error = future.exception() if not future.cancelled() else None
        job.arrive(None if error or future.cancelled() else future.result(), error)

    def _let_go(self) -> ProcessPoolExecutor | None:
        pool, self._pool = self._pool, None
        if self._line is not None:
            self._line.close()
        self._line = None
        self._jobs.clear()
        self._listening.stop()
        return pool

    def abandon(self, wait_s: float = 0) -> None:
        """Ends the process at once; what it was doing is lost, nothing else is. Waits so long until it has ended."""
        pool = self._let_go()
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        if wait_s and processes:
            from multiprocessing.connection import wait  # loaded with the pool

            wait([process.sentinel for process in processes], wait_s)

    def close(self) -> None:
        """Ends the process when it is done."""
        pool = self._let_go()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
