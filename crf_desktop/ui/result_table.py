"""A table of results: words that wrap and are never cut, a glyph before them, a second line below."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import MarkedText, plain

Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter
PAD = 12
"""Free space left and right of the words of a cell."""
HEAD = 37


@frozen(slots=True)
class Cell:
    """``**…**`` in the words is bold; ``order`` is what the column is sorted by, the words where it is None."""

    text: str = ""
    second: str = ""
    glyph: Glyph | None = None
    bold: bool = False
    token: str = "text"
    px: int = 15
    order: Any = None


@frozen(slots=True)
class Column:
    """``width`` in pixels of the guide; what is left is shared among those that grow."""

    title: str
    width: int
    grows: bool = False
    needs: int = 0
    """Shown from this width of the table on."""


@frozen(slots=True)
class Entry:
    """A row; ``key`` says where it leads ("": nowhere)."""

    cells: tuple[Cell, ...]
    key: str = ""
    strong: bool = False
    """Stands on a soft ground: the row that counts."""


class ResultModel(QAbstractTableModel):
    """Rows as they are given, or sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, columns: tuple[Column, ...], entries: tuple[Entry, ...]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.columns, self.entries = columns, entries
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        self.beginResetModel()

        def rank(entry: Entry) -> Any:
            cell = entry.cells[column]
            return cell.text if cell.order is None else cell.order

        self.entries = tuple(sorted(self.entries, key=rank, reverse=order == Qt.SortOrder.DescendingOrder))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        cell = entry.cells[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return entry, cell
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(plain(w) for w in (cell.text, cell.second) if w)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title if section < len(self.columns) else None
        return None


class ResultHead(QHeaderView):
    """Painted heads; the sorted one bold with its direction."""

    def __init__(self, look: Look, parent: ResultTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look, self.table = look, parent
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(HEAD))

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        px, look = self.look.px, self.look
        painter.fillRect(rect, look.color("raised"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        chosen = self.table.isSortingEnabled() and self.sortIndicatorSection() == logicalIndex
        words = self.table.results.columns[logicalIndex].title
        if chosen and words:
            words += " ▲" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else " ▼"
        laid = MarkedText(look, words, rect.width() - px(PAD), bold=chosen)
        token = "text" if chosen else "text_2"
        laid.draw(painter, rect.left() + px(PAD), rect.top() + (rect.height() - laid.height) / 2, token)


class ResultDelegate(QStyledItemDelegate):
    """Draws every cell, and says how high it is."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def height(self, cell: Cell, width: int) -> int:
        """What the words of a cell need."""
        first, second, _ = self._laid(cell, width)
        return round(first.height + (second.height if second else 0)) + self.look.px(16)

    def _laid(self, cell: Cell, width: float) -> tuple[MarkedText, MarkedText | None, float]:
        px = self.look.px
        left = px(PAD) + (px(26) if cell.glyph is not None else 0)
        room = width - left - px(4)
        first = MarkedText(self.look, cell.text, room, cell.px, cell.bold)
        return first, MarkedText(self.look, cell.second, room, 13) if cell.second else None, left

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, cell = index.data(Qt.ItemDataRole.UserRole)
        look, px, box = self.look, self.look.px, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or entry.strong:
            painter.fillRect(box, look.color("accent_soft" if chosen else "raised"))
        if chosen and index.column() == 0 and self.view.hasFocus():
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), look.color("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), look.color("line"))
        first, second, left = self._laid(cell, box.width())
        height = first.height + (second.height if second else 0)
        top = box.top() + (box.height() - height) / 2
        if cell.glyph is not None:
            side = px(17)
            mark = QRectF(box.left() + px(PAD), top + (first.line - side) / 2, side, side)
            draw_shape(painter, cell.glyph, mark, look)
        first.draw(painter, box.left() + left, top, cell.token)
        if second is not None:
            second.draw(painter, box.left() + left, top + first.height, "text_2")


class ResultTable(QTableView):
    """``leads``: arrows walk, Enter or a press opens. ``fits``: as high as its rows, the page scrolls it."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, leads: bool = False, fits: bool = False, uniform: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self._leads, self._fits, self._uniform = look, leads, fits, uniform
        self.results, self.head, self.cells = ResultModel(self), ResultHead(look, self), ResultDelegate(look, self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(self.cells)
        self.setModel(self.results)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        mode = QTableView.SelectionMode
        self.setSelectionMode(mode.SingleSelection if leads else mode.NoSelection)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if leads:
            self.clicked.connect(lambda index: self._open(index))
        self.head.sortIndicatorChanged.connect(lambda *_: self._measure())
        look.changed.connect(self.restyle)
        self.restyle()

    def show_entries(self, columns: tuple[Column, ...], entries: tuple[Entry, ...]) -> None:
        """Other rows; the chosen one stays chosen where it is still there."""
        key = self.key()
        self.results.show_entries(columns, entries)
        if self.isSortingEnabled():
            self.results.sort(self.head.sortIndicatorSection(), self.head.sortIndicatorOrder())
        self.restyle()
        at = next((n for n, entry in enumerate(self.results.entries) if entry.key == key and key), None)
        if at is not None:
            self.selectRow(at)

    def key(self) -> str:
        """Where the chosen row leads."""
        index = self.currentIndex()
        return self.results.entries[index.row()].key if index.isValid() else ""

    def _open(self, index: Index) -> None:
        if index.isValid() and (key := self.results.entries[index.row()].key):
            self.chosen.emit(key)

    # ---- measures

    def restyle(self) -> None:
        """New measures."""
        self.head.setFixedHeight(self.look.px(HEAD))
        self._share()
        self.viewport().update()

    def _share(self) -> None:
        px, room, columns = self.look.px, self.viewport().width(), self.results.columns
        shown = [c for c in columns if room >= px(c.needs)]
        taken, grows = sum(px(c.width) for c in shown), sum(px(c.width) for c in shown if c.grows)
        spare = room - taken
        for at, column in enumerate(columns):
            self.setColumnHidden(at, column not in shown)
            grown = px(column.width) + (spare * px(column.width) // grows if column.grows and spare > 0 else 0)
            self.setColumnWidth(at, px(column.width) * room // taken if spare < 0 else grown)
        self._measure()

    def _measure(self) -> None:
        """Heights of the rows: one for all, or what their words need."""
        rows = self.verticalHeader()
        if self._uniform:
            rows.setDefaultSectionSize(self.look.px(self._uniform))
        else:
            shown = [at for at in range(len(self.results.columns)) if not self.isColumnHidden(at)]
            for at, entry in enumerate(self.results.entries):
                high = max((self.cells.height(entry.cells[c], self.columnWidth(c)) for c in shown), default=0)
                rows.resizeSection(at, max(self.look.px(40), high))
        if self._fits:
            self.setFixedHeight(self.look.px(HEAD) + rows.length() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
