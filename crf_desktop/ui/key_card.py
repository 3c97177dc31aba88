"""The keys of a study file: how they stand, and what may be done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Card, Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row

if TYPE_CHECKING:
    from crf_desktop.capture.keys import KeyFacts
    from crf_desktop.capture.study import Study


class KeyCard(Card):
    """Facts with their values under them, then one line for each act."""

    password_asked = Signal()
    recovery_asked = Signal()
    drill_asked = Signal()
    rotation_asked = Signal()
    escrow_asked = Signal()
    age_asked = Signal()
    lift_asked = Signal(int)

    def __init__(self, look: Look, study: Study, facts: KeyFacts, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.facts = facts
        px = look.px
        self.body = column(self, px(2), (px(16), px(14), px(16), px(14)))
        self.body.addWidget(Label(look, self.tr("Keys"), 17, True))
        for name, value, bad in self._told():
            self._add_fact(name, value, bad)
        self.body.addSpacing(px(6))
        self.buttons: dict[str, Button] = {}
        self._add_acts(study)

    def _told(self) -> list[tuple[str, str, bool]]:
        facts = self.facts
        return [
            (self.tr("Opened by"), self._opened_by(), False),
            (self.tr("Data key"), self._data_key(), False),
            (self.tr("Recovery code"), *self._recovery()),
            (self.tr("Sponsor’s key"), facts.escrow or self.tr("none"), False),
            (self.tr("Change of passwords"), self._age(), facts.age.due),
        ]

    def _opened_by(self) -> str:
        n = self.facts.people
        return self.tr("1 password") if n == 1 else self.tr("{0} passwords").format(n)

    def _data_key(self) -> str:
        facts = self.facts
        if not facts.rotated_at:
            return self.tr("number {0}, as the study was made").format(facts.epoch)
        return self.tr("number {0}, since {1}").format(facts.epoch, self._when(facts.rotated_at))

    def _recovery(self) -> tuple[str, bool]:
        state = self.facts.recovery
        if state.waiting:
            return self.tr("made, but not typed back from the paper yet"), True
        if not state.kind:
            return self.tr("none: a lost administrator’s password cannot be helped"), True
        words = self.tr("one code") if state.kind == "code" else self.tr("three shares, any two do")
        return self.tr("{0}; typed back {1}").format(words, self._when(state.drilled_at)), False

    def _age(self) -> str:
        age = self.facts.age
        if not age.days:
            return self.tr("not asked for")
        if age.due:
            return self.tr("every {0} days; yours is due now").format(age.days)
        return self.tr("every {0} days; yours in {1} days").format(age.days, age.left)

    def _when(self, stamp: str) -> str:
        from crf_desktop.ui.problem_panel import local_moment  # loads with the study

        return local_moment(stamp, self.look.language)

    def _add_fact(self, name: str, value: str, bad: bool) -> None:
        look, px = self.look, self.look.px
        self.body.addSpacing(px(6))
        self.body.addWidget(Label(look, name, 13, token="text_2"))
        line = row(gap=px(8))
        if bad:
            line.addWidget(Mark(look, Glyph.WARNING, 14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(look, value, 15, wrap=True, token="warn" if bad else "text"), 1)
        self.body.addLayout(line)

    def _add_acts(self, study: Study) -> None:
        facts = self.facts
        if not study.store.read_only:
            self._add("password", self.tr("Change my password"), self.password_asked.emit)
        if facts.may_keep:
            if facts.recovery.waiting:
                self._add("drill", self.tr("Type the recovery code back"), self.drill_asked.emit)
            self._add("recovery", self.tr("New recovery code"), self.recovery_asked.emit)
            self._add("rotation", self.tr("New data key"), self.rotation_asked.emit)
        if facts.may_administer:
            self._add("escrow", self.tr("Sponsor’s key"), self.escrow_asked.emit)
        if study.may(Action.CONFIGURE) and study.session.trust == "certified":
            self._add("age", self.tr("Rule for changing passwords"), self.age_asked.emit)
        for slot, name in facts.blocked if facts.may_administer else ():
            words = self.tr("Lift the block of {0}").format(name)
            self._add(f"lift {slot}", words, lambda slot=slot: self.lift_asked.emit(slot))

    def _add(self, key: str, words: str, act: object) -> None:
        self.body.addWidget(Line(self.look))
        button = self.buttons[key] = Button(self.look, "quiet", words, px=13)
        button.clicked.connect(act)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


