"""A line across the window: something that goes on or that everybody has to know, with its ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.paint import Icon

Way = tuple[str, Callable[[], None]]
"""Words of a button and what it does."""


class LineStrip(QWidget):
    """Hidden until it has words."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._ground = "sunken"
        self._act: Callable[[], None] | None = None
        px = look.px
        self.mark, self.words = Mark(look, Icon.INFO, 16), Label(look, "", 15, wrap=True)
        self.button = Button(look, "quiet", px=13, height=28)
        across = row(self, px(10), (px(24), px(5), px(20), px(5)))
        across.addWidget(self.mark)
        across.addWidget(self.words, 1)
        across.addWidget(self.button)
        self.button.clicked.connect(lambda: self._act() if self._act is not None else None)
        look.changed.connect(self.update)
        self.hide()

    def say(self, words: str, shape: Glyph | Icon, ground: str, way: Way | None = None) -> None:
        """Shows words on a ground; without words it goes away."""
        self.mark.set_shape(shape)
        self._ground, self._act = ground, way[1] if way else None
        self.words.setText(words)
        self.setAccessibleName(words)
        self.button.setText(way[0] if way else "")
        self.button.setVisible(way is not None)
        self.setVisible(bool(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color(self._ground))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))
