"""The study that is broken: a small trial on two laptops, with a signed PDF and bundles waiting to be merged."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from crf_desktop.capture.signing import mark_seen
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import sign_and_file
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.model import serial
from crf_desktop.model.data import Change, Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, Store, create, engine, join, stretch, unlock
from tests.small_trial import small_trial

PASSWORD = "correct horse battery staple"
ROLES = {"inv": "investigator", "crc": "coordinator", "dat": "data_manager", "adm": "administrator"}
PEOPLE = tuple(NewPerson(name, name.title(), role, PASSWORD) for name, role in ROLES.items())
FIRST, SECOND, PDF, BUNDLES, OUT = "first.crf", "second.crf", "visit.pdf", "bundles", "out"
N_BUNDLES = 30
SUBJECT = "01-001"
NOTE = ItemPath(SUBJECT, "SE.W0", "", "F.DOSE", "", "IG.DOSE", "", "I.NOTE")


def new_study() -> NewStudy:
    """The small trial with one person of each role that works at a site."""
    definition = small_trial()
    return NewStudy(definition.study_oid, "01", serial.to_bytes(definition), PEOPLE)


def note(store: Store, text: str) -> Change:
    """One answer written, on top of the one that stands."""
    held = store.at(NOTE)
    based = (held.origin, held.seq) if held else None
    act: Any = "Update" if based else "Insert"
    entry = Entry(
        Kind.ITEM, NOTE, act, Datum(text), based_on=based, reason_for_change="Read again." if based else None,
        metadata_digest=store.metadata_digest,
    )  # fmt: skip
    return store.append([entry])[0]


def make_site(place: Path) -> None:
    """Fills a folder: ``first.crf``, ``second.crf`` with bundles from it, and the PDF of a signed visit."""
    first, second = place / FIRST, place / SECOND
    create(first, new_study())
    with unlock(first, "adm", PASSWORD) as store:
        invitation = store.invitation()
    join(second, invitation, PEOPLE[1])
    _begin(first, place)
    with unlock(first, "adm", PASSWORD) as a, unlock(second, "crc", PASSWORD) as b:
        for sender, receiver in ((b, a), (a, b)):
            export_bundle(sender, place / "hello", [own_public_key(receiver)])
            merge_bundle(receiver, place / "hello")
            (place / "hello").unlink()
        _write_bundles(b, a, place / BUNDLES)
    (place / OUT).mkdir()


def _write_bundles(sender: Store, receiver: Store, place: Path) -> None:
    place.mkdir()
    held = {origin: seq for origin, (seq, _) in receiver.heads().items()}
    for n in range(N_BUNDLES):
        note(sender, f"second laptop {n}")
        sent = {origin: seq for origin, (seq, _) in sender.heads().items()}
        export_bundle(sender, place / f"{n:02}.bundle", [own_public_key(receiver)], held)
        held = sent


def _begin(first: Path, place: Path) -> None:
    """One participant whose screening is signed; its PDF is filed and lies beside the study."""
    study = Study.open(first, "inv", PASSWORD)
    subject, today = study.enrol(), study.today()
    study.start_event(subject, "SE.SCR", today)
    study.start_event(subject, "SE.W0", today)
    entry = study.form(subject, "SE.SCR", "F.DEMO")
    entry.set("I.SEX", "F")
    entry.set("I.BORN", "2015-03-04")
    entry.complete()
    entry = study.form(subject, "SE.SCR", "F.DEMO")
    mark_seen(study, entry)
    digest = sign_and_file(study, subject, "SE.SCR", ["F.DEMO"], "inv", PASSWORD)
    found = study.store.document(digest)
    assert found is not None
    (place / PDF).write_bytes(found[1])
    study.close()


def copy_site(site: Path, to: Path, *left_out: str) -> Path:
    """A copy to break, without what is not needed."""
    shutil.copytree(site, to, ignore=shutil.ignore_patterns(*left_out))
    return to


def spare(scenario: str) -> tuple[str, ...]:
    """What a scenario does not need of the site."""
    return (SECOND,) if scenario == "merge" else (SECOND, BUNDLES)


def light() -> None:
    """Leaves out in this process what costs most of an opening and touches no file: locked memory, Argon2id."""
    engine._CIPHER_PRAGMAS = ("cipher_log_level=NONE", "cipher_memory_security=OFF")  # type: ignore[misc]
    stretch.hash_secret_raw = _hashed_once  # type: ignore[assignment]


def _hashed_once(secret: bytes, salt: bytes, *numbers: int, **cost: Any) -> bytes:
    return hashlib.sha256(salt + repr((numbers, sorted(cost.items()))).encode() + secret).digest()
