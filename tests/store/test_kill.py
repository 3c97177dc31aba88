"""A killed process: every save that was acknowledged is there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.store import Store
from tests.store.builders import PASSWORD, codes, item

KILLS = 4
CHILD = """
import sys
from pathlib import Path
from crf_desktop.store import unlock
from tests.store.builders import answer, item
store = unlock(Path(sys.argv[1]), "investigator", sys.argv[2])
n = int(sys.argv[3])
while True:
    n += 1
    store.append([answer(item(), str(n))])
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX notion")
@pytest.mark.requirement("REQ-19")
def test_that_no_acknowledged_save_is_lost_when_the_process_is_killed(
    folder: Path, opened: Callable[..., Store]
) -> None:
    root, chance, last = Path(__file__).parents[2], random.Random(7), 0
    for _ in range(KILLS):
        arguments = [sys.executable, "-c", CHILD, str(folder), PASSWORD, str(last)]
        with subprocess.Popen(arguments, cwd=root, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            acknowledged = int(child.stdout.readline())
            time.sleep(chance.uniform(0.01, 0.3))
            child.send_signal(signal.SIGKILL)
            whole = [line for line in child.stdout if line.endswith("\n")]
        acknowledged = int(whole[-1]) if whole else acknowledged
        store = opened(folder)
        row = store.at(item())
        assert row is not None and acknowledged <= int(row.datum.value or 0) <= acknowledged + 1
        assert store.findings == () and codes(store) == {"verify.ok_full"}
        last = int(row.datum.value or 0)
        store.close()
