"""The contents of a book of forms: visits and their forms with the number of the sheet, in columns."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.model.text import TranslatedText
from crf_desktop.report.drawing import MARGIN, PAGE_HEIGHT, TEXT_WIDTH, Pen, middle
from crf_desktop.report.flow import Draw
from crf_desktop.report.paper_page import BODY_BOTTOM, BODY_TOP
from crf_desktop.report.paper_sheet import Sheet
from crf_desktop.report.typeface import Run, wrap

_SIZE, _VISIT_SIZE = 7.5, 8.5
_LINE, _GAP = 11.0, 7.0
_COLUMN_GAP = 18.0
_TOP = BODY_TOP - 22


@frozen
class Entry:
    """One form of a visit."""

    bookmark: str
    visit: TranslatedText | None
    """Its title, before the first form of a visit."""
    form: TranslatedText
    page: int
    """Of the forms, from 1; the pages of contents stand before them."""
    optional: bool


def contents_pages(sheet: Sheet, entries: Sequence[Entry]) -> list[list[Draw]]:
    """The pages of contents, each line a link; their number does not depend on the numbers they print."""
    before = len(_laid(sheet, entries, 0))
    return _laid(sheet, entries, before)


def _laid(sheet: Sheet, entries: Sequence[Entry], before: int) -> list[list[Draw]]:
    columns = 1 if sheet.language == "both" and len(entries) < 45 else 2
    width = (TEXT_WIDTH - _COLUMN_GAP * (columns - 1)) / columns
    pages: list[list[Draw]] = [[]]
    column, y = 0, _TOP
    for entry in entries:
        lines = _lines(sheet, entry, width)
        title = _visit(sheet, entry, width)
        follow = 2 if title else 1
        need = (_GAP if title else 0) + len(title) * _LINE * 1.15 + _LINE * len(lines) * follow
        if y + need > BODY_BOTTOM:
            column, y = column + 1, _TOP
            if column == columns:
                pages.append([])
                column = 0
        x = MARGIN + column * (width + _COLUMN_GAP)
        if title:
            y += _GAP if y > _TOP else 0
            pages[-1].append(_title_ink(title, x, y))
            y += len(title) * _LINE * 1.15
        pages[-1].append(_entry_ink(entry, lines, x, y, width, before + entry.page))
        y += len(lines) * _LINE
    return pages


def _visit(sheet: Sheet, entry: Entry, width: float) -> list[list[Run]]:
    return wrap([Run(sheet.inline(entry.visit), _VISIT_SIZE, True)], width) if entry.visit else []


def _lines(sheet: Sheet, entry: Entry, width: float) -> list[list[Run]]:
    text = sheet.inline(entry.form) + (sheet.aside("optional") if entry.optional else "")
    return wrap([Run(text, _SIZE)], width - 44)


def _title_ink(lines: Sequence[Sequence[Run]], x: float, y: float) -> Draw:
    def ink(pen: Pen) -> None:
        for i, line in enumerate(lines):
            pen.line_of(x, middle(y + i * _LINE * 1.15, _LINE, _VISIT_SIZE), line)

    return ink


def _entry_ink(
    entry: Entry, lines: Sequence[Sequence[Run]], x: float, y: float, width: float, number: int
) -> Draw:  # fmt: skip
    def ink(pen: Pen) -> None:
        for i, line in enumerate(lines):
            end = pen.line_of(x + 10, middle(y + i * _LINE, _LINE, _SIZE), line)
        page, base = Run(str(number), _SIZE), middle(y + (len(lines) - 1) * _LINE, _LINE, _SIZE)
        pen.canvas.setDash(0.7, 2.3)
        pen.rule(end + 5, base, x + width - page.width - 5, base, 0.5)
        pen.canvas.setDash()
        pen.text(x + width, base, page, "right")
        box = (x, PAGE_HEIGHT - y - len(lines) * _LINE, x + width, PAGE_HEIGHT - y)
        pen.canvas.linkRect("", entry.bookmark, box, relative=0, thickness=0, Border="[0 0 0]", F=4)

    return ink
