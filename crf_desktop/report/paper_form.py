"""A form as pages of paper: its blocks in order, what is worked out, what was changed and why on a filled one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from crf_desktop.model import layout
from crf_desktop.model.glyph import Glyph
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Draw, Flow
from crf_desktop.report.form_section import notes
from crf_desktop.report.paper_condition import left_open
from crf_desktop.report.paper_grid import draw_grade_grid
from crf_desktop.report.paper_joint import draw_joint_figure
from crf_desktop.report.paper_level import draw_level_table
from crf_desktop.report.paper_page import BODY_BOTTOM, BODY_TOP
from crf_desktop.report.paper_piece import Piece, beside, words
from crf_desktop.report.paper_repeat import draw_repeat_table
from crf_desktop.report.paper_row import (
    asked,
    derived_lines,
    draw_choice_rows,
    draw_derived_card,
    draw_field_card,
    draw_head_choice,
)
from crf_desktop.report.paper_scale import draw_scale_rows, draw_visual_analogue
from crf_desktop.report.paper_sheet import Sheet, spelled
from crf_desktop.report.paper_table import Cell, Line, draw_lines
from crf_desktop.report.paper_timed import draw_timed_collections, draw_timed_readings
from crf_desktop.report.typeface import Run, printable

DRAWINGS: Final[dict[type, Callable[[Flow, Sheet, Any, Sequence[Line]], None]]] = {
    layout.FieldCard: draw_field_card,
    layout.HeadChoice: draw_head_choice,
    layout.ScaleRows: draw_scale_rows,
    layout.VisualAnalogue: draw_visual_analogue,
    layout.LevelTable: draw_level_table,
    layout.GradeGrid: draw_grade_grid,
    layout.TimedReadings: draw_timed_readings,
    layout.TimedCollections: draw_timed_collections,
    layout.ChoiceRows: draw_choice_rows,
    layout.DerivedCard: draw_derived_card,
    layout.RepeatTable: draw_repeat_table,
    layout.JointFigure: draw_joint_figure,
}
"""The closed table: layout class → drawing on paper."""


def form_pages(sheet: Sheet) -> list[list[Draw]]:
    """The body of the form, page by page, to be inked."""
    flow = Flow(BODY_TOP, BODY_TOP, BODY_BOTTOM)
    blocks = [b for b in sheet.form.layout.blocks if _shown(sheet, b)]
    shown = {m for block in blocks for m in _methods(sheet, block)}
    wanted = sheet.form.methods if sheet.annotated or sheet.record is not None else sheet.form.scores
    rest = [m for m in wanted if m not in shown]
    for n, block in enumerate(blocks):
        tail = derived_lines(sheet, rest) if n == len(blocks) - 1 else []
        DRAWINGS[type(block)](flow, sheet, block, tail)
    for line in _notes(sheet):
        draw_lines(flow, lambda again: (), [line], 2)
    return flow.pages


def variant(sheet: Sheet) -> tuple[str, ...]:
    """What of a blank form hangs on the visit: items that are not asked there, and those asked without condition."""
    items = sheet.definition.items_of(sheet.form.oid)
    found = ((i.oid, left_open(sheet.definition, i, sheet.event)) for i in items if i.relevant)
    return tuple(f"{oid} {rest}" for oid, rest in found if isinstance(rest, bool))


def _shown(sheet: Sheet, block: Any) -> bool:
    """False for a block of which nothing may be asked at this visit."""
    match block:
        case layout.FieldCard() | layout.ChoiceRows():
            return bool(asked(sheet, block.items))
        case layout.HeadChoice() | layout.VisualAnalogue():
            return bool(asked(sheet, (block.item,)))
    return True


def _methods(sheet: Sheet, block: object) -> Iterator[str]:
    """The methods that the drawing of a block shows."""
    match block:
        case layout.LevelTable():
            bands = (sheet.definition.method[m].band for m in block.scores)
            yield from (*block.scores, *(band for band in bands if band))
        case layout.GradeGrid():
            yield from (*(c.method for c in block.columns), *([block.total] if block.total else []))
        case layout.TimedCollections():
            yield from (m for c in block.collections for m in (c.net, c.rate))
        case layout.DerivedCard():
            yield from block.methods
        case layout.JointFigure():
            yield from (block.tender, block.swollen)


def _notes(sheet: Sheet) -> Iterator[Line]:
    """Changes with old, new, when, who and why; reasons for kept values; remarks; characters that cannot be printed."""
    if sheet.record is None:
        return
    for reader in sheet.readers:
        for glyph, runs in notes(reader, sheet.record):
            yield _note(runs, glyph)
    for at, found in sheet.record.items.items():
        told = "".join((found.datum.value or "", found.remark, found.reason))
        lacking = sorted({c for c in told if c != "\n" and printable(c) != c})
        if lacking:
            name = sheet.definition.item_at(at).label
            codes = " ".join(f"U+{ord(c):04X}" for c in lacking)
            for text in sheet.texts(spelled("lacking", codes, name)):
                yield _note([Run(text, 8)], Glyph.INFO)


def _note(runs: Sequence[Run], glyph: Glyph) -> Line:
    mark = Piece(9, 9, lambda pen, x, y: pen.glyph(x, y, 8.5, glyph))
    return Line((Cell(beside([mark, words(runs, TEXT_WIDTH - 30)], 5)),), (TEXT_WIDTH,), least=14)
