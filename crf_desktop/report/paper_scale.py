"""Scales of eleven boxes and lines to be marked."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.layout import ScaleRows, VisualAnalogue
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.drawing import TEXT_WIDTH, THIN, Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import cells, missing, tick
from crf_desktop.report.paper_field import limits
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, placed, under, wide, words
from crf_desktop.report.paper_row import MISSING_WIDTH, asking, changed_mark
from crf_desktop.report.paper_sheet import BODY, Sheet, spelled
from crf_desktop.report.paper_table import PAD_X, Cell, Line, draw_lines
from crf_desktop.report.typeface import Run

STEPS = 11
SIDE, PITCH = 6.0 * mm, 12.6 * mm
_ROOM = TEXT_WIDTH - MISSING_WIDTH


def draw_scale_rows(flow: Flow, sheet: Sheet, block: ScaleRows, tail: Sequence[Line] = ()) -> None:
    """Each question over its boxes 0 to 10, both ends in words."""
    lines = []
    for oid, (low, high) in zip(block.items, block.anchors, strict=True):
        item = sheet.definition.item[oid]
        drawn = under([_boxes(sheet.datum(oid)), _ends(sheet, low, high, STEPS * PITCH)], 2)
        lines.append(_line(sheet, item, drawn))
    draw_lines(flow, lambda again: (), [*lines, *tail])


def draw_visual_analogue(flow: Flow, sheet: Sheet, block: VisualAnalogue, tail: Sequence[Line] = ()) -> None:
    """The question over a line of its true length, and boxes for what was measured."""
    item, datum = sheet.definition.item[block.item], sheet.datum(block.item)
    length = block.maximum * mm
    told = sheet.note(spelled("mark_line", block.maximum), _ROOM - 2 * PAD_X)
    note = sheet.note(block.note, _ROOM - 2 * PAD_X) if block.note else EMPTY
    drawn = under([_track(datum, block.maximum, length), _ends(sheet, block.low, block.high, length + 24, 8)], 2)
    digits = cells(len(str(block.maximum)), datum.value or "", right=True)
    unit = words([Run(sheet.unit(item.units[0]) if item.units else "", BODY)], 40)
    label = words([Run(sheet.say("measured"), BODY)], 200)
    measured = beside([label, digits, unit, limits(sheet, item, 120)], 6, centred=True)
    whole = under([told, note, drawn, placed(measured, top=6)], 4)
    draw_lines(flow, lambda again: (), [_line(sheet, item, whole), *tail])


def _line(sheet: Sheet, item: ItemDef, drawn: Piece) -> Line:
    mark = changed_mark if sheet.changed([item.oid]) else None
    whole = under([asking(sheet, item, _ROOM - 2 * PAD_X), placed(drawn, top=8, bottom=4)])
    return Line((Cell(whole), Cell(missing(sheet.datum(item.oid).null_flavor))), (_ROOM, MISSING_WIDTH), mark=mark)


def _boxes(datum: Datum) -> Piece:
    boxes = [(tick(datum.value == str(n), SIDE), words([Run(str(n), 9, True)], 20)) for n in range(STEPS)]
    return beside([wide(under(pair, 1, centred=True), PITCH, "centre") for pair in boxes], 0)


def _ends(sheet: Sheet, low: TranslatedText, high: TranslatedText, width: float, inset: float = 8) -> Piece:
    """What both ends mean, under them."""
    half = width / 2 - 8
    left = sheet.lines(low, half, 8, bold=True)
    right = under([words([Run(t, 8, True)], half, "right") for t in sheet.texts(high)])

    def ink(pen: Pen, x: float, y: float) -> None:
        left.ink(pen, x + inset, y)
        right.ink(pen, x + width - inset - right.width, y)

    return Piece(width, max(left.height, right.height), ink)


def _track(datum: Datum, maximum: int, length: float) -> Piece:
    """The line with its ends; of a filled form with the mark."""

    def ink(pen: Pen, x: float, y: float) -> None:
        left, base = x + 12, y + 10
        pen.rule(left, base, left + length, base, 1.0)
        for end, text in ((left, "0"), (left + length, str(maximum))):
            pen.rule(end, base - 8, end, base + 8, THIN + 0.3)
            pen.text(end, base + 17, Run(text, 8, True), "centre")
        if datum.value is not None:
            at = left + length * int(datum.value) / maximum
            pen.rule(at, base - 7, at, base + 7, 2.2)

    return Piece(length + 24, 30, ink)
