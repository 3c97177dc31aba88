"""Asks about a visit and does what was answered: a date, another date, that it did not take place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crf_desktop.errors import Explained
from crf_desktop.ui import visit_words
from crf_desktop.ui.look import Look
from crf_desktop.ui.visit_sheet import Answered, MissSheet, VisitSheet
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


class VisitDialogue:
    """Sheets about one visit of one participant."""

    def __init__(self, look: Look, study: Study, host: QWidget, subject: str, event: str) -> None:
        self.look, self.study, self.host = look, study, host
        self.subject, self.event = subject, event

    def ask_date(self, then: Callable[[], None]) -> VisitSheet:
        """Its date, or another one where it has one; ``then`` runs once it is stored."""
        visit, language = self.study.planned(self.subject, self.event), self.look.language
        former = figure.day(visit.date, language) if visit.date else ""
        today = figure.day(self.study.today(), language).replace(figure.NBSP, " ")
        sheet = VisitSheet(
            self.look, self.host, self._title(), self._planned(), lambda: today,
            lambda typed, reason: self._start(typed, reason, then), former,
        )  # fmt: skip
        sheet.open(sheet.date)
        sheet.again = lambda: self.ask_date(then)
        return sheet

    def ask_missed(self, then: Callable[[], None]) -> MissSheet:
        """Why it did not take place."""
        sheet = MissSheet(self.look, self.host, self._title(), lambda flavor, reason: self._miss(flavor, reason, then))
        sheet.open(sheet.chips)
        sheet.again = lambda: self.ask_missed(then)
        return sheet

    def _title(self) -> str:
        title = self.study.planned(self.subject, self.event).event.title.in_(self.look.language)
        return f"{self.subject} · {title}"

    def _planned(self) -> str:
        visit, language = self.study.planned(self.subject, self.event), self.look.language
        if visit.target is None:
            return ""
        words = visit_words.planned_for(visit, language)
        window = visit_words.window(visit, language)
        return words[:1].upper() + words[1:] + (f" · {window}" if window else "")

    def _start(self, typed: str, reason: str, then: Callable[[], None]) -> Answered:
        from crf_desktop.capture.visit import OffSchedule  # loads the store; not before the window stands

        try:
            self.study.start_event(self.subject, self.event, typed, reason or None)
        except OffSchedule as problem:
            return Answered(problem.sentences(self.look.language)[0], True, True)
        except Explained as problem:
            return Answered(self._told(problem), problem.code == "entry.reason_needed")
        then()
        return Answered()

    def _miss(self, flavor: str, reason: str, then: Callable[[], None]) -> Answered:
        try:
            self.study.miss_event(self.subject, self.event, flavor, reason)
        except Explained as problem:
            return Answered(self._told(problem))
        then()
        return Answered()

    def _told(self, problem: Explained) -> str:
        happened, _, todo = problem.sentences(self.look.language)
        return f"{happened} {todo}".strip() if self.look.language == "en" else happened + todo
