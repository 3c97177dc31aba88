"""Signing: what waits, what was seen, what it means, both components, then the PDF from a worker process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QScrollArea, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action, may
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.field import PasswordField, Picker, TextField
from crf_desktop.ui.label import Card, Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.paint import RING
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.signing_detail import SigningDetail
from crf_desktop.ui.signing_list import SigningList
from crf_desktop.ui.signing_work import SigningWork
from crf_desktop.ui.worker import Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

Gate = Callable[[Callable[[], None], Callable[[], str]], None]
"""Does something once the log is checked; the words say what waits."""


class SigningPage(Page):
    """List at left, detail at right, meaning and both components in the foot."""

    place = "signing"
    form_asked = Signal(str, str, str)
    schedule_asked = Signal(str)
    today_asked = Signal()
    written = Signal(str, str)

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.work = SigningWork(self, workshop)
        self._wanted = ""
        self.when_checked: Gate = lambda go, what: go()
        self.when_whole: Gate = lambda go, what: go()
        """Do something once the log is checked, as far as a signature or a copy outside asks for it."""
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look)
        self.selected = Label(look, "", 13, token="text_2")
        self.seen_head = Label(look, "", 13, token="text_2")
        self.list = SigningList(look)
        self.detail = SigningDetail(look)
        self.empty = EmptyState(look)
        self.note, self.statement = Note(look), Note(look, "", Glyph.SIGNED, "accent_soft")
        self.means = Label(look, "", 15, True)
        self.meaning = Label(look, "", 15, token="text_2", wrap=True)
        self.picker = Picker(look, 36)
        self.fine_print = Label(look, "", 13, token="text_2", wrap=True)
        self.name_label, self.name = Label(look, "", 13, token="text_2"), TextField(look, 44, 184)
        self.password_label, self.password = Label(look, "", 13, token="text_2"), PasswordField(look, 44, 216)
        self.both = Label(look, "", 13, token="text_2")
        self.sign = Button(look, "primary", height=44)
        self.foot = Foot(look, 140)

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
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, px(12), 0, px(8))
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(4))
        self.foot.left.addLayout(self.grid, 1)
        self.foot.stretch_left()
        for label in (self.means, self.meaning, self.fine_print):
            label.setContentsMargins(RING, 0, 0, 0)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)
        first = row(margins=(px(24), 0, px(24), px(8)))
        first.addWidget(self.statement)
        outer.addLayout(first)
        outer.addWidget(self.foot)

    def _place_foot(self, narrow: bool) -> None:
        """Meaning beside both components; above them where the line is short."""
        top, grid = Qt.AlignmentFlag.AlignTop, self.grid
        widget: QWidget
        parts: tuple[QWidget, ...] = (
            self.means,
            self.meaning,
            self.picker,
            self.fine_print,
            self.name_label,
            self.name,
            self.password_label,
            self.password,
            self.both,
            self.sign,
        )
        for widget in parts:
            grid.removeWidget(widget)
        at, first = (2, 0) if narrow else (0, 1)
        for line, widget in enumerate((self.means, self.picker, self.meaning, self.fine_print)):
            if not narrow or widget is self.picker or widget is self.meaning:
                grid.addWidget(widget, 0 if narrow and widget is self.picker else line, 0, 1, 4 if narrow else 1)
        grid.addWidget(self.name_label, at, first)
        grid.addWidget(self.password_label, at, first + 1)
        grid.addWidget(self.name, at + 1, first, 2, 1, top)
        grid.addWidget(self.password, at + 1, first + 1, 2, 1, top)
        grid.addWidget(self.sign, at + 1, first + 2, 2, 1, top)
        if not narrow:
            grid.addWidget(self.both, 3, 2, top)
        for col in range(4):
            grid.setColumnStretch(col, 1 if col == (3 if narrow else 0) else 0)
        grid.setRowStretch(5, 1)
        for widget in (self.means, self.fine_print, self.both):
            widget.setVisible(not narrow)
        self.foot.setFixedHeight(self.look.px(140))

    def _connect(self) -> None:
        self.list.shown.connect(self._show_detail)
        self.list.tasks.ticked_changed.connect(self._judge)
        self.detail.form_asked.connect(self.form_asked)
        self.empty.button.clicked.connect(self.today_asked)
        self.name.textChanged.connect(self._judge)
        self.password.textChanged.connect(self._judge)
        self.password.returnPressed.connect(self._sign)
        self.name.returnPressed.connect(self.password.setFocus)
        self.sign.clicked.connect(self._sign)
        self.picker.chosen.connect(lambda _: self.retranslate())

    # ---- showing

    def show_study(self, study: Study, subject: str = "") -> None:
        """Reads what waits; one participant's visits are ticked where they were seen."""
        from crf_desktop.capture.signing import titled, unsigned  # loads the signing code; not before the window stands

        self.study, self._wanted = study, subject
        tasks = unsigned(study)
        model = self.list.tasks
        model.show_tasks(tasks, lambda task: titled(study, task))
        at = next((i for i, t in enumerate(tasks) if t.subject == subject), 0)
        if subject:
            for i, task in enumerate(tasks):
                if task.subject == subject and not task.unseen and not model.is_ticked(i):
                    model.tick(i)
        self.password.clear()
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
        self.list.tasks.show_tasks([])
        self.detail.show_task(None, None)
        for field in (self.name, self.password):
            field.clear()

    def start(self) -> None:
        """Gives the keyboard to what is needed next."""
        if not self.list.tasks.tasks:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.list.tasks.ticked() and self.may():
            (self.password if self.name.text() else self.name).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, at: int) -> None:
        tasks = self.list.tasks.tasks
        self.detail.show_task(self.study, tasks[at] if 0 <= at < len(tasks) else None)

    # ---- signing

    def _sign(self) -> None:
        if self.study is None or not self.sign.isEnabled():
            return
        meanings = self.study.definition.signature_meanings
        meaning = meanings[int(self.picker.value or 0)]
        name, password = self.name.text(), self.password.text()
        self.password.clear()
        self.password.hide_text()
        study, tasks = self.study, self.list.tasks.ticked()
        self.when_checked(lambda: self.work.start(study, tasks, meaning, name, password), lambda: self.tr("Signing"))

    def show_problem(self, problem: Explained) -> None:
        """A signature that was refused: nothing was signed."""

        def show() -> ProblemSheet:
            told = problem_of(problem, self.tr("Signing"), self.look.language)
            act: Act = (self.tr("Try again"), "primary", lambda: sheet.close_sheet())
            sheet = ProblemSheet(self.look, self, told, [act])
            sheet.closed.connect(lambda: self.password.setFocus(Qt.FocusReason.OtherFocusReason))
            sheet.open(sheet.first_button())
            return sheet

        show().again = show

    def save_copy(self, digest: str, target: Path) -> None:
        """Writes a stored PDF to a file a person chose; the export is a row of the log."""
        self.work.save_copy(digest, target)

    def _judge(self) -> None:
        n = len(self.list.tasks.ticked())
        self.sign.setText(
            self.tr("Sign 1 visit") if n == 1 else self.tr("Sign {0} visits").format(n) if n else self.tr("Sign")
        )
        self.sign.setEnabled(n > 0 and bool(self.name.text().strip()) and bool(self.password.text()))
        self.selected.setText(self.tr("{0} of {1} selected").format(n, len(self.list.tasks.tasks)))
        self.means.setText(self.tr("Signing means") if n != 1 else self.tr("Signing 1 visit means"))

    # ---- words

    def retranslate(self) -> None:
        if self.study is None:
            return
        tasks = self.list.tasks.tasks
        n = len(tasks)
        rule = (
            self.tr("1 visit waits for your signature")
            if n == 1
            else self.tr("{0} visits wait for your signature").format(n)
        )
        if not self.may():
            rule = self.tr("Read-only: only an investigator signs")
        self.head.show_words(
            self.tr("Signing"), rule if n or not self.may() else self.tr("Nothing waits for your signature")
        )
        self.seen_head.setText(self.tr("Seen by you"))
        self._retranslate_foot()
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
        self._show_statement(some=bool(tasks))
        self._fold()
        self._judge()
        self.list.viewport().update()
        if tasks:
            self._show_detail(max(0, self.list.currentIndex().row()))

    def _show_statement(self, some: bool) -> None:
        """What the first signature with a key accepts."""
        from crf_desktop.capture.acceptance import to_accept  # loads the signing code; not before the window stands

        found = to_accept(self.study) if self.study is not None and some else None
        self.statement.setVisible(found is not None)
        if found is not None:
            words = self.tr("With your first signature you accept, and it is recorded: “{0}”")
            self.statement.set_text(words.format(found.in_(self.look.language)))

    def _retranslate_foot(self) -> None:
        assert self.study is not None
        meanings, language = self.study.definition.signature_meanings, self.look.language
        self.picker.show_options([(str(i), m.in_(language)) for i, m in enumerate(meanings)], self.picker.value or "0")
        self.picker.setAccessibleName(self.tr("Meaning of the signature"))
        self.meaning.setText(meanings[0].in_(language))
        self.fine_print.setText(
            self.tr(
                "Your name, role, the time and this meaning are printed with each signature. "
                "Anything changed later shows the signature as not current."
            )
        )
        self.name_label.setText(self.tr("User name"))
        self.name.setAccessibleName(self.tr("User name"))
        self.password_label.setText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.password.retranslate()
        self.both.setText(self.tr("Both are asked each time"))

    def _fold(self) -> None:
        some = bool(self.list.tasks.tasks)
        self.empty.setVisible(not some)
        for widget in (self.card, self.detail):
            widget.setVisible(some)
        self.foot.setVisible(some and self.may())
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
        self._place_foot(self.compact())
        many = self.study is not None and len(self.study.definition.signature_meanings) > 1
        self.picker.setVisible(many)
        self.meaning.setVisible(not many)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
