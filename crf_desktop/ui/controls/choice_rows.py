"""Whole questions one under the other with their answers at the right (criteria of eligibility)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.layout import ChoiceRows
from crf_desktop.ui.controls.answer import ASKED_BY_KEY
from crf_desktop.ui.controls.chips import Option
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.option_strip import by_digit
from crf_desktop.ui.controls.painted import Target, is_plain
from crf_desktop.ui.controls.question_rows import Question, QuestionRows
from crf_desktop.ui.controls.speech import answer_words, check_messages, not_asked, spoken
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look

_YES_NO = {"Y": ("true", "YES"), "N": ("false", "NO")}


class ChoiceRowsBlock(Block):
    """Digits, Y and N answer; ↑ ↓ Enter Tab move, ← → and Space choose, Delete clears, M Q H ask."""

    def __init__(
        self, block: ChoiceRows, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block = block
        self._sent: set[str] = set()
        """Items whose answer was emitted and has not come back yet."""
        self.card = QFrame()
        self.card.setProperty("card", "true")
        self.title = Label(look, "", 17, True, wrap=True)
        self.note = Label(look, "", 13, token="text_2", wrap=True)
        self.rows = QuestionRows(look)
        self._lay_out()
        self.setFocusProxy(self.rows)
        self.rows.on_key = self._key
        self.rows.on_tab = lambda forward: self.go(self.rows.current + (1 if forward else -1))
        self.rows.touched.connect(self._touched)
        self.rows.picked.connect(self._picked)
        self.rows.entered.connect(self._entered)
        look.changed.connect(self.renew)
        self.renew()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.card)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(1, 0, 1, 0)
        self.column.setSpacing(0)
        for widget in (self.title, self.note, self.rows):
            self.column.addWidget(widget)

    def renew(self) -> None:
        """Words and measures of the look in force."""
        px, language = self.look.px, self.look.language
        for label, words in ((self.title, self.block.title), (self.note, self.block.note)):
            label.setText(words.in_(language) if words else "")
            label.setVisible(words is not None)
        both = self.block.title is not None and self.block.note is not None
        self.title.setContentsMargins(px(24), px(16), px(24), px(2 if both else 12))
        self.note.setContentsMargins(px(24), px(16) if not self.block.title else 0, px(24), px(12))
        self.column.setContentsMargins(1, 1 if self.block.title or self.block.note else px(6), 1, px(6))
        self.rows.show_words(tuple(self._question(self.definition.item[oid]) for oid in self.block.items))
        self._say()

    def _question(self, item: ItemDef) -> Question:
        language = self.look.language
        listed = self.definition.code_list[item.code_list].items if item.code_list else ()
        codes = [i.coded_value for i in listed] or ["true", "false"]
        options = tuple(Option(code, answer_words(self.definition, item, code, language)) for code in codes)
        messages = check_messages(self.definition, item, language)
        hint = item.hint.in_(language) if item.hint else ""
        words = item.question.in_(language)
        return Question(item.oid, words, hint, options, item.mandatory, messages, not_asked(item))

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return self.block.items

    def show_view(self, view: BlockView) -> None:
        self.rows.show_answers(view)
        self._sent.clear()
        self._settle_ring()
        self.rows.relayout()
        self._say()

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self._tell({**self.rows.told, item_oid: ("bad", f"{message} {kept}".strip())})

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber triangle, the message under the question."""
        told = {oid: words for oid, words in self.rows.told.items() if oid != item_oid}
        self._tell(told | ({item_oid: ("warn", f"{message} {rest}".strip())} if message else {}))

    def _tell(self, told: dict[str, tuple[str, str]]) -> None:
        if told != self.rows.told:
            height = self.rows.heightForWidth(self.rows.width())
            self.rows.told = told
            if self.rows.heightForWidth(self.rows.width()) != height:
                self.rows.updateGeometry()
            self.rows.relayout()
            self._say()

    def focus_item(self, item_oid: str) -> None:
        self.rows.current = self.rows.row_of(item_oid)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go(self.rows.row_of(item_oid))

    def item_rect(self, item_oid: str) -> QRect:
        """Where the item stands in this block."""
        rect = self.rows.places(self.rows.width())[self.rows.row_of(item_oid)].row.toRect()
        return rect.translated(self.rows.mapTo(self, QPoint()))

    # moving

    def _current(self) -> str:
        return self.block.items[self.rows.current]

    def go(self, row: int) -> bool:
        """Moves to a row; False when there is none."""
        if not 0 <= row < len(self.block.items):
            return False
        self.rows.current = row
        self._settle_ring()
        self.rows.relayout()
        self._say()
        self.focused.emit(self._current())
        return True

    def _entered(self, reason: Qt.FocusReason) -> None:
        ends = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: len(self.block.items) - 1}
        self.go(ends.get(reason, self.rows.current))

    def _settle_ring(self) -> None:
        codes = [o.code for o in self.rows.questions[self.rows.current].options]
        value = self.rows.item(self.rows.current).datum.value
        self.rows.ring_column = codes.index(value) if value in codes else 0

    def _say(self) -> None:
        """The accessible name of the current row; its description is the whole question."""
        oid = self._current()
        item, view = self.definition.item[oid], self.rows.item(self.rows.current)
        self.rows.setAccessibleName(spoken(self.definition, item, view, self.look.language))
        words = (item.question.in_(self.look.language), self.rows.told.get(oid, ("", ""))[1])
        self.rows.setAccessibleDescription(" ".join(w for w in words if w))

    def _touched(self, target: Target) -> None:
        self.rows.setFocus(Qt.FocusReason.MouseFocusReason)
        if int(str(target.key[0])) != self.rows.current:
            self.go(int(str(target.key[0])))

    # answering

    def _ask(self, what: str) -> None:
        if what == "missing" and (self.rows.view.read_only or not self.rows.is_asked(self.rows.current)):
            return
        asked = {"missing": self.missing_asked, "query": self.query_asked, "history": self.history_asked}
        asked[what].emit(self._current())

    def _picked(self, target: Target) -> None:
        if target.kind == "option":
            self._answer(str(target.key[1]))
        elif target.kind == "missing" and self.rows.item(self.rows.current).datum.null_flavor is not None:
            self.cleared.emit(self._current())
        elif target.kind in ("missing", "history", "query"):
            self._ask(target.kind)
        elif target.kind == "pill" and target.hot:
            self._ask("missing")

    def _answer(self, code: str) -> None:
        oid, row = self._current(), self.rows.current
        if not self.rows.is_asked(row) or self.rows.view.read_only:
            return
        if oid in self._sent or self.rows.item(row).datum.value != code:
            self._sent.add(oid)
            self.answered.emit(oid, code, "")

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if not is_plain(event):
            return False
        if step := {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0):
            return self.go(self.rows.current + step) or True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.rows.focusNextPrevChild(True)
        if key in ASKED_BY_KEY:
            self._ask(ASKED_BY_KEY[key])
            return True
        return not self.rows.view.read_only and self._edit_key(event)

    def _edit_key(self, event: QKeyEvent) -> bool:
        key, options = event.key(), self.rows.questions[self.rows.current].options
        codes = tuple(o.code for o in options)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self.rows.ring_column = min(max(0, self.rows.ring_column + step), len(options) - 1)
            self.rows.viewport().update()
        elif key == Qt.Key.Key_Space:
            self._answer(codes[self.rows.ring_column])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.rows.item(self.rows.current).datum.answered:
                self.cleared.emit(self._current())
        elif code := self._code_of(codes, event):
            self._answer(code)
        else:
            return False
        return True

    def _code_of(self, codes: tuple[str, ...], event: QKeyEvent) -> str:
        """The answer a digit means, or Y and N where yes and no are among the answers."""
        if event.isAutoRepeat():
            return ""
        if event.text().isdigit():
            return by_digit(codes, event.text())
        return next((c for c in _YES_NO.get(event.text().upper(), ()) if c in codes), "")
