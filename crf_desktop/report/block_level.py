"""The table of domains with level, definition of the level and weighted points (ESSDAI)."""

from __future__ import annotations

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.glyph import BANDS, Glyph
from crf_desktop.model.layout import LevelRow, LevelTable
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.block import BODY, MARK_WIDTH, SMALL, changed, head
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run

DOMAIN, LEVEL, POINTS = 98.0, 84.0, 58.0


def draw_level_table(
    flow: Flow, reader: Reader, form: FormRecord, block: LevelTable, tail: tuple[Row, ...] = ()
) -> None:
    """One row per domain, then the total with its bands."""
    n = len(block.scores)
    widths = (MARK_WIDTH, DOMAIN, LEVEL, TEXT_WIDTH - MARK_WIDTH - DOMAIN - LEVEL - n * POINTS, *[POINTS] * n)
    scores = [reader.definition.method[m].label.in_(reader.language) for m in block.scores]
    words = (reader.say("domain"), reader.say("level"), reader.say("basis"))
    top = head("", *words, *scores, centre=range(4, 4 + n))
    rows = tuple(_row(reader, form, row) for row in block.rows)
    draw_table(flow, Table(widths, (*rows, _totals(reader, form, block, widths), *tail), (top,)))
    flow.gap(6)


def _row(reader: Reader, form: FormRecord, row: LevelRow) -> Row:
    item, datum = reader.definition.item[row.item], datum_of(form, row.item)
    active = datum.value not in (None, "0")
    points = [_points(weight, datum) for weight in row.weights]
    return Row(
        (
            changed(form, row.item),
            cell(item.label.in_(reader.language), active),
            _level(reader, form, item, datum),
            cell(_basis(reader, item, datum)),
            *(cell(p, active, "centre") for p in points),
        )
    )


def _points(weight: int | None, datum: Datum) -> str:
    return "–" if weight is None or datum.value is None else str(weight * int(datum.value))


def _level(reader: Reader, form: FormRecord, item: ItemDef, datum: Datum) -> Cell:
    if datum.value is None:
        return Cell((Run(reader.of(form, item.oid), BODY),), glyph=Glyph.MISSING if datum.null_flavor else None)
    return Cell((Run(f"{datum.value} {reader.answer(item, datum)}", BODY),), glyph=BANDS[int(datum.value)])


def _basis(reader: Reader, item: ItemDef, datum: Datum) -> str:
    levels = reader.definition.code_list[item.code_list or ""].items
    definition = next((i.definition for i in levels if i.coded_value == datum.value), None)
    return definition.in_(reader.language) if definition else ""


def _totals(reader: Reader, form: FormRecord, block: LevelTable, widths: tuple[float, ...]) -> Row:
    """One wide cell for the bands, then the points."""
    bands, points = [Run(reader.say("total"), BODY, True)], []
    for oid in block.scores:
        method = reader.definition.method[oid]
        text, why = reader.score(oid, form.derived.get(oid))
        band, _ = reader.score(method.band, form.derived.get(method.band)) if method.band else ("", "")
        said = why or ("" if band == "–" else band)
        label = method.label.in_(reader.language)
        bands.append(Run(f"   {label}{reader.say('colon')}{said}" if said else "", BODY))
        small = [Run(f" /{method.maximum}", SMALL)] if method.maximum and text != "–" else []
        points.append(Cell((Run(text, BODY + 0.5, True), *small), "centre"))
    wide = (widths[0], sum(widths[1:4]), *widths[4:])
    return Row((Cell(), Cell(tuple(bands)), *points), True, wide)
