"""A committed field against a bare durable single-row commit in the same file: ``python tests/bench/commit.py``."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, create, engine, keyring, unlock
from crf_desktop.store.keyring import open_slot
from crf_desktop.store.stretch import derive

PASSWORD = "pass phrase of the bench"
ROUNDS = int(os.environ.get("CRF_BENCH_ROUNDS", "400"))


def main() -> None:
    """Prints both medians in milliseconds and their ratio."""
    place = Path(tempfile.mkdtemp(prefix="crf-bench-"))
    folder = place / "bench.crf"
    people = (NewPerson("inv", "I", "investigator", PASSWORD), NewPerson("adm", "A", "administrator", PASSWORD))
    create(folder, NewStudy("S.BENCH", "01", b"{}", people))
    keys = keyring.read(folder).best
    key = derive(open_slot(keys, keys.slot_of("inv"), PASSWORD).data_key, "database")
    maker = engine.connect_raw(folder / engine.NAME, key, keys.db_salt)
    maker.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    maker.close()
    store = unlock(folder, "inv", PASSWORD)
    bare = store._database.driver_connection  # another one would find its pages stale after each commit
    ours, theirs = [], []
    for n in range(ROUNDS):
        path = ItemPath("01-001", f"SE.W{n // 100}", "", f"F.X{n // 20 % 5}", "", "IG.X", "", f"I.X{n % 20}")
        entry = Entry(Kind.ITEM, path, "Insert", Datum(str(n)), metadata_digest="sha256:" + "0" * 64)
        started = time.perf_counter()
        store.append([entry])
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        bare.execute("INSERT INTO bare (text) VALUES (?)", ("x" * 40,))
        theirs.append(time.perf_counter() - started)
    store.close()
    shutil.rmtree(place)
    a, b = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(f"committed field {a:.2f} ms, bare durable commit {b:.2f} ms, ratio {a / b:.2f} (target 2), {ROUNDS} rounds")


if __name__ == "__main__":
    main()
