"""Ordinary fields: commit when left, drafts while typing, refused text stays, units, missing reasons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.layout import FieldCard
from crf_desktop.model.value import parse
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.entry import LineEntry
from crf_desktop.ui.controls.field_card import FieldCardBlock
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.look import Look
from tests.ui.controls import small
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
DATE, SEX, OTHER = "I.DEMO.BIRTH_DATE", "I.DEMO.SEX", "I.DEMO.ETHNICITY_OTHER"


def card_with(oid: str) -> FieldCard:
    blocks = (b for f in DEFINITION.forms for b in f.layout.blocks)
    return next(b for b in blocks if isinstance(b, FieldCard) and oid in b.items)


def with_units() -> str:
    return next(i.oid for i in DEFINITION.items if len(i.units) > 1 and DEFINITION.form_of_item[i.oid] == "F.LAB2")


def field(opened: Window, oid: str) -> ItemField:
    assert isinstance(opened.block, FieldCardBlock)
    return opened.block.fields[oid]


def line(opened: Window, oid: str) -> LineEntry:
    entry = field(opened, oid).entry
    assert isinstance(entry, LineEntry)
    return entry


def test_that_a_field_answers_once_when_left(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    opened.focus(DATE)
    opened.type("5 Mar 2014")
    assert opened.changes() == []
    assert ("drafted", DATE, "5 Mar 2014") in opened.heard
    opened.key(Qt.Key.Key_Tab)
    opened.focus(DATE)
    opened.key(Qt.Key.Key_Tab)
    assert opened.changes() == []


def test_that_enter_answers_and_moves_on(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    entry = opened.focus(DATE)
    opened.type("2014")
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("answered", DATE, "2014", "")]
    assert QApplication.focusWidget() is not entry


def test_that_leaving_an_untouched_field_says_nothing(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show({DATE: Datum("2014-03-05")})
    opened.focus(DATE)
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("value", ["2014-03-05", "2014-03", "2014"])
def test_that_a_date_can_be_typed_as_it_is_shown(window: Open, look: Look, language: str, value: str) -> None:
    look.set_language("zh" if language == "zh" else "en")
    opened = window(card_with(DATE))
    opened.show({DATE: Datum(value)})
    assert parse(DEFINITION, DEFINITION.item[DATE], line(opened, DATE).text()) == Datum(value)


def test_that_a_refused_value_stays_visible_with_its_message(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    opened.focus(DATE)
    opened.type("yesterday")
    opened.key(Qt.Key.Key_Tab)
    opened.block.show_refused(DATE, "This is not a date that can be recorded.", "Not saved.")
    opened.block.show_view(opened.view({}))
    assert line(opened, DATE).text() == "yesterday"
    assert line(opened, DATE).property("state") == "error"
    assert field(opened, DATE).message.rest == "Not saved."
    opened.show({DATE: Datum("2014-03-05")})
    assert line(opened, DATE).text() == "5\u00a0Mar\u00a02014"
    assert field(opened, DATE).message.state == ""


def test_that_a_message_under_a_field_moves_nothing(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    before = [f.geometry() for f in opened.block.findChildren(ItemField)]
    opened.block.show_refused(DATE, "This is not a date that can be recorded.", "Not saved.")
    opened.settle()
    assert [f.geometry() for f in opened.block.findChildren(ItemField)] == before


def test_that_an_unusual_value_is_marked_in_amber_and_unmarked(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    assert isinstance(opened.block, FieldCardBlock)
    opened.block.type_text(DATE, "1999-01-01")
    opened.block.show_warned(DATE, "Check the date.")
    assert (line(opened, DATE).property("state"), field(opened, DATE).message.state) == ("warn", "warn")
    opened.block.show_warned(DATE, "")
    assert (line(opened, DATE).property("state"), field(opened, DATE).message.state) == ("", "")


def test_that_a_restored_draft_waits_unanswered_until_it_is_left(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    opened.block.type_text(DATE, "2014-0")
    opened.block.show_view(opened.view({}))
    assert line(opened, DATE).text() == "2014-0"
    assert opened.heard == []
    opened.focus(DATE)
    opened.key(Qt.Key.Key_Tab)
    assert opened.changes() == [("answered", DATE, "2014-0", "")]


def test_that_escape_brings_the_stored_text_back(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show({DATE: Datum("2014")})
    opened.focus(DATE)
    opened.type("9")
    opened.key(Qt.Key.Key_Escape)
    opened.key(Qt.Key.Key_Tab)
    assert opened.changes() == []


def test_that_letters_in_a_text_field_are_text(window: Open) -> None:
    opened = window(card_with(OTHER))
    opened.show()
    opened.focus(OTHER)
    opened.type("mqh")
    assert line(opened, OTHER).text() == "mqh"
    assert not [h for h in opened.heard if h[0].endswith("_asked")]


def test_that_an_input_method_can_write_chinese(window: Open) -> None:
    opened = window(card_with(OTHER))
    opened.show()
    entry = opened.focus(OTHER)
    composing = QInputMethodEvent("hui", [])
    QApplication.sendEvent(entry, composing)
    written = QInputMethodEvent()
    written.setCommitString("回族")
    QApplication.sendEvent(entry, written)
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("answered", OTHER, "回族", "")]


def test_that_a_half_typed_field_survives_the_repaint_of_its_neighbours(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    opened.focus(DATE)
    opened.type("2014-0")
    opened.block.show_view(opened.view({SEX: Datum("F")}))
    assert line(opened, DATE).text() == "2014-0"


def test_that_the_number_travels_with_its_unit(window: Open) -> None:
    oid = with_units()
    base, other = DEFINITION.item[oid].units[:2]
    opened = window(card_with(oid))
    opened.show()
    opened.focus(oid)
    field(opened, oid).choose_unit(other)
    opened.type("21.4")
    opened.key(Qt.Key.Key_Return)
    assert opened.changes() == [("answered", oid, "21.4", other)]
    opened.show({oid: Datum("21.4", unit_oid=other)})
    field(opened, oid).choose_unit(base)
    assert opened.changes() == [("answered", oid, "21.4", base)]


def test_that_a_reason_takes_the_place_of_the_field_and_its_height(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show({DATE: Datum("2014")})
    before = opened.block.height()
    opened.focus(DATE)
    view = opened.view({DATE: Datum(null_flavor=NullFlavor.UNKNOWN)})
    opened.block.show_view(evolve(view, items={DATE: evolve(view.items[DATE], remark="not in the file")}))
    opened.settle()
    pill = field(opened, DATE).pill
    assert pill is not None
    assert pill.missing == "Unknown: not in the file"
    assert pill.hasFocus()
    assert not line(opened, DATE).isVisible()
    assert opened.block.height() == before
    QTest.mouseClick(field(opened, DATE).missing_link, Qt.MouseButton.LeftButton)
    assert opened.changes() == [("cleared", DATE)]


def test_that_one_click_asks_for_the_reason_without_taking_the_focus(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show()
    entry = opened.focus(DATE)
    opened.type("20")
    QTest.mouseClick(field(opened, DATE).missing_link, Qt.MouseButton.LeftButton)
    assert ("missing_asked", DATE) in opened.heard
    assert opened.changes() == []
    assert QApplication.focusWidget() is entry


def test_that_an_item_that_is_not_asked_says_so_and_cannot_be_answered(window: Open) -> None:
    opened = window(card_with(OTHER))
    opened.show({OTHER: ItemView(Datum(), relevant=False)})
    assert not line(opened, OTHER).isEnabled()
    assert field(opened, OTHER).message.show_instead
    assert "not asked" in line(opened, OTHER).accessibleName()


def test_that_a_query_and_a_former_value_stand_beside_the_item(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show({DATE: ItemView(Datum("2014"), n_open_query=1, was="2013")})
    assert field(opened, DATE).message.happened == "was 2013"
    QTest.mouseClick(field(opened, DATE).flag, Qt.MouseButton.LeftButton)
    assert ("query_asked", DATE) in opened.heard


def test_that_a_28_digit_number_widens_nothing(window: Open) -> None:
    oid = with_units()
    opened = window(card_with(oid))
    opened.show()
    before = line(opened, oid).geometry()
    opened.focus(oid)
    opened.type("1234567890123456789012345678")
    assert line(opened, oid).geometry() == before
    assert len(line(opened, oid).text()) == 28


def test_that_yes_is_1_and_no_is_0(window: Open) -> None:
    oid = next(
        i.oid for i in DEFINITION.items if i.data_type == "boolean" and DEFINITION.form_of_item[i.oid] == "F.PGA"
    )
    opened = window(card_with(oid))
    opened.show()
    opened.focus(oid)
    opened.type("1")
    opened.type("0")
    assert opened.changes() == [("answered", oid, "true", ""), ("answered", oid, "false", "")]


def test_that_a_read_only_text_can_be_selected(window: Open) -> None:
    opened = window(card_with(DATE))
    opened.show({DATE: Datum("2014")}, read_only=True)
    entry = line(opened, DATE)
    assert isinstance(entry, QLineEdit) and entry.isReadOnly() and entry.isEnabled()
    entry.selectAll()
    assert entry.selectedText() == "2014"


def test_that_the_value_of_the_last_visit_stands_beside_the_field_whole(window: Open) -> None:
    opened = window(small.CARD)
    last = (Datum("38.6", unit_oid="MU.KG"), "2026-11-04")
    opened.show({"I.T.WEIGHT": ItemView(Datum(), previous=last)})
    shown = field(opened, "I.T.WEIGHT")
    assert shown.before is not None and shown.before.isVisible()
    assert shown.before.text() == "4\u00a0Nov\u00a02026: 38.6\u00a0kg, 14 days before"
    assert shown.before.y() < shown.entry.geometry().bottom()
    assert "14 days before" in shown.entry.accessibleDescription()
    opened.show({"I.T.WEIGHT": ItemView(Datum())})
    assert not shown.before.isVisible()


def test_that_the_last_value_wraps_below_where_there_is_no_room_beside(window: Open, look: Look) -> None:
    look.set_scale(2.0)
    opened = window(small.CARD, 760)
    opened.show({"I.T.WEIGHT": ItemView(Datum(), previous=(Datum("38.6", unit_oid="MU.KG"), "2026-11-04"))})
    shown = field(opened, "I.T.WEIGHT")
    assert shown.before is not None and shown.before.wordWrap()
    assert shown.before.y() > shown.entry.geometry().bottom()
    assert shown.before.height() >= shown.before.heightForWidth(shown.before.width())


def test_that_a_long_message_of_a_check_is_wrapped_and_not_cut(window: Open) -> None:
    opened = window(small.CARD, 640)
    opened.show()
    message = "The weight differs from the last one by more than a tenth; weigh again with the same scale. " * 4
    opened.block.show_warned("I.T.WEIGHT", message, "")
    opened.settle()
    line_ = field(opened, "I.T.WEIGHT").message
    assert line_.height() >= line_.heightForWidth(line_.width()) >= 4 * 18


def test_that_the_last_field_of_a_card_has_its_row_to_itself(window: Open) -> None:
    opened = window(card_with("I.LAB.LOW_IGG_ATTRIBUTION"))
    opened.show({"I.LAB.IGG": Datum("4.1", unit_oid="MU.G_L")})
    last, other = field(opened, "I.LAB.LOW_IGG_ATTRIBUTION"), field(opened, "I.LAB.IGG")
    assert last.width() > 2 * other.width()
    tops = {rect.top() for _, rect in last.entry.places()}  # type: ignore[union-attr]
    assert len(tops) == 1
