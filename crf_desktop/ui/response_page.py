"""Response at week 28 of one participant: five items with reasons, verdicts, STAR, changes, flaws of the data."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from crf_desktop.analysis.measure import BASE
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome, Status
from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.ui import end_point_words as words
from crf_desktop.ui import visit_words
from crf_desktop.ui.button import Button
from crf_desktop.ui.change_card import ChangeCard
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.issue_card import IssueCard
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, Page, PageHead, column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.response_reading import Reading, ResponseReader
from crf_desktop.ui.response_rows import ResponseRows
from crf_desktop.ui.response_words import row_words, visit_name
from crf_desktop.ui.star_card import StarCard
from crf_desktop.ui.verdict_card import CountPill, VerdictCard
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

STAR_WIDTH, GAP, EDGE = 312, 12, 24
PRIMARY = 54
"""Percent of the width that the card of the primary end point has."""
TWO_COLUMNS = 1120
"""Least logical width at which STAR stands beside the items."""
WIDEST = 16777215
"""Qt's own greatest width: no limit."""


class _Body(QWidget):
    """What is scrolled; says when it has another width."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


class ResponsePage(Page):
    """Rows, STAR and issues lead to the form they rest on; Esc and the foot lead back to the participant."""

    place = "participants"
    form_asked = Signal(str, str, str)
    visit_asked = Signal(str, str)
    """(participant, event address): begin the visit that is waited for."""
    schedule_asked = Signal(str)

    def __init__(self, look: Look, reader: ResponseReader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.subject = ""
        self.options = Options()
        self.reader = reader
        self.reading: Reading | None = None
        self._shown: object = None
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look)
        self.head.right.setSpacing(look.px(8))
        self.pills = [CountPill(look) for _ in range(3)]
        for pill in self.pills:
            self.head.right.addWidget(pill)
        self.rows, self.star = ResponseRows(look), StarCard(look)
        self.primary, self.sensitivity = VerdictCard(look), VerdictCard(look)
        self.changes, self.early, self.issues = ChangeCard(look), ResponseRows(look), IssueCard(look)
        self.early_star, self.early_title = StarCard(look), Label(look, "", 17, True)
        self.empty = EmptyState(look)
        self.foot = Foot(look)
        self.back = Button(look, "plain", lead=Icon.LEFT)
        self.foot.left.addWidget(self.back)
        self.back.clicked.connect(self._leave)
        self.empty.button.clicked.connect(self._begin)
        for part in (self.rows, self.star, self.early, self.early_star, self.issues):
            part.form_asked.connect(lambda event, form: self.form_asked.emit(self.subject, event, form))

    def _lay_out(self) -> None:
        px = self.look.px
        self.body = _Body()
        self.body.setProperty("kind", "page")
        self.body.resized.connect(self._arrange)
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(px(EDGE), px(2), px(EDGE), px(16))
        self.grid.setSpacing(px(GAP))
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(self.body)
        outer = column(self)
        verdicts = QWidget()
        self.verdicts = row(verdicts, px(GAP))
        self.verdicts.addWidget(self.primary, PRIMARY)
        self.verdicts.addWidget(self.sensitivity, 100 - PRIMARY)
        early = self.early_box = QWidget()
        beside = column(early)
        beside.addWidget(self.early)
        beside.addStretch(1)
        self._blocks = (self.rows, verdicts, self.star, self.early_title, early, self.early_star)
        self._wide: bool | None = None
        self._place(True)
        for widget, share in ((self.head, 0), (self.scroller, 1), (self.empty, 1), (self.foot, 0)):
            outer.addWidget(widget, share)

    # ---- what it shows

    def show_participant(self, study: Study, subject: str) -> None:
        """Shows the response of a participant; what did not change since the last time stays as it is."""
        reading = self.reader.read(study, subject, self.options)
        now = (id(reading), self.look.language, self.look.scale)
        if subject != self.subject:
            self.scroller.verticalScrollBar().setValue(0)
        self.study, self.subject, self.reading = study, subject, reading
        if now != self._shown:
            self._shown = now
            self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self.subject, self.reading, self._shown = None, "", None, None
        self.reader.forget()
        self.head.show_words("", "")
        for pill in self.pills:
            pill.show_count(Glyph.NOT_SEEN, "", "", "sunken", "text")
            pill.hide()
        self.rows.show_rows([], "", "")
        self.early.show_rows([], "", "")
        self.changes.show_changes("", [], "", "")
        self.issues.show_issues("", [], "")
        for card in (self.star, self.early_star):
            card.clear()
        for verdict in (self.primary, self.sensitivity):
            verdict.words = None
            verdict.setAccessibleName("")
            verdict.setAccessibleDescription("")
        self.scroller.hide()

    def event_shown(self) -> str:
        """The visit the banner speaks of."""
        return self.reading.event if self.reading is not None else ""

    def start(self) -> None:
        """Gives the keyboard to the page: arrows and PgDn scroll, Tab goes to the rows."""
        target: QWidget = self.scroller if self.scroller.isVisibleTo(self) else self.back
        if target is self.back and self.empty.button.isVisibleTo(self):
            target = self.empty.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- words

    def retranslate(self) -> None:
        reading = self.reading
        if self.study is None or reading is None:
            return
        self._shown = (id(reading), self.look.language, self.look.scale)
        self.back.setText(self.tr("Schedule"))
        outcome = reading.outcome
        empty = outcome is None or outcome.status is Status.NOT_TREATED
        self.scroller.setVisible(not empty)
        self.empty.setVisible(empty)
        self._show_keys()
        self.head.show_words(self.tr("Response at week 28"), self._rule(outcome))
        self._show_pills(None if empty else outcome)
        self.scroller.setAccessibleName(self.tr("Response at week 28"))
        if outcome is None or empty:
            self._show_empty(outcome)
            return
        self._show_outcome(outcome)
        self._arrange()

    def _show_keys(self) -> None:
        keys = [("Esc", self.tr("back"))]
        if self.scroller.isVisibleTo(self):
            keys = [("Tab", self.tr("item")), ("Enter", self.tr("open its page")), *keys]
        self.foot.show_keys([] if self.compact() else keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.reading is not None and event.size().width() != event.oldSize().width():
            self.head.rule.setText(self._rule(self.reading.outcome))
            self._show_keys()
            self._arrange()

    def _rule(self, outcome: Outcome | None) -> str:
        assert self.reading is not None
        exact = [] if self.compact() else [self.tr("thresholds inclusive, exact arithmetic")]
        options = words.options_words(self.options, self.look.language)
        told = [self.tr("Week 28 against week 0"), *exact, options]
        state = self._state(outcome)
        return visit_words.DOT.join([state, *told] if state else told)

    def _state(self, outcome: Outcome | None) -> str:
        match outcome.status if outcome is not None else None:
            case Status.STOPPED:
                return self.tr("Stopped early: there is no week 28")
            case Status.MISSED:
                return self.tr("Week 28 did not take place")
        return ""

    def _show_pills(self, outcome: Outcome | None) -> None:
        assert self.reading is not None
        waiting = len(self.reading.waiting)
        for pill in self.pills:
            pill.setVisible(outcome is not None and (not waiting or pill is self.pills[0]))
        if outcome is None:
            return
        if waiting:
            told = self.tr("waits for 1 page") if waiting == 1 else self.tr("waits for {0} pages").format(waiting)
            self.pills[0].show_count(Glyph.NOT_SEEN, "", told, "sunken", "text")
            return
        five = outcome.five
        met, unknown = five.n_met, five.n_not_evaluable
        counts = (
            (Glyph.MET, met, self.tr("met"), "ok_soft", "ok"),
            (Glyph.NOT_MET, len(five.items) - met - unknown, self.tr("not met"), "sunken", "text"),
            (Glyph.NOT_EVALUABLE, unknown, self.tr("not evaluable"), "warn_soft", "warn"),
        )
        for pill, (glyph, count, word, ground, token) in zip(self.pills, counts, strict=True):
            quiet = not count and glyph is not Glyph.MET
            pill.show_count(glyph, str(count), word, "sunken" if quiet else ground, "text_2" if quiet else token)

    def _show_outcome(self, outcome: Outcome) -> None:
        assert self.reading is not None
        reading, language = self.reading, self.look.language
        base, followup = (self._visit(reading, event) for event in (BASE, reading.visit.address))
        self.rows.show_rows([row_words(reading, i, language) for i in outcome.five.items], base, followup)
        first, second = words.verdict_cards(reading, outcome, language)
        self.primary.show_words(first)
        self.sensitivity.show_words(second)
        most = sum(i.points for i in outcome.star.items)
        star = words.star_rows(reading, outcome.star, language)
        self.star.show_star(star, words.star_end(reading, outcome.star, language), most)
        title = self.tr("Change from week 0")
        self.changes.show_changes(title, words.change_lines(reading, outcome.changes, language), base, followup)
        self.changes.setVisible(outcome.status is Status.AT_WEEK_28)
        nothing = self.tr("Nothing in these data limits the result.")
        issues = words.issue_lines(reading, outcome.issues, language)
        self.issues.show_issues(self.tr("To know about these data"), issues, nothing)
        self._show_early(outcome)
        self._order_keys()

    def _show_early(self, outcome: Outcome) -> None:
        assert self.reading is not None
        reading, language, shown = self.reading, self.look.language, outcome.early is not None
        for part in (self.early_title, self.early_box, self.early, self.early_star):
            part.setVisible(shown)
        if outcome.early is None or reading.end is None:
            return
        five, star = outcome.early
        base, end = (self._visit(reading, event) for event in (BASE, reading.end.address))
        when = figure.day(reading.end.date, language) if reading.end.date else self.tr("not begun")
        self.early_title.setText(self.tr("Early termination, reported separately · {0}").format(when))
        self.early.show_rows([row_words(reading, i, language) for i in five.items], base, end)
        most = sum(i.points for i in star.items)
        told = words.star_end(reading, star, language)
        self.early_star.show_star(words.star_rows(reading, star, language), told, most)

    def _visit(self, reading: Reading, event: str) -> str:
        title = reading.definition.event_at(event).short_title.in_(self.look.language)
        return title.partition(visit_words.DOT)[0]

    def _show_empty(self, outcome: Outcome | None) -> None:
        assert self.reading is not None and self.study is not None
        visit, language = self.reading.visit, self.look.language
        if outcome is not None:
            title = self.tr("No rituximab was given")
            told = self.tr("The response is worked out for those who had at least one dose.")
            self.empty.show_words(title, told, "", False)
            return
        hidden = self.tr("Earlier ratings stay hidden until then.")
        name = visit_name(self.reading.definition, visit.address, language)
        title = self.tr("Week 28 has not begun")
        due = visit.status in (VisitStatus.DUE, VisitStatus.OVERDUE)
        may = due and not visit.closed and self.study.may(Action.ENTER)
        lines = [*self._when(visit, self.study.today()), hidden]
        self.empty.show_words(title, "\n".join(lines), self.tr("Start {0}").format(name), may)

    def _when(self, visit: Planned, today: str) -> list[str]:
        """When it is due and how far off that is, its window, and what it waits for."""
        language = self.look.language
        reasons = [r.in_(language) for r in visit.reasons]
        if visit.target is None:
            return [self.tr("Its date follows from the day of the first dose."), *reasons]
        first = visit_words.DOT.join((visit_words.planned_for(visit, language), visit_words.when(visit, today)[0]))
        lines = [first, visit_words.window(visit, language), *reasons]
        return [line[:1].upper() + line[1:] for line in lines if line]

    # ---- layout

    def _place(self, wide: bool) -> None:
        """STAR beside the items, or under them where the window is narrow."""
        if wide == self._wide:
            return
        self._wide, grid = wide, self.grid
        rows, verdicts, star, title, early, early_star = self._blocks
        for part in (*self._blocks, self.changes, self.issues):
            grid.removeWidget(part)
        order = (rows, verdicts, star, title, early, early_star, self.changes, self.issues)
        spots: list[tuple[QWidget, int, int, int, int]] = [(part, n, 0, 1, 1) for n, part in enumerate(order)]
        if wide:
            spots = [
                (rows, 0, 0, 1, 1), (verdicts, 1, 0, 1, 1), (star, 0, 1, 2, 1), (title, 2, 0, 1, 2),
                (early, 3, 0, 1, 1), (early_star, 3, 1, 1, 1), (self.changes, 4, 0, 1, 2), (self.issues, 5, 0, 1, 2),
            ]  # fmt: skip
        for part, *spot in spots:
            grid.addWidget(part, *spot)
        grid.setColumnStretch(0, 1)
        for n in range(9):
            grid.setRowStretch(n, 1 if n == 8 else 0)

    def _arrange(self) -> None:
        """Gives every card its width and the height it needs; nothing is cut off, the page scrolls."""
        if self.reading is None or self.reading.outcome is None:
            return
        px = self.look.px
        wide = self.width() / self.look.scale >= TWO_COLUMNS
        self._place(wide)
        bar = self.scroller.width() - self.body.width()
        self.grid.setContentsMargins(px(EDGE), px(2), px(EDGE) - bar, px(16))
        room = self.width() - 2 * px(EDGE)  # the same whether there is a scroll bar or not
        left = room - px(STAR_WIDTH) - px(GAP) if wide else room
        high = self.rows.arrange(left)
        first = (left - px(GAP)) * PRIMARY // 100
        verdict = max(self.primary.arrange(first), self.sensitivity.arrange(left - px(GAP) - first))
        star = self.star.arrange(px(STAR_WIDTH) if wide else room)
        if wide:
            verdict = max(verdict, star - high - px(GAP))
            star = high + px(GAP) + verdict
        for card in (self.primary, self.sensitivity):
            card.setFixedHeight(verdict)
        self._size(self.star, star, wide)
        if not self.early.isHidden():
            beside = self.early.arrange(left)
            most = self.early_star.arrange(px(STAR_WIDTH) if wide else room)
            self._size(self.early_star, max(most, beside) if wide else most, wide)
        self.changes.arrange(room)
        self.issues.arrange(room)

    def _size(self, card: StarCard, high: int, wide: bool) -> None:
        card.setFixedHeight(high)
        card.setMinimumWidth(self.look.px(STAR_WIDTH) if wide else 0)
        card.setMaximumWidth(self.look.px(STAR_WIDTH) if wide else WIDEST)

    def _order_keys(self) -> None:
        """Tab walks as the eye does: items, STAR, early termination, issues, the way back."""
        chain: list[QWidget] = [self.scroller, *self.rows.rows, *self.star.rows]
        if not self.early.isHidden():
            chain += [*self.early.rows, *self.early_star.rows]
        chain += [*self.issues.lines, self.back]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # ---- acts

    def _leave(self) -> None:
        self.schedule_asked.emit(self.subject)

    def _begin(self) -> None:
        if self.reading is not None:
            self.visit_asked.emit(self.subject, self.reading.visit.address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
