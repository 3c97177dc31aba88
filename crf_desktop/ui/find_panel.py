"""Ctrl+K: a participant by number, or a form or the response of the participant on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.list_card import LineWords, ListLine
from crf_desktop.ui.look import Look
from crf_desktop.ui.open_lines import RECORDS
from crf_desktop.ui.page import column
from crf_desktop.ui.response_reading import has_response
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.state_word import state_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crf_desktop.capture.study import Study
    from crf_desktop.model.definition import FormDef, StudyEventDef

LIMIT = 7
RESPONSE = "response"
"""First part of the key of a page of the response."""
_NAMES = ("response", "应答", "疗效应答")
_LEAST = {True: 4, False: 2}
"""Letters of an English word, of a Chinese one, from which on it is understood."""


class FindSheet(Sheet):
    """Type, then Enter opens the first line."""

    keeps_typed = False

    def __init__(self, look: Look, host: QWidget, study: Study, subject: str, go: Callable[[str], None]) -> None:
        super().__init__(look, host, 560)
        self._study, self._subject, self._go = study, subject, go
        self.add_title(self.tr("Find participant or form"))
        self.words = TextField(look, 44)
        self.words.setPlaceholderText(self.tr("Number or form"))
        self.words.setAccessibleName(self.tr("Number or form"))
        self.words.textChanged.connect(self._search)
        self.words.returnPressed.connect(self._first)
        self.body.addWidget(self.words)
        self.results = QWidget(self.card)
        self.results.setFixedHeight(look.px(44) * LIMIT)
        self._lines = column(self.results)
        self.body.addWidget(self.results)
        self.found: list[LineWords] = []
        self._subjects = study.subjects()
        self._search("")

    def _search(self, text: str) -> None:
        needle = text.strip().casefold()
        parts = (self._forms(needle), self._participants(needle))
        first, second = reversed(parts) if needle[:1].isdigit() else parts
        self.found = [*self._responses(needle), *first, *second][:LIMIT]
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words in self.found:
            line = ListLine(self.look, words, False, self.results)
            line.clicked.connect(lambda _=False, k=words.key: self._choose(k))
            self._lines.addWidget(line)
        if not self.found:
            self._lines.addWidget(Label(self.look, self.tr("Nothing matches."), 15, token="text_2"))
        self._lines.addStretch(1)

    def _participants(self, needle: str) -> list[LineWords]:
        hits = [s for s in self._subjects if needle in s.casefold()]
        return [LineWords(Glyph.CHEVRON_RIGHT, s, right=self.tr("Participant"), key=s) for s in hits[:LIMIT]]

    def _responses(self, needle: str) -> list[LineWords]:
        """``response 01-003``: that page of who is named, else of who is on the screen."""
        words = needle.split()
        asked = [w for w in words if any(n.startswith(w) for n in _NAMES) and len(w) >= _LEAST[w.isascii()]]
        if not asked or not has_response(self._study.definition):
            return []
        numbers = [w for w in words if w not in asked]
        named = [s for s in self._subjects if numbers and all(n in s.casefold() for n in numbers)]
        subjects = named if numbers else [self._subject] if self._subject else self._subjects
        title = self.tr("Response at week 28")
        return [LineWords(Glyph.MET, title, right=s, key=f"{RESPONSE}/{s}") for s in subjects[:LIMIT]]

    def _forms(self, needle: str) -> list[LineWords]:
        if not self._subject or not needle:
            return []
        matrix, language = self._study.matrix(self._subject), self.look.language
        named: list[LineWords] = []
        visited: list[LineWords] = []  # found by the name of their visit: behind what is found by its own
        for visit in matrix.columns:
            head = visit.event.abbreviation.in_(language)
            for oid in visit.event.forms if visit.date else ():
                form, state = self._study.definition.form[oid], matrix.cells[visit.address, oid]
                if self._hit(form, visit.event, needle) and state is not FormState.NOT_NEEDED:
                    key = f"{self._subject}/{visit.address}/{oid}"
                    right = f"{head} · {state_words(state)[0]}"
                    found = named if self._hit(form, None, needle) else visited
                    found.append(LineWords(Glyph(state), form.title.in_(language), right=right, key=key))
        return named + self._records(needle, matrix.log) + visited

    def _hit(self, form: FormDef, event: StudyEventDef | None, needle: str) -> bool:
        """Whether the words, all of them, stand in the names of a form or of its visit."""
        names = (form.title, form.short_title, *((event.title, event.abbreviation) if event else ()))
        said = " ".join(w for t in names for w in (t.en, t.zh)).casefold()
        return all(word in said for word in needle.split())

    def _records(self, needle: str, log: Mapping[tuple[str, str], FormState]) -> list[LineWords]:
        """What belongs to no visit: a form that repeats leads to its records."""
        lines = []
        for event in self._study.definition.events:
            for oid in event.forms if event.type == "Common" else ():
                form, state = self._study.definition.form[oid], log.get((event.oid, oid))
                if self._hit(form, event, needle):
                    key = f"{RECORDS}/{oid}" if form.repeating else f"{self._subject}/{event.oid}/{oid}"
                    right = event.short_title.in_(self.look.language) + (f" · {state_words(state)[0]}" if state else "")
                    glyph = Glyph(state) if state else Glyph.NOT_NEEDED
                    lines.append(LineWords(glyph, form.title.in_(self.look.language), right=right, key=key))
        return lines

    def _first(self) -> None:
        if self.found:
            self._choose(self.found[0].key)

    def _choose(self, key: str) -> None:
        self.close_sheet()
        self._go(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
