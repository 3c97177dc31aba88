"""A form of a visit: head with state and live scores, the blocks, foot with one primary action."""

from __future__ import annotations

from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.definition import EditCheck, FormDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.check_sheet import CheckSheet
from crf_desktop.ui.draft_strip import DraftStrip
from crf_desktop.ui.form_binding import Act, FormBinding
from crf_desktop.ui.form_body import FormBody
from crf_desktop.ui.form_dialogue import FormDialogue
from crf_desktop.ui.form_notice import NoticeStrip
from crf_desktop.ui.form_queries import FormQueries
from crf_desktop.ui.form_view import block_view, label_of
from crf_desktop.ui.form_words import (
    FORM,
    RECORDS,
    better_first,
    locked_words,
    notices,
    place_of,
    title_of,
    visit_forms,
    visit_of,
)
from crf_desktop.ui.key_hint import key_hints
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, ScoreCard, column
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.score_words import score_words
from crf_desktop.ui.state_word import state_words

if TYPE_CHECKING:
    from crf_desktop.capture.entry import Commit, FormEntry, FormView
    from crf_desktop.capture.study import Study

KEPT = 12
"""Built forms kept for the next participant."""
SEEN_MS = 1_000
"""After an answer to a form that was complete, until the new version counts as read: once for several answers."""
LEAST = 800
"""Logical px below which a score says only that it is not final."""
READY = (FormState.COMPLETE, FormState.MISSING, FormState.CHANGED)
OPEN = (FormState.DUE, FormState.IN_PROGRESS, FormState.PLANNED)


class FormPage(Page):
    """Shows any form of any participant; built bodies are kept and only filled anew."""

    place = "participants"
    form_asked = Signal(str, str, str)
    schedule_asked = Signal(str)
    signing_asked = Signal(str)
    records_asked = Signal(str, str)
    """(participant, form OID): the list of what is recorded there."""
    query_asked = Signal(object, str)
    """(FormEntry, item address; empty for the whole form): its queries."""
    written = Signal(str, str)
    """(participant, time of the log, UTC ISO): an act was committed."""
    write_failed = Signal()
    banner_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.entry: FormEntry | None = None
        self.view: FormView | None = None
        self.subject, self.visit = "", ""
        """The participant and the address of the visit."""
        self._bodies: OrderedDict[str, FormBody] = OrderedDict()
        self._body: FormBody | None = None
        self._focused, self._frozen = "", False
        self._first: tuple[str, ...] = ()
        """Forms better completed before this one, as it was opened: the line stays while answers are given."""
        self.binding = FormBinding(self)
        self.dialogue = FormDialogue(self)
        self._make_parts()
        self.binding.committed.connect(self._committed)
        self._read_again = QTimer(self, interval=SEEN_MS, singleShot=True)
        self._read_again.timeout.connect(self._see)

    def _make_parts(self) -> None:
        look = self.look
        self.head, self.foot = PageHead(look), Foot(look)
        self.scores = [ScoreCard(look), ScoreCard(look)]
        for card in self.scores:
            self.head.right.addWidget(card)
        self.notice, self.strip = NoticeStrip(look), DraftStrip(look)
        self.notice.chosen.connect(self._follow)
        self.strip.restored.connect(self.restore_draft)
        self.strip.discarded.connect(self._discard_draft)
        self.stack = QStackedWidget()
        self.back = Button(look, "plain", lead=Icon.LEFT)
        self.next = Button(look, "plain", trail=Icon.RIGHT)
        self.checks = Button(look, "quiet", lead=Glyph.WARNING, px=13)
        self.checks.clicked.connect(self.show_checks)
        self.void = Button(look, "quiet", px=13)
        self.void.clicked.connect(lambda: self.dialogue.ask_void())
        self.head.right.addWidget(self.void)
        self.asking = FormQueries(look)
        self.asking.form_query_asked.connect(lambda: self.query_asked.emit(self.entry, ""))
        self.head.right.insertWidget(0, self.asking)
        self.status = Label(look, "", 13, token="text_2")
        self.primary = Button(look, "primary")
        for button in (self.back, self.next):
            self.foot.left.addWidget(button)
        self.foot.right.addWidget(self.checks)
        self.foot.right.addWidget(self.status)
        self.foot.right.addWidget(self.primary)
        self.back.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.primary.clicked.connect(self.act)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        outer.addWidget(self.strip)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.foot)

    # ---- showing

    def show_form(self, study: Study, subject: str, event: str, form: str) -> None:
        """Shows a form by the addresses of visit and form; what waited on the page before is committed first."""
        self.leave()
        self.study, self.subject, self.visit = study, subject, event
        self.entry = study.form(subject, event, form)
        self._first = better_first(study, self.entry)
        self.binding.bind(self.entry)
        self._body = self._take_body(self.entry.form)
        for other in self._bodies.values():
            for block in other.head_blocks:
                block.setVisible(other is self._body)
        self._order_stops()
        self._see()
        self.refresh()
        self._body.forget_units()
        self.stack.setCurrentWidget(self._body)  # filled first, so that it is laid out once
        self.strip.show_drafts(self._draft_words())

    def _order_stops(self) -> None:
        """Tab leads from the last field to the primary action, then to the neighbours."""
        order = (self.body.last_stop, self.primary, self.back, self.next)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _take_body(self, form: FormDef) -> FormBody:
        assert self.study is not None
        body = self._bodies.get(form.oid)
        if body is None:
            body = FormBody(form, self.study.definition, self.look, self.stack)
            self.dialogue.connect_body(body)
            body.focused.connect(self._note_focus)
            for block in reversed(body.head_blocks):
                self.head.right.insertWidget(0, block)
            self.stack.addWidget(body)
            body.find_last_stop()
            self._bodies[form.oid] = body
            while len(self._bodies) > KEPT:
                self._drop_body(next(iter(self._bodies)))
        self._bodies.move_to_end(form.oid)
        return body

    def _drop_body(self, oid: str) -> None:
        body = self._bodies.pop(oid)
        for block in body.head_blocks:
            self.head.right.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.stack.removeWidget(body)
        body.deleteLater()

    @property
    def body(self) -> FormBody:
        """The blocks on the screen."""
        assert self._body is not None
        return self._body

    def refresh(self) -> None:
        """Reads the view and repaints head, blocks and foot."""
        if self.entry is None or self._body is None:
            return
        from crf_desktop.capture.query import may_raise  # loads with the study; not before the window stands

        assert self.study is not None
        self.view, language = self.entry.view(), self.look.language
        profile, may_ask = self.study.profile(), may_raise(self.study)
        view = block_view(self.entry, self.view, profile, language, self.read_only(), may_ask)
        self._body.show_view(view)
        self.retranslate()

    def read_only(self) -> bool:
        """Nothing can be changed here."""
        return self.study is None or self.entry is None or bool(locked_words(self.study, self.entry, self._frozen))

    def freeze(self) -> None:
        """After a fault of the program: nothing more is written."""
        self._frozen = True
        self._read_again.stop()
        self.refresh()

    def start(self) -> None:
        """Gives the keyboard to the first item that is open; on a closed form to what opens it."""
        way = next((b for line in self.notice.lines for b in line.buttons), None)
        if way is not None and self.read_only():
            way.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.entry is not None and self._body is not None:
            self._body.focus_first(self.entry.unanswered())

    def leave(self) -> None:
        """Commits what waits and keeps what is half typed."""
        if self.entry is None:
            return
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        self.binding.flush()
        self.binding.save_drafts()
        if self._read_again.isActive():
            self._see()

    def keep_typed(self) -> None:
        """Before locking: commits what waits, keeps half-typed text as it is, and takes no more answers."""
        self.binding.flush()
        self.binding.save_drafts()
        if self._read_again.isActive():
            self._see()
        self.binding.bind(None)

    def forget(self) -> None:
        """Empties the page when the study is locked; the built forms go too."""
        self.dialogue.close_all()
        self.binding.bind(None)
        self._read_again.stop()
        self.study, self.entry, self.view, self._body = None, None, None, None
        self.subject, self.visit, self._focused = "", "", ""
        self._frozen = False
        for oid in list(self._bodies):
            self._drop_body(oid)
        self.strip.show_drafts({})
        self.notice.show_notices(())

    def _see(self) -> None:
        from crf_desktop.capture.signing import mark_seen  # loads the signing code; not before the window stands

        assert self.study is not None and self.entry is not None
        self._read_again.stop()
        if self.entry.state in READY and self.study.may(Action.SIGN):
            try:
                mark_seen(self.study, self.entry)
            except Explained:  # a disk that is full: the form can be read, and is offered again for signing
                return

    # ---- what was done

    def _committed(self, act: Act | None, commit: Commit) -> None:
        assert self.study is not None and self.entry is not None
        if act is None:
            self._see()
        elif self.entry.state in READY:
            self._read_again.start()
        self.refresh()
        self.written.emit(self.subject, commit.recorded_at)
        if act is None:
            return
        banner = self.study.definition.banner
        if {banner.sex, banner.birth_date}.intersection(act.items):
            self.banner_changed.emit()
        if act.kind == "void":
            self.records_asked.emit(self.subject, self.entry.form.oid)

    def add_row(self, group_oid: str) -> None:
        """An empty row at the end of a group; its first field has the keyboard."""
        if self.entry is not None and not self.read_only():
            key = self.entry.add_row(group_oid)
            self.refresh()
            self.body.focus_row(group_oid, key)

    def _note_focus(self, item_oid: str) -> None:
        self._focused = item_oid
        self._show_keys()

    def _show_keys(self) -> None:
        """The keys of what has the keyboard, else of the first item of the page."""
        assert self.entry is not None
        item, block = self.body.layout_of(self._focused)
        hints = key_hints(self.entry.definition, block, item, self.read_only())
        self.foot.show_keys([] if self.compact() else hints)

    def act(self) -> None:
        """The primary action: complete, go on, or sign."""
        if self.entry is None or self.study is None:
            return
        self.leave()
        if not self.entry.completed:
            if self.entry.unanswered():
                self.body.focus_first(self.entry.unanswered())
            else:
                self._complete()
        elif self._of_log():
            self.records_asked.emit(self.subject, self.entry.form.oid)
        elif (form := self._next_open()) is not None:
            self.form_asked.emit(self.subject, self.visit, form)
        elif self.study.may(Action.SIGN) and self.entry.state is not FormState.SIGNED:
            self.signing_asked.emit(self.subject)
        else:
            self.schedule_asked.emit(self.subject)

    def _complete(self) -> None:
        assert self.entry is not None
        try:
            commit = self.entry.complete()
        except Explained as problem:
            self.dialogue.show_problem(problem, self.tr("Completing the form"))
            return
        self._committed(None, commit)
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _of_log(self) -> bool:
        """Whether the form belongs to no visit, or is one of several: it leads back to its list."""
        return self.entry is not None and (self.entry.event.type == "Common" or self.entry.form.repeating)

    def _next_open(self) -> str | None:
        """The next form of the visit that is asked and not complete, after this one and round the end.

        One that is optional is gone to only where it was begun, or lies ahead.
        """
        assert self.study is not None and self.entry is not None
        states = {f.oid: s for f, s in self.study.visit_forms(self.subject, self.visit)}
        order = [f.oid for f in visit_forms(self.study, self.entry) if not f.repeating]
        at = order.index(self.entry.form.oid)
        begun, optional = FormState.IN_PROGRESS, self.entry.event.optional
        spared = {f for f in order[:at] if f in optional and states.get(f) is not begun}
        return next((f for f in (*order[at + 1 :], *order[:at]) if states.get(f) in OPEN and f not in spared), None)

    def neighbours(self) -> tuple[FormDef | None, FormDef | None]:
        """The form before and the one after among those asked at the visit."""
        if self.study is None or self.entry is None or self._of_log():
            return None, None
        forms = visit_forms(self.study, self.entry)
        at = forms.index(self.entry.form)
        return forms[at - 1] if at else None, forms[at + 1] if at + 1 < len(forms) else None

    def _step(self, by: int) -> None:
        before, after = self.neighbours()
        target = before if by < 0 else after
        if target is not None:
            self.form_asked.emit(self.subject, self.visit, target.oid)
        elif self._of_log() and self.entry is not None and self.study is not None:
            oid = self.entry.form.oid
            if by < 0:
                self.records_asked.emit(self.subject, oid)
            else:
                self.form_asked.emit(self.subject, self.visit, self.study.next_repeat(self.subject, self.visit, oid))
        elif by < 0:
            self.schedule_asked.emit(self.subject)

    def _follow(self, key: str) -> None:
        """A button of a notice: another form of this participant, or the records of one."""
        if self.study is None:
            return
        if key.startswith(RECORDS):
            self.records_asked.emit(self.subject, key.removeprefix(RECORDS))
            return
        form = key.removeprefix(FORM)
        here = self.entry is not None and form in self.entry.event.forms
        event = self.visit if here else visit_of(self.study, self.subject, form)
        self.form_asked.emit(self.subject, event, form)

    def show_checks(self) -> CheckSheet | None:
        """What is unusual now, each with the way to its item; a single one is gone to at once."""
        if self.entry is None:
            return None
        found = self.entry.open_problems()
        if len(found) == 1:
            self.body.focus_item(found[0].items[0])
            return None
        return self.dialogue.show_checks(found)

    # ---- drafts

    def _draft_words(self) -> dict[str, tuple[str, str]]:
        if self.entry is None or self.study is None or self.read_only():
            return {}
        drafts = {at: text for at, text in self.entry.drafts().items() if at in (self.view.items if self.view else {})}
        return {at: (label_of(self.entry, at, self.look.language), text) for at, text in drafts.items()}

    def restore_draft(self, oid: str) -> None:
        text = self.entry.drafts().get(oid, "") if self.entry else ""
        self.strip.show_drafts({k: v for k, v in self._draft_words().items() if k != oid})
        self.body.focus_item(oid)
        self.body.block_of(oid).type_text(oid, text)
        self.binding.keep_draft(oid, text)

    def _discard_draft(self, oid: str) -> None:
        if self.entry is not None:
            self.entry.drop_draft(oid)
        self.strip.show_drafts(self._draft_words())

    # ---- words

    def retranslate(self) -> None:
        if self.entry is None or self.view is None or self.study is None:
            return
        language, entry, compact = self.look.language, self.entry, self.compact()
        words, ground, ink = state_words(entry.state)
        place, locked = place_of(self.study, entry, language), locked_words(self.study, entry, self._frozen)
        rule = locked or (f"{place} · {words}" if compact else f"{place} · {entry.form.rule.in_(language)}")
        self.head.show_words(title_of(entry, language), rule)
        self.head.pill.show_state(Glyph.LOCK if locked else Glyph(entry.state), words, ground, ink)
        self.head.pill.setVisible(not compact)
        self.notice.show_notices(notices(self.study, entry, self._first, language))
        self.void.setText(self.tr("Entered by mistake"))
        self.void.setVisible(entry.form.repeating and not locked and any(r.datum.answered for r in entry.data.values()))
        self.asking.show_entry(self.study, entry, compact)
        self._show_scores(compact)
        self._show_keys()
        self._show_foot()

    def _show_scores(self, compact: bool) -> None:
        assert self.entry is not None and self.view is not None and self.study is not None
        definition, scores = self.study.definition, self.entry.form.scores
        least = self.width() / self.look.scale < LEAST
        for choice in self.body.head_blocks:
            choice.stack(least)
        for card, oid in zip(self.scores, (*scores[:2], *("",) * (2 - len(scores[:2]))), strict=True):
            card.setVisible(bool(oid))
            if oid:
                card.show_words(
                    score_words(
                        definition,
                        definition.method[oid],
                        self.view.derived,
                        self.view.items,
                        self.look.language,
                        compact,
                        least,
                    )
                )

    def _show_foot(self) -> None:
        assert self.entry is not None and self.study is not None
        language, (before, after), locked = self.look.language, self.neighbours(), self.read_only()
        home = self.tr("List") if self._of_log() else self.tr("Schedule")
        self.back.setText(before.short_title.in_(language) if before else home)
        self.back.setVisible(not (self._of_log() and self.entry.completed))
        another = self.entry.form.repeating and self.entry.completed and not locked
        self.next.setText(after.short_title.in_(language) if after else self.tr("Add another") if another else "")
        self.next.setVisible(after is not None or another)
        waiting, checks = self.entry.unanswered(), [] if locked else self.entry.open_problems()
        self.checks.setText(self._checks_words(checks))
        self.checks.setVisible(bool(checks))
        self.status.setText(self._status(waiting))
        self.primary.setText(self._primary())
        self.primary.setEnabled(self.entry.completed or (not waiting and not locked))
        self.primary.setVisible(self.entry.completed or not locked)

    def _checks_words(self, checks: list[EditCheck]) -> str:
        if len(checks) == 1 and self.entry is not None and not self.compact():
            return self.tr("To check: {0}").format(label_of(self.entry, checks[0].items[0], self.look.language))
        return self.tr("{0} to check").format(len(checks))

    def _status(self, waiting: list[str]) -> str:
        assert self.entry is not None and self.study is not None
        if self.entry.completed or self.read_only():
            return ""
        if not waiting:
            return self.tr("Nothing left to answer")
        if len(waiting) == 1:
            return self.tr("1 left: {0}").format(label_of(self.entry, waiting[0], self.look.language))
        return self.tr("{0} left to answer").format(len(waiting))

    def _primary(self) -> str:
        assert self.entry is not None and self.study is not None
        if not self.entry.completed:
            return self.tr("Complete form")
        if self._of_log():
            return self.tr("Back to the list")
        if (form := self._next_open()) is not None:
            return self.tr("Go on: {0}").format(self.study.definition.form[form].short_title.in_(self.look.language))
        if self.study.may(Action.SIGN) and self.entry.state is not FormState.SIGNED:
            return self.tr("Sign the visit")
        return self.tr("Back to the schedule")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.entry is not None and event.oldSize().width() != event.size().width():
            self.retranslate()
