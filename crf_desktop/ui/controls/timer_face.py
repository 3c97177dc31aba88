"""The face of one countdown: large digits, what they mean, a bar; never resizes."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.countdown import FORGOTTEN, Deadline
from crf_desktop.ui.controls.ink import Face, Ink, text_width
from crf_desktop.ui.look import Look
from crf_desktop.wording.figure import clock


class TimerFace(QWidget):
    """Shows one of four states: not started, running, time is up, done."""

    def __init__(self, seconds: int, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.seconds = look, seconds
        self.deadline: Deadline | None = None
        self.answer = NOTHING
        self.left = seconds
        self._part = 0.0
        self._forgotten = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_time(self, deadline: Deadline | None, answer: Datum, now: datetime) -> None:
        """Repaints for the time of now."""
        self.deadline, self.answer = deadline, answer
        self.left = deadline.left(now) if deadline else self.seconds
        self._forgotten = deadline is not None and now - deadline.at > FORGOTTEN
        self._part = deadline.part_gone(now) if deadline else 1.0 if answer.value is not None else 0.0
        self.setAccessibleName(" ".join(self.words()))
        self.update()

    def words(self) -> tuple[str, str]:
        """Digits, and the words beside them."""
        if self.answer.answered:
            return "", self.tr("Reading entered") if self.answer.value is not None else self.tr("No reading")
        if self.deadline is None:
            return clock(self.seconds), self.tr("not started")
        if self.left > 0:
            return clock(self.left), self.tr("left of {0} min").format(clock(self.seconds))
        if self._forgotten:
            return clock(0), self.tr("ended {0}").format(f"{self.deadline.at:%H:%M}")
        return clock(0), self.tr("Time is up: read now")

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(340), self.look.px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(220), self.look.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, px = Ink(self, self.look), self.look.px
        digits, words = self.words()
        up = self.deadline is not None and self.left <= 0 and not self._forgotten
        row, x = QRectF(0, 0, self.width(), px(48)), 0.0
        if digits:
            face = Face(40, True, "text" if self.deadline else "text_3")
            ink.text(row, digits, face)
            x = text_width(self.look, "0:00", face) + px(10)
            x = max(x, text_width(self.look, digits, face) + px(10))
        else:
            glyph = Glyph.COMPLETE if self.answer.value is not None else Glyph.MISSING
            ink.glyph(glyph, 0, row.center().y() + px(4), 20)
            x = px(28)
        beside = QRectF(x, px(8), self.width() - x, px(40))
        if up:
            ink.glyph(Glyph.TIMER, x, beside.center().y(), 18, "accent")
            ink.text(beside.adjusted(px(24), 0, 0, 0), words, Face(15, True, "accent_text"))
        else:
            ink.text(beside, words, Face(15, token="text_2"))
        self._paint_bar(ink, QRectF(0, px(53), self.width(), px(9)))
        ink.painter.end()

    def _paint_bar(self, ink: Ink, bar: QRectF) -> None:
        ink.box(bar, "sunken", "line", 4)
        if self._part > 0:
            ink.painter.save()
            ink.painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * self._part, bar.height()))
            ink.box(bar, "accent", None, 4)
            ink.painter.restore()
