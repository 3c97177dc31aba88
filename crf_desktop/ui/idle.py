"""Nobody at the machine: notices it, warns a minute before, then asks for the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

WARNING_S: Final = 60
_TYPED: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.InputMethod})
_PRESSED: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress})
_MOVED: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove})


def awake_s() -> float:
    """Seconds by a clock that nobody sets; it goes on while the machine sleeps where the system has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class IdleWatch(QObject):
    """Counts from the last key, press or move in any window of this program, file dialogues included.

    Its filter stands on the windows and on the widget with the keyboard (input methods speak to that), not on the
    application: a filter there is asked thousands of times while a page is made.
    """

    warned = Signal(int)
    """Seconds until the lock; 0: somebody is there again."""
    due = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = awake_s) -> None:
        super().__init__(parent)
        self._clock = clock
        self.seconds = 600
        self._last, self._told = 0.0, 0
        self._swallowing = False
        self._seen: list[QObject] = []
        self._focused: QObject | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """After how many minutes the study is locked."""
        self.seconds = minutes * 60
        if self.running:
            self.note()
            self.look()

    def start(self) -> None:
        """A study is open: counts from now."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self.stop()
        app.focusWindowChanged.connect(self._watch)
        app.focusObjectChanged.connect(self._follow)
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        self._follow(QGuiApplication.focusObject())
        self.note()
        self.look()

    def stop(self) -> None:
        """No study is open any more."""
        app = QGuiApplication.instance()
        if self.running and isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
            app.focusObjectChanged.disconnect(self._follow)
        self._timer.stop()
        for window in self._seen:
            if isValid(window):
                window.removeEventFilter(self)
        self._seen.clear()
        self._follow(None)
        self._tell(0)

    def note(self) -> None:
        """Somebody is there."""
        self._last = self._clock()
        if self._told:
            self._tell(0)
            self.look()

    def look(self) -> None:
        """How long nobody was there; comes back when something has to be said."""
        left = self.seconds - (self._clock() - self._last)
        if left <= 0:
            self.stop()
            self.due.emit()
        elif left <= WARNING_S:
            self._tell(max(1, round(left)))
            self._timer.start(1000)
        else:
            self._timer.start(round((left - WARNING_S) * 1000) + 1)

    def _tell(self, seconds: int) -> None:
        if seconds != self._told:
            self._told = seconds
            self.warned.emit(seconds)

    # ---- where events pass

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._seen:
            window.installEventFilter(self)
            self._seen = [w for w in self._seen if isValid(w)] + [window]

    def _follow(self, focused: QObject | None) -> None:
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = focused
        if focused is not None:
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key or press that answers the warning does nothing else: nobody knows where it would land."""
        kind = event.type()
        if kind in _TYPED or kind in _PRESSED:
            swallowed = self._told > 0 and kind is not QEvent.Type.InputMethod
            self.note()
            self._swallowing = swallowed
            return swallowed
        if kind in _MOVED:
            self.note()
        elif kind in (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd):
            swallowed, self._swallowing = self._swallowing, False
            return swallowed
        return False
