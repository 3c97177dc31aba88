"""The left half of the level table: one row per domain with its boxes, points and flag."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.ink import CENTER, BoxState, Face, Ink, text_width
from crf_desktop.ui.controls.level import EMPTY, Domain, Level, points
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.controls.speech import flavor_words, missing_words
from crf_desktop.ui.look import Look


@frozen
class Columns:
    """Places of one row in pixels."""

    narrow: bool
    head: int
    row: int
    box: tuple[int, int]
    pitch: int
    first: int
    """x of the first box."""
    points: tuple[int, ...]
    """Middle of each column of points that is shown."""
    flag: int
    name: int
    """x of the names."""


def columns_for(look: Look, width: int, narrow: bool, n_score: int) -> Columns:
    """The places for a list of that width."""
    px = look.px
    row = 48 if look.touch else 39 if narrow else 43
    if narrow:
        return Columns(
            True, px(30), px(row), (px(34), px(30)), px(38), width - px(215), (width - px(48),), width - px(19), px(12)
        )
    middles = tuple(width - px(63 + 58 * (n_score - 1 - i)) for i in range(n_score))
    first = middles[0] - px(256) if middles else width - px(269)
    return Columns(False, px(38), px(row), (px(46), px(32)), px(58), first, middles, width - px(18), px(16))


class LevelList(Painted):
    """Rows of boxes; the focused row is tinted and its box ringed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.domains: tuple[Domain, ...] = ()
        self.names: tuple[tuple[str, str], ...] = ()
        self.scores: tuple[str, ...] = ()
        self.view = BlockView({}, {}, {}, {})
        self.current = 0
        self.warned: dict[str, str] = {}
        """Soft problems by item OID."""
        self.ring_column = 0
        """Column of the ringed box in the focused row."""
        self.narrow = False
        self._columns: tuple[tuple[object, ...], Columns] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def columns(self) -> Columns:
        """The places in force."""
        asked = (self.width(), self.narrow, len(self.scores), self.look.scale, self.look.touch)
        if self._columns is None or self._columns[0] != asked:
            self._columns = (asked, columns_for(self.look, self.width(), self.narrow, len(self.scores)))
        return self._columns[1]

    def least_wide(self) -> int:
        """Width at which every whole name stands clear of the boxes."""
        return self._least([domain.title for domain in self.domains], False)

    def least_narrow(self) -> int:
        """The same for the short names."""
        return self._least([domain.short for domain in self.domains], True)

    def _least(self, names: list[str], narrow: bool) -> int:
        columns = columns_for(self.look, 0, narrow, len(self.scores))
        longest = max((text_width(self.look, name, Face(13)) for name in names), default=0)
        return round(longest) + 1 + self.look.px(8) + columns.name - columns.first

    def full_height(self) -> int:
        """Height at which nothing scrolls."""
        columns = self.columns()
        return columns.head + len(self.domains) * columns.row + 1

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(604), self.full_height())

    def minimumSizeHint(self) -> QSize:
        columns = self.columns()
        return QSize(self.look.px(340), columns.head + 4 * columns.row)

    def scroll_top(self) -> int:
        return self.columns().head

    def item(self, row: int) -> ItemView:
        """What is known of a row's item."""
        return self.view.items.get(self.domains[row].oid, EMPTY)

    def row_rect(self, row: int) -> QRectF:
        """A row in content coordinates."""
        columns = self.columns()
        return QRectF(0, columns.head + row * columns.row, self.width(), columns.row)

    def box_rect(self, row: int, column: int) -> QRectF:
        """A box in content coordinates."""
        columns, rect = self.columns(), self.row_rect(row)
        width, height = columns.box
        top = rect.top() + (columns.row - height) // 2 + 1
        return QRectF(columns.first + column * columns.pitch, top, width, height)

    def pill_rect(self, row: int) -> QRectF:
        """The place of the missing reason: all boxes of the row."""
        first, last = self.box_rect(row, 0), self.box_rect(row, len(self.names) - 1)
        return first.united(last).adjusted(-self.look.px(2), 0, self.look.px(2), 0)

    def flag_rect(self, row: int) -> QRectF:
        """The query flag."""
        rect, side = self.row_rect(row), self.look.px(32)
        return QRectF(self.columns().flag - side / 2, rect.center().y() - side / 2, side, side)

    def lay_out(self) -> int:
        self.targets = []
        for row in range(len(self.domains)):
            self.targets += self._row_targets(row)
        return len(self.domains) * self.columns().row + 1

    def _row_targets(self, row: int) -> list[Target]:
        found = []
        item, editable = self.item(row), not self.view.read_only
        if item.n_open_query:
            found.append(Target(self.flag_rect(row), "flag", (row,)))
        if item.datum.null_flavor is not None:
            found.append(Target(self.pill_rect(row), "pill", (row,), editable))
        elif item.relevant and editable:
            reach = (self.columns().pitch - self.columns().box[0]) / 2
            tall = self.row_rect(row)
            for i, level in enumerate(self.domains[row].levels):
                if level is not None:
                    box = self.box_rect(row, i)
                    found.append(
                        Target(
                            QRectF(box.left() - reach, tall.top(), box.width() + 2 * reach, tall.height()),
                            "box",
                            (row, level.code),
                        )
                    )
        found.append(Target(self.row_rect(row), "row", (row,), False))
        return found

    # painting

    def paint(self, ink: Ink) -> None:
        columns, card = (
            self.columns(),
            QRectF(0, 0, self.width(), min(self.height(), self.full_height())),
        )
        outline = QPainterPath()
        outline.addRoundedRect(card, self.look.px(8), self.look.px(8))
        ink.painter.setClipPath(outline)
        ink.fill(card, "surface")
        first = self.offset // columns.row
        last = min(len(self.domains), first + int(card.height()) // columns.row + 2)
        ink.painter.translate(0, -self.offset)
        for row in range(first, last):
            self._paint_row(ink, columns, row)
        ink.painter.translate(0, self.offset)
        self._paint_head(ink, columns, card.width())
        ink.painter.setClipping(False)
        ink.box(card, None, "line", 8)

    def _paint_head(self, ink: Ink, columns: Columns, width: float) -> None:
        ink.fill(QRectF(0, 0, width, columns.head), "raised")
        ink.rule(0, columns.head - 1, width)
        head = Face(13, token="text_2")
        ink.text(QRectF(columns.name, 0, columns.first, columns.head), self.tr("Domain"), head)
        for i, (_, name) in enumerate(self.names):
            shown = name if text_width(self.look, name, head) <= columns.pitch + self.look.px(2) else name[:3]
            middle = columns.first + i * columns.pitch + columns.box[0] / 2
            ink.text(QRectF(middle - columns.pitch, 0, 2 * columns.pitch, columns.head), shown, head, CENTER)
        scores = (self.tr("Pts"),) if columns.narrow else self._score_heads()
        for middle, name in zip(columns.points, scores, strict=False):
            ink.text(QRectF(middle - 60, 0, 120, columns.head), name, head, CENTER)

    def _score_heads(self) -> tuple[str, ...]:
        """Score names; one that only prefixes the first is cut to its prefix: ``ESSDAI``, ``Clin``."""
        first = self.scores[0] if self.scores else ""
        return tuple(s.removesuffix(first) or s for s in self.scores)

    def _paint_row(self, ink: Ink, columns: Columns, row: int) -> None:
        rect, domain, item = self.row_rect(row), self.domains[row], self.item(row)
        current = row == self.current
        if current:
            ink.fill(rect, "accent_soft")
            ink.fill(QRectF(0, rect.top(), self.look.px(4), rect.height()), "accent")
        if row + 1 < len(self.domains):
            ink.rule(1, rect.bottom() - 1, rect.width() - 2)
        face = Face(15, current, "text" if item.relevant else "text_3")
        room = columns.first - columns.name - self.look.px(8)
        name = (
            domain.title
            if not columns.narrow and text_width(self.look, domain.title, Face(15, True)) <= room
            else domain.short
        )
        if text_width(self.look, name, face) > room:
            face = Face(15, token=face.token)
        if text_width(self.look, name, face) > room:
            face = Face(13, token=face.token)
        ink.text(QRectF(columns.name, rect.top(), room, rect.height()), name, face)
        self._paint_answer(ink, columns, row, item)
        self._paint_points(ink, columns, rect, domain, item)
        self._paint_signs(ink, columns, rect, row, item)

    def _paint_answer(self, ink: Ink, columns: Columns, row: int, item: ItemView) -> None:
        ringed = row == self.current and self.hasFocus() and not self.view.read_only
        if item.datum.null_flavor is not None:
            rect = self.pill_rect(row)
            words = missing_words(item, self.look.language)
            if text_width(self.look, words, Face(13)) > rect.width() - self.look.px(44):
                words = flavor_words(item.datum.null_flavor)
            ink.missing_pill(rect, words, self.hovered == ("pill", (row,)), ringed)
            return
        for i, level in enumerate(self.domains[row].levels):
            self._paint_box(ink, row, i, level, item, ringed and i == self.ring_column)

    def _paint_box(self, ink: Ink, row: int, column: int, level: Level | None, item: ItemView, ringed: bool) -> None:
        rect = self.box_rect(row, column)
        if level is None or not item.relevant:
            ink.text(rect, "–", Face(15, token="text_3"), CENTER)
            return
        name = ("box", (row, level.code))
        state = BoxState(
            item.datum.value == level.code,
            self.hovered == name,
            self.is_held(*name[:1], *name[1]),
            ringed,
            self.view.read_only,
        )
        ink.answer_box(rect, level.code, state)

    def _paint_points(self, ink: Ink, columns: Columns, rect: QRectF, domain: Domain, item: ItemView) -> None:
        unanswered = item.relevant and not item.datum.answered
        for i, (middle, weight) in enumerate(zip(columns.points, domain.weights, strict=False)):
            place = QRectF(middle - 40, rect.top(), 80, rect.height())
            text, face = points(weight, item.datum), Face(15, True)
            if weight is None:
                text, face = self.tr("n/a"), Face(13, token="text_2")
            elif text == "0":
                face = Face(15, token="text_3")
            if unanswered and i == 0:
                ink.glyph(Glyph.DUE, middle - self.look.px(7), rect.center().y(), 14)
            else:
                ink.text(place, text, face, CENTER)

    def _paint_signs(self, ink: Ink, columns: Columns, rect: QRectF, row: int, item: ItemView) -> None:
        if item.n_open_query:
            if self.hovered == ("flag", (row,)):
                ink.box(self.flag_rect(row), "query_soft", None)
            ink.glyph(Glyph.QUERY, columns.flag - self.look.px(8), rect.center().y())
        if item.was or self.domains[row].oid in self.warned:
            x = columns.flag - self.look.px(26 if item.n_open_query and not columns.narrow else 8)
            if not (columns.narrow and item.n_open_query):
                ink.glyph(Glyph.CHANGED, x, rect.center().y())
