"""The pages behind the lock and how they lead to one another; made when a study is first unlocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from crf_desktop.capture.problem import Closed
from crf_desktop.errors import Explained
from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.ui.banner import BannerWords
from crf_desktop.ui.form_page import FormPage
from crf_desktop.ui.look import Look
from crf_desktop.ui.matrix import OPEN
from crf_desktop.ui.page import Page
from crf_desktop.ui.participant_page import ParticipantPage
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.query_desk import QueryDesk
from crf_desktop.ui.query_page import QueryPage
from crf_desktop.ui.records_page import RecordsPage
from crf_desktop.ui.response_page import ResponsePage
from crf_desktop.ui.signing_documents import DocumentDesk
from crf_desktop.ui.signing_page import SigningPage
from crf_desktop.ui.study_page import StudyPage
from crf_desktop.ui.today_page import TodayPage
from crf_desktop.ui.verification_page import VerificationPage
from crf_desktop.ui.visit_dialogue import VisitDialogue
from crf_desktop.ui.worker import Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.model.query import Query
    from crf_desktop.ui.analysis_page import AnalysisPage
    from crf_desktop.ui.documents_choice import DocumentKind
    from crf_desktop.ui.documents_page import DocumentsPage
    from crf_desktop.ui.log_watch import LogWatch
    from crf_desktop.ui.people_page import PeoplePage


@frozen(slots=True)
class Where:
    """A place in the window: page, and whom and what it shows."""

    page: str = "today"
    subject: str = ""
    event: str = ""
    form: str = ""

    @property
    def place(self) -> str:
        """The place of the app bar that it belongs to."""
        if self.page in OF_ONE or (self.page == "documents" and self.subject):
            return "participants"
        return "study" if self.page in ("people", "documents") else self.page


OF_ONE = ("participant", "form", "records", "verify", "response")
"""Pages about one participant."""


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
        self.look, self.stack, self.workshop = look, stack, workshop
        self.study: Study | None = None
        self.where = Where()
        self._led_to_records: Where | None = None
        """The form that leads to records and was on the screen last; records lead back to it."""
        self.today, self.participant = TodayPage(look), ParticipantPage(look)
        self.form, self.signing = FormPage(look), SigningPage(look, workshop)
        self.records, self.about = RecordsPage(look), StudyPage(look)
        self.queries, self.verification = QueryPage(look), VerificationPage(look)
        self.response = ResponsePage(look, self.participant.response.reader)
        self.desk = QueryDesk(self.form, self.queries)
        self.documents = DocumentDesk(look, workshop, self.signing, self)
        self.pages: list[Page] = [
            self.today, self.participant, self.form, self.signing, self.records, self.about, self.queries,
            self.verification, self.response,
        ]  # fmt: skip
        self.people: PeoplePage | None = None
        self.papers: DocumentsPage | None = None
        self._led_to_documents = Where()
        """What was on the screen before them."""
        self.print_keys = QShortcut(QKeySequence("Ctrl+P"), stack, self.print_shown)
        self.log: LogWatch | None = None
        self.analysis: AnalysisPage | None = None
        """Made when it is first asked for: whoever enters data never waits for it."""
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
        participant.visit_asked.connect(self._continue)
        participant.act_asked.connect(self._about_visit)
        participant.records_asked.connect(self.open_records)
        participant.signing_asked.connect(lambda s: self.go(Where("signing", s)))
        participant.pdf_asked.connect(lambda s, _: self._show_documents(s))
        participant.response_asked.connect(lambda s: self.go(Where("response", s)))
        form.form_asked.connect(self.open_form)
        form.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        form.signing_asked.connect(lambda s: self.go(Where("signing", s)))
        form.written.connect(self._written)
        form.write_failed.connect(self.write_failed)
        form.banner_changed.connect(self._show_banner)
        form.records_asked.connect(self.open_records)
        self._connect_records()
        self._connect_queries()
        today.paper_asked.connect(lambda s, event: self.open_documents("blank", s, event))
        participant.document_asked.connect(self.open_documents)
        form.asking.print_asked.connect(lambda *at: self.open_documents(None, *at))
        self.about.documents_asked.connect(self.open_documents)
        self.about.written.connect(self._written)
        self.about.analysis_asked.connect(lambda: self.go(Where("analysis")))
        self.about.people_asked.connect(lambda: self.go(Where("people")))
        signing.form_asked.connect(self.open_form)
        signing.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        signing.today_asked.connect(lambda: self.go(Where("today")))
        signing.written.connect(self._written)
        signing.documents_asked.connect(self._show_documents)
        signing.enrolment_asked.connect(self._show_own_account)

    def _connect_records(self) -> None:
        records, response = self.records, self.response
        response.form_asked.connect(self.open_form)
        response.visit_asked.connect(self._continue)
        response.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        records.form_asked.connect(self.open_form)
        records.schedule_asked.connect(lambda s: self.go(Where("participant", s)))
        records.records_asked.connect(self.open_records)

    def _connect_queries(self) -> None:
        queries, verification = self.queries, self.verification
        queries.query_asked.connect(self.open_query)
        queries.participants_asked.connect(lambda: self.go(Where("participants")))
        self.desk.written.connect(self._written)
        self.today.queries_asked.connect(lambda: self.go(Where("queries")))
        self.form.asking.verification_asked.connect(lambda *at: self.go(Where("verify", *at)))
        verification.form_asked.connect(lambda *at: self.go(Where("form", *at)))
        verification.item_asked.connect(self._open_item)
        verification.written.connect(self._written)

    def _ensure_analysis(self) -> AnalysisPage:
        if self.analysis is None:
            from crf_desktop.ui.analysis_page import AnalysisPage  # few open it, and nobody waits for it before

            page = self.analysis = AnalysisPage(self.look)
            if self.log is not None:
                page.export.when_whole = page.table_export.when_whole = self.log.when_whole
            page.subject_asked.connect(lambda s: self.go(Where("response", s)))
            page.participants_asked.connect(lambda: self.go(Where("participants")))
            page.written.connect(self._written)
            self.pages.append(page)
            self.stack.addWidget(page)
        return self.analysis

    def _ensure_papers(self) -> DocumentsPage:
        if self.papers is None:
            from crf_desktop.ui.documents_page import DocumentsPage  # nobody waits for it before

            page = self.papers = DocumentsPage(self.look, self.workshop)
            if self.log is not None:
                page.when_whole = self.log.when_whole
            page.back_asked.connect(lambda: self.go(self._led_to_documents))
            page.turned.connect(self._turn_papers)
            page.written.connect(self._written)
            self.pages.append(page)
            self.stack.addWidget(page)
        return self.papers

    def _ensure_people(self) -> PeoplePage:
        if self.people is None:
            from crf_desktop.ui.people_page import PeoplePage  # few open it, and nobody waits for it before

            page = self.people = PeoplePage(self.look, self.workshop)
            if self.log is not None:
                page.acts.when_whole = self.log.when_whole
            page.study_asked.connect(lambda: self.go(Where("study")))
            page.written.connect(self._written)
            self.pages.append(page)
            self.stack.addWidget(page)
        return self.people

    def watch_log(self, log: LogWatch) -> None:
        """From here on signing and what leaves the study wait until the log is checked."""
        self.log, self.about.log = log, log
        self.signing.when_checked, self.signing.when_whole = log.when_checked, log.when_whole
        self.moved.connect(log.drop_waiting)
        log.stopped.connect(self._stop_writing)

    def _stop_writing(self) -> None:
        """Something was found in the log: every page turns to reading; what was typed stays in sight."""
        if self.study is not None:
            self.retranslate()

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
        self.documents.forget()
        self.study, self._led_to_documents = None, Where()
        self.banner_changed.emit(None)

    def end(self) -> None:
        """Takes the pages away (another text size)."""
        self.forget()
        for page in self.pages:
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.print_keys.deleteLater()
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
            case "records":
                led = self._led_to_records
                back = (led.event, led.form) if led is not None and led.subject == where.subject else None
                self.records.show_records(self.study, where.subject, where.form, back)
            case "study":
                self.about.show_study(self.study)
            case "queries":
                self.queries.show_study(self.study)
            case "people" | "analysis" | "documents":
                where = self._show_later(self.study, where)
            case "response":
                self.response.show_participant(self.study, where.subject)
            case "verify":
                self.verification.show_form(self.study, where.subject, where.event, where.form)
            case "signing":
                self.signing.show_study(self.study, where.subject)
                self.signing.name.setText("")
            case _:
                self.today.show_mode(where.page)
        self.where = where
        self._remember(where)
        page = self.page()
        self.stack.setCurrentWidget(page)
        self._show_banner()
        self.moved.emit(where)
        page.start()  # type: ignore[attr-defined]
        if where.page == "form" and self.form.entry is not None:
            self.entry_shown.emit(self.form.entry)

    def _show_later(self, study: Study, where: Where) -> Where:
        """Pages that are made when they are first asked for; the place as it then is."""
        if where.page == "people":
            self._ensure_people().show_study(study)
        elif where.page == "analysis":
            self._ensure_analysis().show_study(study)
        else:
            papers = self._ensure_papers()
            papers.show_study(study, where.subject)
            return Where("documents", *papers.of_whom())
        return where

    def _remember(self, where: Where) -> None:
        if where.page == "form" and self.form.entry is not None:
            self._led_to_records = where if self.form.entry.form.records else self._led_to_records
        elif where.page != "records":
            self._led_to_records = None

    def page(self) -> Page:
        """The page of the present place."""
        pages: dict[str, Page] = {
            "participant": self.participant, "form": self.form, "signing": self.signing, "records": self.records,
            "study": self.about, "queries": self.queries, "verify": self.verification, "response": self.response,
        }  # fmt: skip
        for name, made in (("analysis", self.analysis), ("people", self.people), ("documents", self.papers)):
            if made is not None:
                pages[name] = made
        return pages.get(self.where.page, self.today)

    def _show_banner(self) -> None:
        study, where = self.study, self.where
        if study is None or not where.subject or where.page not in (*OF_ONE, "documents"):
            self.banner_changed.emit(None)
            return
        event = where.event or (self.participant.current_event() if where.page != "documents" else "")
        if where.page == "response":
            event = self.response.event_shown()
        if where.page == "records" or (event and study.definition.event_at(event).type == "Common"):
            event = ""  # belongs to no visit
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
        self.verification.refresh()
        self.queries.refresh()
        self._show_banner()

    # ---- acts

    def open_documents(
        self, kind: DocumentKind | None = None, subject: str = "", event: str = "", form: str = ""
    ) -> None:
        """The documents, at one of them; without a kind at the one that fits."""
        if self.study is None or not self.may_move():
            return
        if self.where.page != "documents":
            self._led_to_documents = self.where
        self._ensure_papers().wish(kind, subject, event, form)
        self.go(Where("documents", subject, event, form))

    def print_shown(self) -> None:
        """Ctrl+P: the documents, at what is on the screen."""
        where = self.where
        if where.page == "people":
            self.open_documents("authorised")
        elif where.page == "documents" and self.papers is not None:
            self.papers.print_shown()
        else:
            self.open_documents(None, where.subject, where.event, where.form if where.page != "records" else "")

    def _turn_papers(self) -> None:
        """The document chosen is about somebody else."""
        if self.where.page == "documents" and self.papers is not None:
            self.where = Where("documents", *self.papers.of_whom())
            self._show_banner()
            self.moved.emit(self.where)

    def open_records(self, subject: str, form: str) -> None:
        """The records of a form that belongs to no visit."""
        self.go(Where("records", subject, form=form))

    def open_form(self, subject: str, event: str, form: str) -> None:
        """Opens a form; the first one of a visit asks its date."""
        study = self.study
        if study is None or not self.may_move():
            return
        dated = study.definition.event_at(event).type != "Common"
        if not dated or study.visit_date(subject, event) is not None or not study.may(Action.ENTER):
            self.go(Where("form", subject, event, form))
            return

        if why := study.planned(subject, event).closed:
            self.tell(Closed(event, why), self.tr("Starting the visit"))
            return

        def begun() -> None:
            self._written(subject, "")
            self.go(Where("form", subject, event, form))

        VisitDialogue(self.look, study, self.page(), subject, event).ask_date(begun)

    def open_query(self, query: Query) -> None:
        """The form at the item a query is about, with the query beside it; a query about no form where it is listed."""
        path = query.path
        if not path.form:
            self.desk.open_at(query)
            return
        self.go(Where("form", path.subject, path.event_address, path.form_address))
        self._show_query(path.item_address, query.name)

    def _open_item(self, item: str, asked: bool) -> None:
        """The form whose answers are verified, at one of them."""
        self.go(Where("form", self.where.subject, self.where.event, self.where.form))
        if asked:
            self._show_query(item, "")
        elif self.where.page == "form":
            self.form.body.focus_item(item)

    def _show_query(self, item: str, name: str) -> None:
        if self.where.page != "form":
            return
        if item:
            self.form.body.focus_item(item)
        self.desk.open(item, name)

    def _about_visit(self, subject: str, event: str, act: str) -> None:
        """What was chosen about a visit on the page of a participant: another date, missed."""
        study = self.study
        if study is None or not self.may_move():
            return

        def done() -> None:
            self._written(subject, "")
            self.go(Where("participant", subject))

        dialogue = VisitDialogue(self.look, study, self.page(), subject, event)
        if act == "miss":
            dialogue.ask_missed(done)
        else:
            dialogue.ask_date(done)

    def _continue(self, subject: str, event: str) -> None:
        if self.study is None:
            return
        forms = self.study.visit_forms(subject, event)
        optional = self.study.definition.event_at(event).optional
        left = [f.oid for f, s in forms if s in OPEN and (f.oid not in optional or s is FormState.IN_PROGRESS)]
        if forms:
            self.open_form(subject, event, next(iter(left), forms[0][0].oid))

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
        if self.analysis is not None:
            self.analysis.refresh()
        self.written.emit()
        if self.where.page == "form" and self.form.entry is not None:
            self.entry_shown.emit(self.form.entry)

    def _show_documents(self, subject: str, event: str = "") -> None:
        """The signed PDFs of a participant, or of one visit."""
        if self.study is not None:
            self.documents.open(self.study, self.page(), subject, event)

    def _show_own_account(self) -> None:
        """The account of who is in, from which the enrolment sheet is printed."""
        if self.study is not None:
            oid = self.study.session.person.user_oid
            self.go(Where("people"))
            self._ensure_people().show_account(oid)
