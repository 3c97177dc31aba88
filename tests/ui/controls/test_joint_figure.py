"""The 28 joints: presses cycle and answer once, digits answer and move on, all others at one press."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from attrs import evolve
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.derive import Visit
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.layout import JointFigure
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.joint_figure import SETTLE_MS, JointFigureBlock
from crf_desktop.ui.look import Look
from tests.ui.controls.window import DEFINITION, Window, view_of

Open = Callable[..., Window]
BLOCK = next(b for b in DEFINITION.form["F.EXAM"].layout.blocks if isinstance(b, JointFigure))
JOINTS = [joint.item for joint in BLOCK.joints]
FIRST, SECOND, WRIST = JOINTS[:3]
NONE, TENDER, SWOLLEN, BOTH = (
    c.coded_value for c in DEFINITION.code_list[DEFINITION.item[FIRST].code_list or ""].items
)


def figure(opened: Window) -> JointFigureBlock:
    assert isinstance(opened.block, JointFigureBlock)
    return opened.block


def tap(opened: Window, oid: str, times: int = 1) -> None:
    block = figure(opened)
    place = block.map.joint_rect(JOINTS.index(oid)).center().toPoint()
    for _ in range(times):
        QTest.mouseClick(block.map.viewport(), Qt.MouseButton.LeftButton, pos=place)
    opened.settle()


def press(opened: Window, kind: str, *key: object) -> None:
    panel = figure(opened).panel
    target = next(t for t in panel.targets if t.name == (kind, key))
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=target.rect.center().toPoint())
    opened.settle()


@pytest.mark.parametrize(("times", "code"), [(1, TENDER), (2, SWOLLEN), (3, BOTH), (4, NONE)])
def test_that_presses_are_tender_swollen_both_neither_and_answer_once(window: Open, times: int, code: str) -> None:
    opened = window(BLOCK)
    opened.show()
    tap(opened, WRIST, times)
    assert opened.changes() == []
    assert figure(opened).map.code(2) == code
    QTest.qWait(SETTLE_MS + 100)
    assert opened.changes() == [("answered", WRIST, code, "")]


def test_that_leaving_a_joint_answers_at_once(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    tap(opened, FIRST, 2)
    tap(opened, WRIST)
    assert opened.changes() == [("answered", FIRST, SWOLLEN, "")]
    figure(opened).hide()
    assert opened.changes() == [("answered", FIRST, SWOLLEN, ""), ("answered", WRIST, TENDER, "")]


def test_that_leaving_the_figure_answers_at_once(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    tap(opened, FIRST)
    figure(opened).map.clearFocus()
    assert opened.changes() == [("answered", FIRST, TENDER, "")]


def test_that_cycling_back_to_the_stored_answer_changes_nothing(window: Open) -> None:
    opened = window(BLOCK)
    opened.show({FIRST: Datum(NONE)})
    tap(opened, FIRST, 4)
    QTest.qWait(SETTLE_MS + 100)
    assert opened.changes() == []


def test_that_repainting_in_between_keeps_what_was_pressed(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    tap(opened, FIRST, 2)
    opened.block.show_view(opened.view({WRIST: Datum(TENDER)}))
    assert figure(opened).map.code(0) == SWOLLEN
    QTest.qWait(SETTLE_MS + 100)
    assert opened.changes() == [("answered", FIRST, SWOLLEN, "")]


def test_that_digits_answer_and_move_on_in_exam_order(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    opened.type("0123")
    assert [h[1:3] for h in opened.changes()] == list(zip(JOINTS[:4], (NONE, TENDER, SWOLLEN, BOTH), strict=True))
    assert figure(opened).map.current == 4


def test_that_arrows_walk_in_exam_order_without_answering(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        opened.key(key)
    assert [h[1] for h in opened.heard if h[0] == "focused"] == [SECOND, WRIST, SECOND, WRIST]
    assert opened.changes() == []


def test_that_tab_reaches_every_joint_and_then_the_button(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(FIRST)
    for _ in range(len(JOINTS) - 1):
        opened.key(Qt.Key.Key_Tab)
    assert [h[1] for h in opened.heard if h[0] == "focused"] == JOINTS[1:]
    opened.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is figure(opened).others


def test_that_all_others_answers_only_the_joints_that_are_open(window: Open) -> None:
    opened = window(BLOCK)
    missing, not_asked = Datum(null_flavor=NullFlavor.NOT_DONE), ItemView(Datum(), relevant=False)
    opened.show({FIRST: Datum(BOTH), SECOND: missing, WRIST: not_asked})
    QTest.mouseClick(figure(opened).others, Qt.MouseButton.LeftButton)
    assert opened.changes() == [("answered", oid, NONE, "") for oid in JOINTS[3:]]
    opened.show({oid: Datum(NONE) for oid in JOINTS})
    assert not figure(opened).others.isEnabled()


def test_that_the_four_answers_beside_the_figure_answer_the_focused_joint(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    opened.focus(WRIST)
    press(opened, "answer", BOTH)
    press(opened, "answer", BOTH)
    assert opened.changes() == [("answered", WRIST, BOTH, "")]
    for kind, signal in (("missing", "missing_asked"), ("history", "history_asked"), ("query", "query_asked")):
        press(opened, kind)
        assert (signal, WRIST) in opened.heard


def test_that_delete_takes_back_what_was_pressed_and_then_the_answer(window: Open) -> None:
    opened = window(BLOCK)
    opened.show({FIRST: Datum(NONE)})
    tap(opened, FIRST)
    opened.key(Qt.Key.Key_Delete)
    QTest.qWait(SETTLE_MS + 100)
    assert opened.changes() == [] and figure(opened).map.code(0) == NONE
    opened.key(Qt.Key.Key_Delete)
    assert opened.changes() == [("cleared", FIRST)]


def test_that_every_state_has_its_own_mark(window: Open) -> None:
    opened = window(BLOCK)
    marks = []
    for answer in (None, NONE, TENDER, SWOLLEN, BOTH):
        opened.show({FIRST: Datum(answer)} if answer else {})
        marks.append(figure(opened).map.glyph(0))
    opened.show({FIRST: Datum(null_flavor=NullFlavor.REFUSED)})
    marks.append(figure(opened).map.glyph(0))
    assert marks == [
        Glyph.JOINT_OPEN, Glyph.JOINT_NONE, Glyph.JOINT_TENDER, Glyph.JOINT_SWOLLEN, Glyph.JOINT_BOTH, Glyph.MISSING
    ]  # fmt: skip


def test_that_counts_are_live_and_say_when_they_are_not_final(window: Open) -> None:
    opened = window(BLOCK)
    data = {FIRST: Datum(BOTH), SECOND: Datum(TENDER)}
    for answers, tender in ((data, "≥\u00a02"), (dict.fromkeys(JOINTS, Datum(NONE)) | data, "2")):
        visit = Visit(DEFINITION, answers)
        opened.block.show_view(evolve(view_of(dict(answers)), derived=visit.form(DEFINITION.form["F.EXAM"])))
        counts = figure(opened).panel.shown.counts
        assert (counts[0].value, counts[0].behind) == (tender, "/28")
    assert figure(opened).panel.shown.open == 0


def test_that_a_screen_reader_hears_joint_and_state(window: Open) -> None:
    opened = window(BLOCK)
    opened.show({WRIST: Datum(TENDER)})
    opened.focus(WRIST)
    assert figure(opened).map.accessibleName() == "Right wrist, Tender"
    tap(opened, WRIST)
    assert figure(opened).map.accessibleName() == "Right wrist, Swollen"


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (853, 1.0), (1280, 1.5), (1280, 2.0)])
def test_that_targets_are_44_and_touch_no_other_and_lie_on_the_figure(
    window: Open, look: Look, width: int, scale: float
) -> None:
    look.touch = True
    look.set_scale(scale)
    opened = window(BLOCK, width)
    opened.show()
    block = figure(opened)
    centres = [block.map.centre(at) for at in range(28)]
    side = 44 * scale
    for a, b in combinations(centres, 2):
        assert max(abs(a.x() - b.x()), abs(a.y() - b.y())) >= side
    assert all(block.map.rect().contains(block.map.joint_rect(at).toAlignedRect()) for at in range(28))
    hot = [t.rect for t in block.panel.targets]
    assert min(min(r.width(), r.height()) for r in hot) >= side


def test_that_panel_and_button_stay_inside_the_block(window: Open, look: Look) -> None:
    for width, scale in ((1280, 1.0), (853, 1.0), (1280, 2.0)):
        look.set_scale(scale)
        opened = window(BLOCK, width)
        opened.show()
        block = figure(opened)
        for part in (block.map, block.panel, block.others):
            assert block.rect().contains(part.geometry()), (width, scale, part)
        assert not block.panel.geometry().intersects(block.map.geometry())
        assert not block.panel.geometry().intersects(block.others.geometry())


def test_that_a_press_between_two_joints_goes_to_the_nearer_one(window: Open) -> None:
    opened = window(BLOCK)
    opened.show()
    block, at = figure(opened), JOINTS.index(WRIST)
    target = block.map.target_at(block.map.centre(at) + QPoint(6, -5))
    assert target is not None and target.key == (at,)
    assert block.map.target_at(QPoint(2, 2).toPointF()) is None
