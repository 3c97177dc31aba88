"""The schedule of one participant: visits × forms, one glyph per cell; one model, one delegate, no widget per cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.state_word import state_words
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Matrix

Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class MatrixModel(QAbstractTableModel):
    """Column 0 names the forms; every other one is a visit."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.matrix: Matrix | None = None
        self.current = ""

    def show_matrix(self, matrix: Matrix | None, current: str) -> None:
        """Shows a participant; ``current`` is the visit whose column is tinted."""
        self.beginResetModel()
        self.matrix, self.current = matrix, current
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.matrix is None else 1 + len(self.matrix.columns)

    def cell(self, index: Index) -> tuple[str, str, FormState] | None:
        """(event OID, form OID, state); None where nothing is asked."""
        if self.matrix is None or not index.isValid() or index.column() == 0:
            return None
        event, form = self.matrix.columns[index.column() - 1][0].oid, self.matrix.rows[index.row()].oid
        state = self.matrix.cells.get((event, form))
        return (event, form, state) if state is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
            return self.matrix.rows[index.row()].short_title.in_(self.look.language)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def _spoken(self, index: Index) -> str:
        assert self.matrix is not None
        form = self.matrix.rows[index.row()].short_title.in_(self.look.language)
        found = self.cell(index)
        if index.column() == 0 or found is None:
            return form
        visit = self.matrix.columns[index.column() - 1][0].short_title.in_(self.look.language)
        return f"{form}, {visit}, {state_words(found[2])[0]}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags if index.column() else Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class MatrixHead(QHeaderView):
    """Three lines over a visit: abbreviation, detail, date."""

    def __init__(self, look: Look, parent: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look, self.view = look, parent

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(58))

    def lines(self, section: int) -> tuple[str, str, str]:
        """The three lines of a visit."""
        matrix, language = self.view.matrix_model.matrix, self.look.language
        if matrix is None or section == 0:
            return (self.tr("Form"), "", "")
        event, when = matrix.columns[section - 1]
        date = figure.day(when, language) if when else self.tr("not started")
        return event.abbreviation.in_(language), event.detail.in_(language), date

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        px, box, model = self.look.px, QRectF(rect), self.view.matrix_model
        now = (
            model.matrix is not None
            and logicalIndex > 0
            and model.matrix.columns[logicalIndex - 1][0].oid == model.current
        )
        painter.fillRect(box, self.look.color("accent_soft" if now else "raised"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), self.look.color("line"))
        first, second, third = self.lines(logicalIndex)
        if logicalIndex == 0:
            self._words(painter, box.adjusted(px(16), 0, 0, 0), first, 13, False, MIDDLE)
            return
        for text, size, bold, top in ((first, 15, True, 2), (second, 13, False, 20), (third, 13, False, 37)):
            line = QRectF(box.left(), box.top() + px(top), box.width(), px(20))
            self._words(painter, line, text, size, bold, Qt.AlignmentFlag.AlignCenter)

    def _words(self, painter: QPainter, box: QRectF, text: str, size: int, bold: bool, side: Qt.AlignmentFlag) -> None:
        painter.setFont(self.look.font(size, bold))
        painter.setPen(self.look.color("text" if bold else "text_2"))
        painter.drawText(box, side, text)


class MatrixDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, look: Look, parent: MatrixView) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, px, model = QRectF(option.rect), self.look.px, self.view.matrix_model
        assert model.matrix is not None
        if index.column() and model.matrix.columns[index.column() - 1][0].oid == model.current:
            painter.fillRect(box, self.look.color("accent_soft"))
        if index.row() + 1 < model.rowCount():
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        if index.column() == 0:
            painter.setFont(self.look.font(13))
            painter.setPen(self.look.color("text"))
            painter.drawText(box.adjusted(px(16), 0, 0, 0), MIDDLE, index.data())
            return
        found = model.cell(index)
        if found is None:
            return
        side, middle = px(15), box.center()
        draw_shape(
            painter, Glyph(found[2]), QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), self.look
        )
        if model.matrix.queries.get((found[0], found[1])):
            draw_shape(painter, Glyph.QUERY, QRectF(middle.x() + px(12), middle.y() - px(6), px(13), px(13)), self.look)
        state = option.state
        if state & QStyle.StateFlag.State_HasFocus and self.view.hasFocus():
            draw_box(
                painter,
                QRectF(middle.x() - px(24), box.top() + 1, px(48), box.height() - 3),
                px(4),
                None,
                self.look.color("focus"),
                2,
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(
                painter,
                QRectF(middle.x() - px(24), box.top() + 1, px(48), box.height() - 3),
                px(4),
                None,
                self.look.color("control"),
            )


class MatrixView(QTableView):
    """Arrows walk, Enter or a press opens."""

    chosen = Signal(str, str)
    """(event OID, form OID)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.matrix_model = MatrixModel(look, self)
        self.head = MatrixHead(look, self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(MatrixDelegate(look, self))
        self.setModel(self.matrix_model)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        look.changed.connect(self.restyle)

    def show_matrix(self, matrix: Matrix | None, current: str) -> None:
        """Shows a participant and puts the cursor on the first open form of the current visit."""
        self.matrix_model.show_matrix(matrix, current)
        self.restyle()
        if matrix is None:
            return
        done = (FormState.COMPLETE, FormState.SIGNED, FormState.MISSING, FormState.NOT_NEEDED)
        cells = [
            self.matrix_model.index(r, c) for c in range(1, 1 + len(matrix.columns)) for r in range(len(matrix.rows))
        ]
        asked = [(i, found) for i in cells if (found := self.matrix_model.cell(i))]
        first = next(
            (i for i, found in asked if found[0] == current and found[2] not in done), asked[0][0] if asked else None
        )
        if first is not None:
            self.setCurrentIndex(first)

    def restyle(self) -> None:
        """New measures."""
        rows = self.matrix_model.rowCount()
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setDefaultSectionSize(self.look.px(23 if rows > 10 else 27))
        self.head.setFixedHeight(self.look.px(58))
        self._share()
        self.viewport().update()

    def needed_height(self) -> int:
        """Height that shows every row."""
        return self.look.px(58) + self.matrix_model.rowCount() * self.verticalHeader().defaultSectionSize()

    def _share(self) -> None:
        n, px = self.matrix_model.columnCount() - 1, self.look.px
        if n < 1 or self.matrix_model.matrix is None:
            return
        metrics = QFontMetrics(self.look.font(13))
        first = max(
            metrics.horizontalAdvance(f.short_title.in_(self.look.language)) for f in self.matrix_model.matrix.rows
        ) + px(32)
        self.setColumnWidth(0, max(first, px(200)))
        room = (self.viewport().width() - max(first, px(200))) // n
        for at in range(1, n + 1):
            needed = max(metrics.horizontalAdvance(w) for w in self.head.lines(at)) + px(12)
            self.setColumnWidth(at, max(min(room, px(150)), needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines between rows run on to the right end."""
        painter, end = QPainter(self.viewport()), self.columnViewportPosition(self.matrix_model.columnCount() - 1)
        end += self.columnWidth(self.matrix_model.columnCount() - 1)
        for at in range(self.matrix_model.rowCount() - 1):
            bottom = self.rowViewportPosition(at) + self.rowHeight(at) - 1
            painter.fillRect(QRectF(end, bottom, self.viewport().width() - end, 1), self.look.color("line"))
        painter.end()
        super().paintEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        found = self.matrix_model.cell(index)
        if found is not None:
            self.chosen.emit(found[0], found[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
