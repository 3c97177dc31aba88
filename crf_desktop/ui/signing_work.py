"""The act of signing from the window: rows first, then the PDF in a worker process, then the copy a person asks for."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QObject
from PySide6.QtWidgets import QFileDialog, QProgressBar

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.text import TranslatedText
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label
from crf_desktop.ui.pdf_work import make_pdf
from crf_desktop.ui.problem_panel import Problem, ProblemSheet
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.signing import SignedVisit, SigningTask
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.signing_page import SigningPage


class SigningWork(QObject):
    """Signs the ticked visits one after the other; holds a private key only while its PDF is made."""

    def __init__(self, page: SigningPage, workshop: Workshop) -> None:
        super().__init__(page)
        self.page, self.workshop = page, workshop
        self.study: Study | None = None
        self.sheet: Sheet | None = None
        self.stored: list[str] = []
        """Digests of the PDFs stored by the last act."""
        self._waiting: deque[SignedVisit] = deque()
        self._job: Job | None = None
        self._subject, self._event_words = "", ""

    def start(self, study: Study, tasks: list[SigningTask], meaning: TranslatedText, name: str, password: str) -> None:
        """Signs; the password is not kept."""
        from crf_desktop.capture.signing import (  # loads the signing code; not before the window stands
            sign_visit,
            titled,
        )

        self.study, self.stored = study, []
        self._waiting.clear()
        try:
            for task in tasks:
                self._subject, self._event_words = task.subject, titled(study, task).abbreviation.en
                self._waiting.append(
                    sign_visit(study, task.subject, task.address, task.forms, meaning, name, password)
                )
        except Explained as problem:
            if not self._waiting:
                self.page.show_problem(problem)
                return
        self.page.written.emit(self._subject, "")
        self._make_next()

    def forget(self) -> None:
        """The study is locked: drops what is under way."""
        if self._job is not None and self._job.running:
            self._job.cancel()
            self.workshop.abandon()
        self._close()
        self._waiting.clear()
        self.study, self._job = None, None

    def busy(self) -> bool:
        """Whether a PDF is being made."""
        return bool(self._waiting)

    # ---- the PDF

    def _make_next(self) -> None:
        if not self._waiting:
            self._done()
            return
        look, page = self.page.look, self.page
        sheet = Sheet(look, page, 520, escapable=False)
        sheet.add_title(self.tr("Making the PDF"), Glyph.SIGNED, self.tr("Signed; the signatures are stored"))
        sheet.body.addWidget(
            Label(
                look,
                self.tr("The visit summary is drawn and signed in a process of its own."),
                15,
                token="text_2",
                wrap=True,
            )
        )
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        sheet.body.addWidget(bar)
        sheet.add_buttons((self.tr("Stop"), "plain", self._stop))
        self._show(sheet)
        self._job = self.workshop.start(make_pdf, self._waiting[0], look.language, parent=self)
        self._job.done.connect(self._made)
        self._job.failed.connect(self._failed)

    def _show(self, sheet: Sheet) -> None:
        self._close()
        self.sheet = sheet
        buttons = sheet.card.findChildren(Button)
        sheet.open(buttons[-1] if buttons else None)

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.sheet = None

    def _done_again(self) -> Sheet:
        self._done()
        assert self.sheet is not None
        return self.sheet

    def _made(self, pdf: bytes) -> None:
        from crf_desktop.capture.signing import file_pdf  # see above

        assert self.study is not None
        try:
            self.stored.append(file_pdf(self.study, self._waiting[0], pdf))
        except Explained as problem:
            self._failed(problem)
            return
        self._waiting.popleft()
        self._make_next()

    def _failed(self, error: BaseException) -> None:
        page = self.page
        told = Problem(
            "pdf.failed",
            self.tr("Making the PDF"),
            self._why(error),
            self.tr("The signatures are stored and valid. Only the PDF is missing."),
            self.tr("Make it again now. Without it the visit stays signed, and a later signature makes a new PDF."),
        )
        acts = [
            (self.tr("Go on without a PDF"), "plain", self._skip),
            (self.tr("Make it again"), "primary", self._make_next),
        ]
        self._show(ProblemSheet(page.look, page, told, acts))  # type: ignore[arg-type]

    def _why(self, error: BaseException) -> str:
        if isinstance(error, Explained):
            return error.sentences(self.page.look.language)[0]
        return self.tr("The worker stopped ({0}).").format(type(error).__name__)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.workshop.abandon()
        self._failed(InterruptedError())

    def _skip(self) -> None:
        self._waiting.popleft()
        self._make_next()

    # ---- afterwards

    def _done(self) -> None:
        page, look = self.page, self.page.look
        sheet = Sheet(look, page, 560)
        n = len(self.stored)
        sheet.add_title(self.tr("Signed"), Glyph.SIGNED)
        words = (
            self.tr("The PDF is stored in the study.")
            if n == 1
            else self.tr("{0} PDFs are stored in the study.").format(n)
        )
        if n == 0:
            words = self.tr("The signatures are stored; there is no PDF.")
        sheet.body.addWidget(Label(look, words, 15, wrap=True))
        sheet.body.addWidget(
            Label(
                look,
                self.tr("A copy leaves the study only when you save one; that is recorded."),
                13,
                token="text_2",
                wrap=True,
            )
        )
        acts = [(self.tr("Save a copy"), "plain", self._ask_copy)] if n else []
        sheet.add_buttons(*acts, (self.tr("Back to the schedule"), "primary", self._leave))  # type: ignore[arg-type]
        self._show(sheet)
        sheet.again = self._done_again

    def _leave(self) -> None:
        self._close()
        self.page.schedule_asked.emit(self._subject)

    def _ask_copy(self) -> None:
        for digest in self.stored:
            ask_copy(self.page, digest, self._event_words)

    def save_copy(self, digest: str, target: Path) -> None:
        """The stored PDF as a file."""
        from crf_desktop.capture.filing import whole_file  # see above
        from crf_desktop.capture.signing import export_pdf

        study = self.study or self.page.study
        assert study is not None
        with whole_file(target) as file:
            file.write(export_pdf(study, digest))


def ask_copy(page: SigningPage, digest: str, visit: str) -> None:
    """Asks, once the log is checked, where the copy goes; the name offered holds no participant number."""
    page.when_whole(
        lambda: _choose_copy(page, digest, visit), lambda: QCoreApplication.translate("SigningWork", "Save a copy")
    )


def _choose_copy(page: SigningPage, digest: str, visit: str) -> None:
    offered = str(Path(QDir.homePath()) / f"visit-{visit}.pdf")
    chosen, _ = QFileDialog.getSaveFileName(
        page, QCoreApplication.translate("SigningWork", "Save a copy"), offered, "PDF (*.pdf)"
    )
    if not chosen:
        return
    try:
        page.save_copy(digest, Path(chosen))
    except Explained as problem:
        page.show_problem(problem)
    except OSError as error:
        told = Problem(
            "pdf.not_written",
            QCoreApplication.translate("SigningWork", "Save a copy"),
            QCoreApplication.translate("SigningWork", "The file could not be written ({0}).").format(
                error.strerror or ""
            ),
            QCoreApplication.translate("SigningWork", "The PDF stays in the study."),
            QCoreApplication.translate("SigningWork", "Choose another place."),
        )
        sheet = ProblemSheet(
            page.look,
            page,
            told,
            [(QCoreApplication.translate("SigningWork", "Back"), "primary", lambda: sheet.close_sheet())],
        )
        sheet.open(sheet.first_button())
