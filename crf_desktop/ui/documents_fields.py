"""What is asked about the document chosen: whom, which visit and form, which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crf_desktop.model.path import split
from crf_desktop.ui import documents_choice as choosing
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.documents_choice import OF_ONE, Choice, Option
from crf_desktop.ui.documents_words import DocumentWords
from crf_desktop.ui.field import Picker, TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.paint import RING
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.report.paper_sheet import PaperLanguage

WIDE, NAMES = 400, 128
"""Of a field, and of the names before them."""
SPOKEN: tuple[PaperLanguage, ...] = ("en", "zh", "both")
ROWS = ("subject", "visit", "source", "form", "book", "page", "label", "day", "language")


class DocumentFields(QWidget):
    """One row for each question; those that the document does not need are away."""

    changed = Signal(object)
    """(Choice)"""
    confirmed = Signal()
    """Enter in the field of the day."""

    def __init__(self, look: Look, words: DocumentWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.words = look, words
        self.choice = Choice()
        self.pickers = {name: Picker(look, 36) for name in ("subject", "visit", "form", "book", "page", "label")}
        self.day = TextField(look, 36, 150)
        self.languages = {language: Chip(look) for language in SPOKEN}
        self.sources = {signed: Chip(look) for signed in (False, True)}
        self.told = Label(look, "", 13, token="text_2", wrap=True)
        self.names = {name: Label(look, "", 13, token="text_2") for name in ROWS}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self.look.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        self.controls: dict[str, QWidget] = {**self.pickers, "day": QWidget()}
        row(self.controls["day"], margins=(RING, 0, 0, 0)).addWidget(self.day)
        for name, chips in (("source", self.sources), ("language", self.languages)):
            line = self.controls[name] = QWidget()
            inside = row(line, px(4))
            for chip in chips.values():
                inside.addWidget(chip)
            inside.addStretch(1)
        for at, name in enumerate(ROWS):
            control = self.controls[name]
            if name in self.pickers:
                control.setFixedWidth(px(WIDE))
            self.names[name].setMinimumWidth(px(NAMES))
            grid.addWidget(self.names[name], 2 * at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(control, 2 * at, 1, Qt.AlignmentFlag.AlignLeft)
            if name == "source":
                grid.addWidget(self.told, 2 * at + 1, 1)
        self.told.setContentsMargins(RING, 0, 0, px(4))
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for name, field in (("subject", "subject"), ("visit", "visit"), ("form", "form"), ("page", "form"),
                            ("label", "label"), ("book", "book")):  # fmt: skip
            self.pickers[name].chosen.connect(lambda value, f=field: self._change(**{f: value}))
        for language, chip in self.languages.items():
            chip.clicked.connect(lambda _=False, one=language: self._change(language=one))
        for signed, chip in self.sources.items():
            chip.clicked.connect(lambda _=False, one=signed: self._change(signed=one))
        self.day.textChanged.connect(lambda text: self._change(day=text))
        self.day.returnPressed.connect(self.confirmed)

    def _change(self, **values: object) -> None:
        if "subject" in values or "book" in values:
            values |= {"form": ""}
        self.choice = evolve(self.choice, **values)  # type: ignore[arg-type]
        self.changed.emit(self.choice)

    # ---- what it shows

    def show_choice(self, study: Study, choice: Choice) -> None:
        """Shows a settled choice, in the language in force."""
        self.choice = choice
        shown, language = self._asked(choice), self.look.language
        for name in ROWS:
            self.names[name].setVisible(name in shown)
            self.controls[name].setVisible(name in shown)
        known = [(subject, subject) for subject in study.subjects()]
        offered: dict[str, tuple[list[Option], str]] = {
            "subject": (known, choice.subject),
            "label": ([("", self.tr("No participant number")), *known], choice.label),
            "book": ([("", self.tr("The whole book")), *choosing.books(study, language)], choice.book),
        }
        if "visit" in shown:
            offered["visit"] = (choosing.visits(study, choice.subject, language), choice.visit)
        if "form" in shown:
            offered["form"] = (choosing.forms(study, choice.subject, choice.visit, language), choice.form)
        if "page" in shown:
            whole = [("", self.tr("All forms of it"))]
            held = [*whole, *choosing.book_forms(study, choice.book, language)]
            offered["page"] = (held, split(choice.form)[0])
        for name, (options, value) in offered.items():
            self.pickers[name].show_options(options, value)
        if choice.day != self.day.text():
            self.day.setText(choice.day)
        self._show_chips(study, choice, shown)
        self._retranslate()

    @staticmethod
    def _asked(choice: Choice) -> set[str]:
        """Rows that the document needs."""
        kind = choice.kind
        shown = {"language"} if not choice.signed or kind != "visit" else set()
        if kind in ("blank", "annotated"):
            shown |= {"book", "label"} if kind == "blank" else {"book"}
            return shown | ({"page"} if choice.book else set())
        if kind == "authorised":
            return shown | {"day"}
        if kind not in OF_ONE or not choice.subject:
            return shown
        shown |= {"subject"}
        if kind in ("visit", "form") and choice.visit:
            shown |= {"visit"} | ({"form"} if kind == "form" and choice.form else set())
        return shown

    def _show_chips(self, study: Study, choice: Choice, shown: set[str]) -> None:
        for language, chip in self.languages.items():
            chip.setVisible(language in choice.languages())
            chip.setChecked(language == choice.spoken())
        file = choosing.signed_file(study, choice.subject, choice.visit) if "visit" in shown else None
        asked = file is not None and choice.kind == "visit"
        self.names["source"].setVisible(asked)
        self.controls["source"].setVisible(asked)
        self.told.setVisible(asked and choice.signed)
        for signed, chip in self.sources.items():
            chip.setChecked(signed == choice.signed)
        if file is not None:
            who = ("、" if self.look.language == "zh" else ", ").join(file.signers)
            when = figure.moment(file.when, self.look.language)
            current = file.standing == "current"
            words = self.tr("{0}, {1}. It says what holds now.") if current else self.tr(
                "{0}, {1}. Something changed since: it is not current."
            )  # fmt: skip
            self.told.setText(words.format(who, when))

    def _retranslate(self) -> None:
        names = {
            "subject": self.tr("Participant"), "visit": self.tr("Visit"), "source": self.tr("Which"),
            "form": self.tr("Form"), "page": self.tr("Form"), "label": self.tr("Label"),
            "book": self.tr("For which visit"), "day": self.tr("On which day"), "language": self.tr("Language"),
        }  # fmt: skip
        for name, label in self.names.items():
            label.setText(names[name])
            (self.day if name == "day" else self.controls[name]).setAccessibleName(names[name])
        for picker_name, picker in self.pickers.items():
            picker.setAccessibleName(f"{names[picker_name]}: {picker.words()}")
        for language, chip in self.languages.items():
            chip.setText(self.words.language(language))
        self.sources[False].setText(self.tr("As it stands now"))
        self.sources[True].setText(self.tr("The signed PDF"))
        self.day.setPlaceholderText(self.tr("every day"))
