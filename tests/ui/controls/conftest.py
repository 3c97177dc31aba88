"""The look in force and windows that are taken down again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from crf_desktop.model import layout
from crf_desktop.ui import style
from crf_desktop.ui.look import Look, load_fonts
from tests.ui.controls.window import Window

Open = Callable[..., Window]


@pytest.fixture
def look(qt_application: QApplication) -> Iterator[Look]:
    """A fresh look in force."""
    load_fonts()
    found = Look()
    style.apply(qt_application, found)
    yield found
    qt_application.setStyleSheet("")


@pytest.fixture
def window(look: Look) -> Iterator[Open]:
    """Opens a block in a window."""
    made: list[Window] = []

    def make(block: layout.Block, width: int = 1280) -> Window:
        made.append(Window(block, look, width))
        return made[-1]

    yield make
    for one in made:
        one.window.close()
        one.window.deleteLater()
