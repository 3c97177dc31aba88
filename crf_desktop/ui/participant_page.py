"""One participant: the schedule, the course, what is open now, and what belongs to no visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollArea, QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.lane import Marks
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.ui import visit_words
from crf_desktop.ui.button import Button
from crf_desktop.ui.course import CourseKey, CourseLanes, lanes_of, marks_of
from crf_desktop.ui.label import Card, Label, Line
from crf_desktop.ui.legend import Legend
from crf_desktop.ui.list_card import LineWords, ListCard
from crf_desktop.ui.look import Look
from crf_desktop.ui.matrix import OPEN, MatrixView
from crf_desktop.ui.open_lines import FORM, RECORDS, VISIT, log_lines, open_lines, to_sign
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.response_button import ResponseButton

if TYPE_CHECKING:
    from crf_desktop.capture.overview import Matrix
    from crf_desktop.capture.study import Study

LOWER = 178
"""Least logical height of the cards under the schedule."""


class ParticipantPage(Page):
    """Enter on a cell opens the form; the line under the cells says what the schedule says of the visit, and why."""

    place = "participants"
    form_asked = Signal(str, str, str)
    visit_asked = Signal(str, str)
    """(participant, event address): go on with a visit, or begin it."""
    act_asked = Signal(str, str, str)
    """(participant, event address, ``date`` or ``miss``)"""
    records_asked = Signal(str, str)
    """(participant, form OID): the records of a form that belongs to no visit."""
    signing_asked = Signal(str)
    response_asked = Signal(str)
    pdf_asked = Signal(str, str)
    """(participant, event address): the signed PDF of a visit."""
    document_asked = Signal(str, str, str)
    """(kind, participant, event address): something to be printed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.subject = ""
        self.menu: QMenu | None = None
        self._matrix: Matrix | None = None
        self._current: Planned | None = None
        self._marks: list[Marks] = []
        self._signed_visit = ""
        self._lines: list[LineWords] = []
        self._narrow: bool | None = None
        self._shown: object = None
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look, inline=True, buttons=True)
        self.pdf = Button(look, "plain", lead=Glyph.PRINT)
        self.print = Button(look, "plain", lead=Glyph.PRINT, trail=Icon.DOWN)
        self.visit = Button(look, "plain", trail=Icon.DOWN)
        self.sign = Button(look, "plain")
        self.go = Button(look, "primary", trail=Icon.RIGHT)
        self.head.right.setSpacing(look.px(4))
        for button in (self.print, self.pdf, self.visit, self.sign, self.go):
            self.head.right.addWidget(button)
        self.matrix = MatrixView(look)
        self.line = Label(look, "", 13, wrap=True)
        self.line.setContentsMargins(look.px(16), look.px(3), look.px(16), look.px(3))
        self.legend = Legend(look)
        self.course_title, self.course_key = Label(look, "", 15, True), CourseKey(look)
        self.response = ResponseButton(look)
        self.lanes = CourseLanes(look)
        self.open, self.log = ListCard(look, small=True), ListCard(look, small=True)
        self.matrix.chosen.connect(lambda event, form: self.form_asked.emit(self.subject, event, form))
        self.matrix.explained.connect(self._explain)
        self.open.chosen.connect(self._follow)
        self.log.chosen.connect(self._follow)
        self.go.clicked.connect(self._continue)
        self.visit.clicked.connect(self._show_acts)
        self.print.clicked.connect(self._show_documents)
        self.sign.clicked.connect(lambda: self.signing_asked.emit(self.subject))
        self.response.clicked.connect(lambda: self.response_asked.emit(self.subject))
        self.pdf.clicked.connect(lambda: self.pdf_asked.emit(self.subject, self._signed_visit))

    def _lay_out(self) -> None:
        px = self.look.px
        self.table_card, self.course_card = Card(self.look), Card(self.look)
        inside = column(self.table_card, 0, (1, 1, 1, 1))
        for widget in (self.matrix, Line(self.look), self.line, Line(self.look), self.legend):
            inside.addWidget(widget, 1 if widget is self.matrix else 0)
        lanes = column(self.course_card, px(4), (px(16), px(10), px(16), px(8)))
        head = row()
        head.addWidget(self.course_title)
        head.addWidget(self.response)
        head.addStretch(1)
        head.addWidget(self.course_key)
        lanes.addLayout(head)
        lanes.addWidget(self.lanes, 1)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(px(24), 0, px(24), px(16))
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(12))
        for card in (self.open, self.log):
            card.body.addStretch(1)
        inside_all = QWidget()
        inside_all.setProperty("kind", "page")
        inside_all.setLayout(self.grid)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside_all)
        self.course_card.setMinimumHeight(px(LOWER))
        self._place_cards()
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)

    def _place_cards(self) -> None:
        """Course, what is open and the log side by side; the course above them where the window is narrow."""
        grid, narrow = self.grid, self.compact()
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for card in (self.table_card, self.course_card, self.open, self.log):
            grid.removeWidget(card)
        grid.addWidget(self.table_card, 0, 0, 1, 3)
        grid.addWidget(self.course_card, 1, 0, 1, 3 if narrow else 1)
        grid.addWidget(self.open, 2 if narrow else 1, 0 if narrow else 1, 1, 2 if narrow else 1)
        grid.addWidget(self.log, 2 if narrow else 1, 2)
        for at, share in enumerate((636, 332, 240) if not narrow else (300, 300, 300)):
            grid.setColumnStretch(at, share)
        grid.setRowStretch(1, 1)
        grid.setRowStretch(2, 1 if narrow else 0)

    # ---- what it shows

    def show_participant(self, study: Study, subject: str) -> None:
        """Shows a participant, or shows them anew."""
        version = (study, subject, study.version(), study.today())
        if version == self._shown:
            self.retranslate()
            return
        self._shown = version
        self.study, self.subject = study, subject
        self._matrix = study.matrix(subject)
        self._current = self._matrix.current
        at = self._current.address if self._current else ""
        self.matrix.show_matrix(self._matrix, study.definition, at, study.today())
        shown = (FormState.SIGNED, FormState.CHANGED)
        signed = [v.address for v in self._matrix.columns if any(s in shown for s in self._matrix.states(v))]
        printed = self._printed() if signed else set()
        self._signed_visit = next((e for e in reversed(signed) if e in printed), "")
        self._marks = marks_of(study, subject)
        dates = (visit_words.day_of(v) for v in self.matrix.matrix_model.visits)
        days = [d for day in dates if (d := study.study_day(subject, day)) is not None]
        self.lanes.show_lanes(lanes_of(study, subject, self._matrix), days, self._marks)
        self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self.subject, self._matrix, self._current, self._shown = None, "", None, None, None
        self.matrix.show_matrix(None, None, "", "")
        self.lanes.show_lanes([], [])
        self.response.forget()
        self.line.setText("")
        for card in (self.open, self.log):
            card.show_lines("", [], "")

    def current_event(self) -> str:
        """The visit the banner speaks of: the current one, or the last that was; "" for none."""
        if self._current is not None or self._matrix is None:
            return self._current.address if self._current else ""
        return next((v.address for v in reversed(self._matrix.columns) if v.date), "")

    def start(self) -> None:
        """Gives the matrix the keyboard."""
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _printed(self) -> set[str]:
        from crf_desktop.capture.signing import visits_with_pdf  # loads the signing code; not before the window stands

        assert self.study is not None
        return visits_with_pdf(self.study, self.subject)

    # ---- acts

    def _continue(self) -> None:
        if self._current is not None:
            self.visit_asked.emit(self.subject, self._current.address)

    def _follow(self, key: str) -> None:
        kind, _, rest = key.partition("/")
        if kind == FORM:
            self.form_asked.emit(self.subject, *rest.split("/"))
        elif kind == VISIT:
            self.visit_asked.emit(self.subject, rest)
        elif kind == RECORDS:
            self.records_asked.emit(self.subject, rest)
        else:
            self.signing_asked.emit(self.subject)

    def acts(self) -> list[tuple[str, str, str]]:
        """(act, event address, words) of what may be done about the visit under the cursor, and a new one."""
        assert self.study is not None and self._matrix is not None
        if not self.study.may(Action.ENTER):
            return []
        index = self.matrix.currentIndex()
        found = self._acts_of(self.matrix.matrix_model.visits[index.column()]) if index.isValid() else []
        if (extra := self.study.unscheduled(self.subject)) is not None:
            found.append(("visit", extra, self.tr("New unscheduled visit")))
        return found

    def _acts_of(self, visit: Planned) -> list[tuple[str, str, str]]:
        assert self._matrix is not None
        at, title = visit.address, visit.event.title.in_(self.look.language)
        name = visit_words.in_sentence(title, self.look.language)
        if visit.date:
            acts = [("date", at, self.tr("Change the date of {0}").format(name))]
            untouched = (FormState.DUE, FormState.PLANNED, FormState.NOT_NEEDED)
            empty = all(self._matrix.cells[at, f] in untouched for f in visit.event.forms)
            missable = empty and visit.event.type == "Scheduled"
        else:
            acts = [("visit", at, self.tr("Start {0}").format(name))] if not visit.closed else []
            missable = visit.status not in (VisitStatus.MISSED, VisitStatus.NOT_NEEDED)
        return [*acts, ("miss", at, self.tr("{0} did not take place").format(title))] if missable else acts

    def documents(self) -> list[tuple[str, str, str]]:
        """(kind, event address, words) of what is printed from here: of the visit under the cursor, of everything."""
        assert self._matrix is not None
        index = self.matrix.currentIndex()
        visit = self.matrix.matrix_model.visits[index.column()] if index.isValid() else self._current
        found = [("casebook", "", self.tr("Casebook: everything of this participant"))]
        if visit is not None:
            name = visit_words.in_sentence(visit.event.title.in_(self.look.language), self.look.language)
            found.insert(0, ("blank", visit.address, self.tr("Blank forms of {0}").format(name)))
            if visit.date:
                found.insert(0, ("visit", visit.address, self.tr("Summary of {0}").format(name)))
        return [*found, ("audit", "", self.tr("Audit trail of this participant"))]

    def _show_documents(self) -> None:
        ask = self.document_asked.emit
        self._pop_up(self.print, [(w, partial(ask, kind, self.subject, at)) for kind, at, w in self.documents()])

    def _show_acts(self) -> None:
        self._pop_up(self.visit, [(words, partial(self._act, act, event)) for act, event, words in self.acts()])

    def _pop_up(self, under: Button, lines: Sequence[tuple[str, Callable[[], None]]]) -> None:
        menu = self.menu = QMenu(self)
        menu.setFont(self.look.font(15))
        for words, act in lines:
            action = QAction(words.replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, do=act: do())
            menu.addAction(action)
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def _act(self, act: str, event: str) -> None:
        if act == "visit":
            self.visit_asked.emit(self.subject, event)
        else:
            self.act_asked.emit(self.subject, event, act)

    # ---- words

    def retranslate(self) -> None:
        if self.study is None or self._matrix is None:
            return
        self.head.show_words(self.tr("Course and schedule"), self._rule())
        self._show_buttons()
        self.course_title.setText(self.tr("Course"))
        self.course_key.show_key(self._marks)
        self.response.show_participant(self.study, self.subject)
        self.lanes.retranslate()
        self.legend.update()
        self._explain(self.matrix.explanation())
        self._lines = open_lines(self.study, self._matrix, self.look.language)
        records = log_lines(self.study, self._matrix, self.look.language)
        count = len(self._matrix.records)
        self.log.show_lines(self.tr("Not tied to a visit"), records, "", limit=len(records), count=count)
        self.log.setVisible(bool(records))
        self._fold()
        self._fill_open()

    def _show_buttons(self) -> None:
        assert self.study is not None and self._matrix is not None
        now, enters = self._current, self.study.may(Action.ENTER)
        n = len(to_sign(self.study, self._matrix))
        self.sign.setText(self.tr("Sign 1 visit") if n == 1 else self.tr("Sign {0} visits").format(n))
        self.sign.setVisible(n > 0 and self.study.may(Action.SIGN))
        self.print.setText(self.tr("Print"))
        self.print.setVisible(self.study.may(Action.PRINT))
        self.pdf.setText(self.tr("Signed PDF"))
        self.pdf.setVisible(bool(self._signed_visit) and self.study.may(Action.EXPORT))
        self.visit.setText(self.tr("Visit"))
        self.visit.setVisible(enters)
        here = self._matrix.states(now) if now else []
        begun = now is not None and now.date is not None
        left = any(s in OPEN for s in here)
        words = self.tr("Open {0}") if not enters else self.tr("Continue {0}") if begun else self.tr("Start {0}")
        self.go.setText(words.format(visit_words.short(now, self.look.language)) if now else "")
        self.go.setVisible(left and now is not None and (begun or enters))
        self.go.setEnabled(now is not None and (begun or not now.closed))
        pressing = begun or (now is not None and now.status in (VisitStatus.DUE, VisitStatus.OVERDUE))
        self.go.set_kind("primary" if pressing or n == 0 or not self.sign.isVisibleTo(self) else "plain")
        self.sign.set_kind("plain" if left and pressing else "primary")

    def _rule(self) -> str:
        """``3 rituximab, 6 belimumab · window of week 28: 11–25 Nov 2026``."""
        assert self._matrix is not None
        language, now = self.look.language, self._current
        pattern = self.tr("{0} {1}")
        given = [pattern.format(len(m.days), m.mark.name.in_(language)) for m in self._marks if m.days]
        parts = [("，" if language == "zh" else ", ").join(given)] if given else []
        if now is not None and now.opens is not None and now.closes is not None:
            visit, days = visit_words.short(now, language), visit_words.spell(now, language)
            parts.append(self.tr("window of {0}: {1}").format(visit, days))
        elif not given:
            parts.append(self._progress())
        return " · ".join(parts)

    def _progress(self) -> str:
        assert self._matrix is not None
        states = [s for v in self._matrix.columns if v.date for s in self._matrix.states(v)]
        done = sum(s not in OPEN for s in states)
        return self.tr("{0} of {1} forms complete").format(done, len(states)) if states else ""

    def _explain(self, words: str) -> None:
        self.line.setText(words)

    def _fill_open(self) -> None:
        px = self.look.px
        below = px(LOWER) if self.compact() else max(px(LOWER), self.open.height())
        room = max(3, (below - px(37)) // (px(27) + 1))
        assert self._matrix is not None
        begun = any(v.date for v in self._matrix.columns)
        nothing = self.tr("Nothing is open.") if begun else self.tr("No visit has begun. Start one to open its forms.")
        self.open.show_lines(self.tr("Open now"), self._lines, nothing, limit=room)

    def _fold(self) -> None:
        px, narrow = self.look.px, self.compact()
        self._place_cards()
        width = self.width() - 2 * px(24)
        self.line.setMinimumHeight(px(46 if narrow else 26))
        fixed = self.legend.needed(width) + self.line.minimumHeight() + 4
        self.matrix.give_room(self.height() - self.head.height() - px(28) - px(LOWER) - fixed)
        needed = self.matrix.needed_height(width - 2) + fixed
        self.table_card.setFixedHeight(needed)
        self.head.rule.setVisible(not narrow)
        for card in (self.open, self.log):
            card.setMinimumHeight(px(LOWER))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._matrix is not None:
            self._fold()
            self._fill_open()
