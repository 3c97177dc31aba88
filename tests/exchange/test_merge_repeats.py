"""Two laptops that add a visit, an adverse event or a row at the same time, and then meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.exchange.invitation import read_invitation, write_invitation
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, create, join
from tests.exchange.site import PASSWORD, PEOPLE, StepClock, opened, sent
from tests.small_trial import small_trial

START = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Study, Study]]:
    """Two laptops of one study that know the same participant and have countersigned each other."""
    create(tmp_path / "a.crf", NewStudy("ST.SMALL", "01", serial.to_bytes(small_trial()), PEOPLE), StepClock())
    with opened(tmp_path / "a.crf", "inv") as store:
        write_invitation(store, tmp_path / "invitation")
    join(tmp_path / "b.crf", read_invitation(tmp_path / "invitation"), NewPerson("crc", "C", "coordinator", PASSWORD))
    with opened(tmp_path / "a.crf", "adm") as a, opened(tmp_path / "b.crf") as b:
        merge_bundle(a, sent(b, a, tmp_path / "request"))
    one, other = (
        Study.open(tmp_path / f, u, PASSWORD, clock=StepClock(START)) for f, u in (("a.crf", "inv"), ("b.crf", "crc"))
    )
    subject = one.enrol()
    one.start_event(subject, "SE.SCR", "2027-05-01")
    one.start_event(subject, "SE.W0", "2027-05-06")
    one.form(subject, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    merge_bundle(other.store, sent(one.store, other.store, tmp_path / "first"))
    yield one, other
    one.close()
    other.close()


def meet(a: Study, b: Study, folder: Path) -> list[int]:
    """Both take in what the other has; the number of conflicts each finds."""
    found = []
    for number, (sender, receiver) in enumerate(((b, a), (a, b))):
        report = merge_bundle(receiver.store, sent(sender.store, receiver.store, folder / f"meet{number}"))
        found.append(len(report.conflicts))
    return found


def test_that_two_laptops_never_give_the_same_adverse_event(two: tuple[Study, Study], tmp_path: Path) -> None:
    (subject,) = two[0].subjects()
    for study, term in zip(two, ("Rash", "Fever"), strict=True):
        at = study.next_repeat(subject, "SE.LOG", "F.AE")
        study.form(subject, "SE.LOG", at).set("I.AE.TERM", term)
    assert meet(*two, tmp_path) == [0, 0]
    for study in two:
        forms = study.repeats(subject, "SE.LOG", "F.AE")
        told = {at: study.form(subject, "SE.LOG", at).datum("I.AE.TERM").value for at in forms}
        assert told == {"F.AE#1": "Rash", "F.AE#2-1": "Fever"}
    assert two[1].next_repeat(subject, "SE.LOG", "F.AE") == "F.AE#2-2"


def test_that_two_laptops_never_give_the_same_unscheduled_visit(two: tuple[Study, Study], tmp_path: Path) -> None:
    (subject,) = two[0].subjects()
    for study, day in zip(two, ("2027-05-20", "2027-05-21"), strict=True):
        visit = study.next_event(subject, "SE.UNS")
        study.start_event(subject, visit, day)
        study.form(subject, visit, "F.DOSE").set("I.WEIGHT", "32.0")
    assert meet(*two, tmp_path) == [0, 0]
    for study in two:
        visits = {v.address: v.date for v in study.matrix(subject).columns if v.event.oid == "SE.UNS"}
        assert visits == {"SE.UNS#1": "2027-05-20", "SE.UNS#2-1": "2027-05-21"}


def test_that_rows_added_on_two_laptops_stand_one_after_the_other(two: tuple[Study, Study], tmp_path: Path) -> None:
    (subject,) = two[0].subjects()
    for study in two:
        entry = study.form(subject, "SE.W0", "F.DOSE")
        entry.set(f"I.STEP.RATE#{entry.add_row('IG.STEP')}", "50")
    assert meet(*two, tmp_path) == [0, 0]
    assert two[0].form(subject, "SE.W0", "F.DOSE").rows("IG.STEP") == ["1", "2-1"]


def test_that_two_answers_to_one_row_are_a_conflict_at_that_row(two: tuple[Study, Study], tmp_path: Path) -> None:
    (subject,) = two[0].subjects()
    entry = two[0].form(subject, "SE.W0", "F.DOSE")
    entry.set(f"I.STEP.RATE#{entry.add_row('IG.STEP')}", "50")
    meet(*two, tmp_path)
    for study, rate in zip(two, ("60", "70"), strict=True):
        study.form(subject, "SE.W0", "F.DOSE").set("I.STEP.RATE#1", rate, reason="Read again.")
    (tmp_path / "again").mkdir()
    report = merge_bundle(two[0].store, sent(two[1].store, two[0].store, tmp_path / "again" / "b"))
    (conflict,) = report.conflicts
    assert (conflict.path.item_address, conflict.path.event) == ("I.STEP.RATE#1", "SE.W0")
    head = two[0].store.form_head(conflict.path.form_path)
    assert head is not None and head.n_open_query == 1
