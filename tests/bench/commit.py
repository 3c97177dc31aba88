"""A committed field against a bare durable single-row commit in the same file: ``python -m tests.bench.commit``."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crf_desktop.capture.study import Study
from crf_desktop.demo import maker
from crf_desktop.model.data import Change, Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, create, engine, keyring, unlock
from crf_desktop.store.keyring import open_slot
from crf_desktop.store.stretch import derive
from tests.bench.large_study import study_of

PASSWORD = "pass phrase of the bench"
ROUNDS = int(os.environ.get("CRF_BENCH_ROUNDS", "400"))


def edit(place: Path) -> tuple[list[float], list[float]]:
    """Seconds of an edit as a page makes it (parsing, checks, commit, scores again), and of its ``Store.append``."""
    folder = Path(shutil.copytree(study_of(15), place / "edit.crf"))
    study = Study.open(folder, "investigator", maker.PASSWORD)
    subject = study.subjects()[-1]
    entry, append = study.form(subject, maker.EVENT, "F.ESSDAI"), study.store.append
    whole: list[float] = []
    stored: list[float] = []

    def timed(entries: Sequence[Entry]) -> list[Change]:
        started = time.perf_counter()
        rows = append(entries)
        stored.append(time.perf_counter() - started)
        return rows

    study.store.append = timed  # type: ignore[method-assign]
    items = [i for i in study.definition.items_of("F.ESSDAI") if i.data_type == "integer" and i.code_list]
    for _ in range(ROUNDS // len(items) or 1):
        for item in items:
            codes, now = study.definition.code_list[item.code_list or ""].items[:2], entry.datum(item.oid).value
            level = next(code.coded_value for code in codes if code.coded_value != now)
            started = time.perf_counter()
            entry.set(item.oid, level, reason="bench", override="bench")
            whole.append(time.perf_counter() - started)
    study.close()
    return whole, stored


def main() -> None:
    """Prints both medians in milliseconds and their ratio, then what an edit costs around its commit."""
    place = Path(tempfile.mkdtemp(prefix="crf-bench-"))
    folder = place / "bench.crf"
    people = (NewPerson("inv", "I", "investigator", PASSWORD), NewPerson("adm", "A", "administrator", PASSWORD))
    create(folder, NewStudy("S.BENCH", "01", b"{}", people))
    keys = keyring.read(folder).best
    key = derive(open_slot(keys, keys.slot_of("inv"), PASSWORD).data_key, "database")
    store = unlock(folder, "inv", PASSWORD)  # first: a table that is not the program's own turns a study read-only
    bare_maker = engine.connect_raw(folder / engine.NAME, key, keys.db_salt)
    bare_maker.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)")
    bare_maker.close()
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
    whole, stored = edit(place)
    shutil.rmtree(place)
    a, b = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(f"committed field {a:.2f} ms, bare durable commit {b:.2f} ms, ratio {a / b:.2f} (target 2), {ROUNDS} rounds")
    a, b = statistics.median(whole) * 1000, statistics.median(stored) * 1000
    print(f"an edit on the ESSDAI page {a:.2f} ms, of which the commit {b:.2f} ms")


if __name__ == "__main__":
    main()
