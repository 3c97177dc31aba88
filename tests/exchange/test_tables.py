"""Tables for a statistician: canonical, complete, checksummed, and no spreadsheet runs what a person typed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.capture.cell import cell, uncell
from crf_desktop.capture.codebook import COLUMNS
from crf_desktop.errors import Refused
from crf_desktop.exchange import codebook
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor
from crf_desktop.model.table_shape import RESERVED, column, shapes
from crf_desktop.store import Store
from crf_desktop.wording import column as wording
from tests.exchange.conftest import Opener
from tests.exchange.site import DEFINITION, DIGEST, answer, begin, change, item
from tests.small_trial import small_trial

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'", "'=1", "＝1", "-", "+")
NUMBERS = ("-1.5", "+3", "0", "-0", "12.50")
IGG, RF, ASSESSOR = (DEFINITION.item_by_name[name] for name in ("igg", "rf", "pga_assessor"))
LABORATORY = DEFINITION.item_group[DEFINITION.group_of_item[IGG.oid]].table


@given(st.text())
def test_that_every_text_comes_back_exactly(text: str) -> None:
    assert uncell(cell(text)) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_that_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert cell(text) == "'" + text and uncell(cell(text)) == text


@pytest.mark.parametrize("text", [*NUMBERS, "", "text = 1", "江"])
def test_that_plain_numbers_and_text_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file, read as its documentation says."""
    data = (folder / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\n" not in data.replace(b"\r\n", b"").replace(b"\n ", b"")
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{k: uncell(v) for k, v in row.items()} for row in reader]


@pytest.fixture
def filled(laptops: Path, open_it: Opener) -> Store:
    """One visit with every kind of answer."""
    a = open_it(laptops / "a.crf", "inv")
    begin(a)
    igg = Datum("2140", "", "MU.MG_DL")
    missing = Entry(
        Kind.ITEM, item("I.PGA.BEFORE_ESSDAI"), "Insert", Datum(null_flavor=NullFlavor.UNKNOWN),
        payload={"remark": "nobody wrote it down"}, metadata_digest=DIGEST,
    )  # fmt: skip
    a.append(
        [
            answer("I.DEMO.BIRTH_DATE", "2014-05"),
            answer("I.PGA.ACTIVITY", "40"),
            answer(ASSESSOR.oid, "=HYPERLINK(1)，江"),
            missing,
            answer(RF.oid, "10", qualifier="<"),
            Entry(Kind.ITEM, item(IGG.oid), "Insert", igg, metadata_digest=DIGEST),
        ]
    )
    change(a, "I.PGA.ACTIVITY", "41")
    return a


@pytest.mark.requirement("REQ-33", "REQ-38")
def test_that_the_tables_hold_what_was_entered_and_nothing_else(filled: Store, tmp_path: Path) -> None:
    written = export_csv(filled, DEFINITION, tmp_path / "out")
    assert set(written) | {"manifest.json"} == {p.name for p in (tmp_path / "out").iterdir()}
    (pga,) = table(tmp_path / "out", "physician_global.csv")
    assert (pga["subject"], pga["event"], pga["visit_date"], pga["pga"]) == ("01-001", "SE.W0", "2027-05-06", "41")
    assert (pga["study_day"], pga["study_week"]) == ("0", "0")
    assert pga["pga_assessor"] == "=HYPERLINK(1)，江"
    assert (pga["pga_before_essdai__null"], pga["remarks"]) == ("UNK", "pga_before_essdai: nobody wrote it down")
    assert (pga["form_state"], pga["signed"]) == ("in_progress", "false")
    (lab,) = table(tmp_path / "out", f"{LABORATORY}.csv")
    assert (lab["rf"], lab["rf__qualifier"]) == ("10", "<")
    assert (lab["igg"], lab["igg__unit"]) == ("2140", "MU.MG_DL")
    (demo,) = table(tmp_path / "out", "demographics.csv")
    assert demo["birth_date"] == "2014-05"
    assert table(tmp_path / "out", "saliva.csv") == []
    assert b"'=HYPERLINK" in (tmp_path / "out" / "physician_global.csv").read_bytes()


def test_that_every_file_and_every_column_stands_in_the_codebook(filled: Store, tmp_path: Path) -> None:
    written = export_csv(filled, DEFINITION, tmp_path / "out")
    book = table(tmp_path / "out", "codebook.csv")
    assert {row["file"] for row in book} == set(written)
    for name in written:
        head = (tmp_path / "out" / name).read_text("utf-8-sig").splitlines()[0]
        told = [row["column"] for row in book if row["file"] == name]
        assert told == ["", *next(csv.reader([head]))], name
        assert len(set(told)) == len(told)
    rows = {(row["file"], row["column"]): row for row in book}
    assert "UNK=unknown" in rows["physician_global.csv", "pga__null"]["codes_en"]
    assert all(row["label_en"] and row["label_zh"] for row in book)


def test_that_the_codebook_tells_when_a_form_is_closed_and_why_a_value_is_what_it_is() -> None:
    rows = [dict(zip(COLUMNS, r, strict=True)) for r in codebook.rows(small_trial(), {})]
    (dose,) = [r for r in rows if r["file"] == "dose.csv" and not r["column"]]
    assert dose["closed_while"] == "not any_all('sex_known')" and dose["because_en"].endswith(": Sex first")
    (volume,) = [r for r in rows if r["column"] == "dose_ml"]
    assert volume["computed_as"] == "sum_rows('step_ml')"
    assert volume["because_zh"] == "dose_ml > 100: 超过100\u00a0mL：{0}"


@pytest.mark.requirement("REQ-12", "REQ-13", "REQ-15", "REQ-17")
def test_that_the_audit_trail_has_old_and_new_value_who_when_and_why(filled: Store, tmp_path: Path) -> None:
    export_csv(filled, DEFINITION, tmp_path / "out")
    trail = table(tmp_path / "out", "audit_trail.csv")
    (changed,) = [r for r in trail if r["item"] == "I.PGA.ACTIVITY" and r["transaction_type"] == "Update"]
    assert (changed["old_value"], changed["new_value"], changed["reason_for_change"]) == ("40", "41", "Read again.")
    assert changed["user"] == "Investigator One" and changed["role"] == "investigator"
    assert changed["recorded_at"].endswith("+00:00") and len(changed["hash"]) == 64
    order = [(int(r["lamport"]), r["origin"], int(r["seq"])) for r in trail]
    assert order == sorted(order)
    assert len(trail) == sum(seq for seq, _ in filled.heads().values()) - 1, "all rows but the one of this export"


def test_that_the_moment_reads_as_on_the_clock_there() -> None:
    assert local_time("2026-11-22T20:15:30.123Z", 480) == "2026-11-23T04:15:30.123+08:00"
    assert local_time("2026-11-22T20:15:30.123Z", -150) == "2026-11-22T17:45:30.123-02:30"


@pytest.mark.requirement("REQ-39")
def test_that_the_manifest_has_the_checksum_of_every_file(filled: Store, tmp_path: Path) -> None:
    heads = filled.heads()
    export_csv(filled, DEFINITION, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        data = (tmp_path / "out" / file["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["bytes"]
        assert len(table(tmp_path / "out", file["name"])) == file["rows"]
    assert manifest["heads"] == {o: {"seq": seq, "head": head.hex()} for o, (seq, head) in heads.items()}
    row = filled.change(filled.origin, filled.head()[1])
    assert row is not None and hashlib.sha256((tmp_path / "out" / "manifest.json").read_bytes()).hexdigest() in str(
        row.payload
    )


def test_that_tables_are_never_written_over(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(Refused) as caught:
        export_csv(filled, DEFINITION, tmp_path / "out")
    assert caught.value.code == "export.exists" and list((tmp_path / "out").iterdir()) == []


def test_that_the_same_study_gives_the_same_tables(filled: Store, tmp_path: Path) -> None:
    written = export_csv(filled, DEFINITION, tmp_path / "1")
    export_csv(filled, DEFINITION, tmp_path / "2")
    for name in written:
        same = (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
        assert same is (name != "audit_trail.csv"), "the trail holds the first export"


def test_that_a_name_that_would_clash_gives_way_to_its_oid() -> None:
    assert column("pga", "I.PGA") == "pga"
    assert [column(n, "I.X") for n in (*RESERVED, "a__unit")] == ["I.X"] * (len(RESERVED) + 1)


def test_that_no_item_group_takes_the_name_of_a_file_of_ours() -> None:
    names = [shape.name for shape in shapes(DEFINITION)]
    assert len(set(names)) == len(names) and not set(names) & set(wording.FILES)
