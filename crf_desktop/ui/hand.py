"""A hand at mouse and keyboard: answers forms by real events, as a clinician would."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crf_desktop.ui.controls.chips import Chips
from crf_desktop.ui.controls.choice import HeadChoiceBlock
from crf_desktop.ui.controls.choice_entry import ChoiceEntry
from crf_desktop.ui.controls.choice_rows import ChoiceRowsBlock
from crf_desktop.ui.controls.entry import TextEntry
from crf_desktop.ui.controls.field_card import FieldsBlock
from crf_desktop.ui.controls.grade_grid import GradeGridBlock
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.joint_figure import JointFigureBlock
from crf_desktop.ui.controls.level_table import LevelTableBlock
from crf_desktop.ui.controls.option_strip import OptionStrip
from crf_desktop.ui.controls.question_rows import QuestionRows
from crf_desktop.ui.controls.repeat_table import RepeatTableBlock
from crf_desktop.ui.controls.scale_rows import ScaleRowsBlock
from crf_desktop.ui.controls.timed import TimedBlock
from crf_desktop.ui.form_sheets import SoftSheet
from crf_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from crf_desktop.ui.form_page import FormPage

PATIENCE_S = 60.0


class NotAsTyped(AssertionError):
    """The store does not hold what was typed; names the item, never the value."""


class Hand:
    """Works one window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    # ---- waiting

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Lets the window work until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(what)
            self.rest()

    def rest(self, seconds: float = 0.004) -> None:
        """Lets the window work for a moment."""
        QApplication.processEvents()
        time.sleep(seconds)
        QApplication.processEvents()

    # ---- moves

    def click(self, widget: QWidget, at: QPoint | QPointF | None = None) -> None:
        """A press and release of the left button."""
        point = at.toPoint() if isinstance(at, QPointF) else at if at is not None else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.rest()

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Types into the widget, or wherever the keyboard is; what no key has comes from an input method."""
        target = widget or self.keyboard()
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the keyboard is."""
        QTest.keyClick(self.keyboard(), key, modifiers)
        self.rest()

    def keyboard(self) -> QWidget:
        """The widget that has the keyboard."""
        return QApplication.focusWidget() or self.window.focusWidget() or self.window

    # ---- unlocking

    def unlock(self, user: str, password: str) -> None:
        """Chooses the user, types the password, presses Enter."""
        page = self.window.unlock
        self.wait(lambda: bool(page.user.value), "the study's users")
        names = [value for value, _ in page.user._options]
        self.click(page.password)
        QTest.keyClick(page.user, Qt.Key.Key_Home)
        while page.user.value != user:
            ahead = names.index(user) > names.index(page.user.value)
            QTest.keyClick(page.user, Qt.Key.Key_Down if ahead else Qt.Key.Key_Up)
        self.type(password, page.password)
        QTest.keyClick(page.password, Qt.Key.Key_Return)
        self.rest()

    # ---- answering

    @property
    def page(self) -> FormPage:
        """The form page."""
        assert self.window.places is not None
        return self.window.places.form

    def answer(self, oid: str, typed: str, reason: str = "Checked against the source.") -> None:
        """Answers one item and waits until it is stored; keeps an unusual value with the reason.

        ``oid`` is an address; a row that is not there yet is added by its button.
        """
        block = self.page.body.block_of(oid)
        if isinstance(block, RepeatTableBlock) and oid not in block.fields:
            self.click(block.add)
        self.page.body.bring_into_view(oid)
        self.rest()
        self._answer(block, oid, typed)
        self._settle(reason)
        entry = self.page.entry
        assert entry is not None
        if not entry.datum(oid).answered:
            raise NotAsTyped(oid)

    def miss(self, oid: str, flavor: str, remark: str) -> None:
        """Gives the reason why there is no value: key M, a remark, a letter."""
        block = self.page.body.block_of(oid)
        self.page.body.bring_into_view(oid)
        block.focus_item(oid)
        field = getattr(block, "fields", {}).get(oid)
        plain = field is None or isinstance(field.entry, Chips)
        QTest.keyClick(
            self.keyboard(),
            Qt.Key.Key_M,
            Qt.KeyboardModifier.NoModifier if plain else Qt.KeyboardModifier.ControlModifier,
        )
        self.rest()
        menu = self.page.dialogue.menu
        assert menu is not None and menu.isVisible(), oid
        if remark:
            QTest.keyClicks(menu.remark, remark)
        letter = {"ND": Qt.Key.Key_D, "NA": Qt.Key.Key_A, "UNK": Qt.Key.Key_U, "REF": Qt.Key.Key_R}[flavor]
        QTest.keyClick(menu.reasons, letter)
        self._settle("")

    def _settle(self, reason: str) -> None:
        self.rest()
        self.page.binding.flush()
        sheet = self.page.dialogue.sheet
        if isinstance(sheet, SoftSheet):
            QTest.keyClicks(sheet.words, reason)
            QTest.keyClick(sheet.words, Qt.Key.Key_Return)
            self.rest()
        if self.page.dialogue.asks():
            raise NotAsTyped("a question stands open")

    def _answer(self, block: Any, oid: str, typed: str) -> None:
        if isinstance(block, HeadChoiceBlock):
            self._chip(block.chips, typed)
        elif isinstance(block, ScaleRowsBlock):
            row = block.rows[oid]
            self.click(row, dict(row.places())[typed].center())
        elif isinstance(block, FieldsBlock):
            self._field(block.fields[oid], typed)
        elif isinstance(block, LevelTableBlock):
            block.focus_item(oid)
            self.type(typed)
        elif isinstance(block, GradeGridBlock):
            self._grid(block, oid, typed)
        elif isinstance(block, ChoiceRowsBlock):
            self._question(block.rows, oid, typed)
        elif isinstance(block, JointFigureBlock):
            block.focus_item(oid)
            self.type(str(block.codes.index(typed)))
        elif isinstance(block, TimedBlock):
            self._timed(block, oid, typed)

    def _question(self, rows: QuestionRows, oid: str, code: str) -> None:
        name = ("option", (rows.row_of(oid), code))
        self.click(rows.viewport(), next(t.rect for t in rows.targets if t.name == name).center())

    def _chip(self, chips: Chips, code: str) -> None:
        if isinstance(chips, ChoiceEntry):  # its list is a popup, which not every platform can press
            chips.setFocus(Qt.FocusReason.MouseFocusReason)
            Chips.choose(chips, code)
            self.rest()
            return
        self.click(chips, dict(chips.places())[code].center())

    def _field(self, field: ItemField, typed: str) -> None:
        if isinstance(field.entry, Chips):
            self._chip(field.entry, typed)
            return
        self.click(field.entry)
        field.entry.selectAll()
        self.type(typed, field.entry)
        QTest.keyClick(field.entry, Qt.Key.Key_Tab if isinstance(field.entry, TextEntry) else Qt.Key.Key_Return)

    def _grid(self, block: GradeGridBlock, oid: str, typed: str) -> None:
        if oid in block.layout_block.options:
            self._strip(block.options, oid, typed)
        else:
            block.focus_item(oid)
            self.type(typed)

    def _strip(self, strip: OptionStrip, oid: str, code: str) -> None:
        wanted = (strip.oids.index(oid), code)
        place: QRectF = next(t.rect for t in strip.targets if t.kind == "option" and t.key == wanted)
        self.click(strip.viewport(), QPointF(place.left() + 8, place.center().y()))

    def _timed(self, block: TimedBlock, oid: str, typed: str) -> None:
        if oid in block.block.conditions:
            self._strip(block.strip, oid, typed)
            return
        card = next(c for c in block.cards if oid in c.item_oids())
        if oid == card.part.started:
            self.click(card.start)
        else:
            self._field(card.fields[oid], typed)
