"""What this program copied does not stay in the clipboard."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtGui import QClipboard, QGuiApplication

CLEARED_MS: Final = 30_000


class Board(Protocol):
    """What is asked of :class:`QClipboard`."""

    changed: SignalInstance

    def ownsClipboard(self) -> bool: ...
    def ownsSelection(self) -> bool: ...
    def clear(self, mode: QClipboard.Mode = ...) -> None: ...


class ClipboardWatch(QObject):
    """Clears what came from here 30 s after it was copied, and at the lock; what came from elsewhere is left alone.

    A clipboard manager of the desktop may have taken a copy meanwhile; nobody can take that back.
    """

    def __init__(self, parent: QObject | None = None, board: Board | None = None) -> None:
        super().__init__(parent)
        self._clearing = False
        self._board: Board = board or QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLEARED_MS)
        self._timer.timeout.connect(self.clear)
        self._board.changed.connect(self._changed)

    def _changed(self, _mode: QClipboard.Mode) -> None:
        if self._clearing:
            return
        if self._board.ownsClipboard() or self._board.ownsSelection():
            self._timer.start()
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Clears what is still ours."""
        self._timer.stop()
        self._clearing = True
        if self._board.ownsClipboard():
            self._board.clear(QClipboard.Mode.Clipboard)
        if self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)
        self._clearing = False
