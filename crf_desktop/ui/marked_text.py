"""A sentence with its deciding figure in bold: laid out by word, drawn in a token's colour, never clipped."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from crf_desktop.ui.look import Look

_UNIT = re.compile(r"(?<=\w)/(?=\w)")
BOLD = "**"
"""Stands before and behind what is bold."""


def plain(marked: str) -> str:
    """The words without the signs."""
    return marked.replace(BOLD, "")


class MarkedText:
    """Words laid out to a width; ``height`` and ``natural`` (the widest line) are in logical pixels."""

    def __init__(self, look: Look, marked: str, width: float, px: int = 13, bold: bool = False) -> None:
        marked = _UNIT.sub("/\u2060", marked)  # a line never breaks inside mL/min
        self.look, self.text = look, plain(marked)
        self._layout = QTextLayout(self.text.replace("\n", "\u2028"), look.font(px, bold))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(wrap)
        self._layout.setFormats(_ranges(marked))
        self.line = look.px(px) * (1.5 if look.language == "zh" else 1.4)
        self.height = self.natural = 0.0
        self.lines = 0
        self._lay_out(max(1.0, width))

    def _lay_out(self, width: float) -> None:
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height + (self.line - line.height()) / 2))
            self.height += self.line
            self.natural = max(self.natural, line.naturalTextWidth())
            self.lines += 1
        self._layout.endLayout()

    def draw(self, painter: QPainter, x: float, y: float, token: str = "text") -> None:
        """Draws with the upper left corner at a point."""
        painter.setPen(self.look.color(token))
        self._layout.draw(painter, QPointF(x, y))


def _ranges(marked: str) -> list[QTextLayout.FormatRange]:
    found, at = [], 0
    for n, part in enumerate(marked.split(BOLD)):
        length = len(part.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
        if n % 2 and length:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = at, length, QTextCharFormat()
            one.format.setFontWeight(QFont.Weight.Bold)
            found.append(one)
        at += length
    return found
