"""Rows of a repeating group: one line or several, added and removed, walked by Tab, messages beneath."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.derive import Visit
from crf_desktop.model.layout import RepeatTable
from crf_desktop.ui.controls.choice_entry import ChoiceEntry
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.entry import LineEntry
from crf_desktop.ui.controls.repeat_table import RepeatTableBlock
from crf_desktop.ui.look import Look
from tests.ui.controls import small
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
STEP, DRUG = small.STEPS.group, small.DRUGS.group
NARROW_LINE = [f"I.T.{n}#{k}" for k in (1, 2) for n in ("CLOCK", "MINUTES", "RATE", "CALM")]


def table(opened: Window) -> RepeatTableBlock:
    assert isinstance(opened.block, RepeatTableBlock)
    return opened.block


def show_rows(opened: Window, *keys: str, read_only: bool = False, **answers: Datum) -> None:
    opened.keys = {opened.layout.group: keys}  # type: ignore[union-attr]
    data = {f"I.T.{name.replace('_', '#')}": datum for name, datum in answers.items()}
    opened.show(dict(data), read_only)


def test_that_items_are_named_by_row(window: Open) -> None:
    opened = window(small.STEPS)
    assert list(opened.block.item_oids()) == NARROW_LINE
    assert opened.block.base_oids() == DEFINITION.item_group[STEP].items


def test_that_an_answer_travels_with_its_row_and_unit(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show()
    opened.focus("I.T.RATE#2")
    opened.type("150")
    opened.key(Qt.Key.Key_Tab)
    assert opened.changes() == [("answered", "I.T.RATE#2", "150", "MU.ML_H")]


def test_that_the_button_asks_for_a_row_and_the_new_row_gets_the_keyboard(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show()
    QTest.mouseClick(table(opened).add, Qt.MouseButton.LeftButton)
    assert opened.changes() == [("row_added", STEP)]
    show_rows(opened, "1", "2", "7")
    assert QApplication.focusWidget() is table(opened).fields["I.T.CLOCK#7"].entry
    show_rows(opened, "1", "2", "7", CLOCK_7=Datum("09:31"))
    assert opened.changes() == []


def test_that_enter_in_the_last_field_of_the_last_row_offers_the_next_row(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show()
    opened.focus("I.T.CALM#2")
    opened.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is table(opened).add
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("row_added", STEP)]


def test_that_tab_walks_rows_as_they_stand_also_after_one_came_between(window: Open) -> None:
    opened = window(small.STEPS)
    show_rows(opened, "1", "3")
    show_rows(opened, "1", "2", "3")
    opened.focus("I.T.CLOCK#1")
    met = ["I.T.CLOCK#1"]
    for _ in range(11):
        opened.heard.clear()
        opened.key(Qt.Key.Key_Tab)
        met += [h[1] for h in opened.heard if h[0] == "focused"]
    assert met == [f"I.T.{n}#{k}" for k in (1, 2, 3) for n in ("CLOCK", "MINUTES", "RATE", "CALM")]
    opened.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is table(opened).add


def test_that_the_link_and_the_key_ask_to_remove_their_row(window: Open) -> None:
    opened = window(small.STEPS)
    show_rows(opened, "1", "4")
    QTest.mouseClick(table(opened).rows["4"].remove, Qt.MouseButton.LeftButton)
    opened.focus("I.T.MINUTES#1")
    opened.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert [h for h in opened.changes() if h[0] == "row_removed"] == [("row_removed", STEP, "1")]
    opened.heard.clear()
    QTest.mouseClick(table(opened).rows["4"].remove, Qt.MouseButton.LeftButton)
    assert opened.changes() == [("row_removed", STEP, "4")]


def test_that_a_row_that_is_gone_leaves_the_others_as_they_were(window: Open) -> None:
    opened = window(small.STEPS)
    show_rows(opened, "1", "2", "3", CLOCK_3=Datum("10:15"))
    opened.focus("I.T.RATE#2")
    kept = table(opened).rows["3"]
    show_rows(opened, "1", "3", CLOCK_3=Datum("10:15"))
    assert table(opened).rows["3"] is kept and list(table(opened).rows) == ["1", "3"]
    assert kept.number.text() == "2"
    assert QApplication.focusWidget() is table(opened).add
    assert opened.changes() == []


def test_that_a_table_without_rows_says_what_it_is_for(window: Open) -> None:
    opened = window(small.STEPS)
    show_rows(opened)
    assert table(opened).empty.isVisible() and table(opened).add.isVisible() and not table(opened).heads.isVisible()
    show_rows(opened, read_only=True)
    assert not table(opened).add.isVisible()


def test_that_columns_have_heads_with_units_and_rows_one_line_where_they_fit(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show()
    assert table(opened).rows["1"].wide and table(opened).heads.isVisible()
    assert "Rate, mL/h" in table(opened).heads.words
    tops = {field.y() for field in table(opened).rows["1"].fields}
    assert len(tops) == 1


def test_that_wide_groups_break_into_lines_with_labels_and_stay_inside(window: Open, look: Look) -> None:
    for block, width, scale in ((small.DRUGS, 1280, 1.0), (small.DRUGS, 850, 1.0), (small.STEPS, 1280, 2.0)):
        look.set_scale(scale)
        opened = window(block, width)
        opened.show()
        row = table(opened).rows["1"]
        assert not row.wide and not table(opened).heads.isVisible()
        assert all(field.label.isVisible() for field in row.fields)
        assert all(field.geometry().right() <= row.width() for field in row.fields)
        assert row.remove.geometry().right() <= row.width()
        assert table(opened).width() <= opened.area.viewport().width()


def test_that_fields_of_a_row_never_overlap(window: Open, look: Look) -> None:
    for block, width, scale in ((small.DRUGS, 1280, 1.0), (small.STEPS, 1280, 1.0), (small.DRUGS, 1280, 1.5)):
        look.set_scale(scale)
        opened = window(block, width)
        opened.show({"I.T.RATE#1": Datum(null_flavor=NullFlavor.NOT_DONE)})
        rects = [f.geometry() for f in table(opened).rows["1"].fields]
        assert not [(a, b) for i, a in enumerate(rects) for b in rects[i + 1 :] if a.intersects(b)]


def test_that_a_refused_value_stays_with_its_message_under_its_row(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show()
    opened.focus("I.T.RATE#1")
    opened.type("900")
    opened.key(Qt.Key.Key_Return)
    message = "Rates above 400\u00a0mL/h are not allowed by the protocol."
    opened.block.show_refused("I.T.RATE#1", message, "Not saved.")
    opened.settle()
    row = table(opened).rows["1"]
    entry = row.fields[2].entry
    assert isinstance(entry, LineEntry) and entry.text() == "900"
    assert row.message.happened == f"Rate: {message}" and row.message.rest == "Not saved."
    assert table(opened).rows["2"].message.happened == ""


def test_that_the_foot_names_the_field_and_offers_its_missing_reason(window: Open) -> None:
    opened = window(small.STEPS)
    opened.show({"I.T.RATE#2": ItemView(Datum(null_flavor=NullFlavor.REFUSED))})
    opened.focus("I.T.MINUTES#1")
    assert table(opened).where.text() == "Row 1, From minute"
    QTest.mouseClick(table(opened).missing_link, Qt.MouseButton.LeftButton)
    assert ("missing_asked", "I.T.MINUTES#1") in opened.heard
    opened.focus("I.T.RATE#2")
    QTest.mouseClick(table(opened).missing_link, Qt.MouseButton.LeftButton)
    assert opened.changes() == [("cleared", "I.T.RATE#2")]


def test_that_derived_values_stand_behind_their_row(window: Open) -> None:
    opened = window(small.STEPS)
    answers = {"I.T.MINUTES#1": Datum("30", unit_oid="MU.MINUTE"), "I.T.RATE#1": Datum("50", unit_oid="MU.ML_H")}
    visit = Visit(DEFINITION, answers)
    items = {at: ItemView(d) for at, d in answers.items()}
    derived = visit.form(DEFINITION.form["F.T.CRITERIA"])
    opened.block.show_view(BlockView(items, derived, {}, answers, rows={STEP: ("1", "2")}))
    value = table(opened).rows["1"].values["M.T.VOLUME"]
    assert value.text() == "25.0\u00a0mL" and value.accessibleName() == "Volume so far 25.0\u00a0mL"
    assert table(opened).rows["2"].values["M.T.VOLUME"].text() == "—"


def test_that_a_long_list_of_answers_is_one_field_that_opens(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = window(small.DRUGS)
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # offscreen cannot grab the keyboard
    opened.show({"I.T.DRUG#1": Datum("PRED")})
    entry = table(opened).fields["I.T.DRUG#1"].entry
    assert isinstance(entry, ChoiceEntry)
    opened.focus("I.T.DRUG#1")
    opened.type("3")
    assert opened.changes() == [("answered", "I.T.DRUG#1", "MTX", "")]
    opened.key(Qt.Key.Key_Space)
    menu = entry.findChild(QMenu)
    assert menu is not None and [a.data() for a in menu.actions()] == [i.coded_value for i in small.DRUG.items]
    menu.actions()[0].trigger()
    assert opened.changes()[1:] == [("answered", "I.T.DRUG#1", "HCQ", "")]


def test_that_a_restored_draft_goes_to_its_row(window: Open) -> None:
    opened = window(small.DRUGS)
    opened.show()
    opened.block.type_text("I.T.DRUG_NAME#2", "Methotr")
    entry = table(opened).fields["I.T.DRUG_NAME#2"].entry
    assert isinstance(entry, LineEntry) and entry.text() == "Methotr"
    assert opened.changes() == []


def test_that_words_in_several_lines_have_room_and_the_link_stands_beside_the_fields(window: Open, look: Look) -> None:
    block = next(b for b in DEFINITION.form["F.PRIOR"].layout.blocks if isinstance(b, RepeatTable))
    opened = window(block)
    opened.show({"I.PRIOR.DOSE#1": Datum("0.5 mg/kg/d, now 5 mg/d")})
    row = table(opened).rows["1"]
    dose = next(f for f in row.fields if f.item.name == "prior_dose")
    assert not row.wide and dose.entry.width() >= look.px(280)
    middle = dose.entry.mapTo(row, dose.entry.rect().center()).y()
    assert abs(row.remove.geometry().center().y() - middle) <= 2


def test_that_the_columns_follow_the_language(window: Open) -> None:
    opened = window(small.DRUGS)
    show_rows(opened, "1", "2")
    before = {at: field.width() for at, field in table(opened).fields.items()}
    look = table(opened).look
    look.set_language("zh")
    QApplication.processEvents()
    assert {at: field.width() for at, field in table(opened).fields.items()} != before
    look.set_language("en")
    QApplication.processEvents()
    assert {at: field.width() for at, field in table(opened).fields.items()} == before
