"""The signed PDFs of a participant: whose, whether they still say what holds, their level; shown, copied, stamped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action, may
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.pdf_view import PdfView
from crf_desktop.ui.pdf_work import Stamped, stamp
from crf_desktop.ui.problem_panel import Act, ProblemSheet
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.signing_work import ask_copy, told_of
from crf_desktop.ui.worker import Job, Workshop
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.capture.visit_document import VisitDocument
    from crf_desktop.ui.signing_page import SigningPage


class DocumentsSheet(Sheet):
    """One block for each document, the newest first."""

    show_asked = Signal(object)
    copy_asked = Signal(object)
    stamp_asked = Signal(object)

    def __init__(
        self, look: Look, host: QWidget, title: str, found: list[tuple[VisitDocument, str]], rights: tuple[bool, bool]
    ) -> None:
        super().__init__(look, host, 860)
        self.may_copy, self.may_stamp = rights
        self.add_title(self.tr("Signed PDFs"), Glyph.SIGNED, title)
        inside = QWidget()
        inside.setProperty("kind", "page")
        blocks = column(inside, look.px(4), (0, 0, look.px(8), 0))
        self.acts: list[Button] = []
        for one, visit in found:
            blocks.addWidget(Line(look))
            blocks.addLayout(self._block(one, visit))
        blocks.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setMinimumHeight(min(look.px(460), look.px(20) + look.px(104) * len(found)))
        scroller.setWidget(inside)
        self.body.addWidget(scroller, 1)
        self.buttons = self.add_buttons((self.tr("Close"), "primary", self.close_sheet))

    def _block(self, one: VisitDocument, visit: str) -> QGridLayout:
        look, px, top = self.look, self.look.px, Qt.AlignmentFlag.AlignTop
        grid = QGridLayout()
        grid.setContentsMargins(0, px(6), 0, px(6))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(2))
        forms = self.tr("1 form") if one.n_forms == 1 else self.tr("{0} forms").format(one.n_forms)
        grid.addWidget(Label(look, f"{visit} · {forms}", 15, True, wrap=True), 0, 0, 1, 2)
        comma = "、" if look.language == "zh" else ", "
        who = f"{comma.join(one.signers)} · {figure.moment(one.when, look.language)}"
        grid.addWidget(Label(look, who, 13, wrap=True), 1, 0, 1, 2)
        glyph, words = self._standing(one)
        grid.addWidget(Mark(look, glyph, 16), 2, 0, top)
        told = words + ("" if look.language == "zh" else " ") + self._level(one)
        grid.addWidget(Label(look, told, 13, token="text_2", wrap=True), 2, 1)
        grid.setColumnStretch(1, 1)
        acts = row(gap=px(4))
        asked = [(self.tr("Show"), self.show_asked, True), (self.tr("Save a copy"), self.copy_asked, self.may_copy)]
        asked.append((self.tr("Ask for a timestamp"), self.stamp_asked, self.may_stamp and one.pending))
        for told, signal, offered in asked:
            if offered:
                button = Button(look, "quiet", told, height=30, px=13)
                button.setAccessibleName(f"{told}, {visit}")
                button.clicked.connect(lambda _=False, s=signal: s.emit(one))
                acts.addWidget(button)
                self.acts.append(button)
        grid.addLayout(acts, 0, 2, 3, 1, top)
        return grid

    def _standing(self, one: VisitDocument) -> tuple[Glyph, str]:
        if one.standing == "current":
            return Glyph.SIGNED, self.tr("Current: it says what holds now.")
        if one.standing == "superseded":
            return Glyph.MISSING, self.tr("Superseded: something changed since, and a later PDF says what holds now.")
        return Glyph.CHANGED, self.tr("Not current: something changed after it was signed. It is to be signed again.")

    def _level(self, one: VisitDocument) -> str:
        if one.file.awaits_second:
            return self.tr("A second signature is awaited.")
        words = self.tr("Level {0}, timestamp pending.") if one.file.level == "B-B" else self.tr("Level {0}.")
        return words.format(f"PAdES {one.file.level}")


class PagesSheet(Sheet):
    """The pages of one document."""

    def __init__(self, look: Look, host: QWidget, workshop: Workshop, title: str, pdf: bytes) -> None:
        super().__init__(look, host, 1100)
        self.add_title(title, Glyph.SIGNED)
        self.view = PdfView(look, workshop)
        self.view.setMinimumHeight(max(look.px(240), host.height() - look.px(190)))
        self.body.addWidget(self.view, 1)
        self.add_buttons((self.tr("Close"), "primary", self.close_sheet))
        self.view.show_pdf(pdf)

    def close_sheet(self) -> None:
        self.view.clear()
        super().close_sheet()


class DocumentDesk(QObject):
    """Opens the sheets and carries out what they ask."""

    def __init__(self, look: Look, workshop: Workshop, signing: SigningPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look, self.workshop, self.signing = look, workshop, signing
        self.sheet: Sheet | None = None
        self._study: Study | None = None
        self._at: tuple[QWidget, str, str] | None = None
        self._job: Job | None = None

    def forget(self) -> None:
        """The study is locked."""
        if self._job is not None:
            self._job.cancel()
        self._study, self._at, self._job = None, None, None
        self._close()

    def open(self, study: Study, host: QWidget, subject: str, event: str = "") -> None:
        """The documents of a participant, or of one visit."""
        self._study, self._at = study, (host, subject, event)
        self._open()

    def _open(self) -> None:
        from crf_desktop.capture.visit_document import visit_documents  # loads with the signing code

        if self._study is None or self._at is None:
            return
        study, (host, subject, event) = self._study, self._at
        found = [(one, self._visit(one.event)) for one in visit_documents(study, subject, event)]

        def show() -> DocumentsSheet:
            told = [(one, self._visit(one.event)) for one, _ in found]
            sheet = DocumentsSheet(self.look, host, subject, told, (study.may(Action.EXPORT), self._may_stamp()))
            sheet.show_asked.connect(self._show)
            sheet.copy_asked.connect(self._copy)
            sheet.stamp_asked.connect(self._stamp)
            self._put(sheet)
            return sheet

        show().again = show

    def _put(self, sheet: Sheet, first: QWidget | None = None, after: Callable[[], None] | None = None) -> None:
        """Shows a card in the place of the one before; ``after`` when a person closes it."""
        self._close()
        self.sheet = sheet
        sheet.closed.connect(lambda: self._gone(sheet, after))
        sheet.open(first)

    def _close(self) -> None:
        before, self.sheet = self.sheet, None
        if before is not None:
            before.close_sheet()

    def _gone(self, sheet: Sheet, after: Callable[[], None] | None) -> None:
        if self.sheet is sheet:
            self.sheet = None
            if after is not None:
                after()

    def _visit(self, event: str) -> str:
        assert self._study is not None and self._at is not None
        return self._study.planned(self._at[1], event).event.title.in_(self.look.language)

    def _may_stamp(self) -> bool:
        """Whether an authority is set, and this person may ask it."""
        from crf_desktop.capture.time_authority import time_authority  # loads with the signing code

        study = self._study
        if study is None or study.store.read_only or time_authority(study.store) is None:
            return False
        role = study.session.person.role
        return may(role, Action.SIGN) or may(role, Action.CONFIGURE)

    def _show(self, one: VisitDocument) -> None:
        assert self._study is not None and self._at is not None
        found = self._study.store.document(one.digest)
        if found is None:
            from crf_desktop.errors import Refused

            self._tell(Refused("document.unknown"))
            return
        sheet = PagesSheet(self.look, self._at[0], self.workshop, f"{self._at[1]} · {self._visit(one.event)}", found[1])
        sheet.view.failed.connect(self._tell)
        self._put(sheet, sheet.view.pages, self._open)  # back to the list

    def _copy(self, one: VisitDocument) -> None:
        assert self._study is not None and self._at is not None
        self.signing.study = self._study
        event = self._study.planned(self._at[1], one.event).event
        ask_copy(self.signing, one.digest, event.abbreviation.en)

    # ---- timestamps

    def _stamp(self, one: VisitDocument) -> None:
        """Asks the authority in the worker; what comes of it is filed as a newer file."""
        from crf_desktop.capture.timestamping import to_stamp  # loads with the signing code

        study = self._study
        if study is None:
            return
        try:
            asked = to_stamp(study, one.digest)
        except Explained as problem:
            self._tell(problem)
            return
        self._wait()
        self._job = self.workshop.start(stamp, asked, study.clock.now(), parent=self)
        self._job.done.connect(lambda made: self._stamped(asked.digest, one.file.level, made))
        self._job.failed.connect(self._tell)

    def _wait(self) -> None:
        assert self._at is not None
        sheet = Sheet(self.look, self._at[0], 520, escapable=False)
        sheet.add_title(self.tr("Asking for a timestamp"), Glyph.SIGNED)
        words = self.tr("Only the SHA-256 of the file leaves this computer.")
        sheet.body.addWidget(Label(self.look, words, 15, token="text_2", wrap=True))
        sheet.add_buttons((self.tr("Stop"), "plain", self._stop))
        self._put(sheet)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.workshop.abandon()
        self._job = None
        self._open()

    def _stamped(self, digest: str, before: str, made: Stamped) -> None:
        from crf_desktop.capture.filed_pdf import file_upgrade  # loads with the signing code

        self._job = None
        if self._study is None:
            return
        try:
            if made.level != before:
                file_upgrade(self._study, digest, made.pdf, made.level)
                self.signing.written.emit("", "")
        except Explained as problem:
            self._tell(problem)
            return
        if made.problem is not None:
            self._tell(made.problem)
        else:
            self._open()

    def _tell(self, error: BaseException) -> None:
        """What went wrong; then the list again."""
        self._job = None
        if self._at is None:
            return
        host, during = self._at[0], self.tr("Signed PDFs")

        def show() -> ProblemSheet:
            act: Act = (self.tr("Back to the list"), "primary", self._open)
            sheet = ProblemSheet(self.look, host, told_of(error, during, self.look.language), [act])
            self._put(sheet)
            return sheet

        show().again = show
