"""What a form page asks before it stores: why an answer changes, why an unusual value is kept, when a visit was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.chips import Chips, Option
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.sheet import Sheet


class ReasonSheet(Sheet):
    """A pick-list with free text; nothing is preselected."""

    def __init__(
        self, look: Look, host: QWidget, title: str, done: Callable[[str], None], cancelled: Callable[[], None]
    ) -> None:
        super().__init__(look, host, 620)
        self._done, self._cancelled = done, cancelled
        self.picked = ""
        above, question, keep, store = self.said()
        self.add_title(title, Glyph.CHANGED, above)
        self.body.addWidget(Label(look, question, 15, wrap=True))
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
        self.buttons = self.add_buttons((keep, "plain", self.cancel), (store, "primary", self._accept))
        self._judge()

    def said(self) -> tuple[str, str, str, str]:
        """The line above the title, the question, and the words on the two buttons."""
        return (
            self.tr("Change of a stored answer"),
            self.tr("The former answer stays in the record. Why does it change?"),
            self.tr("Keep the former answer"),
            self.tr("Store the change"),
        )

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


class VoidSheet(ReasonSheet):
    """Why a whole record is taken back."""

    def said(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Entered by mistake"),
            self.tr("All its answers are taken back; they stay in the record. Its number is not used again. Why?"),
            self.tr("Keep it"),
            self.tr("Take it back"),
        )

    def reasons(self) -> list[tuple[str, str]]:
        return [
            ("twice", self.tr("Recorded twice")),
            ("participant", self.tr("Belongs to another participant")),
            ("never", self.tr("Did not happen")),
            ("other", self.tr("Another reason")),
        ]


class RowSheet(Sheet):
    """Whether a row goes; what stood in it stays in the log."""

    def __init__(self, look: Look, host: QWidget, answers: list[str], done: Callable[[], None]) -> None:
        super().__init__(look, host, 560)
        self._done = done
        self.add_title(self.tr("Take this row out?"), Glyph.CHANGED)
        self.body.addWidget(Label(look, " · ".join(answers), 15, True, wrap=True))
        words = self.tr("Its answers leave the form and stay in the record.")
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        self.buttons = self.add_buttons(
            (self.tr("Keep the row"), "plain", self.cancel), (self.tr("Take it out"), "primary", self._accept)
        )

    def _accept(self) -> None:
        self.close_sheet()
        self._done()


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
