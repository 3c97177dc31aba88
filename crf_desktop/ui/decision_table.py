"""Two laptops, two values, one field: both with their origin, nothing preselected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from crf_desktop.model.data import Change
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.speech import missing_words, printed
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import draw_box
from crf_desktop.ui.query_words import who
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

VALUE, ENTERED, WHERE = 56, 236, 400
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Version(QAbstractButton):
    """One version of the answer, to be chosen."""

    def __init__(self, look: Look, words: tuple[str, str, str], shown: str) -> None:
        super().__init__()
        self.look, self.words, self._shown = look, words, shown
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(w for w in (words[0], shown, *words[1:]) if w))

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(560), self.look.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, box = QPainter(self), self.look.px, QRectF(self.rect())
        if self.isChecked() or self.hasFocus():
            painter.fillRect(box, self.look.color("accent_soft"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), self.look.color("line"))
        if self.hasFocus():
            draw_box(painter, box.adjusted(2, 2, -2, -2), px(6), None, self.look.color("focus"), 2)
        ring = QRectF(px(20), box.center().y() - px(8), px(16), px(16))
        draw_box(painter, ring, px(8), self.look.color("surface"), self.look.color("control"), px(1))
        if self.isChecked():
            draw_box(painter, ring, px(8), None, self.look.color("accent"), px(2))
            dot = ring.adjusted(px(4), px(4), -px(4), -px(4))
            draw_box(painter, dot, px(4), self.look.color("accent"), None)
        self._write(painter, box)

    def _write(self, painter: QPainter, box: QRectF) -> None:
        px, value, ink = self.look.px, self.words[0], "text" if self.isEnabled() else "disabled"
        painter.setFont(self.look.font(15, True))
        painter.setPen(self.look.color(ink))
        painter.drawText(QRectF(px(VALUE), 0, px(ENTERED - VALUE - 8), box.height()), MIDDLE, value)
        x = px(VALUE + 8) + QFontMetrics(self.look.font(15, True)).horizontalAdvance(value)
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        painter.drawText(QRectF(x, 0, box.width(), box.height()), MIDDLE, self._shown)
        painter.setPen(self.look.color(ink))
        for left, words in ((ENTERED, self.words[1]), (WHERE, self.words[2])):
            painter.drawText(QRectF(px(left), 0, box.width() - px(left), box.height()), MIDDLE, words)


class DecisionTable(QWidget):
    """The versions of a conflict; arrows walk, Space chooses."""

    chosen = Signal()

    def __init__(self, look: Look, study: Study, versions: list[Change], allowed: list[bool], standing: object) -> None:
        super().__init__()
        self.look, self._study, self.versions = look, study, versions
        body = column(self)
        head = row(margins=(look.px(VALUE), look.px(4), 0, look.px(4)))
        for words, wide in (
            (self.tr("Value"), ENTERED - VALUE), (self.tr("Entered"), WHERE - ENTERED), (self.tr("Where"), 0),
        ):  # fmt: skip
            label = Label(look, words, 13, token="text_2")
            if wide:
                label.setFixedWidth(look.px(wide))
            head.addWidget(label)
        head.addStretch(1)
        body.addLayout(head)
        self.buttons: list[Version] = []
        group = QButtonGroup(self)
        for version, may in zip(versions, allowed, strict=True):
            shown = self.tr("shown now") if version.datum == standing else ""
            button = Version(look, self._words(version), shown)
            button.setEnabled(may)
            button.toggled.connect(lambda on: self.chosen.emit() if on else None)
            group.addButton(button)
            self.buttons.append(button)
            body.addWidget(button)

    def choice(self) -> Change | None:
        """The version chosen; None while there is none."""
        return next((v for v, b in zip(self.versions, self.buttons, strict=True) if b.isChecked()), None)

    def _words(self, version: Change) -> tuple[str, str, str]:
        from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands

        language, definition, datum = self.look.language, self._study.definition, version.datum
        item = definition.item.get(version.path.item)
        if datum.null_flavor is not None:
            value = missing_words(ItemView(datum), language)
        elif datum.value is None:
            value = self.tr("no answer")
        elif item is not None:
            value = printed(definition, item, datum, language)
        else:
            value = figure.day(datum.value, language) if version.path.event and not version.path.form else datum.value
        where = self.tr("{0}, {1}").format(who(self._study, version), version.device_oid)
        return value, figure.moment(local_time(version), language), where
