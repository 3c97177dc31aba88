"""The list of queries: one table, one delegate; words are elided here alone, and whole below the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.model.query import Query, QuerySource, QueryState
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.query_words import days_word, first_words, place_words, state_of

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter
COLUMNS: Final = ("state", "participant", "visit", "item", "stands", "age", "words")
WIDTHS: Final = (48, 104, 190, 216, 112, 88, 470)
FIXED: Final = frozenset({"state", "participant", "stands", "age"})
"""Columns as wide as their longest word; the others share the rest."""
NARROW: Final = 960
"""Logical px below which visit and form stand under the item, and the age is left to the search."""

QUERY: Final = 140
"""Logical px that the words of a query keep at least; they stand whole below the list."""
MEASURED: Final = 100


@frozen(slots=True)
class Line:
    """One query as the list shows it."""

    query: Query
    place: Callable[[], tuple[str, str, str]]
    """Visit, form and item; a visit is read when its line is shown, so that a long list costs nothing at first."""
    days: int
    words: str
    mine: bool
    """This person has had a part in it."""
    waits: bool
    """It waits for this person."""

    def holds(self, needle: str) -> bool:
        """Whether a search finds it."""
        return not needle or needle in " ".join((self.query.path.subject, *self.place(), self.words)).casefold()


FILTERS: Final[dict[str, Callable[[Line], bool]]] = {
    "all": lambda line: True,
    "waiting": lambda line: line.waits,
    "open": lambda line: line.query.state in (QueryState.OPEN, QueryState.CANDIDATE),
    "answered": lambda line: line.query.state is QueryState.ANSWERED,
    "closed": lambda line: line.query.state.done,
    "mine": lambda line: line.mine,
}


def lines_of(study: Study, language: Any) -> list[Line]:
    """Every query of the study, open ones first."""
    from crf_desktop.capture.query import days_open, queries, waiting_for  # loads with the study

    found, me = queries(study), study.session.person.user_oid
    waiting = {q.name for q in waiting_for(study, found)}
    visits = cache(lambda subject, event: study.planned(subject, event).event)
    lines = []
    for query in found:
        place = cache(partial(place_words, study.definition, visits, query, language))
        mine = any(told.change.user_oid == me for told in query.told)
        words = first_words(query, language)
        lines.append(Line(query, place, days_open(study, query), words, mine, query.name in waiting))
    return lines


class QueryModel(QAbstractTableModel):
    """Queries in their own order, or sorted by a column, through a filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._shown: list[Line] = []
        self._filter, self._needle = "all", ""
        self._column, self._descending = 0, False

    def show_lines(self, lines: list[Line]) -> None:
        """Other queries."""
        self.lines = lines
        self._arrange()

    def choose(self, name: str, needle: str) -> None:
        """Those that pass the chip and hold the text."""
        self._filter, self._needle = name, needle.strip().casefold()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def count(self, name: str) -> int:
        """How many a chip holds."""
        return sum(FILTERS[name](line) for line in self.lines)

    def line(self, at: int) -> Line:
        """The query of a row."""
        return self._shown[at]

    def _arrange(self) -> None:
        self.beginResetModel()
        passes = FILTERS[self._filter]
        shown = [line for line in self.lines if passes(line) and line.holds(self._needle)]
        if self._column:
            shown.sort(key=lambda line: self._key(line))
        self._shown = shown[::-1] if self._descending else shown
        self.endResetModel()

    def _key(self, line: Line) -> Any:
        key: Any
        match COLUMNS[self._column]:
            case "visit":
                key = line.place()
            case "item":
                key = line.place()[1:]
            case "stands":
                key = list(QueryState).index(line.query.state)
            case "age":
                key = line.days
            case "words":
                key = line.words
            case _:
                key = 0
        return key, line.query.path.subject, line.query.told[0].change.order

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            visit, form, item = line.place()
            state = state_of(line.query.state)[0]
            told = (
                state, line.query.path.subject, ", ".join(w for w in (visit, form) if w), item, state,
                days_word(line.days), line.words,
            )  # fmt: skip
            return told[index.column()]
        return None


class QueryHead(QHeaderView):
    """Painted heads; the sorted one bold with its direction."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def words(self, section: int) -> str:
        """The head of a column."""
        return (
            "", self.tr("Participant"), self.tr("Visit, form"), self.tr("Item"), self.tr("State"), self.tr("Age"),
            self.tr("Query"),
        )[section]  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(37))

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        painter.fillRect(rect, self.look.color("raised"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), self.look.color("line"))
        chosen = self.sortIndicatorSection() == logicalIndex and logicalIndex > 0
        font = self.look.font(13, chosen)
        painter.setFont(font)
        painter.setPen(self.look.color("text" if chosen else "text_2"))
        words = self.words(logicalIndex)
        painter.drawText(QRectF(rect), MIDDLE, words)
        if chosen and words:
            x = rect.left() + QFontMetrics(font).horizontalAdvance(words) + self.look.px(6)
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            painter.drawText(QRectF(x, rect.top(), self.look.px(20), rect.height()), MIDDLE, "▲" if up else "▼")


class QueryDelegate(QStyledItemDelegate):
    """Draws every cell."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.look.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        box, px = QRectF(option.rect), self.look.px
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self.look.color("accent_soft"))
            if index.column() == 0:
                painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), self.look.color("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), self.look.color("line"))
        box.setRight(box.right() - px(12))
        words, glyph, _, ink = state_of(line.query.state)
        visit, form, item = line.place()
        match COLUMNS[index.column()]:
            case "state":
                conflict = line.query.source is QuerySource.CONFLICT and not line.query.state.done
                mark = QRectF(box.left() + px(17), box.center().y() - px(9), px(18), px(18))
                draw_shape(painter, Glyph.CONFLICT if conflict else glyph, mark, self.look)
            case "participant":
                self._text(painter, box, line.query.path.subject, 17, True)
            case "visit":
                self._two(painter, box, visit or form, form if visit else "")
            case "item":
                alone = not self.view.isColumnHidden(COLUMNS.index("visit"))  # type: ignore[attr-defined]
                self._two(painter, box, item, "" if alone else " · ".join(w for w in (visit, form) if w))
            case "stands":
                self._text(painter, box, words, 15, not line.query.state.done, ink)
            case "age":
                self._text(painter, box, days_word(line.days), 15, False, "text")
            case _:
                self._text(painter, box, line.words, 15, False, "text_2" if line.query.state.done else "text", True)

    def _two(self, painter: QPainter, box: QRectF, upper: str, lower: str) -> None:
        px = self.look.px
        if not lower:
            self._wrapped(painter, box, upper)
            return
        size = 15 if QFontMetrics(self.look.font(15)).horizontalAdvance(upper) <= box.width() else 13
        self._text(painter, QRectF(box.left(), box.top() + px(6), box.width(), px(21)), upper, size)
        self._text(painter, QRectF(box.left(), box.top() + px(27), box.width(), px(18)), lower, 13, False, "text_2")

    def _wrapped(self, painter: QPainter, box: QRectF, words: str) -> None:
        """One line, or two smaller ones: a name is never cut."""
        small = QFontMetrics(self.look.font(15)).horizontalAdvance(words) > box.width()
        painter.setFont(self.look.font(13 if small else 15))
        painter.setPen(self.look.color("text"))
        painter.drawText(box, int(MIDDLE | Qt.TextFlag.TextWordWrap), words)

    def _text(
        self, painter: QPainter, box: QRectF, words: str, size: int, bold: bool = False, token: str = "text",
        elide: bool = False,
    ) -> None:  # fmt: skip
        font = self.look.font(size, bold)
        painter.setFont(font)
        painter.setPen(self.look.color(token))
        if elide:
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(MIDDLE), words)


class QueryList(QTableView):
    """Enter or a press opens the form at the item; arrows walk."""

    chosen = Signal(object)
    """(Query)"""
    looked_at = Signal(object)
    """(Query or None): the one in the chosen row."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.head, self.queries = QueryHead(look, self), QueryModel(self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(QueryDelegate(look, self))
        self.setModel(self.queries)
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
        self.head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.clicked.connect(lambda index: self.chosen.emit(self.queries.line(index.row()).query))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._look(now))
        self.queries.modelReset.connect(lambda: self.looked_at.emit(None))
        self.queries.modelReset.connect(self._share)
        look.changed.connect(self.restyle)
        self.restyle()

    def _look(self, index: Index) -> None:
        self.looked_at.emit(self.queries.line(index.row()).query if index.isValid() else None)

    def restyle(self) -> None:
        """New measures."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.look.px(52))
        self.head.setFixedHeight(self.look.px(37))
        self._share()
        self.viewport().update()

    def _share(self) -> None:
        px, room = self.look.px, self.viewport().width()
        hidden = {"age", "visit"} if room / self.look.scale < NARROW else set()
        widths = {name: px(width) for name, width in zip(COLUMNS, WIDTHS, strict=True) if name not in hidden}
        if "visit" in hidden:  # item, visit and form stand here whole; the query takes what is left
            left = room - px(QUERY) - sum(widths[name] for name in widths if name not in ("item", "words"))
            widths["item"] = max(min(self._longest_place(), left), px(40))
            widths["words"] = max(px(QUERY), left + px(QUERY) - widths["item"])
        taken = sum(width for name, width in widths.items() if name in FIXED)
        shared = sum(width for name, width in widths.items() if name not in FIXED)
        for at, name in enumerate(COLUMNS):
            self.setColumnHidden(at, name in hidden)
            if name in widths:
                grown = widths[name] * (room - taken) // shared if room > taken and name not in FIXED else widths[name]
                self.setColumnWidth(at, grown)

    def _longest_place(self) -> int:
        """Pixels that the item and what stands under it take, of the queries first shown."""
        large, small = QFontMetrics(self.look.font(15)), QFontMetrics(self.look.font(13))
        widest = 0
        for line in self.queries.lines[:MEASURED]:
            visit, form, item = line.place()
            below = " · ".join(w for w in (visit, form) if w)
            widest = max(widest, large.horizontalAdvance(item), small.horizontalAdvance(below))
        return widest + self.look.px(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.queries.line(self.currentIndex().row()).query)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
