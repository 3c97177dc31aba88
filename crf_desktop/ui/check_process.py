"""The process that verifies the log beside the window; it gets the key of the file and ends with the study."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from crf_desktop.store import Store
    from crf_desktop.store.checking import Depth
    from crf_desktop.store.inspection import Ticket

LISTEN_MS = 60
FRAME = 1 << 15
"""Bytes the key travels in: a long message is written from its own memory, a short one is copied first."""


class CheckProcess(QObject):
    """One verification at a time."""

    progressed = Signal()
    done = Signal(object)
    """(Checked)"""
    failed = Signal(str, object)
    """Code and context of a problem; an empty code: it ended, or the name of a fault is the context."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.percent = 0
        self.ticket: Ticket | None = None
        self._begun = 0.0
        self._line: Connection | None = None
        self._process: BaseProcess | None = None
        self._listening = QTimer(self)
        self._listening.setInterval(LISTEN_MS)
        self._listening.timeout.connect(self._listen)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._process is not None

    @property
    def depth(self) -> str:
        """``quick`` or ``full``; empty: nothing runs."""
        return self.ticket.depth if self.ticket is not None and self.running else ""

    def start(self, store: Store, depth: Depth) -> None:
        """Begins; raises OSError where the machine has no process to give."""
        import multiprocessing  # nothing is verified before a study is open

        from crf_desktop.store.inspection import key_of, serve, ticket_of

        self.ticket, self.percent, self._begun = ticket_of(store, depth), 0, time.monotonic()
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        process = context.Process(target=serve, args=(other,), daemon=True)
        process.start()
        self._process = process
        other.close()
        key, frame = key_of(store), bytearray(FRAME)
        try:
            frame[: len(key)] = key
            self._line.send(self.ticket)
            self._line.send_bytes(frame)
        finally:
            key[:], frame[:] = bytes(len(key)), bytes(FRAME)
        self._listening.start()

    def seconds_left(self) -> int | None:
        """How long it will take at this rate; None while nobody can tell."""
        passed = time.monotonic() - self._begun
        if self.percent < 3 or passed < 1:
            return None
        return round(passed * (100 - self.percent) / self.percent)

    def stop(self) -> None:
        """Ends it; what it had found is lost, and nothing is left behind."""
        process, ticket = self._process, self.ticket
        self._let_go()
        if process is not None:
            process.kill()
            process.join()
            if ticket is not None:
                from crf_desktop.store.inspection import clear

                clear(ticket.folder)

    def _let_go(self) -> None:
        self._listening.stop()
        self._process = None
        if self._line is not None:
            self._line.close()
        self._line = None

    def _listen(self) -> None:
        told: tuple[str, Any] | None = None
        try:
            while self._line is not None and self._line.poll():
                word, what = self._line.recv()
                if word == "progress":
                    self.percent = what
                else:
                    told = (word, what)
                    break
        except (EOFError, OSError):
            told = ("gone", "")
        if told is None:
            self.progressed.emit()
            return
        process = self._process
        self._let_go()
        if process is not None:
            with contextlib.suppress(OSError):
                process.join(1)
        if told[0] == "done":
            self.done.emit(told[1])
        elif told[0] == "failed":
            self.failed.emit(*told[1])
        else:
            self.failed.emit("", told[1])
