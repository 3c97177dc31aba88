"""The marks of the figures: doses, gaps, bounds, events; each has its own shape, so that grey print is enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crf_desktop.analysis.figure_color import Fill
from crf_desktop.analysis.figure_sheet import LINE, THIN, Sheet
from crf_desktop.analysis.figure_type import SMALL, width

SIDE: Final = 7.0
"""Points: the side of a mark."""
EVENT_SIDE: Final = 8.6
"""Points: the side of an adverse event's square, which holds its grade."""


def rituximab(sheet: Sheet, x: float, y: float, side: float = SIDE) -> None:
    """A solid triangle that points down: given."""
    half = side / 2
    sheet.shape([(x - half, y - half * 0.9), (x + half, y - half * 0.9), (x, y + half * 0.9)], Fill("text"))


def belimumab(sheet: Sheet, x: float, y: float, side: float = SIDE) -> None:
    """An open diamond with a thick edge: given."""
    half = side / 2
    points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    sheet.shape(points, Fill("surface"), "text", LINE)


def left_out(sheet: Sheet, x: float, y: float, drug: str, side: float = SIDE) -> None:
    """The drug's shape in a thin dashed line, struck through: due and not given."""
    half = side / 2
    diamond = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    triangle = [(x - half, y - half * 0.9), (x + half, y - half * 0.9), (x, y + half * 0.9)]
    sheet.shape(triangle if drug == "rituximab" else diamond, Fill("surface"), "text_3", THIN, (1.2, 1.0))
    sheet.line([(x - half, y + half), (x + half, y - half)], "text", LINE)


GIVEN: Final[dict[str, Callable[[Sheet, float, float, float], None]]] = {
    "rituximab": rituximab,
    "belimumab": belimumab,
}


def gap(sheet: Sheet, x: float, y: float, side: float = 6.0) -> None:
    """A square with a bar: no value, for a reason."""
    half = side / 2
    sheet.box(x - half, y - half, side, side, Fill("surface"), "text_2", THIN, above=True)
    sheet.text(x, y, "–", SMALL, align="center", color="text_2", middle=True)


def point(sheet: Sheet, x: float, y: float, kind: str, color: str = "accent", side: float = 5.4) -> None:
    """``disc``, ``square``, ``diamond``, ``up``: a value; ``<`` and ``>``: an open triangle at the limit."""
    half = side / 2
    if kind == "disc":
        sheet.disc(x, y, half, color)
        return
    shapes: dict[str, Sequence[tuple[float, float]]] = {
        "square": [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)],
        "diamond": [(x, y - half * 1.2), (x + half * 1.2, y), (x, y + half * 1.2), (x - half * 1.2, y)],
        "up": [(x, y - half * 1.1), (x + half * 1.1, y + half * 0.9), (x - half * 1.1, y + half * 0.9)],
        "<": [(x - half * 1.2, y - half), (x + half * 1.2, y - half), (x, y + half * 1.2)],
        ">": [(x - half * 1.2, y + half), (x + half * 1.2, y + half), (x, y - half * 1.2)],
    }
    if kind in "<>":
        sheet.shape(shapes[kind], Fill("surface"), color, LINE, above=True)
    else:
        sheet.shape(shapes[kind], Fill(color))


def event(sheet: Sheet, x: float, y: float, grade: str, serious: bool, side: float = EVENT_SIDE) -> float:
    """A square with the grade, dark from grade 3 on, S behind it if serious, its left edge at x; returns its width."""
    words = grade + ("S" if serious else "")
    wide = max(side, width(words, SMALL, True) + 3.4)
    dark = serious or grade in ("3", "4", "5")
    sheet.box(x, y - side / 2, wide, side, Fill("text" if dark else "surface"), "text", THIN, above=True)
    colour = "surface" if dark else "text"
    sheet.text(x + wide / 2, y, words, SMALL, bold=True, color=colour, align="center", middle=True)
    return wide
