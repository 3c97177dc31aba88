"""The page of one participant: the schedule by keys and mouse, why a visit is as it is, what is open, the course."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crf_desktop.capture.study import Study
from tests.ui.conftest import WEEK_0
from tests.ui.dosing import open_dosing, participant

BEFORE, AFTER = "2027-05-13", "2027-05-17"
"""Inside the window of dose 2, and three days after it."""


def column(page: Any, address: str) -> int:
    """Where a visit stands in the schedule."""
    return [v.address for v in page.matrix.matrix_model.visits].index(address)


def cell(page: Any, address: str, row: int = 1) -> Any:
    return page.matrix.matrix_model.index(row, column(page, address))


def test_that_the_cursor_stands_on_the_first_open_form_of_the_visit_and_arrows_walk(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    _, subject = open_dosing(window, tmp_path, BEFORE)
    page = participant(window, hand, subject)
    matrix = page.matrix
    assert matrix.hasFocus() and page.current_event() == "SE.W0"
    assert matrix.currentIndex() == cell(page, "SE.W0")
    QTest.keyClick(matrix, Qt.Key.Key_Left)
    QTest.keyClick(matrix, Qt.Key.Key_Up)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    hand.rest()
    assert (window.places.where.event, window.places.where.form) == ("SE.SCR", "F.DEMO")


def test_that_a_cell_with_one_form_opens_it_at_a_press(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_dosing(window, tmp_path, BEFORE)
    page = participant(window, hand, subject)
    hand.click(page.matrix.viewport(), page.matrix.visualRect(cell(page, "SE.W0")).center())
    assert (window.places.where.event, window.places.where.form) == ("SE.W0", "F.DOSE")


def test_that_a_cell_with_several_forms_offers_them_with_their_states(
    window: Any, enter: Callable[..., Study], hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # offscreen cannot grab the keyboard
    study = enter()
    page = participant(window, hand, study.subjects()[0])
    titles = [r.title.en for r in page.matrix.matrix_model.matrix.rows]
    page.matrix.setCurrentIndex(cell(page, WEEK_0, titles.index("Vitals, examination")))
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    hand.rest()
    menu = page.matrix.menu
    assert [a.text().partition(" · ")[2] for a in menu.actions()] == ["Due", "Due"]
    assert menu.activeAction() is menu.actions()[0]
    menu.actions()[1].trigger()
    hand.rest()
    assert window.places.where.form == "F.EXAM"


def test_that_a_cell_says_form_visit_and_state(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_dosing(window, tmp_path, BEFORE)
    page = participant(window, hand, subject)
    spoken = cell(page, "SE.W0").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "F.DOSE, SE.W0, Due"
    assert cell(page, "SE.W0", 0).data(Qt.ItemDataRole.AccessibleTextRole) == "F.DEMO, SE.W0, not asked"


@pytest.mark.parametrize(
    ("today", "address", "said"),
    [
        (BEFORE, "SE.D2", "Week 1 · rituximab 2 · planned for 13 May 2027 · window 12–14 May 2027 · today"),
        ("2027-05-10", "SE.D2", "Week 1 · rituximab 2 · planned for 13 May 2027 · window 12–14 May 2027 · in 3 days"),
        (AFTER, "SE.D2", "Week 1 · rituximab 2 · planned for 13 May 2027 · window 12–14 May 2027 · 3 days over"),
        (
            AFTER,
            "SE.D3",
            "Week 2 · rituximab 3 · planned for 20 May 2027 · window 19–21 May 2027 · in 3 days: Dose 2 comes first",
        ),
    ],
)
def test_that_the_line_under_the_schedule_says_when_and_why_as_the_cursor_walks(
    window: Any, hand: Any, tmp_path: Path, today: str, address: str, said: str
) -> None:
    _, subject = open_dosing(window, tmp_path, today)
    page = participant(window, hand, subject)
    page.matrix.setCurrentIndex(cell(page, address, 0))
    assert page.line.text().replace("\u00a0", " ").startswith(said)
    assert page.line.isVisibleTo(page)


def test_that_the_line_says_why_a_visit_is_not_needed_in_both_languages(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_dosing(window, tmp_path, AFTER)
    study.start_event(subject, "SE.D2", "2027-05-13")
    study.form(subject, "SE.D2", "F.DOSE").set("I.WEIGHT", "18.5")
    page = participant(window, hand, subject)
    page.matrix.setCurrentIndex(cell(page, "SE.D3"))
    assert page.line.text() == "Week 2 · rituximab 3 · not needed: The weight is 18.5\u00a0kg"
    assert page.matrix.head.lines(column(page, "SE.D3")) == ("W2", "Rituximab 3", "not needed")
    hand.click(window.bar.language)
    assert page.line.text() == "第2周 · 利妥昔单抗第3次 · 无需进行：体重18.5\u00a0kg"
    assert page.matrix.currentIndex() == cell(page, "SE.D3")


def test_that_an_overdue_visit_leads_the_open_list_and_starts_from_there(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    from crf_desktop.ui.list_card import ListLine
    from crf_desktop.ui.visit_sheet import VisitSheet

    study, subject = open_dosing(window, tmp_path, AFTER)
    for item in (entry := study.form(subject, "SE.W0", "F.DOSE")).unanswered():
        entry.set_missing(item, "ND")
    entry.complete()
    page = participant(window, hand, subject)
    first = page.open.findChildren(ListLine)[0]
    assert (first.words.first, first.words.right) == ("SE.D2, 3 days over", "W1")
    hand.click(first)
    assert page.findChild(VisitSheet) is not None
    assert page.go.words() == "Start week 1"


def test_that_the_rule_says_the_window_of_the_visit(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_dosing(window, tmp_path, AFTER)
    study.start_event(subject, "SE.D2", "2027-05-13")
    page = participant(window, hand, subject)
    assert page.head.rule.text().replace("\u00a0", " ") == "window of week 1: 12–14 May 2027"


def test_that_what_belongs_to_no_visit_leads_to_its_records(window: Any, hand: Any, tmp_path: Path) -> None:
    from crf_desktop.ui.list_card import ListLine

    study, subject = open_dosing(window, tmp_path, BEFORE)
    study.form(subject, "SE.LOG", "F.AE#1").set("I.AE.TERM", "Rash")
    page = participant(window, hand, subject)
    lines = {line.words.first: line for line in page.log.findChildren(ListLine)}
    assert lines["F.AE"].words.right == "1" and lines["Protocol deviation"].words.right == "none"
    assert "F.AE 1" in [line.words.first for line in page.open.findChildren(ListLine)]
    hand.click(lines["F.AE"])
    assert (window.places.where.page, window.places.where.form) == ("records", "F.AE")


def test_that_an_unscheduled_visit_is_added_from_the_menu(
    window: Any, hand: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # offscreen cannot grab the keyboard

    study, subject = open_dosing(window, tmp_path, BEFORE)
    page = participant(window, hand, subject)
    hand.click(page.visit)
    words = [a.text() for a in page.menu.actions()]
    assert words == ["Change the date of SE.W0", "SE.W0 did not take place", "New unscheduled visit"]
    page.menu.actions()[-1].trigger()
    hand.rest()
    sheet = page.findChild(VisitSheet)
    hand.type("9 May 2027", sheet.date)
    QTest.keyClick(sheet.date, Qt.Key.Key_Return)
    hand.rest()
    assert window.places.where.event == "SE.UNS#1"
    assert study.visit_date(subject, "SE.UNS#1") == "2027-05-09"


def test_that_a_monitor_sees_the_schedule_and_is_offered_no_act(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_dosing(window, tmp_path, AFTER, user="mon")
    page = participant(window, hand, subject)
    assert not page.visit.isVisibleTo(page) and not page.sign.isVisibleTo(page)
    assert page.acts() == []
    page.matrix.setCurrentIndex(cell(page, "SE.W0"))
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    hand.rest()
    assert window.places.form.read_only()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_that_no_head_of_the_schedule_is_cut(
    window: Any, enter: Callable[..., Study], hand: Any, scale: float
) -> None:
    study = enter()
    window.look.set_scale(scale)
    hand.rest(0.02)
    page = participant(window, hand, study.subjects()[0])
    for language in ("en", "zh"):
        window.look.set_language(language)
        hand.rest()
        head = page.matrix.head
        assert all(head.sectionSize(at) >= head.needed(at) for at in range(head.count()))
        assert page.matrix.names.width() >= page.matrix.names.needed


def test_that_the_names_of_the_forms_stay_when_the_visits_scroll(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    study = enter()
    window.look.set_scale(1.5)
    hand.rest(0.02)
    page = participant(window, hand, study.subjects()[0])
    bar = page.matrix.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    hand.rest()
    assert page.matrix.names.isVisible() and page.matrix.names.x() == 0
