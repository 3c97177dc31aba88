"""The log on the study page: when all of it was verified, how far a check is, how often the clock was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Card, Label, Mark
from crf_desktop.ui.log_words import checking_words, move_words
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.problem_panel import localised
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.log_watch import LogWatch

SHOWN = 5
"""Changes of the clock told one by one, the latest first."""


class LogCard(Card):
    """Follows the watch while it is shown."""

    def __init__(self, look: Look, study: Study, watch: LogWatch, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study, self.watch = study, watch
        px = look.px
        body = column(self, px(2), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, self.tr("The log"), 17, True))
        body.addSpacing(px(6))
        body.addWidget(Label(look, self.tr("Every entry verified last"), 13, token="text_2"))
        self.state = row(gap=px(8))
        self.mark, self.words = Mark(look, Glyph.COMPLETE, 16), Label(look, "", 15, wrap=True)
        self.state.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.state.addWidget(self.words, 1)
        body.addLayout(self.state)
        self.going, self.bar = Label(look, "", 13, token="text_2", wrap=True), QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        body.addWidget(self.going)
        body.addWidget(self.bar)
        body.addSpacing(px(6))
        self.button = Button(look, "plain", px=13, height=32)
        self.button.clicked.connect(self._act)
        body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.clock = column(gap=px(2))
        body.addLayout(self.clock)
        self._show_clock()
        watch.changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Shows how it stands."""
        from crf_desktop.store.verified import full_is_due, last_full  # loaded with the study

        store, watch, language = self.study.store, self.watch, self.look.language
        last = last_full(store)
        running = watch.process.running
        if watch.unsound:
            self.mark.set_shape(Glyph.REFUSED)
            self.words.setText(self.tr("Something is not as it was written"))
        elif last is None:
            self.mark.set_shape(Glyph.MISSING)
            self.words.setText(self.tr("Not yet on this laptop"))
        else:
            late = full_is_due(store, watch.clock.now())
            self.mark.set_shape(Glyph.OVERDUE if late else Glyph.COMPLETE)
            told = self.tr("{0}: all {1} entries whole").format(
                localised(last.when, language), figure.number(str(last.entries))
            )
            self.words.setText(told)
        self.going.setVisible(running)
        self.bar.setVisible(running)
        self.going.setText(checking_words(watch.process.percent, watch.process.seconds_left(), language))
        self.bar.setValue(watch.process.percent)
        self.bar.setAccessibleName(self.going.text())
        if watch.unsound:
            self.button.setText(self.tr("See what was found"))
        else:
            self.button.setText(self.tr("Stop") if running else self.tr("Check every entry"))
        self.button.setVisible(not (running and watch.process.depth == "quick"))

    def _act(self) -> None:
        if self.watch.unsound:
            self.watch.show_findings()
        elif self.watch.process.running:
            self.watch.stop_check()
            self.tell()
        else:
            self.watch.check("full")

    def _show_clock(self) -> None:
        from crf_desktop.model.data import Kind  # loaded with the study
        from crf_desktop.store.clock_watch import moves

        look, found = self.look, moves(self.study.store.rows(Kind.SYSTEM))
        if not found:
            return
        self.clock.addSpacing(look.px(10))
        n = len(found)
        told = self.tr("The clock was changed once") if n == 1 else self.tr("The clock was changed {0} times").format(n)
        self.clock.addWidget(Label(look, told, 13, token="text_2"))
        for move in reversed(found[-SHOWN:]):
            words = f"{localised(move.now, look.language)}: {move_words(move)}"
            self.clock.addWidget(Label(look, words, 15, wrap=True))
        order = self.tr("The order of entries does not depend on it.")
        self.clock.addWidget(Label(look, order, 13, token="text_2", wrap=True))
