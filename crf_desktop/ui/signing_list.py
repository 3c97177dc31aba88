"""The visits that wait for a signature; only what was seen in its current version can be ticked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import draw_box

if TYPE_CHECKING:
    from crf_desktop.capture.signing import SigningTask
    from crf_desktop.capture.study import Study
    from crf_desktop.model.definition import StudyEventDef

Index = QModelIndex | QPersistentModelIndex
NARROW = 500
"""Logical px below which two columns do not fit."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter


At = tuple[str, str, str]


def _at(task: SigningTask) -> At:
    """What tells tasks apart."""
    return task.subject, task.address, task.first


class SigningModel(QAbstractListModel):
    """Tasks, and which of them are ticked."""

    ticked_changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.tasks: list[SigningTask] = []
        self._ticked: set[At] = set()
        self._titled: Callable[[SigningTask], StudyEventDef] | None = None
        self._study: Study | None = None
        self._visits: dict[At, StudyEventDef] = {}
        self._open: dict[At, int] = {}

    def show_tasks(
        self,
        tasks: list[SigningTask],
        titled: Callable[[SigningTask], StudyEventDef] | None = None,
        study: Study | None = None,
    ) -> None:
        """Shows what waits; ticks of tasks that can no longer be signed fall. ``titled``: the visit with its week."""
        self.beginResetModel()
        self.tasks, self._titled, self._study = tasks, titled, study
        self._visits.clear()
        self._open.clear()
        self._ticked &= {_at(t) for t in tasks if not t.unseen}
        self.endResetModel()
        self.ticked_changed.emit()

    def ticked(self) -> list[SigningTask]:
        """The tasks ticked, in order."""
        return [t for t in self.tasks if _at(t) in self._ticked]

    def tick(self, row: int) -> None:
        """Ticks a task that was seen, or takes the tick away."""
        task = self.tasks[row]
        if not task.unseen:
            self._ticked ^= {_at(task)}
            self.dataChanged.emit(self.index(row), self.index(row))
            self.ticked_changed.emit()

    def is_ticked(self, row: int) -> bool:
        """Whether the row is ticked."""
        task = self.tasks[row]
        return _at(task) in self._ticked

    def words(self, row: int) -> tuple[str, str]:
        """Visit, and what of it."""
        task, language = self.tasks[row], self.look.language
        title = f"{task.subject} · {self.visit(task).title.in_(language)}"
        n, changed = len(task.forms), len(task.changed)
        forms = self.tr("1 form") if n == 1 else self.tr("{0} forms").format(n)
        if task.first:
            return title, f"{forms} · " + self.tr("a second signature is asked")
        if changed:
            words = (
                self.tr("1 changed after signature")
                if changed == 1
                else self.tr("{0} changed after signature").format(changed)
            )
            return title, f"{forms} · {words}"
        return title, f"{forms} · {self._whole(task)}"

    def _whole(self, task: SigningTask) -> str:
        """Whether the visit is complete with what waits; read when the row is first shown."""
        from crf_desktop.capture.signing import open_forms  # loads the signing code; not before the window stands

        if _at(task) not in self._open:
            self._open[_at(task)] = open_forms(self._study, task) if self._study is not None else 0
        n = self._open[_at(task)]
        if not n:
            return self.tr("new, the visit is complete")
        return self.tr("new, 1 form to complete") if n == 1 else self.tr("new, {0} forms to complete").format(n)

    def visit(self, task: SigningTask) -> StudyEventDef:
        """With its week; read when the row is first shown."""
        at = _at(task)
        if at not in self._visits:
            self._visits[at] = self._titled(task) if self._titled else task.event
        return self._visits[at]

    def seen(self, row: int) -> tuple[Glyph, str, str]:
        """Glyph, words and the line under them."""
        task = self.tasks[row]
        if task.first:
            return Glyph.NOT_SEEN, self.tr("Read the pages"), self.tr("before you sign")
        if not task.unseen:
            return Glyph.SEEN, self.tr("Current version"), self.tr("seen by you")
        n = len(task.unseen)
        words = self.tr("1 form not seen") if n == 1 else self.tr("{0} forms not seen").format(n)
        return Glyph.NOT_SEEN, words, self.tr("open each of them")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature Qt asks for
        return 0 if parent.isValid() else len(self.tasks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return ", ".join((*self.words(index.row()), self.seen(index.row())[1]))
        return None


class SigningDelegate(QStyledItemDelegate):
    """Draws one task."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.look.px(200), self.look.px(68))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, px = index.model(), self.look.px
        assert isinstance(model, SigningModel)
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self.look.color("accent_soft"))
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), self.look.color("accent"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.look.color("line"))
        self._tick(
            painter,
            QRectF(box.left() + px(17), box.center().y() - px(8), px(17), px(17)),
            model.is_ticked(index.row()),
            not model.tasks[index.row()].unseen,
        )
        first, second = model.words(index.row())
        if box.width() < px(NARROW):
            self._paint_narrow(painter, box, model, index.row())
            return
        split = box.left() + max(px(300), box.width() * 0.62)
        self._words(
            painter,
            QRectF(box.left() + px(56), box.top() + px(13), split - box.left() - px(56), px(22)),
            first,
            15,
            True,
            "text",
        )
        self._words(
            painter,
            QRectF(box.left() + px(56), box.top() + px(35), split - box.left() - px(56), px(20)),
            second,
            13,
            False,
            "text_2",
        )
        glyph, words, under = model.seen(index.row())
        token = "ok" if glyph is Glyph.SEEN else "warn"
        draw_shape(painter, glyph, QRectF(split, box.top() + px(16), px(16), px(16)), self.look)
        self._words(painter, QRectF(split + px(20), box.top() + px(13), box.width(), px(22)), words, 13, True, token)
        self._words(painter, QRectF(split, box.top() + px(35), box.width(), px(20)), under, 13, False, "text_2")

    def _paint_narrow(self, painter: QPainter, box: QRectF, model: SigningModel, at: int) -> None:
        """Whether it was seen stands in the second line."""
        px, (glyph, words, _) = self.look.px, model.seen(at)
        left = box.left() + px(48)
        self._words(
            painter, QRectF(left, box.top() + px(13), box.width(), px(22)), model.words(at)[0], 15, True, "text"
        )
        draw_shape(painter, glyph, QRectF(left, box.top() + px(37), px(16), px(16)), self.look)
        token = "ok" if glyph is Glyph.SEEN else "warn"
        self._words(painter, QRectF(left + px(21), box.top() + px(35), box.width(), px(20)), words, 13, True, token)

    def _tick(self, painter: QPainter, box: QRectF, ticked: bool, possible: bool) -> None:
        if ticked:
            draw_shape(painter, Glyph.SIGNED, box, self.look)
        else:
            fill = self.look.color("surface" if possible else "disabled_soft")
            draw_box(painter, box, self.look.px(3), fill, self.look.color("control"), 2)

    def _words(self, painter: QPainter, box: QRectF, text: str, size: int, bold: bool, token: str) -> None:
        painter.setFont(self.look.font(size, bold))
        painter.setPen(self.look.color(token))
        painter.drawText(box, MIDDLE, text)


class SigningList(QListView):
    """Space or a press on the box ticks; arrows walk; the chosen one is shown at the right."""

    shown = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.tasks = SigningModel(look, self)
        self.setModel(self.tasks)
        self.setItemDelegate(SigningDelegate(look, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(
            lambda now, _: self.shown.emit(now.row()) if now.isValid() else None
        )
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """New measures."""
        self.doItemsLayout()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self.look.px(52):
            self.tasks.tick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.tasks.tick(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)
