"""The five items of the response: verdict, rule, two values with units, and why; each row leads to its page."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Card, draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText
from crf_desktop.ui.page import column
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.response_words import Comparison, RowWords

MIDDLE = Qt.AlignmentFlag.AlignVCenter
GAP = 16
VALUES = 12
"""Behind a column of values."""
ROW = 76
"""Least height of a row."""
WHY = 296
"""What the reason needs before the rule gets more."""


def draw_verdict(painter: QPainter, glyph: Glyph, box: QRectF, look: Look) -> None:
    """A verdict in its own colour; what is not shown yet is no warning."""
    draw_shape(painter, glyph, box, look, "text_2" if glyph is Glyph.NOT_SEEN else None)


class LinkRow(QAbstractButton):
    """A row that leads somewhere: hover and focus as everywhere, Enter and Space press it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.leads, self._hover = look, False, False
        self.place: tuple[str, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def lead(self, place: tuple[str, str] | None) -> None:
        """Where it leads: (event address, form OID); None: nowhere, and the keyboard passes by."""
        self.place, self.leads = place, place is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.leads else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.leads:
            self.click()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """The divider above, and the tint of hover and focus with the bar at the left."""
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.look.color("line"))
        box = QRectF(self.rect()).adjusted(0, 1, 0, 0)
        if self.leads and self.hasFocus():
            painter.fillRect(box, self.look.color("accent_soft"))
            painter.fillRect(QRectF(0, 1, 4, box.height()), self.look.color("accent"))
            draw_box(painter, box.adjusted(6, 2, -2, -2), self.look.px(4), None, self.look.color("focus"), 2)
        elif self.leads and (self._hover or self.isDown()):
            painter.fillRect(box, self.look.color("raised"))


@frozen(slots=True)
class Columns:
    """Where the columns begin, in logical pixels."""

    item: int
    base: int
    followup: int
    why: int
    right: int


class ResponseRow(LinkRow):
    """One item."""

    def __init__(self, look: Look, words: RowWords, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.show_words(words)

    def show_words(self, words: RowWords) -> None:
        """Says another item; laid out by :meth:`lay_out`."""
        self.words = words
        self.lead(next((p.place for p in words.parts if p.place), None))
        self.setAccessibleName(words.spoken)
        self.setAccessibleDescription(words.described)

    @property
    def title(self) -> str:
        """``a  Physician global (PGA)``"""
        words = self.words
        return f"{words.letter}\u00a0\u00a0{words.title}" if words.letter else words.title

    def lay_out(self, at: Columns) -> None:
        """Breaks the lines to the columns and takes the height they need."""
        look, words, px = self.look, self.words, self.look.px
        self._at = at
        self._verdict = MarkedText(look, words.verdict, at.item - px(45) - px(8), 15, True)
        self._title = MarkedText(look, self.title, at.base - at.item - px(12), 15, True)
        self._rule = MarkedText(look, words.rule, at.base - at.item - px(12), 13)
        self._parts = [self._part(part, at) for part in words.parts]
        self._tall = sum(max(t.height for t in part) for part in self._parts)
        self.setFixedHeight(round(max(px(ROW), self._tall + px(20), self._title.height + self._rule.height + px(20))))

    def _part(self, part: Comparison, at: Columns) -> tuple[MarkedText, MarkedText, MarkedText]:
        px = self.look.px
        return (
            MarkedText(self.look, part.base, at.followup - at.base - px(8), 15),
            MarkedText(self.look, part.followup, at.why - at.followup - px(8), 15, True),
            MarkedText(self.look, part.why, at.right - at.why, 13),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, at, words = QPainter(self), self.look.px, self._at, self.words
        self.paint_ground(painter)
        middle, side = self.height() / 2, px(20)
        draw_verdict(painter, words.glyph, QRectF(px(16), middle - side / 2, side, side), self.look)
        self._verdict.draw(painter, px(45), middle - self._verdict.height / 2, words.token)
        top = middle - (self._title.height + self._rule.height) / 2
        self._title.draw(painter, at.item, top)
        self._rule.draw(painter, at.item, top + self._title.height, "text_2")
        y = middle - self._tall / 2
        for base, followup, why in self._parts:
            tall = max(base.height, followup.height, why.height)
            for text, x in ((base, at.base), (followup, at.followup), (why, at.why)):
                text.draw(painter, x, y + (tall - text.height) / 2)
            y += tall


class _Head(QWidget):
    """What the columns are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.words = look, ("", "", "", "")
        self.at = Columns(0, 0, 0, 0, 0)
        self.setFixedHeight(look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        box = QRectF(self.rect())
        draw_box(painter, box, px(7), self.look.color("raised"), None)
        painter.fillRect(box.adjusted(0, px(8), 0, 0), self.look.color("raised"))
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        starts = (self.at.item, self.at.base, self.at.followup, self.at.why)
        for x, word in zip(starts, self.words, strict=True):
            painter.drawText(QRectF(x, 0, self.width() - x, self.height()), MIDDLE, word)


class ResponseRows(Card):
    """The table; ``arrange`` gives it a width, and it says how high it is."""

    form_asked = Signal(str, str)
    """(event address, form OID)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.head = _Head(look, self)
        self.rows: list[ResponseRow] = []
        self._body = column(self, 0, (1, 1, 1, 1))
        self._body.addWidget(self.head)

    def show_rows(self, rows: Sequence[RowWords], base: str, followup: str) -> None:
        """Shows items; ``base`` and ``followup`` are the visits."""
        self.head.words = (self.tr("Item and rule"), base, followup, self.tr("Why"))
        for old in self.rows[len(rows) :]:
            old.hide()
            old.deleteLater()
        self.rows = self.rows[: len(rows)]
        for row, told in zip(self.rows, rows, strict=False):
            row.show_words(told)
        for told in rows[len(self.rows) :]:
            row = ResponseRow(self.look, told, self)
            row.clicked.connect(lambda _=False, r=row: self.form_asked.emit(*r.place) if r.place else None)
            self._body.addWidget(row)
            self.rows.append(row)

    def arrange(self, width: int) -> int:
        """Lays the rows out to a width; returns the height of the card."""
        at = self._columns(width - 2)
        self.head.at = at
        self.head.update()
        for row in self.rows:
            row.lay_out(at)
        high = self.head.height() + sum(r.height() for r in self.rows) + 2
        self.setFixedHeight(high)
        return high

    def _columns(self, width: int) -> Columns:
        """Values and verdicts get what they need; rule and reason share the rest, the reason first."""
        px, bold = self.look.px, QFontMetrics(self.look.font(15, True))
        pairs = [part for row in self.rows for part in row.words.parts]
        verdict = max((bold.horizontalAdvance(r.words.verdict) for r in self.rows), default=0)
        base = self._widest(QFontMetrics(self.look.font(15)), [p.base for p in pairs], self.head.words[1])
        followup = self._widest(bold, [p.followup for p in pairs], self.head.words[2])
        item = max(px(130), min(px(45) + verdict, px(160))) + px(12)
        left = width - item - base - followup - 2 * px(VALUES) - px(GAP)
        most = max((self._natural(r, bold) for r in self.rows), default=0) + px(GAP + 2)
        title = max(px(148), min(left - px(WHY), most, px(300)))
        first = item + title
        second = first + base + px(VALUES)
        return Columns(item, first, second, second + followup + px(VALUES), width - px(GAP))

    def _natural(self, row: ResponseRow, bold: QFontMetrics) -> int:
        rule = QFontMetrics(self.look.font(13)).horizontalAdvance(row.words.rule)
        return max(bold.horizontalAdvance(row.title), rule)

    def _widest(self, metrics: QFontMetrics, words: Sequence[str], head: str) -> int:
        px = self.look.px
        most = max((metrics.horizontalAdvance(w) for w in words), default=0)
        return max(px(64), min(most + px(4), px(116)), QFontMetrics(self.look.font(13)).horizontalAdvance(head))
