"""The table of domains with every level's definition beside its box (ESSDAI)."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.model.definition import CodeListItem
from crf_desktop.model.layout import LevelRow, LevelTable
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import missing, tick
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, framed, under, words
from crf_desktop.report.paper_row import changed_mark, derived_line
from crf_desktop.report.paper_sheet import SMALL, Sheet, spelled
from crf_desktop.report.paper_table import PAD_X, Cell, Line, draw_lines, head_line
from crf_desktop.report.typeface import Run

DOMAIN, NARROW, REASONS = 92.0, 26.0, 55.0
TEXT = 7.0
EVEN = 0.55
"""Of the room for the levels, the part that is shared evenly."""
STACKED = 84.0
"""In a column that is narrower the words stand under the box, not beside it."""


def draw_level_table(flow: Flow, sheet: Sheet, block: LevelTable, tail: Sequence[Line] = ()) -> None:
    """Domains down, levels across; one that does not exist is grey with a dash. Then the scores with their rules."""
    levels = _levels(sheet, block)
    widths = _widths(sheet, block, levels)
    heads = [_head(sheet, code, one, width) for (code, one), width in zip(levels.items(), widths[1:], strict=False)]
    top = [_title(sheet, "domain", DOMAIN), *heads, _title(sheet, "missing", REASONS)]
    lines = [_domain(sheet, block, row, list(levels), widths) for row in block.rows]
    narrow = [i for i, w in enumerate(widths) if w <= NARROW]
    draw_lines(flow, lambda again: [head_line(widths, top, narrow, ruled=True)], lines)
    draw_lines(flow, lambda again: (), [*(derived_line(sheet, m) for m in block.scores), *tail])


def _levels(sheet: Sheet, block: LevelTable) -> dict[str, CodeListItem]:
    """Every level of any domain, in order."""
    found: dict[str, CodeListItem] = {}
    for row in block.rows:
        found |= {i.coded_value: i for i in _codes(sheet, row) if i.coded_value not in found}
    return dict(sorted(found.items()))


def _codes(sheet: Sheet, row: LevelRow) -> tuple[CodeListItem, ...]:
    return sheet.definition.code_list[sheet.definition.item[row.item].code_list or ""].items


def _widths(sheet: Sheet, block: LevelTable, levels: dict[str, CodeListItem]) -> list[float]:
    """A level that nothing is said about is narrow; the others share what is left by how much is said."""
    said = dict.fromkeys(levels, 0)
    for row in block.rows:
        for one in _codes(sheet, row):
            longest = max((len(t) for t in sheet.texts(one.definition)), default=0) if one.definition else 0
            said[one.coded_value] += longest
    rest = TEXT_WIDTH - DOMAIN - REASONS - NARROW * sum(n == 0 for n in said.values())
    even, total = rest / max(1, sum(n > 0 for n in said.values())), max(1, sum(said.values()))
    shares = [NARROW if n == 0 else even * EVEN + rest * (1 - EVEN) * n / total for n in said.values()]
    return [DOMAIN, *shares, REASONS]


def _title(sheet: Sheet, word: str, width: float) -> Piece:
    return sheet.lines(spelled(word), width - 2 * PAD_X, 8, bold=True)


def _head(sheet: Sheet, code: str, one: CodeListItem, width: float) -> Piece:
    """``1 Low 低``; in a narrow column one under the other."""
    if width <= NARROW:
        parts = [words([Run(t, SMALL, True)], width - 2) for t in (code, *sheet.texts(one.decode))]
        return under(parts, centred=True)
    return words([Run(f"{code} {sheet.inline(one.decode)}", 8, True)], width - 2 * PAD_X)


def _domain(sheet: Sheet, block: LevelTable, row: LevelRow, levels: Sequence[str], widths: Sequence[float]) -> Line:
    item, datum = sheet.definition.item[row.item], sheet.datum(row.item)
    there = {i.coded_value: i for i in _codes(sheet, row)}
    cells = [Cell(_named(sheet, block, row, widths[0]))]
    for code, width in zip(levels, widths[1:], strict=False):
        one = there.get(code)
        if one is None:
            cells.append(Cell(words([Run("—", 8)], 20), middle=True, centre=True, fill=True))
            continue
        told = _level(sheet, one, datum.value == code, width - 2 * PAD_X, width < STACKED)
        cells.append(Cell(told, centre=one.definition is None))
    mark = changed_mark if sheet.changed([item.oid]) else None
    return Line((*cells, Cell(missing(datum.null_flavor))), tuple(widths), ruled=True, mark=mark)


def _level(sheet: Sheet, one: CodeListItem, chosen: bool, room: float, stacked: bool) -> Piece:
    """The box with its digit, and what the level means."""
    box, digit = tick(chosen), words([Run(one.coded_value, 8, True)], 20)
    if one.definition is not None and stacked:
        return under([beside([box, digit], 4), sheet.lines(one.definition, room, TEXT)], 2)
    named = under([box, digit], 0.5, centred=True)
    told = sheet.lines(one.definition, room - box.width - 4, TEXT) if one.definition else EMPTY
    return beside([named, told], 4, tops=True)


def _named(sheet: Sheet, block: LevelTable, row: LevelRow, width: float) -> Piece:
    """Name, weights in each score, what not to rate."""
    item, room = sheet.definition.item[row.item], width - 2 * PAD_X
    labels = (sheet.definition.method[s].label for s in block.scores)
    weights = [
        f"{sheet.inline(label)} {'–' if weight is None else f'×{weight}'}"
        for label, weight in zip(labels, row.weights, strict=True)
    ]
    parts = [
        sheet.lines(item.label, room, 8.3, bold=True),
        *(words([Run(w, SMALL)], room) for w in weights),
        sheet.lines(item.note, room, SMALL) if item.note else EMPTY,
        sheet.lines(item.hint, room, SMALL) if item.hint else EMPTY,
    ]
    if sheet.annotated:
        parts.append(framed(sheet.tags(item, room - 6, narrow=True)))
    return under(parts, 1)
