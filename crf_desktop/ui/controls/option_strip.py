"""Short choices in one flowing row (reference tissue, conditions): radios beside words, yes and no both visible."""

from __future__ import annotations

from attrs import frozen
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.ink import Face, Ink, text_width
from crf_desktop.ui.controls.level import EMPTY
from crf_desktop.ui.controls.painted import Painted, Target, is_plain
from crf_desktop.ui.controls.speech import answer_words, missing_words, spoken
from crf_desktop.ui.look import Look

_WORDS = Face(13)
_LABEL = Face(13, token="text_2")
_NOT_ASKED = Face(13, token="disabled")


@frozen
class Choice:
    """One item of the strip in one language."""

    oid: str
    label: str
    options: tuple[tuple[str, str], ...]
    """(coded value, words)"""
    mandatory: bool


@frozen
class Place:
    """Where one item stands."""

    label: QRectF
    options: tuple[QRectF, ...]
    all: QRectF


class OptionStrip(Painted):
    """Items with few answers; each shows whether it is answered yes, no, or not at all."""

    answered = Signal(str, str)
    """(item OID, coded value)"""
    cleared = Signal(str)
    asked = Signal(str, str)
    """(``missing``, ``query`` or ``history``, item OID)"""
    moved = Signal(str)
    """(item OID) has the focus now."""

    def __init__(
        self,
        definition: MetaDataVersion,
        oids: tuple[str, ...],
        look: Look,
        card: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self.definition, self.oids, self.card = definition, oids, card
        self.view = BlockView({}, {}, {}, {})
        self.choices: tuple[Choice, ...] = ()
        self.current, self.ring_column = 0, 0
        self._places: tuple[Place, ...] = ()
        self._sent: set[str] = set()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if oids else Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.on_key, self.on_tab = self._key, lambda forward: self.go(self.current + (1 if forward else -1))
        self.touched.connect(self._touched)
        self.picked.connect(self._picked)
        self.entered.connect(self._entered)
        look.language_changed.connect(self.read_words)
        self.read_words()

    def read_words(self) -> None:
        """The words of the language in force."""
        self.choices = tuple(self._choice(oid) for oid in self.oids)
        self.relayout()
        self.updateGeometry()
        self._say()

    def _choice(self, oid: str) -> Choice:
        item, language = self.definition.item[oid], self.look.language
        codes = (
            [i.coded_value for i in self.definition.code_list[item.code_list].items]
            if item.code_list
            else ["true", "false"]
        )
        options = tuple((code, answer_words(self.definition, item, code, language)) for code in codes)
        return Choice(oid, item.label.in_(language), options, item.mandatory)

    def show_view(self, view: BlockView) -> None:
        """Shows these answers; emits nothing."""
        self.view = view
        self._sent.clear()
        self._settle_ring()
        self.relayout()
        self._say()

    def item(self, index: int) -> ItemView:
        """What is known of one item."""
        return self.view.items.get(self.oids[index], EMPTY)

    def item_rect(self, oid: str) -> QRect:
        """Where an item stands in this widget."""
        return self._places[self.oids.index(oid)].all.toRect()

    # geometry

    def _pad(self) -> int:
        return self.look.px(16) if self.card else 0

    def _row(self) -> int:
        return self.look.px(48 if self.look.touch else 40 if self.card else 36)

    def _flow(self, width: int) -> tuple[Place, ...]:
        px, row, pad = self.look.px, self._row(), self._pad()
        x, y, found = float(pad), 0.0, []
        for choice in self.choices:
            label = text_width(self.look, choice.label, _LABEL) + px(28)
            widths = [px(26) + text_width(self.look, words, Face(13, True)) for _, words in choice.options]
            whole = label + sum(widths) + px(12) * (len(widths) - 1) + px(20)
            if x > pad and x + whole > width - pad + px(20):
                x, y = float(pad), y + row
            at, options = x + label, []
            for w in widths:
                options.append(QRectF(at, y, w, row))
                at += w + px(12)
            found.append(Place(QRectF(x, y, label, row), tuple(options), QRectF(x, y, whole, row)))
            x += whole + px(10)
        return tuple(found)

    def heightForWidth(self, width: int) -> int:
        return int(max((p.all.bottom() for p in self._flow(width)), default=0))

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(400), self.heightForWidth(self.width() or self.look.px(1232)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(300), self._row() if self.oids else 0)

    def lay_out(self) -> int:
        self._places, self.targets = self._flow(self.width()), []
        editable = not self.view.read_only
        for i, (choice, place) in enumerate(zip(self.choices, self._places, strict=True)):
            item = self.item(i)
            if item.n_open_query:
                self.targets.append(Target(self._flag(place), "flag", (i,)))
            if item.datum.null_flavor is not None:
                self.targets.append(Target(self._pill(i), "pill", (i,), editable))
            elif editable and item.relevant:
                pairs = zip(choice.options, place.options, strict=True)
                self.targets += [Target(rect, "option", (i, code)) for (code, _), rect in pairs]
            self.targets.append(Target(place.all, "item", (i,), False))
        return 0

    def _flag(self, place: Place) -> QRectF:
        side = self.look.px(20)
        return QRectF(place.all.right() - side + self.look.px(8), place.all.center().y() - side / 2, side, side)

    def _pill(self, index: int) -> QRectF:
        place, words = self._places[index], missing_words(self.item(index), self.look.language)
        full = self.look.px(46) + text_width(self.look, words, _WORDS)
        left = place.options[0].left() - self.look.px(2)
        room = place.all.right() - left - self.look.px(12)
        return QRectF(left, place.all.top() + self.look.px(5), min(full, room), place.all.height() - self.look.px(10))

    # painting

    def paint(self, ink: Ink) -> None:
        if self.card and self.oids:
            ink.box(QRectF(self.viewport().rect()), "surface", "line", 8)
        for i, (choice, place) in enumerate(zip(self.choices, self._places, strict=True)):
            self._paint_item(ink, i, choice, place)

    def _paint_item(self, ink: Ink, i: int, choice: Choice, place: Place) -> None:
        item, px = self.item(i), self.look.px
        ringed = i == self.current and self.hasFocus()
        middle = place.all.center().y()
        if choice.mandatory and item.relevant and not item.datum.answered:
            ink.glyph(Glyph.DUE, place.label.right() - px(24), middle, 12)
        elif item.was:
            ink.glyph(Glyph.CHANGED, place.label.right() - px(24), middle, 12)
        asked = item.relevant or item.datum.answered
        ink.text(place.label, choice.label, _LABEL if asked else _NOT_ASKED)
        if item.n_open_query:
            ink.glyph(Glyph.QUERY, self._flag(place).left() + px(3), middle, 14)
        if item.datum.null_flavor is not None:
            rect, words = self._pill(i), missing_words(item, self.look.language)
            ink.missing_pill(rect, words, self.hovered == ("pill", (i,)), ringed)
            return
        for column, ((code, words), rect) in enumerate(zip(choice.options, place.options, strict=True)):
            self._paint_option(ink, rect, words, item.datum.value == code, ("option", (i, code)), asked)
            if ringed and column == self.ring_column:
                ink.ring(QRectF(rect.left() - px(4), middle - px(12), rect.width() + px(8), px(24)), 4)

    def _paint_option(
        self, ink: Ink, rect: QRectF, words: str, chosen: bool, name: tuple[str, tuple[object, ...]], asked: bool
    ) -> None:
        if self.hovered == name:
            ink.box(
                rect.adjusted(-4, self.look.px(6), 4, -self.look.px(6)),
                "accent_soft" if self.held == name else "raised",
                None,
            )
        ink.radio(rect.left(), rect.center().y(), chosen, self.view.read_only or not asked)
        ink.text(rect.adjusted(self.look.px(26), 0, 0, 0), words, Face(13, chosen) if asked else _NOT_ASKED)

    # focus

    def go(self, index: int) -> bool:
        """Moves to an item; False when there is none."""
        if not 0 <= index < len(self.oids):
            return False
        self.current = index
        self._settle_ring()
        self._say()
        self.viewport().update()
        self.moved.emit(self.oids[index])
        return True

    def _entered(self, reason: Qt.FocusReason) -> None:
        ends = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: len(self.oids) - 1}
        self.go(ends.get(reason, self.current))

    def _settle_ring(self) -> None:
        if not self.oids:
            return
        codes = [code for code, _ in self.choices[self.current].options]
        value = self.item(self.current).datum.value
        self.ring_column = codes.index(value) if value in codes else 0

    def _say(self) -> None:
        if self.oids:
            oid = self.oids[self.current]
            item = self.definition.item[oid]
            self.setAccessibleName(spoken(self.definition, item, self.item(self.current), self.look.language))
            self.setAccessibleDescription(item.question.in_(self.look.language))

    def _touched(self, target: Target) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.go(int(str(target.key[0])))

    # answering

    def _picked(self, target: Target) -> None:
        oid = self.oids[self.current]
        if target.kind == "option":
            self._answer(str(target.key[1]))
        elif target.kind == "flag":
            self.asked.emit("query", oid)
        elif target.kind == "pill" and target.hot:
            self.asked.emit("missing", oid)

    def _answer(self, code: str) -> None:
        oid = self.oids[self.current]
        if oid in self._sent or self.item(self.current).datum.value != code:
            self._sent.add(oid)
            self.answered.emit(oid, code)

    def _key(self, event: QKeyEvent) -> bool:
        key, oid = event.key(), self.oids[self.current]
        if not is_plain(event):
            return False
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step:
            return self.go(self.current + step) or True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.focusNextPrevChild(True)
        if key in (Qt.Key.Key_Q, Qt.Key.Key_H):
            self.asked.emit("query" if key == Qt.Key.Key_Q else "history", oid)
            return True
        asked = self.item(self.current).relevant or self.item(self.current).datum.answered
        return not self.view.read_only and asked and self._edit_key(event)

    def _edit_key(self, event: QKeyEvent) -> bool:
        key, oid, options = event.key(), self.oids[self.current], self.choices[self.current].options
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self.ring_column = min(max(0, self.ring_column + step), len(options) - 1)
            self.viewport().update()
        elif key == Qt.Key.Key_Space:
            self._answer(options[self.ring_column][0])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.item(self.current).datum.answered:
                self.cleared.emit(oid)
        elif key == Qt.Key.Key_M:
            self.asked.emit("missing", oid)
        elif event.text().isdigit():
            code = by_digit(tuple(code for code, _ in options), event.text())
            if code and not event.isAutoRepeat():
                self._answer(code)
        else:
            return False
        return True


def by_digit(codes: tuple[str, ...], digit: str) -> str:
    """The answer a digit means: the code itself, 1 yes and 0 no, or the n-th of a list; empty when none."""
    if digit in codes:
        return digit
    if set(codes) == {"true", "false"}:
        return {"1": "true", "0": "false"}.get(digit, "")
    place = int(digit) - 1
    return codes[place] if 0 <= place < len(codes) and not any(c.isdigit() for c in codes) else ""
