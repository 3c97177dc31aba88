"""In again by the recovery code, from the unlock window to the card that makes a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Explained
from crf_desktop.settings import Clock
from crf_desktop.ui.recovery_sheet import RecoverSheet

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.main_window import MainWindow

translate = QCoreApplication.translate


def recover_study(folder: Path, typed: list[str], user_name: str, password: str, clock: Clock) -> Study:
    """The study opened by the code; runs on a thread, like unlocking."""
    from crf_desktop.ui.behind import read_rest  # loads what stands behind the lock

    read_rest()
    from crf_desktop.capture.study import Study
    from crf_desktop.store.recovering import recover

    return Study(recover(folder, typed, user_name, password, clock), clock)


def ask(window: MainWindow) -> None:
    """The card on the unlock window."""
    label, folder, page = window.unlock.label, window.folder, window.unlock
    if label is None or folder is None:
        return
    kept = [(name, role) for name, role in label.users if role == "administrator"] or list(label.users)
    people = [(name, f"{page.role_words(role)} ({name})") for name, role in kept]

    def judge(user_name: str, typed: str) -> Any:
        from crf_desktop.store.password import judge as judged  # loads with the code that reads studies

        return judged(typed, (user_name, label.study_oid, label.site))

    def done(user_name: str, typed: list[str], password: str) -> None:
        window._run(
            recover_study, folder, typed, user_name, password, window.clock,
            done=lambda study: _opened(window, study, sheets[-1]),
            failed=lambda error: _failed(window, error, sheets[-1]),
        )  # fmt: skip

    sheets: list[RecoverSheet] = []

    def show() -> RecoverSheet:
        sheets.append(RecoverSheet(window.look, page, people, label.recovery == "shares", judge, done))
        sheets[-1].open(sheets[-1].lines[0])
        return sheets[-1]

    show().again = show


def _opened(window: MainWindow, study: Study, sheet: RecoverSheet) -> None:
    from crf_desktop.ui.places import Where  # loads with the pages

    sheet.close_sheet()
    window._opened(study)
    if window.places is not None and window.study is not None:
        window.places.go(Where("study"))
        window.places.about.keys.ask_recovery(used=True)


def _failed(window: MainWindow, error: BaseException, sheet: RecoverSheet) -> None:
    sheet.rest()
    if not isinstance(error, Explained):
        window.fault(error)
        return
    from crf_desktop.ui.problem_panel import Act, ProblemSheet, problem_of  # rarely needed

    told = problem_of(error, translate("RecoverSheet", "Opening by the recovery code"), window.look.language)
    act: Act = (translate("RecoverSheet", "Go back"), "primary", lambda: problem.close_sheet())
    problem = ProblemSheet(window.look, window.unlock, told, [act])
    problem.open(problem.first_button())
