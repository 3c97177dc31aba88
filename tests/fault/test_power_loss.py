"""Power loss: every operation is a crash point, and whatever the disk then holds opens whole, with all promised."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from crf_desktop.store import engine, keyring
from crf_desktop.store.stretch import derive
from tests.fault.account_scenario import ACCOUNTS
from tests.fault.children import Nursery
from tests.fault.examiner import Task, Verdict, examine
from tests.fault.invariant import fault_of
from tests.fault.power_loss import Disk, Inode, sectors, write_image
from tests.fault.results import keep, pass_over
from tests.fault.scenarios import SCENARIOS
from tests.fault.shim import Operation, read_trace
from tests.fault.site import FIRST, PASSWORD, copy_site, spare

FAST = ("saves", "change of the slots")
FAST_IMAGES = 120
FULL_ROUNDS = {
    "saves": 12, "answers": 8, "merge": 6, "change of the slots": 8, "a new study": 1, "rekey": 1, "migration": 1,
    **{scenario.name: 1 for scenario in ACCOUNTS},
}  # fmt: skip
"""So many that all scenarios together give more than 20,000 disks; others: 4."""
MUTANTS = {
    "WAL, synchronous=NORMAL": ("journal_mode=WAL", "synchronous=NORMAL"),
    "DELETE, synchronous=NORMAL": ("journal_mode=DELETE", "synchronous=NORMAL"),
    "DELETE, synchronous=FULL": ("journal_mode=DELETE", "synchronous=FULL"),
    "DELETE, synchronous=OFF": ("journal_mode=DELETE", "synchronous=OFF"),
}
SEED = 20261125
CORES = min(4, os.cpu_count() or 1)


def mutant(name: str) -> tuple[str, ...]:
    """The program's pragmas with journal and synchronous of a mutant; nothing for the program itself."""
    return (*MUTANTS[name], *engine._PRAGMAS[2:]) if name else ()


def power_cuts(
    nursery: Nursery, site: Path, tmp_path: Path, scenario: str, rounds: int, most: int | None, wrong: str = ""
) -> Verdict:
    """Records a scenario, then opens the disks that a power cut would have left at every operation of it."""
    assert engine._PRAGMAS[0].startswith("journal_mode") and engine._PRAGMAS[1].startswith("synchronous")
    place, before, trace = tmp_path / "site", tmp_path / "before", tmp_path / "trace"
    copy_site(site, place, *spare(scenario))
    copy_site(place, before)
    outcome = nursery.run(
        scenario=scenario, place=str(place), rounds=rounds, trace=str(trace), pragmas=list(mutant(wrong))
    )
    assert outcome.code == 0 and not outcome.problem, outcome
    shutil.rmtree(place)
    before.rename(place)  # the trace names its files by where they were
    task = Task(scenario, place, trace, tuple(outcome.said), SEED, most, mutant(wrong))
    return examine(task, 1 if most else CORES)


@pytest.mark.parametrize("scenario", FAST)
@pytest.mark.requirement("REQ-19")
def test_that_a_power_cut_at_any_operation_loses_nothing(
    watched: Nursery, site: Path, tmp_path: Path, scenario: str
) -> None:
    verdict = power_cuts(watched, site, tmp_path, scenario, 3, FAST_IMAGES)
    assert not verdict.faults, verdict
    assert verdict.images >= 100


@pytest.mark.full
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.requirement("REQ-19")
def test_that_a_power_cut_at_any_operation_of_anything_loses_nothing(
    watched: Nursery, site: Path, tmp_path: Path, scenario: str
) -> None:
    pass_over("power loss", scenario)
    verdict = power_cuts(watched, site, tmp_path, scenario, FULL_ROUNDS.get(scenario, 4), None)
    keep("power loss", scenario, images=verdict.images, bad=sum(verdict.faults.values()))
    assert not verdict.faults, verdict


@pytest.mark.parametrize("wrong", ["WAL, synchronous=NORMAL", "DELETE, synchronous=OFF"])
def test_that_the_harness_finds_what_weaker_settings_lose(
    watched: Nursery, site: Path, tmp_path: Path, wrong: str
) -> None:
    verdict = power_cuts(watched, site, tmp_path, "saves", 3, 60, wrong)
    assert verdict.faults, verdict


@pytest.mark.full
@pytest.mark.parametrize("wrong", MUTANTS)
def test_that_the_harness_finds_much_of_what_weaker_settings_lose(
    watched: Nursery, site: Path, tmp_path: Path, wrong: str
) -> None:
    pass_over("power loss, weaker setting", wrong)
    verdict = power_cuts(watched, site, tmp_path, "saves", 12, 1600, wrong)
    lost = sum(n for fault, n in verdict.faults.items() if fault.startswith("lost"))
    keep(
        "power loss, weaker setting", wrong, images=verdict.images, bad=sum(verdict.faults.values()), lost=lost,
        faults=dict(verdict.faults),
    )  # fmt: skip
    assert verdict.faults, verdict


def test_that_first_bytes_torn_by_a_power_cut_are_put_back_from_the_journal(
    watched: Nursery, site: Path, tmp_path: Path
) -> None:
    """The salt in them is read before SQLite is: a torn save must not pass for a damaged study."""
    place, trace = copy_site(site, tmp_path / "site"), tmp_path / "trace"
    before = copy_site(place, tmp_path / "before")
    assert watched.run(scenario="saves", place=str(place), rounds=1, trace=str(trace)).code == 0
    shutil.rmtree(place)
    before.rename(place)
    disk, log = Disk(place), f"{FIRST}/{engine.NAME}"
    for call in read_trace(trace):
        disk.do(call)
        if call.operation is Operation.WRITE and call.a == 0 and len(call.data) == 4096:
            break  # the first page of the database, over its old self
    image = disk.image("ordered", "everything", random.Random(0))
    assert f"{log}-journal" in image
    image[log] = b"torn" + (image[log] or b"")[4:]
    (tmp_path / "image").mkdir()
    write_image(image, tmp_path / "image")
    assert fault_of(tmp_path / "image" / FIRST, None) is None


@pytest.mark.parametrize("also", ["nothing else", "the first bytes too"])
def test_that_a_free_page_torn_by_a_power_cut_is_made_whole(place: Path, tmp_path: Path, also: str) -> None:
    """SQLite takes a free page without journalling it, so that undoing the save does not put it back."""
    keys = keyring.read(place / FIRST).best
    data_key = keyring.open_slot(keys, keys.slot_of("inv"), PASSWORD).data_key
    raw = engine.connect_raw(place / FIRST / engine.NAME, derive(data_key, "database"), keys.db_salt)
    last = int(raw.execute("PRAGMA page_count").fetchone()[0])
    raw.execute("INSERT INTO setting VALUES ('long', ?)", ("-" * 8 * 4096,))
    raw.execute("DELETE FROM setting WHERE name = 'long'")
    assert int(raw.execute("PRAGMA freelist_count").fetchone()[0]) >= 8
    raw.execute("PRAGMA cache_size=2")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO setting VALUES ('cut off', ?)", ("-" * 20 * 4096,))
    copy_site(place, tmp_path / "image")  # the power goes
    raw.execute("ROLLBACK")
    raw.close()
    log = tmp_path / "image" / FIRST / engine.NAME
    assert log.with_name(f"{engine.NAME}-journal").stat().st_size
    with log.open("r+b") as file:
        file.seek((last + 3) * 4096 + 100)
        file.write(b"torn")
        if also == "the first bytes too":
            file.seek(0)
            file.write(b"torn")
    assert fault_of(tmp_path / "image" / FIRST, None) is None


def test_that_a_write_is_cut_at_the_borders_of_sectors() -> None:
    data = bytes(range(250)) * 5
    parts = list(sectors(500, data))
    assert [(at, len(part)) for at, part in parts] == [(500, 12), (512, 512), (1024, 512), (1536, 214)]
    assert b"".join(part for _, part in parts) == data


def test_that_what_was_synced_stays_and_what_was_not_may_go() -> None:
    inode = Inode()
    inode.write(0, b"a" * 1024)
    inode.sync()
    inode.write(512, b"b" * 512)
    seen = {inode.after("dropped", random.Random(n)) for n in range(20)}
    assert seen == {b"a" * 1024, b"a" * 512 + b"b" * 512}
    assert inode.after("nothing", random.Random(0)) == b"a" * 1024
    assert all(torn.startswith(b"a" * 512) for n in range(50) for torn in [inode.after("torn", random.Random(n))])
