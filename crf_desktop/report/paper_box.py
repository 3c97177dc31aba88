"""What is written into: tick boxes, boxes for digits and dates, lines, and the boxes of missing reasons."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from crf_desktop.model.data import NullFlavor
from crf_desktop.report.drawing import THIN, Pen, middle
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, under, words
from crf_desktop.report.typeface import Run, wrap

TICK = 4.6 * mm
CELL_WIDTH, CELL_HEIGHT = 5.2 * mm, 6.0 * mm
SMALL_TICK = 3.3 * mm
LINE = 7.0 * mm
"""From one writing line to the next."""
EDGE = 0.9
FILLED = 10.0
"""Type of what a filled form says."""

CODES: dict[str, NullFlavor] = {
    "ND": NullFlavor.NOT_DONE,
    "NA": NullFlavor.NOT_APPLICABLE,
    "UK": NullFlavor.UNKNOWN,
    "RF": NullFlavor.REFUSED,
}
"""Missing codes as paper prints them."""
SPELLED = {flavor: code for code, flavor in CODES.items()}


def cross(pen: Pen, x: float, y: float, side: float) -> None:
    """Two strokes through a box."""
    edge = side * 0.16
    pen.rule(x + edge, y + edge, x + side - edge, y + side - edge, 1.5)
    pen.rule(x + edge, y + side - edge, x + side - edge, y + edge, 1.5)


def tick(chosen: bool = False, side: float = TICK) -> Piece:
    """A box to be crossed."""

    def ink(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, side, side, EDGE if side > SMALL_TICK else THIN)
        if chosen:
            cross(pen, x, y, side)

    return Piece(side, side, ink)


def cells(count: int, text: str = "", right: bool = False) -> Piece:
    """Boxes in a row, one character each; ``right`` writes up to the last one."""
    first = count - len(text) if right else 0

    def ink(pen: Pen, x: float, y: float) -> None:
        for i in range(count):
            pen.box(x + i * CELL_WIDTH, y, CELL_WIDTH, CELL_HEIGHT, EDGE)
        for i, char in enumerate(text):
            at = x + (first + i + 0.5) * CELL_WIDTH
            pen.text(at, middle(y, CELL_HEIGHT, 11), Run(char, 11, True), "centre")

    return Piece(count * CELL_WIDTH, CELL_HEIGHT, ink)


def sign(text: str, size: float = 10) -> Piece:
    """A character between boxes, as high as they are: a point, a colon."""
    run = Run(text, size, True)

    def ink(pen: Pen, x: float, y: float) -> None:
        pen.text(x, middle(y, CELL_HEIGHT, size), run)

    return Piece(run.width, CELL_HEIGHT, ink)


def field(width: float, text: str = "", height: float = CELL_HEIGHT + 2) -> Piece:
    """One box for a number or a few words; what does not fit goes on in a second line, smaller."""
    size = FILLED
    while text and size > 7 and Run(text, size, True).width > width - 6:
        size -= 0.5
    lines = wrap([Run(text, size, True)], width - 6) if text else []
    deep = max(height, len(lines) * size * 1.25 + 3)

    def ink(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, width, deep, EDGE)
        step = size * 1.25
        top = y + (deep - step * len(lines)) / 2
        for i, line in enumerate(lines):
            pen.line_of(x + 4, middle(top + i * step, step, size), line)

    return Piece(width, deep, ink)


def writing_lines(width: float, count: int, text: str = "") -> Piece:
    """Lines to write on; a text that is longer gets more of them."""
    lines = wrap([Run(text, FILLED, True)], width - 4) if text else []
    count = max(count, len(lines))

    def ink(pen: Pen, x: float, y: float) -> None:
        for i in range(count):
            base = y + (i + 1) * LINE
            pen.rule(x, base - 1, x + width, base - 1, THIN)
            if i < len(lines):
                pen.line_of(x + 2, base - 4.5, lines[i])

    return Piece(width, count * LINE, ink)


def labelled(piece: Piece, label: str, size: float = 6.5) -> Piece:
    """With a word small under its middle."""
    return under([piece, words([Run(label, size)], 200)], 0.5, centred=True)


def missing(flavor: NullFlavor | None = None, columns: int = 2) -> Piece:
    """The four boxes of missing reasons, two by two, or with ``columns`` 4 in one line."""
    found = [beside([tick(flavor is own, SMALL_TICK), words([Run(code, 7)], 20)], 1.6) for code, own in CODES.items()]
    width = max(p.width for p in found)
    made = [Piece(width, p.height, p.ink, p.base) for p in found]
    rows = [made[i : i + columns] for i in range(0, len(made), columns)]
    return under([beside(row, 3) for row in rows], 3.4)


def groups(parts: Sequence[tuple[Piece, str]], below: bool, gap: float = 5) -> Piece:
    """Groups of boxes with their words under them, or beside them."""
    if below:
        return beside([labelled(p, w) if w else p for p, w in parts], gap)
    found = [beside([p, words([Run(w, 7)], 30) if w else EMPTY], 1.5, centred=True) for p, w in parts]
    return beside(found, gap)
