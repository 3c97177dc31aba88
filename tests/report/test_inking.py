"""What is written at once looks as reportlab would have drawn it, says the same, and leaves nothing to chance."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from crf_desktop.report import archive
from crf_desktop.report.drawing import Pen
from crf_desktop.report.inking import InkedCanvas, number
from crf_desktop.report.typeface import Run

WHEN = datetime.fromisoformat("2026-05-06T16:43:05+08:00")
MANY = "".join(map(chr, range(0x4E00, 0x4F40)))
"""More characters than one subset of the typeface holds."""
WORDS = ("Plain", "brackets (a) \\ b", "µ ≥ č β ×10⁶", "李伟 得分", "no\u00a0break", MANY)


def drawn(canvas_class: type[Canvas], monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(archive, "InkedCanvas", canvas_class)
    out = BytesIO()
    canvas = archive.canvas(out, WHEN, "Ink", "en")
    pen = Pen(canvas)
    for n, words in enumerate(WORDS):
        pen.text(40, 40 + 20 * n, Run(words, 8 + n, n % 2 == 0))
        pen.text(500, 40 + 20 * n, Run(words[:6], 8), "right", white=n == 3)
    pen.box(40, 200, 100, 30, 0.7, 0)
    pen.box(160, 200, 100, 30, 1.2)
    pen.rule(40, 250, 500, 251.37, 0.3)
    pen.dot(60, 280, 7.123)
    pen.ring(90, 280, 7, dashed=True)
    pen.stroke([(120, 270), (180, 290), (200, 262)], 3, 0.93, closed=True)
    pen.qr(300, 280, 60, "CRF:2/TEST")
    canvas.setFillGray(1)
    canvas.beginForm("again")
    canvas.setFillGray(0)
    canvas.drawString(40, 300, "Black on white, whatever came before")
    canvas.endForm()
    canvas.doForm("again")
    canvas.showPage()
    canvas.setLineWidth(1)
    canvas.line(10, 10, 200, 200)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_that_pages_look_and_read_as_reportlab_draws_them(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, inked = (pypdfium2.PdfDocument(drawn(kind, monkeypatch)) for kind in (Canvas, InkedCanvas))
    assert len(plain) == len(inked) == 2
    for before, after in zip(plain, inked, strict=True):
        one, other = (page.render(scale=2).to_numpy().astype(int) for page in (before, after))
        assert (abs(one - other).max(axis=2) > 60).mean() < 0.0005
        assert before.get_textpage().get_text_range() == after.get_textpage().get_text_range()


@given(st.floats(-99_999, 99_999, allow_nan=False))
def test_that_a_number_is_as_pdf_has_it(value: float) -> None:
    text = number(value)
    assert "e" not in text and abs(float(text) - value) <= max(0.0005 * abs(value) / 100, 0.000001)
