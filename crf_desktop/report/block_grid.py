"""The grid of grades with its sums (Hočevar)."""

from __future__ import annotations

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import GradeGrid, GridRow
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.block import BODY, SMALL, head, is_asked, item_table, lone_tail, score_runs
from crf_desktop.report.drawing import TEXT_WIDTH, THIN, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Figure, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run

GLAND = 72.0
_BAR = 150.0


def draw_grade_grid(flow: Flow, reader: Reader, form: FormRecord, block: GradeGrid, tail: tuple[Row, ...] = ()) -> None:
    """Conditions, then parameters by columns, the sum of each, and where there is one the total with its mark."""
    item_table(flow, reader, form, block.options)
    cells = [oid for row in block.rows for oid in row.items]
    if not any(is_asked(form, oid) for oid in cells):
        lone_tail(flow, tail)
        return
    n, language = len(block.columns), reader.language
    widths = (TEXT_WIDTH - n * GLAND, *[GLAND] * n)
    names = (c.title.in_(language) for c in block.columns)
    title = block.title.in_(language) if block.title else reader.say("parameter")
    top = head(title, *names, centre=range(1, n + 1))
    sums = Row((cell(reader.say("sum"), True), *(_sum(reader, form, c.method) for c in block.columns)), True)
    total = (_total(reader, form, block, block.total),) if block.total else ()
    rows = (*(_row(reader, form, row) for row in block.rows), sums, *total, *tail)
    draw_table(flow, Table(widths, rows, (top,), rules_between_columns=True))
    flow.gap(6)


def _row(reader: Reader, form: FormRecord, row: GridRow) -> Row:
    name = Cell((Run(row.title.in_(reader.language), BODY, True), Run("\n" + row.grades.in_(reader.language), SMALL)))
    return Row((name, *(_grade(reader, form, oid) for oid in row.items)), centred=True)


def _grade(reader: Reader, form: FormRecord, oid: str) -> Cell:
    found, datum = form.items.get(oid), datum_of(form, oid)
    changed = found is not None and found.changed
    glyph = Glyph.CHANGED if changed else Glyph.QUERY if oid in form.asked else None
    glyph = glyph or (Glyph.MISSING if datum.null_flavor else None)
    if datum.value is None:
        return Cell(
            (Run(reader.of(form, oid) if isinstance(datum.null_flavor, NullFlavor) else "–", SMALL),), "centre", glyph
        )
    return Cell((Run(datum.value, BODY + 1, datum.value != "0"),), "centre", glyph)


def _sum(reader: Reader, form: FormRecord, method: str) -> Cell:
    return Cell(score_runs(reader, form, method, BODY + 0.5), "centre")


def _total(reader: Reader, form: FormRecord, block: GradeGrid, total: str) -> Row:
    method = reader.definition.method[total]
    name, note = method.label.in_(reader.language), block.mark_note.in_(reader.language) if block.mark_note else ""
    label = Cell((Run(name, BODY, True), *((Run("\n" + note, SMALL),) if note else ())))
    derived = form.derived.get(total)
    value = int(derived.text) if derived and derived.text.isdigit() else None
    bar = Cell(figure=_bar(value, int(method.maximum or 48), block.mark))
    score = Cell(score_runs(reader, form, total, BODY + 2), "right")
    return Row((label, bar, score), widths=(TEXT_WIDTH - 170 - 130, 170.0, 130.0), centred=True)


def _bar(value: int | None, maximum: int, at: int) -> Figure:
    def ink(pen: Pen, x: float, y: float, width: float) -> None:
        y -= 3
        pen.box(x, y - 3, _BAR, 6, THIN)
        if value:
            pen.box(x, y - 3, _BAR * value / maximum, 6, 0, 0)
        if not at:
            return
        mark = x + _BAR * at / maximum
        pen.rule(mark, y - 6, mark, y + 6, 1.2)
        pen.text(mark, middle(y + 7, 6, 6), Run(str(at), 6), "centre")

    return ink
