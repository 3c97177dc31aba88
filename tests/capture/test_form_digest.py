"""The form digest, recomputed from the page about the format with nothing but hashlib and struct."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.signature import form_digest
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.model import serial
from crf_desktop.model.data import HeadRow
from crf_desktop.store import NewStudy, create
from tests.capture.conftest import PASSWORD, PEOPLE
from tests.small_trial import small_trial

VECTORS = json.loads((Path(__file__).parent / "vectors" / "form_digest.json").read_text("utf-8"))


def cell(it: Any) -> bytes:
    """docs/log_format.md, Encoding 1."""
    if it is None:
        return b"\x00"
    if isinstance(it, int):
        return b"\x02" + struct.pack(">q", it)
    raw, tag = (it.encode("utf-8"), b"\x01") if isinstance(it, str) else (it, b"\x03")
    return tag + struct.pack(">I", len(raw)) + raw


def recomputed(form: dict[str, Any]) -> bytes:
    """docs/log_format.md, Form digest. Items: address, value, qualifier, unit, flavour, origin, seq."""
    cells = [form["study_oid"], *form["keys"], form["metadata_digest"]]
    for item in form["items"]:
        cells += item
    for oid, text, expression in form["derived"]:
        cells += [oid, text, hashlib.sha256(expression.encode("utf-8")).digest()]
    return hashlib.sha256(b"CRF-DESKTOP-FORM\x01" + b"".join(cell(c) for c in cells)).digest()


def told(entry: FormEntry) -> dict[str, Any]:
    """The form as the serialised definition and the rows of ``head`` tell it."""
    metadata = json.loads(entry.store.definition_bytes)["metadata"]
    form = next(f for f in metadata["forms"] if f["oid"] == entry.path.form)
    groups = {g["oid"]: g for g in metadata["item_groups"]}
    named = {m["name"]: m["expression"] for m in metadata["methods"]}
    expressions = {m["oid"]: m["expression"] for m in metadata["methods"]}
    held = {(row.path.group_key, row.path.item): row for row in entry.store.form_items(entry.path)}
    items: list[list[Any]] = []
    derived = [[oid, expressions[oid]] for oid in form.get("methods", ())]
    for group in (groups[oid] for oid in form["item_groups"]):
        keys = [""]
        if group.get("repeating"):
            answered = {key for (key, oid), r in held.items() if oid in group["items"] and r.datum.answered}
            keys = sorted(answered, key=numbers)
            derived += [[f"{m}#{key}", expressions[m]] for key in keys for m in group.get("methods", ())]
        items += [told_item(oid, key, held.get((key, oid))) for key in keys for oid in group["items"]]
    shown = entry.view().derived
    path = entry.path
    return {
        "study_oid": entry.store.study_oid,
        "keys": [path.subject, path.event, path.event_key or None, path.form, path.form_key or None, None, None, None],
        "metadata_digest": entry.store.metadata_digest,
        "items": items,
        "derived": [[at, shown[at].text, text] for at, text in derived if not far(text, named)],
    }


FAR = re.compile(r"\b(at|as_of|previous|latest|first|event_date|n_events|\w+_all)\('")


def far(text: str, named: dict[str, str]) -> bool:
    """Whether an expression reads other visits, by itself or through a method it names."""
    if FAR.search(text):
        return True
    return any(far(expression, named) for name, expression in named.items() if re.search(rf"\b{name}\b", text))


def numbers(key: str) -> list[int]:
    """``2`` before ``10``, ``2-1`` after ``2``."""
    return [int(part) for part in key.split("-")]


def told_item(oid: str, key: str, row: HeadRow | None) -> list[Any]:
    """One item and the row it came from."""
    at = f"{oid}#{key}" if key else oid
    if row is None:
        return [at, None, "", None, None, None, None]
    d = row.datum
    flavor = str(d.null_flavor) if d.null_flavor else None
    return [at, d.value, d.qualifier, d.unit_oid, flavor, row.origin, row.seq]


@pytest.mark.requirement("REQ-22")
@pytest.mark.parametrize("vector", VECTORS["forms"], ids=lambda v: v["name"])
def test_that_the_format_of_the_digest_has_not_moved(vector: dict[str, Any]) -> None:
    assert (recomputed(vector).hex() == vector["digest"]) is vector["right"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A study of few forms."""
    folder = tmp_path_factory.mktemp("digest") / "small.crf"
    create(folder, NewStudy("ST.SMALL", "01", serial.to_bytes(small_trial()), PEOPLE))
    study = Study.open(folder, "inv", PASSWORD, clock=DemoClock(datetime(2027, 5, 6, 9, 0, tzinfo=SITE_ZONE)))
    yield study
    study.close()


@pytest.fixture
def dose(opened: Study) -> FormEntry:
    """An unscheduled visit with a unit that was chosen, a censored value, a missing reason, a removed answer and rows.

    The first row is empty again, the eleventh stands after the second.
    """
    subject = opened.enrol()
    opened.start_event(subject, "SE.SCR", "2027-05-04")
    opened.form(subject, "SE.SCR", "F.DEMO").set("I.SEX", "F")
    visit = opened.next_event(subject, "SE.UNS")
    opened.start_event(subject, visit, "2027-05-05")
    entry = opened.form(subject, visit, "F.DOSE")
    entry.set("I.IGG", "<1650", "MU.MG_DL")
    entry.set_missing("I.WEIGHT", "ND")
    entry.set("I.DOSE", "375")
    entry.clear("I.DOSE")
    for _ in range(11):
        row = entry.add_row("IG.STEP")
        if row in ("1", "2", "11"):
            entry.set(f"I.STEP.MINUTE#{row}", "30")
            entry.set(f"I.STEP.RATE#{row}", "100")
    entry.clear("I.STEP.MINUTE#1")
    entry.clear("I.STEP.RATE#1")
    return entry


@pytest.mark.requirement("REQ-22")
def test_that_an_independent_reader_finds_the_digest_that_is_signed(dose: FormEntry) -> None:
    form = told(dose)
    assert form["keys"][:4] == [dose.path.subject, "SE.UNS", dose.path.event_key, "F.DOSE"]
    assert {tuple(i[2:5]) for i in form["items"]} >= {("<", "MU.MG_DL", None), ("", None, "ND")}
    assert [i[0] for i in form["items"][-4:]] == [f"I.STEP.{w}#{n}" for n in (2, 11) for w in ("MINUTE", "RATE")]
    assert [at for at, *_ in form["derived"]] == ["M.DOSE.ML", "M.STEP.ML#2", "M.STEP.ML#11"], "none of other visits"
    assert form["derived"][-2:] == [[f"M.STEP.ML#{n}", "50.0", "step_minute * step_rate / 60"] for n in (2, 11)]
    assert recomputed(form) == form_digest(dose)


@pytest.mark.requirement("REQ-22")
def test_that_a_form_that_repeats_has_a_digest_of_its_own(opened: Study, dose: FormEntry) -> None:
    seen = set()
    for _ in range(2):
        entry = opened.form(dose.path.subject, "SE.LOG", opened.next_repeat(dose.path.subject, "SE.LOG", "F.AE"))
        entry.set("I.AE.TERM", "Rash")
        assert recomputed(told(entry)) == form_digest(entry)
        seen.add(form_digest(entry))
    assert len(seen) == 2


@pytest.mark.requirement("REQ-22", "REQ-25")
def test_that_everything_the_form_says_is_in_the_digest(dose: FormEntry) -> None:
    form = told(dose)
    seen = {recomputed(form)}
    for at in range(len(form["items"])):
        for place in range(7):
            other = json.loads(json.dumps(form))
            other["items"][at][place] = 77 if place == 6 else "other"
            seen.add(recomputed(other))
    changes = 1 + 7 * len(form["items"])
    assert len(seen) == changes
    for oid, typed in (("I.IGG", "<1651"), ("I.IGG", "<1650"), ("I.STEP.RATE#2", "101"), ("I.STEP.RATE#3", "100")):
        dose.set(oid, typed, "MU.MG_DL" if oid == "I.IGG" else "")
        seen.add(form_digest(dose))
    assert len(seen) == changes + 4, "the same value committed again is another row, so another digest"


@pytest.mark.requirement("REQ-25")
def test_that_what_is_entered_at_another_visit_leaves_the_digest_as_it_was(opened: Study, dose: FormEntry) -> None:
    subject, visit = dose.path.subject, dose.path.event_address
    opened.start_event(subject, "SE.W0", "2027-05-04")
    dose.set("I.WEIGHT", "33.5")
    seen = set()
    for weight, change in (("32", "1.5"), ("33", "0.5")):
        opened.form(subject, "SE.W0", "F.DOSE").set("I.WEIGHT", weight)
        again = opened.form(subject, visit, "F.DOSE")
        assert again.view().derived["M.WEIGHT.CHANGE"].text == change
        seen.add(form_digest(again))
    assert len(seen) == 1


def test_that_what_a_site_sets_later_leaves_signed_events_as_they_are() -> None:
    from crf_desktop.forms import definition
    from crf_desktop.model.reach import reads_elsewhere

    trial = definition()
    assert reads_elsewhere(trial, trial.method_by_name["sae_report_in_time"])
    assert not reads_elsewhere(trial, trial.method_by_name["sae_report_hours"])
