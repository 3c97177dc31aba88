"""The numbers asked first, the rates with whether the data decide, and the paired changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from crf_desktop.ui.analysis_words import change_rows, rate_rows, said, tiles
from crf_desktop.ui.label import Card, Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.marked_text import plain
from crf_desktop.ui.page import column
from crf_desktop.ui.result_table import ResultTable
from crf_desktop.ui.tile import TileRow

if TYPE_CHECKING:
    from crf_desktop.analysis.summary import Summary


class TableCard(Card):
    """A title, a table as high as its rows, and what has to be known of it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        self.title, self.foot = Label(look, "", 17, True), Label(look, "", 13, token="text_2", wrap=True)
        self.table = ResultTable(look, fits=True)
        self.title.setContentsMargins(px(16), px(12), px(16), px(8))
        self.foot.setContentsMargins(px(16), px(8), px(16), px(12))
        inside = column(self, 0, (1, 0, 1, 0))
        for part in (self.title, self.table, self.foot):
            inside.addWidget(part)


class AnalysisOverview(QScrollArea):
    """Scrolls as a page; read by everybody."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.summary: Summary | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("kind", "page")
        px = look.px
        body = column(inside, px(12), (0, 0, px(8), px(16)))
        self.tiles, self.notice = TileRow(look, 5), Note(look)
        self.rates, self.changes = TableCard(look), TableCard(look)
        for part in (self.tiles, self.notice, self.rates, self.changes):
            body.addWidget(part)
        body.addStretch(1)
        self.setWidget(inside)

    def show_summary(self, summary: Summary) -> None:
        """Shows the results."""
        self.summary = summary
        self.retranslate()

    def forget(self) -> None:
        """Keeps nothing."""
        self.summary = None
        for card in (self.rates, self.changes):
            card.table.show_entries((), ())

    def retranslate(self) -> None:
        """Words of the language in force."""
        summary, language = self.summary, self.look.language
        if summary is None:
            return
        self.tiles.show_words(tiles(summary, language))
        self.rates.title.setText(said("c_primary", language))
        self.rates.table.show_entries(*rate_rows(summary, language))
        self.rates.foot.setText(said("det_note", language))
        self.changes.setVisible(bool(summary.changes))
        self.changes.title.setText(said("c_change", language))
        self.changes.table.show_entries(*change_rows(summary, language))
        self.changes.foot.setText(
            QCoreApplication.translate(
                "AnalysisPage",
                "Only participants with a value at both visits. Median and quartiles. Both tests are two-sided and "
                "exact; zeros are dropped, ties have mid-ranks. The p values are descriptive.",
            )
        )
        self.notice.set_text(self._notice(summary))
        self.notice.setVisible(bool(self.notice.words.text()))

    def _notice(self, summary: Summary) -> str:
        """What is missing still, and what to do next."""
        found = summary.enrolment
        if not found.treated:
            return QCoreApplication.translate(
                "AnalysisPage",
                "Nobody has had rituximab yet. Results begin with the first dose; Today shows who is due next.",
            )
        if not found.at_week_28 and not summary.population.counted:
            return QCoreApplication.translate(
                "AnalysisPage",
                "Nobody has come to week 28 yet. Until then there is no response to count; Participants shows how far "
                "everybody is.",
            )
        return plain(summary.population.note.in_(self.look.language))
