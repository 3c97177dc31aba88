"""What is asked about a visit: its date, why the date is not as planned, why the visit did not take place."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.chips import Chips, Option
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.sheet import Sheet


@frozen(slots=True)
class Answered:
    """How an act about a visit was taken: stored where there are no words."""

    words: str = ""
    """Why it was not stored."""
    reason_asked: bool = False
    """It will be stored as soon as a reason is given."""
    logged: bool = False
    """The reason goes into the deviation log."""


class VisitSheet(Sheet):
    """The date of a visit; empty until somebody gives it. A date that is not as planned asks for the reason here."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        visit: str,
        planned: str,
        today: Callable[[], str],
        done: Callable[[str, str], Answered],
        former: str = "",
    ) -> None:
        """``planned``: when it is due, in words; ``former``: its date until now, where it has one."""
        super().__init__(look, host, 600)
        self._done, self._today, self._former = done, today, former
        self.asked = Answered()
        title = self.tr("Change the date of this visit") if former else self.tr("When is this visit?")
        self.add_title(title, Glyph.DUE, visit)
        words = self.tr("The visit date stands in the banner and on paper. A later change of it asks for a reason.")
        if former:
            words = self.tr("Until now: {0}. The former date stays in the record.").format(former)
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        if planned:
            self.body.addWidget(Label(look, planned, 15, wrap=True))
        self._add_date()
        self._add_reason()
        self.buttons = self.add_buttons(
            (self.tr("Not now"), "plain", self.cancel), (self._verb(), "primary", self._accept)
        )
        self.date.textChanged.connect(self._judge)
        self.reason.textChanged.connect(self._weigh)
        self._judge()

    def _add_date(self) -> None:
        look = self.look
        self.body.addWidget(Label(look, self.tr("Visit date"), 13, token="text_2"))
        line = row(gap=look.px(8))
        self.date = TextField(look, 44, 190)
        self.date.setPlaceholderText(self.tr("day month year"))
        self.date.setAccessibleName(self.tr("Visit date"))
        self.date.returnPressed.connect(self._accept)
        self.now = Button(look, "plain", self.tr("Today"), height=44)
        self.now.clicked.connect(self._fill_today)
        line.addWidget(self.date)
        line.addWidget(self.now)
        line.addStretch(1)
        self.body.addLayout(line)
        said = row(gap=look.px(8))
        self.mark = Mark(look, Glyph.REFUSED, 16)
        self.fault = Label(look, "", 15, True, "bad", wrap=True)
        said.addWidget(self.mark)
        said.addWidget(self.fault, 1)
        self.body.addLayout(said)

    def _add_reason(self) -> None:
        look = self.look
        self.why_label = Label(look, "", 13, token="text_2")
        self.reason = TextField(look, 44)
        self.reason.setMaxLength(300)
        self.reason.returnPressed.connect(self._accept)
        self.logged = Label(look, "", 13, token="text_2", wrap=True)
        for widget in (self.why_label, self.reason, self.logged):
            self.body.addWidget(widget)

    def _verb(self) -> str:
        if self.asked.reason_asked:
            return self.tr("Keep with this reason")
        return self.tr("Change the date") if self._former else self.tr("Start the visit")

    def _judge(self) -> None:
        """Another date: what was said about the one before no longer holds."""
        self._show(Answered())

    def _show(self, answered: Answered) -> None:
        self.asked = answered
        asks = answered.reason_asked
        self.fault.set_token("warn" if asks else "bad")
        self.mark.set_shape(Glyph.WARNING if asks else Glyph.REFUSED)
        self.fault.setText(answered.words)
        for widget in (self.fault, self.mark):
            widget.setVisible(bool(answered.words))
        self.why_label.setVisible(asks)
        self.reason.setVisible(asks)
        label = self.tr("Reason to keep this date") if answered.logged else self.tr("Reason for the change")
        self.why_label.setText(label)
        self.reason.setAccessibleName(label)
        self.logged.setText(self.tr("The date and this reason go into the deviation log.") if answered.logged else "")
        self.logged.setVisible(answered.logged)
        self.buttons[-1].setText(self._verb())
        self._weigh()
        self._place()

    def _weigh(self) -> None:
        given = bool(self.reason.text().strip()) or not self.asked.reason_asked
        self.buttons[-1].setEnabled(bool(self.date.text().strip()) and given)

    def _fill_today(self) -> None:
        self.date.setText(self._today())
        self.date.setFocus()

    def _accept(self) -> None:
        if not self.buttons[-1].isEnabled():
            return
        reason = self.reason.text().strip() if self.asked.reason_asked else ""
        answered = self._done(self.date.text(), reason)
        if not answered.words:
            self.close_sheet()
            return
        self._show(answered)
        if answered.reason_asked:
            self.reason.setFocus()


class MissSheet(Sheet):
    """That a visit did not take place, and why; nothing is preselected."""

    def __init__(self, look: Look, host: QWidget, visit: str, done: Callable[[str, str], Answered]) -> None:
        super().__init__(look, host, 600)
        self._done = done
        self.picked = ""
        self.add_title(self.tr("This visit did not take place"), Glyph.MISSING, visit)
        words = self.tr("Its forms are then not asked. It comes back when the visit is given a date.")
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        self.chips = Chips(look)
        self.chips.set_options(tuple(Option(code, words) for code, words in self.flavors()))
        self.chips.picked.connect(self._pick)
        self.body.addWidget(self.chips)
        self.body.addWidget(Label(look, self.tr("Reason"), 13, token="text_2"))
        self.reason = TextField(look, 44)
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.textChanged.connect(self._judge)
        self.reason.returnPressed.connect(self._accept)
        self.body.addWidget(self.reason)
        logged = self.tr("The visit and this reason go into the deviation log.")
        self.body.addWidget(Label(look, logged, 13, token="text_2", wrap=True))
        self.fault = Label(look, "", 15, True, "bad", wrap=True)
        self.body.addWidget(self.fault)
        self.fault.hide()
        self.buttons = self.add_buttons(
            (self.tr("Not now"), "plain", self.cancel), (self.tr("Record it"), "primary", self._accept)
        )
        self._judge()

    def flavors(self) -> list[tuple[str, str]]:
        """Null flavours in the words of a visit."""
        return [
            ("ND", self.tr("Not done")),
            ("REF", self.tr("Refused by participant or parent")),
            ("UNK", self.tr("Did not come, not reached")),
            ("NA", self.tr("Not applicable")),
        ]

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, MissSheet) and old.picked:
            self._pick(old.picked)

    def _pick(self, code: str) -> None:
        self.picked = code
        self.chips.show_answer(code, "", False)
        self._judge()

    def _judge(self) -> None:
        self.fault.hide()
        self.buttons[-1].setEnabled(bool(self.picked) and bool(self.reason.text().strip()))

    def _accept(self) -> None:
        if not self.buttons[-1].isEnabled():
            return
        answered = self._done(self.picked, self.reason.text().strip())
        if not answered.words:
            self.close_sheet()
            return
        self.fault.setText(answered.words)
        self.fault.show()
        self._place()
