"""Authorised persons: everybody with an account, now or on a past day; an administrator adds, changes and ends them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column
from crf_desktop.ui.people_act import PeopleActs
from crf_desktop.ui.people_table import PeopleTable
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.worker import Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised, Roster
    from crf_desktop.capture.study import Study


class PeoplePage(Page):
    """The list is read anew from the log whenever it is shown or something was done."""

    place = "study"
    written = Signal(str, str)
    """("", ""): something was done about a person, or the list left the study."""
    study_asked = Signal()

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.roster: Roster | None = None
        self.on: date | None = None
        self.sheet: Sheet | None = None
        self.acts = PeopleActs(self, workshop)
        self._make_parts()

    def _make_parts(self) -> None:
        look, px = self.look, self.look.px
        self.head, self.foot = PageHead(look, buttons=True), Foot(look)
        self.day_label, self.day = Label(look, "", 13, token="text_2"), TextField(look, 36, 130)
        self.day.returnPressed.connect(self._ask_day)
        self.show_day, self.show_now = Button(look, "plain"), Button(look, "quiet")
        self.show_day.clicked.connect(self._ask_day)
        self.show_now.clicked.connect(lambda: self._show_on(None))
        for widget in (self.day_label, self.day, self.show_day, self.show_now):
            self.head.right.addWidget(widget)
        self.back, self.save, self.add = Button(look, "plain"), Button(look, "plain"), Button(look, "primary")
        self.back.clicked.connect(self.study_asked)
        self.save.clicked.connect(self.acts.save_list)
        self.add.clicked.connect(self.acts.ask_add)
        self.foot.left.addWidget(self.back)
        self.foot.right.addWidget(self.save)
        self.foot.right.addWidget(self.add)
        self.fault = Note(look, "", Glyph.WARNING, "warn_soft")
        self.fault.hide()
        self.table = PeopleTable(look)
        self.table.chosen.connect(self._choose)
        inside = QWidget()
        inside.setProperty("kind", "page")
        middle = column(inside, px(12), (px(24), 0, px(24), px(16)))
        middle.addWidget(self.fault)
        middle.addWidget(self.table, 1)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(inside, 1)
        outer.addWidget(self.foot)

    # ---- what it shows

    def show_study(self, study: Study) -> None:
        """Shows everybody as the log tells now."""
        self.study = study
        self._show_on(None)

    def may(self) -> bool:
        """Whether this person may do something about accounts, with a certificate that counts."""
        from crf_desktop.capture.people import may_administer  # loads with the study

        return self.study is not None and may_administer(self.study)

    def may_let_in(self, one: Authorised) -> bool:
        """Whether a person who has no password on this laptop can be given one by who is in."""
        fits = one.state != "closed" and not one.opens_here and one.person.role != "administrator"
        return fits and self._lets_in()

    def _lets_in(self) -> bool:
        from crf_desktop.capture.people import may_let_in  # loads with the study

        return self.study is not None and may_let_in(self.study)

    def refresh(self) -> None:
        """Reads the list anew."""
        from crf_desktop.capture.roster import roster  # loads with the study

        if self.study is None:
            return
        made = self.study.clock.now().isoformat(timespec="seconds")
        self.roster = roster(self.study.store, made, self.on)
        self.retranslate()

    def _ask_day(self) -> None:
        typed = self.day.text().strip()
        try:
            self._show_on(date.fromisoformat(typed) if typed else None)
        except ValueError:
            self.fault.set_text(self.tr("This is no date. Type it as year-month-day: 2026-11-22."))
            self.fault.show()
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_on(self, on: date | None) -> None:
        self.on = on
        self.day.setText(on.isoformat() if on else "")
        self.refresh()

    def show_account(self, user_oid: str) -> None:
        """Opens the card of a person."""
        self._choose(user_oid)

    def _choose(self, user_oid: str) -> None:
        found = next((one for one in self.people() if one.person.user_oid == user_oid), None)
        if found is not None:
            self.acts.show_person(found)

    def people(self) -> tuple[Authorised, ...]:
        """Who is on the list now."""
        return self.roster.people if self.roster is not None else ()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.acts.forget()
        self.study, self.roster, self.on = None, None, None
        self.day.clear()
        self.table.show_people(())

    def start(self) -> None:
        """Gives the keyboard to the first person."""
        self.table.start()

    # ---- sheets

    def open(self, sheet: Sheet, first: QWidget | None = None) -> None:
        """Shows a card above the page, in the place of the one before."""
        before, self.sheet = self.sheet, sheet
        if before is not None:
            before.close_sheet()
        sheet.closed.connect(lambda: self._closed(sheet))
        sheet.open(first)

    def _closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None

    def show_problem(self, problem: Explained, during: str) -> None:
        """Something was refused; nothing was changed."""

        def show() -> ProblemSheet:
            told = problem_of(problem, during, self.look.language)
            act: Act = (self.tr("Go back"), "primary", lambda: sheet.close_sheet())
            sheet = ProblemSheet(self.look, self, told, [act])
            self.open(sheet, sheet.first_button())
            return sheet

        show().again = show

    def done(self) -> None:
        """Something stands in the log now."""
        self.refresh()
        self.written.emit("", "")

    # ---- words

    def retranslate(self) -> None:
        if self.study is None or self.roster is None:
            return
        self.head.show_words(self.tr("Authorised persons"), self._rule())
        self.day_label.setText(self.tr("On a past day"))
        self.day.setPlaceholderText("2026-11-22")
        self.day.setAccessibleName(self.tr("On a past day"))
        self.show_day.setText(self.tr("Show"))
        self.show_now.setText(self.tr("Now"))
        self.show_now.setVisible(self.on is not None)
        self.back.setText(self.tr("Back to the study"))
        self.save.setText(self.tr("Save list as PDF"))
        self.add.setText(self.tr("Add a person"))
        may = self.may()
        self.add.setVisible(may and self.on is None)
        self.save.setVisible(self.acts.may_save())
        self.table.show_people(self.people(), now=self.on is None)
        if not self.people():
            self.fault.set_text(self.tr("Nobody was authorised on that day."))
        self.fault.setVisible(not self.people())
        self._fold()

    def _rule(self) -> str:
        if self.on is not None:
            from crf_desktop.wording import figure

            day = figure.day(self.on.isoformat(), self.look.language)
            return self.tr("As it was on {0}, read from the log").format(day)
        if not self.may() and self._lets_in():
            return self.tr("Read from the log. Accounts are made where the study was set up; choose a person to let in")
        if not self.may():
            return self.tr("Read from the log. Read-only: an administrator makes and ends accounts")
        return self.tr("Read from the log. Every account is one person’s; whatever you do here stays in the record")

    def _fold(self) -> None:
        self.day_label.setVisible(not self.compact())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
