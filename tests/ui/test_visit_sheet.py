"""What is asked about a visit: its date, the reason of a date that is not as planned, that it did not take place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crf_desktop.model.schedule import VisitStatus
from tests.ui.dosing import open_dosing, participant

AFTER = "2027-05-17"


def ask(window: Any, hand: Any, subject: str, event: str, form: str = "F.DOSE") -> Any:
    """The sheet that asks the date of a visit."""
    from crf_desktop.ui.visit_sheet import VisitSheet

    page = participant(window, hand, subject)
    window.places.open_form(subject, event, form)
    hand.rest()
    return page.findChild(VisitSheet)


def test_that_a_date_outside_the_window_asks_the_reason_on_the_spot_and_fills_the_log(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_dosing(window, tmp_path, AFTER)
    sheet = ask(window, hand, subject, "SE.D2")
    assert not sheet.reason.isVisible()
    hand.click(sheet.now)
    hand.click(sheet.buttons[-1])
    assert study.visit_date(subject, "SE.D2") is None
    assert "3 days after the window of week 1 · rituximab 2" in sheet.fault.text()
    assert sheet.reason.hasFocus() and not sheet.buttons[-1].isEnabled()
    assert sheet.buttons[-1].words() == "Keep with this reason"
    assert sheet.logged.text() == "The date and this reason go into the deviation log."
    hand.type("Holiday of the ward", sheet.reason)
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    hand.rest()
    assert study.visit_date(subject, "SE.D2") == AFTER
    assert study.repeats(subject, "SE.LOG", "F.DEV") == ["F.DEV#1"]
    assert study.form(subject, "SE.LOG", "F.DEV#1").datum("I.DEV.WHY").value == "Holiday of the ward"
    assert (window.places.where.page, window.places.where.event) == ("form", "SE.D2")


def test_that_another_date_takes_the_question_for_a_reason_back(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_dosing(window, tmp_path, AFTER)
    sheet = ask(window, hand, subject, "SE.D2")
    hand.click(sheet.now)
    hand.click(sheet.buttons[-1])
    hand.click(sheet.date)
    sheet.date.selectAll()
    hand.type("14 May 2027", sheet.date)
    assert not sheet.reason.isVisible() and sheet.fault.text() == ""
    hand.click(sheet.buttons[-1])
    assert study.visit_date(subject, "SE.D2") == "2027-05-14"
    assert study.repeats(subject, "SE.LOG", "F.DEV") == []


def test_that_a_date_that_cannot_be_is_refused_and_no_reason_is_asked(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_dosing(window, tmp_path, AFTER)
    sheet = ask(window, hand, subject, "SE.D2")
    hand.type("30 April 2027", sheet.date)
    QTest.keyClick(sheet.date, Qt.Key.Key_Return)
    assert "before the first one" in sheet.fault.text()
    assert not sheet.reason.isVisible()


def test_that_a_visit_that_is_closed_says_why_and_asks_no_date(window: Any, hand: Any, tmp_path: Path) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    _, subject = open_dosing(window, tmp_path, AFTER)
    assert ask(window, hand, subject, "SE.D3") is None
    told = window.places.participant.findChild(ProblemSheet).problem
    assert told.happened == "Dose 2 comes first."


def test_that_the_date_of_a_visit_is_changed_with_a_reason(window: Any, hand: Any, tmp_path: Path) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    study, subject = open_dosing(window, tmp_path, AFTER)
    page = participant(window, hand, subject)
    window.places._about_visit(subject, "SE.W0", "date")
    sheet = page.findChild(VisitSheet)
    assert sheet.buttons[-1].words() == "Change the date"
    hand.type("7 May 2027", sheet.date)
    QTest.keyClick(sheet.date, Qt.Key.Key_Return)
    assert sheet.reason.isVisible() and not sheet.logged.isVisible()
    hand.type("Misread", sheet.reason)
    hand.click(sheet.buttons[-1])
    assert study.visit_date(subject, "SE.W0") == "2027-05-07"
    assert window.places.where.page == "participant"


def test_that_a_visit_is_recorded_as_missed_with_its_reason(
    window: Any, hand: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.ui.visit_sheet import MissSheet

    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # offscreen cannot grab the keyboard

    study, subject = open_dosing(window, tmp_path, AFTER)
    page = participant(window, hand, subject)
    at = [v.address for v in page.matrix.matrix_model.visits].index("SE.D2")
    page.matrix.setCurrentIndex(page.matrix.matrix_model.index(1, at))
    hand.click(page.visit)
    next(a for a in page.menu.actions() if a.text() == "Week 1 · rituximab 2 did not take place").trigger()
    hand.rest()
    sheet = page.findChild(MissSheet)
    assert sheet.picked == "" and not sheet.buttons[-1].isEnabled()
    hand.click(sheet.chips, dict(sheet.chips.places())["REF"].center())
    hand.type("Fever at home", sheet.reason)
    hand.click(sheet.buttons[-1])
    assert study.planned(subject, "SE.D2").status is VisitStatus.MISSED
    page.matrix.setCurrentIndex(page.matrix.matrix_model.index(1, at))
    assert page.line.text().endswith(" · did not take place: Fever at home")


def test_that_the_sheet_keeps_what_was_typed_when_the_language_changes(window: Any, hand: Any, tmp_path: Path) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    _, subject = open_dosing(window, tmp_path, AFTER)
    sheet = ask(window, hand, subject, "SE.D2")
    hand.type("17 May 2027", sheet.date)
    window.look.set_language("zh")
    hand.rest(0.02)
    again = next(s for s in window.places.participant.findChildren(VisitSheet) if s.isVisible())
    assert again.date.text() == "17 May 2027" and again.buttons[-1].words() == "开始访视"
