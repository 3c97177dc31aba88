"""ESSPRI: eleven boxes, nothing before an answer, ten by two digits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.layout import ScaleRows
from crf_desktop.ui.controls.scale_row import SECOND_DIGIT_MS, ScaleRow
from crf_desktop.ui.controls.scale_rows import ScaleRowsBlock
from crf_desktop.ui.look import Look
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
BLOCK = next(b for b in DEFINITION.form["F.ESSPRI"].layout.blocks if isinstance(b, ScaleRows))
FIRST, SECOND, THIRD = BLOCK.items


def row(opened: Window, oid: str = FIRST) -> ScaleRow:
    assert isinstance(opened.block, ScaleRowsBlock)
    return opened.block.rows[oid]


def middle(place: ScaleRow, name: str) -> QPoint:
    return dict(place.places())[name].center().toPoint()


def test_that_clicking_zero_on_an_untouched_scale_answers_zero(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    QTest.mouseClick(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "0"))
    assert opened.changes() == [("answered", FIRST, "0", "")]


def test_that_an_answer_counts_on_release_inside_and_not_outside(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    QTest.mousePress(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "3"))
    assert opened.changes() == []
    QTest.mouseRelease(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "4"))
    assert opened.changes() == []


def test_that_pressing_the_chosen_box_again_changes_nothing(window: Open) -> None:
    opened = window(BLOCK)
    opened.show({FIRST: Datum("6")})
    QTest.mouseClick(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "6"))
    opened.focus(FIRST)
    opened.type("6")
    assert opened.changes() == []


def test_that_one_and_zero_typed_quickly_are_ten_and_never_one(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    opened.type("10")
    assert opened.changes() == [("answered", FIRST, "10", "")]


def test_that_a_lone_one_answers_one_after_a_moment(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    opened.type("1")
    assert opened.changes() == []
    QTest.qWait(SECOND_DIGIT_MS + 100)
    assert opened.changes() == [("answered", FIRST, "1", "")]


def test_that_leaving_answers_the_one_that_was_waiting(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    opened.type("1")
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("answered", FIRST, "1", "")]
    opened.type("4")
    assert opened.changes()[1:] == [("answered", SECOND, "4", "")]


def test_that_delete_takes_back_a_waiting_one(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    opened.type("1")
    opened.key(Qt.Key.Key_Delete)
    QTest.qWait(SECOND_DIGIT_MS + 100)
    assert opened.changes() == []


def test_that_arrows_move_without_answering_and_space_answers(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    for _ in range(3):
        opened.key(Qt.Key.Key_Right)
    assert opened.changes() == []
    opened.key(Qt.Key.Key_Space)
    assert opened.changes() == [("answered", FIRST, "2", "")]


def test_that_a_digit_replaces_a_missing_reason(window: Open) -> None:
    opened = window(BLOCK)
    opened.show({FIRST: Datum(null_flavor=NullFlavor.REFUSED)})
    opened.focus(FIRST)
    opened.type("0")
    assert opened.changes() == [("answered", FIRST, "0", "")]


def test_that_the_link_asks_for_the_reason_and_takes_it_away_again(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    QTest.mouseClick(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "missing"))
    assert ("missing_asked", FIRST) in opened.heard
    opened.show({FIRST: Datum(null_flavor=NullFlavor.UNKNOWN)})
    QTest.mouseClick(row(opened), Qt.MouseButton.LeftButton, pos=middle(row(opened), "remove"))
    assert opened.changes() == [("cleared", FIRST)]


def test_that_boxes_are_100_by_64_at_1280_and_stay_pressable_at_150_percent(window: Open, look: Look) -> None:
    opened = window(BLOCK)
    box = row(opened).boxes()[0]
    assert (round(box.width()) >= 98, box.height()) == (True, 64)
    narrow = window(BLOCK, 853)
    boxes = row(narrow).boxes()
    assert min(b.width() for b in boxes) >= 44
    assert boxes[-1].right() <= row(narrow).width()
