"""Derived values with the reasons why they are what they are."""

from __future__ import annotations

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.layout import DerivedCard
from crf_desktop.report.answer import Reader
from crf_desktop.report.block import BODY, MARK_WIDTH, head, noted, reason_runs, score_runs
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table

LABEL = 170.0


def draw_derived_card(
    flow: Flow, reader: Reader, form: FormRecord, block: DerivedCard, tail: tuple[Row, ...] = ()
) -> None:
    """One row per value: its label, the value, and under it every reason that holds."""
    rows = tuple(
        Row((
            Cell(), cell(reader.definition.method[m].label.in_(reader.language), True),
            Cell((*score_runs(reader, form, m, BODY + 0.5), *reason_runs(reader, form, m))),
        ))
        for m in block.methods
    )  # fmt: skip
    title = block.title.in_(reader.language) if block.title else reader.say("derived")
    widths = (MARK_WIDTH, LABEL, TEXT_WIDTH - MARK_WIDTH - LABEL)
    table = Table(widths, (*rows, *tail), (head("", title, reader.say("value")),))
    noted(flow, reader, block.note, lambda: draw_table(flow, table))
    flow.gap(6)
