"""The line under a field: its hint, or what is wrong with the value; the room is kept, so that nothing moves."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.ink import Face, Ink, line_height, text_width, wrap
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING

State = Literal["", "error", "warn", "was"]
_HINT, _REST = Face(13, token="text_2"), Face(13, token="text_2")
_LEAD = 24


class MessageLine(QWidget):
    """Hint or message; as high as the longest message that may come."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.hint = ""
        self.happened, self.rest = "", ""
        self._state: State = ""
        self.instead = ""
        """Said in place of the hint while the item is not asked."""
        self.show_instead = False
        self._expected: list[tuple[str, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def expect(self, hint: str, instead: str, messages: list[tuple[str, str]]) -> None:
        """The hint, what is said instead, and the messages that room is kept for."""
        self.hint, self.instead, self._expected = hint, instead, messages
        self.updateGeometry()
        self.update()

    def say(self, state: State, happened: str = "", rest: str = "") -> None:
        """Shows a message in place of the hint; an empty state shows the hint again."""
        before = self.heightForWidth(self.width())
        self._state, self.happened, self.rest = state, happened, rest
        self.setAccessibleName(f"{happened} {rest}".strip() or self.hint)
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    @property
    def state(self) -> State:
        """What kind of message stands here."""
        return self._state

    def _face(self) -> Face:
        return Face(13, True, {"error": "bad"}.get(self._state, "warn"))

    def _broken(self, happened: str, rest: str, width: int) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Lines of both parts, and whether the second stands behind the first."""
        room = width - RING - self.look.px(_LEAD)
        face = self._face()
        together = text_width(self.look, happened, face) + self.look.px(5) + text_width(self.look, rest, _REST) < room
        return wrap(self.look, happened, face, room), wrap(self.look, rest, _REST, room), together

    def _height(self, happened: str, rest: str, width: int) -> int:
        first, second, together = self._broken(happened, rest, width)
        return (1 if together else len(first) + len(second)) * line_height(self.look, 13)

    def heightForWidth(self, width: int) -> int:
        width = max(width, self.look.px(120))
        heights = [
            len(wrap(self.look, t, _HINT, width - RING)) * line_height(self.look, 13) for t in (self.hint, self.instead)
        ]
        heights += [self._height(*message, width) for message in (*self._expected, (self.happened, self.rest))]
        return max(heights)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 120 else self.look.px(420)
        return QSize(self.look.px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(120), line_height(self.look, 13) if self.hint or self._expected else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, height = Ink(self, self.look), line_height(self.look, 13)
        if not self._state:
            hint = self.instead if self.show_instead else self.hint
            ink.lines(RING, 0, wrap(self.look, hint, _HINT, self.width() - RING), _HINT, height)
        else:
            glyph = Glyph.REFUSED if self._state == "error" else Glyph.CHANGED
            ink.glyph(glyph, RING, height / 2)
            first, second, together = self._broken(self.happened, self.rest, self.width())
            x, face = float(RING + self.look.px(_LEAD)), self._face()
            x, y = float(x), 0.0
            y = ink.lines(x, y, first, face, height)
            if together:
                x, y = x + text_width(self.look, self.happened, face) + self.look.px(5), 0.0
            ink.lines(x, y, second, _REST, height)
        ink.painter.end()
