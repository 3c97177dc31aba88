"""A page or two that stand for any document: what is signed does not matter to a signature."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO

from crf_desktop.report.archive import canvas
from crf_desktop.report.typeface import REGULAR

WHEN = datetime.fromisoformat("2026-05-06T16:43:05+08:00")
FIRST, SECOND = (42.0, 60.0, 290.0, 120.0), (305.0, 60.0, 553.0, 120.0)


@cache
def document(text: str = "Nothing in here is true 这里无一属实") -> bytes:
    """Two pages of A4, as the program writes them."""
    return _drawn(text, 2, (595.0, 842.0))


@cache
def seal(text: str) -> bytes:
    """The visible part of a signature, as large as its box."""
    return _drawn(text, 1, (FIRST[2] - FIRST[0], FIRST[3] - FIRST[1]))


def _drawn(text: str, pages: int, size: tuple[float, float]) -> bytes:
    out = BytesIO()
    pen = canvas(out, WHEN, text, "en", size)
    for page in range(pages):
        pen.setFont(REGULAR, 11)
        pen.rect(1, 1, size[0] - 2, size[1] - 2)
        pen.drawString(10, size[1] - 25, f"{text} · {page + 1}/{pages}")
        pen.showPage()
    pen.save()
    return out.getvalue()
