"""The audit trail as a document: every row, sentences for people and the file, what is intact and filtered."""

from __future__ import annotations

import json
import pickle
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from attrs import evolve

from crf_desktop.capture.printing import EXPORTS
from crf_desktop.capture.study import Study
from crf_desktop.capture.trail import TrailRecord, trail_record, trail_steps
from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.model.access import ACTS as KNOWN
from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.report.audit_section import Trail
from crf_desktop.report.audit_trail import audit_trail, ticks
from crf_desktop.report.audit_trail_act import act_told
from crf_desktop.report.drawing import grouped
from crf_desktop.store.people import act_of
from crf_desktop.wording.trail_act import ACTS, VALUES
from tests.capture.asking import PASSWORD, Room, make, room
from tests.report.paper_reading import bare, needs_poppler, told

WHO = "01-001"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("trail") / "study.crf")


@pytest.fixture(scope="module")
def whole(made: Path) -> TrailRecord:
    study = Study.open(made, "inv", PASSWORD, read_only=True)
    try:
        return trail_record(study)
    finally:
        study.close()


@pytest.fixture
def at(made: Path, tmp_path: Path) -> Iterator[Room]:
    with room(Path(shutil.copytree(made, tmp_path / "study.crf"))) as opened:
        yield opened


def export(at: Room, **more: str) -> None:
    said = {"act": "export", "format": "casebook", "sha256": "ab" * 32, **more}
    at.study.store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=said)])


def words(record: TrailRecord, language: Language = "en") -> str:
    return bare(told(audit_trail(record, language)))


@needs_poppler
@pytest.mark.requirement("REQ-13", "REQ-15")
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_row_of_the_study_stands_in_it_and_nothing_is_left_to_be_filled_in(
    whole: TrailRecord, language: Language
) -> None:
    record = whole
    assert [r.seq for r in record.rows] == [*range(1, record.n_held + 1)]
    found = words(record, language)
    for row in record.rows:
        assert str(row.seq) in found
    said = "unlockedthestudy" if language == "en" else "解锁研究"
    assert said in found and "{" not in found and "payload" not in found


@needs_poppler
@pytest.mark.requirement("REQ-15")
def test_that_the_title_page_says_what_was_asked_for_and_what_is_intact(at: Room) -> None:
    at.study.store.verify("full")
    record = trail_record(at.study, WHO)
    front = bare(told(audit_trail(record, "en"), "-raw", "-l", "1"))
    ((origin, (seq, head)),) = record.heads.items()
    assert f"participant{WHO}" in front and f"{len(record.rows)}here,of{seq}" in front
    assert bare(f"Log {origin} {seq} rows, head {grouped(head)}") in front
    assert bare("every row of the study was gone over again") in front
    assert bare("was not gone over") in words(evolve(record, depth=""))


def test_that_a_participant_s_trail_holds_their_rows_and_the_papers_about_them_only(at: Room) -> None:
    export(at, subject=WHO)
    export(at, subject="01-002")
    export(at)
    record = trail_record(at.study, WHO)
    assert {r.path.subject for r in record.rows} == {WHO, ""}
    assert [r.seq for r in record.rows if r.kind is Kind.SYSTEM] == [at.study.store.head()[1] - 2]


@needs_poppler
def test_that_each_page_of_the_whole_study_says_whose_rows_they_are(whole: TrailRecord) -> None:
    record = whole
    for (_, visit), title in record.titles.items():
        if visit in ("SE.SCR", "SE.W0"):
            assert bare(f"{WHO} · {title.en}") in words(record)


@pytest.mark.requirement("REQ-15")
def test_that_every_act_that_somebody_may_write_is_told_in_a_sentence() -> None:
    spoken = {name.partition(".")[0] for name in ACTS} | ACTS.keys()
    assert {act for act in KNOWN if act not in spoken} == set()
    for (_, sentence) in ACTS.values():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in sentence]
        assert fields[0] == fields[1]


FILLED: dict[str, Any] = {
    "user_oid": "U.01.1", "user_name": "li.wei", "full_name": "Li Wei", "role": "monitor", "identity": "staff card",
    "origin": "abcdefghijklm", "key_id": "0123456789abcdef", "serial": "77", "site": "01", "slot": 3, "slots": [1, 2],
    "statement": {"en": "I mean it", "zh": "我确认"}, "sequence": 4, "epoch": 2, "from_origin": "nopqrstuvwxyz",
    "from_seq": 9, "made_at": "2026-05-06T08:00:00Z", "before": "2026-05-06T08:00:00Z", "now": "2026-05-06T07:00:00Z",
    "shift_ms": -3600000, "at": "2026-05-06T08:00:00Z", "purpose": "unlock", "why": "lock", "sha256": "ab" * 32,
    "size": 2500000, "seq": 12, "head": "cd" * 32, "problem": "backup.disk_full", "version": 7, "name": "weight_limit",
    "value": "3", "holder": "granted", "to": "abcdefghijklm", "first": 1, "copy": "keys.a", "form": "code",
    "by": "recovery", "recipient": "age1x", "days": 90, "units": {"I.WEIGHT": "U.KG"}, "limits": {"I.WEIGHT": "4"},
    "fingerprint": "ef" * 32, "url": "http://tsa.example", "n_revoked": 2, "next_update": "2026-06-06T08:00:00Z",
    "level": "B-T", "document": "sha256:" + "aa" * 32, "of": "sha256:" + "bb" * 32, "format": "csv",
    "rows": {"a.csv": 3, "b.csv": 4}, "recipients": ["a"], "ca_fingerprint": "cc" * 32,
}  # fmt: skip
"""Every field that any act has."""
CERTIFIED = ("certify", "certify_installation")
"""Those that read a certificate, which the rows of a real study have."""


@pytest.mark.parametrize("act", sorted(KNOWN))
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_sentence_of_a_whole_row_leaves_nothing_open(
    whole: TrailRecord, act: str, language: Language
) -> None:
    trail = Trail(whole.rows, whole.people, whole.definition, language, lambda _, visit: visit)
    row = next((r for r in whole.rows if act_of(r) == act), whole.rows[0])
    if act not in CERTIFIED:
        row = said(row, FILLED | {"act": act})
    about, sentence = act_told(trail, row) or ("", "")
    assert about and sentence and "–" not in sentence.replace("001–", "") and not re.search(r"[{}]", sentence)


def said(row: Change, payload: dict[str, Any]) -> Change:
    return evolve(row, kind=Kind.SYSTEM, payload=json.dumps(payload))


def test_that_what_a_row_does_not_say_stands_as_a_dash_and_an_unknown_act_as_its_fields(whole: TrailRecord) -> None:
    record = whole
    trail = Trail(record.rows, record.people, record.definition, "en", lambda _, visit: visit)
    assert act_told(trail, said(record.rows[0], {"act": "keys.rotated"})) == (
        "Key file", "data key changed, now number –",
    )  # fmt: skip
    assert act_told(trail, said(record.rows[0], {"act": "invented"})) is None
    odd = said(record.rows[0], {"act": "certify", "user_oid": "U.9", "origin": 7, "signing_certificate": "none"})
    assert act_told(trail, odd) == ("Certificate", "given to U.9 on file 7, until –\nsigns forms: –\nsigns rows: –")


def test_that_every_kind_of_paper_has_its_name_in_the_trail() -> None:
    assert set(EXPORTS.values()) <= VALUES["format"].keys()


def test_that_it_travels_to_a_worker_ticks_as_it_said_and_gives_the_same_bytes(whole: TrailRecord) -> None:
    record, count = whole, list[int]()
    sent = pickle.loads(pickle.dumps(record))
    assert sent == record
    assert audit_trail(sent, "zh", lambda: count.append(1)) == audit_trail(record, "zh")
    assert len(count) == ticks(record)


def test_that_rows_written_while_it_is_read_are_not_in_it(at: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crf_desktop.capture.trail.ROWS", 5)
    steps = trail_steps(at.study)
    with pytest.raises(StopIteration) as end:
        while True:
            next(steps)
            export(at)
    assert len(end.value.value.rows) == end.value.value.n_held
