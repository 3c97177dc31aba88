"""Signed pages whose PDF was never made: said above the list until it is made, of the very pages that were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import PasswordField, TextField
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.capture.unfinished import Kept
    from crf_desktop.model.data import Change


class UnfinishedStrip(QWidget):
    """One line and a button."""

    finish_asked = Signal(object, object, str, str)
    """(pages kept, their rows, user name, password)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.study: Study | None = None
        self.found: list[tuple[Kept, tuple[Change, ...]]] = []
        self.note, self.make = Note(look, "", Glyph.WARNING, "warn_soft"), Button(look, "plain")
        line = row(self, look.px(8), (look.px(24), 0, look.px(20), look.px(8)))
        line.addWidget(self.note, 1)
        line.addWidget(self.make)
        self.make.clicked.connect(self.ask)
        self.hide()

    def show_study(self, study: Study | None) -> None:
        """Looks for pages that wait; None: nothing is shown."""
        from crf_desktop.capture.unfinished import unfinished  # loads with the study

        self.study, self.found = study, unfinished(study) if study is not None else []
        self.retranslate()

    def some(self) -> bool:
        """Whether anything waits."""
        return bool(self.found)

    def _visit(self) -> str:
        assert self.study is not None
        path = self.found[0][0].path
        event = self.study.planned(path.subject, path.event_address).event
        return f"{path.subject} · {event.title.in_(self.look.language)}"

    def retranslate(self) -> None:
        """Every word in the language in force."""
        self.setVisible(self.some())
        if not self.found:
            return
        more = len(self.found) - 1
        words = self.tr("Signed, but the PDF was not made: {0}.").format(self._visit())
        self.note.set_text(words + (" " + self.tr("{0} more wait.").format(more) if more else ""))
        self.make.setText(self.tr("Make the PDF"))

    def ask(self) -> None:
        """Asks both components again, since the PDF is signed with the key."""
        host = self.parentWidget()
        if host is None or not self.found:
            return
        kept, rows = self.found[0]

        def show() -> UnfinishedSheet:
            sheet = UnfinishedSheet(self.look, host, self._visit(), len(rows))
            sheet.given.connect(lambda name, password: self.finish_asked.emit(kept, rows, name, password))
            sheet.open(sheet.name_field)
            return sheet

        show().again = show


class UnfinishedSheet(Sheet):
    """User name and password for one PDF."""

    given = Signal(str, str)

    def __init__(self, look: Look, host: QWidget, visit: str, n: int) -> None:
        super().__init__(look, host, 520)
        self.add_title(self.tr("Make the PDF"), Glyph.SIGNED, visit)
        words = self.tr(
            "The pages you read and signed are kept. The same file is made of them, with the time of your signature; "
            "no new signature is written."
        )
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        self.name_field, self.password = TextField(look, 44), PasswordField(look, 44)
        for words, field in ((self.tr("User name"), self.name_field), (self.tr("Password"), self.password)):
            self.body.addWidget(Label(look, words, 13, token="text_2"))
            self.body.addWidget(field)
            field.setAccessibleName(words)
            field.textChanged.connect(self._judge)
        self.name_field.returnPressed.connect(lambda: self.password.setFocus(Qt.FocusReason.OtherFocusReason))
        self.password.returnPressed.connect(self._give)
        self.buttons = self.add_buttons(
            (self.tr("Later"), "plain", self.close_sheet), (self.tr("Make the PDF"), "primary", self._give)
        )
        self._judge()

    def _judge(self) -> None:
        self.buttons[-1].setEnabled(bool(self.name_field.text().strip() and self.password.text()))

    def _give(self) -> None:
        if self.buttons[-1].isEnabled():
            name, password = self.name_field.text(), self.password.text()
            self.close_sheet()
            self.given.emit(name, password)
