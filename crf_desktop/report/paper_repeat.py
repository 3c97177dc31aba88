"""The rows of a repeating item group: empty lines enough, each as wide as what is written into it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.model.definition import ItemDef
from crf_desktop.model.layout import RepeatTable
from crf_desktop.model.path import address, key_order, split
from crf_desktop.report.block import score_runs
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import SMALL_TICK, SPELLED, tick
from crf_desktop.report.paper_condition import in_words, left_open
from crf_desktop.report.paper_field import choices
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, under, words
from crf_desktop.report.paper_row import changed_mark
from crf_desktop.report.paper_sheet import SMALL, Sheet, spelled
from crf_desktop.report.paper_table import PAD_X, Cell, Line, draw_lines, head_line, titled
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import day, number

ROWS, LEAST_ROWS = 12, 8
"""Lines of a table that has a page for itself; fewer where that brings it onto the page that was begun."""
HALF_ROWS = 8
"""The same of a narrow one, which has as many again in its other half."""
NUMBER = 20.0
HEIGHT = 24.5
TEXT = 7.5
_NARROW = 3
"""Choices that are ticked in the row itself; more have a key under the table, and their number is written."""


@frozen
class _Column:
    item: ItemDef
    width: float
    coded: bool
    """True: the number of the answer is written."""


def draw_repeat_table(flow: Flow, sheet: Sheet, block: RepeatTable, tail: Sequence[Line] = ()) -> None:
    """The lines, the keys of what is coded, and how to say that there is no answer."""
    group = sheet.definition.item_group[block.group]
    columns = [_column(sheet, sheet.definition.item[oid]) for oid in group.items]
    natural = NUMBER + sum(c.width for c in columns)
    halves = 2 if 2 * natural <= TEXT_WIDTH and not sheet.annotated else 1
    widths = _stretched([NUMBER, *(c.width for c in columns)], TEXT_WIDTH / halves)
    keys = _keys(sheet, block)
    count = max(-(-len(keys) // halves), ROWS if halves == 1 else HALF_ROWS)
    rows = [_row(sheet, columns, widths, [keys[n] if n < len(keys) else "" for n in spots], spots)
            for spots in ([i + h * count for h in range(halves)] for i in range(count))]  # fmt: skip
    named = [EMPTY, *(_head(sheet, c, w) for c, w in zip(columns, widths[1:], strict=True))]
    head = head_line(widths * halves, named * halves, ruled=True)
    title = [titled(sheet.inline(block.title))]
    note = _told(sheet, block, columns)
    above = sum(line.height for line in [*title, *note, head])
    fitting = int((flow.room - above) // HEIGHT)
    if len(rows) > fitting:
        rows = rows[:fitting] if fitting >= LEAST_ROWS and halves == 1 and not keys else rows
        whole = above + sum(row.height for row in rows)
        flow.need(whole if whole <= flow.page_room else 0)
    draw_lines(flow, lambda again: [*title, *([] if again else note), head], rows, 0 if tail else 9)
    legends = [line for c in columns if c.coded for line in _legend(sheet, c)]
    derived = _derived(sheet, block, keys) if sheet.record is not None else []
    rest = [*legends, *derived, *tail]
    if rest:
        draw_lines(flow, lambda again: (), rest)


def _keys(sheet: Sheet, block: RepeatTable) -> list[str]:
    """Keys of the rows that hold an answer, in order."""
    if sheet.record is None:
        return []
    items = set(sheet.definition.item_group[block.group].items)
    held = {split(at)[1] for at, i in sheet.record.items.items() if i.datum.answered and split(at)[0] in items}
    return sorted(held, key=key_order)


def _column(sheet: Sheet, item: ItemDef) -> _Column:
    if item.code_list:
        codes = sheet.definition.code_list[item.code_list].items
        if len(codes) > _NARROW:
            return _Column(item, 36, True)
        return _Column(item, max(44.0, choices(sheet, item, sheet.datum(""), 60).width + 2 * PAD_X), False)
    widths = {"date": 78.0, "datetime": 110.0, "time": 46.0, "integer": 48.0, "decimal": 54.0}
    return _Column(item, widths.get(item.data_type, min(150.0, max(60.0, item.length * 1.5))), False)


def _stretched(widths: list[float], room: float) -> list[float]:
    """Filled up to the room, or brought into it."""
    rest = sum(widths[1:])
    return [widths[0], *(w * (room - widths[0]) / rest for w in widths[1:])]


def _head(sheet: Sheet, column: _Column, width: float) -> Piece:
    item, room = column.item, width - 2 * PAD_X
    unit = f" ({sheet.unit(item.units[0])})" if len(item.units) == 1 else ""
    parts = [words([Run(t + unit, TEXT, True)], room) for t in sheet.texts(item.label)]
    if column.coded:
        parts.append(words([Run(sheet.say("code"), SMALL)], room))
    if item.data_type == "date":
        parts.append(words([Run("DD MON YYYY" if sheet.language == "en" else "YYYY-MM-DD", SMALL - 0.5)], room))
    parts.append(sheet.cell_tags(item, room))
    return under(parts, 0.5)


def _told(sheet: Sheet, block: RepeatTable, columns: Sequence[_Column]) -> list[Line]:
    """The note, when a column is filled in, and the missing codes."""
    room = TEXT_WIDTH - 2 * PAD_X
    parts = [sheet.note(block.note, room)] if block.note else []
    for column in columns:
        said = in_words(sheet.definition, sheet.form.oid, left_open(sheet.definition, column.item, sheet.event))
        if said is not None:
            parts += [words([Run(f"{sheet.inline(column.item.label)}: {sheet.inline(said)}", SMALL)], room)]
    parts.append(sheet.note(spelled("cell_missing"), room))
    return [Line((Cell(under(parts, 1)),), (TEXT_WIDTH,), least=14)]


def _row(
    sheet: Sheet, columns: Sequence[_Column], widths: Sequence[float], keys: Sequence[str], spots: Sequence[int]
) -> Line:
    made: list[Cell] = []
    changed = False
    for key, spot in zip(keys, spots, strict=True):
        made.append(Cell(words([Run(str(spot + 1), SMALL)], NUMBER), middle=True, centre=True))
        for column, width in zip(columns, widths[1:], strict=True):
            at = address(column.item.oid, key) if key else ""
            made.append(Cell(_cell(sheet, column, at, width - 2 * PAD_X), middle=True))
            changed = changed or sheet.changed([at])
    mark = changed_mark if changed else None
    return Line(tuple(made), tuple(widths) * len(keys), ruled=True, least=HEIGHT, mark=mark)


def _cell(sheet: Sheet, column: _Column, at: str, width: float) -> Piece:
    """Empty to write in, ticked, or what was answered."""
    item, datum = column.item, sheet.datum(at)
    if datum.null_flavor:
        return words([Run(SPELLED[datum.null_flavor], 8, True)], width)
    if item.code_list:
        codes = sheet.definition.code_list[item.code_list].items
        if not column.coded:
            boxes = [(tick(datum.value == c.coded_value, SMALL_TICK), sheet.inline(c.decode)) for c in codes]
            found = [beside([box, words([Run(text, TEXT)], 60)], 2) for box, text in boxes]
            return under(found, 2) if sum(p.width for p in found) + 4 > width else beside(found, 4)
        at_code = next((n for n, c in enumerate(codes, 1) if c.coded_value == datum.value), None)
        return words([Run(str(at_code), 10, True)], width) if at_code else EMPTY
    if datum.value is None:
        return _units(sheet, item, width)
    text = day(datum.value, sheet.languages[0]) if item.data_type == "date" else datum.value
    text = datum.qualifier + number(text) if item.data_type in ("integer", "decimal") else text
    unit = f"\u00a0{sheet.unit(datum.unit_oid)}" if len(item.units) > 1 and datum.unit_oid else ""
    return words([Run(text + unit, 8, True)], width)


def _units(sheet: Sheet, item: ItemDef, width: float) -> Piece:
    """Where the unit can be chosen it is ticked in the row."""
    if len(item.units) < 2:
        return EMPTY
    found = [beside([tick(False, SMALL_TICK), words([Run(sheet.unit(u), 6.5)], 40)], 2) for u in item.units]
    return under(found, 1)


def _legend(sheet: Sheet, column: _Column) -> list[Line]:
    """``1 Prednisone · 2 …``: what the numbers mean."""
    codes = sheet.definition.code_list[column.item.code_list or ""].items
    shown = [f"{n}\u00a0{sheet.inline(c.decode)}" for n, c in enumerate(codes, 1)]
    if sheet.annotated:
        shown = [f"{text} [{c.coded_value}]" for text, c in zip(shown, codes, strict=True)]
    head = Run(sheet.say("codes", column.item.label) + "  ", TEXT, True)
    whole = words([head, Run(" · ".join(shown), TEXT)], TEXT_WIDTH - 2 * PAD_X)
    return [Line((Cell(whole),), (TEXT_WIDTH,), least=14)]


def _derived(sheet: Sheet, block: RepeatTable, keys: Sequence[str]) -> list[Line]:
    """What the program works out of each row, on a filled form."""
    group = sheet.definition.item_group[block.group]
    methods = [m for m in group.methods if m not in block.hidden]
    form = sheet.record
    if form is None or not methods:
        return []
    found = []
    for n, key in enumerate(keys, 1):
        for reader in sheet.readers[:1]:
            runs = [Run(f"{sheet.say('row')} {n}  ", TEXT, True)]
            for m in methods:
                label = sheet.definition.method[m].label.in_(reader.language)
                value = score_runs(reader, form, address(m, key), TEXT)
                runs += [Run(f"{label}: ", TEXT), *value, Run("   ", TEXT)]
            found.append(Line((Cell(words(runs, TEXT_WIDTH - 2 * PAD_X)),), (TEXT_WIDTH,), filled=True, least=14))
    return found
