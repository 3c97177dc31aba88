"""The countdown that rings first, shown on every page."""

from __future__ import annotations

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
        self._rung: set[Deadline] = set()
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
        else:
            self._running.pop(place, None)
        self.tell()

    def first(self) -> tuple[Place, Deadline] | None:
        """The countdown that rings first, and where it belongs."""
        pairs = [(place, d) for place, several in self._running.items() for d in several]
        return min(pairs, key=lambda pair: pair[1].at, default=None)

    def tell(self) -> None:
        """Says how long is left."""
        found = self.first()
        if found is None:
            self._second.stop()
            self.changed.emit("")
            return
        left = found[1].left(self._clock.now())
        if left <= 0 and found[1] not in self._rung:
            self._rung.add(found[1])
            QApplication.beep()
        self.changed.emit(figure.clock(max(left, 0)))
        if not self._second.isActive():
            self._second.start()

    def rest(self) -> None:
        """Shows nothing while the study is locked; the countdowns go on by the clock."""
        self._second.stop()
        self.changed.emit("")

    def stop(self) -> None:
        """The window closes."""
        self._second.stop()
        self._running.clear()
