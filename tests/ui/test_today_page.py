"""Today: who is due, overdue, due within a week; counts on the chips, the distance in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crf_desktop.capture.study import Study
from tests.ui.dosing import open_dosing


def finish(study: Study, subject: str) -> None:
    """Everything of the visits that have begun is complete."""
    for visit in study.matrix(subject).columns:
        for form in visit.event.forms if visit.date else ():
            entry = study.form(subject, visit.address, form)
            for item in entry.unanswered():
                entry.set_missing(item, "ND")
            entry.complete()


def open_today(window: Any, hand: Any, tmp_path: Path, today: str) -> Any:
    """The page with one participant whose dose 2 is next; planned for 13 May, 12 to 14 May."""
    study, subject = open_dosing(window, tmp_path, today)
    finish(study, subject)
    page = window.places.today
    page.refresh(subject)
    hand.wait(page.model.complete, "the cards")
    hand.rest()
    return page


@pytest.mark.parametrize(
    ("today", "said", "token", "counts"),
    [
        ("2027-05-10", "in 3 days, window 12–14 May", "", (0, 0, 1)),
        ("2027-05-12", "in 1 day, window 12–14 May", "", (0, 0, 1)),
        ("2027-05-13", "today, window 12–14 May", "accent_text", (1, 0, 1)),
        ("2027-05-14", "planned 1 day ago, window 12–14 May", "accent_text", (1, 0, 1)),
        ("2027-05-16", "2 days over, window 12–14 May", "bad", (0, 1, 1)),
        ("2027-05-07", "in 6 days, window 12–14 May", "", (0, 0, 1)),
    ],
)
def test_that_distance_and_window_stand_in_words_and_the_chips_count(
    window: Any, hand: Any, tmp_path: Path, today: str, said: str, token: str, counts: tuple[int, int, int]
) -> None:
    from crf_desktop.ui.participant_list import when_words

    page = open_today(window, hand, tmp_path, today)
    row = page.model.index(0, 0).data(Qt.ItemDataRole.UserRole)
    first, rest, ink = when_words(row, "en")
    assert (first + rest).replace("\u00a0", " ") == said and ink == token
    assert tuple(page.model.count(n) for n in ("due", "overdue", "week")) == counts
    assert page.chips["overdue"].words() == f"Overdue {counts[1]}"


def test_that_an_overdue_visit_is_the_first_of_what_is_due_and_starts_from_there(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    page = open_today(window, hand, tmp_path, "2027-05-16")
    assert page.go.words() == "Start 01-001, week 1"
    hand.click(page.go)
    assert page.findChild(VisitSheet) is not None


def test_that_the_chips_filter_the_one_list(window: Any, hand: Any, tmp_path: Path) -> None:
    page = open_today(window, hand, tmp_path, "2027-05-16")
    for name, shown in (("due", 0), ("overdue", 1), ("week", 1), ("queries", 0), ("unsigned", 1), ("all", 1)):
        hand.click(page.chips[name])
        assert page.model.rowCount() == shown, name
        assert page.empty.isVisibleTo(page) == (shown == 0)


def test_that_a_list_without_anybody_offers_the_first_enrolment(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    enter()
    page = window.places.today
    page.model.subjects = []
    page.model.choose("all", "")
    page._show_empty()
    assert page.empty.isVisibleTo(page) and page.empty.button.words() == "Enrol the first participant"
