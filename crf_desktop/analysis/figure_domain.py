"""ESSDAI domain by domain: level at week 0 and at week 28 of every participant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from crf_desktop.analysis.figure_color import LEVEL_INKS, LEVELS, Fill
from crf_desktop.analysis.figure_data import Domain, FigureData, Line
from crf_desktop.analysis.figure_panel import empty
from crf_desktop.analysis.figure_sheet import HAIR, THIN, Sheet
from crf_desktop.analysis.figure_type import BODY, SMALL, width
from crf_desktop.analysis.measure import Measure
from crf_desktop.errors import Language
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS: Final = 18
"""Participants side by side."""
DOWN: Final = 3
"""Blocks on a page."""
ROW: Final = 13.0
NAMES, COUNTS = 92.0, 56.0
BLOCK: Final = 40 + 13 * ROW + 11
"""Points: the height of a block."""


def pages(data: FigureData) -> int:
    """How many figures all participants take."""
    return max(1, -(-len(data.treated) // (ACROSS * DOWN)))


def draw_heat_map(data: FigureData, language: Language, page: int = 0) -> Figure:
    """Blocks of up to 18 participants, three to a page."""
    if not data.treated:
        return empty("empty_study", language)
    on_page = data.treated[page * ACROSS * DOWN : (page + 1) * ACROSS * DOWN]
    blocks = [on_page[at : at + ACROSS] for at in range(0, len(on_page), ACROSS)]
    sheet = Sheet(18 + BLOCK * len(blocks))
    _key(sheet, language)
    for at, block in enumerate(blocks):
        _block(sheet, 18 + BLOCK * at, block, data, language, counts=page == 0 and at == 0)
    return sheet.figure


def _key(sheet: Sheet, language: Language) -> None:
    zh, x = language == "zh", 0.0
    sheet.text(x, 8, FIGURE["key_level"][zh], SMALL, color="text_2")
    x += width(FIGURE["key_level"][zh], SMALL) + 6
    for level in range(4):
        sheet.box(x, 0, 12, 10, Fill(LEVELS[level]), "control", HAIR)
        sheet.text(x + 6, 5, str(level), SMALL, align="center", color=LEVEL_INKS[level], middle=True)
        x += 13
    sheet.box(x + 10, 0, 12, 10, Fill("surface", "////"), "control", HAIR)
    sheet.text(x + 26, 8, FIGURE["key_not_rated"][zh], SMALL, color="text_2")
    x += 40 + width(FIGURE["key_not_rated"][zh], SMALL)
    sheet.text(x, 8, FIGURE["key_left"][zh], SMALL, color="text_2")


def _block(
    sheet: Sheet, top: float, block: Sequence[Line], data: FigureData, language: Language, counts: bool
) -> None:
    zh, left = language == "zh", NAMES
    cell = min(24.0, (sheet.width - NAMES - COUNTS) / len(block)) if len(block) > 1 else 24.0
    for at, line in enumerate(block):
        sheet.text(left + cell * (at + 0.5) + 2.5, top + 36, line.subject, SMALL, upright=False)
    top += 40
    edge = left + cell * len(block)
    for row, domain in enumerate(data.domains):
        y = top + ROW * row
        sheet.text(0, y + ROW / 2, domain.label.in_(language), BODY, middle=True)
        for at, line in enumerate(block):
            first, last = line.levels[domain.name]
            _half(sheet, left + cell * at, y, cell / 2, first)
            _half(sheet, left + cell * (at + 0.5), y, cell / 2, last)
            sheet.box(left + cell * at, y, cell, ROW, None, "control", THIN)
        if counts:
            better, worse = changed(data.treated, domain)
            sheet.text(edge + 22, y + ROW / 2, str(better), BODY, align="right", middle=True)
            sheet.text(edge + 48, y + ROW / 2, str(worse), BODY, align="right", middle=True)
    if counts:
        sheet.text(edge + 22, top - 4, FIGURE["improved"][zh], SMALL, align="right", color="text_2")
        sheet.text(edge + 48, top - 4, FIGURE["worsened"][zh], SMALL, align="right", color="text_2")
    y = top + ROW * len(data.domains) + ROW / 2 + 1
    sheet.text(0, y, "ESSDAI", BODY, bold=True, middle=True)
    for at, line in enumerate(block):
        for half, one in ((0.25, line.scores["essdai_total"][0]), (0.75, line.scores["essdai_total"][2])):
            sheet.text(left + cell * (at + half), y, one.text or "–", SMALL, bold=True, align="center", middle=True)


def _half(sheet: Sheet, x: float, y: float, wide: float, level: Measure) -> None:
    if level.value is None:
        sheet.box(x, y, wide, ROW, Fill("surface", "////"))
        return
    number = int(level.value)
    sheet.box(x, y, wide, ROW, Fill(LEVELS[number]))
    sheet.text(x + wide / 2, y + ROW / 2, str(number), SMALL, align="center", color=LEVEL_INKS[number], middle=True)


def changed(drawn: Sequence[Line], domain: Domain) -> tuple[int, int]:
    """(participants whose level fell from week 0 to week 28, participants whose level rose)."""
    pairs = [(a.value, b.value) for a, b in (line.levels[domain.name] for line in drawn)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return sum(b < a for a, b in known), sum(b > a for a, b in known)
