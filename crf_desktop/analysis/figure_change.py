"""The scores of the whole study: each participant from week 0 to week 28, and the change in ESSDAI in order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from crf_desktop.analysis.figure_color import GROUP_FILLS, GROUP_LINES
from crf_desktop.analysis.figure_data import SCORES, FigureData, Line
from crf_desktop.analysis.figure_panel import empty, group_key, scale, status_word
from crf_desktop.analysis.figure_sheet import HAIR, LINE, THICK, THIN, Sheet
from crf_desktop.analysis.figure_type import BODY, HEAD, SMALL, width
from crf_desktop.analysis.outcome import Status
from crf_desktop.analysis.quantile import Spread, spread
from crf_desktop.errors import Language
from crf_desktop.model.derive import fixed, shortest
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PANEL: Final = (155.0, 168.0)
"""Points: width and height of one score."""
PLOT: Final = 104.0
"""Points: the height of its plot."""
DIGITS: Final = {
    "essdai_total": 1, "clinessdai_total": 1, "esspri_mean": 2, "schirmer_mean": 1, "saliva_flow": 3,
    "hocevar_total": 1,
}  # fmt: skip
"""Decimals of medians and quartiles in print."""
MARKED: Final = {"esspri_mean": "5", "schirmer_mean": "5", "saliva_flow": "0.1", "hocevar_total": "17"}
"""Score → published limit, as a dotted line."""
UPRIGHT: Final = 7.4
"""Points: the least room between two upright numbers; where there is less, every second one is left out, or more."""
MCII: Final = -3
"""Points of ESSDAI: the minimal clinically important improvement (instruments, 1.4)."""


def draw_spaghetti(data: FigureData, language: Language) -> Figure:
    """Six scores, 515 × 376 points."""
    drawn = data.treated
    if not drawn:
        return empty("empty_study", language)
    if all(line.scores[name][0].value is None for line in drawn for name in SCORES):
        return empty("empty_scores", language)
    sheet = Sheet(26 + 2 * PANEL[1] + 14)
    zh = language == "zh"
    x = group_key(sheet, 0, 8, drawn, language, by_line=True)
    sheet.line([(x, 5.5), (x + 18, 5.5)], "text", THICK)
    sheet.line([(x + 9, 1), (x + 9, 10)], "text", THICK)
    sheet.text(x + 22, 8, FIGURE["key_median"][zh], SMALL, color="text_2")
    for at, name in enumerate(SCORES):
        left = (at % 3) * (sheet.width + 25) / 3
        _panel(sheet, left, 26 + (at // 3) * (PANEL[1] + 14), name, drawn, language)
    return sheet.figure


def _panel(sheet: Sheet, left: float, top: float, name: str, drawn: Sequence[Line], language: Language) -> None:
    zh, base = language == "zh", top + 16 + PLOT
    sheet.text(left, top + 7, FIGURE[name][zh], HEAD, bold=True)
    after = left + width(FIGURE[name][zh], HEAD, True) + 5
    sheet.text(after, top + 7, FIGURE[f"unit_{name}"][zh], SMALL, color="text_2")
    known = [m.value for line in drawn for m in line.scores[name] if m.value is not None]
    step, high = scale(max([*known, Fraction(MARKED.get(name, 1)) * 6 / 5]))
    inner, right = left + 26, left + PANEL[0] - 8

    def y(value: Fraction) -> float:
        return base - float(value / high) * PLOT

    for at in range(int(high / step) + 1):
        sheet.line([(inner, y(step * at)), (right, y(step * at))], "line", HAIR)
        sheet.text(inner - 4, y(step * at), shortest(step * at), SMALL, color="text_2", align="right", middle=True)
    sheet.line([(inner, base), (right, base)], "control", THIN)
    if name in MARKED:
        limit = y(Fraction(MARKED[name]))
        sheet.line([(inner, limit), (right, limit)], "text_3", THIN, (1, 2))
        sheet.text(right, limit - 2, FIGURE[f"limit_{name}"][zh], SMALL, color="text_2", align="right", halo=True)
    interim = any(line.scores[name][1].value is not None for line in drawn)
    moments = (0, 1, 2) if interim else (0, 2)
    place = {0: inner + 20, 1: (inner + right) / 2, 2: right - 16}
    for line in drawn:
        spots = [(place[i], y(v)) for i in moments if (v := line.scores[name][i].value) is not None]
        colour, dash = GROUP_LINES[line.group]
        if len(spots) > 1:
            sheet.line(spots, colour, THIN, dash)
        for spot in spots:
            sheet.disc(*spot, 1.1, colour)
    spreads = {i: spread([v for line in drawn if (v := line.scores[name][i].value) is not None]) for i in moments}
    beside = {0: place[0] - 7, 1: place[1], 2: place[2] + 7}
    middle = [(beside[i], y(s.median)) for i in moments if (s := spreads[i])]
    if len(middle) > 1:
        sheet.line(middle, "text", THICK)
    for i in moments:
        if one := spreads[i]:
            _quartiles(sheet, beside[i], y(one.q1), y(one.median), y(one.q3))
    _table(sheet, left, base + 11, name, {place[i]: (i, spreads[i]) for i in moments}, language)


def _quartiles(sheet: Sheet, x: float, low: float, median: float, high: float) -> None:
    sheet.line([(x, low), (x, high)], "text", THICK)
    for y in (low, high):
        sheet.line([(x - 3, y), (x + 3, y)], "text", LINE)
    sheet.disc(x, median, 2.6, "text", "surface", THIN)


def _table(
    sheet: Sheet, left: float, top: float, name: str, columns: Mapping[float, tuple[int, Spread | None]],
    language: Language,
) -> None:  # fmt: skip
    """Under each moment: how many, median, quartiles."""
    zh, digits = language == "zh", DIGITS[name]
    for row, word in enumerate(("moment", "number", "median", "quartiles")):
        if word != "moment":
            sheet.text(left, top + 10 * row, FIGURE[word][zh], SMALL, color="text_2")
    for x, (moment, one) in columns.items():
        head = FIGURE[("week_0", "bel_3", "week_28")[moment]][zh]
        cells = [head, str(one.n) if one else "0"]
        if one:
            cells += [fixed(one.median, digits), f"{fixed(one.q1, digits)}–{fixed(one.q3, digits)}"]
        for row, words in enumerate(cells):
            sheet.text(x, top + 10 * row, words, SMALL, bold=row == 2, align="center")


def ordered(drawn: Sequence[Line]) -> tuple[list[tuple[Line, Fraction]], list[Line]]:
    """(participants with a change in ESSDAI, the largest fall first; those without one)."""
    known = [(line, c) for line in drawn if (c := line.change()) is not None]
    return sorted(known, key=lambda pair: (pair[1], pair[0].subject)), [x for x in drawn if x.change() is None]


def draw_waterfall(data: FigureData, language: Language) -> Figure:
    """A bar for each participant, 515 × 262 points; who has no change stands at the end with the reason."""
    bars, others = ordered(data.treated)
    if not bars:
        return empty("empty_28" if data.treated else "empty_study", language)
    sheet, zh = Sheet(262), language == "zh"
    x = group_key(sheet, 0, 8, [line for line, _ in bars], language, by_line=False)
    sheet.line([(x, 5.5), (x + 18, 5.5)], "text", LINE, (4, 2))
    sheet.text(x + 22, 8, FIGURE["key_mcii"][zh], SMALL, color="text_2")
    changes = [c for _, c in bars]
    step, _ = scale(max(Fraction(6), *changes) - min(Fraction(-6), *changes), 8)
    high, low = (-(-max(Fraction(0), *changes) // step)) * step, (min(Fraction(-6), *changes) // step) * step
    top, base, left = 30.0, 230.0, 40.0

    def y(value: Fraction) -> float:
        return top + float((high - value) / (high - low)) * (base - top)

    for at in range(int((high - low) / step) + 1):
        value = low + step * at
        sheet.line([(left, y(value)), (sheet.width, y(value))], "line", HAIR)
        label = figure.number(shortest(value))
        sheet.text(left - 4, y(value), label, SMALL, color="text_2", align="right", middle=True)
    sheet.text(8, (top + base) / 2, FIGURE["change_axis"][zh], SMALL, color="text_2", align="center", upright=False)
    slot = (sheet.width - left) / (len(bars) + len(others) + (0.5 if others else 0))
    for at, (line, change) in enumerate(bars):
        _bar(sheet, left + slot * at, slot, line, change, (y(Fraction(0)), y(change)))
    sheet.line([(left, y(Fraction(0))), (sheet.width, y(Fraction(0)))], "text", THIN)
    sheet.line([(left, y(Fraction(MCII))), (sheet.width, y(Fraction(MCII)))], "surface", 2.2)
    sheet.line([(left, y(Fraction(MCII))), (sheet.width, y(Fraction(MCII)))], "text", LINE, (4, 2))
    for at, line in enumerate(others):
        x = left + slot * (len(bars) + 0.5 + at)
        sheet.text(x + slot / 2 + 2.5, base - 4, why_no_change(line, language), SMALL, color="text_2", upright=False)
    subjects = [line for line, _ in bars] + others
    _numbers(sheet, left, slot, subjects, len(bars), base + 4, language)
    return sheet.figure


def why_no_change(line: Line, language: Language) -> str:
    """Why a participant has no change in ESSDAI, in a few words."""
    if line.status is Status.AT_WEEK_28:
        missing = "no_base" if line.scores["essdai_total"][0].value is None else "at_week_28"
        return FIGURE[missing][language == "zh"]
    return status_word(line, language)


def _bar(sheet: Sheet, x: float, slot: float, line: Line, change: Fraction, ends: tuple[float, float]) -> None:
    zero, end = ends
    pad, down = slot * 0.12, end >= zero
    if change:
        sheet.box(x + pad, min(zero, end), slot - 2 * pad, abs(end - zero), GROUP_FILLS[line.group], "text_2", THIN)
    words = ("+" if change > 0 else "") + figure.number(shortest(change))
    if slot >= width(words, BODY, True) + 1:
        y = end + (5.5 if down else -5)
        sheet.text(x + slot / 2, y, words, BODY, bold=True, align="center", middle=True, halo=True)


def _numbers(
    sheet: Sheet, left: float, slot: float, drawn: Sequence[Line], bars: int, top: float, language: Language
) -> None:
    """Participant numbers under the bars, across where they fit, else upright; then week 0 → week 28."""
    wide = max(width(line.subject, SMALL) for line in drawn)
    across, every = slot >= wide + 2, math.ceil(UPRIGHT / slot)
    for at, line in enumerate(drawn):
        x = left + slot * (at + (0.5 if at >= bars else 0)) + slot / 2
        first, _, last = line.scores["essdai_total"]
        told = f"{first.text}→{last.text}"
        if across:
            sheet.text(x, top + 9, line.subject, SMALL, align="center")
            if line.change() is not None and slot >= width(told, SMALL) + 2:
                sheet.text(x, top + 19, told, SMALL, align="center", color="text_2")
        elif at % every == 0:
            sheet.text(x + 2.5, top + 2 + wide, line.subject, SMALL, upright=False)
    if across:
        sheet.text(0, top + 19, FIGURE["week_0_28"][language == "zh"], SMALL, color="text_2")
