"""The signing console: what waits, what was seen and what changed; then the pages, and both components beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action, may
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.label import Card, Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.problem_panel import Act, ProblemSheet
from crf_desktop.ui.signing_detail import SigningDetail
from crf_desktop.ui.signing_foot import SigningFoot
from crf_desktop.ui.signing_list import SigningList
from crf_desktop.ui.signing_reading import Reading, SigningReading
from crf_desktop.ui.signing_source import FILE, STUDY, SourceChoice, SourceSheet
from crf_desktop.ui.signing_unfinished import UnfinishedStrip
from crf_desktop.ui.signing_work import SigningWork, told_of
from crf_desktop.ui.worker import Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.signing import SigningTask, ToSign
    from crf_desktop.capture.study import Study

Gate = Callable[[Callable[[], None], Callable[[], str]], None]
"""Does something once the log is checked; the words say what waits."""
LOW = 520
"""Logical px of height below which head and foot fold while pages are read."""
ANEW = ("sign.changed_since_shown", "sign.not_complete", "sign.not_seen")
"""Refusals after which the pages are not those any more."""


class SigningPage(Page):
    """List at left, detail at right; then the pages of what was ticked, with both components in the foot."""

    place = "signing"
    form_asked = Signal(str, str, str)
    schedule_asked = Signal(str)
    today_asked = Signal()
    documents_asked = Signal(str, str)
    enrolment_asked = Signal()
    written = Signal(str, str)

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.work = SigningWork(self, workshop)
        self.choice = SourceChoice.read()
        self._wanted, self._accepts = "", False
        self.when_checked: Gate = lambda go, what: go()
        self.when_whole: Gate = lambda go, what: go()
        """Do something once the log is checked, as far as a signature or a copy outside asks for it."""
        self._make_parts(workshop)
        self._lay_out()
        self._connect()

    def _make_parts(self, workshop: Workshop) -> None:
        look = self.look
        self.head = PageHead(look)
        self.selected = Label(look, "", 13, token="text_2")
        self.seen_head = Label(look, "", 13, token="text_2")
        self.list, self.detail = SigningList(look), SigningDetail(look)
        self.empty, self.unfinished = EmptyState(look), UnfinishedStrip(look)
        self.note, self.statement = Note(look), Note(look, "", Glyph.SIGNED, "accent_soft")
        self.reading, self.foot = SigningReading(look, workshop), SigningFoot(look)
        self.name, self.password, self.sign = self.foot.name, self.foot.password, self.foot.sign

    def _lay_out(self) -> None:
        px = self.look.px
        self.card = Card(self.look)
        inside = column(self.card, 0, (1, 1, 1, px(16)))
        top = row(margins=(px(16), px(9), px(16), px(9)))
        top.addWidget(self.selected, 62)
        top.addWidget(self.seen_head, 38)
        inside.addLayout(top)
        inside.addWidget(self.list, 1)
        line = row(margins=(px(16), px(8), px(16), 0))
        line.addWidget(self.note)
        inside.addLayout(line)
        inside_all = QWidget()
        inside_all.setProperty("kind", "page")
        self.middle = row(inside_all, px(16), (px(24), 0, px(24), px(16)))
        self.middle.addWidget(self.card, 584)
        self.middle.addWidget(self.detail, 632)
        self.middle.addWidget(self.empty, 1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside_all)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.scroller)
        self.stack.addWidget(self.reading)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.unfinished)
        outer.addWidget(self.stack, 1)
        first = row(margins=(px(24), 0, px(24), px(8)))
        first.addWidget(self.statement)
        outer.addLayout(first)
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.list.shown.connect(self._show_detail)
        self.list.tasks.ticked_changed.connect(self._judge)
        self.detail.form_asked.connect(self.form_asked)
        self.detail.documents_asked.connect(self.documents_asked)
        self.empty.button.clicked.connect(self.today_asked)
        self.unfinished.finish_asked.connect(self._finish)
        self.reading.back_asked.connect(self.leave_reading)
        self.reading.read_changed.connect(self._judge)
        self.reading.failed.connect(self._not_shown)
        foot = self.foot
        foot.typed.connect(self._judge)
        foot.changed.connect(self.retranslate)
        foot.read.clicked.connect(self.read)
        foot.sign_asked.connect(self._sign)
        foot.source.clicked.connect(self.choose_source)

    # ---- showing

    def show_study(self, study: Study, subject: str = "") -> None:
        """Reads what waits; one participant's visits are ticked where they were seen. Pages being read stay."""
        from crf_desktop.capture.signing import titled, to_countersign, unsigned  # not before the window stands

        same = self.study is study and self.reading.documents
        if same and subject in ("", *(one.subject for one in self.reading.documents)):
            self.retranslate()
            return
        self.reading.forget()
        self.stack.setCurrentWidget(self.scroller)
        self.study, self._wanted = study, subject
        signs = may(study.session.person.role, Action.SIGN)
        tasks = [*unsigned(study), *(to_countersign(study) if signs else ())]
        model = self.list.tasks
        model.show_tasks(tasks, lambda task: titled(study, task), study)
        self.unfinished.show_study(study if signs else None)
        at = next((i for i, t in enumerate(tasks) if t.subject == subject), 0)
        if subject:
            for i, task in enumerate(tasks):
                if task.subject == subject and not task.unseen and not model.is_ticked(i):
                    model.tick(i)
        self.foot.clear()
        self.retranslate()
        if tasks:
            self.list.setCurrentIndex(model.index(at))
            self._show_detail(at)

    def may(self) -> bool:
        """Whether this person's role signs."""
        return self.study is not None and may(self.study.session.person.role, Action.SIGN)

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study = None
        self.work.forget()
        self.reading.forget()
        self.unfinished.show_study(None)
        self.stack.setCurrentWidget(self.scroller)
        self.list.tasks.show_tasks([])
        self.detail.show_task(None, None)
        self.foot.clear()
        self.foot.second.setChecked(False)

    def start(self) -> None:
        """Gives the keyboard to what is needed next."""
        if self.is_reading():
            self.reading.start()
        elif not self.list.tasks.tasks:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.list.tasks.ticked() and self.may():
            self.foot.read.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, at: int) -> None:
        tasks = self.list.tasks.tasks
        self.detail.show_task(self.study, tasks[at] if 0 <= at < len(tasks) else None)

    # ---- reading

    def is_reading(self) -> bool:
        """Whether pages are shown and not the list."""
        return self.stack.currentWidget() is self.reading

    def read(self) -> None:
        """Draws and shows the pages of what is ticked; what was drawn before is dropped."""
        if self.study is None or not self.list.tasks.ticked():
            return
        documents = [
            Reading(partial(self._asked, task), partial(self._title, task), task.subject)
            for task in self.list.tasks.ticked()
        ]
        self.stack.setCurrentWidget(self.reading)
        self.retranslate()
        self.reading.begin(documents)

    def _title(self, task: SigningTask) -> str:
        return f"{task.subject} · {self.list.tasks.visit(task).title.in_(self.look.language)}"

    def _asked(self, task: SigningTask) -> tuple[ToSign, bytes]:
        """What a signature would sign now, and the file that another person signed."""
        from crf_desktop.capture.signing import to_sign, to_sign_second  # not before the window stands

        assert self.study is not None
        meaning = self.study.definition.signature_meanings[self.foot.at()]
        if task.first:
            return to_sign_second(self.study, task, meaning)
        second = self.foot.second.isChecked()
        return to_sign(self.study, task.subject, task.address, task.forms, meaning, second=second), b""

    def leave_reading(self) -> None:
        """Back to the list; nothing is left of the pages."""
        self.left_reading()
        self.start()

    def left_reading(self) -> None:
        """Shows the list as it is now."""
        self.reading.forget()
        self.foot.clear()
        if self.study is not None:
            self.show_study(self.study)

    def finished(self, subject: str) -> None:
        """The last PDF is stored, or left for later: what waits is read anew."""
        self.foot.second.setChecked(False)
        if self.study is not None:
            self.show_study(self.study)
        self.written.emit(subject, "")

    def _not_shown(self, error: BaseException) -> None:
        """Pages that could not be drawn: back to the list, which says what waits now."""
        self.left_reading()
        self.show_problem(error)

    # ---- signing

    def choose_source(self) -> None:
        """Asks whose certificate signs the PDF."""

        def chosen(choice: SourceChoice) -> None:
            self.choice = choice
            choice.keep()
            self.retranslate()

        def show() -> SourceSheet:
            sheet = SourceSheet(self.look, self, self.choice, chosen)
            sheet.open(sheet.chips[self.choice.kind])
            return sheet

        show().again = show

    def _sign(self) -> None:
        if self.study is None or not self.sign.isEnabled():
            return
        name, password, secret = self.name.text(), self.password.text(), self.foot.secret.text()
        self.password.clear()
        self.foot.secret.clear()
        self.foot.hide_secrets()
        study, documents = self.study, list(self.reading.documents)
        try:
            source = self.choice.source(secret)
        except Explained as problem:
            self.show_problem(problem)
            return
        self.when_checked(
            lambda: self.work.start(study, documents, source, name, password), lambda: self.tr("Signing")
        )

    def _finish(self, kept: object, rows: object, name: str, password: str) -> None:
        """Makes a PDF that was left out."""
        study = self.study
        if study is not None:
            self.when_checked(
                lambda: self.work.finish(study, kept, rows, name, password),  # type: ignore[arg-type]
                lambda: self.tr("Making the PDF"),
            )

    def show_problem(self, problem: BaseException) -> None:
        """A signature that was refused: nothing was signed. Pages that hold no longer are drawn anew."""
        anew = isinstance(problem, Explained) and problem.code in ANEW and self.is_reading()

        def after() -> None:
            if anew:
                self.read_again()
            elif self.is_reading():
                self.password.setFocus(Qt.FocusReason.OtherFocusReason)

        def show() -> ProblemSheet:
            during = self.tr("Signing")
            words = self.tr("Draw the pages anew") if anew else self.tr("Try again")
            act: Act = (words, "primary", lambda: sheet.close_sheet())
            sheet = ProblemSheet(self.look, self, told_of(problem, during, self.look.language), [act])
            sheet.closed.connect(after)
            sheet.open(sheet.first_button())
            return sheet

        show().again = show

    def read_again(self) -> None:
        """Draws the same documents anew, where they can still be signed; else shows what waits now."""
        wanted = {one.title() for one in self.reading.documents}
        self.left_reading()
        model = self.list.tasks
        for at, task in enumerate(model.tasks):
            if (self._title(task) in wanted) != model.is_ticked(at):
                model.tick(at)
        if model.ticked():
            self.read()

    def save_copy(self, digest: str, target: Path) -> None:
        """Writes a stored PDF to a file a person chose; the export is a row of the log."""
        self.work.save_copy(digest, target)

    def _judge(self) -> None:
        n, foot = len(self.list.tasks.ticked()), self.foot
        foot.read.setText(
            self.tr("Read and sign 1 visit") if n == 1 else self.tr("Read and sign {0} visits").format(n)
            if n else self.tr("Read and sign")
        )  # fmt: skip
        foot.read.setEnabled(n > 0)
        ticked = self.list.tasks.ticked()
        foot.second.setVisible(not self.is_reading() and not (ticked and all(task.first for task in ticked)))
        documents = self.reading.documents
        n_read, left = len(documents), sum(not one.read for one in documents)
        self.sign.setText(self.tr("Sign 1 visit") if n_read == 1 else self.tr("Sign {0} visits").format(n_read))
        self.sign.setEnabled(self.reading.all_read() and foot.complete())
        why = self.tr("Both are asked each time")
        if left:
            why = self.tr("Read the pages to their end first")
            why = self.tr("{0} documents are still to be read to their end").format(left) if left > 1 else why
        self._fold_low(left)
        if self._low() and not left:
            why = self.tr("Signing means: {0}").format(foot.meaning.text())  # the head is folded
        foot.why.setText(why)
        self.selected.setText(self.tr("{0} of {1} selected").format(n, len(self.list.tasks.tasks)))
        n = n_read if self.is_reading() else n
        several = self.tr("Signing {0} visits means").format(n) if n > 1 else self.tr("Signing means")
        foot.means.setText(self.tr("Signing 1 visit means") if n == 1 else several)

    # ---- words

    def retranslate(self) -> None:
        if self.study is None:
            return
        tasks = self.list.tasks.tasks
        self.seen_head.setText(self.tr("Seen by you"))
        self.note.set_text(
            self.tr(
                "Only what you have seen in its current version can be signed. Open the other forms to include them."
            )
        )
        self.note.setVisible(self.may() and any(t.unseen for t in tasks))
        self.empty.show_words(
            self.tr("Nothing to sign"),
            self.tr("Complete forms appear here. Each visit is signed as a whole, and its PDF is stored in the study."),
            self.tr("Go to today"),
            True,
        )
        self._retranslate_foot()
        self.head.show_words(self.tr("Signing"), self._rule(len(tasks)))
        self._show_statement(some=bool(tasks))
        self.unfinished.retranslate()
        self.reading.retranslate()
        self._fold()
        self._judge()
        self.list.viewport().update()
        if tasks and not self.is_reading():
            self._show_detail(max(0, self.list.currentIndex().row()))

    def _rule(self, n: int) -> str:
        if not self.may():
            return self.tr("Read-only: only an investigator signs")
        if self.is_reading() and self.compact():
            return self.tr("Signing means: {0}").format(self.foot.meaning.text())
        if self.is_reading():
            return self.tr("These pages are what is signed. Read them to their end, then give name and password")
        if not n:
            return self.tr("Nothing waits for your signature")
        one = self.tr("1 visit waits for your signature")
        return one if n == 1 else self.tr("{0} visits wait for your signature").format(n)

    def _show_statement(self, some: bool) -> None:
        """What the first signature with a key accepts."""
        from crf_desktop.capture.acceptance import to_accept  # loads the signing code; not before the window stands

        found = to_accept(self.study) if self.study is not None and some else None
        self._accepts = found is not None
        self.statement.setVisible(self._accepts)
        if found is not None:
            words = self.tr("With your first signature you accept, and it is recorded: “{0}”")
            self.statement.set_text(words.format(found.in_(self.look.language)))

    def _retranslate_foot(self) -> None:
        assert self.study is not None
        kind, foot = self.choice.kind, self.foot
        foot.secret_words = {STUDY: "", FILE: self.tr("Passphrase of the file")}.get(kind, self.tr("PIN"))
        named = {STUDY: self.tr("of the study"), FILE: Path(self.choice.file).name}.get(kind, self.choice.label)
        foot.source.setText(self.tr("Certificate: {0}").format(named))
        foot.show_words(self.study.definition.signature_meanings)

    def _fold(self) -> None:
        some = bool(self.list.tasks.tasks)
        self.empty.setVisible(not some)
        for widget in (self.card, self.detail):
            widget.setVisible(some)
        self.foot.setVisible((some or self.is_reading()) and self.may())
        self.unfinished.setVisible(self.unfinished.some() and not self.is_reading() and not self.work.busy())
        if self.detail.narrow != self.compact():
            self.detail.narrow = self.compact()
            if some:
                self._show_detail(max(0, self.list.currentIndex().row()))
        stacked = self.width() / self.look.scale < 760
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self.middle.direction() != way:
            self.middle.setDirection(way)
        self.card.setMinimumHeight(self.look.px(250 if stacked else 160))
        self.detail.setMinimumHeight(self.look.px(300 if stacked else 160))
        several = self.study is not None and len(self.study.definition.signature_meanings) > 1
        self.foot.show_step(self.is_reading(), self.compact(), several)

    def _low(self) -> bool:
        """Whether head and foot would leave hardly a line of the pages in view."""
        return self.compact() and self.height() / self.look.scale < LOW

    def _fold_low(self, left: int) -> None:
        """The height is the pages' while they are read: the head goes, and the foot until nothing is ``left``."""
        low = self._low() and self.is_reading()
        folded = low and left > 0
        self.head.setVisible(not low)
        self.statement.setVisible(self._accepts and not folded)
        self.reading.show_tight(low)
        if self.is_reading():
            self.foot.fold(folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self._judge()
