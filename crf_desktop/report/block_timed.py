"""Timed readings (Schirmer) and weighed, timed collections (saliva)."""

from __future__ import annotations

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.layout import TimedCollections, TimedReadings
from crf_desktop.report.answer import Reader
from crf_desktop.report.block import (
    MARK_WIDTH,
    answered,
    head,
    is_asked,
    item_table,
    lone_tail,
    marked,
    score_runs,
)
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table


def draw_timed_readings(
    flow: Flow, reader: Reader, form: FormRecord, block: TimedReadings, tail: tuple[Row, ...] = ()
) -> None:
    """The conditions, then one row per reading."""
    item_table(flow, reader, form, block.conditions)
    rows = tuple(
        Row((
            marked(form, r.reading, r.started), cell(r.title.in_(reader.language), True),
            answered(reader, form, r.started), answered(reader, form, r.reading),
        ))
        for r in block.readings if is_asked(form, r.reading) or is_asked(form, r.started)
    )  # fmt: skip
    if not rows:
        lone_tail(flow, tail)
        return
    item = reader.definition.item[block.readings[0].reading]
    top = head("", reader.say("eye"), reader.say("started"), item.label.in_(reader.language))
    rest = (TEXT_WIDTH - MARK_WIDTH) / 3
    draw_table(flow, Table((MARK_WIDTH, rest, rest, rest), (*rows, *tail), (top,)))
    flow.gap(6)


def draw_timed_collections(
    flow: Flow, reader: Reader, form: FormRecord, block: TimedCollections, tail: tuple[Row, ...] = ()
) -> None:
    """One row per collection: both weights, seconds, and what follows from them."""
    item_table(flow, reader, form, block.conditions)
    rows = tuple(
        Row((
            marked(form, c.started, c.before, c.after, c.duration), cell(c.title.in_(reader.language), True),
            *(answered(reader, form, oid) for oid in (c.started, c.before, c.after, c.duration)),
            *(Cell(score_runs(reader, form, m)) for m in (c.net, c.rate)),
        ))
        for c in block.collections if any(is_asked(form, i) for i in (c.started, c.before, c.after, c.duration))
    )  # fmt: skip
    if not rows:
        lone_tail(flow, tail)
        return
    one = block.collections[0]
    items = [
        reader.definition.item[oid].label.in_(reader.language)
        for oid in (one.started, one.before, one.after, one.duration)
    ]
    names = [reader.say("net"), reader.say("rate")]
    rest = (TEXT_WIDTH - MARK_WIDTH - 66 - 94) / 5
    widths = (MARK_WIDTH, 66.0, 94.0, *[rest] * 5)
    draw_table(flow, Table(widths, (*rows, *tail), (head("", reader.say("collection"), *items, *names),)))
    flow.gap(6)
