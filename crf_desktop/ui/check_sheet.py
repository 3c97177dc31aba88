"""What is unusual on a form now: each with its item, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crf_desktop.model.definition import EditCheck
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.sheet import Sheet


class CheckSheet(Sheet):
    """Hard ones first: they keep the form from being complete."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        checks: Sequence[EditCheck],
        label: Callable[[str], str],
        go: Callable[[str], None],
    ) -> None:
        super().__init__(look, host, 720)
        self._go = go
        self.add_title(self.tr("To check on this form"), Glyph.WARNING)
        self.ways: list[Button] = []
        for check in sorted(checks, key=lambda c: c.soft_hard):
            self.body.addWidget(Line(look))
            self._add(check, label(check.items[0]))
        self.buttons = self.add_buttons((self.tr("Back to the form"), "primary", self.close_sheet))

    def _add(self, check: EditCheck, item: str) -> None:
        look, px = self.look, self.look.px
        across, words = row(gap=px(12)), column(gap=px(2))
        hard = check.soft_hard == "Hard"
        across.addWidget(Mark(look, Glyph.REFUSED if hard else Glyph.WARNING))
        words.addWidget(Label(look, item, 15, True, wrap=True))
        words.addWidget(Label(look, check.message.in_(look.language), 13, wrap=True))
        if hard:
            words.addWidget(Label(look, self.tr("Has to be mended before the form is complete"), 13, token="bad"))
        across.addLayout(words, 1)
        way = Button(look, "quiet", self.tr("Go there"), px=13)
        way.setAccessibleName(f"{self.tr('Go there')}: {item}")
        way.clicked.connect(lambda _=False, at=check.items[0]: self._leave_to(at))
        across.addWidget(way)
        self.ways.append(way)
        self.body.addLayout(across)

    def _leave_to(self, item_at: str) -> None:
        self.close_sheet()
        self._go(item_at)
