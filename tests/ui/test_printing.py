"""Pages onto a printer: the same ink, whole on every paper, page by page, and nothing of them on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.ui.printing import INK, Printing, new_printer, pages_in_turn, placed, spooled_in_memory

WORDS = ("First page", "Second page", "第三页 ≥ µ č")
A4, LETTER = QSizeF(595.28, 841.89), QSizeF(612, 792)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Three pages with corner marks, a sentence each and a line."""
    from datetime import UTC, datetime

    from crf_desktop.report import archive
    from crf_desktop.report.drawing import THICK, Pen
    from crf_desktop.report.paper_mark import draw_corners
    from crf_desktop.report.typeface import Run

    out = BytesIO()
    canvas = archive.canvas(out, datetime(2027, 5, 6, tzinfo=UTC), "Pages", "en")
    for words in WORDS:
        pen = Pen(canvas)
        draw_corners(pen)
        pen.text(60, 120, Run(words, 20))
        pen.rule(60, 200, 400, 200, THICK)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def printing(qt_application: Any) -> Iterator[Printing]:
    from crf_desktop.ui.worker import Workshop

    workshop = Workshop()
    made = Printing(workshop)
    yield made
    made.stop()
    workshop.close()
    for thing in (made, workshop):
        thing.deleteLater()


def into(file: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = new_printer()
    printer.setOutputFileName(str(file))
    printer.setPageSize(QPageSize(size))
    return printer


def run(app: Any, printing: Printing, printer: QPrinter, pdf: bytes, n: int = len(WORDS)) -> list[tuple[int, int]]:
    """Prints; how far it was told to be."""
    import time

    told: list[tuple[int, int]] = []
    ended: list[object] = []
    printing.progressed.connect(lambda *at: told.append(at))
    printing.done.connect(lambda: ended.append(None))
    printing.failed.connect(ended.append)
    printing.start(printer, pdf, [(A4.width(), A4.height())] * n)
    end = time.monotonic() + 60
    while not ended:
        assert time.monotonic() < end
        app.processEvents()
        time.sleep(0.004)
    assert ended == [None]
    return told


def drawn(file: Path, folder: Path) -> list[tuple[int, int, bytes]]:
    """Every page in grey at 60 dpi, by another program: width, height, pixels."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "60", "-gray", str(file), str(folder / "p")], check=True)
    return [_pixels(page) for page in sorted(folder.iterdir())]


def _pixels(page: Path) -> tuple[int, int, bytes]:
    _, size, _, pixels = page.read_bytes().split(b"\n", 3)
    width, height = size.split()
    return int(width), int(height), pixels


def dark(page: tuple[int, int, bytes]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of everything that is dark."""
    width, height, pixels = page
    rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
    ys = [y for y, line in enumerate(rows) if min(line) < 90]
    xs = [x for x in range(width) if min(pixels[x::width]) < 90]
    return xs[0], ys[0], xs[-1], ys[-1]


@pytest.mark.requirement("REQ-38")
def test_that_what_is_printed_is_what_was_shown(
    qt_application: Any, printing: Printing, pdf: bytes, tmp_path: Path
) -> None:
    told = run(qt_application, printing, into(tmp_path / "printed.pdf"), pdf)
    assert told[0] == (0, 3) and told[-1] == (3, 3)
    (tmp_path / "shown.pdf").write_bytes(pdf)
    shown, printed = (drawn(tmp_path / f"{name}.pdf", tmp_path / name) for name in ("shown", "printed"))
    assert len(printed) == len(shown) == 3
    for one, other in zip(shown, printed, strict=True):
        assert abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1
        assert all(abs(a - b) <= 1 for a, b in zip(dark(one), dark(other), strict=True))  # as large as it was
        ink = [sum(255 - byte for byte in page[2] if byte < 250) for page in (one, other)]
        assert 0.95 < ink[0] / ink[1] < 1.05


@pytest.mark.requirement("REQ-38")
def test_that_corner_marks_fit_on_letter_paper_and_inside_what_a_printer_reaches(
    qt_application: Any, printing: Printing, pdf: bytes, tmp_path: Path
) -> None:
    run(qt_application, printing, into(tmp_path / "letter.pdf", QPageSize.PageSizeId.Letter), pdf)
    for page in drawn(tmp_path / "letter.pdf", tmp_path / "letter"):
        left, top, right, bottom = dark(page)
        assert (page[0], page[1]) == (510, 660)
        assert min(left, top) > 0 and right < 509 and bottom < 659
    for paper in (A4, LETTER):
        for edges in (QMarginsF(), QMarginsF(12, 12, 12, 36), QMarginsF(18, 18, 18, 18)):
            box = placed(A4, paper, edges)
            scale = box.width() / A4.width()
            assert scale <= 1 and abs(box.height() / A4.height() - scale) < 1e-9
            assert box.left() + INK * scale >= edges.left() - 1e-9
            assert box.top() + INK * scale >= edges.top() - 1e-9
            assert box.right() - INK * scale <= paper.width() - edges.right() + 1e-9
            assert box.bottom() - INK * scale <= paper.height() - edges.bottom() + 1e-9
    assert placed(A4, A4, QMarginsF(12, 12, 12, 12)).width() == A4.width()  # most printers: as large as it is


def test_that_range_order_copies_and_a_page_across_are_followed(
    qt_application: Any, printing: Printing, pdf: bytes, tmp_path: Path
) -> None:
    printer = into(tmp_path / "some.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    printer.setCopyCount(2)
    assert pages_in_turn(printer, 3) == [1, 2, 1, 2]
    printer.setCollateCopies(False)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_in_turn(printer, 3) == [2, 2, 1, 1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    run(qt_application, printing, printer, pdf)
    pages = drawn(tmp_path / "some.pdf", tmp_path / "some")
    assert [page[:2] for page in pages] == [(702, 496)] * 4
    (tmp_path / "shown.pdf").write_bytes(pdf)
    upright = dark(drawn(tmp_path / "shown.pdf", tmp_path / "shown")[2])
    across = dark(pages[0])
    assert all(abs(a - b) <= 2 for a, b in zip(across, (upright[1], upright[0], upright[3], upright[2]), strict=True))


def test_that_a_printer_that_takes_nothing_is_told_and_stopping_lets_go(
    qt_application: Any, printing: Printing, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    printing.failed.connect(told.append)
    with monkeypatch.context() as patched:
        patched.setattr("crf_desktop.ui.printing.begin", lambda painter, printer: False)
        printing.start(into(tmp_path / "nothing.pdf"), pdf, [(A4.width(), A4.height())] * 3)
    assert [problem.code for problem in told] == ["print.not_printed"] and not printing.running
    printing.start(into(tmp_path / "stopped.pdf"), pdf, [(A4.width(), A4.height())] * 3)
    assert printing.running
    printing.stop()
    assert not printing.running and printing.sent == 0


class Native:
    """A printer of the system's; there is none where tests run."""

    def outputFormat(self) -> Any:
        return QPrinter.OutputFormat.NativeFormat


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt hands the pages to the system in memory")
def test_that_what_qt_spools_lies_in_memory_and_never_on_the_disk(
    qt_application: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    native: Any = Native()
    with spooled_in_memory(native):
        assert os.environ["TMPDIR"] == "/dev/shm"
    assert os.environ["TMPDIR"] == str(tmp_path)
    monkeypatch.setattr("crf_desktop.ui.printing._in_memory", lambda folder: False)
    with pytest.raises(EnvironmentProblem, match="in clear"), spooled_in_memory(native):
        raise AssertionError("painted")
    assert list(tmp_path.iterdir()) == []
