"""What the figures of the study share: keys of groups, scales of whole steps, a figure that says what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from crf_desktop.analysis.figure_color import GROUP_FILLS, GROUP_LINES
from crf_desktop.analysis.figure_data import Group, Line
from crf_desktop.analysis.figure_sheet import LINE, THIN, Sheet
from crf_desktop.analysis.figure_type import HEAD, SMALL, lines, width
from crf_desktop.analysis.outcome import Status
from crf_desktop.errors import Language
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EMPTY: Final = 110.0
"""Points: the height of a figure that has nothing to draw."""
_STEPS: Final = tuple(Fraction(n) * Fraction(10) ** k for k in range(-3, 4) for n in ("1", "2", "2.5", "5"))


def empty(words: str, language: Language) -> Figure:
    """A small figure that says in words what is missing and when it is drawn."""
    sheet = Sheet(EMPTY)
    sheet.box(0.5, 0.5, sheet.width - 1, EMPTY - 1, None, "line", THIN)
    told = lines(FIGURE[words][language == "zh"], sheet.width - 80, HEAD)
    for at, line in enumerate(told):
        y = EMPTY / 2 + 14 * (at - (len(told) - 1) / 2)
        sheet.text(sheet.width / 2, y, line, HEAD, align="center", color="text_2", middle=True)
    return sheet.figure


def scale(highest: Fraction, most: int = 5) -> tuple[Fraction, Fraction]:
    """(step, top): at most ``most`` whole steps of 1, 2, 2.5 or 5 that reach the highest value."""
    step = next(s for s in _STEPS if s * most >= highest)
    count = -(-highest // step)
    return step, step * max(count, 1)


def counted(drawn: Iterable[Line]) -> dict[Group, int]:
    """Participants by group, in the order of the groups."""
    found = Counter(line.group for line in drawn)
    return {group: found[group] for group in Group if found[group]}


def group_key(sheet: Sheet, x: float, y: float, drawn: Sequence[Line], language: Language, by_line: bool) -> float:
    """A sample of each group with its name and number; returns where it ends."""
    zh = language == "zh"
    for group, n in counted(drawn).items():
        if by_line:
            colour, dash = GROUP_LINES[group]
            sheet.line([(x, y - 2.5), (x + 18, y - 2.5)], colour, LINE, dash)
            x += 22
        else:
            sheet.box(x, y - 6.5, 9, 7.5, GROUP_FILLS[group], "text_2", THIN)
            x += 13
        words = f"{FIGURE[group][zh]} {FIGURE['n'][zh].format(n)}"
        sheet.text(x, y, words, SMALL, color="text_2")
        x += width(words, SMALL) + 14
    return x


def status_word(line: Line, language: Language) -> str:
    """Why there is no week 28: stopped early, week 28 to come, missed."""
    names = {Status.NOT_TREATED: "not_treated_status"}
    return FIGURE[names.get(line.status, line.status.value)][language == "zh"]
