"""The verdict of an end point, and how many items were met: in words, with a glyph, and whether missing data decide."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText, plain
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.response_rows import draw_verdict


@frozen(slots=True)
class VerdictWords:
    """What a verdict card says."""

    glyph: Glyph
    title: str
    headline: str
    token: str
    why: str
    """With ``**…**`` around what decides."""


class VerdictCard(Card):
    """Glyph, what is asked, the answer, and why."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words: VerdictWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: VerdictWords) -> None:
        """Shows a verdict."""
        self.words = words
        self.setAccessibleName(f"{words.title}: {words.headline}")
        self.setAccessibleDescription(plain(words.why))
        self.update()

    def arrange(self, width: int) -> int:
        """Lays the words out to a width; returns the height they need."""
        if self.words is None:
            return 0
        px = self.look.px
        room = width - px(53 + 16)
        self._title = MarkedText(self.look, self.words.title, room, 13)
        self._headline = MarkedText(self.look, self.words.headline, room, 21, True)
        self._why = MarkedText(self.look, self.words.why, room, 13)
        return round(self._title.height + self._headline.height + self._why.height + px(28))

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.words is None:
            return
        painter, px = QPainter(self), self.look.px
        draw_verdict(painter, self.words.glyph, QRectF(px(16), px(14), px(22), px(22)), self.look)
        y = float(px(13))
        for text, token in ((self._title, "text_2"), (self._headline, self.words.token), (self._why, "text")):
            text.draw(painter, px(53), y, token)
            y += text.height


class CountPill(QWidget):
    """``3 met`` on a soft ground, 32 px."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.glyph, self.count, self.word, self.ground, self.token = Glyph.MET, "", "", "sunken", "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_count(self, glyph: Glyph, count: str, word: str, ground: str, token: str) -> None:
        """Shows how many."""
        self.glyph, self.count, self.word, self.ground, self.token = glyph, count, word, ground, token
        self.setAccessibleName(f"{count} {word}".strip())
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int]:
        bold, normal = QFontMetrics(self.look.font(15, True)), QFontMetrics(self.look.font(15))
        return bold.horizontalAdvance(self.count), normal.horizontalAdvance(self.word)

    def sizeHint(self) -> QSize:
        count, word = self._widths()
        return QSize(count + word + self.look.px(11 + 15 + 6 + 6 + 12), self.look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        draw_box(painter, QRectF(self.rect()), self.height() / 2, self.look.color(self.ground), None)
        side, middle = px(15), self.height() / 2
        draw_verdict(painter, self.glyph, QRectF(px(11), middle - side / 2, side, side), self.look)
        count = MarkedText(self.look, self.count, self.width(), 15, True)
        word = MarkedText(self.look, self.word, self.width(), 15)
        x = px(11 + 15 + 6)
        count.draw(painter, x, middle - count.height / 2, self.token)
        gap = px(6) if self.count else 0
        word.draw(painter, x + self._widths()[0] + gap, middle - word.height / 2, self.token)
