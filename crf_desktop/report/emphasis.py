"""Sentences whose deciding figure stands between ``**`` and ``**``: bold on paper."""

from __future__ import annotations

from crf_desktop.report.typeface import Run

MARK = "**"


def emphasised(text: str, size: float = 8, bold: bool = False) -> tuple[Run, ...]:
    """Runs of the sentence; what the marks enclose is bold, and everything is where ``bold`` says so."""
    parts = text.split(MARK)
    return tuple(Run(part, size, bold or i % 2 == 1) for i, part in enumerate(parts) if part)


def plain(text: str) -> str:
    """The sentence without its marks."""
    return text.replace(MARK, "")
