"""The list of participants: one table, one delegate."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import visit_words
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.participant_model import COLUMNS, DATE, Index, ParticipantModel, Row
from crf_desktop.wording import figure

WIDTHS = (44, 90, 84, 188, 208, 142, 76, 80)
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ListHead(QHeaderView):
    """Painted heads: small words, the sorted one bold with its direction."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def words(self, section: int) -> str:
        """The head of a column."""
        return (
            "",
            self.tr("Participant"),
            self.tr("Sex, age"),
            self.tr("Next visit"),
            self.tr("Date and window"),
            self.tr("Forms"),
            self.tr("Queries"),
            self.tr("To sign"),
        )[section]

    def sizeHint(self) -> QSize:
        return QSize(100, self.look.px(37))

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        painter.fillRect(rect, self.look.color("raised"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), self.look.color("line"))
        chosen = self.sortIndicatorSection() == logicalIndex
        font = self.look.font(13, chosen)
        painter.setFont(font)
        painter.setPen(self.look.color("text" if chosen else "text_2"))
        words = self.words(logicalIndex)
        painter.drawText(QRectF(rect), MIDDLE, words)
        if chosen and words:
            x, up = (
                rect.left() + QFontMetrics(font).horizontalAdvance(words) + self.look.px(6),
                self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder,
            )
            painter.setFont(self.look.font(13))
            painter.drawText(QRectF(x, rect.top(), self.look.px(20), rect.height()), MIDDLE, "▲" if up else "▼")


class ParticipantDelegate(QStyledItemDelegate):
    """Draws every cell of the list."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.look.px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Row = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, self.look.color("accent_soft"))
            if index.column() == 0 and self.view.hasFocus():
                painter.fillRect(
                    QRectF(box.left(), box.top(), self.look.px(4), box.height()), self.look.color("accent")
                )
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        getattr(self, "_" + COLUMNS[index.column()])(painter, box, found)

    def _text(
        self, painter: QPainter, box: QRectF, text: str, px: int = 15, bold: bool = False, token: str = "text"
    ) -> float:
        font = self.look.font(px, bold)
        painter.setFont(font)
        painter.setPen(self.look.color(token))
        painter.drawText(box, MIDDLE, text)
        return QFontMetrics(font).horizontalAdvance(text)

    def _state(self, painter: QPainter, box: QRectF, r: Row) -> None:
        glyph = Glyph.OVERDUE if r.overdue else Glyph(r.card.state)
        side = self.look.px(17)
        draw_shape(
            painter, glyph, QRectF(box.left() + self.look.px(13), box.center().y() - side / 2, side, side), self.look
        )

    def _participant(self, painter: QPainter, box: QRectF, r: Row) -> None:
        self._text(painter, box, r.card.subject, 17, True)

    def _person(self, painter: QPainter, box: QRectF, r: Row) -> None:
        self._text(painter, box, person_words(r, self.look.language))

    def _visit(self, painter: QPainter, box: QRectF, r: Row) -> None:
        if r.visit is None:
            self._text(painter, box, self.tr("All visits signed"))
            return
        title = r.visit.event.title.in_(self.look.language)
        metrics, room = QFontMetrics(self.look.font(15)), box.width() - self.look.px(8)
        if metrics.horizontalAdvance(title) > room:
            title = r.visit.event.short_title.in_(self.look.language)
        self._text(painter, box, title)

    def _date(self, painter: QPainter, box: QRectF, r: Row) -> None:
        if r.when is None:
            self._text(painter, box, when_words(r, self.look.language)[0], 13, token="text_2")
            return
        px = self.look.px
        upper = QRectF(box.left(), box.top() + px(4), box.width(), px(21))
        lower = QRectF(box.left(), box.top() + px(25), box.width(), px(18))
        self._text(painter, upper, figure.day(r.when, self.look.language), 15, r.visit is not None)
        first, rest, token = when_words(r, self.look.language)
        width = self._text(painter, lower, first, 13, bool(token), token or "text_2")
        lower.setLeft(lower.left() + width)
        if QFontMetrics(self.look.font(13)).horizontalAdvance(rest) > lower.width():
            rest = when_words(r, self.look.language, short=True)[1]
        self._text(painter, lower, rest, 13, token="text_2")

    def _forms(self, painter: QPainter, box: QRectF, r: Row) -> None:
        px, c = self.look.px, r.card
        track = QRectF(box.left(), box.center().y() - px(4), px(64), px(8))
        draw_box(painter, track, px(4), None, self.look.color("control"))
        if c.n_complete:
            draw_box(
                painter,
                QRectF(track.left(), track.top(), track.width() * c.n_complete / c.n_forms, track.height()),
                px(4),
                self.look.color("accent"),
                None,
            )
        box.setLeft(track.right() + px(8))
        self._text(painter, box, self.tr("{0} of {1}").format(c.n_complete, c.n_forms), 13)

    def _queries(self, painter: QPainter, box: QRectF, r: Row) -> None:
        self._counts(painter, box, [(Glyph.QUERY, r.card.n_queries)])

    def _unsigned(self, painter: QPainter, box: QRectF, r: Row) -> None:
        self._counts(painter, box, [(Glyph.CHANGED, r.card.n_changed), (Glyph.COMPLETE, r.card.n_unsigned)])

    def _counts(self, painter: QPainter, box: QRectF, parts: list[tuple[Glyph, int]]) -> None:
        px, x = self.look.px, box.left()
        for glyph, number in parts:
            if number:
                draw_shape(painter, glyph, QRectF(x, box.center().y() - px(8), px(16), px(16)), self.look)
                place = QRectF(x + px(20), box.top(), px(40), box.height())
                x += px(20) + self._text(painter, place, str(number)) + px(8)
        if x == box.left():
            self._text(painter, box, "0", token="text_3")


def person_words(r: Row, language: str) -> str:
    """``F, 12 y`` of the list."""
    sex = r.card.sex.in_("zh" if language == "zh" else "en") if r.card.sex else ""
    if r.card.sex and language == "en":
        sex = sex[:1].upper()
    age = (
        ""
        if r.card.age_years is None
        else QCoreApplication.translate("ParticipantList", "{0} y").format(r.card.age_years)
    )
    known = [w for w in (sex, age) if w]
    return (
        ("，" if language == "zh" else ", ").join(known)
        if known
        else QCoreApplication.translate("ParticipantList", "not known")
    )


def when_words(r: Row, language: str, short: bool = False) -> tuple[str, str, str]:
    """(first words, the rest, token of the first words) under a date; ``short``: without the word window."""
    visit = r.visit
    if visit is None:
        return QCoreApplication.translate("ParticipantList", "last visit"), "", ""
    first, token = visit_words.when(visit, r.today)
    if visit.date or visit.opens is None:
        return first, "", token
    comma = "，" if language == "zh" else ", "
    return first, comma + (visit_words.spell if short else visit_words.window)(visit, language, year=False), token


class ParticipantList(QTableView):
    """Enter or a press opens a participant; arrows walk."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.head = ListHead(look, self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(ParticipantDelegate(look, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.clicked.connect(lambda index: self.chosen.emit(self.subject(index)))
        look.changed.connect(self.restyle)

    def show_model(self, model: ParticipantModel) -> None:
        """Shows a study's participants."""
        self.setModel(model)
        self.setSortingEnabled(True)
        self.sortByColumn(DATE if model.few() else 1, Qt.SortOrder.AscendingOrder)
        self.restyle()

    def subject(self, index: Index) -> str:
        """The participant of a cell."""
        model = self.model()
        assert isinstance(model, ParticipantModel)
        return model.subject_at(index.row())

    def restyle(self) -> None:
        """New measures."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.look.px(48))
        self.head.setFixedHeight(self.look.px(37))
        self._share()
        self.viewport().update()

    def _share(self) -> None:
        total, room = sum(WIDTHS), self.viewport().width()
        spare = {"forms": 860, "person": 620, "queries": 500}
        hidden = {i for i, name in enumerate(COLUMNS) if room / self.look.scale < spare.get(name, 0)}
        scale = room / (total - sum(WIDTHS[i] for i in hidden)) if room else 1
        for at, width in enumerate(WIDTHS):
            self.setColumnHidden(at, at in hidden)
            if at not in hidden:
                self.setColumnWidth(at, int(width * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.subject(self.currentIndex()))
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
