"""The typeface of the figures: read from its files, measured, and broken into lines."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from itertools import groupby
from typing import Any, Final

from crf_desktop.settings import resource, user_data

SMALL, BODY, HEAD = 7.0, 7.5, 9.0
"""Sizes of type in points; nothing in print is smaller than 7."""
FILES: Final = {False: "CRFSans-Regular.ttf", True: "CRFSans-Bold.ttf"}
"""By whether it is bold."""
CAP_HEIGHT: Final = 0.714
"""Of the digits, in em."""


def prepare() -> None:
    """Gives matplotlib a folder of its own before it is imported: its list of fonts, never a value, is kept there."""
    if "MPLCONFIGDIR" in os.environ:
        return
    folder = user_data() / "matplotlib"
    with suppress(OSError):  # a home that cannot be written to: matplotlib then takes a temporary folder
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["MPLCONFIGDIR"] = str(folder)


@cache
def font(bold: bool, size: float) -> Any:
    """The face as matplotlib takes it, by its file: it is never looked up by name."""
    prepare()
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(resource("fonts", FILES[bold])), size=size)


@cache
def _face(bold: bool) -> Any:
    prepare()
    from matplotlib.ft2font import FT2Font

    face = FT2Font(str(resource("fonts", FILES[bold])))
    face.set_size(1000, 72)
    return face


@cache
def _advance(char: str, bold: bool) -> float:
    from matplotlib.ft2font import LoadFlags

    glyph = _face(bold).load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 1000


def width(text: str, size: float = BODY, bold: bool = False) -> float:
    """Points that the text takes on one line."""
    return sum(_advance(c, bold) for c in printable(text)) * size


@cache
def _known() -> frozenset[int]:
    return frozenset(_face(False).get_charmap()) & frozenset(_face(True).get_charmap())


def printable(text: str) -> str:
    """The text with every character that the typeface lacks spelled ``[U+1F600]``: nothing is left a box."""
    text = " ".join(text.split("\n"))
    return "".join(c if ord(c) in _known() else f"[U+{ord(c):04X}]" for c in text)


def _wide(char: str) -> bool:
    return 0x2E80 <= ord(char) <= 0x9FFF or 0xFF00 <= ord(char) <= 0xFFEF


def lines(text: str, room: float, size: float = BODY, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``room`` points, broken between words, or between Chinese characters."""
    found, line = [], ""
    for word in _words(text):
        if line and width((line + word).rstrip(), size, bold) > room:
            found.append(line.rstrip())
            line = ""
        line += word
    return [*found, line.rstrip()] if line else found


def _words(text: str) -> list[str]:
    """Pieces that stay whole, with the spaces behind them; closing marks stay with what they close."""
    found: list[str] = []
    for wide, chars in groupby(text, key=_wide):
        if not wide:
            pieces = "".join(chars).split(" ")
            found += [p + " " for p in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
            continue
        for char in chars:
            if char in "，。：；）、" and found:
                found[-1] += char
            else:
                found.append(char)
    return found
