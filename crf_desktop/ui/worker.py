"""Work beside the window: a thread for what waits (keys, imports), a process for what computes (PDF)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor


class Job(QObject):
    """Something under way; the answer arrives on the GUI thread, once."""

    done = Signal(object)
    failed = Signal(object)
    _arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self.running = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """The answer, when it comes, is dropped."""
        self._cancelled = True

    def arrive(self, answer: object, error: BaseException | None) -> None:
        """Called on any thread."""
        with contextlib.suppress(RuntimeError):  # the window went away meanwhile
            self._arrived.emit(answer, error)

    def _deliver(self, answer: object, error: BaseException | None) -> None:
        self.running = False
        if self._cancelled:
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
    """One worker process, started when first needed, ended with the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ProcessPoolExecutor | None = None

    def start(self, function: Callable[..., Any], *arguments: Any, parent: QObject | None = None) -> Job:
        """Runs a module-level function with picklable arguments in the process."""
        if self._pool is None:
            import multiprocessing  # only reports need a process, and no report is made before the window stands
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        job = Job(parent or self)
        future = self._pool.submit(function, *arguments)
        future.add_done_callback(lambda done: self._finished(job, done))
        return job

    @staticmethod
    def _finished(job: Job, future: Future[Any]) -> None:
        error = future.exception() if not future.cancelled() else None
        job.arrive(None if error or future.cancelled() else future.result(), error)

    def abandon(self) -> None:
        """Ends the process at once; what it was doing is lost, nothing else is."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def close(self) -> None:
        """Ends the process when it is done."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)
