"""Quiet buttons beside a field: a glyph with its word, and the unit with its chevron; no tab stops, keys reach both."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.glyph import draw
from crf_desktop.ui.look import Look


class Link(QPushButton):
    """A quiet button with a glyph before its words."""

    kind = "link"
    token: str | None = None
    """Ink of the glyph; None: its own."""

    def __init__(self, look: Look, glyph: Glyph, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.glyph = look, glyph
        self.setProperty("kind", self.kind)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # and a proxy: a press leaves the keyboard with the item
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def glyph_box(self) -> QRectF:
        """Where the glyph stands."""
        side = self.look.px(16)
        return QRectF(self.look.px(8), (self.height() - side) / 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        draw(painter, self.glyph, self.glyph_box(), self.look, self.token if self.isEnabled() else "disabled")
        painter.end()


class UnitButton(Link):
    """The unit in force with a chevron behind it; Alt+Down in the field presses it."""

    kind = "unit"

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, Glyph.CHEVRON_DOWN, parent)

    def glyph_box(self) -> QRectF:
        side = self.look.px(14)
        return QRectF(self.width() - side - self.look.px(10), (self.height() - side) / 2, side, side)
