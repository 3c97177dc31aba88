"""One scale of eleven boxes: the question, the answer in words at the right, anchors beneath."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.answer import MISSING, Answer
from crf_desktop.ui.controls.ink import LEFT, RIGHT, BoxState, Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.look import Look

SECOND_DIGIT_MS = 600
"""After "1" this long is waited for a "0" that makes it 10; any other key, or leaving, answers 1 at once."""

_CODES = [str(n) for n in range(11)]


@frozen
class ScaleWords:
    """What one row says, in one language."""

    number: str = ""
    name: str = ""
    question: str = ""
    low: str = ""
    high: str = ""
    was: str = ""
    query: bool = False
    messages: tuple[str, ...] = ()
    """What checks may say of an answer: room is kept for it."""


class ScaleRow(Answer):
    """The card of one scale. Digits answer; "1" then "0" is 10; ← → move the ring and Space answers."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words = ScaleWords()
        self.told: tuple[str, str] = ("", "")
        """``bad`` or ``warn``, and the message under the anchors."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECOND_DIGIT_MS)
        self._timer.timeout.connect(self._settle)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, words: ScaleWords) -> None:
        """Name, question and anchors."""
        self.words = words
        self.updateGeometry()
        self.update()

    def codes(self) -> list[str]:
        return _CODES

    # geometry

    def _card(self) -> QRectF:
        return QRectF(self.rect())

    def _pad(self) -> int:
        return self.look.px(24)

    def _head_lines(self, width: int) -> tuple[tuple[str, ...], float, float]:
        """Lines of the question, where it begins, and the room it has."""
        pad, name = self._pad(), f"{self.words.number}  {self.words.name}"
        start = pad + text_width(self.look, name, Face(17, True)) + self.look.px(12)
        room = width - pad - start - self._answer_width() - self.look.px(32)
        return wrap(self.look, self.words.question, Face(15), max(room, self.look.px(120))), start, room

    def _answer_width(self) -> float:
        none = text_width(self.look, self.tr("No answer yet"), Face(13, True)) + self.look.px(24)
        some = text_width(self.look, self.tr("Answer"), Face(13)) + text_width(self.look, "10", Face(21, True))
        return max(none, some + text_width(self.look, "/10", Face(13)) + self.look.px(18))

    def _head_height(self, width: int) -> int:
        return max(self.look.px(28), len(self._head_lines(width)[0]) * line_height(self.look, 15))

    def _box_top(self, width: int) -> int:
        return self.look.px(24) + self._head_height(width) + self.look.px(10)

    def heightForWidth(self, width: int) -> int:
        return self._box_top(width) + self.look.px(64) + self.look.px(48) + self._said(width)

    def _said(self, width: int) -> int:
        """Height kept for messages; a longer one than expected gets its own."""
        lines = max((len(self._wrapped(words, width)) for words in (*self.words.messages, self.told[1])), default=0)
        return lines * line_height(self.look, 13) + (self.look.px(8) if lines else 0)

    def _wrapped(self, words: str, width: int) -> tuple[str, ...]:
        return wrap(self.look, words, Face(13, True), width - 2 * self._pad() - self.look.px(22))

    def tell(self, kind: str, words: str) -> None:
        """Says what was refused (``bad``) or is unusual (``warn``); empty words say nothing."""
        before = self.heightForWidth(self.width())
        self.told = (kind, words)
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 200 else self.look.px(800)
        return QSize(self.look.px(640), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(11 * 40), self.look.px(174))

    def boxes(self) -> list[QRectF]:
        """The eleven boxes, 100 × 64 where there is room."""
        pad, width = self._pad(), self.width()
        gap = self.look.px(8 if width / self.look.scale > 1000 else 5)
        side = (width - 2 * pad - 10 * gap) / 11
        top, high = self._box_top(width), self.look.px(64)
        return [QRectF(pad + i * (side + gap), top, side, high) for i in range(11)]

    def link_rect(self) -> QRectF:
        """The missing-reason link, between the anchors."""
        words = self._link_words()
        width = text_width(self.look, words, Face(13)) + self.look.px(40)
        high = self.look.px(44 if self.look.touch else 28)
        middle = self._box_top(self.width()) + self.look.px(64 + (24 if self.look.touch else 18))
        return QRectF((self.width() - width) / 2, middle - high / 2, width, high)

    def pill_rect(self) -> QRectF:
        """Where the missing reason stands: over the boxes."""
        return self.boxes()[0].united(self.boxes()[-1])

    def places(self) -> list[tuple[str, QRectF]]:
        if self.missing:
            return [(MISSING, self.pill_rect()), ("remove", self.link_rect())]
        link = [] if self.read_only else [(MISSING, self.link_rect())]
        return [*zip(_CODES, self.boxes(), strict=True), *link]

    def _link_words(self) -> str:
        return self.tr("Remove reason") if self.missing else self.tr("Missing reason")

    # answering

    def choose(self, code: str) -> None:
        self._timer.stop()
        if code == "remove":
            self.clear()
        else:
            super().choose(code)

    @property
    def waiting(self) -> bool:
        """Whether a "1" waits for its "0"."""
        return self._timer.isActive()

    def _settle(self) -> None:
        self.choose("1")

    def digit(self, text: str) -> bool:
        if text == "0" and self._timer.isActive():
            self.choose("10")
        elif text == "1" and not self.read_only and not self._timer.isActive():
            self.cursor_at = "1"
            self._timer.start()
            self.update()
        elif text in _CODES:
            self._finish_waiting()
            self.choose(text)
        else:
            return False
        return True

    def _finish_waiting(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.choose("1")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape) and self._timer.isActive():
            self._timer.stop()
            self.cursor_at = self.chosen
            self.update()
            return
        if not event.text().isdigit() and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
            self._finish_waiting()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._finish_waiting()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._finish_waiting()
        super().hideEvent(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self, self.look)
        focus = self.hasFocus()
        ink.box(self._card(), "surface", "accent" if focus else "line", 8, 2 if focus else 1)
        self._paint_head(ink)
        self._paint_boxes(ink)
        self._paint_foot(ink)
        ink.painter.end()

    def _paint_head(self, ink: Ink) -> None:
        pad, top = self._pad(), self.look.px(24)
        high = self.look.px(28)
        lines, start, _ = self._head_lines(self.width())
        ink.text(QRectF(pad, top, start, high), f"{self.words.number}  {self.words.name}", Face(17, True))
        step = line_height(self.look, 15)
        ink.lines(start, top + (high - step) / 2, lines, Face(15, token="text_2"), step)
        if self.words.query:
            x = self.width() - pad - self._answer_width() - self.look.px(24)
            ink.glyph(Glyph.QUERY, x, top + high / 2)
        self._paint_answer(ink, self.width() - pad, QRectF(0, top, self.width() - pad, high))

    def _paint_answer(self, ink: Ink, right: float, line: QRectF) -> None:
        px = self.look.px
        if self.missing:
            return
        if self.chosen is None:
            words = self.tr("No answer yet")
            ink.text(line, words, Face(13, True), RIGHT)
            ink.glyph(Glyph.DUE, right - text_width(self.look, words, Face(13, True)) - px(24), line.center().y())
            return
        ink.text(line, "/10", Face(13, token="text_2"), RIGHT)
        right -= text_width(self.look, "/10", Face(13)) + px(8)
        ink.text(
            QRectF(line.left(), line.top(), right - line.left(), line.height()), self.chosen, Face(21, True), RIGHT
        )
        right -= text_width(self.look, self.chosen, Face(21, True)) + px(8)
        rest = QRectF(line.left(), line.top(), right - line.left(), line.height())
        ink.text(rest, self.tr("Answer"), Face(13, token="text_2"), RIGHT)

    def _paint_boxes(self, ink: Ink) -> None:
        if self.missing:
            ink.missing_pill(self.pill_rect(), self.missing, self.hovered == MISSING, self.hasFocus())
            return
        waiting = self._timer.isActive()
        for code, rect in zip(_CODES, self.boxes(), strict=True):
            pressed = self.held == code == self.hovered or (waiting and code == "1")
            ringed = self.hasFocus() and self.cursor_at == code
            state = BoxState(code == self.chosen, self.hovered == code, pressed, ringed, self.read_only)
            ink.answer_box(rect, code, state, 21)

    def _paint_foot(self, ink: Ink) -> None:
        pad, face = self._pad(), Face(13, token="text_2")
        line = self.link_rect()
        line.setLeft(pad)
        line.setRight(self.width() - pad)
        ink.text(line, self.words.low, face, LEFT)
        ink.text(line, self.words.high, face, RIGHT)
        if self.words.was:
            self._paint_was(ink)
        if not self.read_only:
            self._paint_link(ink)
        kind, words = self.told
        if words:
            step, top = line_height(self.look, 13), self._box_top(self.width()) + self.look.px(64 + 44)
            ink.glyph(Glyph.REFUSED if kind == "bad" else Glyph.WARNING, pad, top + step / 2)
            lines = self._wrapped(words, self.width())
            ink.lines(pad + self.look.px(22), top, lines, Face(13, True, kind), step)

    def _paint_link(self, ink: Ink) -> None:
        rect, px = self.link_rect(), self.look.px
        place = "remove" if self.missing else MISSING
        hover = self.hovered == place and not (self.missing and place == MISSING)
        if hover:
            ink.box(rect, "accent_soft", None)
        ink.glyph(Glyph.MISSING, rect.left() + px(8), rect.center().y())
        ink.text(rect.adjusted(px(32), 0, 0, 0), self._link_words(), Face(13, token="accent_text"))

    def _paint_was(self, ink: Ink) -> None:
        rect = self.link_rect()
        x = rect.right() + self.look.px(16)
        ink.glyph(Glyph.CHANGED, x, rect.center().y())
        ink.text(rect.translated(rect.width() + self.look.px(40), 0), self.words.was, Face(13, True, "warn"))
