"""A line below the head of a page: what goes on, or what the reader has to know, with one way out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.paint import RING, Icon, draw_box


class NoticeStrip(QFrame):
    """Glyph, words, a bar while something goes on, a button."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._ground = "sunken"
        self._act: Callable[[], None] | None = None
        px = look.px
        self.mark, self.words = Mark(look, Icon.INFO, 16), Label(look, "", 13, wrap=True)
        self.bar, self.button = QProgressBar(), Button(look, "quiet", px=13, height=28)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(200))
        line = row(self, px(10), (px(12), px(6) - RING, px(12) - RING, px(6) - RING))
        line.addWidget(self.mark)
        line.addWidget(self.words, 1)
        line.addWidget(self.bar)
        line.addWidget(self.button)
        self.setMinimumHeight(px(40))
        self.button.clicked.connect(lambda: self._act() if self._act is not None else None)
        look.changed.connect(self.update)
        self.hide()

    def show_notice(
        self, words: str, shape: Glyph | Icon, ground: str, button: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Something to know."""
        self._show(words, shape, ground, button, act)
        self.bar.hide()

    def show_progress(self, words: str, done: int, of: int, button: str, act: Callable[[], None]) -> None:
        """Something that goes on; ``of`` 0: nobody knows how long."""
        self._show(words, Glyph.TIMER, "accent_soft", button, act)
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.bar.setAccessibleName(words)
        self.bar.show()

    def _show(
        self, words: str, shape: Glyph | Icon, ground: str, button: str, act: Callable[[], None] | None
    ) -> None:
        self.mark.set_shape(shape)
        self._ground, self._act = ground, act
        self.words.setText(words)
        self.setAccessibleName(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), QRectF(self.rect()), self.look.px(6), self.look.color(self._ground), None)
