"""Words, cells and tables of the statistical report, at its sizes."""

from __future__ import annotations

from typing import Final

from crf_desktop.errors import Language
from crf_desktop.report.drawing import TEXT_WIDTH, Align
from crf_desktop.report.emphasis import emphasised
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.wording.statistical import STATISTICAL

WHO: Final = 58.0
"""Width of a column of participants' numbers under its head."""
DAY: Final = {"en": 60.0, "zh": 68.0}
"""Of a column of dates."""
SMALL: Final = 7.0
BODY: Final = 7.5
TEXT: Final = 8.5
"""Notes and table cells, and running text."""


def said(language: Language, word: str, *values: object) -> str:
    """The wording of the report with its places filled."""
    text = STATISTICAL[word][1 if language == "zh" else 0]
    return text.format(*values) if values else text


def words(text: str, bold: bool = False, size: float = BODY) -> Cell:
    """A cell of one sentence; what it marks is bold."""
    return Cell(emphasised(text, size, bold))


def right(text: str, bold: bool = False) -> Cell:
    """A number at the right edge of its column."""
    return cell(text, bold, "right", size=BODY)


def centre(text: str, bold: bool = False) -> Cell:
    """In the middle of its column."""
    return cell(text, bold, "centre", size=BODY)


def left(text: str, bold: bool = False) -> Cell:
    """At the left edge of its column."""
    return cell(text, bold, size=BODY)


def heads_of(*texts: str, right: tuple[int, ...] = (), centre: tuple[int, ...] = ()) -> Row:
    """A table's head; numbers' heads stand over them."""

    def align(i: int) -> Align:
        return "right" if i in right else "centre" if i in centre else "left"

    return Row(tuple(cell(text, True, align(i), size=BODY) for i, text in enumerate(texts)), True, centred=True)


def widths(*parts: float) -> tuple[float, ...]:
    """Widths of columns in points; 0 takes what the others leave."""
    rest = TEXT_WIDTH - sum(parts)
    return tuple(p or rest for p in parts)


def table(flow: Flow, columns: tuple[float, ...], head: Row, rows: list[Row], minimum: float = 15.0) -> None:
    """A table with its head on every page, and space under it."""
    draw_table(flow, Table(columns, tuple(rows), (head,), minimum=minimum))
    flow.gap(6)


def told(flow: Flow, text: str, size: float = TEXT, after: float = 4, indent: float = 0) -> None:
    """A paragraph; what it marks is bold."""
    flow.paragraph(emphasised(text, size), indent)
    flow.gap(after)


def note(flow: Flow, text: str) -> None:
    """A remark under a table."""
    flow.paragraph([Run(text, SMALL)])
    flow.gap(4)
