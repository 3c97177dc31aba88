"""The act of signing from the window: the pages shown are signed, rows first, then the PDF in the worker process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QObject
from PySide6.QtWidgets import QFileDialog, QProgressBar

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button, Kind
from crf_desktop.ui.label import Label
from crf_desktop.ui.pdf_work import make_pdf, try_source
from crf_desktop.ui.problem_panel import Problem, ProblemSheet, problem_of
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.signing_reading import Reading
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.signing import SignedVisit
    from crf_desktop.capture.study import Study
    from crf_desktop.capture.unfinished import Kept
    from crf_desktop.model.data import Change
    from crf_desktop.report.pdf_signer import SigningSource
    from crf_desktop.ui.signing_page import SigningPage


class SigningWork(QObject):
    """Signs documents one after the other; holds a private key only while its PDF is made."""

    def __init__(self, page: SigningPage, workshop: Workshop) -> None:
        super().__init__(page)
        self.page, self.workshop = page, workshop
        self.study: Study | None = None
        self.sheet: Sheet | None = None
        self.stored: list[str] = []
        """Digests of the PDFs stored by the last act."""
        self.enrolled = False
        """Whether the last act was the first signature with this key."""
        self._waiting: deque[SignedVisit] = deque()
        self._source: SigningSource | None = None
        self._certificate: bytes | None = None
        """PEM of another certificate than the study's."""
        self._job: Job | None = None
        self._subject, self._event_words = "", ""

    def start(
        self, study: Study, documents: Sequence[Reading], source: SigningSource | None, name: str, password: str
    ) -> None:
        """Signs what was read; another certificate's key is opened first. The password is not kept."""
        if source is None:
            self._sign(study, documents, None, name, password)
            return
        self._job = self.workshop.start(try_source, source, study.clock.now(), parent=self)
        self._job.done.connect(lambda pem: self._sign(study, documents, source, name, password, pem))
        self._job.failed.connect(self._no_source)

    def _no_source(self, error: BaseException) -> None:
        """The other certificate cannot sign: nothing was written."""
        self._job = None
        if not isinstance(error, Explained):
            raise error
        self.page.show_problem(error)

    def _begin(self, study: Study, source: SigningSource | None, certificate: bytes | None = None) -> None:
        from crf_desktop.capture.acceptance import to_accept  # loads the signing code; not before the window stands

        self.study, self.stored, self._source = study, [], source
        self._job, self._certificate = None, certificate
        self.enrolled = to_accept(study) is not None
        self._waiting.clear()

    def _sign(
        self,
        study: Study,
        documents: Sequence[Reading],
        source: SigningSource | None,
        name: str,
        password: str,
        certificate: bytes | None = None,
    ) -> None:
        from crf_desktop.capture.own_certificate import require_usable  # not before the window stands
        from crf_desktop.capture.signing import sign_all_shown

        self._begin(study, source, certificate)
        try:
            if certificate is not None:
                require_usable(study, certificate)  # before any row is written
            read = [(one.shown, one.seen) for one in documents if one.shown is not None]
            self._waiting.extend(sign_all_shown(study, read, name, password))
        except Explained as problem:
            self.page.show_problem(problem)
            return
        asked = read[-1][0].asked
        self._subject, self._event_words = asked.path.subject, asked.record.event.abbreviation.en
        self._signed()

    def finish(self, study: Study, kept: Kept, rows: tuple[Change, ...], name: str, password: str) -> None:
        """Makes a PDF that a power cut or a person left out, of the very pages that were shown."""
        from crf_desktop.capture.signing import finish  # loads the signing code; not before the window stands

        self._begin(study, None)
        self.enrolled = False
        try:
            self._subject = kept.path.subject
            self._event_words = study.planned(kept.path.subject, kept.path.event_address).event.abbreviation.en
            self._waiting.append(finish(study, kept, rows, name, password))
        except Explained as problem:
            self.page.show_problem(problem)
            return
        self._signed()

    def _signed(self) -> None:
        self.page.written.emit(self._subject, "")
        self.page.left_reading()
        self._make_next()

    def forget(self) -> None:
        """The study is locked: drops what is under way."""
        if self._job is not None and self._job.running:
            self._job.cancel()
            self.workshop.abandon()
        self._close()
        self._waiting.clear()
        self.study, self._job, self._source = None, None, None

    def busy(self) -> bool:
        """Whether a PDF is being made."""
        return bool(self._waiting)

    # ---- the PDF

    def _make_next(self) -> None:
        if not self._waiting:
            self._source = None
            self.page.finished(self._subject)
            self._done()
            return
        look, page = self.page.look, self.page
        sheet = Sheet(look, page, 520, escapable=False)
        sheet.add_title(self.tr("Making the PDF"), Glyph.SIGNED, self.tr("Signed; the signatures are stored"))
        words = self.tr("The pages you read are signed in a process of its own.")
        sheet.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        sheet.body.addWidget(bar)
        sheet.add_buttons((self.tr("Stop"), "plain", self._stop))
        self._show(sheet)
        self._job = self.workshop.start(make_pdf, self._waiting[0], self._source, parent=self)
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
            self.stored.append(file_pdf(self.study, self._waiting[0], pdf, self._certificate))
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
            self.tr("The signatures are stored and valid, and so are the pages you read. Only the PDF is missing."),
            self.tr("Make it again now, or later: the signing page goes on asking for it."),
        )
        acts = [
            (self.tr("Later"), "plain", self._skip),
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
            words = self.tr("The signatures are stored; the PDF is still to be made.")
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
        acts: list[tuple[str, Kind, Callable[[], None]]] = []
        if self.enrolled:
            words = self.tr("Your first signature: what it means stands in the record and can be printed.")
            sheet.body.addWidget(Label(look, words, 13, token="text_2", wrap=True))
            acts.append((self.tr("Enrolment sheet"), "plain", self.page.enrolment_asked.emit))
        if n:
            acts.append((self.tr("Save a copy"), "plain", self._ask_copy))
        sheet.add_buttons(*acts, (self.tr("Back to the schedule"), "primary", self._leave))
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


def told_of(error: BaseException, during: str, language: str) -> Problem:
    """The failure's own sentences; of a worker that stopped, that nothing in the study has changed."""
    if isinstance(error, Explained):
        return problem_of(error, during, language)
    say = QCoreApplication.translate
    return Problem(
        "worker.stopped",
        during,
        say("SigningWork", "The worker stopped ({0}).").format(type(error).__name__),
        say("SigningWork", "Everything in the study is as it was."),
        say("SigningWork", "Try again: the worker is started anew."),
    )


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
