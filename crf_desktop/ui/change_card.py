"""Change from week 0 of every outcome: both values, the difference with its sign, and whether it matters."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card, Label, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText, plain
from crf_desktop.ui.page import column

MIDDLE = Qt.AlignmentFlag.AlignVCenter
GAP = 16
LINE = 34
"""Least height of a line."""


@frozen(slots=True)
class ChangeWords:
    """One outcome."""

    label: str
    base: str
    followup: str
    change: str
    glyph: Glyph | None
    verdict: str
    token: str
    why: str


@frozen(slots=True)
class _Columns:
    starts: tuple[int, int, int, int, int, int]
    """Label, week 0, week 28, change, improvement, why."""
    right: int


class ChangeLine(QWidget):
    """One painted line."""

    def __init__(self, look: Look, words: ChangeWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.words = look, words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = (words.label, f"{words.base} → {words.followup}", words.change, words.verdict)
        self.setAccessibleName(", ".join(t for t in told if t))
        self.setAccessibleDescription(plain(words.why))
        look.changed.connect(self.update)

    def lay_out(self, at: _Columns) -> None:
        """Breaks the lines to the columns and takes the height they need."""
        w, px, starts = self.words, self.look.px, at.starts
        ends = (*starts[1:], at.right + px(GAP))
        shift = px(22) if w.glyph is not None else 0
        texts = (
            (w.label, 15, True), (w.base, 15, False), (w.followup, 15, True), (w.change, 15, True),
            (w.verdict, 13, False), (w.why, 13, False),
        )  # fmt: skip
        self._texts = []
        for n, (text, size, bold) in enumerate(texts):
            left = starts[n] + (shift if n == 4 else 0)
            room = ends[n] - left - px(GAP)
            self._texts.append((left, MarkedText(self.look, text, room, size, bold)))
        self._glyph_x = starts[4]
        self.setFixedHeight(round(max(px(LINE), max(t.height for _, t in self._texts) + px(10))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, middle = QPainter(self), self.look.px, self.height() / 2
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.color("line"))
        if self.words.glyph is not None:
            side = px(16)
            draw_shape(painter, self.words.glyph, QRectF(self._glyph_x, middle - side / 2, side, side), self.look)
        tokens = ("text", "text", "text", "text", self.words.token, "text")
        for (x, text), token in zip(self._texts, tokens, strict=True):
            text.draw(painter, x, middle - text.height / 2, token)


class ChangeCard(Card):
    """Title, column heads, one line per outcome; ``arrange`` gives it a width."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.title = Label(look, "", 17, True)
        self.title.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(6))
        self.lines: list[ChangeLine] = []
        self._heads: tuple[str, ...] = ("",) * 6
        self._columns = _Columns((0,) * 6, 0)
        self._head = QWidget(self)
        self._head.setFixedHeight(look.px(30))
        self._body = column(self, 0, (1, 1, 1, 1))
        self._body.addWidget(self.title)
        self._body.addWidget(self._head)

    def show_changes(self, title: str, changes: Sequence[ChangeWords], base: str, followup: str) -> None:
        """Shows outcomes; ``base`` and ``followup`` are the visits."""
        self.title.setText(title)
        self._heads = (self.tr("Outcome"), base, followup, self.tr("Change"), self.tr("Improvement"), self.tr("Why"))
        for old in self.lines:
            old.hide()
            old.deleteLater()
        self.lines = [ChangeLine(self.look, words, self) for words in changes]
        for line in self.lines:
            self._body.addWidget(line)

    def arrange(self, width: int) -> int:
        """Lays the lines out to a width; returns the height of the card."""
        px, bold = self.look.px, QFontMetrics(self.look.font(15, True))
        small = QFontMetrics(self.look.font(13))

        def widest(words: Sequence[str], n: int, most: int, metrics: QFontMetrics = bold) -> int:
            found = max((metrics.horizontalAdvance(w) for w in words), default=0)
            return max(min(found + px(2), px(most)), small.horizontalAdvance(self._heads[n])) + px(GAP)

        told = [line.words for line in self.lines]
        wide = (
            widest([w.label for w in told], 0, 220), widest([w.base for w in told], 1, 120),
            widest([w.followup for w in told], 2, 120), widest([w.change for w in told], 3, 120),
            widest([w.verdict for w in told], 4, 130, small) + px(22),
        )  # fmt: skip
        starts = [px(16)]
        for one in wide:
            starts.append(starts[-1] + one)
        self._columns = _Columns(tuple(starts), width - 2 - px(GAP))  # type: ignore[arg-type]
        for line in self.lines:
            line.lay_out(self._columns)
        self.title.setFixedHeight(self.title.sizeHint().height())
        high = self.title.height() + self._head.height() + sum(x.height() for x in self.lines) + 2
        self.setFixedHeight(high)
        return high

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        top = self._head.y()
        painter.fillRect(QRectF(1, top, self.width() - 2, self._head.height()), self.look.color("raised"))
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        for x, word in zip(self._columns.starts, self._heads, strict=True):
            painter.drawText(QRectF(x + 1, top, self.width(), self._head.height()), MIDDLE, word)
