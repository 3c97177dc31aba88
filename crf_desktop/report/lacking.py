"""What a paper says about characters that its typeface lacks: which one, its code, on which page, in which words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from crf_desktop.errors import Language
from crf_desktop.report.drawing import Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run
from crf_desktop.report.words import say

MOST = 40
"""Places that are named; how many more there are is said."""
_ROUNDS = 3
_AROUND = 60


@frozen
class Lack:
    """One character in one place."""

    page: int
    """From 1."""
    char: str
    text: str
    """The words around it, as they are printed."""


def heard(pen: Pen, page: int) -> list[Lack]:
    """What the pen had to spell on that page (from 1)."""
    return [Lack(page, char, text) for char, text in pen.lacking]


def named(draw: Callable[[Sequence[Lack]], tuple[bytes, Sequence[Lack]]]) -> bytes:
    """Draws a paper and, where a character is lacking, draws it again with the note that names it.

    ``draw`` gets what the note has to name and returns the paper with everything that it had to spell.
    """
    noted: tuple[Lack, ...] = ()
    for _ in range(_ROUNDS):
        pdf, found = draw(noted)
        if set(found) == set(noted):
            break
        noted = tuple(dict.fromkeys(found))
    return pdf


def draw_lacking(flow: Flow, language: Language, found: Iterable[Lack]) -> None:
    """The note; nothing where nothing is lacking."""
    told = list(found)
    if not told:
        return
    lines = [say(language, "lacking", one.page, _character(one.char), _around(one)) for one in told[:MOST]]
    if len(told) > MOST:
        lines.append(say(language, "lacking_more", len(told) - MOST))
    flow.title(say(language, "lacking_head"), keep=40)
    for line in (say(language, "lacking_lead"), *lines):
        flow.paragraph([Run(line)])
    flow.gap(10)


def _character(char: str) -> str:
    """``U+1F600 GRINNING FACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()


def _around(one: Lack) -> str:
    """The words, cut to what tells the place; brackets are not spelled again."""
    at = max(0, one.text.find("[U+"))
    first = max(0, at - _AROUND // 2)
    cut = one.text[first : first + _AROUND].strip()
    return ("…" if first else "") + cut + ("…" if first + _AROUND < len(one.text) else "")
