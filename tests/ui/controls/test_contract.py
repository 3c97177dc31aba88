"""The contract of every control, tried on the real forms with real keys, presses and wheels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crf_desktop.model import layout
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.ui.controls.answer import Answer
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.look import Look
from tests.ui.controls import small
from tests.ui.controls.window import DEFINITION, Window, some_answer

Open = Callable[..., Window]
CTRL = Qt.KeyboardModifier.ControlModifier


def every_kind() -> dict[str, layout.Block]:
    """The first block of each kind in the case report form, and cards of fields until every data type was met."""
    found: dict[str, layout.Block] = {}
    met: set[str] = set()
    for form in DEFINITION.forms:
        for n, block in enumerate(form.layout.blocks):
            name = type(block).__name__
            if isinstance(block, layout.FieldCard):
                types = {DEFINITION.item[oid].data_type for oid in block.items}
                name = f"{name}-{form.oid}-{n}" if types - met else ""
                met |= types
            if name:
                found.setdefault(name, block)
    return found


def asked(opened: Window) -> list[str]:
    """The items a person answers; the start of a countdown is written by its button."""
    parts = getattr(opened.layout, "readings", getattr(opened.layout, "collections", ()))
    return [oid for oid in opened.block.item_oids() if oid not in {part.started for part in parts}]


BLOCKS = every_kind() | {"RepeatTable-in-lines": small.DRUGS, "GradeGrid-without-total": small.OSS}
WITH_ITEMS = {name: b for name, b in BLOCKS.items() if not isinstance(b, layout.DerivedCard)}
every_control = pytest.mark.parametrize("block", WITH_ITEMS.values(), ids=WITH_ITEMS.keys())


def some(oids: list[str]) -> list[str]:
    """The ends and the middle of a long block."""
    return oids if len(oids) <= 8 else [*oids[:3], oids[len(oids) // 2], *oids[-2:]]


def typing(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit)


def all_answers(opened: Window) -> dict[str, Datum]:
    return {oid: some_answer(DEFINITION.item_at(oid)) for oid in opened.block.item_oids()}


def test_that_every_kind_of_layout_has_a_control() -> None:
    assert {type(b) for b in BLOCKS.values()} == set(layout.BLOCKS)


@every_control
def test_that_a_fresh_control_looks_different_from_every_answer(window: Open, block: layout.Block) -> None:
    opened = window(block)
    for oid in some(asked(opened)):
        item = DEFINITION.item_at(oid)
        opened.show()
        opened.focus(oid)
        pictures = {opened.picture()}
        codes = DEFINITION.code_list[item.code_list].items if item.code_list else ()
        answers = [Datum(c.coded_value) for c in codes] or [some_answer(item)]
        if item.data_type in ("integer", "decimal") and not codes:
            answers.append(Datum("0", unit_oid=item.units[0] if item.units else None))
        answers += [Datum(null_flavor=NullFlavor.NOT_DONE), Datum(null_flavor=NullFlavor.REFUSED)]
        for answer in answers:
            opened.show({oid: answer})
            pictures.add(opened.picture())
        assert len(pictures) == len(answers) + 1, oid


@every_control
def test_that_repainting_never_emits(window: Open, look: Look, block: layout.Block) -> None:
    opened = window(block)
    opened.show(all_answers(opened))
    opened.show(read_only=True)
    for change in (
        lambda: look.set_scale(1.5),
        lambda: look.set_language("zh"),
        lambda: look.set_dark(True),
        lambda: opened.window.resize(853, 533),
        lambda: opened.block.show_view(opened.view({oid: Datum(null_flavor=NullFlavor.UNKNOWN) for oid in BLOCKS})),
    ):
        change()
        opened.picture()
    assert opened.heard == []


@every_control
def test_that_the_wheel_never_answers(window: Open, block: layout.Block) -> None:
    opened = window(block)
    opened.show(all_answers(opened))
    for oid in asked(opened):
        opened.focus(oid)
        for widget in opened.block.findChildren(QWidget):
            if widget.isVisible():
                turn_wheel(widget)
    assert opened.changes() == []


def turn_wheel(widget: QWidget) -> bool:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@every_control
def test_that_tab_walks_in_layout_order(window: Open, block: layout.Block) -> None:
    opened = window(block)
    opened.show()
    order = list(opened.block.item_oids())
    opened.focus(order[0])
    met = [order[0]]
    for _ in range(4 * len(order)):
        opened.key(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is None or not opened.block.isAncestorOf(widget):
            break
        met += [h[1] for h in opened.heard if h[0] == "focused"]
        opened.heard.clear()
    first_met = list(dict.fromkeys(met))
    assert first_met == [oid for oid in order if oid in first_met]
    assert opened.changes() == []


@every_control
def test_that_delete_clears_every_answer(window: Open, block: layout.Block) -> None:
    opened = window(block)
    for oid in asked(opened):
        opened.show({oid: some_answer(DEFINITION.item_at(oid))})
        widget = opened.focus(oid)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.selectAll()
        opened.key(Qt.Key.Key_Delete)
        if typing(widget):
            opened.key(Qt.Key.Key_Tab)
        assert ("cleared", oid) in opened.heard, oid
        assert opened.changes() == [("cleared", oid)]


@every_control
def test_that_delete_clears_a_missing_reason(window: Open, block: layout.Block) -> None:
    opened = window(block)
    for oid in asked(opened):
        opened.show({oid: ItemView(Datum(null_flavor=NullFlavor.NOT_DONE), remark="tube haemolysed")})
        opened.focus(oid)
        opened.key(Qt.Key.Key_Delete)
        assert opened.changes() == [("cleared", oid)], oid


@every_control
def test_that_the_missing_reason_is_one_key_away(window: Open, block: layout.Block) -> None:
    opened = window(block)
    for oid in asked(opened):
        opened.show()
        widget = opened.focus(oid)
        opened.key(Qt.Key.Key_M, CTRL if typing(widget) else Qt.KeyboardModifier.NoModifier)
        assert [h for h in opened.heard if h[0] in ("missing_asked", "missed")] == [("missing_asked", oid)], oid
        assert opened.changes() == []


@every_control
def test_that_read_only_answers_nothing_and_shows_everything(window: Open, block: layout.Block) -> None:
    opened = window(block)
    answers = all_answers(opened)
    opened.show(answers, read_only=True)
    filled = opened.picture()
    for oid in asked(opened):
        opened.block.focus_item(oid)
        if QApplication.focusWidget() is not None:
            for key in (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Return):
                opened.key(key)
    for widget in opened.block.findChildren(QWidget):
        if widget.isVisible():
            for x in range(8, widget.width(), 24):
                QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(x, widget.height() // 2))
    assert opened.changes() == []
    opened.show({}, read_only=True)
    assert opened.picture() != filled


@every_control
def test_that_a_screen_reader_hears_item_state_and_value(window: Open, block: layout.Block) -> None:
    opened = window(block)
    for oid in some(asked(opened)):
        label = DEFINITION.item_at(oid).label.en
        opened.show()
        fresh = opened.focus(oid).accessibleName()
        opened.show({oid: some_answer(DEFINITION.item_at(oid))})
        filled = opened.focus(oid).accessibleName()
        assert label in fresh, oid
        assert label in filled, oid
        assert fresh != filled, oid


@every_control
def test_that_labels_are_plain_text(window: Open, block: layout.Block) -> None:
    opened = window(block)
    labels = opened.block.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


@every_control
def test_that_touch_targets_are_at_least_44_px(window: Open, look: Look, block: layout.Block) -> None:
    look.touch = True
    look.changed.emit()
    opened = window(block)
    opened.show()
    small = []
    for widget in opened.block.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, Answer):
            small += [(name, r.width(), r.height()) for name, r in widget.places() if r.width() < 44 or r.height() < 44]
        elif isinstance(widget, QAbstractButton | QLineEdit) and (widget.height() < 44 or widget.width() < 44):
            small.append((type(widget).__name__, widget.width(), widget.height()))
    assert small == []


@every_control
def test_that_answering_moves_nothing(window: Open, block: layout.Block) -> None:
    opened = window(block, 1280)
    opened.show()
    before = opened.block.height()
    opened.show(all_answers(opened))
    filled = opened.block.height()
    opened.show({oid: Datum(null_flavor=NullFlavor.NOT_DONE) for oid in opened.block.item_oids()})
    assert (filled, opened.block.height()) == (before, before)


def test_that_no_line_ends_within_a_unit(look: Look) -> None:
    from crf_desktop.ui.controls.ink import Face, wrap

    words = "Glomerular: proteinuria >1.5\u00a0g/d, or haematuria, or GFR <60\u00a0mL/min; or histology"
    for width in range(120, 620, 4):
        assert not any(line.endswith("/") for line in wrap(look, words, Face(13), width))
