"""Memory that nobody else reads, no image of it on the disk, no value in what is said of a fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CANARY = "Zwergelstern-47 weighs 38.6"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and dumps of Linux")


def start(code: str, place: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.PIPE, cwd=place or ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)),
    )  # fmt: skip


HOLDS = """
    import sys
    from crf_desktop.shield import raise_shield
    print(raise_shield(), flush=True)
    sys.stdin.readline()
"""


@linux
@pytest.mark.requirement("REQ-43")
def test_that_a_shielded_process_may_leave_no_core() -> None:
    with start(HOLDS) as process:
        assert process.stdout is not None and process.stdout.readline() == "()\n"
        limits = Path(f"/proc/{process.pid}/limits").read_text("ascii")
        process.communicate("\n")
    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]


@linux
@pytest.mark.requirement("REQ-43")
def test_that_a_crash_leaves_nothing_behind(tmp_path: Path) -> None:
    code = HOLDS
    with start(code, place=tmp_path) as process:
        assert process.stdout is not None and process.stdout.readline() == "()\n"
        process.send_signal(signal.SIGSEGV)
        assert process.wait(20) == -signal.SIGSEGV
        process.communicate()
    assert list(tmp_path.iterdir()) == []


DROPS = """
    import ctypes, os, resource, sys  # another user may not be able to read the interpreter
    from crf_desktop.shield import raise_shield
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # changing the user has forbidden it already
    print(raise_shield() if "{shield}" else "()", flush=True)
    sys.stdin.readline()
"""
READS = """
    import os, sys
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    try:
        open("/proc/{pid}/mem", "rb").close()
        print("read")
    except PermissionError:
        print("refused")
"""


@linux
@pytest.mark.requirement("REQ-43")
@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="drops to another user")
def test_that_another_program_of_the_same_person_cannot_read_the_memory() -> None:
    """The one without the shield shows that the attempt would have succeeded."""
    told = {}
    for shield in ("up", ""):
        with start(DROPS.format(shield=shield)) as process:
            assert process.stdout is not None and process.stdout.readline() == "()\n"
            with start(READS.format(pid=process.pid)) as reader:
                told[shield] = reader.communicate()[0].strip()
            process.communicate("\n")
    if told[""] == "refused":
        pytest.skip("this kernel forbids it to everybody")
    assert told == {"up": "refused", "": "read"}


@linux
@pytest.mark.requirement("REQ-43")
def test_that_the_worker_is_shielded_too(qt_application: object) -> None:
    from PySide6.QtWidgets import QApplication

    from crf_desktop.ui.worker import Workshop
    from tests.ui.working import limits

    workshop, told = Workshop(), []
    job = workshop.start(limits)
    job.done.connect(told.append)
    job.failed.connect(told.append)
    while not told:
        QApplication.processEvents()
    workshop.close()
    assert told == [((0, 0), 0)]


FAULTS = f"""
    import gc, logging, sys, threading, warnings
    from crf_desktop.shield import quiet_faults
    quiet_faults()
    def fail(): raise ValueError("{CANARY}")
    class Dying:
        def __del__(self): fail()
    Dying(); gc.collect()
    thread = threading.Thread(target=fail); thread.start(); thread.join()
    logging.getLogger("library").error("{CANARY}")
    logging.getLogger("library").error("%d", "{CANARY}")
    warnings.warn("{CANARY}")
    fail()
"""


@pytest.mark.requirement("REQ-43")
def test_that_faults_are_told_by_type_and_place_and_never_by_value() -> None:
    with start(FAULTS) as process:
        said = "".join(process.communicate())
    assert "Zwergelstern" not in said and "38.6" not in said
    assert said.count("ValueError at ") == 3
    assert "ERROR of library" in said and "UserWarning at <string>:" in said


@pytest.mark.requirement("REQ-43")
def test_that_a_hundred_faults_in_the_window_say_no_value() -> None:
    code = f"""
        import os
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from crf_desktop.ui.application import make_window, watch_faults
        from crf_desktop.ui.look import Look
        app = QApplication([])
        window = make_window(app, Look())
        watch_faults(window)
        window.show()
        def fail(): raise KeyError("{CANARY}")
        def broken(error): raise TypeError("{CANARY}")
        for at in range(100):
            QTimer.singleShot(at, fail)
        QTimer.singleShot(3, lambda: setattr(window, "fault", broken))
        QTimer.singleShot(300, app.quit)
        app.exec()
        window.close()
    """
    with start(code) as process:
        said = "".join(process.communicate())
    assert "Zwergelstern" not in said and "38.6" not in said
    assert process.returncode == 0
