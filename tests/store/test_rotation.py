"""A new data key for everybody without anybody's password, whatever cuts it off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Entry
from crf_desktop.store import Store, engine, keyring, rotation, unlock
from crf_desktop.store.keyring import COPIES
from crf_desktop.store.stretch import derive
from tests.store.builders import PASSWORD, StepClock, answer, codes, data_key, item

Open = Callable[..., Store]


class Cut(BaseException):
    """The power is gone."""


def opens_with(folder: Path, key: bytearray) -> bool:
    salt = keyring.read(folder).best.db_salt
    try:
        engine.connect_raw(folder / engine.NAME, derive(key, "database"), salt).close()
    except engine.driver.DatabaseError:
        return False
    return True


def acts(store: Store) -> list[str]:
    from crf_desktop.model.data import Kind
    from crf_desktop.store.people import act_of

    return [act_of(change) for change in store.rows(Kind.SYSTEM)]


@pytest.mark.requirement("REQ-06")
def test_that_a_rotation_needs_no_password_and_everybody_opens_the_new_key(folder: Path, opened: Open) -> None:
    before = data_key(folder)
    store = opened(folder, "administrator")
    store.append([])
    rotation.rotate(store)
    store.close()
    after = data_key(folder)
    assert bytes(after) != bytes(before)
    assert opens_with(folder, after) and not opens_with(folder, before)
    for user in ("investigator", "coordinator", "monitor", "administrator"):
        with unlock(folder, user, PASSWORD, StepClock()) as again:
            assert codes(again) == {"verify.ok_full"}
            assert again.parts.keys.epoch == 2 and again.parts.keys.pending_epoch is None
    with opened(folder) as again:
        assert acts(again).count("keys.rotated") == 1


def test_that_work_goes_on_in_the_session_that_rotated(folder: Path, opened: Open) -> None:
    store = opened(folder)
    store.append([answer(item(), "4")])
    recipient = store.installation.age_recipient()
    rotation.rotate(store)
    store.append([answer(item(), "5")])
    rotation.rotate(store)
    assert store.installation.age_recipient() == recipient
    assert codes(store) == {"verify.ok_full"}
    store.close()
    store = opened(folder)
    head = store.at(item())
    assert head is not None and head.datum.value == "5"
    assert store.parts.keys.epoch == 3 and codes(store) == {"verify.ok_full"}


def test_that_a_rotation_whose_first_step_was_not_recorded_goes_on_in_the_same_session(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(folder, "administrator")
    append = Store.append

    def failing(self: Store, entries: Sequence[Entry]) -> object:
        if any((e.payload or {}).get("act") == "keys.done" for e in entries):
            raise EnvironmentProblem("store.io")
        return append(self, entries)

    with monkeypatch.context() as patch, pytest.raises(EnvironmentProblem):
        patch.setattr(Store, "append", failing)
        rotation.rotate(store)
    rotation.rotate(store)
    assert store.parts.keys.epoch == 2 and codes(store) == {"verify.ok_full"}
    store.close()
    with opened(folder) as again:
        assert again.parts.keys.epoch == 2 and codes(again) == {"verify.ok_full"}


def test_that_the_old_key_file_opens_nothing_after_a_rotation(folder: Path, opened: Open) -> None:
    old = (folder / COPIES[0]).read_bytes()
    with opened(folder) as store:
        rotation.prepare(store)
        between = (folder / COPIES[0]).read_bytes()
        rotation.rekey(store)
        rotation.conclude(store)
    for raw, code in ((old, "study.damaged"), (between, "keys.put_back")):
        for name in COPIES:
            (folder / name).write_bytes(raw)
        with pytest.raises(EnvironmentProblem) as raised:
            unlock(folder, "investigator", PASSWORD, StepClock())
        assert raised.value.code == code


def cut_before_rekey(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rotation.prepare(store)


def cut_after_rekey(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rotation.prepare(store)
    rotation.rekey(store)


def cut_between_witness_records(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_after_rekey(store, monkeypatch)
    assert store.parts.witness is not None
    store.mark()


def cut_in_files(copies: int) -> Callable[[Store, pytest.MonkeyPatch], None]:
    def cut(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        cut_after_rekey(store, monkeypatch)
        whole = keyring.write

        def half(where: Path, keys: keyring.KeyFile, names: tuple[str, ...] = COPIES) -> None:
            whole(where, keys, COPIES[:copies])
            raise Cut

        monkeypatch.setattr(keyring, "write", half)
        with pytest.raises(Cut):
            rotation.conclude(store)
        monkeypatch.setattr(keyring, "write", whole)

    return cut


CUTS = {
    "after the key file with both keys": cut_before_rekey, "after the log": cut_after_rekey,
    "between the witness records": cut_between_witness_records, "before the new key file": cut_in_files(0),
    "between its copies": cut_in_files(1), "before the row that says so": cut_in_files(2),
}  # fmt: skip


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.requirement("REQ-06")
def test_that_a_rotation_cut_off_anywhere_is_finished_by_whoever_opens_next(
    folder: Path, opened: Open, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = data_key(folder)
    store = opened(folder, "administrator")
    store.append([])
    CUTS[cut](store, monkeypatch)
    store.close()
    with opened(folder, "monitor", read_only=True) as reader:
        assert reader.installation.age_recipient()
    store = opened(folder, "monitor")
    assert not {f.code for f in store.findings} - {"verify.keys_copy"}
    assert codes(store) <= {"verify.ok_full", "verify.keys_copy"}
    store.close()
    assert not opens_with(folder, before) and opens_with(folder, data_key(folder))
    store = opened(folder)
    store.append([answer(item(), "4")])
    assert codes(store) == {"verify.ok_full"}
    assert store.parts.keys.epoch == 2 and store.parts.keys.pending_epoch is None


def test_that_a_rotation_without_room_is_refused_before_anything_is_written(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, raw = opened(folder), (folder / COPIES[0]).read_bytes()
    monkeypatch.setattr(rotation.room, "free_bytes", lambda _: 1000)
    with pytest.raises(EnvironmentProblem) as raised:
        rotation.rotate(store)
    assert raised.value.code == "keys.rotation_no_room"
    assert (folder / COPIES[0]).read_bytes() == raw


def test_that_a_key_file_with_a_foreign_pending_key_opens_nothing(folder: Path, opened: Open, tmp_path: Path) -> None:
    import json

    from tests.store.test_keys import forge, problem

    with opened(folder) as store:
        rotation.prepare(store)
    kept = shutil.copytree(folder, tmp_path / "kept.crf")
    for change in ("sealed_pending", "pending_epoch"):
        for name in COPIES:
            shutil.copy(kept / name, folder / name)

        def forged(body: dict[str, object], change: str = change) -> None:
            slots = json.loads(json.dumps(body["slots"]))
            if change == "pending_epoch":
                body["pending_epoch"] = 7
            else:
                slots[0]["sealed_pending"] = slots[1]["sealed_pending"]
                body["slots"] = slots

        forge(folder, forged)
        assert problem(folder) == "keys.altered"


def test_that_rows_about_keys_are_found_in_the_small_index(folder: Path, opened: Open) -> None:
    with opened(folder) as store:
        asked: list[str] = []
        whole = store.parts.database.all

        def noted(statement: str, parameters: tuple[object, ...] = ()) -> object:
            asked.append(statement)
            return whole(statement, parameters)

        store.parts.database.all = noted  # type: ignore[method-assign,assignment]
        rotation.rotations(store)
        plain = [statement for statement in asked if statement.count("?") == 2 and "json_extract(payload" in statement]
        plans = [whole(f"EXPLAIN QUERY PLAN {statement}", (store.origin, "x")) for statement in plain]
        assert plans and all("change_small" in str(plan[0]) for plan in plans)
