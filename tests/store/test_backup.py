"""Backups: one file, sealed, proved by opening it, thinned out, and never in the way of whoever types."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Explained
from crf_desktop.store import Store, backup, backup_file, backup_keeping, room
from tests.store.builders import PASSWORD, StepClock, answer, data_key, item
from tests.store.check_backup import check_backup


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Explained) as raised:
        act()
    return raised.value.code


@pytest.mark.requirement("REQ-44")
def test_that_a_backup_is_one_file_that_was_opened_before_it_got_its_name(store: Store) -> None:
    store.append([answer(item(), "5")])
    made = backup.make_and_record(store, "asked")
    assert made.path.parent == store.folder / "backup"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    state = backup.last(store)
    assert (state.seq, state.size, state.news) == (made.label.seq, made.path.stat().st_size, False)
    assert hashlib.sha256(made.path.read_bytes()).hexdigest() == made.sha256


@pytest.mark.requirement("REQ-44")
def test_that_the_independent_checker_reads_it(store: Store) -> None:
    made = backup.make_and_record(store, "asked")
    label = check_backup(made.path.read_bytes(), bytes(data_key(store.folder)))
    assert (label["seq"], label["head"]) == (made.label.seq, made.label.head)


@pytest.mark.requirement("REQ-43")
def test_that_nothing_typed_stands_in_it_readably(store: Store) -> None:
    store.append([answer(item(), "canary 81723")])
    made = backup.make_and_record(store, "asked")
    assert b"canary" not in made.path.read_bytes()
    assert PASSWORD.encode() not in made.path.read_bytes()


@pytest.mark.requirement("REQ-44", "REQ-46")
def test_that_of_400_flipped_bits_every_one_is_found(store: Store, tmp_path: Path) -> None:
    whole = backup.make_and_record(store, "asked").path.read_bytes()
    chance, damaged = random.Random(1), tmp_path / "damaged.crfbackup"
    for _ in range(400):
        at = chance.randrange(len(whole) * 8)
        torn = bytearray(whole)
        torn[at // 8] ^= 1 << at % 8
        damaged.write_bytes(torn)
        assert code_of(lambda: backup_file.read(damaged)) in ("backup.damaged", "backup.not_one", "backup.newer")
    for length in (0, 1, 17, 60, len(whole) // 2, len(whole) - 1):
        damaged.write_bytes(whole[:length])
        assert code_of(lambda: backup_file.read(damaged)) in ("backup.damaged", "backup.not_one")


@pytest.mark.requirement("REQ-44")
def test_that_a_file_whose_checksum_was_made_anew_is_refused_by_its_seal(store: Store, tmp_path: Path) -> None:
    whole = bytearray(backup.make_and_record(store, "asked").path.read_bytes())
    whole[len(whole) // 2] ^= 1
    forged = tmp_path / "forged.crfbackup"
    forged.write_bytes(whole[:-32] + hashlib.sha256(whole[:-32]).digest())
    found = backup_file.read(forged)
    assert code_of(lambda: backup_file.require_seal(found, data_key(store.folder))) == "backup.altered"


def test_that_whoever_types_meanwhile_loses_nothing_and_the_copy_is_one_moment(store: Store) -> None:
    for n in range(200):
        store.append([answer(item(name=f"X{n}"), "5" * 200)])
    begun, done = threading.Event(), []

    def work() -> None:
        done.append(backup.make(store, "daily", progress=lambda *_: begun.set()))

    worker = threading.Thread(target=work)
    worker.start()
    assert begun.wait(10)
    written = 0
    while worker.is_alive() and written < 300:
        store.append([answer(item(name=f"Y{written}"), "1")])
        written += 1
    worker.join()
    made = done[0]
    row = store.change(store.origin, made.label.seq)
    assert row is not None and row.hash.hex() == made.label.head
    assert written > 0 and store.verify("full")[0].code == "verify.ok_full"


def test_that_closing_the_study_ends_a_backup_under_way_and_leaves_nothing(
    folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(folder)
    for n in range(100):
        store.append([answer(item(name=f"X{n}"), "5" * 1000)])
    begun, told = threading.Event(), []

    def work() -> None:
        try:
            backup.make(store, "daily", progress=lambda *_: begun.set())
        except EnvironmentProblem as problem:
            told.append(problem.code)

    worker = threading.Thread(target=work)
    worker.start()
    assert begun.wait(10)
    store.close()
    worker.join()
    assert told in ([], ["backup.stopped"])
    assert all(path.suffix == ".crfbackup" for path in (folder / "backup").iterdir() if not path.name.startswith("."))
    assert not list((folder / "backup").glob(".making*"))


def test_that_a_change_of_the_slots_in_between_is_noticed_and_copied_once_more(store: Store) -> None:
    from attrs import evolve

    from crf_desktop.store.slot_change import change_slots

    first = store.parts.keys
    given = iter([first])

    def keys_now() -> tuple[object, bytearray]:
        keys = next(given, None)
        if keys is None:
            return store.parts.keys, store.parts.data_key
        change_slots(store, evolve(store.parts.keys))
        return keys, store.parts.data_key

    made = backup.make_of(store.parts.database, keys_now, store.folder, StepClock().now(), "daily")  # type: ignore[arg-type]
    assert backup_file.read(made.path).keys.mac == store.parts.keys.mac


@pytest.mark.requirement("REQ-44")
def test_that_a_full_disk_leaves_the_older_ones_and_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make_and_record(store, "asked")
    before = made.path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(room, "free_bytes", lambda _folder: 1_000)
        assert code_of(lambda: backup.make_and_record(store, "daily")) == "backup.no_room"
        assert code_of(lambda: backup.make_and_record(store, "daily")) == "backup.no_room"
    assert made.path.read_bytes() == before
    state = backup.last(store)
    assert state.failed_code == "backup.no_room" and state.made_at == made.label.made_at
    rows = [row for row in store.changes(store.origin) if row.payload and '"backup.failed"' in row.payload]
    assert len(rows) == 1


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="mounting a small disk needs root")
@pytest.mark.requirement("REQ-44")
def test_that_a_disk_that_fills_up_during_the_copy_leaves_the_older_ones(
    folder: Path, tmp_path: Path, opened: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "none", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let a disk be mounted")
    try:
        study = Path(shutil.copytree(folder, small / "study.crf"))
        store = opened(study)
        monkeypatch.setattr(room, "free_bytes", lambda _folder: room.UNKNOWN)
        made = backup.make_and_record(store, "asked")
        (small / "ballast").write_bytes(bytes(shutil.disk_usage(small).free - 150_000))
        assert code_of(lambda: backup.make(store, "daily")) == "store.disk_full"
        assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
        assert backup_file.read(made.path).sha256 == made.sha256
        store.append([answer(item(), "5")])
        store.close()
    finally:
        subprocess.run(["umount", str(small)], check=False)


def test_that_a_backup_is_due_once_a_day_and_only_when_something_was_written(
    folder: Path, opened: Callable[..., Store]
) -> None:
    clock = StepClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    store = opened(folder, clock=clock)
    assert backup.due(store)
    backup.make_and_record(store, "daily")
    assert not backup.due(store) and backup.age_days(store) == 0
    store.append([answer(item(), "5")])
    assert not backup.due(store)
    clock.moment += timedelta(days=1)
    assert backup.due(store)
    clock.moment += timedelta(days=14)
    assert backup.age_days(store) == 15


def kept_at(*hours: float) -> list[backup_keeping.Kept]:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    return [backup_keeping.Kept(Path(f"{n}"), now - timedelta(hours=h), 10) for n, h in enumerate(hours)]


def test_that_the_last_of_seven_days_four_weeks_and_twelve_months_stays() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    every_four_hours = kept_at(*(4.0 * n for n in range(6 * 500)))
    gone = {one.path for one in backup_keeping.surplus(every_four_hours, now)}
    stay = [one for one in every_four_hours if one.path not in gone]
    assert len({one.made.date() for one in stay if now - one.made < timedelta(days=7)}) == 7
    assert len({one.made.strftime("%Y-%m") for one in stay}) == 12
    assert len(stay) <= 3 + 7 + 4 + 12 and stay[0] == every_four_hours[0]


def test_that_the_newest_stays_however_large_it_is_and_however_old() -> None:
    now = datetime(2036, 11, 25, 12, tzinfo=UTC)
    kept = kept_at(1, 25, 24 * 40)
    gone = backup_keeping.surplus(kept, now, most_bytes=5)
    assert [one.path for one in kept if one not in gone] == [kept[0].path]


def test_that_thinning_touches_nothing_but_backups_of_this_very_file(store: Store, tmp_path: Path) -> None:
    made = backup.make_and_record(store, "asked")
    stick = tmp_path / "stick"
    stick.mkdir()
    other = stick / "other-20200101T000000Z.crfbackup"
    other.write_bytes(b"another study")
    (stick / "letter.txt").write_text("keep")
    for day in range(1, 29):
        shutil.copy(made.path, stick / f"study-202501{day:02}T120000Z.crfbackup")
    backup_keeping.thin_out(stick, made.label, StepClock().now())
    assert other.exists() and (stick / "letter.txt").exists()
    assert 3 <= len(list(stick.glob("study-*"))) < 15


def test_that_the_second_place_gets_a_copy_and_a_missing_stick_is_said(store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.choose_place(store, stick)
    made = backup.make_and_record(store, "asked")
    assert made.second == "made" and (stick / made.path.name).read_bytes() == made.path.read_bytes()
    assert backup.last(store).second_at == made.label.made_at
    shutil.rmtree(stick)
    store.append([answer(item(), "5")])
    assert backup.make_and_record(store, "asked").second == "absent"
    assert backup.last(store).second_at == made.label.made_at
    assert code_of(lambda: backup.choose_place(store, store.folder / "backup")) == "backup.place_inside"
