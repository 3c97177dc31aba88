"""A document on its way: read in steps while the window goes on, made in the worker process, stopped at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crf_desktop.errors import Explained
from crf_desktop.ui import documents_work

if TYPE_CHECKING:
    from crf_desktop.capture.printing import Order, OrderRecord
    from crf_desktop.capture.step import Steps
    from crf_desktop.capture.study import Study
    from crf_desktop.report.paper_sheet import PaperLanguage
    from crf_desktop.ui.worker import Job, Workshop


class DocumentMaking(QObject):
    """One order at a time."""

    progressed = Signal(str, int, int)
    """(``read`` or ``make``, done, in all; 0: nobody knows)"""
    done = Signal(bytes)
    failed = Signal(object)

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self._study: Study | None = None
        self._order: Order | None = None
        self._language: PaperLanguage = "en"
        self._steps: Steps[OrderRecord] | None = None
        self._head: object = None
        self._read = 0
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._order is not None

    def start(self, study: Study, order: Order, language: PaperLanguage) -> None:
        """Begins to read, and goes on to make."""
        self.stop()
        self._study, self._order, self._language = study, order, language
        self._begin()
        self._timer.start()

    def stop(self) -> None:
        """Ends it wherever it is; nothing is left of it."""
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()
        if self._job is not None:
            self._job.cancel()
            self.workshop.abandon()
        self._study, self._order, self._steps, self._job = None, None, None, None

    def _begin(self) -> None:
        from crf_desktop.capture.printing import order_steps  # loads with the study

        assert self._study is not None and self._order is not None
        self._head, self._read = self._study.store.head(), 0
        self._steps = order_steps(self._study, self._order)
        self.progressed.emit("read", 0, 0)

    def _step(self) -> None:
        assert self._study is not None and self._steps is not None
        record: OrderRecord | None = None
        try:
            next(self._steps)
        except StopIteration as end:  # holds answers: nothing else may be raised while it is handled
            record = end.value
        except Explained as problem:
            self._failed(problem)
            return
        except BaseException:
            self._end()  # a fault of the program: said by whoever catches those, once
            raise
        if record is None:
            self._read += 1
            self.progressed.emit("read", self._read, 0)
        elif self._read and self._head != self._study.store.head():  # one state of everything, or none
            self._begin()
        else:
            self._make(record)

    def _make(self, record: OrderRecord) -> None:
        from crf_desktop.capture.printing import at_place  # loads with the study

        assert self._study is not None and self._order is not None
        self._timer.stop()
        order = at_place(self._study, self._order)
        self.progressed.emit("make", 0, 0)
        self._job = self.workshop.start(documents_work.make_document, record, order, self._language, parent=self)
        self._job.progressed.connect(lambda done, of: self.progressed.emit("make", done, of))
        self._job.done.connect(self._made)
        self._job.failed.connect(self._failed)

    def _end(self) -> None:
        self._timer.stop()
        self._study, self._order, self._steps, self._job = None, None, None, None

    def _made(self, pdf: bytes) -> None:
        self._end()
        self.done.emit(pdf)

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.failed.emit(error)
