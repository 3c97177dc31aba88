"""An analysis on disk: whole or not at all, the same bytes from the same data, everything explained, in the log."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.analysis.codebook import COLUMNS
from crf_desktop.analysis.frames import read_study
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.parquet import read_parquet
from crf_desktop.analysis.writing import Written, export_analysis, write_analysis
from crf_desktop.capture.cell import uncell
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model import serial
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.store import NewPerson, NewStudy, Store, create, unlock
from tests.analysis.tabled import record_of, tabled
from tests.exchange.site import DEFINITION, PASSWORD, SITE_STUDY, StepClock, answer, begin
from tests.small_trial import small_trial

TODAY = "2027-06-01"
FORMULA = "=1+1，江"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with two participants, one of whom has week 0."""
    place = tmp_path_factory.mktemp("analysed")
    create(place / "a.crf", SITE_STUDY, StepClock())
    with _opened(place / "a.crf") as store:
        begin(store)
        pga, before = DEFINITION.item_by_name["pga_assessor"], DEFINITION.item_by_name["pga"]
        store.append([answer(before.oid, "62"), answer(pga.oid, FORMULA)])
        begin(store, "01-002", "2027-05-07")
    return place


def _opened(folder: Path, user: str = "inv", **more: Any) -> Store:
    return unlock(folder, user, PASSWORD, clock=StepClock(datetime(2027, 6, 1, tzinfo=UTC)), **more)


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(made / "a.crf", tmp_path / "a.crf")
    with _opened(tmp_path / "a.crf") as opened:
        yield opened


@pytest.fixture(scope="module")
def analysis(made: Path) -> tuple[Path, Written]:
    """The analysis of both, for tests that read it."""
    shutil.copytree(made / "a.crf", made / "read.crf")
    with _opened(made / "read.crf") as opened:
        return made / "analysis", written(opened, made / "analysis")


def written(store: Store, out: Path, **more: Any) -> Written:
    return export_analysis(Study(store, StepClock()), out, more.pop("options", Options()), "en", TODAY, **more)


def table(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{k: uncell(v) for k, v in row.items()} for row in reader]


def exports(store: Store) -> list[dict[str, Any]]:
    told = [json.loads(c.payload) for c in store.rows(Kind.SYSTEM) if c.payload]
    return [payload for payload in told if payload.get("act") == "export"]


def test_that_two_runs_give_the_same_tables_although_the_log_has_grown(store: Store, tmp_path: Path) -> None:
    before = store.heads()
    first, second = written(store, tmp_path / "1"), written(store, tmp_path / "2")
    assert store.heads() != before, "each export is a row of the log"
    names = [str(f["name"]) for f in first.files]
    assert first.files == second.files and len(names) > 90
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
    assert first.manifest != second.manifest, "which says at which head the log stood"


@pytest.mark.requirement("REQ-39")
def test_that_the_manifest_has_the_checksum_of_every_file_and_the_options(store: Store, tmp_path: Path) -> None:
    options = Options().with_("response_at_least", "3")
    heads = store.heads()
    written(store, tmp_path / "out", options=options)
    told = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    files = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert {f["name"] for f in told["files"]} == files - {"manifest.json"}
    for file in told["files"]:
        data = (tmp_path / "out" / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert told["options"] == dict(options.items()) and told["today"] == TODAY
    assert told["heads"] == {o: {"seq": seq, "head": head.hex()} for o, (seq, head) in heads.items()}


def test_that_the_export_is_recorded_in_the_log(store: Store, tmp_path: Path) -> None:
    done = written(store, tmp_path / "out")
    digest = hashlib.sha256((tmp_path / "out" / "manifest.json").read_bytes()).hexdigest()
    assert exports(store) == [{"act": "export", "format": "analysis", "sha256": digest, "rows": done.rows}]
    assert done.rows == sum(len(table(p)) for p in (tmp_path / "out" / "tables").iterdir())


@pytest.mark.requirement("REQ-38")
def test_that_every_file_and_every_column_stands_in_the_codebook(analysis: tuple[Path, Written]) -> None:
    out, done = analysis
    book = table(out / "codebook.csv")
    assert tuple(book[0]) == COLUMNS and all(row["label_en"] and row["label_zh"] for row in book)
    for path in (out / "tables").iterdir():
        head = next(csv.reader([path.read_text("utf-8-sig").splitlines()[0]]))
        assert [row["column"] for row in book if row["file"] == path.stem] == ["", *head], path.stem
        frame = read_parquet(out / "parquet" / f"{path.stem}.parquet").reset_index()
        types = {row["column"]: row["dtype"] for row in book if row["file"] == path.stem and row["column"]}
        assert types == {n: "ordered category" if str(t) == "category" else str(t) for n, t in frame.dtypes.items()}
    named = {row["file"] for row in book}
    loose = {str(f["name"]) for f in done.files if "/" not in str(f["name"])} | {"manifest.json"}
    assert loose <= named and {p.stem for p in (out / "tables").iterdir()} == named - loose
    missing = next(row for row in book if (row["file"], row["column"]) == ("physician_global", "pga__null"))
    assert "UNK=unknown" in missing["codes_en"] and missing["label_zh"].endswith("：缺失原因")


def test_that_csv_and_parquet_say_the_same(analysis: tuple[Path, Written]) -> None:
    for path in (analysis[0] / "tables").iterdir():
        frame = read_parquet(analysis[0] / "parquet" / f"{path.stem}.parquet").reset_index()
        rows = table(path)
        assert len(rows) == len(frame)
        for name in frame.columns:
            known = [not gone and value != "" for value, gone in zip(frame[name], frame[name].isna(), strict=True)]
            assert known == [row[name] != "" for row in rows], (path.stem, name)


def test_that_no_spreadsheet_runs_what_a_person_typed(analysis: tuple[Path, Written]) -> None:
    out, _ = analysis
    data = (out / "tables" / "physician_global.csv").read_bytes()
    assert b"\"'=1+1" in data and b'"=1+1' not in data
    assert table(out / "tables" / "physician_global.csv")[0]["pga_assessor"] == FORMULA
    frame = read_parquet(out / "parquet" / "physician_global.parquet")
    assert frame["pga_assessor"].tolist() == [FORMULA]


def test_that_the_traces_are_there_in_both_languages_and_for_machines(analysis: tuple[Path, Written]) -> None:
    out, _ = analysis
    english, chinese = ((out / f"traces_{language}.txt").read_text("utf-8") for language in ("en", "zh"))
    assert "01-001" in english and "01-001" in chinese and "**" not in english + chinese
    told = json.loads((out / "traces.json").read_bytes())
    assert [p["subject"] for p in told["participants"]] == ["01-001", "01-002"]
    first = told["participants"][0]["five"]["items"][0]
    assert (first["key"], first["met"], first["parts"][0]["base"]["value"]) == ("a_pga", None, "62")
    assert first["parts"][0]["why"]["en"] in english and first["parts"][0]["why"]["zh"] in chinese


def test_that_the_report_is_made_of_what_the_tables_are_made_of(store: Store, tmp_path: Path) -> None:
    seen: list[Any] = []

    def report(*told: Any) -> bytes:
        seen.extend(told)
        return b"%PDF"

    options = Options().with_("missing", "excluded")
    export_analysis(Study(store, StepClock()), tmp_path / "out", options, "zh", TODAY, report)
    record, outcomes, under, language, _ = seen
    assert [s.subject for s in record.subjects] == [o.subject for o in outcomes] == ["01-001", "01-002"]
    assert under == options and language == "zh"
    assert (tmp_path / "out" / "statistical_report.pdf").read_bytes() == b"%PDF"


def test_that_progress_goes_from_nothing_to_all(store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    written(store, tmp_path / "out", progress=lambda done, of: told.append((done, of)), report=_report)
    assert told == sorted(told) and told[0][0] == 0 and told[-1][0] == told[-1][1]


def _report(*told: Any) -> bytes:
    told[-1](1, 2)
    return b"%PDF"


def _interrupted(done: int, of: int) -> None:
    if done > of // 2:
        raise KeyboardInterrupt


def _broken(*told: Any) -> bytes:
    raise RuntimeError("a fault of the program")


@pytest.mark.parametrize(
    ("how", "what"),
    [({"progress": _interrupted}, KeyboardInterrupt), ({"report": _broken}, RuntimeError)],
    ids=["Ctrl-C", "a fault"],
)
def test_that_nothing_is_left_of_an_analysis_that_did_not_end(
    how: dict[str, Any], what: type[BaseException], store: Store, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    with pytest.raises(what):
        written(store, tmp_path / "out", **how)
    assert set(tmp_path.iterdir()) == before and exports(store) == []


def test_that_a_full_disk_leaves_nothing_and_no_row(store: Store, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of a file")
    before, limits = set(tmp_path.iterdir()), resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (700, limits[1]))  # every file of this process ends here
        with pytest.raises(EnvironmentProblem) as caught:
            written(store, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.code == "export.disk_full"
    assert set(tmp_path.iterdir()) == before and exports(store) == []


Prepare = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (lambda at: at / "a.crf" / "out", "export.inside_study"),
        (lambda at: at / "there", "export.exists"),
        (lambda at: at / "nowhere" / "out", "export.not_written"),
    ],
)
def test_that_a_place_that_will_not_do_is_a_sentence(place: Prepare, code: str, store: Store, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    before = set(tmp_path.rglob("*"))
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        written(store, place(tmp_path))
    assert caught.value.code == code and all(caught.value.sentences("zh"))
    assert {p for p in set(tmp_path.rglob("*")) - before if "a.crf" not in p.parts} == set()
    assert exports(store) == []


def test_that_a_study_open_for_reading_only_is_not_exported(made: Path, tmp_path: Path) -> None:
    with _opened(made / "a.crf", read_only=True) as store, pytest.raises(EnvironmentProblem) as caught:
        written(store, tmp_path / "out")
    assert caught.value.code == "store.read_only" and not (tmp_path / "out").exists()


def test_that_forms_of_another_study_are_told_from_a_fault(tmp_path: Path) -> None:
    people = tuple(NewPerson(role[:3], role, role, PASSWORD) for role in ("investigator", "administrator"))
    create(tmp_path / "s.crf", NewStudy("ST.SMALL", "01", serial.to_bytes(small_trial()), people), StepClock())
    with _opened(tmp_path / "s.crf", "inv") as store, pytest.raises(Refused) as caught:
        export_analysis(Study(store, StepClock()), tmp_path / "out", Options(), "en")
    assert caught.value.code == "analysis.other_form" and all(caught.value.sentences("zh"))


def test_that_a_trial_without_participants_has_tables_with_heads_and_traces_that_say_so(tmp_path: Path) -> None:
    done = write_analysis(record_of(), tmp_path / "out", Options(), "en")
    assert done.rows == 0
    for path in (tmp_path / "out" / "tables").iterdir():
        assert len(path.read_text("utf-8-sig").splitlines()) == 1
    assert "There is no participant." in (tmp_path / "out" / "traces_en.txt").read_text("utf-8")


def test_that_a_record_is_written_without_a_store(tmp_path: Path) -> None:
    told: list[Written] = []
    done = write_analysis(tabled().record, tmp_path / "out", Options(), "zh", finished=told.append)
    assert told == [done]
    rows = table(tmp_path / "out" / "tables" / "laboratory_2.csv")
    told = [rows[0][name] for name in ("igg", "igg__typed", "rf", "rf__limit")]
    assert told == ["21.4050", "2140.5", "", "10.00"]
    assert rows[0]["lab_sample_time__utc"] == "2026-05-05T23:35:00Z" and rows[0]["visit_date"] == "2026-05-06"


def test_that_a_notebook_reads_a_study_in_one_call_and_leaves_it_as_it_was(made: Path) -> None:
    files = {p: p.read_bytes() for p in made.rglob("*") if p.is_file() and p.name != "lock"}
    study = read_study(made / "a.crf", "dat", PASSWORD, today=TODAY)
    assert study["physician_global"]["pga"].tolist() == [62]
    assert study.outcomes.index.tolist() == ["01-001", "01-002"]
    assert {p: p.read_bytes() for p in files} == files


def test_that_a_row_that_was_taken_back_is_no_value(store: Store, tmp_path: Path) -> None:
    from tests.exchange.site import item

    head = store.at(item(DEFINITION.item_by_name["pga"].oid))
    assert head is not None
    gone = Entry(
        Kind.ITEM, head.path, "Remove", Datum(), based_on=(head.origin, head.seq), reason_for_change="Wrong visit.",
        metadata_digest=store.metadata_digest,
    )  # fmt: skip
    store.append([gone])
    written(store, tmp_path / "out")
    assert table(tmp_path / "out" / "tables" / "physician_global.csv")[0]["pga"] == ""
