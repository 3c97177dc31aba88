"""Pages of a PDF in memory onto a printer, one by one: drawn in the worker process, and never in a file of ours."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QStorageInfo, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.ui import pdf_work
from crf_desktop.ui.worker import Job, Workshop

DPI: Final = 300
"""Dots per inch that a page is drawn with at most; a page of A4 then takes 9 MB in grey, one at a time."""
INK: Final = 14.0
"""Points along the edges of a page that every document leaves white: the corner marks begin 5 mm from them."""
EDGE: Final = 8.5
"""Points that stay white on the paper, whatever the printer says of itself: 3 mm."""
POINTS: Final = 72
_IN_MEMORY: Final = (b"tmpfs", b"ramfs")


def printers() -> list[str]:
    """Names of the printers that this computer knows."""
    return [str(name) for name in QPrinterInfo.availablePrinterNames()]


def new_printer() -> QPrinter:
    """A4 upright, drawn to the edges; what the queue shows as the name of the job tells nothing."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("CRF Desktop")
    printer.setCreator("CRF Desktop")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setFullPage(True)
    return printer


def ask_printer(host: QWidget, pages: int) -> QPrinter | None:
    """The system's dialogue; None where nobody chose a printer.

    It does not offer to print into a file: that would leave the study without a row of the log.
    """
    printer = new_printer()
    dialogue = QPrintDialog(printer, host)
    option = QPrintDialog.PrintDialogOption
    dialogue.setOption(option.PrintToFile, False)
    dialogue.setOption(option.PrintPageRange, pages > 1)
    dialogue.setOption(option.PrintCollateCopies, True)
    dialogue.setMinMax(1, pages)
    accepted = dialogue.exec() == QPrintDialog.DialogCode.Accepted
    dialogue.deleteLater()
    return printer if accepted else None


@contextlib.contextmanager
def spooled_in_memory(printer: QPrinter) -> Iterator[None]:
    """While it lasts, what Qt puts together for a CUPS queue lies in memory, not in a temporary file on the disk.

    Qt takes the place from ``TMPDIR`` when it begins to paint (``cupsTempFd`` in qcupsprintengine). Raises
    EnvironmentProblem ``print.no_memory`` where this computer has no folder in memory.
    """
    if sys.platform != "linux" or printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        yield  # the system's own spooler takes it from memory; a file is where somebody asked for it
        return
    folder = next((place for place in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm") if _in_memory(place)), "")
    if not folder:
        raise EnvironmentProblem("print.no_memory")
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _in_memory(folder: str) -> bool:
    return bool(folder) and os.access(folder, os.W_OK) and QStorageInfo(folder).fileSystemType().data() in _IN_MEMORY


def begin(painter: QPainter, printer: QPrinter) -> bool:
    """Begins to paint; nothing of it goes to the disk."""
    with spooled_in_memory(printer):
        return painter.begin(printer)


def placed(page: QSizeF, paper: QSizeF, margins: QMarginsF) -> QRectF:
    """Where a page lies on a sheet of paper that a printer cannot print to its edges; all in points.

    As large as it is, where all its ink fits; else smaller, until the corner marks fit. Never larger.
    """
    kept = QMarginsF(*(max(edge, EDGE) for edge in (margins.left(), margins.top(), margins.right(), margins.bottom())))
    room = QRectF(0, 0, paper.width(), paper.height()).marginsRemoved(kept)
    scale = min(1.0, room.width() / (page.width() - 2 * INK), room.height() / (page.height() - 2 * INK))
    width, height, edge = page.width() * scale, page.height() * scale, INK * scale

    def moved(start: float, low: float, high: float, length: float) -> float:
        return max(low - edge, min(start, high + edge - length))

    left = moved((paper.width() - width) / 2, room.left(), room.right(), width)
    top = moved((paper.height() - height) / 2, room.top(), room.bottom(), height)
    return QRectF(left, top, width, height)


def pages_in_turn(printer: QPrinter, n_pages: int) -> list[int]:
    """Pages (from 0) as they leave the printer: range, order, and copies where it cannot make them itself."""
    pages = list(range(n_pages))
    ranges = printer.pageRanges()
    if printer.printRange() == QPrinter.PrintRange.PageRange and not ranges.isEmpty():
        pages = [page for page in pages if ranges.contains(page + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return pages * copies
    return [again for page in pages for again in repeat(page, copies)]


class Printing(QObject):
    """One PDF on its way to one printer; holds one page at a time."""

    progressed = Signal(int, int)
    """(pages drawn, in all)"""
    done = Signal()
    failed = Signal(object)
    """(what went wrong); ``sent`` pages were drawn before."""

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self.sent = self.of = 0
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._pdf = b""
        self._sizes: Sequence[tuple[float, float]] = ()
        self._turn: list[int] = []
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        """Whether pages are on their way."""
        return self._printer is not None

    def start(self, printer: QPrinter, pdf: bytes, sizes: Sequence[tuple[float, float]]) -> None:
        """Begins; ``sizes`` of the pages in points."""
        self._printer, self._pdf, self._sizes = printer, pdf, sizes
        self._turn = pages_in_turn(printer, len(sizes))
        self.sent, self.of = 0, len(self._turn)
        self._painter = QPainter()
        try:
            begun = bool(self._turn) and begin(self._painter, printer)
        except EnvironmentProblem as problem:
            self._fail(problem)
            return
        if not begun:
            self._fail(EnvironmentProblem("print.not_printed"))
            return
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._next()

    def stop(self) -> None:
        """Draws no further page; what was drawn may come out."""
        if self._job is not None:
            self._job.cancel()
        if self._printer is not None and self._painter is not None and self._painter.isActive():
            self._printer.abort()
        self._end()

    def _end(self) -> bool:
        """Lets go of printer and pages; whether the printer took them."""
        painter, self._painter = self._painter, None
        taken = painter is not None and painter.isActive() and painter.end()
        del painter  # before what it painted on
        self._printer, self._job, self._pdf, self._sizes, self._turn = None, None, b"", (), []
        return taken

    def _fail(self, error: BaseException) -> None:
        self._end()
        self.failed.emit(error)

    def _next(self) -> None:
        """Has the page whose turn it is drawn, as wide as the printer shows it."""
        assert self._printer is not None
        self.progressed.emit(self.sent, self.of)
        number = self._turn[self.sent]
        _, box = self._place(number)
        dots = min(DPI, self._printer.resolution())
        width = max(1, round(box.width() / POINTS * dots))
        self._job = self.workshop.start(pdf_work.page_image, self._pdf, number, width, True, parent=self)
        self._job.done.connect(self._drawn)
        self._job.failed.connect(self._fail)

    def _place(self, number: int) -> tuple[bool, QRectF]:
        """Whether the page is turned to lie along the paper, and where it then lies, in points."""
        assert self._printer is not None
        layout = QPageLayout(self._printer.pageLayout())
        layout.setUnits(QPageLayout.Unit.Point)
        size, paper = QSizeF(*self._sizes[number]), layout.fullRect().size()
        edges = layout.minimumMargins()
        turned = (size.width() > size.height()) != (paper.width() > paper.height())
        if turned:
            paper.transpose()
            edges = QMarginsF(edges.bottom(), edges.left(), edges.top(), edges.right())
        return turned, placed(size, paper, edges)

    def _drawn(self, drawn: pdf_work.PageImage) -> None:
        printer, painter = self._printer, self._painter
        if printer is None or painter is None:
            return
        if self.sent and not printer.newPage():
            self._fail(EnvironmentProblem("print.not_printed"))
            return
        self._paint(painter, self._turn[self.sent], _image_of(drawn), printer.resolution() / POINTS)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            self._fail(EnvironmentProblem("print.not_printed"))
            return
        self.sent += 1
        self.progressed.emit(self.sent, self.of)
        if self.sent < self.of:
            self._next()
        elif self._end():
            self.done.emit()
        else:
            self.failed.emit(EnvironmentProblem("print.not_printed"))

    def _paint(self, painter: QPainter, number: int, image: QImage, scale: float) -> None:
        turned, box = self._place(number)
        painter.save()
        painter.scale(scale, scale)
        if turned:
            painter.translate(0, self._sheet_height())
            painter.rotate(-90)
        painter.drawImage(box, image)
        painter.restore()

    def _sheet_height(self) -> float:
        assert self._printer is not None
        return self._printer.pageLayout().fullRectPoints().height()


def _image_of(drawn: pdf_work.PageImage) -> QImage:
    """The pixels as Qt paints them, grey as every document is; they must outlive it."""
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.width, QImage.Format.Format_Grayscale8)
