"""Where the parts of the definition panel stand; the same for a domain whatever its answer."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRectF

from crf_desktop.ui.controls.ink import Face, line_height, text_width, wrap
from crf_desktop.ui.controls.level import Domain
from crf_desktop.ui.look import Look


@frozen
class Measures:
    """Distances of the panel in pixels."""

    left: float
    width: float
    head: int
    """Height of the fixed head."""
    title: int
    """Vertical middle of the title."""
    bottom: int
    """Free space below the last part."""
    radio: int
    code: int
    definition: int
    """x of the definitions inside a level."""
    right: int
    narrow: bool


@frozen
class LevelPart:
    """One level: its target and its lines."""

    rect: QRectF
    lines: tuple[str, ...]


@frozen
class Plan:
    """The parts of one domain in content coordinates."""

    note: QRectF
    note_lines: tuple[str, ...]
    levels: tuple[LevelPart, ...]
    laboratory: QRectF
    cells: tuple[QRectF, ...]
    per_row: int
    why: tuple[str, ...]
    px: int
    line: int
    strip: int
    """Height of the suggestion; 0 without one."""
    pinned: int
    """Height kept free at the bottom."""
    height: int
    """Height of what scrolls."""


@frozen
class Density:
    """How closely the levels stand; the first that fits is taken."""

    px: int
    pad: int
    least: int
    gap: int


SHORT = 52
"""Guide px of a laboratory cell where there is more than one row of them: the level stands behind the value."""

_WIDE = (Density(15, 14, 44, 6), Density(15, 8, 44, 6), Density(15, 6, 36, 4), Density(13, 8, 36, 4))
_NARROW = (Density(15, 7, 32, 5), Density(13, 6, 32, 4))


def measures_for(look: Look, width: int, narrow: bool) -> Measures:
    """The distances in a panel of that width."""
    px = look.px
    if narrow:
        return Measures(px(12), width - px(24), px(38), px(21), px(8), px(9), px(33), px(130), px(8), True)
    return Measures(px(17), width - px(34), px(54), px(32), px(16), px(13), px(41), px(149), px(12), False)


def plan_for(look: Look, m: Measures, domain: Domain, panel_height: int, why: str, labels: tuple[str, ...]) -> Plan:
    """The parts of a domain, as roomy as the panel's height allows."""
    ladder = _NARROW if m.narrow else _WIDE
    plan = None
    for density in ladder:
        plan = _plan(look, m, domain, panel_height, why, labels, density)
        needed = plan.levels[-1].rect.bottom() - m.head if m.narrow else plan.height
        if needed <= panel_height - m.head - plan.pinned:
            return plan
    assert plan is not None
    return plan


def _plan(
    look: Look, m: Measures, domain: Domain, panel_height: int, why: str, labels: tuple[str, ...], density: Density
) -> Plan:
    px = look.px
    small = line_height(look, 13)
    note = wrap(look, domain.note, Face(13), m.width)
    why_lines, strip = _strip(look, m, why)
    pinned = strip + m.bottom + (px(8) if strip else 0)
    y: float = m.head
    note_rect = QRectF(m.left, y, m.width, max(1, len(note)) * small)
    if not m.narrow:
        y = note_rect.bottom() + px(9)
    levels, y = _levels(look, m, domain, density, y)
    if m.narrow:
        note_rect.moveTop(y + px(6))
        y = note_rect.bottom() if note else y
    block, cells, per_row, y = _laboratory(look, m, labels, y, panel_height - pinned)
    line = _line(look, m, density.px)
    return Plan(
        note_rect, note, levels, block, cells, per_row, why_lines, density.px, line, strip, pinned, round(y) - m.head
    )


def _line(look: Look, m: Measures, size: int) -> int:
    return line_height(look, size, tight=m.narrow)


def _levels(look: Look, m: Measures, domain: Domain, density: Density, y: float) -> tuple[tuple[LevelPart, ...], float]:
    pad = look.px(density.pad + (2 if look.language == "zh" else 0))
    least = max(density.least, 48) if look.touch else density.least
    found = []
    for level in domain.levels:
        if level is None:
            continue
        lines = wrap(look, level.definition, Face(density.px), m.width - m.definition - m.right)
        height = max(look.px(least), len(lines) * _line(look, m, density.px) + pad)
        found.append(LevelPart(QRectF(m.left, y, m.width, height), lines))
        y += height + look.px(density.gap)
    return tuple(found), y - look.px(density.gap)


def _strip(look: Look, m: Measures, why: str) -> tuple[tuple[str, ...], int]:
    """Lines of the reason and height of the strip, which is kept for two lines."""
    if not why:
        return (), 0
    if m.narrow:
        return (why,), look.px(29)
    agreement = look.px(180)
    lines = wrap(look, why, Face(13), m.width - look.px(42) - agreement)
    return lines, (1 + max(2, len(lines))) * line_height(look, 13) + look.px(23)


def _laboratory(
    look: Look, m: Measures, labels: tuple[str, ...], y: float, floor: float
) -> tuple[QRectF, tuple[QRectF, ...], int, float]:
    """Title and cells, standing on ``floor`` when there is room below the levels."""
    n, px = len(labels), look.px
    if not n:
        return QRectF(), (), 1, y
    widest = max(text_width(look, label, Face(13)) for label in labels) + px(16)
    per_row = next((k for k in (n, -(-n // 2), -(-n // 3)) if k * widest <= m.width and k <= 5), 2)
    n_row = -(-n // per_row)
    tall, cell = px(72 if n_row == 1 else SHORT), m.width / max(per_row, 3)
    height = px(26) + n_row * tall + (n_row - 1) * px(4)
    top = max(y + px(12), floor - height)
    cells = tuple(
        QRectF(m.left + (i % per_row) * cell, top + px(26) + (i // per_row) * (tall + px(4)), cell, tall)
        for i in range(n)
    )
    return QRectF(m.left, top, m.width, px(18)), cells, per_row, top + height
