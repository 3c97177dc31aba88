"""A study of any size for the bench: rows are generated once and cached outside the checkout."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path

import platformdirs
from attrs import evolve

from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.demo.maker import ACCOUNTS, PASSWORD, STUDY, make_demo
from crf_desktop.forms import METADATA_VERSION, definition
from crf_desktop.model import serial
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, create
from tests.bench.whole import with_whole_course

TODAY = date(2026, 11, 25)
USUAL = ("F.CONSENT", "F.DEMO", "F.ELIG", "F.VITALS", "F.ESSPRI", "F.PGA", "F.ESSDAI", "F.HOCEVAR")
"""What stands of screening and week 0 of most."""


def study_of(participants: int) -> Path:
    """The folder of a study with that many participants; made if not there.

    Some of them (:mod:`tests.bench.whole`) have everything from consent to end of study, the others their screening and
    week 0 in part.
    """
    root = Path(platformdirs.user_cache_dir("crf-desktop-bench", appauthor=False))
    metadata = serial.to_bytes(definition())
    folder = root / f"{METADATA_VERSION}-{serial.digest(metadata)[7:15]}-{participants}-whole.crf"
    if not folder.exists():
        making = folder.with_name("making.crf")
        if making.exists():
            shutil.rmtree(making)
        root.mkdir(parents=True, exist_ok=True)
        _make(making, metadata, participants)
        making.rename(folder)
    return folder


def _make(folder: Path, metadata: bytes, participants: int) -> None:
    begun = time.perf_counter()
    clock = DemoClock(datetime.combine(TODAY, clock_time(8), SITE_ZONE))
    people = tuple(NewPerson(name, full, role, PASSWORD) for name, full, role in ACCOUNTS)
    create(folder, NewStudy(definition().study_oid, "01", metadata, people, True), clock=clock)
    study = Study.open(folder, "investigator", PASSWORD, clock=clock)
    everything = list(_template(study.store.metadata_digest))
    usual = [e for e in everything if _is_usual(e)]
    subjects, rows = [f"01-{number + 1:03}" for number in range(participants)], 0
    whole = set(with_whole_course(subjects))
    for number, subject in enumerate(subjects):
        one = everything if subject in whole else usual
        study.store.append([evolve(e, path=evolve(e.path, subject=subject)) for e in one])
        rows += len(one)
        if sys.stderr.isatty() or number % 250 == 249:
            done = number + 1
            seconds = time.perf_counter() - begun
            print(f"\r{done} of {participants} participants, {rows} rows, {seconds:.0f} s", end="", file=sys.stderr)
    print(file=sys.stderr)
    study.close()


def _is_usual(entry: Entry) -> bool:
    """Whether a row of a whole course stands with everybody."""
    path = entry.path
    return not path.event or (path.event in ("SE.SCR", "SE.W0") and (not path.form or path.form in USUAL))


def _template(digest: str) -> Iterator[Entry]:
    """The rows of one participant of the demo who has been through everything."""
    place = Path(tempfile.mkdtemp(prefix="crf-bench-"))
    make_demo(place / "demo", 1, 1, today=TODAY)
    study = Study.open(place / "demo" / STUDY, "investigator", PASSWORD)
    try:
        (subject,) = study.subjects()
        yield Entry(Kind.SUBJECT, ItemPath(subject), "Insert", Datum("enrolled"), metadata_digest=digest)
        logs = [ItemPath(subject, e.oid) for e in study.definition.events if e.type == "Common"]
        dates = {visit.path: visit.datum for visit in study.store.events(subject)}
        for visit in (*dates, *logs):
            if visit in dates:
                yield Entry(Kind.EVENT, visit, "Insert", dates[visit], metadata_digest=digest)
            rows = [r for r in study.store.visit_items(visit) if r.datum.answered]
            yield from (Entry(Kind.ITEM, r.path, "Insert", r.datum, metadata_digest=digest) for r in rows)
            for form in dict.fromkeys(r.path.form_path for r in rows):
                yield Entry(Kind.FORM, form, "Insert", Datum("complete"), metadata_digest=digest)
    finally:
        study.close()
        shutil.rmtree(place)


if __name__ == "__main__":
    print(study_of(int(sys.argv[1]) if len(sys.argv) > 1 else 1500))
