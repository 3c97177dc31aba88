"""What could not be read is told from what is damaged, and the session goes on when the disk does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, engine
from crf_desktop.store.stretch import derive
from tests.store.builders import answer, codes, item, raw


def unread(folder: Path, store: Store) -> bool:
    keys = store.parts.keys
    return engine.only_unread(folder / engine.NAME, derive(store.parts.data_key, "database"), keys.db_salt)


@pytest.mark.requirement("REQ-46")
@pytest.mark.parametrize("at", [20, 4095, -3000, -1])
def test_that_a_flipped_bit_is_damage_and_a_whole_file_was_only_not_read(
    folder: Path, opened: Callable[..., Store], at: int
) -> None:
    store = opened(folder)
    assert unread(folder, store)
    data = bytearray((folder / engine.NAME).read_bytes())
    data[at] ^= 1
    (folder / engine.NAME).write_bytes(data)
    assert not unread(folder, store)


def test_that_another_key_and_a_malformed_structure_are_no_fault_of_the_disk(
    folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(folder)
    path, salt = folder / engine.NAME, store.parts.keys.db_salt
    assert not engine.only_unread(path, bytearray(32), salt)
    connection = raw(folder)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'setting'")
    connection.close()
    assert not unread(folder, store)


def test_that_only_pages_that_were_read_count_as_damaged() -> None:
    told = ["HMAC verification failed for page 3", "error reading 4096 bytes from file page 2 at offset 4096"]
    assert engine.damaged_pages(told) == told[:1]


def test_that_a_connection_that_met_a_failing_read_is_opened_anew(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    database = store.parts.database
    first = database.driver_connection
    database._spent = True  # as after a read that failed: SQLCipher refuses every page from then on
    row = store.append([answer(item(), "1")])[0]
    assert database.driver_connection is not first and store.change(row.origin, row.seq) == row
    assert codes(store) == {"verify.ok_full"}


def test_that_rows_follow_what_is_there_when_the_disk_could_not_be_read_after_a_write_that_failed(
    folder: Path, opened: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(folder)
    control, end = store.parts.database._control, store._log.end

    def fails(*_: object) -> None:
        raise EnvironmentProblem("store.io")

    def written_but_told_as_failed(statement: str) -> None:
        control(statement)
        if statement == "COMMIT":
            fails()

    monkeypatch.setattr(store.parts.database, "_control", written_but_told_as_failed)
    monkeypatch.setattr(store._log, "end", fails)
    for _ in range(2):
        with pytest.raises(EnvironmentProblem) as raised:
            store.append([answer(item(), "1")])
        assert raised.value.code == "store.io"
    monkeypatch.setattr(store.parts.database, "_control", control)
    monkeypatch.setattr(store._log, "end", end)
    based = store.at(item())
    assert based is not None and based.datum.value == "1"  # once: the second attempt wrote nothing
    store.append([answer(item(), "2", (based.origin, based.seq))])
    assert codes(store) == {"verify.ok_full"}


def test_that_no_key_stays_behind_a_closed_file(folder: Path, opened: Callable[..., Store]) -> None:
    database = opened(folder).parts.database
    (held,) = database._keys
    database.close()
    assert database._keys == [] and not any(held)
