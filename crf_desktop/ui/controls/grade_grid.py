"""A grid of grades with its options above; the bar with the published mark where there is a total (Hočevar)."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import GradeGrid
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.grade_bar import GradeBar
from crf_desktop.ui.controls.grade_table import Cell, GradeTable, Heads
from crf_desktop.ui.controls.message import MessageLine
from crf_desktop.ui.controls.option_strip import OptionStrip
from crf_desktop.ui.controls.painted import Target, is_plain
from crf_desktop.ui.controls.speech import missing_words, spoken, why_not_asked
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.wording.figure import NBSP

_GRADE_WORD = re.compile(r"(?<=\d) (?=[^\W\d])")
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


def joined(grades: str) -> str:
    """The grades with no break between a number and its first word."""
    return _GRADE_WORD.sub(NBSP, grades)


class GradeGridBlock(Block):
    """Arrow keys walk cells, a digit answers and moves down, then to the top of the next column."""

    def __init__(
        self, block: GradeGrid, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.layout_block = block
        self.view = BlockView({}, {}, {}, {})
        self._message, self._sized = "", False
        self.title = Label(look, "", 17, True, parent=self)
        self.closed = Label(look, "", 13, token="text_2", wrap=True, parent=self)
        """Why nothing is asked here; beside the title."""
        self._sent: set[str] = set()
        """Items whose answer was emitted and has not come back yet."""
        self.options = OptionStrip(definition, block.options, look, parent=self)
        self.table = GradeTable(definition, block, look, self)
        self.bar = GradeBar(definition, block, look, self) if block.total else None
        self.told = MessageLine(look, self)
        """What was refused about an option, where no bar can say it; beside the title."""
        self.told.setVisible(self.bar is None)
        self.setFocusProxy(self.options if block.options else self.table)
        self._connect()
        tall = QSizePolicy.Policy.Expanding if block.total else QSizePolicy.Policy.Preferred  # others follow it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
        self._read_words()

    def _connect(self) -> None:
        self.options.answered.connect(lambda oid, code: self.answered.emit(oid, code, ""))
        self.options.cleared.connect(self.cleared)
        self.options.moved.connect(self.focused)
        self.options.asked.connect(self._ask)
        self.table.on_key, self.table.on_tab = self._key, self._tab
        self.table.touched.connect(self._touched)
        self.table.picked.connect(self._picked)
        self.table.entered.connect(self._entered)
        self.look.language_changed.connect(self._read_words)
        self.look.changed.connect(self._place)

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return (*self.layout_block.options, *(self.table.oid(cell) for cell in self.table.cells()))

    def together(self, item_oid: str) -> tuple[str, ...]:
        """The items of the same gland: a page may offer one missing reason for all of them."""
        cell = self._cell(item_oid)
        if cell is None:
            return (item_oid,)
        return tuple(row.items[cell[0]] for row in self.layout_block.rows)

    def show_view(self, view: BlockView) -> None:
        self.view = self.table.view = view
        self._sent.clear()
        self.table.warned.clear()
        self.options.show_view(view)
        self._show_closed()
        self.table.relayout()
        self._show_total()
        self._say()

    def _show_total(self) -> None:
        if self.bar is not None:
            self.bar.show_total(self.view, self._message)
        else:
            self.told.say("error" if self._message else "", self._message)
            self.closed.setVisible(not self._message)

    def _show_closed(self) -> None:
        """Says why no cell is asked; the keyboard passes by then."""
        open_ = any(self.table.asked(cell) for cell in self.table.cells())
        words = ""
        if not open_:
            item = self.definition.item[self.table.oid((0, 0))]
            words = why_not_asked(self.definition, item, self.view.visit_answers, self.look.language)
        self.closed.setText(words)
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus if open_ else Qt.FocusPolicy.NoFocus)

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        words = " ".join(part for part in (message, kept) if part)
        cell = self._cell(item_oid)
        self.table.refused = (cell, words) if cell is not None else None
        self._message = words if cell is None else ""
        self._show_total()
        self.table.viewport().update()
        self._say()

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber triangle, and the message beside the row while its cell is focused."""
        cell, words = self._cell(item_oid), " ".join(part for part in (message, rest) if part)
        if cell is not None:
            self.table.warned[cell] = words
            if not message:
                del self.table.warned[cell]
            self.table.viewport().update()
            self._say()

    def focus_item(self, item_oid: str) -> None:
        cell = self._cell(item_oid)
        if cell is None:
            self.options.setFocus(Qt.FocusReason.OtherFocusReason)
            self.options.go(self.layout_block.options.index(item_oid))
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go(cell)

    def type_text(self, item_oid: str, text: str) -> None:
        """A grade is one key: there is no draft to restore."""

    def item_rect(self, item_oid: str) -> QRect:
        """The place of an item in this widget's coordinates, for a page that scrolls it into view."""
        cell = self._cell(item_oid)
        if cell is None:
            return self.options.item_rect(item_oid).translated(self.options.pos())
        return self.table.cell_rect(cell).toRect().translated(self.table.pos())

    def _cell(self, item_oid: str) -> Cell | None:
        return next((cell for cell in self.table.cells() if self.table.oid(cell) == item_oid), None)

    # geometry

    def _wide(self) -> int:
        """Present width, or the usual one before the first layout."""
        return self.width() if self._sized else self.look.px(1232)

    def _heights(self) -> tuple[int, int, int]:
        """Height of title and options with their gap, of the gap before the bar, of the bar or what stands for it."""
        px = self.look.px
        options = self.options.heightForWidth(self._wide()) + px(12) if self.layout_block.options else 0
        return (self._head() + options, px(13), px(52)) if self.bar is not None else (self._head() + options, 0, 0)

    def _head(self) -> int:
        """Height of the title with its gap."""
        return self.look.px(36) if self.layout_block.title or not self.layout_block.total else 0

    def sizeHint(self) -> QSize:
        options, gap, bar = self._heights()
        return QSize(self.look.px(1232), options + self.table.sizeHint().height() + gap + bar)

    def minimumSizeHint(self) -> QSize:
        options, gap, bar = self._heights()
        return QSize(self.look.px(480), options + self.table.least_height() + gap + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        self._place()

    def _place(self) -> None:
        options, gap, bar = self._heights()
        head, px = self._head(), self.look.px
        width, room = self._wide(), max(1, self.height() - options - gap - bar)
        self._place_head(width, head)
        self.options.setGeometry(0, head, width, max(0, options - head - px(12)))
        self.table.resize(width, self.table.height())  # its rows depend on its width
        self.table.setGeometry(0, options, width, min(room, self.table.sizeHint().height()))
        self.table.relayout()
        if self.bar is not None:
            self.bar.setGeometry(0, options + self.table.height() + gap, width, bar)
        self.updateGeometry()

    def _place_head(self, width: int, head: int) -> None:
        px = self.look.px
        title = min(self.title.sizeHint().width() + px(4), width)
        self.title.setGeometry(0, 0, title, max(0, head - px(8)))
        left = title + px(16) if self.title.text() else 0
        for beside in (self.closed, self.told):
            beside.setGeometry(left, 0, max(0, width - left), max(0, head - px(8)))
        self.title.setVisible(head > 0)
        self.closed.setVisible(head > 0 and not self._message)

    # words

    def _read_words(self) -> None:
        language = self.look.language
        columns = tuple(c.title.in_(language) for c in self.layout_block.columns)
        rows = tuple((r.title.in_(language), joined(r.grades.in_(language))) for r in self.layout_block.rows)
        self.table.heads = Heads(columns, rows)
        self.title.setText(self.layout_block.title.in_(language) if self.layout_block.title else "")
        self.table.refused, self._message = None, ""
        self._show_closed()
        self.table.relayout()
        self._show_total()
        self._place()
        self._say()

    def _say(self) -> None:
        """The accessible name of the focused cell: gland, parameter, grade."""
        column, row = cell = self.table.current
        item, view = self.definition.item[self.table.oid(cell)], self.table.item(cell)
        name = self.tr("{0}, {1}").format(self.table.heads.columns[column], self.table.heads.rows[row][0])
        if view.datum.value is not None:
            words = self.definition.code_list[item.code_list or ""].decode(view.datum.value, self.look.language)
            state = self.tr("{0} of {1}, {2}").format(view.datum.value, self.table.codes(cell)[-1], words)
        else:
            state = missing_words(view, self.look.language) or self.tr("no answer yet")
            state = state if self.table.asked(cell) else self.closed.text() or self.tr("not asked")
        if self.table.refused is not None:
            state = self.tr("{0}, {1}").format(state, self.table.refused[1])
        self.table.setAccessibleDescription(spoken(self.definition, item, view, self.look.language))
        self.table.setAccessibleName(self.tr("{0}, {1}").format(name, state))

    # moving

    def _entered(self, reason: Qt.FocusReason) -> None:
        cells = [c for c in self.table.cells() if self.table.asked(c)] or self.table.cells()
        ends = {Qt.FocusReason.TabFocusReason: cells[0], Qt.FocusReason.BacktabFocusReason: cells[-1]}
        self.table.current = ends.get(reason, self.table.current)
        self._say()
        self.focused.emit(self.table.oid(self.table.current))

    def _go(self, cell: Cell) -> None:
        self.table.refused = None
        self.table.current = cell
        self.table.viewport().update()
        self._say()
        self.focused.emit(self.table.oid(cell))

    def _on(self, step: int) -> bool:
        """Next or previous cell that is asked, in the order of the keys; False at the end."""
        cells = self.table.cells()
        ahead = cells.index(self.table.current)
        order = cells[ahead + 1 :] if step > 0 else cells[:ahead][::-1]
        cell = next((c for c in order if self.table.asked(c)), None)
        if cell is None:
            return False
        self._go(cell)
        return True

    def _tab(self, forward: bool) -> bool:
        return self._on(1 if forward else -1)

    def _touched(self, target: Target) -> None:
        self.table.setFocus(Qt.FocusReason.MouseFocusReason)
        cell = (int(str(target.key[0])), int(str(target.key[1])))
        if cell != self.table.current or self.table.refused is not None:
            self._go(cell)

    # answering

    def _ask(self, what: str, oid: str) -> None:
        {"missing": self.missing_asked, "query": self.query_asked, "history": self.history_asked}[what].emit(oid)

    def _picked(self, target: Target) -> None:
        oid = self.table.oid(self.table.current)
        if target.kind == "box":
            self._answer(str(target.key[2]))
        elif target.kind == "flag":
            self._ask("query", oid)
        elif target.kind == "pill" and target.hot:
            self._ask("missing", oid)

    def _answer(self, code: str) -> bool:
        """Asks to store a grade; False when it does not exist here."""
        cell = self.table.current
        oid, codes = self.table.oid(cell), self.table.codes(cell)
        self.table.refused = None
        if not self.table.asked(cell):
            return False
        if code not in codes:
            exist = self.tr(", ").replace(" ", NBSP).join(codes)
            self.show_refused(
                oid, self.tr("No grade {0} here.").format(code), self.tr("Not saved. Grades: {0}.").format(exist)
            )
            return False
        if oid in self._sent or self.table.item(cell).datum.value != code:
            self._sent.add(oid)
            self.answered.emit(oid, code, "")
        return True

    def _key(self, event: QKeyEvent) -> bool:
        key, oid = event.key(), self.table.oid(self.table.current)
        if not is_plain(event):
            return False
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            if not self.view.read_only and not event.isAutoRepeat() and self._answer(chr(key)):
                self._on(1)
            return True
        if (step := _STEPS.get(Qt.Key(key))) is not None:
            self._walk(*step)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._on(1) or self.table.focusNextPrevChild(True)
        if key in (Qt.Key.Key_Q, Qt.Key.Key_H):
            self._ask("query" if key == Qt.Key.Key_Q else "history", oid)
        elif self.view.read_only:
            return False
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.table.item(self.table.current).datum.answered:
                self.cleared.emit(oid)
        elif key == Qt.Key.Key_M:
            if self.table.asked(self.table.current):
                self._ask("missing", oid)
        else:
            return False
        return True

    def _walk(self, right: int, down: int) -> None:
        (column, row), (n_column, n_row) = self.table.current, self.table.size_in_cells
        cell = (column + right, row + down)
        if 0 <= cell[0] < n_column and 0 <= cell[1] < n_row:
            self._go(cell)
