"""Scales of eleven boxes and visual analogue lines."""

from __future__ import annotations

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.layout import ScaleRows, VisualAnalogue
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.block import MARK_WIDTH, SMALL, answered, head, is_asked, lone_tail, marked, noted, question
from crf_desktop.report.drawing import TEXT_WIDTH, THIN, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Figure, Row, Table, draw_table
from crf_desktop.report.typeface import Run

SCALE, ANSWER = 176.0, 76.0
_STEPS = 11
_LINE = 150.0


def draw_scale_rows(flow: Flow, reader: Reader, form: FormRecord, block: ScaleRows, tail: tuple[Row, ...] = ()) -> None:
    """One row per scale: the question with its ends in words, the boxes, the number."""
    rows = []
    for oid, (low, high) in zip(block.items, block.anchors, strict=True):
        if not is_asked(form, oid):
            continue
        ends = f"0 {low.in_(reader.language)}{reader.say('comma')}10 {high.in_(reader.language)}"
        value = datum_of(form, oid).value
        boxes = Cell(figure=_boxes(int(value) if value is not None else None))
        asked = question(reader, reader.definition.item[oid], ends)
        shown = answered(reader, form, oid)
        behind = (Run(f"\u00a0/{_STEPS - 1}", SMALL),) if value is not None else ()
        rows.append(Row((marked(form, oid), asked, boxes, Cell((*shown.runs, *behind))), centred=True))
    if rows:
        _draw(flow, reader, (*rows, *tail))
    else:
        lone_tail(flow, tail)


def draw_visual_analogue(
    flow: Flow, reader: Reader, form: FormRecord, block: VisualAnalogue, tail: tuple[Row, ...] = ()
) -> None:
    """The question with its ends in words, the line with the mark, the millimetres."""
    if not is_asked(form, block.item):
        lone_tail(flow, tail)
        return
    ends = f"0 {block.low.in_(reader.language)}{reader.say('comma')}{block.maximum} {block.high.in_(reader.language)}"
    value = datum_of(form, block.item).value
    line = Cell(figure=_line(int(value) if value is not None else None, block.maximum))
    asked = question(reader, reader.definition.item[block.item], ends)
    row = Row((marked(form, block.item), asked, line, answered(reader, form, block.item)), centred=True)
    noted(flow, reader, block.note, lambda: _draw(flow, reader, (row, *tail)))


def _draw(flow: Flow, reader: Reader, rows: tuple[Row, ...]) -> None:
    widths = (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - SCALE - ANSWER, SCALE, ANSWER)
    draw_table(flow, Table(widths, rows, (head("", reader.say("question"), "", reader.say("answer")),)))
    flow.gap(6)


def _boxes(chosen: int | None) -> Figure:
    def ink(pen: Pen, x: float, y: float, width: float) -> None:
        side = width / _STEPS - 2
        for i in range(_STEPS):
            left = x + i * width / _STEPS
            on = i == chosen
            pen.box(left, y - side / 2, side, side, THIN, 0 if on else None)
            pen.text(left + side / 2, middle(y - side / 2, side, 7), Run(str(i), 7, on), "centre", white=on)

    return ink


def _line(value: int | None, maximum: int) -> Figure:
    def ink(pen: Pen, x: float, y: float, width: float) -> None:
        left = x + (width - _LINE) / 2
        pen.rule(left, y, left + _LINE, y, THIN)
        for end, label in ((left, "0"), (left + _LINE, str(maximum))):
            pen.rule(end, y - 4, end, y + 4, THIN)
            pen.text(end, y + 11, Run(label, 6.5), "centre")
        if value is not None:
            pen.dot(left + _LINE * value / maximum, y, 3)

    return ink
