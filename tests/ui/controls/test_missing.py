"""The menu of missing reasons: one key, one press, a remark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from crf_desktop.ui.controls.missing import MissingMenu
from crf_desktop.ui.look import Look


class Page:
    """A window with a field, a button and the menu."""

    def __init__(self, look: Look) -> None:
        self.window = QWidget()
        self.window.resize(800, 600)
        self.field, self.button = QLineEdit(), QPushButton("answer")
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.pressed = 0
        self.button.clicked.connect(self._press)
        self.menu = MissingMenu(look, self.window)
        self.heard: list[tuple[str, str]] = []
        self.menu.chosen.connect(lambda flavor, remark: self.heard.append((flavor, remark)))
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()
        self.field.setFocus()

    def _press(self) -> None:
        self.pressed += 1

    def ask(self, flavor: str = "", remark: str = "") -> None:
        self.menu.ask(self.field, "Date of birth", flavor, remark)
        QApplication.processEvents()


@pytest.fixture
def page(look: Look) -> Iterator[Page]:
    made = Page(look)
    yield made
    made.menu.close_menu()
    made.window.close()
    made.window.deleteLater()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize(("key", "flavor"), [("d", "ND"), ("a", "NA"), ("u", "UNK"), ("r", "REF")])
def test_that_one_letter_gives_the_reason(page: Page, key: str, flavor: str) -> None:
    page.ask()
    QTest.keyClicks(focused(), key)
    assert page.heard == [(flavor, "")]
    assert not page.menu.isVisible()
    assert focused() is page.field


def test_that_one_press_gives_the_reason_with_the_remark(page: Page) -> None:
    page.ask()
    page.menu.remark.setFocus()
    QTest.keyClicks(page.menu.remark, "tube haemolysed")
    place = page.menu.reasons.places()[0][1].center().toPoint()
    QTest.mouseClick(page.menu.reasons, Qt.MouseButton.LeftButton, pos=place)
    assert page.heard == [("ND", "tube haemolysed")]


def test_that_enter_in_the_remark_keeps_the_reason_that_stands(page: Page) -> None:
    page.ask("UNK", "not in the file")
    page.menu.remark.setFocus()
    QTest.keyClicks(page.menu.remark, "s")
    QTest.keyClick(page.menu.remark, Qt.Key.Key_Return)
    assert page.heard == [("UNK", "not in the files")]


def test_that_escape_answers_nothing(page: Page) -> None:
    page.ask()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert (page.heard, page.menu.isVisible()) == ([], False)


def test_that_a_press_outside_closes_and_presses_nothing_else(page: Page) -> None:
    page.ask()
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton, pos=QPoint(700, 10))
    assert (page.heard, page.pressed, page.menu.isVisible()) == ([], 0, False)


def test_that_the_menu_stays_inside_the_window(page: Page) -> None:
    page.window.resize(340, 420)
    page.menu.ask(page.button, "Date of birth")
    QApplication.processEvents()
    assert page.window.rect().contains(page.menu.geometry())
