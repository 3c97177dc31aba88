"""The machine goes to sleep, or its screen is locked: told by the system where it tells, noticed afterwards elsewhere.

Linux: logind and the screen savers of GNOME and KDE over D-Bus; sleep waits until the study is closed. Windows: session
and power messages of the window, written from the reference and not yet run there. Everywhere else, macOS included,
only that the machine has slept is noticed, when it wakes; a screen locked there is not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

_LOOK_MS: Final = 5_000
_SLEPT_S: Final = 10.0
"""Longer than so between two looks, beyond the look itself: the machine slept."""
_LOGIN: Final = "org.freedesktop.login1"
_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_POWER, _SUSPENDS = 0x0218, 4
"""WM_POWERBROADCAST, PBT_APMSUSPEND."""
_SESSION, _LOCKS, _LOGS_OFF = 0x02B1, 7, 6
"""WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, WTS_SESSION_LOGOFF."""


def slept_s() -> tuple[float, float]:
    """(seconds that go on in sleep, seconds that do not); where only one such clock is known, the wall clock and it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return (time.clock_gettime(clock) if clock is not None else time.time()), time.monotonic()


def _slot(signature: str) -> Any:
    """PySide6 6.11 takes the text here, whatever its stubs say."""
    return SLOT(signature)


class SessionWatch(QObject):
    """Says once that the person at the machine has left it."""

    left = Signal()

    def __init__(self, parent: QObject | None = None, clocks: Callable[[], tuple[float, float]] = slept_s) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._before = clocks()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._bus: LoginBus | None = None
        self._native: WindowsMessages | None = None

    def start(self, window_id: int = 0) -> None:
        """A study is open."""
        self._before = self._clocks()
        self._look.start()
        if sys.platform.startswith("linux"):
            self.listen(LoginBus(self))
        elif sys.platform == "win32" and window_id:
            self._native = WindowsMessages(window_id, self.left.emit)

    def listen(self, bus: LoginBus) -> None:
        """Hears what logind and the screen saver say."""
        bus.left.connect(self.left)
        bus.start()
        self._bus = bus

    def look(self) -> None:
        """Whether the machine slept since the last look."""
        (asleep, awake), (asleep_before, awake_before) = self._clocks(), self._before
        self._before = asleep, awake
        if (asleep - asleep_before) - (awake - awake_before) > _SLEPT_S:
            self.left.emit()

    def stop(self) -> None:
        """The study is closed: the machine may sleep."""
        self._look.stop()
        if self._bus is not None:
            self._bus.stop()
        if self._native is not None:
            self._native.stop()
        self._bus, self._native = None, None


class LoginBus(QObject):
    """logind and screen savers over D-Bus; a system without them says nothing."""

    left = Signal()

    def __init__(self, parent: QObject | None = None, system: Any = None, session: Any = None) -> None:
        super().__init__(parent)
        self._system: QDBusConnection | None = system
        self._session: QDBusConnection | None = session
        self._delay: Any = None
        """Holds sleep back, for the five seconds logind grants, until it is let go."""

    def start(self) -> None:
        """Asks to be told, and asks the machine to wait before it sleeps."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # not before the window stands

        system = self._system = self._system or QDBusConnection.systemBus()
        session = self._session = self._session or QDBusConnection.sessionBus()
        if system.isConnected():
            path, manager = "/org/freedesktop/login1", f"{_LOGIN}.Manager"
            system.connect("", path, manager, "PrepareForSleep", self, _slot("sleeps(bool)"))
            asked = QDBusMessage.createMethodCall(_LOGIN, path, manager, "GetSession")
            asked.setArguments([os.environ.get("XDG_SESSION_ID", "auto")])
            system.callWithCallback(asked, self, _slot("found(QDBusMessage)"), 2000)
            asked = QDBusMessage.createMethodCall(_LOGIN, path, manager, "Inhibit")
            asked.setArguments(["sleep", "CRF Desktop", "Closes the study", "delay"])
            system.callWithCallback(asked, self, _slot("holds(QDBusMessage)"), 2000)
        if session.isConnected():
            for name in _SAVERS:
                session.connect("", "", name, "ActiveChanged", self, _slot("saves(bool)"))

    def stop(self) -> None:
        """Lets the machine sleep and hears nothing more."""
        self._delay = None
        self.blockSignals(True)
        self.deleteLater()

    @Slot("QDBusMessage")
    def found(self, answer: QDBusMessage) -> None:
        """The session of this process: its lock is ours, that of another seat is not."""
        paths = answer.arguments()
        if self._system is not None and paths:
            self._system.connect("", paths[0].path(), f"{_LOGIN}.Session", "Lock", self, _slot("locks()"))

    @Slot("QDBusMessage")
    def holds(self, answer: QDBusMessage) -> None:
        """Sleep waits as long as this is held."""
        self._delay = answer.arguments()

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """Before the machine sleeps, and after it."""
        if begins:
            self.left.emit()

    @Slot()
    def locks(self) -> None:
        """The screen is locked."""
        self.left.emit()

    @Slot(bool)
    def saves(self, begins: bool) -> None:
        """The screen saver has begun, or ended."""
        if begins:
            self.left.emit()


def leaves(message: int, word: int) -> bool:
    """Whether a message of Windows says that the session is locked or the machine sleeps (winuser.h, wtsapi32.h)."""
    return (message == _POWER and word == _SUSPENDS) or (message == _SESSION and word in (_LOCKS, _LOGS_OFF))


class WindowsMessages(QAbstractNativeEventFilter):
    """Session and power messages of the window."""

    def __init__(self, window_id: int, left: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._left = window_id, left
        self._ask("WTSRegisterSessionNotification", window_id, 0)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self)

    @staticmethod
    def _ask(name: str, *arguments: int) -> None:
        import ctypes

        getattr(ctypes.WinDLL("wtsapi32"), name)(*arguments)  # type: ignore[attr-defined]  # Windows only

    def nativeEventFilter(self, _kind: Any, message: int) -> object:
        from ctypes import wintypes

        told = wintypes.MSG.from_address(int(message))
        if leaves(told.message, told.wParam):
            self._left()
        return False, 0

    def stop(self) -> None:
        """Hears nothing more."""
        app = QCoreApplication.instance()
        assert app is not None
        app.removeNativeEventFilter(self)
        self._ask("WTSUnRegisterSessionNotification", self._window)
