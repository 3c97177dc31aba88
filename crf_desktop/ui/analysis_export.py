"""Report and single figures: made in the process, recorded in the log, then saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog

from crf_desktop.errors import Explained, Language
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import analysis_work
from crf_desktop.ui.analysis_work import Picture
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.making import Making, Order
from crf_desktop.ui.option_panel import changed_words
from crf_desktop.ui.page import row
from crf_desktop.ui.problem_panel import Problem
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.analysis.option import Options
    from crf_desktop.ui.analysis_desk import AnalysisDesk
    from crf_desktop.ui.analysis_page import AnalysisPage

LANGUAGES: tuple[tuple[Language, str], ...] = (("en", "English"), ("zh", "中文"))


@frozen
class Paper:
    """A PDF that was made, and not saved yet."""

    kind: str
    """``statistical_report``, ``figure``: what the log says."""
    pdf: bytes
    file_name: str
    """Offered; never with a participant number in it."""
    options: Options


class AnalysisExport(Making):
    """Nothing is written before somebody saves it."""

    written = Signal()
    """The export stands in the log."""

    def __init__(self, page: AnalysisPage, desk: AnalysisDesk) -> None:
        super().__init__(page, desk)
        self.language: Language = "en"
        self.paper: Paper | None = None

    def forget(self) -> None:
        super().forget()
        self.paper = None

    # ---- what is asked for

    def ask_report(self) -> None:
        """Asks the language, then makes the report."""
        self.language = self.page.look.language
        if self.may(self.tr("Statistical report")):
            self._ask_language()

    def ask_figure(self, of: Picture) -> None:
        """One figure as a document of its own."""
        if self.may(self.tr("Save figure as PDF")):
            arguments = (of, self.page.look.language, self.desk.shown)
            self._make("figure", analysis_work.figure_pdf, arguments, f"figure-{of.name.replace('_', '-')}.pdf")

    def _ask_language(self) -> Sheet:
        look = self.page.look
        sheet = Sheet(look, self.page, 560)
        sheet.add_title(self.tr("Statistical report"), Glyph.PRINT)
        words = self.tr("Every result with its reasons, the figures, and which data they are from. About ten seconds.")
        sheet.body.addWidget(Label(look, words, 15, wrap=True))
        line, chips = row(gap=look.px(4)), {}
        for language, name in LANGUAGES:
            chip = chips[language] = Chip(look)
            chip.setText(name)
            chip.clicked.connect(lambda _=False, one=language: self._choose_language(one, chips))
            line.addWidget(chip)
        line.addStretch(1)
        sheet.body.addLayout(line)
        self._choose_language(self.language, chips)
        if changed := changed_words(self.desk.shown, look.language):
            told = self.tr("The report will say that the options are not as registered: {0}").format(changed)
            sheet.body.addWidget(Note(look, told, Glyph.WARNING, "warn_soft"))
        sheet.add_buttons((self.tr("Go back"), "plain", self.close), (self.tr("Make report"), "primary", self._report))
        sheet.again = self._ask_language
        self.show(sheet)
        return sheet

    def _choose_language(self, language: Language, chips: dict[Language, Chip]) -> None:
        self.language = language
        for one, chip in chips.items():
            chip.setChecked(one == language)

    def _report(self) -> None:
        assert self.desk.overview is not None
        name = f"statistical-report-{self.desk.overview.summary.today}-{self.language}.pdf"
        self._make("statistical_report", analysis_work.report, (self.language, self.desk.shown), name)

    def _make(self, kind: str, function: Any, arguments: tuple[Any, ...], file_name: str) -> None:
        options = self.desk.shown

        def made(pdf: bytes) -> None:
            self.paper = Paper(kind, pdf, file_name, options)
            self._show_ready()

        self.start(Order(lambda: self.tr("Making the PDF"), function, arguments, made))

    # ---- saving

    def _show_ready(self) -> Sheet:
        sheet = self.show_card(
            self.tr("The PDF is ready"),
            self.tr("It leaves the study when you save it; that is recorded in the log."), "",
            (self.tr("Discard it"), "plain", self._discard), (self.tr("Save"), "primary", self._ask_place),
        )  # fmt: skip
        sheet.again = self._show_ready
        return sheet

    def _discard(self) -> None:
        self.paper = None
        self.close()

    def _ask_place(self) -> None:
        assert self.paper is not None
        offered = str(Path(QDir.homePath()) / self.paper.file_name)
        chosen, _ = QFileDialog.getSaveFileName(self.page, self.tr("Save the PDF"), offered, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def save(self, target: Path) -> None:
        """Records the export, then writes the file, whole or not at all."""
        from crf_desktop.capture.exporting import record_export  # loads with the study
        from crf_desktop.capture.filing import whole_file

        paper, study = self.paper, self.page.study
        assert paper is not None and study is not None
        try:
            with whole_file(target) as file:
                file.write(paper.pdf)
                record_export(study, paper.kind, paper.pdf, options=paper.options.changed())
        except Explained as problem:
            told = Problem(problem.code, self.tr("Save the PDF"), *problem.sentences(self.page.look.language))
            self.show_problem(told, [(self.tr("Choose another place"), "primary", self._ask_place)])
            return
        self.paper = None
        self.written.emit()
        self.show_saved(str(target))
