"""Pages of a PDF on the screen, from bytes in memory: drawn in the worker process, never written to a disk.

What was really on the screen is remembered band by band: a page counts as read when every part of it was in view.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from crf_desktop.ui import pdf_work
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import LIGHT, Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import draw_ring
from crf_desktop.ui.worker import Job, Workshop

GAP, SIDE = 16, 12
"""Between pages, and beside them."""
WIDEST = 900
"""Of a page at 100 %."""
BANDS = 40
"""Parts of a page, from top to bottom, that are looked for in view."""
STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Zoom, as parts of the width in view."""
KEPT = 8
"""Images of pages kept."""
MOST = 4000
"""Pixels that a page is drawn wide at most."""
Seal = tuple[int, tuple[float, float, float, float], str]
"""Page, box in points from its lower left corner, and the words for a place that is still empty."""


class PdfPages(QAbstractScrollArea):
    """The pages one below the other; white in every theme."""

    seen_changed = Signal()
    current_changed = Signal(int)
    failed = Signal(object)

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.workshop = look, workshop
        self.zoom = 1.0
        self.seen: set[int] = set()
        """Pages of which every part was in view, from 0."""
        self.current = 0
        self.sizes: list[tuple[float, float]] = []
        self.seal: Seal | None = None
        self.waiting_words = ""
        self._pdf = b""
        self._bands: set[tuple[int, int]] = set()
        self._painted: set[int] = set()
        """Pages that stand in view as they were last painted."""
        self._images: dict[int, QImage] = {}
        self._job: Job | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self._lay)

    # ---- what is shown

    def show_pdf(self, pdf: bytes, seen: frozenset[int] = frozenset(), seal: Seal | None = None) -> None:
        """Shows other pages from the top; ``seen``: those that this person has read already."""
        self.clear()
        self._pdf, self.seen, self.seal = pdf, set(seen), seal
        if pdf:
            self._start(pdf_work.page_sizes, self._sized)

    def clear(self) -> None:
        """Empties the view and forgets the bytes."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._pdf, self.seal, self.current = None, b"", None, 0
        self.sizes, self.seen = [], set()
        self._bands.clear()
        self._images.clear()
        self._lay()

    def read_whole(self) -> bool:
        """Whether every page was read."""
        return bool(self.sizes) and len(self.seen) == len(self.sizes)

    def _start(self, work: object, done: object, *more: object) -> None:
        self._job = self.workshop.start(work, self._pdf, *more, parent=self)  # type: ignore[arg-type]
        self._job.done.connect(done)
        self._job.failed.connect(self._fail)

    def _fail(self, error: object) -> None:
        self._job = None
        self.failed.emit(error)

    def _sized(self, sizes: list[tuple[float, float]]) -> None:
        self._job, self.sizes = None, sizes
        self._lay()
        self.verticalScrollBar().setValue(0)
        self._turn()

    # ---- where the pages lie

    def _wide(self) -> int:
        """Width of a page on the screen: at 100 % that of the view, but no wider than reads well."""
        return max(1, round(min(self.viewport().width() - 2 * self.look.px(SIDE), self.look.px(WIDEST)) * self.zoom))

    def _box(self, number: int) -> QRectF:
        """Where a page lies in the viewport now."""
        gap, wide = self.look.px(GAP), self._wide()
        top = gap + sum(round(wide * h / w) + gap for w, h in self.sizes[:number])
        width, height = self.sizes[number]
        left = max(self.look.px(SIDE), (self.viewport().width() - wide) // 2) - self.horizontalScrollBar().value()
        return QRectF(left, top - self.verticalScrollBar().value(), wide, round(wide * height / width))

    def _lay(self) -> None:
        """Sets the scroll bars; images of another width are drawn anew."""
        gap, wide, view = self.look.px(GAP), self._wide(), self.viewport()
        high = gap + sum(round(wide * h / w) + gap for w, h in self.sizes)
        up, side = self.verticalScrollBar(), self.horizontalScrollBar()
        up.setRange(0, max(0, high - view.height()))
        up.setPageStep(max(self.look.px(40), view.height() - self.look.px(40)))
        up.setSingleStep(self.look.px(48))
        side.setRange(0, max(0, wide + 2 * self.look.px(SIDE) - view.width()))
        side.setPageStep(view.width())
        view.update()

    def _in_view(self) -> list[int]:
        return [n for n in range(len(self.sizes)) if self._box(n).intersects(QRectF(self.viewport().rect()))]

    def drawn(self) -> bool:
        """Whether what is in view was drawn and painted."""
        return bool(self.sizes) and set(self._in_view()) <= self._painted

    def set_zoom(self, zoom: float) -> None:
        """Other size, with the same place of the pages in view."""
        up = self.verticalScrollBar()
        part = up.value() / max(1, up.maximum() + up.pageStep())
        self.zoom = zoom
        self._lay()
        up.setValue(round(part * (up.maximum() + up.pageStep())))
        self._turn()

    def step_zoom(self, by: int) -> None:
        """The next larger or smaller size."""
        nearest = min(range(len(STEPS)), key=lambda at: abs(STEPS[at] - self.zoom))
        self.set_zoom(STEPS[max(0, min(nearest + by, len(STEPS) - 1))])

    def go(self, number: int) -> None:
        """Scrolls to the top of a page."""
        if 0 <= number < len(self.sizes):
            up = self.verticalScrollBar()
            up.setValue(up.value() + round(self._box(number).top()) - self.look.px(GAP))

    def go_unread(self) -> None:
        """Scrolls to the first part of a page that was not in view."""
        for number in range(len(self.sizes)):
            for band in range(BANDS):
                if number not in self.seen and (number, band) not in self._bands:
                    box, up = self._box(number), self.verticalScrollBar()
                    up.setValue(up.value() + round(box.top() + box.height() * band / BANDS) - self.look.px(GAP))
                    self.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    # ---- drawing

    def _pixels(self) -> int:
        """Width in pixels of the screen that a page is drawn with: as sharp as it is."""
        return min(MOST, round(self._wide() * self.viewport().devicePixelRatioF()))

    def _ask(self) -> None:
        """Has the next page drawn that is in view or comes next and is not there as wide."""
        if self._job is not None or not self.sizes:
            return
        visible = self._in_view()
        after = [visible[-1] + 1] if visible and visible[-1] + 1 < len(self.sizes) else []
        for number in (*visible, *after):
            held = self._images.get(number)
            if held is None or held.width() != self._pixels():
                self._start(pdf_work.page_image, lambda drawn, n=number: self._drawn(n, drawn), number, self._pixels())
                return

    def _drawn(self, number: int, drawn: pdf_work.PageImage) -> None:
        self._job = None
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32)
        self._images.pop(number, None)
        self._images[number] = image.copy()
        while len(self._images) > KEPT:
            self._images.pop(next(iter(self._images)))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self.viewport()), self.look
        painter.fillRect(self.viewport().rect(), look.color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painted.clear()
        for number in self._in_view():
            box = self._box(number)
            painter.fillRect(box, LIGHT.color("surface"))
            image = self._images.get(number)
            if image is not None:
                painter.drawImage(box, image)
                self._painted.add(number)
                self._note(number, box)
            else:
                painter.setPen(LIGHT.color("text_2"))
                painter.setFont(look.font(13))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.waiting_words)
            self._paint_seal(painter, number, box)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            draw_ring(painter, QRectF(self.viewport().rect()).adjusted(4, 4, -4, -4), look.px(6), look)
        self._ask()

    def _paint_seal(self, painter: QPainter, number: int, page: QRectF) -> None:
        """A dashed frame over the place that the signature will fill; not part of the pages."""
        if self.seal is None or self.seal[0] != number:
            return
        (left, bottom, right, top), (width, height) = self.seal[1], self.sizes[number]
        scale = page.width() / width
        corner = page.topLeft() + QPointF(left * scale, (height - top) * scale)
        box = QRectF(corner, QSizeF((right - left) * scale, (top - bottom) * scale))
        painter.setPen(QPen(LIGHT.color("accent"), max(1, self.look.px(1.5)), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setFont(self.look.font(13))
        painter.setPen(LIGHT.color("accent_text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.seal[2])

    def _note(self, number: int, box: QRectF) -> None:
        """Remembers which bands of a drawn page are in view."""
        if number in self.seen or not self.isVisible():
            return
        view, high = QRectF(self.viewport().rect()), box.height() / BANDS
        if min(box.right(), view.right()) - max(box.left(), view.left()) < box.width() / 2:
            return
        for band in range(BANDS):
            if view.top() <= box.top() + (band + 0.5) * high <= view.bottom():
                self._bands.add((number, band))
        if all((number, band) in self._bands for band in range(BANDS)):
            self.seen.add(number)
            self.seen_changed.emit()

    # ---- moving

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._painted.clear()
        self.viewport().update()
        self._turn()

    def _turn(self) -> None:
        """Says which page is read now: the one in the middle of the view."""
        middle = self.viewport().height() / 2
        boxes = [self._box(n) for n in range(len(self.sizes))]
        now = next((n for n, box in enumerate(boxes) if box.bottom() >= middle), max(0, len(boxes) - 1))
        self.current = now
        self.current_changed.emit(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, up = Qt.Key(event.key()), self.verticalScrollBar()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = up.pageStep()
        moves = {
            Qt.Key.Key_Down: up.singleStep(), Qt.Key.Key_Up: -up.singleStep(), Qt.Key.Key_PageDown: step,
            Qt.Key.Key_PageUp: -step, Qt.Key.Key_Space: step, Qt.Key.Key_Home: -up.maximum(),
            Qt.Key.Key_End: up.maximum(),
        }  # fmt: skip
        if key in moves:
            up.setValue(up.value() + moves[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.horizontalScrollBar().maximum():
            self.go(self.current + (1 if key is Qt.Key.Key_Right else -1))
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.step_zoom(-1 if key is Qt.Key.Key_Minus else 1)
        elif control and key is Qt.Key.Key_0:
            self.set_zoom(1.0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()


class PdfView(QWidget):
    """The pages with their number, and buttons for their size."""

    seen_changed = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.pages = PdfPages(look, workshop)
        self.number, self.read = Label(look, "", 13), Label(look, "", 13, token="ok")
        self.left = Button(look, "quiet", height=28, px=13)
        """How much is still to be read; leads to the first of it."""
        self.left.clicked.connect(self.pages.go_unread)
        self.sized = Label(look, "", 13, token="text_2")
        self.smaller, self.larger = Button(look, "quiet", "−", height=28), Button(look, "quiet", "+", height=28)
        self.fit = Button(look, "quiet", height=28, px=13)
        self.bar = row(gap=look.px(8), margins=(look.px(16), look.px(4), look.px(8), look.px(4)))
        self.bar.addWidget(self.number)
        self.bar.addWidget(self.read)
        self.bar.addWidget(self.left)
        self.bar.addStretch(1)
        for widget in (self.smaller, self.sized, self.larger, self.fit):
            self.bar.addWidget(widget)
        whole = column(self)
        whole.addLayout(self.bar)
        whole.addWidget(self.pages, 1)
        self.pages.current_changed.connect(self._say)
        self.pages.seen_changed.connect(self._say)
        self.pages.seen_changed.connect(self.seen_changed)
        self.pages.failed.connect(self.failed)
        self.smaller.clicked.connect(lambda: self._zoom(-1))
        self.larger.clicked.connect(lambda: self._zoom(1))
        self.fit.clicked.connect(lambda: self._zoom(0))
        self.reading = False
        """Whether it says how much was read: where pages are shown to be signed."""

    def show_pdf(self, pdf: bytes, seen: frozenset[int] = frozenset(), seal: Seal | None = None) -> None:
        """Shows other pages from the top."""
        self.pages.show_pdf(pdf, seen, seal)
        self.retranslate()

    def clear(self) -> None:
        """Empties the view."""
        self.pages.clear()
        self._say()

    def _zoom(self, by: int) -> None:
        if by:
            self.pages.step_zoom(by)
        else:
            self.pages.set_zoom(1.0)
        self._say()

    def _say(self, _: object = None) -> None:
        n, at = len(self.pages.sizes), self.pages.current + 1
        self.number.setText(self.tr("Page {0} of {1}").format(at, n) if n else "")
        left = n - len(self.pages.seen)
        self.read.setText(self.tr("read to the end") if n and self.reading and not left else "")
        self.left.setText(self.tr("{0} still to read").format(left))
        self.left.setVisible(bool(n and self.reading and left))
        self.sized.setText(f"{round(self.pages.zoom * 100)} %")
        self.pages.setAccessibleName(self.number.text())
        if n and QAccessible.isActive():
            self._read_aloud(at - 1)

    def _read_aloud(self, number: int) -> None:
        """Gives a screen reader the words of the page."""
        job = self.pages.workshop.start(pdf_work.page_text, self.pages._pdf, number, parent=self)
        job.done.connect(self.pages.setAccessibleDescription)

    def retranslate(self) -> None:
        """Puts every word into the language in force."""
        self.fit.setText(self.tr("Fit width"))
        self.smaller.setAccessibleName(self.tr("Smaller"))
        self.larger.setAccessibleName(self.tr("Larger"))
        self.pages.waiting_words = self.tr("Drawing the page")
        self._say()
