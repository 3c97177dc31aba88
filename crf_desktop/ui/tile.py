"""A number that is asked first, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText
from crf_desktop.ui.paint import draw_box


class TileWords(NamedTuple):
    """``Responders``, ``41.7 %``, ``5 of 12``, ``95 % interval 15.2–72.3 %``."""

    name: str
    value: str
    behind: str = ""
    note: str = ""
    glyph: Glyph | None = None


class Tile(QWidget):
    """Name, number and note on a card; as high as its words need."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.words = TileWords("", "")
        look.changed.connect(self.update)

    def show_words(self, words: TileWords) -> None:
        """Shows a number."""
        self.words = words
        told = ", ".join(w for w in (words.name, words.value, words.behind, words.note) if w)
        self.setAccessibleName(told.replace("\n", ", "))
        self.update()

    def needed(self, width: int) -> int:
        """The height at a width."""
        px = self.look.px
        return round(sum(one.height for one in self._laid(width)[:3])) + px(24)

    def _laid(self, width: int) -> tuple[MarkedText, MarkedText, MarkedText, MarkedText]:
        look, room, w = self.look, width - self.look.px(32), self.words
        value = MarkedText(look, w.value, room, 28, True)
        return MarkedText(look, w.name, room), value, MarkedText(look, w.note, room), MarkedText(look, w.behind, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, px = QPainter(self), self.look, self.look.px
        draw_box(painter, QRectF(self.rect()), px(8), look.color("surface"), look.color("line"))
        name, value, note, behind = self._laid(self.width())
        left, y = float(px(16)), float(px(12))
        name.draw(painter, left, y, "text_2")
        y += name.height
        if self.words.glyph is not None:
            draw_shape(painter, self.words.glyph, QRectF(left, y + (value.line - px(18)) / 2, px(18), px(18)), look)
            left += px(26)
        value.draw(painter, left, y)
        behind.draw(painter, left + value.natural + px(8), y + value.line - behind.line - px(5), "text_2")
        note.draw(painter, px(16), y + value.line, "text_2")


class TileRow(QWidget):
    """Tiles of one height side by side, in as many lines as they need."""

    def __init__(self, look: Look, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.tiles = [Tile(look, self) for _ in range(count)]
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(look.px(12))

    def show_words(self, words: Sequence[TileWords]) -> None:
        """One for each tile."""
        for tile, one in zip(self.tiles, words, strict=True):
            tile.show_words(one)
        self._arrange()

    def _arrange(self) -> None:
        px, count = self.look.px, len(self.tiles)
        across = count if self.width() >= px(200) * count else max(1, min(count, self.width() // px(236)))
        for at, tile in enumerate(self.tiles):
            self.grid.addWidget(tile, at // across, at % across)
        for at in range(count):
            self.grid.setColumnStretch(at, 1 if at < across else 0)
        wide = (self.width() - px(12) * (across - 1)) // across
        high = max(tile.needed(wide) for tile in self.tiles)
        for tile in self.tiles:
            tile.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
