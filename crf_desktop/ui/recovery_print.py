"""The sheet with the recovery code straight to a printer: nothing of it ever lies in a file of ours."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.ui.look import FAMILY
from crf_desktop.ui.printing import ask_printer, begin, printers
from crf_desktop.wording import figure
from crf_desktop.wording.recovery import RECOVERY

if TYPE_CHECKING:
    from crf_desktop.report.recovery_sheet import Sheet as Paper

_MARGIN, _QR, _POINTS = 56.0, 150.0, 72


def print_sheet(host: QWidget, paper: Paper, language: str) -> bool:
    """Asks for a printer by the system's dialogue; False where none was chosen.

    Raises EnvironmentProblem ``recovery.no_printer`` where the machine knows none; and as :func:`draw`.
    """
    if not printers():
        raise EnvironmentProblem("recovery.no_printer")
    printer = ask_printer(host, len(paper.lines))
    if printer is None:
        return False
    draw(printer, paper, language)
    return True


def draw(printer: QPrinter, paper: Paper, language: str) -> None:
    """One page, or one for each share; raises EnvironmentProblem ``recovery.not_printed``, ``print.no_memory``."""
    painter = QPainter()
    if not begin(painter, printer):
        raise EnvironmentProblem("recovery.not_printed")
    scale = printer.resolution() / _POINTS
    painter.scale(scale, scale)
    for number, line in enumerate(paper.lines, 1):
        if number > 1 and not printer.newPage():
            painter.end()
            raise EnvironmentProblem("recovery.not_printed")
        _Page(painter, paper, language).fill(line, number)
    if not painter.end():
        raise EnvironmentProblem("recovery.not_printed")


class _Page:
    """Text from the top down, in points."""

    def __init__(self, painter: QPainter, paper: Paper, language: str) -> None:
        self.painter, self.paper, self.zh = painter, paper, language == "zh"
        self.top, self.width = _MARGIN, 595.0 - 2 * _MARGIN

    def fill(self, line: str, number: int) -> None:
        """Everything that the page says."""
        paper, of = self.paper, len(self.paper.lines)
        tail = "_share" if of > 1 else ""
        made = figure.moment(paper.made, "zh" if self.zh else "en")
        self.say(self.word(f"title{tail}", number, of) if tail else self.word("title"), 20, bold=True, gap=14)
        self.say(self.word("study", paper.study_oid, paper.site, paper.origin), 10)
        self.say(self.word("made", made, paper.slot), 10, gap=18)
        self.say(self.word(f"what{tail}"), 11, gap=20)
        self.code(line, shared=bool(tail))
        self.qr(line)
        for key in (f"check{tail}", "keep_1", "keep_2", "keep_3"):
            self.say(self.word(key), 10, gap=6)
        self.top += 40
        self.painter.fillRect(QRectF(_MARGIN, self.top, self.width, 0.7), QColor("black"))
        self.top += 4
        self.say(self.word("holder"), 8)

    def word(self, key: str, *values: object) -> str:
        """A word of the sheet."""
        text = RECOVERY[key][self.zh]
        return text.format(*values) if values else text

    def say(self, text: str, size: int, *, bold: bool = False, gap: float = 4) -> None:
        """A paragraph."""
        font = QFont(FAMILY)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        self.painter.setFont(font)
        room = QRectF(_MARGIN, self.top, self.width, 400)
        self.top += self.painter.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + gap
        self.painter.drawText(room, Qt.TextFlag.TextWordWrap, text)

    def code(self, line: str, *, shared: bool) -> None:
        """A code in two lines of four groups; words numbered, since the program names a wrong one by its number."""
        if shared:
            words = [f"{at}\u00a0{word}" for at, word in enumerate(line.split(), 1)]
            for text in wrap("   ".join(words), 70):
                self.say(text, 12, bold=True, gap=5)
        else:
            groups = line.split("-")
            for part in (groups[:4], groups[4:]):
                self.say("  –  ".join(part), 22, bold=True, gap=6)
        self.top += 14

    def qr(self, line: str) -> None:
        """The same to be read by a camera."""
        import segno  # few ask for it

        rows = [bytes(row) for row in segno.make(line, error="m", micro=False, boost_error=False).matrix]
        step = _QR / len(rows)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark & 1:
                    at = QRectF(_MARGIN + x * step, self.top + y * step, step + 0.05, step + 0.05)
                    self.painter.fillRect(at, QColor("black"))
        self.top += _QR + 20
