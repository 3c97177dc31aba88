"""Makes DIR/demo.crf, DIR/visit.pdf, DIR/demo.bundle and DIR/password.txt through the program's own floors."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from attrs import frozen

from crf_desktop.capture.entry import FormEntry, SoftProblem
from crf_desktop.capture.signing import export_pdf, file_pdf, mark_seen, sign_visit
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.participant import Answer, Participant, invent
from crf_desktop.errors import Refused
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


@frozen
class Made:
    """What was made and where."""

    study: Path
    pdf: Path
    bundle: Path
    password: Path
    participants: int

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
    """Makes everything; the same seed gives equal values, times and OIDs. Refuses a folder that already holds a demo."""
    from crf_desktop.exchange.bundle import export_bundle
    from crf_desktop.report.signed_summary import signed_visit_summary

    made = Made(folder / "demo.crf", folder / "visit.pdf", folder / "demo.bundle", folder / "password.txt", participants)
    if made.study.exists():
        raise Refused("study.exists")
    folder.mkdir(parents=True, exist_ok=True)
    clock = DemoClock(START)
    metadata = definition()
    people = tuple(NewPerson(name, full, role, PASSWORD) for name, full, role in ACCOUNTS)
    create(made.study, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), people), clock=clock)
    study = Study.open(made.study, "investigator", PASSWORD, clock=clock)
    try:
        rng = random.Random(seed)
        pdf_digest = ""
        for number in range(participants):
            person = invent(rng, number, participants)
            signed = _fill(study, clock, person, START + timedelta(days=number))
            if signed and not pdf_digest:
                pdf = signed_visit_summary(
                    signed.record, signed.private_key, signed.certificate, signed.chain, signed.person, signed.meaning, signed.when, "en"
                )
                pdf_digest = file_pdf(study, signed, pdf)
                made.pdf.write_bytes(export_pdf(study, pdf_digest))
        export_bundle(study.store, made.bundle, [])
    finally:
        study.close()
    made.password.write_text(PASSWORD + "\n", encoding="utf-8")
    return made


def _fill(study: Study, clock: DemoClock, person: Participant, day: datetime):  # type: ignore[no-untyped-def]
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
        entry.set(entry.definition.items_of("F.PGA")[0].oid, changed, reason="Transcription error: the paper source reads otherwise.")
    return signed


def _answer(entry: FormEntry, answer: Answer) -> None:
    if answer.flavor:
        entry.set_missing(answer.item, answer.flavor, answer.remark)
        return
    try:
        entry.set(answer.item, answer.typed, answer.unit)
    except SoftProblem:
        entry.set(answer.item, answer.typed, answer.unit, override="Checked against the laboratory sheet.")
