"""PGA: a bare track, a press places the mark, 0 is an answer like any other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crf_desktop.model.data import Datum
from crf_desktop.model.layout import VisualAnalogue
from crf_desktop.ui.controls.track import SETTLE_MS, Track
from crf_desktop.ui.controls.visual_analogue import VisualAnalogueBlock
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
BLOCK = next(b for b in DEFINITION.form["F.PGA"].layout.blocks if isinstance(b, VisualAnalogue))
OID, UNIT = BLOCK.item, DEFINITION.item[BLOCK.item].units[0]


def track(opened: Window) -> Track:
    assert isinstance(opened.block, VisualAnalogueBlock)
    return opened.block.track


def at(opened: Window, value: int) -> QPoint:
    return QPoint(round(track(opened).x_of(value)), int(track(opened)._line()[2]))


def stored(value: str) -> dict[str, Datum]:
    return {OID: Datum(value, unit_oid=UNIT)}


def test_that_an_untouched_track_has_no_mark(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    assert track(opened).value is None
    bare = opened.picture()
    opened.show(stored("0"))
    assert track(opened).value == 0
    assert opened.picture() != bare


def test_that_clicking_the_left_end_of_an_untouched_track_answers_zero(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    QTest.mouseClick(track(opened), Qt.MouseButton.LeftButton, pos=at(opened, 0))
    assert opened.changes() == [("answered", OID, "0", UNIT)]


def test_that_dragging_answers_once_on_release(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    QTest.mousePress(track(opened), Qt.MouseButton.LeftButton, pos=at(opened, 20))
    QTest.mouseMove(track(opened), at(opened, 62))
    assert opened.changes() == []
    QTest.mouseRelease(track(opened), Qt.MouseButton.LeftButton, pos=at(opened, 62))
    assert opened.changes() == [("answered", OID, "62", UNIT)]


def test_that_escape_during_a_drag_answers_nothing(window: Open) -> None:
    opened = window(BLOCK)
    opened.show(stored("40"))
    opened.focus(OID)
    QTest.mousePress(track(opened), Qt.MouseButton.LeftButton, pos=at(opened, 20))
    opened.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(track(opened), Qt.MouseButton.LeftButton, pos=at(opened, 20))
    assert opened.changes() == []
    assert track(opened).value == 40


def test_that_arrows_move_by_one_and_answer_once(window: Open) -> None:
    opened = window(BLOCK)
    opened.show(stored("40"))
    opened.focus(OID)
    for _ in range(3):
        opened.key(Qt.Key.Key_Right)
    assert opened.changes() == []
    QTest.qWait(SETTLE_MS + 100)
    assert opened.changes() == [("answered", OID, "43", UNIT)]


def test_that_arrows_do_not_invent_a_place_on_an_untouched_track(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(OID)
    opened.key(Qt.Key.Key_Right)
    opened.key(Qt.Key.Key_Tab)
    assert opened.changes() == []


def test_that_digits_go_to_the_readout_and_enter_answers(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(OID)
    opened.type("62")
    assert opened.changes() == []
    assert ("drafted", OID, "62") in opened.heard
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("answered", OID, "62", UNIT)]


def test_that_a_refused_number_stays_in_the_readout(window: Open) -> None:
    opened = window(BLOCK)
    opened.show(stored("40"))
    assert isinstance(opened.block, VisualAnalogueBlock)
    entry = opened.block.readout.entry
    entry.setFocus()
    entry.selectAll()
    opened.type("145")
    opened.key(Qt.Key.Key_Tab)
    opened.block.show_refused(OID, "The line is 100 mm long.", "Not saved.")
    opened.block.show_view(opened.view(stored("40")))
    assert entry.text() == "145"
    assert track(opened).value == 40
