"""Cards about the log: what was found in it, and what waits until it is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.label import Label
from crf_desktop.ui.log_words import finding_words
from crf_desktop.ui.look import Look
from crf_desktop.ui.problem_panel import Act, problem_of
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

SHOWN = 4
"""Findings told one by one; the rest is counted."""


class FindingSheet(Sheet):
    """What is not as it was written, up to where all is well, what to do."""

    def __init__(self, look: Look, host: QWidget, study: Study, acts: list[Act]) -> None:
        super().__init__(look, host, 760, escapable=False)
        problem = study.store.parts.problem
        told = problem_of(problem, "", look.language) if problem is not None else None
        missing = problem is not None and problem.code == "store.lost_rows"
        title = self.tr("Saved entries are missing") if missing else self.tr("The file is not as it was written")
        unwitnessed = told if problem is not None and problem.code == "store.witness_missing" else None
        title = self.tr("Entries may be missing") if unwitnessed else title
        self.add_title(title, Glyph.REFUSED, self.tr("Check of the log"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(18))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        lines = self._lines(study)
        for label, words in (
            (self.tr("What was found"), lines[0]),
            (self.tr("What is whole"), lines[1]),
            (self.tr("What is kept"), [told.kept] if told else []),
            (self.tr("What to do"), [unwitnessed.todo] if unwitnessed else self._todo()),
        ):
            for n, sentence in enumerate(words):
                at = grid.rowCount()
                if not n:
                    grid.addWidget(Label(look, label, 13, token="text_2"), at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Label(look, sentence, 15, wrap=True), at, 1)
        self.body.addLayout(grid)
        self.buttons = self.add_buttons(*acts)

    def _lines(self, study: Study) -> tuple[list[str], list[str]]:
        language, store = self.look.language, study.store
        bad = [finding_words(f, store, language) for f in store.findings if f.bad]
        whole = [finding_words(f, store, language) for f in store.findings if f.code.startswith("verify.intact")]
        more = len(bad) - SHOWN
        if more > 0:
            bad = [*bad[:SHOWN], self.tr("and {0} more").format(more)]
        return bad, whole[:SHOWN]

    def _todo(self) -> list[str]:
        return [
            self.tr("Keep this folder as it is, copy nothing over it, and tell the data manager."),
            self.tr("To go on, restore the latest backup: a new study folder is made of it."),
        ]


class WaitSheet(Sheet):
    """Something waits until the log is checked, and goes on by itself."""

    def __init__(self, look: Look, host: QWidget, what: str, stop: Callable[[], None]) -> None:
        super().__init__(look, host, 520, escapable=False)
        self.add_title(self.tr("The log is being checked"), Glyph.TIMER, what)
        more = self.tr("It goes on by itself as soon as the check is over. Nothing has been done yet.")
        self.body.addWidget(Label(look, more, 15, token="text_2", wrap=True))
        self.words = Label(look, "", 15)
        self.body.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.body.addWidget(self.bar)
        self.buttons = self.add_buttons((self.tr("Do not wait"), "plain", stop))

    def show_progress(self, percent: int, words: str) -> None:
        """How far it is."""
        self.bar.setValue(percent)
        self.bar.setAccessibleName(words)
        self.words.setText(words)
