"""Cells of a CSV file: text that a spreadsheet would run as a formula is defused, reversibly."""

from __future__ import annotations

import re
from typing import Final

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DANGEROUS: Final = "=+-@\t\r\n＝＋－＠"
"""First characters after which spreadsheets evaluate (OWASP, CSV injection); full-width ones too."""


def cell(text: str) -> str:
    """The text as it is written: ``'`` in front before a formula and before ``'``; numbers as they are."""
    if text and (text[0] in _DANGEROUS or text[0] == "'") and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def uncell(written: str) -> str:
    """The text of a written cell: the exact inverse of :func:`cell`."""
    return written.removeprefix("'")
