"""How long this machine stays open when nobody is there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.ui.field import Picker
from crf_desktop.ui.label import Card, Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column
from crf_desktop.ui.preference import IDLE_CHOICES
from crf_desktop.wording import figure


class IdleCard(Card):
    """A small card: minutes from key or mouse to the lock, for everybody at this machine."""

    chosen = Signal(int)

    def __init__(self, look: Look, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        body = column(self, px(2), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, self.tr("Lock of this machine"), 17, True))
        body.addSpacing(px(6))
        body.addWidget(Label(look, self.tr("Locks without key or mouse after"), 13, token="text_2"))
        self.picker = Picker(look, 40)
        unit = self.tr("min")
        words = [(str(n), figure.with_unit(str(n), unit)) for n in IDLE_CHOICES]
        self.picker.show_options(words, str(minutes))
        self.picker.chosen.connect(self._choose)
        self._speak()
        body.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignLeft)
        told = self.tr("Also when it sleeps or its screen is locked. F12 locks at once.")
        body.addWidget(Label(look, told, 13, token="text_2", wrap=True))

    def _choose(self, value: str) -> None:
        self._speak()
        self.chosen.emit(int(value))

    def _speak(self) -> None:
        self.picker.setAccessibleName(f"{self.tr('Locks without key or mouse after')}, {self.picker.words()}")
