"""What was said about one answer: who, when, what; oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.model.query import Query, QueryAct, Told
from crf_desktop.ui.label import Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.query_words import told_word, who
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class QueryThread(QScrollArea):
    """The words of one query; the last of them in view."""

    def __init__(self, look: Look, study: Study, query: Query, most: int = 220) -> None:
        super().__init__()
        self.look, self._study = look, study
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("kind", "page")
        body = self._lines = column(inside, look.px(8), (0, 0, look.px(8), 0))
        for at, told in enumerate(query.told):
            if at:
                body.addWidget(Line(look))
            body.addWidget(self._said(told))
        body.addStretch(1)
        self.setWidget(inside)
        self._most = most
        QTimer.singleShot(0, self, self._to_end)

    def needed(self, width: int) -> int:
        """The height at a width that shows all, or as much as there is room for."""
        self._lines.activate()
        return min(self.look.px(self._most), self._lines.heightForWidth(width) + self.look.px(4))

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _said(self, told: Told) -> QWidget:
        from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands

        look, change = self.look, told.change
        one = QWidget()
        body = column(one, look.px(2))
        when = figure.moment(local_time(change), look.language)
        head = "  ·  ".join((who(self._study, change), when, told_word(told.act)))
        body.addWidget(Label(look, head, 13, token="text_2", wrap=True))
        if told.found is not None:
            line = row(gap=look.px(8))
            line.addWidget(Mark(look, Glyph.WARNING, 16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(look, told.found.in_(look.language), 13, token="text_2", wrap=True), 1)
            body.addLayout(line)
        if told.text or told.act is QueryAct.REPORT:
            words = told.text or self.tr("Two versions of this answer met. The later one is shown.")
            body.addWidget(Label(look, words, 15, wrap=True))
        return one
