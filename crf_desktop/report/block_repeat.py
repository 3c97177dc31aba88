"""The rows of a repeating item group: a table, or pairs of question and answer where it has many columns."""

from __future__ import annotations

from attrs import evolve

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.definition import ItemGroupDef
from crf_desktop.model.layout import RepeatTable
from crf_desktop.model.path import address
from crf_desktop.report.answer import Reader
from crf_desktop.report.block import (
    BODY,
    MARK_WIDTH,
    SMALL,
    answered,
    head,
    is_asked,
    lone_tail,
    marked,
    noted,
    row_keys,
    score_runs,
)
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run

NUMBER = 22.0
MOST = 6
"""Columns from which on the rows are printed as pairs."""


def draw_repeat_table(
    flow: Flow, reader: Reader, form: FormRecord, block: RepeatTable, tail: tuple[Row, ...] = ()
) -> None:
    """The rows as they were counted on the page."""
    whole = reader.definition.item_group[block.group]
    group = evolve(whole, methods=tuple(m for m in whole.methods if m not in block.hidden))
    keys, title = row_keys(reader, form, block.group), block.title.in_(reader.language)
    draw = _lines if len(group.items) + len(group.methods) <= MOST else _pairs

    def rows() -> None:
        if keys:
            draw(flow, reader, form, group, keys, title)
        else:
            flow.paragraph([Run(title + reader.say("colon"), BODY, True), Run(reader.say("no_rows"), BODY)])

    noted(flow, reader, block.note, rows)
    flow.gap(6)
    lone_tail(flow, tail)


def _head_of(reader: Reader, oid: str) -> str:
    """``Rate (mL/h)``: label and, where all rows share it, unit."""
    item = reader.definition.item[oid]
    label = item.label.in_(reader.language)
    if len(item.units) != 1:
        return label
    unit = reader.unit(item.units[0])
    return f"{label}（{unit}）" if reader.language == "zh" else f"{label} ({unit})"


def _lines(flow: Flow, reader: Reader, form: FormRecord, group: ItemGroupDef, keys: list[str], title: str) -> None:
    """One line for each row."""
    n = len(group.items) + len(group.methods)
    widths = (MARK_WIDTH, NUMBER, *[(TEXT_WIDTH - MARK_WIDTH - NUMBER) / n] * n)
    methods = (reader.definition.method[m].label.in_(reader.language) for m in group.methods)
    top = head("", "", *(_head_of(reader, oid) for oid in group.items), *methods)
    named = Row((Cell(), cell(title, True)), True, (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH))
    rows = tuple(
        Row((
            marked(form, *(address(i, key) for i in group.items)), cell(str(at)),
            *(_column(reader, form, address(i, key)) for i in group.items),
            *(Cell(score_runs(reader, form, address(m, key))) for m in group.methods),
        ))
        for at, key in enumerate(keys, 1)
    )  # fmt: skip
    draw_table(flow, Table(widths, rows, (named, top)))


def _column(reader: Reader, form: FormRecord, at: str) -> Cell:
    """The answer; a dash where the row does not ask for it."""
    return answered(reader, form, at) if is_asked(form, at) else cell("–")


def _pairs(flow: Flow, reader: Reader, form: FormRecord, group: ItemGroupDef, keys: list[str], title: str) -> None:
    """Each row under a line with its number; two questions with their answers side by side."""
    half = (TEXT_WIDTH - 2 * MARK_WIDTH) / 2
    widths = (MARK_WIDTH, half * 0.42, half * 0.58) * 2
    rows, whole = [], (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH)
    for at, key in enumerate(keys, 1):
        rows.append(Row((Cell(), cell(reader.say("row_number", at), True)), True, whole))
        asked = (one for one in (address(oid, key) for oid in group.items) if is_asked(form, one))
        cells = [_pair(reader, form, one) for one in asked]
        cells += [_derived(reader, form, address(oid, key)) for oid in group.methods]
        cells += [(Cell(), Cell(), Cell())] * (len(cells) % 2)
        rows += [Row((*one, *other)) for one, other in zip(cells[::2], cells[1::2], strict=True)]
    named = Row((Cell(), cell(title, True)), True, whole)
    draw_table(flow, Table(widths, tuple(rows), (named,)))


def _pair(reader: Reader, form: FormRecord, at: str) -> tuple[Cell, Cell, Cell]:
    label = reader.definition.item_at(at).label.in_(reader.language)
    return marked(form, at), Cell((Run(label, SMALL + 0.5),)), answered(reader, form, at)


def _derived(reader: Reader, form: FormRecord, at: str) -> tuple[Cell, Cell, Cell]:
    label = reader.definition.method[at.partition("#")[0]].label.in_(reader.language)
    return Cell(), Cell((Run(label, SMALL + 0.5),)), Cell(score_runs(reader, form, at))
