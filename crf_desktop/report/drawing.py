"""What ink does: text, rules, boxes, glyphs and QR codes on one page, measured in points from its top left corner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

import segno
from reportlab.lib.units import mm

from crf_desktop.model.glyph import BOX, Glyph, Shape, shapes
from crf_desktop.report.typeface import BOLD, CAP_HEIGHT, REGULAR, Run, missing, printable, width

PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
"""A4."""
MARGIN = 40.0
RIGHT = PAGE_WIDTH - MARGIN
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
HAIR, THIN, THICK = 0.3, 0.7, 1.2
"""Rules: between rows, around tables, around what must be seen first."""
FILL = 0.93
"""The one grey: 7 %."""

Align = Literal["left", "right", "centre"]


class Pen:
    """Draws on a reportlab canvas; black on white, y grows downwards, text stands on its baseline."""

    def __init__(self, canvas: Any, height: float = PAGE_HEIGHT) -> None:
        self.canvas = canvas
        self.height = height
        self.lacking: list[tuple[str, str]] = []
        """(character that the typeface lacks, the words around it) of everything drawn so far."""
        self._font: tuple[str, float] | None = None

    def text(self, x: float, y: float, run: Run, align: Align = "left", white: bool = False) -> None:
        """One line with its baseline at y."""
        text = printable(run.text)
        if run.lacking or text != run.text:
            self.lacking += [(char, text) for char in run.lacking or missing(run.text)]
        if align != "left":
            x -= width(text, run.size, run.bold) / (1 if align == "right" else 2)
        canvas, font = self.canvas, (BOLD if run.bold else REGULAR, run.size)
        canvas.setFillGray(1 if white else 0)
        if font != self._font:
            canvas.setFont(*font)
            self._font = font
        canvas.drawString(x, self.height - y, text)

    def line_of(self, x: float, y: float, runs: Iterable[Run]) -> float:
        """Runs one after the other on one baseline; returns where they end."""
        for run in runs:
            self.text(x, y, run)
            x += run.width
        return x

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIR) -> None:
        """A straight line."""
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x1, self.height - y1, x2, self.height - y2)

    def box(self, x: float, y: float, w: float, h: float, weight: float = THIN, fill: float | None = None) -> None:
        """A rectangle; weight 0 leaves out its edge, ``fill`` is a grey (0 black)."""
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeGray(0)
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.rect(x, self.height - y - h, w, h, stroke=int(weight > 0), fill=int(fill is not None))

    def dot(self, x: float, y: float, radius: float) -> None:
        """A filled disc."""
        self.canvas.setFillGray(0)
        self.canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def ring(self, x: float, y: float, radius: float, filled: bool = False, dashed: bool = False) -> None:
        """A point of a curve: white inside unless ``filled``; ``dashed`` for one that is not final."""
        self.canvas.setFillGray(0 if filled else 1)
        self.canvas.setStrokeGray(0)
        self.canvas.setLineWidth(THIN + 0.3)
        self.canvas.setDash([1.4, 1.2] if dashed else [])
        self.canvas.circle(x, self.height - y, radius, stroke=1, fill=1)
        self.canvas.setDash([])

    def stroke(self, points: Sequence[tuple[float, float]], weight: float, grey: float, closed: bool = False) -> None:
        """A thick line with round ends and corners; ``closed`` fills what it encloses with the same grey."""
        canvas, path = self.canvas, self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        if closed:
            path.close()
        canvas.setStrokeGray(grey)
        canvas.setFillGray(grey)
        canvas.setLineWidth(weight)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.drawPath(path, stroke=1, fill=int(closed))
        canvas.setLineCap(0)
        canvas.setLineJoin(0)

    def glyph(self, x: float, y: float, side: float, glyph: Glyph) -> None:
        """A state glyph in black, its box with the corner at (x, y)."""
        for shape in shapes(glyph):
            self._shape(x, y, side / BOX, shape)

    def _shape(self, x: float, y: float, scale: float, shape: Shape) -> None:
        canvas, path = self.canvas, self.canvas.beginPath()
        for letter, numbers in shape.commands:
            at = [x + n * scale if i % 2 == 0 else self.height - y - n * scale for i, n in enumerate(numbers)]
            {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[letter](*at)
        ink = 1 if shape.token == "surface" else 0
        canvas.setFillGray(ink)
        canvas.setStrokeGray(ink)
        canvas.setLineWidth(shape.width * scale)
        canvas.setLineCap(0 if shape.dash else 1)
        canvas.setLineJoin(1)
        canvas.setDash([n * scale for n in shape.dash] or [])
        canvas.drawPath(path, stroke=int(shape.role == "stroke"), fill=int(shape.role == "fill"))
        canvas.setDash([])
        canvas.setLineCap(0)
        canvas.setLineJoin(0)

    def watermark(self, text: str, size: float) -> None:
        """Across the page in the one grey, bold; drawn first, so that everything else stands on it.

        Whoever copies or searches the page's text does not find its letters between the answers.
        """
        canvas = self.canvas
        canvas._code.append("/Span <</ActualText ()>> BDC")
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(54.7)
        canvas.setFillGray(FILL)
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(0, -size * CAP_HEIGHT / 2, text)
        canvas.restoreState()
        canvas._code.append("EMC")
        self._font = None

    def qr(self, x: float, y: float, side: float, content: str) -> None:
        """A QR code with its own corner at (x, y); the white around it is the page's."""
        rows = _modules(content)
        step = side / len(rows)
        path = self.canvas.beginPath()
        for r, row in enumerate(rows):
            for first, last in _dark(row):
                path.rect(x + first * step, self.height - y - (r + 1) * step, (last - first) * step, step)
        self.canvas.setFillGray(0)
        self.canvas.drawPath(path, stroke=0, fill=1)


QR_SIDE = 22 * mm


@lru_cache(maxsize=8)
def _modules(content: str) -> tuple[bytes, ...]:
    code = segno.make(content, error="m", micro=False, boost_error=False)
    return tuple(bytes(row) for row in code.matrix)


def _dark(row: Sequence[int]) -> Iterable[tuple[int, int]]:
    start = None
    for i, module in enumerate([*row, 0]):
        if module & 1 and start is None:
            start = i
        elif not module & 1 and start is not None:
            yield start, i
            start = None


def middle(top: float, height: float, size: float) -> float:
    """Baseline that centres capitals and digits of that size in a band."""
    return top + (height + size * CAP_HEIGHT) / 2


def grouped(hex_text: str, size: int = 4) -> str:
    """``7b1e 94c0 2f5d``: hex in groups that an eye can compare."""
    return " ".join(hex_text[i : i + size] for i in range(0, len(hex_text), size))
