"""What the page of authorised persons does: opens its cards, carries out their acts, saves the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import pdf_work
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.people_elsewhere import AdmitSheet, LetInSheet
from crf_desktop.ui.people_sheet import AccountSheet, AddSheet, CloseSheet, PersonSheet, ResetSheet, RoleSheet
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.signing_enrolment import EnrolmentDesk
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.people_page import PeoplePage


class PeopleActs(QObject):
    """One card at a time; every act is asked of ``capture.people``, which asks the right once more."""

    def __init__(self, page: PeoplePage, workshop: Workshop) -> None:
        super().__init__(page)
        self.page, self.workshop = page, workshop
        self.enrolment = EnrolmentDesk(page, workshop)
        self._job: Job | None = None
        self.when_whole: Callable[[Callable[[], None], Callable[[], str]], None] = lambda go, what: go()
        """Does something once the whole log is checked."""

    def forget(self) -> None:
        """The study is locked."""
        self._job = None
        if self.page.sheet is not None:
            self.page.sheet.close_sheet()

    # ---- cards

    def show_person(self, one: Authorised) -> None:
        """What is known of a person, and what can be done about the account."""

        def show() -> PersonSheet:
            sheet = PersonSheet(self.page.look, self.page, one, self._acts_about(one))
            self.page.open(sheet, sheet.buttons[0])
            return sheet

        show().again = show

    def _acts_about(self, one: Authorised) -> list[tuple[str, Callable[[], None]]]:
        page, study = self.page, self.page.study
        own = study is not None and study.session.person.user_oid == one.person.user_oid
        if study is None or page.on is not None:
            return []
        acts = self.enrolment.acts_about(one)
        return [*acts, *(() if own else self._acts_of_administrator(one, study))]

    def _acts_of_administrator(self, one: Authorised, study: Study) -> list[tuple[str, Callable[[], None]]]:
        page = self.page
        if not page.may():
            return [(self.tr("Let in on this laptop"), lambda: self.ask_let_in(one))] if page.may_let_in(one) else []
        if one.state == "closed":
            elsewhere = any(key.origin != study.store.origin for key in one.keys)
            admit = (self.tr("Take entries from another laptop"), lambda: self.ask_admit(one))
            left = (self.tr("Close what is left here"), lambda: self.ask_close(one))
            return [admit] * elsewhere + [left] * one.opens_here
        acts = [(self.tr("Close account"), lambda: self.ask_close(one))]
        if one.person.role != "administrator":
            acts.append((self.tr("Change role"), lambda: self.ask_role(one)))
        acts.append((self.tr("New password and keys"), lambda: self.ask_reset(one)))
        return acts

    def ask_add(self) -> None:
        """A new person."""
        from crf_desktop.capture import people  # loads with the study
        from crf_desktop.store import NewPerson

        def done(user: str, full_name: str, role: str, password: str, reason: str, identity: str) -> None:
            new = NewPerson(user, full_name, role, password)
            act = lambda study: people.add_person(study, new, reason, identity)  # noqa: E731
            self._do(act, self.tr("Add a person"), lambda _: None)

        self._ask(lambda: AddSheet(self.page.look, self.page, done))

    def ask_role(self, one: Authorised) -> None:
        """Another role."""
        from crf_desktop.capture import people  # loads with the study

        oid = one.person.user_oid

        def done(role: str, reason: str) -> None:
            act = lambda study: people.change_role(study, oid, role, reason)  # noqa: E731
            self._do(act, self.tr("Change role"), lambda _: None)

        self._ask(lambda: RoleSheet(self.page.look, self.page, one, done))

    def ask_reset(self, one: Authorised) -> None:
        """Another password, and keys."""
        from crf_desktop.capture import people  # loads with the study

        oid = one.person.user_oid

        def done(password: str, reason: str, identity: str) -> None:
            act = lambda study: people.reset_person(study, oid, password, reason, identity)  # noqa: E731
            self._do(act, self.tr("New password and keys"), self._tell_key)

        self._ask(lambda: ResetSheet(self.page.look, self.page, one, done))

    def ask_let_in(self, one: Authorised) -> None:
        """A password on this laptop, which has no authority."""
        from crf_desktop.capture import people  # loads with the study

        study, oid = self.page.study, one.person.user_oid
        if study is not None and study.session.trust != "certified":
            self.page.show_problem(Refused("people.not_countersigned"), self.tr("Let in on this laptop"))
            return

        def done(password: str, reason: str, identity: str) -> None:
            act = lambda study: people.let_in(study, oid, password, reason, identity)  # noqa: E731
            self._do(act, self.tr("Let in on this laptop"), lambda _: None)

        self._ask(lambda: LetInSheet(self.page.look, self.page, one, done))

    def ask_admit(self, one: Authorised) -> None:
        """Entries of a closed account, from another laptop."""
        from crf_desktop.capture import people  # loads with the study

        oid, study = one.person.user_oid, self.page.study
        own = study.store.origin if study is not None else ""

        def done(origin: str, seq: int, reason: str) -> None:
            act = lambda study: people.admit_rows(study, oid, origin, seq, reason)  # noqa: E731
            self._do(act, self.tr("Take entries from another laptop"), lambda _: None)

        self._ask(lambda: AdmitSheet(self.page.look, self.page, one, own, done))

    def ask_close(self, one: Authorised) -> None:
        """The end of an account."""
        from crf_desktop.capture import people  # loads with the study

        oid = one.person.user_oid

        def done(reason: str) -> None:
            act = lambda study: people.close_account(study, oid, reason)  # noqa: E731
            self._do(act, self.tr("Close account"), self._tell_key)

        self._ask(lambda: CloseSheet(self.page.look, self.page, one, done))

    def _ask(self, make: Callable[[], AccountSheet]) -> None:
        def show() -> AccountSheet:
            sheet = make()
            self.page.open(sheet)
            return sheet

        show().again = show

    def _do(self, act: Callable[[Any], Any], during: str, told: Callable[[Any], None]) -> None:
        """Carries out what a card asked for; a refusal leaves the card with what was typed."""
        study, asked = self.page.study, self.page.sheet
        if study is None:
            return
        try:
            answer = act(study)
        except Explained as problem:
            self._refused(problem, during, asked)
            return
        if asked is not None:
            asked.close_sheet()
        self.page.done()
        told(answer)

    def _refused(self, problem: Explained, during: str, asked: Sheet | None) -> None:
        if isinstance(asked, AccountSheet):
            asked.rest()
            self.page.sheet = None  # stays open under the words that say why
        self.page.show_problem(problem, during)
        if self.page.sheet is not None and asked is not None:
            self.page.sheet.closed.connect(lambda: self._back_to(asked))

    def _back_to(self, asked: Sheet) -> None:
        self.page.sheet = asked

    def _tell_key(self, problem: EnvironmentProblem | None) -> None:
        """Says when the data key could not be changed."""
        if problem is not None:
            self.page.show_problem(problem, self.tr("New data key"))

    # ---- the list on paper

    def may_save(self) -> bool:
        """Whether the list may leave the study."""
        from crf_desktop.model.access import Action

        return self.page.study is not None and self.page.study.may(Action.EXPORT)

    def save_list(self) -> None:
        """Once the log is checked: asks where, makes the PDF in the process, records the export, writes the file."""
        self.when_whole(self._save_list, lambda: self.tr("Save the list"))

    def _save_list(self) -> None:
        page = self.page
        if page.roster is None:
            return
        day = page.roster.on or page.roster.made[:10]
        offered = str(Path(QDir.homePath()) / f"authorised-persons-{day}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(page, self.tr("Save the list"), offered, "PDF (*.pdf)")
        if chosen:
            self.make_list(Path(chosen))

    def make_list(self, target: Path) -> None:
        """The list as it is shown, into a file."""
        self._job = self.workshop.start(pdf_work.make_list, self.page.roster, self.page.look.language, parent=self)
        self._job.done.connect(lambda pdf: self._write(target, pdf))
        self._job.failed.connect(self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Explained):
            self.page.show_problem(error, self.tr("Save the list"))
        else:
            raise error

    def _write(self, target: Path, pdf: bytes) -> None:
        from crf_desktop.capture.exporting import record_export  # loads with the study
        from crf_desktop.capture.filing import whole_file

        page, self._job = self.page, None
        if page.study is None or page.roster is None:
            return
        try:
            with whole_file(target) as file:
                file.write(pdf)
                record_export(page.study, "authorised_persons", pdf, on=page.roster.on)
        except Explained as problem:
            page.show_problem(problem, self.tr("Save the list"))
            return
        page.done()
        self._show_saved(str(target))

    def _show_saved(self, place: str) -> Sheet:
        look = self.page.look
        sheet = Sheet(look, self.page, 560)
        sheet.add_title(self.tr("Saved"), Glyph.COMPLETE)
        sheet.body.addWidget(Label(look, place, 15, wrap=True))
        words = self.tr("It names people and is not encrypted: keep it as the protocol says.")
        sheet.body.addWidget(Note(look, words))
        buttons = sheet.add_buttons((self.tr("Back to the list"), "primary", sheet.close_sheet))
        sheet.again = lambda: self._show_saved(place)
        self.page.open(sheet, buttons[-1])
        return sheet
