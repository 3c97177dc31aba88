"""The results of the trial: the numbers asked first, participants, figures, options, issues, and the report."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.analysis_desk import AnalysisDesk
from crf_desktop.ui.analysis_export import AnalysisExport
from crf_desktop.ui.analysis_lists import MOST, issue_rows, listing_rows
from crf_desktop.ui.analysis_overview import AnalysisOverview
from crf_desktop.ui.analysis_sensitivity import AnalysisSensitivity
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.empty_state import EmptyState
from crf_desktop.ui.figure_view import FigureView
from crf_desktop.ui.label import Card, Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.notice_strip import NoticeStrip
from crf_desktop.ui.option_panel import changed_words
from crf_desktop.ui.page import Page, PageHead, column, row
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.result_table import ResultTable
from crf_desktop.ui.table_export import TableExport
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.errors import Language

SECTIONS = ("overview", "participants", "figures", "options", "issues")


class AnalysisPage(Page):
    """Contents arrive after the page; what it shows is one state of the trial, and says of which moment."""

    place = "analysis"
    subject_asked = Signal(str)
    participants_asked = Signal()
    written = Signal(str, str)
    """("", ""): an export was recorded."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study: Study | None = None
        self.section = SECTIONS[0]
        self.desk = AnalysisDesk(self)
        self.export, self.table_export = AnalysisExport(self, self.desk), TableExport(self, self.desk)
        self._problem: BaseException | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        look = self.look
        self.head = PageHead(look, buttons=True)
        self.tables, self.report = Button(look, "plain"), Button(look, "primary")
        self.head.right.addWidget(self.tables)
        self.head.right.addWidget(self.report)
        self.chips = {name: Chip(look) for name in SECTIONS}
        self.progress, self.note = NoticeStrip(look), NoticeStrip(look)
        self.overview, self.options = AnalysisOverview(look), AnalysisSensitivity(look)
        self.listing, self.issues = ResultTable(look, leads=True, uniform=52), ResultTable(look, leads=True)
        self.listing.setSortingEnabled(True)
        self.listing.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.figures = FigureView(look, self.desk)
        self.waiting, self.empty = Label(look, "", 15, token="text_2"), EmptyState(look)
        self.issue_lead, self.legend = (Label(look, "", 13, token="text_2", wrap=True) for _ in range(2))

    def _lay_out(self) -> None:
        px = self.look.px
        self.stack = QStackedWidget()
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.waiting.setContentsMargins(0, px(96), 0, 0)
        self.parts: dict[str, QWidget] = {
            "overview": self.overview, "participants": self._carded(self.listing, self.legend), "figures": self.figures,
            "options": self.options, "issues": self._carded(self.issues, self.issue_lead),
            "waiting": self.waiting, "empty": self.empty,
        }  # fmt: skip
        for part in self.parts.values():
            self.stack.addWidget(part)
        tabs = row(gap=px(4))
        for chip in self.chips.values():
            tabs.addWidget(chip)
        tabs.addStretch(1)
        body = column(gap=px(8), margins=(px(24), 0, px(24), px(16)))
        body.addLayout(tabs)
        body.addWidget(self.progress)
        body.addWidget(self.note)
        body.addWidget(self.stack, 1)
        outer = column(self)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)

    def _carded(self, table: ResultTable, lead: Label | None = None) -> Card:
        px = self.look.px
        card = Card(self.look)
        inside = column(card, 0, (1, px(4), 1, px(4)))
        if lead is not None:
            lead.setContentsMargins(px(16), px(10), px(16), px(8))
            inside.addWidget(lead)
        inside.addWidget(table)
        return card

    def _connect(self) -> None:
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, n=name: self.choose(n))
        for table in (self.listing, self.issues):
            table.chosen.connect(self.subject_asked)
        self.options.chosen.connect(self._look_at)
        self.empty.button.clicked.connect(self.participants_asked)
        self.desk.changed.connect(self._show_stage)
        self.desk.ready.connect(self._show_results)
        self.desk.failed.connect(self._failed)
        self.desk.interrupted.connect(self.figures.draw_again)
        self.figures.failed.connect(self._failed)
        self.figures.save_asked.connect(self.export.ask_figure)
        self.report.clicked.connect(self.export.ask_report)
        self.tables.clicked.connect(self.table_export.ask)
        for export in (self.export, self.table_export):
            export.written.connect(lambda: self.written.emit("", ""))

    # ---- a study comes and goes

    def show_study(self, study: Study) -> None:
        """Shows what is known at once, and reads what is new after the page stands."""
        self.study = study
        self._problem = None
        self._show_part()
        self.retranslate()

    def forget(self) -> None:
        """Empties the page when the study is locked, and ends the process."""
        self.export.forget()
        self.table_export.forget()
        self.desk.forget()
        self.study, self._problem, self.section = None, None, SECTIONS[0]
        self.overview.forget()
        self.options.forget()
        self.figures.forget()
        for table in (self.listing, self.issues):
            table.show_entries((), ())
        for strip in (self.progress, self.note):
            strip.hide()
        self.stack.setCurrentWidget(self.waiting)

    def start(self) -> None:
        """Gives the keyboard to the chosen section, and reads."""
        assert self.study is not None
        self._focus()
        self.desk.show_study(self.study)

    def refresh(self) -> None:
        """Something was written while the page stands: what it shows is of an earlier moment, and it says so."""
        if self.isVisible():
            self._show_note()

    def choose(self, section: str) -> None:
        """Another part of the results."""
        self.section = section
        self._show_part()
        self._show_chips()

    def _focus(self) -> None:
        table = {"participants": self.listing, "issues": self.issues}.get(self.section)
        if table is not None and table.results.entries:
            if not table.currentIndex().isValid():
                table.selectRow(0)
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chips[self.section].setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what arrives

    def _show_results(self) -> None:
        self._problem = None
        self._show_part()
        self.retranslate()

    def _fill(self) -> None:
        found = self.desk.overview
        if found is None or self.study is None:
            return
        language: Language = self.look.language
        self.overview.show_summary(found.summary)
        self.options.show_summary(found.summary)
        self.listing.show_entries(*listing_rows(found, language))
        self.issues.show_entries(*issue_rows(found.summary, self.study.definition, language))
        self.figures.show_subjects([line.subject for line in found.summary.listing])

    def _look_at(self, options: object) -> None:
        self.desk.choose(options)  # type: ignore[arg-type]
        self._show_note()

    def _failed(self, error: BaseException) -> None:
        self._problem = error
        self._show_note()

    def _show_part(self) -> None:
        found = self.desk.overview
        part = self.section if found is not None else "waiting"
        if found is not None and not found.summary.enrolment.screened:
            part = "empty"
        self.stack.setCurrentWidget(self.parts[part])
        if part == "figures":
            self.figures.draw()

    def _show_stage(self) -> None:
        what, done, whole = self.desk.stage
        self._show_note()
        if not what:
            self.progress.hide()
            self.options.panel.show_options(self.desk.options)
            return
        words = self.tr("Reading the participants") if what == "read" else self.tr("Working out the results")
        if whole:
            words = self.tr("{0}: {1} of {2}").format(words, done, whole)
        self.progress.show_progress(words, done, whole, self.tr("Stop"), self.desk.stop)

    # ---- words

    def retranslate(self) -> None:
        """Puts every word into the language in force."""
        if self.study is None:
            return
        self.tables.setText(self.tr("Write tables"))
        self.report.setText(self.tr("Make report"))
        self._fill()
        self.figures.retranslate()
        self.empty.show_words(
            self.tr("Nobody is enrolled yet"),
            self.tr("Results are worked out from what the forms hold. They begin with the first participant."),
            self.tr("Go to participants"), True,
        )  # fmt: skip
        self._show_head()
        self._show_chips()
        self._show_note()

    def _show_head(self) -> None:
        found, gathered = self.desk.overview, self.desk.gathered
        for button in (self.tables, self.report):
            button.setEnabled(found is not None and found.summary.enrolment.screened > 0)
        rule = self.tr("Week 28 against week 0, exact arithmetic")
        if found is not None and gathered is not None:
            day = figure.day(found.summary.today, self.look.language)
            rule = self.tr("As of {0}, {1}").format(day, gathered.when)
            state = self.tr("options as registered") if not self.desk.shown.changed() else self.tr("for looking only")
            rule = f"{rule} · {state}"
        self.head.show_words(self.tr("Analysis"), rule)

    def _show_chips(self) -> None:
        found = self.desk.overview
        counts = {"participants": 0, "issues": 0}
        if found is not None:
            counts = {"participants": len(found.summary.listing), "issues": len(found.summary.issues)}
        words = {
            "overview": self.tr("Results"), "participants": self.tr("Participants"), "figures": self.tr("Figures"),
            "options": self.tr("Options and sensitivity"), "issues": self.tr("Issues in the data"),
        }  # fmt: skip
        for name, chip in self.chips.items():
            chip.setText(f"{words[name]} {counts[name]}" if counts.get(name) else words[name])
            chip.setChecked(name == self.section)
        lead = self.tr("What a reader of the results has to know. Enter opens the participant’s response.")
        if counts["issues"] > MOST:
            lead += " " + self.tr("The first {0} of {1}; the report names all.").format(MOST, counts["issues"])
        self.legend.setText(
            self.tr("a PGA · b ESR · c B-cell marker · d lacrimal · e salivary. Enter opens a participant’s response.")
        )
        self.issue_lead.setText(lead if counts["issues"] else self.tr("Nothing was found."))

    def _show_note(self) -> None:
        """The first that holds: it failed; it is of an earlier moment; it is not as registered; nobody is there yet."""
        desk = self.desk
        if self._problem is not None:
            words = self._why(self._problem)
            self.note.show_notice(words, Glyph.WARNING, "warn_soft", self.tr("Try again"), self._again)
        elif desk.overview is not None and desk.gathered is not None and not desk.busy and desk.stale:
            words = self.tr("The study has changed since {0}.").format(desk.gathered.when)
            self.note.show_notice(words, Glyph.WARNING, "warn_soft", self.tr("Read again"), desk.read)
        elif desk.overview is None and desk.stopped:
            self.note.show_notice(self.tr("Stopped. Nothing was changed."), Glyph.INFO, "sunken",
                                  self.tr("Read again"), self._again)  # fmt: skip
        elif changed := changed_words(desk.shown, self.look.language):
            words = self.tr("Not as registered: {0}").format(changed)
            self.note.show_notice(words, Glyph.WARNING, "warn_soft", self.tr("As registered"), self.options.reset)
        else:
            self.note.hide()
        self.waiting.setText(self.tr("The results appear here in a moment.") if desk.busy else "")

    def _again(self) -> None:
        self._problem = None
        self.desk.read()

    def _why(self, error: BaseException) -> str:
        if isinstance(error, Explained):
            return error.sentences(self.look.language)[0]
        kind = type(error).__name__
        if isinstance(error, BrokenExecutor):
            return self.tr("The process that works out the results ended unexpectedly. The study is untouched.")
        return self.tr("The results could not be worked out ({0}). The study is untouched.").format(kind)

    def show_problem(self, problem: Explained, during: str) -> None:
        """A problem that asks for an answer."""
        told = problem_of(problem, during, self.look.language)
        act: Act = (self.tr("Back to the results"), "primary", lambda: sheet.close_sheet())
        sheet = ProblemSheet(self.look, self, told, [act])
        sheet.open(sheet.first_button())
