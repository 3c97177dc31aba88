"""The two scores of a participant's course: ESSDAI as bars of its domains, ESSPRI with its three scales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crf_desktop.analysis import figure_mark as mark
from crf_desktop.analysis.figure_color import DOMAIN_FILLS
from crf_desktop.analysis.figure_data import Bar, Course, Domain
from crf_desktop.analysis.figure_lane import Lane, nothing, printed, spread
from crf_desktop.analysis.figure_reading import Reading
from crf_desktop.analysis.figure_sheet import HAIR, THICK, THIN
from crf_desktop.analysis.figure_type import SMALL, width
from crf_desktop.errors import Language
from crf_desktop.wording.analysis_figure import FIGURE

BAR: Final = 12.0
"""Points: the width of an ESSDAI bar."""
MISSING: Final = 4
"""Domains without a level named one by one."""
SCALE_STYLES: Final = (
    ("square", "#B25E00", (4.0, 2.0)), ("up", "#12633A", (1.0, 1.6)), ("diamond", "#8A2F5E", (6.0, 1.6, 1.0, 1.6)),
)  # fmt: skip
"""Dryness, fatigue, pain: mark, colour, dash."""


def top_of(course: Course) -> float:
    """The top of the scale of ESSDAI, points."""
    highest = max([float(b.total.value or 0) for b in course.essdai], default=0.0)
    return max(20.0, 5.0 * (int(highest / 5) + 1))


def draw_essdai(lane: Lane, course: Course, language: Language) -> None:
    """A bar at each visit."""
    zh = language == "zh"
    step = 5 if lane.high <= 30 else 10 if lane.high <= 60 else 20
    lane.frame("ESSDAI", FIGURE["of_123"][zh], [str(n) for n in range(0, int(lane.high) + 1, step)])
    lane.reference("5", FIGURE["low_activity"][zh], (1, 2))
    lane.reference("14", FIGURE["high_activity"][zh], (1, 2), above=True)
    drawn = [b for b in course.essdai if b.total.value is not None]
    if not drawn and not course.essdai:
        nothing(lane, language)
    for at, bar in enumerate(drawn):
        x = lane.axis.x(bar.total.day)
        after = lane.axis.x(drawn[at + 1].total.day) - BAR / 2 if at + 1 < len(drawn) else lane.sheet.width
        before = lane.axis.x(drawn[at - 1].total.day) + BAR / 2 if at else lane.axis.left
        _bar(lane, x, bar, course.domains, (before, after), language)
    lane.gaps([b.total for b in course.essdai if b.total.value is None], language)
    lane.finish()


def _bar(
    lane: Lane, x: float, bar: Bar, domains: Sequence[Domain], room: tuple[float, float], language: Language
) -> None:
    """The domains of one visit on each other, named beside where there is room, and the total above."""
    edges, sum_ = [], 0
    for domain, points, fill in zip(domains, bar.points, DOMAIN_FILLS, strict=True):
        if points:
            high, low = lane.y(sum_ + points), lane.y(sum_)
            lane.sheet.box(x - BAR / 2, high, BAR, low - high, fill, "surface", 0.6)
            edges.append((domain, points, (high + low) / 2))
            sum_ += points
    lane.taken.append((x - BAR / 2, lane.y(sum_), x + BAR / 2, lane.bottom))
    if not sum_:
        lane.sheet.line([(x - BAR / 2, lane.bottom), (x + BAR / 2, lane.bottom)], "text", THICK)
    lane.write(x - width(printed(bar.total), 9, True) / 2, lane.y(sum_) - 7, printed(bar.total), 9, bold=True)
    named = [f"{d.short.in_(language)} {p}" for d, p, _ in edges]
    behind = _fits(lane, x, named, room, True)
    if not behind and not _fits(lane, x, named, room, False):
        named = [str(p) for _, p, _ in edges]
        behind = _fits(lane, x, named, room, True)
    places = spread([y for _, _, y in edges], 8.2, lane.top + 2, lane.bottom - 3)
    for words, place, (_, _, y) in zip(named, places, edges, strict=True):
        side = 1 if behind else -1
        near, far = x + side * BAR / 2, x + side * (BAR / 2 + 5)
        lane.sheet.line([(near, y), (far, place)], "text_3", HAIR)
        left = far + 1.5 if behind else far - 1.5 - width(words, SMALL)
        lane.write(left, place, words, SMALL)
    _not_rated(lane, x, bar, domains, language)


def _not_rated(lane: Lane, x: float, bar: Bar, domains: Sequence[Domain], language: Language) -> None:
    """Above the total of which only a part is known: the domains that are missing, and why."""
    lacking = [(d, why) for d, why in zip(domains, bar.lacks, strict=True) if why is not None]
    y = lane.y(sum(p or 0 for p in bar.points)) - 17
    for at, (domain, why) in enumerate(lacking[:MISSING]):
        mark.gap(lane.sheet, x - BAR / 2 + 3, y - 9 * at)
        words = FIGURE["with_reason"][language == "zh"].format(domain.short.in_(language), why.in_(language))
        if at == MISSING - 1 and len(lacking) > MISSING:
            words = FIGURE["more_domains"][language == "zh"].format(len(lacking) - at)
        lane.write(x - BAR / 2 + 9, y - 9 * at, words, SMALL, color="text_2")


def _fits(lane: Lane, x: float, named: Sequence[str], room: tuple[float, float], behind: bool) -> bool:
    """Whether the names find room behind, or before, a bar."""
    need = max((width(n, SMALL) for n in named), default=0.0) + BAR / 2 + 9
    span = (x, x + need) if behind else (x - need, x)
    if span[0] < room[0] or span[1] > room[1]:
        return False
    return not any(a < span[1] and b > span[0] and not a <= x <= b for a, _, b, _ in lane.taken)


def draw_esspri(lane: Lane, course: Course, language: Language) -> None:
    """Dryness, fatigue and pain as thin lines, their mean as a thick one."""
    zh = language == "zh"
    lane.frame("ESSPRI", FIGURE["of_10"][zh], ["0", "5", "10"])
    lane.reference("5", FIGURE["pass"][zh])
    *scales, mean = course.esspri
    if not mean:
        nothing(lane, language)
    for readings, (kind, colour, dash) in zip(scales, SCALE_STYLES, strict=True):
        lane.join(readings, colour, THIN, dash)
        lane.points(readings, kind, colour)
    lane.join(mean, "accent", THICK)
    lane.points(mean, "disc", "accent")
    lane.gaps(mean, language)
    ends = [_last(r) for r in (*scales, mean)]
    _named(lane, ends, 8, language)
    firsts = [_last(tuple(reversed(r))) for r in (*scales, mean)]
    if firsts != ends:
        _named(lane, firsts, -8, language)
    lane.values([r for r in mean if r not in (ends[-1], firsts[-1])])
    lane.finish()


def _named(lane: Lane, ends: Sequence[Reading | None], off: float, language: Language) -> None:
    """Name and value of each scale beside its last point, or (``off`` < 0) before its first."""
    known = [(name, one) for name, one in zip(("dryness", "fatigue", "pain", "mean"), ends, strict=True) if one]
    places = spread([lane.y(one.value or 0) for _, one in known], 8.4, lane.top - 4, lane.bottom + 2)
    for (name, one), place in zip(known, places, strict=True):
        words = f"{FIGURE[name][language == 'zh']} {printed(one)}"
        bold = name == "mean"
        x = lane.axis.x(one.day) + off - (width(words, SMALL, bold) if off < 0 else 0)
        lane.write(x, place, words, SMALL, bold=bold)


def _last(readings: Sequence[Reading]) -> Reading | None:
    return next((r for r in reversed(readings) if r.value is not None), None)
