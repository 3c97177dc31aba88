"""What is done about keys in the window: opens its cards, carries out their acts on a thread, saves the sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.key_card import KeyCard
from crf_desktop.ui.key_sheet import AgeSheet, EscrowSheet, KeySheet, OwnPasswordSheet, RotationSheet
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of
from crf_desktop.ui.recovery_sheet import KindSheet, ShowSheet, TypeBackSheet
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.worker import ThreadJob

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.report.recovery_sheet import Sheet as Paper
    from crf_desktop.store.recovery import Made
    from crf_desktop.ui.study_page import StudyPage


class KeyActs(QObject):
    """One card at a time; every act is asked of ``capture.keys``, which asks the right once more.

    The study is worked on by one thread at a time: while the act runs, its card lies above the page and stays.
    """

    changed = Signal()
    """Something was written."""
    password_changed = Signal()

    def __init__(self, page: StudyPage) -> None:
        super().__init__(page)
        self.page = page
        self.sheet: Sheet | None = None
        self._job: ThreadJob | None = None

    @property
    def busy(self) -> bool:
        """Whether an act is being carried out."""
        return self._job is not None and self._job.running

    def card(self, study: Study) -> KeyCard:
        """How the keys stand."""
        from crf_desktop.capture.keys import key_facts  # loads with the study

        card = KeyCard(self.page.look, study, key_facts(study))
        card.password_asked.connect(lambda: self.ask_password())
        card.recovery_asked.connect(lambda: self.ask_recovery())
        card.drill_asked.connect(lambda: self.ask_drill())
        card.rotation_asked.connect(self.ask_rotation)
        card.escrow_asked.connect(self.ask_escrow)
        card.age_asked.connect(self.ask_age)
        card.lift_asked.connect(self._lift)
        return card

    def forget(self) -> None:
        """The study is locked: what is under way is waited for, since a step more takes no longer than its repair."""
        if self._job is not None:
            self._job.cancel()
            self._job.join()
            self._job = None
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.close_sheet()

    # ---- cards

    def ask_password(self, due: str = "", host: QWidget | None = None) -> None:
        """One's own password; ``due``: why now."""
        from crf_desktop.capture import keys  # loads with the study

        study = self._study()

        def judge(typed: str) -> Any:
            return keys.judge_own(study, typed)

        def done(old: str, new: str) -> None:
            self._work(keys.change_password, old, new, during=self.tr("Change my password"), after=self._told_password)

        self._ask(lambda: OwnPasswordSheet(self.page.look, host or self.page, judge, done, due))

    def ask_rotation(self) -> None:
        """A new data key."""
        from crf_desktop.capture import keys  # loads with the study

        def done() -> None:
            self._work(
                keys.rotate, self._tell, during=self.tr("New data key"),
                after=lambda _: self._say(self.tr("The study has a new data key"), self.tr(
                    "All passwords and the recovery code open it. Backups made before keep the key of their time.")),
            )  # fmt: skip

        self._ask(lambda: RotationSheet(self.page.look, self.page, done))

    def ask_recovery(self, used: bool = False) -> None:
        """A new recovery code; ``used``: the last one let this person in."""
        from crf_desktop.capture import keys  # loads with the study

        def done(shares: bool) -> None:
            self._work(lambda study: keys.make_recovery(study, shares=shares), during=self.tr("New recovery code"),
                       after=self.show_code)  # fmt: skip

        self._ask(lambda: KindSheet(self.page.look, self.page, used, done))

    def show_code(self, made: Made) -> None:
        """The code, and what to do with it."""
        shares = bool(made.shares)

        def typed() -> None:
            self.ask_drill(shares, lambda: self.show_code(made))

        def make() -> Sheet:
            put, save = (lambda: self.print_sheet(made)), (lambda: self._save(made))
            return ShowSheet(self.page.look, self.page, made, put, save, typed)

        self._ask(make)

    def ask_drill(self, shares: bool | None = None, back: Callable[[], None] | None = None) -> None:
        """The code typed back; ``back``: to the code, while it can still be shown."""
        from crf_desktop.capture import keys  # loads with the study

        study = self._study()
        of_shares = study.store.parts.keys.of_kind("recovery")[-1].user_name == "shares" if shares is None else shares

        def done(typed: list[str]) -> None:
            self._work(
                keys.drill_recovery, typed, during=self.tr("Type it back"),
                after=lambda _: self._say(self.tr("The recovery code counts"), self.tr(
                    "It opened the study just now. Lock the paper away; the code before is worth nothing any more.")),
            )  # fmt: skip

        self._ask(lambda: TypeBackSheet(self.page.look, self.page, of_shares, done, back))

    def ask_escrow(self) -> None:
        """The sponsor's key."""
        from crf_desktop.capture import keys  # loads with the study

        holder = keys.key_facts(self._study()).escrow

        def done() -> None:
            self._work(
                keys.remove_escrow, during=self.tr("Sponsor’s key"),
                after=lambda _: self._say(self.tr("The sponsor’s key is taken away"), self.tr(
                    "It opens nothing that is written from now on.")),
            )  # fmt: skip

        self._ask(lambda: EscrowSheet(self.page.look, self.page, holder, done, self._choose_key))

    def _choose_key(self) -> None:
        sheet = self.sheet
        chosen, _ = QFileDialog.getOpenFileName(self.page, self.tr("Choose the public key file"), QDir.homePath())
        if chosen:
            self.take_key(Path(chosen))
        elif isinstance(sheet, KeySheet):
            sheet.rest()

    def take_key(self, path: Path) -> None:
        """Seals the data key to the key in a file."""
        from crf_desktop.capture import keys  # loads with the study
        from crf_desktop.exchange.escrow_key import read_escrow_key

        self._work(
            lambda study: keys.make_escrow(study, read_escrow_key(path)), during=self.tr("Sponsor’s key"),
            after=lambda label: self._say(self.tr("The sponsor’s key opens the data"), self.tr(
                "Compare it by telephone with its holder: {0}").format(label)),
        )  # fmt: skip

    def ask_age(self) -> None:
        """The rule for changing passwords."""
        from crf_desktop.capture import keys  # loads with the study

        days = keys.key_facts(self._study()).age.days

        def done(typed: str, reason: str) -> None:
            self._work(keys.set_password_age, typed, reason, during=self.tr("Rule for changing passwords"),
                       after=lambda _: self._close())  # fmt: skip

        self._ask(lambda: AgeSheet(self.page.look, self.page, days, done))

    def _lift(self, slot: int) -> None:
        from crf_desktop.capture import keys  # loads with the study

        self._work(keys.lift_block, slot, during=self.tr("Lift the block"), after=lambda _: self._close())

    # ---- how it is done

    def _study(self) -> Study:
        assert self.page.study is not None
        return self.page.study

    def _tell(self, done: int, of: int) -> None:
        """Called on the thread that works."""
        if self._job is not None:
            self._job.progressed.emit(done, of)

    def _work(
        self, function: Callable[..., Any], *arguments: Any, during: str, after: Callable[[Any], None]
    ) -> None:
        if self.busy:
            return
        job = self._job = ThreadJob(function, self._study(), *arguments, parent=self)
        job.progressed.connect(self._progressed)
        job.done.connect(lambda answer: self._done(answer, after))
        job.failed.connect(lambda error: self._failed(error, during))
        job.start()

    def _progressed(self, done: int, of: int) -> None:
        if isinstance(self.sheet, KeySheet):
            self.sheet.show_progress(done, of)

    def _done(self, answer: Any, after: Callable[[Any], None]) -> None:
        self._job = None
        after(answer)
        self.changed.emit()

    def _failed(self, error: BaseException, during: str) -> None:
        self._job = None
        asked = self.sheet
        if isinstance(asked, KeySheet):
            asked.rest()
        if not isinstance(error, Explained):
            raise error
        told = problem_of(error, during, self.page.look.language)
        act: Act = (self.tr("Go back"), "primary", lambda: sheet.close_sheet())
        sheet = ProblemSheet(self.page.look, self.page, told, [act])
        sheet.open(sheet.first_button())

    def _ask(self, make: Callable[[], Sheet]) -> None:
        def show() -> Sheet:
            self._close()
            sheet = self.sheet = make()
            sheet.closed.connect(lambda: self._closed(sheet))
            sheet.open()
            return sheet

        show().again = show

    def _closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None

    def _close(self) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()

    def _told_password(self, _: object) -> None:
        self.password_changed.emit()
        self._say(self.tr("The password is changed"), self.tr("It holds from the next unlocking and for signing."))

    def _say(self, title: str, words: str, note: str = "") -> None:
        def make() -> Sheet:
            sheet = Sheet(self.page.look, self.page, 560)
            sheet.add_title(title, Glyph.COMPLETE)
            sheet.body.addWidget(Label(self.page.look, words, 15, wrap=True))
            if note:
                sheet.body.addWidget(Note(self.page.look, note))
            sheet.add_buttons((self.tr("Back to the study"), "primary", sheet.close_sheet))
            return sheet

        self._ask(make)

    # ---- the sheet on paper

    def _save(self, made: Made) -> None:
        offered = str(Path(QDir.homePath()) / "recovery-code.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self.page, self.tr("Save the sheet"), offered, "PDF (*.pdf)")
        if chosen:
            self.write_sheet(made, Path(chosen))

    def write_sheet(self, made: Made, target: Path) -> None:
        """Makes the PDF and writes it; the card with the code stays."""
        from crf_desktop.capture.filing import whole_file  # loads with the study
        from crf_desktop.report.recovery_sheet import recovery_pdf  # few make one, and it takes a blink

        try:
            with whole_file(target) as file:
                file.write(recovery_pdf(self._paper(made), self.page.look.language))
        except Explained as problem:
            self._failed(problem, self.tr("Save the sheet"))

    def print_sheet(self, made: Made) -> None:
        """Straight to a printer; the card with the code stays."""
        from crf_desktop.ui.recovery_print import print_sheet  # few print, and it reads Qt's printing

        try:
            print_sheet(self.page, self._paper(made), self.page.look.language)
        except Explained as problem:
            self._failed(problem, self.tr("Print the sheet"))

    def _paper(self, made: Made) -> Paper:
        from crf_desktop.report.recovery_sheet import Sheet as Paper  # loads what writes on paper

        study = self._study()
        when = study.clock.now().isoformat(timespec="seconds")
        lines = made.shares or (made.code,)
        return Paper(study.store.study_oid, study.store.site, study.store.origin, made.slot, when, lines)
