"""The focus ring around whatever stock widget has the keyboard: 2 px, 2 px away, also after a click."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QSplitter, QWidget

from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING, draw_ring


class FocusRing(QObject):
    """Follows the focus of the application and draws around buttons and text fields.

    Widgets that paint their own ring are left alone; others that want one set the property ``ring`` to True.
    ``ring_radius`` overrides 6.
    """

    def __init__(self, app: QApplication, look: Look) -> None:
        super().__init__(app)
        self.look = look
        self._target: QWidget | None = None
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is None or not self._wants(new):
            return
        self._target = new
        new.installEventFilter(self)
        if self._frame is None or not shiboken6.isValid(self._frame):
            self._frame = _Frame()
        self._frame.look = self.look
        self._place()

    def _leave(self) -> None:
        if self._target is not None and shiboken6.isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = None
        if self._frame is not None and shiboken6.isValid(self._frame):
            self._frame.hide()

    def _wants(self, widget: QWidget) -> bool:
        wish = widget.property("ring")
        if wish is not None:
            return bool(wish)
        parent = widget.parentWidget()
        return (
            isinstance(widget, (QPushButton, QLineEdit, QPlainTextEdit))
            and parent is not None
            and not isinstance(parent, QSplitter)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange):
            self._place()
        elif event.type() == QEvent.Type.Hide and self._frame is not None and shiboken6.isValid(self._frame):
            self._frame.hide()
        return False

    def _place(self) -> None:
        target, frame = self._target, self._frame
        if target is None or frame is None or not shiboken6.isValid(target) or not shiboken6.isValid(frame):
            return
        if frame.parentWidget() is not target.parentWidget():
            frame.setParent(target.parentWidget())
        radius = target.property("ring_radius")
        frame.radius = self.look.px(6) if radius is None else int(radius)
        frame.setGeometry(target.geometry().adjusted(-RING, -RING, RING, RING))
        frame.raise_()
        frame.setVisible(target.isVisible())


class _Frame(QWidget):
    look: Look
    radius = 6

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_ring(painter, QRectF(self.rect()).adjusted(RING, RING, -RING, -RING), self.radius, self.look)
        painter.end()
