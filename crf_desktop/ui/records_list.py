"""The table of what is recorded on one form: number, what tells it apart, state, queries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import key_order
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.derived_words import value_words
from crf_desktop.ui.controls.speech import missing_words, printed
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.participant_model import Index
from crf_desktop.ui.state_word import state_words
from crf_desktop.wording.figure import NBSP

if TYPE_CHECKING:
    from crf_desktop.capture.records import Record
    from crf_desktop.model.definition import FormDef, MetaDataVersion

NUMBER, STATE = "#", "state"
MIDDLE = Qt.AlignmentFlag.AlignVCenter
GAP = 16
WIDEST, NARROWEST = 340, 64
"""Logical px of a column at most, and at least."""


class RecordsModel(QAbstractTableModel):
    """Records in the order of their numbers, or sorted by a column."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.definition: MetaDataVersion | None = None
        self.columns: tuple[str, ...] = ()
        self.records: list[Record] = []
        self._sorted: tuple[int, bool] = (0, False)

    def show_records(self, definition: MetaDataVersion, form: FormDef, records: list[Record]) -> None:
        """Shows the records of a form."""
        from crf_desktop.capture.records import columns_of  # loads with the study; not before the window stands

        self.beginResetModel()
        shown = (NUMBER,) if form.repeating else ()
        self.definition, self.columns = definition, (*shown, *columns_of(definition, form), STATE)
        self.records = records
        self._arrange()
        self.endResetModel()

    def forget(self) -> None:
        """Holds nothing any more."""
        self.beginResetModel()
        self.records, self.columns = [], ()
        self.endResetModel()

    def words(self, row: int, column: int) -> str:
        """What stands in a cell, in the language in force."""
        name, record = self.columns[column], self.records[row]
        if name == NUMBER:
            return f"#{record.key}"
        if name == STATE:
            return state_words(record.state)[0]
        return self._value(record, name)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell says yes: serious, ongoing."""
        datum = self.records[row].answers.get(self.columns[column])
        return datum is not None and datum.value == "true"

    def _value(self, record: Record, name: str) -> str:
        assert self.definition is not None
        language = self.look.language
        if name in self.definition.method:
            found = value_words(self.definition, self.definition.method[name], record.derived[name], language)
            return found.spoken if found.known else "–"
        item, datum = self.definition.item[name], record.answers[name]
        return printed(self.definition, item, datum, language) or missing_words(ItemView(datum), language) or "–"

    def head(self, column: int) -> str:
        """The head of a column."""
        assert self.definition is not None
        name, language = self.columns[column], self.look.language
        if name == NUMBER:
            return self.tr("No.")
        if name == STATE:
            return self.tr("State")
        about = self.definition.item.get(name) or self.definition.method[name]
        return about.label.in_(language)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        column, down = self._sorted
        self.records.sort(key=lambda r: key_order(r.key))
        if column < len(self.columns) and self.columns[column] != NUMBER:
            self.records.sort(key=lambda r: self._key(r, self.columns[column]), reverse=down)
        elif down:
            self.records.reverse()

    def _key(self, record: Record, name: str) -> tuple[bool, Any]:
        """What is unknown comes last; dates by their date, numbers by their value, words as they read."""
        if name == STATE:
            return False, list(FormState).index(record.state)
        datum = record.answers.get(name)
        if datum is None or self.definition is None:
            return False, self._value(record, name)
        numeric = self.definition.item[name].data_type in ("integer", "decimal")
        if datum.value is None:
            return True, 0 if numeric else ""
        return False, Decimal(datum.value) if numeric else datum.value

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.records)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.words(index.row(), index.column())


class RecordsHead(QHeaderView):
    """Small words, wrapped; the sorted one bold with its direction."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look, self._table = look, parent
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(44))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model, px = self._table.model(), self.look.px
        assert isinstance(model, RecordsModel)
        painter.fillRect(rect, self.look.color("raised"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), self.look.color("line"))
        chosen = self.sortIndicatorSection() == logicalIndex
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        words = model.head(logicalIndex) + ((" ▲" if up else " ▼") if chosen else "")
        painter.setFont(self.look.font(13, chosen))
        painter.setPen(self.look.color("text" if chosen else "text_2"))
        box = QRectF(rect).adjusted(px(GAP), 0, 0, 0)
        painter.drawText(box, int(MIDDLE | Qt.TextFlag.TextWordWrap), words)


class RecordsDelegate(QStyledItemDelegate):
    """Two lines at most in a cell; only free text may be cut, and the foot shows it whole."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(parent)
        self.look, self._table = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.look.px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, px = index.model(), self.look.px
        assert isinstance(model, RecordsModel)
        box, first = QRectF(option.rect), index.column() == 0
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self.look.color("accent_soft"))
            if first and self._table.hasFocus():
                painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), self.look.color("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        name = model.columns[index.column()]
        inside = box.adjusted(px(GAP), 0, 0, -1)
        if name == STATE:
            self._paint_state(painter, inside, model.records[index.row()])
            return
        leading = name == NUMBER or (index.column() == 1 and model.columns[0] == NUMBER)
        strong = leading or model.holds(index.row(), index.column())
        self._words(painter, inside, model.words(index.row(), index.column()), strong)

    def _paint_state(self, painter: QPainter, box: QRectF, record: Record) -> None:
        px = self.look.px
        sign = QRectF(box.left(), box.center().y() - px(8), px(16), px(16))
        draw_shape(painter, Glyph(record.state), sign, self.look)
        words = state_words(record.state)[0]
        room = box.adjusted(px(24), 0, -px(40), 0)
        self._words(painter, room, words)
        if record.n_open_query:
            flag = QRectF(box.right() - px(44), box.center().y() - px(8), px(16), px(16))
            draw_shape(painter, Glyph.QUERY, flag, self.look)
            painter.setFont(self.look.font(13))
            painter.setPen(self.look.color("query"))
            painter.drawText(flag.adjusted(px(20), -4, px(40), 4), MIDDLE, str(record.n_open_query))

    def _words(self, painter: QPainter, box: QRectF, words: str, bold: bool = False) -> None:
        font = self.look.font(15, bold)
        painter.setFont(font)
        painter.setPen(self.look.color("text_3" if words == "–" else "text"))
        if too_long(self.look, words, int(box.width()), bold):
            room = int(2 * box.width()) - self.look.px(40)
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(MIDDLE | Qt.TextFlag.TextWordWrap), words)


def too_long(look: Look, words: str, width: int, bold: bool) -> bool:
    """Whether the words need more than the two lines of a row."""
    metrics = QFontMetrics(look.font(15, bold))
    box = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), words)
    return box.height() > 2 * metrics.height() + 4


class RecordsList(QTableView):
    """Enter or a press opens a record; arrows walk."""

    opened = Signal(str)
    shown = Signal()
    """Another row is chosen."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.records = RecordsModel(look, self)
        self.head = RecordsHead(look, self)
        self.setHorizontalHeader(self.head)
        self.setModel(self.records)
        self.setItemDelegate(RecordsDelegate(look, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.clicked.connect(lambda index: self.opened.emit(self.records.records[index.row()].address))
        look.changed.connect(self.restyle)

    def show_records(self, definition: MetaDataVersion, form: FormDef, records: list[Record]) -> None:
        """Shows the records of a form; the one that was chosen stays so."""
        before = self.chosen()
        self.records.show_records(definition, form, records)
        self.restyle()
        if records:
            self.setCurrentIndex(self.records.index(max(0, self._row_of(before)), 0))

    def _row_of(self, address: str) -> int:
        return next((i for i, r in enumerate(self.records.records) if r.address == address), 0)

    def chosen(self) -> str:
        """The address of the chosen record; empty when there is none."""
        at = self.currentIndex().row()
        return self.records.records[at].address if 0 <= at < len(self.records.records) else ""

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.shown.emit()

    def cut_words(self) -> str:
        """What of the chosen row is not seen whole: columns there is no room for, and free text that was cut."""
        at = self.currentIndex().row()
        if not 0 <= at < self.records.rowCount():
            return ""
        told = []
        for column in range(self.records.columnCount()):
            words = self.records.words(at, column)
            if words != "–" and (self.isColumnHidden(column) or self._cut(words, column)):
                told.append(f"{self.records.head(column)}{NBSP}{words}")
        return " · ".join(told)

    def _cut(self, words: str, column: int) -> bool:
        return too_long(self.look, words, self.columnWidth(column) - self.look.px(GAP), column == 1)

    def restyle(self) -> None:
        """New measures."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.look.px(48))
        self.head.setFixedHeight(self.look.px(44))
        self._share()
        self.viewport().update()

    def _share(self) -> None:
        """Columns as wide as what stands in them; the last ones go where there is no room, state stays."""
        n, room = self.records.columnCount(), self.viewport().width()
        if not n or room <= 0:
            return
        wanted = [self._wanted(c) for c in range(n)]
        shown = list(range(n))
        while sum(wanted[c] for c in shown) > room and len(shown) > 3:
            shown.remove(shown[-2])
        spare = room - sum(wanted[c] for c in shown)
        widest = max(shown[:-1] or shown, key=lambda c: wanted[c])
        for column in range(n):
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                self.setColumnWidth(column, max(1, wanted[column] + (spare if column == widest else 0)))

    def _wanted(self, column: int) -> int:
        px, metrics = self.look.px, QFontMetrics(self.look.font(15, column <= 1))
        cells = [metrics.horizontalAdvance(self.records.words(r, column)) for r in range(self.records.rowCount())]
        heads = QFontMetrics(self.look.font(13, True)).horizontalAdvance(self.records.head(column) + " ▲")
        state = px(96) if self.records.columns[column] == STATE else 0
        longest = max([*cells, min(heads, px(110)), px(NARROWEST) if column else px(36)])
        return min(longest, px(WIDEST)) + px(GAP) + state + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
        self.shown.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.opened.emit(self.chosen())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
