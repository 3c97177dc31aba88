"""Every library has a reason and a use, and none but Qt is read before the window stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IMPORTED_AS = {"PySide6-Essentials": "PySide6", "pyHanko": "pyhanko", "argon2-cffi": "argon2", "fonttools": "fontTools"}
IMPORTED_AS |= {"SQLAlchemy": "sqlalchemy", "shamir-mnemonic": "shamir_mnemonic", "python-pkcs11": "pkcs11"}
IMPORTED_AS |= {"pikepdf[pdfa]": "pikepdf"}
HEAVY = {"pandas", "numpy", "scipy", "matplotlib", "pyarrow", "reportlab", "PySide6"}
OF_ANALYSIS = {"pandas", "pyarrow", "numpy", "matplotlib", "scipy", "pypdf"}
"""What only a worker of the window reads."""
TOOLS = {"mypy", "ruff", "import-linter", "pytest-xdist"}
"""Run by tests as programs."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BARE = {
    name: [re.split(r"[<>=]", one)[0] for one in listed] for name, listed in PROJECT["optional-dependencies"].items()
}
RUNTIME, TEST = [re.split(r"[<>=]", one)[0] for one in PROJECT["dependencies"]], BARE["test"]
START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from crf_desktop.ui.application import make_window
from crf_desktop.ui.look import Look
app = QApplication([])
window = make_window(app, Look())
window.show_folder(Path(sys.argv[1]))
window.show()
window.grab()
print(*sys.modules)
"""


SEEN = """
import pkgutil, sys, importlib
from pathlib import Path
import crf_desktop.ui
for module in pkgutil.walk_packages(crf_desktop.ui.__path__, "crf_desktop.ui."):
    importlib.import_module(module.name)
from PySide6.QtWidgets import QApplication
from crf_desktop.capture.study import Study
from crf_desktop.ui.application import make_window
from crf_desktop.ui.look import Look
from crf_desktop.ui.places import Where
app = QApplication([])
window = make_window(app, Look())
window.show()
study = Study.open(Path(sys.argv[1]), "investigator", sys.argv[2], read_only=True)
window._opened(study)
subject = study.subjects()[0]
pages = ("today", "participant", "signing", "records", "about", "queries", "response", "analysis")
for where in (*(Where(page, subject) for page in pages), Where("form", subject, "SE.W28", "F.ESSDAI")):
    window.places.go(where)
    app.processEvents()
    window.grab()
told = list(sys.modules)
window.close()
print(*told)
"""


def imported(name: str, *folders: str) -> bool:
    """Whether a file in those folders imports the library."""
    wanted = re.compile(rf"^\s*(from|import) {re.escape(IMPORTED_AS.get(name, name))}\b", re.MULTILINE)
    return any(wanted.search(p.read_text("utf-8")) for f in folders for p in (ROOT / f).rglob("*.py"))


@pytest.mark.parametrize("name", RUNTIME)
def test_that_a_dependency_is_used_and_has_its_reason(name: str) -> None:
    assert imported(name, "crf_desktop")
    assert name.lower() in (ROOT / "docs" / "design.md").read_text("utf-8").lower()


@pytest.mark.parametrize("name", TEST)
def test_that_a_test_tool_is_used_and_has_its_reason(name: str) -> None:
    assert name in TOOLS or imported(name, "tests", "packaging")
    assert name.lower() in (ROOT / "docs" / "design.md").read_text("utf-8").lower()


def test_that_only_qt_is_read_before_the_unlock_window_is_painted(tmp_path: Path) -> None:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", CRF_DATA_HOME=str(tmp_path))
    told = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "none.crf")],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    others = {IMPORTED_AS.get(name, name) for name in RUNTIME} - {"PySide6"}
    assert others.intersection(told.stdout.split()) == set()


def test_that_the_window_never_reads_what_frames_figures_and_reports_are_made_with(tmp_path: Path) -> None:
    from crf_desktop.demo.maker import PASSWORD, STUDY, make_demo

    make_demo(tmp_path / "demo", 1, 1, finished=True)
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", CRF_DATA_HOME=str(tmp_path))
    told = subprocess.run(
        [sys.executable, "-c", SEEN, str(tmp_path / "demo" / STUDY), PASSWORD],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    read = set(told.stdout.split())
    assert "crf_desktop.ui.analysis_page" in read and "crf_desktop.capture.study" in read
    assert read.isdisjoint(OF_ANALYSIS)


def test_that_end_points_are_worked_out_without_any_library_for_tables_figures_or_windows() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, crf_desktop.analysis.summary; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert HEAVY.isdisjoint(told.stdout.split())
