"""A painted surface with places that can be pressed: commits on release inside, scrolls when it must."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from crf_desktop.ui.controls.ink import Ink
from crf_desktop.ui.look import Look

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@frozen(eq=False)
class Target:
    """A place that can be pressed, in content coordinates."""

    rect: QRectF
    kind: str
    key: tuple[object, ...] = ()
    hot: bool = True
    """False: pressing it only moves the focus; it shows no hover."""

    @property
    def name(self) -> tuple[str, tuple[object, ...]]:
        """What it is, whatever its place."""
        return (self.kind, self.key)


def is_plain(event: QKeyEvent) -> bool:
    """Whether a key comes without Ctrl, Alt or Meta."""
    return not event.modifiers() & _MODIFIERS


class Painted(QAbstractScrollArea):
    """Base of the level list, the definition panel, the grade grid and the option strip."""

    touched = Signal(object)
    """(Target) pressed down: the focus goes there."""
    picked = Signal(object)
    """(Target) released inside: the answer."""
    entered = Signal(object)
    """(Qt.FocusReason) has the keyboard now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.on_key: Callable[[QKeyEvent], bool] = lambda event: False
        self.on_tab: Callable[[bool], bool] = lambda forward: False
        self.hovered: tuple[str, tuple[object, ...]] | None = None
        self.held: tuple[str, tuple[object, ...]] | None = None
        self.targets: list[Target] = []
        self._inside = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._link_bars()
        look.changed.connect(self.relayout)

    def _link_bars(self) -> None:
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._range_changed)
        inner.valueChanged.connect(self._bar.setValue)
        inner.valueChanged.connect(lambda _: self.viewport().update())
        self._bar.valueChanged.connect(inner.setValue)

    def _range_changed(self, low: int, high: int) -> None:
        self._bar.setRange(low, high)
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._place_bar()

    # what a subclass gives

    def paint(self, ink: Ink) -> None:
        """Paints the visible content."""
        raise NotImplementedError

    def lay_out(self) -> int:
        """Fills ``targets`` and returns the height of the scrolled content; 0 when nothing scrolls."""
        raise NotImplementedError

    def scroll_top(self) -> int:
        """The y at which scrolled content begins; a fixed head stands above."""
        return 0

    def scroll_bottom(self) -> int:
        """Height of what is pinned below the scrolled content."""
        return 0

    # what it does

    @property
    def offset(self) -> int:
        """Pixels scrolled."""
        return self.verticalScrollBar().value()

    def relayout(self) -> None:
        """New geometry after a change of size, look or definition."""
        height = self.lay_out()
        window = self.height() - self.scroll_top() - self.scroll_bottom()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, window))
        bar.setSingleStep(self.look.px(43))
        bar.setRange(0, max(0, height - window) if height else 0)
        self._place_bar()
        self.viewport().update()

    def _place_bar(self) -> None:
        width = self.look.px(8)
        top, bottom = self.scroll_top() + 1, self.scroll_bottom() + self.look.px(4)
        self._bar.setGeometry(self.width() - width - 1, top, width, max(0, self.height() - top - bottom))
        self._bar.setVisible(self.verticalScrollBar().maximum() > 0)

    def reveal(self, rect: QRectF) -> None:
        """Scrolls until the whole rectangle of the content is in view."""
        window = self.height() - self.scroll_top() - self.scroll_bottom()
        top, bottom = rect.top() - self.scroll_top(), rect.bottom() - self.scroll_top()
        if top < self.offset:
            self.verticalScrollBar().setValue(int(top))
        elif bottom > self.offset + window:
            self.verticalScrollBar().setValue(int(bottom - window) + 1)

    def target_at(self, point: QPointF) -> Target | None:
        """The pressable place under a point of the viewport; the smaller one first."""
        scrolled = self.scroll_top() <= point.y() < self.viewport().height() - self.scroll_bottom()
        moved = point + QPointF(0, self.offset)
        for target in self.targets:
            fixed = target.kind.startswith("fixed_")
            if (fixed or scrolled) and target.rect.contains(point if fixed else moved):
                return target
        return None

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self.viewport(), self.look)
        ink.painter.fillRect(self.viewport().rect(), self.look.color("canvas"))
        self.paint(ink)
        ink.painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def viewportSizeHint(self) -> QSize:
        return self.sizeHint()

    def _hover(self, target: Target | None) -> None:
        name = target.name if target is not None and target.hot else None
        if name != self.hovered:
            self.hovered = name
            shape = Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        target = self.target_at(event.position())
        if self.held is None:
            self._hover(target)
        else:
            inside = target is not None and target.name == self.held
            self._hover(target if inside else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        target = self.target_at(event.position())
        self.held = target.name if target is not None else None
        if target is not None:
            self.touched.emit(target)
            self._hover(target)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        held, self.held = self.held, None
        target = self.target_at(event.position())
        self.viewport().update()
        if target is not None and target.name == held:
            self.picked.emit(target)

    def is_held(self, kind: str, *key: object) -> bool:
        """Whether that place is pressed down with the pointer over it."""
        return self.held == (kind, key) == self.hovered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.on_key(event):
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.on_tab(forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self.entered.emit(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
