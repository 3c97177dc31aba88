"""Text fields and pickers of the frame; the fields of forms are in ``ui.controls``."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from crf_desktop.ui.bar_item import BarItem
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import draw_shape
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, Icon, draw_box, draw_ring


class TextField(QLineEdit):
    """A line of text."""

    def __init__(self, look: Look, height: int = 36, width: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._height, self._wide = look, height, width
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)  # input methods learn what is typed
        look.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """New measures."""
        self.setFont(self.look.font(15))
        self.updateGeometry()
        if self._wide is not None:
            self.setFixedWidth(self.look.px(self._wide))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.look.px(self._height))


class PasswordField(TextField):
    """A password: never shown unless asked; tells when Caps Lock seems to be on."""

    caps_seen = Signal(bool)

    def __init__(self, look: Look, height: int = 44, width: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(look, height, width, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase
        )
        self.reveal = BarItem(look, parent=self)
        self.reveal.token = "accent_text"
        self.reveal.clicked.connect(self._turn)
        self.retranslate()

    def retranslate(self) -> None:
        """The word on the switch."""
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.reveal.show_word(
            self.tr("Show") if hidden else self.tr("Hide"),
            name=self.tr("Show password") if hidden else self.tr("Hide password"),
        )
        self._place()

    def hide_text(self) -> None:
        """Back to dots."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.retranslate()

    def _turn(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.retranslate()

    def _place(self) -> None:
        width = self.reveal.sizeHint().width()
        self.reveal.setGeometry(self.width() - width - 4, 2, width, self.height() - 4)
        self.setTextMargins(0, 0, width, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != shifted)
        super().keyPressEvent(event)


class Picker(Button):
    """One of a few; opens a menu. The wheel never changes it."""

    chosen = Signal(str)

    def __init__(self, look: Look, height: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(look, "plain", "", height=height, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.value = ""
        self._options: list[tuple[str, str]] = []
        self.clicked.connect(self._open)

    def show_options(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """(value, words) to choose from, and the one that stands; "" for none."""
        self._options, self.value = list(options), value
        self.setText(dict(options).get(value, ""))
        self.update()

    def pick(self, value: str) -> None:
        """Chooses and says so."""
        self.show_options(self._options, value)
        self.chosen.emit(value)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width() - 2 * RING)
        for value, words in self._options:
            menu.addAction(words.replace("&", "&&")).setData(value)
        menu.triggered.connect(lambda action: self.pick(action.data()))
        menu.popup(self.mapToGlobal(QPoint(RING, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self._options:
            super().keyPressEvent(event)
            return
        values = [v for v, _ in self._options]
        at = values.index(self.value) + step if self.value in values else 0
        self.pick(values[max(0, min(at, len(values) - 1))])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.look.font(15))
        widest = max((metrics.horizontalAdvance(w) for _, w in self._options), default=self.look.px(80))
        return QSize(widest + self.look.px(50) + 2 * RING, self.look.px(self._height) + 2 * RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        fill, edge, ink = self._colors()
        draw_box(painter, box, px(6), fill, edge)
        if self.hasFocus():
            draw_ring(painter, box, px(6), self.look)
        painter.setFont(self.look.font(15))
        painter.setPen(self.look.color(ink))
        painter.drawText(box.adjusted(px(10), 0, -px(30), 0), Qt.AlignmentFlag.AlignVCenter, self.words())
        draw_shape(
            painter, Icon.DOWN, QRectF(box.right() - px(27), box.center().y() - px(8), px(16), px(16)), self.look
        )
