"""From the unlock window, or from a finding, to a study made of a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from crf_desktop.errors import Explained
from crf_desktop.settings import Clock
from crf_desktop.ui.restore_sheet import RestoreByCodeSheet, RestoreSheet, free_folder
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.store.restoring import BackupContents
    from crf_desktop.ui.main_window import MainWindow
    from crf_desktop.ui.worker import ThreadJob

translate = QCoreApplication.translate
SUFFIX = ".crfbackup"
Tell = Callable[[int, int], None]


def look_into(file: Path) -> BackupContents:
    """What the file says of itself; runs on a thread, since every byte of it is read."""
    from crf_desktop.store.restoring import look_into as look  # loads the store

    return look(file)


def restore_study(
    file: Path, folder: Path, user_name: str, password: str, clock: Clock, tell: Tell | None = None
) -> Study:  # fmt: skip
    """The study made and opened by a password; runs on a thread, like unlocking."""
    from crf_desktop.ui.behind import read_rest  # loads what stands behind the lock

    read_rest()
    from crf_desktop.capture.study import Study
    from crf_desktop.store.restoring import restore

    return Study(restore(file, folder, user_name, password, clock, tell), clock)


def restore_by_code(
    file: Path, folder: Path, user_name: str, typed: list[str], password: str, clock: Clock, tell: Tell | None = None
) -> Study:
    """The same by the recovery code."""
    from crf_desktop.ui.behind import read_rest  # see above

    read_rest()
    from crf_desktop.capture.study import Study
    from crf_desktop.store.restoring import restore_by_code as restore

    return Study(restore(file, folder, typed, user_name, password, clock, tell), clock)


class Restoring:
    """One restoring: which file, which card, what became of it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.file = Path()
        self.sheet: Any = None
        self.job: ThreadJob | None = None

    def choose(self) -> None:
        """Asks for the file, beginning where the study keeps its own."""
        own = self.window.folder / "backup" if self.window.folder is not None else Path.home()
        chosen, _ = QFileDialog.getOpenFileName(
            self.window, translate("RestoreSheet", "Choose a backup"), str(own if own.is_dir() else Path.home()),
            translate("RestoreSheet", "Backups") + f" (*{SUFFIX})",
        )  # fmt: skip
        if chosen:
            self.look_at(Path(chosen))

    def offer(self, folder: Path) -> None:
        """The newest backup a study keeps itself, or the question which."""
        from crf_desktop.store.backup_keeping import newest  # loads the store

        file = newest(folder)
        if file is not None:
            self.look_at(file)
        else:
            self.choose()

    def look_at(self, file: Path) -> None:
        """Reads a file and shows the card."""
        self.file = file
        self.window.unlock.show_busy(True, translate("RestoreSheet", "Reading the backup …"))
        # Lambdas hold this object, as long as something is under way; a bound method would not.
        self.window._run(
            look_into, file, done=lambda told: self._ask(told), failed=lambda error: self._unreadable(error)
        )

    def _ask(self, told: BackupContents) -> None:
        window, page = self.window, self.window.unlock
        page.show_busy(False)
        parent = window.folder.parent if window.folder is not None else Path.home()
        folder = free_folder(parent, f"{self.file.stem.rpartition('-')[0] or 'study'}-restored.crf")

        def people(only: str = "") -> list[tuple[str, str]]:
            found = [(name, role) for name, role in told.users if only in ("", role)]
            named = [(name, page.role_words(role), role) for name, role in found]
            return [(name, words if name == role else f"{words} ({name})") for name, words, role in named]

        def by_password() -> Sheet:
            sheet = RestoreSheet(window.look, page, told, people(), folder, self._restore, lambda: show(by_code))
            self.sheet = sheet
            sheet.open(sheet.password)
            return sheet

        def judge(user_name: str, typed: str) -> Any:
            from crf_desktop.store.password import judge as judged  # loads with the code that reads studies

            return judged(typed, (user_name, told.study_oid, told.site))

        def by_code() -> Sheet:
            kept = people("administrator") or people()
            sheet = RestoreByCodeSheet(window.look, page, told, kept, folder, self._restore_by_code, judge)
            self.sheet = sheet
            sheet.open(sheet.lines[0])
            return sheet

        def show(make: Any) -> None:
            if self.sheet is not None:
                self.sheet.close_sheet()
            make().again = make

        show(by_password)

    def _restore(self, folder: Path, user_name: str, password: str) -> None:
        self._work(
            restore_study, self.file, folder, user_name, password, self.window.clock, self._tell,
            done=lambda study: self._opened(study, folder), failed=lambda error: self._failed(error),
        )  # fmt: skip

    def _restore_by_code(self, folder: Path, user_name: str, typed: list[str], password: str) -> None:
        self._work(
            restore_by_code, self.file, folder, user_name, typed, password, self.window.clock, self._tell,
            done=lambda study: self._opened(study, folder, used=True), failed=lambda error: self._failed(error),
        )  # fmt: skip

    def _work(self, function: Callable[..., Study], *arguments: Any, done: Any, failed: Any) -> None:
        self.job = self.window._run(function, *arguments, done=done, failed=failed)
        self.job.progressed.connect(lambda at, of: self._progressed(at, of))

    def _tell(self, done: int, of: int) -> None:
        """Called on the thread that works."""
        if self.job is not None:
            self.job.progressed.emit(done, of)

    def _progressed(self, done: int, of: int) -> None:
        if self.sheet is not None and self.sheet.busy:
            self.sheet.show_progress(done, of)

    def _opened(self, study: Study, folder: Path, *, used: bool = False) -> None:
        """``used``: by the recovery code, which is replaced at once."""
        from crf_desktop.ui.places import Where  # loads with the pages

        self.sheet.close_sheet()
        window = self.window
        window.show_folder(folder)
        window._opened(study)
        if window.places is not None and window.study is not None:
            window.places.go(Where("study"))
            if used:
                window.places.about.keys.ask_recovery(used=True)

    def _failed(self, error: BaseException) -> None:
        self.sheet.rest()
        self._problem(error, translate("RestoreSheet", "Restoring"))

    def _unreadable(self, error: BaseException) -> None:
        self.window.unlock.show_busy(False)
        self._problem(error, translate("RestoreSheet", "Reading the backup"))

    def _problem(self, error: BaseException, during: str) -> None:
        if not isinstance(error, Explained):
            self.window.fault(error)
            return
        from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of  # rarely needed

        def show() -> ProblemSheet:
            told = problem_of(error, during, self.window.look.language)
            act: Act = (translate("RestoreSheet", "Go back"), "primary", lambda: problem.close_sheet())
            problem = ProblemSheet(self.window.look, self.window.unlock, told, [act])
            problem.open(problem.first_button())
            return problem

        show().again = show

