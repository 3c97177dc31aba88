"""Today: what is due, what waits for me, the machine; and one list of participants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import visit_words
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.field import TextField
from crf_desktop.ui.label import Card
from crf_desktop.ui.list_card import LineWords, ListCard
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.participant_list import ParticipantList, when_words
from crf_desktop.ui.participant_model import FILTERS, ParticipantModel, Row
from crf_desktop.ui.query_line import query_lines
from crf_desktop.ui.ready_card import ReadyCard
from crf_desktop.ui.tool_row import ToolRow
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.overview import SubjectCard
    from crf_desktop.capture.study import Study


CHIPS = {
    "all": None, "due": Glyph.DUE, "overdue": Glyph.OVERDUE, "week": Glyph.PLANNED, "queries": Glyph.QUERY,
    "unsigned": Glyph.COMPLETE,
}  # fmt: skip
"""Filter → its glyph."""


class TodayPage(Page):
    """The first page after unlocking; without its left column it is the list of participants."""

    participant_asked = Signal(str)
    visit_asked = Signal(str, str)
    signing_asked = Signal()
    queries_asked = Signal()
    form_asked = Signal(str, str, str)
    enrol_asked = Signal()
    paper_asked = Signal(str, str)
    """(participant who is due first, the visit): paper for it; empty: for anybody."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.model: ParticipantModel | None = None
        self._mode, self._filter = "today", "all"
        self._counts: dict[str, int] = {}
        self._stale: set[str] = set()
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look, buttons=True)
        self.paper, self.enrol = Button(look, "plain", lead=Glyph.PRINT), Button(look, "plain")
        self.head.right.addWidget(self.paper)
        self.head.right.addWidget(self.enrol)
        self.head.right.setContentsMargins(0, 0, 0, 0)
        self.due, self.waiting, self.ready = ListCard(look), ListCard(look), ReadyCard(look)
        self.go = Button(look, "primary", height=44)
        self.search = TextField(look, width=196)
        self.chips = {name: Chip(look, CHIPS[name]) for name in FILTERS}
        self.list = ParticipantList(look)
        self.empty = EmptyState(look)
        self.enrol.clicked.connect(self.enrol_asked)
        self.paper.clicked.connect(self._ask_paper)
        self.empty.button.clicked.connect(self.enrol_asked)
        self.list.chosen.connect(self.participant_asked)
        self.due.chosen.connect(self.participant_asked)
        self.waiting.chosen.connect(self._follow)
        self.go.clicked.connect(self._continue)
        self.search.textChanged.connect(lambda _: self._choose(self._filter))
        self.search.returnPressed.connect(self._open_first)
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, n=name: self._choose(n))

    def _lay_out(self) -> None:
        px = self.look.px
        self.left = QWidget()
        self.left.setProperty("kind", "page")
        left = column(self.left, px(15))
        self.due.body.addSpacing(px(8))
        line = row(margins=(px(12), 0, px(12), px(8)))
        line.addWidget(self.go)
        self.due.body.addLayout(line)
        for card in (self.due, self.waiting, self.ready):
            left.addWidget(card)
        left.addStretch(1)
        self.side = QScrollArea()
        self.side.setWidget(self.left)
        self.side.setWidgetResizable(True)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.setFrameShape(QScrollArea.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFixedWidth(px(304))
        self.card = Card(self.look)
        inside = column(self.card, 0, (1, px(12), 1, px(4)))
        tools = row(margins=(px(16), 0, px(12), px(12)))
        tools.addWidget(ToolRow(self.look, self.search, tuple(self.chips.values())))
        inside.addLayout(tools)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.empty, 1)
        body = row(gap=px(16), margins=(px(24), 0, px(24), px(24)))
        body.addWidget(self.side)
        body.addWidget(self.card, 1)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)

    # ---- what it shows

    def show_study(self, study: Study) -> None:
        """Shows a study just unlocked."""
        self.study = study
        self.model = ParticipantModel(study, self)
        self.model.counted.connect(self.retranslate)
        self.list.show_model(self.model)
        self.search.clear()
        self._filter = "all"
        self.refresh()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        if self.model is not None:
            self.model.stop_counting()
            self.list.setModel(None)
            self.model.deleteLater()
        self.study, self.model = None, None
        for card in (self.due, self.waiting):
            card.show_lines("", [], "")
        self.ready.forget()
        self.go.setText("")
        self.search.clear()

    def show_mode(self, mode: str) -> None:
        """``today`` with the left column, ``participants`` without."""
        self._mode = mode
        self.retranslate()
        self._fold()

    def refresh(self, subject: str = "") -> None:
        """After something was written about a participant, or about any; read when the page is seen next."""
        self._stale.add(subject)
        if self.isVisible():
            self._read_stale()

    def _read_stale(self) -> None:
        stale, self._stale = self._stale, set()
        if self.study is None or self.model is None or not stale:
            return
        self._counts = self.study.store.count_states()
        for subject in [""] if "" in stale else sorted(stale):
            self.model.refresh(subject)
        if self.isVisible():
            self.model.start_counting()
        self.retranslate()

    def start(self) -> None:
        """Gives the list the keyboard."""
        if self.model is not None and self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.selectRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- acts

    def _choose(self, name: str) -> None:
        self._filter = name
        for key, chip in self.chips.items():
            chip.setChecked(key == name)
        if self.model is not None:
            self.model.choose(name, self.search.text())
            self._show_empty()

    def _open_first(self) -> None:
        if self.model is not None and self.model.rowCount() == 1:
            self.participant_asked.emit(self.model.subject_at(0))

    def _follow(self, key: str) -> None:
        if key == "signing":
            self.signing_asked.emit()
        elif key == "queries":
            self.queries_asked.emit()
        else:
            self.form_asked.emit(*key.split("/"))

    def _first_due(self) -> Row | None:
        due = self.model.due() if self.model is not None else []
        return due[0] if due else None

    def _continue(self) -> None:
        first = self._first_due()
        if first is not None and first.card.next_visit is not None:
            self.visit_asked.emit(first.card.subject, first.card.next_visit.address)

    def _ask_paper(self) -> None:
        first = self._first_due()
        visit = first.card.next_visit if first is not None else None
        self.paper_asked.emit(first.card.subject if first and visit else "", visit.address if visit else "")

    # ---- words

    def retranslate(self) -> None:
        if self.study is None or self.model is None:
            return
        language, today = self.look.language, self.study.today()
        n = len(self.model.subjects)
        enrolled = self.tr("1 participant enrolled") if n == 1 else self.tr("{0} participants enrolled").format(n)
        title = self.tr("Today") if self._mode == "today" else self.tr("Participants")
        self.head.show_words(
            title, f"{self._weekday(today)}{'' if language == 'zh' else ' '}{figure.day(today, language)} · {enrolled}"
        )
        self.paper.setText(self.tr("Paper pack"))
        self.paper.setVisible(self.study.may(Action.PRINT))
        self.enrol.setText(self.tr("New participant"))
        self.enrol.setVisible(self.study.may(Action.ENROL))
        self.search.setPlaceholderText(self.tr("Number or visit"))
        self.search.setAccessibleName(self.tr("Number or visit"))
        words = self._chip_words()
        for name in FILTERS:
            count = self.model.count(name)
            self.chips[name].setText(f"{words[name]} {'…' if count is None else count}")
            self.chips[name].setChecked(name == self._filter)
        self._retranslate_left()
        self._show_empty()
        self.list.viewport().update()
        self.list.head.viewport().update()

    def _chip_words(self) -> dict[str, str]:
        return {
            "all": self.tr("All"),
            "due": self.tr("Today"),
            "overdue": self.tr("Overdue"),
            "week": self.tr("Next 7 days"),
            "queries": self.tr("Queries"),
            "unsigned": self.tr("To sign"),
        }

    def _weekday(self, iso: str) -> str:
        days = (
            self.tr("Monday"),
            self.tr("Tuesday"),
            self.tr("Wednesday"),
            self.tr("Thursday"),
            self.tr("Friday"),
            self.tr("Saturday"),
            self.tr("Sunday"),
        )
        return days[date.fromisoformat(iso).weekday()]

    def _retranslate_left(self) -> None:
        assert self.model is not None and self.study is not None
        due = self.model.due()
        limit = 3
        self.due.show_lines(
            self.tr("Due now"),
            [self._due_line(r) for r in due],
            self.tr("No visit is due. Open a participant in the list, or enrol one."),
            limit,
        )
        first = due[0].card if due else None
        self.go.setVisible(first is not None)
        if first is not None and first.next_visit is not None:
            comma = "，" if self.look.language == "zh" else ", "
            self.go.setText(
                self._verb(first).format(first.subject)
                + comma
                + visit_words.short(first.next_visit, self.look.language)
            )
        nothing = self.tr("Nothing waits for your signature.")
        if self.study.store.read_only:
            nothing = self.tr("Read-only: nothing can be entered or signed in this folder.")
        self.waiting.show_lines(self.tr("For you"), self._waiting_lines(), nothing)
        self.ready.show_folder(self.study.store.folder)

    def _verb(self, first: SubjectCard) -> str:
        if self.study is None or not self.study.may(Action.ENTER):
            return self.tr("Open {0}")
        begun = first.next_visit is not None and first.next_visit.date is not None
        return self.tr("Continue {0}") if begun else self.tr("Start {0}")

    def _due_line(self, r: Row) -> LineWords:
        c = r.card
        left = c.n_forms - c.n_complete
        first, _, _ = when_words(r, self.look.language)
        glyph = Glyph.OVERDUE if r.overdue else Glyph(c.state)
        forms = self.tr("1 form left") if left == 1 else self.tr("{0} forms left").format(left)
        visit = c.next_visit.event.title.in_(self.look.language) if c.next_visit else ""
        return LineWords(glyph, c.subject, visit, first, forms if r.visit and r.visit.date else "", c.subject)

    def _waiting_lines(self) -> list[LineWords]:
        assert self.study is not None
        lines = [*self._draft_lines(), *query_lines(self.study)]
        if not self.study.may(Action.SIGN):
            return lines
        from crf_desktop.capture.unfinished import n_unfinished  # loads with the study

        unsigned, changed = self._counts.get("unsigned", 0), self._counts.get("changed", 0)
        if unsigned:
            words = self.tr("1 form to sign") if unsigned == 1 else self.tr("{0} forms to sign").format(unsigned)
            told = self.tr("complete, not signed yet")
            lines.append(LineWords(Glyph.COMPLETE, words, told, self.tr("Open"), "", "signing", True))
        if changed:
            words = self.tr("1 changed form") if changed == 1 else self.tr("{0} changed forms").format(changed)
            told = self.tr("after the signature")
            lines.append(LineWords(Glyph.CHANGED, words, told, self.tr("Open"), "", "signing", True))
        if missing := n_unfinished(self.study):
            words = self.tr("1 PDF to make") if missing == 1 else self.tr("{0} PDFs to make").format(missing)
            told = self.tr("signed, the PDF is missing")
            lines.append(LineWords(Glyph.WARNING, words, told, self.tr("Open"), "", "signing", True))
        return lines

    def _draft_lines(self) -> list[LineWords]:
        """What was half typed when the program ended: where it is."""
        assert self.study is not None
        forms = dict.fromkeys(path.form_path for path in self.study.store.drafts())
        lines = []
        for path in forms:
            words = f"{path.subject} · {self.study.definition.form[path.form].short_title.in_(self.look.language)}"
            key = "/".join((path.subject, path.event_address, path.form_address))
            told = self.tr("half typed, not stored")
            lines.append(LineWords(Glyph.IN_PROGRESS, words, told, self.tr("Open"), "", key, True))
        return lines

    def _show_empty(self) -> None:
        assert self.model is not None and self.study is not None
        none, nobody = self.model.rowCount() == 0, not self.model.subjects
        self.empty.setVisible(none)
        self.list.setVisible(not none)
        if nobody:
            words = self.tr("Each participant gets the next number of this site. Their visits and forms appear here.")
            self.empty.show_words(
                self.tr("No participant yet"),
                words,
                self.tr("Enrol the first participant"),
                self.study.may(Action.ENROL),
            )
        else:
            self.empty.show_words(
                self.tr("Nobody matches"), self.tr("Choose “All”, or type fewer characters."), "", False
            )

    def _fold(self) -> None:
        self.side.setVisible(self._mode == "today" and not self.compact())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()
        self._read_stale()
        if self.model is not None:
            self.model.start_counting()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.model is not None:
            self.model.stop_counting()
