"""Queries: all of them, what waits for whom, and how old it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.model.query import Query
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Card, Label, Line
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.query_list import FILTERS, QueryList, lines_of
from crf_desktop.ui.query_words import days_word, told_word, who
from crf_desktop.ui.tool_row import ToolRow

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class QueryPage(Page):
    """One list with chips; Enter opens the form at the item and the query beside it."""

    place = "queries"
    query_asked = Signal(object)
    """(Query)"""
    participants_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self._filter = "all"
        self._looked_at: Query | None = None
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look)
        self.search = TextField(look, width=236)
        self.chips = {name: Chip(look, Glyph.QUERY if name in ("open", "answered") else None) for name in FILTERS}
        self.list = QueryList(look)
        self.empty = EmptyState(look)
        self.closed = self.empty.add_button()
        self.preview_head = Label(look, "", 13, token="text_2")
        self.preview = Label(look, "", 15, wrap=True)
        self.search.textChanged.connect(lambda _: self.choose(self._filter))
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, n=name: self.choose(n))
        self.list.chosen.connect(self.query_asked)
        self.list.looked_at.connect(self._look_at)
        self.empty.button.clicked.connect(self.participants_asked)
        self.closed.clicked.connect(lambda: self.choose("closed" if self._filter != "closed" else "all"))

    def _lay_out(self) -> None:
        px = self.look.px
        card = Card(self.look)
        inside = column(card, 0, (1, px(12), 1, px(4)))
        tools = row(margins=(px(16), 0, px(12), px(12)))
        tools.addWidget(ToolRow(self.look, self.search, tuple(self.chips.values())))
        inside.addLayout(tools)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.empty, 1)
        self.below = QWidget()
        whole = column(self.below, px(2), (px(17), px(8), px(17), px(8)))
        whole.addWidget(self.preview_head)
        whole.addWidget(self.preview, 1)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.below.setFixedHeight(px(92))
        self.rule = Line(self.look)
        inside.addWidget(self.rule)
        inside.addWidget(self.below)
        body = row(margins=(px(24), 0, px(24), px(24)))
        body.addWidget(card)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.setVisible(not self.compact())

    # ---- what it shows

    def show_study(self, study: Study) -> None:
        """Shows the study's queries as they are now."""
        self.study = study
        self.list.queries.show_lines(lines_of(study, self.look.language))
        self.retranslate()

    def refresh(self) -> None:
        """Reads the queries again."""
        if self.study is not None:
            self.show_study(self.study)

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self._filter = None, "all"
        self.list.queries.show_lines([])
        self.search.clear()
        self._look_at(None)

    def start(self) -> None:
        """Gives the list the keyboard."""
        if self.list.queries.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.selectRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, name: str) -> None:
        """Shows what a chip holds."""
        self._filter = name
        self.list.queries.choose(name, self.search.text())
        self._show_chips()
        self._show_empty()

    def _look_at(self, query: Query | None) -> None:
        self._looked_at = query
        self._show_preview()

    # ---- words

    def retranslate(self) -> None:
        if self.study is None:
            return
        lines = self.list.queries.lines
        waiting = [line for line in lines if not line.query.state.done]
        n = len(waiting)
        told = self.tr("1 not closed yet") if n == 1 else self.tr("{0} not closed yet").format(n)
        if waiting:
            oldest = max(waiting, key=lambda line: line.days)
            told += " · " + self.tr("oldest: {0}, {1}").format(days_word(oldest.days), oldest.query.path.subject)
        else:
            told = self.tr("None is open")
        self.head.show_words(self.tr("Queries"), told)
        self.search.setPlaceholderText(self.tr("Number, form or words"))
        self.search.setAccessibleName(self.tr("Number, form or words"))
        self._show_chips()
        self._show_empty()
        self._show_preview()
        self.list.head.viewport().update()
        self.list.viewport().update()

    def _show_chips(self) -> None:
        words = {
            "all": self.tr("All"), "waiting": self.tr("For you"), "open": self.tr("Open"),
            "answered": self.tr("Answered"), "closed": self.tr("Closed"), "mine": self.tr("Yours"),
        }  # fmt: skip
        for name, chip in self.chips.items():
            chip.setText(f"{words[name]} {self.list.queries.count(name)}")
            chip.setChecked(name == self._filter)

    def _show_empty(self) -> None:
        none = self.list.queries.rowCount() == 0
        self.empty.setVisible(none)
        for widget in (self.list, self.below, self.rule):
            widget.setVisible(not none)
        ever = bool(self.list.queries.lines)
        title = self.tr("No query here") if ever else self.tr("No query yet")
        if self._filter in ("all", "open", "waiting") and not self.search.text():
            title = self.tr("No open queries")
        words = self.tr("A query asks the site to confirm or correct one value. Raised with Q on any field.")
        self.empty.show_words(title, words, self.tr("Go to participants"), True)
        other = self.tr("Show all queries") if self._filter == "closed" else self.tr("Show closed queries")
        self.closed.setText(other)
        self.closed.setVisible(ever and (self._filter == "closed" or self.list.queries.count("closed") > 0))

    def _show_preview(self) -> None:
        query, study = self._looked_at, self.study
        if query is None or study is None:
            self.preview_head.setText("")
            self.preview.setText("")
            return
        from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands
        from crf_desktop.wording import figure

        told = next((t for t in reversed(query.told) if t.text), query.told[-1])
        when = figure.moment(local_time(told.change), self.look.language)
        self.preview_head.setText("  ·  ".join((who(study, told.change), when, told_word(told.act))))
        found = next((t.found for t in reversed(query.told) if t.found is not None), None)
        words = [found.in_(self.look.language)] if found else []
        self.preview.setText("\n".join((*words, *([told.text] if told.text else []))))
