"""Timed readings (Schirmer) and weighed, timed collections (saliva)."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from crf_desktop.model.layout import TimedCollections, TimedReadings
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_piece import words
from crf_desktop.report.paper_row import derived_lines, draw_rows, item_lines
from crf_desktop.report.paper_sheet import BODY, Sheet
from crf_desktop.report.paper_table import PAD_X, Line, draw_lines, head_line
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import clock


def draw_timed_readings(flow: Flow, sheet: Sheet, block: TimedReadings, tail: Sequence[Line] = ()) -> None:
    """Conditions, then for each reading when it began and what was read."""
    draw_rows(flow, sheet, block.conditions)
    lines: list[Line] = []
    for one in block.readings:
        lines += [_title(sheet, one.title, one.seconds), *_items(sheet, (one.started, one.reading))]
    draw_lines(flow, lambda again: (), [*lines, *tail])


def draw_timed_collections(flow: Flow, sheet: Sheet, block: TimedCollections, tail: Sequence[Line] = ()) -> None:
    """Conditions, then for each collection weights and seconds, and what follows from them."""
    draw_rows(flow, sheet, block.conditions, note=block.note)
    lines: list[Line] = []
    for one in block.collections:
        lines += [_title(sheet, one.title, one.seconds)]
        lines += _items(sheet, (one.started, one.before, one.after, one.duration))
        lines += derived_lines(sheet, (one.net, one.rate))
    draw_lines(flow, lambda again: (), [*lines, *tail])


def _title(sheet: Sheet, title: TranslatedText, seconds: int) -> Line:
    """Which one, and how long it takes; it stays with its first question."""
    text = f"{sheet.inline(title)} · {clock(seconds)} min"
    line = head_line([TEXT_WIDTH], [words([Run(text, BODY, True)], TEXT_WIDTH - 2 * PAD_X)])
    return evolve(line, tied=True)


def _items(sheet: Sheet, oids: Sequence[str]) -> list[Line]:
    return item_lines(sheet, [sheet.definition.item[oid] for oid in oids])
