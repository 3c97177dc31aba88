"""The list of participants: read when shown, sorted, filtered, walked by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crf_desktop.capture.study import Study


@pytest.fixture
def model(enter: Callable[..., Study], window: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from crf_desktop.ui import participant_model

    monkeypatch.setattr(participant_model, "FEW", 1)
    study = enter()
    for _ in range(18):
        study.enrol()
    window.places.today.refresh()
    window.places.today.model.stop_counting()
    yield window.places.today.model


def test_that_no_card_is_read_before_its_row_is_shown(model: Any) -> None:
    model.refresh()
    model.stop_counting()
    assert model.rowCount() == 20 and len(model._rows) == 0
    model.index(3, 0).data(Qt.ItemDataRole.UserRole)
    assert len(model._rows) == 1
    assert model.count("due") is None and model.count("all") == 20


def test_that_all_cards_are_counted_while_nobody_types(model: Any, hand: Any) -> None:
    model.start_counting()
    hand.wait(model.complete, "the cards")
    assert model.count("due") == 1


def test_that_the_list_sorts_and_filters(model: Any, window: Any, hand: Any) -> None:
    page = window.places.today
    model.start_counting()
    hand.wait(model.complete, "the cards")
    page.list.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert model.subject_at(0) == model.subjects[-1]
    hand.click(page.chips["due"])
    assert model.rowCount() == 1
    hand.click(page.chips["all"])
    QTest.keyClicks(page.search, "-003")
    assert [model.subject_at(r) for r in range(model.rowCount())] == ["01-003"]
    QTest.keyClicks(page.search, "9")
    assert model.rowCount() == 0 and page.empty.isVisibleTo(page)


def test_that_enter_on_a_row_opens_the_participant(model: Any, window: Any, hand: Any) -> None:
    page = window.places.today
    page.start()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.places.where.subject == model.subjects[1]


def test_that_a_small_study_is_read_at_once_and_stands_in_the_order_of_its_dates(
    enter: Callable[..., Study], window: Any, hand: Any
) -> None:
    enter()
    page = window.places.today
    hand.wait(page.model.complete, "the cards")
    assert page.list.head.sortIndicatorSection() == 4
    assert [page.model.subject_at(r) for r in range(2)] == ["01-001", "01-002"]
