"""What of logind the window talks to, on a bus of the tests' own."""

from __future__ import annotations

from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusObjectPath, QDBusUnixFileDescriptor


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.login1.Manager"})
class Logind(QObject):
    """Names a session and holds sleep back."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.inhibited = "", ("", "")

    @Slot(str, result="QDBusObjectPath")
    def GetSession(self, name: str) -> QDBusObjectPath:
        self.asked = name
        return QDBusObjectPath("/org/freedesktop/login1/session/_31")

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> QDBusUnixFileDescriptor:
        self.inhibited = what, mode
        return QDBusUnixFileDescriptor(1)
