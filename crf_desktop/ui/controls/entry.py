"""Text fields of one item: commit when left or on Enter, draft while typing, keep what was refused."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from crf_desktop.ui.controls.answer import HISTORY, MISSING, QUERY
from crf_desktop.ui.look import Look
from crf_desktop.ui.style import control_height, large_height, restyle

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Typing:
    """When typed text is an answer: it differs from what is stored, and was not sent already."""

    def __init__(self) -> None:
        self.stored = ""
        """Text of the stored answer."""
        self.sent: str | None = None
        """Text that was emitted and not edited since."""
        self.marked = False
        """A refused or unusual value stands in the field."""

    def due(self, text: str) -> bool:
        """Whether leaving the field has to emit."""
        return text != self.stored and text != self.sent

    def keeps(self, text: str, stored: str, focused: bool) -> bool:
        """Whether the field keeps its text although a view with another stored text is shown."""
        if text == stored:
            return False
        if stored != self.stored:
            return focused and text != self.stored and self.sent is None
        return self.marked or (self.sent is None and text != self.stored)


def asked_with(event: QKeyEvent) -> str:
    """``missing``, ``query`` or ``history`` for Ctrl+M, Ctrl+Shift+Q, Ctrl+H; else empty."""
    if event.modifiers() == _CTRL:
        return {Qt.Key.Key_M: MISSING, Qt.Key.Key_H: HISTORY}.get(Qt.Key(event.key()), "")
    return QUERY if event.modifiers() == _CTRL | _SHIFT and event.key() == Qt.Key.Key_Q else ""


def _left_for_good(event: QFocusEvent) -> bool:
    return event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class LineEntry(QLineEdit):
    """One line: numbers, dates, times, short text."""

    committed = Signal(str)
    drafted = Signal(str)
    asked = Signal(str)
    entered = Signal()
    units_asked = Signal()
    """Alt+Down: show the units."""

    def __init__(self, look: Look, longest: str, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._longest, self._large = look, longest, large
        self.typing = Typing()
        self.setProperty("state", "")  # else the first mark() would have the style sheet read again
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if large:
            self.setProperty("large", "true")
        self._after = QTimer(self, interval=0, singleShot=True)
        self._after.timeout.connect(self._go_on)
        self.textEdited.connect(self._edited)
        self.restyle()

    def restyle(self) -> None:
        """New measures; the field is as wide as its longest value."""
        self.setFont(self.look.font(17 if self._large else 15))
        self.setMaximumWidth(self.sizeHint().width())
        self.updateGeometry()

    def set_longest(self, text: str) -> None:
        """Another longest value (a date in another language)."""
        self._longest = text
        self.restyle()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.look.font(17 if self._large else 15))
        width = max(metrics.horizontalAdvance(self._longest) + self.look.px(28), self.look.px(112))
        return QSize(width, large_height(self.look) if self._large else control_height(self.look))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self.look.px(160)), self.sizeHint().height())

    def show_text(self, stored: str) -> None:
        """Shows the stored answer unless something unsaved stands here; emits nothing."""
        keep = self.typing.keeps(self.text(), stored, self.hasFocus())
        self.typing.stored = stored
        if not keep:
            self.typing.sent = None
            self.mark("")
            if self.text() != stored:
                self.setText(stored)
                self.setCursorPosition(0)

    def mark(self, state: str) -> None:
        """``error``, ``warn`` or nothing."""
        self.typing.marked = bool(state)
        restyle(self, state=state)

    def put(self, text: str) -> None:
        """Puts unsaved text here without answering."""
        self.typing.sent = None
        self.setText(text)

    def commit(self) -> None:
        """Emits what was typed, once."""
        text = self.text()
        if not self.isReadOnly() and self.typing.due(text):
            self.typing.sent = text
            self.committed.emit(text)

    def _go_on(self) -> None:
        """After Enter: on to the next item, unless what was typed was refused or is asked about."""
        if self.hasFocus() and not self.typing.marked:
            self.focusNextChild()

    def _edited(self, text: str) -> None:
        self.typing.sent = None
        self.mark("")
        self.drafted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := asked_with(event):
            self.asked.emit(asked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self._after.start()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self.typing.stored and not self.isReadOnly():
            self.setText(self.typing.stored)
            self._edited(self.text())
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.units_asked.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.focusNextChild() if event.key() == Qt.Key.Key_Down else self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if _left_for_good(event):
            self.commit()


class TextEntry(QPlainTextEdit):
    """Several lines of free text. Enter is a new line; Ctrl+Enter commits and moves on."""

    committed = Signal(str)
    drafted = Signal(str)
    asked = Signal(str)
    entered = Signal()
    units_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.typing = Typing()
        self.setProperty("state", "")
        self._shown_by_program = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._edited)
        self.restyle()

    def restyle(self) -> None:
        """New measures."""
        self.setFont(self.look.font(15))
        self.setFixedHeight(self.look.px(84))
        self.setMaximumWidth(self.look.px(640))

    def set_longest(self, text: str) -> None:
        """Free text has one width."""

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(640), self.look.px(84))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(160), self.look.px(84))

    def text(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def show_text(self, stored: str) -> None:
        """Shows the stored answer unless something unsaved stands here; emits nothing."""
        keep = self.typing.keeps(self.text(), stored, self.hasFocus())
        self.typing.stored = stored
        if not keep:
            self.typing.sent = None
            self.mark("")
            if self.text() != stored:
                self.put(stored)

    def mark(self, state: str) -> None:
        """``error``, ``warn`` or nothing."""
        self.typing.marked = bool(state)
        restyle(self, state=state)

    def put(self, text: str) -> None:
        """Puts text here without answering."""
        self._shown_by_program = True
        self.setPlainText(text)
        self._shown_by_program = False

    def commit(self) -> None:
        """Emits what was typed, once."""
        text = self.text()
        if not self.isReadOnly() and self.typing.due(text):
            self.typing.sent = text
            self.committed.emit(text)

    def _edited(self) -> None:
        if not self._shown_by_program:
            self.typing.sent = None
            self.mark("")
            self.drafted.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := asked_with(event):
            self.asked.emit(asked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL:
            self.commit()
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self.typing.stored and not self.isReadOnly():
            self.setPlainText(self.typing.stored)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if _left_for_good(event):
            self.commit()
