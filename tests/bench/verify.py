"""Full verification against a bare read and bare signatures, its share of unlocking: ``python -m tests.bench.verify``.

All of it in one run, on a copy: every row read by the driver into plain tuples, every row's Ed25519 signature checked
by a loop that does nothing else, then the verification as the command line makes it, and with one process alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from crf_desktop.demo.maker import PASSWORD
from crf_desktop.store import Store, engine, unlock, verified
from crf_desktop.store.checking import check_of
from crf_desktop.store.encoding import COLUMNS
from crf_desktop.store.inspection import inspect, key_of, ticket_of
from crf_desktop.store.stretch import derive

GOAL, UNLOCK_MS = 5.0, 150.0


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer


def bare(folder: Path, store: Store) -> tuple[float, float, int]:
    """Seconds of a bare read and of bare signatures, and how many rows."""
    keys = {at: key.public for at, key in store.who.keys.items()}
    connection = engine.connect_raw(
        folder / engine.NAME, derive(store.parts.data_key, "database"), store.parts.keys.db_salt
    )
    read, rows = timed(lambda: connection.execute(f"SELECT {', '.join(COLUMNS)} FROM change").fetchall())
    connection.close()

    def check() -> None:
        for row in rows:
            keys[row[0], row[25]].verify(row[40], row[39])

    signed, _ = timed(check)
    return read, signed, len(rows)


def measure(participants: int) -> bool:
    """Prints the figures of one size; whether both goals are met."""
    from tests.bench.large_study import study_of

    with tempfile.TemporaryDirectory(prefix="crf-bench-") as place:
        folder = Path(shutil.copytree(study_of(participants), Path(place) / "verify.crf"))
        with unlock(folder, "investigator", PASSWORD) as store:
            heads, last = store.heads(), check_of(store)
            last.own_origin = max(heads, key=lambda origin: heads[origin][0])  # a copy may have begun one of its own
            begun = time.process_time()
            last.run("recent")
            recent = time.process_time() - begun
            read, signed, rows = bare(folder, store)
            alone, one = timed(lambda: check_of(store).run("full"))
            both, two = timed(lambda: verified.verify(store, "full"))
            beside, three = timed(lambda: inspect(ticket_of(store, "full"), key_of(store)))
            usual, four = timed(lambda: verified.verify(store, "quick", state=True))
            assert all(checked.sound for checked in (one, two, three, four))
    base = read + signed
    print(f"{participants} participants, {rows} rows: bare read {read:.2f} s + bare signatures {signed:.2f} s")
    print(f"  full, two processes  {both:6.2f} s  {both / base:.2f}   (target {GOAL:g})")
    print(f"  full, one process    {alone:6.2f} s  {alone / base:.2f}")
    print(f"  full, on a copy      {beside:6.2f} s  {beside / base:.2f}   as beside the window")
    print(f"  usual (verify STUDY) {usual:6.2f} s  {usual / base:.2f}   after a full one")
    print(f"  at unlocking         {recent * 1000:6.0f} ms        of processor, its share of {UNLOCK_MS:g} ms")
    return both <= GOAL * base and recent * 1000 <= UNLOCK_MS


def main() -> int:
    """Exit 1 when a goal is missed."""
    sizes = [int(n) for n in sys.argv[1:]] or [15, 1500]
    return int(bool([n for n in sizes if not measure(n)]))


if __name__ == "__main__":
    sys.exit(main())
