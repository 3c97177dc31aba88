"""The options that hold beside what each of them would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from crf_desktop.analysis.option import Options
from crf_desktop.ui.analysis_lists import sensitivity_rows
from crf_desktop.ui.analysis_overview import TableCard
from crf_desktop.ui.analysis_words import said
from crf_desktop.ui.look import Look
from crf_desktop.ui.option_panel import OptionPanel
from crf_desktop.ui.page import column, row

if TYPE_CHECKING:
    from crf_desktop.analysis.summary import Summary

PANEL_WIDTH = 438


class AnalysisSensitivity(QScrollArea):
    """Options left, sensitivity right; one above the other where there is no room."""

    chosen = Signal(object)
    """(Options): what the person wants to look at."""

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
        self.middle = row(inside, px(12), (0, 0, px(8), px(16)))
        self.panel, self.card = OptionPanel(look), TableCard(look)
        self.panel.chosen.connect(self.chosen)
        self.middle.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)
        right = column()
        right.addWidget(self.card)
        right.addStretch(1)
        self.middle.addLayout(right, 1)
        self.setWidget(inside)

    def show_summary(self, summary: Summary) -> None:
        """Shows the results under the options that hold."""
        self.summary = summary
        self.retranslate()

    def forget(self) -> None:
        """Keeps nothing; the options are those registered again."""
        self.summary = None
        self.card.table.show_entries((), ())
        self.panel.show_options(Options())

    def reset(self) -> None:
        """Back to what is registered."""
        self.panel.back.click()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.panel.retranslate()
        if self.summary is None:
            return
        language = self.look.language
        self.card.title.setText(said("c_sensitivity", language))
        self.card.table.show_entries(*sensitivity_rows(self.summary, language))
        self.card.foot.setText(self.tr("The primary end point with one option changed at a time."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() / self.look.scale < 1000
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.middle.setDirection(way)
        self.panel.setMinimumWidth(0 if narrow else self.look.px(PANEL_WIDTH))
        self.panel.setMaximumWidth(16_777_215 if narrow else self.look.px(PANEL_WIDTH))
