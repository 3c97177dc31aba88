"""The banner of a participant: the number in a black block, then what tells who this is."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.report.drawing import HAIR, MARGIN, RIGHT, TEXT_WIDTH, THICK, Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run

_PAD, _LABEL, _VALUE = 9.0, 7.5, 10.5
_BAND = 38.0
_NUMBER = 15.0

Field = tuple[str, str]
"""Label and value."""


def draw_block(flow: Flow, label: str, number: str, fields: Sequence[Field]) -> None:
    """The number under its label, then the fields; what does not fit goes on in a second row, uncut."""
    subject = Run(number, _NUMBER, True)
    block = max(subject.width, Run(label, _LABEL).width) + 2 * _PAD + 2
    rows = _rows(fields, TEXT_WIDTH - block)
    height = _BAND * len(rows)

    def ink(pen: Pen, top: float) -> None:
        pen.box(MARGIN, top, block, height, 0, 0)
        pen.text(MARGIN + _PAD, top + 13, Run(label, _LABEL), white=True)
        pen.text(MARGIN + _PAD, top + 29.5, subject, white=True)
        for i, row in enumerate(rows):
            x, y = MARGIN + block, top + i * _BAND
            for j, (label_, value) in enumerate(row):
                pen.text(x + _PAD, y + 13, Run(label_, _LABEL))
                pen.text(x + _PAD, y + 28, Run(value, _VALUE, True))
                x += _width((label_, value))
                if j < len(row) - 1:
                    pen.rule(x, y, x, y + _BAND, HAIR)
            if i:
                pen.rule(MARGIN + block, y, RIGHT, y, HAIR)
        pen.box(MARGIN, top, TEXT_WIDTH, height, THICK)

    flow.draw(height, ink)
    flow.gap(10)


def _width(field: Field) -> float:
    return max(Run(field[0], _LABEL).width, Run(field[1], _VALUE, True).width) + 2 * _PAD


def _rows(fields: Sequence[Field], room: float) -> list[list[Field]]:
    rows: list[list[Field]] = [[]]
    used = 0.0
    for one in fields:
        need = _width(one)
        if used + need > room and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(one)
        used += need
    return rows
