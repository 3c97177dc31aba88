"""The frame of a page: head with title, state and rule; foot with one primary action."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Label, Pill, draw_cap, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, draw_box


class Page(QWidget):
    """A page of the window."""

    place = ""
    """Which place of the app bar it belongs to."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def retranslate(self) -> None:
        """Puts every word into the language in force."""
        raise NotImplementedError

    def compact(self) -> bool:
        """True below 1000 logical px."""
        return self.width() / self.look.scale < 1000


def column(
    parent: QWidget | None = None, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A column without the style's own margins."""
    box = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    return box


def row(parent: QWidget | None = None, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row without the style's own margins."""
    box = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    return box


class PageHead(QWidget):
    """72 px: title and pill, the rule below or beside, and room for scores or buttons at the right end."""

    def __init__(self, look: Look, inline: bool = False, buttons: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.title = Label(look, "", 21, True)
        self.pill = Pill(look)
        self.pill.hide()
        self.rule = Label(look, "", 13, token="text_2", wrap=not inline)
        self.setFixedHeight(look.px(56 if inline else 72))
        outer = row(self, look.px(12), (look.px(24), 0, look.px(24) - (RING if buttons else 0), 0))
        left, first = column(gap=look.px(2)), row(gap=look.px(12))
        first.addWidget(self.title)
        first.addWidget(self.pill)
        left.addStretch(1)
        left.addLayout(first)
        if inline:
            first.addSpacing(look.px(4))
            first.addWidget(self.rule)
        else:
            left.addWidget(self.rule)
        first.addStretch(1)
        left.addStretch(1)
        outer.addLayout(left, 1)
        self.right = row(gap=look.px(12))
        outer.addLayout(self.right)

    def show_words(self, title: str, rule: str) -> None:
        """Title and the one line of rule."""
        self.title.setText(title)
        self.rule.setText(rule)


class ScoreWords(NamedTuple):
    """What a score card shows."""

    name: str
    glyph: Glyph | None
    note: str
    value: str
    """``26``, ``≥ 26`` or ``—``."""
    behind: str
    """``/123`` or the unit."""


class ScoreCard(QWidget):
    """A live score in the page head; never a partial sum that looks like a total."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.words = ScoreWords("", None, "", "—", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_words(self, words: ScoreWords) -> None:
        """Shows a score; a change is announced politely."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(f"{words.name} {words.value} {words.behind}, {words.note}")
            self.updateGeometry()
            self.update()

    def _widths(self) -> tuple[float, float, float]:
        px, w = self.look.px, self.words
        name = QFontMetrics(self.look.font(15, True)).horizontalAdvance(w.name)
        note = QFontMetrics(self.look.font(13)).horizontalAdvance(w.note) + (px(17) if w.glyph else 0)
        value = QFontMetrics(self.look.font(28, True)).horizontalAdvance(w.value)
        behind = QFontMetrics(self.look.font(13)).horizontalAdvance(w.behind)
        return max(name, note), value, behind

    def sizeHint(self) -> QSize:
        words, value, behind = self._widths()
        px = self.look.px
        return QSize(round(words + value + behind + px(17 + 16 + 4 + 17)), px(58))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, w = QPainter(self), self.look.px, self.words
        middle = Qt.AlignmentFlag.AlignVCenter
        draw_box(painter, QRectF(self.rect()), px(8), self.look.color("surface"), self.look.color("line"))
        painter.setPen(self.look.color("text"))
        painter.setFont(self.look.font(15, True))
        painter.drawText(QRectF(px(17), px(9), self.width(), px(22)), middle, w.name)
        x = px(17)
        if w.glyph is not None:
            draw_shape(painter, w.glyph, QRectF(x, px(34), px(13), px(13)), self.look)
            x += px(17)
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(QRectF(x, px(30), self.width(), px(20)), middle, w.note)
        _, value, behind = self._widths()
        right = self.width() - px(17) - behind
        painter.drawText(QRectF(right, px(21), behind + 4, px(24)), middle, w.behind)
        painter.setFont(self.look.font(28, True))
        painter.setPen(self.look.color("text_2" if w.value == "—" else "text"))
        painter.drawText(QRectF(right - px(4) - value, 0, value + px(4), self.height() - px(4)), middle, w.value)


class KeyStrip(QWidget):
    """Keys and what they do, painted in one line."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._hints: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        look.changed.connect(self.updateGeometry)

    def show_keys(self, hints: list[tuple[str, str]]) -> None:
        """(key, word) pairs."""
        if hints != self._hints:
            self._hints = hints
            self.setAccessibleName(", ".join(f"{key} {word}" for key, word in hints))
            self.updateGeometry()
            self.update()

    def _widths(self) -> list[tuple[int, int]]:
        metrics = QFontMetrics(self.look.font(13))
        cap, gap = self.look.px(13), self.look.px(24)
        return [(metrics.horizontalAdvance(k) + cap, metrics.horizontalAdvance(w) + gap) for k, w in self._hints]

    def sizeHint(self) -> QSize:
        return QSize(sum(cap + word + self.look.px(8) for cap, word in self._widths()), self.look.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many as fit, each whole."""
        painter, x, high = QPainter(self), 0.0, self.look.px(21)
        top = (self.height() - high) / 2
        for (key, word), (cap, width) in zip(self._hints, self._widths(), strict=True):
            if x + cap + self.look.px(8) + width - self.look.px(24) > self.width():
                break
            draw_cap(painter, QRectF(x, top, cap, high), key, self.look)
            painter.setPen(self.look.color("text_2"))
            x += cap + self.look.px(8)
            painter.drawText(QRectF(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += width


class Foot(QWidget):
    """56 px: navigation left, keys, what is open, one primary action right."""

    def __init__(self, look: Look, height: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(height))
        outer = row(self, look.px(8), (look.px(20), 1, look.px(20), 0))
        self.left, self.keys, self.right = row(gap=look.px(4)), KeyStrip(look), row(gap=look.px(8))
        outer.addLayout(self.left)
        outer.addSpacing(look.px(12))
        outer.addWidget(self.keys)
        outer.addStretch(1)
        outer.addLayout(self.right)
        look.changed.connect(self.update)

    def stretch_left(self) -> None:
        """Gives all room to the left part."""
        outer = self.layout()
        assert isinstance(outer, QHBoxLayout)
        outer.setStretchFactor(self.left, 1000)

    def show_keys(self, hints: list[tuple[str, str]]) -> None:
        """Key caps with a word each."""
        self.keys.show_keys(hints)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("surface"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.color("line"))
