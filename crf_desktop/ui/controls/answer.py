"""Base of the painted controls of one item: press and release inside answers, keys, no wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.ui.look import Look

MISSING, QUERY, HISTORY = "missing", "query", "history"
ASKED_BY_KEY = {Qt.Key.Key_M: MISSING, Qt.Key.Key_Q: QUERY, Qt.Key.Key_H: HISTORY}
"""Letters of a focused item; a text field needs Ctrl with them, and Ctrl+Shift+Q."""


class Answer(QWidget):
    """One item as a painted surface with places that can be pressed, and a 4 px margin for the focus ring."""

    picked = Signal(str)
    """(coded value) released inside: the answer."""
    cleared = Signal()
    asked = Signal(str)
    """(``missing``, ``query`` or ``history``): the keys M, Q, H, or their places."""
    entered = Signal()
    """Has the focus now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.chosen: str | None = None
        self.missing = ""
        """Words of the missing reason; empty when there is none."""
        self.read_only = False
        self.hovered: str | None = None
        self.held: str | None = None
        self.cursor_at: str | None = None
        """The place the arrow keys have reached; the ring stands there."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    # what a subclass gives

    def places(self) -> list[tuple[str, QRectF]]:
        """What can be pressed: coded values, and ``missing`` for the link or the pill."""
        raise NotImplementedError

    def codes(self) -> list[str]:
        """The answers that exist, in order."""
        raise NotImplementedError

    # what it does

    def show_answer(self, chosen: str | None, missing: str, read_only: bool) -> None:
        """Shows an answer; emits nothing."""
        self.chosen, self.missing, self.read_only = chosen, missing, read_only
        self.cursor_at = chosen if chosen is not None else self.cursor_at
        self.update()

    def choose(self, code: str) -> None:
        """A person chose: emits unless this is the answer already."""
        self.cursor_at = code
        self.update()
        if not self.read_only and (code != self.chosen or self.missing):
            self.picked.emit(code)

    def clear(self) -> None:
        """A person took the answer away: emits unless there is none."""
        if not self.read_only and (self.chosen is not None or self.missing):
            self.cleared.emit()

    def place_at(self, point: QPointF) -> str | None:
        """The pressable place under a point."""
        return next((name for name, rect in self.places() if rect.contains(point)), None)

    def move_cursor(self, step: int) -> None:
        """Moves the ring among the answers without answering."""
        codes = self.codes()
        at = codes.index(self.cursor_at) + step if self.cursor_at in codes else (0 if step > 0 else len(codes) - 1)
        self.cursor_at = codes[min(max(at, 0), len(codes) - 1)]
        self.update()

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if self.read_only and place != MISSING:
            place = None
        if place != self.hovered:
            self.hovered = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.held = self.hovered = self.place_at(event.position())
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self.held = self.held, None
        self.update()
        if event.button() != Qt.MouseButton.LeftButton or held is None or held != self.place_at(event.position()):
            return
        if held != MISSING:
            self.choose(held)
        elif not self.read_only:
            self.asked.emit(MISSING)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if not plain:
            event.ignore()
        elif key in ASKED_BY_KEY:
            if not (self.read_only and ASKED_BY_KEY[Qt.Key(key)] == MISSING):
                self.asked.emit(ASKED_BY_KEY[Qt.Key(key)])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif key == Qt.Key.Key_Space:
            if self.cursor_at in self.codes():
                self.choose(self.cursor_at or "")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_cursor(1 if key == Qt.Key.Key_Right else -1)
        elif not self.digit(event.text()):
            event.ignore()

    def digit(self, text: str) -> bool:
        """Answers by a digit; False when the key means nothing here."""
        if text and text in self.codes():
            self.choose(text)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
