"""The table of authorised persons: who, in which role since when, in force or not, when last in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.look import Look
from crf_desktop.ui.result_table import Cell, Column, Entry, ResultTable
from crf_desktop.ui.study_facts import role_words
from crf_desktop.wording import figure
from crf_desktop.wording.people import PEOPLE

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised

_GLYPHS = {"in_force": Glyph.MET, "pending": Glyph.WARNING, "closed": Glyph.NOT_NEEDED}


def said(word: str, language: str, *values: object) -> str:
    """A word that the list on paper has too."""
    return PEOPLE[word][language == "zh"].format(*values)


class PeopleTable(ResultTable):
    """A row a person; Enter or a press opens what is known of them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, leads=True, parent=parent)
        self._now = True

    def show_people(self, people: tuple[Authorised, ...], *, now: bool = True) -> None:
        """Other people, or the same in another language; ``now``: not as it was on a past day."""
        self._now = now
        self.setAccessibleName(self.tr("Authorised persons"))
        columns = (
            Column(self.tr("Person"), 230, True), Column(self.tr("Role"), 195, True),
            Column(self.tr("State"), 190, True), Column(self.tr("Last log-in"), 205),
        )  # fmt: skip
        self.show_entries(columns, tuple(self._entry(one) for one in people))

    def _entry(self, one: Authorised) -> Entry:
        language, person, last = self.look.language, one.person, one.periods[-1]
        number = f"{person.user_name} · {person.user_oid}"
        since = self.tr("since {0}").format(figure.moment(last.since, language))
        state = said(one.state, language)
        if one.name_twice:
            second = said("twice", language)
        elif one.until:
            second = figure.moment(one.until, language)
        else:
            second = "" if one.opens_here or not self._now else self.tr("has no password on this file")
        log_in = figure.moment(one.last_log_in, language) if one.last_log_in else said("never", language)
        token = "text" if one.state == "in_force" else "text_2" if one.state == "closed" else "warn"
        return Entry(
            (
                Cell(person.full_name, number, bold=one.state != "closed"), Cell(role_words(person.role), since),
                Cell(state, second, _GLYPHS[one.state], token=token), Cell(log_in),
            ),
            key=person.user_oid,
        )  # fmt: skip

    def start(self) -> None:
        """Gives the keyboard to the first person."""
        if self.results.entries and not self.currentIndex().isValid():
            self.selectRow(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
