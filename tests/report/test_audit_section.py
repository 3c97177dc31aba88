"""The audit trail on paper: who, role, when, old → new, why, queries, ticks, and rows that are about nobody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crf_desktop.capture import query as asking
from crf_desktop.capture.signature import local_time
from crf_desktop.capture.verification import tick_form
from crf_desktop.errors import Language
from crf_desktop.report.audit_section import Trail, by_visit, draw_visit
from crf_desktop.report.flow import Flow
from crf_desktop.wording.figure import moment
from tests.capture.asking import DOSE, WEIGHT, Room, make, room
from tests.golden.make import Reading


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A weight changed with its reason, a query that is answered, a form verified."""
    folder = make(tmp_path_factory.mktemp("trail") / "study.crf")
    with room(folder) as at:
        entry = at.as_("inv").form("01-001", "SE.W0", "F.DOSE")
        entry.set("I.WEIGHT", "31.0", reason="Scale read again.")
        asked = asking.raise_query(at.as_("mon"), DOSE, "All of it?")
        asking.answer(at.as_("crc"), asked, "All but 2 mL.")
        study = at.as_("mon")
        tick_form(study, study.form("01-001", "SE.W0", "F.DOSE"))
    return folder


@pytest.fixture
def at(made: Path, tmp_path: Path) -> Iterator[Room]:
    with room(Path(shutil.copytree(made, tmp_path / "study.crf"))) as opened:
        yield opened


def trail_of(at: Room, language: Language = "en") -> Trail:
    store = at.study.store
    rows = sorted((r for origin in store.heads() for r in store.changes(origin)), key=lambda r: r.order)
    people = {p.user_oid: p for p in store.people()}
    title = at.study.definition.event_at
    return Trail(tuple(rows), people, at.study.definition, language, lambda _, e: title(e).title.in_(language))


def told(trail: Trail) -> str:
    """Everything in the order in which it is drawn, row by row and cell by cell, without blanks."""
    flow = Flow(40, 40, 800)
    for _, rows in by_visit(trail):
        draw_visit(flow, trail, rows)
    found = []
    for page in flow.pages:
        pen = Reading()
        for draw in page:
            draw(pen)
        found += [text for _, _, text in pen.words]
    return re.sub(r"[\s\u00a0]+", "", "".join(found))


@pytest.mark.requirement("REQ-13", "REQ-15", "REQ-12")
def test_that_a_change_tells_old_and_new_who_in_which_role_when_and_why(at: Room) -> None:
    trail = trail_of(at)
    row = next(r for r in trail.rows if r.reason_for_change)
    when = moment(local_time(row), "en")
    line = f"{row.seq}{when}inv, investigatorweight30.0 kg → 31.0 kgScale read again."
    assert re.sub(r"[\s\u00a0]+", "", line) in told(trail)


@pytest.mark.requirement("REQ-15", "REQ-35")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("asked: All of it?", "answered: All but 2 mL.", "mon, monitorSource verification")),
        ("zh", ("提出质疑：All of it?", "答复：All but 2 mL.", "mon，监查员源数据核查")),
    ],
)
def test_that_queries_and_ticks_are_told_in_words(at: Room, language: Language, words: tuple[str, ...]) -> None:
    whole = told(trail_of(at, language))
    for one in words:
        assert one.replace(" ", "") in whole


def test_that_the_whole_study_has_its_own_rows_first_and_every_row_once(at: Room) -> None:
    trail = trail_of(at)
    places = by_visit(trail)
    assert places[0][0] == ("", "") and [subject for (subject, _), _ in places] == sorted(s for (s, _), _ in places)
    assert sorted(r.order for _, rows in places for r in rows) == [r.order for r in trail.rows]
    whole = told(trail)
    assert "BEGINCERTIFICATE" not in whole and "signsforms:" in whole


def test_that_a_row_whose_predecessor_is_not_among_them_shows_what_is_new_alone(at: Room) -> None:
    trail = trail_of(at)
    later = Trail(
        tuple(r for r in trail.rows if r.path == WEIGHT)[-1:], trail.people, trail.definition, "en", trail.visit_title
    )
    assert told(later).count("→") == 1 and "weight31.0kg" in told(later), "the arrow of the head alone"
