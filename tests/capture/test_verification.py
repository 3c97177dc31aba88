"""Source data verification: what was compared, what changed since, and who may say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.verification import (
    NOTHING_YET,
    Progress,
    Tick,
    may_verify,
    progress,
    progress_of,
    tick_form,
    tick_item,
    total,
    verification,
)
from crf_desktop.errors import Refused
from crf_desktop.model.data import Datum
from tests.capture.asking import DOSE, ROLE_OF, WEIGHT, Room, make, room


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("source") / "study.crf")


@pytest.fixture
def at(made: Path, tmp_path: Path) -> Iterator[Room]:
    with room(Path(shutil.copytree(made, tmp_path / "study.crf"))) as opened:
        yield opened


def dose(at: Room, user: str = "mon") -> FormEntry:
    return at.as_(user).form("01-001", "SE.W0", "F.DOSE")


def ticks(entry: FormEntry) -> dict[str, str]:
    return {at: v.tick.value for at, v in verification(entry).items()}


def test_that_an_answer_is_open_until_it_is_ticked_and_may_be_unticked(at: Room) -> None:
    entry = dose(at)
    assert ticks(entry) == {"I.WEIGHT": "open", "I.DOSE": "open"} and progress(entry) == Progress(0, 0, 2)
    tick_item(at.study, entry, "I.WEIGHT")
    assert ticks(entry) == {"I.WEIGHT": "verified", "I.DOSE": "open"} and progress(entry) == Progress(1, 0, 2)
    tick_item(at.study, entry, "I.WEIGHT", verified=False)
    assert ticks(entry)["I.WEIGHT"] == "open"
    by = verification(entry)["I.WEIGHT"].by
    assert by is not None and by.role == "monitor"


def test_that_ticking_the_form_ticks_every_answer_it_holds_now(at: Room) -> None:
    entry = dose(at)
    tick_form(at.study, entry)
    assert set(ticks(entry).values()) == {"verified"} and progress(entry).done
    at.write(WEIGHT.at("IG.DOSE", "I.IGG"), "11.2")
    entry = dose(at)
    assert ticks(entry)["I.IGG"] == "open", "an answer given later was never compared"
    assert progress(entry) == Progress(2, 0, 3) and not progress(entry).done
    tick_item(at.study, entry, "I.DOSE", verified=False)
    assert ticks(entry) == {"I.WEIGHT": "verified", "I.DOSE": "open", "I.IGG": "open"}
    tick_form(at.study, entry, verified=False)
    assert set(ticks(entry).values()) == {"open"}


def test_that_what_changed_since_stands_beside_what_was_compared(at: Room) -> None:
    entry = dose(at)
    tick_form(at.study, entry)
    at.write(WEIGHT, "31.0")
    at.write(DOSE, None)
    entry = dose(at)
    found = verification(entry)
    assert {a: (v.tick, v.old.value) for a, v in found.items()} == {
        "I.WEIGHT": (Tick.CHANGED, "30.0"),
        "I.DOSE": (Tick.CHANGED, "500"),
    }
    assert entry.datum("I.WEIGHT").value == "31.0" and entry.datum("I.DOSE") == Datum()
    assert progress(entry) == Progress(0, 2, 2)
    tick_item(at.study, entry, "I.WEIGHT")
    tick_item(at.study, entry, "I.DOSE")
    assert ticks(entry) == {"I.WEIGHT": "verified"}, "an empty field that agrees has nothing left to compare"


def test_that_a_tick_speaks_only_of_the_rows_its_author_had(at: Room) -> None:
    """A row of another laptop may be older by its clock than the tick and still was not seen."""
    entry = dose(at)
    tick_form(at.study, entry)
    row = entry.data["I.WEIGHT"]
    tick = at.study.store.verifications(entry.path)[0]
    assert row.lamport < tick.lamport
    from attrs import evolve

    entry.data["I.WEIGHT"] = evolve(row, origin="z" * 13, lamport=row.lamport + 1)
    assert ticks(entry)["I.WEIGHT"] == "changed"


@pytest.mark.requirement("REQ-03", "REQ-04")
@pytest.mark.parametrize("user", [u for u in ROLE_OF if u != "mon"])
def test_that_nobody_but_the_monitor_ticks(at: Room, user: str) -> None:
    entry = dose(at, user)
    assert not may_verify(at.study)
    acts: tuple[Any, ...] = (lambda: tick_item(at.study, entry, "I.WEIGHT"), lambda: tick_form(at.study, entry))
    for act in acts:
        with pytest.raises(Refused) as no:
            act()
        assert no.value.code == "access.no_right"
    assert at.study.store.verifications(entry.path) == []


def test_that_there_must_be_an_answer_to_compare(at: Room) -> None:
    study = at.as_("mon")
    for act in (
        lambda: tick_item(study, dose(at), "I.IGG"),
        lambda: tick_form(study, study.form("01-001", "SE.D2", "F.DOSE")),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert no.value.code == "verify.no_answer" and all(no.value.sentences("zh"))


def test_that_progress_is_told_per_form_visit_and_participant(at: Room) -> None:
    study = at.as_("mon")
    tick_form(study, study.form("01-001", "SE.SCR", "F.DEMO"))
    tick_item(study, dose(at), "I.WEIGHT")
    at.write(WEIGHT, "31.0")
    found = progress_of(study, "01-001")
    assert found == {("SE.SCR", "F.DEMO"): Progress(1, 0, 1), ("SE.W0", "F.DOSE"): Progress(0, 1, 2)}
    assert progress_of(study, "01-001", "SE.W0") == {("SE.W0", "F.DOSE"): Progress(0, 1, 2)}
    assert total(found) == Progress(1, 1, 3) and total(found, "SE.SCR").done
    assert total(found, "SE.D2") == NOTHING_YET and progress_of(study, "01-002") == {}


def test_that_rows_and_repeating_forms_are_ticked_one_by_one(at: Room) -> None:
    entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
    for minute in ("0", "30"):
        entry.set(f"I.STEP.MINUTE#{entry.add_row('IG.STEP')}", minute)
    at.study.form("01-001", "SE.LOG", "F.AE#1").set("I.AE.TERM", "Rash")
    at.study.form("01-001", "SE.LOG", "F.AE#2").set("I.AE.TERM", "Fever")
    entry = dose(at)
    tick_item(at.study, entry, "I.STEP.MINUTE#2")
    assert (ticks(entry)["I.STEP.MINUTE#1"], ticks(entry)["I.STEP.MINUTE#2"]) == ("open", "verified")
    tick_form(at.study, at.study.form("01-001", "SE.LOG", "F.AE#2"))
    assert ticks(at.study.form("01-001", "SE.LOG", "F.AE#1")) == {"I.AE.TERM": "open"}
    assert progress_of(at.study, "01-001", "SE.LOG")["SE.LOG", "F.AE#2"].done
    assert {f.code for f in at.study.store.verify("full")} == {"verify.ok_full"}
