"""A form of a visit: head with state and live scores, the blocks, foot with one primary action."""

from __future__ import annotations

from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.definition import FormDef, ItemDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.speech import printed
from crf_desktop.ui.draft_strip import DraftStrip
from crf_desktop.ui.form_binding import FormBinding
from crf_desktop.ui.form_body import FormBody
from crf_desktop.ui.form_dialogue import FormDialogue
from crf_desktop.ui.key_hint import key_hints
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, ScoreCard, column
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.score_words import score_words
from crf_desktop.ui.state_word import state_words

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry, FormView
    from crf_desktop.capture.study import Study

KEPT = 12
"""Built forms kept for the next participant."""
LEAST = 800
"""Logical px below which a score says only that it is not final."""
READY = (FormState.COMPLETE, FormState.MISSING, FormState.CHANGED)


class FormPage(Page):
    """Shows any form of any participant; built bodies are kept and only filled anew."""

    place = "participants"
    form_asked = Signal(str, str, str)
    schedule_asked = Signal(str)
    signing_asked = Signal(str)
    written = Signal(str, str)
    """(participant, time of the log, UTC ISO): an act was committed."""
    write_failed = Signal()
    banner_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.entry: FormEntry | None = None
        self.view: FormView | None = None
        self.subject, self.event_oid = "", ""
        self._bodies: OrderedDict[str, FormBody] = OrderedDict()
        self._body: FormBody | None = None
        self._focused, self._frozen = "", False
        self.binding = FormBinding(self)
        self.dialogue = FormDialogue(self)
        self._make_parts()
        self.binding.committed.connect(self._committed)

    def _make_parts(self) -> None:
        look = self.look
        self.head, self.foot = PageHead(look), Foot(look)
        self.scores = [ScoreCard(look), ScoreCard(look)]
        for card in self.scores:
            self.head.right.addWidget(card)
        self.strip = DraftStrip(look)
        self.strip.restored.connect(self._restore_draft)
        self.strip.discarded.connect(self._discard_draft)
        self.stack = QStackedWidget()
        self.back = Button(look, "plain", lead=Icon.LEFT)
        self.next = Button(look, "plain", trail=Icon.RIGHT)
        self.status = Label(look, "", 13, token="text_2")
        self.primary = Button(look, "primary")
        for button in (self.back, self.next):
            self.foot.left.addWidget(button)
        self.foot.right.addWidget(self.status)
        self.foot.right.addWidget(self.primary)
        self.back.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.primary.clicked.connect(self.act)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.strip)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.foot)

    # ---- showing

    def show_form(self, study: Study, subject: str, event: str, form: str) -> None:
        """Shows a form of a visit; what waited on the page before is committed first."""
        self.leave()
        self.study, self.subject, self.event_oid = study, subject, event
        self.entry = study.form(subject, event, form)
        self.binding.bind(self.entry)
        self._body = self._take_body(self.entry.form)
        self.stack.setCurrentWidget(self._body)
        for other in self._bodies.values():
            for block in other.head_blocks:
                block.setVisible(other is self._body)
        self._order_stops()
        self._see()
        self.refresh()
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
            body = FormBody(form, self.study.definition, self.look)
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
        self.view = self.entry.view()
        self._body.show_view(self.block_view(self.view))
        self.retranslate()

    def block_view(self, view: FormView) -> BlockView:
        """The view as the blocks read it."""
        assert self.study is not None and self.entry is not None
        definition, language = self.study.definition, self.look.language
        items = {}
        for oid, datum in view.items.items():
            was = view.was.get(oid)
            words = printed(definition, definition.item[oid], was, language) if was is not None else ""
            items[oid] = ItemView(datum, view.remarks.get(oid, ""), oid in view.relevant, 0, words)
        return BlockView(
            items,
            view.derived,
            view.suggestions,
            view.visit_answers,
            self._sample_dates(view),
            self.entry.visit_date,
            self.read_only(),
        )

    def _sample_dates(self, view: FormView) -> dict[str, str]:
        """By laboratory item shown beside this form: when its sample was taken, the first date of its own form."""
        assert self.study is not None and self.entry is not None
        definition, found = self.study.definition, {}
        for oid in {h.item for i in definition.items_of(self.entry.form.oid) for h in i.hints}:
            times = (
                i for i in definition.items_of(definition.form_of_item[oid]) if i.data_type in ("date", "datetime")
            )
            first = next(times, None)
            taken = view.visit_answers.get(first.oid) if first else None
            if taken is not None and taken.value:
                found[oid] = taken.value[:10]
        return found

    def read_only(self) -> bool:
        """Nothing can be changed here."""
        return (
            self._frozen
            or self.study is None
            or not self.study.may(Action.ENTER)
            or self.entry is None
            or self.entry.visit_date is None
        )

    def freeze(self) -> None:
        """After a fault of the program: nothing more is written."""
        self._frozen = True
        self.refresh()

    def start(self) -> None:
        """Gives the keyboard to the first item that is open."""
        if self.entry is not None and self._body is not None:
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

    def keep_typed(self) -> None:
        """Before locking: commits what waits, keeps half-typed text as it is, and takes no more answers."""
        self.binding.flush()
        self.binding.save_drafts()
        self.binding.bind(None)

    def forget(self) -> None:
        """Empties the page when the study is locked; the built forms go too."""
        self.dialogue.close_all()
        self.binding.bind(None)
        self.study, self.entry, self.view, self._body = None, None, None, None
        self.subject, self.event_oid, self._focused = "", "", ""
        self._frozen = False
        for oid in list(self._bodies):
            self._drop_body(oid)
        self.strip.show_drafts({})

    def _see(self) -> None:
        from crf_desktop.capture.signing import mark_seen  # loads the signing code; not before the window stands

        assert self.study is not None and self.entry is not None
        if self.entry.state in READY and self.study.may(Action.SIGN):
            try:
                mark_seen(self.study, self.entry)
            except Explained:  # a disk that is full: the form can be read, and is offered again for signing
                return

    # ---- what was done

    def _committed(self, act: object, commit: object) -> None:
        assert self.study is not None and self.entry is not None
        self._see()
        self.refresh()
        self.written.emit(self.subject, getattr(commit, "recorded_at", ""))
        banner = self.study.definition.banner
        if getattr(act, "item", "") in (banner.sex, banner.birth_date):
            self.banner_changed.emit()

    def _note_focus(self, item_oid: str) -> None:
        self._focused = item_oid

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
        elif (form := self._next_open()) is not None:
            self.form_asked.emit(self.subject, self.event_oid, form)
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

    def _next_open(self) -> str | None:
        """The next form of the visit that is not complete, after this one and round the end."""
        assert self.study is not None and self.entry is not None
        states = [(f.oid, s) for f, s in self.study.visit_forms(self.subject, self.event_oid)]
        at = next(i for i, (oid, _) in enumerate(states) if oid == self.entry.form.oid)
        order = states[at + 1 :] + states[:at]
        return next((oid for oid, s in order if s in (FormState.DUE, FormState.IN_PROGRESS, FormState.PLANNED)), None)

    def neighbours(self) -> tuple[FormDef | None, FormDef | None]:
        """The form before and the one after in the visit."""
        if self.study is None or self.entry is None:
            return None, None
        forms = self.study.definition.event[self.event_oid].forms
        at = forms.index(self.entry.form.oid)
        find = self.study.definition.form
        return find[forms[at - 1]] if at else None, find[forms[at + 1]] if at + 1 < len(forms) else None

    def _step(self, by: int) -> None:
        before, after = self.neighbours()
        target = before if by < 0 else after
        if target is not None:
            self.form_asked.emit(self.subject, self.event_oid, target.oid)
        elif by < 0:
            self.schedule_asked.emit(self.subject)

    # ---- drafts

    def _draft_words(self) -> dict[str, tuple[str, str]]:
        if self.entry is None or self.study is None or self.read_only():
            return {}
        item: dict[str, ItemDef] = self.study.definition.item
        return {
            oid: (item[oid].label.in_(self.look.language), text)
            for oid, text in self.entry.drafts().items()
            if oid in item
        }

    def _restore_draft(self, oid: str) -> None:
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
        forms = self.study.definition.event[self.event_oid].forms
        place = self.tr("Form {0} of {1}").format(forms.index(entry.form.oid) + 1, len(forms))
        locked = self._locked_words()
        rule = locked or (f"{place} · {words}" if compact else f"{place} · {entry.form.rule.in_(language)}")
        self.head.show_words(entry.form.title.in_(language), rule)
        self.head.pill.show_state(Glyph.LOCK if locked else Glyph(entry.state), words, ground, ink)
        self.head.pill.setVisible(not compact)
        self._show_scores(compact)
        self.foot.show_keys([] if compact else key_hints(entry.form, self.read_only()))
        self._show_foot()

    def _locked_words(self) -> str:
        if self._frozen:
            return self.tr("Read-only after a fault of the program: lock and unlock")
        assert self.study is not None and self.entry is not None
        if self.study.store.read_only:
            return self.tr("Read-only: nothing can be written to this study")
        if not self.study.may(Action.ENTER):
            return self.tr("Read-only: your role does not enter data")
        return self.tr("Read-only: the visit has not begun") if self.entry.visit_date is None else ""

    def _show_scores(self, compact: bool) -> None:
        assert self.entry is not None and self.view is not None and self.study is not None
        definition, scores = self.study.definition, self.entry.form.scores
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
                        compact and self.width() / self.look.scale < LEAST,
                    )
                )

    def _show_foot(self) -> None:
        assert self.entry is not None and self.study is not None
        language, (before, after) = self.look.language, self.neighbours()
        self.back.setText(before.short_title.in_(language) if before else self.tr("Schedule"))
        self.next.setText(after.short_title.in_(language) if after else "")
        self.next.setVisible(after is not None)
        waiting = self.entry.unanswered()
        self.status.setText(self._status(waiting))
        self.primary.setText(self._primary())
        self.primary.setEnabled(self.entry.completed or (not waiting and not self.read_only()))
        self.primary.setVisible(self.entry.completed or not self.read_only())

    def _status(self, waiting: list[str]) -> str:
        assert self.entry is not None and self.study is not None
        if self.entry.completed or self.read_only():
            return ""
        if not waiting:
            return self.tr("Nothing left to answer")
        if len(waiting) == 1:
            return self.tr("1 left: {0}").format(self.study.definition.item[waiting[0]].label.in_(self.look.language))
        return self.tr("{0} left to answer").format(len(waiting))

    def _primary(self) -> str:
        assert self.entry is not None and self.study is not None
        if not self.entry.completed:
            return self.tr("Complete form")
        if (form := self._next_open()) is not None:
            return self.tr("Go on: {0}").format(self.study.definition.form[form].short_title.in_(self.look.language))
        if self.study.may(Action.SIGN) and self.entry.state is not FormState.SIGNED:
            return self.tr("Sign the visit")
        return self.tr("Back to the schedule")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.entry is not None and event.oldSize().width() != event.size().width():
            self.retranslate()
