"""The answers of one form with a box each: agrees with its source, and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crf_desktop.capture.verification import Tick
from crf_desktop.errors import Language
from crf_desktop.model.data import Datum
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.speech import missing_words, printed
from crf_desktop.ui.form_view import label_of
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.query_words import who
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study
    from crf_desktop.capture.verification import Verified

Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter
BETWEEN = "  ·  "
VALUE, ENTERED = 0.32, 0.66
"""Where the columns begin, as shares of the width."""
LEAST_NAME = 206
"""Guide px from the edge to the answers at least."""


@frozen(slots=True)
class Answer:
    """One answer as it is printed."""

    item: str
    label: str
    value: str
    old: str
    """What was compared with the source; empty unless it changed since."""
    entered: str
    ticked: str
    """Who ticked it and when; empty where nobody has."""
    tick: Tick
    n_query: int


def answers_of(study: Study, entry: FormEntry, language: Language) -> list[Answer]:
    """The answers of a form in the order of its page."""
    from crf_desktop.capture.query import open_counts
    from crf_desktop.capture.verification import verification

    found, counts = verification(entry), open_counts(entry)
    return [_answer(study, entry, found[at], counts.get(at, 0), language) for at in entry.addresses() if at in found]


def _answer(study: Study, entry: FormEntry, found: Verified, n_query: int, language: Language) -> Answer:
    from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands

    held = entry.data[found.item]
    row = study.store.change(held.origin, held.seq)
    ticked = "" if found.by is None or found.tick is Tick.OPEN else figure.moment(local_time(found.by), language)
    return Answer(
        found.item,
        label_of(entry, found.item, language),
        _words(entry, found.item, held.datum, language),
        _words(entry, found.item, found.old, language) if found.tick is Tick.CHANGED else "",
        BETWEEN.join((who(study, row), figure.moment(local_time(row), language))) if row else "",
        ticked,
        found.tick,
        n_query,
    )


def _words(entry: FormEntry, item: str, datum: Datum, language: Language) -> str:
    if datum.null_flavor is not None:
        return missing_words(ItemView(datum), language)
    if datum.value is None:
        return "—"
    return printed(entry.definition, entry.definition.item_at(item), datum, language)


def value_at(look: Look, width: float) -> int:
    """Pixels at which the answers begin: a long word of an item stays whole at every width."""
    return max(int(width * VALUE), look.px(LEAST_NAME))


class AnswerHeads(QWidget):
    """The words above the columns."""

    def __init__(self, look: Look, below: QListView) -> None:
        super().__init__()
        self.look, self._words, self._below = look, ("", "", ""), below
        self.setFixedHeight(look.px(37))
        look.changed.connect(self.update)
        below.verticalScrollBar().rangeChanged.connect(lambda *_: self.update())

    def show_words(self, words: tuple[str, str, str]) -> None:
        """The word of each column."""
        self._words = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        painter.fillRect(box, self.look.color("raised"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), self.look.color("line"))
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        width = self._below.viewport().width()
        lefts = (self.look.px(56), value_at(self.look, width), int(width * ENTERED))
        for left, words in zip(lefts, self._words, strict=True):
            painter.drawText(QRectF(left, 0, box.width(), box.height()), MIDDLE, words)


class AnswerModel(QAbstractListModel):
    """The answers of the form on the screen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answers: list[Answer] = []

    def show_answers(self, answers: list[Answer]) -> None:
        """Shows them; the chosen row stays where the same answers are shown again."""
        same = [a.item for a in answers] == [a.item for a in self.answers]
        if same:
            self.answers = answers
            self.dataChanged.emit(self.index(0), self.index(max(0, len(answers) - 1)))
            return
        self.beginResetModel()
        self.answers = answers
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() else len(self.answers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        answer = self.answers[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return answer
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(w for w in (answer.label, answer.value, self.state(answer)) if w)
        return None

    def state(self, answer: Answer) -> str:
        """Whether it agrees with its source, in words."""
        if answer.tick is Tick.CHANGED:
            return self.tr("Changed since verified, was {0}").format(answer.old)
        return self.tr("Verified {0}").format(answer.ticked) if answer.tick is Tick.VERIFIED else ""


class AnswerDelegate(QStyledItemDelegate):
    """Draws one answer; as high as its words need."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def _places(self, width: float) -> tuple[QRect, QRect, QRect]:
        px = self.look.px
        value, entered = value_at(self.look, width), int(width * ENTERED)
        sides = ((px(56), value - px(16)), (value, entered - px(16)), (entered, int(width) - px(12)))
        name, answer, who_and_when = (QRect(left, px(10), right - left, 10_000) for left, right in sides)
        return name, answer, who_and_when

    def _height(self, words: str, room: QRect, size: int, bold: bool = False) -> int:
        metrics = QFontMetrics(self.look.font(size, bold))
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        answer: Answer = index.data(Qt.ItemDataRole.UserRole)
        width = self.view.viewport().width()  # type: ignore[attr-defined]
        name, value, entered = self._places(width)
        under = self.look.px(22) if answer.tick is not Tick.OPEN else 0
        needed = max(
            self._height(answer.label, name, 15),
            self._height(answer.value, value, 15, True) + under,
            self._height(self._entered(answer, entered), entered, 13),
        )
        return QSize(width, max(self.look.px(44), needed + self.look.px(20)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        answer: Answer = index.data(Qt.ItemDataRole.UserRole)
        px, box = self.look.px, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self.look.color("accent_soft"))
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), self.look.color("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), self.look.color("line"))
        self._tick(painter, QRectF(box.left() + px(17), box.top() + px(13), px(18), px(18)), answer.tick)
        name, value, entered = (QRectF(r.translated(option.rect.topLeft())) for r in self._places(box.width()))
        self._write(painter, name, answer.label, 15)
        self._write(painter, value, answer.value, 15, True)
        if answer.tick is not Tick.OPEN:
            self._state(painter, value, answer, index)
        if answer.n_query:
            wide = QFontMetrics(self.look.font(15)).horizontalAdvance(answer.label) + px(8)
            flag = QRectF(name.left() + min(wide, name.width() - px(15)), name.top() + px(3), px(15), px(15))
            draw_shape(painter, Glyph.QUERY, flag, self.look)
        self._write(painter, entered, self._entered(answer, entered.toRect()), 13, False, "text_2")

    def _entered(self, answer: Answer, room: QRect) -> str:
        """Who and when in one line, or in two."""
        wide = QFontMetrics(self.look.font(13)).horizontalAdvance(answer.entered)
        return answer.entered if wide <= room.width() else answer.entered.replace(BETWEEN, "\n")

    def _state(self, painter: QPainter, box: QRectF, answer: Answer, index: Index) -> None:
        px, model = self.look.px, index.model()
        assert isinstance(model, AnswerModel)
        top = box.top() + self._height(answer.value, box.toRect(), 15, True) + px(2)
        left, token = box.left(), "ok"
        if answer.tick is Tick.CHANGED:
            draw_shape(painter, Glyph.CHANGED, QRectF(left, top + px(1), px(15), px(15)), self.look)
            left, token = left + px(21), "warn"
        words = QRectF(left, top, box.right() - left, px(20))
        self._write(painter, words, model.state(answer), 13, answer.tick is Tick.CHANGED, token)

    def _tick(self, painter: QPainter, box: QRectF, tick: Tick) -> None:
        if tick is Tick.VERIFIED:
            draw_shape(painter, Glyph.SIGNED, box, self.look)
            return
        edge = "warn" if tick is Tick.CHANGED else "control"
        draw_box(painter, box, self.look.px(3), self.look.color("surface"), self.look.color(edge), 2)

    def _write(
        self, painter: QPainter, box: QRectF, words: str, size: int, bold: bool = False, token: str = "text"
    ) -> None:
        painter.setFont(self.look.font(size, bold))
        painter.setPen(self.look.color(token))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), words)


class AnswerList(QListView):
    """Space or a press on the box ticks; arrows walk; Enter opens the form at the answer; Q asks."""

    ticked = Signal(str, bool)
    """(item address, whether it agrees)"""
    opened = Signal(str)
    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.answers = AnswerModel(self)
        self.setModel(self.answers)
        self.setItemDelegate(AnswerDelegate(look, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """New measures."""
        self.doItemsLayout()
        self.viewport().update()

    def current(self) -> Answer | None:
        """The answer of the chosen row."""
        index = self.currentIndex()
        return self.answers.answers[index.row()] if index.isValid() else None

    def turn(self, answer: Answer) -> None:
        """Ticks what is not, or takes the tick away; what changed since is ticked anew."""
        self.ticked.emit(answer.item, answer.tick is not Tick.VERIFIED)

    def box_of(self, row: int) -> QPoint:
        """The middle of a row's box, in the viewport."""
        place = self.visualRect(self.answers.index(row))
        return QPoint(place.left() + self.look.px(26), place.top() + self.look.px(22))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self.look.px(52):
            self.turn(self.answers.answers[index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() >= self.look.px(52):
            self.opened.emit(self.answers.answers[index.row()].item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = self.current()
        if answer is not None and event.key() == Qt.Key.Key_Space:
            self.turn(answer)
        elif answer is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(answer.item)
        elif answer is not None and event.key() == Qt.Key.Key_Q and not event.modifiers():
            self.asked.emit(answer.item)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
