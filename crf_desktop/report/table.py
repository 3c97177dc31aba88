"""Tables whose cells wrap, whose rows break between pages and, if one is taller than a page, inside; heads repeat."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import field, frozen

from crf_desktop.model.glyph import Glyph
from crf_desktop.report.drawing import FILL, HAIR, MARGIN, THICK, THIN, Align, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run, wrap

PAD_X, PAD_Y = 5.0, 2.6
GLYPH, GLYPH_GAP = 8.0, 4.0

Figure = Callable[[Pen, float, float, float], None]
"""Draws at (x, middle, width)."""


@frozen
class Cell:
    """Text of one or more styles, a glyph before it, or a drawing instead of it."""

    runs: tuple[Run, ...] = ()
    align: Align = "left"
    glyph: Glyph | None = None
    figure: Figure | None = None


def cell(text: str, bold: bool = False, align: Align = "left", glyph: Glyph | None = None, size: float = 8) -> Cell:
    """A cell in one style."""
    return Cell((Run(text, size, bold),) if text else (), align, glyph)


@frozen
class Row:
    """One row; a cell for each column."""

    cells: tuple[Cell, ...]
    filled: bool = False
    """7 % grey, for heads and totals."""


@frozen
class Table:
    """Columns by width, rows, and the rows that head every page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: tuple[Row, ...] = ()
    rules_between_columns: bool = False
    minimum: float = 17.0
    """Least height of a row."""
    x: float = MARGIN
    lefts: tuple[float, ...] = field(init=False)

    @lefts.default
    def _lefts(self) -> tuple[float, ...]:
        return tuple(self.x + sum(self.widths[:i]) for i in range(len(self.widths)))


@frozen
class _Laid:
    """A row with its lines broken; ``lines`` per cell."""

    row: Row
    lines: tuple[tuple[tuple[Run, ...], ...], ...]
    height: float


def draw_table(flow: Flow, table: Table) -> None:
    """Draws the table from the cursor on, over as many pages as it takes."""
    heads = [_lay(flow, table, row) for row in table.heads]
    rows = [_lay(flow, table, row) for row in table.rows]
    head_height = sum(h.height for h in heads)
    first = min(rows[0].height, 40) if rows else 0
    flow.need(head_height + first)
    while rows or heads:
        segment: list[_Laid] = list(heads)
        room = flow.room - head_height
        while rows and (taken := _take(flow, table, rows, room, fresh=flow.at_top and len(segment) == len(heads))):
            segment.append(taken)
            room -= taken.height
        _draw_segment(flow, table, segment)
        if not rows:
            return
        flow.new_page()


def _take(flow: Flow, table: Table, rows: list[_Laid], room: float, fresh: bool) -> _Laid | None:
    """The next row if it fits, or as much of it as fits if no page could hold it whole; None: go to the next page."""
    row = rows[0]
    if row.height <= room:
        return rows.pop(0)
    if not fresh and row.height <= flow.page_room / 2:
        return None
    fit = _lines_within(flow, row, room)
    if fit < 1:
        return None
    upper, lower = tuple(c[:fit] for c in row.lines), tuple(c[fit:] for c in row.lines)
    rows[0] = _Laid(row.row, lower, _height(flow, table, lower))
    return _Laid(row.row, upper, _height(flow, table, upper))


def _lines_within(flow: Flow, row: _Laid, room: float) -> int:
    size = max((r.size for c in row.lines for line in c for r in line), default=8)
    return int((room - 2 * PAD_Y) // (size * flow.leading))


def _lay(flow: Flow, table: Table, row: Row) -> _Laid:
    lines = []
    for one, width in zip(row.cells, table.widths, strict=True):
        available = width - 2 * PAD_X - (GLYPH + GLYPH_GAP if one.glyph and one.runs else 0)
        lines.append(tuple(tuple(line) for line in wrap(one.runs, available)) if one.runs else ())
    return _Laid(row, tuple(lines), _height(flow, table, tuple(lines)))


def _height(flow: Flow, table: Table, lines: tuple[tuple[tuple[Run, ...], ...], ...]) -> float:
    return max([table.minimum, *(sum(_line_height(flow, line) for line in one) + 2 * PAD_Y for one in lines)])


def _line_height(flow: Flow, line: Sequence[Run]) -> float:
    return max((r.size for r in line), default=8) * flow.leading


def _draw_segment(flow: Flow, table: Table, segment: list[_Laid]) -> None:
    height = sum(row.height for row in segment)
    leading = flow.leading

    def ink(pen: Pen, top: float) -> None:
        y = top
        for i, row in enumerate(segment):
            if row.row.filled:
                pen.box(table.x, y, sum(table.widths), row.height, 0, FILL)
            if i:
                heavy = row.row.filled or segment[i - 1].row.filled
                pen.rule(table.x, y, table.x + sum(table.widths), y, THIN if heavy else HAIR)
            _draw_row(pen, table, row, y, leading)
            y += row.height
        for left in table.lefts[1:] if table.rules_between_columns else ():
            pen.rule(left, top, left, y, HAIR)
        pen.box(table.x, top, sum(table.widths), y - top, THICK)

    flow.draw(height, ink)


def _draw_row(pen: Pen, table: Table, row: _Laid, y: float, leading: float) -> None:
    for one, lines, left, width in zip(row.row.cells, row.lines, table.lefts, table.widths, strict=True):
        x, right = left + PAD_X, left + width - PAD_X
        block = sum(max((r.size for r in line), default=8) * leading for line in lines)
        first = y + PAD_Y + max(0.0, (table.minimum - 2 * PAD_Y - block) / 2)
        if one.figure is not None:
            one.figure(pen, x, y + row.height / 2, width - 2 * PAD_X)
        if one.glyph is not None:
            line = max((r.size for r in lines[0]), default=8) * leading if lines and lines[0] else table.minimum - 2 * PAD_Y
            at = x if lines else left + (width - GLYPH) / 2
            pen.glyph(at, first + (line - GLYPH) / 2, GLYPH, one.glyph)
            x += GLYPH + GLYPH_GAP
        for line in lines:
            size = max((r.size for r in line), default=8)
            total = sum(r.width for r in line)
            start = {"left": x, "right": right - total, "centre": (x + right - total) / 2}[one.align]
            pen.line_of(start, middle(first, size * leading, size), line)
            first += size * leading
