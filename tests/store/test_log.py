"""The log: appended, chained, signed; never changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from crf_desktop.errors import Refused
from crf_desktop.model.data import Datum, Entry, Kind, NullFlavor
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store, current, engine
from crf_desktop.store.engine import StatementError
from crf_desktop.store.log import INSERT
from tests.store.builders import StepClock, answer, codes, form_row, item, query, raw, signature


@pytest.mark.requirement("REQ-11", "REQ-12")
def test_that_value_then_null_then_value_are_three_rows(store: Store) -> None:
    path = item()
    for value in ("4", "UNK", "4"):
        before = store.at(path)
        store.append([answer(path, value, before and (before.origin, before.seq))])
    assert [row.datum for row in store.history(path)] == [
        Datum("4"), Datum(null_flavor=NullFlavor.UNKNOWN), Datum("4"),
    ]  # fmt: skip
    assert store.history(path.form_path) == store.history(path)


@pytest.mark.requirement("REQ-02", "REQ-13", "REQ-17", "REQ-32")
def test_that_a_row_says_who_when_where(store: Store) -> None:
    [row] = store.append([answer(item(), "4", reason_for_change="misread")])
    assert (row.user_oid, row.role, row.location_oid, row.device_oid) == ("U.01.1", "investigator", "L.01", "D.01.1")
    assert row.recorded_at.startswith("2026-11-22T08:00:") and row.recorded_at.endswith("Z")
    assert row.reason_for_change == "misread" and row.utc_offset_min == 0
    assert store.change(row.origin, row.seq) == row


def test_that_current_state_follows_the_log(store: Store) -> None:
    path, form = item(), item().form_path
    store.append([Entry(Kind.SUBJECT, ItemPath("01-001"), "Insert", Datum("enrolled"))])
    store.append([Entry(Kind.EVENT, path.event_path, "Insert", Datum("2026-11-22"))])
    store.append([answer(path, "4"), answer(item(name="DRY"), "UNK")])
    assert [row.path.subject for row in store.subjects()] == ["01-001"]
    assert [row.datum.value for row in store.events("01-001")] == ["2026-11-22"]
    assert {row.path.item for row in store.form_items(form)} == {"I.PAIN", "I.DRY"} == {
        row.path.item for row in store.visit_items(path.event_path)
    }  # fmt: skip
    head = store.form_head(form)
    assert head is not None and (head.n_value, head.n_null, head.completed, head.signed) == (1, 1, False, False)
    store.append([answer(path, None)])
    assert store.at(path).datum == Datum()  # type: ignore[union-attr]
    head = store.form_head(form)
    assert head is not None and (head.n_value, head.n_null) == (0, 1)


@pytest.mark.requirement("REQ-25", "REQ-28")
def test_that_a_change_after_the_signature_shows(store: Store) -> None:
    path = item()
    store.append([answer(path, "4"), form_row(path, "complete")])
    assert store.count_states() == {"unsigned": 1, "changed": 0, "queries": 0}
    store.append([signature(path)])
    assert store.count_states() == {"unsigned": 0, "changed": 0, "queries": 0}
    store.append([answer(path, "5")])
    assert store.count_states()["changed"] == 1 and [
        w.changed for forms in store.waiting().values() for w in forms.values()
    ] == [True]
    store.append([signature(path)])
    assert store.count_states()["changed"] == 0 and len(store.signatures(path.form_path)) == 2
    store.append([form_row(path, "open")])
    assert store.count_states() == {"unsigned": 0, "changed": 1, "queries": 0}
    assert codes(store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-35")
def test_that_open_queries_are_counted_until_closed(store: Store) -> None:
    first, second = (store.append([query(item(), "Answered")])[0] for _ in range(2))
    assert store.count_states()["queries"] == 2
    store.append([query(item(), "Answered", f"{first.origin}.{first.seq}")])
    assert store.count_states()["queries"] == 2
    store.append([query(item(), "Resolved", f"{first.origin}.{first.seq}")])
    assert store.count_states()["queries"] == 1 and len(store.annotations(item().form_path)) == 4
    store.append([query(item(), "Resolved", f"{second.origin}.{second.seq}")])
    assert store.queried() == [] and codes(store) == {"verify.ok_full"}


def test_that_a_second_entry_pass_never_enters_current_state(store: Store) -> None:
    store.append([answer(item(), "4"), answer(item(), "9", entry_pass=2)])
    assert store.at(item()).datum.value == "4"  # type: ignore[union-attr]
    assert codes(store) == {"verify.ok_full"}


ATTACKS = [
    "UPDATE change SET value = '9' WHERE seq = 1",
    "DELETE FROM change WHERE seq = 1",
    "INSERT OR REPLACE INTO change SELECT * FROM change WHERE seq = 1",
    "REPLACE INTO change SELECT * FROM change WHERE seq = 1",
    "INSERT OR IGNORE INTO change SELECT * FROM change WHERE seq = 1",
    "UPDATE OR REPLACE change SET seq = 2 WHERE seq = 1",
    "INSERT INTO change SELECT * FROM change WHERE seq = 1 ON CONFLICT DO UPDATE SET value = '9'",
    "UPDATE document SET data = x''",
    "DELETE FROM document",
    "REPLACE INTO document SELECT digest, media_type, x'' FROM document",
]


@pytest.mark.requirement("REQ-14")
@pytest.mark.parametrize("recursive", [False, True])
def test_that_an_outside_tool_cannot_rewrite_the_log(folder: Path, recursive: bool) -> None:
    connection = raw(folder, recursive=recursive)
    before = connection.execute("SELECT * FROM change").fetchall()
    for attack in ATTACKS:
        with pytest.raises(driver.IntegrityError):
            connection.execute(attack)
    cells = list(before[-1])
    for seq in (cells[1], cells[1] + 2, 0, -1):
        with pytest.raises(driver.IntegrityError):
            connection.execute(INSERT, [cells[0], seq, *cells[2:]])
    assert connection.execute("SELECT * FROM change").fetchall() == before
    connection.close()


@pytest.mark.requirement("REQ-14")
@pytest.mark.parametrize(
    "attack",
    [
        "DROP TRIGGER change_no_update", "DROP TABLE change", "ALTER TABLE change RENAME TO old", "VACUUM",
        "ATTACH ':memory:' AS x",
        "CREATE TRIGGER t AFTER INSERT ON change BEGIN SELECT 1; END", "PRAGMA writable_schema=ON",
        "PRAGMA recursive_triggers=OFF", "PRAGMA query_only=ON", "PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF",
        "PRAGMA rekey='x'", "UPDATE head SET value = '9'", "DELETE FROM form_head", "UPDATE sqlite_master SET sql = ''",
        "INSERT INTO head SELECT 'x', event, event_key, form, form_key, item_group, group_key, item, value, qualifier,"
        " unit_oid, null_flavor, lamport, origin, seq FROM head", *ATTACKS[:2], *ATTACKS[7:9],
    ],
)  # fmt: skip
def test_that_the_working_connection_denies_what_a_log_never_needs(store: Store, attack: str) -> None:
    with pytest.raises(StatementError):
        store._database.run(attack)


def test_that_the_pragmas_are_in_force(store: Store) -> None:
    wanted = {"journal_mode": "delete", "synchronous": 3, "recursive_triggers": 1}
    assert {name: store._database.one(f"PRAGMA {name}")[0] for name in wanted} == wanted


def test_that_no_query_of_a_list_a_matrix_or_a_form_scans(store: Store) -> None:
    parameters = {name: ["x"] * text.count("?") for name, text in current.STATEMENTS.items()}
    for name, text in current.STATEMENTS.items():
        plan = [row[3] for row in store._database.all(f"EXPLAIN QUERY PLAN {text}", parameters[name])]
        # A walk along a partial index that holds just the rows asked for is what the index is for.
        partial = ("head_subject", "form_unsigned", "form_changed", "form_query", "query_above")
        scans = [s for s in plan if s.startswith("SCAN") and not s.rstrip().endswith(partial)]
        assert not scans and not any("TEMP B-TREE" in s for s in plan), (name, plan)


def test_that_a_form_history_uses_the_narrow_index(store: Store) -> None:
    text = "EXPLAIN QUERY PLAN SELECT * FROM change WHERE subject = 'a' AND event = 'b' AND form = 'c'"
    assert "change_form" in store._database.all(text)[0][3]
    small = "EXPLAIN QUERY PLAN SELECT * FROM change WHERE kind = ? AND kind <> 'item'"
    assert "change_small" in store._database.all(small, ["user"])[0][3]


@pytest.mark.requirement("REQ-03", "REQ-04")
def test_that_an_administrator_cannot_write_clinical_rows(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder, "administrator")
    for entry in (answer(item(), "4"), form_row(item(), "complete"), signature(item())):
        with pytest.raises(Refused) as refused:
            store.append([entry])
        assert refused.value.code == "store.no_right"


def test_that_a_coordinator_cannot_make_people(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder, "coordinator")
    with pytest.raises(Refused):
        store.append([Entry(Kind.USER, ItemPath(), "Insert", payload={"act": "create", "user_oid": "U.01.9"})])


def test_that_a_path_that_does_not_fit_its_kind_is_refused(store: Store) -> None:
    for kind, path in (
        (Kind.SUBJECT, item()),
        (Kind.ITEM, item().form_path),
        (Kind.EVENT, item()),
        (Kind.FORM, item()),
    ):
        with pytest.raises(StatementError):
            store.append([Entry(kind, path, "Insert", Datum("x"))])
    assert store.at(item()) is None
    store.append([answer(item(), "4")])
    assert codes(store) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-18")
def test_that_a_clock_set_back_is_a_row_and_order_stays(folder: Path, opened: Callable[..., Store]) -> None:
    clock = StepClock()
    store = opened(folder, clock=clock)
    store.append([answer(item(), "4")])
    clock.moment = datetime(2020, 1, 1, tzinfo=UTC)
    [row] = store.append([answer(item(), "5")])
    acts = [json.loads(r.payload or "{}")["act"] for r in store.rows(Kind.SYSTEM)]
    assert acts[-1] == "clock_back" and store.at(item()).seq == row.seq  # type: ignore[union-attr]


def test_that_drafts_stay_until_the_datum_is_committed(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    store.save_draft(item(), "4.")
    store.save_draft(item(name="DRY"), "5")
    store.close()
    store = opened(folder)
    assert store.draft(item()) == "4." and len(store.drafts()) == 2
    store.append([answer(item(), "4")])
    assert store.drafts() == {item(name="DRY"): "5"}
    store.drop_draft(item(name="DRY"))
    assert store.drafts() == {}
    store.close()
    assert opened(folder, "coordinator").drafts() == {}


def test_that_documents_and_settings_are_kept(store: Store) -> None:
    digest = store.put_document("application/pdf", b"%PDF")
    assert store.put_document("application/pdf", b"%PDF") == digest
    assert store.document(digest) == ("application/pdf", b"%PDF") and digest in store.document_digests()
    assert store.document(store.metadata_digest) is not None and store.document("sha256:0") is None
    store.set_setting("language", "zh")
    assert store.setting("language") == "zh" and store.setting("theme", "light") == "light"


def test_that_numbers_are_given_in_order_and_never_twice(store: Store) -> None:
    assert store.next_number() == "01-001"
    for expected in ("01-001", "01-002"):
        assert store.next_number() == expected
        store.append([Entry(Kind.SUBJECT, ItemPath(expected), "Insert", Datum("enrolled"))])
    store.append([Entry(Kind.SUBJECT, ItemPath("01-002"), "Remove")])
    assert store.next_number() == "01-003"
    store.append([Entry(Kind.SUBJECT, ItemPath("01-200"), "Insert", Datum("enrolled"))])
    with pytest.raises(Refused) as refused:
        store.next_number()
    assert refused.value.code == "store.block_used_up"


@pytest.mark.requirement("REQ-43")
def test_that_nothing_of_a_participant_can_be_read_in_the_files(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    store.append([answer(item("01-177"), "Wanderweg")])
    store.save_draft(item("01-177", "DRY"), "Wanderweg")
    store.close()
    for file in folder.rglob("*"):
        if file.is_file():
            assert b"Wanderweg" not in file.read_bytes() and b"01-177" not in file.read_bytes()


def test_that_a_refused_statement_tells_no_value(store: Store) -> None:
    with pytest.raises(StatementError) as refused:
        store.append([Entry(Kind.SUBJECT, item("01-177"), "Insert", Datum("Wanderweg"))])
    assert "Wanderweg" not in repr(refused.value) and "01-177" not in repr(refused.value)
    assert "Wanderweg" not in str(refused.value.__cause__) and engine.NAME not in repr(refused.value)


@pytest.mark.requirement("REQ-11")
@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 4001, "value.too_long"), ("a\0b", "value.control_character"), ("\ud800", "value.control_character")],
)
@pytest.mark.parametrize("column", ["value", "reason"])
def test_that_no_row_is_written_that_another_laptop_would_never_take(
    store: Store, text: str, code: str, column: str
) -> None:
    before = store.head()
    entry = answer(item(), text) if column == "value" else answer(item(), "4", reason_for_change=text)
    with pytest.raises(Refused) as no:
        store.append([entry])
    assert no.value.code == code and store.head() == before
    store.append([answer(item(), "x" * 4000)])
