"""What a scanner looks for on a page: four corner marks and the QR code that says which page it is.

``docs/paper_format.md`` gives the places in millimetres and the text of the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import segno
from attrs import frozen
from reportlab.lib.units import mm

from crf_desktop.report.drawing import PAGE_HEIGHT, PAGE_WIDTH, RIGHT, Pen

CORNER = 5 * mm
"""Side of a corner mark, and its distance from both edges of the page."""
QR = 22 * mm
QR_LEFT, QR_TOP = RIGHT - QR, 12 * mm
FORMAT = "CRF1"
_MASK = 2
"""One of the eight masks for every page: any of them is read; to try them all takes four times as long."""


@frozen
class PageName:
    """Which page of paper this is."""

    study: str
    """OID."""
    digest: str
    """``sha256:`` and 64 hex of the definition."""
    visit: str
    """Address; ``-`` for what belongs to none."""
    form: str
    """Address; ``CONTENTS`` for a page of contents."""
    page: int
    pages: int
    subject: str = ""
    """Participant number, where a label was given."""

    @property
    def text(self) -> str:
        """``CRF1 ST.NCT06410833 7B1E94C02F5D SE.W0 F.ESSDAI 1/2 01-003``."""
        short = self.digest.removeprefix("sha256:")[:12].upper()
        parts = (FORMAT, self.study, short, self.visit, self.form, f"{self.page}/{self.pages}", self.subject)
        return " ".join(p for p in parts if p)


def corners() -> tuple[tuple[float, float], ...]:
    """Left and top of the four marks, from the top left corner of the page."""
    right, bottom = PAGE_WIDTH - 2 * CORNER, PAGE_HEIGHT - 2 * CORNER
    return ((CORNER, CORNER), (right, CORNER), (CORNER, bottom), (right, bottom))


def draw_corners(pen: Pen) -> None:
    """Four black squares."""
    for left, top in corners():
        pen.box(left, top, CORNER, CORNER, 0, 0)


@lru_cache(maxsize=16)
def modules(content: str) -> tuple[bytes, ...]:
    """The rows of the code, 1 for dark; error correction M, which bears 15 % of damage."""
    code = segno.make(content, error="m", micro=False, boost_error=False, mask=_MASK)
    return tuple(bytes(row) for row in code.matrix)


def draw_qr(pen: Pen, content: str) -> None:
    """The code at its place at the top right."""
    rows = modules(content)
    step = QR / len(rows)
    path = pen.canvas.beginPath()
    for r, row in enumerate(rows):
        for first, last in _dark(row):
            path.rect(QR_LEFT + first * step, pen.height - QR_TOP - (r + 1) * step, (last - first) * step, step)
    pen.canvas.setFillGray(0)
    pen.canvas.drawPath(path, stroke=0, fill=1)


def _dark(row: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of dark modules."""
    found, start = [], None
    for i, module in enumerate([*row, 0]):
        if module & 1 and start is None:
            start = i
        elif not module & 1 and start is not None:
            found.append((start, i))
            start = None
    return found
