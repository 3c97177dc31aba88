"""What belongs to no visit: listed, opened, added, taken back, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.entry import Given
from crf_desktop.capture.study import Study
from tests.ui.small_study import open_small, show


def event(study: Study, subject: str, term: str, start: str = "2026-11", serious: str = "false") -> None:
    entry = study.form(subject, "SE.LOG", study.next_repeat(subject, "SE.LOG", "F.AE"))
    entry.fill({"I.AE.TERM": Given(term), "I.AE.START": Given(start), "I.AE.SERIOUS": Given(serious)})


@pytest.fixture
def opened(window: Any, hand: Any, tmp_path: Path) -> Any:
    """The study, its participant and the list of adverse events with two of them."""
    study, subject = open_small(window, tmp_path)
    event(study, subject, "Rash")
    event(study, subject, "Fever", "2026-11-20", "true")
    return study, subject, show(window, hand, "records", subject, form="F.AE")


def cells(page: Any) -> list[list[str]]:
    model = page.list.records
    return [[model.words(r, c) for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_that_the_list_shows_number_columns_and_state(opened: Any) -> None:
    _, _, page = opened
    assert cells(page) == [["#1", "Rash", "In progress"], ["#2", "Fever", "In progress"]]
    assert page.chips["F.AE"].words().endswith(" 2")


def test_that_an_empty_list_says_what_it_is_for_and_adds_the_first(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path)
    page = show(window, hand, "records", subject, form="F.AE")
    assert page.empty.isVisible() and not page.list.isVisible() and not page.add.isVisible()
    assert QApplication.focusWidget() is page.empty.button
    hand.key(Qt.Key.Key_Space)
    where = window.places.where
    assert (where.event, where.form) == ("SE.LOG", "F.AE#1")


def test_that_enter_opens_the_chosen_record_and_the_list_comes_back(window: Any, hand: Any, opened: Any) -> None:
    _, _, page = opened
    assert QApplication.focusWidget() is page.list
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    form = window.places.form
    assert window.places.where.form == "F.AE#2" and form.head.title.text().endswith("#2")
    hand.click(form.back)
    assert window.places.where.page == "records"
    assert page.list.chosen() == "F.AE#2"


def test_that_a_press_on_a_line_opens_it(window: Any, hand: Any, opened: Any) -> None:
    _, _, page = opened
    box = page.list.visualRect(page.list.records.index(0, 1))
    hand.click(page.list.viewport(), box.center())
    assert window.places.where.form == "F.AE#1"


def test_that_adding_gives_the_next_number(window: Any, hand: Any, opened: Any) -> None:
    _, _, page = opened
    hand.click(page.add)
    assert window.places.where.form == "F.AE#3"


def test_that_a_head_sorts_and_sorts_back(hand: Any, opened: Any) -> None:
    _, _, page = opened
    head = page.list.head
    at = head.sectionViewportPosition(1) + 20
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _point(at))
    hand.rest()
    assert [row[1] for row in cells(page)] == ["Fever", "Rash"]
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _point(at))
    hand.rest()
    assert [row[1] for row in cells(page)] == ["Rash", "Fever"]


def _point(x: int) -> Any:
    from PySide6.QtCore import QPoint

    return QPoint(x, 12)


def test_that_a_completed_record_leads_to_the_list_or_to_another(window: Any, hand: Any, opened: Any) -> None:
    _, subject, _ = opened
    form = show(window, hand, "form", subject, "SE.LOG", "F.AE#1")
    hand.click(form.primary)
    assert form.entry.completed and form.primary.words() == "Back to the list"
    hand.click(form.next)
    assert window.places.where.form == "F.AE#3"
    form = show(window, hand, "form", subject, "SE.LOG", "F.AE#1")
    hand.click(form.primary)
    assert window.places.where.page == "records"


@pytest.mark.requirement("REQ-12", "REQ-13")
def test_that_a_record_entered_by_mistake_is_taken_back_with_a_reason(window: Any, hand: Any, opened: Any) -> None:
    study, subject, page = opened
    form = show(window, hand, "form", subject, "SE.LOG", "F.AE#1")
    assert form.void.isVisible()
    hand.click(form.void)
    sheet = form.dialogue.sheet
    assert sheet is not None and not sheet.buttons[-1].isEnabled()
    chips = dict(sheet.chips.places())
    hand.click(sheet.chips, chips["twice"].center())
    hand.click(sheet.buttons[-1])
    assert window.places.where.page == "records"
    assert [row[0] for row in cells(page)] == ["#2"]
    history = study.form(subject, "SE.LOG", "F.AE#1").history("I.AE.TERM")
    assert [(r.datum.value, r.reason_for_change) for r in history] == [("Rash", None), (None, "Recorded twice")]


def test_that_keeping_the_record_changes_nothing(window: Any, hand: Any, opened: Any) -> None:
    study, subject, _ = opened
    form = show(window, hand, "form", subject, "SE.LOG", "F.AE#1")
    before = study.store.head()
    hand.click(form.void)
    hand.click(form.dialogue.sheet.buttons[0])
    assert study.store.head() == before and window.places.where.page == "form"


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_reads_the_list_and_adds_nothing(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path, user="mon")
    page = show(window, hand, "records", subject, form="F.AE")
    assert not page.add.isVisible() and not page.empty.button.isVisible()
    assert QApplication.focusWidget() is page.back


def test_that_a_partial_date_shows_what_is_known_in_both_languages(window: Any, hand: Any, opened: Any) -> None:
    from attrs import evolve

    study, subject, page = opened
    forms = tuple(evolve(f, columns=("I.AE.TERM", "I.AE.START", "I.AE.SERIOUS")) if f.oid == "F.AE" else f
                  for f in study.definition.forms)  # fmt: skip
    study.definition = evolve(study.definition, forms=forms)
    page = show(window, hand, "records", subject, form="F.AE")
    assert [row[2] for row in cells(page)] == ["Nov\u00a02026", "20\u00a0Nov\u00a02026"]
    window.look.set_language("zh")
    hand.rest()
    assert [row[2] for row in cells(page)] == ["2026年11月", "2026年11月20日"]
    assert [row[3] for row in cells(page)] == ["否", "是"]


def test_that_locking_empties_the_list(window: Any, hand: Any, opened: Any) -> None:
    _, _, page = opened
    window.lock()
    assert page.list.records.rowCount() == 0 and page.subject == ""


@pytest.mark.requirement("REQ-28")
def test_that_records_and_unscheduled_visits_wait_for_a_signature_under_their_own_numbers(
    window: Any, hand: Any, opened: Any
) -> None:
    study, subject, _ = opened
    study.start_event(subject, "SE.UNS#1", study.today())
    study.start_event(subject, "SE.UNS#2", study.today())
    unscheduled = study.form(subject, "SE.UNS#2", "F.DOSE")
    unscheduled.fill({at: Given(flavor="ND") for at in unscheduled.unanswered()})
    unscheduled.complete()
    form = show(window, hand, "form", subject, "SE.LOG", "F.AE#2")
    hand.click(form.primary)
    hand.click(window.bar.places["signing"])
    page = window.places.signing
    tasks = page.list.tasks.tasks
    assert [(t.address, t.forms) for t in tasks] == [("SE.UNS#2", ("F.DOSE",)), ("SE.LOG", ("F.AE#2",))]
    for at in range(2):
        page.list.tasks.tick(at)
    assert [t.address for t in page.list.tasks.ticked()] == ["SE.LOG"]
    page.detail.form_asked.emit(subject, "SE.UNS#2", "F.DOSE")
    hand.rest()
    hand.click(window.bar.places["signing"])
    page.list.tasks.tick([t.address for t in page.list.tasks.tasks].index("SE.UNS#2"))
    assert [t.address for t in page.list.tasks.ticked()] == ["SE.UNS#2", "SE.LOG"]
