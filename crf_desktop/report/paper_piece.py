"""What a paper form is put together from: pieces with a size, beside or under one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from attrs import evolve, frozen

from crf_desktop.report.drawing import FILL, HAIR, Pen, middle
from crf_desktop.report.typeface import Run, wrap

Ink = Callable[[Pen, float, float], None]
"""Draws at (left, top)."""

LEADING_EN, LEADING_ZH = 1.22, 1.27
"""Line height in em of a line without and with Chinese."""


@frozen
class Piece:
    """Something of that size, in points; ``ink`` draws it from its top left corner."""

    width: float
    height: float
    ink: Ink
    base: float = 0.0
    """Height of the part that beside others counts as its first line; 0: all of it."""


def _nothing(pen: Pen, x: float, y: float) -> None:
    return


EMPTY = Piece(0, 0, _nothing)


def line_height(runs: Sequence[Run]) -> float:
    """Points one line of these runs takes."""
    size = max((r.size for r in runs), default=8)
    chinese = any(max(r.text, default="") >= "\u2e80" for r in runs)
    return size * (LEADING_ZH if chinese else LEADING_EN)


def words(runs: Sequence[Run], width: float, align: Literal["left", "centre", "right"] = "left") -> Piece:
    """Wrapped text; as wide as its longest line."""
    lines = [line for line in wrap(runs, width) if line]
    if not lines:
        return EMPTY
    heights = [line_height(line) for line in lines]
    widths = [sum(r.width for r in line) for line in lines]
    wide = width if align != "left" else max(widths)

    def ink(pen: Pen, x: float, y: float) -> None:
        for line, height, used in zip(lines, heights, widths, strict=True):
            shift = {"left": 0.0, "centre": (wide - used) / 2, "right": wide - used}[align]
            pen.line_of(x + shift, middle(y, height, max(r.size for r in line)), line)
            y += height

    return Piece(wide, sum(heights), ink, heights[0])


def beside(pieces: Sequence[Piece], gap: float = 4, centred: bool = False, tops: bool = False) -> Piece:
    """From left to right; their first lines, with ``centred`` their middles, with ``tops`` their tops at one height."""
    held = [p for p in pieces if p.width or p.height]
    if not held:
        return EMPTY
    lead = max((p.base or p.height) for p in held)
    starts = [0.0 if centred or tops else (lead - (p.base or p.height)) / 2 for p in held]
    height = max(start + p.height for start, p in zip(starts, held, strict=True))
    if centred:
        starts = [(height - p.height) / 2 for p in held]

    def ink(pen: Pen, x: float, y: float) -> None:
        for piece, start in zip(held, starts, strict=True):
            piece.ink(pen, x, y + start)
            x += piece.width + gap

    return Piece(sum(p.width for p in held) + gap * (len(held) - 1), height, ink, lead)


def under(pieces: Sequence[Piece], gap: float = 0, centred: bool = False) -> Piece:
    """From top to bottom, at the left, or with ``centred`` in the middle."""
    held = [p for p in pieces if p.height]
    if not held:
        return EMPTY
    width = max(p.width for p in held)

    def ink(pen: Pen, x: float, y: float) -> None:
        for piece in held:
            piece.ink(pen, x + ((width - piece.width) / 2 if centred else 0), y)
            y += piece.height + gap

    return Piece(width, sum(p.height for p in held) + gap * (len(held) - 1), ink, held[0].base or held[0].height)


def wrapped(pieces: Sequence[Piece], width: float, gap: float = 10, lines: float = 4) -> Piece:
    """From left to right in as many lines as the width asks for."""
    rows: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        if rows[-1] and used + piece.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(piece)
        used += piece.width + gap
    return under([beside(row, gap) for row in rows], lines)


def placed(piece: Piece, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Piece:
    """With empty space around."""

    def ink(pen: Pen, x: float, y: float) -> None:
        piece.ink(pen, x + left, y + top)

    return Piece(piece.width + left + right, piece.height + top + bottom, ink, (piece.base or piece.height) + top)


def wide(piece: Piece, width: float, align: Literal["left", "centre", "right"] = "left") -> Piece:
    """Made as wide as that; a piece that is wider stays as it is."""
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * max(0.0, width - piece.width)
    return evolve(placed(piece, shift), width=max(width, piece.width), base=piece.base)


def framed(piece: Piece, fill: bool = False) -> Piece:
    """In a hair frame."""
    inner = placed(piece, 3, 1.5, 3, 1.5)

    def ink(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, inner.width, inner.height, HAIR + 0.2, FILL if fill else None)
        inner.ink(pen, x, y)

    return evolve(inner, ink=ink)


def columns(pieces: Sequence[Piece], width: float, gap: float = 10, lines: float = 4) -> Piece | None:
    """In a grid of as many columns as fit, read downwards; None where not even one column holds the widest."""
    widest = max((p.width for p in pieces), default=0)
    if widest > width:
        return None
    n = min(len(pieces), int((width + gap) // (widest + gap)))
    deep = -(-len(pieces) // n)
    n = -(-len(pieces) // deep)
    step = (width + gap) / n if n > 1 else width
    even = min(step - gap, widest + 24) if n > 1 else widest
    stacks = [under(pieces[i * deep : (i + 1) * deep], lines) for i in range(n)]
    return beside([wide(stack, even) for stack in stacks], gap)
