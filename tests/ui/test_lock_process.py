"""The lock for real: the process that held the study is gone, and nothing of it is in the one that came after."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.study import Study
from tests.fault.canary import patterns, seen, seen_below
from tests.ui.conftest import PASSWORD
from tests.ui.lock_work import ANSWER, HALF_TYPED

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def gone(pid: int) -> bool:
    """Whether a process is gone, or only waits to be counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_gone(pid: int) -> bool:
    until = time.monotonic() + PATIENCE_S
    while not gone(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return gone(pid)


def memory(pid: int) -> Iterator[bytes]:
    """Everything a process has in memory that it could have written."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as held:
        for line in maps:
            where, rights = line.split()[:2]
            low, high = (int(end, 16) for end in where.split("-"))
            if "w" in rights and low < 1 << 63:
                try:
                    held.seek(low)
                    yield held.read(high - low)
                except OSError:  # a guard page, device memory
                    continue


class Locked:
    """What the two processes said and left."""

    def __init__(self, place: Path, study: Path) -> None:
        self.place, self.told = place, dict[str, Any]()
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CRF_", "QT_"))},
            "HOME": str(place / "home"), "TMPDIR": str(place / "tmp"), "CRF_DATA_HOME": str(place / "home" / "data"),
            "XDG_CONFIG_HOME": str(place / "home" / ".config"), "XDG_CACHE_HOME": str(place / "home" / ".cache"),
            "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "CRF_PASSWORD": PASSWORD,
        }  # fmt: skip
        for name in ("home", "tmp"):
            (place / name).mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.lock_work", str(study)], cwd=place / "home", env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.said = b""

    def hear(self, name: str) -> Any:
        """Waits until the process has said something of that name."""
        line = self.process.stderr
        assert line is not None
        until = time.monotonic() + PATIENCE_S
        with selectors.DefaultSelector() as selector:
            selector.register(line, selectors.EVENT_READ)
            while name not in self.told:
                assert selector.select(max(0.0, until - time.monotonic())), f"nothing heard of {name}: {self.said!r}"
                read = os.read(line.fileno(), 65536)
                assert read, self.said.decode()
                self.said += read
                for whole in self.said.split(b"\n")[:-1]:
                    if whole.startswith(b"{"):
                        self.told |= json.loads(whole)
        return self.told[name]

    def go_on(self) -> None:
        """Lets the process press F12."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()


@pytest.fixture(scope="module")
def locked(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    import shutil

    place = tmp_path_factory.mktemp("lock")
    study = Path(shutil.copytree(pristine, place / "trial.crf"))
    both = Locked(place, study)
    both.hear("workers")
    both.looked_for = patterns(  # type: ignore[attr-defined]
        {"an answer": ANSWER, "half-typed text": HALF_TYPED, "a password": PASSWORD},
        dict(zip(("the data key", "a log key"), map(bytes.fromhex, both.told["secrets"]), strict=True)),
    )
    both.before = seen_in(both.told["old"], both.looked_for)  # type: ignore[attr-defined]
    both.refused = refused(study)  # type: ignore[attr-defined]
    both.go_on()
    both.hear("painted_s")
    yield both
    new = both.told["new"]
    os.kill(new, signal.SIGTERM)
    assert wait_gone(new)
    assert both.process.stdin is not None and both.process.stderr is not None
    both.process.stdin.close()
    both.process.stderr.close()
    both.process.wait()


def seen_in(pid: int, looked_for: dict[bytes, str]) -> set[str] | None:
    """What of it is in the memory of a process; None: it cannot be read, which is as it should be."""
    try:
        return set().union(*(seen(part, looked_for) for part in memory(pid)))
    except PermissionError:
        return None


def refused(study: Path) -> str:
    """The code with which a second instance is refused; empty: it is not."""
    from crf_desktop.errors import EnvironmentProblem

    try:
        Study.open(study, "crc", PASSWORD).close()
    except EnvironmentProblem as problem:
        return problem.code
    return ""


@pytest.mark.requirement("REQ-08", "REQ-43")
def test_that_the_process_that_held_the_study_and_its_worker_are_gone(locked: Any) -> None:
    assert wait_gone(locked.told["old"])
    assert all(wait_gone(worker) for worker in locked.told["workers"]) and locked.told["workers"]
    assert not gone(locked.told["new"])


@pytest.mark.requirement("REQ-43")
def test_that_no_key_password_or_value_is_in_the_memory_of_the_process_that_came_after(locked: Any) -> None:
    if locked.before is None:
        pytest.skip("only root can read the memory of these processes")
    assert {"an answer (utf-8)", "the data key"} <= locked.before and any("half-typed" in s for s in locked.before)
    assert seen_in(locked.told["new"], locked.looked_for) == set()


@pytest.mark.requirement("REQ-43")
def test_that_nothing_of_the_study_is_in_its_arguments_or_environment(locked: Any) -> None:
    new = Path(f"/proc/{locked.told['new']}")
    arguments = (new / "cmdline").read_bytes().split(b"\0")
    assert arguments[-2] == str(locked.place / "trial.crf").encode() and arguments[-3] == b"crf_desktop"
    given = (new / "cmdline").read_bytes() + (new / "environ").read_bytes()
    for secret in (PASSWORD, ANSWER, HALF_TYPED, "01-001", "F.AE", "I.AE"):
        assert secret.encode() not in given, secret


@pytest.mark.requirement("REQ-43")
def test_that_no_file_outside_holds_anything_and_the_study_only_what_is_encrypted(locked: Any) -> None:
    for name in ("home", "tmp", "trial.crf"):
        assert seen_below(locked.place / name, locked.looked_for) == {}
    number = patterns({"a participant": "01-001"}, {})
    assert seen_below(locked.place / "home", number) == {} and seen_below(locked.place / "tmp", number) == {}
    kept = (locked.place / "home" / "data" / "window.ini").read_text("utf-8")
    names = {line.partition("=")[0] for line in kept.splitlines() if "=" in line}
    assert names <= {"geometry", "language", "theme", "scale", "idle_minutes"}


@pytest.mark.requirement("REQ-08")
def test_that_a_second_instance_is_refused_until_the_study_is_closed_and_never_by_what_is_left(locked: Any) -> None:
    assert locked.refused == "study.locked_by_other"
    assert wait_gone(locked.told["old"])
    study = Study.open(locked.place / "trial.crf", "inv", PASSWORD)
    try:
        assert list(study.store.drafts().values()) == [HALF_TYPED]
        assert '"F.AE' in study.store.setting(f"place/{study.session.person.user_oid}")
    finally:
        study.close()
    other = Study.open(locked.place / "trial.crf", "crc", PASSWORD)
    try:
        assert other.store.drafts() == {} and other.store.setting(f"place/{other.session.person.user_oid}") == ""
    finally:
        other.close()
