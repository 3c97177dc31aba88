"""Makes DIR/demo.crf, DIR/visit.pdf, DIR/demo.bundle and DIR/password.txt through the program's own floors."""

from __future__ import annotations

import contextlib
import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from attrs import frozen

from crf_desktop.capture.entry import FormEntry, SoftProblem
from crf_desktop.capture.signing import SignedVisit, export_pdf, file_pdf, mark_seen, sign_visit
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.participant import Answer, Participant, invent
from crf_desktop.errors import Language, Refused
from crf_desktop.exchange.filing import require_outside
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
START = datetime(2026, 10, 12, 8, 30, tzinfo=SITE_ZONE)
EVENT = "SE.W0"
STUDY, PDF, BUNDLE, PASSWORD_FILE = "demo.crf", "visit.pdf", "demo.bundle", "password.txt"


@frozen
class Made:
    """What was made and where."""

    study: Path
    pdf: Path
    bundle: Path
    password: Path
    participants: int

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


def make_demo(folder: Path, participants: int, seed: int) -> Made:
    """Makes everything; the same seed gives equal values, times and OIDs. Refuses a folder that holds one of the names.

    Made beside its place and moved there when whole: an interrupted run leaves nothing that looks like a demo, a failed
    one leaves nothing.
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
        _make(inside, seed)
        for source, target in reversed(list(zip(inside.files, made.files, strict=True))):
            source.replace(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
        if begun:
            with contextlib.suppress(OSError):  # only an empty folder goes
                folder.rmdir()
    return made


def _make(made: Made, seed: int) -> None:
    from crf_desktop.exchange.bundle import export_bundle  # the bundle's envelope loads when one is written

    made.password.write_text(PASSWORD + "\n", encoding="utf-8")
    clock = DemoClock(START)
    metadata = definition()
    people = tuple(NewPerson(name, full, role, PASSWORD) for name, full, role in ACCOUNTS)
    create(made.study, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), people), clock=clock)
    study = Study.open(made.study, "investigator", PASSWORD, clock=clock)
    try:
        rng = random.Random(seed)
        visits = [
            _fill(study, clock, invent(rng, n, made.participants), START + timedelta(days=n))
            for n in range(made.participants)
        ]
        signed = next(visit for visit in visits if visit is not None)
        digest = file_pdf(study, signed, summary_of(signed, "en"))
        made.pdf.write_bytes(export_pdf(study, digest))
        export_bundle(study.store, made.bundle, clock=clock)
    finally:
        study.close()


def summary_of(signed: SignedVisit, language: Language) -> bytes:
    """The signed PDF of what was just signed."""
    from crf_desktop.report.pdf_signature import SigningMaterial  # reportlab and pyHanko load only when a PDF is made
    from crf_desktop.report.signed_summary import signed_visit_summary

    material = SigningMaterial(signed.private_key, signed.certificate, signed.chain)
    return signed_visit_summary(
        signed.record, material, language, person=signed.person, meaning=signed.meaning, when=signed.when
    )


def _fill(study: Study, clock: DemoClock, person: Participant, day: datetime) -> SignedVisit | None:
    """Enters one participant as far as they have come; returns the signed visit when it was signed."""
    clock.set(day)
    subject = study.enrol()
    if person.progress == "enrolled":
        return None
    study.start_event(subject, EVENT, day.date().isoformat())
    done: list[str] = []
    for form_oid, answers in person.forms(study.definition, day).items():
        entry = study.form(subject, EVENT, form_oid)
        for answer in answers:
            _answer(entry, answer)
        if not entry.unanswered():
            entry.complete()
            mark_seen(study, entry)
            done.append(form_oid)
    if person.progress not in ("signed", "changed"):
        return None
    signed = sign_visit(study, subject, EVENT, done, study.definition.signature_meanings[0], "investigator", PASSWORD)
    if person.progress == "changed":
        entry = study.form(subject, EVENT, "F.PGA")
        changed = person.late_pga
        entry.set(
            entry.definition.items_of("F.PGA")[0].oid,
            changed,
            reason="Transcription error: the paper source reads otherwise.",
        )
    return signed


def _answer(entry: FormEntry, answer: Answer) -> None:
    if answer.flavor:
        entry.set_missing(answer.item, answer.flavor, answer.remark)
        return
    try:
        entry.set(answer.item, answer.typed, answer.unit)
    except SoftProblem:
        entry.set(answer.item, answer.typed, answer.unit, override="Checked against the laboratory sheet.")
