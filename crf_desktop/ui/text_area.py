"""Several lines of text; Ctrl+Enter sends, Tab leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crf_desktop.ui.look import Look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextArea(QPlainTextEdit):
    """As high as its lines say; scrolls beyond."""

    sent = Signal()

    def __init__(self, look: Look, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._lines = look, lines
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """New measures."""
        self.setFont(self.look.font(15))
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + self.look.px(20))

    def text(self) -> str:
        """What was typed, without blank ends."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
