"""Flipped bits, cut files, old pages and files put back: all found, and a bad copy of the keys locks nobody out."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crf_desktop.capture.soundness import require_checked
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.store import engine, keyring, unlock, witness
from crf_desktop.store.backup import make
from crf_desktop.store.restoring import restore
from crf_desktop.store.stretch import derive
from tests.fault.results import keep, pass_over
from tests.fault.scenario import Slots
from tests.fault.site import FIRST, PASSWORD, SECOND, note

FAST, FULL = 10, 400
PAGE = 4096
BAD_BACKUP = frozenset({"backup.not_one", "backup.damaged", "backup.altered", "study.newer"})
DAMAGE = frozenset({"study.damaged", "store.io", "keys.put_back"})
"""What opening may say of a database that is not what it was."""


def looked(folder: Path) -> str:
    """What is found, opening for reading and verifying in full; empty when nothing is."""
    try:
        with unlock(folder, "inv", PASSWORD, read_only=True) as store:
            found = {f.code for f in (*store.findings, *store.verify("full")) if f.severity != "ok"}
    except EnvironmentProblem as problem:
        assert problem.code in DAMAGE, problem.code
        return problem.code
    return " ".join(sorted(found))


def flipped(path: Path, chance: random.Random, n: int, first: int = 0) -> Iterator[int]:
    """The file with one bit flipped, n times: first each of the first bytes, then anywhere; whole again at the end."""
    data = path.read_bytes()
    for at in (*range(min(first, n)), *(chance.randrange(len(data)) for _ in range(max(0, n - first)))):
        damaged = bytearray(data)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        yield at
    path.write_bytes(data)


def missed(folder: Path, name: str, n: int, first: int = 0) -> list[int]:
    """Where a flip was not found."""
    return [at for at in flipped(folder / name, random.Random(f"{name}/{n}"), n, first) if not looked(folder)]


def copied(place: Path) -> Path:
    """A backup of the study."""
    with unlock(place / FIRST, "inv", PASSWORD) as store:
        store.snapshot(place / "copy")
    return place / "copy"


def flip_database(place: Path, n: int) -> None:
    assert missed(place / FIRST, engine.NAME, n, 16) == []


def flip_witness(place: Path, n: int) -> None:
    assert missed(place / FIRST, witness.NAME, n) == []


def flip_copy(place: Path, n: int) -> None:
    assert missed(copied(place), engine.NAME, n, 16) == []


def flip_backup(place: Path, n: int) -> None:
    """Found before anything is made of it, and nothing is made."""
    with unlock(place / FIRST, "inv", PASSWORD) as store:
        path = make(store, "asked", place / "kept.crfbackup").path
    for at in flipped(path, random.Random(f"backup/{n}"), n, 16):
        with pytest.raises(Refused) as raised:
            restore(path, place / "restored.crf", "inv", PASSWORD)
        assert raised.value.code in BAD_BACKUP, at
        assert not (place / "restored.crf").exists(), at
    restore(path, place / "restored.crf", "inv", PASSWORD).close()


def flip_slots(place: Path, n: int) -> None:
    """Found, opened from the other copy, and made anew; with both damaged nothing opens."""
    folder = place / FIRST
    whole = (folder / keyring.COPIES[0]).read_bytes()
    for name in keyring.COPIES:
        for at in flipped(folder / name, random.Random(f"{name}/{n}"), n // 2):
            assert keyring.parse((folder / name).read_bytes()) is None, at
            with unlock(folder, "inv", PASSWORD) as store:
                assert [f.code for f in store.findings] == ["verify.keys_copy"], at
            assert (folder / name).read_bytes() == whole
    for _ in zip(*(flipped(folder / c, random.Random(c), n // 10) for c in keyring.COPIES), strict=True):
        with pytest.raises(EnvironmentProblem) as raised:
            unlock(folder, "inv", PASSWORD)
        assert raised.value.code == "keys.damaged"


FLIPS = {
    "database": flip_database, "slots": flip_slots, "witness": flip_witness, "backup": flip_backup,
    "copy of the study": flip_copy,
}  # fmt: skip


@pytest.mark.parametrize("what", FLIPS)
@pytest.mark.requirement("REQ-46")
def test_that_a_flipped_bit_is_found(place: Path, what: str) -> None:
    FLIPS[what](place, FAST)


@pytest.mark.full
@pytest.mark.parametrize("what", FLIPS)
@pytest.mark.requirement("REQ-46")
def test_that_400_flipped_bits_are_found(place: Path, what: str) -> None:
    pass_over("flipped bit", what)
    FLIPS[what](place, FULL)
    keep("flipped bit", what, flips=FULL, missed=0)


def cut(place: Path, n: int) -> int:
    """Cuts the database n times, every other time at the border of a page; returns how many."""
    folder, chance = place / FIRST, random.Random(n)
    data = (folder / engine.NAME).read_bytes()
    for turn in range(n):
        at = chance.randrange(len(data) // PAGE) * PAGE if turn % 2 else chance.randrange(len(data))
        (folder / engine.NAME).write_bytes(data[:at])
        assert looked(folder), at
    (folder / engine.NAME).write_bytes(data)
    return n


def test_that_a_cut_file_is_found(place: Path) -> None:
    cut(place, 8)


@pytest.mark.full
def test_that_a_file_cut_at_any_border_is_found(place: Path) -> None:
    keep("cut file", "database", cuts=cut(place, 200), missed=0)


def contents(folder: Path) -> dict[str, list[object]]:
    """Every row of every table."""
    keys = keyring.read(folder).best
    opened = keyring.open_slot(keys, keys.slot_of("inv"), PASSWORD)
    raw = engine.connect_raw(folder / engine.NAME, derive(opened.data_key, "database"), keys.db_salt)
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    raw.close()
    return found


def pages_put_back(place: Path) -> tuple[int, int]:
    """Puts an old page into the new file, one after the other: how many, and how many said the same."""
    folder = place / FIRST
    before = (folder / engine.NAME).read_bytes()
    with unlock(folder, "inv", PASSWORD) as store:
        for n in range(40):
            note(store, f"note {n}")
    after = (folder / engine.NAME).read_bytes()
    changed = [at for at in range(0, len(before), PAGE) if before[at : at + PAGE] != after[at : at + PAGE]]
    whole, same = contents(folder), 0
    for at in changed:
        (folder / engine.NAME).write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
        if not looked(folder):
            assert contents(folder) == whole, at  # a page that was encrypted anew and says what it said
            same += 1
    (folder / engine.NAME).write_bytes(after)
    assert not looked(folder) and same < len(changed)
    return len(changed), same


@pytest.mark.requirement("REQ-46")
def test_that_an_old_page_put_back_is_found(place: Path) -> None:
    pages, same = pages_put_back(place)
    keep("old page put back", "database", pages=pages, same=same, missed=0)


def test_that_an_old_database_put_back_is_counted_by_the_witness(place: Path) -> None:
    folder, data = place / FIRST, {}
    with unlock(folder, "inv", PASSWORD) as store:
        for n in range(12):
            data[n] = (folder / engine.NAME).read_bytes()
            note(store, f"note {n}")
    for n, old in data.items():
        (folder / engine.NAME).write_bytes(old)
        with unlock(folder, "inv", PASSWORD) as store:
            assert [f.detail for f in store.findings if f.code == "verify.lost_rows"] == [str(12 - n)]
            assert store.read_only
    keep("old database put back", "beside its witness", times=len(data), missed=0)


def test_that_an_old_database_with_the_slots_of_its_day_is_counted_by_the_witness(place: Path) -> None:
    """They fit each other; only the witness knows that there was more."""
    folder, kept = place / FIRST, (engine.NAME, *keyring.COPIES)
    old = {name: (folder / name).read_bytes() for name in kept}
    scenario = Slots(place)
    scenario.begin()
    for n in range(4):
        scenario.step(n)
    scenario.end()
    for name, data in old.items():
        (folder / name).write_bytes(data)
    with unlock(folder, "inv", PASSWORD) as store:
        assert {f.code for f in store.findings if f.bad} == {"verify.lost_rows"} and store.read_only
    keep("old database put back", "with the slots of its day", times=1, missed=0)


def test_that_old_slots_put_back_are_refused(place: Path) -> None:
    folder = place / FIRST
    old = {name: (folder / name).read_bytes() for name in keyring.COPIES}
    scenario = Slots(place)
    scenario.begin()
    scenario.step(0)
    scenario.end()
    new = {name: (folder / name).read_bytes() for name in keyring.COPIES}
    for name, data in old.items():
        (folder / name).write_bytes(data)
    with pytest.raises(EnvironmentProblem) as raised:
        unlock(folder, "inv", PASSWORD)
    assert raised.value.code == "keys.put_back"
    keep("old slots put back", "both copies", times=1, missed=0)
    (folder / keyring.COPIES[1]).write_bytes(new[keyring.COPIES[1]])
    with unlock(folder, "inv", PASSWORD) as store:
        assert [f.code for f in store.findings] == ["verify.keys_copy"]
    assert {name: (folder / name).read_bytes() for name in keyring.COPIES} == new
    keep("old slots put back", "one copy, made anew from the other", times=1, missed=0)


def test_that_a_whole_old_folder_put_back_is_found_at_the_next_exchange(place: Path, tmp_path: Path) -> None:
    """Nothing on this laptop can tell; the other one has rows that this one no longer has, and then has other ones."""
    first, second = place / FIRST, place / SECOND
    shutil.copytree(first, tmp_path / "old.crf")
    with unlock(first, "adm", PASSWORD) as a, unlock(second, "crc", PASSWORD) as b:
        a.set_setting("x", "y")
        require_checked(a)
        require_checked(b)
        export_bundle(a, tmp_path / "1", [own_public_key(b)])
        merge_bundle(b, tmp_path / "1")
    shutil.rmtree(first)
    shutil.copytree(tmp_path / "old.crf", first)
    with unlock(first, "inv", PASSWORD) as store:
        assert store.findings == ()
        note(store, "written anew")
    with unlock(first, "adm", PASSWORD) as a, unlock(second, "crc", PASSWORD) as b:
        require_checked(a)
        require_checked(b)
        export_bundle(a, tmp_path / "2", [own_public_key(b)])
        with pytest.raises(Refused) as raised:
            merge_bundle(b, tmp_path / "2")
    assert raised.value.code == "bundle.forked"
    keep("old folder put back", "at the next exchange", times=1, missed=0)
