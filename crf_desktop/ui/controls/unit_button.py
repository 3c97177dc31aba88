"""The unit beside a field when there are several: press it, or Alt+Down in the field."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.glyph import draw
from crf_desktop.ui.look import Look


class UnitButton(QPushButton):
    """The unit in force with a chevron; no tab stop, so that typing one value after the other is not slowed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("kind", "unit")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.look.px(14)
        painter = QPainter(self)
        place = QRectF(self.width() - side - self.look.px(10), (self.height() - side) / 2, side, side)
        draw(painter, Glyph.CHEVRON_DOWN, place, self.look)
        painter.end()
