"""The style sheet: every token and measure resolves, colours stand in the tokens alone, contrast holds."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

import crf_desktop.ui
from crf_desktop.ui import style
from crf_desktop.ui.focus_ring import FocusRing
from crf_desktop.ui.look import DARK, LIGHT, Look, Tokens

TEXT = ("text", "text_2", "text_3")
GROUNDS = ("canvas", "surface", "raised", "sunken")
PAIRS = [
    *product(TEXT, GROUNDS), ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_press"),
    ("accent_text", "accent_soft"), ("ok", "ok_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"),
    ("query", "query_soft"), ("disabled", "disabled_soft"),
]  # fmt: skip


def contrast(one: QColor, other: QColor) -> float:
    def light(color: QColor) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_that_every_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    weak = {p: c for p in PAIRS if (c := contrast(tokens.color(p[0]), tokens.color(p[1]))) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_that_edges_that_carry_meaning_are_seen(tokens: Tokens) -> None:
    assert all(contrast(tokens.color("control"), tokens.color(g)) >= 3 for g in GROUNDS)


def test_that_no_colour_literal_stands_outside_the_tokens() -> None:
    root = Path(crf_desktop.ui.__file__).parent
    literal = re.compile(r"""["'$ ]#[0-9A-Fa-f]{3,8}\b|Qt\.GlobalColor\.(?!transparent)|QColor\(\d""")
    found = [
        p.name for p in root.rglob("*.py") if p.name != "look.py" and literal.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_that_the_sheet_resolves_and_scales(qt_application: QApplication, scale: float) -> None:
    look = Look()
    look.scale = scale
    sheet = style.style_sheet(look)
    assert "$" not in sheet
    assert f"font-size: {round(13 * scale)}px" in sheet


def test_that_a_stock_field_shows_the_ring_in_its_parent(qt_application: QApplication) -> None:
    look = Look()
    style.apply(qt_application, look)
    window = QWidget()
    column = QVBoxLayout(window)
    field, button = QLineEdit(), QPushButton("Print")
    column.addWidget(field)
    column.addWidget(button)
    window.show()
    window.activateWindow()
    field.setFocus()
    qt_application.processEvents()
    ring = qt_application.findChild(FocusRing)
    assert ring is not None and ring._frame is not None
    assert ring._frame.geometry() == field.geometry().adjusted(-4, -4, 4, 4)
    button.setFocus()
    assert ring._frame.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    window.close()
    window.deleteLater()
    qt_application.setStyleSheet("")


@pytest.mark.parametrize(("touch", "height"), [(False, 36), (True, 48)])
def test_that_rows_of_a_list_are_as_high_as_a_control(qt_application: QApplication, touch: bool, height: int) -> None:
    look = Look()
    look.touch = touch
    style.apply(qt_application, look)
    menu = QMenu()
    for words in ("mg/L", "毫克/升"):
        menu.addAction(words)
    menu.ensurePolished()
    menu.adjustSize()
    assert {menu.actionGeometry(action).height() for action in menu.actions()} == {look.px(height)}
    menu.deleteLater()
    qt_application.setStyleSheet("")


def test_that_another_language_does_not_have_the_style_sheet_read_again(
    qt_application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Look()
    style.apply(qt_application, look)
    read: list[str] = []
    monkeypatch.setattr(QApplication, "setStyleSheet", lambda app, sheet: read.append(sheet))
    look.set_language("zh")
    assert read == []
    look.set_dark(True)
    assert len(read) == 1
    monkeypatch.undo()
    qt_application.setStyleSheet("")
