"""Pages of a PDF on the screen: drawn elsewhere, sharp, moved by key, counted as read only when they were in view."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from crf_desktop.ui import pdf_page

WORDS = ("First page", "Second page", "第三页")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Three pages, each with a sentence."""
    from datetime import UTC, datetime

    from crf_desktop.report import archive
    from crf_desktop.report.drawing import Pen
    from crf_desktop.report.typeface import Run

    out = BytesIO()
    canvas = archive.canvas(out, datetime(2027, 5, 6, tzinfo=UTC), "Pages", "en")
    for words in WORDS:
        pen = Pen(canvas)
        pen.text(60, 120, Run(words, 20))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def view(qt_application: Any, pdf: bytes) -> Iterator[Any]:
    from PySide6.QtCore import QCoreApplication, QEvent

    from crf_desktop.ui.look import Look
    from crf_desktop.ui.pdf_view import PdfView
    from crf_desktop.ui.worker import Workshop

    look, workshop = Look(), Workshop()
    made = PdfView(look, workshop)
    made.reading = True
    made.resize(700, 500)
    made.show()
    made.show_pdf(pdf)
    wait(qt_application, lambda: made.pages.drawn())
    yield made
    made.clear()
    workshop.close()
    made.close()
    for thing in (made, look, workshop):
        thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait(app: Any, until: Callable[[], bool]) -> None:
    import time

    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end
        app.processEvents()
        time.sleep(0.004)


def press(app: Any, view: Any, key: Any, control: bool = False) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(view.pages, key, held)
    wait(app, view.pages.drawn)


def test_that_pages_are_read_when_every_part_was_in_view_and_not_by_jumping_to_the_end(
    qt_application: Any, view: Any
) -> None:
    from PySide6.QtCore import Qt

    assert view.number.text() == "Page 1 of 3" and view.left.text() == "3 still to read"
    press(qt_application, view, Qt.Key.Key_End)
    assert view.number.text() == "Page 3 of 3" and not view.pages.read_whole()
    while not view.pages.read_whole():
        view.left.click()
        wait(qt_application, view.pages.drawn)
    assert view.read.text() == "read to the end" and not view.left.isVisible()


def test_that_keys_turn_pages_and_change_the_size(qt_application: Any, view: Any) -> None:
    from PySide6.QtCore import Qt

    press(qt_application, view, Qt.Key.Key_Right)
    assert view.pages.current == 1
    press(qt_application, view, Qt.Key.Key_Left)
    assert view.pages.current == 0
    press(qt_application, view, Qt.Key.Key_Plus, control=True)
    assert view.pages.zoom == 1.25 and view.sized.text() == "125 %"
    press(qt_application, view, Qt.Key.Key_0, control=True)
    assert view.pages.zoom == 1.0


def test_that_a_page_is_drawn_with_as_many_pixels_as_it_takes_on_the_screen(view: Any) -> None:
    image = view.pages._images[0]
    assert image.width() == round(view.pages._wide() * view.devicePixelRatioF())
    assert image.pixelColor(4, 4).name() == "#ffffff"
    dark = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(0, image.height(), 5)]
    assert min(dark) < 60


def test_that_pages_that_are_no_pdf_are_told(qt_application: Any, view: Any) -> None:
    told: list[object] = []
    view.failed.connect(told.append)
    view.show_pdf(b"no pages at all")
    wait(qt_application, lambda: bool(told))
    assert view.pages.sizes == []


def test_that_a_page_is_given_as_words_to_who_has_it_read_aloud(pdf: bytes) -> None:
    assert [pdf_page.text(pdf, at).strip() for at in range(3)] == list(WORDS)
    assert [round(size[0]) for size in pdf_page.sizes(pdf)] == [595] * 3


def test_that_the_window_does_not_load_what_draws_pages() -> None:
    import subprocess

    code = "import sys, crf_desktop.ui.signing_page, crf_desktop.ui.pdf_view as v; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
