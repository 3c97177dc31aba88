"""reportlab's canvas with the operations that paper needs most written at once: a page is mostly short words and rules.

What is drawn is the same; numbers have six digits (0.35 µm on A4), and a colour or width that is in force is not said
again. reportlab formats each number by logarithms and makes an object of every string.
"""

from __future__ import annotations

from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

_PAINT: Final = {(1, 0): "S", (0, 1): "f*", (1, 1): "B*", (0, 0): "n"}
"""(stroke, fill) → operator; reportlab fills by the even-odd rule."""
_ESCAPES: Final = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))}
_ESCAPES_ALL: Final = _ESCAPES | {ord(c): "\\" + c for c in "()\\"}


def number(value: float) -> str:
    """As PDF has it: no exponent, no zeros at the end."""
    text = f"{value:.6g}"
    return f"{value:.6f}" if "e" in text else text


class InkedPath(PDFPathObject):  # type: ignore[misc]  # reportlab is untyped
    """A path of straight lines, curves and rectangles."""

    def moveTo(self, x: float, y: float) -> None:
        """Begins a part."""
        self._code_append(f"{number(x)} {number(y)} m")

    def lineTo(self, x: float, y: float) -> None:
        """Straight on."""
        self._code_append(f"{number(x)} {number(y)} l")

    def curveTo(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        """A Bézier curve."""
        self._code_append(" ".join([number(n) for n in (x1, y1, x2, y2, x3, y3)]) + " c")

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        """A rectangle."""
        self._code_append(f"{number(x)} {number(y)} {number(width)} {number(height)} re")


class InkedCanvas(Canvas):  # type: ignore[misc]
    """A canvas for one document."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._shown: dict[tuple[str, float, str], str] = {}
        """(font, size, text) → the operators that show it; the same words stand on many lines."""
        super().__init__(*arguments, **named)

    def drawString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:
        """Text from (x, y) on; whatever is asked besides is left to reportlab."""
        if more or named or not text:
            super().drawString(x, y, text, *more, **named)
            return
        key = (self._fontname, self._fontsize, text)
        shown = self._shown.get(key)
        if shown is None:
            shown = self._shown[key] = self._show(text)
        self._code.append(f"BT 1 0 0 1 {number(x)} {number(y)} Tm {shown} ET")

    def _show(self, text: str) -> str:
        font: Any = pdfmetrics.getFont(self._fontname)
        size, parts = number(self._fontsize), []
        for subset, codes in font.splitString(text, self._doc):
            name = font.getSubsetInternalName(subset, self._doc)
            parts.append(f"{name} {size} Tf ({codes.decode('latin-1').translate(_ESCAPES_ALL)}) Tj")
        return " ".join(parts)

    def beginForm(self, *arguments: Any, **named: Any) -> None:
        """A part that is drawn in several places: it begins with whatever is in force there, so all is said anew."""
        super().beginForm(*arguments, **named)
        self._fillColorObj = self._strokeColorObj = None
        self._lineWidth: float | None = None

    def setFillGray(self, gray: float, alpha: float | None = None) -> None:
        """The grey of what is filled, text included."""
        if alpha is not None or self._fillColorObj != (gray, gray, gray):
            super().setFillGray(gray, alpha)

    def setStrokeGray(self, gray: float, alpha: float | None = None) -> None:
        """The grey of lines."""
        if alpha is not None or self._strokeColorObj != (gray, gray, gray):
            super().setStrokeGray(gray, alpha)

    def setLineWidth(self, width: float) -> None:
        """Points."""
        if width != self._lineWidth:
            self._lineWidth = width
            self._code.append(number(width) + " w")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self._code.append(f"n {number(x1)} {number(y1)} m {number(x2)} {number(y2)} l S")

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0) -> None:
        """A rectangle with its lower left corner at (x, y)."""
        corners = f"n {number(x)} {number(y)} {number(width)} {number(height)} re "
        self._code.append(corners + _PAINT[int(bool(stroke)), int(bool(fill))])

    def beginPath(self) -> InkedPath:
        """A fresh path."""
        return InkedPath()
