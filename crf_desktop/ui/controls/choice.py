"""A choice in the page head: who answers the scales."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import HeadChoice
from crf_desktop.ui.controls.answer import HISTORY, MISSING, QUERY
from crf_desktop.ui.controls.chips import Chips, Option
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.field_card import EMPTY
from crf_desktop.ui.controls.speech import answer_words, missing_words, spoken
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import RING


class HeadChoiceBlock(Block):
    """The label and its answers as large chips in one line; also asks the missing reason by the context menu."""

    def __init__(
        self, block: HeadChoice, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.item = definition.item[block.item]
        self.view = EMPTY
        self.label = Label(look, "", 13, token="text_2")
        self.chips = Chips(look, large=True, px=13)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.label)
        self.row.addWidget(self.chips)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        oid = self.item.oid
        self.chips.picked.connect(lambda code: self.answered.emit(oid, code, ""))
        self.chips.cleared.connect(lambda: self.cleared.emit(oid))
        self.chips.entered.connect(lambda: self.focused.emit(oid))
        self.chips.asked.connect(self._asked)
        self._read_only = self._stacked = False
        look.changed.connect(self.renew)
        self.renew()

    def stack(self, stacked: bool) -> None:
        """The label over its answers, where the head has no room for it beside them."""
        ways = QBoxLayout.Direction
        self.row.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self.row.setSpacing(0 if stacked else self.look.px(8))
        self.label.setContentsMargins(RING if stacked else 0, 0, 0, 0)
        self._stacked = stacked

    def _asked(self, what: str) -> None:
        {MISSING: self.missing_asked, QUERY: self.query_asked, HISTORY: self.history_asked}[what].emit(self.item.oid)

    def renew(self) -> None:
        """Words and measures of the look in force."""
        self.stack(self._stacked)
        self.label.setText(self.item.label.in_(self.look.language))
        code_list = self.definition.code_list[self.item.code_list].items if self.item.code_list else ()
        codes = [i.coded_value for i in code_list] or ["true", "false"]
        words = (answer_words(self.definition, self.item, code, self.look.language) for code in codes)
        self.chips.set_options(tuple(Option(*pair) for pair in zip(codes, words, strict=True)))
        self.chips.setMinimumWidth(self.chips.sizeHint().width())
        self._show()

    def show_view(self, view: BlockView) -> None:
        self.view, self._read_only = view.items.get(self.item.oid, EMPTY), view.read_only
        self._show()

    def _show(self) -> None:
        missing = missing_words(self.view, self.look.language)
        self.chips.show_answer(self.view.datum.value, missing, self._read_only)
        self.chips.setAccessibleName(spoken(self.definition, self.item, self.view, self.look.language))
        self.chips.setAccessibleDescription(self.item.question.in_(self.look.language))
        self.chips.setToolTip("")

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self.chips.setAccessibleDescription(f"{message} {kept}")
        self.chips.setToolTip(f"{message} {kept}")

    def focus_item(self, item_oid: str) -> None:
        self.chips.setFocus(Qt.FocusReason.TabFocusReason)

    def item_oids(self) -> tuple[str, ...]:
        return (self.item.oid,)

    def item_rect(self, item_oid: str) -> QRect:
        """Where the item stands in this block."""
        return self.rect()
