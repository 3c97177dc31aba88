"""Documents: paper to write on, summaries, casebook, lists; each is looked at first, then printed or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.documents_choice import (
    KINDS,
    OF_ONE,
    Choice,
    DocumentKind,
    forms,
    is_begun,
    refusal,
    settled,
    signed_file,
)
from crf_desktop.ui.documents_fields import DocumentFields
from crf_desktop.ui.documents_list import DocumentList
from crf_desktop.ui.documents_making import DocumentMaking
from crf_desktop.ui.documents_words import DocumentWords
from crf_desktop.ui.field import Picker
from crf_desktop.ui.label import Card, Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.notice_strip import NoticeStrip
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.worker import Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.print_sheet import Paper, WhenWhole

LEFT = 304
"""Of the list."""


class DocumentsPage(Page):
    """The list at the left, what is asked about the chosen one at the right, one primary action."""

    place = "study"
    written = Signal(str, str)
    """("", ""): something left the study, and the log says so."""
    back_asked = Signal()
    turned = Signal()
    """It is about another participant or visit: the banner is theirs."""

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.workshop = workshop
        self.study: Study | None = None
        self.choice = Choice()
        self.sheet: Sheet | None = None
        self.when_whole: WhenWhole = lambda go, what: go()
        self.words = DocumentWords(self)
        self.making = DocumentMaking(workshop, self)
        self._problem: BaseException | None = None
        self._make_parts()
        self._lay_out()
        self.list.chosen.connect(self.choose)
        self.which.chosen.connect(self.choose)
        self.fields.changed.connect(self._changed)
        self.fields.confirmed.connect(self.make)
        self.back.clicked.connect(self.back_asked)
        self.go.clicked.connect(self.make)
        self.making.progressed.connect(self._progressed)
        self.making.done.connect(self._made)
        self.making.failed.connect(self._failed)

    def _make_parts(self) -> None:
        look = self.look
        self.head, self.foot = PageHead(look), Foot(look)
        self.list = DocumentList(look, self.words)
        self.list.setFixedWidth(look.px(LEFT))
        self.which = Picker(look, 36)
        """Instead of the list, where there is no room for it."""
        self.title, self.about = Label(look, "", 21, True, wrap=True), Label(look, "", 15, wrap=True)
        self.fields = DocumentFields(look, self.words)
        self.note, self.strip = Note(look, ""), NoticeStrip(look)
        self.back, self.go = Button(look, "plain"), Button(look, "primary")
        self.reason = Label(look, "", 13, token="text_2")
        self.foot.left.addWidget(self.back)
        self.foot.right.addWidget(self.reason)
        self.foot.right.addWidget(self.go)

    def _lay_out(self) -> None:
        px = self.look.px
        self.card = Card(self.look)
        inside = column(self.card, px(12), (px(24), px(20), px(24), px(20)))
        inside.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title, self.about, self.fields, self.note):
            inside.addWidget(widget)
        inside.addStretch(1)
        whole = QWidget()
        whole.setProperty("kind", "page")
        middle = row(whole, px(16), (px(24), 0, px(24), px(16)))
        middle.addWidget(self.list)
        middle.addWidget(self.card, 1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(whole)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)
        below = column(margins=(px(24), 0, px(24), px(12)))
        below.addWidget(self.strip)
        outer.addLayout(below)
        outer.addWidget(self.foot)

    # ---- what it shows

    def wish(self, kind: DocumentKind | None, subject: str, event: str, form: str) -> None:
        """What whoever leads here has in mind; without a kind, what fits to what was on the screen."""
        kind = kind or ("form" if form else "visit" if event else "casebook" if subject else "blank")
        self.choice = evolve(
            self.choice, kind=kind, subject=subject, visit=event, form=form, label=subject, signed=False,
            book=event.partition("#")[0],
        )  # fmt: skip

    def show_study(self, study: Study, subject: str) -> None:
        """Shows what can be had of the study, and of this participant where one is named."""
        if study is not self.study:
            self.choice = evolve(self.choice, language=self.look.language, day="")
        self.study, self._problem = study, None
        choice = evolve(self.choice, subject=subject or self.choice.subject)
        if subject and choice.kind not in OF_ONE and choice.label != subject:
            choice = evolve(choice, kind="casebook")
        if choice.kind == "form" and choice.form and not is_begun(study, choice):
            choice = evolve(choice, kind="blank")  # nothing is filled in yet: paper to do so
        self.choice = settled(study, choice)
        self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.making.stop()
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.close_sheet()
        self.study, self.choice, self._problem = None, Choice(), None
        self.strip.hide()

    def start(self) -> None:
        """Gives the keyboard to the primary action, or to the list where there is none."""
        line: QWidget = self.which if self.compact() else self.list.lines[self.choice.kind]
        (self.go if self.go.isEnabled() else line).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, kind: str) -> None:
        """Another document."""
        assert self.study is not None
        self._changed(evolve(self.choice, kind=next(one for one in KINDS if one == kind)))

    def _changed(self, choice: Choice) -> None:
        if self.study is None:
            return
        before, self._problem = self.of_whom(), None
        self.choice = settled(self.study, choice)
        if self.of_whom() != before:
            self.turned.emit()
        self.retranslate()

    def of_whom(self) -> tuple[str, str]:
        """Participant and visit that the document is about; empty: nobody's, none."""
        kind, subject = self.choice.kind, self.choice.subject
        if kind in OF_ONE:
            return subject, self.choice.visit if kind in ("visit", "form") else ""
        return (self.choice.label, "") if kind == "blank" else ("", "")

    def refused(self) -> str:
        """Why the chosen document cannot be made; empty: it can."""
        assert self.study is not None
        choice = self.choice
        why = refusal(self.study, choice.kind)
        if why is not None:
            return why.sentences(self.look.language)[0]
        if choice.kind in OF_ONE and not choice.subject:
            return self.tr("No participant is enrolled yet.")
        if choice.kind in ("visit", "form") and not choice.visit:
            return self.tr("No visit of this participant has begun.")
        if choice.kind == "form" and not choice.form:
            return self.tr("No form of this visit has been begun.")
        try:
            choice.order()
        except ValueError:
            return self.tr("This is no date. Type it as year-month-day: 2026-11-22.")
        return ""

    def previewed(self) -> bool:
        """Whether the pages of a document are on the screen."""
        view = getattr(self.sheet, "view", None)
        return view is not None and bool(view.pages.drawn())

    def print_shown(self) -> None:
        """Ctrl+P once more: the preview, and from there the printer."""
        if self.sheet is None:
            self.make()
        elif isinstance(button := getattr(self.sheet, "print", None), Button):
            button.click()  # nothing where it cannot be pressed

    # ---- making

    def make(self) -> None:
        """Makes what was chosen, once the log is checked where it holds data."""
        if self.study is None or self.making.running or self.refused():
            return
        if self.choice.holds_data:
            self.when_whole(self._make, lambda: self.words.title(self.choice.kind))
        else:
            self._make()

    def _make(self) -> None:
        study, choice = self.study, self.choice
        if study is None:
            return
        if choice.kind == "visit" and choice.signed:
            self._show_signed(study, choice)
        else:
            self.making.start(study, choice.order(), choice.spoken())

    def stop(self) -> None:
        """Ends what is being made."""
        self.making.stop()
        self.strip.hide()
        self._judge()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _progressed(self, what: str, done: int, of: int) -> None:
        first = self.strip.isHidden()
        words = self.tr("Reading") if what == "read" else self.tr("Making the PDF")
        if of:
            words = self.tr("{0}: {1} of {2}").format(words, done, of)
        self.strip.show_progress(words, done, of, self.tr("Stop"), self.stop)
        if first:
            self.strip.button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._judge()

    def _made(self, pdf: bytes) -> None:
        from crf_desktop.capture.printing import at_place, file_name, record_print  # loads with the study
        from crf_desktop.ui.print_sheet import Paper

        study, choice = self.study, self.choice
        self.strip.hide()
        if study is None:
            return
        order = at_place(study, choice.order())

        def leave() -> None:
            record_print(study, order, pdf)
            if order.holds_data:
                self.written.emit("", "")

        self._show(Paper(lambda: self.words.title(choice.kind), lambda: self._above(choice), pdf, file_name(order),
                         leave, order.holds_data))  # fmt: skip

    def _show_signed(self, study: Study, choice: Choice) -> None:
        """The file that was signed, as it lies in the study."""
        from crf_desktop.capture.printing import file_name
        from crf_desktop.capture.signing import export_pdf  # loads with the signing code
        from crf_desktop.ui.print_sheet import Paper

        found = signed_file(study, choice.subject, choice.visit)
        held = study.store.document(found.digest) if found is not None else None
        if found is None or held is None:
            return
        digest = found.digest

        def leave() -> None:
            export_pdf(study, digest)
            self.written.emit("", "")

        name = file_name(choice.order()).removesuffix(".pdf") + "-signed.pdf"
        self._show(Paper(lambda: self.tr("Signed PDF"), lambda: self._above(choice), held[1], name, leave))

    def _above(self, choice: Choice) -> str:
        """Of whom, and in which language."""
        assert self.study is not None
        of_one = choice.kind in OF_ONE
        parts = [choice.subject if of_one else choice.label if choice.kind == "blank" else ""]
        if choice.kind in ("visit", "form"):
            parts.append(self.study.planned(choice.subject, choice.visit).event.title.in_(self.look.language))
        if choice.kind == "form":
            held = dict(forms(self.study, choice.subject, choice.visit, self.look.language))
            parts.append(held.get(choice.form, ""))
        parts += ["" if choice.signed and choice.kind == "visit" else self.words.language(choice.spoken())]
        return " · ".join(part for part in parts if part)

    def _show(self, paper: Paper) -> None:
        from crf_desktop.ui.print_sheet import PrintSheet  # reads Qt's printing

        def show() -> Sheet:
            sheet = PrintSheet(self.look, self, self.workshop, paper, self.when_whole)
            self._put(sheet, sheet.view.pages)
            return sheet

        show().again = show
        self._judge()

    def _put(self, sheet: Sheet, first: QWidget | None = None) -> None:
        self.sheet = sheet
        sheet.closed.connect(lambda: self._closed(sheet))
        sheet.open(first)

    def _closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None

    def _failed(self, error: BaseException) -> None:
        self.strip.hide()
        self._judge()
        if isinstance(error, Explained):
            self._tell(error)
        else:
            self._problem = error
            self._show_fault()

    def _show_fault(self) -> None:
        words = self.tr("It could not be made ({0}). The study is untouched, and no file was written.")
        told = words.format(type(self._problem).__name__)
        self.strip.show_notice(told, Glyph.WARNING, "warn_soft", self.tr("Make it again"), self.make)

    def _tell(self, problem: Explained) -> None:
        def show() -> ProblemSheet:
            told = problem_of(problem, self.words.title(self.choice.kind), self.look.language)
            act: Act = (self.tr("Back to the documents"), "primary", lambda: sheet.close_sheet())
            sheet = ProblemSheet(self.look, self, told, [act])
            self._put(sheet, sheet.first_button())
            return sheet

        show().again = show

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere does not wait for it."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        if self.making.running:
            self.making.stop()
            self.strip.hide()
        printing = getattr(self.sheet, "printing", None)
        if self.sheet is not None and not (printing is not None and printing.running):
            self.sheet.close_sheet()

    # ---- words

    def retranslate(self) -> None:
        """Puts every word into the language in force."""
        if self.study is None:
            return
        language, choice = self.look.language, self.choice
        self.head.show_words(self.tr("Documents"), self.tr("Each is shown first; then print it or save it as a PDF"))
        told = {kind: why.sentences(language)[0] for kind in KINDS if (why := refusal(self.study, kind)) is not None}
        if not self.study.subjects():
            told = dict.fromkeys(OF_ONE, self.tr("No participant is enrolled yet.")) | told
        self.list.show_words(told)
        self.list.mark(choice.kind)
        self.which.show_options([(kind, self.words.title(kind)) for kind in KINDS], choice.kind)
        self.which.setAccessibleName(f"{self.tr('Documents')}: {self.which.words()}")
        self.title.setText(self.words.title(choice.kind))
        self.about.setText(self.words.about(choice.kind))
        self.fields.show_choice(self.study, choice)
        self.note.set_text(self.words.leaving(choice.holds_data))
        self.back.setText(self.tr("Back"))
        self.go.setText(self.tr("Preview"))
        if self._problem is not None:
            self._show_fault()
        elif not self.making.running:
            self.strip.hide()
        self._judge()
        self._fold()

    def _judge(self) -> None:
        if self.study is None:
            return
        why, going = self.refused(), self.making.running
        self.reason.setText(why)
        self.go.setEnabled(not why and not going)
        self.go.setAccessibleDescription(why)
        for widget in (self.list, self.which, self.fields):
            widget.setEnabled(not going)

    def _fold(self) -> None:
        self.list.setVisible(not self.compact())
        self.which.setVisible(self.compact())
        self.title.setVisible(not self.compact())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.study is not None:
            self._fold()
