"""Enrolment of a signer in the window: says how a person was identified, and saves the sheet for paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.access import Action, may
from crf_desktop.ui import pdf_work
from crf_desktop.ui.label import Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.people_sheet import AccountSheet
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised
    from crf_desktop.ui.people_page import PeoplePage


class IdentifySheet(AccountSheet):
    """How a person was identified, where nobody said so when the account was made."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, done: Callable[[str, str], None]) -> None:
        self._one, self._done = one, done
        super().__init__(
            look, host, self.tr("Record the identity check"), one.person.full_name,
            self.tr(
                "You have seen the person and a document, or know the person. It is recorded under your name and "
                "printed on the enrolment sheet."
            ),
            self.tr("Record it"),
        )  # fmt: skip

    def _add_fields(self) -> None:
        self.identity = self.add_text(self.tr("How you identified the person (staff card, known in person …)"))
        self.identity.setText(self._one.identity)
        note = self.tr("Which kind of document it was; never its number.")
        self.fields.addWidget(Note(self.look, note))

    def complete(self) -> bool:
        """Whether it was said."""
        return bool(self.identity.text().strip())

    def act(self, reason: str) -> None:
        """Records it."""
        self._done(self.identity.text(), reason)


class EnrolmentDesk(QObject):
    """What the card of a person offers about enrolment."""

    def __init__(self, page: PeoplePage, workshop: Workshop) -> None:
        super().__init__(page)
        self.page, self.workshop = page, workshop
        self._job: Job | None = None

    def acts_about(self, one: Authorised) -> list[tuple[str, Callable[[], None]]]:
        """Buttons of the card."""
        study, acts = self.page.study, []
        signs = may(one.person.role, Action.SIGN) or any(key.accepted for key in one.keys)
        if study is None or one.state == "closed" or not signs:
            return []
        own = study.session.person.user_oid == one.person.user_oid
        if self.page.may() and not one.identity and not own:
            acts.append((self.tr("Record identity check"), lambda: self.ask_identity(one)))
        if study.may(Action.EXPORT) and one.keys:
            acts.append((self.tr("Enrolment sheet"), lambda: self.save(one)))
        return acts

    def ask_identity(self, one: Authorised) -> None:
        """How the person was identified."""
        from crf_desktop.capture.enrolment import identify  # loads with the study

        page, oid = self.page, one.person.user_oid

        def done(identity: str, reason: str) -> None:
            act = lambda study: identify(study, oid, identity, reason)  # noqa: E731
            page.acts._do(act, self.tr("Record the identity check"), lambda _: page.show_account(oid))

        page.acts._ask(lambda: IdentifySheet(page.look, page, one, done))

    # ---- the sheet on paper

    def save(self, one: Authorised) -> None:
        """Once the log is checked: asks where, makes the PDF in the process, records the export, writes the file."""
        self.page.acts.when_whole(lambda: self._choose(one), lambda: self.tr("Save the enrolment sheet"))

    def _choose(self, one: Authorised) -> None:
        offered = str(Path(QDir.homePath()) / f"enrolment-{one.person.user_oid}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self.page, self.tr("Save the enrolment sheet"), offered, "PDF (*.pdf)"
        )
        if chosen:
            self.make(one, Path(chosen))

    def make(self, one: Authorised, target: Path) -> None:
        """The sheet, into a file."""
        from crf_desktop.capture.enrolment import enrolment  # loads with the study

        page = self.page
        if page.study is None:
            return
        found = enrolment(page.study, one.person.user_oid)
        self._job = self.workshop.start(pdf_work.make_enrolment, found, page.look.language, parent=self)
        self._job.done.connect(lambda pdf: self._write(target, pdf, one.person.user_oid))
        self._job.failed.connect(page.acts._failed)

    def _write(self, target: Path, pdf: bytes, user_oid: str) -> None:
        from crf_desktop.capture.exporting import record_export  # loads with the study
        from crf_desktop.capture.filing import whole_file

        page, self._job = self.page, None
        if page.study is None:
            return
        try:
            with whole_file(target) as file:
                file.write(pdf)
                record_export(page.study, "enrolment", pdf, user_oid=user_oid)
        except Explained as problem:
            page.show_problem(problem, self.tr("Save the enrolment sheet"))
            return
        page.done()
        page.acts._show_saved(str(target))
