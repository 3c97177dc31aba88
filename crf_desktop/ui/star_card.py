"""STAR beside the five items: points per item, the total of nine, the responder line, and what a reader has to know."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText, plain
from crf_desktop.ui.page import column
from crf_desktop.ui.response_rows import LinkRow, draw_verdict

LEFT = 44
"""Where the words begin."""
BASELINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@frozen(slots=True)
class StarWords:
    """One line of STAR."""

    glyph: Glyph
    verdict: str
    title: str
    """``Systemic  30 → 9``"""
    why: str
    points: str
    """``3``, ``0`` or ``–``."""
    most: str
    """``/3``"""
    place: tuple[str, str] | None


@frozen(slots=True)
class StarEnd:
    """The total and what follows from it."""

    total: str
    """``8`` or ``–``."""
    glyph: Glyph
    headline: str
    why: str
    ground: str
    token: str
    notes: str


class _Figure:
    """A number with what it is out of, set from the right edge."""

    def __init__(self, look: Look, figure: str, most: str, large: int, gap: int) -> None:
        self.look, self.figure, self.most, self.large, self.gap = look, figure, most, large, gap

    @property
    def width(self) -> int:
        big = QFontMetrics(self.look.font(self.large, True)).horizontalAdvance(self.figure)
        return big + self.gap + QFontMetrics(self.look.font(13)).horizontalAdvance(self.most)

    def draw(self, painter: QPainter, right: float, top: float, high: float) -> None:
        small = QFontMetrics(self.look.font(13)).horizontalAdvance(self.most)
        drop = self.look.px(1 if self.large < 20 else 4)
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(QRectF(0, top + drop, right, high), BASELINE, self.most)
        painter.setFont(self.look.font(self.large, True))
        painter.setPen(self.look.color("text"))
        painter.drawText(QRectF(0, top, right - small - self.gap, high), BASELINE, self.figure)


class StarRow(LinkRow):
    """One item of STAR; leads to its page."""

    def __init__(self, look: Look, words: StarWords, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.show_words(words)

    def show_words(self, words: StarWords) -> None:
        """Says another item; laid out by :meth:`lay_out`."""
        self.words = words
        self.lead(words.place)
        self.setAccessibleName(f"{words.title}, {words.verdict}, {words.points} {words.most}")
        self.setAccessibleDescription(plain(words.why))

    def lay_out(self, width: int) -> None:
        """Breaks the lines to a width and takes the height they need."""
        look, px, words = self.look, self.look.px, self.words
        self._points = _Figure(look, words.points, words.most, 17, px(3))
        self._title = MarkedText(look, words.title, width - px(LEFT + 16 + 4) - self._points.width, 15, True)
        self._why = MarkedText(look, words.why, width - px(LEFT + 16), 13)
        self.setFixedHeight(round(max(px(58), self._title.height + self._why.height + px(16))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        self.paint_ground(painter)
        top = (self.height() - self._title.height - self._why.height) / 2
        side = px(16)
        line = self._title.line
        draw_verdict(painter, self.words.glyph, QRectF(px(16), top + (line - side) / 2, side, side), self.look)
        self._title.draw(painter, px(LEFT), top)
        self._why.draw(painter, px(LEFT), top + self._title.height)
        self._points.draw(painter, self.width() - px(16), top, line)


class _Head(QWidget):
    """Name, source, total."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.words = look, ("STAR", "", "–", "")
        self.setFixedHeight(look.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, (name, source, total, most) = QPainter(self), self.look.px, self.words
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.look.font(17, True))
        painter.setPen(self.look.color("text"))
        painter.drawText(QRectF(px(16), px(14), self.width(), px(24)), middle, name)
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(QRectF(px(16), px(38), self.width(), px(20)), middle, source)
        _Figure(self.look, total, most, 28, px(6)).draw(painter, self.width() - px(16), 0, self.height())


class _End(QWidget):
    """The responder line on its soft ground, and the notes below it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.words: StarEnd | None = None

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.minimumHeight())

    def lay_out(self, width: int) -> None:
        """Breaks the lines to a width."""
        assert self.words is not None
        px = self.look.px
        self._headline = MarkedText(self.look, self.words.headline, width - px(LEFT + 16), 15, True)
        self._why = MarkedText(self.look, self.words.why, width - px(LEFT + 16), 13)
        self._notes = MarkedText(self.look, self.words.notes, width - px(32), 13)
        self._block = round(max(px(58), self._headline.height + self._why.height + px(16)))
        self.setMinimumHeight(round(self._block + self._notes.height + px(24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if (words := self.words) is None:
            return
        painter, px, side = QPainter(self), self.look.px, self.look.px(16)
        painter.fillRect(QRectF(0, 0, self.width(), self._block), self.look.color(words.ground))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.color("line"))
        top = (self._block - self._headline.height - self._why.height) / 2
        line = self._headline.line
        draw_verdict(painter, words.glyph, QRectF(px(16), top + (line - side) / 2, side, side), self.look)
        self._headline.draw(painter, px(LEFT), top, words.token)
        self._why.draw(painter, px(LEFT), top + self._headline.height)
        below = self.height() - self._notes.height - px(12)
        painter.fillRect(QRectF(0, below - px(12), self.width(), 1), self.look.color("line"))
        self._notes.draw(painter, px(16), below, "text_2")


class StarCard(Card):
    """Head, five rows, the end."""

    form_asked = Signal(str, str)
    """(event address, form OID)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.head, self.end = _Head(look, self), _End(look, self)
        self.rows: list[StarRow] = []
        self._body = column(self, 0, (1, 1, 1, 1))
        self._body.addWidget(self.head)
        self._lines = column()
        self._body.addLayout(self._lines)
        self._body.addWidget(self.end, 1)

    def show_star(self, rows: Sequence[StarWords], end: StarEnd, most: int) -> None:
        """Shows the items and the end; ``most``: points there are."""
        self.head.words = ("STAR", self.tr("candidate STAR, 2022"), end.total, f"/{most}")
        self.end.words = end
        total = f"STAR {end.total} /{most}"
        self.setAccessibleName(f"{total}, {end.headline}")
        self.end.setAccessibleName(f"{total}, {end.headline}")
        self.end.setAccessibleDescription(f"{plain(end.why)} {plain(end.notes)}")
        for row, told in zip(self.rows, rows, strict=False):
            row.show_words(told)
        for told in rows[len(self.rows) :]:
            row = StarRow(self.look, told, self)
            row.clicked.connect(lambda _=False, r=row: self.form_asked.emit(*r.place) if r.place else None)
            self._lines.addWidget(row)
            self.rows.append(row)
        self.head.update()
        self.end.update()

    def clear(self) -> None:
        """Empties the card when the study is locked."""
        for old in self.rows:
            old.hide()
            old.deleteLater()
        self.rows, self.end.words = [], None
        self.head.words = ("STAR", "", "", "")
        for widget in (self, self.end):
            widget.setAccessibleName("")
        self.end.setAccessibleDescription("")

    def arrange(self, width: int) -> int:
        """Lays everything out to a width; returns the least height."""
        for row in self.rows:
            row.lay_out(width - 2)
        self.end.lay_out(width - 2)
        return self.head.height() + sum(r.height() for r in self.rows) + self.end.minimumHeight() + 2
