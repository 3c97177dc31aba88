"""What stands behind the lock: read from disk while the password is typed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.settings import Clock

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

HANDED_OVER_S = 30.0
"""How long a process that closes the study is waited for: it may still be making a copy."""
LATER = (
    "crf_desktop.store",
    "crf_desktop.capture.signing",
    "crf_desktop.wording.problem_store",
    "crf_desktop.ui.places",
    "crf_desktop.ui.place_kept",
    "crf_desktop.ui.problem_panel",
    "crf_desktop.ui.find_panel",
    "crf_desktop.ui.analysis_page",
    "crf_desktop.ui.controls.level_table",
    "crf_desktop.ui.controls.grade_grid",
    "crf_desktop.ui.controls.timed",
    "crf_desktop.ui.controls.scale_rows",
    "crf_desktop.ui.controls.visual_analogue",
    "crf_desktop.ui.controls.field_card",
    "crf_desktop.ui.controls.choice",
    "crf_desktop.ui.controls.choice_rows",
    "crf_desktop.ui.controls.derived_card",
    "crf_desktop.ui.controls.repeat_table",
    "crf_desktop.ui.controls.joint_figure",
    "crf_desktop.ui.controls.aside",
)
"""What is read from disk while the password is typed."""


def read_rest() -> None:
    """Imports everything behind the lock."""
    import importlib  # on the thread that uses it

    for name in LATER:
        importlib.import_module(name)
    from crf_desktop.wording import problem  # on the thread that uses it

    problem("store.io", "en", {})  # the sentences of failures, for which fields keep room


def read_label(folder: Path) -> Any:
    """The label of a study folder (store.StudyLabel)."""
    from crf_desktop.store import peek  # runs on a thread after the window stands

    return peek(folder)


def open_study(folder: Path, user_name: str, password: str, clock: Clock, holder: int = 0) -> Study:
    """The study unlocked; Argon2id takes its time here, not on the GUI thread.

    ``holder``: a process that is just closing this study; it is waited for, any other one is not.
    """
    read_rest()
    from crf_desktop.capture.study import Study  # see above

    until = time.monotonic() + HANDED_OVER_S
    while True:
        try:
            return Study.open(folder, user_name, password, clock=clock)
        except EnvironmentProblem as problem:
            held = problem.code == "study.locked_by_other" and problem.context.get("pid") == str(holder)
            if not (holder and held) or time.monotonic() > until:
                raise
        time.sleep(0.05)
