"""The grid of grades with its sums (Hočevar, ocular staining)."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.model.definition import CodeListItem
from crf_desktop.model.layout import GradeGrid, GridRow
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import SPELLED, cells, missing, tick
from crf_desktop.report.paper_condition import in_words, left_open
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, framed, under, wide, words
from crf_desktop.report.paper_row import (
    changed_mark,
    derived_line,
    draw_rows,
    score,
)
from crf_desktop.report.paper_sheet import BODY, SMALL, TAG, Sheet, spelled
from crf_desktop.report.paper_table import PAD_X, Cell, Line, draw_lines, head_line, titled
from crf_desktop.report.typeface import Run

NAME = 142.0
_WIDEST_COLUMN = 150.0


def draw_grade_grid(flow: Flow, sheet: Sheet, block: GradeGrid, tail: Sequence[Line] = ()) -> None:
    """Conditions above; parameters down, columns across; the sum of each, its missing reasons, the total."""
    draw_rows(flow, sheet, block.options)
    n = len(block.columns)
    column = min(_WIDEST_COLUMN, (TEXT_WIDTH - NAME) / n)
    widths = (TEXT_WIDTH - n * column, *[column] * n)
    names = [sheet.lines(c.title, column - 8, 8, bold=True) for c in block.columns]
    top = [sheet.lines(spelled("parameter"), widths[0] - 2 * PAD_X, 8, bold=True), *(_middle(p) for p in names)]
    head = head_line(widths, top, range(1, n + 1), ruled=True)
    title = [titled(sheet.inline(block.title))] if block.title else []
    told = _condition(sheet, block)
    rows = [_row(sheet, row, widths) for row in block.rows]
    total = [derived_line(sheet, block.total)] if block.total else []
    lines = [*rows, _sums(sheet, block, widths), _missing(sheet, block, widths), *total, *tail]
    draw_lines(flow, lambda again: [*title, *([] if again else told), head], lines)


def _middle(piece: Piece) -> Piece:
    return wide(piece, piece.width, "centre")


def _condition(sheet: Sheet, block: GradeGrid) -> list[Line]:
    """When the grid is filled in, where all of it hangs on the same, and what the mark on the bar means."""
    items = [sheet.definition.item[oid] for row in block.rows for oid in row.items]
    found = {i.relevant for i in items}
    rest = left_open(sheet.definition, items[0], sheet.event) if len(found) == 1 else True
    said = in_words(sheet.definition, sheet.form.oid, rest)
    texts = [t for t in (said, block.mark_note) if t is not None]
    if not texts:
        return []
    room = TEXT_WIDTH - 2 * PAD_X
    return [Line((Cell(under([sheet.note(t, room) for t in texts], 1)),), (TEXT_WIDTH,), least=14)]


def _row(sheet: Sheet, row: GridRow, widths: Sequence[float]) -> Line:
    room = widths[0] - 2 * PAD_X
    name = under([sheet.lines(row.title, room, BODY, bold=True), sheet.lines(row.grades, room, SMALL)], 1)
    made = [Cell(name, middle=True)]
    made += [Cell(_grades(sheet, oid, widths[1]), middle=True, centre=True) for oid in row.items]
    mark = changed_mark if sheet.changed(row.items) else None
    return Line(tuple(made), tuple(widths), ruled=True, least=46, mark=mark)


def _grades(sheet: Sheet, oid: str, width: float) -> Piece:
    """Only the grades that exist, their digits below; a missing reason in letters."""
    item, datum = sheet.definition.item[oid], sheet.datum(oid)
    codes: tuple[CodeListItem, ...] = sheet.definition.code_list[item.code_list or ""].items
    boxes = [
        under([tick(datum.value == c.coded_value), words([Run(c.coded_value, 8, True)], 20)], 0.5, centred=True)
        for c in codes
    ]
    row = beside(boxes, 5, centred=True)
    why = words([Run(SPELLED[datum.null_flavor], 8, True)], 30) if datum.null_flavor else EMPTY
    return under([beside([row, why], 4, centred=True), sheet.cell_tags(item, width - 6)], 1.5, centred=True)


def _sums(sheet: Sheet, block: GradeGrid, widths: Sequence[float]) -> Line:
    made = [Cell(words([Run(sheet.say("sum"), BODY, True)], widths[0] - 2 * PAD_X), middle=True)]
    made += [Cell(_sum(sheet, c.method, widths[1]), middle=True, centre=True) for c in block.columns]
    return Line(tuple(made), tuple(widths), ruled=True, least=30, tied=True)


def _sum(sheet: Sheet, oid: str, width: float) -> Piece:
    method = sheet.definition.method[oid]
    if sheet.record is not None:
        found = score(sheet, oid, width - 6)
    else:
        behind = words([Run(f"/{method.maximum}", 9)], 40) if method.maximum else EMPTY
        found = beside([cells(len(method.maximum or "00")), behind], 3, centred=True)
    tags = framed(words([Run(f"{method.oid} · {method.name}", TAG - 0.5)], width - 14)) if sheet.annotated else EMPTY
    return under([found, tags], 1.5, centred=True)


def _missing(sheet: Sheet, block: GradeGrid, widths: Sequence[float]) -> Line:
    """The reason why a whole column has no grade; a single grade's is written into its place."""
    texts = under([sheet.lines(spelled("not_scored"), widths[0] - 2 * PAD_X, BODY, bold=True)])
    made = [Cell(texts, middle=True)]
    for n in range(len(block.columns)):
        flavors = {sheet.datum(row.items[n]).null_flavor for row in block.rows}
        made.append(Cell(missing(flavors.pop() if len(flavors) == 1 else None), middle=True, centre=True))
    return Line(tuple(made), tuple(widths), ruled=True)
