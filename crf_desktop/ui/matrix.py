"""The schedule of one participant: visits × forms, one glyph per cell; one model, one delegate, no widget per cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.ui import visit_words
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.matrix_head import HEAD, Corner, RowHead, VisitHead
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.state_word import state_words

if TYPE_CHECKING:
    from crf_desktop.capture.overview import Matrix
    from crf_desktop.model.definition import MatrixRow, MetaDataVersion

Index = QModelIndex | QPersistentModelIndex
AWAY = (VisitStatus.NOT_NEEDED, VisitStatus.MISSED)
OPEN = (FormState.IN_PROGRESS, FormState.DUE, FormState.PLANNED)
DONE = (FormState.COMPLETE, FormState.SIGNED, FormState.MISSING, FormState.NOT_NEEDED)
LIT = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver
ROW_PX = (20, 27)
"""Least and most logical height of a row."""


@frozen(slots=True)
class Cell:
    """The forms of one row at one visit."""

    visit: Planned
    row: MatrixRow
    forms: tuple[tuple[str, FormState], ...]
    """(form OID, state) in the order of the visit."""
    state: FormState
    queries: int


class MatrixModel(QAbstractTableModel):
    """A column for each visit, a row for each group of forms; their names stand in the heads."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.matrix: Matrix | None = None
        self.definition: MetaDataVersion | None = None
        self.visits: tuple[Planned, ...] = ()
        self.current = ""
        self.today = ""
        self._cells: dict[tuple[int, int], Cell | None] = {}

    def show_matrix(self, matrix: Matrix | None, definition: MetaDataVersion | None, current: str, today: str) -> None:
        """Shows a participant; ``current`` is the address of the visit whose column is tinted."""
        self.beginResetModel()
        self.matrix, self.definition, self.current, self.today = matrix, definition, current, today
        self.visits = tuple(v for v in matrix.columns if self._shown(v)) if matrix else ()
        self._cells.clear()
        self.endResetModel()

    def _shown(self, visit: Planned) -> bool:
        """Not: a visit that is not needed, has no day of its own and holds nothing (early termination)."""
        assert self.matrix is not None
        return visit.status not in AWAY or visit.target is not None or bool(self.matrix.states(visit))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() or self.matrix is None else len(self.matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.visits)

    def cell(self, index: Index) -> Cell | None:
        """What stands in a cell; None where nothing is asked."""
        if self.matrix is None or not index.isValid():
            return None
        at = (index.row(), index.column())
        if at not in self._cells:
            self._cells[at] = self._cell(*at)
        return self._cells[at]

    def _cell(self, row: int, column: int) -> Cell | None:
        from crf_desktop.capture.overview import overall  # loads the store; not before the window stands

        assert self.matrix is not None
        visit, group = self.visits[column], self.matrix.rows[row]
        forms = tuple(self.matrix.of_row(visit, group))
        if not forms:
            return None
        asked = [s for f, s in forms if (visit.address, f) not in self.matrix.optional or s not in OPEN]
        state = overall(asked) if asked else FormState.NOT_NEEDED if visit.date else FormState.PLANNED
        queries = sum(self.matrix.queries.get((visit.address, f), 0) for f, _ in forms)
        return Cell(visit, group, forms, state, queries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.matrix is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.explained(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.matrix is None:
            return None
        language = self.look.language
        if orientation == Qt.Orientation.Vertical:
            return self.matrix.rows[section].title.in_(language)
        return " ".join(visit_words.head_lines(self.visits[section], language))

    def _spoken(self, index: Index) -> str:
        assert self.matrix is not None
        language, found = self.look.language, self.cell(index)
        row = self.matrix.rows[index.row()].title.in_(language)
        visit = self.visits[index.column()].event.short_title.in_(language)
        state = self.tr("not asked") if found is None else self.words_of(found)
        return f"{row}, {visit}, {state}"

    def words_of(self, cell: Cell) -> str:
        """The state of a cell in words, with its queries."""
        words = self.tr("Optional") if self._optional(cell) else state_words(cell.state)[0]
        if not cell.queries:
            return words
        asked = self.tr("1 open query") if cell.queries == 1 else self.tr("{0} open queries").format(cell.queries)
        return f"{words}, {asked}"

    def _optional(self, cell: Cell) -> bool:
        """Whether nothing has begun in a cell without which the visit is complete."""
        assert self.matrix is not None
        spare = all((cell.visit.address, f) in self.matrix.optional for f, _ in cell.forms)
        return spare and cell.visit.status not in AWAY and all(s in OPEN for _, s in cell.forms)

    def explained(self, index: Index) -> str:
        """The line about a cell: its visit in time and why, then what it says itself."""
        assert self.matrix is not None
        language, visit = self.look.language, self.visits[index.column()]
        line, found = visit_words.about(visit, self.today, language), self.cell(index)
        if found is None or visit.status in AWAY:
            return line
        colon = "：" if language == "zh" else ": "
        line += visit_words.DOT + found.row.title.in_(language) + colon + self.words_of(found).lower()
        why = [w.in_(language) for f, _ in found.forms for w in self.matrix.spared.get((visit.address, f), ())]
        stop = "；" if language == "zh" else "; "
        return line + ("，" if language == "zh" else ", ") + stop.join(why) if why else line

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags


class MatrixDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, look: Look, parent: MatrixView) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = self.view.matrix_model.cell(index)
        if found is not None:
            box, px = QRectF(option.rect), self.look.px
            side, middle = px(15), box.center()
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            draw_shape(painter, Glyph(found.state), place, self.look)
            if found.queries:
                flag = QRectF(middle.x() + px(12), middle.y() - px(6), px(13), px(13))
                draw_shape(painter, Glyph.QUERY, flag, self.look)
        if option.state & LIT:
            self._frame(painter, option)

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        px, state, box = self.look.px, option.state, QRectF(option.rect)
        wide = min(px(48), box.width() - px(4))
        frame = QRectF(box.center().x() - wide / 2, box.top() + 1, wide, box.height() - 3)
        if state & QStyle.StateFlag.State_HasFocus and self.view.hasFocus():
            draw_box(painter, frame, px(4), None, self.look.color("focus"), 2)
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, frame, px(4), None, self.look.color("control"))


class MatrixView(QTableView):
    """Arrows walk, Enter or a press opens; the line about the cell under the cursor is told by ``explained``."""

    chosen = Signal(str, str)
    """(event address, form OID)"""
    explained = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.matrix_model = MatrixModel(look, self)
        self._room = 0
        self.menu: QMenu | None = None
        self.head, self.names = VisitHead(look, self), RowHead(look, self)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(self.names)
        self.setItemDelegate(MatrixDelegate(look, self))
        self.setModel(self.matrix_model)
        self.corner = Corner(look, self)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.head.sectionClicked.connect(lambda at: self.setCurrentIndex(self.matrix_model.index(0, at)))
        look.changed.connect(self.restyle)

    def show_matrix(self, matrix: Matrix | None, definition: MetaDataVersion | None, current: str, today: str) -> None:
        """Shows a participant and puts the cursor on the first open form of the current visit."""
        self.matrix_model.show_matrix(matrix, definition, current, today)
        self.restyle()
        if matrix is not None and (first := self._first()) is not None:
            self.setCurrentIndex(first)
            self.scrollTo(first)

    def _first(self) -> QModelIndex | None:
        model = self.matrix_model
        columns = [c for c, v in enumerate(model.visits) if v.address == model.current] or range(len(model.visits))
        cells = [model.index(r, c) for c in columns for r in range(model.rowCount())]
        asked = [(i, found) for i in cells if (found := model.cell(i))]
        return next((i for i, found in asked if found.state not in DONE), asked[0][0] if asked else None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.explained.emit(self.explanation())

    def explanation(self) -> str:
        """The line about the cell under the cursor; empty for none."""
        index = self.currentIndex()
        return self.matrix_model.explained(index) if index.isValid() else ""

    def restyle(self) -> None:
        """New measures."""
        self.names.setMinimumSectionSize(10)
        self.names.setDefaultSectionSize(self._row_height())
        self.head.restyle()
        self.names.restyle()
        self._share()
        self.head.viewport().update()
        self.names.viewport().update()
        self.viewport().update()

    def give_room(self, height: int) -> None:
        """Says how high the table may be; the rows are as high as that allows."""
        if height != self._room:
            self._room = height
            self.names.setDefaultSectionSize(self._row_height())

    def _row_height(self) -> int:
        rows, (least, most) = max(1, self.matrix_model.rowCount()), ROW_PX
        room = (self._room - self.look.px(HEAD)) // rows if self._room else self.look.px(23)
        return min(max(room, self.look.px(least)), self.look.px(most))

    def needed_height(self, width: int) -> int:
        """Height that shows every row, and the bar under them where the visits do not fit in that width."""
        room = width - self.names.needed
        bar = self.horizontalScrollBar().sizeHint().height() if sum(self._widths(room)) > room else 0
        return self.look.px(HEAD) + self.matrix_model.rowCount() * self.names.defaultSectionSize() + bar

    def _share(self) -> None:
        n = self.matrix_model.columnCount()
        if n < 1:
            return
        self.corner.setGeometry(0, 0, self.names.needed, self.look.px(HEAD))
        for at, width in enumerate(self._widths(self.width() - self.names.needed)):
            self.setColumnWidth(at, width)

    def _widths(self, room: int) -> list[int]:
        """Equal shares, none wider than is good to read, none narrower than its head."""
        n, most = self.matrix_model.columnCount(), self.look.px(150)
        shares = ((room * (at + 1)) // n - (room * at) // n for at in range(n))
        return [max(min(share, most), self.head.needed(at)) for at, share in enumerate(shares)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Under the glyphs: the grounds of visits, and the lines between rows, to the right end."""
        painter, model = QPainter(self.viewport()), self.matrix_model
        for at, visit in enumerate(model.visits):
            ground = "sunken" if visit.status in AWAY else "accent_soft" if visit.address == model.current else ""
            left, width = self.columnViewportPosition(at), self.columnWidth(at)
            if ground:
                painter.fillRect(left, 0, width, self.viewport().height(), self.look.color(ground))
        for at in range(model.rowCount() - 1):
            end = self.rowViewportPosition(at) + self.rowHeight(at) - 1
            painter.fillRect(0, end, self.viewport().width(), 1, self.look.color("line"))
        painter.end()
        super().paintEvent(event)

    # ---- opening

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: Index) -> None:
        """The form of a cell; where it holds several, a menu of them. A visit without a date is asked for it first."""
        found = self.matrix_model.cell(index)
        if found is None:
            return
        if len(found.forms) == 1 or found.visit.date is None:
            self.chosen.emit(found.visit.address, found.forms[0][0])
        else:
            self._ask(found, self.visualRect(self.matrix_model.index(index.row(), index.column())).bottomLeft())

    def _ask(self, cell: Cell, at: QPoint) -> None:
        definition, language = self.matrix_model.definition, self.look.language
        assert definition is not None
        menu = self.menu = QMenu(self)
        menu.setFont(self.look.font(13))
        first = None
        for form, state in cell.forms:
            words = f"{definition.form[form].title.in_(language)} · {state_words(state)[0]}"
            action = QAction(words.replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, f=form: self.chosen.emit(cell.visit.address, f))
            menu.addAction(action)
            first = first or (action if state in OPEN else None)
        menu.setActiveAction(first or menu.actions()[0])
        menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
