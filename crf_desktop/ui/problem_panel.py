"""A problem in three sentences: what happened, what is kept, what to do; a verb on every button."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from attrs import frozen
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button, Kind
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.sheet import Sheet
from crf_desktop.wording import figure

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
"""A moment as the log writes it, inside a sentence."""
Act = tuple[str, Kind, Callable[[], None]]


@frozen
class Problem:
    """What a panel shows; ``during`` is the act that failed, in words."""

    code: str
    during: str
    happened: str
    kept: str
    todo: str


def problem_of(error: Explained, during: str, language: str) -> Problem:
    """The failure's own sentences."""
    told = error.sentences("zh" if language == "zh" else "en")
    happened, kept, todo = (localised(words, language) for words in told)
    return Problem(error.code, during, happened, kept, todo)


def localised(words: str, language: str) -> str:
    """Sentences whose moments read as the clock on the wall had them."""
    return STAMP.sub(lambda found: local_moment(found.group(), language), words)


def local_moment(stamp: str, language: str) -> str:
    """A moment of the log (UTC) as the clock on the wall had it."""
    when = datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
    return figure.moment(when.isoformat(), "zh" if language == "zh" else "en")


def fault_of(error: BaseException, during: str) -> Problem:
    """A fault of the program: its kind only, never a value."""

    kind = type(error).__name__
    return Problem(
        "program.fault",
        during,
        QCoreApplication.translate("ProblemSheet", "The program failed ({0}).").format(kind),
        QCoreApplication.translate(
            "ProblemSheet", "Everything saved so far. Nothing more is written until you unlock again."
        ),
        QCoreApplication.translate("ProblemSheet", "Lock and unlock to go on. Please report the word in brackets."),
    )


class ProblemSheet(Sheet):
    """Shows one problem above a page."""

    def __init__(self, look: Look, host: QWidget, problem: Problem, acts: list[Act], docked: bool = False) -> None:
        super().__init__(look, host, 720 if docked else 620, escapable=False, docked=docked)
        self.problem = problem
        self.add_title(self.title(), self.glyph(), problem.during)
        self.body.addLayout(self._sentences())
        self.buttons: list[Button] = self.add_buttons(*acts)

    def first_button(self) -> Button:
        """The primary act."""
        return self.buttons[-1]

    def glyph(self) -> Glyph:
        """Padlock, triangle or octagon."""
        if self.problem.code.startswith("study.locked"):
            return Glyph.LOCK
        mild = (
            "keys.wrong_password",
            "keys.no_such_user",
            "form.",
            "sign.",
            "entry.",
            "event.",
            "access.",
            "value.",
            "study.read_only",
        )
        return Glyph.WARNING if self.problem.code.startswith(mild) else Glyph.REFUSED

    def title(self) -> str:
        """A few words that tell this problem from the others."""
        table = {
            "keys.wrong_password": self.tr("This password does not open the study"),
            "keys.no_such_user": self.tr("This user is not in the study"),
            "keys.damaged": self.tr("The key file is damaged"),
            "keys.put_back": self.tr("An older key file was put back"),
            "study.damaged": self.tr("The data file is damaged"),
            "study.not_found": self.tr("There is no study here"),
            "study.newer": self.tr("A newer version made this study"),
            "definition.newer": self.tr("A newer version made this study"),
            "study.locked_by_other": self.tr("This study is already open"),
            "study.read_only": self.tr("The study can only be read"),
            "store.read_only": self.tr("The study can only be read"),
            "store.disk_full": self.tr("The disk is full"),
            "store.io": self.tr("The disk did not take the entry"),
            "store.lost_rows": self.tr("Entries are missing at the end"),
            "store.witness_missing": self.tr("Entries may be missing"),
            "store.unsound": self.tr("The file is not as it was written"),
            "form.unanswered": self.tr("The form is not complete yet"),
            "access.no_right": self.tr("Your role may not do this"),
            "sign.other_user": self.tr("Another user’s name"),
            "program.fault": self.tr("The program made a mistake"),
        }
        return table.get(self.problem.code, self.tr("This could not be done"))

    def _sentences(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.look.px(18))
        grid.setVerticalSpacing(self.look.px(8))
        grid.setColumnStretch(1, 1)
        words = (
            (self.tr("What happened"), self.problem.happened),
            (self.tr("What is kept"), self.problem.kept),
            (self.tr("What to do"), self.problem.todo),
        )
        for at, (label, sentence) in enumerate(w for w in words if w[1]):
            grid.addWidget(Label(self.look, label, 13, token="text_2"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(self.look, sentence, 15, wrap=True), at, 1)
        return grid
