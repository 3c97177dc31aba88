"""Tables of what repeats: visits, forms, rows of a group; and derived values that reach to other visits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model import serial
from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, create
from tests.exchange.site import PASSWORD, StepClock
from tests.small_trial import small_trial

Row = dict[str, str]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Row]]]:
    """One participant with two doses, an unscheduled visit, two adverse events and one that was taken back."""
    folder = tmp_path_factory.mktemp("repeats")
    definition = small_trial()
    people = tuple(NewPerson(role[:3], role, role, PASSWORD) for role in ("investigator", "administrator"))
    create(folder / "s.crf", NewStudy("ST.SMALL", "01", serial.to_bytes(definition), people), StepClock())
    study = Study.open(folder / "s.crf", "inv", PASSWORD, clock=StepClock(datetime(2027, 6, 1, tzinfo=UTC)))
    try:
        _enter(study)
        written = export_csv(study.store, definition, folder / "out")
        yield {name: _read(folder / "out" / name) for name in written}
    finally:
        study.close()


def _read(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def _enter(study: Study) -> None:
    subject = study.enrol()
    for event, day in (("SE.SCR", "2027-05-01"), ("SE.W0", "2027-05-06"), ("SE.UNS#1", "2027-05-10")):
        study.start_event(subject, event, day)
    entry = study.form(subject, "SE.SCR", "F.DEMO")
    entry.set("I.SEX", "F")
    for event, weight, steps in (("SE.W0", "32.0", 2), ("SE.UNS#1", "33.5", 10)):
        entry = study.form(subject, event, "F.DOSE")
        entry.set("I.WEIGHT", weight)
        for _ in range(steps):
            row = entry.add_row("IG.STEP")
            entry.set(f"I.STEP.MINUTE#{row}", "30")
            entry.set(f"I.STEP.RATE#{row}", str(50 + 10 * int(row)))
    for term in ("Rash", "Fever", "Mistake"):
        at = study.next_repeat(subject, "SE.LOG", "F.AE")
        entry = study.form(subject, "SE.LOG", at)
        entry.set("I.AE.TERM", term)
        if term == "Mistake":
            entry.clear("I.AE.TERM")
        else:
            entry.set("I.AE.START", "2027-05-08")
    missed = ItemPath(subject, "SE.D2")
    gone = Datum(null_flavor=NullFlavor.NOT_DONE)
    digest = study.store.metadata_digest
    study.store.append(
        [Entry(Kind.EVENT, missed, "Insert", gone, reason_for_change="Snow.", metadata_digest=digest)]
    )


def test_that_a_row_of_a_group_is_named_by_participant_visit_and_row(tables: dict[str, list[Row]]) -> None:
    rates = tables["dose_rate.csv"]
    assert [r["group_key"] for r in rates] == ["1", "2", *(str(n) for n in range(1, 11))], "2 stands before 10"
    assert {r["event_key"] for r in rates[:2]} == {""} and {r["event_key"] for r in rates[2:]} == {"1"}
    assert [(r["step_rate"], r["step_ml"]) for r in rates[:2]] == [("60", "30.0"), ("70", "35.0")]


def test_that_a_form_that_repeats_has_one_row_each_and_none_when_empty_again(tables: dict[str, list[Row]]) -> None:
    events = tables["adverse_event.csv"]
    assert [(r["form_key"], r["ae_term"]) for r in events] == [("1", "Rash"), ("2", "Fever")]
    assert "event_key" not in events[0] and "visit_date" not in events[0], "what belongs to no visit has no date"


def test_that_derived_values_reach_to_other_visits(tables: dict[str, list[Row]]) -> None:
    first, second = tables["dose.csv"]
    assert (first["weight_change"], second["weight_change"]) == ("", "1.5")
    assert (second["study_day"], second["study_week"]) == ("4", "1")
    assert [r["ae_day"] for r in tables["adverse_event.csv"]] == ["2", "2"]
    assert first["dose_ml"] == "65.0"


def test_that_a_missed_visit_stands_in_the_list_of_visits_with_its_reason(tables: dict[str, list[Row]]) -> None:
    visits = {r["event"]: r for r in tables["visits.csv"]}
    assert list(visits) == ["SE.SCR", "SE.W0", "SE.UNS", "SE.D2"]
    missed = visits["SE.D2"]
    assert (missed["missed"], missed["reason"], missed["visit_date"]) == ("true", "Snow.", "")
    window = (missed["target"], missed["window_opens"], missed["window_closes"])
    assert window == ("2027-05-13", "2027-05-12", "2027-05-14")
    assert visits["SE.W0"]["missed"] == "false"
