"""Something made in the process, above the page: how far it is, a way to stop it, and what to do when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QProgressBar

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Kind
from crf_desktop.ui.label import Label
from crf_desktop.ui.problem_panel import Problem, ProblemSheet
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.ui.analysis_desk import AnalysisDesk
    from crf_desktop.ui.analysis_page import AnalysisPage
    from crf_desktop.ui.worker import Job


@frozen
class Order:
    """What is made, and what becomes of it."""

    title: Callable[[], str]
    """In the language in force."""
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    made: Callable[[Any], None]
    dropped: Callable[[], None] = lambda: None
    """It was stopped, or failed: nothing half-made may stay."""


class Making(QObject):
    """One order at a time."""

    def __init__(self, page: AnalysisPage, desk: AnalysisDesk) -> None:
        super().__init__(page)
        self.page, self.desk = page, desk
        self.sheet: Sheet | None = None
        self._order: Order | None = None
        self._job: Job | None = None
        self._bar: QProgressBar | None = None
        self.when_whole: Callable[[Callable[[], None], Callable[[], str]], None] = lambda go, what: go()
        """Does something once the whole log is checked."""
        self._so_far = (0, 0)

    def may(self, during: str) -> bool:
        """Whether this person may export; says why not."""
        from crf_desktop.capture.exporting import require_export  # loads with the study

        study = self.page.study
        if study is None or self.desk.overview is None:
            return False
        try:
            require_export(study)
        except Explained as problem:
            self.page.show_problem(problem, during)
            return False
        return True

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._order is not None

    def start(self, order: Order) -> None:
        """Has it made, once the log is checked."""
        self.when_whole(lambda: self._start(order), order.title)

    def _start(self, order: Order) -> None:
        self._order, self._so_far = order, (0, 0)
        self._job = job = self.desk.ask(order.function, *order.arguments)
        job.progressed.connect(self._progressed)
        job.done.connect(self._made)
        job.failed.connect(self._failed)
        self._show_progress()

    def stop(self) -> None:
        """Ends the process; nothing half-made stays."""
        order, self._order = self._order, None
        if order is not None:
            self.desk.interrupt()
            order.dropped()
        self._job = None
        self.close()

    def forget(self) -> None:
        """The study is locked."""
        order, self._order, self._job = self._order, None, None
        if order is not None:
            self.desk.let_go(wait=True)
            order.dropped()
        self.close()

    def _show_progress(self) -> Sheet:
        look, order = self.page.look, self._order
        assert order is not None
        sheet = Sheet(look, self.page, 520, escapable=False)
        sheet.add_title(order.title(), Glyph.PRINT)
        words = self.tr("It is made in a process of its own; you can stop it at any time.")
        sheet.body.addWidget(Label(look, words, 15, token="text_2", wrap=True))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(order.title())
        sheet.body.addWidget(self._bar)
        sheet.add_buttons((self.tr("Stop"), "plain", self.stop))
        sheet.again = self._show_progress
        self.show(sheet)
        self._progressed(*self._so_far)
        return sheet

    def _progressed(self, done: int, of: int) -> None:
        self._so_far = (done, of)
        if self._bar is not None:
            self._bar.setRange(0, of)
            self._bar.setValue(done)

    def _made(self, answer: object) -> None:
        order, self._order, self._job = self._order, None, None
        if order is not None:
            order.made(answer)

    def _failed(self, error: BaseException) -> None:
        order, self._order, self._job = self._order, None, None
        if order is None:
            return
        order.dropped()
        if isinstance(error, Explained):
            told = Problem(error.code, order.title(), *error.sentences(self.page.look.language))
        else:
            told = Problem(
                "report.failed", order.title(),
                self.tr("It could not be made ({0}).").format(type(error).__name__),
                self.tr("The study is untouched, and no file was written."),
                self.tr("Make it again. If it fails again, report the word in brackets."),
            )  # fmt: skip
        acts = [(self.tr("Make it again"), "primary", lambda: self.start(order))]
        self.show_problem(told, acts)

    # ---- cards

    def show_problem(self, told: Problem, acts: list[Any]) -> None:
        """A problem with a way back before the other ways out."""
        back: Any = (self.tr("Back to the results"), "plain", self.close)
        self.show(ProblemSheet(self.page.look, self.page, told, [back, *acts]))

    def show_card(self, title: str, words: str, hint: str, *acts: tuple[str, Kind, Callable[[], None]]) -> Sheet:
        """Something is done; what comes next."""
        look = self.page.look
        sheet = Sheet(look, self.page, 560)
        sheet.add_title(title, Glyph.COMPLETE)
        sheet.body.addWidget(Label(look, words, 15, wrap=True))
        if hint:
            sheet.body.addWidget(Label(look, hint, 13, token="text_2", wrap=True))
        sheet.add_buttons(*acts)
        self.show(sheet)
        return sheet

    def show_saved(self, place: str) -> Sheet:
        """It lies outside the study now."""
        sheet = self.show_card(
            self.tr("Saved"), place, self.tr("This is not encrypted: keep it as the protocol says."),
            (self.tr("Back to the results"), "primary", self.close),
        )  # fmt: skip
        sheet.again = lambda: self.show_saved(place)
        return sheet

    def show(self, sheet: Sheet) -> None:
        """Shows a card instead of the one before."""
        bar = self._bar if self._order is not None else None
        self.close()
        self.sheet, self._bar = sheet, bar
        stops = sheet.stops()
        sheet.open(stops[-1] if stops else None)

    def close(self) -> None:
        """Takes the card away."""
        sheet, self.sheet, self._bar = self.sheet, None, None
        if sheet is not None:
            sheet.close_sheet()
