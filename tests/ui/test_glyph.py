"""Glyphs: every one is drawn, stays in its box, and is told from every other in grey print."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import BOX, Glyph, shapes
from crf_desktop.ui.glyph import draw
from crf_desktop.ui.look import LIGHT, Look


def grey(glyph: Glyph) -> bytes:
    image = QImage(32, 32, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    draw(painter, glyph, QRectF(0, 0, 32, 32), Look())
    painter.end()
    return bytes(image.constBits())


def test_that_every_glyph_differs_from_every_other_in_grey(qt_application: QApplication) -> None:
    same_by_meaning = {Glyph.COMPLETE: Glyph.MET}
    pictures = {g: grey(g) for g in Glyph}
    blank = bytes([255]) * 32 * 32
    for one, picture in pictures.items():
        assert picture != blank
        others = [g for g, p in pictures.items() if p == picture and g is not one]
        assert others in ([], [same_by_meaning.get(one, Glyph.COMPLETE)])


def test_that_every_glyph_stays_in_its_box_and_uses_known_colours() -> None:
    for glyph in Glyph:
        for shape in shapes(glyph):
            assert hasattr(LIGHT, shape.token)
            assert all(-0.01 <= n <= BOX + 0.01 for _, points in shape.commands for n in points)


def test_that_every_form_state_has_a_glyph() -> None:
    assert {Glyph(state) for state in FormState} <= set(Glyph)
