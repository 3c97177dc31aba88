"""The track of a visual analogue scale: bare until the first press, then a mark; 0 is an answer like any other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.ui.controls.answer import Answer
from crf_desktop.ui.controls.ink import Ink
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING

SETTLE_MS = 700
"""After an arrow key this long is waited before the place counts as the answer; leaving answers at once."""


class Track(Answer):
    """A press places the mark, dragging moves it, releasing answers; ← → move it by one, digits go to the readout."""

    moved = Signal(str)
    """(coded value) while the mark is on its way; empty: back to what was."""
    typed = Signal(str)
    """(digit) typed here: for the readout field."""

    def __init__(self, look: Look, maximum: int, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.maximum = maximum
        self.pending: int | None = None
        """Where the mark is while it moves; None at rest."""
        self._dragging = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.settle)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(700), self.look.px(56) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(240), self.sizeHint().height())

    def codes(self) -> list[str]:
        return []

    def places(self) -> list[tuple[str, QRectF]]:
        return []

    # geometry

    def _line(self) -> tuple[float, float, float]:
        """Left end, right end and height of the line."""
        inset = RING + self.look.px(12)
        return inset, self.width() - inset, RING + self.look.px(28)

    def x_of(self, value: float) -> float:
        """Where a value lies on the line."""
        left, right, _ = self._line()
        return left + (right - left) * value / self.maximum

    def value_at(self, x: float) -> int:
        """The whole value nearest to a place; beyond the ends it is the end."""
        left, right, _ = self._line()
        return min(max(round((x - left) * self.maximum / (right - left)), 0), self.maximum)

    @property
    def value(self) -> int | None:
        """Where the mark stands; None while there is none."""
        if self.pending is not None:
            return self.pending
        return int(self.chosen) if self.chosen is not None and self.chosen.isdigit() else None

    # answering

    def show_answer(self, chosen: str | None, missing: str, read_only: bool) -> None:
        if not self._dragging and not self._timer.isActive():
            self.pending = None
        super().show_answer(chosen, missing, read_only)

    def _move(self, value: int) -> None:
        self.pending = min(max(value, 0), self.maximum)
        self.moved.emit(str(self.pending))
        self.update()

    def settle(self) -> None:
        """The place of the mark is the answer."""
        self._timer.stop()
        if self.pending is not None:
            value, self.pending = str(self.pending), None
            self.choose(value)

    def give_up(self) -> None:
        """The mark goes back to where it was."""
        self._timer.stop()
        self._dragging, self.pending = False, None
        self.moved.emit("")
        self.update()

    # Qt

    def _in_reach(self, point: QPointF) -> bool:
        return abs(point.y() - self._line()[2]) <= self.look.px(26)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (
            event.button() != Qt.MouseButton.LeftButton
            or self.read_only
            or self.missing
            or not self._in_reach(event.position())
        ):
            event.ignore()
            return
        self._timer.stop()
        self._dragging = True
        self._move(self.value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move(self.value_at(event.position().x()))
        reach = self._in_reach(event.position()) and not self.read_only and not self.missing
        self.setCursor(Qt.CursorShape.PointingHandCursor if reach else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:
            return
        self._dragging = False
        if abs(event.position().y() - self._line()[2]) > self.look.px(120):
            self.give_up()
        else:
            self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._moved_by(event.key()):
            return
        if event.key() == Qt.Key.Key_Escape and self.pending is not None:
            self.give_up()
            return
        self.settle()
        if event.text().isdigit() and not self.read_only and not self.missing:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _moved_by(self, key: int) -> bool:
        """Arrows move a mark that stands; Home and End place one. Leaving, Enter or a rest answers."""
        if self.read_only or self.missing:
            return False
        at = self.value
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: -10, Qt.Key.Key_PageUp: 10}.get(
            Qt.Key(key)
        )
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move(0 if key == Qt.Key.Key_Home else self.maximum)
        elif step is None:
            return False
        elif at is not None:
            self._move(at + step)
        if self.pending is not None:
            self._timer.start()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self._dragging:
            self.settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._dragging = False
        self.settle()
        super().hideEvent(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px = Ink(self, self.look), self.look.px
        left, right, y = self._line()
        token = "text_2" if not self.read_only and not self.missing else "control"
        ink.fill(QRectF(left, y - px(1), right - left, px(2)), token)
        for value in range(0, self.maximum + 1, max(self.maximum // 10, 1)):
            long = value in (0, self.maximum)
            high = px(11 if long else 5)
            ink.fill(QRectF(self.x_of(value) - px(1) / 2, y - high, px(2 if long else 1), 2 * high), token)
        if self.value is not None and not self.missing:
            self._paint_mark(ink, self.x_of(self.value), y)
        if self.hasFocus():
            ink.ring(QRectF(self.rect()).adjusted(RING, RING, -RING, -RING))
        ink.painter.end()

    def _paint_mark(self, ink: Ink, x: float, y: float) -> None:
        px, painter = self.look.px, ink.painter
        token = "text_2" if self.read_only else "accent_press" if self._dragging else "accent"
        ink.fill(QRectF(x - px(1), y - px(18), px(2), px(36)), token)
        painter.setBrush(self.look.color(token))
        painter.setPen(QPen(self.look.color("surface"), px(2)))
        painter.drawEllipse(QPointF(x, y), px(10), px(10))
