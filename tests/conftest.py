"""What holds for every test: offscreen Qt, long tests on demand, and a police for warnings, log records and leaks."""

from __future__ import annotations

import functools
import gc
import hashlib
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import low_level
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ["CRF_SAME_PLACE"] = "1"  # tests copy studies; what a copy is taken for is tested where it is meant
os.environ["CRF_KEY_COST"] = "floor"  # what a password costs to check is tested where it is meant
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*.debug=false"
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "crf-desktop-matplotlib"))  # its list of fonts

settings.register_profile("crf", deadline=None, print_blob=True)  # a slow machine is no failure
settings.load_profile("crf")

ALLOWED_QT_MESSAGES = (
    "This plugin does not support propagateSizeHints()",  # offscreen has no window manager to tell
    "This plugin does not support raise()",  # offscreen has no stack of windows
)
stretch_password = low_level.hash_secret_raw
STRETCHED: dict[object, bytes] = {}


def stretch_once(secret: bytes, salt: bytes, *numbers: int, **cost: Any) -> bytes:
    """Argon2id is slow on purpose and always says the same: asked once per password and salt in a run of tests."""
    asked = (hashlib.sha256(secret).digest(), salt, numbers, tuple(sorted(cost.items())))
    if asked not in STRETCHED:
        STRETCHED[asked] = stretch_password(secret, salt, *numbers, **cost)
    return STRETCHED[asked]


low_level.hash_secret_raw = stretch_once  # before anything of the program imports it

GRACE = 2.0
"""Seconds that a thread which was told to end is given to do so."""

FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long tests too")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--full"):
        os.environ["CRF_FULL"] = "1"  # tests/thorough.py and the workers ask for it


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("CRF_FULL") == "1":
        return
    long = [item for item in items if item.get_closest_marker("full")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trial of two participants at its end, for everybody to copy or to read: making it takes seconds.

    Of several test processes one makes it, and each of the others takes a copy.
    """
    from crf_desktop.demo.maker import make_demo

    own = tmp_path_factory.mktemp("finished")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make_demo(own / "d", 2, 7, finished=True).study
    shared = tmp_path_factory.getbasetemp().parent / "finished-once"
    said = shared / "made"
    try:
        shared.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not said.exists():
            assert time.monotonic() < until, "another test process did not make the finished trial"
            time.sleep(0.1)
        made = Path(said.read_text("utf-8"))
    else:
        made = make_demo(shared / "d", 2, 7, finished=True).study
        (shared / "making").write_text(str(made), "utf-8")
        (shared / "making").rename(said)
    return Path(shutil.copytree(made, own / made.name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Remember a failure: its traceback keeps the test's widgets alive, which then is no leak."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


class QtWatch:
    """What Qt says, and which timers Python started; installed once, when a test has imported Qt."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer, qInstallMessageHandler

        self.messages: list[str] = []
        self.started: weakref.WeakSet[QTimer] = weakref.WeakSet()
        qInstallMessageHandler(self.note)
        start = QTimer.start

        def noted_start(timer: QTimer, *arguments: Any) -> None:
            self.started.add(timer)
            start(timer, *arguments)

        QTimer.start = noted_start  # type: ignore[method-assign,assignment]  # Qt cannot list timers without a parent

    def note(self, kind: Any, context: Any, text: str) -> None:
        """Called by Qt for each of its messages."""
        from PySide6.QtCore import QtMsgType

        quiet = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if kind not in quiet and not text.startswith(ALLOWED_QT_MESSAGES):
            self.messages.append(f"{text} ({context.category})")

    def timers(self) -> list[str]:
        """Timers that still run."""
        running = [timer for timer in self.started if shiboken_valid(timer) and timer.isActive()]
        return [f"timer left: of {type(timer.parent()).__name__}, every {timer.interval()} ms" for timer in running]


@functools.cache
def qt_watch() -> QtWatch:
    """The one watch of the run."""
    return QtWatch()


def shiboken_valid(thing: Any) -> bool:
    """Whether the C++ half of an object still exists."""
    from shiboken6 import isValid

    return bool(isValid(thing))


@pytest.fixture(scope="session")
def qt_application() -> Any:
    """The one QApplication of the run."""
    from PySide6.QtWidgets import QApplication

    qt_watch()
    application = QApplication.instance() or QApplication(["crf-desktop"])
    application.setQuitOnLastWindowClosed(False)  # type: ignore[union-attr]
    return application


def windows() -> dict[int, Any]:
    """Top-level widgets without a parent, by the address of their C++ half."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer

    if not QApplication.instance():
        return {}
    own = (w for w in QApplication.topLevelWidgets() if w.parent() is None)
    return {getCppPointer(w)[0]: w for w in own if w.metaObject().className() != "QTipLabel"}


def settle() -> None:
    """Let posted deletions happen."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def left_in_qt(before: set[int]) -> list[str]:
    """What the test left in Qt: its windows and timers, and what Qt complained of."""
    watch = qt_watch()
    settle()
    if set(windows()) - before or watch.timers():
        gc.collect()  # what only the collector has not met yet is no leak
        settle()
    left = [w for address, w in windows().items() if address not in before and w.isVisible()]
    found = [f"window left: {type(w).__name__} {w.objectName()!r}" for w in left] + watch.timers()
    found += [f"Qt warned: {text}" for text in watch.messages]
    return found


def clear_qt(before: set[int]) -> None:
    """Take away from the next test what this one left."""
    watch = qt_watch()
    for timer in list(watch.started):
        if shiboken_valid(timer):
            timer.stop()
    for address, window in windows().items():
        if address not in before:
            window.hide()
            window.deleteLater()
    settle()
    watch.messages.clear()
    watch.started.clear()


class Records(logging.Handler):
    """Keeps the records that nobody asked for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(f"log record: {record.name}: {record.getMessage()}")


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Threads that the test started and that do not end in time."""
    until = time.monotonic() + GRACE
    while True:
        left = [t for t in threading.enumerate() if t not in before]
        if not left or time.monotonic() > until:
            return [f"thread left: {t.name}" for t in left]
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def police(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that warns, logs without expecting to, or leaves a thread, a timer or an open window behind.

    A closed window that a connection keeps alive is deleted without a word.
    """
    threads, records, before = set(threading.enumerate()), Records(), set(windows())
    if "PySide6.QtCore" in sys.modules:
        qt_watch().messages.clear()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    found = threads_left(threads)
    if "caplog" not in request.fixturenames:  # a test that takes caplog expects records and looks at them
        found += records.kept
    if "PySide6.QtCore" in sys.modules:
        found += left_in_qt(before)
        clear_qt(before)
    if found and not request.node.stash.get(FAILED, False):
        pytest.fail("\n".join(found), pytrace=False)
