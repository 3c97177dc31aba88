"""The countdown that rings first, shown on every page."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from crf_desktop.settings import Clock
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.ui.controls.countdown import Deadline

Place = tuple[str, str]


class TimerWatch(QObject):
    """Knows the running countdowns of the visits that were on the screen; beeps once when one is over."""

    changed = Signal(str)
    """``2:46``; empty: none runs."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._running: dict[Place, list[Deadline]] = {}
        self._forms: dict[Deadline, str] = {}
        self._bell: datetime | None = None
        """When it rings behind the lock: all that is known there."""
        self._rung: set[datetime] = set()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tell)

    def look_at(self, entry: FormEntry) -> None:
        """Reads the countdowns of the entry's visit."""
        from crf_desktop.ui.controls.countdown import deadlines  # the controls load after the window stands

        found = deadlines(entry.definition, entry.visit.answers, self._clock.now())
        place = (entry.path.subject, entry.path.event_address)
        if found:
            self._running[place] = found
            self._forms |= {d: entry.definition.form_of_item[d.started_item] for d in found}
        else:
            self._running.pop(place, None)
        self.tell()

    def first(self) -> tuple[Place, Deadline] | None:
        """The countdown that rings first, and where it belongs."""
        pairs = [(place, d) for place, several in self._running.items() for d in several]
        return min(pairs, key=lambda pair: pair[1].at, default=None)

    def running(self) -> list[tuple[str, str, str]]:
        """(participant, visit, form) of every countdown that is not over and read."""
        pairs = [(place, self._forms[d]) for place, several in self._running.items() for d in several]
        return [(*place, form) for place, form in dict.fromkeys(pairs)]

    def bell_s(self) -> int:
        """Seconds until the first one rings; 0: none runs."""
        found = self.first()
        return max(0, found[1].left(self._clock.now())) if found is not None else 0

    def tell(self) -> None:
        """Says how long is left."""
        found, now = self.first(), self._clock.now()
        at = found[1].at if found is not None else self._bell
        if at is None:
            self._second.stop()
            self.changed.emit("")
            return
        left = found[1].left(now) if found is not None else math.ceil((at - now) / timedelta(seconds=1))
        if left <= 0 and at not in self._rung:
            self._rung.add(at)
            QApplication.beep()
        self.changed.emit(figure.clock(max(left, 0)))
        if not self._second.isActive():
            self._second.start()

    def ring_in(self, seconds: int) -> None:
        """Behind the lock nothing is known but when it rings; 0: never."""
        self._running.clear()
        self._forms.clear()
        self._bell = self._clock.now() + timedelta(seconds=seconds) if seconds else None
        self.tell()

    def stop(self) -> None:
        """The window closes."""
        self._second.stop()
        self._running.clear()
