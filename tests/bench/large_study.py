"""A study of any size for the bench: rows are generated once and cached outside the checkout."""

from __future__ import annotations

import random
import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path

import platformdirs

from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import DemoClock
from crf_desktop.demo.maker import ACCOUNTS, EVENT, PASSWORD, START
from crf_desktop.demo.participant import Participant
from crf_desktop.forms import METADATA_VERSION, definition
from crf_desktop.model import serial
from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.model.value import parse
from crf_desktop.store import NewPerson, NewStudy, create


def study_of(participants: int) -> Path:
    """The folder of a study with that many participants, each with a filled-in week-0 visit; made if not there."""
    root = Path(platformdirs.user_cache_dir("crf-desktop-bench", appauthor=False))
    metadata = serial.to_bytes(definition())
    folder = root / f"{METADATA_VERSION}-{serial.digest(metadata)[7:15]}-{participants}.crf"
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
    clock = DemoClock(START)
    people = tuple(NewPerson(name, full, role, PASSWORD) for name, full, role in ACCOUNTS)
    create(folder, NewStudy(definition().study_oid, "01", metadata, people), clock=clock)
    study = Study.open(folder, "investigator", PASSWORD, clock=clock)
    rng = random.Random(1500)
    rows = 0
    for number in range(participants):
        entries = _entries(study, f"01-{number + 1:03}", Participant("signed", rng.randrange(10**6), False, False))
        study.store.append(entries)
        rows += len(entries)
        if sys.stderr.isatty() or number % 250 == 249:
            print(
                f"\r{number + 1} of {participants} participants, {rows} rows, {time.perf_counter() - begun:.0f} s",
                end="",
                file=sys.stderr,
            )
    print(file=sys.stderr)
    study.close()


def _entries(study: Study, subject: str, person: Participant) -> list[Entry]:
    metadata, digest = study.definition, study.store.metadata_digest
    entries = [
        Entry(Kind.SUBJECT, ItemPath(subject), "Insert", Datum("enrolled"), metadata_digest=digest),
        Entry(
            Kind.EVENT,
            ItemPath(subject, EVENT),
            "Insert",
            Datum((START - timedelta(days=1)).date().isoformat()),
            metadata_digest=digest,
        ),
    ]
    for form, answers in person.forms(metadata, START).items():
        at = ItemPath(subject, EVENT, "", form)
        for answer in answers:
            item = metadata.item[answer.item]
            datum = (
                Datum(null_flavor=NullFlavor(answer.flavor)) if answer.flavor else parse(metadata, item, answer.typed)
            )
            entries.append(
                Entry(
                    Kind.ITEM,
                    at.at(metadata.group_of_item[item.oid], item.oid),
                    "Insert",
                    datum,
                    metadata_digest=digest,
                )
            )
        entries.append(Entry(Kind.FORM, at, "Insert", Datum("complete"), metadata_digest=digest))
    return entries


if __name__ == "__main__":
    print(study_of(int(sys.argv[1]) if len(sys.argv) > 1 else 1500))
