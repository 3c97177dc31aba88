"""Rows of a form by mouse and keyboard: added, filled, taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import Kind
from crf_desktop.ui.controls.repeat_table import RepeatTableBlock
from tests.ui.small_study import open_small, show

STEP, MINUTE, RATE = "IG.STEP", "I.STEP.MINUTE", "I.STEP.RATE"


@pytest.fixture
def page(window: Any, hand: Any, tmp_path: Path) -> Any:
    """The form of a dose, empty."""
    _, subject = open_small(window, tmp_path)
    return show(window, hand, "form", subject, "SE.W0", "F.DOSE")


def table(page: Any) -> RepeatTableBlock:
    return next(b for b in page.body.blocks if isinstance(b, RepeatTableBlock))


def add(page: Any, hand: Any, minute: str = "", rate: str = "") -> None:
    page.body.verticalScrollBar().setValue(page.body.verticalScrollBar().maximum())
    hand.click(table(page).add)
    key = page.entry.rows(STEP)[-1]
    for item, typed in ((MINUTE, minute), (RATE, rate)):
        if typed:
            hand.answer(f"{item}#{key}", typed)


def remove(page: Any, hand: Any, key: str) -> None:
    page.body.bring_into_view(f"{MINUTE}#{key}")
    hand.rest()
    hand.click(table(page).rows[key].remove)


def test_that_a_row_added_has_the_keyboard_and_stores_what_is_typed(page: Any, hand: Any) -> None:
    before = page.study.store.head()
    add(page, hand)
    assert page.study.store.head() == before
    field = table(page).fields[f"{MINUTE}#1"].entry
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "15")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    hand.rest()
    assert page.entry.datum(f"{MINUTE}#1").value == "15"
    assert QApplication.focusWidget() is table(page).fields[f"{RATE}#1"].entry


def test_that_what_is_derived_of_a_row_stands_in_it(page: Any, hand: Any) -> None:
    add(page, hand, "30", "100")
    assert page.view.derived["M.STEP.ML#1"].text == "50.0"
    assert page.view.rows == {STEP: ("1",)}


def test_that_an_empty_row_goes_without_a_question(page: Any, hand: Any) -> None:
    add(page, hand)
    before = page.study.store.head()
    remove(page, hand, "1")
    assert page.dialogue.sheet is None
    assert page.entry.rows(STEP) == [] and page.study.store.head() == before


def test_that_a_row_with_answers_goes_after_a_question_in_one_transaction(page: Any, hand: Any) -> None:
    add(page, hand, "0", "50")
    add(page, hand, "30", "100")
    before = page.study.store.head()[1]
    remove(page, hand, "1")
    sheet = page.dialogue.sheet
    assert sheet is not None and page.entry.rows(STEP) == ["1", "2"]
    hand.click(sheet.buttons[-1])
    rows = list(page.study.store.changes(page.study.store.origin, before))
    assert [r.transaction_type for r in rows] == ["Remove", "Remove"]
    assert page.entry.rows(STEP) == ["2"] and list(table(page).rows) == ["2"]


def test_that_keeping_the_row_changes_nothing(page: Any, hand: Any) -> None:
    add(page, hand, "0", "50")
    before = page.study.store.head()
    remove(page, hand, "1")
    hand.click(page.dialogue.sheet.buttons[0])
    assert page.study.store.head() == before and page.entry.rows(STEP) == ["1"]


@pytest.mark.requirement("REQ-13")
def test_that_a_row_of_a_completed_form_asks_why_it_goes(page: Any, hand: Any) -> None:
    add(page, hand, "0", "50")
    for at in page.entry.unanswered():
        page.entry.set_missing(at, "ND")
    page.refresh()
    hand.click(page.primary)
    assert page.entry.completed
    remove(page, hand, "1")
    sheet = page.dialogue.sheet
    assert sheet is not None and page.entry.rows(STEP) == ["1"]
    QTest.keyClicks(sheet.words, "typed from another chart")
    hand.click(sheet.buttons[-1])
    assert page.entry.rows(STEP) == [] and not page.entry.completed
    last = page.entry.history(f"{RATE}#1")[-1]
    assert last.kind is Kind.ITEM and last.reason_for_change.endswith("typed from another chart")


def test_that_what_is_unusual_in_a_row_is_named_with_its_row(page: Any, hand: Any) -> None:
    add(page, hand, "0", "50")
    add(page, hand)
    field = table(page).fields[f"{RATE}#2"].entry
    hand.click(field)
    QTest.keyClicks(field, "450")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.rest()
    page.binding.flush()
    sheet = page.dialogue.sheet
    assert sheet is not None and page.entry.datum(f"{RATE}#2").value is None
    QTest.keyClicks(sheet.words, "second bag")
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    hand.rest()
    assert page.entry.datum(f"{RATE}#2").value == "450"
    assert page.entry.open_problems() == []


def test_that_a_row_grows_with_its_message_at_once_and_no_word_stands_on_a_field(page: Any, hand: Any) -> None:
    add(page, hand)
    row = table(page).rows["1"]
    field = row.fields[0].entry
    QTest.keyClicks(field, "a quarter")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.rest()
    assert row.message.happened and row.height() == row.heightForWidth(row.width())
    assert field.mapTo(row, field.rect().bottomLeft()).y() < row.message.y()


def test_that_what_was_half_typed_in_a_new_row_is_offered_in_its_row_and_nowhere_else(page: Any, hand: Any) -> None:
    add(page, hand, "15", "40")
    assert page.study.store.drafts() == {}
    add(page, hand)
    QTest.keyClicks(table(page).fields[f"{MINUTE}#2"].entry, "30")
    page.binding.save_drafts()
    assert {p.item_address: t for p, t in page.study.store.drafts().items()} == {f"{MINUTE}#2": "30"}
    page.binding.bind(None)  # the program ends here
    subject, event = page.subject, "SE.W0"
    page.show_form(page.study, subject, event, "F.DOSE")
    assert page.entry.rows(STEP) == ["1", "2"] and page.entry.drafts() == {f"{MINUTE}#2": "30"}
    page.restore_draft(f"{MINUTE}#2")
    assert table(page).fields[f"{MINUTE}#2"].entry.text() == "30"
