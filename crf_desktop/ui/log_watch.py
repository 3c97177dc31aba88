"""The log checked beside the work: entry goes on, what leaves or comes in waits; a finding ends all writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.check_process import CheckProcess
from crf_desktop.ui.line_strip import LineStrip
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.settings import Clock
    from crf_desktop.store.checking import Checked
    from crf_desktop.ui.log_sheet import FindingSheet, WaitSheet
    from crf_desktop.ui.sheet import Sheet

AGAIN_MS = 3_600_000
"""A study that stays open for days is looked at again."""
TOLD = (
    "verify.keys_copy", "verify.keys_copy_bad", "verify.witness_renewed", "verify.witness_torn", "verify.log_in_owed",
    "verify.rotation_waits",
)  # fmt: skip
"""Findings of an unlocking that end no writing, and are told nowhere else."""
Go = Callable[[], None]
Words = Callable[[], str]
"""What waits, in the language in force."""


class _Waiting(NamedTuple):
    """An act that goes on by itself after a check of that depth."""

    depth: Literal["quick", "full"]
    go: Go


class LogWatch(QObject):
    """How far the log of an open study is verified: quick soon after unlocking, full once a week and when asked."""

    changed = Signal()
    """How far a check is, what it came to, or that the clock was changed."""
    stopped = Signal()
    """Something was found: from here on nothing is written."""
    quick_after_ms = 300
    full_after_ms = 60_000
    """The weekly one begins when the first hurry is over."""

    def __init__(self, look: Look, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look, self.clock = look, clock
        self.study: Study | None = None
        self.host: Callable[[], QWidget | None] = lambda: None
        """The page above which cards are shown."""
        self.restore: Go | None = None
        """The way from a finding to the newest backup."""
        self.process = CheckProcess(self)
        self.strip, self.clock_strip = LineStrip(look), LineStrip(look)
        self.sheet: Sheet | None = None
        self._waiting: list[_Waiting] = []
        self._told_moves, self._understood = 0, False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._due)
        self.process.progressed.connect(self._progressed)
        self.process.done.connect(self._done)
        self.process.failed.connect(self._failed)
        look.language_changed.connect(self.retranslate)

    # ---- a study comes and goes

    def begin(self, study: Study) -> None:
        """A study was unlocked."""
        self.study, self._told_moves, self._understood = study, 0, False
        if self.unsound:
            self.show_findings()
        else:
            self._soon.start(self.full_after_ms if study.store.checked else self.quick_after_ms)
        self.retranslate()

    def end(self, _study: Study | None = None) -> None:
        """The study is closed: nothing goes on."""
        self._soon.stop()
        self._waiting.clear()
        self.process.stop()
        self._close_sheet()
        self.study = None
        self.retranslate()

    @property
    def unsound(self) -> bool:
        """Whether something was found."""
        return self.study is not None and any(finding.stops for finding in self.study.store.findings)

    # ---- checks

    def check(self, depth: Literal["quick", "full"]) -> None:
        """Begins, unless one that is as deep is under way."""
        study = self.study
        if study is None or self.process.depth in (depth, "full"):
            return
        self.process.stop()
        self._soon.stop()
        try:
            self.process.start(study.store, depth)
        except OSError as error:
            self._failed("", type(error).__name__)
        self._progressed()

    def stop_check(self) -> None:
        """Ends a full check that somebody asked for or that was due; the next unlocking tries again."""
        self.drop_waiting()
        self.process.stop()
        self.retranslate()

    def when_checked(self, go: Go, what: Words) -> None:
        """Does it as soon as every entry before this session is verified; at once where that is so."""
        self._when("quick", go, what)

    def when_whole(self, go: Go, what: Words) -> None:
        """Does it as soon as everything is verified, once in a session."""
        self._when("full", go, what)

    def _when(self, depth: Literal["quick", "full"], go: Go, what: Words) -> None:
        study, host = self.study, self.host()
        if study is None or host is None or self.unsound or study.store.checked in (depth, "full"):
            go()  # after a finding the act itself says why not
            return
        from crf_desktop.ui.log_sheet import WaitSheet  # few have to wait

        self._waiting.append(_Waiting(depth, go))
        self.check(depth)
        if not self.process.running:
            return

        def ask() -> WaitSheet:
            sheet = WaitSheet(self.look, host, what(), self.drop_waiting)
            sheet.again = ask
            self._show(sheet, sheet.buttons[-1])
            self._progressed()
            return sheet

        ask()

    def drop_waiting(self) -> None:
        """Nobody waits any more; the check goes on."""
        if self._waiting:
            self._waiting.clear()
            self._close_sheet()

    def _due(self) -> None:
        from crf_desktop.store.verified import full_is_due  # loaded with the study

        study = self.study
        if study is None or self.process.running or self.unsound:
            return
        if not study.store.checked:
            self.check("quick")
        elif study.store.checked != "full" and not study.store.read_only and full_is_due(study.store, self.clock.now()):
            self.check("full")
        else:
            self._soon.start(AGAIN_MS)

    def _progressed(self) -> None:
        from crf_desktop.ui.log_sheet import WaitSheet  # see above
        from crf_desktop.ui.log_words import checking_words

        words = checking_words(self.process.percent, self.process.seconds_left(), self.look.language)
        if isinstance(self.sheet, WaitSheet):
            self.sheet.show_progress(self.process.percent, words)
        self._say_check(words)
        self.changed.emit()

    def _done(self, checked: Checked) -> None:
        from crf_desktop.store.verified import conclude  # see above

        study, ticket = self.study, self.process.ticket
        if study is None or ticket is None:
            return
        if ticket.epoch != study.store.parts.keys.epoch:  # the key was changed meanwhile: what was read says nothing
            self.check(ticket.depth)  # type: ignore[arg-type]
            return
        conclude(study.store, ticket.depth, checked)
        if self.unsound:
            self._waiting.clear()
            self._close_sheet()
            self.stopped.emit()
            self.show_findings()
        else:
            self._go_on()
        self.retranslate()
        self.changed.emit()

    def _go_on(self) -> None:
        """What waited for no more than was checked; the rest waits for the next check."""
        assert self.study is not None
        checked = self.study.store.checked
        ready = [each for each in self._waiting if each.depth == checked or checked == "full"]
        self._waiting = [each for each in self._waiting if each not in ready]
        if self._waiting:
            self.check("full")
        else:
            self._close_sheet()
            self._soon.start(self.full_after_ms)
        for each in ready:
            each.go()

    def _failed(self, code: str, context: Any) -> None:
        from crf_desktop.errors import EnvironmentProblem  # see above
        from crf_desktop.store import Finding
        from crf_desktop.store.checking import Checked

        if code == "study.damaged":
            self._done(Checked((Finding("verify.unreadable", "damage", detail=code),), {}, {}))
            return
        self._waiting.clear()
        self._close_sheet()
        problem = EnvironmentProblem(code or "store.check_failed", **(context if code else {"kind": context or "?"}))
        if self.host() is not None:
            self._show_problem(problem)
        self.retranslate()
        self.changed.emit()

    # ---- what is shown

    def look_at_clock(self) -> None:
        """After rows were written: whether the clock was changed."""
        if self.study is not None and len(self.study.store.clock_moves) > self._told_moves:
            self.retranslate()
            self.changed.emit()

    def show_findings(self) -> None:
        """The card that says what was found, and what to do."""
        study, host = self.study, self.host()
        if study is None or host is None:
            return
        from crf_desktop.ui.log_sheet import FindingSheet  # see above

        def ask() -> FindingSheet:
            acts: list[Any] = [(self.tr("Close the message"), "primary", self._close_sheet)]
            if self.restore is not None:
                acts.insert(0, (self.tr("Restore a backup"), "plain", self.restore))
            if study.store.checked != "full" and not self.process.running:
                acts.insert(0, (self.tr("Check every entry"), "plain", self._check_all))
            sheet = FindingSheet(self.look, host, study, acts)
            sheet.again = ask
            self._show(sheet, sheet.buttons[-1])
            return sheet

        ask()

    def _check_all(self) -> None:
        self._close_sheet()
        self.check("full")

    def _show_problem(self, problem: Any) -> None:
        from crf_desktop.ui.problem_panel import ProblemSheet, problem_of  # see above

        host = self.host()
        assert host is not None
        told = problem_of(problem, self.tr("Check of the log"), self.look.language)
        sheet = ProblemSheet(self.look, host, told, [(self.tr("Close the message"), "primary", self._close_sheet)])
        self._show(sheet, sheet.first_button())

    def _show(self, sheet: Sheet, first: QWidget) -> None:
        self._close_sheet()
        self.sheet = sheet
        sheet.closed.connect(lambda: self._gone(sheet))
        sheet.open(first)

    def _gone(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None

    def _close_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()

    def retranslate(self) -> None:
        """Words of the language in force."""
        if self.study is None:
            self.strip.hide()
            self.clock_strip.hide()
            return
        from crf_desktop.ui.log_words import checking_words  # see above

        self._say_check(checking_words(self.process.percent, self.process.seconds_left(), self.look.language))
        self._say_clock()

    def _say_check(self, words: str) -> None:
        if self.unsound and self.study is not None:
            problem = self.study.store.parts.problem
            told = problem.sentences("zh" if self.look.language == "zh" else "en")[0] if problem else ""
            told += ("" if self.look.language == "zh" else " ") + self.tr("The study can only be read.")
            self.strip.say(told, Glyph.REFUSED, "warn_soft", (self.tr("See what was found"), self.show_findings))
        elif self.process.depth == "quick" and self.process.seconds_left() is not None and not self._waiting:
            more = self.tr("Entry goes on; signing, export and merging wait.")
            gap = "。" if self.look.language == "zh" else ". "
            self.strip.say(words + gap + more, Glyph.TIMER, "sunken")
        else:
            notes = self._notes()
            way = (self.tr("Seen"), self._understand) if notes else None
            self.strip.say(" ".join(notes), Glyph.WARNING, "warn_soft", way)

    def _notes(self) -> list[str]:
        """What the unlocking found beside the log, until somebody has read it; nothing is mended in silence."""
        if self.study is None or self._understood:
            return []
        found = [f for f in self.study.store.findings if f.code in TOLD]
        return [f.sentence("zh" if self.look.language == "zh" else "en") for f in found]

    def _understand(self) -> None:
        self._understood = True
        self.retranslate()

    def _say_clock(self) -> None:
        moves = self.study.store.clock_moves if self.study is not None else []
        if len(moves) <= self._told_moves:
            self.clock_strip.say("", Icon.INFO, "sunken")
            return
        from crf_desktop.ui.log_words import banner_words

        self.clock_strip.say(banner_words(moves[-1]), Glyph.WARNING, "warn_soft", (self.tr("Seen"), self._seen))

    def _seen(self) -> None:
        if self.study is not None:
            self._told_moves = len(self.study.store.clock_moves)
        self._say_clock()
