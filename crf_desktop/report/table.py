"""Tables whose cells wrap; rows break between pages, and inside when taller; heads repeat, no last row stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from crf_desktop.model.glyph import Glyph
from crf_desktop.report.drawing import FILL, HAIR, MARGIN, THICK, THIN, Align, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run, wrap

PAD_X, PAD_Y = 5.0, 2.6
GLYPH, GLYPH_GAP = 8.0, 4.0
TOGETHER = 0.2
"""A table of at most this part of a page is not broken."""

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
    widths: tuple[float, ...] = ()
    """Its own columns, where they differ from the table's."""
    centred: bool = False
    """Cells stand in the middle of the row's height, not at its top."""
    joined: bool = False
    """Goes on with the row above it: no rule between them, and on the same page where a page can hold them."""


@frozen
class Table:
    """Columns by width, rows, and the rows that head every page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: tuple[Row, ...] = ()
    rules_between_columns: bool = False
    minimum: float = 17.0
    """Least height of a row."""

    @property
    def width(self) -> float:
        """Of the whole table."""
        return sum(self.widths)

    def columns(self, row: Row) -> list[tuple[float, float]]:
        """Left edge and width of each cell of a row."""
        widths = row.widths or self.widths
        return [(MARGIN + sum(widths[:i]), w) for i, w in enumerate(widths)]


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
    whole = head_height + sum(row.height for row in rows)
    together = _together(rows) if rows else 0
    least = together if together <= flow.page_room / 2 else 40
    flow.need(whole if whole <= flow.page_room * TOGETHER else head_height + least)
    while rows or heads:
        segment: list[_Laid] = list(heads)
        room = flow.room - head_height
        while rows and (taken := _take(flow, table, rows, room, fresh=flow.at_top and len(segment) == len(heads))):
            segment.append(taken)
            room -= taken.height
        if len(rows) == 1 and len(segment) > len(heads) + 2 and rows[0].row is not segment[-1].row:
            first = next((i for i in reversed(range(len(segment))) if not segment[i].row.joined), 0)
            if first > len(heads):
                rows[:0] = segment[first:]
                del segment[first:]
        _draw_segment(flow, table, segment)
        if not rows:
            return
        flow.new_page()


def _take(flow: Flow, table: Table, rows: list[_Laid], room: float, fresh: bool) -> _Laid | None:
    """The next row if it fits, or as much of it as fits if no page could hold it whole; None: go to the next page."""
    row = rows[0]
    if not fresh and room < _together(rows) <= flow.page_room / 2:
        return None
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


def _together(rows: Sequence[_Laid]) -> float:
    """Height of the first row with those that go on with it; one in the midst of them stands for itself."""
    height = rows[0].height
    for row in rows[1:] if not rows[0].row.joined else ():
        if not row.row.joined:
            break
        height += row.height
    return height


def _lines_within(flow: Flow, row: _Laid, room: float) -> int:
    size = max((r.size for c in row.lines for line in c for r in line), default=8)
    return int((room - 2 * PAD_Y) // (size * flow.leading))


def _lay(flow: Flow, table: Table, row: Row) -> _Laid:
    lines = []
    for one, width in zip(row.cells, row.widths or table.widths, strict=True):
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
                pen.box(MARGIN, y, table.width, row.height, 0, FILL)
            if i and not row.row.joined:
                heavy = row.row.filled or segment[i - 1].row.filled
                pen.rule(MARGIN, y, MARGIN + table.width, y, THIN if heavy else HAIR)
            for left, _ in table.columns(row.row)[1:] if table.rules_between_columns and not row.row.widths else ():
                pen.rule(left, y, left, y + row.height, HAIR)
            _draw_row(pen, table, row, y, leading)
            y += row.height
        pen.box(MARGIN, top, table.width, y - top, THICK)

    flow.draw(height, ink)


def _draw_row(pen: Pen, table: Table, row: _Laid, y: float, leading: float) -> None:
    for one, lines, (left, width) in zip(row.row.cells, row.lines, table.columns(row.row), strict=True):
        heights = [max((r.size for r in line), default=8) * leading for line in lines]
        band = row.height if row.row.centred else table.minimum
        first = y + PAD_Y + max(0.0, (band - 2 * PAD_Y - sum(heights)) / 2)
        if one.figure is not None:
            one.figure(pen, left + PAD_X, y + row.height / 2, width - 2 * PAD_X)
        if one.glyph is not None:
            high = heights[0] if heights else band - 2 * PAD_Y
            at = left + PAD_X if lines else left + (width - GLYPH) / 2
            pen.glyph(at, (first if heights else y + PAD_Y) + (high - GLYPH) / 2, GLYPH, one.glyph)
        shift = GLYPH + GLYPH_GAP if one.glyph is not None else 0
        for words, height in zip(lines, heights, strict=True):
            size = max((r.size for r in words), default=8)
            pen.line_of(
                _start(one, words, left + PAD_X + shift, left + width - PAD_X), middle(first, height, size), words
            )
            first += height


def _start(one: Cell, words: Sequence[Run], left: float, right: float) -> float:
    total = sum(r.width for r in words)
    return {"left": left, "right": right - total, "centre": (left + right - total) / 2}[one.align]
