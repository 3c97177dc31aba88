"""The pages behind the lock and how they lead to one another; made when a study is first unlocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action
from crf_desktop.ui.banner import BannerWords
from crf_desktop.ui.form_page import FormPage
from crf_desktop.ui.form_sheets import VisitSheet
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Page
from crf_desktop.ui.participant_page import ParticipantPage
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.signing_page import SigningPage
from crf_desktop.ui.signing_work import ask_copy
from crf_desktop.ui.today_page import TodayPage
from crf_desktop.ui.worker import Workshop
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


@frozen(slots=True)
class Where:
    """A place in the window: page, and whom and what it shows."""

    page: str = "today"
    subject: str = ""
    event: str = ""
    form: str = ""


class Places(QObject):
    """Owns the pages of one unlocked study."""

    moved = Signal(object)
    """(Where)"""
    banner_changed = Signal(object)
    """(BannerWords or None)"""
    written = Signal()
    write_failed = Signal()
    entry_shown = Signal(object)
    """(FormEntry) is on the screen, or was written to."""

    def __init__(self, look: Look, stack: QStackedWidget, workshop: Workshop) -> None:
        super().__init__(stack)
        self.look, self.stack = look, stack
        self.study: Study | None = None
        self.where = Where()
        self.today, self.participant = TodayPage(look), ParticipantPage(look)
        self.form, self.signing = FormPage(look), SigningPage(look, workshop)
        self.pages: tuple[Page, ...] = (self.today, self.participant, self.form, self.signing)
        for page in self.pages:
            stack.addWidget(page)
        self._connect()

    def _connect(self) -> None:
        today, participant, form, signing = self.today, self.participant, self.form, self.signing
        today.participant_asked.connect(lambda s: self.go(Where("participant", s)))
        today.visit_asked.connect(self._continue)
        today.signing_asked.connect(lambda: self.go(Where("signing")))
        today.form_asked.connect(self.open_form)
        today.enrol_asked.connect(self.enrol)
        participant.form_asked.connect(self.open_form)
        participant.signing_asked.connect(lambda s: self.go(Where("signing", s)))
        participant.pdf_asked.connect(self._copy_pdf)
        form.form_asked.connect(self.open_form)
        form.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        form.signing_asked.connect(lambda s: self.go(Where("signing", s)))
        form.written.connect(self._written)
        form.write_failed.connect(self.write_failed)
        form.banner_changed.connect(self._show_banner)
        signing.form_asked.connect(self.open_form)
        signing.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        signing.today_asked.connect(lambda: self.go(Where("today")))
        signing.written.connect(self._written)

    # ---- a study comes and goes

    def show_study(self, study: Study, where: Where) -> None:
        """Shows a study just unlocked, at the place it was left or at today."""
        self.study = study
        self.today.show_study(study)
        self.where = Where("none")
        self.go(where if not where.subject or where.subject in study.subjects() else Where())

    def forget(self) -> None:
        """Empties every page."""
        for page in self.pages:
            page.forget()  # type: ignore[attr-defined]
        self.study = None
        self.banner_changed.emit(None)

    def end(self) -> None:
        """Takes the pages away (another text size)."""
        self.forget()
        for page in self.pages:
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.deleteLater()

    # ---- moving

    def may_move(self) -> bool:
        """Commits what waits on a form; False while a question about it stands open."""
        if self.where.page == "form":
            self.form.leave()
            return not self.form.dialogue.asks()
        return not self.signing.work.busy()

    def go(self, where: Where) -> None:
        """Shows a place."""
        if self.study is None or not self.may_move():
            return
        self.form.dialogue.close_all()
        match where.page:
            case "participant":
                self.participant.show_participant(self.study, where.subject)
            case "form":
                self.form.show_form(self.study, where.subject, where.event, where.form)
            case "signing":
                self.signing.show_study(self.study, where.subject)
                self.signing.name.setText("")
            case _:
                self.today.show_mode(where.page)
        self.where = where
        page = self.page()
        self.stack.setCurrentWidget(page)
        self._show_banner()
        self.moved.emit(where)
        page.start()  # type: ignore[attr-defined]
        if where.page == "form" and self.form.entry is not None:
            self.entry_shown.emit(self.form.entry)

    def page(self) -> Page:
        """The page of the present place."""
        return {"participant": self.participant, "form": self.form, "signing": self.signing}.get(
            self.where.page, self.today
        )

    def _show_banner(self) -> None:
        study, where = self.study, self.where
        if study is None or where.page not in ("participant", "form"):
            self.banner_changed.emit(None)
            return
        event = where.event or self.participant.current_event()
        view, language = study.banner(where.subject, event), self.look.language
        sex = view.sex.in_(language) if view.sex else None
        title = view.event.title.in_(language) if view.event else ""
        short = view.event.short_title.in_(language) if view.event else ""
        self.banner_changed.emit(
            BannerWords(where.subject, sex, view.age_years, title, short, view.visit_date, view.study_day)
        )

    def retranslate(self) -> None:
        """Every page into the language in force."""
        if self.study is None:
            return
        for page in self.pages:
            page.retranslate()
        self.form.refresh()
        if self.where.page == "participant":
            self.participant.show_participant(self.study, self.where.subject)
        self._show_banner()

    # ---- acts

    def open_form(self, subject: str, event: str, form: str) -> None:
        """Opens a form; the first one of a visit asks its date."""
        study = self.study
        if study is None or not self.may_move():
            return
        if study.visit_date(subject, event) is not None or not study.may(Action.ENTER):
            self.go(Where("form", subject, event, form))
            return

        def start(typed: str) -> str:
            try:
                study.start_event(subject, event, typed)
            except Explained as problem:
                happened, _, todo = problem.sentences(self.look.language)
                return f"{happened} {todo}".strip()
            self._written(subject, "")
            self.go(Where("form", subject, event, form))
            return ""

        def ask() -> VisitSheet:
            title = f"{subject} · {study.definition.event[event].title.in_(self.look.language)}"
            sheet = VisitSheet(self.look, self.page(), title, self._today, start, lambda: None)
            sheet.open(sheet.date)
            return sheet

        ask().again = ask

    def _today(self) -> str:
        assert self.study is not None
        return figure.day(self.study.today(), self.look.language).replace(figure.NBSP, " ")

    def _continue(self, subject: str, event: str) -> None:
        if self.study is None:
            return
        forms = self.study.visit_forms(subject, event)
        target = next((f.oid for f, s in forms if s.value in ("due", "in_progress", "planned")), forms[0][0].oid)
        self.open_form(subject, event, target)

    def enrol(self) -> None:
        """A new participant; opens at once."""
        assert self.study is not None
        try:
            subject = self.study.enrol()
        except Explained as problem:
            self.tell(problem, self.tr("New participant"))
            return
        self._written(subject, "")
        self.go(Where("participant", subject))

    def tell(self, problem: Explained, during: str) -> None:
        """A problem that is about no field."""

        def show() -> ProblemSheet:
            told = problem_of(problem, during, self.look.language)
            act: Act = (self.tr("Go back"), "primary", lambda: sheet.close_sheet())
            sheet = ProblemSheet(self.look, self.page(), told, [act])
            sheet.open(sheet.first_button())
            return sheet

        show().again = show

    def _written(self, subject: str, _recorded: str) -> None:
        self.today.refresh(subject)
        self.written.emit()
        if self.where.page == "form" and self.form.entry is not None:
            self.entry_shown.emit(self.form.entry)

    def _copy_pdf(self, subject: str, event: str) -> None:
        from crf_desktop.capture.signing import filed_pdfs

        assert self.study is not None
        self.signing.study = self.study
        rows = filed_pdfs(self.study, subject, event)
        ask_copy(self.signing, rows[-1].datum.value or "", self.study.definition.event[event].abbreviation.en)
