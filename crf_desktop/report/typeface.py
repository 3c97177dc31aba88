"""The one typeface on paper: widths, and lines that break by word and, in Chinese, by character with kinsoku."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from attrs import frozen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.settings import resource

REGULAR, BOLD = "CRFSans", "CRFSans-Bold"
_FILES = {REGULAR: "CRFSans-Regular.ttf", BOLD: "CRFSans-Bold.ttf"}

ASCENT, DESCENT = 1.069, 0.293
"""Of the line box, in em; the digits are 0.714 em high."""
CAP_HEIGHT = 0.714

_NO_START = frozenset("，。：；）、！？》」』】〕”’％%·…—～,.:;)]}!?°")
"""Never the first character of a line."""
_NO_END = frozenset("（《「『【〔“‘([{≥≤<>±~")
"""Never the last character of a line."""
_STAYS_WITH_NUMBER = frozenset("年月日岁周天次项分级个例页号")
_SPACES = " \u3000"


@frozen(slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    size: float = 8
    bold: bool = False
    lacking: tuple[str, ...] = ()
    """Characters that the typeface lacks and that stand spelled in the text."""

    @property
    def width(self) -> float:
        """Points."""
        return width(self.text, self.size, self.bold)


@cache
def register() -> None:
    """Makes both weights known to reportlab; raises EnvironmentProblem ``report.font_missing``."""
    for name, file in _FILES.items():
        try:
            pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
        except (OSError, TTFError):
            raise EnvironmentProblem("report.font_missing", file=file) from None


@cache
def _widths(bold: bool) -> tuple[dict[int, float], float]:
    register()
    face = pdfmetrics.getFont(BOLD if bold else REGULAR).face
    return {ord(c) if isinstance(c, str) else c: w for c, w in face.charWidths.items()}, face.defaultWidth


def width(text: str, size: float, bold: bool = False) -> float:
    """Points the text takes."""
    return _em(text, bold) * size / 1000


@lru_cache(maxsize=16384)
def _em(text: str, bold: bool) -> float:
    """Thousandths of an em; the same words stand in many cells."""
    table, default = _widths(bold)
    return sum(table.get(ord(c), default) for c in text)


@lru_cache(maxsize=16384)
def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that the typeface lacks, each once, in the order of the text."""
    table = _widths(False)[0]
    if text.isascii() or all(ord(c) in table for c in text):
        return ()
    return tuple(dict.fromkeys(c for c in text if c not in "\n\t" and ord(c) not in table))


def spelled(char: str) -> str:
    """What stands in the place of a character that the typeface lacks: ``[U+1F600]``."""
    return f"[U+{ord(char):04X}]"


def printable(text: str) -> str:
    """The text with every character the typeface lacks spelled: nothing is dropped or left a box."""
    text = text.replace("\t", " ")
    for char in missing(text):
        text = text.replace(char, spelled(char))
    return text


def _wide(char: str) -> bool:
    code = ord(char)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or code >= 0x20000


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if after in _SPACES:
        return False
    if before in _SPACES:
        return True
    if after in _NO_START or before in _NO_END:
        return False
    if before.isdigit() and after in _STAYS_WITH_NUMBER:
        return False
    spelled_twice = before == "]" and after == "["
    return _wide(before) or _wide(after) or (before in "-/" and after.isalpha()) or spelled_twice


def _in_unit(text: str, at: int) -> bool:
    """Whether a line would end behind the stroke of a unit: ``g/d``, ``mL/min``."""
    before = text[max(0, at - 4) : at - 1]
    return text[at - 1] == "/" and not (len(before) == 3 and before.isalpha())


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    """Spans that never break inside; a span keeps the spaces that follow it."""
    found = (i for i in range(1, len(text)) if text[i - 1] == "\n" or _may_break(text[i - 1], text[i]))
    cuts = [i for i in found if not _in_unit(text, i)]
    return tuple(zip([0, *cuts], [*cuts, len(text)], strict=True)) if text else ()


def wrap(runs: Sequence[Run], available: float) -> list[list[Run]]:
    """Lines of runs no wider than ``available`` points; a word that is wider than a line is broken by character."""
    runs = [Run(printable(r.text), r.size, r.bold, r.lacking or missing(r.text)) for r in runs if r.text]
    if _fits(runs, available):
        return [_stripped(runs)]
    text = "".join(r.text for r in runs)
    style = [r for r in runs for _ in r.text]
    advance = [_advance(c, r) for c, r in zip(text, style, strict=True)]
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for first, last in _words(text):
        bare = first + len(text[first:last].rstrip(" \n"))
        need = sum(advance[first:bare])
        if used and used + need > available + 0.01:
            lines.append((start, first))
            start, used = first, 0.0
        if need > available:
            *full, (start, bare) = _by_character(advance, start, bare, available)
            lines += full
            used = sum(advance[start:bare])
        else:
            used += need
        used += sum(advance[bare:last])
        if text[last - 1] == "\n":
            lines.append((start, last))
            start, used = last, 0.0
    if start < len(text) or not lines:
        lines.append((start, len(text)))
    return [_runs(text, style, first, last) for first, last in lines]


def _fits(runs: Sequence[Run], available: float) -> bool:
    """Whether all of it stands on one line, as most of what paper says does."""
    used = 0.0
    for run in runs:
        used += run.width
        if used > available or "\n" in run.text:
            return False
    return True


def _stripped(runs: Sequence[Run]) -> list[Run]:
    """One line without the spaces at its end."""
    kept = list(runs)
    while kept and not (text := kept[-1].text.rstrip(" ")):
        kept.pop()
    if kept and text != kept[-1].text:
        kept[-1] = _slice(kept[-1], text)
    return kept


def _advance(char: str, run: Run) -> float:
    if char == "\n":
        return 0.0
    table, default = _widths(run.bold)
    return table.get(ord(char), default) * run.size / 1000


def _by_character(advance: Sequence[float], start: int, last: int, available: float) -> list[tuple[int, int]]:
    pieces, used = [], 0.0
    for i in range(start, last):
        if used + advance[i] > available and i > start:
            pieces.append((start, i))
            start, used = i, 0.0
        used += advance[i]
    return [*pieces, (start, last)]


def _runs(text: str, style: Sequence[Run], first: int, last: int) -> list[Run]:
    last = first + len(text[first:last].rstrip(" \n"))
    grouped = groupby(range(first, last), key=lambda i: id(style[i]))
    return [_slice(style[(span := list(each))[0]], text[span[0] : span[-1] + 1]) for _, each in grouped]


def _slice(run: Run, text: str) -> Run:
    """A part of a run; what it spells itself, or begins to, is still known."""
    return Run(text, run.size, run.bold, tuple(c for c in run.lacking if _begins(text, spelled(c))))


def _begins(text: str, word: str) -> bool:
    return word in text or any(text.endswith(word[:n]) for n in range(1, len(word)))
