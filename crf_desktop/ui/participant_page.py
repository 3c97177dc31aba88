"""One participant: the schedule, the course, and what is open now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.course import CourseLanes, lanes_of
from crf_desktop.ui.label import Card, Label, Line, draw_shape
from crf_desktop.ui.list_card import LineWords, ListCard
from crf_desktop.ui.look import Look
from crf_desktop.ui.matrix import MatrixView
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.participant_list import visit_in_sentence
from crf_desktop.ui.state_word import state_words

if TYPE_CHECKING:
    from crf_desktop.capture.study import Matrix, Study

OPEN = (FormState.IN_PROGRESS, FormState.DUE, FormState.PLANNED)
TO_SIGN = (FormState.COMPLETE, FormState.MISSING)
LEGEND = (
    FormState.PLANNED,
    FormState.DUE,
    FormState.IN_PROGRESS,
    FormState.COMPLETE,
    FormState.SIGNED,
    FormState.CHANGED,
    FormState.MISSING,
)


class Legend(QWidget):
    """What the glyphs mean; wraps when the line is short."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def _entries(self) -> list[tuple[Glyph, str]]:
        return [(Glyph(s), state_words(s)[0]) for s in LEGEND]

    def _places(self, width: float) -> list[tuple[float, float, Glyph, str]]:
        px, metrics = self.look.px, QFontMetrics(self.look.font(13))
        x, y, found = float(px(16)), 0.0, []
        for glyph, words in self._entries():
            needed = px(21) + metrics.horizontalAdvance(words)
            if x + needed > width - px(8) and x > px(16):
                x, y = float(px(16)), y + px(24)
            found.append((x, y, glyph, words))
            x += needed + px(20)
        return found

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(200), self.needed(max(self.width(), self.look.px(200))))

    def needed(self, width: int) -> int:
        """Height at that width."""
        return self.look.px(30) + round(self._places(width)[-1][1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color("text_2"))
        for x, y, glyph, words in self._places(self.width()):
            draw_shape(painter, glyph, QRectF(x, y + px(8), px(14), px(14)), self.look)
            painter.setPen(self.look.color("text_2"))
            painter.drawText(QRectF(x + px(21), y, 4000, px(30)), Qt.AlignmentFlag.AlignVCenter, words)


class ParticipantPage(Page):
    """Enter on a cell opens the form."""

    place = "participants"
    form_asked = Signal(str, str, str)
    signing_asked = Signal(str)
    pdf_asked = Signal(str, str)
    """(participant, event OID): the signed PDF of a visit."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.subject = ""
        self._matrix: Matrix | None = None
        self._current: StudyEventDef | None = None
        self._signed_visit = ""
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look, inline=True, buttons=True)
        self.pdf = Button(look, "plain", lead=Glyph.PRINT)
        self.sign = Button(look, "plain")
        self.go = Button(look, "primary", trail=Icon.RIGHT)
        self.head.right.setSpacing(look.px(8))
        for button in (self.pdf, self.sign, self.go):
            self.head.right.addWidget(button)
        self.matrix = MatrixView(look)
        self.legend = Legend(look)
        self.course_title, self.course_note = Label(look, "", 15, True), Label(look, "", 13, token="text_2")
        self.lanes = CourseLanes(look)
        self.open = ListCard(look, small=True)
        self.matrix.chosen.connect(lambda event, form: self.form_asked.emit(self.subject, event, form))
        self.open.chosen.connect(self._follow)
        self.go.clicked.connect(self._continue)
        self.sign.clicked.connect(lambda: self.signing_asked.emit(self.subject))
        self.pdf.clicked.connect(lambda: self.pdf_asked.emit(self.subject, self._signed_visit))

    def _lay_out(self) -> None:
        px = self.look.px
        self.table_card, self.course_card = Card(self.look), Card(self.look)
        inside = column(self.table_card, 0, (1, 1, 1, 1))
        inside.addWidget(self.matrix, 1)
        inside.addWidget(Line(self.look))
        inside.addWidget(self.legend)
        lanes = column(self.course_card, px(4), (px(16), px(10), px(16), px(8)))
        head = row()
        head.addWidget(self.course_title)
        head.addStretch(1)
        head.addWidget(self.course_note)
        lanes.addLayout(head)
        lanes.addWidget(self.lanes, 1)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(px(24), 0, px(24), px(16))
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(12))
        self.grid.addWidget(self.table_card, 0, 0, 1, 2)
        self.grid.addWidget(self.course_card, 1, 0)
        self.grid.addWidget(self.open, 1, 1)
        self.grid.setColumnStretch(0, 836)
        self.grid.setColumnStretch(1, 384)
        self.grid.setRowStretch(1, 1)
        self.open.body.addStretch(1)
        inside_all = QWidget()
        inside_all.setProperty("kind", "page")
        inside_all.setLayout(self.grid)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside_all)
        self.course_card.setMinimumHeight(px(176))
        outer = column(self)
        outer.addWidget(self.head)
        outer.addWidget(self.scroller, 1)

    # ---- what it shows

    def show_participant(self, study: Study, subject: str) -> None:
        """Shows a participant, or shows them anew."""
        self.study, self.subject = study, subject
        self._matrix = study.matrix(subject)
        self._current = self._current_visit(self._matrix)
        self.matrix.show_matrix(self._matrix, self._current.oid if self._current else "")
        signed = [
            e.oid
            for e, _ in self._matrix.columns
            if any(self._matrix.cells.get((e.oid, f)) in (FormState.SIGNED, FormState.CHANGED) for f in e.forms)
        ]
        self._signed_visit = next((e for e in reversed(signed) if self._has_pdf(e)), "")
        self.lanes.show_lanes(
            lanes_of(study, subject, self._matrix),
            [e.target_day for e in study.definition.events if e.target_day is not None],
        )
        self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked."""
        self.study, self.subject, self._matrix, self._current = None, "", None, None
        self.matrix.show_matrix(None, "")
        self.lanes.show_lanes([], [])
        self.open.show_lines("", [], "")

    def current_event(self) -> str:
        """The visit the banner speaks of: the current one, or the last that was; "" for none."""
        if self._current is not None or self._matrix is None:
            return self._current.oid if self._current else ""
        return next((e.oid for e, when in reversed(self._matrix.columns) if when), "")

    def start(self) -> None:
        """Gives the matrix the keyboard."""
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_pdf(self, event: str) -> bool:
        from crf_desktop.capture.signing import filed_pdfs  # loads the signing code; not before the window stands

        assert self.study is not None
        return bool(filed_pdfs(self.study, self.subject, event))

    @staticmethod
    def _current_visit(matrix: Matrix) -> StudyEventDef | None:
        """The visit that has begun and is not signed; else the first that has not begun."""
        begun = [
            e
            for e, when in matrix.columns
            if when and any(matrix.cells.get((e.oid, f)) is not FormState.SIGNED for f in e.forms)
        ]
        later = [e for e, when in matrix.columns if not when]
        return next(iter((*begun, *later)), None)

    # ---- acts

    def _continue(self) -> None:
        if self._current is None or self._matrix is None:
            return
        states = [(f, self._matrix.cells.get((self._current.oid, f))) for f in self._current.forms]
        first = next((f for f, s in states if s in OPEN), states[0][0])
        self.form_asked.emit(self.subject, self._current.oid, first)

    def _follow(self, key: str) -> None:
        event, _, form = key.partition("/")
        if form:
            self.form_asked.emit(self.subject, event, form)
        else:
            self.signing_asked.emit(self.subject)

    # ---- words

    def retranslate(self) -> None:
        if self.study is None or self._matrix is None:
            return
        language = self.look.language
        visit = visit_in_sentence(self._current, language) if self._current else ""
        self.head.show_words(self.tr("Course and schedule"), self._rule())
        states = list(self._matrix.cells.values())
        to_sign = sum(s in TO_SIGN for s in states) + sum(s is FormState.CHANGED for s in states)
        self.sign.setText(self.tr("Sign 1 form") if to_sign == 1 else self.tr("Sign {0} forms").format(to_sign))
        self.sign.setVisible(to_sign > 0 and self.study.may(Action.SIGN))
        self.pdf.setText(self.tr("Signed PDF"))
        self.pdf.setVisible(bool(self._signed_visit) and self.study.may(Action.EXPORT))
        now = self._current
        here = [self._matrix.cells.get((now.oid, f)) for f in now.forms] if now else []
        begun = any(s not in (None, FormState.DUE, FormState.PLANNED) for s in here)
        left = any(s in OPEN for s in here)
        words = self.tr("Continue {0}") if begun else self.tr("Start {0}")
        self.go.setText((words if self.study.may(Action.ENTER) else self.tr("Open {0}")).format(visit))
        self.go.setVisible(left and (begun or self.study.may(Action.ENTER)))
        self.sign.set_kind("plain" if left else "primary")
        self.course_title.setText(self.tr("Course"))
        self.course_note.setText(self.tr("open point = not yet signed"))
        self.matrix.restyle()
        self.matrix.head.viewport().update()
        self.legend.update()
        self._fold()
        self._show_open()

    def _rule(self) -> str:
        assert self._matrix is not None
        states = list(self._matrix.cells.values())
        done = sum(s in (*TO_SIGN, FormState.SIGNED, FormState.CHANGED) for s in states)
        return self.tr("{0} of {1} forms complete, {2} signed").format(
            done, len(states), sum(s is FormState.SIGNED for s in states)
        )

    def _show_open(self) -> None:
        assert self._matrix is not None and self.study is not None
        language, lines = self.look.language, []
        for event, when in self._matrix.columns:
            states = [(f, self._matrix.cells.get((event.oid, f))) for f in event.forms]
            where = event.abbreviation.in_(language)
            for form, state in states:
                name = self.study.definition.form[form].short_title.in_(language)
                key = f"{event.oid}/{form}"
                if state is FormState.CHANGED:
                    lines.append(LineWords(Glyph(state), self.tr("{0}: sign again").format(name), right=where, key=key))
                elif when and state in (FormState.IN_PROGRESS, FormState.DUE):
                    lines.append(LineWords(Glyph(state), name, right=where, key=key))
            if any(s in TO_SIGN for _, s in states):
                lines.append(LineWords(Glyph.COMPLETE, self.tr("Forms to sign"), right=where, key=event.oid))
        order = (Glyph.IN_PROGRESS, Glyph.CHANGED, Glyph.COMPLETE, Glyph.DUE)
        lines.sort(key=lambda w: order.index(w.glyph))
        self._lines = lines
        self._fill_open()

    def _fill_open(self) -> None:
        px = self.look.px
        below = self.height() - self.head.height() - self.table_card.maximumHeight() - px(28)
        room = (max(px(176), below) - px(38)) // px(30)
        nothing = (
            self.tr("No visit has begun. Start one to open its forms.")
            if not any(w for _, w in (self._matrix.columns if self._matrix else ()))
            else self.tr("Nothing is open.")
        )
        self.open.show_lines(self.tr("Open now"), self._lines, nothing, limit=room)

    def _fold(self) -> None:
        narrow = self.compact()
        self.table_card.setMinimumHeight(0)
        legend = self.legend.needed(self.width() - 2 * self.look.px(24))
        needed = self.matrix.needed_height() + legend + 3
        self.table_card.setMaximumHeight(needed)
        self.table_card.setMinimumHeight(
            needed
            if needed < self.height()
            else max(self.look.px(220), self.height() - self.head.height() - self.look.px(220))
        )
        self.head.rule.setVisible(not narrow)
        self.course_note.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if self._matrix is not None:
            self._fill_open()
