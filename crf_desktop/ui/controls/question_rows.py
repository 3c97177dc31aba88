"""The painted rows of whole questions: words at the left, answers in one column at the right, links behind them."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.chips import Option
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.ink import (
    CHIP_LEAD,
    CHIP_TAIL,
    BoxState,
    Face,
    Ink,
    line_height,
    text_width,
    wrap,
)
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.controls.speech import missing_words
from crf_desktop.ui.look import Look
from crf_desktop.ui.style import control_height

_QUESTION, _SMALL, _LINK = Face(15), Face(13, token="text_2"), Face(13, token="accent_text")
_LEAST = 260
"""Guide px of a question below which the answers stand under it."""
INDENT = 48
"""Guide px before a question, where its sign stands."""
LINKS = ("missing", "history", "query")


@frozen
class Question:
    """One row in one language."""

    oid: str
    words: str
    hint: str
    options: tuple[Option, ...]
    mandatory: bool
    messages: tuple[str, ...] = ()
    """What may be said of an answer: room is kept for it."""
    not_asked: str = ""
    """What it says while it is not asked; empty where it always is."""


@frozen
class Place:
    """Where one row and its parts stand."""

    row: QRectF
    middle: float
    """y of the middle of the question with what stands under it."""
    lines: tuple[str, ...]
    options: tuple[QRectF, ...]
    links: QRectF


@frozen
class Columns:
    """The places that all rows share."""

    narrow: bool
    question: int
    """Width of the question."""
    options: int
    """x of the first answer."""
    room: int
    """Width of the answers."""
    links: int
    """x of the links."""


class QuestionRows(Painted):
    """Rows one under the other; the current one is tinted and its answer ringed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.questions: tuple[Question, ...] = ()
        self.view = BlockView({}, {}, {}, {})
        self.current = 0
        self.ring_column = 0
        self.told: dict[str, tuple[str, str]] = {}
        """By item: ``bad`` or ``warn``, and the message in the place of the hint."""
        self._asked: tuple[object, ...] = ()
        self._laid: dict[int, tuple[Columns, tuple[Place, ...]]] = {}
        """By width: what was worked out under the look, words and messages of ``_asked``."""
        self._odd: frozenset[str] = frozenset()
        """Items that have a line under their question: changed after signature, or not asked."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_words(self, questions: tuple[Question, ...]) -> None:
        """Questions and answers in the language of now."""
        self.questions, self._asked = questions, ()
        self.relayout()
        self.updateGeometry()

    def show_answers(self, view: BlockView) -> None:
        """Other answers; messages go."""
        height = self.heightForWidth(self.width())
        self.view, self.told = view, {}
        items = ((q.oid, view.items.get(q.oid, EMPTY)) for q in self.questions)
        self._odd = frozenset(oid for oid, item in items if item.was or not item.relevant)
        if self.heightForWidth(self.width()) != height:
            self.updateGeometry()

    def item(self, row: int) -> ItemView:
        """What is known of a row."""
        return self.view.items.get(self.questions[row].oid, EMPTY)

    def is_asked(self, row: int) -> bool:
        """Whether a row is asked, or holds an answer from when it was."""
        item = self.item(row)
        return item.relevant or item.datum.answered

    def row_of(self, oid: str) -> int:
        """The row of an item."""
        return next(i for i, q in enumerate(self.questions) if q.oid == oid)

    # geometry

    def link_words(self, missing: bool = False) -> tuple[str, str, str]:
        """The words of the three links."""
        return self.tr("Remove reason") if missing else self.tr("Missing reason"), self.tr("History"), self.tr("Query")

    def _link_widths(self) -> tuple[float, float, float]:
        px, least = self.look.px, self.look.px(44 if self.look.touch else 0)
        widths = [text_width(self.look, words, _LINK) for words in self.link_words()]
        widths[0] = max(widths[0], text_width(self.look, self.link_words(True)[0], _LINK))
        first, history, query = (max(w + px(pad), least) for w, pad in zip(widths, (40, 16, 38), strict=True))
        return first, history, query

    def _chip_width(self, option: Option) -> float:
        return text_width(self.look, option.words, _QUESTION) + self.look.px(CHIP_LEAD + CHIP_TAIL) + 1

    def columns(self, width: int) -> Columns:
        """The shared places at a width."""
        return self._worked_out(width)[0]

    def _columns(self, width: int) -> Columns:
        px, gap = self.look.px, self.look.px(8)
        links = sum(self._link_widths())
        wants = [sum(self._chip_width(o) + gap for o in q.options) - gap for q in self.questions]
        most = max(wants, default=0)
        room = min(most, width * 0.42)
        question = width - px(INDENT) - px(24) - room - px(8) - links - px(8)
        if question >= px(_LEAST):
            left = width - px(8) - links - px(8) - room
            return Columns(False, int(question), int(left), int(room) + 1, int(width - px(8) - links))
        room = width - px(INDENT) - px(16)
        beside = most + gap + links <= room
        at = width - px(8) - links if beside else px(INDENT) - px(8)
        return Columns(True, int(width - px(INDENT) - px(24)), px(INDENT), int(room), int(at))

    def _flow(self, question: Question, columns: Columns, top: float) -> tuple[QRectF, ...]:
        """The answers of one row from a top edge on, in as many lines as they need."""
        gap, high = self.look.px(8), control_height(self.look)
        x, y, found = float(columns.options), top, []
        right = columns.options + columns.room
        for option in question.options:
            w = min(self._chip_width(option), columns.room)
            if x > columns.options and x + w > right + 1:
                x, y = float(columns.options), y + high + gap
            lines = len(wrap(self.look, option.words, _QUESTION, w - self.look.px(CHIP_LEAD + CHIP_TAIL) + 2))
            tall = max(high, lines * line_height(self.look, 15) + self.look.px(10))
            found.append(QRectF(x, y, w, tall))
            x += w + gap
        return tuple(found)

    def _place(self, question: Question, columns: Columns, top: float, width: int) -> Place:
        px, tall = self.look.px, line_height(self.look, 15)
        lines = wrap(self.look, question.words, _QUESTION, columns.question)
        text = len(lines) * tall + self._below(question, columns.question)
        high, pad = control_height(self.look), px(10)
        if columns.narrow:
            options = self._flow(question, columns, top + pad + text + px(8))
            bottom = max(o.bottom() for o in options)
            beside = columns.links > columns.options
            links = QRectF(columns.links, options[0].top() if beside else bottom + px(4), width - columns.links, high)
            return Place(QRectF(0, top, width, links.bottom() + pad - top if not beside else bottom + pad - top),
                         top + pad + text / 2, lines, options, links)  # fmt: skip
        options = self._flow(question, columns, 0)
        block = max(o.bottom() for o in options)
        height = max(px(52), text + 2 * pad, block + 2 * px(8))
        shift = top + (height - block) / 2
        options = tuple(o.translated(0, shift) for o in options)
        links = QRectF(columns.links, top + (height - high) / 2, width - columns.links, high)
        return Place(QRectF(0, top, width, height), top + height / 2, lines, options, links)

    def _below(self, question: Question, width: int) -> int:
        """Height kept under the question for its hint or the longest message."""
        said = (*question.messages, *(words for _, words in [self.told.get(question.oid, ("", ""))] if words))
        counts = [len(wrap(self.look, words, Face(13, True), width - self.look.px(22))) for words in said]
        counts.append(len(wrap(self.look, question.hint, _SMALL, width)))
        counts.append(int(bool(question.not_asked or question.oid in self._odd)))
        return max(counts) * line_height(self.look, 13)

    def places(self, width: int) -> tuple[Place, ...]:
        """Every row at a width."""
        return self._worked_out(width)[1]

    def _worked_out(self, width: int) -> tuple[Columns, tuple[Place, ...]]:
        look = self.look
        asked = (look.scale, look.language, look.touch, self.questions, tuple(self.told.items()), self._odd)
        if asked != self._asked:
            self._laid, self._asked = {}, asked
        if width not in self._laid:
            columns, top, found = self._columns(width), 0.0, []
            for question in self.questions:
                found.append(self._place(question, columns, top, width))
                top = found[-1].row.bottom()
            self._laid[width] = columns, tuple(found)
        return self._laid[width]

    def heightForWidth(self, width: int) -> int:
        places = self.places(width)
        return int(places[-1].row.bottom()) + 1 if places else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(640), self.heightForWidth(self.width() if self.width() > 200 else self.look.px(1232)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(300), self.look.px(52))

    def pill_rect(self, row: int) -> QRectF:
        """Where a missing reason stands: over the answers."""
        place, px = self.places(self.width())[row], self.look.px
        words = missing_words(self.item(row), self.look.language)
        first, columns = place.options[0], self.columns(self.width())
        width = min(text_width(self.look, words, Face(13)) + px(46), columns.room)
        return QRectF(first.left(), first.top(), max(width, min(columns.room, px(120))), first.height())

    def link_rects(self, row: int) -> tuple[tuple[str, QRectF], ...]:
        """The links of a row: the missing reason everywhere, history and query in the current one."""
        at, found = self.places(self.width())[row].links, []
        x = at.left()
        editable = not self.view.read_only and self.is_asked(row)
        shown = {
            "missing": editable,
            "history": row == self.current and self.hasFocus(),
            "query": (row == self.current and self.hasFocus()) or self.item(row).n_open_query > 0,
        }
        for name, width in zip(LINKS, self._link_widths(), strict=True):
            if shown[name]:
                found.append((name, QRectF(x, at.top(), width, at.height())))
            x += width
        return tuple(found)

    def lay_out(self) -> int:
        self.targets = []
        editable = not self.view.read_only
        for row, place in enumerate(self.places(self.width())):
            self.targets += [Target(rect, name, (row,)) for name, rect in self.link_rects(row)]
            if self.item(row).datum.null_flavor is not None:
                self.targets.append(Target(self.pill_rect(row), "pill", (row,), editable))
            elif editable and self.is_asked(row):
                pairs = zip(self.questions[row].options, place.options, strict=True)
                self.targets += [Target(rect, "option", (row, o.code)) for o, rect in pairs]
            self.targets.append(Target(place.row, "row", (row,), False))
        return 0

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.relayout()  # the links of the current row stand there while it has the keyboard

    # painting

    def paint(self, ink: Ink) -> None:
        seen = QRectF(self.viewport().visibleRegion().boundingRect())
        ink.fill(QRectF(self.viewport().rect()), "surface")
        for row, place in enumerate(self.places(self.width())):
            if place.row.intersects(seen):
                self._paint_row(ink, row, place)

    def _paint_row(self, ink: Ink, row: int, place: Place) -> None:
        px, item, question = self.look.px, self.item(row), self.questions[row]
        focused = row == self.current and self.hasFocus()
        if focused:
            ink.fill(place.row, "accent_soft")
            ink.fill(QRectF(0, place.row.top(), px(4), place.row.height()), "accent")
        if row:
            ink.rule(0, place.row.top(), place.row.width())
        asked, tall = self.is_asked(row), line_height(self.look, 15)
        below, face = self._said(row)
        y = place.middle - (len(place.lines) * tall + len(below) * line_height(self.look, 13)) / 2
        if item.was or question.oid in self.told:
            ink.glyph(Glyph.CHANGED, px(22), y + tall / 2)
        elif question.mandatory and asked and not item.datum.answered:
            ink.glyph(Glyph.DUE, px(22), y + tall / 2)
        y = ink.lines(px(INDENT), y, place.lines, Face(15, token="text" if asked else "text_2"), tall)
        self._paint_below(ink, below, face, y)
        self._paint_answer(ink, row, place, focused)
        for name, rect in self.link_rects(row):
            self._paint_link(ink, row, name, rect)

    def _said(self, row: int) -> tuple[tuple[str, ...], Face]:
        """Lines under the question: a message, the former value, that it is not asked, or the hint."""
        question, item = self.questions[row], self.item(row)
        kind, words = self.told.get(question.oid, ("", ""))
        width = self.columns(self.width()).question
        if words:
            return wrap(self.look, words, Face(13, True), width - self.look.px(22)), Face(13, True, kind)
        if item.was:
            return (self.tr("was {0}").format(item.was),), Face(13, True, "warn")
        if not self.is_asked(row):
            return (question.not_asked,), _SMALL
        return wrap(self.look, question.hint, _SMALL, width), _SMALL

    def _paint_below(self, ink: Ink, lines: tuple[str, ...], face: Face, y: float) -> None:
        step, x = line_height(self.look, 13), self.look.px(INDENT)
        if face.token == "bad":
            ink.glyph(Glyph.REFUSED, x, y + step / 2)
            x += self.look.px(22)
        ink.lines(x, y, lines, face, step)

    def _paint_answer(self, ink: Ink, row: int, place: Place, focused: bool) -> None:
        item = self.item(row)
        if item.datum.null_flavor is not None:
            words = missing_words(item, self.look.language)
            ink.missing_pill(self.pill_rect(row), words, self.hovered == ("pill", (row,)), focused)
            return
        locked, asked = self.view.read_only, self.is_asked(row)
        for column, (option, rect) in enumerate(zip(self.questions[row].options, place.options, strict=True)):
            name = ("option", (row, option.code))
            state = BoxState(
                option.code == item.datum.value, self.hovered == name, self.is_held("option", row, option.code),
                focused and column == self.ring_column and asked and not locked, locked, not asked,
            )  # fmt: skip
            ink.chip(rect, option.words, state)

    def _paint_link(self, ink: Ink, row: int, name: str, rect: QRectF) -> None:
        px, item = self.look.px, self.item(row)
        words = dict(zip(LINKS, self.link_words(item.datum.null_flavor is not None), strict=True))[name]
        x, face = rect.left() + px(8), _LINK
        if self.hovered == (name, (row,)):
            ink.box(rect.adjusted(0, px(4), 0, -px(4)), "surface" if row == self.current else "accent_soft", None)
        if name == "missing":
            ink.glyph(Glyph.MISSING, x, rect.center().y())
            x += px(24)
        elif name == "query" and item.n_open_query:
            ink.glyph(Glyph.QUERY, x, rect.center().y(), 14)
            x, face = x + px(20), Face(13, token="query")
        ink.text(QRectF(x, rect.top(), rect.width(), rect.height()), words, face)
