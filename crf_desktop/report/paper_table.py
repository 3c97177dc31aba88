"""Lines of a table on paper: each in one piece, heads again on every page, edges around what a page holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from crf_desktop.report.drawing import FILL, HAIR, MARGIN, TEXT_WIDTH, THICK, Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_piece import Piece, words
from crf_desktop.report.typeface import Run

PAD_X, PAD_Y = 5.0, 3.5
LEAST = 21.0
"""Least height of a line."""
TOGETHER = 0.22
"""A table of at most this part of a page is not broken."""


@frozen
class Cell:
    """A piece in a column."""

    piece: Piece
    middle: bool = False
    """In the middle of the line's height, not at its top."""
    centre: bool = False
    """In the middle of the column."""
    fill: bool = False


@frozen
class Line:
    """One line of a table; it is never broken between pages."""

    cells: tuple[Cell, ...]
    widths: tuple[float, ...]
    filled: bool = False
    """7 % grey: heads and totals."""
    tied: bool = False
    """Stays on the page of the line after it."""
    ruled: bool = False
    """Rules between its columns."""
    least: float = LEAST
    mark: Callable[[Pen, float, float], None] | None = None
    """Drawn at (left edge, top): that the line was changed."""

    @property
    def height(self) -> float:
        """Points."""
        return max(self.least, *(c.piece.height + 2 * PAD_Y for c in self.cells))


Heads = Callable[[bool], Sequence[Line]]
"""The lines that head a page; told whether they go on from the one before."""


def draw_lines(flow: Flow, heads: Heads, lines: Sequence[Line], gap: float = 9) -> None:
    """Draws the table over as many pages as it takes; a head is never alone, nor a last line where it can be helped."""
    at, continued = 0, False
    whole = sum(line.height for line in [*heads(False), *lines])
    flow.need(whole if whole <= flow.page_room * TOGETHER else 0)
    while at < len(lines):
        top = list(heads(continued))
        above = sum(h.height for h in top)
        if above + _bound(lines, at) > flow.room and not flow.at_top:
            flow.new_page()
            if at:
                continue
        room, last = flow.room - above, at
        while last < len(lines) and (last == at or _bound(lines, last) <= room):
            room -= lines[last].height
            last += 1
        if last == len(lines) - 1 and last - at > 2:
            last -= 1
        _segment(flow, [*top, *lines[at:last]])
        at, continued = last, True
        if at < len(lines):
            flow.new_page()
    flow.gap(gap)


def _bound(lines: Sequence[Line], at: int) -> float:
    """Height of a line with those it stays with."""
    height = lines[at].height
    while lines[at].tied and at + 1 < len(lines):
        at += 1
        height += lines[at].height
    return height


def _segment(flow: Flow, lines: Sequence[Line]) -> None:
    heights = [line.height for line in lines]

    def ink(pen: Pen, top: float) -> None:
        y = top
        for i, (line, height) in enumerate(zip(lines, heights, strict=True)):
            if line.filled:
                pen.box(MARGIN, y, TEXT_WIDTH, height, 0, FILL)
            _cells(pen, line, y, height)
            if i:
                pen.rule(MARGIN, y, MARGIN + TEXT_WIDTH, y, HAIR + 0.1)
            y += height
        pen.box(MARGIN, top, TEXT_WIDTH, y - top, THICK)

    flow.draw(sum(heights), ink)


def _cells(pen: Pen, line: Line, y: float, height: float) -> None:
    x = MARGIN
    for i, (cell, width) in enumerate(zip(line.cells, line.widths, strict=True)):
        piece = cell.piece
        if cell.fill:
            pen.box(x, y, width, height, 0, FILL)
        if line.ruled and i:
            pen.rule(x, y, x, y + height, HAIR + 0.1)
        left = x + (width - piece.width) / 2 if cell.centre else x + PAD_X
        top = y + (height - piece.height) / 2 if cell.middle else y + PAD_Y
        piece.ink(pen, left, top)
        x += width
    if line.mark is not None:
        line.mark(pen, MARGIN, y)


def head_line(
    widths: Sequence[float], texts: Sequence[Piece], centred: Sequence[int] = (), ruled: bool = False
) -> Line:
    """A grey line of words."""
    made = tuple(Cell(p, middle=True, centre=i in centred) for i, p in enumerate(texts))
    return Line(made, tuple(widths), filled=True, ruled=ruled, least=18)


def titled(text: str, size: float = 8.5) -> Line:
    """A grey line with a title across."""
    return head_line([TEXT_WIDTH], [words([Run(text, size, True)], TEXT_WIDTH - 2 * PAD_X)])
