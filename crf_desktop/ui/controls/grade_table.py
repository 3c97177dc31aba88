"""The painted grid of grades: one column per gland, one row per parameter, boxes only for grades that exist."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import GradeGrid
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.ink import RIGHT, BoxState, Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.painted import Painted, Target
from crf_desktop.ui.controls.speech import flavor_words, missing_words
from crf_desktop.ui.look import Look

Cell = tuple[int, int]
"""(column, row)"""


@frozen
class Heads:
    """Words of the grid in one language."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


class GradeTable(Painted):
    """Cells with boxes; sums stand in the heads of their columns."""

    def __init__(
        self, definition: MetaDataVersion, layout: GradeGrid, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.definition, self.layout_block = definition, layout
        self.view = BlockView({}, {}, {}, {})
        self.heads = Heads()
        self.current: Cell = (0, 0)
        self.refused: tuple[Cell, str] | None = None
        self.warned: dict[Cell, str] = {}
        self._row: tuple[tuple[object, ...], float] | None = None
        checked = [(check.message, frozenset(check.items)) for check in definition.edit_checks]
        self._messages = tuple(tuple(m for m, of in checked if of.intersection(row.items)) for row in layout.rows)
        """What a check may say of a row: room is kept for it."""
        self._codes = {cell: self._read_codes(cell) for cell in self.cells()}
        self._most = max(len(codes) for codes in self._codes.values())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _read_codes(self, cell: Cell) -> tuple[str, ...]:
        codes = self.definition.code_list[self.definition.item[self.oid(cell)].code_list or ""]
        return tuple(i.coded_value for i in codes.items)

    @property
    def size_in_cells(self) -> Cell:
        """(columns, rows)"""
        return len(self.layout_block.columns), len(self.layout_block.rows)

    def oid(self, cell: Cell) -> str:
        """The item of a cell."""
        return self.layout_block.rows[cell[1]].items[cell[0]]

    def cells(self) -> list[Cell]:
        """All cells, column by column: the order of the keys."""
        n_column, n_row = self.size_in_cells
        return [(c, r) for c in range(n_column) for r in range(n_row)]

    def item(self, cell: Cell) -> ItemView:
        """What is known of a cell."""
        return self.view.items.get(self.oid(cell), EMPTY)

    def asked(self, cell: Cell) -> bool:
        """Whether a cell is asked, or holds an answer from when it was."""
        item = self.item(cell)
        return item.relevant or item.datum.answered

    def codes(self, cell: Cell) -> tuple[str, ...]:
        """Grades that exist in a cell."""
        return self._codes[cell]

    # geometry

    def head_height(self) -> int:
        """Height of the head."""
        return self.look.px(52)

    def least_row(self) -> int:
        """Height below which a row's words would not fit."""
        px, width = self.look.px, self._name_width() - self.look.px(26)
        small, heights = line_height(self.look, 13), [px(60)]
        for (title, grades), messages in zip(self.heads.rows, self._messages, strict=False):
            said = (m.in_(self.look.language) for m in messages)
            least = [len(wrap(self.look, words, Face(13, True), width - px(22))) for words in said]
            n = max(1, len(wrap(self.look, grades, Face(13), width)), *least)
            title_height = len(wrap(self.look, title, Face(15, True), width)) * line_height(self.look, 15)
            heights.append(title_height + n * small + px(14))
        return max(heights)

    def row_height(self) -> float:
        """Rows share the height, up to 77 px each."""
        asked = (self.width(), self.height(), self.heads, self.look.scale, self.look.language)
        if self._row is None or self._row[0] != asked:
            room = (self.height() - self.head_height()) / self.size_in_cells[1]
            self._row = (asked, max(float(self.least_row()), min(float(self.look.px(77)), room)))
        return self._row[1]

    def least_height(self) -> int:
        """Height at which every row has its least."""
        return self.head_height() + self.size_in_cells[1] * self.least_row() + 1

    def sizeHint(self) -> QSize:
        n_row = self.size_in_cells[1]
        return QSize(self.look.px(1232), self.head_height() + n_row * max(self.look.px(77), self.least_row()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(480), self.least_height())

    def _name_width(self) -> int:
        width = self.width()
        return min(self.look.px(289), max(self.look.px(140), round(width * 0.235)))

    def column_rect(self, column: int) -> QRectF:
        """The head of a column."""
        left = self._name_width()
        width = (self.width() - left) / self.size_in_cells[0]
        return QRectF(left + column * width, 0, width, self.head_height())

    def cell_rect(self, cell: Cell) -> QRectF:
        """One cell."""
        head, tall = self.column_rect(cell[0]), self.row_height()
        return QRectF(head.left(), self.head_height() + cell[1] * tall, head.width(), tall)

    def _pitch(self) -> tuple[float, float]:
        """Side and distance of the boxes; the same in the whole grid."""
        room = self.column_rect(0).width() - self.look.px(16)
        distance = min(self.look.px(52), room / self._most)
        return min(self.look.px(46), distance - self.look.px(3)), distance

    def box_rects(self, cell: Cell) -> list[QRectF]:
        """The boxes of a cell, centred."""
        rect, (side, distance), n = self.cell_rect(cell), self._pitch(), len(self.codes(cell))
        left = rect.center().x() - (n * distance - (distance - side)) / 2
        tall = min(self.look.px(46), rect.height() - self.look.px(10))
        return [QRectF(left + i * distance, rect.center().y() - tall / 2, side, tall) for i in range(n)]

    def pill_rect(self, cell: Cell) -> QRectF:
        """The place of a missing reason."""
        rect, tall = self.cell_rect(cell), self.look.px(32)
        return QRectF(
            rect.left() + self.look.px(12), rect.center().y() - tall / 2, rect.width() - self.look.px(24), tall
        )

    def flag_rect(self, cell: Cell) -> QRectF:
        """The query flag in the corner of a cell."""
        rect, side = self.cell_rect(cell), self.look.px(20)
        return QRectF(rect.right() - side - 2, rect.top() + 2, side, side)

    def lay_out(self) -> int:
        self.targets = []
        editable = not self.view.read_only
        for cell in self.cells():
            item = self.item(cell)
            if item.n_open_query:
                self.targets.append(Target(self.flag_rect(cell), "flag", cell))
            if item.datum.null_flavor is not None:
                self.targets.append(Target(self.pill_rect(cell), "pill", cell, editable))
            elif editable and self.asked(cell):
                pairs = zip(self.codes(cell), self.box_rects(cell), strict=True)
                self.targets += [Target(rect.adjusted(-2, -4, 2, 4), "box", (*cell, code)) for code, rect in pairs]
            self.targets.append(Target(self.cell_rect(cell), "cell", cell, False))
        return 0

    # painting

    def paint(self, ink: Ink) -> None:
        n_column, n_row = self.size_in_cells
        height = self.head_height() + n_row * self.row_height()
        card = QRectF(0, 0, self.width(), min(height + 1, self.height()))
        outline = QPainterPath()
        outline.addRoundedRect(card, self.look.px(8), self.look.px(8))
        ink.painter.setClipPath(outline)
        ink.fill(card, "surface")
        ink.fill(QRectF(0, 0, card.width(), self.head_height()), "raised")
        if self.hasFocus():
            ink.fill(self.cell_rect(self.current), "accent_soft")
        for column in range(n_column):
            ink.rule(self.column_rect(column).left(), 0, card.height(), upright=True)
        for row in range(n_row):
            ink.rule(0, self.cell_rect((0, row)).top(), card.width())
        self._paint_heads(ink)
        for row in range(n_row):
            self._paint_name(ink, row)
        for cell in self.cells():
            self._paint_cell(ink, cell)
        ink.painter.setClipping(False)
        ink.box(card, None, "line", 8)

    def _paint_heads(self, ink: Ink) -> None:
        px = self.look.px
        place = QRectF(px(16), 0, self._name_width(), self.head_height())
        small, bold = Face(13, token="text_2"), Face(15, True)
        words = wrap(self.look, self.tr("Parameter and grades"), small, self._name_width() - px(20))
        step = line_height(self.look, 13)
        ink.lines(place.left(), place.center().y() - len(words) * step / 2, words, small, step)
        widest = max(text_width(self.look, title, bold) for title in self.heads.columns)
        over = widest + px(76) > self.column_rect(0).width()
        face = bold if widest <= self.column_rect(0).width() - px(24) else Face(13, True)
        for i, title in enumerate(self.heads.columns):
            rect = self.column_rect(i).adjusted(px(12), 0, -px(12), 0)
            value, maximum = self.sum_words(i)
            upper = rect.adjusted(0, px(4), 0, -rect.height() / 2) if over else rect
            lower = rect.adjusted(0, rect.height() / 2 - px(4), 0, -px(4)) if over else rect
            if text_width(self.look, title, face) > rect.width():  # the sum stands beside the first word
                rect = self.column_rect(i).adjusted(px(5), 0, -px(5), 0)
                ink.lines(rect.left(), rect.center().y() - step, wrap(self.look, title, face, rect.width()), face, step)
                lower = QRectF(rect.left(), rect.center().y() - step, rect.width(), step)
            else:
                ink.text(upper, title, face)
            ink.text(lower, maximum, small, RIGHT)
            ink.text(lower.adjusted(0, 0, -text_width(self.look, maximum, small) - px(4), 0), value, bold, RIGHT)

    def sum_words(self, column: int) -> tuple[str, str]:
        """Sum of a column as it is printed (``7``, ``≥ 5``, ``—``) and its maximum (``/13``)."""
        method = self.definition.method[self.layout_block.columns[column].method]
        derived = self.view.derived.get(method.oid)
        maximum = f"/{method.maximum}" if method.maximum else ""
        if derived is None or not (derived.text or derived.lower_text):
            return "—", maximum
        return derived.text or f"≥\u00a0{derived.lower_text}", maximum

    def _paint_name(self, ink: Ink, row: int) -> None:
        px, (title, grades) = self.look.px, self.heads.rows[row]
        rect = self.cell_rect((0, row))
        width, bold = self._name_width() - px(20), Face(15, True)
        first = wrap(self.look, title, bold, width)
        message, token, glyph = "", "bad", Glyph.REFUSED
        if self.refused is not None and self.refused[0][1] == row:
            message = self.refused[1]
        elif self.current in self.warned and self.current[1] == row:
            message, token, glyph = self.warned[self.current], "warn", Glyph.WARNING
        indent = px(22) if message else 0
        face = Face(13, True, token) if message else Face(13, token="text_2")
        second = wrap(self.look, message or grades, face, width - indent)
        tall, small = line_height(self.look, 15), line_height(self.look, 13)
        y = rect.center().y() - (len(first) * tall + len(second) * small) / 2
        y = ink.lines(px(16), y, first, bold, tall) + px(1)
        if message:
            ink.glyph(glyph, px(16), y + small / 2)
        ink.lines(px(16) + indent, y, second, face, small)

    def _paint_cell(self, ink: Ink, cell: Cell) -> None:
        item, ringed = self.item(cell), cell == self.current and self.hasFocus()
        if item.n_open_query:
            ink.glyph(Glyph.QUERY, self.flag_rect(cell).left() + self.look.px(3), self.flag_rect(cell).center().y(), 14)
        if item.was or cell in self.warned:
            ink.glyph(
                Glyph.CHANGED, self.cell_rect(cell).left() + self.look.px(4), self.flag_rect(cell).center().y(), 13
            )
        if item.datum.null_flavor is not None:
            rect, words = self.pill_rect(cell), missing_words(item, self.look.language)
            if text_width(self.look, words, Face(13)) > rect.width() - self.look.px(44):
                words = flavor_words(item.datum.null_flavor)
            ink.missing_pill(rect, words, self.hovered == ("pill", cell), ringed)
            return
        codes = self.codes(cell)
        at = codes.index(item.datum.value) if item.datum.value in codes else 0
        for i, (code, rect) in enumerate(zip(codes, self.box_rects(cell), strict=True)):
            name = ("box", (*cell, code))
            chosen, held = item.datum.value == code, self.is_held("box", *cell, code)
            ring = ringed and i == at and not self.view.read_only
            state = BoxState(
                chosen, self.hovered == name, held, ring, self.view.read_only, disabled=not self.asked(cell)
            )
            ink.answer_box(rect, code, state, 17)
