"""Queries on paper and in tables: what a visit's record holds, what is printed, and what an export says."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crf_desktop.capture import query as asking
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.verification import tick_form, tick_item
from crf_desktop.errors import Language
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model.query import QuerySource, QueryState
from crf_desktop.report.visit_summary import visit_summary
from tests.capture.asking import DOSE, WEIGHT, Room, make, room


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open query, one that is answered, one on the form, one closed, a check overridden, and a form verified."""
    folder = make(tmp_path_factory.mktemp("record") / "study.crf")
    with room(folder) as at:
        asking.raise_query(at.as_("mon"), WEIGHT, "30.0 or 13.0?")
        dose = asking.raise_query(at.as_("dat"), DOSE, "All of it?")
        asking.answer(at.as_("crc"), dose, "All but 2 mL.")
        asking.raise_query(at.as_("dat"), WEIGHT.form_path, "When was this filled in?")
        asking.close(at.as_("mon"), asking.raise_query(at.as_("mon"), DOSE, "Which lot?"))
        entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
        entry.set(f"I.STEP.RATE#{entry.add_row('IG.STEP')}", "500", override="The pump allows it.")
        study = at.as_("mon")
        tick_form(study, study.form("01-001", "SE.W0", "F.DOSE"))
        tick_item(study, study.form("01-001", "SE.W0", "F.DOSE"), "I.DOSE", verified=False)
        at.write(WEIGHT, "31.0")
    return folder


@pytest.fixture
def at(made: Path, tmp_path: Path) -> Iterator[Room]:
    with room(Path(shutil.copytree(made, tmp_path / "study.crf"))) as opened:
        yield opened


@pytest.mark.requirement("REQ-35")
def test_that_the_record_of_a_visit_holds_its_open_queries_with_what_was_said(at: Room) -> None:
    record = visit_record(at.study, "01-001", "SE.W0")
    [form] = record.forms
    assert [q.item for q in form.queries] == ["I.WEIGHT", "I.DOSE", "", "I.STEP.RATE#1"]
    assert form.asked == {"I.WEIGHT", "I.DOSE", "", "I.STEP.RATE#1"} and record.n_open_query == 4
    answered, check = form.queries[1], form.queries[3]
    assert answered.state is QueryState.ANSWERED and check.source is QuerySource.CHECK
    assert [(line.by.user_name, line.act.value, line.text) for line in answered.lines] == [
        ("dat", "raise", "All of it?"),
        ("crc", "answer", "All but 2 mL."),
    ]
    assert form.items["I.STEP.RATE#1"].reason == "The pump allows it."


@pytest.mark.requirement("REQ-35")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("4 open queries in this visit", "answered, not closed", "asked: All of it?", ": All but 2 mL.")),
        ("zh", ("本次访视有4条未决质疑", "已答复，未关闭", "提出质疑：All of it?", "答复：All but 2 mL.")),
    ],
)
def test_that_paper_says_who_asked_what_and_what_was_answered(
    at: Room, language: Language, words: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "visit.pdf"
    file.write_bytes(visit_summary(visit_record(at.study, "01-001", "SE.W0"), language))
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    said = " ".join(said.split())
    for one in words:
        assert one in said
    assert "Which lot?" not in said, "a closed query is not open"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text("utf-8-sig"))))


@pytest.mark.requirement("REQ-35")
def test_that_the_export_has_every_contribution_and_every_tick(at: Room, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = export_csv(at.as_("mon").store, at.study.definition, out)
    queries, ticks = table(out, "queries"), table(out, "source_verification")
    assert (told["queries.csv"], len(queries)) == (7, 7) and told["source_verification.csv"] == len(ticks)
    lot = [row for row in queries if row["query_state"] == "Closed"]
    assert [(r["query_line"], r["query_act"], r["state_after"], r["role"]) for r in lot] == [
        ("1", "raise", "Open", "monitor"),
        ("2", "close", "Closed", "monitor"),
    ]
    [check] = [row for row in queries if row["query_source"] == "check"]
    assert (check["item_name"], check["group_key"], check["checks"]) == ("step_rate", "1", "EC.STEP.001")
    assert {row["item_name"]: row["verification"] for row in ticks} == {
        "sex": "open",
        "weight": "changed",
        "dose": "open",
        "step_rate": "verified",
    }
    by = {row["item_name"]: row["verified_by"] for row in ticks}
    assert by["sex"] == "" and by["dose"] == by["weight"] == at.study.session.person.user_oid
    told_of = {row["column"] for row in table(out, "codebook") if row["file"] == "queries.csv"}
    assert told_of >= set(queries[0])
