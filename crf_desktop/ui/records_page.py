"""What belongs to no visit: adverse events, drugs, deviations of one participant, form by form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.definition import FormDef
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.form_notice import NoticeStrip
from crf_desktop.ui.form_words import FORM, gate_notices, visit_of
from crf_desktop.ui.label import Card, Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.records_list import RecordsList

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class RecordsPage(Page):
    """One chip per form, one line per record; Enter opens, the primary button adds."""

    place = "participants"
    form_asked = Signal(str, str, str)
    schedule_asked = Signal(str)
    records_asked = Signal(str, str)
    """(participant, form OID): another form of the log."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.subject, self.form_oid, self._event = "", "", ""
        self.came_from: tuple[str, str] | None = None
        """Visit and form this list was opened from, by address; None: from the schedule."""
        self.chips: dict[str, Chip] = {}
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look, buttons=True)
        self.add = Button(look, "primary")
        self.head.right.addWidget(self.add)
        self.notice = NoticeStrip(look)
        self.chip_line = row(gap=look.px(4), margins=(look.px(20), 0, look.px(20), look.px(8)))
        self.card, self.list, self.empty = Card(look), RecordsList(look), EmptyState(look)
        self.foot = Foot(look)
        self.back = Button(look, "plain", lead=Icon.LEFT)
        self.told = Label(look, "", 13, token="text_2", wrap=True)
        self.told.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(10))
        self.foot.left.addWidget(self.back)
        self.add.clicked.connect(self._add)
        self.empty.button.clicked.connect(self._add)
        self.back.clicked.connect(self._leave)
        self.list.opened.connect(lambda at: self.form_asked.emit(self.subject, self._event, at))
        self.list.shown.connect(self._tell)
        self.notice.chosen.connect(self._follow)

    def _lay_out(self) -> None:
        px = self.look.px
        inside = column(self.card, 0, (1, 1, 1, 1))
        inside.addWidget(self.list, 1)
        inside.addWidget(self.told)
        inside.addWidget(self.empty, 1)
        body = column(margins=(px(24), 0, px(24), px(16)))
        body.addWidget(self.card, 1)
        chips = QWidget()
        chips.setLayout(self.chip_line)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.notice)
        outer.addWidget(chips)
        outer.addLayout(body, 1)
        outer.addWidget(self.foot)

    # ---- what it shows

    def show_records(
        self, study: Study, subject: str, form_oid: str = "", came_from: tuple[str, str] | None = None
    ) -> None:
        """Shows the records of a form of one participant; without a form those of the first."""
        from crf_desktop.capture.records import event_of, record_forms  # loads with the study

        forms = [f for _, f in record_forms(study.definition)]
        known = {f.oid for f in forms}
        self.study, self.subject, self.came_from = study, subject, came_from
        self.form_oid = form_oid if form_oid in known else forms[0].oid
        self._event = event_of(study.definition, self.form_oid).oid
        self._make_chips(forms)
        self.refresh()

    def _make_chips(self, forms: list[FormDef]) -> None:
        if list(self.chips) == [f.oid for f in forms]:
            return
        while (item := self.chip_line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.chips = {f.oid: Chip(self.look) for f in forms}
        for oid, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, f=oid: self._choose(f))
            self.chip_line.addWidget(chip)
        self.chip_line.addStretch(1)

    def refresh(self) -> None:
        """Reads the records anew."""
        from crf_desktop.capture.records import records  # loads with the study

        if self.study is None:
            return
        found = records(self.study, self.subject, self.form_oid)
        self.list.show_records(self.study.definition, self.form, found)
        self.retranslate()

    @property
    def form(self) -> FormDef:
        """The form whose records are shown."""
        assert self.study is not None
        return self.study.definition.form[self.form_oid]

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self.subject, self.came_from = None, "", None
        self.list.records.forget()
        self.told.setText("")
        self.notice.show_notices(())

    def start(self) -> None:
        """Gives the keyboard to the list, or to the one button of an empty one."""
        reason = Qt.FocusReason.OtherFocusReason
        if self.list.records.records:
            self.list.setFocus(reason)
        elif self.empty.button.isVisibleTo(self):
            self.empty.button.setFocus(reason)
        else:
            self.back.setFocus(reason)

    # ---- acts

    def _choose(self, form_oid: str) -> None:
        for oid, chip in self.chips.items():
            chip.setChecked(oid == form_oid)
        self.records_asked.emit(self.subject, form_oid)

    def _add(self) -> None:
        assert self.study is not None
        at = self.form_oid
        if self.form.repeating:
            at = self.study.next_repeat(self.subject, self._event, at)
        self.form_asked.emit(self.subject, self._event, at)

    def _leave(self) -> None:
        if self.came_from is not None:
            self.form_asked.emit(self.subject, *self.came_from)
        else:
            self.schedule_asked.emit(self.subject)

    def _follow(self, key: str) -> None:
        assert self.study is not None
        form = key.removeprefix(FORM)
        self.form_asked.emit(self.subject, visit_of(self.study, self.subject, form), form)

    # ---- words

    def retranslate(self) -> None:
        if self.study is None:
            return
        study, form, language = self.study, self.form, self.look.language
        n = len(self.list.records.records)
        self.head.show_words(form.short_title.in_(language), form.rule.in_(language))
        at = study.next_repeat(self.subject, self._event, form.oid) if form.repeating else form.oid
        entry = study.form(self.subject, self._event, at)
        self.notice.show_notices(gate_notices(study, entry, language))
        offered = study.may(Action.ENTER) and not entry.closed() and (form.repeating or not n)
        title = form.title.in_(language)
        words = self.tr("Add {0}").format(title[:1].lower() + title[1:] if language == "en" else title)
        self.add.setText(words)
        self.add.setVisible(offered and n > 0)
        self.empty.show_words(self.tr("Nothing recorded"), form.rule.in_(language), words, offered)
        self.list.setVisible(n > 0)
        self.empty.setVisible(n == 0)
        self._name_chips()
        self.list.restyle()
        self.list.head.viewport().update()
        self._name_foot(n)

    def _name_chips(self) -> None:
        assert self.study is not None
        language = self.look.language
        heads = [h for h in self.study.store.form_heads(self.subject) if h.n_value + h.n_null]
        for oid, chip in self.chips.items():
            n = sum(h.path.form == oid for h in heads)
            form = self.study.definition.form[oid]
            chip.setText(form.short_title.in_(language) + (f" {n}" if form.repeating else ""))
            chip.setChecked(oid == self.form_oid)

    def _name_foot(self, n: int) -> None:
        assert self.study is not None
        definition, language = self.study.definition, self.look.language
        came = self.came_from
        home = definition.form_at(came[1]).short_title.in_(language) if came else self.tr("Schedule")
        self.back.setText(home)
        keys = [("↑ ↓", self.tr("record")), ("Enter", self.tr("open"))] if n and not self.compact() else []
        self.foot.show_keys(keys)
        self._tell()

    def _tell(self) -> None:
        """Under the list, what of the chosen line is not seen whole."""
        words = self.list.cut_words()
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.study is not None and event.oldSize().width() != event.size().width():
            self._name_foot(len(self.list.records.records))
