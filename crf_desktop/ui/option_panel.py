"""What the registry leaves open and a number depends on: what holds, and what it may be changed to for looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.analysis.option import AMBIGUITIES, VALUES, Options
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import Picker
from crf_desktop.ui.label import Card, Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.wording.analysis import OPTIONS

if TYPE_CHECKING:
    from crf_desktop.errors import Language

NUMBER_WIDTH, WIDEST = 40, 380


def option_title(name: str, language: Language) -> str:
    """What is left open."""
    return OPTIONS[name][0][language == "zh"]


def value_title(name: str, value: str, language: Language) -> str:
    """How it is read."""
    return OPTIONS[name][1][value][language == "zh"]


def changed_words(options: Options, language: Language) -> str:
    """``A1 at least 3 · A22 excluded``: what differs from what is registered."""
    changed = options.changed().items()
    return " · ".join(f"{AMBIGUITIES[name]} {value_title(name, value, language)}" for name, value in changed)


class OptionPanel(Card):
    """One picker for each option; nothing of it is stored."""

    chosen = Signal(object)
    """(Options)"""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        self.options = Options()
        self.title, self.lead = Label(look, "", 17, True), Label(look, "", 13, token="text_2", wrap=True)
        self.back = Button(look, "quiet", px=13, height=28)
        self.back.clicked.connect(lambda: self._choose(Options()))
        body = column(self, 0, (1, px(14), 1, px(8)))
        head = row(gap=px(8), margins=(px(16), 0, px(12), 0))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.back)
        body.addLayout(head)
        self.lead.setContentsMargins(px(16), px(2), px(16), px(10))
        body.addWidget(self.lead)
        self.pickers: dict[str, Picker] = {}
        self._titles: dict[str, Label] = {}
        self._marks: dict[str, Mark] = {}
        for name in VALUES:
            body.addWidget(Line(look))
            body.addWidget(self._row(name))

    def _row(self, name: str) -> QWidget:
        look, px = self.look, self.look.px
        line = QWidget()
        inside = column(line, px(2), (px(16), px(8), px(12), px(6)))
        first = row(gap=px(8))
        number = Label(look, AMBIGUITIES[name], 13, True, token="text_2")
        number.setFixedWidth(px(NUMBER_WIDTH))
        title = self._titles[name] = Label(look, "", 13, wrap=True)
        mark = self._marks[name] = Mark(look, Glyph.WARNING, 16)
        first.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(title, 1)
        first.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        picker = self.pickers[name] = Picker(look, 36)
        picker.chosen.connect(lambda value, n=name: self._choose(self.options.with_(n, value)))
        second = row(margins=(px(NUMBER_WIDTH + 4), 0, 0, 0))
        picker.setMaximumWidth(px(WIDEST))
        second.addWidget(picker)
        second.addStretch(0)
        inside.addLayout(first)
        inside.addLayout(second)
        return line

    def _choose(self, options: Options) -> None:
        if options != self.options:
            self.show_options(options)
            self.chosen.emit(options)

    def show_options(self, options: Options) -> None:
        """What holds."""
        self.options = options
        language = self.look.language
        for name, value in options.items():
            self._titles[name].setText(option_title(name, language))
            picker = self.pickers[name]
            picker.show_options([(v, value_title(name, v, language)) for v in VALUES[name]], value)
            picker.setAccessibleName(f"{AMBIGUITIES[name]} {option_title(name, language)}: {picker.words()}")
            keep = self._marks[name].sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            self._marks[name].setSizePolicy(keep)
            self._marks[name].setVisible(value != VALUES[name][0])
        self.back.setVisible(bool(options.changed()))

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.title.setText(self.tr("Options"))
        self.lead.setText(
            self.tr("What the registry leaves open. Change one to see what follows; nothing of it is stored.")
        )
        self.back.setText(self.tr("As registered"))
        self.show_options(self.options)
