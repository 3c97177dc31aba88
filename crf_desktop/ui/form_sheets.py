"""What a form page asks before it stores: why an answer changes, why an unusual value is kept, when a visit was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.chips import Chips, Option
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.sheet import Sheet


class ReasonSheet(Sheet):
    """A pick-list with free text; nothing is preselected."""

    def __init__(
        self, look: Look, host: QWidget, title: str, done: Callable[[str], None], cancelled: Callable[[], None]
    ) -> None:
        super().__init__(look, host, 620)
        self._done, self._cancelled = done, cancelled
        self.picked = ""
        self.add_title(title, Glyph.CHANGED, self.tr("Change of a stored answer"))
        self.body.addWidget(
            Label(look, self.tr("The former answer stays in the record. Why does it change?"), 15, wrap=True)
        )
        self.chips = Chips(look)
        self.chips.set_options(tuple(Option(key, words) for key, words in self.reasons()))
        self.chips.picked.connect(self._pick)
        self.body.addWidget(self.chips)
        self.body.addWidget(Label(look, self.tr("In words (needed for another reason)"), 13, token="text_2"))
        self.words = TextField(look)
        self.words.setMaxLength(300)
        self.words.setAccessibleName(self.tr("Reason in words"))
        self.words.textChanged.connect(self._judge)
        self.words.returnPressed.connect(self._accept)
        self.body.addWidget(self.words)
        self.buttons = self.add_buttons(
            (self.tr("Keep the former answer"), "plain", self.cancel),
            (self.tr("Store the change"), "primary", self._accept),
        )
        self._judge()

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, ReasonSheet) and old.picked:
            self._pick(old.picked)

    def reasons(self) -> list[tuple[str, str]]:
        """The usual reasons."""
        return [
            ("transcription", self.tr("Typing or transcription error")),
            ("source", self.tr("The source was corrected")),
            ("new", self.tr("New information")),
            ("assessed", self.tr("Assessed again")),
            ("other", self.tr("Another reason")),
        ]

    def reason(self) -> str:
        """The reason as it is stored; empty while it does not suffice."""
        words = self.words.text().strip()
        picked = dict(self.reasons()).get(self.picked, "")
        if self.picked in ("", "other"):
            return words
        return f"{picked}: {words}" if words else picked

    def _pick(self, code: str) -> None:
        self.picked = code
        self.chips.show_answer(code, "", False)
        if code == "other":
            self.words.setFocus()
        self._judge()

    def _judge(self) -> None:
        self.buttons[-1].setEnabled(bool(self.reason()))

    def _accept(self) -> None:
        if reason := self.reason():
            self.close_sheet()
            self._done(reason)

    def cancel(self) -> None:
        self.close_sheet()
        self._cancelled()


class SoftSheet(Sheet):
    """Unusual but possible: keep with a reason, or correct; the right value is never suggested."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        message: str,
        value: str,
        done: Callable[[str], None],
        cancelled: Callable[[], None],
    ) -> None:
        super().__init__(look, host, 720, docked=True)
        self._done, self._cancelled = done, cancelled
        self.add_title(message, Glyph.WARNING, self.tr("Unusual, but possible"))
        self.body.addWidget(Label(look, self.tr("Reason to keep {0}").format(value), 13, token="text_2"))
        self.words = TextField(look)
        self.words.setMaxLength(300)
        self.words.setAccessibleName(self.tr("Reason to keep {0}").format(value))
        self.words.textChanged.connect(self._judge)
        self.words.returnPressed.connect(self._accept)
        self.body.addWidget(self.words)
        self.buttons = self.add_buttons(
            (self.tr("Correct the value"), "plain", self.cancel),
            (self.tr("Keep with this reason"), "primary", self._accept),
        )
        self._judge()

    def _judge(self) -> None:
        self.buttons[-1].setEnabled(bool(self.words.text().strip()))

    def _accept(self) -> None:
        if reason := self.words.text().strip():
            self.close_sheet()
            self._done(reason)

    def cancel(self) -> None:
        self.close_sheet()
        self._cancelled()


class VisitSheet(Sheet):
    """The date of a visit when its first form is opened; empty until somebody gives it."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        visit: str,
        today: Callable[[], str],
        done: Callable[[str], str],
        cancelled: Callable[[], None],
    ) -> None:
        super().__init__(look, host, 560)
        self._done, self._cancelled, self._today = done, cancelled, today
        self.add_title(self.tr("When is this visit?"), Glyph.DUE, visit)
        words = self.tr("The visit date stands in the banner and on paper. A later change of it asks for a reason.")
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
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
        self.fault = Label(look, "", 13, True, "bad", wrap=True)
        self.fault.setMinimumHeight(look.px(38))
        self.body.addWidget(self.fault)
        self.buttons = self.add_buttons(
            (self.tr("Not now"), "plain", self.cancel), (self.tr("Start the visit"), "primary", self._accept)
        )
        self.date.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        self.fault.setText("")
        self.buttons[-1].setEnabled(bool(self.date.text().strip()))

    def _fill_today(self) -> None:
        self.date.setText(self._today())
        self.date.setFocus()

    def _accept(self) -> None:
        if not self.date.text().strip():
            return
        refused = self._done(self.date.text())
        if refused:
            self.fault.setText(refused)
        else:
            self.close_sheet()

    def cancel(self) -> None:
        self.close_sheet()
        self._cancelled()
