"""Verification in a process of its own: beside somebody who writes, on a copy that is gone afterwards."""

from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, engine, inspection, room, unlock, verified
from crf_desktop.store.inspection import COPY, inspect, key_of, serve, ticket_of
from tests.store.builders import PASSWORD, StepClock, answer, item
from tests.store.test_damage import rewrite


@pytest.fixture
def store(folder: Path, opened: object) -> Store:
    found: Store = opened(folder)  # type: ignore[operator]
    found.append([answer(item(name=f"N{n}"), str(n)) for n in range(600)])
    return found


@pytest.mark.parametrize("depth", ["quick", "full"])
def test_that_a_sound_log_is_found_sound_and_nothing_is_left(store: Store, depth: str) -> None:
    key = key_of(store)
    checked = inspect(ticket_of(store, depth), key)  # type: ignore[arg-type]
    assert [f.code for f in checked.findings] == [f"verify.ok_{depth}"] and checked.heads == store.heads()
    assert not any(key) and not (store.folder / COPY).exists()


@pytest.mark.parametrize("depth", ["quick", "full"])
def test_that_saves_go_on_meanwhile_and_count_for_the_next_check(store: Store, depth: str) -> None:
    before, ended, kept = store.heads(), threading.Event(), []
    ticket, key = ticket_of(store, depth), key_of(store)  # type: ignore[arg-type]

    def work() -> None:
        kept.append(inspect(ticket, key))
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    n = 0
    while not ended.is_set() or not n:
        store.append([answer(item("01-002", name=f"M{n}"), str(n))])
        n += 1
    worker.join()
    assert kept[0].sound and kept[0].heads[store.origin][0] >= before[store.origin][0]
    verified.conclude(store, ticket.depth, kept[0])
    assert verified.since(store) == kept[0].heads and not store.read_only
    assert store.verify("full")[-1].code == "verify.ok_full"


@pytest.mark.requirement("REQ-46")
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_that_damage_is_found_in_the_copy_and_in_the_file(folder: Path, store: Store, depth: str) -> None:
    store.close()
    rewrite(folder, "UPDATE change SET value = 'x' WHERE value = '3'")
    with unlock(folder, "investigator", PASSWORD, StepClock()) as again:
        assert not again.read_only
        checked = inspect(ticket_of(again, depth), key_of(again))  # type: ignore[arg-type]
        assert not checked.sound
        verified.conclude(again, "quick", checked)
        assert again.read_only and again.findings == checked.findings


@pytest.mark.requirement("REQ-46")
def test_that_a_flipped_bit_is_found_by_a_full_check_beside_the_window(folder: Path, store: Store) -> None:
    store.verify("full")
    store.append([answer(item(), "4")])
    data = bytearray((folder / engine.NAME).read_bytes())
    missed = []
    for page in range(2, len(data) // 4096, 5):
        data[page * 4096 + 77] ^= 4
        (folder / engine.NAME).write_bytes(data)
        try:
            if inspect(ticket_of(store, "full"), key_of(store)).sound:
                missed.append(page)
        except EnvironmentProblem as problem:
            assert problem.code == "study.damaged"
        data[page * 4096 + 77] ^= 4
    (folder / engine.NAME).write_bytes(data)
    assert missed == [] and inspect(ticket_of(store, "full"), key_of(store)).sound


def test_that_without_room_for_a_copy_it_says_how_much_it_needs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_bytes", lambda folder: room.LITTLE)
    with pytest.raises(EnvironmentProblem) as raised:
        inspect(ticket_of(store, "full"), key_of(store))
    assert raised.value.code == "store.check_no_room" and raised.value.context["need_mb"] >= 200
    assert inspect(ticket_of(store, "quick"), key_of(store)).sound and not (store.folder / COPY).exists()


def test_that_what_a_check_that_was_cut_off_has_left_is_taken_away(store: Store) -> None:
    (store.folder / COPY).mkdir()
    (store.folder / COPY / engine.NAME).write_bytes(b"half a copy")
    assert inspect(ticket_of(store, "full"), key_of(store)).sound and not (store.folder / COPY).exists()


def test_that_the_process_says_how_far_it_is_then_what_it_found(store: Store) -> None:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    ours.send(ticket_of(store, "full"))
    ours.send_bytes(bytes(key_of(store)))
    told = []
    while not told or told[-1][0] == "progress":
        told.append(ours.recv())
    process.join()
    assert told[-1][0] == "done" and told[-1][1].sound and process.exitcode == 0
    assert [percent for _, percent in told[:-1]] == sorted({percent for _, percent in told[:-1]})


def test_that_a_process_with_a_wrong_key_says_damaged_and_one_without_a_window_ends(store: Store) -> None:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    ours.send(ticket_of(store, "quick"))
    ours.send_bytes(os.urandom(32))
    assert ours.recv() == ("failed", ("study.damaged", {"page": "?"}))
    process.join()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    ours.close()
    process.join(20)
    assert process.exitcode == 0


def test_that_read_only_media_are_read_where_they_are(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection.os, "access", lambda *_: False)
    ticket = ticket_of(store, "full")
    assert ticket.read_only
    monkeypatch.setattr(inspection, "_copied", None)
    assert inspect(ticket, key_of(store)).sound
