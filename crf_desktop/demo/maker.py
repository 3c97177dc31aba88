"""Makes DIR/demo.crf, DIR/visit.pdf, DIR/demo.bundle and DIR/password.txt through the program's own floors."""

from __future__ import annotations

import contextlib
import heapq
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from crf_desktop.capture.filing import require_outside
from crf_desktop.capture.signing import READY, export_pdf, file_pdf, mark_seen, sign_shown, to_sign
from crf_desktop.capture.soundness import require_checked
from crf_desktop.capture.study import Study
from crf_desktop.demo import monitoring
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.life import Desk, Life
from crf_desktop.demo.patient import Patient
from crf_desktop.demo.story import Story, cast, target
from crf_desktop.errors import Language, Refused
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, create

PASSWORD = "demo study only, never for patients"
ACCOUNTS = (
    ("investigator", "Investigator, site 01", "investigator"),
    ("coordinator", "Coordinator, site 01", "coordinator"),
    ("monitor", "Monitor", "monitor"),
    ("data-manager", "Data manager", "data_manager"),
    ("administrator", "Administrator", "administrator"),
)
EVENT = "SE.W0"
STUDY, PDF, BUNDLE, PASSWORD_FILE = "demo.crf", "visit.pdf", "demo.bundle", "password.txt"
_BACK: Final = 360
"""Days from the first screening to today."""
_LATER: Final = 112
"""Days after the first screening on which those begin who otherwise would not have reached the end."""
Progress = Callable[[int, int], None]
"""(days done, days in all)."""


def quiet(done: int, of: int) -> None:
    """Says nothing of the progress."""


@frozen
class Made:
    """What was made and where."""

    study: Path
    pdf: Path
    bundle: Path
    password: Path
    participants: int
    unusual: tuple[str, ...] = field(default=(), eq=False)
    """Soft checks that were kept with a reason."""

    @property
    def files(self) -> tuple[Path, Path, Path, Path]:
        """Everything that was made, the study first."""
        return self.study, self.pdf, self.bundle, self.password

    def lines(self) -> list[str]:
        """Where everything is, in words."""
        return [
            f"Study      {self.study} (encrypted, {self.participants} synthetic participants)",
            f"Signed PDF {self.pdf}",
            f"Bundle     {self.bundle} (encrypted to this study file)",
            f"Password   in {self.password}; accounts " + ", ".join(name for name, _, _ in ACCOUNTS),
            f"Open it:   crf-desktop {self.study}",
        ]


def make_demo(
    folder: Path,
    participants: int,
    seed: int,
    *,
    today: date | None = None,
    finished: bool = False,
    progress: Progress = quiet,
) -> Made:
    """Makes everything; the same seed and day give equal values, times and OIDs.

    The trial began a year before ``today`` (by default the day it is); the last five of fifteen are on their way,
    unless ``finished``: then everybody has reached the end. Refuses a folder that holds one of the names. Made beside
    its place and moved there when whole: an interrupted run leaves nothing that looks like a demo, a failed one none.
    """
    made = Made(folder / STUDY, folder / PDF, folder / BUNDLE, folder / PASSWORD_FILE, participants)
    making = folder / ".making-demo"
    inside = Made(making / STUDY, making / PDF, making / BUNDLE, making / PASSWORD_FILE, participants)
    if made.study.exists() or (not making.exists() and any(path.exists() for path in made.files)):
        raise Refused("demo.exists")
    require_outside(made.bundle)
    begun = not folder.exists()
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        unusual = _make(inside, _Plan(participants, seed, today or datetime.now(SITE_ZONE).date(), finished), progress)
        for source, target in reversed(list(zip(inside.files, made.files, strict=True))):
            source.replace(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        if begun:
            with contextlib.suppress(OSError):  # only an empty folder goes
                folder.rmdir()
    return Made(*made.files, participants, tuple(unusual))


@frozen
class _Plan:
    """What was asked for."""

    participants: int
    seed: int
    today: date
    finished: bool

    @property
    def start(self) -> date:
        """The first screening, a Tuesday."""
        day = self.today - timedelta(days=_BACK)
        return day + timedelta(days=(1 - day.weekday()) % 7)

    @property
    def monitored(self) -> date:
        """The day of the monitor's visit."""
        return self.today - timedelta(days=12)

    def screened(self, story: Story, number: int) -> date:
        """The day on which a participant's screening begins."""
        if story.due is None:
            return self.start + timedelta(days=story.begins)
        if self.finished:
            return self.start + timedelta(days=_LATER + number)
        visit, days = story.due
        return self.today + timedelta(days=days - target(visit, story.doses))

    def patients(self) -> Iterator[Patient]:
        """Who takes part."""
        for number, story in enumerate(cast(self.participants)):
            told = evolve(story, due=None) if self.finished else story
            yield Patient(told, number, self.screened(story, number), str(self.seed))


def _make(made: Made, plan: _Plan, progress: Progress) -> list[str]:
    from crf_desktop.exchange.bundle import export_bundle  # the bundle's envelope loads when one is written

    made.password.write_text(PASSWORD + "\n", encoding="utf-8")
    clock = DemoClock(datetime.combine(plan.start - timedelta(days=1), time(8, 30), SITE_ZONE))
    metadata = definition()
    people = tuple(NewPerson(name, full, role, PASSWORD) for name, full, role in ACCOUNTS)
    create(made.study, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), people, True), clock=clock)
    trial = _Trial(plan, clock, progress)
    with _opened(made.study, "investigator", clock) as study:
        trial.go_on(study, plan.monitored)
        clock.set(datetime.combine(plan.monitored, time(8, 0), SITE_ZONE))
        made.pdf.write_bytes(export_pdf(study, _sign_again(study)))
    monitoring.visit(lambda user: _opened(made.study, user, clock))
    with _opened(made.study, "investigator", clock) as study:
        trial.go_on(study, plan.today)
        # The evening before: whoever opens the demo early in the day has no clock that went back.
        clock.set(datetime.combine(plan.today - timedelta(days=1), time(20, 0), SITE_ZONE))
        export_bundle(study.store, made.bundle, clock=clock)
    return trial.unusual


@contextlib.contextmanager
def _opened(folder: Path, user: str, clock: DemoClock) -> Iterator[Study]:
    study = Study.open(folder, user, PASSWORD, clock=clock)
    try:
        require_checked(study.store)  # as in the window, before anything is signed or leaves
        yield study
    finally:
        study.close()


class _Trial:
    """All participants side by side, day by day."""

    def __init__(self, plan: _Plan, clock: DemoClock, progress: Progress) -> None:
        self._plan, self._clock, self._progress = plan, clock, progress
        self._lives: list[Life] = []
        self._days: list[tuple[date, int, Iterator[date]]] = []
        self.unusual: list[str] = []
        """Soft checks that were kept with a reason."""

    def go_on(self, study: Study, until: date) -> None:
        """Everything up to a day; from the second time on with the study opened anew."""
        key = study.store.signing_key("investigator", PASSWORD)
        desk = Desk(study, self._clock, key, self._plan.today, self.unusual)
        if not self._lives:
            self._lives = [Life(desk, patient) for patient in self._plan.patients()]
            self._days = [(next(run), number, run) for number, run in enumerate(life.run() for life in self._lives)]
            heapq.heapify(self._days)
        for life in self._lives:
            life.desk = desk
        while self._days and self._days[0][0] < until:
            day, number, run = heapq.heappop(self._days)
            self._progress(max(0, (day - self._plan.start).days), _BACK)
            self._clock.set(datetime.combine(day, time(8, 15), SITE_ZONE))
            following = next(run, None)
            if following is not None:
                heapq.heappush(self._days, (following, number, run))
        self._progress(min((until - self._plan.start).days, _BACK), _BACK)


def _sign_again(study: Study) -> str:
    """The first participant's week 0 is reviewed once more and signed as a whole; the digest of its PDF."""
    subject = study.subjects()[0]
    forms = [form.oid for form, state in study.visit_forms(subject, EVENT) if state in READY]
    for form in forms:
        mark_seen(study, study.form(subject, EVENT, form))
    return sign_and_file(study, subject, EVENT, forms, "investigator", PASSWORD)


def sign_and_file(
    study: Study, subject: str, event: str, forms: Sequence[str], user: str, password: str, language: Language = "en"
) -> str:
    """Draws, signs and files as the window does, with every page taken as read; returns the PDF's digest."""
    from crf_desktop.report.signed_summary import signed_pages, summary_to_sign  # reportlab loads when a PDF is made

    asked = to_sign(study, subject, event, forms, study.definition.signature_meanings[0])
    shown = summary_to_sign(asked, language)
    signed = sign_shown(study, shown, range(shown.n_pages), user, password)
    return file_pdf(study, signed, signed_pages(signed))
