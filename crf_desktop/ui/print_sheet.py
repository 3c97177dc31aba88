"""A document before it goes anywhere: its pages as they will be, then to a printer or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import field, frozen
from PySide6.QtCore import QDir, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.notice_strip import NoticeStrip
from crf_desktop.ui.page import row
from crf_desktop.ui.pdf_view import PdfView
from crf_desktop.ui.printing import Printing, ask_printer, printers
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.worker import Workshop

Go = Callable[[], None]
WhenWhole = Callable[[Go, Callable[[], str]], None]
"""Does something once the whole log is checked; the words say what waits for it."""


@frozen
class Paper:
    """A PDF in memory, and what has to be said before it leaves."""

    title: Callable[[], str]
    """In the language in force."""
    above: Callable[[], str]
    """A small line over it: of whom, in which language."""
    pdf: bytes = field(repr=False)
    file_name: str
    """Offered; never with a participant number in it."""
    leave: Go = lambda: None
    """Records that it leaves the study; raises Explained where it may not."""
    holds_data: bool = True


class PrintSheet(Sheet):
    """Preview; Print, Save PDF, Close. The strip above the buttons keeps the last thing that was done."""

    def __init__(self, look: Look, host: QWidget, workshop: Workshop, paper: Paper, when_whole: WhenWhole) -> None:
        super().__init__(look, host, 1100)
        self.paper, self._when_whole = paper, when_whole
        self._printers: list[str] | None = None
        self.said: Callable[[PrintSheet], None] | None = None
        """The last thing that was done, in the language in force."""
        self._add_head()
        self.view = PdfView(look, workshop)
        self.view.setMinimumHeight(max(look.px(180), host.height() - look.px(208)))
        self.view.failed.connect(self._not_shown)
        self.body.addWidget(self.view, 1)
        self.strip = NoticeStrip(look)
        self.body.addWidget(self.strip)
        self.left, self.save, self.print = self.add_buttons(
            (self.tr("Close"), "plain", self.cancel),
            (self.tr("Save PDF…"), "plain", self.ask_place),
            (self.tr("Print…"), "primary", self.ask_print),
        )
        self.printing = Printing(workshop, self)
        self.printing.progressed.connect(self._progressed)
        self.printing.done.connect(self._printed)
        self.printing.failed.connect(self._not_printed)
        self.view.pages.current_changed.connect(lambda _: self._judge())
        self.view.show_pdf(paper.pdf)
        self._judge()
        QTimer.singleShot(0, self, self._look_for_printers)  # the pages first: a print server may be slow

    def _add_head(self) -> None:
        look, line = self.look, row(gap=self.look.px(12))
        self.name = self.paper.title()
        line.addWidget(Label(look, self.name, 21, True))
        line.addWidget(Label(look, self.paper.above(), 13, token="text_2"), 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)

    # ---- what may be done now

    def _look_for_printers(self) -> None:
        self._printers = printers()
        if not self._printers and self.said is None:
            self._say(PrintSheet._say_no_printer)
        self._judge()

    def _judge(self) -> None:
        going, pages = self.printing.running, bool(self.view.pages.sizes)
        none = self._printers == []
        self.print.setEnabled(pages and not going and not none)
        self.print.set_kind("plain" if none else "primary")
        self.save.setEnabled(not going)
        self.save.set_kind("primary" if none else "plain")
        self.left.setEnabled(not going)

    def _say(self, told: Callable[[PrintSheet], None]) -> None:
        self.said = told
        told(self)
        self._place()

    def take_over(self, old: Sheet) -> None:
        """In another language: what was said last is said again."""
        super().take_over(old)
        if isinstance(old, PrintSheet) and old.said is not None:
            self._say(old.said)

    def cancel(self) -> None:
        if not self.printing.running:
            self.close_sheet()

    def close_sheet(self) -> None:
        """Forgets the pages; what was on its way to a printer ends."""
        self.printing.stop()
        self.view.clear()
        super().close_sheet()

    def _speak(self) -> None:
        if not self.printing.running:
            super()._speak()

    def _not_shown(self, error: BaseException) -> None:
        kind = type(error).__name__
        self._say(lambda sheet: sheet._say_not_shown(kind))

    def _say_not_shown(self, kind: str) -> None:
        self._warn(self.tr("The pages could not be drawn ({0}). Close, and make it again.").format(kind))

    def _warn(self, words: str) -> None:
        self.strip.show_notice(words, Glyph.WARNING, "warn_soft")

    def _refused(self, problem: Explained) -> None:
        """What happened, what was kept, what to do."""

        def told(sheet: PrintSheet) -> None:
            words = problem.sentences(sheet.look.language)
            space = "" if sheet.look.language == "zh" else " "
            sheet._warn(space.join(part for part in words if part))

        self._say(told)

    # ---- printing

    def ask_print(self) -> None:
        """The system's dialogue, once the log is checked where data leave the study."""
        if self.paper.holds_data:
            self._when_whole(self._ask_print, lambda: self.tr("Print"))
        else:
            self._ask_print()

    def _ask_print(self) -> None:
        if not self._here():
            return
        self._printers = printers()
        if not self._printers:
            self._say(PrintSheet._say_no_printer)
            self._judge()
            return
        printer = ask_printer(self, len(self.view.pages.sizes))
        if printer is None or not self._here():  # it may have been locked behind the dialogue
            return
        try:
            self.paper.leave()
        except Explained as problem:
            self._refused(problem)
            return
        self.printing.start(printer, self.paper.pdf, self.view.pages.sizes)
        if self.printing.running:
            self.strip.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _here(self) -> bool:
        return not self.isHidden() and bool(self.view.pages.sizes)

    def _say_no_printer(self) -> None:
        words = self.tr("This computer knows no printer. Save the PDF and print it elsewhere, or connect one.")
        self.strip.show_notice(words, Glyph.INFO, "sunken", self.tr("Look again"), self._look_again)

    def _look_again(self) -> None:
        self._printers = printers()
        if self._printers:
            self.said = None
            self.strip.hide()
        self._judge()

    def _progressed(self, done: int, of: int) -> None:
        words = self.tr("On its way to the printer: page {0} of {1}").format(min(done + 1, of), of)
        self.strip.show_progress(words, done, of, self.tr("Stop"), self._stop)
        self._judge()
        self._place()

    def _stop(self) -> None:
        sent, of = self.printing.sent, self.printing.of
        self.printing.stop()
        self._ended(lambda sheet: sheet._say_stopped(sent, of))

    def _ended(self, told: Callable[[PrintSheet], None]) -> None:
        """Nothing is on its way any more: says what came of it, and gives the keyboard back."""
        self._say(told)
        self._judge()
        self.left.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_stopped(self, sent: int, of: int) -> None:
        words = self.tr("Stopped after page {0} of {1}. What was drawn may still come out: look at the printer.")
        self._warn(words.format(sent, of))

    def _printed(self) -> None:
        n = self.printing.sent
        self._ended(lambda sheet: sheet._say_printed(n))

    def _say_printed(self, n: int) -> None:
        one = self.tr("1 page went to the printer.")
        words = one if n == 1 else self.tr("{0} pages went to the printer.").format(n)
        if self.paper.holds_data:
            words += ("" if self.look.language == "zh" else " ") + self.tr("A print queue may keep what it printed.")
        self.strip.show_notice(words, Glyph.COMPLETE, "sunken")

    def _not_printed(self, error: BaseException) -> None:
        sent, of = self.printing.sent, self.printing.of
        if isinstance(error, Explained) and not sent:
            self._refused(error)
            self._judge()
        else:
            self._ended(lambda sheet: sheet._say_broken(sent, of))

    def _say_broken(self, sent: int, of: int) -> None:
        words = self.tr("The printer stopped after page {0} of {1}. Look at what came out, then print from page {2}.")
        self._warn(words.format(sent, of, min(sent + 1, of)))

    # ---- saving

    def ask_place(self) -> None:
        """Where the file goes, once the log is checked where data leave the study."""
        if self.paper.holds_data:
            self._when_whole(self._ask_place, lambda: self.tr("Save the PDF"))
        else:
            self._ask_place()

    def _ask_place(self) -> None:
        if self.isHidden():
            return
        offered = str(Path(QDir.homePath()) / self.paper.file_name)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the PDF"), offered, "PDF (*.pdf)")
        if chosen and not self.isHidden():
            self.write(Path(chosen))

    def write(self, target: Path) -> None:
        """Records that it leaves, then writes the file, whole or not at all."""
        from crf_desktop.capture.filing import whole_file  # loads with the study

        try:
            with whole_file(target) as file:
                file.write(self.paper.pdf)
                self.paper.leave()
        except Explained as problem:
            self._refused(problem)
            return
        self._say(lambda sheet: sheet._say_saved(str(target)))

    def _say_saved(self, place: str) -> None:
        words = self.tr("Saved: {0}").format(place)
        if self.paper.holds_data:
            words += " · " + self.tr("It is not encrypted: keep it as the protocol says.")
        self.strip.show_notice(words, Glyph.COMPLETE, "sunken")
