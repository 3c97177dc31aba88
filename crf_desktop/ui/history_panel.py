"""The history of one answer: when, who, from what to what, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from crf_desktop.model.data import NOTHING, Change, Datum, Kind
from crf_desktop.model.query import QueryAct, queries_in
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.speech import missing_words, printed
from crf_desktop.ui.label import Label, Line
from crf_desktop.ui.look import Look
from crf_desktop.ui.sheet import Sheet
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class HistorySheet(Sheet):
    """Newest first; nothing can be changed here."""

    def __init__(self, look: Look, host: QWidget, study: Study, item: str, rows: Sequence[Change]) -> None:
        super().__init__(look, host, 860)
        self._study, self._item = study, item
        self.add_title(study.definition.item_at(item).label.in_(look.language), None, self.tr("History"))
        answers = [r for r in rows if r.kind is Kind.ITEM]
        if not answers:
            self.body.addWidget(Label(look, self.tr("No answer was stored yet."), 15, token="text_2"))
        else:
            self.body.addWidget(self._table(answers, rows), 1)
        self.buttons = self.add_buttons((self.tr("Close the history"), "primary", self.close_sheet))

    def waits(self) -> bool:
        """It may be left any time."""
        return False

    def _table(self, answers: list[Change], rows: Sequence[Change]) -> QScrollArea:
        look, px = self.look, self.look.px
        inside = QWidget()
        inside.setProperty("kind", "page")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(4, 1)
        for at, words in enumerate(
            (self.tr("When"), self.tr("Who"), self.tr("From"), self.tr("To"), self.tr("Reason"))
        ):
            grid.addWidget(Label(look, words, 13, token="text_2"), 0, at)
        before = NOTHING
        lines = []
        for change in answers:
            lines.append(self._words(change, before, rows))
            before = change.datum
        for at, line in enumerate(reversed(lines)):
            grid.addWidget(Line(look), 2 * at + 1, 0, 1, 5)
            for column, words in enumerate(line):
                label = Label(
                    look,
                    words,
                    15 if column in (2, 3) else 13,
                    column == 3,
                    "text_3" if column == 2 else "text",
                    wrap=column in (1, 4),
                )
                grid.addWidget(label, 2 * at + 2, column, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setMinimumHeight(min(px(360), inside.sizeHint().height() + px(8)))
        return scroll

    def _words(self, change: Change, before: Datum, rows: Sequence[Change]) -> tuple[str, str, str, str, str]:
        from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands

        person = self._study.store.person(change.user_oid)
        who = f"{person.full_name} ({person.user_name})" if person else change.user_oid
        told = (t for q in queries_in(rows) for t in q.told)
        kept = [t.text for t in told if t.act is QueryAct.OVERRIDE and _with(t.change, change)]
        remark = json.loads(change.payload).get("remark", "") if change.payload else ""
        reason = "; ".join([*([change.reason_for_change] if change.reason_for_change else []), *kept])
        when = figure.moment(local_time(change), self.look.language)
        return when, who, self._datum(before, ""), self._datum(change.datum, remark), reason

    def _datum(self, datum: Datum, remark: str) -> str:
        if datum.null_flavor is not None:
            return missing_words(ItemView(datum, remark), self.look.language)
        if datum.value is None:
            return self.tr("no answer")
        return printed(self._study.definition, self._study.definition.item_at(self._item), datum, self.look.language)


def _with(annotation: Change, answer: Change) -> bool:
    """Whether both were written in one transaction."""
    return annotation.origin == answer.origin and annotation.recorded_at == answer.recorded_at
