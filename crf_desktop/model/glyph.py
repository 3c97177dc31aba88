"""The state glyphs: pure path data in a 16 × 16 box, y downwards, drawn alike on the screen and in PDFs."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Literal, NamedTuple

BOX = 16
"""Side of the box every glyph is drawn in."""

Command = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]
"""Move and line: (x, y). Cubic curve: (x1, y1, x2, y2, x, y). Close: ()."""


class Glyph(StrEnum):
    """Every sign the program draws, each distinct in grey print. ``Glyph(state)`` is the sign of a form's state."""

    PLANNED = "planned"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    SIGNED = "signed"
    CHANGED = "changed"
    WARNING = "changed"
    """The same triangle; an alias."""
    OVERDUE = "overdue"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"
    QUERY = "query"
    REFUSED = "refused"
    """Also damage."""
    CONFLICT = "conflict"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    MET = "met"
    NOT_MET = "not_met"
    NOT_EVALUABLE = "not_evaluable"
    LOCK = "lock"
    BAND_0 = "band_0"
    BAND_1 = "band_1"
    BAND_2 = "band_2"
    BAND_3 = "band_3"
    RITUXIMAB = "rituximab"
    BELIMUMAB = "belimumab"
    INFO = "info"
    CHEVRON_LEFT = "chevron_left"
    CHEVRON_RIGHT = "chevron_right"
    CHEVRON_DOWN = "chevron_down"
    SEARCH = "search"
    PRINT = "print"
    TIMER = "timer"
    MENU = "menu"
    MARK = "mark"
    """The program's own mark."""
    TICK = "tick"
    REMOVE = "remove"
    """Takes a row away."""
    JOINT_OPEN = "joint_open"
    JOINT_NONE = "joint_none"
    JOINT_TENDER = "joint_tender"
    JOINT_SWOLLEN = "joint_swollen"
    JOINT_BOTH = "joint_both"


class Shape(NamedTuple):
    """One path of a glyph, filled or stroked with one colour token."""

    role: Literal["fill", "stroke"]
    commands: tuple[Command, ...]
    token: str
    """Colour token of the look; on paper, of the light theme."""
    width: float = 1.5
    """Line width in the 16-unit box."""
    dash: tuple[float, ...] = ()
    """Dash and gap lengths in the 16-unit box; empty: solid."""
    cut: bool = False
    """True: a mark cut out of the shape below (the tick in the disc); keeps its colour when the rest is recoloured."""



JOINTS = (Glyph.JOINT_NONE, Glyph.JOINT_TENDER, Glyph.JOINT_SWOLLEN, Glyph.JOINT_BOTH)
"""The answers of a joint in the order of its code list."""

BANDS = (Glyph.BAND_0, Glyph.BAND_1, Glyph.BAND_2, Glyph.BAND_3)
"""Three rising bars by number of filled bars."""


@cache
def shapes(glyph: Glyph) -> tuple[Shape, ...]:
    """The paths of a glyph, from back to front."""
    return _GLYPHS[glyph]


def _path(text: str) -> tuple[Command, ...]:
    """Commands from ``M x y L x y C x1 y1 x2 y2 x y Z``."""
    commands: list[Command] = []
    words = text.split()
    while words:
        letter = words.pop(0)
        n = {"M": 2, "L": 2, "C": 6, "Z": 0}[letter]
        commands.append((letter, tuple(float(w) for w in words[:n])))  # type: ignore[arg-type]
        del words[:n]
    return tuple(commands)


def _fill(text: str, token: str, cut: bool = False) -> Shape:
    return Shape("fill", _path(text), token, cut=cut)


def _line(text: str, token: str, width: float = 1.5, dash: tuple[float, ...] = (), cut: bool = False) -> Shape:
    return Shape("stroke", _path(text), token, width, dash, cut)


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    k = 0.5523
    return (
        f"M {cx + rx} {cy} C {cx + rx} {cy + k * ry} {cx + k * rx} {cy + ry} {cx} {cy + ry}"
        f" C {cx - k * rx} {cy + ry} {cx - rx} {cy + k * ry} {cx - rx} {cy}"
        f" C {cx - rx} {cy - k * ry} {cx - k * rx} {cy - ry} {cx} {cy - ry}"
        f" C {cx + k * rx} {cy - ry} {cx + rx} {cy - k * ry} {cx + rx} {cy} Z"
    )


def _circle(r: float, cx: float = 8, cy: float = 8) -> str:
    return _ellipse(cx, cy, r, r)


def _box(x: float, y: float, w: float, h: float, r: float) -> str:
    k = 0.4477 * r
    return (
        f"M {x + r} {y} L {x + w - r} {y} C {x + w - k} {y} {x + w} {y + k} {x + w} {y + r}"
        f" L {x + w} {y + h - r} C {x + w} {y + h - k} {x + w - k} {y + h} {x + w - r} {y + h}"
        f" L {x + r} {y + h} C {x + k} {y + h} {x} {y + h - k} {x} {y + h - r}"
        f" L {x} {y + r} C {x} {y + k} {x + k} {y} {x + r} {y} Z"
    )


_TICK = "M 4.6 8.3 L 7 10.7 L 11.4 5.8"
_CROSS = "M 5.5 5.5 L 10.5 10.5 M 10.5 5.5 L 5.5 10.5"
_HALF = "M 8 2 C 4.69 2 2 4.69 2 8 C 2 11.31 4.69 14 8 14 Z"
_OCTAGON = "M 5.1 1 L 10.9 1 L 15 5.1 L 15 10.9 L 10.9 15 L 5.1 15 L 1 10.9 L 1 5.1 Z"
_EYE = "M 1 8 C 3 4.6 5.3 3.4 8 3.4 C 10.7 3.4 13 4.6 15 8 C 13 11.4 10.7 12.6 8 12.6 C 5.3 12.6 3 11.4 1 8 Z"
_ASK = "M 6 6.4 C 6 5.2 6.9 4.5 8 4.5 C 9.2 4.5 10 5.3 10 6.3 C 10 7.6 8 7.7 8 9.1"
_WEDGE_LEFT = "M 7 2.2 L 7 13.8 L 0.8 8 Z"
_WEDGE_RIGHT = "M 9.6 3.4 L 9.6 12.6 L 14.5 8 Z"
_MARK = "M 3.2 4.7 L 9.4 4.7 M 3.2 8 L 7 8 M 3.2 11.3 L 5.6 11.3 M 7.6 10.4 L 9.3 12.1 L 13 8"


def _bars(filled: int) -> tuple[Shape, ...]:
    found = []
    for i, (x, height) in enumerate(((1.6, 5.4), (6.4, 9.2), (11.2, 13))):
        bar = _box(x, 14.6 - height, 3.2, height, 0.8)
        found += [_fill(bar, "accent")] if i < filled else []
        found.append(_line(bar, "accent" if i < filled else "control", 1))
    return tuple(found)


_GLYPHS: dict[Glyph, tuple[Shape, ...]] = {
    Glyph.PLANNED: (_line(_circle(5.8), "text_3", 1.1, (2.0, 1.64)),),
    Glyph.DUE: (_line(_circle(5.4), "accent", 2.1),),
    Glyph.IN_PROGRESS: (_fill(_HALF, "accent"), _line(_circle(6), "accent", 1.6)),
    Glyph.COMPLETE: (_fill(_circle(7), "ok"), _line(_TICK, "surface", 1.7, cut=True)),
    Glyph.SIGNED: (_fill(_box(1, 1, 14, 14, 2.6), "accent"), _line(_TICK, "surface", 1.8, cut=True)),
    Glyph.CHANGED: (
        _fill("M 8 1.3 L 15.4 14.6 L 0.6 14.6 Z", "warn"),
        _line("M 8 6 L 8 10", "surface", 1.6, cut=True),
        _fill(_circle(0.95, 8, 12.3), "surface", cut=True),
    ),
    Glyph.OVERDUE: (
        _fill("M 8 0.4 L 15.6 8 L 8 15.6 L 0.4 8 Z", "bad"),
        _line("M 8 4.4 L 8 8.8", "surface", 1.6, cut=True),
        _fill(_circle(0.95, 8, 11.2), "surface", cut=True),
    ),
    Glyph.MISSING: (_line(_box(1.7, 1.7, 12.6, 12.6, 2.4), "text_2", 1.4), _line("M 5 8 L 11 8", "text_2", 1.7)),
    Glyph.NOT_NEEDED: (_line("M 5 8 L 11 8", "text_3", 1.5),),
    Glyph.QUERY: (
        _line("M 3.2 1.6 L 3.2 14.8", "query", 1.7),
        _fill("M 3.2 2 L 13.6 2 L 11.2 5.3 L 13.6 8.6 L 3.2 8.6 Z", "query"),
    ),
    Glyph.REFUSED: (_fill(_OCTAGON, "bad"), _line(_CROSS, "surface", 1.8, cut=True)),
    Glyph.CONFLICT: (_fill(_WEDGE_LEFT, "bad"), _line(_WEDGE_RIGHT, "bad", 1.5)),
    Glyph.SEEN: (_line(_EYE, "ok", 1.4), _fill(_circle(2.2), "ok")),
    Glyph.NOT_SEEN: (
        _line(_EYE, "warn", 1.4), _fill(_circle(2.2), "warn"),
        _line("M 3.6 14.6 L 13.6 2", "surface", 1.6, cut=True), _line("M 2.4 14 L 12.4 1.4", "warn", 1.5),
    ),
    Glyph.MET: (_fill(_circle(7), "ok"), _line(_TICK, "surface", 1.7, cut=True)),
    Glyph.NOT_MET: (_line(_box(1.7, 1.7, 12.6, 12.6, 2.4), "text_2", 1.4), _line(_CROSS, "text_2", 1.6)),
    Glyph.NOT_EVALUABLE: (
        _line(_circle(6.2), "warn", 1.4, (2.4, 1.495)), _line(_ASK, "warn", 1.4), _fill(_circle(0.9, 8, 11.3), "warn"),
    ),
    Glyph.LOCK: (
        _line("M 4.7 7.4 L 4.7 5 C 4.7 3.2 6.2 1.8 8 1.8 C 9.8 1.8 11.3 3.2 11.3 5 L 11.3 7.4", "text_2", 1.7),
        _fill(_box(2.8, 7, 10.4, 7.6, 1.4), "text_2"),
    ),
    Glyph.BAND_0: _bars(0), Glyph.BAND_1: _bars(1), Glyph.BAND_2: _bars(2), Glyph.BAND_3: _bars(3),
    Glyph.RITUXIMAB: (_fill("M 2.6 3 L 13.4 3 L 8 13.4 Z", "text"),),
    Glyph.BELIMUMAB: (_line("M 8 2.2 L 13.8 8 L 8 13.8 L 2.2 8 Z", "text", 1.6),),
    Glyph.INFO: (
        _fill(_circle(7), "accent"), _line("M 8 7.3 L 8 11.6", "surface", 1.8, cut=True),
        _fill(_circle(1.1, 8, 4.7), "surface", cut=True),
    ),
    Glyph.CHEVRON_LEFT: (_line("M 10.4 3 L 5.4 8 L 10.4 13", "text_2", 1.8),),
    Glyph.CHEVRON_RIGHT: (_line("M 5.6 3 L 10.6 8 L 5.6 13", "text_2", 1.8),),
    Glyph.CHEVRON_DOWN: (_line("M 3.4 5.8 L 8 10.4 L 12.6 5.8", "text_2", 1.7),),
    Glyph.SEARCH: (_line(_circle(4.6, 6.8, 6.8), "text_2", 1.7), _line("M 10.3 10.3 L 14.2 14.2", "text_2", 1.9)),
    Glyph.PRINT: (
        _line("M 4.6 5.2 L 4.6 1.8 L 11.4 1.8 L 11.4 5.2", "text_2", 1.4),
        _line("M 4.6 11.8 L 1.8 11.8 L 1.8 5.4 L 14.2 5.4 L 14.2 11.8 L 11.4 11.8", "text_2", 1.4),
        _line("M 4.6 9.2 L 11.4 9.2 L 11.4 14.2 L 4.6 14.2 Z", "text_2", 1.4),
    ),
    Glyph.TIMER: (
        _line(_circle(5.3, 8, 9.2), "text_2", 1.6),
        _line("M 6 1.4 L 10 1.4 M 8 6.4 L 8 9.2 M 12.4 4.1 L 13.5 3", "text_2", 1.6),
    ),
    Glyph.MENU: (_line("M 2 3.8 L 14 3.8 M 2 8 L 14 8 M 2 12.2 L 14 12.2", "text_2", 1.8),),
    Glyph.MARK: (_fill(_box(0, 0, 16, 16, 3.6), "accent"), _line(_MARK, "surface", 1.4, cut=True)),
    Glyph.TICK: (_line("M 3 8.6 L 6.6 12.2 L 13.2 4.4", "accent", 2),),
    Glyph.JOINT_OPEN: (_fill(_circle(6.6), "surface"), _line(_circle(6.6), "control", 1.2, (2.2, 1.94))),
    Glyph.JOINT_NONE: (_fill(_circle(6.6), "surface"), _line(_circle(6.6), "text_2", 1.3)),
    Glyph.JOINT_TENDER: (
        _fill(_circle(6.6), "surface"),
        _fill("M 8 1.4 C 4.35 1.4 1.4 4.35 1.4 8 C 1.4 11.65 4.35 14.6 8 14.6 Z", "accent"),
        _line(_circle(6.6), "accent", 1.5),
    ),
    Glyph.JOINT_SWOLLEN: (_fill(_circle(7.2), "accent"),),
    Glyph.JOINT_BOTH: (
        _fill(_circle(7.6), "surface"), _fill(_circle(4.4), "accent"), _line(_circle(7), "accent", 1.5)
    ),
    Glyph.REMOVE: (_line("M 4.2 4.2 L 11.8 11.8 M 11.8 4.2 L 4.2 11.8", "accent_text", 1.7),),
}  # fmt: skip
