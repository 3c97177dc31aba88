"""Planted values: after a whole day in the window none of them is in any file in clear, and none was on the way."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

from crf_desktop.store import keyring
from crf_desktop.store.stretch import derive
from tests.fault.canary import HALF_TYPED, NOTE, REASON, WRONG_PASSWORD, patterns, seen, seen_below
from tests.fault.results import keep
from tests.fault.shim import Operation, read_trace
from tests.fault.site import FIRST, PASSWORD, SUBJECT, make_site

ROOT = Path(__file__).parents[2]
LEAVING = ("out/tables", "out/visit-")
"""What a person has let leave the study on purpose, in clear."""


@frozen
class Day:
    """What is left of a day."""

    place: Path
    """``site`` with the study, ``home``, ``tmp``, ``out``, ``traces``."""
    said: str


@pytest.fixture(scope="module", autouse=True)
def quick() -> None:
    """Nothing is left out here: passwords are stretched as in the field."""


@pytest.fixture(scope="module")
def day(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A day in a home and a temporary folder of its own, every file operation of every process written down."""
    place = tmp_path_factory.mktemp("day")
    (place / "site").mkdir()
    make_site(place / "site")
    for name in ("home", "tmp", "out", "run", "traces"):
        (place / name).mkdir(mode=0o700)
    home = place / "home"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CRF_", "QT_"))},
        "HOME": str(home), "TMPDIR": str(place / "tmp"), "XDG_RUNTIME_DIR": str(place / "run"),
        "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_CACHE_HOME": str(home / ".cache"), "XDG_STATE_HOME": str(home / ".local" / "state"),
        "QT_QPA_PLATFORM": "offscreen", "LD_PRELOAD": str(built), "CRF_FAULT_TRACE": str(place / "traces" / "trace"),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    arguments = [sys.executable, "-m", "tests.fault.canary_work", str(place / "site" / FIRST), str(place / "out")]
    told = subprocess.run(arguments, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-3000:]
    yield Day(place, told.stdout + told.stderr)


@pytest.fixture(scope="module")
def looked_for(day: Day) -> dict[bytes, str]:
    """Answers, half-typed text, passwords; the data key and what opens the database."""
    keys = keyring.read(day.place / "site" / FIRST).best
    opened = keyring.open_slot(keys, keys.slot_of("inv"), PASSWORD)
    log_key = opened.secret("log_key")
    assert log_key is not None
    words = {
        "an answer": NOTE, "half-typed text": HALF_TYPED, "a reason": REASON, "a password": PASSWORD,
        "a wrong password": WRONG_PASSWORD,
    }  # fmt: skip
    secrets = {"the data key": bytes(opened.data_key), "the database's key": bytes(derive(opened.data_key, "database"))}
    return patterns(words, secrets | {"a log key": bytes(log_key)})


def test_that_a_planted_value_is_found_however_it_was_written(day: Day, looked_for: dict[bytes, str]) -> None:
    tables = seen_below(day.place / "out" / "tables", looked_for)
    assert any("an answer (utf-8)" in names for names in tables.values())
    assert seen(NOTE.encode("utf-16-le"), looked_for) == {"an answer (utf-16-le)"}
    for skipped in range(3):
        coded = base64.b64encode(b"abc"[:skipped] + NOTE.encode() + b"more")
        assert seen(coded, looked_for) == {"an answer (utf-8)"}, skipped
    for kind in ("casebook", "form"):  # what was shown, printed and saved really held it
        pdf = str(day.place / "out" / f"visit-{kind}.pdf")
        told = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
        assert NOTE in told.stdout.replace("\n", ""), kind


@pytest.mark.requirement("REQ-43")
def test_that_no_value_key_or_password_lies_in_any_file(day: Day, looked_for: dict[bytes, str]) -> None:
    found = {}
    for name in ("site", "home", "tmp", "out", "run"):
        below = seen_below(day.place / name, looked_for)
        found |= {f"{name}/{path}": what for path, what in below.items()}
    found = {path: what for path, what in found.items() if not path.startswith(LEAVING)}
    files = sum(1 for p in day.place.rglob("*") if p.is_file())
    keep("planted values", "files left", files=files, found=len(found))
    assert found == {}
    assert not seen(day.said.encode(), looked_for)


@pytest.mark.requirement("REQ-43")
def test_that_none_was_written_to_a_file_that_is_gone(day: Day, looked_for: dict[bytes, str]) -> None:
    """Every write of every process, wherever it went, temporary files included."""
    written: dict[str, set[str]] = {}
    left, calls = 0, 0
    allowed = tuple(str(day.place / name) for name in (*LEAVING, "out/.tables", "out/.visit-"))
    traces = sorted((day.place / "traces").iterdir())
    for trace in traces:
        names: dict[int, str] = {}
        for call in read_trace(trace):
            if call.operation is Operation.OPEN:
                names[call.descriptor] = call.paths[0]
            if call.operation in (Operation.WRITE, Operation.OPEN, Operation.RENAME, Operation.MKDIR):
                calls += call.operation is Operation.WRITE
                path = names.get(call.descriptor, "")
                if here := seen(call.data, looked_for):
                    if path.startswith(allowed):
                        left += 1
                    else:
                        written.setdefault(path, set()).update(here)
    keep("planted values", "writes anywhere", writes=calls, processes=len(traces), found=len(written))
    assert written == {}
    assert left and calls > 100 and len(traces) >= 2  # the tables were seen being written, and the worker was seen


FALLS = """
import os, resource, signal, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from crf_desktop.shield import raise_shield
if sys.argv[2] == "shielded":
    assert raise_shield() == ()
from crf_desktop.store import unlock
store = unlock(Path(sys.argv[1]), "inv", sys.argv[3])
os.kill(os.getpid(), signal.SIGSEGV)
"""


def fall(place: Path, how: str) -> int:
    """The end of a process that falls with the study open, where a core of any size may be kept."""
    (place / how).mkdir()
    study = place / "site" / FIRST
    process = subprocess.Popen(
        [sys.executable, "-c", FALLS, str(study), how, PASSWORD], cwd=place / how,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == -signal.SIGSEGV
    return status


@pytest.mark.requirement("REQ-43")
def test_that_a_process_that_falls_with_a_study_open_leaves_no_core(day: Day, looked_for: dict[bytes, str]) -> None:
    """The one without the shield shows that this machine would have kept it."""
    left = {how: os.WCOREDUMP(fall(day.place, how)) for how in ("shielded", "bare")}
    assert not left["shielded"] and list((day.place / "shielded").iterdir()) == []
    cores = list((day.place / "bare").iterdir())
    found = [seen_below(day.place / "bare", looked_for)] if cores else []
    for core in cores:
        core.unlink()
    if not found:
        pytest.skip("this machine keeps no cores, so the shield has nothing to prevent")
    keep("core", "of a process that fell with a study open", cores=0, without=len(cores), found=0)
    assert any("the data key" in names for names in found[0].values())


@pytest.mark.requirement("REQ-47")
def test_that_no_participant_is_named_outside_the_study(day: Day) -> None:
    """Settings, recent lists, Qt's own configuration, caches, temporary files: not even the number."""
    number = patterns({"a participant": SUBJECT}, {})
    found = {name: seen_below(day.place / name, number) for name in ("home", "tmp", "run")}
    assert found == {"home": {}, "tmp": {}, "run": {}}
