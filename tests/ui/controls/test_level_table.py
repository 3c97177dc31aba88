"""The ESSDAI table: keys, mouse, levels that do not exist, what is shown, and that nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import Datum
from crf_desktop.ui.controls.level import points
from crf_desktop.ui.controls.level_table import LevelTableBlock
from tests.ui.controls.stage import DEFINITION, Stage

BIOLOGICAL, CNS, RENAL = "I.ESSDAI.BIOLOGICAL", "I.ESSDAI.CNS", "I.ESSDAI.RENAL"
FIRST = "I.ESSDAI.CONSTITUTIONAL"


@pytest.fixture
def stage(qt_application: object) -> Iterator[Stage]:
    stage = Stage("F.ESSDAI", LevelTableBlock)
    yield stage
    stage.close()


def block(stage: Stage) -> LevelTableBlock:
    assert isinstance(stage.block, LevelTableBlock)
    return stage.block


def key(stage: Stage, key: Qt.Key) -> None:
    QTest.keyClick(block(stage).list, key)


def test_that_the_keyboard_alone_answers_all_twelve_domains(stage: Stage) -> None:
    block(stage).focus_item(FIRST)
    for _ in block(stage).item_oids():
        key(stage, Qt.Key.Key_2)
        key(stage, Qt.Key.Key_Down)
    assert [stage.value(oid) for oid in block(stage).item_oids()] == ["2"] * 12


def test_that_a_digit_answers_and_stays_and_enter_and_tab_move_on(stage: Stage) -> None:
    table = block(stage)
    table.focus_item(FIRST)
    key(stage, Qt.Key.Key_1)
    assert table.current_item == FIRST
    key(stage, Qt.Key.Key_Return)
    assert table.current_item == "I.ESSDAI.LYMPHADENOPATHY"
    key(stage, Qt.Key.Key_Tab)
    assert table.current_item == "I.ESSDAI.GLANDULAR"
    QTest.keyClick(table.list, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert table.current_item == "I.ESSDAI.LYMPHADENOPATHY"


def test_that_tab_leaves_the_table_after_the_last_domain(stage: Stage) -> None:
    block(stage).focus_item(BIOLOGICAL)
    key(stage, Qt.Key.Key_Tab)
    assert stage.after.hasFocus()


@pytest.mark.parametrize(
    ("oid", "digit"), [(CNS, Qt.Key.Key_1), (FIRST, Qt.Key.Key_3), (BIOLOGICAL, Qt.Key.Key_3), (RENAL, Qt.Key.Key_7)]
)
def test_that_a_level_which_does_not_exist_is_never_emitted_and_is_explained(
    stage: Stage, oid: str, digit: Qt.Key
) -> None:
    block(stage).focus_item(oid)
    key(stage, digit)
    assert not stage.said
    shown = block(stage).panel.shown
    assert shown is not None and " has no " in shown.refused and "Not saved." in shown.refused
    key(stage, Qt.Key.Key_Down)
    shown = block(stage).panel.shown
    assert shown is not None and not shown.refused


def test_that_there_is_no_place_to_press_where_a_level_does_not_exist(stage: Stage) -> None:
    row = block(stage).item_oids().index(CNS)
    assert [t.key[1] for t in block(stage).list.targets if t.kind == "box" and t.key[0] == row] == ["0", "2", "3"]


def test_that_the_wheel_never_answers_and_is_left_to_the_page(stage: Stage) -> None:
    table = block(stage)
    for part in (table.list, table.panel):
        assert not stage.wheel(part.viewport())
    table.focus_item(FIRST)
    for part in (table.list, table.panel):
        assert not stage.wheel(part.viewport())
    assert not stage.said


def test_that_repainting_and_another_look_never_emit(stage: Stage) -> None:
    stage.answers[FIRST] = Datum("1")
    stage.show()
    stage.look.set_dark(True)
    stage.look.set_language("zh")
    stage.look.set_scale(1.5)
    QApplication.processEvents()
    assert not stage.said


def test_that_a_press_answers_on_release_inside_and_a_slip_outside_answers_nothing(stage: Stage) -> None:
    table = block(stage)
    inside = stage.place(table.list, "box", 0, "1")
    view = table.list.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    assert not stage.said
    QTest.mouseRelease(
        view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(inside.x(), inside.y() + 200)
    )
    assert not stage.said
    stage.press(table.list, "box", 0, "1")
    assert stage.said == [("answered", FIRST, "1")]


def test_that_pressing_the_chosen_level_again_changes_nothing(stage: Stage) -> None:
    table = block(stage)
    stage.press(table.list, "box", 0, "1")
    stage.press(table.list, "box", 0, "1")
    stage.press(table.panel, "level", "1")
    key(stage, Qt.Key.Key_1)
    assert stage.said == [("answered", FIRST, "1")]


def test_that_two_answers_before_the_page_has_stored_the_first_both_count(stage: Stage) -> None:
    table = block(stage)
    stage.answers[FIRST] = Datum("1")
    stage.show()
    table.answered.disconnect(stage._answered)
    told: list[str] = []
    table.answered.connect(lambda oid, code, unit: told.append(code))
    table.focus_item(FIRST)
    key(stage, Qt.Key.Key_2)
    key(stage, Qt.Key.Key_1)
    assert told == ["2", "1"]


def test_that_a_definition_is_a_large_target_for_its_level(stage: Stage) -> None:
    table = block(stage)
    table.focus_item(RENAL)
    stage.press(table.panel, "level", "3")
    assert stage.said == [("answered", RENAL, "3")]
    assert table.list.hasFocus()
    assert min(t.rect.height() for t in table.panel.targets if t.kind == "level") >= 36
    stage.look.touch = True
    stage.look.changed.emit()
    assert min(t.rect.height() for t in table.panel.targets if t.kind == "level") >= 44


def test_that_delete_clears_only_an_answer_that_is_there(stage: Stage) -> None:
    block(stage).focus_item(FIRST)
    key(stage, Qt.Key.Key_Delete)
    assert not stage.said
    key(stage, Qt.Key.Key_2)
    key(stage, Qt.Key.Key_Delete)
    assert stage.said[-1] == ("cleared", FIRST)
    assert stage.value(FIRST) is None


def test_that_m_q_and_h_ask_for_the_focused_domain(stage: Stage) -> None:
    block(stage).focus_item(CNS)
    for letter in (Qt.Key.Key_M, Qt.Key.Key_Q, Qt.Key.Key_H):
        key(stage, letter)
    for action in ("missing", "query", "history"):
        stage.press(block(stage).panel, f"fixed_{action}")
    asked = [("missing_asked", CNS), ("query_asked", CNS), ("history_asked", CNS)]
    assert stage.said == asked + asked


def test_that_a_missing_domain_shows_its_reason_and_can_be_answered_again(stage: Stage) -> None:
    stage.miss(BIOLOGICAL, "tube haemolysed")
    table = block(stage)
    row = table.item_oids().index(BIOLOGICAL)
    assert not [t for t in table.list.targets if t.kind == "box" and t.key[0] == row]
    stage.press(table.list, "pill", row)
    assert stage.said == [("missing_asked", BIOLOGICAL)]
    assert "Not done: tube haemolysed" in table.list.accessibleName()
    key(stage, Qt.Key.Key_1)
    assert stage.value(BIOLOGICAL) == "1"


def test_that_points_are_a_dash_when_missing_and_empty_while_unanswered() -> None:
    from crf_desktop.model.data import NOTHING, NullFlavor

    assert points(5, Datum("2")) == "10"
    assert points(5, Datum(null_flavor=NullFlavor.NOT_DONE)) == "—"
    assert points(5, NOTHING) == ""
    assert points(None, Datum("2")) == ""


def test_that_no_answer_looks_different_from_every_answer(stage: Stage) -> None:
    table = block(stage)
    table.focus_item(RENAL)
    fresh = table.list.grab().toImage()
    for level in "0123":
        stage.answers[FIRST] = Datum(level) if level != "3" else Datum("0")
        stage.show()
        assert table.list.grab().toImage() != fresh


def test_that_answering_moves_nothing_in_list_or_panel(stage: Stage) -> None:
    table = block(stage)
    for oid in table.item_oids():
        table.focus_item(oid)
        before = [(t.name, t.rect) for t in table.panel.targets if t.kind == "level"]
        size = table.size()
        key(stage, Qt.Key.Key_0)
        assert [(t.name, t.rect) for t in table.panel.targets if t.kind == "level"] == before
        assert table.size() == size and table.list.offset == 0 and table.panel.offset == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_the_whole_page_fits_a_window_of_1280_by_800_without_scrolling(
    qt_application: object, language: str
) -> None:
    stage = Stage("F.ESSDAI", LevelTableBlock)
    table = block(stage)
    stage.look.set_language(language)  # type: ignore[arg-type]
    table.setFixedSize(1232, 555)
    QApplication.processEvents()
    for oid in table.item_oids():
        table.focus_item(oid)
        assert table.list.verticalScrollBar().maximum() == 0
        assert table.panel.verticalScrollBar().maximum() == 0, oid
    stage.close()


def test_that_list_and_panel_scroll_apart_in_a_small_window_and_keep_the_focused_row_in_view(
    qt_application: object,
) -> None:
    stage = Stage("F.ESSDAI", LevelTableBlock, width=853, height=400)
    table = block(stage)
    assert table.list.narrow and table.list.columns().points == table.list.columns().points[:1]
    table.focus_item(BIOLOGICAL)
    row = table.list.row_rect(11)
    assert row.bottom() - table.list.offset <= table.list.height() + 1
    assert table.list.offset > 0
    assert table.panel.verticalScrollBar().maximum() > 0
    key(stage, Qt.Key.Key_PageDown)
    assert table.panel.offset > 0 and table.current_item == BIOLOGICAL
    stage.close()


def test_that_a_suggestion_never_fills_the_answer(stage: Stage) -> None:
    stage.answers |= {"I.LAB.IGG": Datum("21.4", unit_oid="MU.G_L")}
    stage.show()
    table = block(stage)
    table.focus_item(BIOLOGICAL)
    shown = table.panel.shown
    assert shown is not None and shown.suggestion is not None and shown.suggestion.level == 2
    assert stage.value(BIOLOGICAL) is None and not stage.said
    assert table.panel._agreement()[1] == "Not rated yet"
    key(stage, Qt.Key.Key_1)
    assert table.panel._agreement()[1] == "Differs from your choice"
    key(stage, Qt.Key.Key_2)
    assert table.panel._agreement()[1] == "Same as your choice"


def test_that_laboratory_values_show_unit_date_and_what_they_imply(stage: Stage) -> None:
    stage.answers |= {"I.LAB.IGG": Datum("21.4", unit_oid="MU.G_L")}
    stage.show()
    block(stage).focus_item(BIOLOGICAL)
    shown = block(stage).panel.shown
    assert shown is not None
    igg = next(v for v in shown.laboratory if v.label == "IgG")
    assert (igg.value, igg.level) == ("21.4\u00a0g/L", 2)
    assert "4\u00a0May\u00a02026" in shown.laboratory_title


def test_that_a_read_only_table_answers_nothing_but_still_takes_queries(stage: Stage) -> None:
    stage.answers[FIRST] = Datum("1")
    stage.read_only = True
    stage.show()
    table = block(stage)
    table.focus_item(FIRST)
    for press in (Qt.Key.Key_2, Qt.Key.Key_Delete, Qt.Key.Key_M, Qt.Key.Key_Space):
        key(stage, press)
    assert not [t for t in table.list.targets if t.kind == "box"]
    stage.press(table.panel, "level", "2")
    stage.press(table.panel, "fixed_missing")
    assert not stage.said
    key(stage, Qt.Key.Key_Q)
    assert stage.said == [("query_asked", FIRST)]


def test_that_the_focused_row_is_named_with_state_value_and_points(stage: Stage) -> None:
    table = block(stage)
    haematological = "I.ESSDAI.HAEMATOLOGICAL"
    table.focus_item(haematological)
    assert table.list.accessibleName() == "Haematological, no answer yet"
    key(stage, Qt.Key.Key_1)
    assert table.list.accessibleName() == "Haematological, low, 1 of 3, 2 points"
    assert table.list.accessibleDescription().startswith("ANC >1000")


def test_that_a_flag_opens_the_query_of_its_row(stage: Stage) -> None:
    stage.queries[RENAL] = 1
    stage.show()
    stage.press(block(stage).list, "flag", block(stage).item_oids().index(RENAL))
    assert stage.said == [("query_asked", RENAL)]


def test_that_arrows_and_space_choose_without_digits(stage: Stage) -> None:
    block(stage).focus_item(CNS)
    key(stage, Qt.Key.Key_Right)
    key(stage, Qt.Key.Key_Space)
    assert stage.said == [("answered", CNS, "2")]


def test_that_a_held_digit_answers_once(stage: Stage) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    table = block(stage)
    table.focus_item(FIRST)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", True)
    QApplication.sendEvent(table.list, repeat)
    assert not stage.said


def test_that_a_refusal_of_the_page_is_shown_with_what_was_kept(stage: Stage) -> None:
    table = block(stage)
    table.focus_item(FIRST)
    table.show_refused(FIRST, "The form is locked.", "Nothing was stored.")
    shown = table.panel.shown
    assert shown is not None and shown.refused == "The form is locked. Nothing was stored."
    table.show_warned(FIRST, "Unusual.")
    assert table.list.warned == {FIRST: "Unusual."}
    table.show_warned(FIRST, "")
    assert not table.list.warned


def test_that_every_domain_of_the_definition_has_its_row() -> None:
    layout = DEFINITION.form["F.ESSDAI"].layout.blocks[0]
    assert len(layout.rows) == 12  # type: ignore[union-attr]
