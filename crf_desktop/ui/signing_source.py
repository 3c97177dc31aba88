"""Whose certificate signs the PDF: the study's, the hospital's file, or a card; remembered without any secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.settings import user_data
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.report.pdf_signer import SigningSource

STUDY, FILE, TOKEN = "study", "file", "token"


@dataclass(frozen=True)
class SourceChoice:
    """What was chosen on this installation; no passphrase, no PIN."""

    kind: str = STUDY
    file: str = ""
    module: str = ""
    label: str = ""

    @classmethod
    def read(cls) -> SourceChoice:
        """What was chosen last here; nonsense in the file is the study's own certificate."""
        file = _file()
        found = cls(*(str(file.value(f"signer/{name}", "")) for name in ("kind", "file", "module", "label")))
        return found if found.kind in (STUDY, FILE, TOKEN) and found.whole() else cls()

    def keep(self) -> None:
        """Remembers it."""
        file = _file()
        for name in ("kind", "file", "module", "label"):
            file.setValue(f"signer/{name}", getattr(self, name))
        file.sync()

    def whole(self) -> bool:
        """Whether everything is said that the kind asks for."""
        return {STUDY: True, FILE: bool(self.file), TOKEN: bool(self.module and self.label)}[self.kind]

    def source(self, secret: str) -> SigningSource | None:
        """What signs the PDF, with the passphrase or PIN; None: the study's own key.

        Raises EnvironmentProblem ``signer.no_file``.
        """
        from crf_desktop.report.pdf_signer import KeyFile  # cryptography; not before the window stands
        from crf_desktop.report.pdf_token import Token

        if self.kind == TOKEN:
            return Token(self.module, self.label, secret)
        if self.kind == STUDY:
            return None
        try:
            return KeyFile(Path(self.file).read_bytes(), secret)
        except OSError:
            raise EnvironmentProblem("signer.no_file") from None


def _file() -> QSettings:
    return QSettings(str(user_data() / "window.ini"), QSettings.Format.IniFormat)


class SourceSheet(Sheet):
    """Three ways, one of which is chosen."""

    def __init__(self, look: Look, host: QWidget, now: SourceChoice, done: Callable[[SourceChoice], None]) -> None:
        super().__init__(look, host, 620)
        self._done, self.kind = done, now.kind
        self.add_title(self.tr("Certificate of the signature"))
        words = self.tr(
            "The forms are always signed in the log with your key of this study. "
            "The PDF may carry the certificate of your hospital instead."
        )
        self.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        line = row(gap=look.px(4))
        self.chips = {kind: Chip(look) for kind in (STUDY, FILE, TOKEN)}
        names = (self.tr("Of the study"), self.tr("A file (PKCS #12)"), self.tr("A card or stick (PKCS #11)"))
        for (kind, chip), name in zip(self.chips.items(), names, strict=True):
            chip.setText(name)
            chip.clicked.connect(lambda _=False, k=kind: self.choose(k))
            line.addWidget(chip)
        line.addStretch(1)
        self.body.addLayout(line)
        self.file, file = self._field(self.tr("File (.p12, .pfx)"), now.file, self._browse_file)
        self.module, module = self._field(self.tr("Module of the card’s maker"), now.module, self._browse_module)
        self.label, label = self._field(self.tr("Label of the card"), now.label, None)
        self.parts = {STUDY: [], FILE: [file], TOKEN: [module, label]}
        self.note = Note(look, self.tr("The passphrase or PIN is asked at each signing and kept nowhere."))
        self.body.addWidget(self.note)
        self.buttons = self.add_buttons(
            (self.tr("Cancel"), "plain", self.close_sheet), (self.tr("Use this one"), "primary", self._use)
        )
        self.choose(now.kind)

    def _field(
        self, words: str, value: str, browse: Callable[[], None] | None
    ) -> tuple[TextField, QWidget]:
        look = self.look
        part = QWidget()
        box = column(part, look.px(4))
        box.addWidget(Label(look, words, 13, token="text_2"))
        field = TextField(look, 40)
        field.setText(value)
        field.setAccessibleName(words)
        field.textChanged.connect(self._judge)
        line = row(gap=look.px(8))
        line.addWidget(field, 1)
        if browse is not None:
            button = Button(look, "plain", self.tr("Choose"))
            button.setAccessibleName(self.tr("Choose") + " " + words)
            button.clicked.connect(browse)
            line.addWidget(button)
        box.addLayout(line)
        self.body.addWidget(part)
        return field, part

    def choose(self, kind: str) -> None:
        """Shows what the kind asks for."""
        self.kind = kind
        for name, chip in self.chips.items():
            chip.setChecked(name == kind)
            for part in self.parts[name]:
                part.setVisible(name == kind)
        self.note.setVisible(kind != STUDY)
        self._judge()
        self._place()

    def chosen(self) -> SourceChoice:
        """What the sheet says now."""
        return SourceChoice(self.kind, self.file.text().strip(), self.module.text().strip(), self.label.text().strip())

    def _judge(self) -> None:
        if hasattr(self, "buttons"):
            self.buttons[-1].setEnabled(self.chosen().whole())

    def _use(self) -> None:
        choice = self.chosen()
        self.close_sheet()
        self._done(choice)

    def _browse_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("File"), QDir.homePath(), "PKCS #12 (*.p12 *.pfx)")
        if chosen:
            self.file.setText(chosen)

    def _browse_module(self) -> None:
        names = self.tr("Module") + " (*.so *.dll *.dylib);;* (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Module"), "", names)
        if chosen:
            self.module.setText(chosen)
