"""Verify against source: a monitor ticks what agrees; what changed since stands beside what was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.capture.verification import Progress, Tick, progress_of, tick_form, tick_item, total
from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.form_words import title_of
from crf_desktop.ui.label import Card
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.problem_panel import ProblemSheet, problem_of
from crf_desktop.ui.verification_list import AnswerHeads, AnswerList, answers_of

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study


class VerificationPage(Page):
    """The answers of one form of one visit, each with a box."""

    place = "participants"
    form_asked = Signal(str, str, str)
    """(participant, visit, form): the page of the form."""
    item_asked = Signal(str, bool)
    """(item address, whether its queries are wanted): the form at an answer."""
    written = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.entry: FormEntry | None = None
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head, self.foot = PageHead(look, buttons=True), Foot(look)
        self.list, self.empty = AnswerList(look), EmptyState(look)
        self.strip = AnswerHeads(look, self.list)
        self.back = Button(look, "plain", lead=Icon.LEFT)
        self.untick = Button(look, "plain")
        self.primary = Button(look, "primary")
        self.foot.left.addWidget(self.back)
        self.foot.right.addWidget(self.untick)
        self.foot.right.addWidget(self.primary)
        self.list.ticked.connect(self._tick)
        self.list.opened.connect(lambda item: self.item_asked.emit(item, False))
        self.list.asked.connect(lambda item: self.item_asked.emit(item, True))
        self.back.clicked.connect(self._to_form)
        self.empty.button.clicked.connect(self._to_form)
        self.primary.clicked.connect(self.act)
        self.untick.clicked.connect(lambda: self._tick_all(False))

    def _lay_out(self) -> None:
        px = self.look.px
        card = Card(self.look)
        inside = column(card, 0, (1, 1, 1, px(4)))
        inside.addWidget(self.strip)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.empty, 1)
        body = row(margins=(px(24), 0, px(24), px(16)))
        body.addWidget(card)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)
        outer.addWidget(self.foot)

    # ---- what it shows

    def show_form(self, study: Study, subject: str, event: str, form: str) -> None:
        """Shows the answers of a form by the addresses of visit and form."""
        self.study, self.entry = study, study.form(subject, event, form)
        self.refresh()

    def refresh(self) -> None:
        """Reads ticks and answers again."""
        if self.study is None or self.entry is None:
            return
        self.list.answers.show_answers(answers_of(self.study, self.entry, self.look.language))
        self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self.entry = None, None
        self.list.answers.show_answers([])

    def start(self) -> None:
        """Gives the first answer that is not verified the keyboard."""
        answers = self.list.answers.answers
        if not answers:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next((at for at, a in enumerate(answers) if a.tick is not Tick.VERIFIED), 0)
        self.list.setCurrentIndex(self.list.answers.index(first))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- acts

    def _tick(self, item: str, verified: bool) -> None:
        assert self.study is not None and self.entry is not None
        study, entry = self.study, self.entry
        self._write(lambda: tick_item(study, entry, item, verified))

    def _tick_all(self, verified: bool) -> None:
        assert self.study is not None and self.entry is not None
        study, entry = self.study, self.entry
        self._write(lambda: tick_form(study, entry, verified))

    def _write(self, tick: object) -> None:
        assert self.entry is not None
        try:
            tick()  # type: ignore[operator]
        except Explained as problem:
            self._tell(problem)
            return
        self.refresh()
        self.written.emit(self.entry.path.subject, "")

    def _tell(self, problem: Explained) -> None:
        def show() -> ProblemSheet:
            told = problem_of(problem, self.tr("Verifying"), self.look.language)
            sheet = ProblemSheet(self.look, self, told, [(self.tr("Go back"), "primary", lambda: sheet.close_sheet())])
            sheet.open(sheet.first_button())
            return sheet

        show().again = show

    def act(self) -> None:
        """Ticks the whole form, or goes back to it when nothing is left."""
        if self._progress().done:
            self._to_form()
        else:
            self._tick_all(True)

    def _to_form(self) -> None:
        assert self.entry is not None
        path = self.entry.path
        self.form_asked.emit(path.subject, path.event_address, path.form_address)

    def _progress(self) -> Progress:
        ticks = [a.tick for a in self.list.answers.answers]
        return Progress(ticks.count(Tick.VERIFIED), ticks.count(Tick.CHANGED), len(ticks))

    # ---- words

    def retranslate(self) -> None:
        if self.study is None or self.entry is None:
            return
        now, path = self._progress(), self.entry.path
        every = progress_of(self.study, path.subject)
        visit, all_of = total(every, path.event_address), total(every)
        rule = self.tr("This form {0} of {1} · visit {2} of {3} · participant {4} of {5} answers verified")
        told = rule.format(now.verified, now.total, visit.verified, visit.total, all_of.verified, all_of.total)
        self.head.show_words(
            self.tr("Verify against source: {0}").format(title_of(self.entry, self.look.language)), told
        )
        self.head.pill.setVisible(now.done or bool(now.changed))
        if now.changed:
            words = self.tr("1 changed since") if now.changed == 1 else self.tr("{0} changed since").format(now.changed)
            self.head.pill.show_state(Glyph.CHANGED, words, "warn_soft", "warn")
        elif now.done:
            self.head.pill.show_state(Glyph.COMPLETE, self.tr("Verified"), "ok_soft", "ok")
        self._show_foot(now)
        self.strip.show_words((self.tr("Item"), self.tr("Answer"), self.tr("Entered")))
        self.empty.show_words(
            self.tr("Nothing to verify yet"),
            self.tr("Nothing has been answered on this form. A query can be raised on the form itself."),
            self.tr("Open the form"),
            True,
        )
        none = not now.total
        self.empty.setVisible(none)
        for widget in (self.list, self.strip):
            widget.setVisible(not none)

    def _show_foot(self, now: Progress) -> None:
        left = now.total - now.verified
        self.back.setText(self.tr("Form"))
        self.primary.setText(
            self.tr("Back to the form")
            if not left
            else self.tr("1 answer left: it agrees")
            if left == 1
            else self.tr("All {0} left agree with the source").format(left)
        )
        self.primary.setVisible(now.total > 0)
        self.untick.setText(self.tr("Take all ticks away"))
        self.untick.setVisible(now.verified > 0)
        words = (self.tr("tick"), self.tr("answer"), self.tr("open"), self.tr("query"))
        keys = list(zip(("Space", "↑ ↓", "Enter", "Q"), words, strict=True))
        self.foot.show_keys([] if self.compact() or not now.total else keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.doItemsLayout()
        if self.entry is not None:
            self._show_foot(self._progress())
