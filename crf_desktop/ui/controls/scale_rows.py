"""Rows of eleven boxes from 0 to 10 (ESSPRI)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import ScaleRows
from crf_desktop.ui.controls.answer import HISTORY, MISSING, QUERY
from crf_desktop.ui.controls.contract import Block, BlockView, ItemView
from crf_desktop.ui.controls.field_card import EMPTY
from crf_desktop.ui.controls.scale_row import ScaleRow, ScaleWords
from crf_desktop.ui.controls.speech import check_messages, missing_words, spoken
from crf_desktop.ui.look import Look


class ScaleRowsBlock(Block):
    """One card per scale; nothing is filled before an answer."""

    def __init__(
        self, block: ScaleRows, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block = block
        self.rows = {oid: ScaleRow(look) for oid in block.items}
        self._views: dict[str, ItemView] = dict.fromkeys(block.items, EMPTY)
        self._read_only = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        for oid, row in self.rows.items():
            self.column.addWidget(row)
            self._connect(oid, row)
        look.changed.connect(self.renew)
        self.renew()

    def _connect(self, oid: str, row: ScaleRow) -> None:
        asked = {MISSING: self.missing_asked, QUERY: self.query_asked, HISTORY: self.history_asked}
        row.picked.connect(lambda code: self.answered.emit(oid, code, ""))
        row.cleared.connect(lambda: self.cleared.emit(oid))
        row.entered.connect(lambda: self.focused.emit(oid))
        row.asked.connect(lambda what: asked[what].emit(oid))

    def renew(self) -> None:
        """Words and measures of the look in force."""
        self.column.setSpacing(self.look.px(12))
        for oid in self.rows:
            self._show(oid)

    def show_view(self, view: BlockView) -> None:
        self._read_only = view.read_only
        for oid, row in self.rows.items():
            self._views[oid] = view.items.get(oid, EMPTY)
            row.tell("", "")
            self._show(oid)

    def _show(self, oid: str) -> None:
        row, view, language = self.rows[oid], self._views[oid], self.look.language
        item = self.definition.item[oid]
        at = self.block.items.index(oid)
        low, high = (text.in_(language) for text in self.block.anchors[at])
        was = self.tr("was {0}").format(view.was) if view.was else ""
        name, question, asked = item.label.in_(language), item.question.in_(language), view.n_open_query > 0
        said = check_messages(self.definition, item, language)
        row.set_words(ScaleWords(str(at + 1), name, question, f"0 = {low}", f"10 = {high}", was, asked, said))
        row.show_answer(view.datum.value, missing_words(view, language), self._read_only)
        row.setAccessibleName(spoken(self.definition, item, view, language))
        row.setAccessibleDescription(f"{row.words.question} {row.words.low}; {row.words.high}")

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self._tell(item_oid, "bad", f"{message} {kept}".strip())

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: the message under the scale. Empty message: it goes."""
        self._tell(item_oid, "warn" if message else "", f"{message} {rest}".strip())

    def _tell(self, item_oid: str, kind: str, words: str) -> None:
        row = self.rows[item_oid]
        row.tell(kind, words)
        about = f"{row.words.question} {row.words.low}; {row.words.high}"
        row.setAccessibleDescription(words or about)

    def focus_item(self, item_oid: str) -> None:
        self.rows[item_oid].setFocus(Qt.FocusReason.TabFocusReason)

    def item_oids(self) -> tuple[str, ...]:
        return self.block.items

    def item_rect(self, item_oid: str) -> QRect:
        """Where the item stands in this block."""
        return self.rows[item_oid].geometry()
