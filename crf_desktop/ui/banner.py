"""The participant banner: number in a filled block, then sex, age, visit, visit date, study day; never truncated."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.ui.look import Look
from crf_desktop.wording import figure


class BannerWords(NamedTuple):
    """What the banner reads from; None is printed "not known"."""

    subject: str
    sex: str | None
    age_years: int | None
    visit: str
    visit_short: str
    visit_date: str | None
    study_day: int | None


class Banner(QWidget):
    """One painted strip, 56 px; empty and hidden without a participant."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.words: BannerWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """New measures, colours and words."""
        self.updateGeometry()
        self.update()
        self._speak()

    def show_words(self, words: BannerWords | None) -> None:
        """Shows a participant, or nobody."""
        self.words = words
        self.setVisible(words is not None)
        self.restyle()

    def pairs(self, short: bool = False) -> list[tuple[str, str]]:
        """(label, value) of every cell after the number."""
        w = self.words
        if w is None:
            return []
        language, unknown = self.look.language, self.tr("not known")
        age = unknown if w.age_years is None else self.tr("{0} y").format(w.age_years)
        cells = [(self.tr("Sex"), w.sex or unknown), (self.tr("Age"), age)]
        if w.visit:
            day = (
                unknown
                if w.study_day is None
                else self.tr("Day {0}").format(str(w.study_day).replace("-", figure.MINUS))
            )
            date = figure.day(w.visit_date, language) if w.visit_date else self.tr("not started")
            cells += [
                (self.tr("Visit"), w.visit_short if short else w.visit),
                (self.tr("Visit date"), date),
                (self.tr("Study day"), day),
            ]
        return cells

    def _speak(self) -> None:
        if self.words is None:
            self.setAccessibleName("")
            return
        cells = ", ".join(f"{label} {value}" for label, value in self.pairs())
        self.setAccessibleName(self.tr("Participant {0}").format(self.words.subject) + ", " + cells)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(600), self.look.px(56))

    def minimumSizeHint(self) -> QSize:
        cells = sum(w for _, _, w in self._cells(True, self.look.px(12)))
        return QSize(round(self._block(False) + cells), self.look.px(56))

    def _width(self, short: bool, labelled: bool) -> float:
        return self._block(labelled) + sum(w for _, _, w in self._cells(short, self.look.px(37)))

    def _block(self, labelled: bool) -> float:
        number = QFontMetrics(self.look.font(21, True)).horizontalAdvance(self.words.subject if self.words else "")
        label = QFontMetrics(self.look.font(13)).horizontalAdvance(self.tr("Participant")) if labelled else 0
        return max(number + self.look.px(40), label + self.look.px(40), self.look.px(144) if labelled else 0)

    def _cells(self, short: bool, air: float) -> list[tuple[str, str, float]]:
        small, large = QFontMetrics(self.look.font(13)), QFontMetrics(self.look.font(17, True))
        return [
            (label, value, max(small.horizontalAdvance(label), large.horizontalAdvance(value)) + air)
            for label, value in self.pairs(short)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))
        if self.words is None:
            return
        labelled = self._width(True, True) <= self.width()
        short = self._width(False, labelled) > self.width()
        x = self._paint_number(painter, labelled)
        px, n = self.look.px, max(1, len(self.pairs()))
        over = max(0.0, self._width(short, labelled) - self.width())
        air = max(px(12), px(37) - over / n)
        for label, value, width in self._cells(short, air):
            painter.setFont(self.look.font(13))
            painter.setPen(self.look.color("text_2"))
            painter.drawText(QRectF(x + air / 2, px(7), width, px(20)), Qt.AlignmentFlag.AlignVCenter, label)
            painter.setFont(self.look.font(17, True))
            painter.setPen(self.look.color("text"))
            painter.drawText(QRectF(x + air / 2, px(24), width, px(25)), Qt.AlignmentFlag.AlignVCenter, value)
            x += width
            painter.fillRect(QRectF(x, 0, 1, self.height() - 1), self.look.color("line"))

    def _paint_number(self, painter: QPainter, labelled: bool) -> float:
        assert self.words is not None
        px, width = self.look.px, self._block(labelled)
        painter.fillRect(QRectF(0, 0, width, self.height() - 1), self.look.color("accent"))
        painter.setPen(self.look.color("on_accent"))
        if labelled:
            painter.setFont(self.look.font(13))
            painter.drawText(
                QRectF(px(16), px(6), width, px(20)), Qt.AlignmentFlag.AlignVCenter, self.tr("Participant")
            )
        painter.setFont(self.look.font(21, True))
        top = px(22) if labelled else 0
        side = Qt.AlignmentFlag.AlignLeft if labelled else Qt.AlignmentFlag.AlignHCenter
        left, wide = (px(16), width) if labelled else (0, width)
        box = QRectF(left, top, wide, px(29) if labelled else self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, self.words.subject)
        return width
